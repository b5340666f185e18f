"""The reports of a plot file to packed columns, some thousands at a time.

SQLite strings the values of many rows together, so that none of them becomes an object here. A
lot of rows in which anything is otherwise than this program writes it is read row by row, as
strictly as ever: what can't be read is told with its row, and nothing is guessed.
"""

import queue
import sqlite3
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from channelplot.model.codes import BoatType, PositionForm, ReportKind, SourceKind
from channelplot.model.packing import Sayings, piece_of
from channelplot.model.report import Report
from channelplot.model.report_columns import Piece, Said
from channelplot.store.entities import people_from
from channelplot.store.strung_values import (
    BETWEEN,
    NO_POINT,
    THOUSANDS,
    Otherwise,
    coded,
    is_text,
    numbers_of,
    places_deg_of,
    thousandths_of,
    times_ms_of,
)
from channelplot.store.values import Value

ROWS_AT_ONCE: Final = 10_000
_AHEAD: Final = 3

Filed: TypeAlias = npt.NDArray[np.int32]
"""For each row the place of its track among those that stand, -1 for none."""
Lot: TypeAlias = tuple[Piece, Filed]

_UID_BYTES: Final = 36
_NULL: Final = b"\x1d"
_SAID: Final = (
    "kind",
    "position_form",
    "source",
    "source_name",
    "grade",
    "boat_type",
    "caller",
    "logged_by",
    "people_total",
    "people_children",
)
_NULLABLE: Final = ("position_form", "boat_type", "people_total", "people_children")
_TIMES: Final = ("observed_at_utc", "received_at_utc", "logged_at_utc")
_TEXTS: Final = ("uid", "track_uid", *_TIMES, "as_received", *_SAID[:8])
_WHOLES: Final = ("people_total", "people_children")
_NUMBERS: Final = ("error_m", "course_deg", "speed_kn")
_ROWS: Final = " FROM reports NOT INDEXED WHERE fid > ? AND fid <= ? AND withdrawn_at_utc IS NULL"
_LAST: Final = "SELECT fid FROM reports NOT INDEXED WHERE fid > ? ORDER BY fid LIMIT 1 OFFSET ?"
# In SQLite's order a number is less than any text, and a blob more; null is found by its absence.
# These columns make texts of numbers that are put into them, and those of numbers none of texts.
_ODD: Final = " OR ".join(
    (
        *(f"{name} >= x''" for name in _TEXTS),
        *(f"{name} >= ''" for name in _WHOLES),
        *(f"{name} = '{_NULL.decode()}'" for name in ("position_form", "boat_type")),
        f"geom < x'' OR length(uid) <> {_UID_BYTES}",
    )
)
_DECLARED: Final = {
    **dict.fromkeys(_TEXTS, "TEXT"),
    **dict.fromkeys(_TIMES, "DATETIME"),
    **dict.fromkeys(_WHOLES, "INTEGER"),
    **dict.fromkeys(_NUMBERS, "DOUBLE"),
    "geom": "POINT",
    "withdrawn_at_utc": "DATETIME",
}


def _strung(name: str) -> str:
    # Separators are written out: SQLite works out a char() for every row.
    value = f"ifnull({name}, '{_NULL.decode()}')" if name in _NULLABLE else name
    return f"group_concat({value}, '{BETWEEN.decode()}')"


def _strung_number(name: str) -> str:
    thousandths = f"CAST({name} * 1000 + 0.5 AS INTEGER)"
    return f"group_concat(ifnull({THOUSANDS} + {thousandths}, {2 * THOUSANDS}), '')"


# Whole thousandths come back as they were: the same division makes the same number.
_NOT_IN_THOUSANDTHS: Final = " OR ".join(
    f"CAST({name} * 1000 + 0.5 AS INTEGER) / 1000.0 <> {name} OR {name} < 0 OR {name} >= 9000000"
    for name in _NUMBERS
)
_STRUNG: Final = (
    f"SELECT count(*), count(geom), count(CASE WHEN {_ODD} THEN 1 END),"
    f" count(CASE WHEN {_NOT_IN_THOUSANDTHS} THEN 1 END),"
    " group_concat(uid, ''),"
    f" group_concat(ifnull(track_uid, ''), '{BETWEEN.decode()}'),"
    f" {', '.join(f'group_concat({name}, {chr(39) * 2})' for name in _TIMES)},"
    f" group_concat(ifnull(geom, x'{NO_POINT.hex()}'), ''),"
    f" {', '.join(map(_strung_number, _NUMBERS))},"
    f" group_concat(as_received, '{BETWEEN.decode()}'),"
    f" {', '.join(map(_strung, _SAID))}{_ROWS}"
)
_NUMBERS_READ: Final = f"SELECT {', '.join(_NUMBERS)}{_ROWS}"

