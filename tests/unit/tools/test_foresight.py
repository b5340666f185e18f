"""Predictions are worked out once, elsewhere, and hold for as long as what they rest on."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from channelplot.commands.approach_watches import end_approach_watch, watch_approach
from channelplot.commands.conditions import add_conditions
from channelplot.commands.limits import load_limits
from channelplot.commands.marks import add_mark
from channelplot.commands.tracks import withdraw_track
from channelplot.model.codes import AlertCode, Craft, LimitPurpose, TrackStatus
from channelplot.model.plot import Plot
from channelplot.model.track import StatusChange, Track
from channelplot.settings import CROSSING_WARNING_MIN
from channelplot.tools.foresight import AT_A_TIME
from helpers.builders import a_mark, a_plot, a_report, a_track, at, ddm
from helpers.chartwork_builders import a_limit, an_approach_watch, some_conditions
from helpers.clock import FixedClock
from helpers.foreseeing import ForeseeingDesk, foreseeing_desk
from helpers.night_boats import boat_a, report_1, report_2, report_3, report_5
from helpers.opened import open_plot

Makes = Callable[..., ForeseeingDesk]


@pytest.fixture
def makes(clock: FixedClock, tmp_path: Path) -> Makes:
    """Makes a desk on a plot."""

    def make(plot: Plot, **asked: bool) -> ForeseeingDesk:
        return foreseeing_desk(plot, clock, tmp_path, **asked)

    return make


def boat() -> Track:
    return boat_a(report_1(), report_2(), report_3())


def ferry() -> Track:
    ais = a_report("0258", position=ddm(50, 58.50, 1, 44.50), course_deg=292.0, speed_kn=18.0)
    return a_track("FERRY", (ais,), uid="ferry", craft=Craft.MERCHANT_VESSEL)


def many_boats(count: int) -> Plot:
    return a_plot(*(a_track(str(n), (report_3(),), uid=f"boat-{n}") for n in range(count)))


def test_each_craft_is_worked_out_once_while_nothing_changes(makes: Makes) -> None:
    desk = makes(a_plot(boat(), ferry()))
    first = dict(desk.foresight.crafts)
    assert set(first) == {boat().uid, "ferry"}
    assert first[boat().uid].changes
    assert first["ferry"].changes == (), "a ferry is nobody's boat"
    runs = desk.worker.runs
    desk.at("0320")
    desk.document.apply(add_mark(a_mark("CGN")))
    desk.at("0330")
    assert desk.worker.runs == runs
    assert all(desk.foresight.crafts[uid] is craft for uid, craft in first.items())


def test_another_fix_is_worked_out_of_that_craft_alone(makes: Makes) -> None:
    desk = makes(a_plot(boat(), ferry()))
    first = dict(desk.foresight.crafts)
    desk.at("0311")
    desk.plots(a_report("0310", position=ddm(51, 0.5, 1, 34.0), track_uid=boat().uid))
    assert desk.foresight.crafts["ferry"] is first["ferry"]
    assert desk.foresight.crafts[boat().uid].reckoning.fix.observed_at_utc == at("0310")


def test_a_report_of_the_future_counts_from_its_time_on(makes: Makes) -> None:
    later = a_report("0310", position=ddm(51, 0.5, 1, 34.0))
    desk = makes(a_plot(boat_a(report_1(), report_2(), report_3(), later)))
    (craft,) = desk.foresight.crafts.values()
    assert craft.reckoning.fix.observed_at_utc == at("0245")
    desk.at("0310")
    (craft,) = desk.foresight.crafts.values()
    assert craft.reckoning.fix.observed_at_utc == at("0310")


def test_a_status_of_the_future_counts_from_its_time_on(makes: Makes) -> None:
    change = StatusChange(uid="1", status=TrackStatus.ADRIFT, at_utc=at("0310"))
    desk = makes(a_plot(replace(boat(), status=TrackStatus.ADRIFT, status_changes=(change,))))
    assert desk.alerts(AlertCode.WATERS_AHEAD)
    desk.at("0311")
    assert desk.alerts(AlertCode.WATERS_AHEAD) == [], "it drifts, nobody knows where to"


def test_stream_and_wind_count_for_those_that_drift(makes: Makes) -> None:
    adrift = boat_a(report_3(), replace(report_5(), speed_kn=0.0))
    desk = makes(a_plot(adrift, ferry()))
    desk.at("0346")
    first = dict(desk.foresight.crafts)
    assert first[adrift.uid].changes == ()
    desk.document.apply(add_conditions(replace(some_conditions(), logged_at_utc=at("0346"))))
    assert desk.foresight.crafts["ferry"] is first["ferry"]
    (change,) = desk.foresight.crafts[adrift.uid].changes
    assert change.to_state == "FR"
    (alert,) = desk.alerts(AlertCode.WATERS_AHEAD)
    assert alert.raised_at_utc == at("0346")
    desk.document.undo()
    assert desk.alerts(AlertCode.WATERS_AHEAD) == []


def test_a_boat_of_unknown_motion_is_alerted_once_the_stream_is_given(makes: Makes) -> None:
    silent = boat_a(report_5())
    desk = makes(a_plot(silent))
    desk.at("0346")
    assert desk.alerts(AlertCode.WATERS_AHEAD) == []
    desk.document.apply(add_conditions(replace(some_conditions(), logged_at_utc=at("0346"))))
    (alert,) = desk.alerts(AlertCode.WATERS_AHEAD)
    assert alert.crossing is not None
    assert alert.crossing[0].track is silent
    desk.document.undo()
    assert desk.alerts(AlertCode.WATERS_AHEAD) == []


def test_other_limits_count_at_once(makes: Makes) -> None:
    desk = makes(a_plot(boat()))
    line = a_limit("North-south")
    points = (ddm(50, 50.0, 1, 33.0), ddm(51, 10.0, 1, 33.0))
    limit = replace(line, purpose=LimitPurpose.WATERS, points=points, left="XX", right="YY")
    desk.document.apply(load_limits((limit,)))
    (alert,) = desk.alerts(AlertCode.WATERS_AHEAD)
    assert alert.crossing is not None
    assert (alert.crossing[1].limit_code, alert.crossing[1].to_state) == (limit.uid, "XX")
    desk.document.undo()
    (alert,) = desk.alerts(AlertCode.WATERS_AHEAD)
    assert alert.crossing is not None
    assert alert.crossing[1].limit_code == "uk_fr_1988"


def test_closed_merged_withdrawn_and_long_silent_craft_are_not_predicted(makes: Makes) -> None:
    merged = a_track("B", (report_3(),), uid="b", status=TrackStatus.SAME_AS, same_as_uid="x")
    landed = a_track("C", (report_3(),), uid="c", status=TrackStatus.LANDED)
    desk = makes(a_plot(boat(), merged, landed))
    assert set(desk.foresight.crafts) == {boat().uid}
    desk.document.apply(withdraw_track(boat().uid, "told twice"))
    assert desk.foresight.crafts == {}
    desk.document.undo()
    assert set(desk.foresight.crafts) == {boat().uid}
    desk.at("0846")
    assert desk.foresight.crafts == {}


def test_many_are_worked_out_a_few_at_a_time_and_told_of_at_the_end(makes: Makes) -> None:
    desk = makes(many_boats(2 * AT_A_TIME + 1), is_held=True)
    assert (desk.foresight.is_settled, desk.foresight.crafts) == (False, {})
    assert desk.worker.runs == 1
    told: list[None] = []
    desk.foresight.changed.connect(told.append)
    desk.lookout.look()
    assert desk.worker.runs == 1, "one thing at a time"
    desk.worker.works_off()
    assert desk.worker.runs == 3
    assert len(desk.foresight.crafts) == 2 * AT_A_TIME + 1
    assert (desk.foresight.is_settled, told) == (True, [None])
    assert len(desk.alerts(AlertCode.WATERS_AHEAD)) == 0, "one fix alone tells of no motion"


def test_what_comes_for_a_track_that_has_changed_since_is_not_kept(makes: Makes) -> None:
    desk = makes(a_plot(boat()), is_held=True)
    desk.plots(a_report("0310", position=ddm(51, 0.5, 1, 34.0), track_uid=boat().uid))
    desk.at("0311")
    desk.worker.works_off()
    (craft,) = desk.foresight.crafts.values()
    assert craft.track is desk.plot.tracks[boat().uid]
    assert craft.reckoning.fix.observed_at_utc == at("0310")


def test_a_craft_whose_fixes_lie_ahead_is_waited_for(makes: Makes) -> None:
    desk = makes(a_plot(a_track("A", (a_report("0310"),), uid="a")))
    assert desk.foresight.crafts == {}
    runs = desk.worker.runs
    desk.at("0305")
    assert desk.worker.runs == runs, "not tried at every look"
    desk.at("0311")
    assert set(desk.foresight.crafts) == {"a"}


def test_watched_pairs_are_measured_once_a_minute(makes: Makes) -> None:
    plot = a_plot(boat(), ferry())
    desk = makes(plot.with_approach_watch(an_approach_watch(boat().uid, "ferry", uid="w")))
    (alert,) = desk.alerts(AlertCode.CLOSEST_APPROACH)
    assert alert.entity_uid == "w"
    runs = desk.worker.runs
    desk.at("0300", 30)
    assert desk.worker.runs == runs
    desk.at("0301")
    assert desk.worker.runs == runs + 1
    (alert,) = desk.alerts(AlertCode.CLOSEST_APPROACH)
    assert alert.approach is not None
    assert alert.approach.approach.now.at_utc == at("0301")


def test_a_watch_begins_and_ends_with_its_act(makes: Makes) -> None:
    desk = makes(a_plot(boat(), ferry()))
    assert desk.alerts(AlertCode.CLOSEST_APPROACH) == []
    watch = an_approach_watch(boat().uid, "ferry", uid="w")
    desk.document.apply(watch_approach(watch))
    (alert,) = desk.alerts(AlertCode.CLOSEST_APPROACH)
    assert desk.lookout.acknowledge(alert)
    (alert,) = desk.alerts(AlertCode.CLOSEST_APPROACH)
    assert alert.acknowledgement is not None
    assert not desk.lookout.acknowledge(alert)
    desk.document.apply(end_approach_watch("w"))
    assert desk.alerts(AlertCode.CLOSEST_APPROACH) == []


def test_a_watch_that_has_ended_is_not_told_of_until_that_is_worked_out(makes: Makes) -> None:
    plot = a_plot(boat(), ferry())
    desk = makes(plot.with_approach_watch(an_approach_watch(boat().uid, "ferry", uid="w")))
    desk.worker.is_held = True
    desk.at("0301")  # now it is busy
    desk.document.apply(end_approach_watch("w"))
    assert desk.foresight.approaches
    assert desk.alerts(AlertCode.CLOSEST_APPROACH) == []
    desk.worker.works_off()
    assert desk.foresight.approaches == ()


def test_another_warning_counts_at_once(makes: Makes) -> None:
    desk = makes(a_plot(boat()))
    assert desk.alerts(AlertCode.WATERS_AHEAD)
    desk.figures.choose(CROSSING_WARNING_MIN, 30)
    assert desk.alerts(AlertCode.WATERS_AHEAD) == []
    desk.at("0305")
    assert desk.alerts(AlertCode.WATERS_AHEAD)


def test_waters_ahead_are_acknowledged_for_an_interval(makes: Makes) -> None:
    desk = makes(a_plot(boat()))
    (alert,) = desk.alerts(AlertCode.WATERS_AHEAD)
    assert desk.lookout.acknowledge(alert)
    assert desk.alerts(AlertCode.WATERS_AHEAD)[0].acknowledgement is not None
    desk.at("0329")
    assert desk.alerts(AlertCode.WATERS_AHEAD)[0].acknowledgement is not None
    desk.at("0330")
    (alert,) = desk.alerts(AlertCode.WATERS_AHEAD)
    assert alert.acknowledgement is None
    assert alert.is_urgent


def test_another_plot_has_its_own_predictions(makes: Makes, clock: FixedClock) -> None:
    desk = makes(a_plot(boat()))
    other = a_track("X", (replace(report_3(), uid="x1"),), uid="x")
    desk.session.show(open_plot(a_plot(other), clock=clock).document)
    assert set(desk.foresight.crafts) == {"x"}
