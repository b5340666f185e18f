"""Positions and times from text, strict: one reading or an error that says why not.

Reads degrees and decimal minutes with hemisphere letters. A text that could be read
in two ways is not read at all.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from channelplot.errors import (
    PositionTextError,
    PositionTextFault,
    TimeTextError,
    TimeTextFault,
)
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import MONTHS

_ANGLE: Final = r"(\d{1,3})\s*[°º\-\s]\s*(\d{1,2}(?:[.,]\d+)?)\s*['′’`\u00b4\u2018\u02b9\u02bc]?"
_TRAILING: Final = re.compile(rf"{_ANGLE}\s*([NSEW])[\s,;/]*{_ANGLE}\s*([NSEW])")
_LEADING: Final = re.compile(rf"([NSEW])\s*{_ANGLE}[\s,;/]*([NSEW])\s*{_ANGLE}")
_WITHOUT_LETTERS: Final = re.compile(rf"{_ANGLE}[\s,;/]*{_ANGLE}")

_TIME: Final = re.compile(r"(\d{2}):?(\d{2})\s*([ZAB]?)")
_DATE_TIME_GROUP: Final = re.compile(
    r"(\d{2})(\d{2})(\d{2})\s*([ZAB])\s*([A-Z]{3})\s*(\d{2}|\d{4})"
)
_MONTHS: Final = {name: number for number, name in enumerate(MONTHS, 1)}
_ZONE_HOURS: Final = {"": 0, "Z": 0, "A": 1, "B": 2}
"""Time zone letters: Z is UTC, A one hour ahead (BST, CET), B two (CEST)."""

_HALF_DAY: Final = timedelta(hours=12)


def parse_position(text: str) -> Position:
    """Return the position written in degrees and decimal minutes.

    ``50 58.789N 001 39.431E``, ``50°58.0'N, 1°41'E``, ``N50 58 E1 41``; either order,
    point or comma, upper or lower case. Raises PositionTextError with the reason where
    there is no single reading: no hemisphere letters, minutes of 60 or more, latitude
    above 90 or longitude above 180, two latitudes.
    """
    plain = text.strip().upper()
    if not plain:
        raise PositionTextError(PositionTextFault.EMPTY, text)
    match = _TRAILING.fullmatch(plain)
    if match:
        first = (match[1], match[2], match[3])
        second = (match[4], match[5], match[6])
    else:
        match = _LEADING.fullmatch(plain)
        if not match:
            fault = (
                PositionTextFault.NO_HEMISPHERE
                if _WITHOUT_LETTERS.fullmatch(plain)
                else PositionTextFault.NOT_READ
            )
            raise PositionTextError(fault, text)
        first = (match[2], match[3], match[1])
        second = (match[5], match[6], match[4])
    values = {}
    for degrees, minutes, letter in (first, second):
        axis = "lat" if letter in "NS" else "lon"
        if axis in values:
            raise PositionTextError(PositionTextFault.SAME_AXIS_TWICE, text)
        values[axis] = _angle_deg(degrees, minutes, letter, text)
    return Position(values["lon"], values["lat"])


def _angle_deg(degrees: str, minutes: str, letter: str, text: str) -> float:
    whole, part = int(degrees), float(minutes.replace(",", "."))
    if part >= 60.0:
        raise PositionTextError(PositionTextFault.MINUTES_RANGE, text)
    angle = whole + part / 60.0
    if angle > (90.0 if letter in "NS" else 180.0):
        raise PositionTextError(PositionTextFault.DEGREES_RANGE, text)
    return -angle if letter in "SW" else angle


def parse_time_utc(text: str, now_utc: datetime) -> datetime:
    """Return the time written as ``0228``, ``0228Z``, ``0428B`` or ``150228Z SEP 26``.

    Four figures without a date are on the day that now_utc falls on in that zone or, if
    that would be more than twelve hours ahead, on the day before. A time without a zone
    letter is UTC. Raises TimeTextError where there is no such time.
    """
    plain = text.strip().upper()
    if not plain:
        raise TimeTextError(TimeTextFault.EMPTY, text)
    group = _DATE_TIME_GROUP.fullmatch(plain)
    try:
        if group:
            day, hour, minute, zone, month, year = group.groups()
            if month not in _MONTHS:
                raise TimeTextError(TimeTextFault.NO_SUCH_TIME, text)
            local = datetime(
                int(year) if len(year) == 4 else 2000 + int(year),
                _MONTHS[month],
                int(day),
                int(hour),
                int(minute),
                tzinfo=UTC,
            )
            return local - timedelta(hours=_ZONE_HOURS[zone])
        match = _TIME.fullmatch(plain)
        if not match:
            raise TimeTextError(TimeTextFault.NOT_READ, text)
        ahead_of_utc = timedelta(hours=_ZONE_HOURS[match[3]])
        local = (now_utc + ahead_of_utc).replace(
            hour=int(match[1]), minute=int(match[2]), second=0, microsecond=0
        )
        moment = local - ahead_of_utc
    except (ValueError, OverflowError) as error:
        raise TimeTextError(TimeTextFault.NO_SUCH_TIME, text) from error
    if moment - now_utc > _HALF_DAY:
        return moment - timedelta(days=1)
    return moment
