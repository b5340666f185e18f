"""When a limit is crossed: the night's crossings, small steps of time, and what is no crossing."""

import math
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod, Transformer

from channelplot.analysis.dead_reckoning import Supposition, reckoning_of
from channelplot.analysis.drift import Conditions, Stream, Validity, carried_passage
from channelplot.analysis.passage import Passage, Way, steady_passage
from channelplot.analysis.waters import Doubt, Limit, waters_at
from channelplot.analysis.waters_ahead import (
    Crossing,
    next_crossing,
    next_end_passed,
    waters_ahead,
)
from channelplot.geodesy.measure import destination, distance_m
from channelplot.geodesy.position import Position
from channelplot.geodesy.rhumb_line import RhumbLine
from channelplot.geodesy.units import m_from_nm, nm_from_m
from helpers.builders import R5, at
from helpers.night_boats import boat_a_as_plotted
from helpers.night_chartwork import (
    BOUNDARY,
    NIGHT_CONDITIONS,
    NM_TOLERANCE,
    hms,
    is_at,
    raw_boundary,
)

GEOD = Geod(ellps="WGS84")
TO_MERCATOR = Transformer.from_crs("EPSG:4326", "EPSG:3395", always_xy=True)
A_SECOND = timedelta(seconds=1)


def boat_a_passage(supposition: Supposition | None = None) -> Passage:
    found = reckoning_of(boat_a_as_plotted(), at("0300"), supposition or Supposition())
    assert found is not None
    return found.passage


def crossing_of(passage: Passage, time: str, limit: Limit = BOUNDARY) -> Crossing:
    found = next_crossing(passage, limit, at(time))
    assert found is not None
    return found


class TestTheNight:
    def test_boat_a_crosses_into_british_waters_at_0334(self) -> None:
        found = crossing_of(boat_a_passage(), "0300")
        assert abs(found.at_utc - hms(3, 34, 8.5)) < A_SECOND
        assert is_at(found.position, 51, 1.61, 1, 31.38)
        assert (found.from_side, found.to_side) == ("FR", "GB")
        assert found.limit.is_legal
        assert found.course_deg == pytest.approx(300.7, abs=0.1)

    def test_4_13_miles_after_r3(self) -> None:
        found = crossing_of(boat_a_passage(), "0245")
        assert nm_from_m(found.run_m) == pytest.approx(4.13, abs=NM_TOLERANCE)

    def test_adrift_it_re_enters_french_waters_at_0430(self) -> None:
        found = crossing_of(carried_passage(R5, at("0340"), NIGHT_CONDITIONS), "0340")
        assert abs(found.at_utc - hms(4, 30, 23.5)) < A_SECOND
        assert is_at(found.position, 51, 2.54, 1, 33.59)
        assert (found.from_side, found.to_side) == ("GB", "FR")

    def test_the_boundary_drawn_raw_would_say_0427_and_does_not_come_out(self) -> None:
        passage = carried_passage(R5, at("0340"), NIGHT_CONDITIONS)
        raw = crossing_of(passage, "0340", raw_boundary())
        assert abs(raw.at_utc - hms(4, 27, 3.5)) < A_SECOND
        right = crossing_of(passage, "0340")
        assert right.at_utc - raw.at_utc > timedelta(minutes=3)

    def test_the_crossing_at_0334_moves_by_9_seconds_only_if_it_is_drawn_raw(self) -> None:
        raw = crossing_of(boat_a_passage(), "0300", raw_boundary())
        apart = raw.at_utc - crossing_of(boat_a_passage(), "0300").at_utc
        assert apart.total_seconds() == pytest.approx(9.0, abs=1.0)

    def test_all_about_boat_a_at_0300(self) -> None:
        ahead = waters_ahead(boat_a_passage(), BOUNDARY, at("0300"))
        assert ahead.waters.side == "FR"
        assert nm_from_m(ahead.waters.distance_m) == pytest.approx(2.62, abs=NM_TOLERANCE)
        assert ahead.crossing == crossing_of(boat_a_passage(), "0300")
        assert ahead.until_utc == at("0900")
        assert waters_ahead(
            boat_a_passage(), BOUNDARY, at("0300"), coast_m=30_000.0
        ).waters.doubts == (Doubt.OFF_COAST,)

    def test_adrift_from_0300_it_stays_in_french_waters(self) -> None:
        supposed = Supposition(conditions=NIGHT_CONDITIONS, drifts_from_utc=at("0300"))
        ahead = waters_ahead(boat_a_passage(supposed), BOUNDARY, at("0300"))
        assert ahead.waters.side == "FR"
        assert ahead.crossing is None


