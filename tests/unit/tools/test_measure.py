"""Measuring: point after point, taken back, along geodesics and rhumb lines, leaving nothing."""

import pytest
from pyproj import Geod

from channelplot.chart.overlay import DragLine, GhostPath, Overlay
from channelplot.chart.pointer import Button, Modifier
from channelplot.geodesy.measure import bearing_and_distance, distance_m
from channelplot.geodesy.position import Position
from channelplot.geodesy.rhumb import rhumb_course_and_distance
from channelplot.tools.measure import measured_leg
from channelplot.tools.tool import ToolId
from helpers.builders import R1, R2, R3, at, ddm
from helpers.desk import Desk
from helpers.drawing_desk import DrawingDesk
from helpers.night_chartwork import CGN

NM = 1852.0
SEA = ddm(51, 8.0, 1, 25.0)


@pytest.fixture
def drawing(desk: Desk) -> DrawingDesk:
    """The drawing tools over the night's plot, with measuring taken up."""
    drawing = DrawingDesk(desk)
    drawing.toolbox.take_up(ToolId.MEASURE)
    return drawing


def measured(drawing: DrawingDesk) -> list[Position]:
    return list(drawing.measure.points)


def is_done(drawing: DrawingDesk) -> bool:
    return drawing.measure.is_done


def types(drawing: DrawingDesk, *texts: str) -> None:
    for text in texts:
        drawing.measure.edit(text=text)
        assert drawing.measure.commit(), text


def test_the_run_of_a_is_measured_by_clicks_on_its_reports(drawing: DrawingDesk) -> None:
    for place in (R1, R2, R3):
        drawing.mouse.click(place, off_px=(3.0, 2.0))
    reading = drawing.measure.reading()
    assert reading.points == (R1, R2, R3), "exactly, not where the pointer was"
    courses = [leg.course_deg for leg in reading.legs]
    assert courses == pytest.approx([308.5, 294.9], abs=0.1)
    lengths_nm = [leg.distance_m / NM for leg in reading.legs]
    assert lengths_nm == pytest.approx([1.27, 1.69], abs=0.01)
    assert reading.total_m / NM == pytest.approx(2.96, abs=0.01), "step 3"
    assert drawing.desk.store.saved == []
    assert drawing.lines.entries == ()


def test_the_pointer_is_measured_to_with_the_running_total_and_the_way_back(
    drawing: DrawingDesk,
) -> None:
    drawing.hover(R1)
    assert drawing.toolbox.overlay == Overlay()
    drawing.mouse.click(R1)
    drawing.hover(R2)
    reading = drawing.measure.reading()
    assert reading.is_open
    assert reading.legs[0].back_deg == bearing_and_distance(R2, R1)[0]
    assert drawing.toolbox.overlay == Overlay((GhostPath((R1, R2), "308.5°T 1.27 NM"),))
    drawing.mouse.click(R2)
    drawing.hover(R3)
    assert drawing.toolbox.overlay == Overlay(
        (GhostPath((R1, R2)), GhostPath((R2, R3), "294.9°T 1.69 NM · 2.96 NM"))
    )
    assert measured(drawing) == [R1, R2]
    drawing.hover(R2)
    assert drawing.toolbox.overlay.shapes[-1] == GhostPath((R2, R2)), "no course to itself"


def test_time_at_a_speed(drawing: DrawingDesk) -> None:
    types(drawing, "CGN", "023 CGN 7.2")
    reading = drawing.measure.reading()
    assert reading.duration_s(reading.total_m) is None
    drawing.measure.edit(speed="14.4")
    reading = drawing.measure.reading()
    assert reading.duration_s(reading.total_m) == pytest.approx(1800.0, abs=0.1)
    for wrong in ("0", "fast"):
        drawing.measure.edit(speed=wrong)
        assert drawing.measure.reading().is_speed_wrong
        assert drawing.measure.reading().duration_s(NM) is None


