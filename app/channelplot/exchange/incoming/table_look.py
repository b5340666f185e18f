"""What a table is before it is read: its separator, its titles and which column holds what.

Window and command line show it, and what nobody has said yet that must be known.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from channelplot.errors import ImportFault, ImportFileError
from channelplot.exchange.incoming.found import (
    DateOrder,
    Encoding,
    ReadOptions,
    SaidOfLayout,
    Zone,
)
from channelplot.exchange.incoming.mapped_columns import Need, TableLook, row_time
from channelplot.exchange.incoming.table_encoding import found_encoding, letters_shown
from channelplot.exchange.incoming.table_layouts import layout_of
from channelplot.exchange.incoming.table_mapping import with_columns
from channelplot.exchange.incoming.table_text import TableText
from channelplot.exchange.incoming.times import (
    FileTimes,
    TimeRefused,
    is_order_open,
    shown_order,
)
from channelplot.exchange.ordinary_file import system_words
from channelplot.exchange.table_columns import titled_columns

_SEPARATORS: Final = ("\t", ";", "|", ",", " ")
"""In this order, where two lead to the same."""
_SAMPLE: Final = 50
_MOST_ABOVE: Final = 20
"""Lines above the titles."""
_BETWEEN_STOPS: Final = 10_000
_SAID_SEPARATOR: Final = re.compile(r"sep=(.?)\s*", re.IGNORECASE)
_OF_TEXT: Final = frozenset(
    {ImportFault.ENCODING, ImportFault.NOT_IN_ENCODING, ImportFault.ZERO_BYTE}
)
"""What is the matter with a file however its cells are parted."""
_REMARK: Final = "#"
_DATA: Final = re.compile(r"(?:[+-]|[NSEWO]\s?)?[0-9]")
"""A cell that begins so in the first row says that there are no titles."""


def table_columns_of(path: Path, options: ReadOptions) -> TableLook:
    """Return what a table is, read from its first rows. Raises ImportFileError."""
    try:
        with path.open("rb") as file:
            return look_at(file, path, options)
    except OSError as error:
        raise ImportFileError(ImportFault.UNREADABLE, path, system_words(error)) from error


def remembered_encoding(
    path: Path, options: ReadOptions, remembered: Callable[[str], SaidOfLayout]
) -> Encoding | None:
    """Return what was said of tables with the titles of one that is not UTF-8, None for nothing.

    remembered: returns what was said of a layout, by its key. Raises ImportFileError.
    """
    # It has a letter for every byte, and which letter does not count.
    look = table_columns_of(path, replace(options, encoding=Encoding.MACINTOSH))
    return remembered(look.layout_key).encoding if look.titles else None


def look_at(file: BinaryIO, path: Path, options: ReadOptions) -> TableLook:
    """Return what an open table is. path: said in refusals. Raises ImportFileError."""
    found = found_encoding(file, path, options)
    text = TableText(file, path, found.encoding)
    looks: list[tuple[tuple[bool, float, int], TableLook]] = []
    faults: list[ImportFileError] = []
    for separator in _tried(text):
        try:
            look = with_columns(_first_rows(text, separator), path, options)
        except ImportFileError as error:
            faults.append(error)
        else:
            looks.append((_worth(look), look))
    if not looks:
        raise max(faults, key=_worth_telling)
    look = max(looks, key=lambda each: each[0])[1]
    if not look.width:
        raise ImportFileError(ImportFault.EMPTY, path)
    if any(is_order_open(_time_of(look, cells)) for _, cells in look.rows):
        look = replace(look, date_order=_date_order(text, look, path, options))
    look = replace(look, needs=look.needs | _needed_of_times(look, path, options))
    if found.not_utf8 is not None:
        look = replace(look, letters=letters_shown(file, found.encoding, found.not_utf8))
    return look


def _time_of(look: TableLook, cells: Sequence[str]) -> str:
    return row_time(cells, look.at, has_short_years=look.has_short_years)


def is_said_separator(cell: str) -> bool:
    """Return whether a cell of the first line says what parts the cells, as spreadsheets write."""
    return _SAID_SEPARATOR.fullmatch(cell) is not None


def _worth_telling(error: ImportFileError) -> tuple[bool, int]:
    return error.fault in _OF_TEXT, error.line


def _tried(text: TableText) -> Sequence[str]:
    """Return the separators that the first lines have; the one that the first line says it is."""
    found: set[str] = set()
    with closing(text.lines()) as lines:
        for number, line in enumerate(islice(lines, _SAMPLE)):
            said = None if number else _SAID_SEPARATOR.fullmatch(line.strip("\r\n"))
            if said is not None and said[1]:
                return [said[1]]
            found |= {each for each in _SEPARATORS if each in line}
    return [each for each in _SEPARATORS if each in found] or [","]


def _worth(look: TableLook) -> tuple[bool, float, int]:
    fitting = sum(len(cells) == look.width for _, cells in look.rows)
    share = fitting / len(look.rows) if look.rows else 1.0
    return Need.COLUMNS not in look.needs, share if look.width > 1 else 0.0, look.width


def _first_rows(text: TableText, separator: str) -> TableLook:
    """Return the first rows of a table that is separated so, without remarks and empty rows.

    What stands above the titles, as the name of a log, is a remark too.
    """
    titles: tuple[str, ...] = ()
    titles_line = 0
    rows: list[tuple[int, tuple[str, ...]]] = []
    with closing(text.rows(separator)) as several:
        for cells in several:
            stripped = tuple(cell.strip() for cell in cells)
            if not any(stripped) or (text.line == 1 and is_said_separator(stripped[0])):
                continue
            if stripped[0].startswith(_REMARK):
                stripped = (stripped[0].lstrip(_REMARK).strip(), *stripped[1:])
                if titles or rows or not _are_titles(stripped):
                    continue
            if _begins_table(stripped, [titles, *(cells for _, cells in rows)]):
                titles, titles_line = _without_empty_end(stripped), text.line
                rows.clear()
            else:
                rows.append((text.line, stripped))
            if len(rows) >= _SAMPLE:
                break
    return TableLook(
        separator=separator,
        encoding=text.encoding,
        titles=titles,
        titles_line=titles_line,
        rows=tuple(rows),
        layout_key=_layout_key(titles, separator),
    )


def _begins_table(cells: Sequence[str], above: Sequence[Sequence[str]]) -> bool:
    """Return whether a row is the titles: the first one, or the first one as wide as a table.

    above: what stands above it. A row with figures is none.
    """
    if any(map(_DATA.match, cells)):
        return False
    if not any(above):
        return True
    is_wider = all(_filled(cells) > _filled(each) for each in above)
    return is_wider and len(above) <= _MOST_ABOVE and _are_titles(cells)


def _without_empty_end(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Return titles without what a separator at the end of the line makes."""
    last = max(at for at, cell in enumerate(cells) if cell)
    return cells[: last + 1]


