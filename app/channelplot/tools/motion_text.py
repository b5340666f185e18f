"""Course, speed and grade from the fields of a form."""

import math
import re
from typing import Final

from channelplot.geodesy.angles import wrapped_deg
from channelplot.reading.motion import FASTEST_KN

_COURSE: Final = re.compile(r"([0-9]{1,3}(?:[.,][0-9]+)?)\s*(?:°\s*T?|T)?", re.IGNORECASE)
_BEARING: Final = re.compile(
    r"([0-9]{1,3}(?:[.,][0-9]+)?)\s*(?:°\s*)?(?P<reference>[TM]?)", re.IGNORECASE
)
_SPEED: Final = re.compile(r"([0-9]{1,3}(?:[.,][0-9]+)?)\s*(?:KN|KT|KTS)?", re.IGNORECASE)
_GRADE: Final = re.compile(r"[1-5][A-E]|[A-F][1-6]")


class MotionTextError(ValueError):
    """A course, speed or grade that cannot be read."""


def parse_course_deg(text: str) -> float | None:
    """Return a true course written as ``310``, ``310°`` or ``310T``; None for nothing.

    0 <= result < 360; 360 is north. Raises MotionTextError for anything else, magnetic courses
    among it: a form does not convert them.
    """
    value_deg = _number(_COURSE, text)
    if value_deg is None:
        return None
    if value_deg > 360.0:
        raise MotionTextError(text)
    return wrapped_deg(value_deg)


def parse_bearing(text: str) -> tuple[float, bool] | None:
    """Return a bearing in degrees and whether it is magnetic; None for nothing.

    Written as ``310``, ``310T`` or ``310M``; without a letter it is true. 0 <= result < 360.
    Raises MotionTextError for anything else.
    """
    typed = text.strip()
    if not typed:
        return None
    match = _BEARING.fullmatch(typed)
    value_deg = math.inf if match is None else float(match[1].replace(",", "."))
    if match is None or value_deg > 360.0:
        raise MotionTextError(text)
    return wrapped_deg(value_deg), match["reference"].upper() == "M"


def parse_speed_kn(text: str) -> float | None:
    """Return a speed in knots written as ``4``, ``4.5`` or ``4 kn``; None for nothing.

    Raises MotionTextError for anything else and for more than an aircraft makes.
    """
    value_kn = _number(_SPEED, text)
    if value_kn is not None and value_kn > FASTEST_KN:
        raise MotionTextError(text)
    return value_kn


def parse_direction_and_speed(text: str) -> tuple[float, float] | None:
    """Return a true direction and knots written as ``060/1.9`` or ``060 1.9``; None for nothing.

    Raises MotionTextError for anything else, one of the two alone among it.
    """
    if not text.strip():
        return None
    parts = re.split(r"\s*/\s*|\s+", text.strip(), maxsplit=1)
    if len(parts) != 2:
        raise MotionTextError(text)
    direction_deg, speed_kn = parse_course_deg(parts[0]), parse_speed_kn(parts[1])
    if direction_deg is None or speed_kn is None:
        raise MotionTextError(text)
    return direction_deg, speed_kn


def pair_text(direction_deg: float | None, speed_kn: float | None) -> str:
    """Return a true direction and knots as they are typed, ``060/1.9``; "" without one."""
    if direction_deg is None or speed_kn is None:
        return ""
    whole, dot, part = f"{direction_deg:g}".partition(".")
    return f"{whole:0>3}{dot}{part}/{speed_kn:g}"


def parse_grade(text: str) -> str:
    """Return a grade of source and content as ``1A`` or ``B2``; "" for nothing.

    Raises MotionTextError for anything else.
    """
    grade = text.strip().upper()
    if grade and _GRADE.fullmatch(grade) is None:
        raise MotionTextError(text)
    return grade


def _number(pattern: re.Pattern[str], text: str) -> float | None:
    if not text.strip():
        return None
    match = pattern.fullmatch(text.strip())
    if match is None:
        raise MotionTextError(text)
    return float(match[1].replace(",", "."))
