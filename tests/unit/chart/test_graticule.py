"""The graticule: labels as a watch officer writes them, steps that leave room."""

import numpy as np
import pytest

from channelplot.chart.renderers.graticule import (
    DIVISIONS,
    SPACING_PX,
    latitude_label,
    longitude_label,
    meridian_minutes,
    meridian_px,
    parallel_minutes,
    parallel_px,
    step_minutes,
)
from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.position import Position
from helpers.charts import CALAIS, CHANNEL, JERSEY, STRAIT, view, view_around


@pytest.mark.parametrize(
    ("minutes", "step", "text"),
    [
        (3058.0, 1.0, "50°58.0'N"),
        (3060.0, 10.0, "51°00.0'N"),
        (3058.15, 0.05, "50°58.15'N"),
        (0.0, 10.0, "00°00.0'"),
        (-10.0, 10.0, "00°10.0'S"),
    ],
)
def test_latitudes_have_two_figures_of_degrees_and_decimal_minutes(
    minutes: float, step: float, text: str
) -> None:
    assert latitude_label(minutes, step) == text


@pytest.mark.parametrize(
    ("minutes", "step", "text"),
    [
        (100.0, 10.0, "001°40.0'E"),
        (0.0, 10.0, "000°00.0'"),
        (0.0, 0.02, "000°00.00'"),
        (-10.0, 10.0, "000°10.0'W"),
        (-420.0, 60.0, "007°00.0'W"),
        (100.02, 0.02, "001°40.02'E"),
    ],
)
def test_longitudes_have_three_figures_and_the_prime_meridian_no_hemisphere(
    minutes: float, step: float, text: str
) -> None:
    assert longitude_label(minutes, step) == text


@pytest.mark.parametrize(
    "m_per_px", [0.85, 2.0, 5.0, 13.0, 40.0, 77.0, 200.0, 480.0, 800.0, 1500.0]
)
def test_lines_stand_far_enough_apart_for_their_labels_and_not_too_far(m_per_px: float) -> None:
    viewport = view_around(Position(0.2, 50.5), m_per_px, 1000.0)
    step = step_minutes(viewport)
    across = np.diff(meridian_px(viewport, meridian_minutes(viewport, step, extra=2)))
    down = -np.diff(parallel_px(viewport, parallel_minutes(viewport, step, extra=2)))
    assert across.min() >= SPACING_PX - 0.01
    assert down.min() > across.min()
    assert across.max() <= SPACING_PX * 2.6


def test_every_step_is_divided_evenly_by_the_frame() -> None:
    for step, division in DIVISIONS.items():
        assert step / division == pytest.approx(round(step / division))
        assert 2 <= round(step / division) <= 6


def test_neighbouring_labels_differ_at_every_step() -> None:
    for step in DIVISIONS:
        labels = {longitude_label(step * number, step) for number in range(12)}
        assert len(labels) == 12


@pytest.mark.parametrize("bounds", [STRAIT, CALAIS, CHANNEL, JERSEY])
def test_lines_are_where_their_labels_say(bounds: Bounds) -> None:
    viewport = view(bounds)
    step = step_minutes(viewport)
    for minutes, x_px in zip(
        meridian_minutes(viewport, step),
        meridian_px(viewport, meridian_minutes(viewport, step)),
        strict=True,
    ):
        assert viewport.pixel_of(Position(minutes / 60.0, 50.0))[0] == pytest.approx(x_px)
        assert -1e-6 <= x_px <= viewport.width_px + 1e-6
    for minutes, y_px in zip(
        parallel_minutes(viewport, step),
        parallel_px(viewport, parallel_minutes(viewport, step)),
        strict=True,
    ):
        assert viewport.pixel_of(Position(0.0, minutes / 60.0))[1] == pytest.approx(y_px)
        assert -1e-6 <= y_px <= viewport.height_px + 1e-6
