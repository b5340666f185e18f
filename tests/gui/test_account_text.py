"""The people of a boat in words, for column, tooltip and form."""

from dataclasses import replace

import pytest

from channelplot.analysis.counts import Counts
from channelplot.analysis.ledger import Ledger, PlotLedger, ledger_of
from channelplot.analysis.tally import Totals
from channelplot.model.codes import CountBasis, SourceKind, TrackStatus
from channelplot.model.people import PeopleCount
from channelplot.model.track import StatusChange, Track
from channelplot.ui.words.account_text import (
    account_text,
    account_tip,
    counted_text,
    explanation_text,
    group_text,
    last_known_text,
    reported_text,
    sources_text,
    status_history_text,
    totals_text,
    unaccounted_cell,
    unaccounted_text,
    unaccounted_tip,
)
from helpers.builders import a_report, a_track, at
from helpers.night_boats import boat_a_as_plotted

pytestmark = pytest.mark.usefixtures("qapp")
ANSWERED = StatusChange(
    "c", TrackStatus.RESCUED_ALL, at("0457"), "counted ashore", "watch", "CUTTER-1", "alongside",
    "J. Smith", 8, 3,
)  # fmt: skip


def ledger(*counts: PeopleCount) -> Ledger:
    """The ledger of a boat of which these were told, a minute apart."""
    return ledger_of(a_track("A", [a_report(f"021{n}", people=p) for n, p in enumerate(counts)]))


def told(total: int, children: int | None = None) -> PeopleCount:
    return PeopleCount(total=total, children=children)


def counted(total: int, children: int | None = None, missing: int | None = None) -> PeopleCount:
    return PeopleCount(CountBasis.COUNTED, total, children=children, missing=missing)


def boat_a() -> Track:
    """Boat A of the night at step 14, as CUTTER-1 called itself."""
    track = boat_a_as_plotted()
    return track.with_report(replace(track.reports[-1], source_name="CUTTER-1"))


def test_boat_a_at_step_14() -> None:
    night = ledger_of(boat_a())
    assert account_text(night) == "55 / 47"
    assert account_tip(night) == (
        "Reported 55, 10 children  0245Z phone\nCounted 47, 7 children  0412Z CUTTER-1"
    )
    assert unaccounted_cell(night) == "◆ 8"
    assert unaccounted_text(night) == "8 people, 3 of them children"
    assert unaccounted_tip(night) == "8 people, 3 of them children unaccounted for"


def test_who_told_of_boat_a() -> None:
    assert sources_text(boat_a()) == ("5 reports: aircraft 2, ship 1, phone 1, CUTTER-1 1")
    assert sources_text(a_track("B")) == "no reports"
    one = a_track("B", [a_report(source=SourceKind.RADAR)])
    assert sources_text(one) == "1 report: radar 1"
    assert sources_text(a_track("B", [a_report()])) == "1 report: not known 1"


@pytest.mark.parametrize(
    ("counts", "column", "reported", "counts_as", "cell"),
    [
        ((), "", "nobody has said how many", "nobody counted yet", ""),
        ((told(45),), "45", "45", "nobody counted yet", "◆ 45"),
        ((replace(told(45), is_estimate=True),), "45 est", "45 est", "nobody counted yet", "◆ 45"),
        ((told(55, children=10),), "55", "55, 10 children", "nobody counted yet", "◆ 55"),
        ((counted(47, children=1),), "– / 47", "nobody has said how many", "47, 1 child", ""),
        ((told(3), counted(3, missing=1)), "3 / 3", "3", "3, 1 missing", "◆ 1"),
        (
            (told(5, children=3), counted(5, children=1)),
            "5 / 5",
            "5, 3 children",
            "5, 1 child",
            "◆ 2 ch.",
        ),
        ((told(5), counted(5, children=0)), "5 / 5", "5", "5, no children", ""),
    ],
)
def test_what_columns_and_lines_say(
    counts: tuple[PeopleCount, ...], column: str, reported: str, counts_as: str, cell: str
) -> None:
    made = ledger(*counts)
    assert account_text(made) == column
    assert reported_text(made) == reported
    assert counted_text(made) == counts_as
    assert unaccounted_cell(made) == cell


@pytest.mark.parametrize(
    ("people", "children", "words"),
    [
        (1, 0, "1 person"),
        (1, 1, "1 person, a child"),
        (1, 2, "1 person, and 2 children"),
        (8, None, "8 people"),
        (8, 0, "8 people"),
        (8, 1, "8 people, 1 of them a child"),
        (8, 3, "8 people, 3 of them children"),
        (8, 8, "8 people, all of them children"),
        (8, 9, "8 people, and 9 children"),
        (0, 2, "2 children"),
        (0, 1, "1 child"),
    ],
)
def test_groups(people: int, children: int | None, words: str) -> None:
    assert group_text(people, children) == words


