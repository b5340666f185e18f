"""A whole sheet without its letters, compared with a picture kept; sheets are always by day.

`tasks.py golden --update` (CHANNELPLOT_GOLDEN_UPDATE=1) keeps new pictures: look at each.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from channelplot.chart.layers import DEFAULT_LAYERING, Layer
from channelplot.model.plot import Plot
from channelplot.snapshot.compose import Composition, compose, composition_of
from channelplot.snapshot.layout import Layout
from channelplot.snapshot.lettering import Style, line_px
from channelplot.snapshot.measures import (
    LEGEND_SYMBOL_MM,
    SCALE_BAR_MM,
    SCALE_GAP_MM,
    bar_px,
    heading_px,
)
from channelplot.snapshot.paper import Rect, Sheet
from helpers import charts
from helpers.chart_things import square_search, waters_limit
from helpers.chartwork_builders import a_limit
from helpers.golden import assert_matches

pytestmark = pytest.mark.usefixtures("qtbot")


def composed(plot: Plot, size_px: tuple[int, int]) -> Composition:
    scene = replace(charts.a_scene(plot), layering=DEFAULT_LAYERING.hiding({Layer.LABELS}))
    return composition_of(Sheet.of_pixels(*size_px), scene, charts.STRAIT, "Night", None)


def without_letters(composition: Composition) -> QImage:
    """Return the sheet with white where there are letters, which differ between machines."""
    image = compose(composition)
    with QPainter(image) as painter:
        for box in lettered(composition.layout):
            painter.fillRect(
                QRectF(box.x_px, box.y_px, box.width_px, box.height_px), Qt.GlobalColor.white
            )
    return image


def lettered(layout: Layout) -> Iterator[Rect]:
    """Yield where letters stand; symbols, bars, lines and arrow stay."""
    sheet = layout.sheet
    yield from (layout.title, layout.summary, layout.time, layout.time_note)
    yield from (layout.credits, layout.warning)
    thick_px = bar_px(sheet)
    frame, chart = layout.frame, layout.map
    yield Rect(frame.x_px, frame.y_px, chart.x_px - thick_px - frame.x_px, frame.height_px)
    below_px = chart.bottom_px + thick_px
    yield Rect(frame.x_px, below_px, frame.width_px, frame.bottom_px - below_px)
    scale = layout.scale
    head_px = line_px(Style.SCALE, sheet) + line_px(Style.CREDIT, sheet)
    yield Rect(scale.x_px, scale.y_px, scale.width_px, head_px)
    figures_px = head_px + sheet.px(SCALE_GAP_MM + SCALE_BAR_MM) + 1.0
    yield scale.inset(-10.0, figures_px, 0.0, 0.0)
    north = layout.north
    yield Rect(north.x_px, north.y_px - 3.0, north.width_px, line_px(Style.SCALE, sheet))
    for block in (layout.legend, layout.boats):
        if block is not None:
            yield Rect(block.x_px, block.y_px, block.width_px, line_px(Style.HEADING, sheet))
            yield block.inset(sheet.px(LEGEND_SYMBOL_MM), heading_px(sheet), 0.0, 0.0)


def test_a_sheet_across() -> None:
    """Rule, map with its divided frame closed at the corners, legend and boats as on the map."""
    assert_matches(without_letters(composed(charts.night_plot(), (800, 566))), "snapshot_across")


def test_an_upright_sheet() -> None:
    """The same under the map: north and scale, legend, boats in three columns."""
    assert_matches(without_letters(composed(charts.night_plot(), (794, 1123))), "snapshot_upright")


def test_the_smallest_sheet() -> None:
    """The map, and under it no more than the arrow and the bar."""
    assert_matches(without_letters(composed(charts.night_plot(), (600, 400))), "snapshot_smallest")


def test_a_sheet_with_chartwork() -> None:
    """A search with its datum and two loaded limits, on the map and in the legend."""
    plot = charts.night_plot().with_search(square_search())
    plot = plot.with_limit(waters_limit()).with_limit(a_limit())
    assert_matches(without_letters(composed(plot, (1000, 707))), "snapshot_chartwork")
