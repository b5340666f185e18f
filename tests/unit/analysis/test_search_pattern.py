"""Search patterns and the radius: the night's square, and shapes measured by PROJ and shapely."""

import math
from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS, Geod, Transformer

from channelplot.analysis.drift import datum
from channelplot.analysis.search_pattern import (
    SearchPattern,
    SearchRadius,
    expanding_square,
    parallel_track,
    sector,
    square_legs_for,
)
from channelplot.geodesy.angles import turn_deg
from channelplot.geodesy.measure import distance_m
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import METRES_PER_NM, m_from_nm, nm_from_m
from channelplot.model.codes import PatternKind, Turn
from helpers.builders import R3, R5, at
from helpers.night_chartwork import NIGHT_CONDITIONS, NM_TOLERANCE, are_same, is_at

GEOD = Geod(ellps="WGS84")
MILE_M = METRES_PER_NM


def on_plane(pattern: SearchPattern) -> np.ndarray:
    """Return the waypoints in metres east and north of the datum, by PROJ."""
    plane = CRS.from_proj4(
        f"+proj=aeqd +lon_0={pattern.datum.lon_deg} +lat_0={pattern.datum.lat_deg} +ellps=WGS84"
    )
    to_plane = Transformer.from_crs("EPSG:4326", plane, always_xy=True)
    return np.column_stack(to_plane.transform(*pattern.waypoints_deg.T))


def covered(pattern: SearchPattern) -> shapely.Polygon:
    """Return the strips half a mile to either side of the legs, on the plane of the datum.

    And 30 m: a geodesic of nine miles to the west bends by 27 m.
    """
    path = shapely.LineString(on_plane(pattern))
    return path.buffer(MILE_M / 2.0 + 30.0, cap_style="square", join_style="mitre")


def turns(pattern: SearchPattern) -> list[float]:
    courses = [leg.course_deg for leg in pattern.legs]
    return [turn_deg(a, b) for a, b in pairwise(courses)]


def check_table(pattern: SearchPattern) -> None:
    """The table is what PROJ measures between the waypoints."""
    lon, lat = pattern.waypoints_deg.T
    azimuths, _, lengths_m = GEOD.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])
    assert pattern.waypoints_deg.shape == (len(pattern.legs) + 1, 2)
    run_m = 0.0
    for number, leg in enumerate(pattern.legs, start=1):
        run_m += lengths_m[number - 1]
        assert leg.number == number
        assert leg.course_deg == pytest.approx(azimuths[number - 1] % 360.0, abs=1e-6)
        assert leg.distance_m == pytest.approx(lengths_m[number - 1])
        assert leg.run_m == pytest.approx(run_m)
        assert leg.start == pattern.waypoints[number - 1]
    assert pattern.length_m == pytest.approx(run_m)


class TestTheNight:
    def test_the_radius_for_boat_c(self) -> None:
        drifted = datum(R3, at("0245"), NIGHT_CONDITIONS, at("0500"))
        radius = SearchRadius(drift_m=drifted.drift_m)
        assert nm_from_m(radius.error_m) == pytest.approx(1.85, abs=NM_TOLERANCE)
        assert nm_from_m(radius.radius_m) == pytest.approx(2.03, abs=NM_TOLERANCE)

    def test_the_expanding_square_into_the_wind(self) -> None:
        drifted = datum(R3, at("0245"), NIGHT_CONDITIONS, at("0500"))
        pattern = expanding_square(drifted.position, 290.0, MILE_M, legs=5)
        expected = [
            (51, 1.20, 1, 44.74),
            (51, 1.54, 1, 43.25),
            (51, 2.48, 1, 43.79),
            (51, 1.80, 1, 46.77),
            (50, 59.92, 1, 45.69),
            (51, 0.94, 1, 41.22),
        ]
        for found, place in zip(pattern.waypoints, expected, strict=True):
            assert is_at(found, *place)
        courses = [leg.course_deg for leg in pattern.legs]
        assert courses == pytest.approx([290.0, 20.0, 110.0, 200.0, 290.0])
        miles = [nm_from_m(leg.distance_m) for leg in pattern.legs]
        assert miles == pytest.approx([1.0, 1.0, 2.0, 2.0, 3.0])
        assert nm_from_m(pattern.length_m) == pytest.approx(9.0)
        check_table(pattern)