def first_change(passage: Passage, limit: Limit, hours: float) -> tuple[float, float] | None:
    """Return the seconds around the first change of side, by steps of 10 s and PROJ alone.

    For one way and a line of two points; both their ends count as drawn on.
    """
    way = passage.ways[0]
    seconds = np.arange(0.0, hours * 3600.0 + 1.0, 10.0)
    count = len(seconds)
    lon, lat, _ = GEOD.fwd(
        np.full(count, way.position.lon_deg),
        np.full(count, way.position.lat_deg),
        np.full(count, way.course_deg or 0.0),
        way.speed_mps * seconds,
    )
    x_m, y_m = TO_MERCATOR.transform(lon, lat)
    start, end = (TO_MERCATOR.transform(p.lon_deg, p.lat_deg) for p in limit.line.points)
    off = (end[0] - start[0]) * (y_m - start[1]) - (end[1] - start[1]) * (x_m - start[0])
    changes = np.flatnonzero(np.sign(off[1:]) != np.sign(off[:-1]))
    return (float(seconds[changes[0]]), float(seconds[changes[0] + 1])) if len(changes) else None


A_STRAIGHT_LIMIT = Limit(
    code="straight",
    line=RhumbLine((Position(-3.0, 49.0), Position(6.0, 52.0))),
    left="north",
    right="south",
    is_legal=False,
)


@given(st.floats(1.0, 2.0), st.floats(50.2, 51.2), st.floats(0.0, 360.0), st.floats(1.0, 30.0))
def test_against_steps_of_10_seconds(lon: float, lat: float, course: float, kn: float) -> None:
    passage = steady_passage(Position(lon, lat), at("0300"), course, kn)
    horizon = timedelta(hours=3)
    found = next_crossing(passage, A_STRAIGHT_LIMIT, at("0300"), horizon)
    stepped = first_change(passage, A_STRAIGHT_LIMIT, 3.0)
    if stepped is None:
        assert found is None
        return
    assert found is not None
    after_s = (found.at_utc - at("0300")).total_seconds()
    assert stepped[0] - 0.01 <= after_s <= stepped[1] + 0.01
    assert waters_at(found.position, A_STRAIGHT_LIMIT).distance_m < 0.05
    assert found.run_m == pytest.approx(distance_m(Position(lon, lat), found.position), abs=0.01)
    sides = [
        waters_at(passage.position_at(found.at_utc + timedelta(seconds=s)), A_STRAIGHT_LIMIT).side
        for s in (-10.0, 10.0)
    ]
    if None not in sides:
        assert sides == [found.from_side, found.to_side]


