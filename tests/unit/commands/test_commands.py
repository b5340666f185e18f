"""Every command: apply and undo, apply twice, and refused without a trace.

One list of commands and one of refusals feed all tests; a new command gets a line in each.
"""

import ast
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from channelplot.commands import beaches, marks, reports, tracks
from channelplot.commands.beaches import add_beach, amend_beach, move_beach, withdraw_beach
from channelplot.commands.command import Command, Entity
from channelplot.commands.marks import add_mark, amend_mark, withdraw_mark
from channelplot.commands.reports import (
    add_report,
    amend_report,
    attribute_report,
    move_report,
    withdraw_report,
)
from channelplot.commands.tracks import amend_track, set_status, start_track, withdraw_track
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.model.codes import CountBasis, PositionForm, ReportKind, TrackStatus
from channelplot.model.people import PeopleCount
from channelplot.model.rules import problems_of
from helpers.builders import (
    R2,
    R5,
    a_beach,
    a_mark,
    a_report,
    a_track,
    at,
    night_plot,
)
from helpers.clock import FixedClock
from helpers.opened import Opened, open_plot

PLOT = night_plot()
A, B = PLOT.tracks.values()
ASHORE = PLOT.unattributed[0]
SANGATTE, WISSANT = PLOT.beaches.values()
(CGN,) = PLOT.marks.values()
CLOSED = replace(A, status=TrackStatus.LANDED)
NEW_TRACK = a_track("C")


@dataclass(frozen=True)
class Case:
    """A command that PLOT allows, and what comes of it the second time.

    again: why it is then refused; None if it then changes nothing.
    """

    command: Command
    again: RefusalReason | None

    def __str__(self) -> str:
        return f"{self.command.label}-{self.command.name or self.command.entity_uid[:4]}"


CASES = [
    Case(add_report(a_report("0300", track_uid=A.uid, position=R5)), RefusalReason.ALREADY_THERE),
    Case(add_report(a_report("0130", track_uid=A.uid)), RefusalReason.ALREADY_THERE),
    Case(add_report(a_report("0300")), RefusalReason.ALREADY_THERE),
    Case(
        add_report(a_report("0300", track_uid=NEW_TRACK.uid), NEW_TRACK),
        RefusalReason.ALREADY_THERE,
    ),
    Case(move_report(A.reports[1].uid, R5, PositionForm.POINTED, 1.1), None),
    Case(move_report(ASHORE.uid, R5, PositionForm.DDM, None), None),
    Case(amend_report(replace(A.reports[0], as_received="50 58.0N 001 41.0E")), None),
    Case(
        amend_report(replace(A.reports[0], observed_at_utc=at("0250"), logged_at_utc=at("0251"))),
        None,
    ),
    Case(amend_report(replace(A.reports[0], people=PeopleCount(CountBasis.COUNTED, 47))), None),
    Case(amend_report(replace(A.reports[2], track_uid=B.uid)), None),
    Case(amend_report(replace(A.reports[2], track_uid=None)), None),
    Case(attribute_report(A.reports[2].uid, B.uid), None),
    Case(attribute_report(A.reports[2].uid, None), None),
    Case(attribute_report(ASHORE.uid, A.uid), None),
    Case(withdraw_report(A.reports[1].uid), RefusalReason.NO_SUCH_REPORT),
    Case(withdraw_report(ASHORE.uid), RefusalReason.NO_SUCH_REPORT),
    Case(start_track(NEW_TRACK), RefusalReason.ALREADY_THERE),
    Case(amend_track(A.uid, name="Q", note="grey", launch_beach_uid=SANGATTE.uid), None),
    Case(amend_track(A.uid, name=A.name, note="blue", launch_beach_uid=None), None),
    Case(
        set_status(A.uid, TrackStatus.ADRIFT, change_uid="c-1", at_utc=at("0340"), reason="engine"),
        None,
    ),
    Case(withdraw_track(A.uid), RefusalReason.NO_SUCH_TRACK),
    Case(withdraw_track(B.uid), RefusalReason.NO_SUCH_TRACK),
    Case(add_beach(a_beach("Oye")), RefusalReason.ALREADY_THERE),
    Case(amend_beach(replace(SANGATTE, name="Sangatte ouest", note="slipway")), None),
    Case(amend_beach(replace(SANGATTE, note="slipway")), None),
    Case(move_beach(SANGATTE.uid, R2), None),
    Case(withdraw_beach(WISSANT.uid), RefusalReason.NO_SUCH_BEACH),
    Case(add_mark(a_mark("WRK-1")), RefusalReason.ALREADY_THERE),
    Case(add_mark(a_mark(" wreck2 ", name=" ")), RefusalReason.ALREADY_THERE),
    Case(amend_mark(replace(CGN, position=R2, error_m=None, kind="light")), None),
    Case(amend_mark(replace(CGN, code="gn", name="")), None),
    Case(withdraw_mark(CGN.uid), RefusalReason.NO_SUCH_MARK),
]

