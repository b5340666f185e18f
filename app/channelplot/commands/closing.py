"""Commands that close a boat on evidence, open it again, and explain people unaccounted for.

A boat is closed when somebody has identified it and its people are accounted for: never on
another boat's rescue. A named person may answer for closing it all the same; the name, the
reason and the numbers stay with it.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from channelplot.analysis.ledger import Ledger, ledger_of
from channelplot.commands.command import Command, Entity
from channelplot.commands.required import name_of_track, required_track, required_unmerged
from channelplot.commands.tracks import with_status_change
from channelplot.errors import ClosingRefused, CommandRefused, RefusalReason
from channelplot.model.codes import CLOSED_STATUSES, SAFE_STATUSES, TrackStatus
from channelplot.model.plot import Plot
from channelplot.model.track import StatusChange, Track

_MOST_TIMES_TOLD: Final = 1.5
_MOST_MORE: Final = 5
"""More people counted than so many times as were told of, and so many more, may be another
boat's: an assumption of this program. 45 told of may well be 47, 22 are not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """How a craft is closed, by whom and on what evidence.

    identified_by and identified_how: who saw that it was this boat, and how. explained_by: the
    person who answers for closing it although that or the people are not settled; reason: why.
    """

    status: TrackStatus
    change_uid: str
    at_utc: datetime
    by: str
    identified_by: str = ""
    identified_how: str = ""
    explained_by: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse a status that closes nothing; tracks become the same by merging only."""
        if self.status not in CLOSED_STATUSES - {TrackStatus.SAME_AS}:
            msg = f"no status to close a craft with: {self.status}"
            raise ValueError(msg)

    @property
    def is_identified(self) -> bool:
        """Return whether it is said who identified the boat, and how."""
        return bool(self.identified_by.strip() and self.identified_how.strip())

    @property
    def is_explained(self) -> bool:
        """Return whether a named person answers for what is not settled, and says why."""
        return bool(self.explained_by.strip() and self.reason.strip())


def close_track(track_uid: str, closing: Closing) -> Command:
    """Return the command that closes a craft; the numbers of the hour are kept with it.

    Refused if there is no such track or it was merged. A boat is refused, with ClosingRefused
    and its numbers, if nobody has identified it or people are unaccounted for, unless a named
    person answers for that with a reason. A status that says that its people are safe asks
    more: all who were reported are counted, somebody is, and an explanation given earlier does
    not do. Nor is one closed on a count of far more people than were told of. A craft whose
    people are not accounted for is closed without evidence.
    """

    def edit(plot: Plot) -> Plot:
        track = required_unmerged(plot, track_uid)
        change = _change_of(closing)
        if track.has_people:
            ledger = ledger_of(track)
            if not closing.is_explained:
                _require_evidence(track, ledger, closing)
            change = _with_numbers(change, ledger)
        return with_status_change(plot, track, change)

    return Command(
        "close_track",
        Entity.TRACK,
        track_uid,
        edit,
        reason=closing.reason,
        name_of=name_of_track(track_uid),
    )


def reopen_track(
    track_uid: str, *, change_uid: str, at_utc: datetime, by: str, reason: str
) -> Command:
    """Return the command that opens a closed craft again, with the status it had before.

    That is the last one that was no closing, reported if there was none. A merged track is a
    track of its own again; its reports stay with the other until they are given back. Refused
    if there is no such track or it is not closed.
    """

    def edit(plot: Plot) -> Plot:
        track = required_track(plot, track_uid)
        if not track.is_closed:
            raise CommandRefused(RefusalReason.NOT_CLOSED, track.name)
        earlier = [one.status for one in track.status_changes if one.status not in CLOSED_STATUSES]
        status = earlier[-1] if earlier else TrackStatus.REPORTED
        change = StatusChange(change_uid, status, at_utc, reason.strip(), by.strip())
        return with_status_change(plot, replace(track, same_as_uid=None), change)

    return Command(
        "reopen_track",
        Entity.TRACK,
        track_uid,
        edit,
        reason=reason,
        name_of=name_of_track(track_uid),
    )


def explain_people(
    track_uid: str,
    *,
    change_uid: str,
    at_utc: datetime,
    by: str,
    explained_by: str,
    reason: str,
) -> Command:
    """Return the command by which a named person answers for people who are unaccounted for.

    The status stays; the numbers of the hour are kept. Refused if there is no such track, it
    was merged, nobody of it is unaccounted for, or the name or the reason is missing.
    """

    def edit(plot: Plot) -> Plot:
        track = required_unmerged(plot, track_uid)
        ledger = ledger_of(track)
        if not track.has_people or ledger.is_reconciled:
            raise CommandRefused(RefusalReason.NOTHING_UNACCOUNTED, track.name)
        if not (explained_by.strip() and reason.strip()):
            raise CommandRefused(RefusalReason.NEEDS_NAME_AND_REASON, track.name)
        change = StatusChange(
            change_uid,
            track.status,
            at_utc,
            reason.strip(),
            by.strip(),
            explained_by=explained_by.strip(),
        )
        return with_status_change(plot, track, _with_numbers(change, ledger))

    return Command(
        "explain_people",
        Entity.TRACK,
        track_uid,
        edit,
        reason=reason,
        name_of=name_of_track(track_uid),
    )


def _change_of(closing: Closing) -> StatusChange:
    return StatusChange(
        closing.change_uid,
        closing.status,
        closing.at_utc,
        closing.reason.strip(),
        closing.by.strip(),
        closing.identified_by.strip(),
        closing.identified_how.strip(),
        closing.explained_by.strip(),
    )


def _with_numbers(change: StatusChange, ledger: Ledger) -> StatusChange:
    return replace(
        change,
        unaccounted=ledger.unaccounted,
        unaccounted_children=ledger.unaccounted_children,
    )


def _surplus(ledger: Ledger) -> int:
    """Return how many more were counted than told of; 0 where such a count is nothing unusual."""
    told, counted = ledger.reported_total, ledger.counted_total
    if told is None or counted is None or counted <= _MOST_TIMES_TOLD * told + _MOST_MORE:
        return 0
    return counted - told


def _require_evidence(track: Track, ledger: Ledger, closing: Closing) -> None:
    needs_count = closing.status in SAFE_STATUSES
    if needs_count:
        is_accounted = ledger.is_reconciled and ledger.counted_total is not None
    else:
        is_accounted = ledger.is_reconciled or ledger.is_explained
    surplus = _surplus(ledger)
    if is_accounted and closing.is_identified and not surplus:
        return
    raise ClosingRefused(
        track.name,
        closing.status,
        is_identified=closing.is_identified,
        unaccounted=ledger.unaccounted,
        unaccounted_children=ledger.unaccounted_children,
        reported_total=ledger.reported_total,
        reported_children=ledger.reported_children,
        counted_total=ledger.counted_total,
        counted_children=ledger.counted_children,
        missing=_missing_of_counted(ledger),
        needs_count=needs_count,
        surplus=surplus,
    )


def _missing_of_counted(ledger: Ledger) -> int:
    """Return how many of those counted are missing: what more reported than counted leaves."""
    if ledger.counted_total is None:
        return 0
    return ledger.unaccounted - max(0, (ledger.reported_total or 0) - ledger.counted_total)
