"""The one list of what wants attention now.

Whatever raises alerts is a generator that `alerts_of` chains: silence does, and people of a closed
boat who are unaccounted for. What is predicted is given to it: see ``alerts_ahead.py``.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from itertools import chain
from typing import Final

from channelplot.analysis.ahead import ApproachAhead, CraftAhead
from channelplot.analysis.ledger import is_boat, ledger_of
from channelplot.analysis.overdue import UsualIntervals, contact_of, open_tracks
from channelplot.analysis.whose_waters import WatersChange
from channelplot.model.acknowledgement import Acknowledgement
from channelplot.model.codes import CLOSED_STATUSES, AlertCode
from channelplot.model.plot import Plot
from channelplot.model.track import Track

CLOSE_SOON: Final = timedelta(minutes=30)
"""A watched pair that comes within its limits in this time goes before whatever is not urgent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Something that wants attention.

    entity_uid: what it is about, a track's uid, or that of a watched approach. raised_at_utc:
    since when. is_urgent: it has waited for too long, or there is little time left.
    acknowledgement: who has seen it, None if nobody has, or too long ago. approach, crossing: what
    is predicted, of the alerts of a closest approach and of waters ahead.
    """

    code: AlertCode
    entity_uid: str
    raised_at_utc: datetime
    is_urgent: bool
    acknowledgement: Acknowledgement | None
    approach: ApproachAhead | None = None
    crossing: tuple[CraftAhead, WatersChange] | None = None


def alerts_of(
    plot: Plot, now_utc: datetime, usual: UsualIntervals, predicted: Iterable[Alert] = ()
) -> tuple[Alert, ...]:
    """Return what wants attention, most urgent first.

    Those nobody has acknowledged come before the others; among them a closest approach that is
    urgent, what else is urgent, a closest approach within half an hour, waters that are crossed
    in a few minutes, the rest, and two that part; of each the one that happens, or began, first.
    usual: how long craft without an interval of their own are waited for.
    predicted: alerts of what lies ahead, which does not follow from the plot and the time alone.
    """
    found = chain(
        _overdue(plot, now_utc, usual),
        _closed_unaccounted(plot, now_utc, usual.usual_min),
        predicted,
    )
    return tuple(sorted(found, key=lambda alert: _urgency(alert, now_utc)))


class _Rank(IntEnum):
    """What comes before what: lives at risk of a collision before whose waters they are in."""

    CLOSE_NOW = 0
    URGENT = 1
    CLOSE_SOON = 2
    CROSSING_SOON = 3
    REST = 4
    PARTING = 5


def _urgency(alert: Alert, now_utc: datetime) -> tuple[bool, _Rank, datetime, str, str]:
    is_seen = alert.acknowledgement is not None
    return (is_seen, _rank(alert, now_utc), _event_utc(alert), alert.entity_uid, alert.code)


def _rank(alert: Alert, now_utc: datetime) -> _Rank:
    if alert.approach is not None:
        if alert.approach.is_parting(now_utc):
            return _Rank.PARTING
        if alert.is_urgent:
            return _Rank.CLOSE_NOW
        is_soon = alert.approach.nears_utc - now_utc <= CLOSE_SOON
        return _Rank.CLOSE_SOON if is_soon else _Rank.REST
    if alert.is_urgent:
        return _Rank.URGENT if alert.crossing is None else _Rank.CROSSING_SOON
    return _Rank.REST


def _event_utc(alert: Alert) -> datetime:
    """Return when what an alert is about happens, or since when it wants attention."""
    if alert.approach is not None:
        return alert.approach.approach.closest.at_utc
    return alert.raised_at_utc if alert.crossing is None else alert.crossing[1].at_utc


def _overdue(plot: Plot, now_utc: datetime, usual: UsualIntervals) -> Iterator[Alert]:
    of_track: defaultdict[str, list[Acknowledgement]] = defaultdict(list)
    for one in plot.acknowledgements.values():
        of_track[one.entity_uid].append(one)
    for track in open_tracks(plot):
        contact = contact_of(track, of_track.get(track.uid, ()), now_utc, usual)
        if contact is not None and contact.is_overdue:
            yield Alert(
                code=AlertCode.OVERDUE,
                entity_uid=track.uid,
                raised_at_utc=contact.raised_at_utc,
                is_urgent=contact.is_twice,
                acknowledgement=contact.acknowledged,
            )


def _closed_unaccounted(plot: Plot, now_utc: datetime, usual_interval_min: int) -> Iterator[Alert]:
    """Yield an alert for each closed boat with people unaccounted for whom nobody answers for.

    Always urgent: nobody looks for them. An acknowledgement holds for one usual interval.
    """
    interval = timedelta(minutes=usual_interval_min)
    for track in chain.from_iterable(plot.track_blocks.worked_out(_unanswered)):
        ledger = ledger_of(track)
        told_at_utc = ledger.reported.logged_at_utc if ledger.reported is not None else None
        since_utc = max(filter(None, (_closed_at_utc(track), told_at_utc)))
        seen = (
            one
            for one in plot.acknowledgements.values()
            if one.alert is AlertCode.CLOSED_UNACCOUNTED
            and one.entity_uid == track.uid
            and since_utc <= one.at_utc <= now_utc
        )
        latest = max(seen, key=lambda one: (one.at_utc, one.uid), default=None)
        holds = latest is not None and now_utc < latest.at_utc + interval
        if latest is not None:
            since_utc = latest.raised_at_utc if holds else latest.at_utc + interval
        yield Alert(
            code=AlertCode.CLOSED_UNACCOUNTED,
            entity_uid=track.uid,
            raised_at_utc=since_utc,
            is_urgent=True,
            acknowledgement=latest if holds else None,
        )


def _unanswered(tracks: Iterable[Track]) -> tuple[Track, ...]:
    """Return the closed boats with people unaccounted for whom nobody answers for."""
    closed = (track for track in tracks if track.is_closed and is_boat(track))
    ledgers = ((track, ledger_of(track)) for track in closed)
    return tuple(
        track for track, ledger in ledgers if not (ledger.is_reconciled or ledger.is_explained)
    )


def _closed_at_utc(track: Track) -> datetime:
    """Return when a closed track was closed; when it was made, if no entry says so."""
    closings = [one.at_utc for one in track.status_changes if one.status in CLOSED_STATUSES]
    return closings[-1] if closings else track.created_at_utc