class TestRadius:
    def test_every_input_counts_by_squares(self) -> None:
        radius = SearchRadius(
            drift_m=4000.0,
            initial_error_m=300.0,
            searcher_error_m=1200.0,
            drift_error_share=0.1,
            safety_factor=2.0,
        )
        assert radius.error_m == pytest.approx(1300.0), "300, 400 and 1200"
        assert radius.radius_m == pytest.approx(2600.0)

    def test_the_usual_inputs_are_named(self) -> None:
        usual = SearchRadius(drift_m=0.0)
        assert nm_from_m(usual.initial_error_m) == 1.0
        assert nm_from_m(usual.searcher_error_m) == pytest.approx(0.1)
        assert (usual.drift_error_share, usual.safety_factor) == (0.3, 1.1)

    @pytest.mark.parametrize("number", [-1.0, float("nan"), float("inf")])
    def test_errors_are_0_or_more(self, number: float) -> None:
        with pytest.raises(ValueError, match="0 or more"):
            SearchRadius(drift_m=number)
        with pytest.raises(ValueError, match="0 or more"):
            SearchRadius(drift_m=0.0, safety_factor=number)


class TestExpandingSquare:
    @given(st.floats(0.0, 360.0), st.floats(100.0, 4000.0), st.sampled_from(Turn))
    def test_legs_grow_by_a_spacing_every_second_and_turn_at_right_angles(
        self, course: float, spacing_m: float, turn: Turn
    ) -> None:
        pattern = expanding_square(R5, course, spacing_m, legs=9, turn=turn)
        spacings = [round(leg.distance_m / spacing_m, 6) for leg in pattern.legs]
        assert spacings == [1, 1, 2, 2, 3, 3, 4, 4, 5]
        assert turns(pattern) == pytest.approx([90.0 * turn.sign] * 8, abs=1e-4 * spacing_m)
        assert abs(turn_deg(pattern.legs[0].course_deg, course)) < 1e-6
        check_table(pattern)

    @pytest.mark.parametrize("radius_nm", [0.3, 0.5, 1.0, 1.5, 2.03, 4.0])
    def test_enough_legs_leave_no_place_within_the_radius_uncovered(self, radius_nm: float) -> None:
        legs = square_legs_for(m_from_nm(radius_nm), MILE_M)
        disc = shapely.Point(0.0, 0.0).buffer(m_from_nm(radius_nm) - 5.0)
        assert covered(expanding_square(R5, 290.0, MILE_M, legs)).contains(disc)

    @pytest.mark.parametrize("radius_nm", [2.03, 4.0])
    def test_and_two_legs_less_would_leave_some(self, radius_nm: float) -> None:
        legs = square_legs_for(m_from_nm(radius_nm), MILE_M) - 2
        disc = shapely.Point(0.0, 0.0).buffer(m_from_nm(radius_nm) - 5.0)
        assert not covered(expanding_square(R5, 290.0, MILE_M, legs)).contains(disc)


