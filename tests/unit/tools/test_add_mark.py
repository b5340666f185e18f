"""Adding and amending a mark: clicked, typed, or one there is already."""

from dataclasses import replace

import pytest

from channelplot.chart.overlay import DragLine, Ghost, GhostKind, Overlay
from channelplot.chart.pick import REGISTER_MARKS_BELOW_M_PER_PX
from channelplot.chart.pointer import Button, CursorShape
from channelplot.commands.marks import amend_mark, withdraw_mark
from channelplot.errors import CommandRefused
from channelplot.geodesy.measure import distance_m
from channelplot.model.beach import Mark
from channelplot.reading.values import FaultCode
from channelplot.reading.values import QuestionCode as ReaderQuestion
from channelplot.tools.questions import QuestionCode
from channelplot.tools.tool import ToolId
from helpers.builders import a_mark, ddm
from helpers.desk import Desk

SEA = ddm(51, 8.0, 1, 25.0)
VARNE = a_mark(
    "VLV", ddm(51, 1.3, 1, 23.9), uid="v", name="Varne LV", kind="light_float", error_m=500.0,
    source="lists",
)  # fmt: skip
CALAIS = a_mark("CAL", ddm(50, 57.7, 1, 51.2), uid="c", name="Calais", kind="light")
REGISTER = (VARNE, CALAIS, a_mark("CGN", ddm(50, 52.1, 1, 35.0), uid="g"))


@pytest.fixture(autouse=True)
def _register(desk: Desk) -> None:
    desk.mark.use_register(REGISTER)


def own(desk: Desk) -> Mark:
    """The mark that the plot has from the start: CGN."""
    return next(iter(desk.session.document.plot.marks.values()))


def saved(desk: Desk) -> tuple[str, Mark | None, Mark | None]:
    """The label of the last act, and its mark before and after, as they were saved."""
    change, act = desk.store.saved[-1]
    (pair,) = change.marks
    assert act.entity == "mark"
    assert act.entity_uid == pair.uid
    return act.label, pair.before, pair.after


def test_a_click_on_the_chart_gives_the_position(desk: Desk) -> None:
    desk.toolbox.take_up(ToolId.MARK)
    assert desk.toolbox.cursor is CursorShape.CROSS
    pointed: list[None] = []
    desk.mark.pointed.connect(pointed.append)
    desk.mouse.click(SEA)
    assert pointed == [None]
    assert desk.mark.position == "51°08.000'N 001°25.000'E"
    desk.mark.edit(code=" wrk-1 ", kind="buoy")
    reading = desk.mark.reading()
    assert reading.position is not None
    ghost = Ghost(reading.position, GhostKind.MARK, "WRK-1", "buoy")
    assert desk.toolbox.overlay == Overlay((ghost,))
    assert desk.store.saved == []
    assert desk.mark.commit() is True
    label, before, after = saved(desk)
    assert (label, before) == ("add_mark", None)
    assert after is not None
    assert (after.code, after.name, after.kind) == ("WRK-1", "WRK-1", "buoy")
    assert (after.source, after.error_m) == ("watch", None)
    assert distance_m(after.position, SEA) < 2.0
    assert desk.session.selection.uids == {after.uid}
    assert desk.mark.is_empty
    assert desk.toolbox.overlay == Overlay()


def test_two_new_marks_are_two(desk: Desk) -> None:
    for code in ("W1", "W2"):
        desk.mark.edit(code=code, name=f"Wreck {code}", position="51 05.0N 001 30.0E")
        assert desk.mark.commit()
    added = list(desk.session.document.plot.marks.values())[1:]
    assert [(mark.code, mark.name, mark.kind) for mark in added] == [
        ("W1", "Wreck W1", "other"),
        ("W2", "Wreck W2", "other"),
    ]


def test_the_box_offers_the_plots_marks_and_the_registers_that_none_stands_for(desk: Desk) -> None:
    assert desk.mark.own_choices() == (own(desk),)
    assert desk.mark.register_choices() == (CALAIS, VARNE), "the plot has a CGN of its own"
    desk.mark.pick(VARNE)
    desk.mark.edit(code="VRN")
    assert desk.mark.commit()
    assert desk.mark.register_choices() == (CALAIS,), "the plot's VRN is the register's VLV"
    assert [mark.code for mark in desk.mark.own_choices()] == ["CGN", "VRN"]


def test_a_mark_of_the_register_that_is_moved_becomes_the_plots_own(desk: Desk) -> None:
    desk.mark.pick(VARNE)
    was_untouched = desk.mark.is_untouched
    desk.mark.edit(position="51 01.20N 001 24.00E")
    assert (was_untouched, desk.mark.is_untouched) == (True, False)
    reading = desk.mark.reading()
    assert reading.before == VARNE
    assert not reading.is_amended
    assert reading.moved_m == pytest.approx(219.3, abs=1.0)
    assert reading.moved_deg == pytest.approx(147.8, abs=0.5)
    assert reading.questions == ()
    assert desk.mark.commit()
    label, before, after = saved(desk)
    assert (label, before) == ("add_mark", None)
    assert after == replace(VARNE, position=ddm(51, 1.2, 1, 24.0), error_m=None, source="watch"), (
        "the same code and uid; how good the old position was says nothing of the new one"
    )


