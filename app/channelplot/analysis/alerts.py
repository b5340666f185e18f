"""The one list of what wants attention now.

Whatever raises alerts is a generator that `alerts_of` chains; so far only silence does.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from channelplot.analysis.overdue import contact_of
from channelplot.model.acknowledgement import Acknowledgement
from channelplot.model.codes import AlertCode
from channelplot.model.plot import Plot


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Something that wants attention.

    entity_uid: what it is about, a track's uid. raised_at_utc: since when. is_urgent: it has
    waited for too long. acknowledgement: who has seen it, None if nobody has, or too long ago.
    """

    code: AlertCode
    entity_uid: str
    raised_at_utc: datetime
    is_urgent: bool
    acknowledgement: Acknowledgement | None


def alerts_of(plot: Plot, now_utc: datetime, usual_interval_min: int) -> tuple[Alert, ...]:
    """Return what wants attention, most urgent first.

    Those nobody has acknowledged come before the others, urgent ones before the rest, then the
    oldest first. usual_interval_min: minutes between contacts for craft without their own.
    """
    return tuple(sorted(_overdue(plot, now_utc, usual_interval_min), key=_urgency))


def _urgency(alert: Alert) -> tuple[bool, bool, datetime, str, str]:
    is_seen = alert.acknowledgement is not None
    return (is_seen, not alert.is_urgent, alert.raised_at_utc, alert.entity_uid, alert.code)


def _overdue(plot: Plot, now_utc: datetime, usual_interval_min: int) -> Iterator[Alert]:
    of_track: defaultdict[str, list[Acknowledgement]] = defaultdict(list)
    for one in plot.acknowledgements.values():
        of_track[one.entity_uid].append(one)
    for uid, track in plot.tracks.items():
        contact = contact_of(track, of_track.get(uid, ()), now_utc, usual_interval_min)
        if contact is not None and contact.is_overdue:
            yield Alert(
                code=AlertCode.OVERDUE,
                entity_uid=uid,
                raised_at_utc=contact.raised_at_utc,
                is_urgent=contact.is_twice,
                acknowledgement=contact.acknowledged,
            )
