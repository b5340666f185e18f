"""The rows of an act as the log tells them: JSON, kept small in memory and read row by row.

The first act of a plot that was imported or carried over may tell of a hundred thousand rows:
fifty megabytes, of which hardly anything is ever asked for.
"""

import codecs
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from channelplot.store.tables import TABLES, WITHDRAWN

LoggedRow = dict[str, str | int | float | None]
LoggedRows = dict[str, dict[str, LoggedRow]]
"""Rows by table and uid as the log tells them: a geometry is well-known text."""

_TABLES: Final = frozenset(table.name for table in TABLES)
LONG_TEXT: Final = 1_000_000
"""Characters; a text that is longer is kept compressed, to about a tenth."""
_QUICKLY: Final = 1
_PIECE_BYTES: Final = 1_000_000
_STANDS: Final = f'"{WITHDRAWN}":null'


@dataclass(frozen=True, slots=True)
class _LongText:
    """A long text, compressed; brief: the tables that it tells little of; left_out: the others.

    length: in characters. standing: how many rows of each table stand.
    """

    packed: bytes
    length: int
    brief: str
    left_out: frozenset[str]
    standing: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Unread:
    """A text that stays in its file until it is asked for; read: returns it whole."""

    read: Callable[[], str]


class KeptText:
    """A text field of a dataclass without slots: gives a text whole, and keeps a long one small.

    One that is set as ``Unread`` is read each time it is asked for, and never kept: but for how
    many rows stand in it.
    """

    def __set_name__(self, owner: type[object], name: str) -> None:
        """Keep the text under a name of its own."""
        self._kept = f"_kept_{name}"
        self._counts = f"_counts_of_{name}"

    def __get__(self, instance: object | None, owner: type[object]) -> str:
        """Return the whole text. Raises AttributeError on the class: the field has no default."""
        if instance is None:
            raise AttributeError(self._kept)
        kept = self._of(instance)
        if isinstance(kept, Unread):
            return kept.read()
        return kept if isinstance(kept, str) else "".join(_decoded(_unpacked(kept.packed)))

    def __set__(self, instance: object, text: str | Unread) -> None:
        """Keep a text, compressed if it is long."""
        is_long = isinstance(text, str) and len(text) > LONG_TEXT
        kept = _kept_small(text) if isinstance(text, str) and is_long else text
        # The dataclass may be frozen; and its dictionary, once asked for, takes room in each act.
        object.__setattr__(instance, self._kept, kept)

    def is_long(self, instance: object) -> bool:
        """Return whether the text of an instance is kept compressed."""
        return not isinstance(self._of(instance), str)

    def length(self, instance: object) -> int:
        """Return the number of characters of a text that is not in its file, 0 for another."""
        kept = self._of(instance)
        if isinstance(kept, Unread):
            return 0
        return len(kept) if isinstance(kept, str) else kept.length

    def is_in_file(self, instance: object) -> bool:
        """Return whether the text of an instance has stayed in its file."""
        return isinstance(self._of(instance), Unread)

    def brief_rows(self, instance: object) -> tuple[LoggedRows, frozenset[str]]:
        """Return the rows of the tables that the text tells little of; and the other tables.

        Raises ValueError for a text that tells no rows.
        """
        kept = self._of(instance)
        if isinstance(kept, Unread):
            text = kept.read()
            brief = _brief(text) if len(text) > LONG_TEXT else None
            return (
                (read_rows(text), frozenset()) if brief is None else (read_rows(brief[0]), brief[1])
            )
        if isinstance(kept, str):
            return read_rows(kept), frozenset()
        return read_rows(kept.brief), kept.left_out

    def standing(self, instance: object, table: str) -> int:
        """Return how many rows of a table that the text tells stand: are not withdrawn.

        Raises ValueError for a text that tells no rows.
        """
        kept = self._of(instance)
        if isinstance(kept, str):
            return _standing_rows(kept).get(table, 0)
        if not isinstance(kept, Unread):
            return kept.standing.get(table, 0)
        counts: dict[str, int] | None = getattr(instance, self._counts, None)
        if counts is None:
            text = kept.read()
            spans = _spans(text) if len(text) > LONG_TEXT else {}
            counts = _standing(text, spans) if spans else _standing_rows(text)
            object.__setattr__(instance, self._counts, counts)
        return counts.get(table, 0)

    def each_row(self, instance: object) -> Iterator[tuple[str, str, LoggedRow]]:
        """Yield table, uid and row one by one: see ``each_row``, below."""
        kept = self._of(instance)
        if isinstance(kept, Unread):
            kept = kept.read()
        if isinstance(kept, str):
            text = kept
            return each_row(lambda: _encoded(text))
        packed = kept.packed
        return each_row(lambda: _unpacked(packed))

    def row(self, instance: object, table: str, uid: str) -> LoggedRow | None:
        """Return one row that the text tells, None if it does not.

        No other row of a long text is read. Raises ValueError for a text that tells no rows.
        """
        kept = self._at_hand(instance)
        if isinstance(kept, str):
            return read_rows(kept).get(table, {}).get(uid)
        if table not in kept.left_out:
            return read_rows(kept.brief).get(table, {}).get(uid)
        return _row_in(_Window(_decoded(_unpacked(kept.packed))), table, uid)

    def _of(self, instance: object) -> str | _LongText | Unread:
        kept: str | _LongText | Unread = getattr(instance, self._kept)
        return kept

    def _at_hand(self, instance: object) -> str | _LongText:
        """Return the text as it is kept once it has been read."""
        kept = self._of(instance)
        if isinstance(kept, Unread):
            text = kept.read()
            return _kept_small(text) if len(text) > LONG_TEXT else text
        return kept


