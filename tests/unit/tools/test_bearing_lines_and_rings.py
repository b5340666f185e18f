"""Electronic bearing lines and range rings: clicked and typed, numbered, moving with boats."""

import pytest

from channelplot.chart.overlay import GhostCircle, GhostPath, Overlay
from channelplot.chart.pointer import Button, CursorShape
from channelplot.geodesy.magnetic import variation_deg
from channelplot.geodesy.measure import bearing_and_distance, destination, distance_m
from channelplot.geodesy.position import Position
from channelplot.reading.values import FaultCode
from channelplot.tools.anchors import Anchor, AnchorKind
from channelplot.tools.chart_lines import MOST, AnchoredLine, AnchoredRings
from channelplot.tools.tool import ToolId
from helpers.builders import R1, R3, SANGATTE, at, ddm
from helpers.clock import FixedClock
from helpers.desk import Desk
from helpers.drawing_desk import DrawingDesk
from helpers.night_chartwork import CGN, is_at
from helpers.opened import open_plot

NM = 1852.0
SEA = ddm(51, 8.0, 1, 25.0)


@pytest.fixture
def drawing(desk: Desk) -> DrawingDesk:
    """The drawing tools over the night's plot, at 0300Z."""
    return DrawingDesk(desk)


def the_line(drawing: DrawingDesk) -> AnchoredLine:
    (entry,) = drawing.lines.entries
    assert isinstance(entry, AnchoredLine)
    return entry


def the_rings(drawing: DrawingDesk) -> AnchoredRings:
    (entry,) = drawing.lines.entries
    assert isinstance(entry, AnchoredRings)
    return entry


class TestBearingLinesByMouse:
    def test_two_clicks_set_one_from_thing_to_thing_and_nothing_is_saved(
        self, drawing: DrawingDesk
    ) -> None:
        pointed: list[None] = []
        drawing.bearing.pointed.connect(pointed.append)
        drawing.toolbox.take_up(ToolId.BEARING_LINE)
        assert drawing.toolbox.cursor is CursorShape.CROSS
        drawing.mouse.click(CGN, off_px=(4.0, 3.0))
        assert (drawing.bearing.start, drawing.lines.entries) == ("CGN", ())
        drawing.mouse.click(R1, off_px=(-3.0, 0.0))
        line = the_line(drawing)
        assert (line.number, line.anchor.kind) == (1, AnchorKind.MARK)
        assert (line.bearing_deg, line.distance_m) == bearing_and_distance(CGN, R1)
        assert drawing.bearing.is_empty
        assert pointed == [None, None]
        assert drawing.desk.store.saved == []

    def test_the_line_follows_the_pointer_with_bearing_and_range_and_the_way_back(
        self, drawing: DrawingDesk
    ) -> None:
        drawing.toolbox.take_up(ToolId.BEARING_LINE)
        drawing.hover(SEA)
        assert drawing.toolbox.overlay == Overlay()
        drawing.mouse.click(CGN)
        drawing.hover(SANGATTE)
        reading = drawing.bearing.reading()
        shot = reading.shot
        assert shot is not None
        assert (shot.bearing_deg, shot.distance_m) == bearing_and_distance(CGN, SANGATTE)
        assert shot.back_deg == bearing_and_distance(SANGATTE, CGN)[0]
        assert reading.variation_deg == variation_deg(CGN, at("0300"))
        (path,) = drawing.toolbox.overlay.shapes
        assert isinstance(path, GhostPath)
        assert path.points[0] == CGN
        assert distance_m(path.points[1], SANGATTE) < 0.001
        assert path.label == "055.2°T 7.79 NM"
        drawing.hover(CGN)
        assert not drawing.bearing.reading().is_whole, "no bearing to itself"
        assert drawing.toolbox.overlay == Overlay()
        drawing.mouse.click(CGN)
        assert drawing.lines.entries == ()
        drawing.toolbox.take_up(ToolId.PAN)
        assert drawing.toolbox.overlay == Overlay()
        assert drawing.bearing.start == "CGN", "looking elsewhere loses nothing typed"

    def test_what_is_typed_is_kept_while_the_pointer_gives_the_rest(
        self, drawing: DrawingDesk
    ) -> None:
        drawing.toolbox.take_up(ToolId.BEARING_LINE)
        drawing.mouse.click(CGN)
        drawing.bearing.edit(bearing="023")
        drawing.mouse.click(R1)
        line = the_line(drawing)
        assert line.bearing_deg == 23.0
        assert line.distance_m == distance_m(CGN, R1)
        drawing.bearing.edit(start="CGN", distance="7.2")
        drawing.mouse.click(R1)
        second = drawing.lines.entries[1]
        assert isinstance(second, AnchoredLine)
        assert second.distance_m == pytest.approx(7.2 * NM)
        assert second.bearing_deg == bearing_and_distance(CGN, R1)[0]

    def test_with_bearing_and_range_typed_one_click_sets_it(self, drawing: DrawingDesk) -> None:
        drawing.toolbox.take_up(ToolId.BEARING_LINE)
        drawing.bearing.edit(bearing="90", distance="5")
        drawing.mouse.click(SEA)
        line = the_line(drawing)
        assert line.anchor.kind is AnchorKind.PLACE
        assert line.bearing_deg == 90.0

    def test_drags_other_buttons_and_places_beyond_the_earth_set_nothing(
        self, drawing: DrawingDesk
    ) -> None:
        drawing.toolbox.take_up(ToolId.BEARING_LINE)
        drawing.mouse.drag((100.0, 100.0), (300.0, 100.0))
        drawing.mouse.click(SEA, Button.RIGHT)
        drawing.mouse.press(1e7, 0.0)
        drawing.mouse.release(1e7, 0.0)
        drawing.mouse.move(1e7, 0.0)
        assert drawing.bearing.is_empty


