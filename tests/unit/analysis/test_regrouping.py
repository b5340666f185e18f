"""What moving R3 to another boat changes, read back before it is done."""

from dataclasses import replace
from datetime import timedelta

import pytest

from channelplot.analysis.dead_reckoning import AS_KNOWN, PositionKind, Stated, Supposition
from channelplot.analysis.legs import Leg
from channelplot.analysis.regrouping import (
    ReckonedDifference,
    TrackFigures,
    crossings_reckoned_from,
    differences,
    reckoned_differences,
)
from channelplot.geodesy.units import kn_from_mps, nm_from_m
from channelplot.model.codes import Craft, TrackStatus
from channelplot.model.plot import Plot
from channelplot.model.track import StatusChange
from helpers.builders import a_plot, a_report, a_track, at
from helpers.chartwork_builders import a_crossing
from helpers.night_boats import night_after_correction, night_before_correction
from helpers.night_chartwork import NM_TOLERANCE, is_at


def motion(figures: TrackFigures | None) -> tuple[float, float, float]:
    """Run in miles, minutes, mean speed in knots."""
    assert figures is not None
    assert figures.run_m is not None
    assert figures.duration_s is not None
    assert figures.mean_speed_mps is not None
    return (
        nm_from_m(figures.run_m),
        figures.duration_s / 60,
        kn_from_mps(figures.mean_speed_mps),
    )


def agrees(leg: Leg | None, course_deg: float, distance_nm: float, speed_kn: float) -> bool:
    """Return whether a leg agrees within half of the last digit of the worked answers."""
    assert leg is not None
    assert leg.course_deg is not None
    assert leg.speed_mps is not None
    return (
        abs(leg.course_deg - course_deg) < 0.051
        and abs(nm_from_m(leg.distance_m) - distance_nm) < 0.0051
        and abs(kn_from_mps(leg.speed_mps) - speed_kn) < 0.0051
    )


def test_moving_r3_from_a_to_c() -> None:
    a, c = differences(night_before_correction(), night_after_correction(), ["boat-a", "boat-c"])
    assert motion(a.before) == pytest.approx((8.64, 122, 4.25), abs=0.0051)
    assert motion(a.after) == pytest.approx((8.63, 122, 4.24), abs=0.0051)
    (middle,) = a.new_legs
    assert agrees(middle, 299.5, 6.33, 5.28)
    assert a.before is not None
    assert a.after is not None
    for figures in (a.before, a.after):
        assert agrees(figures.made_good, 307.8, 7.03, 3.46)
        assert figures.last_fix_utc == at("0412")
    assert (a.before.reports, a.after.reports) == (5, 4)
    assert a.before.ledger is not None
    assert a.after.ledger is not None
    assert (a.before.ledger.unaccounted, a.after.ledger.unaccounted) == (8, 0)
    assert c.before is None
    assert c.after is not None
    assert (c.after.name, c.after.reports, c.after.run_m, c.after.made_good) == ("C", 1, None, None)
    assert (c.after.duration_s, c.after.mean_speed_mps) == (None, None)
    assert c.after.ledger is not None
    assert (c.after.ledger.unaccounted, c.after.ledger.unaccounted_children) == (55, 10)
    assert c.after.last_fix_utc == at("0245")
    assert c.new_legs == ()


def test_moving_it_back_again_is_the_same_the_other_way_round() -> None:
    (there,) = differences(night_before_correction(), night_after_correction(), ["boat-a"])
    (back,) = differences(night_after_correction(), night_before_correction(), ["boat-a"])
    assert (back.before, back.after) == (there.after, there.before)
    assert len(back.new_legs) == 2
    (gone,) = differences(night_after_correction(), night_before_correction(), ["boat-c"])
    assert gone.after is None
    assert gone.new_legs == ()


def test_tracks_come_once_in_the_order_asked_and_unknown_ones_not_at_all() -> None:
    plot = night_before_correction()
    found = differences(plot, plot, ["boat-b", "boat-a", "none such", "boat-b"])
    assert [one.track_uid for one in found] == ["boat-b", "boat-a"]
    assert all(one.before == one.after for one in found)
    assert found[1].new_legs == ()


def test_an_asset_has_no_ledger_and_a_track_may_have_no_fix() -> None:
    cutter = a_track("CUTTER-1", (a_report("0346"),), uid="cutter", craft=Craft.RESCUE_VESSEL)
    empty = a_track("B", (a_report("0346", position=None),), uid="empty")
    plot = a_plot(cutter, empty)
    one, other = differences(plot, plot, ["cutter", "empty"])
    assert one.after is not None
    assert other.after is not None
    assert one.after.ledger is None
    assert (other.after.last_fix_utc, other.after.legs, other.after.reports) == (None, (), 1)


