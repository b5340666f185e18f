"""The reports of a plot file to packed columns, some thousands at a time.

SQLite strings the values of many rows together, so that none of them becomes an object here. A
lot of rows in which anything is otherwise than this program writes it is read row by row, as
strictly as ever: what can't be read is told with its row, and nothing is guessed.
"""

import sqlite3
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from channelplot.model.codes import BoatType, PositionForm, ReportKind, SourceKind
from channelplot.model.packing import Sayings, piece_of
from channelplot.model.report import Report
from channelplot.model.report_columns import Floats, Piece, Said, Wholes
from channelplot.store.entities import people_from
from channelplot.store.geometry import POINT_START
from channelplot.store.values import Value

ROWS_AT_ONCE: Final = 20_000
_AHEAD: Final = 2

Filed: TypeAlias = npt.NDArray[np.int32]
"""For each row the place of its track among those that stand, -1 for none."""
Lot: TypeAlias = tuple[Piece, Filed]

_UID_BYTES: Final = 36
_TIME_BYTES: Final = len("2026-09-15T05:00:00.000Z")
_POINT_BYTES: Final = len(POINT_START) + 16
_BETWEEN, _NULL = b"\x1e", b"\x1d"
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
_ROWS: Final = " FROM reports NOT INDEXED WHERE fid > ? AND fid <= ? AND withdrawn_at_utc IS NULL"
_NEXT: Final = (
    "SELECT count(*), max(fid) FROM (SELECT fid FROM reports NOT INDEXED"
    " WHERE fid > ? AND withdrawn_at_utc IS NULL ORDER BY fid LIMIT ?)"
)
# In SQLite's order a number is less than any text, and a blob more; null is found by its absence.
# These columns make texts of numbers that are put into them, and those of numbers none of texts.
_ODD: Final = " OR ".join(
    (
        *(f"{name} >= x''" for name in _TEXTS),
        *(f"{name} >= ''" for name in _WHOLES),
        *(f"{name} = char({_NULL[0]})" for name in ("position_form", "boat_type")),
        f"geom < x'' OR length(uid) <> {_UID_BYTES}",
    )
)
_DECLARED: Final = {
    **dict.fromkeys(_TEXTS, "TEXT"),
    **dict.fromkeys(_TIMES, "DATETIME"),
    **dict.fromkeys(_WHOLES, "INTEGER"),
}


def _strung(name: str) -> str:
    value = f"ifnull({name}, char({_NULL[0]}))" if name in _NULLABLE else name
    return f"group_concat({value}, char({_BETWEEN[0]}))"


_STRUNG: Final = (
    f"SELECT count(CASE WHEN {_ODD} THEN 1 END), group_concat(uid, ''),"
    f" group_concat(ifnull(track_uid, ''), char({_BETWEEN[0]})),"
    f" {', '.join(f'group_concat({name}, {chr(39) * 2})' for name in _TIMES)},"
    " ifnull(group_concat(geom, ''), x''), group_concat(geom IS NOT NULL, ''),"
    f" group_concat(as_received, char({_BETWEEN[0]})),"
    f" {', '.join(map(_strung, _SAID))}{_ROWS}"
)
_NUMBERS: Final = f"SELECT error_m, course_deg, speed_kn{_ROWS}"

_FORMS: Final[dict[str, PositionForm]] = {code.value: code for code in PositionForm}
_BOATS: Final[dict[str, BoatType]] = {code.value: code for code in BoatType}
_KINDS: Final[dict[str, ReportKind]] = {code.value: code for code in ReportKind}
_SOURCES: Final[dict[str, SourceKind]] = {code.value: code for code in SourceKind}
_DAYS: Final = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
_TIME_FORM: Final = np.frombuffer(b"0000-00-00T00:00:00.000Z", dtype=np.uint8)
_IS_DIGIT: Final = np.array([byte == ord("0") for byte in _TIME_FORM])
_NUMBER_TYPES: Final = frozenset({float, type(None)})


class _Otherwise(Exception):
    """A lot of rows has a value that is not in the form that this program writes."""


