"""F3 and the selected craft: dead reckoning on the chart as it is worked at the desk."""

from datetime import timedelta
from pathlib import Path

import pytest

from channelplot.analysis.dead_reckoning import PositionKind, Stated, Supposition
from channelplot.chart.layers import Layer
from channelplot.chart.renderers.conditions_note import note_pieces
from channelplot.chart.unreckoned import UnreckonedNote
from channelplot.commands.conditions import add_conditions
from channelplot.geodesy.measure import make_ready
from channelplot.model.plot import Plot
from channelplot.settings import ERROR_GROWTH
from channelplot.ui.state import WindowState
from helpers.builders import at
from helpers.chartwork_builders import some_conditions
from helpers.operator import Operator, wait_until

Mark = tuple[str, str, str, bool]


@pytest.fixture
def desk(operator: Operator, night: Path) -> Operator:
    """Boats A under way and B, seen once, and a cutter with a course, at 0300Z."""
    make_ready()
    operator.opens(night)
    operator.sets_clock("0300")
    operator.enters_line("0210Z 50 58.0N 001 41.0E 45pob aircraft")
    operator.enters_line(">A 0228Z 50 58.79N 001 39.43E ship")
    operator.enters_line(">A 0245Z 50 59.5N 001 37.0E phone")
    operator.enters_line("new 0252Z 51 02.4N 001 50.3E 22pob ship")
    operator.enters_line("new CUTTER-1 rescue_vessel 0255Z 51 06.7N 001 20.6E 120/22")
    operator.window.desk.session.selection.set(frozenset())
    return operator


def marks(desk: Operator) -> list[Mark]:
    """Name, what it is, its time, whether it is the selected craft's; by name."""
    reckoned = desk.window.desk.canvas.scene().reckoned
    return sorted(
        (mark.name, mark.kind.value, f"{mark.at_utc:%H%M}", mark.is_selected) for mark in reckoned
    )


def plot_of(desk: Operator) -> Plot:
    return desk.window.desk.session.document.plot


def test_the_selected_craft_is_reckoned_without_being_asked(desk: Operator) -> None:
    assert marks(desk) == []
    desk.selects("Tracks", 0)
    assert marks(desk) == [("A", "dr", "0300", True)]
    (mark,) = desk.window.desk.canvas.scene().reckoned
    assert mark.change is not None
    assert (mark.change.to_state, f"{mark.change.at_utc:%H%M}") == ("GB", "0334")
    desk.window.desk.session.selection.set(frozenset())
    assert marks(desk) == []


def test_all_are_reckoned_on_request_and_the_selected_one_stays(desk: Operator) -> None:
    desk.presses("F3")
    wait_until(lambda: len(marks(desk)) == 2, "the others are reckoned")
    assert marks(desk) == [("A", "dr", "0300", False), ("CUTTER-1", "dr", "0300", False)]
    desk.selects("Tracks", 0)
    wait_until(
        lambda: marks(desk) == [("A", "dr", "0300", True), ("CUTTER-1", "dr", "0300", False)],
        "A is marked once, as the selected one",
    )
    desk.presses("F3")
    assert marks(desk) == [("A", "dr", "0300", True)]


def test_they_move_on_once_a_minute(desk: Operator) -> None:
    desk.selects("Tracks", 0)
    shown = desk.window.desk.canvas.scene().reckoned
    desk.clock.advance(seconds=50)
    desk.window.show_clocks()
    assert desk.window.desk.canvas.scene().reckoned is shown, "not within the minute"
    desk.clock.advance(seconds=10)
    desk.window.show_clocks()
    assert marks(desk) == [("A", "dr", "0301", True)]


def test_a_chosen_time_and_what_is_supposed_show_at_once(desk: Operator) -> None:
    desk.selects("Tracks", 0)
    chartwork = desk.window.desk.chartwork
    chartwork.choose_time(at("0330"))
    assert marks(desk) == [("A", "dr", "0330", True)]
    (uid,) = {mark.track_uid for mark in desk.window.desk.canvas.scene().reckoned}
    chartwork.suppose(uid, Supposition(stated=Stated(course_deg=0.0, speed_kn=6.0)))
    (mark,) = desk.window.desk.canvas.scene().reckoned
    assert mark.position.lon_deg == pytest.approx(mark.from_position.lon_deg)
    chartwork.choose_time(None)
    assert marks(desk) == [("A", "dr", "0300", True)]


def test_what_is_supposed_is_told_from_what_is_known_whoever_is_selected(desk: Operator) -> None:
    uid = next(uid for uid, track in plot_of(desk).tracks.items() if track.name == "A")
    stated = Supposition(stated=Stated(course_deg=0.0, speed_kn=6.0))
    desk.window.desk.chartwork.suppose(uid, stated)
    desk.presses("F3")
    wait_until(lambda: len(marks(desk)) == 2, "the others are reckoned")
    shown = desk.window.desk.canvas.scene().reckoned
    assert {m.name: m.is_supposed for m in shown} == {"A": True, "CUTTER-1": False}


def test_a_boat_seen_once_shows_where_the_stream_takes_it(desk: Operator) -> None:
    desk.presses("F3")
    wait_until(lambda: len(marks(desk)) == 2, "those that move are reckoned")
    desk.window.desk.session.document.apply(add_conditions(some_conditions()))
    desk.waits_until_saved()
    wait_until(lambda: ("B", "ep", "0300", False) in marks(desk), "B is in the water")
    (b,) = [m for m in desk.window.desk.canvas.scene().reckoned if m.name == "B"]
    assert b.is_if_adrift


