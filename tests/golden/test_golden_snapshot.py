"""A whole sheet without its letters, compared with a picture kept; sheets are always by day.

`tasks.py golden --update` (CHANNELPLOT_GOLDEN_UPDATE=1) keeps new pictures: look at each.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from channelplot.chart.language import SheetLanguage, speaking
from channelplot.chart.layers import DEFAULT_LAYERING, Layer
from channelplot.model.plot import Plot
from channelplot.snapshot.compose import Composition, composition_of
from channelplot.snapshot.content import Told
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
from channelplot.snapshot.png import drawn
from helpers import charts
from helpers.builders import at
from helpers.chart_things import square_search, waters_limit
from helpers.chartwork_builders import a_limit
from helpers.golden import assert_matches

pytestmark = pytest.mark.usefixtures("qtbot")


NIGHT = Told("Night")


def composed(plot: Plot, size_px: tuple[int, int], told: Told = NIGHT) -> Composition:
    scene = replace(charts.a_scene(plot), layering=DEFAULT_LAYERING.hiding({Layer.LABELS}))
    return composition_of(Sheet.of_pixels(*size_px), scene, charts.STRAIT, told)


def without_letters(composition: Composition) -> QImage:
    """Return the sheet with white where there are letters, which differ between machines."""
    image, rose = drawn(composition), composition.rose
    with QPainter(image) as painter:
        for box in lettered(composition.layout):
            _blot(painter, box)
        if rose is not None:
            half_px = 0.92 * rose.radius_px  # ticks north, east, south and west stay
            size_px = 2.0 * half_px
            _blot(painter, Rect(rose.x_px - half_px, rose.y_px - half_px, size_px, size_px))
    return image


def lettered(layout: Layout) -> Iterator[Rect]:
    """Yield where letters stand; symbols, bars, lines and arrow stay."""
    sheet = layout.sheet
    head, foot = layout.head, layout.foot
    texts = (head.title, head.summary, head.time, head.note, foot.credits, foot.warning)
    yield from (text.box for text in (*texts, *layout.markings))
    thick_px = bar_px(sheet)
    frame, chart = layout.frame, layout.map
    yield Rect(frame.x_px, frame.y_px, chart.x_px - thick_px - frame.x_px, frame.height_px)
    below_px = chart.bottom_px + thick_px
    yield Rect(frame.x_px, below_px, frame.width_px, frame.bottom_px - below_px)
    scale = layout.scale
    head_px = line_px(Style.SCALE, sheet) + 2.0 * line_px(Style.CREDIT, sheet)
    yield Rect(scale.x_px, scale.y_px, scale.width_px, head_px)
    figures_px = head_px + sheet.px(SCALE_GAP_MM + SCALE_BAR_MM) + 1.0
    yield scale.inset(-10.0, figures_px, 0.0, 0.0)
    north = layout.north
    yield Rect(north.x_px, north.y_px - 3.0, north.width_px, line_px(Style.SCALE, sheet))
    if layout.spare is not None:
        spare = layout.spare
        yield Rect(spare.x_px, spare.y_px, spare.width_px, line_px(Style.HEADING, sheet))
    for block in (layout.legend, *layout.boats):
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


def test_a_marked_sheet() -> None:
    """Everything between the two places of the marking."""
    told = replace(NIGHT, marking="OFFICIAL-SENSITIVE")
    assert_matches(
        without_letters(composed(charts.night_plot(), (800, 566), told)), "snapshot_marked"
    )


def test_a_sheet_in_both_languages() -> None:
    """Rows of legend and list are taller, each symbol in the middle of its two lines."""
    with speaking(SheetLanguage.BOTH):
        sheet = without_letters(composed(charts.night_plot(), (900, 637)))
    assert_matches(sheet, "snapshot_both")


def test_a_sheet_to_plot_on_by_hand() -> None:
    """The compass rose, magnetic inside true, and lines for notes beside an empty map."""
    told = Told("Plotting sheet", cut_off_utc=at("0412"), is_blank=True)
    composition = composed(Plot(), (800, 566), told)
    assert composition.rose is not None
    assert_matches(without_letters(composition), "snapshot_blank")


def _blot(painter: QPainter, box: Rect) -> None:
    painter.fillRect(QRectF(box.x_px, box.y_px, box.width_px, box.height_px), Qt.GlobalColor.white)
