"""Positions that are no place on Earth can't be created."""

import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.errors import ChannelPlotError, InvalidPosition
from channelplot.geodesy.position import Position


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_every_place_on_earth_can_be_had(lon_deg: float, lat_deg: float) -> None:
    position = Position(lon_deg, lat_deg)
    assert (position.lon_deg, position.lat_deg) == (lon_deg, lat_deg)


@pytest.mark.parametrize(
    ("lon_deg", "lat_deg"),
    [
        (math.nan, 51.0),
        (1.0, math.nan),
        (math.inf, 51.0),
        (-math.inf, 51.0),
        (1.0, math.inf),
        (1.0, -math.inf),
        (math.nextafter(180.0, 181.0), 51.0),
        (math.nextafter(-180.0, -181.0), 51.0),
        (1.0, math.nextafter(90.0, 91.0)),
        (1.0, math.nextafter(-90.0, -91.0)),
    ],
)
def test_what_is_no_place_is_refused_with_its_numbers(lon_deg: float, lat_deg: float) -> None:
    with pytest.raises(InvalidPosition) as refused:
        Position(lon_deg, lat_deg)
    assert repr((refused.value.lon_deg, refused.value.lat_deg)) == repr((lon_deg, lat_deg))
    assert isinstance(refused.value, ValueError)
    assert isinstance(refused.value, ChannelPlotError)


def test_a_position_does_not_change() -> None:
    position = Position(1.5, 51.0)
    with pytest.raises(dataclasses.FrozenInstanceError):
        position.lon_deg = 2.0  # type: ignore[misc]
