"""Positions, bearings, distances, speeds and times as text for people.

The only place where numbers become text, and the only one where latitude comes
first. Nothing is rounded before it is written here. The decimal mark is a point
whatever the locale: a position is read out over a radio in one form.
"""

import math
from datetime import datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from channelplot.geodesy.angles import wrapped_deg
from channelplot.geodesy.grid import FINEST_DIGITS, has_grid, mgrs_text
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import kn_from_mps, nm_from_m

UK_ZONE: Final = ZoneInfo("Europe/London")
FR_ZONE: Final = ZoneInfo("Europe/Paris")
MONTHS: Final = (
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"
)  # fmt: skip
"""As a date-time group has them, in English whatever the language."""


class Notation(StrEnum):
    """The form in which positions are written: the operator's choice, one for the whole desk."""

    DDM = "ddm"
    DMS = "dms"
    DECIMAL = "dd"
    MGRS = "mgrs"


def position_text(position: Position, decimals: int = 2, notation: Notation = Notation.DDM) -> str:
    """Return a position as text, ``50°58.00'N 001°41.00'E`` unless another notation is asked for.

    Two-digit latitude and three-digit longitude degrees, as watch officers write them.
    decimals are those of the minutes; the other notations show a step that is no coarser, with
    2 for example ``50°58'00.0"N 001°41'00.0"E``, ``50.96667°N 001.68333°E`` and the 10 m square
    ``31U DS 0754 4694``, but never one finer than a metre of the grid. A place that has no grid
    square, beyond 84° north or 80° south, is in degrees and decimal minutes.
    """
    if notation is Notation.MGRS and has_grid(position):
        return mgrs_text(position, min(decimals + 2, FINEST_DIGITS))
    latitude = latitude_text(position.lat_deg, decimals, notation)
    return f"{latitude} {longitude_text(position.lon_deg, decimals, notation)}"


def latitude_text(lat_deg: float, decimals: int = 2, notation: Notation = Notation.DDM) -> str:
    """Return a latitude as ``50°58.00'N``; zero is north.

    Half a position has no grid square: in that notation it is degrees and decimal minutes.
    """
    return _angle_text(lat_deg, 2, decimals, notation) + ("S" if lat_deg < 0 else "N")


def longitude_text(lon_deg: float, decimals: int = 2, notation: Notation = Notation.DDM) -> str:
    """Return a longitude as ``001°41.00'E``; zero is east. Otherwise like `latitude_text`."""
    return _angle_text(lon_deg, 3, decimals, notation) + ("W" if lon_deg < 0 else "E")


def _angle_text(angle_deg: float, degree_digits: int, decimals: int, notation: Notation) -> str:
    """Text of an angle without its side. It is rounded once, as a whole, so that 60 carries."""
    if notation is Notation.DECIMAL:
        decimals += 3
        return f"{abs(angle_deg):0{degree_digits + 1 + decimals}.{decimals}f}°"
    if notation is Notation.DMS:
        decimals = max(decimals - 1, 0)
        minutes, seconds = _parts(abs(angle_deg) * 60, decimals)
        degrees, minutes = divmod(minutes, 60)
        return f"{degrees:0{degree_digits}d}°{minutes:02d}'{seconds}\""
    degrees, minutes_text = _parts(abs(angle_deg), decimals)
    return f"{degrees:0{degree_digits}d}°{minutes_text}'"


def _parts(value: float, decimals: int) -> tuple[int, str]:
    """Whole units, and the text of the sixtieths that are left."""
    scale = 10**decimals
    whole, sixtieths = divmod(round(value * 60 * scale), 60 * scale)
    width = 3 + decimals if decimals else 2
    return whole, f"{sixtieths / scale:0{width}.{decimals}f}"


def bearing_text(bearing_deg: float, decimals: int = 1) -> str:
    """Return a true bearing as ``308.5°T``, three figures before the point."""
    rounded = wrapped_deg(round(bearing_deg, decimals))
    width = 4 + decimals if decimals else 3
    return f"{rounded:0{width}.{decimals}f}°T"


def magnetic_text(bearing_deg: float, variation_deg: float, decimals: int = 1) -> str:
    """Return a true bearing as a magnetic one, ``307.9°M``; variation east positive."""
    return bearing_text(bearing_deg - variation_deg, decimals).removesuffix("T") + "M"


def distance_text(distance_m: float) -> str:
    """Return a distance in nautical miles as ``1.27 NM``."""
    return f"{nm_from_m(distance_m):.2f} NM"


def length_text(length_m: float) -> str:
    """Return a boat's length in metres as ``7.5 m``."""
    return f"{length_m:.1f} m"


def speed_text(speed_mps: float) -> str:
    """Return a speed in knots as ``4.23 kn``."""
    return f"{kn_from_mps(speed_mps):.2f} kn"


def duration_text(duration_s: float) -> str:
    """Return a duration in whole minutes as ``18 min`` or ``2 h 02``; negative with a sign."""
    minutes = math.floor(abs(duration_s) / 60)
    sign = "-" if duration_s < 0 and minutes else ""
    hours, rest = divmod(minutes, 60)
    return f"{sign}{hours} h {rest:02d}" if hours else f"{sign}{minutes} min"


def zulu_text(moment_utc: datetime) -> str:
    """Return the time as four figures in UTC, truncated to the minute: ``0228Z``."""
    return f"{moment_utc:%H%M}Z"


def day_zulu_text(moment_utc: datetime) -> str:
    """Return day and time in UTC as a date-time group without its month: ``150228Z``."""
    return f"{moment_utc:%d%H%M}Z"


def zulu_seconds_text(moment_utc: datetime) -> str:
    """Return the time in UTC to the second: ``0245:07Z``."""
    return f"{moment_utc:%H%M:%S}Z"


def uk_text(moment_utc: datetime) -> str:
    """Return the local time in the United Kingdom: ``0328 UK``."""
    return f"{moment_utc.astimezone(UK_ZONE):%H%M} UK"


def fr_text(moment_utc: datetime) -> str:
    """Return the local time in France: ``0428 FR``."""
    return f"{moment_utc.astimezone(FR_ZONE):%H%M} FR"


def three_clocks_text(moment_utc: datetime) -> str:
    """Return a time in UTC, UK and French local time: ``0228Z  0328 UK  0428 FR``."""
    return f"{zulu_text(moment_utc)}  {uk_text(moment_utc)}  {fr_text(moment_utc)}"


def date_time_group(moment_utc: datetime) -> str:
    """Return the military date-time group: ``150228Z SEP 26``; English in any locale."""
    return f"{moment_utc:%d%H%M}Z {MONTHS[moment_utc.month - 1]} {moment_utc:%y}"


def day_text(moment_utc: datetime) -> str:
    """Return the day in UTC as ``15 SEP 26``."""
    return f"{moment_utc:%d} {MONTHS[moment_utc.month - 1]} {moment_utc:%y}"


def rounded_scale(scale_denominator: float) -> int:
    """Return a scale's denominator to three figures, as it is told."""
    figures = max(0, math.floor(math.log10(max(scale_denominator, 1.0))) - 2)
    step = int(10**figures)
    return round(scale_denominator / step) * step


def scale_text(scale_denominator: float) -> str:
    """Return a scale to three figures, thousands apart: ``1:250 000``."""
    return f"1:{rounded_scale(scale_denominator):,}".replace(",", "\N{NO-BREAK SPACE}")
