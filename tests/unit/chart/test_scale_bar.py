"""The scale bar: true on the ground at the middle latitude, in miles and cables."""

import pytest
from pyproj import Geod
from pytestqt.qtbot import QtBot

from channelplot.chart.renderers.scale_bar import LONGEST_PX, bar_of, bar_text
from channelplot.geodesy.position import Position
from helpers.charts import view_around

LATITUDES = (48.1, 48.6, 49.1, 49.5, 50.0, 50.5, 51.0, 51.3, 51.7, 52.1)
SCALES = (0.9, 2.0, 5.0, 13.0, 40.0, 77.0, 160.0, 330.0, 700.0, 1300.0)


@pytest.mark.parametrize("lat_deg", LATITUDES)
@pytest.mark.parametrize("m_per_px", SCALES)
def test_the_bar_is_as_long_as_it_says_to_half_a_percent(lat_deg: float, m_per_px: float) -> None:
    viewport = view_around(Position(-1.0, lat_deg), m_per_px, 1000.0)
    bar = bar_of(viewport)
    # Measured over ten pixels at the middle, where the bar is said to be true.
    west, east = viewport.position_at(495.0, 500.0), viewport.position_at(505.0, 500.0)
    assert west is not None
    assert east is not None
    ten_px_m = Geod(ellps="WGS84").inv(west.lon_deg, west.lat_deg, east.lon_deg, east.lat_deg)[2]
    assert bar.length_px * ten_px_m / 10.0 == pytest.approx(bar.length_nm * 1852.0, rel=0.005)
    assert LONGEST_PX * 0.4 <= bar.length_px <= LONGEST_PX
    assert bar.parts in (4, 5)


@pytest.mark.parametrize(
    ("length_nm", "text"),
    [(50.0, "50 NM"), (1.0, "1 NM"), (0.5, "5 cables"), (0.1, "1 cable"), (0.05, "0.5 cables")],
)
def test_lengths_below_a_mile_are_told_in_cables(qtbot: QtBot, length_nm: float, text: str) -> None:
    assert bar_text(length_nm) == text