REFUSED = [
    (add_report(A.reports[0]), RefusalReason.ALREADY_THERE),
    (add_report(replace(A.reports[0], track_uid=None)), RefusalReason.ALREADY_THERE),
    (add_report(a_report(track_uid="gone")), RefusalReason.NO_SUCH_TRACK),
    (add_report(a_report(track_uid="gone"), NEW_TRACK), RefusalReason.NO_SUCH_TRACK),
    (add_report(a_report(track_uid="c"), a_track("A", uid="c")), RefusalReason.NAME_TAKEN),
    (add_report(a_report(track_uid="c"), a_track(" ", uid="c")), RefusalReason.NAME_EMPTY),
    # A new track in the place of one with its uid would take that one's reports along.
    (add_report(a_report(track_uid=A.uid), a_track("C", uid=A.uid)), RefusalReason.ALREADY_THERE),
    (move_report("gone", R2, PositionForm.DDM, None), RefusalReason.NO_SUCH_REPORT),
    (amend_report(a_report()), RefusalReason.NO_SUCH_REPORT),
    (amend_report(replace(A.reports[0], track_uid="gone")), RefusalReason.NO_SUCH_TRACK),
    (attribute_report("gone", A.uid), RefusalReason.NO_SUCH_REPORT),
    (attribute_report(A.reports[0].uid, "gone"), RefusalReason.NO_SUCH_TRACK),
    (withdraw_report("gone"), RefusalReason.NO_SUCH_REPORT),
    (start_track(A), RefusalReason.ALREADY_THERE),
    (start_track(a_track("A")), RefusalReason.NAME_TAKEN),
    (start_track(a_track("")), RefusalReason.NAME_EMPTY),
    (amend_track("gone", name="Q", note="", launch_beach_uid=None), RefusalReason.NO_SUCH_TRACK),
    (amend_track(A.uid, name="B", note="", launch_beach_uid=None), RefusalReason.NAME_TAKEN),
    (amend_track(A.uid, name=" ", note="", launch_beach_uid=None), RefusalReason.NAME_EMPTY),
    (amend_track(A.uid, name="Q", note="", launch_beach_uid="gone"), RefusalReason.NO_SUCH_BEACH),
    (
        set_status("gone", TrackStatus.ADRIFT, change_uid="c-1", at_utc=at("0340")),
        RefusalReason.NO_SUCH_TRACK,
    ),
    (withdraw_track("gone"), RefusalReason.NO_SUCH_TRACK),
    (add_beach(SANGATTE), RefusalReason.ALREADY_THERE),
    (add_beach(a_beach("Sangatte")), RefusalReason.NAME_TAKEN),
    (add_beach(a_beach("")), RefusalReason.NAME_EMPTY),
    (amend_beach(a_beach("Oye")), RefusalReason.NO_SUCH_BEACH),
    (amend_beach(replace(SANGATTE, name="Wissant")), RefusalReason.NAME_TAKEN),
    (amend_beach(replace(SANGATTE, name="\t")), RefusalReason.NAME_EMPTY),
    (move_beach("gone", R2), RefusalReason.NO_SUCH_BEACH),
    (withdraw_beach("gone"), RefusalReason.NO_SUCH_BEACH),
    (add_mark(CGN), RefusalReason.ALREADY_THERE),
    (add_mark(a_mark("cgn ")), RefusalReason.CODE_TAKEN),
    (add_mark(a_mark(" ")), RefusalReason.CODE_EMPTY),
    (add_mark(a_mark("a")), RefusalReason.CODE_OF_TRACK),
    *(
        (add_mark(a_mark(code)), RefusalReason.CODE_FORM)
        for code in ("1A", "-A", "NINELONGS", "A B", "A_B", "ÎLE", "A\nB", "\u017f1")
    ),
    (amend_mark(a_mark("WRK")), RefusalReason.NO_SUCH_MARK),
    (amend_mark(replace(CGN, code="B")), RefusalReason.CODE_OF_TRACK),
    (amend_mark(replace(CGN, code="")), RefusalReason.CODE_EMPTY),
    (withdraw_mark("gone"), RefusalReason.NO_SUCH_MARK),
]