def blob_pieces(blob: sqlite3.Blob) -> Iterator[bytes]:
    """Yield what stands in an open value of a file, bit by bit."""
    while piece := blob.read(_PIECE_BYTES):
        yield piece


def read_rows(text: str) -> LoggedRows:
    """Return the rows that a text of the log tells. Raises ValueError for any other text."""
    found: object = json.loads(text)
    if isinstance(found, dict) and all(isinstance(by_uid, dict) for by_uid in found.values()):
        rows: LoggedRows = found
        if all(isinstance(row, dict) for by_uid in rows.values() for row in by_uid.values()):
            return rows
    msg = f"no rows: {text:.80}"
    raise ValueError(msg)


def each_row(
    pieces: Callable[[], Iterable[bytes]],
) -> Iterator[tuple[str, str, LoggedRow]]:
    """Yield table, uid and row one by one: a plot's first act is too much to read at once.

    pieces: returns the UTF-8 text from its beginning, in pieces; asked again for a text that is
    not as it is written here, of which rows that were yielded come once more. Raises ValueError
    for a text that tells something else than rows.
    """
    try:
        yield from _each_compact_row(_Window(_decoded(pieces())))
    except (ValueError, IndexError):
        for table, by_uid in read_rows("".join(_decoded(pieces()))).items():
            for uid, row in by_uid.items():
                yield table, uid, row


