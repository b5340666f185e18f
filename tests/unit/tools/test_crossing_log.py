"""The log of predicted crossings: each once, when its time has come, and never undone."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from channelplot.commands.conditions import add_conditions, withdraw_conditions
from channelplot.commands.marks import add_mark
from channelplot.model.codes import Craft, ReckoningRule
from channelplot.model.plot import Plot
from channelplot.model.track import Track
from helpers.builders import a_mark, a_plot, a_report, at, ddm
from helpers.chartwork_builders import an_area, some_conditions
from helpers.clock import FixedClock
from helpers.foreseeing import ForeseeingDesk, SeaEverywhere, foreseeing_desk
from helpers.night_boats import boat_a, report_1, report_2, report_3, report_5
from helpers.night_chartwork import hms, is_at

LOGGED = "log_predicted_crossing"
Makes = Callable[..., ForeseeingDesk]


@pytest.fixture
def makes(clock: FixedClock, tmp_path: Path) -> Makes:
    """Makes a desk on a plot."""

    def make(plot: Plot, **asked: bool) -> ForeseeingDesk:
        return foreseeing_desk(plot, clock, tmp_path, **asked)

    return make


def boat() -> Track:
    return boat_a(report_1(), report_2(), report_3())


def adrift() -> Track:
    return boat_a(report_3(), replace(report_5(), speed_kn=0.0))


def test_the_night_s_crossing_is_logged_at_its_time_as_predicted(makes: Makes) -> None:
    desk = makes(a_plot(boat()))
    desk.at("0334")
    assert not desk.plot.predicted_crossings, "eight seconds to go"
    desk.at("0334", 10)
    (crossing,) = desk.plot.predicted_crossings.values()
    assert (crossing.track_uid, crossing.fix_uid) == (boat().uid, boat().fixes[-1].uid)
    assert (crossing.limit_code, crossing.from_side, crossing.to_side) == ("uk_fr_1988", "FR", "GB")
    assert crossing.is_legal
    assert crossing.rule is ReckoningRule.MADE_GOOD
    assert hms(3, 34, 7.9) <= crossing.crosses_at_utc <= hms(3, 34, 9.0)
    assert is_at(crossing.position, 51, 1.61, 1, 31.38)
    assert crossing.course_deg == pytest.approx(300.7, abs=0.1)
    assert crossing.speed_kn == pytest.approx(5.04, abs=0.01)
    assert crossing.logged_at_utc == desk.clock()
    assert desk.store.labels == [LOGGED]


def test_it_is_logged_once(makes: Makes) -> None:
    desk = makes(a_plot(boat()))
    for hhmm in ("0335", "0336", "0400"):
        desk.at(hhmm)
        desk.lookout.look()
        desk.box.run_waiting()
    assert desk.store.labels == [LOGGED]


def test_undo_does_not_take_it_back(makes: Makes) -> None:
    desk = makes(a_plot(boat()))
    desk.document.apply(add_mark(a_mark("CGN")))
    desk.at("0335")
    assert desk.document.undo()
    assert not desk.plot.marks
    assert len(desk.plot.predicted_crossings) == 1
    desk.box.run_waiting()
    assert desk.store.labels == ["add_mark", LOGGED, "undo.add_mark"]


def test_within_an_act_nothing_else_is_done_to_the_plot(makes: Makes) -> None:
    """An act brings about a look; what that finds to log comes after the act."""
    desk = makes(a_plot(boat()))
    desk.clock.set(at("0335"))
    desk.document.apply(add_mark(a_mark("CGN")))
    assert desk.store.labels == ["add_mark"]
    desk.box.run_waiting()
    assert desk.store.labels == ["add_mark", LOGGED]


def test_what_was_crossed_long_ago_is_not_logged(makes: Makes, clock: FixedClock) -> None:
    clock.set(at("0435"))
    desk = makes(a_plot(boat()))
    desk.at("0436")
    assert not desk.plot.predicted_crossings
    clock.set(at("0434"))
    desk = makes(a_plot(boat()))
    desk.at("0434", 5)
    assert len(desk.plot.predicted_crossings) == 1


def test_another_fix_makes_another_prediction(makes: Makes) -> None:
    desk = makes(a_plot(boat()))
    desk.at("0335")
    desk.plots(a_report("0330", uid="late", position=ddm(51, 1.2, 1, 32.2), track_uid=boat().uid))
    desk.at("0345")
    crossings = desk.plot.predicted_crossings.values()
    assert [one.fix_uid for one in crossings] == [boat().fixes[-1].uid, "late"]


def test_nothing_is_logged_of_what_was_seen_across(makes: Makes) -> None:
    desk = makes(a_plot(boat()))
    desk.at("0330")
    desk.plots(a_report("0330", position=ddm(51, 1.9, 1, 30.7), track_uid=boat().uid))
    desk.at("0345")
    assert not desk.plot.predicted_crossings


def test_adrift_it_is_logged_too(makes: Makes) -> None:
    desk = makes(a_plot(adrift()).with_conditions(some_conditions()))
    desk.at("0430")
    assert not desk.plot.predicted_crossings
    desk.at("0431")
    (crossing,) = desk.plot.predicted_crossings.values()
    assert (crossing.from_side, crossing.to_side) == ("GB", "FR")
    assert crossing.rule is ReckoningRule.DRIFT
    assert crossing.speed_kn == pytest.approx(2.30, abs=0.01)


def test_further_crossings_of_a_passage_follow(makes: Makes) -> None:
    corners = [(50, 58.0, 1, 29.0), (50, 58.0, 1, 22.0), (51, 8.0, 1, 22.0), (51, 8.0, 1, 29.0)]
    area = an_area(points=[ddm(*corner) for corner in (*corners, corners[0])], uid="area")
    desk = makes(a_plot(boat()).with_limit(area))
    desk.at("0335")
    assert [one.to_side for one in desk.plot.predicted_crossings.values()] == ["GB"]
    desk.at("0356")
    desk.at("0457")
    told = [
        (one.limit_code, one.to_side, one.is_legal)
        for one in desk.plot.predicted_crossings.values()
    ]
    assert told == [("uk_fr_1988", "GB", True), ("area", "BE", False), ("area", "GB", False)]


def test_a_crossing_that_moves_by_seconds_is_the_same(makes: Makes) -> None:
    first = some_conditions(uid="first")
    desk = makes(a_plot(adrift()).with_conditions(first))
    desk.at("0432")
    desk.document.apply(withdraw_conditions("first"))
    nearly = replace(first, uid="nearly", stream_rate_kn=1.905, logged_at_utc=at("0432"))
    desk.document.apply(add_conditions(nearly))
    desk.at("0433")
    assert desk.store.labels.count(LOGGED) == 1
    other = replace(first, uid="other", stream_rate_kn=2.3, logged_at_utc=at("0434"))
    desk.document.apply(add_conditions(other))
    desk.at("0440")
    assert desk.store.labels.count(LOGGED) == 2


@pytest.mark.parametrize("asked", [{"is_read_only": True}, {"has_coast": False}])
def test_nothing_is_logged_where_it_can_t_be(makes: Makes, asked: dict[str, bool]) -> None:
    desk = makes(a_plot(boat()), **asked)
    desk.at("0335")
    assert not desk.plot.predicted_crossings


def test_nothing_is_logged_in_an_example(makes: Makes) -> None:
    desk = makes(replace(a_plot(boat()), is_example=True))
    desk.at("0335")
    assert not desk.plot.predicted_crossings


def test_it_waits_for_the_coast_and_until_all_is_worked_out(makes: Makes) -> None:
    desk = makes(a_plot(boat()), has_coast=False)
    desk.at("0335")
    desk.worker.is_held = True
    desk.waters.use_coast(SeaEverywhere())
    desk.at("0336")
    assert not desk.plot.predicted_crossings
    desk.worker.works_off()
    desk.box.run_waiting()
    assert len(desk.plot.predicted_crossings) == 1


def test_what_was_due_when_posted_may_be_due_no_more(makes: Makes) -> None:
    desk = makes(a_plot(boat()))
    desk.clock.set(at("0335"))
    desk.lookout.tick()
    desk.plots(a_report("0333", position=ddm(51, 1.9, 1, 30.7), track_uid=boat().uid))
    assert not desk.plot.predicted_crossings


def test_a_ferry_s_crossing_is_not_logged(makes: Makes) -> None:
    desk = makes(a_plot(replace(boat(), craft=Craft.MERCHANT_VESSEL)))
    desk.at("0335")
    assert desk.foresight.crafts
    assert not desk.plot.predicted_crossings
