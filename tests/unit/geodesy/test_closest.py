"""The closest approach of moving craft, in space and by geodesics, against small steps of time."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from channelplot.geodesy.closest import (
    Movers,
    closest_in_space,
    closest_on_ground,
    relative_motion,
)
from channelplot.geodesy.units import mps_from_kn

GEOD = Geod(ellps="WGS84")
PAIR = np.zeros((1, 2), dtype=np.intp)
HOUR_S = 3600.0


def a_mover(lon: float, lat: float, course: float, kn: float) -> Movers:
    return Movers(np.array([(lon, lat)]), np.array([course]), np.array([mps_from_kn(kn)]))


def random_movers(seed: int, count: int, fastest_kn: float) -> Movers:
    rng = np.random.default_rng(seed)
    return Movers(
        rng.uniform((0.8, 50.4), (2.3, 51.4), (count, 2)),
        rng.uniform(0.0, 360.0, count),
        mps_from_kn(1.0) * rng.uniform(0.0, fastest_kn, count),
    )


def distances_m(first: Movers, second: Movers, at_s: np.ndarray) -> np.ndarray:
    """Return the distances of two craft at many times, by PROJ alone."""
    ends = []
    for one in (first, second):
        lon, lat = (
            np.full(len(at_s), one.places_deg[0, 0]),
            np.full(len(at_s), one.places_deg[0, 1]),
        )
        courses = np.full(len(at_s), one.courses_deg[0])
        ends.append(GEOD.fwd(lon, lat, courses, one.speeds_mps[0] * at_s)[:2])
    return np.asarray(GEOD.inv(*ends[0], *ends[1])[2])


craft = st.builds(
    a_mover, st.floats(0.8, 2.3), st.floats(50.4, 51.4), st.floats(0, 360), st.floats(0, 30)
)


@given(craft, craft)
def test_no_step_of_time_finds_a_closer_approach(first: Movers, second: Movers) -> None:
    bounds_s = (0.0, 6 * HOUR_S)
    guess_s, guess_m = closest_in_space(first, second, PAIR, bounds_s)
    found_s = closest_on_ground(first, second, guess_s, bounds_s)
    found_m = distances_m(first, second, found_s)[0]
    assert guess_m[0] == pytest.approx(found_m, abs=1.0)
    every_10_s = np.arange(0.0, bounds_s[1] + 1.0, 10.0)
    stepped_m = distances_m(first, second, every_10_s)
    assert found_m <= stepped_m.min() + 1e-3
    # Within 5 s of a step two craft of 30 kn come 155 m closer at most.
    assert found_m >= stepped_m.min() - 160.0


def test_many_pairs_at_once_are_what_each_is_alone() -> None:
    firsts, seconds = random_movers(1, 130, 8.0), random_movers(2, 70, 25.0)
    pairs = np.indices((130, 70)).reshape(2, -1).T.astype(np.intp)
    bounds_s = (0.0, 2 * HOUR_S)
    at_s, apart_m = closest_in_space(firsts, seconds, pairs, bounds_s)
    assert at_s.shape == (9100,), "more than are taken at once"
    for row in (0, 4711, 9099):
        first, second = firsts.take(pairs[row, :1]), seconds.take(pairs[row, 1:])
        alone_s, alone_m = closest_in_space(first, second, PAIR, bounds_s)
        assert alone_s[0] == pytest.approx(at_s[row], abs=1e-6)
        assert alone_m[0] == pytest.approx(apart_m[row], abs=1e-6)
    on_ground_s = closest_on_ground(
        firsts.take(pairs[:, 0]), seconds.take(pairs[:, 1]), at_s, bounds_s
    )
    # Where the two all but keep their distance the time has little meaning, the distance has.
    np.testing.assert_allclose(on_ground_s, at_s, atol=2.0)
    later = relative_motion(
        firsts.take(pairs[:, 0]).after(on_ground_s), seconds.take(pairs[:, 1]).after(on_ground_s)
    )
    np.testing.assert_allclose(later[0], apart_m, atol=0.1)


def test_far_runs_stay_right_to_a_metre() -> None:
    # 100 NM each: a helicopter and a ship.
    first, second = a_mover(-1.0, 50.0, 60.0, 100.0), a_mover(2.5, 51.5, 250.0, 20.0)
    bounds_s = (0.0, HOUR_S)
    at_s, apart_m = closest_in_space(first, second, PAIR, bounds_s)
    assert apart_m[0] == pytest.approx(distances_m(first, second, at_s)[0], abs=1.0)


def test_craft_that_keep_their_distance_stay_at_the_first_guess() -> None:
    first, second = a_mover(1.0, 51.0, 0.0, 0.0), a_mover(1.1, 51.0, 0.0, 0.0)
    assert closest_in_space(first, second, PAIR, (0.0, HOUR_S))[0][0] == 0.0
    assert closest_on_ground(first, second, np.array([77.0]), (0.0, HOUR_S))[0] == 77.0


def test_the_time_stays_within_its_bounds() -> None:
    first, second = a_mover(1.0, 51.0, 90.0, 10.0), a_mover(2.0, 51.0, 270.0, 10.0)
    assert closest_in_space(first, second, PAIR, (0.0, 600.0))[0][0] == 600.0
    assert closest_on_ground(first, second, np.array([0.0]), (0.0, 600.0))[0] == 600.0
    assert closest_in_space(second, second, PAIR, (60.0, 600.0))[0][0] == 60.0


def test_two_abreast_on_meridians_that_meet_are_closest_at_the_end() -> None:
    # Northward, the one as much to the outside as the meridians meet and a trifle more: they part
    # at first, by inches.
    first, second = a_mover(1.0, 50.0, 0.0, 20.0), a_mover(3.0, 50.0, 1.535, 20.0)
    bounds_s = (0.0, 6 * HOUR_S)
    apart_m = distances_m(first, second, np.array([0.0, 1.0, bounds_s[1]]))
    assert apart_m[0] < apart_m[1]
    assert apart_m[2] < apart_m[0] - 50.0
    assert closest_on_ground(first, second, np.zeros(1), bounds_s)[0] == bounds_s[1]
    at_s, found_m = closest_in_space(first, second, PAIR, bounds_s)
    assert at_s[0] == bounds_s[1]
    assert found_m[0] == pytest.approx(apart_m[2], abs=1.0)


@given(st.integers(0, 10_000))
def test_two_that_all_but_keep_their_distance_come_no_closer_by_steps_either(seed: int) -> None:
    rng = np.random.default_rng(seed)
    first = a_mover(1.0, 50.6, rng.uniform(0, 360), rng.uniform(0, 25))
    beside = (1.0 + rng.uniform(-1.5, 1.5), 50.6 + rng.uniform(-1.0, 1.0))
    course = first.courses_deg[0] + rng.uniform(-2, 2)
    speed_mps = np.abs(first.speeds_mps + rng.uniform(-0.2, 0.2))
    second = Movers(np.array([beside]), np.array([course]), speed_mps)
    bounds_s = (0.0, 6 * HOUR_S)
    found_s = closest_on_ground(first, second, np.zeros(1), bounds_s)
    stepped_m = distances_m(first, second, np.arange(0.0, bounds_s[1] + 1.0, 60.0))
    assert distances_m(first, second, found_s)[0] <= stepped_m.min() + 0.01
    _, in_space_m = closest_in_space(first, second, PAIR, bounds_s)
    assert in_space_m[0] <= stepped_m.min() + 1.0


def test_relative_motion_along_and_across_the_line_between() -> None:
    first, second = a_mover(1.0, 51.0, 0.0, 6.0), a_mover(1.0, 51.1, 90.0, 8.0)
    apart_m, along_mps, across_mps = relative_motion(first, second)
    assert apart_m[0] == pytest.approx(GEOD.inv(1.0, 51.0, 1.0, 51.1)[2])
    assert along_mps[0] == pytest.approx(mps_from_kn(-6.0)), "the first closes on the second"
    assert across_mps[0] == pytest.approx(mps_from_kn(8.0)), "which goes to the right"


def test_two_that_go_abreast_around_the_earth_have_no_relative_motion() -> None:
    # On one geodesic, one behind the other at one speed.
    first = a_mover(1.0, 51.0, 80.0, 10.0)
    ahead = first.after(6 * HOUR_S)
    _, along_mps, across_mps = relative_motion(first, ahead)
    assert abs(along_mps[0]) < 1e-9
    assert abs(across_mps[0]) < 1e-9


def test_no_pairs_have_no_answers() -> None:
    movers = random_movers(3, 2, 5.0)
    none = np.empty((0, 2), dtype=np.intp)
    at_s, apart_m = closest_in_space(movers, movers, none, (0.0, HOUR_S))
    assert (at_s.shape, apart_m.shape) == ((0,), (0,))
