"""The leg that a report would make from the last fix of a track before it."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime

from channelplot.analysis.legs import Leg, leg_between
from channelplot.geodesy.position import Position
from channelplot.model.codes import ReportKind
from channelplot.model.report import Report
from channelplot.model.track import Track


@dataclass(frozen=True, slots=True)
class LegTo:
    """A leg to a position, and when it began."""

    leg: Leg
    from_utc: datetime


def leg_to(track: Track, position: Position, at_utc: datetime) -> LegTo | None:
    """Return the leg from a track's last fix at or before a time; None if it has none such."""
    count = bisect_right(track.fixes, at_utc, key=lambda fix: fix.observed_at_utc)
    if count == 0:
        return None
    last = track.fixes[count - 1]
    here = Report(
        uid="",
        kind=ReportKind.POSITION,
        observed_at_utc=at_utc,
        received_at_utc=at_utc,
        logged_at_utc=at_utc,
        position=position,
    )
    return LegTo(leg_between(last, here), last.observed_at_utc)
