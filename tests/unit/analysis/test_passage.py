"""Passages: ways over the ground, one after the other, and many craft moved to one time."""

from datetime import datetime, timedelta

import pytest

from channelplot.analysis.passage import Passage, Way, movers_at, steady_passage
from channelplot.geodesy.measure import bearing_deg, destination, distance_m
from channelplot.geodesy.units import m_from_nm, mps_from_kn
from helpers.builders import R1, R3, at
from helpers.night_chartwork import are_same, ferry, is_at


def a_way(time: str, course: float | None = 300.0, kn: float = 6.0) -> Way:
    return Way(position=R1, at_utc=at(time), course_deg=course, speed_mps=mps_from_kn(kn))


def turning_passage() -> Passage:
    """From R1 at 0200Z on 090 at 6 kn, from 0230Z on 000 at 12 kn, from 0300Z still."""
    first = a_way("0200", 90.0, 6.0)
    corner = first.position_at(at("0230"))
    second = Way(position=corner, at_utc=at("0230"), course_deg=0.0, speed_mps=mps_from_kn(12.0))
    third = Way(
        position=second.position_at(at("0300")), at_utc=at("0300"), course_deg=None, speed_mps=0.0
    )
    return Passage((first, second, third))


def test_the_ferry_of_the_night_moved_to_0300() -> None:
    assert is_at(ferry().position_at(at("0300")), 50, 58.72, 1, 43.62)


def test_a_way_goes_along_a_geodesic_and_came_along_it() -> None:
    way = a_way("0200")
    assert way.position_at(at("0230")) == destination(R1, 300.0, m_from_nm(3.0))
    before = way.position_at(at("0130"))
    assert distance_m(before, R1) == pytest.approx(m_from_nm(3.0))
    assert bearing_deg(R1, before) == pytest.approx(120.0)
    assert way.run_m(at("0130")) == pytest.approx(-m_from_nm(3.0))


def test_onward_is_the_same_way_from_another_time_on() -> None:
    way = a_way("0200")
    later = way.onward(at("0300"))
    assert later.position == way.position_at(at("0300"))
    assert are_same(later.position_at(at("0400")), way.position_at(at("0400")))
    assert are_same(later.position_at(at("0200")), R1)
    assert later.course_deg is not None
    assert later.course_deg < 300.0, "a geodesic to the west turns southward"


@pytest.mark.parametrize("course", [None, 300.0])
def test_one_that_keeps_its_place_stays(course: float | None) -> None:
    still = a_way("0200", course, 0.0)
    assert still.position_at(at("0500")) == R1
    assert still.onward(at("0500")).position == R1
    assert not still.is_moving


def test_a_passage_follows_its_ways_one_after_the_other() -> None:
    passage = turning_passage()
    corner = destination(R1, 90.0, m_from_nm(3.0))
    assert are_same(passage.position_at(at("0215")), destination(R1, 90.0, m_from_nm(1.5)))
    assert are_same(passage.position_at(at("0230")), corner)
    end = destination(corner, 0.0, m_from_nm(6.0))
    assert are_same(passage.position_at(at("0300")), end)
    assert are_same(passage.position_at(at("0900")), end)
    assert bearing_deg(R1, passage.position_at(at("0100"))) == pytest.approx(270.0)
    assert passage.way_at(at("0230")).course_deg == 0.0
    assert passage.onward(at("0245")).position == passage.position_at(at("0245"))


def test_the_run_of_a_passage_is_along_its_ways() -> None:
    passage = turning_passage()
    assert passage.run_m(at("0200"), at("0600")) == pytest.approx(m_from_nm(9.0))
    assert passage.run_m(at("0215"), at("0245")) == pytest.approx(m_from_nm(1.5 + 3.0))
    assert passage.run_m(at("0215"), at("0215")) == 0.0


def test_it_changes_its_way_after_and_before() -> None:
    passage = turning_passage()
    assert passage.changes(at("0200"), at("0300")) == (at("0230"),)
    assert passage.changes(at("0230"), at("0301")) == (at("0300"),)


def test_many_craft_are_moved_to_one_time() -> None:
    passages = (ferry(), turning_passage(), steady_passage(R3, at("0100"), None, 0.0))
    movers = movers_at(passages, at("0245"))
    for row, passage in enumerate(passages):
        place = passage.position_at(at("0245"))
        assert tuple(movers.places_deg[row]) == pytest.approx((place.lon_deg, place.lat_deg))
    assert movers.speeds_mps == pytest.approx([mps_from_kn(18.0), mps_from_kn(12.0), 0.0])
    assert movers_at((), at("0245")).places_deg.shape == (0, 2)


def test_what_is_no_motion_is_refused() -> None:
    with pytest.raises(ValueError, match="without a course"):
        a_way("0200", None, 1.0)
    for kn in (-1.0, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="0 or more"):
            a_way("0200", 0.0, kn)
    with pytest.raises(ValueError, match="UTC"):
        Way(position=R1, at_utc=datetime(2026, 9, 15, 2), course_deg=None, speed_mps=0.0)  # noqa: DTZ001


def test_what_is_no_passage_is_refused() -> None:
    for ways in ((), (a_way("0200"), a_way("0200")), (a_way("0201"), a_way("0200"))):
        with pytest.raises(ValueError, match="order of time"):
            Passage(ways)


def test_a_steady_passage_keeps_course_and_speed() -> None:
    passage = steady_passage(R1, at("0210"), 310.0, 4.0)
    assert passage.position_at(at("0210") + timedelta(minutes=30)) == destination(
        R1, 310.0, m_from_nm(2.0)
    )
