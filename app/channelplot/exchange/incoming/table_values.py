"""Numbers that stand beside a position in others' files: course, speed, people, length, MMSI.

What is not said stays unsaid; what can't be read refuses its row rather than be left out.
"""

import re
from typing import Final

from channelplot.errors import ImportFault
from channelplot.exchange.found_lines import decimal_number, piece
from channelplot.exchange.incoming.table_fields import TableField
from channelplot.geodesy.units import METRES_PER_NM, kn_from_mps
from channelplot.model.people import PeopleCount
from channelplot.reading.motion import FASTEST_KN

_NOT_SAID: Final = frozenset({"", "-", "--", "na", "n/a", "nan", "null", "none", "unknown", "?"})
_FULL_CIRCLE: Final = 360.0
_MOST_AIS_COURSE: Final = 409.5
"""AIS has room up to here; from 360 on it means that none is available."""
_AIS_NO_SPEED_KN: Final = 102.3
_UNITS: Final = {
    "kn": TableField.SPEED_KN,
    "kt": TableField.SPEED_KN,
    "kts": TableField.SPEED_KN,
    "knots": TableField.SPEED_KN,
    "m/s": TableField.SPEED_MPS,
    "km/h": TableField.SPEED_KMH,
}
_WITH_UNIT: Final = re.compile(rf"([0-9.]+)\s*({'|'.join(_UNITS)})", re.ASCII)
_PEOPLE: Final = re.compile(
    r"(~|c\.|ca\.?|about|env\.?|environ)?\s*([0-9]{1,5})(?:[.,](?:0{1,2}|0{4,}))?\s*(\+)?", re.ASCII
)
"""A whole number may be kept as a float, 45.0; three noughts may be thousands."""
_MMSI: Final = re.compile(r"([0-9]{1,9})(?:[.,]0+)?", re.ASCII)
MMSI_FIGURES: Final = 9


class ValueRefused(Exception):
    """Something in a row can't be read. detail: a piece of it."""

    def __init__(self, fault: ImportFault, text: str) -> None:
        """Keep the fault's code and the piece."""
        self.fault = fault
        self.detail = piece(text)
        super().__init__(f"{fault}: {self.detail}")


def said_number(text: str) -> float | None:
    """Return a number, None where none is said; the mark is a point. Raises ValueRefused."""
    number = decimal_number(text)
    if number is None and text.strip().casefold() not in _NOT_SAID:
        raise ValueRefused(ImportFault.NUMBER_NOT_READ, text)
    return number


def said_course_deg(text: str, *, is_ais: bool) -> float | None:
    """Return a course, 0 up to but not including 360. Raises ValueRefused.

    is_ais: 360 and more are what AIS sends for "not available"; elsewhere 360 is north.
    """
    course_deg = said_number(text)
    if course_deg is None or 0.0 <= course_deg < _FULL_CIRCLE:
        return course_deg
    if is_ais and _FULL_CIRCLE <= course_deg <= _MOST_AIS_COURSE:
        return None
    if course_deg == _FULL_CIRCLE:
        return 0.0
    raise ValueRefused(ImportFault.NUMBER_NOT_READ, text)


def said_speed_kn(text: str, unit: TableField, *, is_ais: bool) -> float | None:
    """Return a speed in knots. Raises ValueRefused.

    unit: the field that says what it is in, unless the text says so. is_ais: 102.3 knots is what
    AIS sends for "not available".
    """
    with_unit = _WITH_UNIT.fullmatch(text.strip().casefold())
    if with_unit is not None:
        text, unit = with_unit[1], _UNITS[with_unit[2]]
    number = said_number(text)
    if number is None:
        return None
    speed_kn = number
    if unit is TableField.SPEED_TENTHS_KN:
        speed_kn = number / 10.0
    elif unit is TableField.SPEED_MPS:
        speed_kn = kn_from_mps(number)
    elif unit is TableField.SPEED_KMH:
        speed_kn = number * 1000.0 / METRES_PER_NM
    if is_ais and speed_kn == _AIS_NO_SPEED_KN:
        return None
    if not 0.0 <= speed_kn <= FASTEST_KN:
        raise ValueRefused(ImportFault.NUMBER_NOT_READ, text)
    return speed_kn


def said_people(total: str, children: str) -> PeopleCount | None:
    """Return a number of people as reported, None where none is said. Raises ValueRefused.

    ``40+`` and ``~40`` are estimates.
    """
    total_count, is_total_rough = _count(total)
    children_count, is_rough = _count(children)
    if total_count is None and children_count is None:
        return None
    return PeopleCount(
        total=total_count, children=children_count, is_estimate=is_total_rough or is_rough
    )


def said_mmsi(text: str) -> str:
    """Return the figures of an MMSI, "" where none is said or all are noughts.

    Fewer than nine are told as they stand: not the number of a craft in every file. Raises
    ValueRefused (NOT_MMSI) for anything else.
    """
    if len(text) == MMSI_FIGURES and text.isascii() and text.isdigit() and text.strip("0"):
        return text
    said = "".join(text.split())
    if said.casefold() in _NOT_SAID:
        return ""
    match = _MMSI.fullmatch(said)
    if match is None:
        raise ValueRefused(ImportFault.NOT_MMSI, text)
    return match[1] if match[1].strip("0") else ""


def _count(text: str) -> tuple[int | None, bool]:
    known = text.strip().casefold()
    if known in _NOT_SAID:
        return None, False
    match = _PEOPLE.fullmatch(known)
    if match is None:
        raise ValueRefused(ImportFault.NUMBER_NOT_READ, text)
    return int(match[2]), bool(match[1] or match[3])
