"""Alerts of what is predicted: a watched closest approach, a limit of waters that is crossed.

Somebody who acknowledges one has seen that prediction. It counts for one usual interval, and no
longer than what the prediction follows from: a new fix, another stream or wind make a new alert.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from channelplot.analysis.ahead import ApproachAhead, CraftAhead
from channelplot.analysis.alerts import Alert
from channelplot.model.acknowledgement import Acknowledgement
from channelplot.model.codes import AlertCode

SOON: Final = timedelta(minutes=10)
"""What is predicted for less than this from now is urgent: an assumption of this program, what it
takes to raise a ship on VHF and for her to be clear."""
SAME_ALERT: Final = timedelta(minutes=1)
"""An alert raised at about the same time, on the same grounds, is the same one."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What alerts are raised with: the time, the acknowledgements there are, the usual interval."""

    now_utc: datetime
    acknowledgements: tuple[Acknowledgement, ...]
    interval: timedelta

    def standing(
        self, code: AlertCode, entity_uid: str, basis_utc: datetime, since_utc: datetime
    ) -> tuple[datetime, Acknowledgement | None]:
        """Return since when an alert stands as it does, and the acknowledgement that holds.

        basis_utc: since when it follows from what it follows from; since_utc: since when it was
        raised, before anyone saw it.
        """
        seen = sorted(
            (
                one
                for one in self.acknowledgements
                if one.alert is code
                and one.entity_uid == entity_uid
                and basis_utc <= one.at_utc <= self.now_utc
            ),
            key=lambda one: (one.at_utc, one.uid),
        )
        raised_utc, latest = since_utc, None
        for one in seen:
            if abs(one.raised_at_utc - raised_utc) <= SAME_ALERT:
                latest, raised_utc = one, one.at_utc + self.interval
        if latest is not None and self.now_utc < raised_utc:
            return latest.raised_at_utc, latest
        return raised_utc, None


def approach_alerts(approaches: Iterable[ApproachAhead], desk: Desk) -> Iterator[Alert]:
    """Yield an alert for each watched pair that comes within its limits; entity: the watch.

    Urgent when they are closest in less than ten minutes, or within their distance now; no more
    once the closest is past and they part.
    """
    for ahead in approaches:
        watch, closest_utc = ahead.watch, ahead.approach.closest.at_utc
        within = timedelta(minutes=watch.within_min)
        since_utc = max(ahead.basis_utc, ahead.nears_utc - within)
        raised_utc, seen = desk.standing(
            AlertCode.CLOSEST_APPROACH, watch.uid, ahead.basis_utc, since_utc
        )
        is_soon = closest_utc - desk.now_utc < SOON
        is_near = ahead.approach.now.distance_m <= watch.distance_m
        yield Alert(
            code=AlertCode.CLOSEST_APPROACH,
            entity_uid=watch.uid,
            raised_at_utc=raised_utc,
            is_urgent=(is_soon or is_near) and not ahead.is_parting(desk.now_utc),
            acknowledgement=seen,
            approach=ahead,
        )


def waters_alerts(crafts: Iterable[CraftAhead], desk: Desk, warning: timedelta) -> Iterator[Alert]:
    """Yield an alert for each craft that crosses a limit of waters soon; entity: its track.

    warning: how long before. Urgent ten minutes before.
    """
    for craft in crafts:
        change = craft.next_change(desk.now_utc)
        if change is None or change.at_utc - desk.now_utc > warning:
            continue
        since_utc = max(craft.basis_utc, change.at_utc - warning)
        raised_utc, seen = desk.standing(
            AlertCode.WATERS_AHEAD, craft.track.uid, craft.basis_utc, since_utc
        )
        yield Alert(
            code=AlertCode.WATERS_AHEAD,
            entity_uid=craft.track.uid,
            raised_at_utc=raised_utc,
            is_urgent=change.at_utc - desk.now_utc < SOON,
            acknowledgement=seen,
            crossing=(craft, change),
        )