_FORMS: Final[dict[str, PositionForm]] = {code.value: code for code in PositionForm}
_BOATS: Final[dict[str, BoatType]] = {code.value: code for code in BoatType}
_KINDS: Final[dict[str, ReportKind]] = {code.value: code for code in ReportKind}
_SOURCES: Final[dict[str, SourceKind]] = {code.value: code for code in SourceKind}


def read_lots(
    conn: sqlite3.Connection,
    beside: Sequence[sqlite3.Connection],
    filing: Mapping[str, int],
    sayings: Sayings,
    read_rows: Callable[[int, int], list[tuple[Report, int]]],
) -> Iterator[Lot | list[tuple[Report, int]]]:
    """Yield all reports that stand, some thousands at a time, in order of their rows.

    beside: connections that read the same state and may be used by other threads; without any,
    conn strings lots together while others are taken apart. filing: the places of the tracks that
    stand, by uid. read_rows: reads the rows with fid more than the first number, up to the second,
    one by one, with the place of each one's track: used for rows that are not as this program
    writes them; those that can't be packed are yielded as they are. The counts of people in a
    table of their own are not in it.
    """
    reader = _LotReader(beside, filing, sayings)
    is_declared = _is_declared(conn)
    with ThreadPoolExecutor(max(1, len(beside)), thread_name_prefix="columns") as executor:
        ahead: deque[tuple[_Span, Future[Lot | None]]] = deque()
        try:
            for span in _spans(conn):
                lot: Future[Lot | None] = Future()
                try:
                    if not is_declared:
                        raise Otherwise
                    if beside:
                        lot = executor.submit(reader.lot, span)
                    else:
                        lot = executor.submit(reader.taken_apart, _strung_rows(conn, span))
                except Otherwise as error:
                    lot.set_exception(error)
                ahead.append((span, lot))
                if len(ahead) > _AHEAD:
                    yield from _finished(*ahead.popleft(), sayings, read_rows)
            while ahead:
                yield from _finished(*ahead.popleft(), sayings, read_rows)
        finally:
            executor.shutdown(cancel_futures=True)


@dataclass(frozen=True, slots=True)
class _Span:
    """Rows with fid more than after, up to last."""

    after: int
    last: int


@dataclass(frozen=True, slots=True)
class _Strung:
    """What SQLite strung together of so many rows, of which so many have a position.

    numbers: those of each row, None where they are strung together too.
    """

    count: int
    placed: int
    values: Sequence[bytes]
    numbers: Sequence[Sequence[Value]] | None


def _is_declared(conn: sqlite3.Connection) -> bool:
    """Return whether the columns are declared so that they can't hold what is not looked for.

    None of them is worked out by the file (``table_info`` leaves such out).
    """
    declared = {row[1]: str(row[2]) for row in conn.execute("PRAGMA table_info(reports)")}
    return all(declared.get(name) == kind for name, kind in _DECLARED.items())


def _spans(conn: sqlite3.Connection) -> Iterator[_Span]:
    """Yield all rows, some thousands at a time."""
    after = -sys.maxsize
    while after < sys.maxsize:
        row = conn.execute(_LAST, (after, ROWS_AT_ONCE - 1)).fetchone()
        last = sys.maxsize if row is None else int(row[0])
        yield _Span(after, last)
        after = last


def _finished(
    span: _Span,
    lot: Future[Lot | None],
    sayings: Sayings,
    read_rows: Callable[[int, int], list[tuple[Report, int]]],
) -> Iterator[Lot | list[tuple[Report, int]]]:
    """Yield a lot, row by row where it could not be read otherwise; nothing for none."""
    try:
        found = lot.result()
    except Otherwise:
        rows = read_rows(span.after, span.last)
        piece = piece_of([report for report, _ in rows], sayings)
        if piece is None:
            yield rows
        else:
            yield piece, np.array([place for _, place in rows], dtype=np.int32)
    else:
        if found is not None:
            yield found


