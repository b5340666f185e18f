"""The boundary of 1988: six points, computed anew from the agreement's ED50 figures."""

import csv
import io
import re
from itertools import pairwise

import numpy as np
import pytest
from pyproj import Transformer

from channelplot.basemap.basemap import Basemap
from channelplot.geodesy.measure import distance_m, leg_distances_m
from channelplot.geodesy.position import Position
from channelplot.geodesy.projection import to_chart_m
from channelplot.resources import read_text


def ed50_positions() -> list[Position]:
    """Return the points as the agreement gives them, which are no WGS 84 positions."""
    rows = csv.DictReader(io.StringIO(read_text("basemap/boundary_1988.csv")))
    return [Position(degrees(row["lon_ed50"]), degrees(row["lat_ed50"])) for row in rows]


def degrees(text: str) -> float:
    match = re.fullmatch(r"(\d+)°(\d+)'([\d.]+)\"[NE]", text)
    assert match, text
    return int(match[1]) + int(match[2]) / 60 + float(match[3]) / 3600


def test_there_are_six_points_from_i_to_vi(basemap: Basemap) -> None:
    boundary = basemap.boundary
    assert boundary.numerals == ("I", "II", "III", "IV", "V", "VI")
    assert len(boundary.points) == 6
    assert boundary.code == "uk_fr_1988"
    assert "2 nov 1988" in boundary.source


def test_the_points_are_those_of_epsg_operation_1311(basemap: Basemap) -> None:
    # EPSG's axis order: latitude first, in and out.
    ed50_to_wgs84 = Transformer.from_pipeline("EPSG:1311")
    for shipped, ed50 in zip(basemap.boundary.points, ed50_positions(), strict=True):
        lat_deg, lon_deg = ed50_to_wgs84.transform(ed50.lat_deg, ed50.lon_deg)
        assert distance_m(shipped, Position(lon_deg, lat_deg)) < 0.2


def test_ed50_drawn_as_wgs84_would_be_133_to_135_m_out(basemap: Basemap) -> None:
    for shipped, ed50 in zip(basemap.boundary.points, ed50_positions(), strict=True):
        assert 133 <= round(distance_m(shipped, ed50)) <= 135


@pytest.mark.parametrize("spacing_m", [100.0, 1852.0, 1e6])
def test_rhumb_points_lie_on_the_legs_and_keep_the_corners(
    basemap: Basemap, spacing_m: float
) -> None:
    boundary = basemap.boundary
    along_deg = boundary.rhumb_points(spacing_m)
    corners_deg = np.array([(point.lon_deg, point.lat_deg) for point in boundary.points])
    at_corner = [int(np.abs(along_deg - corner).sum(axis=1).argmin()) for corner in corners_deg]
    np.testing.assert_allclose(along_deg[at_corner], corners_deg, atol=1e-9)
    assert at_corner == sorted(at_corner)
    assert (at_corner[0], at_corner[-1]) == (0, len(along_deg) - 1)
    along_m = to_chart_m(along_deg)
    for start, end in pairwise(at_corner):
        leg_m = along_m[end] - along_m[start]
        offsets_m = along_m[start : end + 1] - along_m[start]
        across_m = (offsets_m @ np.array([-leg_m[1], leg_m[0]])) / np.hypot(*leg_m)
        assert np.abs(across_m).max() < 0.001


def test_rhumb_points_are_no_further_apart_than_asked(basemap: Basemap) -> None:
    steps_m = leg_distances_m(basemap.boundary.rhumb_points(500.0))
    assert steps_m.max() <= 500.0
    assert steps_m.min() > 400.0
    # About 60 km from I to VI.
    assert 55_000 < steps_m.sum() < 65_000


def test_a_coarse_spacing_gives_the_corners_alone(basemap: Basemap) -> None:
    assert len(basemap.boundary.rhumb_points(1e6)) == 6


@pytest.mark.parametrize("spacing_m", [0.0, -1.0, float("nan")])
def test_a_spacing_that_is_none_is_refused(basemap: Basemap, spacing_m: float) -> None:
    with pytest.raises(ValueError, match="above 0 m"):
        basemap.boundary.rhumb_points(spacing_m)