def test_nobody_knows_how_many_of_them_are_children() -> None:
    unknown = ledger(told(55, children=10), counted(47))
    assert unknown.unaccounted_children is None
    assert unaccounted_text(unknown) == "8 people, perhaps children among them"
    assert unaccounted_text(ledger(told(8))) == "8 people", "nobody spoke of children"
    assert unaccounted_text(Ledger()) == "nobody"


def test_what_is_explained_is_marked_and_says_by_whom() -> None:
    made = replace(ledger(told(8)), explanation=ANSWERED)
    assert unaccounted_cell(made) == "* 8"
    who = "8 people, 3 of them children unaccounted for, J. Smith answers for it: counted ashore"
    assert unaccounted_tip(made) == f"* {who}"
    assert explanation_text(ANSWERED) == who
    not_identified = replace(ANSWERED, unaccounted=0, unaccounted_children=0)
    assert explanation_text(not_identified) == "J. Smith answers for it: counted ashore"
    assert explanation_text(replace(ANSWERED, explained_by="")) == ""
    assert unaccounted_tip(Ledger()) == ""


def test_what_a_status_rests_on() -> None:
    plain = a_track("A")
    assert status_history_text(plain, None) == "reported"
    closed = a_track("A", status=TrackStatus.RESCUED_ALL, status_changes=(ANSWERED,))
    assert status_history_text(closed, None) == (
        f"rescued (all) 0457Z, identified by CUTTER-1 (alongside); {explanation_text(ANSWERED)}"
    )
    no_how = replace(ANSWERED, identified_how="", explained_by="")
    closed = a_track("A", status=TrackStatus.RESCUED_ALL, status_changes=(no_how,))
    assert status_history_text(closed, None) == "rescued (all) 0457Z, identified by CUTTER-1"
    still = StatusChange("d", TrackStatus.ADRIFT, at("0500"), explained_by="J. Smith", reason="r")
    adrift = a_track("A", status=TrackStatus.ADRIFT, status_changes=(still,))
    assert status_history_text(adrift, still) == "adrift 0500Z; J. Smith answers for it: r"


def test_when_it_was_last_known_where_a_track_was() -> None:
    call = a_report("0455", position=None)
    boat = a_track("C", (a_report("0245"), call))
    assert last_known_text(boat, at("0455")) == "last known 0245Z, 2 h 10 ago"
    assert last_known_text(boat, at("0240")) == "last known 0245Z"
    assert last_known_text(a_track("C", (call,)), at("0455")) == ""


def sums(**values: int | bool) -> PlotLedger:
    made = PlotLedger(
        boats=(), reported=0, counted=0, unaccounted=0, unaccounted_children=0, explained=0,
        are_children_known=True,
    )  # fmt: skip
    return replace(made, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ledger_sums", "counts", "said", "unsaid"),
    [
        (sums(), Counts(), ["0 crossings, 0 open", "nobody unaccounted for"], ["Ashore", "◆"]),
        (
            sums(reported=77, counted=69, unaccounted=8, unaccounted_children=3),
            Counts(crossings=1, open_boats=1),
            ["1 crossing, 1 open", "77 reported, 69 counted", "◆&nbsp;8 unaccounted (3 children)"],
            ["explained", "Ashore"],
        ),
        (
            sums(unaccounted=8, unaccounted_children=1, are_children_known=False, explained=5),
            Counts(crossings=3, open_boats=2, prevented=1, prevented_people=30, events=1),
            [
                "3 crossings, 2 open",
                "8 unaccounted (1 child or more)",
                "* 5 unaccounted, explained",
                "Ashore: 1 prevented (30 people), 1 event",
            ],
            [],
        ),
        (
            sums(unaccounted=8),
            Counts(prevented=2, prevented_people=31, events=3),
            ["8 unaccounted<", "Ashore: 2 prevented (31 people), 3 events"],
            [],
        ),
        (sums(unattributed=30), Counts(), ["·  30 in reports of no boat"], []),
        (sums(unaccounted_children=2), Counts(), ["0 unaccounted (2 children)"], []),
        (
            sums(unaccounted=45, are_children_known=False),
            Counts(),
            ["45 unaccounted (children not known)"],
            ["or more"],
        ),
    ],
)
def test_the_sums_of_a_plot(
    ledger_sums: PlotLedger, counts: Counts, said: list[str], unsaid: list[str]
) -> None:
    text = totals_text(Totals(ledger_sums, counts), "#b00020")
    for words in said:
        assert words in text
    for words in unsaid:
        assert words not in text