class TestBearingLinesTyped:
    def test_step_12_from_the_patrol_boat(self, drawing: DrawingDesk) -> None:
        drawing.bearing.edit(start="50 58.6N 001 47.5E", bearing="292.5", distance="9.95")
        shot = drawing.bearing.reading().shot
        assert shot is not None
        meeting = ddm(51, 2.39, 1, 32.95)
        assert distance_m(shot.end, meeting) < 30.0, "what rounding to 0.1° and 0.01 NM leaves"
        assert drawing.bearing.commit()
        line = the_line(drawing)
        assert (line.bearing_deg, line.distance_m) == (292.5, 9.95 * NM)
        assert drawing.bearing.commit() is False, "it starts over"

    def test_a_magnetic_bearing_is_set_true(self, drawing: DrawingDesk) -> None:
        drawing.bearing.edit(start="CGN", bearing="023M", distance="7.2")
        assert drawing.bearing.commit()
        east_deg = variation_deg(CGN, at("0300"))
        assert abs(east_deg) > 0.5, "or this tells nothing"
        assert the_line(drawing).bearing_deg == pytest.approx(23.0 + east_deg)

    def test_outside_the_years_of_the_model_a_magnetic_bearing_is_refused(
        self, drawing: DrawingDesk, clock: FixedClock
    ) -> None:
        clock.set(at("0300").replace(year=2031))
        drawing.bearing.edit(start="CGN", bearing="023M", distance="7.2")
        reading = drawing.bearing.reading()
        assert (reading.is_variation_unknown, reading.is_whole) == (True, False)
        drawing.bearing.edit(bearing="023")
        assert drawing.bearing.reading().variation_deg is None
        assert drawing.bearing.commit()

    def test_it_goes_over_greenwich(self, drawing: DrawingDesk) -> None:
        drawing.bearing.edit(start="50 30.0N 000 00.0E", bearing="270.1", distance="6.38")
        shot = drawing.bearing.reading().shot
        assert shot is not None
        assert distance_m(shot.end, Position(-10 / 60, 50.5)) < 30.0, "the side test of the night"
        assert shot.back_deg == pytest.approx(90.0, abs=0.1)

    @pytest.mark.parametrize(
        ("values", "fault"),
        [
            ({"start": "nowhere"}, "problem"),
            ({"start": "CGN", "bearing": "361"}, "is_bearing_wrong"),
            ({"start": "CGN", "bearing": "north"}, "is_bearing_wrong"),
            ({"start": "CGN", "bearing": "23", "distance": "0"}, "is_distance_wrong"),
            ({"start": "CGN", "bearing": "23", "distance": "far"}, "is_distance_wrong"),
        ],
    )
    def test_what_cannot_be_read_sets_nothing(
        self, drawing: DrawingDesk, values: dict[str, str], fault: str
    ) -> None:
        drawing.bearing.edit(**values)
        assert getattr(drawing.bearing.reading(), fault)
        assert drawing.bearing.commit() is False
        assert drawing.lines.entries == ()

    def test_half_of_it_is_not_whole(self, drawing: DrawingDesk) -> None:
        for values in ({"start": "CGN"}, {"bearing": "23"}, {"bearing": "", "distance": "7"}):
            drawing.bearing.edit(**values)
            assert drawing.bearing.commit() is False
        problem = DrawingDesk(drawing.desk).bearing.reading().problem
        assert problem is not None
        assert problem.code == FaultCode.EMPTY

    def test_one_that_is_clicked_and_then_typed_is_what_is_typed(
        self, drawing: DrawingDesk
    ) -> None:
        drawing.toolbox.take_up(ToolId.BEARING_LINE)
        drawing.mouse.click(R3)
        assert drawing.bearing.start == "A 0245Z"
        drawing.bearing.edit(start="A", bearing="300", distance="3")
        assert drawing.bearing.commit()
        assert the_line(drawing).anchor.kind is AnchorKind.BOAT

    def test_a_boat_that_is_nowhere_meanwhile_gives_no_line(self, drawing: DrawingDesk) -> None:
        drawing.toolbox.take_up(ToolId.BEARING_LINE)
        drawing.reckoned.append((drawing.track("A").uid, SEA))
        drawing.mouse.click(SEA)
        drawing.chartwork.choose_time(at("0200"))
        drawing.hover(R1)
        reading = drawing.bearing.reading()
        assert reading.anchor is not None
        assert reading.shot is None
        assert drawing.bearing.commit() is False