@pytest.mark.parametrize(
    ("typed", "start"),
    [
        ("14.4", "0300"),
        ("14.4 kn", "0300"),
        ("14,4kts 0438Z", "0438"),
        ("14.4 at 0438Z", "0438"),
        ("14.4 kn from 0638B", "0438"),
        ("14.4 +30", "0330"),
    ],
)
def test_the_arrival_counts_from_now_or_from_a_start_that_is_typed(
    drawing: DrawingDesk, typed: str, start: str
) -> None:
    types(drawing, "CGN", "023 CGN 7.2")
    drawing.measure.edit(speed=typed)
    reading = drawing.measure.reading()
    assert not reading.is_speed_wrong
    assert reading.start_problem is None
    assert reading.starts_at_utc == at(start)
    assert reading.is_start_said == (start != "0300")
    assert reading.eta_utc is not None
    assert (reading.eta_utc - at(start)).total_seconds() == pytest.approx(1800.0, abs=0.1)


def test_the_arrival_counts_from_the_time_that_is_asked_for(drawing: DrawingDesk) -> None:
    told: list[None] = []
    drawing.measure.changed.connect(told.append)
    drawing.chartwork.choose_time(at("0430"))
    assert told == [], "nothing is measured"
    types(drawing, "CGN", "023 CGN 7.2")
    drawing.measure.edit(speed="14.4")
    told.clear()
    drawing.chartwork.choose_time(at("0500"))
    assert told == [None]
    reading = drawing.measure.reading()
    assert (reading.starts_at_utc, reading.is_start_said) == (at("0500"), True)
    drawing.measure.edit(speed="14.4 0600Z")
    assert drawing.measure.reading().starts_at_utc == at("0600"), "typed goes before asked for"


def test_no_arrival_where_none_can_be_told(drawing: DrawingDesk) -> None:
    types(drawing, "CGN", "023 CGN 7.2")
    assert drawing.measure.reading().eta_utc is None, "no speed"
    drawing.measure.edit(speed="0.001")
    assert drawing.measure.reading().eta_utc is None, "months ahead"
    drawing.measure.edit(speed="14.4 2561Z")
    assert drawing.measure.reading().start_problem is not None


def test_points_are_taken_back_one_by_one(drawing: DrawingDesk) -> None:
    types(drawing, "CGN", "A 0210Z", "A 0228Z")
    drawing.measure.remove_last()
    assert measured(drawing) == [CGN, R1]
    for _ in range(3):
        drawing.measure.remove_last()
    assert drawing.measure.is_empty


def test_enter_without_a_point_ends_and_the_next_begins_another(drawing: DrawingDesk) -> None:
    assert drawing.measure.commit() is False, "nothing to end"
    types(drawing, "CGN", "A 0210Z")
    assert drawing.measure.commit()
    assert is_done(drawing)
    drawing.hover(SEA)
    assert drawing.measure.reading().points == (CGN, R1), "it no longer follows"
    assert drawing.toolbox.overlay == Overlay()
    drawing.measure.remove_last()
    assert not is_done(drawing), "and goes on from there"
    assert drawing.measure.commit()
    types(drawing, "A 0245Z")
    assert measured(drawing) == [R3]


def test_a_double_click_ends_with_its_place_as_the_last_point(drawing: DrawingDesk) -> None:
    drawing.mouse.click(R1)
    drawing.mouse.double_click(R2)
    assert measured(drawing) == [R1, R2]
    assert is_done(drawing)
    drawing.mouse.click(R3)
    assert measured(drawing) == [R3]
    right = drawing.mouse.event(*drawing.mouse.pixel(R3), Button.RIGHT, Modifier.NONE)
    drawing.toolbox.double_click(right)
    assert not is_done(drawing)


def test_leaving_the_tool_leaves_nothing_behind(drawing: DrawingDesk) -> None:
    types(drawing, "CGN", "A 0210Z")
    drawing.measure.edit(text="B")
    drawing.toolbox.take_up(ToolId.PAN)
    assert drawing.measure.is_empty
    assert measured(drawing) == []
    assert drawing.toolbox.overlay == Overlay()
    assert drawing.desk.store.saved == []


