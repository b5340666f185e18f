"""What is reckoned for the chart: whose, where, along which way, and what is left out."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import numpy.typing as npt
import pytest

from channelplot.analysis.dead_reckoning import AS_KNOWN, PositionKind, Stated, Supposition
from channelplot.chart.reckoned import AHEAD, ReckonedMark, mark_of, marks_of_selected
from channelplot.geodesy.measure import distance_m
from channelplot.geodesy.position import Position
from channelplot.model.codes import Craft, TrackStatus
from channelplot.model.track import StatusChange, Track
from helpers.builders import R1, R3, R5, a_plot, a_report, a_track, at
from helpers.chart_things import MODEL, WATERS, marks_of_all
from helpers.night_boats import boat_a, report_1, report_2, report_3, report_5
from helpers.night_chartwork import NIGHT_CONDITIONS, hms, is_at

IN_STREAM = Supposition(conditions=NIGHT_CONDITIONS)


def boat_at_0245() -> Track:
    return boat_a(report_1(), report_2(), report_3())


def stopped_boat() -> Track:
    return boat_a(report_1(), report_2(), report_3(), replace(report_5(), speed_kn=0.0))


def selected(
    track: Track, hhmm: str, supposition: Supposition = AS_KNOWN
) -> tuple[ReckonedMark, ...]:
    return marks_of_selected(track, at(hhmm), supposition, MODEL, WATERS)


def ends_at(points_deg: npt.NDArray[np.float64], position: Position) -> bool:
    return distance_m(Position(*map(float, points_deg[-1])), position) < 0.01


def test_the_boat_of_the_night_is_reckoned_with_its_change_of_waters() -> None:
    (mark,) = selected(boat_at_0245(), "0300")
    assert (mark.name, mark.kind, mark.is_selected) == ("A", PositionKind.DR, True)
    assert is_at(mark.position, 51, 0.14, 1, 35.29)
    assert mark.from_position == R3
    assert mark.course_deg == pytest.approx(300.7, abs=0.1)
    assert mark.radius_m > 0.0
    assert mark.change is not None
    assert (mark.change.from_state, mark.change.to_state) == ("FR", "GB")
    assert abs(mark.change.at_utc - hms(3, 34, 8)) < timedelta(seconds=2)
    assert is_at(mark.change.position, 51, 1.61, 1, 31.38)


def test_its_way_leads_from_the_fix_to_the_position_and_an_hour_on() -> None:
    (mark,) = selected(boat_at_0245(), "0300")
    assert ends_at(mark.path_deg[:1], R3)
    assert ends_at(mark.path_deg, mark.position)
    assert ends_at(mark.ahead_deg[:1], mark.position)
    (later,) = selected(boat_at_0245(), "0400")
    assert ends_at(mark.ahead_deg, later.position)


def test_adrift_is_the_other_case_in_a_stream_and_wind_alone() -> None:
    assert len(selected(boat_at_0245(), "0300")) == 1
    main, other = selected(boat_at_0245(), "0300", IN_STREAM)
    assert (main.kind, main.is_alternative) == (PositionKind.DR, False)
    assert (other.kind, other.is_alternative) == (PositionKind.EP, True)
    # 15 minutes at 2.30 kn on 070.7.
    assert distance_m(R3, other.position) == pytest.approx(2.30 / 4.0 * 1852.0, rel=0.01)
    assert other.course_deg == pytest.approx(70.7, abs=0.1)


def test_a_boat_that_drifts_is_one_estimated_position() -> None:
    (mark,) = selected(stopped_boat(), "0412", IN_STREAM)
    assert (mark.kind, mark.is_alternative) == (PositionKind.EP, False)
    assert is_at(mark.position, 51, 2.30, 1, 32.53)
    assert mark.change is not None
    assert (mark.change.to_state, mark.change.at_utc.strftime("%H%M")) == ("FR", "0430")


def test_a_way_that_bends_with_the_stream_is_drawn_bent() -> None:
    first, second = NIGHT_CONDITIONS.streams[0], replace(NIGHT_CONDITIONS.streams[0], set_deg=240.0)
    turning = replace(
        NIGHT_CONDITIONS,
        streams=(
            replace(first, valid=replace(first.valid, until_utc=at("0400"))),
            replace(second, valid=replace(second.valid, from_utc=at("0400"))),
        ),
        winds=(),
    )
    (mark,) = selected(stopped_boat(), "0430", Supposition(conditions=turning))
    assert len(mark.waypoints) == 4, "the fix, the turn, the position, an hour on"
    turn = mark.waypoints[1]
    assert distance_m(R5, turn) == pytest.approx(1.9 / 3.0 * 1852.0, rel=0.01)
    gaps_m = [distance_m(Position(*map(float, point)), turn) for point in mark.path_deg]
    assert min(gaps_m) < 0.01


def test_the_way_is_drawn_on_as_far_as_the_change_of_waters() -> None:
    slow = Supposition(stated=Stated(course_deg=331.0, speed_kn=1.5))
    (mark,) = selected(boat_at_0245(), "0300", slow)
    assert mark.change is not None
    assert mark.change.at_utc > mark.at_utc + AHEAD
    assert ends_at(mark.ahead_deg, mark.change.position)
    of_many = mark_of(boat_at_0245(), at("0300"), slow, MODEL, WATERS)
    assert of_many is not None
    assert of_many.change is None, "of many craft the next hour counts"
    assert distance_m(of_many.waypoints[-1], of_many.position) == pytest.approx(1.5 * 1852.0)


def test_a_fix_of_this_moment_is_no_reckoning_and_a_minute_old_one_of_a_stopped_boat_is() -> None:
    assert selected(boat_at_0245(), "0245", IN_STREAM) == ()
    still = boat_a(replace(report_5(), speed_kn=0.0))
    assert selected(still, "0341") == ()
    (mark,) = selected(still, "0342")
    assert mark.position == R5
    assert mark.course_deg is None


def test_nothing_is_reckoned_before_a_fix_or_more_than_six_hours_after_it() -> None:
    assert selected(boat_at_0245(), "0200") == ()
    assert selected(a_track("E"), "0300") == ()
    assert len(selected(boat_at_0245(), "0845")) == 1
    assert selected(boat_at_0245(), "0846", IN_STREAM) == ()


def test_a_closed_boat_is_reckoned_for_a_time_before_it_was_closed() -> None:
    closing = StatusChange(uid="c", status=TrackStatus.RESCUED_ALL, at_utc=at("0330"))
    closed = replace(boat_at_0245(), status=TrackStatus.RESCUED_ALL, status_changes=(closing,))
    assert len(selected(closed, "0300")) == 1
    assert selected(closed, "0330") == ()
    assert mark_of(closed, at("0300"), AS_KNOWN, MODEL, WATERS) is None


def test_of_many_craft_those_that_move_have_marks() -> None:
    moving = boat_at_0245()
    cutter = a_track(
        "CUTTER-1",
        [a_report("0250", position=R1, course_deg=120.0, speed_kn=22.0)],
        craft=Craft.RESCUE_VESSEL,
    )
    seen_once = a_track("C", [a_report("0245", position=R3)])
    stopped = a_track("D", [a_report("0245", position=R5, speed_kn=0.0)])
    just_seen = a_track("F", [a_report("0300", position=R1, course_deg=10.0, speed_kn=5.0)])
    old = a_track("G", [a_report(at("2000", day=14), position=R1, course_deg=10.0, speed_kn=5.0)])
    plot = a_plot(moving, cutter, seen_once, stopped, just_seen, old)
    assert [mark.name for mark in marks_of_all(plot, at("0300"))] == ["A", "CUTTER-1"]
    drifting = marks_of_all(plot, at("0300"), conditions=NIGHT_CONDITIONS)
    assert [(mark.name, mark.kind, mark.is_if_adrift) for mark in drifting] == [
        ("A", PositionKind.DR, False),
        ("CUTTER-1", PositionKind.DR, False),
        ("C", PositionKind.EP, True),
        ("D", PositionKind.EP, False),
    ]


def test_a_boat_of_unknown_motion_is_adrift_in_a_stream_selected_or_not() -> None:
    seen_once = a_track("C", [a_report("0245", position=R3)])
    (mark,) = selected(seen_once, "0500", IN_STREAM)
    assert (mark.kind, mark.is_if_adrift, mark.is_alternative) == (PositionKind.EP, True, False)
    assert is_at(mark.position, 51, 1.20, 1, 44.74), "step 17"
    of_many = mark_of(seen_once, at("0500"), IN_STREAM, MODEL, WATERS)
    assert of_many is not None
    assert (of_many.position, of_many.radius_m) == (mark.position, mark.radius_m)
    cutter = replace(seen_once, craft=Craft.RESCUE_VESSEL)
    assert mark_of(cutter, at("0500"), IN_STREAM, MODEL, WATERS) is None
    assert mark_of(seen_once, at("0846"), IN_STREAM, MODEL, WATERS) is None


def test_what_is_supposed_of_a_craft_marks_it_so_and_not_the_other_case() -> None:
    stated = Supposition(
        conditions=NIGHT_CONDITIONS, stated=Stated(course_deg=300.7, speed_kn=5.04)
    )
    main, other = selected(boat_at_0245(), "0300", stated)
    assert (main.is_supposed, other.is_supposed) == (True, False)
    of_many = mark_of(boat_at_0245(), at("0300"), stated, MODEL, WATERS)
    assert of_many is not None
    assert of_many.is_supposed
    known = mark_of(boat_at_0245(), at("0300"), IN_STREAM, MODEL, WATERS)
    assert known is not None
    assert not known.is_supposed, "a stream that was given is no supposition"


def test_the_same_reckoning_is_equal_and_another_is_not() -> None:
    once, again = selected(boat_at_0245(), "0300"), selected(boat_at_0245(), "0300")
    assert once == again
    assert once is not again
    assert once != selected(boat_at_0245(), "0301")
    faster = Supposition(stated=Stated(course_deg=300.7, speed_kn=6.0))
    assert once != selected(boat_at_0245(), "0300", faster)
