"""Rectangles of longitudes and latitudes."""

import math

import pytest

from channelplot.errors import InvalidPosition
from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.position import Position

STRAIT = Bounds(-0.5, 50.0, 2.5, 51.5)


@pytest.mark.parametrize(
    ("lon_deg", "lat_deg", "is_inside"),
    [
        (0.0, 50.5, True),
        (-0.25, 50.5, True),
        (-0.5, 50.0, True),
        (2.5, 51.5, True),
        (-0.5000001, 50.5, False),
        (2.5000001, 50.5, False),
        (0.0, 49.9999999, False),
        (0.0, 51.5000001, False),
    ],
)
def test_the_edge_belongs_to_it_and_nothing_beyond(
    lon_deg: float, lat_deg: float, is_inside: bool
) -> None:
    assert STRAIT.contains(Position(lon_deg, lat_deg)) is is_inside


@pytest.mark.parametrize("corners", [(1.0, 50.0, 0.0, 51.0), (0.0, 51.0, 1.0, 50.0)])
def test_corners_the_wrong_way_round_are_refused(
    corners: tuple[float, float, float, float],
) -> None:
    with pytest.raises(ValueError, match="west of east"):
        Bounds(*corners)


@pytest.mark.parametrize(
    "corners", [(math.nan, 50.0, 1.0, 51.0), (0.0, 50.0, 181.0, 51.0), (0.0, 50.0, 1.0, math.inf)]
)
def test_corners_that_are_no_places_are_refused(
    corners: tuple[float, float, float, float],
) -> None:
    with pytest.raises(InvalidPosition):
        Bounds(*corners)


def test_around_positions_is_the_smallest_that_holds_them_also_across_the_meridian() -> None:
    positions = (Position(-0.2, 50.9), Position(0.3, 50.1), Position(0.1, 51.2))
    assert Bounds.around(positions) == Bounds(-0.2, 50.1, 0.3, 51.2)


def test_around_one_position_is_a_point_and_around_none_is_nothing() -> None:
    assert Bounds.around([Position(1.0, 51.0)]) == Bounds(1.0, 51.0, 1.0, 51.0)
    assert Bounds.around(()) is None