def _filled(cells: Sequence[str]) -> int:
    return sum(map(bool, cells))


def _are_titles(cells: Sequence[str]) -> bool:
    """Return whether cells name a position, and something else."""
    try:
        return len(cells) > 1 and titled_columns(cells) is not None
    except ValueError:
        return False


def _layout_key(titles: Sequence[str], separator: str) -> str:
    """Return the key of a layout: the same in every encoding, as ``?`` stands for letters."""
    told = "\x1f".join((separator, *titles))
    return hashlib.sha256(told.encode("ascii", "replace")).hexdigest()[:32]


def _date_order(
    text: TableText, look: TableLook, path: Path, options: ReadOptions
) -> DateOrder | None:
    """Return whether the day or the month comes first: as published, as all dates show, as said."""
    layout = layout_of(look.titles)
    if layout is not None and layout.date_order is not None:
        return layout.date_order

    def texts() -> Iterator[str]:
        with closing(text.rows(look.separator)) as rows:
            for number, cells in enumerate(rows):
                if number % _BETWEEN_STOPS == 0 and options.stop.is_set():
                    raise ImportFileError(ImportFault.STOPPED, path)
                yield _time_of(look, cells)

    return shown_order(texts(), options.now_utc) or options.date_order


def _needed_of_times(look: TableLook, path: Path, options: ReadOptions) -> frozenset[Need]:
    """Return what must be said of the times of the first rows."""
    needs: set[Need] = set()
    said = replace(options, zone=look.zone, date_order=look.date_order)
    for _, cells in look.rows:
        text = _time_of(look, cells)
        if text and (need := _needed_of(text, said, path)) is not None:
            needs.add(need)
            if need is Need.DATE_ORDER:
                said = replace(said, date_order=DateOrder.DAY_FIRST)
                need = _needed_of(text, said, path)
            if need is Need.ZONE:
                needs.add(need)
                said = replace(said, zone=Zone.UTC)
    return frozenset(needs)


def _needed_of(text: str, said: ReadOptions, path: Path) -> Need | None:
    """Return what must be said before a time can be read, None for nothing."""
    try:
        FileTimes(said, path).read(text, 0)
    except ImportFileError as error:
        return Need.ZONE if error.fault is ImportFault.ZONE_NOT_SAID else Need.DATE_ORDER
    except TimeRefused:
        pass
    return None
