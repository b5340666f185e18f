"""The legend and the list of boats, drawn where the layout says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter

from channelplot.chart.language import in_each_language, side_by_side, translate
from channelplot.chart.palette import Palette
from channelplot.chart.renderers.pens import colour
from channelplot.snapshot.content import BoatList, BoatRow, in_lines, more_text
from channelplot.snapshot.layout import Layout
from channelplot.snapshot.legend import LegendEntry
from channelplot.snapshot.lettering import Style, elided_in_middle, line_px, shrunk_to, text_px
from channelplot.snapshot.measures import (
    LEGEND_SYMBOL_MM,
    boat_row_mm,
    heading_px,
    legend_row_mm,
    rows_in,
    shown_rows,
)
from channelplot.snapshot.paper import Rect, Sheet
from channelplot.snapshot.swatches import draw_legend_symbol, draw_track_sample
from channelplot.snapshot.write import LEFT, RIGHT, draw_heading, draw_text

_GAP_MM: Final = 1.5
_COMPACT_SYMBOL_MM: Final = 8.5
_NARROW_SYMBOL_MM: Final = 5.5
"""Of the sample of a boat's line, where a name or a status would be cut beside a longer one."""
_NAME_SHARE: Final = 0.6
"""What a name may take, at least, of the room that it shares with the status."""
_STATUS: Final = 2
_TIGHT: Final = 0.82
"""Lines that belong together, of their usual height."""
_LEAST_SHRUNK: Final = 0.85
"""How small a text may get in a list before it is cut."""


def draw_legend(
    painter: QPainter, layout: Layout, entries: Sequence[LegendEntry], palette: Palette
) -> None:
    """Draw the legend, if the layout has one."""
    box, sheet = layout.legend, layout.sheet
    if box is None or not entries:
        return
    draw_heading(painter, sheet, box, translate("Snapshot", "Legend"), palette)
    row_px, symbol_px = sheet.px(legend_row_mm(layout.is_in_both)), sheet.px(LEGEND_SYMBOL_MM)
    top_px = box.y_px + heading_px(sheet)
    for number, entry in enumerate(entries):
        y_px = top_px + number * row_px
        middle = QPointF(box.x_px + symbol_px / 2.0, y_px + row_px / 2.0)
        draw_legend_symbol(painter, sheet, middle, symbol_px * 0.8, entry, palette)
        left_px = box.x_px + symbol_px + sheet.px(1.5)
        cell = Rect(left_px, y_px, box.right_px - left_px, row_px)
        _entry_text(painter, sheet, cell, entry, palette)


def _entry_text(
    painter: QPainter, sheet: Sheet, cell: Rect, entry: LegendEntry, palette: Palette
) -> None:
    """Draw an entry's words in the middle of its row, those of a second language smaller."""
    texts = in_each_language(lambda: entry.text)
    styles = (Style.BODY, Style.CREDIT)[: len(texts)]
    inks = (palette.text, palette.graticule_text)
    heights_px = [line_px(style, sheet) * _TIGHT for style in styles]
    if len(texts) == 1:
        heights_px = [cell.height_px]
    y_px = cell.y_px + (cell.height_px - sum(heights_px)) / 2.0
    for text, style, ink, height_px in zip(texts, styles, inks, heights_px, strict=False):
        row = Rect(cell.x_px, y_px, cell.width_px, height_px)
        shrunk = shrunk_to(text, style, sheet, cell.width_px, _LEAST_SHRUNK)
        draw_text(painter, sheet, row, text, style, colour(ink), LEFT, shrunk)
        y_px += height_px


def draw_boats(
    painter: QPainter,
    layout: Layout,
    boats: BoatList,
    palette: Palette,
    *,
    is_continued: bool = False,
) -> None:
    """Draw the list of boats, as many as the layout has room for, and how many more there are.

    is_continued: those follow on another page.
    """
    sheet, listed = layout.sheet, len(boats.rows) + boats.more
    row_px = sheet.px(boat_row_mm(layout.is_compact, layout.is_in_both))
    shown = boats.rows[: shown_rows(layout.boat_rows, listed)]
    drawer = _RowDrawer(painter, sheet, palette)
    rest = iter(shown)
    columns = _columns(shown, sheet, layout.boats[0].width_px) if layout.boats else None
    is_in_line = columns is not None and layout.is_compact and not layout.is_in_both
    for box in layout.boats:
        title = translate("Snapshot", "Boats")
        with_age = not is_in_line or (columns is not None and columns.with_age)
        draw_heading(painter, sheet, box, title, palette, _right_texts(with_age))
        top_px = box.y_px + heading_px(sheet)
        for number, row in enumerate(islice(rest, rows_in(sheet, box.height_px, row_px))):
            cell = Rect(box.x_px, top_px + number * row_px, box.width_px, row_px)
            if layout.is_compact and row.second is not None:
                drawer.compact_in_both(cell, row, row.second)
            elif layout.is_compact and columns is not None:
                drawer.compact(cell, row, columns)
            else:
                drawer.full(cell, row)
    if layout.boats and len(shown) < listed:
        box = layout.boats[-1]
        _draw_more(
            painter,
            sheet,
            replace(box, y_px=box.bottom_px - row_px),
            palette,
            in_lines(lambda: more_text(boats, len(shown), is_continued)),
        )


