"""Everything the chart shows of its own, read once and never changed."""

from dataclasses import dataclass
from typing import Final

from channelplot.basemap.beaches import read_beaches
from channelplot.basemap.boundary import Boundary, read_boundary
from channelplot.basemap.catalogue import GEOPACKAGE_FILE
from channelplot.basemap.coast_names import CoastName, read_coast_names
from channelplot.basemap.marks import read_marks
from channelplot.basemap.places import Place, read_places
from channelplot.basemap.read import Features, Geometries, read_features
from channelplot.geodesy.bounds import Bounds
from channelplot.model.beach import Beach, Mark

CHART_AREA: Final = Bounds(-7.0, 48.0, 4.5, 52.2)
"""What the shipped coastline covers; beyond it the chart knows neither land nor sea."""


@dataclass(frozen=True, slots=True, eq=False)
class Basemap:
    """The shipped layers. Geometries in lon, lat degrees on WGS 84, in read-only arrays.

    land_states, coastline_states: for each geometry the ISO 3166-1 code of the state it
    belongs to (GG with Alderney and Sark). One polygon, the continent, belongs to
    several and has their codes with a space between; every line belongs to one.
    state_areas: which state land at a place belongs to; they cover the sea as well, but
    say nothing about it.
    """

    land: Geometries
    land_states: tuple[str, ...]
    coastline: Geometries
    coastline_states: tuple[str, ...]
    state_areas: Geometries
    state_area_states: tuple[str, ...]
    places: tuple[Place, ...]
    boundary: Boundary
    beaches: tuple[Beach, ...]
    marks: tuple[Mark, ...]
    coast_names: tuple[CoastName, ...] = ()


def load_basemap() -> Basemap:
    """Return the shipped layers. Raises BasemapError when one is missing or damaged."""
    land = read_features(GEOPACKAGE_FILE, "land", ("state",))
    coastline = read_features(GEOPACKAGE_FILE, "coastline", ("state",))
    state_areas = read_features(GEOPACKAGE_FILE, "states", ("state",))
    return Basemap(
        land=land.geometries,
        land_states=_states(land),
        coastline=coastline.geometries,
        coastline_states=_states(coastline),
        state_areas=state_areas.geometries,
        state_area_states=_states(state_areas),
        places=read_places(),
        boundary=read_boundary(),
        beaches=read_beaches(),
        marks=read_marks(),
        coast_names=read_coast_names(),
    )


def _states(features: Features) -> tuple[str, ...]:
    return tuple(str(row[0]) for row in features.rows)
