"""Values that SQLite strung together to columns: only what this program writes, exactly."""

import itertools
from collections.abc import Sequence
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.model.report_columns import Floats, Wholes
from channelplot.store.geometry import POINT_START
from channelplot.store.values import Value

_TIME_BYTES: Final = len("2026-09-15T05:00:00.000Z")
_POINT_BYTES: Final = len(POINT_START) + 16
THOUSANDS: Final = 10_000_000_000
"""So many thousandths are added to each number, so that all are as long; none is twice that."""
_NUMBER_BYTES: Final = len(str(THOUSANDS))
NO_POINT: Final = bytes(_POINT_BYTES)
BETWEEN: Final = b"\x1e"
_DAYS: Final = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
_TIME_FORM: Final = np.frombuffer(b"0000-00-00T00:00:00.000Z", dtype=np.uint8)
_IS_DIGIT: Final = np.array([byte == ord("0") for byte in _TIME_FORM])
_PARTS_OF_TIME: Final = (0, 4, 6, 8, 10, 12, 14, 17)
_NUMBER_TYPES: Final = frozenset({float, type(None)})


class Otherwise(Exception):
    """A lot of rows has a value that is not in the form that this program writes."""


class _Codes(dict[bytes, int]):
    """Numbers values as they are first asked for."""

    def __missing__(self, value: bytes) -> int:
        self[value] = code = len(self)
        return code


def is_text(text: bytes) -> bool:
    """Return whether a text is UTF-8."""
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def places_deg_of(blobs: bytes, count: int, placed: int) -> Floats:
    """Return positions; one that is no place on Earth is for the strict reader to tell of.

    placed: how many there are; the others are ``NO_POINT``. Raises Otherwise.
    """
    if len(blobs) != _POINT_BYTES * count:
        raise Otherwise
    rows = np.frombuffer(blobs, dtype=np.uint8).reshape(-1, _POINT_BYTES)
    head = np.frombuffer(POINT_START, dtype=np.uint8)
    is_placed = (rows[:, : len(head)] == head).all(axis=1)
    if np.count_nonzero(is_placed) != placed:
        raise Otherwise
    places_deg = rows[:, len(head) :].copy().view("<f8")
    # False for what is not a number, too.
    if not (np.abs(places_deg) <= (180.0, 90.0)).all():
        raise Otherwise
    places_deg[~is_placed] = np.nan
    return places_deg


def times_ms_of(text: bytes, count: int) -> Wholes:
    """Return times in milliseconds since 1970. Raises Otherwise for what is none of ours."""
    if len(text) != count * _TIME_BYTES:
        raise Otherwise
    rows = np.frombuffer(text, dtype=np.uint8).reshape(-1, _TIME_BYTES)
    if not (rows[:, ~_IS_DIGIT] == _TIME_FORM[~_IS_DIGIT]).all():
        raise Otherwise
    digits = rows[:, _IS_DIGIT] - np.uint8(ord("0"))
    if not (digits <= 9).all():
        raise Otherwise

    year, month, day, hour, minute, second, millisecond = (
        _whole(digits, first, end) for first, end in itertools.pairwise(_PARTS_OF_TIME)
    )
    is_sound = (year > 0) & (month > 0) & (month <= 12) & (day > 0)
    is_sound &= (hour < 24) & (minute < 60) & (second < 60)
    if not is_sound.all():
        raise Otherwise
    is_leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    if not (day <= _DAYS[month] + (is_leap & (month == 2))).all():
        raise Otherwise
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]").astype(np.int64) + day - 1
    return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + millisecond


def thousandths_of(text: bytes, count: int) -> Floats:
    """Return numbers that are strung together in thousandths, NaN for absent ones.

    Raises Otherwise.
    """
    if len(text) != _NUMBER_BYTES * count:
        raise Otherwise
    digits = np.frombuffer(text, dtype=np.uint8).reshape(-1, _NUMBER_BYTES) - np.uint8(ord("0"))
    found = _whole(digits, 0, _NUMBER_BYTES)
    numbers = (found - THOUSANDS) / 1000.0
    numbers[found == 2 * THOUSANDS] = np.nan
    return numbers


def _whole(digits: npt.NDArray[np.uint8], first: int, end: int) -> Wholes:
    """Return the numbers that some columns of digits show."""
    found = np.zeros(len(digits), dtype=np.int64)
    for place in range(first, end):
        found = found * 10 + digits[:, place]
    return found


def numbers_of(rows: Sequence[Sequence[Value]]) -> Floats:
    """Return the three numbers of each row, NaN for absent ones. Raises Otherwise."""
    values = list(chain.from_iterable(rows))
    if not _NUMBER_TYPES.issuperset(map(type, values)):
        raise Otherwise
    return np.array(values, dtype=np.float64).reshape(-1, 3)


def coded(text: bytes, count: int) -> tuple[Sequence[bytes], npt.NDArray[np.int32]]:
    """Return the different values that are strung together, and which each row has.

    Raises Otherwise.
    """
    first = text.partition(BETWEEN)[0]
    if text == BETWEEN.join([first] * count):
        return (first,), np.zeros(count, dtype=np.int32)
    rows = text.split(BETWEEN)
    if len(rows) != count:
        raise Otherwise
    codes = _Codes()
    places = np.fromiter(map(codes.__getitem__, rows), dtype=np.int32, count=count)
    return tuple(codes), places
