"""The chart's projection against PROJ's EPSG:3395, to a micrometre."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Proj, Transformer

from channelplot.errors import InvalidPosition
from channelplot.geodesy.measure import destination, distance_m
from channelplot.geodesy.position import Position
from channelplot.geodesy.projection import (
    from_chart_m,
    ground_metres_per_chart_metre,
    position_from_chart_m,
    position_to_chart_m,
    to_chart_m,
)

MICROMETRE = 1e-6
PROJ = Transformer.from_crs("EPSG:4326", "EPSG:3395", always_xy=True)

positions = st.builds(Position, st.floats(-179.999, 179.999), st.floats(-85, 85))


def grid() -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Positions all over the Earth and, closer together, in the Channel."""
    world = np.array([(lon, lat) for lon in range(-180, 181, 30) for lat in range(-85, 86, 5)])
    lon, lat = np.meshgrid(np.linspace(-7.0, 4.5, 40), np.linspace(48.0, 52.2, 40))
    return np.vstack((world, np.column_stack((lon.ravel(), lat.ravel()))))


def test_chart_metres_are_those_of_proj() -> None:
    lon_lat_deg = grid()
    x_m, y_m = PROJ.transform(lon_lat_deg[:, 0], lon_lat_deg[:, 1])
    assert np.abs(to_chart_m(lon_lat_deg) - np.column_stack((x_m, y_m))).max() < MICROMETRE


def test_the_way_back_is_right_to_a_micrometre() -> None:
    lon_lat_deg = grid()
    error_deg = np.abs(from_chart_m(to_chart_m(lon_lat_deg)) - lon_lat_deg).max()
    assert math.radians(error_deg) * 6378137.0 < MICROMETRE


@given(positions)
def test_one_position_goes_where_many_go_and_comes_back(position: Position) -> None:
    x_m, y_m = position_to_chart_m(position)
    many = to_chart_m(np.array([(position.lon_deg, position.lat_deg)]))
    assert many[0] == pytest.approx((x_m, y_m), abs=MICROMETRE)
    back = position_from_chart_m(x_m, y_m)
    assert back.lon_deg == pytest.approx(position.lon_deg, abs=1e-11)
    assert back.lat_deg == pytest.approx(position.lat_deg, abs=1e-11)


def test_the_origin_is_where_greenwich_meets_the_equator() -> None:
    assert position_to_chart_m(Position(0.0, 0.0)) == (0.0, 0.0)
    west_m, _ = position_to_chart_m(Position(-1.0, 0.0))
    east_m, _ = position_to_chart_m(Position(1.0, 0.0))
    assert west_m == -east_m < 0.0


@pytest.mark.parametrize(("lat_deg", "y_m"), [(90.0, math.inf), (-90.0, -math.inf)])
def test_the_poles_are_infinitely_far_and_come_back(lat_deg: float, y_m: float) -> None:
    assert position_to_chart_m(Position(1.0, lat_deg))[1] == y_m
    assert to_chart_m(np.array([(1.0, lat_deg)]))[0, 1] == y_m
    assert position_from_chart_m(0.0, y_m) == Position(0.0, lat_deg)
    assert from_chart_m(np.array([(0.0, y_m)]))[0].tolist() == [0.0, lat_deg]


def test_nothing_lies_beyond_the_antimeridian() -> None:
    with pytest.raises(InvalidPosition):
        position_from_chart_m(20_037_600.0, 0.0)


@pytest.mark.parametrize("lat_deg", [0.0, 48.0, 50.5, 51.2, 52.2, -33.0])
def test_the_scale_is_that_of_proj_and_of_the_ground(lat_deg: float) -> None:
    factor = ground_metres_per_chart_metre(lat_deg)
    scale = Proj("EPSG:3395").get_factors(1.0, lat_deg).meridional_scale
    assert factor == pytest.approx(1.0 / scale, rel=1e-9)
    start = Position(1.0, lat_deg)
    for course in (0.0, 90.0, 225.0):  # the same in every direction
        end = destination(start, course, 10.0)
        (x0, y0), (x1, y1) = position_to_chart_m(start), position_to_chart_m(end)
        assert distance_m(start, end) / math.hypot(x1 - x0, y1 - y0) == pytest.approx(
            factor, rel=1e-5
        )
