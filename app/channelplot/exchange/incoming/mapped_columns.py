"""What a table is and which of its columns holds what, as window and command line show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from channelplot.exchange.incoming.found import DateOrder, Encoding, Zone
from channelplot.exchange.incoming.table_fields import TIME_FIELDS, TableField

OWN_LAYOUT: Final = "channelplot"
"""The layout of reports that this program wrote."""
_CENTURY: Final = "20"
_SHORT_DATE: Final = 6


class How(StrEnum):
    """How it is known what a column holds."""

    SAID = "said"
    LAYOUT = "layout"
    TITLE = "title"


class Need(StrEnum):
    """What must be said before a table can be read."""

    ENCODING = "encoding"
    COLUMNS = "columns"
    ZONE = "zone"
    DATE_ORDER = "date_order"


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column that is read. number: counting from 1. title: "" in a table without titles."""

    field: TableField
    number: int
    title: str
    how: How


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLook:
    """What a table is, as far as its first rows and what was said of it tell.

    separator: one character. encoding: None for what is no table. letters: the first lines with
    letters that are not UTF-8, each with its number, as they will be kept; () where all is UTF-8
    or marked. titles: as they stand, () where there are none; titles_line: where, 0 for nowhere.
    rows: the first ones, each with its line. layout: the code of a known one, "" for none,
    OWN_LAYOUT for reports that this program wrote. columns: what is read, in the file's order.
    needs: what must be said first. zone, date_order: of the times, None where they say it
    themselves or nobody has said. is_ais: "not available" is sent as a number. needs_letters:
    angles without N, S, E, W could be either. has_short_years: dates are YYMMDD, of this century.
    is_one_craft: all rows are of one, which they do not name. layout_key: the same for every table
    with these titles and this separator, whatever its encoding.
    """

    separator: str
    encoding: Encoding | None
    titles: tuple[str, ...]
    titles_line: int
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    layout: str = ""
    columns: tuple[MappedColumn, ...] = ()
    needs: frozenset[Need] = frozenset()
    zone: Zone | None = None
    date_order: DateOrder | None = None
    is_ais: bool = False
    needs_letters: bool = False
    has_short_years: bool = False
    is_one_craft: bool = False
    layout_key: str = ""
    letters: tuple[tuple[int, str], ...] = ()

    @property
    def width(self) -> int:
        """Return how many columns there are."""
        return len(self.titles) or (len(self.rows[0][1]) if self.rows else 0)

    @property
    def at(self) -> Mapping[TableField, int]:
        """Return where each field is, counting from 0."""
        return {column.field: column.number - 1 for column in self.columns}

    @property
    def is_timed(self) -> bool:
        """Return whether its rows have times: reports; otherwise they are places."""
        return self.layout == OWN_LAYOUT or any(each.field in TIME_FIELDS for each in self.columns)


def row_time(
    cells: Sequence[str], at: Mapping[TableField, int], *, has_short_years: bool = False
) -> str:
    """Return the time of a row as one text, "" for none; epochs are none.

    has_short_years: a date of six figures is YYMMDD.
    """
    columns = [
        at[each]
        for each in (TableField.TIME, TableField.DATE, TableField.TIME_OF_DAY)
        if each in at
    ]
    if any(column >= len(cells) for column in columns):
        return ""
    said = [cells[column].strip() for column in columns]
    if has_short_years and said and len(said[0]) == _SHORT_DATE:
        said[0] = _CENTURY + said[0]
    return " ".join(filter(None, said))
