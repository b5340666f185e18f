"""Pieces of packed reports put one behind the other as they come, in the room of one."""

from dataclasses import dataclass, field

import numpy as np

from channelplot.model.report_columns import Piece, Uids


@dataclass(slots=True)
class _Columns:
    """The columns of a ``Piece`` as bytes, each in one block; identifiers of one width."""

    uid_bytes: int = 1
    uids: bytearray = field(default_factory=bytearray)
    places_deg: bytearray = field(default_factory=bytearray)
    times_ms: bytearray = field(default_factory=bytearray)
    numbers: bytearray = field(default_factory=bytearray)
    said: bytearray = field(default_factory=bytearray)
    words: bytearray = field(default_factory=bytearray)
    starts: bytearray = field(default_factory=bytearray)
    ends: bytearray = field(default_factory=bytearray)


class PieceStack:
    """Takes pieces of some thousand rows, and gives them back as one.

    Each column grows in one block of memory, which is free for others once it is let go. Hundreds
    of small arrays would leave holes between what is still used, as large as all of them together.
    """

    def __init__(self) -> None:
        """Start with none."""
        self._columns = _Columns()

    def add(self, piece: Piece) -> None:
        """Put a piece behind the others; it is copied."""
        all_of = self._columns
        width = max(piece.uids.dtype.itemsize, all_of.uid_bytes)
        if width > all_of.uid_bytes:
            all_of.uids = bytearray(_uids(all_of).astype(f"S{width}").tobytes())
            all_of.uid_bytes = width
        offset = len(all_of.words)
        all_of.uids += piece.uids.astype(f"S{width}").tobytes()
        all_of.places_deg += piece.places_deg.astype(np.float64).tobytes()
        all_of.times_ms += piece.times_ms.astype(np.int64).tobytes()
        all_of.numbers += piece.numbers.astype(np.float64).tobytes()
        all_of.said += piece.said.astype(np.int32).tobytes()
        all_of.words += piece.words
        all_of.starts += (piece.starts.astype(np.int64) + offset).tobytes()
        all_of.ends += (piece.ends.astype(np.int64) + offset).tobytes()

    def taken(self) -> Piece:
        """Return all of them as one, in the order they came, and keep nothing."""
        all_of, self._columns = self._columns, _Columns()
        return Piece(
            uids=_uids(all_of),
            places_deg=np.frombuffer(all_of.places_deg, np.float64).reshape(-1, 2),
            times_ms=np.frombuffer(all_of.times_ms, np.int64).reshape(-1, 3),
            numbers=np.frombuffer(all_of.numbers, np.float64).reshape(-1, 3),
            said=np.frombuffer(all_of.said, np.int32),
            words=bytes(all_of.words),
            starts=np.frombuffer(all_of.starts, np.int64),
            ends=np.frombuffer(all_of.ends, np.int64),
        )


def _uids(columns: _Columns) -> Uids:
    return np.frombuffer(columns.uids, f"S{columns.uid_bytes}")
