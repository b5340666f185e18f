"""A whole count of people in one field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.model.codes import CountBasis
from channelplot.model.people import PeopleCount
from channelplot.reading.values import Fault, FaultCode, Question, QuestionCode
from channelplot.tools.people_words import people_of, people_words

REPORTED, COUNTED = CountBasis.REPORTED, CountBasis.COUNTED


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("", None),
        ("45", PeopleCount(total=45)),
        ("45 est", PeopleCount(total=45, is_estimate=True)),
        ("~45", PeopleCount(total=45, is_estimate=True)),
        ("40+", PeopleCount(total=40, is_estimate=True)),
        ("45pob", PeopleCount(total=45)),
        ("55, 10 children", PeopleCount(total=55, children=10)),
        ("55 incl 10 ch", PeopleCount(total=55, children=10)),
        ("45 personnes dont 8 enfants", PeopleCount(total=45, children=8)),
        ("47 counted", PeopleCount(COUNTED, 47)),
        ("counted ~40", PeopleCount(COUNTED, 40, is_estimate=True)),
        (
            "47 counted (31 men, 9 women, 7 children)",
            PeopleCount(COUNTED, 47, men=31, women=9, children=7),
        ),
        ("recovers 47 (31 men)", PeopleCount(COUNTED, 47, men=31)),
        ("10 children", PeopleCount(children=10)),
        ("counted 10 children", PeopleCount(COUNTED, children=10)),
        ("22 (1 man, 1 dead, 2 missing)", PeopleCount(total=22, men=1, deceased=1, missing=2)),
    ],
)
def test_it_is_read_in_the_line_s_own_words(text: str, people: PeopleCount | None) -> None:
    assert people_of(text) == people


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("many", FaultCode.PEOPLE_NOT_READ),
        ("45 inflatable", FaultCode.PEOPLE_NOT_READ),
        ("45 46", FaultCode.PEOPLE_NOT_READ),
        ("310/4", FaultCode.PEOPLE_NOT_READ),
        ("10 (7 men, 7 women)", FaultCode.PEOPLE_PARTS),
        ("99999", FaultCode.PEOPLE_RANGE),
        ("4\u0007", FaultCode.CONTROL_CHARACTER),
    ],
)
def test_what_is_no_number_of_people_is_refused(text: str, code: FaultCode) -> None:
    fault = people_of(text)
    assert isinstance(fault, Fault)
    assert fault.code is code


def test_a_range_is_asked_about() -> None:
    asked = people_of("40-50 people")
    assert isinstance(asked, Question)
    assert asked.code is QuestionCode.PEOPLE_RANGE


@pytest.mark.parametrize(
    ("people", "words"),
    [
        (None, ""),
        (PeopleCount(total=55, children=10), "55 (10 children)"),
        (PeopleCount(total=45, is_estimate=True), "45 est"),
        (
            PeopleCount(COUNTED, 47, men=31, women=9, children=7),
            "47 counted (31 men, 9 women, 7 children)",
        ),
        (PeopleCount(COUNTED, 47, children=1, is_estimate=True), "counted ~47 (1 child)"),
        (PeopleCount(children=10), "10 children"),
    ],
)
def test_it_is_written_as_it_is_said(people: PeopleCount | None, words: str) -> None:
    assert people_words(people) == words


_part = st.none() | st.integers(0, 333)


@given(
    st.builds(
        PeopleCount,
        basis=st.sampled_from(CountBasis),
        total=st.none() | st.integers(0, 999),
        men=_part,
        women=_part,
        children=_part,
        medical=_part,
        deceased=_part,
        missing=_part,
        is_estimate=st.booleans(),
    )
)
def test_what_is_written_is_read_as_the_same(people: PeopleCount) -> None:
    parts = (people.men, people.women, people.children)
    others = (people.medical, people.deceased, people.missing)
    most = max([sum(part or 0 for part in parts), *(other or 0 for other in others)])
    if people.total is not None:
        people = PeopleCount(
            people.basis, min(999, people.total + most), *parts, *others, people.is_estimate
        )
    elif any(part is not None for part in (*parts, *others)):
        people = PeopleCount(people.basis, None, *parts, *others)
    else:
        return
    assert people_of(people_words(people)) == people
