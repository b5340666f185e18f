"""Which column of a table holds what: as somebody has said, as its layout has it, by its titles.

What can't be told is needed from somebody. An angle in several columns is never read in part.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from channelplot.errors import ImportFault, ImportFileError
from channelplot.exchange.fields import REPORT_FIELDS
from channelplot.exchange.found_lines import piece
from channelplot.exchange.incoming.found import ReadOptions
from channelplot.exchange.incoming.mapped_columns import (
    OWN_LAYOUT,
    How,
    MappedColumn,
    Need,
    TableLook,
)
from channelplot.exchange.incoming.table_fields import (
    POSITION_FIELDS,
    SPEED_FIELDS,
    TIME_FIELDS,
    TableField,
    guessed_fields,
    plain_title,
)
from channelplot.exchange.incoming.table_layouts import layout_columns, layout_of
from channelplot.exchange.incoming.times import looks_like_time
from channelplot.exchange.table_columns import titled_columns

Found = dict[TableField, tuple[int, How]]
"""Where each field is, counting from 0, and how that is known."""
_KINDS: Final = (TIME_FIELDS, POSITION_FIELDS, SPEED_FIELDS)
_NUMBER: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)?", re.ASCII)
_SIDE: Final = re.compile(r"[NSEWOnsewo]")
_OTHER_DATUM: Final = re.compile(
    r"(?<![a-z])(?:ed[\s_-]?50|nad[\s_-]?(?:27|83)|ntf|lambert|osgb(?:[\s_-]?36)?)(?![a-z0-9])",
    re.IGNORECASE,
)


def with_columns(look: TableLook, path: Path, options: ReadOptions) -> TableLook:
    """Return a look with what its columns hold. Raises ImportFileError."""
    if set(REPORT_FIELDS) <= set(look.titles):
        return replace(look, layout=OWN_LAYOUT)
    other_datum = next((title for title in look.titles if _OTHER_DATUM.search(title)), None)
    if other_datum is not None:
        raise ImportFileError(ImportFault.DATUM, path, piece(other_datum), look.titles_line)
    layout = layout_of(look.titles)
    guessed = guessed_fields(look.titles)
    found = {each: (at, How.TITLE) for each, at in guessed.at.items()}
    if layout is not None:
        own = layout_columns(layout, look.titles)
        found = instead(found, own, How.LAYOUT)
    said, left_out = _said_columns(look, path, options)
    found = instead(found, said, How.SAID)
    needs: frozenset[Need] = frozenset()
    needs_letters = False
    if not POSITION_FIELDS & set(said):
        try:
            positions, needs_letters = _positions(look, found)
            found |= {each: (at, How.TITLE) for each, at in positions.items()}
        except ValueError:
            needs |= {Need.COLUMNS}
    for each in left_out:
        found.pop(each, None)
    columns = tuple(
        MappedColumn(each, at + 1, look.titles[at] if at < len(look.titles) else "", how)
        for each, (at, how) in sorted(found.items(), key=lambda item: item[1][0])
    )
    whole = replace(
        look,
        layout=layout.code if layout else "",
        columns=columns,
        zone=(layout.zone if layout else None) or guessed.zone or options.zone,
        date_order=options.date_order,
        is_ais=(layout is not None and layout.is_ais) or TableField.MMSI in found,
        needs_letters=needs_letters,
        has_short_years=layout is not None and layout.has_short_years,
        is_one_craft=layout is not None and layout.is_one_craft,
    )
    return replace(whole, needs=needs | _needed_columns(whole, left_out))


def instead(found: Found, other: Mapping[TableField, int], how: How) -> Found:
    """Return what was found with other columns instead; of times and the like all or none."""
    replaced = {each for kind in _KINDS if kind & set(other) for each in kind} | set(other)
    taken = set(other.values())
    kept = {
        each: (at, by)
        for each, (at, by) in found.items()
        if each not in replaced and at not in taken
    }
    return {**kept, **{each: (at, how) for each, at in other.items()}}


def _said_columns(
    look: TableLook, path: Path, options: ReadOptions
) -> tuple[dict[TableField, int], frozenset[TableField]]:
    """Return where somebody has said that fields are, and which nowhere."""
    said: dict[TableField, int] = {}
    left_out: set[TableField] = set()
    for name, column in options.columns.items():
        try:
            table_field = TableField(name)
        except ValueError:
            raise ImportFileError(ImportFault.COLUMNS, path, piece(name)) from None
        if not column.strip():
            left_out |= TIME_FIELDS if table_field is TableField.TIME else {table_field}
            continue
        at = column_at(look, column)
        if at is None:
            raise ImportFileError(ImportFault.COLUMNS, path, piece(column), look.titles_line)
        other = next((each for each, taken in said.items() if taken == at), None)
        if other is not None:
            told = f"{other}, {table_field}"
            raise ImportFileError(ImportFault.COLUMN_TWICE, path, told, look.titles_line)
        said[table_field] = at
    return said, frozenset(left_out - set(said))


def column_at(look: TableLook, column: str) -> int | None:
    """Return which column a title or a number from 1 names; None for none, or for several."""
    named = [at for at, title in enumerate(look.titles) if title == column.strip()]
    named = named or [
        at for at, title in enumerate(look.titles) if plain_title(title) == plain_title(column)
    ]
    if len(named) == 1:
        return named[0]
    number = column.strip()
    if named or not (number.isascii() and number.isdigit()) or len(number) > 4:
        return None
    return int(number) - 1 if 1 <= int(number) <= look.width else None


def _positions(look: TableLook, found: Found) -> tuple[dict[TableField, int], bool]:
    """Return where the positions are by the titles, and whether angles need letters.

    Raises ValueError where the titles don't tell.
    """
    taken = {at for at, _ in found.values()}
    titles = ["" if at in taken else title for at, title in enumerate(look.titles)]
    columns = titled_columns(titles)
    if columns is None:
        raise ValueError("no columns of positions")
    told = {
        TableField.POSITION: columns.position,
        TableField.LAT: columns.lat,
        TableField.LON: columns.lon,
    }
    return {each: at for each, at in told.items() if at is not None}, columns.needs_letters


def _needed_columns(look: TableLook, left_out: frozenset[TableField]) -> frozenset[Need]:
    """Return COLUMNS where position or time have no column, or an angle is in several.

    A single column says nothing but where: most likely the separator is another one.
    """
    at = look.at
    has_pair = TableField.LAT in at and TableField.LON in at
    sides = (TableField.LAT_SIDE in at, TableField.LON_SIDE in at)
    is_told = has_pair != (TableField.POSITION in at) and (sides == (False, False) or all(sides))
    is_told &= not any(sides) or has_pair
    has_whole_time = bool(at.keys() & {TableField.TIME, TableField.EPOCH_S, TableField.EPOCH_MS})
    has_both = TableField.DATE in at and TableField.TIME_OF_DAY in at
    is_timed = has_whole_time != has_both
    unread = set(range(look.width)) - set(at.values())
    cells = {
        column: [row[column] for _, row in look.rows if column < len(row)] for column in unread
    }
    if not is_timed:
        is_without = TableField.TIME in left_out or not any(
            looks_like_time(cell) for several in cells.values() for cell in several
        )
        is_timed = is_without and not at.keys() & TIME_FIELDS
    is_apart = any(_is_side(several) for several in cells.values())
    is_parted = look.width > 1
    is_clear = is_parted and is_told and is_timed and not is_apart and not _are_numbers(look)
    return frozenset() if is_clear else frozenset({Need.COLUMNS})


def _are_numbers(look: TableLook) -> bool:
    """Return whether the times are numbers, and nobody has said since when or of what."""
    at = look.at.get(TableField.TIME)
    said = [row[at] for _, row in look.rows if at is not None and at < len(row) and row[at]]
    return bool(said) and all(map(_NUMBER.fullmatch, said))


def _is_side(cells: Sequence[str]) -> bool:
    """Return whether a column that is not read may be the hemispheres of another."""
    said = [cell for cell in cells if cell]
    return bool(said) and all(map(_SIDE.fullmatch, said))
