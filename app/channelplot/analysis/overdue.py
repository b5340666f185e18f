"""When a craft was last heard of, and whether it is time to hear of it again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Final

from channelplot.model.acknowledgement import Acknowledgement
from channelplot.model.codes import AlertCode, Craft, TrackStatus
from channelplot.model.plot import Plot
from channelplot.model.track import Track

_OF_SILENCE: Final = frozenset({AlertCode.OVERDUE})
"""Acknowledgements of other alerts say nothing of a contact."""
_AT_RISK: Final = frozenset({TrackStatus.ADRIFT, TrackStatus.DISTRESS})


@dataclass(frozen=True, slots=True)
class UsualIntervals:
    """How long a desk waits for craft without an interval of their own, in minutes.

    adrift_min: for those that are adrift or in distress; usual_min: for all others.
    """

    usual_min: int
    adrift_min: int

    def for_status(self, status: TrackStatus) -> int:
        """Return the minutes between contacts with a craft of a status."""
        return self.adrift_min if status in _AT_RISK else self.usual_min


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """The next contact with a craft.

    last_utc: when a report of it was last received. due_at_utc: when the next contact is or was
    due; after an acknowledgement, when the alert is raised anew. overdue_s: how long it has been
    overdue, 0 if it is not. is_twice: nothing was heard nor acknowledged for two intervals.
    acknowledged: who has seen that it is overdue, None once that has counted for an interval.
    """

    track: Track
    last_utc: datetime
    due_at_utc: datetime
    overdue_s: float
    is_overdue: bool
    is_twice: bool
    acknowledged: Acknowledgement | None

    @property
    def raised_at_utc(self) -> datetime:
        """Return since when the alert stands that is raised now, or will be raised next."""
        return self.acknowledged.raised_at_utc if self.acknowledged else self.due_at_utc


def open_tracks(plot: Plot) -> Iterator[Track]:
    """Yield the tracks that are not closed, in the plot's order: of ten thousand, a few."""
    return chain.from_iterable(plot.track_blocks.worked_out(_open_ones))


def _open_ones(tracks: Iterable[Track]) -> tuple[Track, ...]:
    return tuple(track for track in tracks if not track.is_closed)


def contact_of(
    track: Track,
    acknowledgements: Iterable[Acknowledgement],
    now_utc: datetime,
    usual: UsualIntervals,
) -> Contact | None:
    """Return the next contact with a craft, None if nobody waits for one.

    Open boats and assets are waited for; merchant vessels only with an interval of their own.
    Whatever was reported of a craft is a contact, at the time it was received; before the first
    report the track's creation is. usual: how long, for craft without an interval of their own.
    A track whose reports have all gone elsewhere waits for nobody. A contact is overdue one
    interval after the last. An acknowledgement of that counts for one more interval, then the
    alert is raised again.
    """
    if track.is_closed or (track.has_people and not track.reports):
        return None
    if track.craft is Craft.MERCHANT_VESSEL and track.contact_interval_min is None:
        return None
    own_min = track.contact_interval_min
    interval = timedelta(minutes=usual.for_status(track.status) if own_min is None else own_min)
    last_utc = track.last_received_at_utc or track.created_at_utc
    overdue_from_utc = last_utc + interval
    seen = [
        one
        for one in acknowledgements
        if one.alert in _OF_SILENCE
        and one.entity_uid == track.uid
        and overdue_from_utc <= one.at_utc <= now_utc
    ]
    latest = max(seen, key=lambda one: (one.at_utc, one.uid), default=None)
    quiet_from_utc = latest.at_utc if latest else last_utc
    is_overdue = now_utc >= overdue_from_utc
    return Contact(
        track=track,
        last_utc=last_utc,
        due_at_utc=quiet_from_utc + interval,
        overdue_s=(now_utc - overdue_from_utc).total_seconds() if is_overdue else 0.0,
        is_overdue=is_overdue,
        is_twice=now_utc >= quiet_from_utc + 2 * interval,
        acknowledged=latest if now_utc < quiet_from_utc + interval else None,
    )
