"""Moving a report or a beach: only in this mode, with old and new shown, on Enter."""

import pytest

from channelplot.chart.overlay import DragLine, Ghost, GhostKind, Overlay
from channelplot.chart.pointer import Button, CursorShape
from channelplot.commands.reports import add_report, withdraw_report
from channelplot.errors import CommandRefused
from channelplot.geodesy.measure import bearing_deg, destination, distance_m
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import m_from_nm
from channelplot.model.codes import PositionForm, ReportKind
from channelplot.model.report import Report
from channelplot.reading.values import FaultCode
from channelplot.reading.values import QuestionCode as ReaderQuestion
from channelplot.tools.questions import QuestionCode
from channelplot.tools.report_draft import TrackChoice
from channelplot.tools.tool import ToolId
from helpers.builders import R1, R2, R3, R5, a_report, ddm
from helpers.desk import Desk

SEA = ddm(51, 8.0, 1, 25.0)


def report_of_a(desk: Desk, index: int) -> Report:
    return next(iter(desk.session.document.plot.tracks.values())).reports[index]


def ghost_position(desk: Desk) -> Position:
    (ghost,) = [shape for shape in desk.toolbox.overlay.shapes if isinstance(shape, Ghost)]
    return ghost.position


def carry(desk: Desk, start: Position, end: Position, button: Button = Button.LEFT) -> None:
    desk.mouse.drag(desk.mouse.pixel(start), desk.mouse.pixel(end), button)


def test_nothing_moves_in_any_other_mode(desk: Desk) -> None:
    before = desk.session.document.plot
    for tool in set(ToolId) - {ToolId.MOVE}:
        desk.toolbox.take_up(tool)
        carry(desk, R1, SEA)
    assert desk.session.document.plot is before
    assert desk.store.saved == []


def test_a_drag_shows_old_and_new_and_moves_nothing_before_enter(desk: Desk) -> None:
    desk.toolbox.take_up(ToolId.MOVE)
    assert desk.toolbox.cursor is CursorShape.MOVE
    pointed: list[None] = []
    desk.move.pointed.connect(pointed.append)
    report = report_of_a(desk, 1)
    carry(desk, R2, SEA)
    assert pointed
    assert desk.session.selection.uids == {report.uid}
    assert desk.store.saved == []
    reading = desk.move.reading()
    assert reading.position is not None
    assert distance_m(reading.position, SEA) < 2.0
    assert reading.course_deg == bearing_deg(R2, reading.position)
    assert reading.distance_m == distance_m(R2, reading.position)
    line, ghost = desk.toolbox.overlay.shapes
    assert isinstance(line, DragLine)
    assert (line.start, line.end) == (R2, reading.position)
    # Geodesic of the two positions as written: 315.5 degrees, 12.96 NM.
    assert line.label == "315.5°T 12.96 NM"
    assert ghost == Ghost(reading.position, GhostKind.REPORT)
    desk.move.edit_why(" misread grid ")
    assert desk.move.commit() is True
    assert desk.session.document.acts[-1].reason == "misread grid"
    assert desk.move.why == ""
    moved = desk.session.document.plot.report(report.uid)
    assert moved is not None
    assert moved.position == reading.position
    assert moved.position_form is PositionForm.POINTED
    assert moved.error_m == pytest.approx(1.09, abs=0.01), "to the figures it is written in"
    assert desk.store.labels == ["move_report"]
    assert desk.toolbox.overlay == Overlay()
    assert desk.move.is_empty
    desk.session.document.undo()
    assert desk.session.document.plot.report(report.uid) == report


def test_it_begins_with_what_is_selected_and_a_click_is_the_new_place(desk: Desk) -> None:
    desk.mouse.click(R3)
    desk.toolbox.take_up(ToolId.MOVE)
    assert desk.move.target == report_of_a(desk, 2)
    desk.mouse.click(SEA)
    assert distance_m(ghost_position(desk), SEA) < 2.0
    desk.mouse.click(R5)
    assert distance_m(ghost_position(desk), R5) < 2.0
    assert desk.move.commit()
    assert desk.session.document.plot.report(report_of_a(desk, 2).uid) == report_of_a(desk, 2)


def test_a_click_on_another_report_takes_that_one_instead(desk: Desk) -> None:
    desk.mouse.click(R3)
    desk.toolbox.take_up(ToolId.MOVE)
    desk.mouse.click(R1)
    assert desk.move.target == report_of_a(desk, 0)
    assert desk.move.is_empty
    desk.mouse.click(R1)
    assert desk.move.is_empty, "a click on itself is no move"
    assert desk.session.selection.uids == {report_of_a(desk, 0).uid}


