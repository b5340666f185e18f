"""What the names of a feature's properties, or of a layer's columns, say they hold.

As the titles of a table do (``table_mapping.py``), but for positions, which stand beside them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from channelplot.errors import ImportFault, ImportFileError
from channelplot.exchange.found_lines import piece
from channelplot.exchange.incoming.found import ReadOptions
from channelplot.exchange.incoming.mapped_columns import How, MappedColumn, TableLook
from channelplot.exchange.incoming.table_fields import (
    POSITION_FIELDS,
    TIME_FIELDS,
    TableField,
    guessed_fields,
)
from channelplot.exchange.incoming.table_layouts import layout_columns, layout_of
from channelplot.exchange.incoming.table_mapping import Found, column_at, instead


def look_of_names(names: Sequence[str], options: ReadOptions) -> TableLook:
    """Return what is read of features with these properties, each of which is a column.

    What somebody said of names that are not among these does not count here.
    """
    look = TableLook(separator="", encoding=None, titles=tuple(names), titles_line=0, rows=())
    layout, guessed = layout_of(names), guessed_fields(names)
    found: Found = {each: (at, How.TITLE) for each, at in guessed.at.items()}
    if layout is not None:
        found = instead(found, layout_columns(layout, names), How.LAYOUT)
    said = {
        TableField(field): at
        for field, column in options.columns.items()
        if (at := property_at(look, column)) is not None
    }
    found = instead(found, said, How.SAID)
    left_out = {*POSITION_FIELDS, *(_left_out(options) - set(said))}
    columns = tuple(
        MappedColumn(each, at + 1, names[at], how)
        for each, (at, how) in sorted(found.items(), key=lambda item: item[1][0])
        if each not in left_out
    )
    return replace(
        look,
        layout=layout.code if layout else "",
        columns=columns,
        zone=(layout.zone if layout else None) or guessed.zone or options.zone,
        date_order=(layout.date_order if layout else None) or options.date_order,
        is_ais=(layout is not None and layout.is_ais) or TableField.MMSI in found,
    )


def property_at(look: TableLook, name: str) -> int | None:
    """Return which property has a name, None for none; a number names none: they have no order."""
    is_number = name.strip().isdigit() and name.strip() not in look.titles
    return None if is_number or not name.strip() else column_at(look, name)


def said_by_name(columns: Mapping[str, str], look: TableLook) -> dict[str, str]:
    """Return what was said of columns with their names for their numbers from 1.

    look: whose numbers they are, of ``look_at_features``.
    """
    return {
        field: column
        if not column.strip() or (at := column_at(look, column)) is None
        else look.titles[at]
        for field, column in columns.items()
    }


def is_without_times(options: ReadOptions) -> bool:
    """Return whether somebody has said that no property is a time: the features are places."""
    return TableField.TIME in _left_out(options)


def require_fields(options: ReadOptions, path: Path) -> None:
    """Raise ImportFileError (COLUMNS) where somebody named a field that there is not."""
    fields = {each.value for each in TableField}
    for name in options.columns:
        if name not in fields:
            raise ImportFileError(ImportFault.COLUMNS, path, piece(name))


def _left_out(options: ReadOptions) -> set[TableField]:
    """Return the fields that somebody has said to be nowhere."""
    names = {TableField(name) for name, column in options.columns.items() if not column.strip()}
    return names | (set(TIME_FIELDS) if TableField.TIME in names else set())