class TestRings:
    def test_two_clicks_set_a_ring(self, drawing: DrawingDesk) -> None:
        drawing.toolbox.take_up(ToolId.RINGS)
        drawing.mouse.click(CGN)
        drawing.hover(R1)
        ring, radius = drawing.toolbox.overlay.shapes
        assert ring == GhostCircle(CGN, distance_m(CGN, R1))
        assert isinstance(radius, GhostPath)
        assert radius.label == "6.97 NM"
        drawing.mouse.click(R1)
        assert the_rings(drawing).radii_m == (distance_m(CGN, R1),)
        assert drawing.desk.store.saved == []

    def test_radii_typed_need_one_click(self, drawing: DrawingDesk) -> None:
        drawing.toolbox.take_up(ToolId.RINGS)
        drawing.rings.edit(radii="4 x 3")
        drawing.mouse.click(CGN)
        assert the_rings(drawing).radii_m == pytest.approx((3 * NM, 6 * NM, 9 * NM, 12 * NM))

    def test_all_typed(self, drawing: DrawingDesk) -> None:
        drawing.toolbox.take_up(ToolId.RINGS)
        drawing.rings.edit(start="A", radii="1 2")
        shapes = drawing.toolbox.overlay.shapes
        place = drawing.anchors.place(Anchor(AnchorKind.BOAT, drawing.track("A").uid))
        assert place is not None
        assert shapes == (
            GhostCircle(place, NM, "1.00 NM"),
            GhostCircle(place, 2 * NM, "2.00 NM"),
        )
        assert drawing.rings.commit()
        assert drawing.rings.commit() is False
        assert drawing.rings.is_empty

    def test_what_cannot_be_read_sets_nothing(self, drawing: DrawingDesk) -> None:
        drawing.rings.edit(start="nowhere", radii="3")
        assert drawing.rings.reading().problem is not None
        assert drawing.rings.commit() is False
        drawing.rings.edit(start="CGN", radii="three")
        assert drawing.rings.reading().is_radius_wrong
        assert drawing.rings.commit() is False
        drawing.rings.edit(radii="")
        assert drawing.rings.commit() is False
        drawing.rings.edit(start="A", radii="3")
        drawing.chartwork.choose_time(at("0200"))
        assert drawing.rings.commit() is False
        assert drawing.lines.entries == ()


