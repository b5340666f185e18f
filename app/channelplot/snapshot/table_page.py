"""A table on paper: as many pages as its rows take, each with the sheet's head and foot."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.language import translate
from channelplot.chart.palette import Palette
from channelplot.chart.renderers.pens import colour
from channelplot.chart.viewport import Viewport
from channelplot.errors import SheetFault, SheetRefused
from channelplot.snapshot import furniture
from channelplot.snapshot.head_foot import PageFrame, Texts, page_frame
from channelplot.snapshot.lettering import Style, broken, line_px, text_px
from channelplot.snapshot.paper import Rect, Sheet
from channelplot.snapshot.write import LEFT, RIGHT, THIN_MM, draw_rule, draw_text

_GAP_MM: Final = 3.0
_ROW_ROOM_MM: Final = 1.4
_HEAD_ROOM_MM: Final = 1.0
_SLACK_PX: Final = 1.0
_ROUNDING_MM: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Column:
    """A column of texts that are broken into lines where they are too long.

    share: of what all columns leave of the page. is_figures: set to the right. is_whole: never
    broken. most: of the page's width, what a text that can be broken may take.
    """

    title: str
    share: float = 0.0
    most: float = 1.0
    is_whole: bool = False
    is_figures: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """What is to be put on paper. strong: the number of a column in semi-bold, None for none.

    quiet_rows: the numbers of rows in a lighter ink. row_mm: how tall a row is at least. note: what
    stands under the last row. fills_page: empty rows follow to the foot of the page.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    strong: int | None = None
    quiet_rows: frozenset[int] = frozenset()
    row_mm: float = 0.0
    note: str = ""
    fills_page: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class TablePage:
    """A page of a table; lines: the lines of each cell, of each of its rows."""

    frame: PageFrame
    table: Table
    widths_px: tuple[float, ...]
    first: int
    lines: tuple[tuple[tuple[str, ...], ...], ...]
    palette: Palette
    number_text: str = ""
    note_lines: tuple[str, ...] = ()

    @property
    def sheet(self) -> Sheet:
        """Return the paper it is drawn on."""
        return self.frame.sheet

    @property
    def map(self) -> tuple[Rect, Viewport] | None:
        """Return None: a table is no map."""
        return None

    def draw(self, painter: QPainter, cancel: Cancel) -> None:
        """Draw head, table and foot; a cancelled page is unfinished."""
        sheet, frame, palette = self.frame.sheet, self.frame, self.palette
        furniture.draw_markings(painter, frame, palette)
        furniture.draw_head(painter, frame, palette)
        furniture.draw_foot(painter, frame, palette)
        body, titles = frame.body, _titles(sheet, self.table, self.widths_px)
        quiet = colour(palette.graticule_text)
        y_px = body.y_px
        self._draw_row(painter, y_px, titles, Style.CREDIT, None, is_quiet=True)
        y_px += _head_px(sheet, titles) - sheet.px(_HEAD_ROOM_MM)
        draw_rule(painter, sheet, Rect(body.x_px, y_px, body.width_px, 0.0), THIN_MM, quiet)
        y_px += sheet.px(_HEAD_ROOM_MM)
        for number, cells in enumerate(self.lines, self.first):
            if cancel.is_cancelled:
                return
            is_quiet = number in self.table.quiet_rows
            self._draw_row(painter, y_px, cells, Style.NOTE, self.table.strong, is_quiet=is_quiet)
            y_px += _row_px(sheet, cells, self.table.row_mm)
            under = Rect(body.x_px, y_px - sheet.px(_ROW_ROOM_MM / 2.0), body.width_px, 0.0)
            draw_rule(painter, sheet, under, THIN_MM / 2.0, colour(palette.graticule))
        if self.table.fills_page:
            self._draw_columns(painter, y_px)
        note = Rect(body.x_px, y_px, body.width_px, line_px(Style.NOTE, sheet))
        for number, line in enumerate(self.note_lines):
            row = replace(note, y_px=y_px + number * note.height_px)
            draw_text(painter, sheet, row, line, Style.NOTE, quiet)
        credit_px = line_px(Style.CREDIT, sheet)
        foot = Rect(body.x_px, body.bottom_px - credit_px, body.width_px, credit_px)
        draw_text(painter, sheet, foot, self.number_text, Style.CREDIT, quiet, RIGHT)

    def _draw_columns(self, painter: QPainter, bottom_px: float) -> None:
        """Draw a thin line between columns that are to be written in."""
        sheet, body = self.frame.sheet, self.frame.body
        ink, thick_px = colour(self.palette.graticule), max(1, round(sheet.px(THIN_MM / 2.0)))
        x_px = body.x_px
        for width_px in self.widths_px[:-1]:
            x_px += width_px + sheet.px(_GAP_MM)
            at_px = round(x_px - sheet.px(_GAP_MM / 2.0))
            painter.fillRect(QRectF(at_px, body.y_px, thick_px, bottom_px - body.y_px), ink)

    def _draw_row(
        self,
        painter: QPainter,
        y_px: float,
        cells: Sequence[tuple[str, ...]],
        style: Style,
        strong: int | None,
        *,
        is_quiet: bool,
    ) -> None:
        sheet = self.frame.sheet
        ink = colour(self.palette.graticule_text if is_quiet else self.palette.text)
        x_px, height_px = self.frame.body.x_px, line_px(style, sheet)
        for number, (column, width_px) in enumerate(
            zip(self.table.columns, self.widths_px, strict=True)
        ):
            own = Style.STRONG if number == strong else style
            align = RIGHT if column.is_figures else LEFT
            for line, text in enumerate(cells[number]):
                box = Rect(x_px, y_px + line * height_px, width_px, height_px)
                draw_text(painter, sheet, box, text, own, ink, align)
            x_px += width_px + sheet.px(_GAP_MM)


