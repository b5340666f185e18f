"""The letters boats are named by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.analysis.naming import letters, next_name


@pytest.mark.parametrize(
    ("number", "name"),
    [(0, "A"), (1, "B"), (25, "Z"), (26, "AA"), (27, "AB"), (51, "AZ"), (52, "BA"), (701, "ZZ"),
     (702, "AAA")],
)  # fmt: skip
def test_names_go_on_after_z(number: int, name: str) -> None:
    assert letters(number) == name


def test_no_two_numbers_have_one_name() -> None:
    assert len({letters(number) for number in range(2000)}) == 2000


@pytest.mark.parametrize(
    ("used", "name"),
    [
        ([], "A"),
        (["A"], "B"),
        (["A", "C"], "D"),
        (["Z"], "AA"),
        (["AZ", "B"], "BA"),
        (["FERRY", "Pride of Kent", "c", "A1", "", "É"], "A"),
        (["ZZ"], "AAA"),
        (["ZZ", "AAA", "AAB"], "AAC"),
    ],
)
def test_the_next_name_comes_after_all_that_were_ever_used(used: list[str], name: str) -> None:
    assert next_name(used) == name


@given(st.sets(st.text("ABYZaé1 ", max_size=4)))
def test_no_name_is_given_twice(used: set[str]) -> None:
    assert next_name(used) not in used


def test_boats_have_names_of_their_own_beyond_two_letters() -> None:
    used = {letters(number) for number in range(690)}
    for number in range(690, 730):
        name = next_name(used)
        assert name == letters(number)
        used.add(name)