def test_one_that_is_only_renamed_keeps_its_position_and_how_good_that_is(desk: Desk) -> None:
    desk.mark.pick(VARNE)
    desk.mark.edit(name="Varne light vessel")
    assert desk.mark.commit()
    assert saved(desk)[2] == replace(VARNE, name="Varne light vessel")


def test_one_that_is_written_with_fewer_figures_has_not_moved(desk: Desk) -> None:
    desk.mark.pick(VARNE)
    desk.mark.edit(position="51 01.3N 001 23.9E", name="Varne")
    assert desk.mark.reading().moved_m is None
    assert desk.mark.commit()
    assert saved(desk)[2] == replace(VARNE, name="Varne")


def test_typing_the_code_of_a_register_mark_stands_in_its_place(desk: Desk) -> None:
    desk.mark.edit(code="vlv", position="51 01.20N 001 24.00E")
    reading = desk.mark.reading()
    assert (reading.before, reading.kind) == (VARNE, "light_float")
    assert desk.mark.commit()
    after = saved(desk)[2]
    assert after is not None
    assert (after.uid, after.code) == ("v", "VLV")
    assert (after.name, after.kind) == ("Varne LV", "light_float"), "nobody said otherwise"


def test_a_mark_of_the_plot_is_amended_with_its_code_too(desk: Desk) -> None:
    before = own(desk)
    desk.mark.pick(before)
    reading = desk.mark.reading()
    assert reading.is_amended
    assert reading.is_unchanged
    assert desk.mark.commit() is False, "there is nothing to do"
    desk.mark.edit(code="gn", name="", kind="light")
    assert desk.mark.commit()
    label, old, new = saved(desk)
    assert (label, old) == ("amend_mark", before)
    assert new == replace(before, code="GN", name="GN", kind="light")
    assert [mark.code for mark in desk.mark.register_choices()] == ["CAL", "CGN", "VLV"]


@pytest.mark.parametrize(
    ("code", "position", "faults"),
    [
        ("", "51 05.0N 001 30.0E", ("code_empty", None)),
        ("  ", "51 05.0N 001 30.0E", ("code_empty", None)),
        ("1A", "51 05.0N 001 30.0E", ("code_form", None)),
        ("NINELONGS", "51 05.0N 001 30.0E", ("code_form", None)),
        ("cgn", "51 05.0N 001 30.0E", ("code_taken", None)),
        ("b", "51 05.0N 001 30.0E", ("code_of_track", None)),
        ("WRK", "", ("", FaultCode.EMPTY)),
        ("WRK", "nan", ("", FaultCode.NOT_A_NUMBER)),
        ("", "51 05.0 001 30.0", ("code_empty", ReaderQuestion.HEMISPHERE)),
    ],
)
def test_what_cannot_be_a_mark_is_not_added(
    desk: Desk, code: str, position: str, faults: tuple[str, FaultCode | ReaderQuestion | None]
) -> None:
    desk.mark.edit(code=code, position=position)
    reading = desk.mark.reading()
    assert (reading.code_fault, reading.problem and reading.problem.code) == faults
    assert reading.mark is None
    assert desk.mark.commit(frozenset(QuestionCode)) is False
    assert desk.store.saved == []
    assert (desk.mark.code, desk.mark.position) == (code, position)


def test_an_amended_mark_does_not_take_the_code_of_another(desk: Desk) -> None:
    desk.mark.pick(VARNE)
    for code in ("CGN", "cal"):
        desk.mark.edit(code=code)
        assert desk.mark.reading().code_fault == "code_taken", code


def test_outside_the_area_and_far_from_where_it_was_are_asked_and_on_land_is_not(
    desk: Desk,
) -> None:
    desk.mark.edit(code="INLAND", position="50 50.0N 001 50.0E")
    assert desk.mark.reading().questions == ()
    desk.mark.edit(code="FAR", position="53 00.0N 005 00.0E")
    (question,) = desk.mark.reading().questions
    assert question.code is QuestionCode.OUTSIDE_AREA
    desk.mark.clear()
    desk.mark.pick(VARNE)
    desk.mark.edit(position="51 02.3N 001 23.9E")
    (question,) = desk.mark.reading().questions
    assert question.code is QuestionCode.MOVED_FAR
    assert question.value == pytest.approx(1854.0, abs=3.0), "a slip of one minute"
    assert desk.mark.commit() is False
    assert desk.store.saved == []
    assert desk.mark.commit(frozenset({QuestionCode.MOVED_FAR}))
    assert desk.store.labels == ["add_mark"]


def test_a_refusal_keeps_what_was_typed(desk: Desk) -> None:
    desk.store.is_read_only = True
    desk.mark.edit(code="WRK", position="51 05.0N 001 30.0E")
    with pytest.raises(CommandRefused):
        desk.mark.commit()
    assert desk.mark.code == "WRK"


