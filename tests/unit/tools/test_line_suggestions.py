"""The same-boat test of a line: what it says while it is typed, and what joins a boat."""

from dataclasses import replace

import pytest

from channelplot.analysis.same_boat import Comparison, Fit, FitReason
from channelplot.commands.reports import add_report
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import kn_from_mps
from channelplot.model.codes import SourceKind
from channelplot.tools.line_draft import LineDraft
from channelplot.tools.line_reader import LineReader
from channelplot.tools.questions import QuestionCode
from helpers.builders import a_mark, a_plot, a_report, a_track, at
from helpers.clock import FixedClock
from helpers.night_boats import boat_a, report_1, report_2, report_3
from helpers.regrouping_desk import RegroupingDesk, regrouping_desk

R2_LINE = "0428B 023 CGN 7.2 merchant ship 40+"
R3_LINE = "0345A 50 59 30N 001 37 00E phone 55 people 10 children 2C engine failing"
R4_LINE = "0252 31U DS 1855 5491 22 people 3 children"


def typed(desk: RegroupingDesk, text: str) -> LineDraft:
    """A line being typed at a desk."""
    draft = LineDraft(desk.session, LineReader(desk.session), lambda _: 0.0, desk.boats)
    draft.edit(text)
    return draft


@pytest.fixture
def desk(clock: FixedClock) -> RegroupingDesk:
    """The desk after R1: boat A alone."""
    clock.set(at("0246"))
    return regrouping_desk(a_plot(boat_a(report_1())).with_mark(a_mark()), clock)


def suggested(draft: LineDraft) -> Comparison:
    """The boat that the line suggests."""
    found = draft.view().suggested
    assert found is not None, draft.view()
    return found


def test_r2_fits_a_at_4_23_knots_and_goes_to_a_new_boat_all_the_same(desk: RegroupingDesk) -> None:
    draft = typed(desk, R2_LINE)
    view = draft.view()
    assert view.is_new_track
    assert (suggested(draft).track.name, suggested(draft).fit) == ("A", Fit.FITS)
    assert suggested(draft).speed_mps is not None
    assert kn_from_mps(suggested(draft).speed_mps or 0.0) == pytest.approx(4.23, abs=0.0051)
    assert draft.commit(), "nothing is joined by itself"
    assert desk.uids_of("A") == ["r1"]


def test_r3_fits_a_but_faster_and_with_other_people(desk: RegroupingDesk) -> None:
    desk.session.document.apply(add_report(replace(report_2(), track_uid="boat-a")))
    draft = typed(desk, f"{R3_LINE} >A")
    own = draft.view().fit.own
    assert own is not None
    assert own.fit is Fit.FITS
    assert kn_from_mps(own.speed_mps or 0.0) == pytest.approx(5.98, abs=0.0051)
    assert own.reasons == (FitReason.FASTER_THAN_BEFORE, FitReason.PEOPLE_DIFFER)
    assert draft.view().fit.suggestions == ()
    assert draft.view().suggested is None


def test_r4_fits_no_boat(clock: FixedClock) -> None:
    clock.set(at("0252"))
    a = boat_a(report_1(), report_2(), report_3())
    draft = typed(regrouping_desk(a_plot(a), clock), R4_LINE)
    (only,) = draft.view().fit.suggestions
    assert only.fit is Fit.NOT_SAME
    assert kn_from_mps(only.speed_mps or 0.0) == pytest.approx(76.1, abs=0.1)
    assert draft.view().suggested is None
    assert draft.joining_suggested() is None


def test_what_joins_is_typed_into_the_line(desk: RegroupingDesk) -> None:
    for text, joined in (
        (R2_LINE, f"{R2_LINE} >A"),
        (f"{R2_LINE} ", f"{R2_LINE} >A "),
        (f"{R2_LINE} // seen by many", f"{R2_LINE} >A // seen by many"),
        (f">none {R2_LINE}", f">A {R2_LINE}"),
        (f"{R2_LINE} new F small_boat", f"{R2_LINE} >A"),
    ):
        draft = typed(desk, text)
        typing = draft.joining_suggested()
        assert typing is not None, text
        found = text[: typing.span.start] + typing.text + text[typing.span.end :]
        assert found == joined
        draft.edit(found)
        assert draft.view().track == desk.track("A")
        assert draft.view().fit.own is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0228 40 people",
        "0130 launched 50 56.6N 001 45.1E",
        "0228 50 58.8N 001 39.4E new FERRY-1 merchant",
        "mark X1 50 58.8N 001 39.4E",
        "0228 50 58.8N 001 99.4E",
    ],
)
def test_what_tells_of_no_boat_or_no_place_is_not_compared(desk: RegroupingDesk, text: str) -> None:
    fit = typed(desk, text).view().fit
    assert (fit.suggestions, fit.own) == ((), None)


def test_a_desk_without_boats_to_compare_suggests_none(desk: RegroupingDesk) -> None:
    draft = LineDraft(desk.session, LineReader(desk.session), lambda _: 0.0)
    draft.edit(R2_LINE)
    assert draft.view().fit.suggestions == ()
    assert draft.view().can_commit


