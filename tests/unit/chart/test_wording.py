"""The words for codes, and numbers of people."""

import pytest

from channelplot.chart.wording import (
    craft_text,
    kind_text,
    people_and_children_text,
    people_text,
    source_text,
    status_text,
)
from channelplot.model.codes import CountBasis, Craft, ReportKind, SourceKind, TrackStatus
from channelplot.model.people import PeopleCount


def test_every_code_has_words_of_its_own() -> None:
    for words in (
        [status_text(status) for status in TrackStatus],
        [craft_text(craft) for craft in Craft],
        [source_text(source) for source in SourceKind],
        [kind_text(kind) for kind in ReportKind],
    ):
        assert len(set(words)) == len(words)
        for text in words:
            assert text
            assert "_" not in text


@pytest.mark.parametrize(
    ("people", "short", "long"),
    [
        (None, "", ""),
        (PeopleCount(), "", ""),
        (PeopleCount(children=3), "", "total not said, 3 children"),
        (PeopleCount(total=0), "0", "0"),
        (PeopleCount(total=47), "47", "47"),
        (PeopleCount(total=45, is_estimate=True), "45 est", "45 est"),
        (PeopleCount(total=55, children=10), "55", "55, 10 children"),
        (PeopleCount(total=22, children=1), "22", "22, 1 child"),
        (
            PeopleCount(basis=CountBasis.COUNTED, total=47, children=7),
            "47",
            "47 counted, 7 children",
        ),
    ],
)
def test_people(people: PeopleCount | None, short: str, long: str) -> None:
    assert people_text(people) == short
    assert people_and_children_text(people) == long
