"""What keeps people from being lost from sight when reports or boats leave the ledger."""

from collections.abc import Iterable
from dataclasses import dataclass

from channelplot.analysis.ledger import Ledger, is_boat, ledger_of
from channelplot.errors import CommandRefused, PeopleLeftOut, RefusalReason
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track


@dataclass(frozen=True, slots=True)
class PeopleLost:
    """How many people nobody would look for any more, and how many children among them.

    children: None when nobody can say.
    """

    people: int = 0
    children: int | None = 0

    @property
    def is_nobody(self) -> bool:
        """Return whether all who are looked for still would be."""
        return self.people == 0 and self.children == 0


def people_lost(before: Plot, after: Plot, track_uids: Iterable[str]) -> PeopleLost:
    """Return who was unaccounted for in these boats and, after an edit, is so no longer.

    Nobody of a boat whose unaccounted people a named person answers for.
    """
    people, children, is_known = 0, 0, True
    for uid in dict.fromkeys(track_uids):
        was, left = _wanting(before.tracks.get(uid)), _wanting(after.tracks.get(uid))
        fewer = max(0, was.unaccounted - left.unaccounted)
        people += fewer
        if was.unaccounted_children is not None and left.unaccounted_children is not None:
            children += max(0, was.unaccounted_children - left.unaccounted_children)
        elif fewer:
            is_known = False
    return PeopleLost(people, children if is_known else None)


def require_reason_for_people(
    before: Plot, after: Plot, track_uids: Iterable[str], reason: str
) -> None:
    """Refuse, with PeopleLeftOut, an edit after which people are not looked for, without why."""
    lost = people_lost(before, after, track_uids)
    if not lost.is_nobody and not reason.strip():
        raise PeopleLeftOut(lost.people, lost.children)


def require_may_go(plot: Plot, reports: Iterable[Report], track_uid: str | None) -> None:
    """Refuse a claim that reports, as they stand, tell of a track if people would be lost by it.

    A boat's report that tells of people does not go to a craft whose people are not accounted
    for; an open boat's last reports do not go to a closed one, which would close it on another's
    evidence.
    """
    target = plot.tracks[track_uid] if track_uid is not None else None
    if target is None:
        return
    left: dict[str, set[str]] = {}
    for report in reports:
        if report.track_uid is None or report.track_uid == track_uid:
            continue
        source = plot.tracks[report.track_uid]
        if report.people is not None and source.has_people and not target.has_people:
            raise CommandRefused(RefusalReason.INTO_ASSET, source.name, target.name)
        left.setdefault(source.uid, set()).add(report.uid)
    for uid, gone in left.items():
        source = plot.tracks[uid]
        is_emptied = len(gone) == len(source.reports)
        if is_emptied and target.is_closed and not source.is_closed:
            raise CommandRefused(RefusalReason.INTO_CLOSED, target.name, source.name)


def _wanting(track: Track | None) -> Ledger:
    """Return the ledger of a boat, an empty one if nobody of it is looked for."""
    if track is None or not is_boat(track):
        return Ledger()
    ledger = ledger_of(track)
    return Ledger() if ledger.is_explained else ledger
