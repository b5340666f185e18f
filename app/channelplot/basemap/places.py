"""Towns and villages, for labels; within a kilometre or so, no place to measure from."""

from dataclasses import dataclass

import shapely

from channelplot.basemap.catalogue import GEOPACKAGE_FILE
from channelplot.basemap.read import read_features
from channelplot.geodesy.position import Position


@dataclass(frozen=True, slots=True)
class Place:
    """A GeoNames place. country: ISO 3166-1 alpha-2."""

    name: str
    position: Position
    population: int
    country: str


def read_places() -> tuple[Place, ...]:
    """Return the chart's places, the most people first. Raises BasemapError."""
    features = read_features(GEOPACKAGE_FILE, "places", ("name", "population", "country"))
    lon_lat_deg = shapely.get_coordinates(features.geometries).tolist()
    places = [
        Place(str(name), Position(lon_deg, lat_deg), int(population), str(country))
        for (lon_deg, lat_deg), (name, population, country) in zip(
            lon_lat_deg, features.rows, strict=True
        )
    ]
    return tuple(sorted(places, key=lambda place: (-place.population, place.name)))
