"""The legend and the list of boats, drawn where the layout says."""

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QPointF
from PySide6.QtGui import QColor, QPainter

from channelplot.chart.palette import Palette
from channelplot.chart.renderers.pens import colour
from channelplot.snapshot.content import BoatRow, more_text
from channelplot.snapshot.layout import Layout
from channelplot.snapshot.legend import LegendEntry
from channelplot.snapshot.lettering import Style, line_px, text_px
from channelplot.snapshot.measures import (
    BOAT_COMPACT_ROW_MM,
    BOAT_ROW_MM,
    LEGEND_ROW_MM,
    LEGEND_SYMBOL_MM,
    heading_px,
)
from channelplot.snapshot.paper import Rect, Sheet
from channelplot.snapshot.swatches import draw_legend_symbol, draw_track_sample
from channelplot.snapshot.write import LEFT, RIGHT, draw_heading, draw_text

translate = QCoreApplication.translate
_GAP_MM: Final = 1.5
_COMPACT_SYMBOL_MM: Final = 7.0


def draw_legend(
    painter: QPainter, layout: Layout, entries: Sequence[LegendEntry], palette: Palette
) -> None:
    """Draw the legend, if the layout has one."""
    box, sheet = layout.legend, layout.sheet
    if box is None or not entries:
        return
    draw_heading(painter, sheet, box, translate("Snapshot", "Legend"), "", palette)
    row_px, symbol_px = sheet.px(LEGEND_ROW_MM), sheet.px(LEGEND_SYMBOL_MM)
    top_px = box.y_px + heading_px(sheet)
    for number, entry in enumerate(entries):
        y_px = top_px + number * row_px
        middle = QPointF(box.x_px + symbol_px / 2.0, y_px + row_px / 2.0)
        draw_legend_symbol(painter, sheet, middle, symbol_px * 0.8, entry, palette)
        left_px = box.x_px + symbol_px + sheet.px(1.5)
        text = Rect(left_px, y_px, box.right_px - left_px, row_px)
        draw_text(painter, sheet, text, entry.text, Style.BODY, colour(palette.text))


def draw_boats(
    painter: QPainter, layout: Layout, rows: Sequence[BoatRow], palette: Palette
) -> None:
    """Draw the list of boats, as many as the layout has room for, and how many more there are."""
    box, sheet = layout.boats, layout.sheet
    if box is None:
        return
    draw_heading(
        painter,
        sheet,
        box,
        translate("Snapshot", "Boats"),
        translate("Snapshot", "last report"),
        palette,
    )
    row_px = sheet.px(BOAT_COMPACT_ROW_MM if layout.is_compact else BOAT_ROW_MM)
    top_px = box.y_px + heading_px(sheet)
    is_cut = len(rows) > layout.boat_rows
    shown = rows[: layout.boat_rows - 1] if is_cut else rows
    columns = _columns(shown, sheet, box.width_px)
    for number, row in enumerate(shown):
        cell = Rect(box.x_px, top_px + number * row_px, box.width_px, row_px)
        if layout.is_compact:
            _compact_boat(painter, sheet, cell, row, columns, palette)
        else:
            _boat(painter, sheet, cell, row, palette)
    if is_cut:
        y_px = top_px + len(shown) * row_px
        rest = more_text(rows[len(shown) :])
        cell = Rect(box.x_px, y_px, box.width_px, row_px)
        draw_text(painter, sheet, cell, rest, Style.NOTE, colour(palette.graticule_text))


