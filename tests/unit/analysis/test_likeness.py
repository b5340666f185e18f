"""Which numbers and types can be told of one boat."""

import pytest

from channelplot.analysis.likeness import (
    people_differ,
    people_far_apart,
    types_differ,
    types_of,
)
from channelplot.model.codes import BoatType
from channelplot.model.people import PeopleCount
from helpers.builders import a_report, a_track


def people(*totals: int | None) -> list[PeopleCount]:
    """Numbers that were told; negative ones are estimates."""
    return [
        PeopleCount(total=total if total is None else abs(total), is_estimate=(total or 0) < 0)
        for total in totals
    ]


@pytest.mark.parametrize(
    ("told", "known", "differs", "is_far"),
    [
        (45, [-40], False, False),
        (-40, [45], False, False),
        (45, [40], True, False),
        (45, [41], False, False),
        (55, [47], True, False),
        (-55, [47], False, False),
        (55, [-45, -40], True, False),
        (55, [-45, -40, 47], True, False),
        (52, [-45, -40], False, False),
        (22, [55], True, True),
        (22, [45, 23], False, False),
        (28, [55], True, False),
        (27, [55], True, True),
        (1, [3], False, False),
        (1, [4], True, True),
        (0, [2], False, False),
        (45, [], False, False),
        (45, [None], False, False),
        (None, [45], False, False),
    ],
)
def test_totals(told: int | None, known: list[int | None], differs: bool, is_far: bool) -> None:
    (one,) = people(told)
    assert people_differ(one, people(*known)) is differs
    assert people_far_apart(one, people(*known)) is is_far


def test_children_tell_boats_apart_whose_totals_agree() -> None:
    known = [PeopleCount(total=45, children=2), PeopleCount(total=44)]
    assert people_differ(PeopleCount(total=45, children=10), known)
    assert not people_differ(PeopleCount(total=45, children=4), known)
    assert not people_differ(PeopleCount(total=45), known)
    assert not people_differ(PeopleCount(total=45, children=10), people(45))
    assert not people_far_apart(PeopleCount(total=45, children=10), known)


@pytest.mark.parametrize(
    ("told", "known", "differs"),
    [
        (BoatType.INFLATABLE, {BoatType.INFLATABLE}, False),
        (BoatType.INFLATABLE, {BoatType.KAYAK}, True),
        (BoatType.INFLATABLE, {BoatType.KAYAK, BoatType.INFLATABLE}, False),
        (BoatType.RHIB, {BoatType.INFLATABLE}, False),
        (BoatType.RHIB, {BoatType.RIGID}, True),
        (BoatType.SAIL, {BoatType.OTHER}, False),
        (BoatType.OTHER, {BoatType.SAIL}, False),
        (BoatType.SAIL, set(), False),
        (None, {BoatType.SAIL}, False),
    ],
)
def test_types(told: BoatType | None, known: set[BoatType], differs: bool) -> None:
    assert types_differ(told, known) is differs


def test_a_boat_s_record_says_its_type_better_than_its_reports() -> None:
    reports = (
        a_report("0210", boat_type=BoatType.INFLATABLE),
        a_report("0220", boat_type=BoatType.RHIB),
        a_report("0230"),
    )
    assert types_of(a_track("A", reports)) == {BoatType.INFLATABLE, BoatType.RHIB}
    assert types_of(a_track("A", reports, boat_type=BoatType.RIGID)) == {BoatType.RIGID}
    assert types_of(a_track("A")) == set()
