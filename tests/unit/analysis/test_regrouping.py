"""What moving R3 to another boat changes, read back before it is done."""

import pytest

from channelplot.analysis.legs import Leg
from channelplot.analysis.regrouping import TrackFigures, differences
from channelplot.geodesy.units import kn_from_mps, nm_from_m
from channelplot.model.codes import Craft
from helpers.builders import a_plot, a_report, a_track, at
from helpers.night_boats import night_after_correction, night_before_correction


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
