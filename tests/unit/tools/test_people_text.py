"""Numbers of people as they are reported: exact, estimated, or at least."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.model.codes import CountBasis
from channelplot.model.people import PeopleCount
from channelplot.tools.people_text import PeopleTextError, parse_people


@pytest.mark.parametrize(
    ("total", "children", "expected"),
    [
        ("45", "", PeopleCount(total=45)),
        (" 45 ", "10", PeopleCount(total=45, children=10)),
        ("", "10", PeopleCount(children=10)),
        ("0", "0", PeopleCount(total=0, children=0)),
        ("45 est", "", PeopleCount(total=45, is_estimate=True)),
        ("45EST.", "", PeopleCount(total=45, is_estimate=True)),
        ("45 env.", "", PeopleCount(total=45, is_estimate=True)),
        ("~45", "", PeopleCount(total=45, is_estimate=True)),
        ("40+", "", PeopleCount(total=40, is_estimate=True)),
        ("47", "~7", PeopleCount(total=47, children=7, is_estimate=True)),
        ("9999", "9999", PeopleCount(total=9999, children=9999)),
        ("", "  ", None),
    ],
)
def test_a_number_and_whether_it_is_an_estimate(
    total: str, children: str, expected: PeopleCount | None
) -> None:
    assert parse_people(total, children, is_counted=False) == expected


def test_counted_and_reported_are_kept_apart() -> None:
    counted = parse_people("47", "7", is_counted=True)
    assert counted is not None
    assert counted.basis is CountBasis.COUNTED
    assert parse_people("", "", is_counted=True) is None


@pytest.mark.parametrize(
    ("total", "children"),
    [("many", ""), ("-4", ""), ("4.5", ""), ("nan", ""), ("10000", ""), ("99999999", ""),
     ("5", "6"), ("", "x"), ("45 46", ""), ("+45", "")],
)  # fmt: skip
def test_what_is_no_number_of_people_is_refused(total: str, children: str) -> None:
    with pytest.raises(PeopleTextError):
        parse_people(total, children, is_counted=False)


@given(st.text(max_size=8), st.text(max_size=8))
def test_any_text_is_a_sound_number_or_refused(total: str, children: str) -> None:
    try:
        people = parse_people(total, children, is_counted=False)
    except PeopleTextError:
        return
    if people is not None and people.total is not None:
        assert 0 <= (people.children or 0) <= people.total <= 9999
