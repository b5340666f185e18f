"""Which boats reports may be of: one report, several, the same minute again."""

from dataclasses import replace

import pytest

from channelplot.analysis.same_boat import Fit
from channelplot.model.caller import same_as_report
from helpers.builders import R1, R2, R3, a_plot, a_report, a_track, at
from helpers.clock import FixedClock
from helpers.night_boats import R4, night_before_correction, report_3, report_4
from helpers.regrouping_desk import RegroupingDesk, regrouping_desk


@pytest.fixture
def desk(clock: FixedClock) -> RegroupingDesk:
    """The night before R3 was moved."""
    return regrouping_desk(night_before_correction(), clock)


def fits(desk: RegroupingDesk, *uids: str) -> list[tuple[str, Fit]]:
    """How these reports fit the boats."""
    reports = [report for uid in uids if (report := desk.plot.report(uid)) is not None]
    return [(one.track.name, one.fit) for one in desk.boats.ranked_for(reports)]


def test_reports_are_left_out_of_the_boats_they_are_compared_with(desk: RegroupingDesk) -> None:
    assert fits(desk, "r3") == [("A", Fit.FITS), ("B", Fit.NOT_SAME)]
    assert fits(desk, "r4") == [("A", Fit.NOT_SAME)], "B has nothing else"


def test_of_several_what_fits_worse_counts(desk: RegroupingDesk) -> None:
    assert fits(desk, "r3", "r4") == [("A", Fit.NOT_SAME)]
    assert fits(desk, "r4", "r6") == [("A", Fit.NOT_SAME)]
    assert dict(fits(desk, "r2", "r3"))["A"] is Fit.FITS


def test_the_better_boat_comes_first_of_several_too(clock: FixedClock) -> None:
    a = a_track("A", (a_report("0210", position=R1),))
    b = a_track("B", (a_report("0210", position=R4),))
    c = a_track(
        "C", (a_report("0228", uid="c1", position=R2), a_report("0245", uid="c2", position=R3))
    )
    desk = regrouping_desk(a_plot(b, a, c), clock)
    assert [name for name, _ in fits(desk, "c1", "c2")] == ["A", "B"]


def test_nothing_placed_is_compared_with_nothing(desk: RegroupingDesk) -> None:
    assert desk.boats.ranked_for(()) == ()
    assert desk.boats.ranked_for((a_report(position=None),)) == ()
    assert desk.boats.sighting(a_report(position=None)) is None


def test_the_boats_of_the_same_telephone(clock: FixedClock) -> None:
    number = "+33612345678"
    first = a_report("0210", uid="a1", position=None, caller=number)
    again = a_report("0245", uid="c1", caller=number)
    ship = a_report("0230", uid="s1", caller="MABC2")
    ship_again = a_report("0250", uid="c2", caller="MABC2")
    tracks = (a_track("A", (first,)), a_track("B", (ship,)), a_track("C", (again, ship_again)))
    desk = regrouping_desk(a_plot(*tracks), clock)

    def phones(*uids: str) -> frozenset[str]:
        reports = [report for uid in uids if (report := desk.plot.report(uid)) is not None]
        return desk.boats.tracks_of_phones(reports)

    assert phones("c1") == {desk.track("A").uid}
    assert phones("c1", "c2") == {desk.track("A").uid}, "a ship tells of many boats"
    assert phones("c2") == phones() == frozenset()
    assert phones("a1", "c1") == frozenset()


def test_the_last_answer_is_kept_within_the_minute_and_the_plot(desk: RegroupingDesk) -> None:
    sighting = desk.boats.sighting(report_4())
    assert sighting is not None
    sighting = replace(sighting, uid=None)
    first = desk.boats.ranked(sighting)
    later = replace(sighting, observed_at_utc=sighting.observed_at_utc.replace(second=40))
    assert desk.boats.ranked(later) is first
    elsewhere = desk.boats.ranked(replace(sighting, position=R3))
    assert elsewhere is not first
    assert elsewhere[0].fit is Fit.FITS
    next_minute = replace(sighting, observed_at_utc=at("0300"))
    assert desk.boats.ranked(next_minute) is not elsewhere
    desk.select("r3")
    desk.move.begin()
    desk.move.edit(text="n")
    before = desk.boats.ranked(next_minute)
    assert desk.move.commit()
    assert {one.track.name for one in before} == {"A", "B"}
    assert {one.track.name for one in desk.boats.ranked(next_minute)} == {"A", "B", "C"}


def test_one_boat_alone_is_compared_too(desk: RegroupingDesk) -> None:
    sighting = desk.boats.sighting(report_3())
    assert sighting is not None
    own = desk.boats.fit_of(sighting, desk.track("A"))
    assert own is not None
    assert own.fit is Fit.FITS
    assert desk.boats.fit_of(sighting, a_track("D")) is None


def test_the_tracks_of_a_caller(clock: FixedClock) -> None:
    phone = "+447700900123"
    first = replace(a_report("0245", uid="first"), caller=phone)
    again = a_report("0455", uid="again")
    again = replace(again, caller=same_as_report("first"))
    other = a_report("0300", uid="other")
    plot = a_plot(
        a_track("A", (first,), uid="a"), a_track("B", (again,), uid="b"), unattributed=(other,)
    )
    desk = regrouping_desk(plot, clock)
    assert desk.boats.tracks_of_caller(phone) == {"a", "b"}
    assert desk.boats.tracks_of_caller(same_as_report("first")) == {"a", "b"}
    assert desk.boats.tracks_of_caller(phone, {"first"}) == {"b"}
    assert desk.boats.tracks_of_caller("") == frozenset()
    sighting = desk.boats.sighting(first)
    assert sighting is not None
    assert set(sighting.caller_track_uids) == {"b"}, "a call is not another call of its own"
