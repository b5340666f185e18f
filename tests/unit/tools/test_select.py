"""Selecting by click, with Ctrl, and with a rubber band."""

import pytest

from channelplot.chart.overlay import Box, Overlay
from channelplot.chart.pointer import Button, CursorShape, Modifier
from channelplot.geodesy.position import Position
from channelplot.tools.tool import ToolId
from helpers.builders import R1, R2, R3, ddm
from helpers.desk import Desk

SEA = ddm(51, 8.0, 1, 25.0)
EMPTY = Overlay()


def uids_of_a(desk: Desk) -> list[str]:
    return [report.uid for report in next(iter(desk.session.document.plot.tracks.values())).reports]


def corners(desk: Desk, *places: Position, margin_px: float = 10.0) -> list[tuple[float, float]]:
    """Opposite corners of a box around places."""
    pixels = [desk.mouse.pixel(place) for place in places]
    return [
        (min(x for x, _ in pixels) - margin_px, min(y for _, y in pixels) - margin_px),
        (max(x for x, _ in pixels) + margin_px, max(y for _, y in pixels) + margin_px),
    ]


def test_it_is_the_first_tool_with_an_arrow(desk: Desk) -> None:
    assert desk.toolbox.active is ToolId.SELECT
    assert desk.toolbox.cursor is CursorShape.ARROW


def test_a_click_selects_what_is_there_and_nothing_else(desk: Desk) -> None:
    first, second, _ = uids_of_a(desk)
    desk.mouse.click(R1)
    assert desk.session.selection.uids == {first}
    desk.mouse.click(R2, off_px=(3.0, -3.0))
    assert desk.session.selection.uids == {second}
    desk.mouse.click(SEA)
    assert desk.session.selection.uids == frozenset()


def test_a_click_selects_a_beach_and_a_track_by_its_line(desk: Desk) -> None:
    plot = desk.session.document.plot
    beach = next(iter(plot.beaches.values()))
    desk.mouse.click(beach.position)
    assert desk.session.selection.uids == {beach.uid}
    (x1, y1), (x2, y2) = desk.mouse.pixel(R1), desk.mouse.pixel(R2)
    desk.mouse.press((x1 + x2) / 2, (y1 + y2) / 2)
    desk.mouse.release((x1 + x2) / 2, (y1 + y2) / 2)
    assert desk.session.selection.uids == {next(iter(plot.tracks))}


def test_a_click_selects_a_mark_of_the_plot(desk: Desk) -> None:
    (mark,) = desk.session.document.plot.marks.values()
    desk.mouse.click(mark.position, off_px=(4.0, 4.0))
    assert desk.session.selection.uids == {mark.uid}


def test_ctrl_adds_and_takes_away(desk: Desk) -> None:
    first, second, _ = uids_of_a(desk)
    desk.mouse.click(R1, keys=Modifier.CONTROL)
    desk.mouse.click(R2, keys=Modifier.CONTROL | Modifier.SHIFT)
    assert desk.session.selection.uids == {first, second}
    desk.mouse.click(R1, keys=Modifier.CONTROL)
    assert desk.session.selection.uids == {second}
    desk.mouse.click(SEA, keys=Modifier.CONTROL)
    assert desk.session.selection.uids == {second}


def test_a_hand_that_trembles_still_clicks(desk: Desk) -> None:
    x_px, y_px = desk.mouse.pixel(R1)
    desk.mouse.press(x_px, y_px)
    desk.mouse.move(x_px + 3, y_px + 3)
    assert desk.toolbox.overlay == EMPTY
    desk.mouse.release(x_px + 3, y_px + 3)
    assert desk.session.selection.uids == {uids_of_a(desk)[0]}


@pytest.mark.parametrize("is_reversed", [False, True])
def test_a_rubber_band_selects_what_lies_in_it(desk: Desk, is_reversed: bool) -> None:
    start, end = corners(desk, R1, R2)
    if is_reversed:
        start, end = end, start
    desk.mouse.press(*start)
    desk.mouse.move(*end)
    assert desk.toolbox.overlay == Overlay((Box(*start, *end),))
    desk.mouse.release(*end)
    assert desk.session.selection.uids == set(uids_of_a(desk)[:2])
    assert desk.toolbox.overlay == EMPTY


def test_a_rubber_band_takes_beaches_and_reports_ashore_too(desk: Desk) -> None:
    plot = desk.session.document.plot
    wissant = list(plot.beaches.values())[1]
    start, end = corners(desk, wissant.position)
    desk.mouse.drag(start, end)
    assert desk.session.selection.uids == {wissant.uid, plot.unattributed[0].uid}


def test_a_rubber_band_with_ctrl_turns_over_what_lies_in_it(desk: Desk) -> None:
    first, second, third = uids_of_a(desk)
    desk.mouse.click(R1)
    start, end = corners(desk, R1, R2, R3)
    desk.mouse.drag(start, end, keys=Modifier.CONTROL)
    assert desk.session.selection.uids == {second, third}
    assert first not in desk.session.selection.uids


@pytest.mark.parametrize("button", [Button.RIGHT, Button.MIDDLE])
def test_other_buttons_select_nothing(desk: Desk, button: Button) -> None:
    desk.mouse.click(R1)
    before = desk.session.selection.uids
    desk.mouse.click(R2, button)
    desk.mouse.press(0.0, 0.0, button)
    desk.mouse.move(900.0, 800.0, button)
    assert desk.toolbox.overlay == EMPTY, "and no band is drawn"
    desk.mouse.release(900.0, 800.0, button)
    assert desk.session.selection.uids == before


def test_a_release_without_a_press_does_nothing(desk: Desk) -> None:
    desk.mouse.release(*desk.mouse.pixel(R1))
    assert desk.session.selection.uids == frozenset()
    desk.mouse.move(*desk.mouse.pixel(R1), Button.NONE)
    assert desk.toolbox.overlay == EMPTY


def test_escape_drops_the_band_and_what_it_would_have_selected(desk: Desk) -> None:
    start, end = corners(desk, R1, R2)
    desk.mouse.press(*start)
    desk.mouse.move(*end)
    desk.toolbox.cancel()
    assert desk.toolbox.overlay == EMPTY
    desk.mouse.release(*end)
    assert desk.session.selection.uids == frozenset()


def test_a_double_click_brings_it_to_the_middle(desk: Desk) -> None:
    desk.mouse.double_click(R3)
    centre = desk.chart.viewport.centre
    assert centre.lon_deg == pytest.approx(R3.lon_deg, abs=1e-9)
    assert centre.lat_deg == pytest.approx(R3.lat_deg, abs=1e-9)
    assert desk.session.selection.uids == {uids_of_a(desk)[2]}
    set_before = desk.chart.times_set
    desk.mouse.double_click(SEA)
    assert desk.chart.times_set == set_before


def test_selecting_changes_nothing_in_the_plot(desk: Desk) -> None:
    desk.mouse.click(R1)
    desk.mouse.drag((100.0, 100.0), (800.0, 800.0))
    assert desk.store.saved == []