class TestWhatIsACrossingAndWhatNot:
    def test_every_crossing_of_a_line_that_turns_is_found_one_after_the_other(self) -> None:
        zigzag = Limit(
            code="zigzag",
            line=RhumbLine(
                tuple(Position(1.0 + 0.1 * k, 51.0 + (0.05 if k % 2 else -0.05)) for k in range(11))
            ),
            left="north",
            right="south",
            is_legal=False,
        )
        passage = steady_passage(Position(0.9, 51.0), at("0000"), 89.5, 10.0)
        times, time, sides = [], at("0000"), []
        while found := next_crossing(passage, zigzag, time):
            times.append(found.at_utc)
            sides.append(found.to_side)
            time = found.at_utc + A_SECOND
        assert len(times) == 10
        assert sides == ["south", "north"] * 5
        assert times == sorted(times)

    def test_through_a_corner_is_one_crossing(self) -> None:
        corner = BOUNDARY.line.points[3]
        start = destination(corner, 150.0, m_from_nm(3.0))
        course = GEOD.inv(start.lon_deg, start.lat_deg, corner.lon_deg, corner.lat_deg)[0]
        passage = steady_passage(start, at("0300"), course % 360.0, 6.0)
        found = crossing_of(passage, "0300")
        assert distance_m(found.position, corner) < 0.1
        assert abs(found.at_utc - at("0330")) < A_SECOND
        assert next_crossing(passage, BOUNDARY, found.at_utc + A_SECOND) is None

    def test_touching_a_corner_is_none(self) -> None:
        peak = Limit(
            code="peak",
            line=RhumbLine((Position(1.0, 50.9), Position(1.5, 51.0), Position(2.0, 50.9))),
            left="north",
            right="south",
            is_legal=False,
        )
        touching = Passage(
            (
                Way(
                    position=Position(1.4, 51.02),
                    at_utc=at("0300"),
                    course_deg=_course(Position(1.4, 51.02), Position(1.5, 51.0)),
                    speed_mps=_length(Position(1.4, 51.02), Position(1.5, 51.0)) / 1800.0,
                ),
                Way(
                    position=Position(1.5, 51.0),
                    at_utc=at("0330"),
                    course_deg=20.0,
                    speed_mps=3.0,
                ),
            )
        )
        assert next_crossing(touching, peak, at("0300")) is None

    def test_past_an_end_of_the_line_nothing_is_crossed(self) -> None:
        beyond = destination(BOUNDARY.line.points[0], 189.0, m_from_nm(2.0))
        passage = steady_passage(destination(beyond, 90.0, m_from_nm(2)), at("0300"), 270.0, 8.0)
        assert next_crossing(passage, BOUNDARY, at("0300")) is None
        assert waters_at(passage.position_at(at("0300")), BOUNDARY).side == "FR"
        assert waters_at(passage.position_at(at("0330")), BOUNDARY).side == "GB"

    def test_beyond_the_horizon_nothing_is_told(self) -> None:
        passage = boat_a_passage()
        assert next_crossing(passage, BOUNDARY, at("0300"), timedelta(minutes=34)) is None
        assert next_crossing(passage, BOUNDARY, at("0300"), timedelta(minutes=35)) is not None
        assert next_crossing(passage, BOUNDARY, at("0335")) is None

    def test_one_that_keeps_its_place_crosses_nothing(self) -> None:
        still = steady_passage(R5, at("0340"), None, 0.0)
        assert next_crossing(still, BOUNDARY, at("0340")) is None
        on_line = steady_passage(BOUNDARY.line.points[2], at("0340"), None, 0.0)
        assert next_crossing(on_line, BOUNDARY, at("0340")) is None

    def test_along_the_line_nothing_is_crossed(self) -> None:
        a, b = BOUNDARY.line.points[3], BOUNDARY.line.points[4]
        along = steady_passage(a, at("0300"), _course(a, b), 6.0)
        found = next_crossing(along, BOUNDARY, at("0300"), timedelta(hours=1))
        # From the line itself northward of it: the geodesic bends that way, by 14 m, and back.
        assert found is None or waters_at(found.position, BOUNDARY).distance_m < 0.05
        half_way = waters_at(along.position_at(at("0330")), BOUNDARY)
        assert 1.0 < half_way.distance_m < 20.0

    def test_a_turn_of_the_stream_brings_it_back(self) -> None:
        turning = Conditions(
            streams=(
                Stream(set_deg=330.0, rate_kn=2.0, valid=Validity(at("0300"), at("0500"))),
                Stream(set_deg=150.0, rate_kn=2.0, valid=Validity(at("0500"), at("0800"))),
            )
        )
        start = destination(Position(*_midway()), 150.0, m_from_nm(2.0))
        passage = carried_passage(start, at("0300"), turning)
        out = crossing_of(passage, "0300")
        assert (out.from_side, out.to_side) == ("FR", "GB")
        assert abs(out.at_utc - at("0400")) < timedelta(minutes=1)
        back = next_crossing(passage, BOUNDARY, out.at_utc + A_SECOND)
        assert back is not None
        assert (back.from_side, back.to_side) == ("GB", "FR")
        assert abs(back.at_utc - at("0600")) < timedelta(minutes=1)
        assert distance_m(back.position, out.position) < 10.0
        assert back.run_m == pytest.approx(m_from_nm(4.0), abs=100.0)

    def test_turning_on_the_line_itself_is_a_crossing_when_the_sides_differ(self) -> None:
        on_line = Position(*_midway())
        arrive = destination(on_line, 150.0, m_from_nm(1.0))
        leave = {"over": 330.0, "back": 150.0}
        found = {}
        for name, course in leave.items():
            ways = (
                Way(
                    position=arrive,
                    at_utc=at("0300"),
                    course_deg=_course(arrive, on_line),
                    speed_mps=m_from_nm(1.0) / 600.0,
                ),
                Way(position=on_line, at_utc=at("0310"), course_deg=course, speed_mps=3.0),
            )
            found[name] = next_crossing(Passage(ways), BOUNDARY, at("0300"))
        assert found["over"] is not None
        assert abs(found["over"].at_utc - at("0310")) < A_SECOND
        assert found["back"] is None