class TestClicks:
    def test_a_click_on_a_mark_amends_it_with_nothing_begun(self, desk: Desk) -> None:
        desk.toolbox.take_up(ToolId.MARK)
        assert desk.chart.viewport.m_per_px <= REGISTER_MARKS_BELOW_M_PER_PX
        pointed: list[None] = []
        desk.mark.pointed.connect(pointed.append)
        desk.mouse.click(VARNE.position, off_px=(5.0, 5.0))
        assert desk.mark.picked == VARNE
        desk.mouse.click(own(desk).position)
        assert desk.mark.picked == own(desk), "the plot's, not the register's beside it"
        assert len(pointed) == 2

    def test_the_next_click_moves_it_however_near(self, desk: Desk) -> None:
        desk.toolbox.take_up(ToolId.MARK)
        desk.mouse.click(VARNE.position)
        desk.mouse.click(VARNE.position, off_px=(4.0, 0.0))
        assert desk.mark.picked == VARNE
        reading = desk.mark.reading()
        assert reading.position is not None
        assert reading.position != VARNE.position
        line = DragLine(VARNE.position, reading.position)
        ghost = Ghost(reading.position, GhostKind.MARK, "VLV", "light_float")
        assert desk.toolbox.overlay == Overlay((line, ghost))
        desk.mouse.click(CALAIS.position)
        assert desk.mark.picked == VARNE, "it has been begun"

    def test_a_click_on_a_mark_is_a_position_for_one_that_was_begun(self, desk: Desk) -> None:
        desk.toolbox.take_up(ToolId.MARK)
        desk.mark.edit(code="WRK")
        desk.mouse.click(VARNE.position)
        assert desk.mark.picked is None
        assert desk.mark.code == "WRK"
        reading = desk.mark.reading()
        assert reading.position is not None
        assert distance_m(reading.position, VARNE.position) < 2.0

    def test_what_does_not_show_is_not_clicked(self, desk: Desk) -> None:
        desk.toolbox.take_up(ToolId.MARK)
        view = desk.chart.viewport
        factor = view.m_per_px / (REGISTER_MARKS_BELOW_M_PER_PX + 1.0)
        desk.chart.set_viewport(view.zoomed(factor, view.width_px / 2, view.height_px / 2))
        desk.mouse.click(VARNE.position)
        assert desk.mark.picked is None
        desk.mark.clear()
        desk.mouse.click(own(desk).position)
        assert desk.mark.picked == own(desk), "the plot's own show at every scale"

    def test_drags_other_buttons_and_lost_presses_are_no_clicks(self, desk: Desk) -> None:
        desk.toolbox.take_up(ToolId.MARK)
        desk.mouse.drag((100.0, 100.0), (300.0, 100.0))
        desk.mouse.click(SEA, Button.RIGHT)
        desk.mouse.release(*desk.mouse.pixel(SEA))
        desk.mouse.press(1e7, 0.0)
        desk.mouse.release(1e7, 0.0)
        desk.mouse.press(*desk.mouse.pixel(SEA))
        desk.toolbox.cancel()
        desk.mouse.release(*desk.mouse.pixel(SEA))
        assert desk.mark.is_empty

    def test_another_tool_keeps_what_was_begun_and_shows_nothing_of_it(self, desk: Desk) -> None:
        desk.toolbox.take_up(ToolId.MARK)
        desk.mouse.click(SEA)
        ghost = desk.toolbox.overlay
        desk.toolbox.take_up(ToolId.SELECT)
        assert desk.toolbox.overlay == Overlay()
        desk.toolbox.take_up(ToolId.MARK)
        assert desk.toolbox.overlay == ghost != Overlay()
        assert desk.store.saved == []


class TestTheMarkIsChangedMeanwhile:
    def test_what_was_picked_and_taken_back_is_added_again(self, desk: Desk) -> None:
        desk.mark.edit(code="WRK", position="51 05.0N 001 30.0E")
        desk.mark.commit()
        mark = desk.session.document.plot.marks[next(iter(desk.session.selection.uids))]
        desk.mark.pick(mark)
        desk.session.document.undo()
        reading = desk.mark.reading()
        assert reading.before is None
        assert not reading.is_amended
        assert desk.mark.commit()
        assert desk.session.document.plot.marks[mark.uid] == mark

    def test_a_copy_of_the_registers_that_is_withdrawn_is_the_registers_again(
        self, desk: Desk
    ) -> None:
        desk.mark.pick(VARNE)
        desk.mark.edit(name="Varne")
        desk.mark.commit()
        desk.mark.pick(desk.session.document.plot.marks["v"])
        desk.session.document.apply(withdraw_mark("v"))
        assert desk.mark.reading().before == VARNE
        assert VARNE in desk.mark.register_choices()

    def test_what_was_amended_is_compared_with_what_it_is_now(self, desk: Desk) -> None:
        mark = own(desk)
        desk.mark.pick(mark)
        desk.session.document.apply(amend_mark(replace(mark, position=SEA)))
        reading = desk.mark.reading()
        assert reading.before is not None
        assert reading.before.position == SEA
        assert [question.code for question in reading.questions] == [QuestionCode.MOVED_FAR]
