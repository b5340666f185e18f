"""A line of the Chartwork panel, ready to be shown, read aloud and copied."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

WARNING_SIGN: Final = "⚠"
"""Stands before what is doubtful or impossible: a shape, so that colour is not needed."""
UNBROKEN: Final = "\N{NO-BREAK SPACE}"
"""Keeps a position in one line."""
GAP: Final = "  "
"""Between the cells of a line that is copied as text."""


class Section(StrEnum):
    """The parts of the panel, in the order they stand."""

    POSITION = "position"
    WATERS = "waters"
    CLOSEST = "closest"
    HELP = "help"
    CAME_FROM = "came_from"
    LEGS = "legs"


class Tone(StrEnum):
    """How much a text stands out. WARNING and BAD never say it by colour alone."""

    PLAIN = "plain"
    STRONG = "strong"
    FAINT = "faint"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Cell:
    """A text in a column: a word to the left, a number, with its unit, to the right.

    may_go: left out where there is no room; it says nothing that the other cells don't.
    """

    text: str
    tone: Tone = Tone.PLAIN
    is_number: bool = False
    may_go: bool = False


EMPTY: Final = Cell("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line, or the heading of a section with the titles of its columns.

    key: stays the same while the figures change. cells: the same columns in all rows of a section.
    detail: more of it, below, in as many lines as it needs. track_uid: the craft it leads to, "" if
    it leads nowhere. name: of that craft.
    """

    key: str
    section: Section
    cells: tuple[Cell, ...]
    detail: str = ""
    detail_tone: Tone = Tone.FAINT
    tip: str = ""
    track_uid: str = ""
    name: str = ""
    is_heading: bool = False

    @property
    def text(self) -> str:
        """Return the line as plain text, for the clipboard and for reading aloud."""
        parts = (*(cell.text for cell in self.cells), self.detail)
        return GAP.join(part for part in parts if part).replace(UNBROKEN, " ")


def number(text: str, tone: Tone = Tone.PLAIN, *, may_go: bool = False) -> Cell:
    """Return a cell that stands to the right of its column."""
    return Cell(text, tone, is_number=True, may_go=may_go)


def heading(section: Section, title: str, *titles: str) -> Row:
    """Return the heading of a section. titles: of its columns after the first."""
    cells = (Cell(title, Tone.STRONG), *(number(one, Tone.FAINT) for one in titles))
    return Row(key=f"{section}", section=section, cells=cells, is_heading=True)


def sentence(section: Section, key: str, text: str, tone: Tone = Tone.FAINT) -> Row:
    """Return a line of words in place of a section's figures."""
    return Row(
        key=f"{section}/{key}", section=section, cells=(EMPTY,), detail=text, detail_tone=tone
    )


def faint(row: Row) -> Row:
    """Return a line with all its cells faint: it matters less than those before."""
    cells = tuple(replace(cell, tone=Tone.FAINT) for cell in row.cells)
    return replace(row, cells=cells)
