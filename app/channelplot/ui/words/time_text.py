"""Times as they stand in panels: without their day where no other can be meant."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from channelplot.geodesy.text import day_zulu_text, zulu_text

NO_DOUBT: Final = timedelta(hours=18)
"""A time of day less than this away from now means one day only."""


def time_text(moment_utc: datetime, clock: Callable[[], datetime]) -> str:
    """Return a time as ``0412Z``, or as ``150412Z`` where the day could be in doubt.

    clock: returns the time in UTC.
    """
    if abs(clock() - moment_utc) < NO_DOUBT:
        return zulu_text(moment_utc)
    return day_zulu_text(moment_utc)
