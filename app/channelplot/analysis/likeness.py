"""Whether numbers of people and types of boat that were told can be of one boat.

The figures are assumptions of this program, each with its reason.
"""

from collections.abc import Callable, Collection
from typing import Final

from channelplot.analysis.ledger import least_total
from channelplot.model.codes import BoatType
from channelplot.model.people import PeopleCount
from channelplot.model.track import Track

ESTIMATE_TOLERANCE: Final = 0.15
NUMBER_TOLERANCE: Final = 0.10
TOLERANCE_LEAST: Final = 2
"""Two numbers are told of the same people when they differ by no more than this part of the
larger, or by two: estimates by night, 40 and 45 are one number, 45 and 55 are not; of numbers that
are no estimates 47 and 55 are not."""
PEOPLE_FACTOR: Final = 2.0
"""Numbers that differ by more than this factor speak against one boat."""
LIKE_TYPES: Final = frozenset({BoatType.INFLATABLE, BoatType.RHIB})
"""Taken for one another from afar."""


def people_differ(told: PeopleCount, known: Collection[PeopleCount]) -> bool:
    """Return whether no number known agrees with the one told, in total or in children.

    Numbers nobody has said agree with every other.
    """
    return _none_agrees(told, known, least_total) or _none_agrees(told, known, _children)


def people_far_apart(told: PeopleCount, known: Collection[PeopleCount]) -> bool:
    """Return whether every total known is more than twice the one told, or less than half."""
    total = least_total(told)
    totals = [n for n in map(least_total, known) if n is not None]
    return total is not None and bool(totals) and all(_far_apart(total, n) for n in totals)


def people_ratio(told: PeopleCount, known: Collection[PeopleCount]) -> float:
    """Return how many times larger than the other a total told and the total known nearest it are.

    1.0 for the same number, and where either is not known.
    """
    total = least_total(told)
    totals = [n for n in map(least_total, known) if n is not None]
    if total is None or not totals:
        return 1.0
    return min(max(total, n, 1) / max(min(total, n), 1) for n in totals)


def types_of(track: Track) -> frozenset[BoatType]:
    """Return what the boat looks like: by its record, else by its reports."""
    if track.boat_type is not None:
        return frozenset({track.boat_type})
    return track.boat_types


def types_differ(told: BoatType | None, known: Collection[BoatType]) -> bool:
    """Return whether a boat of the type told can't have looked like any type known.

    What was not said, or was called another type, agrees with all.
    """
    if told is None or told is BoatType.OTHER or not known or BoatType.OTHER in known:
        return False
    return told not in known and not (told in LIKE_TYPES and LIKE_TYPES.intersection(known))


def _children(people: PeopleCount) -> int | None:
    return people.children


def _none_agrees(
    told: PeopleCount,
    known: Collection[PeopleCount],
    number_of: Callable[[PeopleCount], int | None],
) -> bool:
    told_number = number_of(told)
    pairs = [(number, one) for one in known if (number := number_of(one)) is not None]
    if told_number is None or not pairs:
        return False
    return all(
        abs(told_number - number)
        > _tolerance(max(told_number, number), told.is_estimate or one.is_estimate)
        for number, one in pairs
    )


def _tolerance(larger: int, is_estimate: bool) -> float:
    part = ESTIMATE_TOLERANCE if is_estimate else NUMBER_TOLERANCE
    return max(TOLERANCE_LEAST, part * larger)


def _far_apart(one: int, other: int) -> bool:
    fewer, more = sorted((one, other))
    return more - fewer > TOLERANCE_LEAST and more > PEOPLE_FACTOR * fewer
