"""Adding a beach: clicked, typed, or picked from the register."""

import pytest

from channelplot.chart.overlay import Ghost, GhostKind, Overlay
from channelplot.chart.pointer import Button, CursorShape
from channelplot.errors import CommandRefused
from channelplot.geodesy.measure import destination, distance_m
from channelplot.geodesy.units import m_from_nm
from channelplot.model.beach import Beach
from channelplot.reading.values import FaultCode
from channelplot.reading.values import QuestionCode as ReaderQuestion
from channelplot.tools.questions import QuestionCode
from channelplot.tools.tool import ToolId
from helpers.builders import a_beach, ddm
from helpers.desk import Desk

BLERIOT = ddm(50, 57.5, 1, 49.5)
CGN = ddm(50, 52.17, 1, 34.98)
SHORE = ddm(50, 52.5, 1, 35.0)


def added(desk: Desk) -> Beach:
    """The beach that was added last, as it was saved."""
    ((change, _),) = desk.store.saved[-1:]
    (pair,) = change.beaches
    assert pair.before is None
    assert pair.after is not None
    return pair.after


def test_a_click_on_the_shore_gives_the_position(desk: Desk) -> None:
    desk.toolbox.take_up(ToolId.BEACH)
    assert desk.toolbox.cursor is CursorShape.CROSS
    pointed: list[None] = []
    desk.beach.pointed.connect(pointed.append)
    desk.mouse.click(SHORE)
    assert pointed == [None]
    assert desk.beach.position == "50°52.500'N 001°35.000'E"
    desk.beach.edit(name=" Cran ")
    reading = desk.beach.reading()
    assert reading.position is not None
    assert desk.toolbox.overlay == Overlay((Ghost(reading.position, GhostKind.BEACH, " Cran "),))
    assert desk.store.saved == []
    assert desk.beach.commit() is True
    beach = added(desk)
    assert (beach.name, beach.source, beach.error_m) == ("Cran", "watch", None)
    assert distance_m(beach.position, SHORE) < 2.0
    assert desk.session.selection.uids == {beach.uid}
    assert desk.beach.is_empty
    assert desk.toolbox.overlay == Overlay()


def test_a_click_near_a_beach_of_the_register_picks_it(desk: Desk) -> None:
    desk.toolbox.take_up(ToolId.BEACH)
    desk.mouse.click(BLERIOT, off_px=(5.0, -5.0))
    assert desk.beach.name == "Blériot"
    assert desk.beach.commit()
    assert added(desk) == desk.beach.register[2]
    assert "Blériot" not in [beach.name for beach in desk.beach.choices()]


def test_a_click_beside_it_does_not(desk: Desk) -> None:
    desk.toolbox.take_up(ToolId.BEACH)
    desk.mouse.click(BLERIOT, off_px=(8.5, 0.0))
    assert desk.beach.name == ""
    assert desk.beach.picked is None


def test_of_two_near_beaches_the_nearest_is_picked(desk: Desk) -> None:
    x_px, y_px = desk.mouse.pixel(BLERIOT)
    beside = desk.chart.viewport.position_at(x_px + 6.0, y_px)
    assert beside is not None
    desk.beach.use_register((a_beach("Beside", beside), a_beach("Blériot", BLERIOT)))
    desk.toolbox.take_up(ToolId.BEACH)
    desk.mouse.click(BLERIOT, off_px=(1.0, 0.0))
    assert desk.beach.name == "Blériot"


def test_the_register_offers_what_the_plot_does_not_have(desk: Desk) -> None:
    # The plot has a Wissant of its own.
    assert [beach.uid for beach in desk.beach.choices()] == ["oye", "b"]
    told: list[None] = []
    desk.beach.changed.connect(told.append)
    desk.beach.use_register((a_beach("Malo"),))
    assert [beach.name for beach in desk.beach.choices()] == ["Malo"]
    assert told == [None]


def test_a_beach_of_the_register_keeps_its_particulars(desk: Desk) -> None:
    oye = desk.beach.register[0]
    desk.beach.pick(oye)
    assert desk.beach.commit()
    assert added(desk) is oye


def test_one_that_is_moved_is_the_operators_own_with_the_registers_particulars(
    desk: Desk,
) -> None:
    oye = desk.beach.register[0]
    desk.beach.pick(oye)
    desk.beach.point(SHORE)
    assert desk.beach.commit()
    beach = added(desk)
    assert beach.uid != oye.uid
    assert (beach.name, beach.commune, beach.note) == (oye.name, oye.commune, oye.note)
    assert (beach.source, beach.error_m) == ("watch", None)
    assert distance_m(beach.position, SHORE) < 2.0


