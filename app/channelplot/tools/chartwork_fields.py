"""What an operator types to ask for another time, or to suppose a course and speed."""

from datetime import datetime
from typing import Final

from channelplot.analysis.dead_reckoning import Reference, Stated
from channelplot.tools.asked_time import asked_time
from channelplot.tools.field_reading import Problem
from channelplot.tools.motion_text import parse_direction_and_speed

_NOW: Final = frozenset({"", "NOW", "MAINTENANT"})


def chosen_time(text: str, now_utc: datetime) -> datetime | Problem | None:
    """Return the time that is asked for, None for now, or why the text is none.

    Like ``asked_time``; empty and ``now`` mean whatever time it is.
    """
    return None if text.strip().upper() in _NOW else asked_time(text, now_utc)


def parse_stated(text: str, reference: Reference) -> Stated | None:
    """Return a course and speed written as ``300.7/5.04`` or ``300.7 5.04``; None for nothing.

    True, in knots. Raises MotionTextError for anything else, one of the two alone among it.
    """
    told = parse_direction_and_speed(text)
    if told is None:
        return None
    return Stated(course_deg=told[0], speed_kn=told[1], reference=reference)