def test_a_beach_moves_likewise(desk: Desk) -> None:
    beach = next(iter(desk.session.document.plot.beaches.values()))
    desk.mouse.click(beach.position)
    desk.toolbox.take_up(ToolId.MOVE)
    assert desk.move.target == beach
    desk.mouse.click(ddm(50, 50.0, 1, 50.0))
    assert desk.toolbox.overlay.shapes[1] == Ghost(ghost_position(desk), GhostKind.BEACH)
    assert desk.move.reading().questions == (), "a beach may lie on land"
    assert desk.move.commit()
    assert desk.store.labels == ["move_beach"]
    moved = desk.session.document.plot.beaches[beach.uid]
    assert distance_m(moved.position, ddm(50, 50.0, 1, 50.0)) < 2.0


@pytest.mark.parametrize(
    ("typed", "form", "error_m"),
    [
        ("51 1.9N 001 30.7E", PositionForm.DDM, 109.4),
        ("51 01 54N 001 30 42E", PositionForm.DMS, 18.2),
        ("51.03167N 1.51167E", PositionForm.DECIMAL_DEGREES, 0.7),
    ],
)
def test_a_typed_place_is_a_place_too(
    desk: Desk, typed: str, form: PositionForm, error_m: float
) -> None:
    report = report_of_a(desk, 2)
    desk.mouse.click(R3)
    desk.toolbox.take_up(ToolId.MOVE)
    desk.move.edit(typed)
    assert distance_m(ghost_position(desk), R5) < 0.5
    assert desk.move.commit()
    moved = desk.session.document.plot.report(report.uid)
    assert moved is not None
    assert moved.position_form is form
    assert moved.error_m == pytest.approx(error_m, abs=0.3)
    desk.session.document.undo()
    assert desk.session.document.plot.report(report.uid) == report


def test_from_a_track_is_from_where_it_was_at_the_time_of_the_report(desk: Desk) -> None:
    (of_b,) = list(desk.session.document.plot.tracks.values())[1].reports
    before_it = a_report("0235", position=SEA)
    desk.session.document.apply(add_report(before_it))
    for report, start in ((before_it, R2), (of_b, R3)):
        desk.move.choose(report.uid)
        desk.move.edit("A 310 1.5")
        reading = desk.move.reading()
        assert reading.position is not None
        assert distance_m(reading.position, destination(start, 310.0, m_from_nm(1.5))) < 1.0


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", FaultCode.EMPTY),
        ("nan", FaultCode.NOT_A_NUMBER),
        ("51 62.0N 001 30.7E", FaultCode.MINUTES_RANGE),
        ("51 01.9 001 30.7", ReaderQuestion.HEMISPHERE),
        ("01 30.7N 051 01.9E", ReaderQuestion.SWAPPED),
    ],
)
def test_what_is_no_place_moves_nothing(
    desk: Desk, text: str, fault: FaultCode | ReaderQuestion
) -> None:
    desk.mouse.click(R3)
    desk.toolbox.take_up(ToolId.MOVE)
    desk.move.edit(text)
    problem = desk.move.reading().problem
    assert problem is not None
    assert problem.code is fault
    assert desk.move.commit(frozenset(QuestionCode)) is False
    assert desk.toolbox.overlay == Overlay()
    assert desk.store.saved == []


def test_the_place_it_has_already_is_no_act(desk: Desk) -> None:
    desk.report.edit(position="51 06.0N 001 30.0E", track=TrackChoice.NO_TRACK)
    assert desk.report.commit()
    report = desk.session.document.plot.unattributed[-1]
    desk.toolbox.take_up(ToolId.MOVE)
    desk.move.choose(report.uid)
    desk.move.edit("51 06.0N 001 30.0E")
    reading = desk.move.reading()
    assert (reading.course_deg, reading.distance_m) == (None, None)
    assert desk.toolbox.overlay == Overlay((Ghost(Position(1.5, 51.1)),))
    saved = len(desk.store.saved)
    assert desk.move.commit() is True
    assert len(desk.store.saved) == saved


@pytest.mark.parametrize(
    ("place", "asked"),
    [
        ("50 50.0N 001 50.0E", QuestionCode.ON_LAND),
        ("47 00.0N 001 50.0E", QuestionCode.OUTSIDE_AREA),
    ],
)
def test_a_doubtful_place_is_asked_about(desk: Desk, place: str, asked: QuestionCode) -> None:
    desk.move.choose(report_of_a(desk, 0).uid)
    desk.move.edit(place)
    (question,) = desk.move.reading().questions
    assert question.code is asked
    assert desk.move.commit() is False
    assert desk.store.saved == []
    assert desk.move.commit(frozenset({asked})) is True
    assert desk.store.labels == ["move_report"]


