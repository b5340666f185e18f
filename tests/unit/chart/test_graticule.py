"""The graticule: labels as a watch officer writes them, steps that leave room."""

import numpy as np
import pytest

from channelplot.chart.renderers.graticule import (
    DIVISIONS,
    SPACING_PX,
    divisions_of,
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
from channelplot.geodesy.text import Notation
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
    ("minutes", "step", "notation", "text"),
    [
        (3045.0, 5.0, Notation.DMS, "50°45'00\"N"),
        (3045.5, 0.5, Notation.DMS, "50°45'30\"N"),
        (3045.0 + 5.0 / 60.0, 5.0 / 60.0, Notation.DMS, "50°45'05\"N"),
        (3060.0 - 1.0 / 60.0, 1.0 / 60.0, Notation.DMS, "50°59'59\"N"),
        (0.0, 5.0, Notation.DMS, "00°00'00\""),
        (-20.0, 20.0, Notation.DMS, "00°20'00\"S"),
        (3045.0, 3.0, Notation.DECIMAL, "50.75°N"),
        (3042.0, 6.0, Notation.DECIMAL, "50.7°N"),
        (3030.0, 30.0, Notation.DECIMAL, "50.5°N"),
        (3060.0, 60.0, Notation.DECIMAL, "51.0°N"),
        (3060.0, 300.0, Notation.DECIMAL, "51.0°N"),
        (3045.12, 0.12, Notation.DECIMAL, "50.752°N"),
        (3045.03, 0.03, Notation.DECIMAL, "50.7505°N"),
        (0.0, 3.0, Notation.DECIMAL, "00.00°"),
        (3058.0, 1.0, Notation.MGRS, "50°58.0'N"),
    ],
)
def test_labels_in_other_forms_have_as_many_figures_as_it_takes(
    minutes: float, step: float, notation: Notation, text: str
) -> None:
    assert latitude_label(minutes, step, notation) == text


@pytest.mark.parametrize(
    ("minutes", "step", "notation", "text"),
    [
        (100.0, 10.0, Notation.DMS, "001°40'00\"E"),
        (-10.0, 10.0, Notation.DMS, "000°10'00\"W"),
        (0.0, 10.0, Notation.DMS, "000°00'00\""),
        (99.0, 3.0, Notation.DECIMAL, "001.65°E"),
        (-6.0, 6.0, Notation.DECIMAL, "000.1°W"),
        (0.0, 6.0, Notation.DECIMAL, "000.0°"),
        (100.0, 10.0, Notation.MGRS, "001°40.0'E"),
    ],
)
def test_longitudes_in_other_forms_have_three_figures_too(
    minutes: float, step: float, notation: Notation, text: str
) -> None:
    assert longitude_label(minutes, step, notation) == text


@pytest.mark.parametrize("notation", Notation)
@pytest.mark.parametrize(
    "m_per_px", [0.85, 2.0, 5.0, 13.0, 40.0, 77.0, 200.0, 480.0, 800.0, 1500.0]
)
def test_lines_stand_far_enough_apart_for_their_labels_and_not_too_far(
    m_per_px: float, notation: Notation
) -> None:
    viewport = view_around(Position(0.2, 50.5), m_per_px, 1000.0)
    step = step_minutes(viewport, notation)
    across = np.diff(meridian_px(viewport, meridian_minutes(viewport, step, extra=2)))
    down = -np.diff(parallel_px(viewport, parallel_minutes(viewport, step, extra=2)))
    assert across.min() >= SPACING_PX - 0.01
    assert down.min() > across.min()
    assert across.max() <= SPACING_PX * 2.6


@pytest.mark.parametrize("notation", Notation)
def test_every_step_is_divided_evenly_by_the_frame(notation: Notation) -> None:
    for step, division in divisions_of(notation).items():
        assert step / division == pytest.approx(round(step / division))
        assert 2 <= round(step / division) <= 6


@pytest.mark.parametrize("notation", Notation)
def test_neighbouring_labels_differ_at_every_step(notation: Notation) -> None:
    for step in divisions_of(notation):
        labels = {longitude_label(step * number, step, notation) for number in range(12)}
        assert len(labels) == 12


@pytest.mark.parametrize("notation", [Notation.DMS, Notation.DECIMAL])
def test_a_line_is_where_its_label_says_to_the_last_figure(notation: Notation) -> None:
    """A label that were rounded would put the line somewhere else."""
    for step in divisions_of(notation):
        for number in range(1, 40):
            label = longitude_label(step * number, step, notation).removesuffix("E")
            degrees, _, rest = label.partition("°")
            minutes, _, seconds = rest.removesuffix('"').partition("'")
            written = float(degrees) * 60 + float(minutes or 0) + float(seconds or 0) / 60
            assert written == pytest.approx(step * number, abs=1e-9)


def test_a_sheet_and_the_grid_keep_degrees_and_decimal_minutes() -> None:
    viewport = view(CALAIS)
    assert divisions_of(Notation.MGRS) is divisions_of(Notation.DDM) is DIVISIONS
    assert step_minutes(viewport) == step_minutes(viewport, Notation.DDM)


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
