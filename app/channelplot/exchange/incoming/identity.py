"""Identifiers made of what a file says, so that the same thing is the same in every file.

A report that comes from another program is known by its craft, its time, its place and its kind:
a file that is brought in again, or one that overlaps it, brings nothing twice.
"""

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.geodesy.position import Position
from channelplot.model.report_columns import Piece, Rows, Said, Uids

NAMESPACE: Final = uuid.UUID("0b7c5a2e-6a0c-5d53-9d5c-5f0f8a3a6f10")
UID_BYTES: Final = 36
"""Of each that is made here."""
_STEPS_PER_DEGREE: Final = 1e7
"""A centimetre: what files have in common of a place."""


def uid_of(*parts: object) -> str:
    """Return the identifier (UUID version 5) of something that is known by these parts."""
    return _uid("|".join(map(str, parts)).encode("utf-8", "surrogatepass"))


def craft_uid(craft_id: str) -> str:
    """Return the identifier of the track of a craft with an MMSI or the like."""
    return uid_of("craft", craft_id)


def place_uid(name: str, position: Position) -> str:
    """Return the identifier of a place that a file names."""
    lon, lat = (round(deg * _STEPS_PER_DEGREE) for deg in (position.lon_deg, position.lat_deg))
    return uid_of("place", name, lon, lat)


def report_uids(piece: Piece, sayings: Sequence[Said], crafts: Sequence[str]) -> Uids:
    """Return an identifier for each row. crafts: of each row, its craft's name or number.

    Rows that have one keep it.
    """
    steps = np.where(np.isnan(piece.places_deg), 0.0, piece.places_deg) * _STEPS_PER_DEGREE
    rows = zip(
        piece.uids.tolist(),
        crafts,
        piece.times_ms[:, 0].tolist(),
        np.rint(steps).astype(np.int64).tolist(),
        np.isnan(piece.places_deg[:, 0]).tolist(),
        [sayings[number].kind.value for number in piece.said.tolist()],
        piece.starts.tolist(),
        piece.ends.tolist(),
        strict=True,
    )
    made = []
    for given, craft, at_ms, (lon, lat), is_nowhere, kind, start, end in rows:
        if given:
            made.append(given)
        elif is_nowhere:
            # Without a place its words tell it from others of the same time.
            told = f"report|{craft}|{at_ms}||{kind}|".encode() + piece.words[start:end]
            made.append(_uid(told).encode())
        else:
            made.append(_uid(f"report|{craft}|{at_ms}|{lon},{lat}|{kind}".encode()).encode())
    return np.array(made, dtype=np.bytes_).reshape(-1)


def are_figures_other(
    one: Piece, rows: Rows, two: Piece, others: Rows, names: Iterable[str]
) -> npt.NDArray[np.bool_]:
    """Return for each pair of rows whether any figure differs. names: of columns of two axes.

    A figure that both leave out (NaN) is the same.
    """
    is_other = np.zeros(len(rows), dtype=np.bool_)
    for name in names:
        first, second = getattr(one, name)[rows], getattr(two, name)[others]
        is_same = (first == second) | ((first != first) & (second != second))
        is_other |= ~is_same.all(axis=1)
    return is_other


def words_at(piece: Piece, row: int) -> bytes:
    """Return the words of a row, UTF-8."""
    return piece.words[piece.starts[row] : piece.ends[row]]


def _uid(told: bytes) -> str:
    """Return what ``uuid.uuid5`` does, in a third of the time."""
    digest = bytearray(hashlib.sha1(NAMESPACE.bytes + told, usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    text = digest.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
