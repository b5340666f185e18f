"""Whose waters: the night, 100,000 places against shapely, loaded limits, regions."""

import os
from collections.abc import Sequence
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from channelplot.analysis.coast import NearestCoast
from channelplot.analysis.dead_reckoning import reckoning_of
from channelplot.analysis.drift import carried_passage
from channelplot.analysis.passage import steady_passage
from channelplot.analysis.whose_waters import (
    NO_STATE,
    WatersBasis,
    WatersChange,
    WatersChart,
    WhoseWaters,
)
from channelplot.basemap.basemap import load_basemap
from channelplot.basemap.boundary import BOUNDARY_CODE
from channelplot.basemap.land import Land
from channelplot.geodesy.measure import circle_deg, destination, distance_m
from channelplot.geodesy.position import Position
from channelplot.geodesy.projection import position_from_chart_m
from channelplot.geodesy.units import METRES_PER_NM, m_from_nm, nm_from_m
from channelplot.model.codes import LimitPurpose
from channelplot.model.limit import LoadedLimit
from helpers.builders import R1, R3, R5, R6, at, ddm
from helpers.independent_waters import independent_answers
from helpers.night_boats import boat_a_as_plotted
from helpers.night_chartwork import (
    BEARING_TOLERANCE_DEG,
    BOUNDARY,
    CUTTER_1,
    NIGHT_CONDITIONS,
    NM_TOLERANCE,
    PATROL_FR,
    hms,
    is_at,
)

GEOD = Geod(ellps="WGS84")
POINTS = int(os.environ.get("CHANNELPLOT_CASES", "20000"))
NEAR_LINES = 3_000
TOLERANCE_M = 10.0
SEED = 19_881_102
MID_CHANNEL = Position(-3.0, 49.7)
OFF_CHERBOURG = Position(-1.6, 49.75)
OFF_OSTEND = Position(2.85, 51.3)
BESIDE_THE_LINE = Position(1.40, 50.95)
"""French, between I and VI."""


@pytest.fixture(scope="module")
def land() -> Land:
    return Land(load_basemap())


@pytest.fixture(scope="module")
def chart(land: Land) -> WatersChart:
    return WatersChart(BOUNDARY, (), land)


def a_line(
    *points: Position, left: str = "GB", right: str = "FR", uid: str = "line", **said: object
) -> LoadedLimit:
    return a_limit(points, uid, left=left, right=right, is_area=False, **said)


def an_area(
    points: Sequence[Position], whose: str, uid: str = "area", **said: object
) -> LoadedLimit:
    return a_limit((*points, points[0]), uid, left=whose, right="", is_area=True, **said)


def a_limit(points: Sequence[Position], uid: str, **said: object) -> LoadedLimit:
    values: dict[str, object] = {
        "uid": uid,
        "purpose": LimitPurpose.WATERS,
        "name": f"Limit {uid}",
        "points": tuple(points),
        "is_legal": True,
        "loaded_at_utc": at("0100"),
        **said,
    }
    return LoadedLimit(**values)  # type: ignore[arg-type]


def a_box(west: float, south: float, east: float, north: float) -> tuple[Position, ...]:
    return (
        Position(west, south),
        Position(east, south),
        Position(east, north),
        Position(west, north),
    )