def table_pages(
    sheet: Sheet, texts: Texts, table: Table, palette: Palette, before: int = 0
) -> tuple[TablePage, ...]:
    """Return the pages a table takes: one at least; a row is never cut, but its texts are broken.

    texts: those of head and foot. before: pages that it continues, and that are counted with its
    own. A row taller than a page has one to itself, and what does not fit of it is left out.
    Raises SheetRefused for a page with no room for a row.
    """
    frame = page_frame(sheet, texts)
    widths_px = _widths(sheet, table, frame.body.width_px)
    lines = [_cells(sheet, table, row, widths_px) for row in table.rows]
    note_lines = tuple(table.note.split("\n")) if table.note else ()
    foot_px = line_px(Style.CREDIT, sheet) + line_px(Style.NOTE, sheet) * len(note_lines)
    room_px = frame.body.height_px - _head_px(sheet, _titles(sheet, table, widths_px)) - foot_px
    if room_px < 3.0 * _row_px(sheet, (), table.row_mm):
        raise SheetRefused(SheetFault.PAGE_TOO_SMALL)
    if table.fills_page:
        empty = (("",),) * len(table.columns)
        rows = math.floor(room_px / _row_px(sheet, empty, table.row_mm))
        table = replace(table, row_mm=room_px / rows / sheet.px(1.0) - _ROUNDING_MM)
        lines += [empty] * rows
    starts, left_px = [0], room_px
    for number, cells in enumerate(lines):
        height_px = _row_px(sheet, cells, table.row_mm)
        if height_px > left_px and number > starts[-1]:
            starts.append(number)
            left_px = room_px
        left_px -= height_px
    first_page = TablePage(frame, table, widths_px, 0, (), palette)
    ends = [*starts[1:], len(lines)]
    count = before + len(starts)
    return tuple(
        replace(
            first_page,
            first=start,
            lines=tuple(lines[start:end]),
            number_text=number_text(number, count),
            note_lines=note_lines if number == count else (),
        )
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), before + 1)
    )


def number_text(number: int, count: int) -> str:
    """Return which page of how many one is; nothing for the only one."""
    if count == 1:
        return ""
    words = translate("Snapshot", "Page {number} of {count}")
    return words.format(number=number, count=count)