def _right_texts(with_age: bool) -> tuple[str, ...]:
    """Return what may stand at the right of the list's heading, the best first."""
    if with_age:
        return (
            translate("Snapshot", "last report · age"),
            *in_each_language(lambda: translate("Snapshot", "last report · age")),
        )
    return (
        translate("Snapshot", "last report"),
        *in_each_language(lambda: translate("Snapshot", "last report")),
    )


def _draw_more(painter: QPainter, sheet: Sheet, box: Rect, palette: Palette, words: str) -> None:
    """Draw how many more boats there are, in a line for each language."""
    height_px = line_px(Style.NOTE, sheet)
    for number, line in enumerate(words.split("\n")):
        shrunk = shrunk_to(line, Style.NOTE, sheet, box.width_px, _LEAST_SHRUNK)
        cell = Rect(box.x_px, box.y_px + number * height_px, box.width_px, height_px)
        quiet = colour(palette.graticule_text)
        draw_text(painter, sheet, cell, line, Style.NOTE, quiet, LEFT, shrunk)


@dataclass(frozen=True, slots=True)
class _RowDrawer:
    """Draws boats on a sheet."""

    painter: QPainter
    sheet: Sheet
    palette: Palette

    def full(self, cell: Rect, row: BoatRow) -> None:
        """Draw a boat: sample of its line, name, who is unaccounted for, time; people and status.

        A second language has a line of its own under that.
        """
        sheet, ink = self.sheet, self._ink(row)
        gap_px = sheet.px(_GAP_MM)
        height_px, under_px = line_px(Style.STRONG, sheet), line_px(Style.BODY, sheet)
        left_px = self._sample(cell, row, sheet.px(LEGEND_SYMBOL_MM), height_px)
        top = Rect(left_px, cell.y_px, cell.right_px - left_px, height_px)
        time_px = self._at_right(top, row.last_text, ink)
        told = top.inset(0.0, 0.0, time_px + 2.0 * gap_px, 0.0)
        told_px = self._at_right(told, row.unaccounted_text, ink)
        name = told.inset(0.0, 0.0, told_px + gap_px, 0.0)
        self._name(name, row.track.name, ink)
        under = Rect(left_px, top.bottom_px, top.width_px, under_px)
        age_px = self._at_right(under, row.age_text, ink)
        words = under.inset(0.0, 0.0, age_px + gap_px, 0.0)
        self._text(words, _people_and_status(row, sheet, words.width_px), Style.BODY, ink)
        if row.second is not None:
            second = replace(under, y_px=under.bottom_px, height_px=line_px(Style.CREDIT, sheet))
            text = _people_and_status(row.second, sheet, second.width_px, Style.CREDIT)
            self._text(second, text, Style.CREDIT, self._second_ink(row))

    def compact(self, cell: Rect, row: BoatRow, columns: "_Columns") -> None:
        """Draw a boat on one line: sample, name, people, status, time."""
        sheet, ink, gap_px = self.sheet, self._ink(row), self.sheet.px(_GAP_MM)
        x_px = self._sample(cell, row, columns.symbol_px, cell.height_px)
        texts = columns.texts(row)
        for number, (text, width_px) in enumerate(zip(texts, columns.widths_px, strict=True)):
            box = Rect(x_px, cell.y_px, width_px, cell.height_px)
            if number == 0:
                self._name(box, text, ink)
            else:
                align = RIGHT if number == len(texts) - 1 else LEFT
                shrunk = columns.status_shrunk if number == _STATUS else 1.0
                draw_text(self.painter, sheet, box, text, Style.NOTE, ink, align, shrunk)
            x_px += width_px + gap_px

    def compact_in_both(self, cell: Rect, row: BoatRow, second: BoatRow) -> None:
        """Draw a boat on two lines: sample, name, time; people and status in both languages."""
        sheet, ink, gap_px = self.sheet, self._ink(row), self.sheet.px(_GAP_MM)
        height_px = line_px(Style.BODY, sheet) * _TIGHT
        left_px = self._sample(cell, row, sheet.px(_COMPACT_SYMBOL_MM), height_px)
        top = Rect(left_px, cell.y_px, cell.right_px - left_px, height_px)
        time_px = self._at_right(top, _compact_time(row), ink)
        name = top.inset(0.0, 0.0, time_px + gap_px, 0.0)
        self._name(name, row.track.name, ink)
        under = replace(top, y_px=top.bottom_px, height_px=line_px(Style.CREDIT, sheet) * _TIGHT)
        status = side_by_side(row.status_text, second.status_text)
        unaccounted = side_by_side(row.unaccounted_text, second.unaccounted_text)
        long_people = side_by_side(row.people_long_text, second.people_long_text)
        wordings = [
            " · ".join(filter(None, (people, unaccounted, status)))
            for people in (long_people, row.people_text)
        ]
        width_px = under.width_px / _LEAST_SHRUNK
        fitting = (words for words in wordings if text_px(words, Style.CREDIT, sheet) <= width_px)
        text, ink = next(fitting, wordings[-1]), self._second_ink(row)
        shrunk = shrunk_to(text, Style.CREDIT, sheet, under.width_px, _LEAST_SHRUNK)
        draw_text(self.painter, sheet, under, text, Style.CREDIT, ink, LEFT, shrunk)

    def _sample(self, cell: Rect, row: BoatRow, symbol_px: float, height_px: float) -> float:
        """Draw the sample of a boat's line at the left of its row; returns where texts begin."""
        middle = QPointF(cell.x_px + symbol_px / 2.0, cell.y_px + height_px / 2.0)
        draw_track_sample(
            self.painter, self.sheet, middle, symbol_px * 0.8, row.track, self.palette
        )
        return cell.x_px + symbol_px + self.sheet.px(_GAP_MM)

    def _at_right(self, box: Rect, text: str, ink: QColor) -> float:
        """Draw a text at the right of a box; returns its width."""
        width_px = text_px(text, Style.BODY, self.sheet)
        at = Rect(box.right_px - width_px, box.y_px, width_px, box.height_px)
        self._text(at, text, Style.BODY, ink, RIGHT)
        return width_px

    def _text(
        self, box: Rect, text: str, style: Style, ink: QColor, align: Qt.AlignmentFlag = LEFT
    ) -> None:
        draw_text(self.painter, self.sheet, box, text, style, ink, align)

    def _name(self, box: Rect, name: str, ink: QColor) -> None:
        """Draw a boat's name; one too long is cut in its middle: names often differ at the end."""
        fitted = elided_in_middle(name, Style.STRONG, self.sheet, box.width_px)
        self._text(box, fitted, Style.STRONG, ink)

    def _ink(self, row: BoatRow) -> QColor:
        return colour(self.palette.closed_text if row.track.is_closed else self.palette.text)

    def _second_ink(self, row: BoatRow) -> QColor:
        quiet = self.palette.closed_text if row.track.is_closed else self.palette.graticule_text
        return colour(quiet)


