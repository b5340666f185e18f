"""F5: error circles of the open boats, grown with time, remembered, and none while hidden."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit

from channelplot.chart.layers import DEFAULT_LAYERING, Layer
from channelplot.geodesy.measure import make_ready
from channelplot.geodesy.units import nm_from_m
from channelplot.settings import PLAUSIBLE_SPEED_KN, POSITION_ERROR_M
from channelplot.ui.state import WindowState
from helpers.operator import Operator, wait_until


@pytest.fixture
def desk(operator: Operator, night: Path) -> Operator:
    """Somebody who was told of A twice, by an aircraft and a ship, of B by a ship, of a cutter."""
    make_ready()
    operator.opens(night)
    operator.sets_clock("0210")
    operator.enters_line("50 58.0N 001 41.0E 45pob aircraft")
    operator.sets_clock("0228")
    operator.enters_line(">A 50 58.79N 001 39.43E ship")
    operator.enters_line("new 51 02.4N 001 50.3E 22pob ship")
    operator.enters_line("new CUTTER-1 rescue_vessel 51 06.7N 001 20.6E")
    operator.window.desk.session.selection.set(frozenset())
    return operator


def circles(desk: Operator) -> list[tuple[str, float, bool]]:
    """Boat, radius in nautical miles to 0.01 and whether it is the selected one's, as drawn."""
    scene = desk.window.desk.canvas.scene()
    if not scene.shows(Layer.ERROR_CIRCLES):
        assert scene.error_circles == (), "what is hidden costs nothing"
        return []
    tracks = desk.window.desk.session.document.plot.tracks  # the chart's follows a little later
    return [
        (
            tracks[circle.track_uid].name,
            round(nm_from_m(circle.radius_m), 2),
            circle.is_of_selected,
        )
        for circle in scene.error_circles
    ]


def test_they_show_on_request_and_grow_once_a_minute(desk: Operator) -> None:
    assert circles(desk) == []
    desk.presses("F5")
    assert circles(desk) == [("A", 1.0, False), ("B", 1.0, False)]

    desk.clock.advance(seconds=50)
    desk.window.show_clocks()
    shown = desk.window.desk.canvas.scene().error_circles
    desk.clock.advance(seconds=9)
    desk.window.show_clocks()
    assert desk.window.desk.canvas.scene().error_circles is shown, "not within the minute"

    # A made 4.23 kn and may be as far; B was seen once and may have made 12 kn. By squares.
    desk.sets_clock("0328")
    assert circles(desk) == [("A", 4.35, False), ("B", 12.04, False)]
    desk.presses("F5")
    assert circles(desk) == []


def test_the_selected_boat_has_one_about_each_report(desk: Operator) -> None:
    desk.presses("F5")
    desk.selects("Tracks", 0)
    assert circles(desk) == [("A", 0.12, True), ("A", 1.0, True), ("B", 1.0, False)]
    desk.selects("Tracks", 2)
    assert circles(desk)[-1] == ("CUTTER-1", 1.0, True), "an asset on request"
    desk.undoes()
    assert [name for name, _, _ in circles(desk)] == ["A", "B"]


def test_a_new_report_moves_the_circle(desk: Operator) -> None:
    desk.presses("F5")
    desk.sets_clock("0328")
    desk.enters_line(">B 51 02.0N 001 50.0E aircraft")
    desk.window.desk.session.selection.set(frozenset())
    assert circles(desk) == [("A", 4.35, False), ("B", 0.12, False)], "to 0.1' only"


def test_other_figures_count_at_once(desk: Operator) -> None:
    desk.presses("F5")
    desk.sets_clock("0328")
    figures = desk.window.desk.figures
    figures.choose(POSITION_ERROR_M["vessel"], 3704)
    figures.choose(PLAUSIBLE_SPEED_KN["small_boat"], 6)
    assert circles(desk) == [("A", 4.68, False), ("B", 6.32, False)]


def test_they_are_remembered_like_the_layers(desk: Operator) -> None:
    plot = desk.plot_path
    desk.presses("F5")
    desk.takes_from_menu("View", "Layers", "Graticule")
    desk.closes()
    desk.opens(plot)
    assert desk.menu_action("View", "Error circles").isChecked()
    assert desk.window.desk.canvas.scene().layering.hidden == {Layer.GRATICULE}
    wait_until(lambda: [name for name, _, _ in circles(desk)] == ["A", "B"], "the circles show")
    desk.presses("F5")
    desk.closes()
    desk.opens(plot)
    assert not desk.menu_action("View", "Error circles").isChecked()
    assert desk.window.desk.canvas.scene().layering.hidden == {Layer.GRATICULE, Layer.ERROR_CIRCLES}


def test_f5_works_while_somebody_types(desk: Operator) -> None:
    desk.types_line("0310 50 5")
    desk.presses("F5")
    assert circles(desk)
    assert desk.line_text() == "0310 50 5"
    assert isinstance(desk.focus, QLineEdit)


def test_a_state_that_knows_nothing_of_them_hides_them(tmp_path: Path) -> None:
    plot, state = tmp_path / "night.gpkg", WindowState(tmp_path)
    assert state.layering().hidden == {Layer.ERROR_CIRCLES}
    state.remember_layering(plot, DEFAULT_LAYERING.hiding({Layer.MARKS}))
    assert WindowState(tmp_path).layering().hidden == {Layer.MARKS}
    state.remember_layering(plot, DEFAULT_LAYERING.hiding({Layer.ERROR_CIRCLES}))
    assert WindowState(tmp_path).layering().hidden == {Layer.ERROR_CIRCLES}
