"""Where the cells of the Chartwork panel's lines stand: in columns, for the room there is."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from channelplot.ui.chartwork_row import EMPTY, Cell, Row, Section

GAP_PX: Final = 10
_WITH_LEAD: Final = frozenset({Section.POSITION, Section.WATERS})
"""Their lines begin with a word of what they are about, and have one column of those words."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell, where it begins in its line and how wide it may be, in pixels.

    line: 0, or 1 for a cell that has no room in the first.
    """

    cell: Cell
    line: int
    left_px: int
    width_px: int


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one section. All cells up to the one at ``words`` stand to the left.

    widths_px: of every column, 0 for one that is left out. title_px: of the heading's words.
    is_stacked: the numbers stand below the words. width_px: of the whole line.
    """

    widths_px: tuple[int, ...]
    words: int
    title_px: int
    is_stacked: bool
    width_px: int

    @property
    def indent_px(self) -> int:
        """Return how far in the details of a line begin."""
        return self.widths_px[0] + GAP_PX if self.words else GAP_PX

    def places(self, row: Row) -> Iterator[Place]:
        """Yield where the cells of a row stand that have text and room."""
        if row.is_heading:
            yield Place(row.cells[0], 0, 0, self.width_px)
            least_px = self.title_px + GAP_PX  # a title that would stand on the words is left out
            yield from (p for p in self._numbers(row, 1, 0) if p.left_px >= least_px)
            return
        line = int(self.is_stacked)
        numbers = self._numbers(row, self.words + 1, line)
        end_px = self.width_px
        if numbers and not line:
            end_px = numbers[0].left_px - GAP_PX
        left_px = 0
        for column, cell in enumerate(row.cells[: self.words + 1]):
            is_last = column == self.words
            width_px = end_px - left_px if is_last else self.widths_px[column]
            yield Place(cell, 0, left_px, width_px)
            left_px += width_px + GAP_PX
        yield from numbers

    def _numbers(self, row: Row, first: int, line: int) -> list[Place]:
        """Return where the cells to the right stand that have text."""
        places: list[Place] = []
        right_px = self.width_px
        for column in range(len(self.widths_px) - 1, first - 1, -1):
            width_px = self.widths_px[column]
            cell = row.cells[column] if column < len(row.cells) else EMPTY
            if width_px and cell.text:
                places.insert(0, Place(cell, line, right_px - width_px, width_px))
            right_px -= width_px + GAP_PX if width_px else 0
        return places


def columns_of(
    rows: Sequence[Row], width_px: int, advance_px: Callable[[Cell], int]
) -> dict[Section, Columns]:
    """Return the columns of every section for a width. advance_px: how wide a text is.

    Where a section has no room, cells that may go are left out; where that is not enough, its
    numbers stand below its words.
    """
    lead_px = max(
        (advance_px(r.cells[0]) for r in rows if r.section in _WITH_LEAD and not r.is_heading),
        default=0,
    )
    sections = dict.fromkeys(row.section for row in rows)
    return {
        section: _columns(
            [row for row in rows if row.section is section], width_px, lead_px, advance_px
        )
        for section in sections
    }


def _columns(
    rows: Sequence[Row], width_px: int, lead_px: int, advance_px: Callable[[Cell], int]
) -> Columns:
    words = 1 if rows[0].section in _WITH_LEAD else 0
    count = max(len(row.cells) for row in rows)
    widths_px = [
        max(
            (
                advance_px(row.cells[column])
                for row in rows
                if column < len(row.cells)
                and not (row.is_heading and column == 0)
                and (column != words or _has_numbers(row, words + 1))
            ),
            default=0,
        )
        for column in range(count)
    ]
    if words:
        widths_px[0] = lead_px
    droppable = [
        column
        for column in range(words + 1, count)
        if any(column < len(row.cells) and row.cells[column].may_go for row in rows)
    ]
    for column in reversed(droppable):
        if _needed_px(widths_px) <= width_px:
            break
        widths_px[column] = 0
    return Columns(
        widths_px=tuple(widths_px),
        words=words,
        title_px=max((advance_px(row.cells[0]) for row in rows if row.is_heading), default=0),
        is_stacked=_needed_px(widths_px) > width_px,
        width_px=width_px,
    )


def _has_numbers(row: Row, first: int) -> bool:
    return any(cell.text for cell in row.cells[first:])


def _needed_px(widths_px: Sequence[int]) -> int:
    shown = [width_px for width_px in widths_px if width_px]
    return sum(shown) + GAP_PX * max(len(shown) - 1, 0)