class _Window:
    """A text that is read once, from the beginning to the end, a part of it in memory."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = iter(pieces)
        self._decode = json.JSONDecoder().raw_decode
        self._text = ""
        self._place = 0

    def next_is(self, mark: str) -> bool:
        """Return whether the next characters are these; step over them if so."""
        while len(self._text) - self._place < len(mark) and self._grow():
            pass
        is_next = self._text.startswith(mark, self._place)
        self._place += len(mark) * is_next
        return is_next

    def step_over(self, mark: str) -> None:
        """Step over the next characters. Raises ValueError if they are others."""
        if not self.next_is(mark):
            raise ValueError(f"no rows: {self._text[self._place : self._place + 80]}")

    def skip_past(self, mark: str) -> bool:
        """Go on behind the next place where these characters stand, to the end if they do not."""
        while (place := self._text.find(mark, self._place)) < 0:
            self._place = max(self._place, len(self._text) - len(mark) + 1)
            if not self._grow():
                return False
        self._place = place + len(mark)
        return True

    def value(self) -> object:
        """Return the next text or object. Raises ValueError if there is none."""
        while True:
            try:
                value, self._place = self._decode(self._text, self._place)
            except ValueError:
                if not self._grow():
                    raise
            else:
                found: object = value
                return found

    def is_at_end(self) -> bool:
        """Return whether nothing follows."""
        while self._place == len(self._text):
            if not self._grow():
                return True
        return False

    def _grow(self) -> bool:
        """Have more of the text, twice as much at least; False at its end."""
        rest = [self._text[self._place :]]
        wanted = len(rest[0])
        while wanted >= 0 and (piece := next(self._pieces, None)) is not None:
            rest.append(piece)
            wanted -= len(piece)
        self._text, self._place = "".join(rest), 0
        return len(rest) > 1


def _each_compact_row(text: _Window) -> Iterator[tuple[str, str, LoggedRow]]:
    text.step_over("{")
    while not text.next_is("}"):
        table = text.value()
        text.step_over(":{")
        while not text.next_is("}"):
            uid = text.value()
            text.step_over(":")
            row = text.value()
            if not isinstance(row, dict):
                raise ValueError(f"no row: {row!s:.80}")
            yield str(table), str(uid), row
            text.next_is(",")
        text.next_is(",")
    if not text.is_at_end():
        raise ValueError("no rows: more behind them")


def _row_in(text: _Window, table: str, uid: str) -> LoggedRow | None:
    """Return a row of a table that a text as it is written here tells of, None if it is not there.

    Marks within texts have a backslash before them: no value looks like what is looked for.
    """
    if not text.next_is(f'{{"{table}":{{'):
        text.skip_past(f'}}}},"{table}":{{')
    key = f"{json.dumps(uid, ensure_ascii=False)}:"
    if not text.next_is(key) and not text.skip_past(f"}},{key}"):
        return None
    row: object = text.value()
    return row if isinstance(row, dict) else None


def _kept_small(text: str) -> str | _LongText:
    """Return a long text compressed; as it is if it is not as it would be written here."""
    brief = _brief(text)
    if brief is None:
        return text
    packed = zlib.compress(text.encode("utf-8", "replace"), _QUICKLY)
    return _LongText(packed, len(text), *brief, _standing(text, _spans(text)))


def _brief(text: str) -> tuple[str, frozenset[str]] | None:
    """Return a text with the tables that it tells little of, and the other tables.

    None for a text that is not as it would be written here.
    """
    spans = _spans(text)
    if not spans:
        return None
    left_out = frozenset(name for name, span in spans.items() if len(span) > LONG_TEXT)
    tables = (
        f'"{name}":{text[span.start : span.stop]}'
        for name, span in spans.items()
        if name not in left_out
    )
    return f"{{{','.join(tables)}}}", left_out


def _spans(text: str) -> dict[str, range]:
    """Return where the rows of each table stand in a text as it is written here.

    No text within the rows looks like a table's beginning: its marks have a backslash before them.
    """
    starts = []
    place = 1 if text.startswith('{"') else 0
    while place:
        name = text[place + 1 : text.find('"', place + 1)]
        start = place + len(name) + len('"":')
        if name in _TABLES and text.startswith('":{', start - 2):
            starts.append((place, start, name))
        place = text.find('}},"', place) + len("}},")
        if place < len("}},"):
            break
    if not starts:
        return {}
    ends = [*(place for place, _, _ in starts[1:]), len(text)]
    return {name: range(start, end - 1) for (_, start, name), end in zip(starts, ends, strict=True)}


def _standing(text: str, spans: Mapping[str, range]) -> dict[str, int]:
    """Return how many rows of each table stand in a text as it is written here.

    Each row says once whether it is withdrawn, and no text within it looks like that.
    """
    return {name: text.count(_STANDS, span.start, span.stop) for name, span in spans.items()}


def _standing_rows(text: str) -> dict[str, int]:
    return {
        table: sum(row.get(WITHDRAWN) is None for row in by_uid.values())
        for table, by_uid in read_rows(text).items()
    }


def _encoded(text: str) -> Iterator[bytes]:
    for start in range(0, len(text), _PIECE_BYTES):
        yield text[start : start + _PIECE_BYTES].encode("utf-8", "replace")


def _unpacked(packed: bytes) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    while packed:
        yield unpacker.decompress(packed, _PIECE_BYTES)
        packed = unpacker.unconsumed_tail
    yield unpacker.flush()


def _decoded(pieces: Iterable[bytes]) -> Iterator[str]:
    """Yield a text piece by piece; bytes that are no UTF-8 become replacement characters."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    for piece in pieces:
        yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)
