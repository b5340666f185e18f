"""Which backups are kept: many of the last hours, fewer of the days, some of the weeks before."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

HOURS_KEPT: Final = 24
DAYS_KEPT: Final = 14
WEEKS_KEPT: Final = 8

_SPANS: Final[tuple[tuple[int, Callable[[datetime], tuple[int, ...]]], ...]] = (
    (HOURS_KEPT, lambda at_utc: (*at_utc.date().timetuple()[:3], at_utc.hour)),
    (DAYS_KEPT, lambda at_utc: at_utc.date().timetuple()[:3]),
    (WEEKS_KEPT, lambda at_utc: at_utc.isocalendar()[:2]),
)
"""How many hours, days and ISO weeks, in UTC, are kept, and which one a time lies in."""


def times_kept(times_utc: Iterable[datetime]) -> frozenset[datetime]:
    """Return the times of the backups to be kept: the last of each hour, day and week.

    Counted are the hours, days and weeks in which there is a backup at all, so that a plot
    that rests for months keeps what it has. The latest is always among them.
    """
    latest_first = sorted(set(times_utc), reverse=True)
    kept: set[datetime] = set()
    for number, span_of in _SPANS:
        spans: set[tuple[int, ...]] = set()
        for at_utc in latest_first:
            span = span_of(at_utc)
            if span not in spans and len(spans) < number:
                spans.add(span)
                kept.add(at_utc)
    return frozenset(kept)