def _boat(painter: QPainter, sheet: Sheet, cell: Rect, row: BoatRow, palette: Palette) -> None:
    """Draw a boat: sample of its line, name, who is unaccounted for, time; people and status."""
    symbol_px, gap_px = sheet.px(LEGEND_SYMBOL_MM), sheet.px(_GAP_MM)
    height_px = line_px(Style.STRONG, sheet)
    middle = QPointF(cell.x_px + symbol_px / 2.0, cell.y_px + height_px / 2.0)
    draw_track_sample(painter, sheet, middle, symbol_px * 0.8, row.track, palette)
    ink = _boat_ink(row, palette)
    left_px = cell.x_px + symbol_px + gap_px
    time_px = text_px(row.last_text, Style.BODY, sheet)
    time = Rect(cell.right_px - time_px, cell.y_px, time_px, height_px)
    draw_text(painter, sheet, time, row.last_text, Style.BODY, ink, RIGHT)
    unaccounted_px = text_px(row.unaccounted_text, Style.BODY, sheet)
    unaccounted = Rect(
        time.x_px - 2.0 * gap_px - unaccounted_px, cell.y_px, unaccounted_px, height_px
    )
    draw_text(painter, sheet, unaccounted, row.unaccounted_text, Style.BODY, ink, RIGHT)
    name = Rect(left_px, cell.y_px, unaccounted.x_px - gap_px - left_px, height_px)
    draw_text(painter, sheet, name, row.track.name, Style.STRONG, ink)
    under = Rect(left_px, name.bottom_px, cell.right_px - left_px, line_px(Style.BODY, sheet))
    words = _people_and_status(row, sheet, under.width_px)
    draw_text(painter, sheet, under, words, Style.BODY, ink)


def _compact_boat(
    painter: QPainter,
    sheet: Sheet,
    cell: Rect,
    row: BoatRow,
    columns: tuple[float, float, float, float],
    palette: Palette,
) -> None:
    """Draw a boat on one line: sample, name, people, status, time."""
    symbol_px, gap_px = sheet.px(_COMPACT_SYMBOL_MM), sheet.px(_GAP_MM)
    middle = QPointF(cell.x_px + symbol_px / 2.0, cell.y_px + cell.height_px / 2.0)
    draw_track_sample(painter, sheet, middle, symbol_px, row.track, palette)
    ink = _boat_ink(row, palette)
    texts = (row.track.name, _compact_people(row), row.status_text, row.last_text)
    x_px = cell.x_px + symbol_px + gap_px
    for number, (text, width_px) in enumerate(zip(texts, columns, strict=True)):
        box = Rect(x_px, cell.y_px, width_px, cell.height_px)
        is_time = number == len(texts) - 1
        align = RIGHT if is_time else LEFT
        draw_text(painter, sheet, box, text, Style.BODY if number else Style.STRONG, ink, align)
        x_px += width_px + gap_px


def _columns(
    rows: Sequence[BoatRow], sheet: Sheet, width_px: float
) -> tuple[float, float, float, float]:
    """Return the widths of name, people, status and time on one line.

    People and time get what they need; name and status share the rest, the name at
    least two fifths of it if it needs that.
    """

    def widest(texts: Iterable[str], style: Style) -> float:
        return max((text_px(text, style, sheet) for text in texts), default=0.0)

    name_px = widest((row.track.name for row in rows), Style.STRONG)
    people_px = widest(map(_compact_people, rows), Style.BODY)
    status_px = widest((row.status_text for row in rows), Style.BODY)
    time_px = widest((row.last_text for row in rows), Style.BODY)
    taken_px = sheet.px(_COMPACT_SYMBOL_MM + 4.0 * _GAP_MM) + people_px + time_px
    rest_px = max(0.0, width_px - taken_px)
    if name_px + status_px > rest_px:
        name_px = min(name_px, max(0.4 * rest_px, rest_px - status_px))
    return name_px, people_px, rest_px - name_px, time_px


def _compact_people(row: BoatRow) -> str:
    return ", ".join(filter(None, (row.people_text, row.unaccounted_text)))


def _boat_ink(row: BoatRow, palette: Palette) -> QColor:
    return colour(palette.closed_text if row.track.is_closed else palette.text)


def _people_and_status(row: BoatRow, sheet: Sheet, width_px: float) -> str:
    """Return people and status; fewer words of the people, or none, where the width asks for it."""
    wordings = [
        " · ".join(text for text in (people, row.status_text) if text)
        for people in (row.people_long_text, row.people_text, "")
    ]
    fitting = (words for words in wordings if text_px(words, Style.BODY, sheet) <= width_px)
    return next(fitting, row.status_text)
