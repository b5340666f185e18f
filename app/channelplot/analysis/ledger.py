"""How many people were told of, how many were counted, and how many nobody has accounted for.

What was told and what was counted are never mixed: a number told is what there may be, a count is
who was seen. The ledger errs to the side of people missing: it takes the highest number told, and
numbers told in parts (``10 children``) as the least there can be.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from channelplot.model.codes import CLOSED_STATUSES, CountBasis, ReportKind
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import StatusChange, Track

_Told: TypeAlias = tuple[Report, PeopleCount]
_AT_SEA: Final = frozenset({ReportKind.POSITION, ReportKind.LAUNCH})
"""Reports of these kinds tell of people in a boat, though no boat claims them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The people of one boat.

    reported: the report that told of the most people; counted: the latest count. Their totals,
    and children: the most that were told of in any report, and those of the count. None for what
    nobody said. unaccounted_children: None where it can't be said. explanation: the entry by which
    a named person answers for those who are unaccounted for.
    """

    reported: Report | None = None
    counted: Report | None = None
    reported_total: int | None = None
    counted_total: int | None = None
    reported_children: int | None = None
    counted_children: int | None = None
    unaccounted: int = 0
    unaccounted_children: int | None = 0
    explanation: StatusChange | None = None

    @property
    def is_reconciled(self) -> bool:
        """Return whether nobody is unaccounted for, and no child."""
        return self.unaccounted == 0 and self.unaccounted_children == 0

    @property
    def is_explained(self) -> bool:
        """Return whether a named person answers for those who are unaccounted for."""
        return self.explanation is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotLedger:
    """The people of all boats.

    boats: every boat that was not merged into another, with its ledger, in the plot's order.
    reported, counted: sums of the totals. unaccounted, unaccounted_children: sums over the boats
    that nobody answers for; explained: unaccounted people of the others. are_children_known: False
    if nobody can say how many children are unaccounted for in a boat, so that there may be more.
    unattributed: the most people that a report of a boat at sea tells of which no track claims.
    """

    boats: tuple[tuple[Track, Ledger], ...]
    reported: int
    counted: int
    unaccounted: int
    unaccounted_children: int
    explained: int
    are_children_known: bool
    unattributed: int = 0


def ledger_of(track: Track) -> Ledger:
    """Return the ledger of one craft.

    Reported is the highest number of the reports that tell of one; children separately. Counted
    is the count observed last: counts are not added, since a recovery and the landing after it are
    of the same people, and a new count corrects the one before. Accounted for are those counted
    who are not missing. Unaccounted for are the others of those reported: never fewer than a
    report after the count says are missing.

    Children alike, the missing taken to be children as far as children were counted. None while
    people are unaccounted for and nobody has said how many children were reported, or counted;
    and if people were told missing after the count and no child is wanting otherwise.

    An explanation holds until the craft is opened again, there are more to explain, or the
    highest number is told by none but reports that were logged after it: others than explained.
    """
    known = track.worked_out.get("ledger")
    if isinstance(known, Ledger):
        return known
    ledger = _ledger_of(track)
    track.worked_out["ledger"] = ledger
    return ledger


def _ledger_of(track: Track) -> Ledger:
    told, counts = _told_and_counted(track)
    totals = [(total, one) for one in told if (total := least_total(one[1])) is not None]
    highest = max(reversed(totals), key=lambda pair: pair[0], default=None)
    children = [people.children for _, people in told if people.children is not None]
    latest = counts[-1] if counts else None
    reported_total = highest[0] if highest else None
    reported_children = max(children, default=None)
    missing = (latest[1].missing or 0) if latest else 0
    accounted = (latest[1].total or 0) - missing if latest else 0
    missing_since = _missing_since(told, latest[0]) if latest else 0
    unaccounted = max(0, (reported_total or 0) - accounted, missing, missing_since)
    wanting = _children_wanting(reported_children, latest[1] if latest else None, unaccounted)
    if wanting == 0 and missing_since:
        wanting = None
    return Ledger(
        reported=highest[1][0] if highest else None,
        reported_total=reported_total,
        reported_children=reported_children,
        counted=latest[0] if latest else None,
        counted_total=latest[1].total if latest else None,
        counted_children=latest[1].children if latest else None,
        unaccounted=unaccounted,
        unaccounted_children=wanting,
        explanation=_explanation(track, unaccounted, wanting or 0, _first_logged(totals)),
    )


def boats_of(plot: Plot) -> Iterator[Track]:
    """Yield the boats of a plot: craft whose people are accounted for, without merged ones."""
    yield from filter(is_boat, plot.tracks.values())


def is_boat(track: Track) -> bool:
    """Return whether the people of a track are accounted for, and it was not merged.

    One called the same as another, where nobody said which, keeps its reports: their people
    are looked for until somebody merges it.
    """
    return track.has_people and track.same_as_uid is None


def plot_ledger(plot: Plot) -> PlotLedger:
    """Return the ledgers of all boats and their sums."""
    boats = ((track, ledger_of(track)) for track in boats_of(plot))
    return sum_of_ledgers(boats, most_unattributed(plot.unattributed))


def most_unattributed(reports: Iterable[Report]) -> int:
    """Return the most people one of these reports tells of at sea; not of what happened ashore."""
    told = (
        least_total(report.people)
        for report in reports
        if report.people is not None and report.kind in _AT_SEA
    )
    return max((total for total in told if total is not None), default=0)


def sum_of_ledgers(boats: Iterable[tuple[Track, Ledger]], unattributed: int = 0) -> PlotLedger:
    """Return the sums of boats' ledgers. unattributed: see ``most_unattributed``."""
    boats = tuple(boats)
    ledgers = [ledger for _, ledger in boats]
    unexplained = [ledger for ledger in ledgers if not ledger.is_explained]
    return PlotLedger(
        boats=boats,
        reported=sum(ledger.reported_total or 0 for ledger in ledgers),
        counted=sum(ledger.counted_total or 0 for ledger in ledgers),
        unaccounted=sum(ledger.unaccounted for ledger in unexplained),
        unaccounted_children=sum(ledger.unaccounted_children or 0 for ledger in unexplained),
        explained=sum(ledger.unaccounted for ledger in ledgers if ledger.is_explained),
        are_children_known=all(ledger.unaccounted_children is not None for ledger in unexplained),
        unattributed=unattributed,
    )


