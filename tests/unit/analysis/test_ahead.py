"""What is predicted of craft: crossings of limits along a passage, and watched approaches."""

from dataclasses import replace
from datetime import timedelta

import pytest

from channelplot.analysis.ahead import (
    MOST_CHANGES,
    CraftAhead,
    approaches_ahead,
    craft_ahead,
)
from channelplot.analysis.whose_waters import WatersChart
from channelplot.geodesy.units import m_from_nm
from channelplot.model.codes import Craft, TrackStatus
from channelplot.model.plot import Plot
from channelplot.model.track import StatusChange, Track
from helpers.builders import a_plot, a_report, a_track, at, ddm
from helpers.chartwork_builders import an_approach_watch, an_area, some_conditions
from helpers.foreseeing import CHART
from helpers.night_boats import boat_a, report_1, report_2, report_3, report_5
from helpers.night_chartwork import BOUNDARY, hms, is_at


def ferry() -> Track:
    """The ferry of step 8."""
    ais = a_report("0258", position=ddm(50, 58.50, 1, 44.50), course_deg=292.0, speed_kn=18.0)
    return a_track("FERRY", (ais,), uid="ferry", craft=Craft.MERCHANT_VESSEL)


def ahead(track: Track, now: str, plot: Plot | None = None) -> CraftAhead:
    """What is predicted of a craft at a time."""
    found = craft_ahead(plot or a_plot(track), track, at(now), CHART)
    assert found is not None
    return found


def test_the_night_s_boat_is_reckoned_to_cross_at_0334() -> None:
    craft = ahead(boat_a(report_1(), report_2(), report_3()), "0300")
    (change,) = craft.changes
    assert hms(3, 34, 7.9) <= change.at_utc <= hms(3, 34, 9.0)
    assert is_at(change.position, 51, 1.61, 1, 31.38)
    assert (change.from_state, change.to_state, change.is_legal) == ("FR", "GB", True)
    assert craft.next_change(at("0334")) is change
    assert craft.next_change(at("0335")) is None
    assert craft.past_changes(at("0334")) == ()
    assert craft.past_changes(at("0335")) == (change,)
    assert craft.basis_utc == at("0245")
    assert not craft.is_adrift(at("0400"))


def test_adrift_it_is_carried_back_by_stream_and_wind() -> None:
    track = boat_a(report_1(), report_2(), report_3(), replace(report_5(), speed_kn=0.0))
    plot = a_plot(track).with_conditions(replace(some_conditions(), logged_at_utc=at("0346")))
    craft = ahead(track, "0350", plot)
    (change,) = craft.changes
    assert hms(4, 30, 23) <= change.at_utc <= hms(4, 30, 25)
    assert is_at(change.position, 51, 2.54, 1, 33.59)
    assert craft.is_adrift(change.at_utc)
    assert craft.basis_utc == at("0346"), "the stream and wind were given then"


def test_without_stream_and_wind_a_stopped_boat_crosses_nothing() -> None:
    craft = ahead(boat_a(report_3(), replace(report_5(), speed_kn=0.0)), "0350")
    assert craft.changes == ()
    assert craft.basis_utc == at("0340")


def test_a_boat_of_unknown_motion_is_carried_over_the_line_where_the_stream_is_known() -> None:
    track = boat_a(report_5())
    assert ahead(track, "0350").changes == (), "no stream, no drift"
    plot = a_plot(track).with_conditions(replace(some_conditions(), logged_at_utc=at("0346")))
    craft = ahead(track, "0350", plot)
    (change,) = craft.changes
    assert (change.from_state, change.to_state) == ("GB", "FR")
    assert craft.reckoning.is_motion_unknown
    assert craft.is_adrift(change.at_utc)


def test_what_is_no_boat_is_not_held_against_limits() -> None:
    craft = craft_ahead(a_plot(ferry()), ferry(), at("0300"), None)
    assert craft is not None
    assert craft.changes == ()


def test_nothing_is_predicted_without_a_fix() -> None:
    assert craft_ahead(a_plot(), a_track("A"), at("0300"), CHART) is None