def commands_of(module: object) -> Iterator[str]:
    """The names of the functions of a module that return a command."""
    for name, function in inspect.getmembers(module, inspect.isfunction):
        is_own = function.__module__ == getattr(module, "__name__", "")
        if is_own and inspect.signature(function).return_annotation is Command:
            yield name


def test_the_plot_they_work_on_is_sound() -> None:
    assert problems_of(PLOT) == ()


def test_no_command_is_left_out() -> None:
    everything = {
        name for module in (reports, tracks, beaches, marks) for name in commands_of(module)
    }
    assert len(everything) == 16
    source = ast.parse(Path(__file__).read_text("utf-8"))
    for table in ("CASES", "REFUSED"):
        (value,) = (
            node.value
            for node in source.body
            if isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and node.targets[0].id == table
        )
        called = {
            node.func.id
            for node in ast.walk(value)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert everything - called == set(), table


@pytest.fixture
def opened(clock: FixedClock) -> Iterator[Opened]:
    """PLOT, open, with a store in memory."""
    it = open_plot(PLOT, clock=clock)
    yield it
    it.document.close()


@pytest.fixture(params=["memory", "file"])
def opened_either(
    request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock
) -> Iterator[Opened]:
    """PLOT, open, with a store in memory and with a file."""
    folder = tmp_path if request.param == "file" else None
    it = open_plot(PLOT, clock=clock, folder=folder)
    yield it
    it.document.close()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_apply_then_undo_gives_an_equal_plot_and_redo_the_other(
    opened_either: Opened, case: Case
) -> None:
    opened, document = opened_either, opened_either.document
    assert document.apply(case.command)
    after = document.plot
    assert after != PLOT
    assert opened.saved() == after
    assert problems_of(after) == ()
    assert document.undo()
    assert document.plot == PLOT
    assert opened.saved() == PLOT
    assert document.redo()
    assert document.plot == after
    assert opened.saved() == after


@pytest.mark.parametrize("case", CASES, ids=str)
def test_apply_twice_is_refused_or_changes_nothing(opened: Opened, case: Case) -> None:
    document = opened.document
    document.apply(case.command)
    once = document.plot
    if case.again is None:
        assert document.apply(case.command) is False
    else:
        with pytest.raises(CommandRefused) as refused:
            document.apply(case.command)
        assert refused.value.reason is case.again
    assert document.plot is once
    assert len(document.history.past) == 1
    assert opened.saved() == once


@pytest.mark.parametrize(
    ("command", "reason"), REFUSED, ids=[f"{c.label}-{r.value}-{c.name}" for c, r in REFUSED]
)
def test_a_refused_command_changes_nothing(
    opened: Opened, command: Command, reason: RefusalReason
) -> None:
    document = opened.document
    with pytest.raises(CommandRefused) as refused:
        document.apply(command)
    assert refused.value.reason is reason
    assert document.plot is PLOT
    assert document.history.past == ()
    assert document.save_state.pending == 0
    assert opened.saved() == PLOT


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_command_names_what_it_is_about(case: Case) -> None:
    command = case.command
    after = command.edit(PLOT)
    places: dict[Entity, Callable[[], set[str]]] = {
        Entity.REPORT: lambda: {r.uid for p in (PLOT, after) for r in p.reports()},
        Entity.TRACK: lambda: {*PLOT.tracks, *after.tracks},
        Entity.BEACH: lambda: {*PLOT.beaches, *after.beaches},
        Entity.MARK: lambda: {*PLOT.marks, *after.marks},
    }
    assert command.entity_uid in places[command.entity]()
    assert command.label == command.label.lower().replace(" ", "_"), "a code, not words"


def test_a_command_only_makes_another_plot() -> None:
    before = night_plot()
    names = [track.name for track in before.tracks.values()]
    uid = next(iter(before.tracks))
    after = amend_track(uid, name="Q", note="", launch_beach_uid=None).edit(before)
    assert [track.name for track in before.tracks.values()] == names
    assert after.tracks[uid].name == "Q"


def test_moving_a_report_leaves_what_was_said() -> None:
    old = replace(
        A.reports[0], as_received="50 58.0N 001 41.0E", source_name="AIRCRAFT", error_m=109.4
    )
    plot = PLOT.with_report(old)
    moved = move_report(old.uid, R5, PositionForm.POINTED, 1.1).edit(plot).report(old.uid)
    assert moved == replace(old, position=R5, position_form=PositionForm.POINTED, error_m=1.1), (
        "how good the old position was says nothing of the new one"
    )


def test_a_report_can_start_its_track_in_one_act() -> None:
    report = a_report("0300", track_uid=NEW_TRACK.uid)
    command = add_report(report, NEW_TRACK)
    assert (command.label, command.name) == ("start_track", "C")
    assert add_report(report).label == "add_report"
    assert command.edit(PLOT).tracks[NEW_TRACK.uid].reports == (report,)


def test_a_status_is_kept_with_its_time_and_reason() -> None:
    command = set_status(
        A.uid, TrackStatus.ADRIFT, change_uid="c-1", at_utc=at("0340"), reason="engine stopped"
    )
    track = command.edit(PLOT).tracks[A.uid]
    assert track.status is TrackStatus.ADRIFT
    (change,) = track.status_changes
    assert (change.uid, change.status, change.at_utc, change.reason) == (
        "c-1", TrackStatus.ADRIFT, at("0340"), "engine stopped"
    )  # fmt: skip
    back = set_status(A.uid, TrackStatus.UNDER_WAY, change_uid="c-2", at_utc=at("0350"))
    changes = back.edit(command.edit(PLOT)).tracks[A.uid].status_changes
    assert [one.uid for one in changes] == ["c-1", "c-2"]


def test_a_track_still_left_from_a_beach_that_is_withdrawn() -> None:
    plot = amend_track(A.uid, name="A", note="", launch_beach_uid=WISSANT.uid).edit(PLOT)
    plot = withdraw_beach(WISSANT.uid).edit(plot)
    assert plot.tracks[A.uid].launch_beach_uid == WISSANT.uid
    renamed = amend_track(A.uid, name="Q", note="", launch_beach_uid=WISSANT.uid).edit(plot)
    assert renamed.tracks[A.uid].launch_beach_uid == WISSANT.uid
    with pytest.raises(CommandRefused):  # but no other track may say so now
        amend_track(B.uid, name="B", note="", launch_beach_uid=WISSANT.uid).edit(plot)


def test_a_mark_is_kept_with_its_code_in_capitals_and_a_name() -> None:
    command = add_mark(a_mark(" wrk-1 ", name="  "))
    assert command.name == "WRK-1"
    mark = command.edit(PLOT).marks[command.entity_uid]
    assert (mark.code, mark.name) == ("WRK-1", "WRK-1")
    named = add_mark(a_mark("x", name=" Wreck ")).edit(PLOT)
    assert [m.name for m in named.marks.values()] == ["Cap Gris-Nez", "Wreck"]


def test_two_marks_do_not_share_a_code_whatever_its_case_is() -> None:
    other = a_mark("WRK")
    plot = add_mark(other).edit(PLOT)
    with pytest.raises(CommandRefused) as refused:
        amend_mark(replace(other, code="cgn")).edit(plot)
    assert (refused.value.reason, refused.value.value) == (RefusalReason.CODE_TAKEN, "CGN")


def test_a_mark_keeps_its_code_when_a_track_takes_the_name_later() -> None:
    plot = start_track(a_track("cgn")).edit(PLOT)
    moved = amend_mark(replace(CGN, position=R2)).edit(plot)
    assert moved.marks[CGN.uid].position == R2
    assert problems_of(moved) == ()


def test_the_next_watch_takes_over_open_boats_beaches_and_marks() -> None:
    landed = a_track("L", (a_report("0100", kind=ReportKind.LANDING),), status=TrackStatus.LANDED)
    plot = PLOT.with_track(landed)
    carried = tracks.carried_over(plot)
    assert carried.tracks == {A.uid: A, B.uid: B}
    assert carried.unattributed == ()
    assert carried.beaches == plot.beaches
    assert carried.marks == plot.marks
    assert not carried.is_example
    assert problems_of(carried) == ()
    assert landed.uid in plot.tracks, "the old plot is not changed"
    assert tracks.carried_over(replace(plot, is_example=True)).is_example