def test_a_report_from_ashore_is_not_asked_about_land(desk: Desk) -> None:
    ashore = desk.session.document.plot.unattributed[0]
    assert ashore.kind is ReportKind.PREVENTED
    desk.move.choose(ashore.uid)
    desk.move.edit("50 50.0N 001 50.0E")
    assert desk.move.reading().questions == ()
    assert desk.move.commit()


def test_a_report_without_a_position_is_given_one(desk: Desk) -> None:
    report = a_report("0250", kind=ReportKind.EVENT, position=None, position_form=None)
    desk.session.document.apply(add_report(report))
    desk.session.selection.set(frozenset({report.uid}))
    desk.toolbox.take_up(ToolId.MOVE)
    desk.mouse.click(SEA)
    (ghost,) = desk.toolbox.overlay.shapes
    assert isinstance(ghost, Ghost)
    assert desk.move.reading().distance_m is None
    assert desk.move.commit()
    moved = desk.session.document.plot.report(report.uid)
    assert moved is not None
    assert moved.position == ghost.position


def test_with_nothing_to_move_nothing_is_shown(desk: Desk) -> None:
    desk.toolbox.take_up(ToolId.MOVE)
    assert desk.move.target is None
    desk.mouse.click(SEA)
    carry(desk, SEA, ddm(51, 5.0, 1, 25.0))
    assert desk.move.is_empty
    assert desk.toolbox.overlay == Overlay()
    desk.move.edit("51 1.9N 001 30.7E")
    reading = desk.move.reading()
    assert (reading.position, reading.problem) == (None, None), "there is nothing to move"
    assert desk.move.commit() is False
    desk.move.edit("51 62.0N 001 30.7E")
    assert desk.move.reading().problem is not None


def test_two_selected_beaches_are_not_one(desk: Desk) -> None:
    desk.session.selection.set(frozenset(desk.session.document.plot.beaches))
    desk.toolbox.take_up(ToolId.MOVE)
    assert desk.move.target is None


def test_what_was_withdrawn_meanwhile_is_not_moved(desk: Desk) -> None:
    desk.mouse.click(R3)
    desk.toolbox.take_up(ToolId.MOVE)
    desk.mouse.click(SEA)
    desk.session.document.apply(withdraw_report(report_of_a(desk, 2).uid))
    assert desk.move.commit() is False
    assert desk.store.labels == ["withdraw_report"]


def test_other_buttons_lost_presses_and_the_end_of_the_earth_move_nothing(desk: Desk) -> None:
    desk.mouse.click(R3)
    desk.toolbox.take_up(ToolId.MOVE)
    carry(desk, R3, SEA, Button.RIGHT)
    desk.mouse.click(R1, Button.RIGHT)
    assert desk.move.target == report_of_a(desk, 2)
    desk.mouse.release(*desk.mouse.pixel(SEA))
    desk.mouse.move(*desk.mouse.pixel(SEA), Button.NONE)
    desk.mouse.drag(desk.mouse.pixel(R3), (1e7, 0.0))
    desk.mouse.press(*desk.mouse.pixel(SEA))
    desk.toolbox.cancel()
    desk.mouse.release(*desk.mouse.pixel(SEA))
    assert desk.store.saved == []


def test_escape_keeps_the_move_that_is_prepared(desk: Desk) -> None:
    desk.mouse.click(R3)
    desk.toolbox.take_up(ToolId.MOVE)
    desk.mouse.click(SEA)
    overlay = desk.toolbox.overlay
    desk.toolbox.cancel()
    assert desk.toolbox.overlay == overlay
    assert not desk.move.is_empty


def test_another_tool_leaves_nothing_behind(desk: Desk) -> None:
    desk.mouse.click(R3)
    desk.toolbox.take_up(ToolId.MOVE)
    desk.mouse.click(SEA)
    desk.toolbox.take_up(ToolId.SELECT)
    assert desk.toolbox.overlay == Overlay()
    assert desk.move.target is None
    assert desk.move.is_empty
    desk.move.choose(report_of_a(desk, 0).uid)
    desk.move.point(SEA)
    assert desk.toolbox.overlay == Overlay()
    assert desk.store.saved == []


def test_a_refusal_keeps_the_move(desk: Desk) -> None:
    desk.mouse.click(R3)
    desk.toolbox.take_up(ToolId.MOVE)
    desk.mouse.click(SEA)
    desk.store.is_read_only = True
    with pytest.raises(CommandRefused):
        desk.move.commit()
    assert not desk.move.is_empty
