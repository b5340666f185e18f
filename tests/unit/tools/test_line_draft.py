"""What Enter makes of a line: callers, boat types, the watch log, merged and closed boats."""

from dataclasses import replace

import pytest

from channelplot.commands.reports import amend_report, withdraw_report
from channelplot.document.session import Session
from channelplot.model.caller import same_as_report
from channelplot.model.codes import BoatType, Craft, SourceKind, TrackStatus
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track
from channelplot.reading.values import FaultCode, QuestionCode
from channelplot.tools.line_draft import LineDraft
from channelplot.tools.line_reader import LineReader
from channelplot.tools.questions import QuestionCode as DoubtCode
from helpers.builders import R1, R2, a_plot, a_report, a_track, at
from helpers.clock import FixedClock
from helpers.opened import open_plot

HERE = "50 58.2N 001 40.5E"
PHONE = SourceKind.PHONE


class Desk:
    """Somebody who types lines, and the plot they go to."""

    def __init__(self, plot: Plot, clock: FixedClock) -> None:
        self.document = open_plot(plot, clock=clock).document
        self.session = Session(self.document, clock)
        self.draft = LineDraft(self.session, LineReader(self.session), lambda _: 0.0)

    @property
    def plot(self) -> Plot:
        return self.document.plot

    def enters(self, line: str, *answers: int) -> bool:
        """Type a line, answer its questions and press Enter."""
        self.draft.edit(line)
        for number in answers:
            assert self.draft.choose(number)
        return self.draft.commit()

    def offered(self, line: str) -> list[str]:
        """Return the names that Tab would take behind a line."""
        self.draft.edit(line)
        return [each.text for each in self.draft.completions(len(line))]

    def report(self) -> Report:
        """The report that Enter made last."""
        report = self.plot.report(self.draft.done_uid)
        assert report is not None
        return report

    def track_of(self, report: Report) -> Track:
        """The track that a report went to."""
        assert report.track_uid is not None
        return self.plot.tracks[report.track_uid]


@pytest.fixture
def call() -> Report:
    """A call from a telephone whose number nobody took down."""
    return a_report("0245", position=R2, source=PHONE)


@pytest.fixture
def boat(call: Report) -> Track:
    """Boat A with two calls, the first from a known number."""
    first = a_report("0210", position=R1, source=PHONE, caller="+33612345678")
    return a_track("A", (first, call), uid="A")


@pytest.fixture
def desk(boat: Track, clock: FixedClock) -> Desk:
    """A desk with boat A, BOAT-2 merged into it, boat C rescued, and a cutter."""
    merged = a_track("BOAT-2", status=TrackStatus.SAME_AS, same_as_uid=boat.uid)
    rescued = a_track("C", (a_report("0230"),), uid="C", status=TrackStatus.RESCUED_ALL)
    cutter = a_track("CUTTER-1", craft=Craft.RESCUE_VESSEL)
    return Desk(a_plot(boat, merged, rescued, cutter), clock)


# What boats look like


def test_a_report_and_the_boat_it_starts_are_of_the_type_that_is_said(desk: Desk) -> None:
    assert desk.enters(f"{HERE} rubber dinghy new")

    report = desk.report()
    assert report.boat_type is BoatType.INFLATABLE
    assert desk.track_of(report).boat_type is BoatType.INFLATABLE


def test_a_boat_that_is_there_keeps_its_type(desk: Desk) -> None:
    assert desk.enters(f"{HERE} RHIB >A")
    assert desk.report().boat_type is BoatType.RHIB
    assert desk.plot.tracks["A"].boat_type is None


def test_what_a_rescue_vessel_tows_is_not_its_type(desk: Desk) -> None:
    assert desk.enters(f"{HERE} inflatable in tow >CUTTER-1")
    assert desk.report().boat_type is None

    assert desk.enters(f"{HERE} inflatable in tow new CUTTER-2 rescue_vessel")
    assert desk.track_of(desk.report()).boat_type is None


def test_a_report_of_no_boat_keeps_the_type(desk: Desk) -> None:
    assert desk.enters(f"{HERE} inflatable >none")
    assert desk.report().boat_type is BoatType.INFLATABLE


# Who called


def test_a_number_is_kept_tidied_with_its_report(desk: Desk) -> None:
    assert desk.enters(f"tel 0033 6 98 76 54 32, {HERE} new")
    report = desk.report()
    assert (report.caller, report.source) == ("+33698765432", PHONE)


@pytest.mark.parametrize(
    "line", ["same phone as 0345A", "same caller as A 0245Z", "même téléphone que BOAT-2 0345A"]
)
def test_the_same_phone_is_that_reports(desk: Desk, call: Report, line: str) -> None:
    assert desk.enters(f"{line}, {HERE} new")
    assert desk.report().caller == same_as_report(call.uid)
    assert desk.report().observed_at_utc == at("0300")


def test_the_same_phone_as_one_whose_number_is_known_is_that_number(desk: Desk) -> None:
    assert desk.enters(f"same phone as 0210Z, {HERE} new")
    assert desk.report().caller == "+33612345678"


def before(desk: Desk, line: str) -> list[tuple[str, str]]:
    desk.draft.edit(line)
    calls = desk.draft.view().called_before
    return [(f"{call.at_utc:%H%M}", call.track_name) for call in calls]


def test_a_caller_who_has_called_before_is_known_by_number_or_by_report(desk: Desk) -> None:
    number = f"tel +33 6 12 34 56 78, {HERE}"
    assert before(desk, number) == [("0210", "A")]
    assert before(desk, f"same phone as 0245Z, {HERE}") == [("0245", "A")]
    assert before(desk, f"tel 06 12 34 56 78, {HERE}") == [("0210", "A")], "without its country"
    assert before(desk, HERE) == []

    assert desk.enters(f"0255Z {number} new")
    assert before(desk, number) == [("0255", "D"), ("0210", "A")]