def test_one_that_is_renamed_is_the_operators_own(desk: Desk) -> None:
    desk.beach.pick(desk.beach.register[0])
    desk.beach.edit(name="Oye est")
    assert desk.beach.commit()
    beach = added(desk)
    assert beach.uid != "oye"
    assert (beach.name, beach.commune) == ("Oye est", "")


@pytest.mark.parametrize(
    ("name", "position", "faults"),
    [
        ("", "50 52.5N 001 35.0E", (None, "name_empty")),
        ("  ", "50 52.5N 001 35.0E", (None, "name_empty")),
        ("Wissant", "50 52.5N 001 35.0E", (None, "name_taken")),
        (" Wissant ", "50 52.5N 001 35.0E", (None, "name_taken")),
        ("Cran", "", (FaultCode.EMPTY, "")),
        ("Cran", "nan", (FaultCode.NOT_A_NUMBER, "")),
        ("", "50 52.5 001 35.0", (ReaderQuestion.HEMISPHERE, "name_empty")),
    ],
)
def test_what_cannot_be_a_beach_is_not_added(
    desk: Desk, name: str, position: str, faults: tuple[FaultCode | ReaderQuestion | None, str]
) -> None:
    desk.beach.edit(name=name, position=position)
    reading = desk.beach.reading()
    assert (reading.problem and reading.problem.code, reading.name_fault) == faults
    assert desk.beach.commit(frozenset(QuestionCode)) is False
    assert desk.store.saved == []
    assert (desk.beach.name, desk.beach.position) == (name, position)


@pytest.mark.parametrize(
    "typed", ["50.95833N 1.825E", "50 57 30N 001 49 30E", "5057.5N 00149.5E", "031 CGN 10"]
)
def test_a_beach_is_put_where_any_form_says(desk: Desk, typed: str) -> None:
    desk.beach.edit(name="Here", position=typed)
    assert desk.beach.commit()
    there = destination(CGN, 31.0, m_from_nm(10.0)) if "CGN" in typed else BLERIOT
    assert distance_m(added(desk).position, there) < 1.0


def test_a_beach_outside_the_area_is_asked_about_and_on_land_it_is_not(desk: Desk) -> None:
    desk.beach.edit(name="Inland", position="50 50.0N 001 50.0E")
    assert desk.beach.reading().questions == ()
    desk.beach.edit(name="Far", position="53 00.0N 005 00.0E")
    (question,) = desk.beach.reading().questions
    assert question.code is QuestionCode.OUTSIDE_AREA
    assert desk.beach.commit() is False
    assert desk.store.saved == []
    assert desk.beach.commit(frozenset({QuestionCode.OUTSIDE_AREA})) is True
    assert added(desk).name == "Far"


def test_a_refusal_keeps_what_was_typed(desk: Desk) -> None:
    desk.store.is_read_only = True
    desk.beach.edit(name="Cran", position="50 52.5N 001 35.0E")
    with pytest.raises(CommandRefused):
        desk.beach.commit()
    assert desk.beach.name == "Cran"


def test_drags_other_buttons_and_lost_presses_are_no_clicks(desk: Desk) -> None:
    desk.toolbox.take_up(ToolId.BEACH)
    desk.mouse.drag((100.0, 100.0), (300.0, 100.0))
    desk.mouse.click(SHORE, Button.RIGHT)
    desk.mouse.release(*desk.mouse.pixel(SHORE))
    desk.mouse.press(1e7, 0.0)
    desk.mouse.release(1e7, 0.0)
    desk.mouse.press(*desk.mouse.pixel(SHORE))
    desk.toolbox.cancel()
    desk.mouse.release(*desk.mouse.pixel(SHORE))
    assert desk.beach.is_empty


def test_another_tool_keeps_what_was_begun_and_shows_nothing_of_it(desk: Desk) -> None:
    desk.toolbox.take_up(ToolId.BEACH)
    desk.mouse.click(BLERIOT)
    ghost = desk.toolbox.overlay
    desk.toolbox.take_up(ToolId.SELECT)
    assert desk.toolbox.overlay == Overlay()
    desk.toolbox.take_up(ToolId.BEACH)
    assert desk.toolbox.overlay == ghost != Overlay()
    assert desk.store.saved == []


def test_a_beach_far_from_the_shore_is_asked_about(desk: Desk) -> None:
    desk.beach.shore_distance_m = lambda _: 2_500.0
    desk.beach.edit(name="Here", position="50 52.5N 001 25.0E")
    (question,) = desk.beach.reading().questions
    assert question.code is QuestionCode.OFF_SHORE
    assert desk.beach.commit() is False
    assert desk.beach.commit(frozenset({QuestionCode.OFF_SHORE}))