class TestSector:
    @given(st.floats(0.0, 360.0), st.floats(500.0, m_from_nm(5.0)), st.sampled_from(Turn))
    def test_nine_legs_of_the_radius_three_times_through_the_datum(
        self, course: float, radius_m: float, turn: Turn
    ) -> None:
        pattern = sector(R5, course, radius_m, turn)
        assert pattern.kind is PatternKind.SECTOR
        assert len(pattern.legs) == 9
        lengths = [leg.distance_m for leg in pattern.legs]
        assert lengths == pytest.approx([radius_m] * 9, rel=1e-5)
        assert [k for k, p in enumerate(pattern.waypoints) if p == R5] == [0, 3, 6, 9]
        through = [0.0 if k in (2, 5) else 120.0 * turn.sign for k in range(8)]
        assert turns(pattern) == pytest.approx(through, abs=0.2)
        check_table(pattern)

    def test_the_three_sectors_cover_the_circle_evenly(self) -> None:
        points = on_plane(sector(R5, 30.0, MILE_M))
        rims = np.degrees(np.arctan2(points[:, 0], points[:, 1])) % 360.0
        at_rim = np.hypot(*points.T) > 1.0
        assert sorted(np.round(rims[at_rim])) == [30, 90, 150, 210, 270, 330]


class TestParallelTrack:
    @given(st.floats(0.0, 360.0), st.sampled_from(Turn))
    def test_its_legs_are_parallel_a_spacing_apart_and_about_the_datum(
        self, course: float, turn: Turn
    ) -> None:
        pattern = parallel_track(R5, course, MILE_M, m_from_nm(6.0), m_from_nm(4.0), turn)
        assert pattern.kind is PatternKind.PARALLEL_TRACK
        miles = [nm_from_m(leg.distance_m) for leg in pattern.legs]
        assert miles == pytest.approx([5.0, 1.0, 5.0, 1.0, 5.0, 1.0, 5.0], abs=1e-4)
        signs = [90.0, 90.0, -90.0, -90.0, 90.0, 90.0]
        assert turns(pattern) == pytest.approx([s * turn.sign for s in signs], abs=0.3)
        points = on_plane(pattern)
        assert np.hypot(*points.mean(axis=0)) < 5.0, "the datum is in the middle"
        # Along and across the first leg's direction, turned to the datum's north.
        east, north = math.sin(math.radians(course)), math.cos(math.radians(course))
        along, across = points @ (east, north), points @ (north, -east)
        assert np.abs(along) == pytest.approx(np.full(8, m_from_nm(2.5)), abs=5.0)
        offs = [k * MILE_M * turn.sign for k in (-1.5, -1.5, -0.5, -0.5, 0.5, 0.5, 1.5, 1.5)]
        assert across == pytest.approx(np.array(offs), abs=5.0)
        assert along[1] > along[0], "the first leg goes the way it was told"
        check_table(pattern)

    def test_a_width_is_covered_by_as_many_legs_as_it_needs(self) -> None:
        for width_nm, legs in ((0.5, 1), (1.0, 1), (1.1, 3), (4.0, 7), (4.01, 9)):
            pattern = parallel_track(R5, 0.0, MILE_M, m_from_nm(3.0), m_from_nm(width_nm))
            assert len(pattern.legs) == legs

    def test_one_leg_passes_over_the_datum(self) -> None:
        (leg,) = parallel_track(R5, 40.0, MILE_M, m_from_nm(3.0), MILE_M).legs
        assert distance_m(leg.start, R5) == pytest.approx(MILE_M)
        assert are_same(R5, Position(R5.lon_deg, R5.lat_deg))
        assert leg.distance_m == pytest.approx(2.0 * MILE_M)


@pytest.mark.parametrize("number", [0.0, -1.0, float("nan"), float("inf")])
def test_what_is_no_pattern_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        expanding_square(R5, 0.0, number)
    with pytest.raises(ValueError, match="above 0"):
        sector(R5, 0.0, number)
    with pytest.raises(ValueError, match="above 0"):
        square_legs_for(number, MILE_M)
    with pytest.raises(ValueError, match="above 0"):
        parallel_track(R5, 0.0, MILE_M, 2 * MILE_M, number)
    with pytest.raises(ValueError, match="above 0"):
        parallel_track(R5, 0.0, MILE_M, MILE_M, MILE_M)
    with pytest.raises(ValueError, match="above 0"):
        expanding_square(R5, 0.0, MILE_M, legs=0)