def _titles(
    sheet: Sheet, table: Table, widths_px: tuple[float, ...]
) -> tuple[tuple[str, ...], ...]:
    return tuple(
        _broken(column.title, Style.CREDIT, sheet, width_px)
        for column, width_px in zip(table.columns, widths_px, strict=True)
    )


def _head_px(sheet: Sheet, titles: tuple[tuple[str, ...], ...]) -> float:
    lines = max(map(len, titles))
    return line_px(Style.CREDIT, sheet) * lines + 2.0 * sheet.px(_HEAD_ROOM_MM)


def _cells(
    sheet: Sheet, table: Table, row: tuple[str, ...], widths_px: tuple[float, ...]
) -> tuple[tuple[str, ...], ...]:
    return tuple(
        _broken(text, Style.STRONG if number == table.strong else Style.NOTE, sheet, width_px)
        for number, (text, width_px) in enumerate(zip(row, widths_px, strict=True))
    )


def _broken(text: str, style: Style, sheet: Sheet, width_px: float) -> tuple[str, ...]:
    """Return a text in lines that fit, broken at its words and where it has lines of its own."""
    return tuple(line for part in text.split("\n") for line in broken(part, style, sheet, width_px))


def _row_px(sheet: Sheet, cells: Sequence[tuple[str, ...]], least_mm: float) -> float:
    lines = max((len(cell) for cell in cells), default=1)
    needed_px = max(1, lines) * line_px(Style.NOTE, sheet) + sheet.px(_ROW_ROOM_MM)
    return max(needed_px, sheet.px(least_mm))


def _widths(sheet: Sheet, table: Table, width_px: float) -> tuple[float, ...]:
    """Return the columns' widths.

    Each has what its widest text needs, and what is left is shared. Where that is too much, each
    has what its widest word needs, and the rest is shared evenly, as far as it is needed.
    """
    room_px = width_px - sheet.px(_GAP_MM) * (len(table.columns) - 1)
    least_px, wanted_px = list[float](), list[float]()
    for number, column in enumerate(table.columns):
        style = Style.STRONG if number == table.strong else Style.NOTE
        texts = {line for row in table.rows for line in row[number].split("\n")}
        titles = column.title.split("\n")
        wanted = max(_widest(texts, style, sheet), _widest(titles, Style.CREDIT, sheet))
        words = {word for text in texts for word in text.split()}
        title_words = {word for title in titles for word in title.split()}
        least = max(_widest(words, style, sheet), _widest(title_words, Style.CREDIT, sheet))
        if column.is_whole:
            least = max(least, _widest(texts, style, sheet))
        wanted_px.append(min(wanted, max(column.most * width_px, least)) + _SLACK_PX)
        least_px.append(least + _SLACK_PX)
    spare_px = room_px - sum(wanted_px)
    if spare_px >= 0.0:
        shares = sum(column.share for column in table.columns) or 1.0
        return tuple(
            px + spare_px * column.share / shares
            for px, column in zip(wanted_px, table.columns, strict=True)
        )
    spare_px = room_px - sum(least_px)
    if spare_px < 0.0:
        return tuple(px * room_px / sum(least_px) for px in least_px)
    more_px = [max(0.0, most - least) for most, least in zip(wanted_px, least_px, strict=True)]
    shares_px = _evenly(spare_px, more_px)
    return tuple(least + share for least, share in zip(least_px, shares_px, strict=True))


def _evenly(spare_px: float, wanted_px: Sequence[float]) -> list[float]:
    """Return what each gets of a room: all alike, but none more than it wants."""
    shares_px = [0.0] * len(wanted_px)
    left = sorted(range(len(wanted_px)), key=lambda number: wanted_px[number])
    for done, number in enumerate(left):
        shares_px[number] = min(wanted_px[number], spare_px / (len(left) - done))
        spare_px -= shares_px[number]
    return shares_px


def _widest(texts: Iterable[str], style: Style, sheet: Sheet) -> float:
    return max((text_px(text, style, sheet) for text in texts), default=0.0)