def test_what_names_no_point_is_not_added_and_stays(drawing: DrawingDesk) -> None:
    drawing.measure.edit(text="nowhere")
    assert drawing.measure.reading().problem is not None
    assert drawing.measure.commit() is False
    assert drawing.measure.text == "nowhere"


def test_a_typed_point_is_measured_to_before_enter_and_the_same_twice_is_one(
    drawing: DrawingDesk,
) -> None:
    types(drawing, "CGN")
    drawing.measure.edit(text="A 0210Z")
    reading = drawing.measure.reading()
    assert (reading.points, reading.is_open) == ((CGN, R1), True)
    types(drawing, "A 0210Z", "A 0210Z")
    assert measured(drawing) == [CGN, R1]
    drawing.mouse.press(1e7, 0.0)
    drawing.mouse.release(1e7, 0.0)
    assert measured(drawing) == [CGN, R1]


class TestRhumbLines:
    def test_a_rhumb_line_is_longer_and_its_course_the_same_at_both_ends(
        self, drawing: DrawingDesk
    ) -> None:
        texts = ("50 30.0N 001 00.0W", "51 10.0N 002 00.0E")
        types(drawing, *texts)
        west, east = drawing.measure.points
        geodesic = drawing.measure.reading()
        drawing.measure.edit(is_rhumb=True)
        rhumb = drawing.measure.reading()
        course_deg, length_m = rhumb_course_and_distance(west, east)
        (leg,) = rhumb.legs
        assert (leg.course_deg, leg.distance_m) == (course_deg, length_m)
        assert leg.back_deg == pytest.approx((course_deg or 0.0) + 180.0)
        assert geodesic.total_m == distance_m(west, east)
        assert (geodesic.other_m, rhumb.other_m) == (rhumb.total_m, geodesic.total_m)
        assert 1.0 < rhumb.total_m - geodesic.total_m < 100.0
        assert drawing.toolbox.overlay == Overlay((DragLine(west, east),)), "straight in Mercator"

    def test_both_agree_with_very_many_short_geodesics(self) -> None:
        """A line of one course, by PROJ's geodesics of 10 m, ends where the rhumb line does."""
        west, east = Position(-1.0, 50.5), Position(2.0, 51.1)
        leg = measured_leg(west, east, is_rhumb=True)
        assert leg.course_deg is not None
        geod = Geod(ellps="WGS84")
        lon_deg, lat_deg = west.lon_deg, west.lat_deg
        steps = 20_000
        for _ in range(steps):
            lon_deg, lat_deg, _back = geod.fwd(
                lon_deg, lat_deg, leg.course_deg, leg.distance_m / steps
            )
        assert distance_m(Position(lon_deg, lat_deg), east) < 1.0

    def test_along_the_meridian_of_greenwich_both_are_one(self) -> None:
        south, north = Position(0.0, 50.0), Position(0.0, 51.0)
        rhumb = measured_leg(south, north, is_rhumb=True)
        geodesic = measured_leg(south, north, is_rhumb=False)
        assert rhumb.distance_m == pytest.approx(geodesic.distance_m, abs=1e-6)
        assert (rhumb.course_deg, rhumb.back_deg) == (0.0, 180.0)

    def test_over_greenwich_the_course_turns_for_a_geodesic_alone(self) -> None:
        east, west = Position(0.0, 50.5), Position(-10 / 60, 50.5)
        geodesic = measured_leg(east, west, is_rhumb=False)
        assert geodesic.course_deg == pytest.approx(270.1, abs=0.1)
        assert geodesic.distance_m / NM == pytest.approx(6.38, abs=0.01)
        rhumb = measured_leg(east, west, is_rhumb=True)
        assert (rhumb.course_deg, rhumb.back_deg) == pytest.approx((270.0, 90.0))

    def test_to_a_pole_it_is_the_meridian(self) -> None:
        start, pole = Position(1.0, 51.0), Position(1.0, 90.0)
        rhumb = measured_leg(start, pole, is_rhumb=True)
        assert rhumb == measured_leg(start, pole, is_rhumb=False)
