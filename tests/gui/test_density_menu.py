"""How crowded tracks are shown: chosen by a key, told, and remembered."""

from pathlib import Path

from channelplot.chart.crowding import DensityMode
from channelplot.ui.state import WindowState
from helpers.operator import Operator


def shown(desk: Operator) -> DensityMode:
    return desk.window.desk.canvas.scene().density_mode


def test_a_key_goes_through_the_three_ways_and_the_menu_says_which(
    operator: Operator, night: Path
) -> None:
    operator.opens(night)
    assert shown(operator) is DensityMode.AUTO
    assert operator.menu_action("View", "Crowded tracks: counted where they crowd").isEnabled()
    operator.presses("Ctrl+Shift+D")
    assert shown(operator) is DensityMode.DENSITY
    assert operator.menu_action("View", "Crowded tracks: always counted").isEnabled()
    operator.presses("Ctrl+Shift+D")
    assert shown(operator) is DensityMode.LINES
    operator.takes_from_menu("View", "Crowded tracks: always lines")
    assert shown(operator) is DensityMode.AUTO


def test_the_way_is_remembered_and_what_is_unreadable_counts_as_never_left(tmp_path: Path) -> None:
    state = WindowState(tmp_path)
    assert state.density_mode() is DensityMode.AUTO
    state.remember_density_mode(DensityMode.LINES)
    assert WindowState(tmp_path).density_mode() is DensityMode.LINES
    (tmp_path / "state.json").write_text('{"density_mode": ["lines"]}', encoding="utf-8")
    assert WindowState(tmp_path).density_mode() is DensityMode.AUTO