def read_lots(
    conn: sqlite3.Connection,
    filing: Mapping[str, int],
    sayings: Sayings,
    read_rows: Callable[[int, int], list[tuple[Report, int]]],
) -> Iterator[Lot | list[tuple[Report, int]]]:
    """Yield all reports that stand, some thousands at a time, in order of their rows.

    filing: the places of the tracks that stand, by uid. read_rows: reads the rows with fid more
    than the first number, up to the second, one by one, with the place of each one's track: used
    for rows that are not as this program writes them; those that can't be packed are yielded as
    they are. The counts of people in a table of their own are not in it.
    """
    reader = _LotReader(filing, sayings)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="columns") as executor:
        # SQLite strings the next lot together while this one is taken apart.
        ahead: deque[tuple[_Span, Future[Lot]]] = deque()
        is_declared = _is_declared(conn)
        for span in _spans(conn):
            try:
                if not is_declared:
                    raise _Otherwise
                strung = _strung_rows(conn, span)
            except _Otherwise as error:
                lot: Future[Lot] = Future()
                lot.set_exception(error)
            else:
                lot = executor.submit(reader.lot, strung)
            ahead.append((span, lot))
            if len(ahead) > _AHEAD:
                yield _finished(*ahead.popleft(), sayings, read_rows)
        while ahead:
            yield _finished(*ahead.popleft(), sayings, read_rows)


@dataclass(frozen=True, slots=True)
class _Span:
    """Rows with fid more than after, up to last: so many that stand."""

    after: int
    last: int
    count: int


@dataclass(frozen=True, slots=True)
class _Strung:
    """What SQLite strung together of so many rows, and their numbers."""

    count: int
    values: Sequence[bytes]
    numbers: Sequence[Sequence[Value]]


def _is_declared(conn: sqlite3.Connection) -> bool:
    """Return whether the columns are declared so that they can't hold what is not looked for."""
    declared = {row[1]: str(row[2]) for row in conn.execute("PRAGMA table_info(reports)")}
    return all(declared.get(name) == kind for name, kind in _DECLARED.items())


def _spans(conn: sqlite3.Connection) -> Iterator[_Span]:
    after = -sys.maxsize
    while True:
        count, last = conn.execute(_NEXT, (after, ROWS_AT_ONCE)).fetchone()
        if not count:
            return
        yield _Span(after, last, count)
        after = last


def _finished(
    span: _Span,
    lot: Future[Lot],
    sayings: Sayings,
    read_rows: Callable[[int, int], list[tuple[Report, int]]],
) -> Lot | list[tuple[Report, int]]:
    try:
        return lot.result()
    except _Otherwise:
        rows = read_rows(span.after, span.last)
        piece = piece_of([report for report, _ in rows], sayings)
        if piece is None:
            return rows
        return piece, np.array([place for _, place in rows], dtype=np.int32)


def _strung_rows(conn: sqlite3.Connection, span: _Span) -> _Strung:
    """Return the rows of a span strung together. Raises _Otherwise where that is not possible."""
    factory, conn.text_factory = conn.text_factory, bytes
    try:
        (values,) = conn.execute(_STRUNG, (span.after, span.last))
        numbers = conn.execute(_NUMBERS, (span.after, span.last)).fetchall()
    except sqlite3.DataError as error:
        raise _Otherwise from error  # Too long, all together.
    finally:
        conn.text_factory = factory
    odd, *strung = values
    if odd or any(value is None for value in strung):
        raise _Otherwise
    return _Strung(span.count, strung, numbers)


class _LotReader:
    """Takes apart what was strung together, on one thread."""

    def __init__(self, filing: Mapping[str, int], sayings: Sayings) -> None:
        self._places = {uid.encode("utf-8", "replace"): n for uid, n in filing.items()}
        self._sayings = sayings
        self._seen: dict[tuple[bytes, ...], int] = {}

    def lot(self, strung: _Strung) -> Lot:
        """Return a lot as columns. Raises _Otherwise."""
        count, numbers = strung.count, strung.numbers
        uids, tracks, *others = strung.values
        times, others = others[:3], others[3:]
        points, is_placed, words, *said = others
        track_uids, filed = _coded(tracks, count)
        if len(uids) != _UID_BYTES * count or len(numbers) != count:
            raise _Otherwise
        ends = np.append(np.flatnonzero(np.frombuffer(words, np.uint8) == _BETWEEN[0]), len(words))
        if len(ends) != count or not (uids.isascii() and uids.find(0) < 0 and _is_text(words)):
            raise _Otherwise
        piece = Piece(
            uids=np.frombuffer(uids, dtype=f"S{_UID_BYTES}"),
            places_deg=_places_deg(points, is_placed),
            times_ms=np.column_stack([_times_ms(text, count) for text in times]),
            numbers=_numbers(numbers),
            said=self._said(said, count),
            words=words,
            starts=np.concatenate(([0], ends[:-1] + 1)),
            ends=ends,
        )
        places = np.array([self._places.get(uid, -1) for uid in track_uids], dtype=np.int32)
        return piece, places[filed]

    def _said(self, columns: Sequence[bytes], count: int) -> npt.NDArray[np.int32]:
        """Return the numbers of sayings. columns: the values of each of ``_SAID``."""
        said = np.zeros(count, dtype=np.int64)
        found: list[tuple[bytes, ...]] = [()]
        for text in columns:
            values, places = _coded(text, count)
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


