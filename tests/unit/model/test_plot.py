"""Plots: finding things in them, and copies that share what they have in common."""

import pytest

from channelplot.model.plot import Plot
from helpers.builders import (
    R2,
    a_beach,
    a_mark,
    a_plot,
    a_report,
    a_track,
    at,
    night_plot,
)


def test_an_empty_plot_holds_nothing() -> None:
    plot = Plot()
    assert list(plot.reports()) == []
    assert plot.report_count() == 0
    assert plot.report("x") is None
    assert plot.last_observed_at_utc() is None
    assert plot == a_plot()


def test_nothing_can_be_written_to() -> None:
    for mapping in (Plot().tracks, night_plot().tracks, night_plot().beaches, night_plot().marks):
        with pytest.raises(TypeError):
            mapping["x"] = a_track()  # type: ignore[index]


def test_every_report_is_found_in_its_track_or_outside() -> None:
    plot = night_plot()
    reports = list(plot.reports())
    assert plot.report_count() == len(reports) == 5
    for report in reports:
        assert plot.report(report.uid) is report
    assert reports[-1] is plot.unattributed[0]
    assert plot.report("none such") is None


def test_the_last_time_is_that_of_the_latest_report_anywhere() -> None:
    assert night_plot().last_observed_at_utc() == at("0252")
    assert night_plot().with_report(a_report("0255")).last_observed_at_utc() == at("0255")
    assert a_plot(a_track("A")).last_observed_at_utc() is None


def test_a_track_is_added_replaced_and_left_out() -> None:
    plot, track = night_plot(), a_track("C", (a_report(),))
    more = plot.with_track(track)
    assert set(more.tracks) - set(plot.tracks) == {track.uid}
    renamed = a_track("D", uid=track.uid)
    assert more.with_track(renamed).tracks[track.uid] is renamed
    assert more.without_track(track.uid) == plot
    assert plot.without_track("none such") == plot


def test_what_an_edit_does_not_touch_is_shared() -> None:
    plot = night_plot()
    first, second = plot.tracks.values()
    after = plot.with_report(a_report("0300", track_uid=first.uid))
    assert after.tracks[second.uid] is second
    assert after.unattributed is plot.unattributed
    assert after.beaches is plot.beaches
    assert after.marks is plot.marks
    assert after.tracks[first.uid].reports[0] is first.reports[0]


def test_a_report_goes_to_its_track_or_to_those_that_none_claims() -> None:
    plot = night_plot()
    track = next(iter(plot.tracks.values()))
    mine, nobodys = a_report("0300", track_uid=track.uid), a_report("0100")
    plot = plot.with_report(mine).with_report(nobodys)
    assert plot.tracks[track.uid].reports[-1] is mine
    assert plot.unattributed[0] is nobodys, "in order of time"


def test_a_report_that_changes_hands_is_in_one_place() -> None:
    plot = night_plot()
    first, second = plot.tracks.values()
    report = first.reports[1]
    for track_uid in (second.uid, None, first.uid):
        moved = a_report("0228", uid=report.uid, track_uid=track_uid, position=R2)
        plot = plot.with_report(moved)
        assert [r for r in plot.reports() if r.uid == report.uid] == [moved]
        assert plot.report(report.uid) is moved
    assert [r.uid for r in plot.tracks[first.uid].reports] == [r.uid for r in first.reports]


def test_an_unclaimed_report_is_replaced_by_one_with_its_uid() -> None:
    plot = night_plot()
    old = plot.unattributed[0]
    new = a_report("0106", uid=old.uid)
    assert plot.with_report(new).unattributed == (new,)


def test_a_report_of_a_track_that_is_not_there_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        Plot().with_report(a_report(track_uid="none such"))


def test_without_a_report_wherever_it_stands() -> None:
    plot = night_plot()
    for report in plot.reports():
        assert plot.without_report(report.uid).report(report.uid) is None
        assert plot.without_report(report.uid).report_count() == plot.report_count() - 1
    assert plot.without_report("none such") is plot


def test_beaches_and_marks_are_added_replaced_and_left_out() -> None:
    beach, mark = a_beach("Oye"), a_mark("OYE")
    plot = night_plot().with_beach(beach).with_mark(mark)
    assert plot.beaches[beach.uid] is beach
    assert plot.marks[mark.uid] is mark
    moved = a_beach("Oye", R2, uid=beach.uid)
    assert plot.with_beach(moved).beaches[beach.uid] is moved
    assert beach.uid not in plot.without_beach(beach.uid).beaches
    assert plot.without_beach("none such") == plot
    assert plot.with_mark(a_mark("GN", uid=mark.uid)).marks[mark.uid].code == "GN"
    assert mark.uid not in plot.without_mark(mark.uid).marks
    assert plot.without_mark("none such") == plot