def test_speed_made_good_needs_time() -> None:
    at_once = a_track("A", (a_report("0210"), a_report("0210")), uid="a")
    (one,) = differences(a_plot(), a_plot(at_once), ["a"])
    assert one.after is not None
    assert (one.after.run_m, one.after.mean_speed_mps) == (0.0, None)


# Where it is reckoned


def reckoned(
    after: Plot, hhmm: str, supposition: Supposition = AS_KNOWN
) -> tuple[ReckonedDifference, ...]:
    """What is reckoned elsewhere than before the correction at a time of the night."""
    return reckoned_differences(
        night_before_correction(),
        after,
        ["boat-a", "boat-b", "boat-c", "none such", "boat-a"],
        at(hhmm),
        lambda _: supposition,
    )


def test_step_16_the_dead_reckoning_of_0300_without_r3() -> None:
    (a,) = reckoned(night_after_correction(), "0300")
    assert (a.track_uid, a.name, a.at_utc, a.kind) == ("boat-a", "A", at("0300"), PositionKind.DR)
    assert is_at(a.before, 51, 0.14, 1, 35.29)
    assert a.after is not None
    assert is_at(a.after, 51, 0.19, 1, 36.64)
    assert a.apart_m is not None
    assert nm_from_m(a.apart_m) == pytest.approx(0.86, abs=NM_TOLERANCE)


@pytest.mark.parametrize(
    ("hhmm", "why"),
    [
        ("0150", "nobody was seen yet"),
        ("0230", "R3 was not known yet"),
        ("0455", "R3 counts no more: it is an hour before R6"),
        ("1100", "nobody was seen for six hours"),
    ],
)
def test_nothing_is_reckoned_elsewhere(hhmm: str, why: str) -> None:
    assert reckoned(night_after_correction(), hhmm) == (), why


def test_at_r3_itself_the_fix_becomes_a_dead_reckoning() -> None:
    (a,) = reckoned(night_after_correction(), "0245")
    assert a.kind is PositionKind.DR
    assert is_at(a.before, 50, 59.50, 1, 37.00)


def test_what_is_supposed_counts_before_and_after() -> None:
    stated = Supposition(stated=Stated(course_deg=300.7, speed_kn=5.04))
    (a,) = reckoned(night_after_correction(), "0300", stated)
    assert is_at(a.before, 51, 0.14, 1, 35.29)
    assert a.after is not None
    assert not is_at(a.after, 51, 0.19, 1, 36.64)


def test_a_boat_without_a_position_until_then_is_nowhere() -> None:
    before, after = night_before_correction(), night_after_correction()
    late = after.tracks["boat-a"].without_report("r1").without_report("r2")
    (a,) = reckoned_differences(
        before, after.with_track(late), ["boat-a"], at("0300"), lambda _: AS_KNOWN
    )
    assert (a.after, a.apart_m, a.kind) == (None, None, PositionKind.DR)
    emptied = after.with_track(replace(late, reports=()))
    uids = ["boat-a"]
    assert reckoned_differences(before, emptied, uids, at("0300"), lambda _: AS_KNOWN) == ()


def test_a_closed_boat_is_reckoned_only_before_it_was_closed() -> None:
    def closed(plot: Plot) -> Plot:
        change = StatusChange("c", TrackStatus.RESCUED_ALL, at("0248"), "", "M. Roe")
        a = plot.tracks["boat-a"]
        return plot.with_track(replace(a, status=TrackStatus.RESCUED_ALL, status_changes=(change,)))

    before, after = closed(night_before_correction()), closed(night_after_correction())

    def found(hhmm: str) -> int:
        uids = ["boat-a"]
        return len(reckoned_differences(before, after, uids, at(hhmm), lambda _: AS_KNOWN))

    assert (found("0247"), found("0248"), found("0300")) == (1, 0, 0)


def test_the_predictions_reckoned_from_what_moved() -> None:
    plot = night_before_correction()
    late = a_crossing("boat-a", "r3", uid="late")
    early = replace(late, uid="early", crosses_at_utc=late.crosses_at_utc - timedelta(minutes=1))
    other_fix = replace(late, uid="other fix", fix_uid="r5")
    other_boat = replace(late, uid="other boat", track_uid="boat-b")
    for crossing in (late, other_fix, other_boat, early):
        plot = plot.with_predicted_crossing(crossing)
    assert crossings_reckoned_from(plot, ["r3", "r1"], ["boat-a"]) == (early, late)
    assert crossings_reckoned_from(plot, ["r1"], ["boat-a"]) == ()