@given(st.integers(0, 4), st.floats(0.15, 0.85), st.floats(20.0, 160.0), st.floats(20.0, 160.0))
def test_a_turn_on_the_line_itself_is_one_crossing_wherever_it_is(
    leg: int, part: float, before: float, after: float
) -> None:
    a, b = BOUNDARY.line.points_m[leg], BOUNDARY.line.points_m[leg + 1]
    back = Transformer.from_crs("EPSG:3395", "EPSG:4326", always_xy=True)
    on_line = Position(*(float(x) for x in back.transform(*(a + part * (b - a)))))
    along = math.degrees(math.atan2(*(b - a)))
    arrive = destination(on_line, along + before, m_from_nm(0.3))
    ways = (
        Way(
            position=arrive,
            at_utc=at("0300"),
            course_deg=_course(arrive, on_line),
            speed_mps=m_from_nm(0.3) / 600.0,
        ),
        Way(position=on_line, at_utc=at("0310"), course_deg=(along - after) % 360, speed_mps=3.0),
    )
    found = next_crossing(Passage(ways), BOUNDARY, at("0300"), timedelta(minutes=12))
    assert found is not None
    assert (found.from_side, found.to_side) == ("FR", "GB")
    assert abs(found.at_utc - at("0310")) < A_SECOND


class TestEndsPassed:
    def test_a_boat_that_leaves_the_line_behind_is_told_when(self) -> None:
        start = destination(BOUNDARY.line.points[0], 90.0, m_from_nm(2.0))
        passage = steady_passage(destination(start, 9.0, m_from_nm(3.0)), at("0300"), 189.0, 6.0)
        found = next_end_passed(passage, BOUNDARY, at("0300"))
        assert found is not None
        assert found.is_leaving
        # Off the line's course by the second leg's turn; three miles at six knots.
        assert abs(found.at_utc - at("0330")) < timedelta(minutes=4)
        before = waters_at(passage.position_at(found.at_utc - A_SECOND), BOUNDARY)
        after = waters_at(passage.position_at(found.at_utc + A_SECOND), BOUNDARY)
        assert (before.is_legal, after.is_legal) == (True, False)
        assert after.doubts == (Doubt.BEYOND_END,)
        assert distance_m(found.position, passage.position_at(found.at_utc)) < 0.01

    def test_and_one_that_comes_to_it(self) -> None:
        start = destination(BOUNDARY.line.points[-1], 45.0, m_from_nm(3.0))
        passage = steady_passage(destination(start, 135.0, 4000.0), at("0300"), 225.0, 6.0)
        found = next_end_passed(passage, BOUNDARY, at("0300"))
        assert found is not None
        assert not found.is_leaving

    def test_none_within_the_horizon(self) -> None:
        assert next_end_passed(boat_a_passage(), BOUNDARY, at("0300"), timedelta(hours=1)) is None


def _course(a: Position, b: Position) -> float:
    return float(GEOD.inv(a.lon_deg, a.lat_deg, b.lon_deg, b.lat_deg)[0]) % 360.0


def _length(a: Position, b: Position) -> float:
    return float(GEOD.inv(a.lon_deg, a.lat_deg, b.lon_deg, b.lat_deg)[2])


def _midway() -> tuple[float, float]:
    """Return a place on the leg from IV to V."""
    a, b = BOUNDARY.line.points_m[3], BOUNDARY.line.points_m[4]
    x_m, y_m = (a + b) / 2.0
    back = Transformer.from_crs("EPSG:3395", "EPSG:4326", always_xy=True)
    lon, lat = back.transform(x_m, y_m)
    assert math.isfinite(lon)
    return float(lon), float(lat)