def test_what_others_are_carried_by_is_no_ground_for_it() -> None:
    track = boat_a(report_3(), replace(report_5(), speed_kn=0.0))
    others = replace(some_conditions("another"), logged_at_utc=at("0410"))
    assert ahead(track, "0420", a_plot(track).with_conditions(others)).basis_utc == at("0340")
    changed = StatusChange(uid="1", status=TrackStatus.ADRIFT, at_utc=at("0345"))
    other = StatusChange(uid="2", status=TrackStatus.DISTRESS, at_utc=at("0349"))
    called = replace(track, status=TrackStatus.DISTRESS, status_changes=(changed, other))
    assert ahead(called, "0420").basis_utc == at("0345")


def test_a_passage_over_several_limits_has_them_in_order() -> None:
    """Behind the boundary lies an area that is somebody else's."""
    corners = [(50, 58.0, 1, 29.0), (50, 58.0, 1, 22.0), (51, 8.0, 1, 22.0), (51, 8.0, 1, 29.0)]
    area = an_area(points=[ddm(*corner) for corner in (*corners, corners[0])], uid="area")
    track = boat_a(report_1(), report_2(), report_3())
    craft = craft_ahead(a_plot(track), track, at("0300"), WatersChart(BOUNDARY, (area,)))
    assert craft is not None
    told = [(one.limit_code, one.from_state, one.to_state, one.is_legal) for one in craft.changes]
    assert told == [
        ("uk_fr_1988", "FR", "GB", True),
        ("area", "GB", "BE", False),
        ("area", "BE", "GB", False),
    ]
    times = [one.at_utc for one in craft.changes]
    assert times == sorted(times)
    assert len(craft.changes) < MOST_CHANGES
    assert craft.next_change(times[0]) is craft.changes[1]
    assert craft.past_changes(times[1]) == craft.changes[:2]


@pytest.mark.parametrize("now", ["0251", "0300", "0310", "0322"])
def test_two_that_are_watched_near_each_other_at_one_time_whenever_it_is_asked(now: str) -> None:
    boat = boat_a(report_1(), report_2(), report_3())
    plot = a_plot(boat, ferry())
    crafts = {
        track.uid: craft
        for track in plot.tracks.values()
        if (craft := craft_ahead(plot, track, at("0258"), CHART)) is not None
    }
    watch = replace(an_approach_watch(boat.uid, "ferry"), within_min=60)
    (found,) = approaches_ahead([watch], crafts, at(now))
    assert found.watch is watch
    assert (found.first.track, found.second.track) == (boat, plot.tracks["ferry"])
    assert found.approach.closest.distance_m == pytest.approx(m_from_nm(0.33), abs=18.6)
    assert abs(found.nears_utc - hms(3, 20, 42)) <= timedelta(seconds=2)
    assert found.basis_utc == at("0258")


def test_two_that_were_near_from_the_first_are_near_since_both_were_fixed() -> None:
    boat = boat_a(report_1(), report_2(), report_3())
    crafts = {
        track.uid: craft
        for track in (boat, ferry())
        if (craft := craft_ahead(a_plot(), track, at("0258"), CHART)) is not None
    }
    watch = replace(an_approach_watch(boat.uid, "ferry"), distance_m=20_000.0)
    (found,) = approaches_ahead([watch], crafts, at("0300"))
    assert found.nears_utc == at("0258")
    assert approaches_ahead([an_approach_watch(boat.uid, "gone")], crafts, at("0300")) == ()
    assert approaches_ahead([], crafts, at("0300")) == ()


def test_two_that_will_be_closer_only_after_the_limit_are_near_within_it() -> None:
    """They are within 4 NM in the next ten minutes, and closest long after."""
    boat = boat_a(report_1(), report_2(), report_3())
    crafts = {
        track.uid: craft
        for track in (boat, ferry())
        if (craft := craft_ahead(a_plot(), track, at("0258"), CHART)) is not None
    }
    watch = replace(an_approach_watch(boat.uid, "ferry"), distance_m=m_from_nm(4.0), within_min=10)
    (found,) = approaches_ahead([watch], crafts, at("0300"))
    assert at("0300") < found.nears_utc <= at("0310")
    assert found.approach.closest.at_utc > at("0320")
