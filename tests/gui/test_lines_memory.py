"""Lines and rings as the state of the window keeps them, and what is no such thing."""

import json
from pathlib import Path

import pytest

from channelplot.geodesy.position import Position
from channelplot.settings import JsonValue
from channelplot.tools.anchors import Anchor, AnchorKind
from channelplot.tools.chart_lines import AnchoredLine, AnchoredRings
from channelplot.ui.lines_memory import lines_as_json, lines_from_json
from channelplot.ui.state import WindowState

PLACE = Anchor(AnchorKind.PLACE, position=Position(1.5, 51.0), name="VLV")
ENTRIES = (
    AnchoredLine(3, Anchor(AnchorKind.BOAT, "boat-uid"), 292.5, 18_427.4),
    AnchoredRings(1, PLACE, (1852.0, 3704.0)),
    AnchoredLine(4, Anchor(AnchorKind.REPORT, "report-uid"), 0.0, 1.0),
)


def test_there_and_back_through_a_file(tmp_path: Path) -> None:
    plot = tmp_path / "night.gpkg"
    state = WindowState(tmp_path)
    state.remember_plot(plot)
    state.remember_chart_lines(plot, lines_as_json(ENTRIES))
    assert lines_from_json(WindowState(tmp_path).chart_lines_of(plot)) == ENTRIES
    assert WindowState(tmp_path).chart_lines_of(tmp_path / "other.gpkg") is None
    state.remember_chart_lines(plot, [])
    assert json.loads((tmp_path / "state.json").read_text("utf-8"))["chart_lines"] == {}


def test_those_of_plots_that_are_no_longer_recent_are_forgotten(tmp_path: Path) -> None:
    state = WindowState(tmp_path)
    old, new = tmp_path / "old.gpkg", tmp_path / "new.gpkg"
    state.remember_chart_lines(old, lines_as_json(ENTRIES))
    state.remember_chart_lines(new, lines_as_json(ENTRIES))
    assert state.chart_lines_of(old) is None
    assert state.chart_lines_of(new) is not None


LINE: dict[str, JsonValue] = {
    "number": 1, "on": "boat", "uid": "u", "bearing_deg": 10.0, "distance_m": 5.0,
}  # fmt: skip
PLACED: dict[str, JsonValue] = {
    "number": 1, "on": "place", "at_deg": [1.0, 51.0], "name": "", "radii_m": [1.0],
}  # fmt: skip


@pytest.mark.parametrize(
    "value",
    [
        {**LINE, "number": 0},
        {**LINE, "number": "1"},
        {**LINE, "on": "ship"},
        {**LINE, "on": None},
        {**LINE, "uid": 7},
        {**LINE, "bearing_deg": 360.0},
        {**LINE, "bearing_deg": None},
        {**LINE, "distance_m": -1.0},
        {**LINE, "distance_m": 1e9},
        {**LINE, "distance_m": float("nan")},
        {**PLACED, "at_deg": [1.0, 91.0]},
        {**PLACED, "at_deg": [1.0]},
        {**PLACED, "at_deg": "here"},
        {**PLACED, "radii_m": []},
        {**PLACED, "radii_m": [0.0]},
        {**PLACED, "radii_m": [1.0] * 13},
        {**PLACED, "radii_m": ["1"]},
        "line",
        None,
    ],
)
def test_what_is_no_line_is_left_out(value: JsonValue) -> None:
    assert len(lines_from_json([LINE, value, PLACED])) == 2


def test_what_is_no_list_is_none_of_them() -> None:
    assert lines_from_json(None) == ()
    assert lines_from_json({"number": 1}) == ()