def sum_of_plot_ledgers(parts: Sequence[PlotLedger], unattributed: int) -> PlotLedger:
    """Return the sums of what parts of a plot add up to. unattributed: of the whole plot."""
    return PlotLedger(
        boats=tuple(boat for part in parts for boat in part.boats),
        reported=sum(part.reported for part in parts),
        counted=sum(part.counted for part in parts),
        unaccounted=sum(part.unaccounted for part in parts),
        unaccounted_children=sum(part.unaccounted_children for part in parts),
        explained=sum(part.explained for part in parts),
        are_children_known=all(part.are_children_known for part in parts),
        unattributed=unattributed,
    )


def least_total(people: PeopleCount) -> int | None:
    """Return how many people there are at least: the total, else what its parts make.

    Men, women and children are counted once each; the other parts are among them. None if nothing
    was said; that there are no children, say, tells no number.
    """
    if people.total is not None:
        return people.total
    apart = [n for n in (people.men, people.women, people.children) if n is not None]
    among = [n for n in (people.medical, people.deceased, people.missing) if n is not None]
    return max([sum(apart), *among]) or None


def closing_of(track: Track) -> StatusChange | None:
    """Return the entry by which a closed track was closed, None for one that is open."""
    if not track.is_closed:
        return None
    closings = [c for c in track.status_changes if c.status in CLOSED_STATUSES]
    return closings[-1] if closings else None


def _told_and_counted(track: Track) -> tuple[list[_Told], list[_Told]]:
    """Return the reports that told of a number, and the counts, each in time order.

    A count of a part, without a total, tells of the least there can be like any other report.
    """
    told: list[_Told] = []
    counts: list[_Told] = []
    reports = ((r, r.people) for r in track.count_reports if r.people is not None)
    for report, people in reports:
        is_count = people.basis is CountBasis.COUNTED and people.total is not None
        (counts if is_count else told).append((report, people))
    return told, counts


def _missing_since(told: list[_Told], counted: Report) -> int:
    """Return how many were told missing after the count: they can't be among those counted."""
    since = [
        people.missing
        for report, people in told
        if people.missing is not None and report.observed_at_utc > counted.observed_at_utc
    ]
    return max(since, default=0)


def _children_wanting(
    reported: int | None, counted: PeopleCount | None, unaccounted: int
) -> int | None:
    """Return how many of the children reported were not counted, None if nobody can say."""
    if counted is None and reported is not None:
        return reported
    if counted is None or counted.children is None or reported is None:
        return None if unaccounted else 0
    return max(0, reported - max(0, counted.children - (counted.missing or 0)))


def _first_logged(totals: list[tuple[int, _Told]]) -> datetime | None:
    """Return when the highest number was first logged, None if no number was told."""
    highest = max((total for total, _ in totals), default=None)
    return min((one[0].logged_at_utc for total, one in totals if total == highest), default=None)


def _explanation(
    track: Track, unaccounted: int, children: int, highest_at_utc: datetime | None
) -> StatusChange | None:
    """Return the latest entry by which somebody answers for all who are unaccounted for now.

    highest_at_utc: when the number to be explained was logged.
    """
    found: StatusChange | None = None
    was_closed = False
    for change in track.status_changes:
        is_closed = change.status in CLOSED_STATUSES
        if was_closed and not is_closed:
            found = None
        is_known = highest_at_utc is None or highest_at_utc <= change.at_utc
        covers_all = is_known and (change.unaccounted or 0) >= unaccounted
        if change.explained_by and covers_all and (change.unaccounted_children or 0) >= children:
            found = change
        was_closed = is_closed
    return found