class TestTheNight:
    @pytest.mark.parametrize(
        ("position", "state", "nm", "bearing"),
        [
            (R1, "FR", 6.23, 331.5),
            (R3, "FR", 3.70, 331.5),
            (ddm(51, 0.1431, 1, 35.2853), "FR", 2.62, 331.4),
            (ddm(51, 2.30, 1, 32.53), "GB", 0.13, None),
            (R5, "GB", 0.49, None),
            (R6, "GB", 0.25, None),
            (ddm(51, 1.20, 1, 44.74), "FR", 4.54, None),
            (CUTTER_1, "GB", 8.14, None),
            (PATROL_FR, "FR", 7.66, None),
        ],
    )
    @pytest.mark.parametrize("has_coast", [True, False])
    def test_sides_and_distances_with_a_coast_and_without(
        self,
        chart: WatersChart,
        position: Position,
        state: str,
        nm: float,
        bearing: float | None,
        has_coast: bool,
    ) -> None:
        found = (chart if has_coast else WatersChart(BOUNDARY)).whose(position)
        assert (found.state, found.basis, found.is_legal) == (state, WatersBasis.BOUNDARY, True)
        assert found.limit_code == BOUNDARY_CODE
        assert nm_from_m(found.distance_m) == pytest.approx(nm, abs=NM_TOLERANCE)
        assert found.line.side == state
        assert found.line.is_legal
        if bearing is not None:
            assert found.bearing_deg == pytest.approx(bearing, abs=BEARING_TOLERANCE_DEG)

    def test_boat_a_crosses_into_british_waters_at_0334(self, chart: WatersChart) -> None:
        reckoning = reckoning_of(boat_a_as_plotted(), at("0300"))
        assert reckoning is not None
        found = chart.next_change(reckoning.passage, at("0245"))
        assert found is not None
        assert abs(found.at_utc - hms(3, 34, 8.5)) < timedelta(seconds=1)
        assert is_at(found.position, 51, 1.61, 1, 31.38)
        assert (found.from_state, found.to_state, found.is_legal) == ("FR", "GB", True)
        assert found.limit_code == BOUNDARY_CODE
        assert nm_from_m(found.run_m) == pytest.approx(4.13, abs=NM_TOLERANCE)

    def test_adrift_it_re_enters_french_waters_at_0430(self, chart: WatersChart) -> None:
        drifting = carried_passage(R5, at("0340"), NIGHT_CONDITIONS)
        found = chart.next_change(drifting, at("0340"))
        assert found is not None
        assert abs(found.at_utc - hms(4, 30, 23.5)) < timedelta(seconds=1)
        assert is_at(found.position, 51, 2.54, 1, 33.59)
        assert (found.from_state, found.to_state) == ("GB", "FR")