def test_a_boat_that_can_t_be_reckoned_is_named_in_the_corner(desk: Operator) -> None:
    canvas = desk.window.desk.canvas
    desk.sets_clock("0853")
    desk.window.show_clocks()
    assert canvas.scene().unreckoned is None, "nobody asked for it"
    desk.presses("F3")
    assert canvas.scene().unreckoned == UnreckonedNote(("A", "B"), ())
    wait_until(lambda: [name for name, *_ in marks(desk)] == ["CUTTER-1"], "what can be is")
    desk.window.desk.chartwork.choose_time(at("0230"))
    assert canvas.scene().unreckoned == UnreckonedNote((), ("B", "CUTTER-1"))
    desk.window.desk.chartwork.choose_time(at("0300"))
    assert canvas.scene().unreckoned is None
    desk.window.desk.chartwork.choose_time(None)
    desk.presses("F3")
    assert canvas.scene().unreckoned is None


def test_stream_and_wind_bring_the_other_case_and_the_note(desk: Operator) -> None:
    canvas = desk.window.desk.canvas
    desk.selects("Tracks", 0)
    assert canvas.scene().conditions is None
    desk.window.desk.session.document.apply(add_conditions(some_conditions()))
    desk.waits_until_saved()
    assert marks(desk) == [("A", "dr", "0300", True), ("A", "ep", "0300", True)]
    assert [mark.is_alternative for mark in canvas.scene().reckoned] == [False, True]
    note = canvas.scene().conditions
    assert note is not None
    assert [text for text, _ in note_pieces(note)][-1] == "until 0515Z"
    desk.sets_clock("0516")
    desk.window.show_clocks()
    note = canvas.scene().conditions
    assert note is not None
    assert [text for text, _ in note_pieces(note)][-1] == "expired 0515Z"
    desk.undoes()
    assert canvas.scene().conditions is None


def test_stream_and_wind_of_one_craft_alone_are_noted_under_its_name(desk: Operator) -> None:
    uid = next(iter(plot_of(desk).tracks))
    desk.window.desk.session.document.apply(add_conditions(some_conditions(uid)))
    desk.waits_until_saved()
    canvas = desk.window.desk.canvas
    assert canvas.scene().conditions is None, "nothing was given for all"
    desk.selects("Tracks", 0)
    note = canvas.scene().conditions
    assert note is not None
    assert note.name == "A"


def test_a_new_report_and_an_undo_move_the_mark(desk: Operator) -> None:
    desk.selects("Tracks", 0)
    before = desk.window.desk.canvas.scene().reckoned
    desk.enters_line(">A 0259Z 51 00.0N 001 35.5E aircraft")
    desk.selects("Tracks", 0)
    after = desk.window.desk.canvas.scene().reckoned
    assert after != before
    desk.undoes()
    desk.selects("Tracks", 0)
    assert desk.window.desk.canvas.scene().reckoned == before


def test_other_figures_count_at_once(desk: Operator) -> None:
    desk.selects("Tracks", 0)
    (before,) = desk.window.desk.canvas.scene().reckoned
    setting = next(iter(ERROR_GROWTH.values()))
    figures = desk.window.desk.figures
    figures.choose(setting, int(figures.value(setting)) * 4)
    (after,) = desk.window.desk.canvas.scene().reckoned
    assert after.radius_m > before.radius_m


def test_a_boat_that_is_gone_does_not_stay_on_the_chart(desk: Operator) -> None:
    desk.presses("F3")
    wait_until(lambda: len(marks(desk)) == 2, "the others are reckoned")
    desk.undoes()
    assert "CUTTER-1" not in [name for name, *_ in marks(desk)]


def test_it_is_remembered_like_the_layers(desk: Operator) -> None:
    plot = desk.plot_path
    desk.presses("F3")
    desk.closes()
    desk.opens(plot)
    assert desk.menu_action("View", "Dead reckoning of all boats").isChecked()
    wait_until(lambda: len(marks(desk)) >= 2, "all are reckoned")
    desk.presses("F3")
    desk.closes()
    desk.opens(plot)
    assert not desk.menu_action("View", "Dead reckoning of all boats").isChecked()


def test_the_layer_hides_them_all(desk: Operator) -> None:
    desk.presses("F3")
    wait_until(lambda: len(marks(desk)) == 2, "the others are reckoned")
    desk.takes_from_menu("View", "Layers", "Dead reckoning")
    assert not desk.window.desk.canvas.scene().shows(Layer.RECKONING)


def test_f3_works_while_somebody_types(desk: Operator) -> None:
    desk.types_line("0310 50 5")
    desk.presses("F3")
    wait_until(lambda: len(marks(desk)) == 2, "the others are reckoned")
    assert desk.line_text() == "0310 50 5"


def test_an_older_answer_is_never_shown_instead_of_a_newer_one(desk: Operator) -> None:
    desk.presses("F3")
    chartwork = desk.window.desk.chartwork
    for minutes in range(1, 6):
        chartwork.choose_time(at("0300") + timedelta(minutes=minutes))
    wait_until(
        lambda: {time for _, _, time, _ in marks(desk)} == {"0305"} and len(marks(desk)) == 2,
        "the newest question is answered",
    )
    desk.window.desk.background.run(lambda: None, lambda _: None)
    assert {mark.kind for mark in desk.window.desk.canvas.scene().reckoned} == {PositionKind.DR}


def test_a_state_that_knows_nothing_reckons_the_selected_one_alone(tmp_path: Path) -> None:
    state = WindowState(tmp_path)
    assert not state.are_all_reckoned()
    state.remember_all_reckoned(True)
    assert WindowState(tmp_path).are_all_reckoned()