class TestTheLinesOfTheDesk:
    def test_numbers_are_given_once_and_stay(self, drawing: DrawingDesk) -> None:
        mark = drawing.anchors.read("CGN")
        assert isinstance(mark, Anchor)
        lines = drawing.lines
        for bearing_deg in (10.0, 20.0, 30.0):
            lines.add_line(mark, bearing_deg, NM)
        lines.add_rings(mark, (NM,))
        lines.remove(lines.entries[1])
        lines.remove(AnchoredLine(9, mark, 0.0, NM))
        assert [entry.number for entry in lines.entries] == [1, 3, 1]
        drawing.bearing.remove_last()
        assert [entry.number for entry in lines.entries] == [1, 1], "the ring is not a line"
        assert lines.add_line(mark, 40.0, NM).number == 4
        drawing.rings.remove_last()
        assert lines.remove_last(AnchoredRings) is False
        assert lines.add_rings(mark, (NM,)).number == 2
        lines.clear()
        assert lines.entries == ()
        assert (lines.next_line, lines.next_rings) == (1, 1)

    def test_every_change_is_announced_once_and_no_other(self, drawing: DrawingDesk) -> None:
        heard: list[None] = []
        drawing.lines.changed.connect(heard.append)
        mark = drawing.anchors.read("CGN")
        assert isinstance(mark, Anchor)
        line = drawing.lines.add_line(mark, 10.0, NM)
        drawing.lines.remove(line)
        drawing.lines.remove(line)
        drawing.lines.clear()
        assert len(heard) == 2

    def test_the_oldest_goes_when_there_are_too_many(self, drawing: DrawingDesk) -> None:
        mark = drawing.anchors.read("CGN")
        assert isinstance(mark, Anchor)
        for _ in range(MOST + 1):
            drawing.lines.add_line(mark, 10.0, NM)
        assert [drawing.lines.entries[0].number, len(drawing.lines.entries)] == [2, MOST]

    def test_one_on_a_boat_moves_with_it_and_keeps_bearing_and_range(
        self, drawing: DrawingDesk, clock: FixedClock
    ) -> None:
        drawing.bearing.edit(start="A", bearing="300", distance="3")
        assert drawing.bearing.commit()
        line = the_line(drawing)
        at_0300 = drawing.lines.place(line)
        assert at_0300 is not None
        assert is_at(at_0300, 51, 0.14, 1, 35.29), "step 7"
        clock.set(at("0315"))
        at_0315 = drawing.lines.place(line)
        assert at_0315 is not None
        run_deg, run_m = bearing_and_distance(at_0300, at_0315)
        assert run_deg == pytest.approx(300.7, abs=0.1)
        assert run_m / NM == pytest.approx(1.26, abs=0.01)
        assert the_line(drawing) == line
        assert distance_m(at_0315, destination(at_0315, 300.0, 3 * NM)) == pytest.approx(3 * NM)

    def test_another_plot_has_none_of_them(self, drawing: DrawingDesk, clock: FixedClock) -> None:
        session = drawing.desk.session
        drawing.bearing.edit(start="CGN", bearing="23", distance="7.2")
        assert drawing.bearing.commit()
        drawing.bearing.edit(start="CGN")
        drawing.rings.edit(start="CGN")
        drawing.measure.edit(text="CGN")
        plot = session.document.plot
        first = session.show(open_plot(plot, clock=clock).document)
        assert drawing.lines.entries == ()
        drafts = (drawing.bearing, drawing.rings, drawing.measure)
        assert all(draft.is_empty for draft in drafts)
        first.close()

    def test_those_that_were_left_are_taken_over_with_their_numbers(
        self, drawing: DrawingDesk
    ) -> None:
        mark = drawing.anchors.read("CGN")
        assert isinstance(mark, Anchor)
        left = (AnchoredLine(4, mark, 23.0, NM), AnchoredRings(2, mark, (NM,)))
        drawing.lines.restore(left)
        assert drawing.lines.entries == left
        assert (drawing.lines.next_line, drawing.lines.next_rings) == (5, 3)