@dataclass(frozen=True, slots=True)
class _Columns:
    """The widths of name, people, status and time on one line, and whether the age is told too.

    symbol_px: the width of the sample of the boat's line before them. status_shrunk: how small all
    statuses are, of their usual size.
    """

    symbol_px: float
    widths_px: tuple[float, float, float, float]
    with_age: bool
    status_shrunk: float

    def texts(self, row: BoatRow) -> tuple[str, str, str, str]:
        """Return the texts of a row."""
        time = _compact_time(row) if self.with_age else row.last_text
        return row.track.name, _compact_people(row), row.status_text, time


def _columns(rows: Sequence[BoatRow], sheet: Sheet, width_px: float) -> _Columns:
    """Return what stands on one line, and how wide.

    People and time get what they need; name and status share the rest, the name three fifths of it
    if it needs that. The age is left out where a name or a status would be cut.
    """

    def widest(texts: Iterable[str], style: Style) -> float:
        return max((text_px(text, style, sheet) for text in texts), default=0.0)

    name_px = widest((row.track.name for row in rows), Style.STRONG)
    people_px = widest(map(_compact_people, rows), Style.NOTE)
    status_px = widest((row.status_text for row in rows), Style.NOTE)
    symbol_px = sheet.px(_COMPACT_SYMBOL_MM)
    fixed_px = sheet.px(4.0 * _GAP_MM) + people_px
    time_px = widest(map(_compact_time, rows), Style.NOTE)
    with_age = name_px + status_px + symbol_px + fixed_px + time_px <= width_px
    if not with_age:
        time_px = widest((row.last_text for row in rows), Style.NOTE)
    if name_px + status_px + symbol_px + fixed_px + time_px > width_px:
        symbol_px = sheet.px(_NARROW_SYMBOL_MM)
    rest_px = max(0.0, width_px - symbol_px - fixed_px - time_px)
    if name_px + status_px > rest_px:
        name_px = min(name_px, max(_NAME_SHARE * rest_px, rest_px - status_px))
    room_px = rest_px - name_px
    shrunk = max(_LEAST_SHRUNK, 0.985 * room_px / status_px) if status_px > room_px else 1.0
    widths_px = name_px, people_px, room_px, time_px
    return _Columns(symbol_px, widths_px, with_age, shrunk)


def _compact_people(row: BoatRow) -> str:
    return ", ".join(filter(None, (row.people_text, row.unaccounted_text)))


def _compact_time(row: BoatRow) -> str:
    return " · ".join(filter(None, (row.last_text, row.age_text)))


def _people_and_status(
    row: BoatRow, sheet: Sheet, width_px: float, style: Style = Style.BODY
) -> str:
    """Return people and status; fewer words of the people, or none, where the width asks for it.

    Of a second language, who is unaccounted for too.
    """
    unaccounted = row.unaccounted_text if style is Style.CREDIT else ""
    wordings = [
        " · ".join(text for text in (people, unaccounted, row.status_text) if text)
        for people in (row.people_long_text, row.people_text, "")
    ]
    fitting = (words for words in wordings if text_px(words, style, sheet) <= width_px)
    return next(fitting, row.status_text)