def _strung_rows(conn: sqlite3.Connection, span: _Span) -> _Strung | None:
    """Return the rows of a span strung together, None if it has none that stands.

    Raises Otherwise where that is not possible.
    """
    factory, conn.text_factory = conn.text_factory, bytes
    try:
        (values,) = conn.execute(_STRUNG, (span.after, span.last))
        count, placed, odd, uneven, *strung = values
        if not count:
            return None
        numbers = None
        if uneven:
            numbers = conn.execute(_NUMBERS_READ, (span.after, span.last)).fetchall()
    except sqlite3.DataError as error:
        raise Otherwise from error  # Too long, all together.
    finally:
        conn.text_factory = factory
    if odd or any(value is None for value in strung):
        raise Otherwise
    return _Strung(count, placed, strung, numbers)


class _LotReader:
    """Takes apart what was strung together, on any thread."""

    def __init__(
        self, beside: Sequence[sqlite3.Connection], filing: Mapping[str, int], sayings: Sayings
    ) -> None:
        self._places = {uid.encode("utf-8", "replace"): n for uid, n in filing.items()}
        self._sayings = sayings
        self._seen: dict[tuple[bytes, ...], int] = {}
        self._free: queue.SimpleQueue[sqlite3.Connection] = queue.SimpleQueue()
        for conn in beside:
            self._free.put(conn)

    def lot(self, span: _Span) -> Lot | None:
        """Return a lot as columns, None where no row stands. Raises Otherwise."""
        # SQLite strings it together without the interpreter.
        conn = self._free.get()
        try:
            strung = _strung_rows(conn, span)
        finally:
            self._free.put(conn)
        return self.taken_apart(strung)

    def taken_apart(self, strung: _Strung | None) -> Lot | None:
        """Return what was strung together as columns. Raises Otherwise."""
        if strung is None:
            return None
        count = strung.count
        uids, tracks, *others = strung.values
        times, others = others[:3], others[3:]
        points, error_m, course_deg, speed_kn, words, *said = others
        track_uids = tracks.split(BETWEEN)
        if len(uids) != _UID_BYTES * count or len(track_uids) != count:
            raise Otherwise
        ends = np.append(np.flatnonzero(np.frombuffer(words, np.uint8) == BETWEEN[0]), len(words))
        if len(ends) != count or not (uids.isascii() and uids.find(0) < 0 and is_text(words)):
            raise Otherwise
        if strung.numbers is None:
            columns = [thousandths_of(text, count) for text in (error_m, course_deg, speed_kn)]
            numbers = np.column_stack(columns)
        else:
            numbers = numbers_of(strung.numbers)
        piece = Piece(
            uids=np.frombuffer(uids, dtype=f"S{_UID_BYTES}"),
            places_deg=places_deg_of(points, count, strung.placed),
            times_ms=np.column_stack([times_ms_of(text, count) for text in times]),
            numbers=numbers,
            said=self._said(said, count),
            words=words,
            starts=np.concatenate(([0], ends[:-1] + 1)),
            ends=ends,
        )
        places = map(self._places.get, track_uids, repeat(-1))
        return piece, np.fromiter(places, dtype=np.int32, count=count)

    def _said(self, columns: Sequence[bytes], count: int) -> npt.NDArray[np.int32]:
        """Return the numbers of sayings. columns: the values of each of ``_SAID``."""
        said = np.zeros(count, dtype=np.int64)
        found: list[tuple[bytes, ...]] = [()]
        for text in columns:
            values, places = coded(text, count)
            if len(values) == 1:
                found = [(*known, values[0]) for known in found]
                continue
            pairs, said = np.unique(said * len(values) + places, return_inverse=True)
            found = [
                (*found[pair // len(values)], values[pair % len(values)]) for pair in pairs.tolist()
            ]
        for values in found:
            if values not in self._seen:
                self._seen[values] = self._sayings.number(_read_said(values))
        return np.array([self._seen[values] for values in found], dtype=np.int32)[said]


def _read_said(values: Sequence[bytes]) -> Said:
    try:
        texts = [None if value == _NULL else value.decode() for value in values]
        kind, form, source, source_name, grade, boat_type, caller, logged_by, *people = texts
        if kind is None or source is None or source_name is None or grade is None:
            raise Otherwise
        if caller is None or logged_by is None:
            raise Otherwise
        return Said(
            _KINDS[kind],
            None if form is None else _FORMS[form],
            _SOURCES[source],
            source_name,
            grade,
            None if boat_type is None else _BOATS[boat_type],
            caller,
            logged_by,
            people_from((), *(None if number is None else int(number) for number in people)),
        )
    except (KeyError, ValueError) as error:
        raise Otherwise from error
