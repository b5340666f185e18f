"""Panning, zooming to a box, and the box of tools itself."""

import pytest

from channelplot.chart.overlay import Box, Ghost, Overlay
from channelplot.chart.pointer import Button, CursorShape
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.geodesy.bounds import Bounds
from channelplot.tools.add_beach import AddBeachTool
from channelplot.tools.add_mark import AddMarkTool
from channelplot.tools.add_report import AddReportTool
from channelplot.tools.move_report import MoveTool
from channelplot.tools.tool import Tool, ToolId
from channelplot.tools.toolbox import Toolbox
from helpers.builders import R1, R3, SANGATTE
from helpers.desk import Desk
from helpers.mouse import Chart, Mouse

EMPTY = Overlay()


class TestPan:
    def test_the_chart_goes_with_the_hand(self, desk: Desk) -> None:
        desk.toolbox.take_up(ToolId.PAN)
        cursors = [desk.toolbox.cursor]
        x_px, y_px = desk.mouse.pixel(R1)
        desk.mouse.press(x_px, y_px)
        cursors.append(desk.toolbox.cursor)
        desk.mouse.move(x_px + 30.0, y_px - 12.0)
        desk.mouse.move(x_px + 50.0, y_px - 20.0)
        assert desk.mouse.pixel(R1) == pytest.approx((x_px + 50.0, y_px - 20.0), abs=1e-6)
        desk.mouse.release(x_px + 50.0, y_px - 20.0)
        cursors.append(desk.toolbox.cursor)
        assert cursors == [
            CursorShape.OPEN_HAND, CursorShape.CLOSED_HAND, CursorShape.OPEN_HAND
        ]  # fmt: skip
        desk.mouse.move(0.0, 0.0, Button.NONE)
        assert desk.chart.times_set == 2
        assert desk.store.saved == []

    def test_only_with_the_left_button_and_until_it_is_cancelled(self, desk: Desk) -> None:
        desk.toolbox.take_up(ToolId.PAN)
        desk.mouse.drag((100.0, 100.0), (200.0, 200.0), Button.RIGHT)
        desk.mouse.press(100.0, 100.0)
        desk.toolbox.cancel()
        desk.mouse.move(200.0, 200.0)
        assert desk.chart.times_set == 0

    def test_another_tool_lets_go(self, desk: Desk) -> None:
        desk.toolbox.take_up(ToolId.PAN)
        desk.mouse.press(100.0, 100.0)
        desk.toolbox.take_up(ToolId.SELECT)
        desk.toolbox.take_up(ToolId.PAN)
        desk.mouse.move(200.0, 200.0)
        assert desk.chart.times_set == 0


class TestZoomBox:
    def test_what_is_in_the_box_fills_the_chart(self, desk: Desk) -> None:
        desk.toolbox.take_up(ToolId.ZOOM_BOX)
        assert desk.toolbox.cursor is CursorShape.CROSS
        (west_px, north_px), (east_px, south_px) = desk.mouse.pixel(R3), desk.mouse.pixel(SANGATTE)
        desk.mouse.press(west_px, south_px)
        desk.mouse.move(east_px, north_px)
        assert desk.toolbox.overlay == Overlay((Box(west_px, south_px, east_px, north_px),))
        desk.mouse.release(east_px, north_px)
        assert desk.toolbox.overlay == EMPTY
        shown = desk.chart.viewport.bounds()
        wanted = Bounds(R3.lon_deg, SANGATTE.lat_deg, SANGATTE.lon_deg, R3.lat_deg)
        assert shown.west_deg <= wanted.west_deg + 1e-9
        assert shown.east_deg >= wanted.east_deg - 1e-9
        assert shown.south_deg <= wanted.south_deg + 1e-9
        assert shown.north_deg >= wanted.north_deg - 1e-9
        fills_width = shown.west_deg == pytest.approx(wanted.west_deg, abs=1e-6)
        fills_height = shown.south_deg == pytest.approx(wanted.south_deg, abs=1e-6)
        assert fills_width or fills_height
        assert desk.store.saved == []

    def test_a_click_another_button_or_the_end_of_the_earth_changes_nothing(
        self, desk: Desk
    ) -> None:
        desk.toolbox.take_up(ToolId.ZOOM_BOX)
        desk.mouse.click(R1)
        desk.mouse.press(100.0, 100.0, Button.RIGHT)
        desk.mouse.move(300.0, 300.0, Button.RIGHT)
        assert desk.toolbox.overlay == EMPTY
        desk.mouse.release(300.0, 300.0, Button.RIGHT)
        desk.mouse.drag((100.0, 100.0), (1e7, 100.0))
        desk.mouse.drag((1e7, 100.0), (100.0, 100.0))
        desk.mouse.release(100.0, 100.0)
        assert desk.chart.times_set == 0
        assert desk.toolbox.overlay == EMPTY

    def test_escape_and_other_tools_drop_the_box(self, desk: Desk) -> None:
        for drop in (desk.toolbox.cancel, lambda: desk.toolbox.take_up(ToolId.SELECT)):
            desk.toolbox.take_up(ToolId.ZOOM_BOX)
            desk.mouse.press(100.0, 100.0)
            desk.mouse.move(300.0, 300.0)
            drop()
            assert desk.toolbox.overlay == EMPTY
            desk.mouse.release(300.0, 300.0)
        assert desk.chart.times_set == 0
        assert desk.session.selection.uids == frozenset()


