"""Builds resources/basemap/basemap.gpkg, the chart's land, coastline and places.

    .venv/bin/python packaging/build_basemap.py [--wheels FOLDER]

Needed only to remake the file; a build or a test run of the program uses the one in the
repository. Downloads 135 MB (into FOLDER, where given, and not twice) and takes about ten
seconds after that. Fails, and writes nothing, unless the result has the counts below.
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

import geopandas
import numpy as np
import shapely

from basemap_coastline import Geometries, clipped_land, coastline_of, split_by_area
from basemap_package import write_layers
from basemap_sources import City, SourceError, cities, fetch, land_wkb
from basemap_states import AREA_DEG, state_areas, states_of

OUTPUT = Path(__file__).resolve().parents[1] / "resources" / "basemap" / "basemap.gpkg"

LAND_POLYGONS = 7_954
LAND_VERTICES = 83_898
PLACES = 2_194

OSM_CREDIT = "© OpenStreetMap contributors, ODbL 1.0"
GEONAMES_CREDIT = "GeoNames, CC BY 4.0"

Areas = list[tuple[str, shapely.Geometry]]


def main(arguments: Sequence[str] | None = None) -> None:
    """Build the file from the downloaded sources and say what was written."""
    parser = argparse.ArgumentParser(description="Build the chart's GeoPackage.")
    parser.add_argument("--wheels", type=Path, metavar="FOLDER", help="where downloads are kept")
    parser.add_argument("--output", type=Path, default=OUTPUT, metavar="FILE")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder: Path = options.wheels or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        fetch(folder)
        world = shapely.from_wkb(land_wkb(folder))
        places = cities(folder, AREA_DEG)
    build(world, places, options.output)


def build(world: shapely.Geometry, places: list[City], output: Path) -> None:
    """Write land, coastline, places and state areas. Raises SourceError when a check fails."""
    areas = state_areas()
    land = clipped_land(world, AREA_DEG)
    check(land, places, areas)
    land_frame = _frame({"state": states_of(land, areas)}, land)
    coast_frame = _coastline(land, areas)
    places_frame = _frame(
        {
            "name": [place.name for place in places],
            "country": [place.country for place in places],
            "population": [place.population for place in places],
            "geonames_id": [place.geonames_id for place in places],
        },
        shapely.points([(place.lon_deg, place.lat_deg) for place in places]),
    )
    # All of one type, as a layer of a GeoPackage is.
    shapes = [shapely.multipolygons(shapely.get_parts(area)) for _, area in areas]
    states_frame = _frame(
        {"state": [code for code, _ in areas]}, np.array(shapes, dtype=np.object_)
    )
    write_layers(
        output,
        [
            ("land", f"Land, August 2024. {OSM_CREDIT}", land_frame),
            ("coastline", f"Coastline, August 2024. {OSM_CREDIT}", coast_frame),
            ("places", f"Places, within 1 km or so. {GEONAMES_CREDIT}", places_frame),
            ("states", "Which state land belongs to; no boundary at sea", states_frame),
        ],
    )
    sizes = f"{len(land)} polygons, {len(coast_frame)} lines, {len(places)} places"
    print(f"{output}: {sizes}, {output.stat().st_size / 1e6:.2f} MB")


def check(land: Geometries, places: list[City], areas: Areas) -> None:
    """Raise SourceError unless the data are the ones the recipe is for."""
    vertices = int(shapely.get_num_coordinates(land).sum())
    found = (len(land), vertices, len(places))
    if found != (LAND_POLYGONS, LAND_VERTICES, PLACES):
        msg = f"polygons, vertices, places: {found}"
        raise SourceError(msg)
    if not shapely.is_valid(land).all():
        msg = "a land polygon is not valid"
        raise SourceError(msg)
    shapes = dict(areas)
    for place in places:
        # A place on the edge of the chart belongs to the area it touches.
        if not shapely.intersects_xy(shapes[place.country], place.lon_deg, place.lat_deg):
            msg = f"{place.name} is in {place.country}, not where the state areas have it"
            raise SourceError(msg)


def _coastline(land: Geometries, areas: Areas) -> geopandas.GeoDataFrame:
    """Return the coastline, each line with the state it belongs to."""
    codes: list[str] = []
    lines: list[shapely.Geometry] = []
    for polygon, state in zip(land, states_of(land, areas), strict=True):
        for line in coastline_of(polygon, AREA_DEG):
            pieces = split_by_area(line, areas) if " " in state else [(state, line)]
            codes += [code for code, _ in pieces]
            lines += [piece for _, piece in pieces]
    return _frame({"state": codes}, np.array(lines, dtype=np.object_))


def _frame(columns: dict[str, list[str] | list[int]], shapes: Geometries) -> geopandas.GeoDataFrame:
    """Return rows with their shapes in longitude and latitude on WGS 84."""
    return geopandas.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4326")


if __name__ == "__main__":
    main()