def _is_text(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def _places_deg(blobs: bytes, is_placed: bytes) -> Floats:
    """Return positions; one that is no place on Earth is for the strict reader to tell of.

    is_placed: 1 for each row that has a position, 0 for each other.
    """
    mask = np.frombuffer(is_placed, dtype=np.uint8) == ord("1")
    if len(blobs) != _POINT_BYTES * np.count_nonzero(mask):
        raise _Otherwise
    rows = np.frombuffer(blobs, dtype=np.uint8).reshape(-1, _POINT_BYTES)
    head = np.frombuffer(POINT_START, dtype=np.uint8)
    if not (rows[:, : len(head)] == head).all():
        raise _Otherwise
    found_deg = np.ascontiguousarray(rows[:, len(head) :]).view("<f8")
    # False for what is not a number, too.
    if not (np.abs(found_deg) <= (180.0, 90.0)).all():
        raise _Otherwise
    places_deg = np.full((len(is_placed), 2), np.nan)
    places_deg[mask] = found_deg
    return places_deg


def _times_ms(text: bytes, count: int) -> Wholes:
    """Return times in milliseconds since 1970. Raises _Otherwise for what is none of ours."""
    if len(text) != count * _TIME_BYTES:
        raise _Otherwise
    rows = np.frombuffer(text, dtype=np.uint8).reshape(-1, _TIME_BYTES)
    if not (rows[:, ~_IS_DIGIT] == _TIME_FORM[~_IS_DIGIT]).all():
        raise _Otherwise
    digits = rows[:, _IS_DIGIT] - np.uint8(ord("0"))
    if not (digits <= 9).all():
        raise _Otherwise

    def number(first: int, end: int) -> Wholes:
        found = np.zeros(len(digits), dtype=np.int64)
        for place in range(first, end):
            found = found * 10 + digits[:, place]
        return found

    year, month, day = number(0, 4), number(4, 6), number(6, 8)
    hour, minute, second, millisecond = (
        number(8, 10),
        number(10, 12),
        number(12, 14),
        number(14, 17),
    )
    is_sound = (year > 0) & (month > 0) & (month <= 12) & (day > 0)
    is_sound &= (hour < 24) & (minute < 60) & (second < 60)
    if not is_sound.all():
        raise _Otherwise
    is_leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    if not (day <= _DAYS[month] + (is_leap & (month == 2))).all():
        raise _Otherwise
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]").astype(np.int64) + day - 1
    return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + millisecond


def _numbers(rows: Sequence[Sequence[Value]]) -> Floats:
    values = list(chain.from_iterable(rows))
    if not _NUMBER_TYPES.issuperset(map(type, values)):
        raise _Otherwise
    return np.array(values, dtype=np.float64).reshape(-1, 3)


def _coded(text: bytes, count: int) -> tuple[Sequence[bytes], npt.NDArray[np.int32]]:
    """Return the different values that are strung together, and which each row has."""
    first = text.partition(_BETWEEN)[0]
    if text == _BETWEEN.join([first] * count):
        return (first,), np.zeros(count, dtype=np.int32)
    rows = text.split(_BETWEEN)
    if len(rows) != count:
        raise _Otherwise
    codes = {value: code for code, value in enumerate(dict.fromkeys(rows))}
    return tuple(codes), np.array([codes[value] for value in rows], dtype=np.int32)


def _read_said(values: Sequence[bytes]) -> Said:
    try:
        texts = [None if value == _NULL else value.decode() for value in values]
        kind, form, source, source_name, grade, boat_type, caller, logged_by, *people = texts
        if kind is None or source is None or source_name is None or grade is None:
            raise _Otherwise
        if caller is None or logged_by is None:
            raise _Otherwise
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
        raise _Otherwise from error