def test_the_leg_s_question_is_asked_once(clock: FixedClock) -> None:
    clock.set(at("0252"))
    a = boat_a(report_1(), report_2(), report_3())
    draft = typed(regrouping_desk(a_plot(a), clock), f"{R4_LINE} >A")
    question = draft.view().question
    assert question is not None
    assert question.code == QuestionCode.TOO_FAST
    assert draft.choose(1)
    assert draft.view().can_commit


def test_a_chosen_report_is_followed_to_the_boat_it_is_given_to(clock: FixedClock) -> None:
    clock.set(at("0456"))
    a = boat_a(report_1(), report_2(), report_3())
    desk = regrouping_desk(a_plot(a), clock)
    draft = typed(desk, "")
    desk.select("r3")
    draft.edit("50 59.6N 001 36.8E")
    assert draft.view().track_name == "A"
    draft.clear()
    desk.move.begin()
    desk.move.edit(text="n")
    assert desk.move.commit()
    draft.edit("50 59.6N 001 36.8E")
    assert draft.view().track_name == "B"


# A boat that is merely selected

AT_THE_END = "0436Z 51 00.0N 001 30.0E"
"""Forty minutes after C was seen, 10 NM east of it: 15 kn."""


@pytest.fixture
def two_boats(clock: FixedClock) -> RegroupingDesk:
    """C seen by a patrol at 0356Z, 10 NM from the line's place; B at 0416Z, half a mile from it."""
    clock.set(at("0440"))
    c = a_report("0356", position=Position(1.2352, 51.0), source=SourceKind.PATROL)
    b = a_report("0416", position=Position(1.51, 51.0), source=SourceKind.PATROL)
    return regrouping_desk(
        a_plot(a_track("B", (b,), uid="boat-b"), a_track("C", (c,), uid="boat-c")), clock
    )


@pytest.mark.parametrize("is_typed", [False, True])
@pytest.mark.parametrize(("number", "name"), [(1, "C"), (2, "D")])
def test_a_boat_it_can_not_be_is_asked_about(
    two_boats: RegroupingDesk, number: int, name: str, is_typed: bool
) -> None:
    draft = typed(two_boats, "")
    two_boats.select("boat-c")
    draft.edit(f"{AT_THE_END} aircraft" + (" >C" if is_typed else ""))
    view = draft.view()
    own, question = view.fit.own, view.question
    assert own is not None
    assert own.fit is Fit.NOT_SAME
    assert question is not None
    assert question.code == QuestionCode.NOT_SAME_BOAT
    assert kn_from_mps(question.value) == pytest.approx(15.0, abs=0.1)
    assert [getattr(each, "name", None) for each in question.choices] == ["C", ""]
    assert not draft.commit()
    assert draft.choose(number)
    assert draft.view().question is None, "nothing is asked twice"
    assert (draft.view().track_name, draft.view().is_new_track) == (name, number == 2)
    assert draft.commit()
    assert len(two_boats.uids_of("C")) == (2 if number == 1 else 1)
    assert len(two_boats.uids_of(name)) == (2 if number == 1 else 1), "C or the new one"


def test_an_answer_about_the_boat_is_forgotten_with_the_text(two_boats: RegroupingDesk) -> None:
    draft = typed(two_boats, "")
    two_boats.select("boat-c")
    draft.edit(f"{AT_THE_END} aircraft")
    for number in (1, 2):
        assert draft.choose(number)
        assert draft.view().can_commit
        draft.edit(f"{draft.text} ")
        assert draft.view().track_name == "C"
        assert not draft.view().can_commit


def test_a_selected_boat_far_too_fast_is_asked_about_once(clock: FixedClock) -> None:
    clock.set(at("0252"))
    a = boat_a(report_1(), report_2(), report_3())
    desk = regrouping_desk(a_plot(a), clock)
    draft = typed(desk, "")
    desk.select("boat-a")
    draft.edit(R4_LINE)
    question = draft.view().question
    assert question is not None
    assert question.code == QuestionCode.NOT_SAME_BOAT
    assert draft.choose(1)
    assert draft.view().can_commit
    assert draft.view().track_name == "A"


@pytest.mark.parametrize("is_typed", [False, True])
def test_another_boat_that_fits_is_named(two_boats: RegroupingDesk, is_typed: bool) -> None:
    draft = typed(two_boats, "")
    two_boats.select("boat-c")
    text = f"{AT_THE_END} aircraft"
    draft.edit(text + (" >C" if is_typed else ""))
    better = draft.view().fit.better
    assert better is not None
    assert (better.track.name, better.fit) == ("B", Fit.FITS)
    assert suggested(draft) is better
    typing = draft.joining_suggested()
    assert typing is not None
    draft.edit(draft.text[: typing.span.start] + typing.text + draft.text[typing.span.end :])
    assert draft.text == f"{text} >B"
    assert draft.view().can_commit
    assert draft.view().fit.better is None
