"""The watch over closest approaches: who is told of, in which order, and who cannot be."""

from datetime import timedelta

import pytest

from channelplot.analysis.approach_watch import (
    ApproachLimits,
    WatchedPair,
    alerts_among,
    approach_alerts,
    not_watched,
)
from channelplot.analysis.closest_approach import Approaching
from channelplot.analysis.dead_reckoning import reckoning_of
from channelplot.analysis.passage import Passage, steady_passage
from channelplot.geodesy.measure import destination
from channelplot.geodesy.units import m_from_nm, nm_from_m
from helpers.builders import R1, at
from helpers.made_up_chartwork import made_up_passages
from helpers.night_boats import boat_a_as_plotted
from helpers.night_chartwork import ferry

HALF_A_MILE = ApproachLimits(distance_m=m_from_nm(0.5), within=timedelta(minutes=30))


def a_pair(first: str = "boat-a", second: str = "ferry", **limits: float) -> WatchedPair:
    nm, minutes = limits.get("nm", 0.5), limits.get("minutes", 30.0)
    return WatchedPair(
        first_uid=first,
        second_uid=second,
        limits=ApproachLimits(distance_m=m_from_nm(nm), within=timedelta(minutes=minutes)),
    )


def night() -> dict[str, Passage]:
    found = reckoning_of(boat_a_as_plotted(), at("0300"))
    assert found is not None
    return {"boat-a": found.passage, "ferry": ferry()}


def test_the_ferry_of_the_night_is_told_of() -> None:
    (alert,) = approach_alerts([a_pair()], night(), at("0300"))
    assert alert.pair == a_pair()
    assert nm_from_m(alert.approach.closest.distance_m) == pytest.approx(0.33, abs=0.01)
    assert alert.approach.tcpa_s / 60.0 == pytest.approx(25.1, abs=0.1)


@pytest.mark.parametrize(("nm", "minutes"), [(0.32, 30.0), (0.5, 20.0), (0.0, 600.0), (5.4, 0.0)])
def test_further_off_or_later_than_the_limits_is_not_told_of(nm: float, minutes: float) -> None:
    assert approach_alerts([a_pair(nm=nm, minutes=minutes)], night(), at("0300")) == ()


@pytest.mark.parametrize(("nm", "minutes"), [(0.33, 26.0), (1.6, 20.0), (5.46, 0.0)])
def test_within_the_distance_in_time_is_told_of_though_closest_later(
    nm: float, minutes: float
) -> None:
    (alert,) = approach_alerts([a_pair(nm=nm, minutes=minutes)], night(), at("0300"))
    # The figures are those of the closest approach itself, whenever that is.
    assert alert.approach.approaching is Approaching.AHEAD
    assert alert.approach.tcpa_s / 60.0 == pytest.approx(25.1, abs=0.1)


def test_the_limit_is_kept_to_the_metre() -> None:
    passages = night()
    closest_nm = nm_from_m(605.73)
    assert approach_alerts([a_pair(nm=closest_nm - 0.0003)], passages, at("0300")) == ()
    assert len(approach_alerts([a_pair(nm=closest_nm + 0.0003)], passages, at("0300"))) == 1


def test_too_close_now_is_told_of_though_they_part() -> None:
    passages = {
        "one": steady_passage(R1, at("0300"), 0.0, 6.0),
        "other": steady_passage(destination(R1, 180.0, 400.0), at("0300"), 180.0, 6.0),
    }
    (alert,) = approach_alerts([a_pair("one", "other")], passages, at("0300"))
    assert alert.approach.approaching is Approaching.PAST
    assert alert.approach.now.distance_m == pytest.approx(400.0)


def test_the_soonest_comes_first_and_every_pair_has_its_own_limits() -> None:
    boat = steady_passage(R1, at("0300"), None, 0.0)
    passages = {
        "boat": boat,
        **{
            name: steady_passage(destination(R1, 90.0, m_from_nm(nm)), at("0300"), 270.0, 12.0)
            for name, nm in (("far", 5.0), ("near", 1.0), ("mid", 3.0))
        },
    }
    pairs = [
        a_pair("boat", "far", minutes=60.0),
        a_pair("boat", "mid", minutes=5.0),
        a_pair("near", "boat", minutes=30.0),
    ]
    alerts = approach_alerts(pairs, passages, at("0300"))
    assert [alert.pair for alert in alerts] == [pairs[2], pairs[0]]


def test_of_whom_nothing_can_be_said_is_told_apart() -> None:
    unknown = a_pair("boat-a", "ghost")
    assert approach_alerts([unknown, a_pair()], night(), at("0300"))[0].pair == a_pair()
    assert not_watched([unknown, a_pair()], night()) == (unknown,)
    assert approach_alerts([unknown], night(), at("0300")) == ()
    assert approach_alerts([], {}, at("0300")) == ()


def test_all_among_each_other_are_those_of_every_pair_on_the_list() -> None:
    passages = made_up_passages(40, "boat")
    uids = list(passages)
    pairs = [
        WatchedPair(first_uid=a, second_uid=b, limits=HALF_A_MILE)
        for index, a in enumerate(uids)
        for b in uids[index + 1 :]
    ]
    listed = approach_alerts(pairs, passages, at("0300"))
    assert len(listed) > 5
    assert alerts_among(passages, HALF_A_MILE, at("0300")) == listed


def test_boats_against_ships_and_no_craft_against_itself_and_none_twice() -> None:
    boats, ships = made_up_passages(30, "boat"), made_up_passages(15, "ship")
    against = alerts_among(boats, HALF_A_MILE, at("0300"), ships)
    assert against
    assert all(
        alert.pair.first_uid in boats and alert.pair.second_uid in ships for alert in against
    )
    everyone = {**boats, **ships}
    overlapping = alerts_among(boats, HALF_A_MILE, at("0300"), everyone)
    met = [frozenset((a.pair.first_uid, a.pair.second_uid)) for a in overlapping]
    assert all(len(pair) == 2 for pair in met)
    assert len(met) == len(set(met))
    of_boats = {frozenset((a.pair.first_uid, a.pair.second_uid)) for a in against}
    among = alerts_among(boats, HALF_A_MILE, at("0300"))
    of_boats |= {frozenset((a.pair.first_uid, a.pair.second_uid)) for a in among}
    assert set(met) == of_boats
    assert alerts_among({}, HALF_A_MILE, at("0300")) == ()


@pytest.mark.parametrize(("metres", "minutes"), [(-1.0, 1.0), (1.0, -1.0), (float("nan"), 1.0)])
def test_what_is_no_limit_is_refused(metres: float, minutes: float) -> None:
    with pytest.raises(ValueError, match="0 or more"):
        ApproachLimits(distance_m=metres, within=timedelta(minutes=minutes))