class TestAgainstAnIndependentConstruction:
    def compared(self, chart: WatersChart, places_deg: np.ndarray) -> tuple[int, float]:
        """How many answers differ, and the furthest from a line that one does."""
        expected = independent_answers(places_deg)
        found = [chart.state_and_basis(Position(float(x), float(y))) for x, y in places_deg]
        states = np.array([state or "" for state, _, _ in found])
        is_legal = np.array([legal for _, _, legal in found])
        differ = (states != expected.states) | (is_legal != expected.is_legal)
        assert len(set(states)) >= 5
        assert is_legal.any()
        return int(differ.sum()), float(expected.to_line_m[differ].max(initial=0.0))

    def test_20_000_places_or_as_many_as_are_asked_for_differ_only_within_10_m_of_a_line(
        self, chart: WatersChart, record_property: pytest.FixtureRequest
    ) -> None:
        rng = np.random.default_rng(SEED)
        places_deg = np.column_stack(
            (rng.uniform(-7.0, 4.5, POINTS), rng.uniform(48.0, 52.2, POINTS))
        )
        number, furthest_m = self.compared(chart, places_deg)
        record_property("differ", number)  # type: ignore[operator]
        record_property("furthest_m", furthest_m)  # type: ignore[operator]
        assert furthest_m <= TOLERANCE_M

    def test_places_beside_the_lines_differ_only_within_10_m(
        self, chart: WatersChart, land: Land
    ) -> None:
        """Up to 60 m off the 12 NM arcs, the boundary and its perpendiculars."""
        rng = np.random.default_rng(SEED)
        coast_deg = np.concatenate([np.asarray(c.coords) for c in load_basemap().coastline])
        start_deg = coast_deg[rng.integers(0, len(coast_deg), NEAR_LINES)]
        off_m = 12 * METRES_PER_NM + rng.uniform(-60.0, 60.0, NEAR_LINES)
        lon, lat, _ = GEOD.fwd(
            start_deg[:, 0], start_deg[:, 1], rng.uniform(0.0, 360.0, NEAR_LINES), off_m
        )
        arcs_deg = np.column_stack((lon, lat))
        points_m = BOUNDARY.line.points_m
        legs = rng.integers(0, len(points_m) - 1, NEAR_LINES)
        share = rng.uniform(0.0, 1.0, (NEAR_LINES, 1))
        line_m = points_m[legs] + share * (points_m[legs + 1] - points_m[legs])
        line_m += rng.uniform(-60.0, 60.0, (NEAR_LINES, 2))
        across_m = []
        for corner, other in ((points_m[0], points_m[1]), (points_m[-1], points_m[-2])):
            along = (other - corner) / np.hypot(*(other - corner))
            across = np.array([-along[1], along[0]])
            places = rng.uniform(-40_000.0, 40_000.0, (NEAR_LINES // 2, 1))
            across_m.append(
                corner + places * across + rng.uniform(-60, 60, (NEAR_LINES // 2, 1)) * along
            )
        chart_m = np.vstack((line_m, *across_m))
        at_lines = [position_from_chart_m(float(x), float(y)) for x, y in chart_m]
        lines_deg = np.array([(p.lon_deg, p.lat_deg) for p in at_lines])
        every = np.vstack((arcs_deg, lines_deg))
        inside = (np.abs(every[:, 0] + 1.25) <= 5.75) & (np.abs(every[:, 1] - 50.1) <= 2.1)
        number, furthest_m = self.compared(chart, every[inside])
        assert furthest_m <= TOLERANCE_M
        assert number < NEAR_LINES // 100

    @given(lon=st.floats(-6.9, 4.4), lat=st.floats(48.1, 52.1))
    def test_the_short_answer_is_the_long_one(
        self, chart: WatersChart, lon: float, lat: float
    ) -> None:
        position = Position(lon, lat)
        whose = chart.whose(position)
        if whose.state is not None or whose.basis is WatersBasis.OUTSIDE:
            short = chart.state_and_basis(position)
            assert short == (whose.state, whose.basis, whose.is_legal)


class TestWithoutALimit:
    @pytest.mark.parametrize(
        ("position", "state", "basis"),
        [
            (OFF_CHERBOURG, "FR", WatersBasis.COAST),
            (OFF_OSTEND, "BE", WatersBasis.COAST),
            (Position(-2.1, 49.13), "JE", WatersBasis.COAST),
            (Position(-2.65, 49.4), "GG", WatersBasis.COAST),
            (Position(-1.2, 50.5), "GB", WatersBasis.COAST),
            (MID_CHANNEL, None, WatersBasis.OUTSIDE),
            (Position(0.3, 49.2), "FR", WatersBasis.LAND),
            (Position(-6.4, 52.1), "IE", WatersBasis.COAST),
            (Position(-20.0, 50.0), None, WatersBasis.UNKNOWN),
        ],
    )
    def test_the_coast_answers_and_is_indicative(
        self, chart: WatersChart, position: Position, state: str | None, basis: WatersBasis
    ) -> None:
        found = chart.whose(position)
        assert (found.state, found.basis, found.is_legal) == (state, basis, False)
        assert found.limit_code is None
        assert found.line.limit is BOUNDARY

    def test_without_a_coast_only_the_line_answers(self) -> None:
        found = WatersChart(BOUNDARY).whose(OFF_CHERBOURG)
        assert (found.state, found.basis, found.coast_m) == (None, WatersBasis.UNKNOWN, None)
        past_i = destination(BOUNDARY.line.points[0], 190.0, 3_000.0)
        beside = WatersChart(BOUNDARY).whose(destination(past_i, 280.0, 1_000.0))
        assert (beside.state, beside.is_legal) == ("GB", False)

    def test_inland_between_the_perpendiculars_it_is_the_states_land(
        self, chart: WatersChart
    ) -> None:
        near, far = chart.whose(Position(1.30, 51.15)), chart.whose(Position(0.0, 51.3))
        assert (near.state, near.basis, near.is_legal) == ("GB", WatersBasis.LAND, True)
        assert (far.state, far.basis, far.is_legal) == ("GB", WatersBasis.LAND, False)

    def test_on_the_line_nobody_is_named(self, chart: WatersChart) -> None:
        found = chart.whose(BOUNDARY.line.points[2])
        assert (found.state, found.is_legal, found.limit_code) == (None, False, BOUNDARY_CODE)
        assert found.distance_m < 1.0

    def test_the_distance_of_the_coast_is_told(self, chart: WatersChart, land: Land) -> None:
        coast = land.nearest_coast(OFF_CHERBOURG)
        assert coast is not None
        assert chart.whose(OFF_CHERBOURG).coast_m == coast.distance_m
        assert coast.distance_m == pytest.approx(distance_m(OFF_CHERBOURG, coast.position))


class TestLoadedLimits:
    def whose(self, land: Land | None, position: Position, *loaded: LoadedLimit) -> WhoseWaters:
        return WatersChart(BOUNDARY, loaded, land).whose(position)

    def test_an_area_answers_before_the_coast_and_by_law_if_the_desk_says_so(
        self, land: Land
    ) -> None:
        area = an_area(a_box(-1.8, 49.7, -1.4, 49.8), "FR")
        found = self.whose(land, OFF_CHERBOURG, area)
        assert (found.state, found.basis, found.is_legal) == ("FR", WatersBasis.AREA, True)
        assert (found.limit_code, found.limit_name) == ("area", "Limit area")
        drawn = an_area(a_box(-1.8, 49.7, -1.4, 49.8), "FR", is_legal=False)
        assert not self.whose(land, OFF_CHERBOURG, drawn).is_legal
        assert self.whose(None, OFF_CHERBOURG, area).is_legal
        assert self.whose(land, MID_CHANNEL, area).basis is WatersBasis.OUTSIDE

    def test_a_line_answers_on_either_side_between_its_ends(self, land: Land) -> None:
        line = a_line(Position(-1.6, 49.72), Position(-1.6, 49.85), left="XX", right="FR")
        west = self.whose(land, Position(-1.65, 49.78), line)
        east = self.whose(land, Position(-1.55, 49.78), line)
        assert (west.state, east.state) == ("XX", "FR")
        assert west.is_legal
        assert west.basis is WatersBasis.BOUNDARY
        past_the_end = self.whose(land, Position(-1.65, 49.86), line)
        assert past_the_end.basis in (WatersBasis.COAST, WatersBasis.OUTSIDE)

    def test_a_line_further_than_12_miles_off_says_nothing(self, land: Land) -> None:
        line = a_line(Position(-1.6, 49.72), Position(-1.6, 49.85), left="XX", right="FR")
        within = destination(Position(-1.6, 49.78), 270.0, m_from_nm(11.98))
        beyond = destination(Position(-1.6, 49.78), 270.0, m_from_nm(12.02))
        assert self.whose(land, within, line).state == "XX"
        assert self.whose(land, beyond, line).state != "XX"

    def test_far_from_every_coast_a_line_is_indicative(self, land: Land) -> None:
        line = a_line(Position(-3.2, 49.7), Position(-2.8, 49.7))
        found = self.whose(land, Position(-3.0, 49.72), line)
        assert (found.state, found.is_legal) == ("GB", False)

    def test_a_legal_line_of_another_side_than_1988_is_disputed(self, land: Land) -> None:
        wrong = a_line(*BOUNDARY.line.points, left="FR", right="GB")
        found = self.whose(land, R1, wrong)
        assert (found.state, found.is_legal, found.disputed_by) == ("GB", False, BOUNDARY_CODE)
        right = a_line(*BOUNDARY.line.points)
        agreed = self.whose(land, R1, right)
        assert (agreed.state, agreed.is_legal, agreed.disputed_by) == ("FR", True, "")

    def test_of_two_that_disagree_the_one_loaded_last_is_followed_and_the_doubt_is_told(
        self, land: Land
    ) -> None:
        box = a_box(-1.8, 49.7, -1.4, 49.8)
        old = an_area(box, "JE", "old", loaded_at_utc=at("0100"))
        new = an_area(box, "FR", "new", loaded_at_utc=at("0200"))
        for order in ((old, new), (new, old)):
            found = self.whose(land, OFF_CHERBOURG, *order)
            assert (found.state, found.limit_code) == ("FR", "new")
            assert (found.is_legal, found.disputed_by) == (False, "Limit old")

    def test_a_line_behind_another_has_no_say(self, land: Land) -> None:
        """West of Jersey's west side: its east side would say it is still Jersey's."""
        west = a_line(Position(-2.35, 49.0), Position(-2.35, 49.35), left="FR", right="JE", uid="w")
        east = a_line(
            Position(-2.25, 49.0),
            Position(-2.25, 49.35),
            left="JE",
            right="FR",
            uid="e",
            loaded_at_utc=at("0200"),
        )
        found = self.whose(land, Position(-2.4, 49.2), west, east)
        assert (found.state, found.limit_code, found.disputed_by) == ("FR", "w", "")
        between = self.whose(land, Position(-2.3, 49.2), west, east)
        assert (between.state, between.disputed_by) == ("JE", "")

    def test_on_a_loaded_limit_nobody_is_named(self, land: Land) -> None:
        line = a_line(Position(-1.6, 49.72), Position(-1.6, 49.85), left="XX")
        found = self.whose(land, Position(-1.6, 49.78), line)
        assert (found.state, found.is_legal, found.limit_code) == (None, False, "line")

    def test_the_nearest_boundary_may_be_a_loaded_line(self, land: Land) -> None:
        line = a_line(Position(-1.6, 49.72), Position(-1.6, 49.85), left="XX")
        place = Position(-1.65, 49.78)
        found = self.whose(land, place, line)
        assert found.distance_m == pytest.approx(distance_m(place, found.nearest))
        assert found.distance_m < 4_000.0
        assert found.bearing_deg == pytest.approx(90.0, abs=1.0)
        assert found.line.distance_m > 100_000.0

    def test_an_outline_is_no_boundary_where_the_same_state_lies_behind_it(
        self, land: Land
    ) -> None:
        area = an_area(a_box(-1.7, 49.75, -1.5, 49.95), "FR")
        shore_side = self.whose(land, Position(-1.6, 49.76), area)
        assert shore_side.distance_m > 10_000.0  # the coast behind it is French as well
        seaward = self.whose(land, Position(-1.6, 49.94), area)
        assert seaward.distance_m == pytest.approx(1_112.0, abs=5.0)

    def test_a_limit_that_is_all_in_one_place_is_passed_over(self, land: Land) -> None:
        nothing = a_line(OFF_CHERBOURG, OFF_CHERBOURG)
        assert self.whose(land, OFF_CHERBOURG, nothing).basis is WatersBasis.COAST

    def test_no_states_side_is_a_side_like_any_other(self, land: Land) -> None:
        line = a_line(Position(-1.7, 49.8), Position(-1.5, 49.8), left=NO_STATE, right="FR")
        assert self.whose(land, Position(-1.6, 49.82), line).state == NO_STATE


class TestChanges:
    def change(
        self, land: Land | None, start: Position, course_deg: float, *loaded: LoadedLimit
    ) -> WatersChange | None:
        passage = steady_passage(start, at("0300"), course_deg, 6.0)
        return WatersChart(BOUNDARY, loaded, land).next_change(passage, at("0300"))

    def test_an_area_is_entered_and_left(self, land: Land) -> None:
        area = an_area(a_box(-3.2, 49.6, -2.8, 49.8), "FR")
        entered = self.change(land, Position(-3.0, 49.5), 0.0, area)
        assert entered is not None
        assert (entered.from_state, entered.to_state) == (NO_STATE, "FR")
        assert entered.position.lat_deg == pytest.approx(49.6, abs=1e-5)
        assert (entered.is_legal, entered.limit_code, entered.limit_name) == (
            True,
            "area",
            "Limit area",
        )
        left = self.change(land, MID_CHANNEL, 0.0, area)
        assert left is not None
        assert (left.from_state, left.to_state) == ("FR", NO_STATE)
        assert left.run_m == pytest.approx(distance_m(MID_CHANNEL, left.position), abs=0.1)

    def test_an_area_of_the_state_one_is_in_changes_nothing(self, land: Land) -> None:
        area = an_area(a_box(-1.7, 49.70, -1.5, 49.74), "FR")
        assert self.change(land, OFF_CHERBOURG, 180.0, area) is None

    def test_a_change_by_an_indicative_limit_is_indicative(self, land: Land) -> None:
        area = an_area(a_box(-3.2, 49.6, -2.8, 49.8), "FR", is_legal=False)
        found = self.change(land, MID_CHANNEL, 0.0, area)
        assert found is not None
        assert not found.is_legal

    def test_a_copy_of_the_boundary_beside_it_makes_one_change_of_two(self, land: Land) -> None:
        copy = tuple(destination(p, 310.0, 0.9) for p in BOUNDARY.line.points)
        found = self.change(land, BESIDE_THE_LINE, 330.0, a_line(*copy, uid="copy"))
        assert found is not None
        assert (found.from_state, found.to_state, found.limit_code) == ("FR", "GB", "copy")
        after = steady_passage(
            destination(found.position, 330.0, 50.0), at("0300"), found.course_deg, 6.0
        )
        chart = WatersChart(BOUNDARY, [a_line(*copy, uid="copy")], land)
        assert chart.next_change(after, at("0300")) is None

    def test_one_that_stays_changes_nothing(self, land: Land) -> None:
        still = steady_passage(R1, at("0300"), None, 0.0)
        assert WatersChart(BOUNDARY, (), land).next_change(still, at("0300")) is None

    def test_beyond_the_horizon_nothing_is_said(self, land: Land) -> None:
        passage = steady_passage(R1, at("0300"), 331.5, 5.0)
        chart = WatersChart(BOUNDARY, (), land)
        assert chart.next_change(passage, at("0300"), timedelta(minutes=74)) is None
        assert chart.next_change(passage, at("0300"), timedelta(minutes=76)) is not None

    @given(
        course=st.floats(0.0, 359.9),
        speed=st.floats(0.5, 30.0),
        lon=st.floats(1.0, 2.2),
        lat=st.floats(50.7, 51.3),
    )
    def test_the_answer_before_a_change_and_after_it_are_what_it_says(
        self, chart: WatersChart, course: float, speed: float, lon: float, lat: float
    ) -> None:
        passage = steady_passage(Position(lon, lat), at("0300"), course, speed)
        found = chart.next_change(passage, at("0300"))
        if found is None:
            return
        aside = timedelta(seconds=30.0 / (speed * 0.5144))
        before = chart.state_and_basis(passage.position_at(found.at_utc - aside))
        after = chart.state_and_basis(passage.position_at(found.at_utc + aside))
        grazing = distance_m(found.position, BOUNDARY.line.points[0]) < 100.0
        if found.run_m > 30.0 and before[0] != after[0] and not grazing:
            assert (before[0], after[0]) == (found.from_state, found.to_state)


class TestManyPoints:
    def test_areas_of_5_000_points_answer_as_their_circles_do(self, land: Land) -> None:
        centre = Position(-4.6, 49.4)
        ring = [Position(float(x), float(y)) for x, y in circle_deg(centre, 20_000.0, 5_000)[:-1]]
        chart = WatersChart(BOUNDARY, [an_area(ring, "FR")], land)
        for bearing in range(0, 360, 30):
            inside, outside = (destination(centre, bearing, r) for r in (19_990.0, 20_010.0))
            assert chart.whose(inside).state == "FR"
            assert chart.whose(inside).distance_m == pytest.approx(10.0, abs=0.1)
            assert chart.whose(outside).state is None
        passage = steady_passage(centre, at("0300"), 77.0, 5.0)
        found = chart.next_change(passage, at("0300"))
        assert found is None or found.run_m == pytest.approx(20_000.0, abs=0.1)
        faster = chart.next_change(steady_passage(centre, at("0300"), 77.0, 9.0), at("0300"))
        assert faster is not None
        assert faster.run_m == pytest.approx(20_000.0, abs=0.1)


class TestRegions:
    DOVER = Position(1.5, 51.0)

    def region_line(self, **said: object) -> LoadedLimit:
        return a_line(
            *BOUNDARY.line.points,
            left="HM Coastguard",
            right="CROSS Gris-Nez",
            uid="sar",
            purpose=LimitPurpose.SAR_REGION,
            **said,
        )

    def test_without_a_loaded_region_there_is_no_answer(self, chart: WatersChart) -> None:
        assert chart.sar_region(R1) is None
        assert chart.next_sar_change(steady_passage(R1, at("0300"), 331.0, 5.0), at("0300")) is None

    def test_a_line_has_a_region_on_either_side_and_says_nothing_of_waters(
        self, land: Land
    ) -> None:
        chart = WatersChart(BOUNDARY, [self.region_line(is_legal=False)], land)
        region = chart.sar_region(R1)
        assert region is not None
        assert (region.name, region.is_legal) == ("CROSS Gris-Nez", False)
        assert nm_from_m(region.distance_m) == pytest.approx(6.23, abs=NM_TOLERANCE)
        assert chart.whose(R1) == WatersChart(BOUNDARY, (), land).whose(R1)
        british = chart.sar_region(CUTTER_1)
        assert british is not None
        assert british.name == "HM Coastguard"

    def test_limits_of_waters_say_nothing_of_regions(self, land: Land) -> None:
        waters = a_line(*BOUNDARY.line.points)
        assert WatersChart(BOUNDARY, [waters], land).sar_region(R1) is None

    def test_an_area_goes_before_a_line(self, land: Land) -> None:
        box = a_box(1.5, 50.8, 1.9, 51.1)
        area = an_area(box, "CROSS", purpose=LimitPurpose.SAR_REGION)
        region = WatersChart(BOUNDARY, [area, self.region_line()], land).sar_region(R1)
        assert region is not None
        assert (region.name, region.limit_code) == ("CROSS", "area")

    def test_far_from_a_line_no_region_is_said(self, land: Land) -> None:
        line = a_line(
            Position(-3.2, 49.7),
            Position(-2.8, 49.7),
            purpose=LimitPurpose.SAR_REGION,
            left="N",
            right="S",
        )
        chart = WatersChart(BOUNDARY, [line], land)
        near = chart.sar_region(destination(MID_CHANNEL, 0.0, m_from_nm(59.0)))
        assert near is not None
        assert near.name == "N"
        assert chart.sar_region(destination(MID_CHANNEL, 0.0, m_from_nm(61.0))) is None

    def test_going_into_another_region(self, land: Land) -> None:
        chart = WatersChart(BOUNDARY, [self.region_line()], land)
        found = chart.next_sar_change(steady_passage(R1, at("0300"), 331.5, 5.0), at("0300"))
        assert found is not None
        assert (found.from_region, found.to_region) == ("CROSS Gris-Nez", "HM Coastguard")
        assert (found.limit_code, found.is_legal) == ("sar", True)
        assert nm_from_m(found.run_m) == pytest.approx(6.23, abs=NM_TOLERANCE)

    def test_going_where_no_region_is_loaded(self, land: Land) -> None:
        area = an_area(a_box(1.5, 50.8, 1.9, 51.1), "CROSS", purpose=LimitPurpose.SAR_REGION)
        chart = WatersChart(BOUNDARY, [area], land)
        found = chart.next_sar_change(steady_passage(R1, at("0300"), 0.0, 5.0), at("0300"))
        assert found is not None
        assert (found.from_region, found.to_region) == ("CROSS", None)
        crossing_none = steady_passage(R1, at("0300"), 0.0, 0.5)
        assert chart.next_sar_change(crossing_none, at("0300")) is None


def test_another_states_coast_is_no_coast_of_the_boundarys_states() -> None:
    """The perpendiculars of 1988 have no end: they go on to Ireland."""

    class Irish:
        def nearest_coast(self, position: Position) -> NearestCoast | None:
            return NearestCoast("IE", position, 5_000.0)

        def state_at(self, position: Position) -> str | None:
            return None

    found = WatersChart(BOUNDARY, (), Irish()).whose(R1)
    assert (found.state, found.basis, found.is_legal) == ("IE", WatersBasis.COAST, False)
