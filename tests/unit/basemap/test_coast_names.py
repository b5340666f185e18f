"""The shipped names of stretches of coast: where they say they are, and who says so."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import shapely

from channelplot.basemap.basemap import CHART_AREA, Basemap
from channelplot.basemap.coast_names import Side, read_coast_names
from channelplot.errors import BasemapError
from channelplot.geodesy.measure import distance_m
from channelplot.geodesy.position import Position
from channelplot.geodesy.projection import from_chart_m, to_chart_m

FILE = "basemap/coast_names.csv"
BETWEEN_POINTS_M = 6_000.0
"""A straight line between two of the coarse points may run so far off a coast that bends."""


def test_every_name_is_cited_and_given_an_error(basemap: Basemap) -> None:
    assert 12 <= len(basemap.coast_names) <= 30
    assert len({name.name for name in basemap.coast_names}) == len(basemap.coast_names)
    for name in basemap.coast_names:
        assert name.source.startswith(("https://", "http://")), name.name
        assert name.language in ("en", "fr")
        # One character, one glyph: they are set one by one.
        assert unicodedata.is_normalized("NFC", name.name)
        assert 1_000.0 <= name.error_m <= 3_000.0
        assert name.closest_denominator < name.farthest_denominator


def test_positions_are_coarse_and_on_the_chart(basemap: Basemap) -> None:
    for name in basemap.coast_names:
        assert name.line_deg == pytest.approx(np.round(name.line_deg, 2), abs=1e-9), name.name
        for lon_deg, lat_deg in name.line_deg.tolist():
            assert CHART_AREA.contains(Position(lon_deg, lat_deg))


def test_each_position_is_near_the_charted_coast(basemap: Basemap) -> None:
    coast = shapely.STRtree(basemap.coastline)
    for name in basemap.coast_names:
        if name.side is Side.ON:
            continue
        for lon_deg, lat_deg in name.line_deg.tolist():
            at = Position(lon_deg, lat_deg)
            nearest = basemap.coastline[coast.nearest(shapely.Point(lon_deg, lat_deg))]
            point = shapely.line_interpolate_point(
                nearest, shapely.line_locate_point(nearest, shapely.Point(lon_deg, lat_deg))
            )
            ((x_deg, y_deg),) = shapely.get_coordinates(point).tolist()
            away_m = distance_m(at, Position(x_deg, y_deg))
            assert away_m < name.error_m + 1_500.0, (name.name, lon_deg, lat_deg, away_m)


def test_the_land_is_on_the_left_of_each_stretch(basemap: Basemap) -> None:
    land = shapely.STRtree(basemap.land)
    for name in basemap.coast_names:
        if name.side is Side.ON:
            continue
        line_m = to_chart_m(name.line_deg)
        ahead = np.diff(line_m, axis=0)
        ahead /= np.hypot(ahead[:, 0], ahead[:, 1])[:, np.newaxis]
        left = np.column_stack((-ahead[:, 1], ahead[:, 0]))
        middles = (line_m[:-1] + line_m[1:]) / 2.0
        shares = [
            _share_on_land(land, middles + sign * BETWEEN_POINTS_M * left) for sign in (1.0, -1.0)
        ]
        assert shares[0] > shares[1], name.name


def _share_on_land(land: shapely.STRtree, points_m: np.ndarray) -> float:
    points = np.asarray(shapely.points(from_chart_m(points_m)))
    return len(np.unique(land.query(points, predicate="intersects")[0])) / len(points)


@pytest.mark.parametrize(
    ("found", "put"),
    [(",sea,", ",seaward,"), ("-3.48 50.46;", "-3.48;"), ("-3.48 50.46;", "west 50.46;")],
)
def test_a_table_that_makes_no_sense_is_refused(
    copied_resources: Callable[[str], Path], found: str, put: str
) -> None:
    path = copied_resources(FILE)
    text = path.read_text("utf-8")
    assert found in text
    path.write_text(text.replace(found, put, 1), "utf-8")
    with pytest.raises(BasemapError) as raised:
        read_coast_names()
    assert raised.value.name == FILE
