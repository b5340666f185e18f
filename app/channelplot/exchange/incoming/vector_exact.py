"""What stands in a file's cells, where GDAL would say something else or nothing.

Runs in the child that reads the file (``vector_child.py``). Cells of a GeoPackage are read with
Python's ``sqlite3`` from the copy; of other formats a value that GDAL cuts refuses the file.
"""

import re
import sqlite3
import warnings
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final, TypeVar

from channelplot.errors import ReferenceFileError
from channelplot.errors import ReferenceFileFault as Fault
from channelplot.store.triggers import quoted

T = TypeVar("T")

_HARMLESS: Final = re.compile(r"successfully parsed|application_id|user_version")
"""What GDAL warns of although it reads all that stands there."""


def read_unchanged(
    read: Callable[[int, int], T], skip: int, most: int, copy: Path, path: Path
) -> T:
    """Return what a function reads of most rows of a copy after skip.

    Raises ReferenceFileError (BAD_LINE) about path where GDAL warns that it cuts or drops a value,
    with the first such row, from 1.
    """
    found, told = _warned(read, skip, most)
    if not told:
        return found
    first, end = skip, skip + most
    while end - first > 1:
        middle = (first + end) // 2
        _, told_before = _warned(read, first, middle - first)
        first, end, told = (first, middle, told_before) if told_before else (middle, end, told)
    # The copy's name would tell nobody anything.
    told = (_warned(read, first, 1)[1] or told).replace(f"{copy.stem}.", "")
    raise ReferenceFileError(Fault.BAD_LINE, path, told, first + 1)


def _warned(read: Callable[[int, int], T], skip: int, most: int) -> tuple[T, str]:
    """Return what is read, and the first thing that GDAL warns of, "" for nothing."""
    told: list[str] = []

    def warned(message: Warning | str, category: type[Warning], *_: Any, **__: Any) -> None:
        text = str(message)
        if issubclass(category, RuntimeWarning) and not told and not _HARMLESS.search(text):
            told.append(text)

    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = warned
        found = read(skip, most)
    return found, "".join(told)


def stored_texts(
    copy: Path, layer: str, names: Sequence[str], kinds: Sequence[str], fids: Sequence[int]
) -> list[list[str | None]]:
    """Return the cells of some rows of a GeoPackage, column by column, as SQLite has them.

    Any value may stand in any column there, and GDAL makes 7 of a text ``7,5`` in a column of
    numbers. kinds: of the columns, as GDAL calls them. Raises sqlite3.Error, for bytes that are no
    text too.
    """
    texts: list[list[str | None]] = [[None] * len(fids) for _ in names]
    rows = {fid: row for row, fid in enumerate(fids)}
    if not rows or not names:
        return texts
    columns = ", ".join(map(quoted, names))
    with closing(_connected(copy)) as conn:
        for fid, *values in conn.execute(
            f"SELECT rowid, {columns} FROM {quoted(layer)} WHERE rowid BETWEEN ? AND ?",
            (min(fids), max(fids)),
        ):
            row = rows.get(fid)
            if row is None:
                continue
            for column, kind, value in zip(texts, kinds, values, strict=True):
                column[row] = None if kind == "OFTBinary" else _stored(value)
    return texts


def unread_layers(copy: Path, found: Sequence[str]) -> list[str]:
    """Return the layers that a GeoPackage says it has and that are not among those found.

    They are views, which do not come along into the copy, or tables that are gone.
    """
    with closing(_connected(copy)) as conn:
        rows = conn.execute("SELECT table_name FROM gpkg_contents WHERE data_type = 'features'")
        return sorted({str(name) for (name,) in rows} - set(found))


def _connected(copy: Path) -> sqlite3.Connection:
    conn = sqlite3.connect(f"{copy.as_uri()}?mode=ro", uri=True)
    conn.execute("PRAGMA trusted_schema = OFF")
    return conn


def _stored(value: str | float | bytes | None) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) else repr(value)