class TestToolbox:
    def test_taking_up_a_tool_is_announced_once(self, desk: Desk) -> None:
        tools: list[ToolId] = []
        desk.toolbox.tool_changed.connect(tools.append)
        for tool in (ToolId.REPORT, ToolId.REPORT, ToolId.MOVE, ToolId.SELECT):
            desk.toolbox.take_up(tool)
            assert desk.toolbox.active is tool
        assert tools == [ToolId.REPORT, ToolId.MOVE, ToolId.SELECT]

    def test_taking_up_the_active_tool_keeps_what_was_begun(self, desk: Desk) -> None:
        desk.toolbox.take_up(ToolId.REPORT)
        desk.mouse.click(R1)
        desk.toolbox.take_up(ToolId.REPORT)
        assert not desk.report.is_empty

    def test_the_overlay_that_is_announced_is_the_one_to_show(self, desk: Desk) -> None:
        shown: list[Overlay] = []
        desk.toolbox.overlay_changed.connect(shown.append)
        desk.toolbox.take_up(ToolId.REPORT)
        desk.mouse.click(R1)
        assert shown[-1] == desk.toolbox.overlay
        assert isinstance(shown[-1].shapes[0], Ghost)
        desk.toolbox.take_up(ToolId.SELECT)
        assert shown[-1] == desk.toolbox.overlay == EMPTY

    def test_every_tool_takes_every_event_and_leaves_nothing(self, desk: Desk) -> None:
        before = desk.session.document.plot
        for tool in ToolId:
            desk.toolbox.take_up(tool)
            desk.mouse.move(10.0, 10.0, Button.NONE)
            desk.mouse.double_click(SANGATTE)
            for button in (Button.MIDDLE, Button.RIGHT, Button.LEFT):
                desk.mouse.drag((400.0, 400.0), (450.0, 420.0), button)
            desk.mouse.press(400.0, 400.0)
            desk.mouse.move(420.0, 430.0)
            desk.toolbox.take_up(ToolId.PAN if tool is not ToolId.PAN else ToolId.SELECT)
            assert desk.toolbox.overlay == EMPTY, tool
        desk.toolbox.take_up(ToolId.SELECT)
        assert desk.move.is_empty
        assert desk.session.document.plot is before

    def test_a_tool_that_was_put_down_shows_nothing_whatever_is_typed(self, desk: Desk) -> None:
        report, beach = AddReportTool(desk.report), AddBeachTool(desk.beach)
        mark, move = AddMarkTool(desk.mark), MoveTool(desk.session, desk.move)
        uid = next(desk.session.document.plot.reports()).uid
        for is_taken_up in (True, False):
            for tool in (report, beach, mark, move):
                (tool.enter if is_taken_up else tool.exit)()
            desk.report.point(SANGATTE)
            desk.beach.point(SANGATTE)
            desk.mark.point(SANGATTE)
            desk.move.choose(uid)
            desk.move.point(SANGATTE)
            for tool in (report, beach, mark, move):
                assert bool(tool.overlay.shapes) is is_taken_up, tool

    def test_an_edit_that_is_refused_on_release_is_announced(self) -> None:
        refusal = CommandRefused(RefusalReason.READ_ONLY, "night.gpkg")

        class Eraser(Tool):
            """A tool that edits as soon as the button goes up."""

            id = ToolId.SELECT

            def release(self, event: object) -> None:
                raise refusal

        toolbox, chart = Toolbox((Eraser(),)), Chart()
        refused: list[CommandRefused] = []
        toolbox.refused.connect(refused.append)
        Mouse(toolbox, chart).click(R1)
        assert refused == [refusal]

    def test_a_tool_that_does_nothing_does_nothing(self) -> None:
        class Idle(Tool):
            """A tool as it is made."""

            id = ToolId.PAN

        toolbox, chart = Toolbox((Idle(),)), Chart()
        mouse = Mouse(toolbox, chart)
        mouse.double_click(R1)
        mouse.drag((0.0, 0.0), (50.0, 50.0))
        assert toolbox.cursor is CursorShape.ARROW
        assert toolbox.overlay == EMPTY
        assert chart.times_set == 0