def test_a_number_that_is_learnt_later_joins_its_calls(desk: Desk, call: Report) -> None:
    assert desk.enters(f"0255Z same phone as 0245Z, {HERE} new")
    learnt = desk.plot.report(call.uid)
    assert learnt is not None
    desk.document.apply(amend_report(replace(learnt, caller="07700900123")))

    assert before(desk, f"tel 07700 900123, {HERE}") == [("0255", "D"), ("0245", "A")]


def test_a_call_that_is_withdrawn_meanwhile_is_the_same_as_no_more(
    desk: Desk, call: Report
) -> None:
    line = f"same phone as 0245Z, {HERE}"
    desk.draft.edit(line)
    assert desk.draft.view().can_commit

    desk.document.apply(withdraw_report(call.uid))

    fault = desk.draft.view().fault
    assert fault is not None
    assert fault.code is FaultCode.NO_SUCH_CALLER
    assert not desk.draft.commit()


def test_who_called_before_is_read_again_when_the_plot_is_another(desk: Desk) -> None:
    number = f"tel +33 6 12 34 56 78, {HERE}"
    assert before(desk, number) == [("0210", "A")]
    first = desk.plot.tracks["A"].reports[0]
    desk.document.apply(withdraw_report(first.uid))
    assert before(desk, number) == []


def is_asked_whether_again(desk: Desk) -> bool:
    """Type the same line; whether the question is about that."""
    desk.draft.edit(f"{HERE} new")
    question = desk.draft.view().question
    return question is not None and question.code == DoubtCode.SAME_AGAIN


def test_the_very_same_line_is_asked_about_in_the_plot_that_it_went_to(
    desk: Desk, clock: FixedClock
) -> None:
    assert desk.enters(f"{HERE} new")
    assert is_asked_whether_again(desk)

    copy = open_plot(desk.plot, clock=clock).document
    desk.session.show(copy)
    assert is_asked_whether_again(desk)

    desk.session.show(open_plot(Plot(), clock=clock).document)
    assert not is_asked_whether_again(desk)
    assert desk.draft.commit(), "in this plot it never was"


# The watch log


def test_a_line_of_the_watch_log_is_no_report(desk: Desk) -> None:
    reports = list(desk.plot.reports())
    chosen = desk.session.selection.uids

    assert desk.enters("journal relève à 0600, 50 62.0N")

    (line,) = desk.plot.log_lines.values()
    assert (line.text, line.at_utc, line.track_uid) == ("relève à 0600, 50 62.0N", at("0300"), None)
    assert line.operator == "watch"
    assert line.uid == desk.draft.done_uid
    assert list(desk.plot.reports()) == reports
    assert desk.session.selection.uids == chosen
    assert desk.draft.is_empty


@pytest.mark.parametrize(("name", "uid"), [("A", "A"), ("BOAT-2", "A"), ("C", "C")])
def test_a_line_of_the_watch_log_is_about_a_boat(desk: Desk, name: str, uid: str) -> None:
    assert desk.enters(f"log >{name} families told")
    (line,) = desk.plot.log_lines.values()
    assert (line.text, line.track_uid) == ("families told", uid)


def test_a_line_of_the_watch_log_can_be_undone_and_written_again(desk: Desk) -> None:
    assert desk.enters("log relief at 0600")
    desk.document.undo()
    assert not desk.plot.log_lines
    assert desk.enters("log relief at 0600")
    assert desk.enters("log relief at 0600"), "nobody is asked whether it was meant"


def test_a_boat_that_was_chosen_stays_so_while_the_log_is_written(desk: Desk) -> None:
    desk.session.selection.set(frozenset({"A"}))
    assert desk.enters("log relief at 0600")
    assert desk.enters(HERE)
    assert desk.report().track_uid == "A"


def test_log_alone_waits_for_its_words(desk: Desk) -> None:
    assert not desk.enters("log")
    fault = desk.draft.view().fault
    assert fault is not None
    assert fault.code is FaultCode.LOG_EMPTY


# Boats that were merged, boats that are closed


def test_the_name_of_a_merged_boat_means_the_other(desk: Desk) -> None:
    assert desk.enters(f"{HERE} >BOAT-2")
    assert desk.report().track_uid == "A"

    merged = next(track for track in desk.plot.tracks.values() if track.name == "BOAT-2")
    desk.session.selection.set(frozenset({merged.uid}))
    assert desk.enters(f"0301Z {HERE}", 1)
    assert desk.report().track_uid == "A"


def test_a_merged_boats_name_is_completed_to_the_others(desk: Desk) -> None:
    assert desk.offered(f"{HERE} >BO") == ["A"]
    assert desk.offered(f"{HERE} >C") == ["CUTTER-1"], "C is closed"


@pytest.mark.parametrize(("number", "is_on_c"), [(1, True), (2, False)])
@pytest.mark.parametrize("is_chosen", [True, False])
def test_a_report_on_a_closed_boat_goes_where_the_answer_says(
    desk: Desk, number: int, is_on_c: bool, is_chosen: bool
) -> None:
    line = f"{HERE} 12pob"
    if is_chosen:
        desk.session.selection.set(frozenset({"C"}))
    else:
        line = f"{line} >C"
    desk.draft.edit(line)
    question = desk.draft.view().question
    assert question is not None
    assert question.code == QuestionCode.CLOSED_TRACK
    assert not desk.draft.commit()

    assert desk.enters(line, number)

    assert (desk.report().track_uid == "C") is is_on_c
    assert desk.track_of(desk.report()).name == ("C" if is_on_c else "D")
