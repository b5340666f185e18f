"""What of a plot shows: in view, thinned where it crowds, on top what matters."""

from dataclasses import replace

import numpy as np
import pytest

from channelplot.chart.lines_in_view import FEW, ROOM_PX
from channelplot.chart.renderers.plot_labels import TIMES_APART_PX, report_labels
from channelplot.chart.scene import Scene
from channelplot.chart.shown import shown_beaches, shown_reports, shown_tracks
from channelplot.geodesy.position import Position
from channelplot.model.codes import Craft, ReportKind, TrackStatus
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from helpers.builders import R1, R2, R6, SANGATTE, a_beach, a_plot, a_report, a_track, ddm
from helpers.charts import CHANNEL, STRAIT, a_scene, basemap, view

JERSEY = Position(-2.1, 49.2)


def dense_reports(count: int = 300) -> list[Report]:
    """Reports so close that their symbols would lie on one another."""
    return [
        a_report(
            f"{number // 60:02d}{number % 60:02d}", position=Position(1.5 + number * 1e-5, 51.0)
        )
        for number in range(count)
    ]


def test_tracks_out_of_view_are_left_out() -> None:
    here, there = a_track("A", [a_report(position=R1)]), a_track("B", [a_report(position=JERSEY)])
    empty = a_track("C")
    shown = shown_tracks(a_scene(a_plot(here, empty, there)))
    assert [entry.track.name for entry in shown] == ["A"]


def test_a_line_that_crosses_the_view_shows_without_a_symbol() -> None:
    crossing = a_track("A", [a_report(position=JERSEY), a_report(position=Position(4.0, 51.8))])
    (entry,) = shown_tracks(a_scene(a_plot(crossing)))
    assert len(entry.line_px) == 2
    assert len(entry.fixes) == 0


def test_symbols_are_thinned_where_they_crowd_but_the_last_is_kept() -> None:
    track = a_track("A", dense_reports())
    (entry,) = shown_tracks(a_scene(a_plot(track)))
    assert len(entry.fixes) < 20
    assert entry.fixes[-1] == 299
    few = a_track("B", dense_reports(FEW))
    (entry,) = shown_tracks(a_scene(a_plot(few)))
    assert len(entry.fixes) == FEW


def test_among_thousands_of_reports_the_newest_of_each_track_keeps_its_symbol() -> None:
    spread = [
        a_report(report.observed_at_utc, position=Position(1.2 + n * 0.002, 51.0))
        for n, report in enumerate(dense_reports())
    ]
    scene = a_scene(a_plot(*(a_track(f"N{n}", spread) for n in range(12))), view(STRAIT, 1600, 900))
    for entry in shown_tracks(scene):
        assert len(entry.fixes) < 200
        assert 299 in entry.fixes
    few = a_plot(a_track("A", [a_report(position=JERSEY), a_report("0300", position=R1)]))
    assert shown_tracks(a_scene(few))[0].fixes.tolist() == [1]


def test_the_same_symbols_stay_when_the_chart_is_panned() -> None:
    plot = a_plot(a_track("A", dense_reports()))
    viewport = view(STRAIT, 800, 500)
    (before,) = shown_tracks(a_scene(plot, viewport))
    (after,) = shown_tracks(a_scene(plot, viewport.panned(33.0, 5.0)))
    assert before.fixes.tolist() == after.fixes.tolist()


def test_selected_and_pending_reports_always_have_their_symbol() -> None:
    track = a_track("A", dense_reports())
    special = {track.fixes[17].uid, track.fixes[18].uid}
    scene = a_scene(a_plot(track))
    for marked in (
        replace(scene, selected_uids=frozenset(special)),
        replace(scene, pending_uids=frozenset(special)),
    ):
        (entry,) = shown_tracks(marked)
        assert {17, 18} <= set(entry.fixes.tolist())


def test_open_tracks_lie_above_closed_ones_boats_above_assets_the_selected_on_top() -> None:
    closed = a_track("A", [a_report(position=R1)], status=TrackStatus.LANDED)
    boat = a_track("B", [a_report(position=R1)])
    cutter = a_track("CUTTER", [a_report(position=R6)], craft=Craft.RESCUE_VESSEL)
    scene = a_scene(a_plot(closed, boat, cutter))
    assert [e.track.name for e in shown_tracks(scene)] == ["A", "CUTTER", "B"]
    chosen = replace(scene, selected_uids=frozenset({closed.reports[0].uid}))
    assert [e.track.name for e in shown_tracks(chosen)] == ["CUTTER", "B", "A"]
    assert shown_tracks(chosen)[-1].is_selected


def test_reports_that_are_no_fixes_know_their_track() -> None:
    launch = a_report("0130", position=SANGATTE, kind=ReportKind.LAUNCH)
    loose = a_report("0250", position=R2)
    track = a_track("A", [launch])
    shown = shown_reports(a_scene(a_plot(track, unattributed=[loose])))
    assert [(entry.report.kind, entry.track) for entry in shown] == [
        (ReportKind.LAUNCH, track),
        (ReportKind.POSITION, None),
    ]
    assert (
        shown_reports(a_scene(a_plot(track), view(CHANNEL).centred_on(JERSEY).zoomed(8, 160, 100)))
        == []
    )


def test_the_plots_beaches_replace_the_registers_by_name_or_uid() -> None:
    everything = [shown.beach.name for shown in shown_beaches(a_scene(Plot()))]
    assert "Sangatte" in everything
    known = next(beach for beach in basemap().beaches if beach.name == "Sangatte")
    for own in (a_beach("sangatte"), replace(known, name="Our Sangatte")):
        shown = shown_beaches(a_scene(a_plot(beaches=[own])))
        names = [entry.beach.name for entry in shown if not entry.is_of_plot]
        assert "Sangatte" not in names
        assert len(names) == len(everything) - 1
        assert [entry.beach for entry in shown if entry.is_of_plot] == [own]


def test_the_register_is_left_out_at_small_scales_and_the_plots_own_are_not() -> None:
    scene = a_scene(a_plot(beaches=[a_beach()]), view(CHANNEL))
    assert [entry.is_of_plot for entry in shown_beaches(scene)] == [True]
    assert shown_beaches(replace(scene, basemap=None, plot=Plot())) == []
    far = a_beach("Far", ddm(48, 10.0, -5, 0.0))
    assert shown_beaches(a_scene(a_plot(beaches=[far]), view(STRAIT)))[-1].beach is not far


def a_straight_track(count: int, apart_px: float) -> Scene:
    """Return a track that runs east, seen at a scale where its reports stand so far apart."""
    scene = a_scene(a_plot(), view(STRAIT, 1600, 900))
    reports = []
    for number, report in enumerate(dense_reports(count)):
        position = scene.viewport.position_at(20.0 + number * apart_px, 450.0)
        assert position is not None
        reports.append(a_report(report.observed_at_utc, position=position))
    return replace(scene, plot=a_plot(a_track("A", reports)))


@pytest.mark.parametrize("apart_px", [3.0, 6.0, 10.0, 17.0])
def test_symbols_of_a_dense_track_stand_evenly_with_room_between(apart_px: float) -> None:
    (entry,) = shown_tracks(a_straight_track(61, apart_px))
    *steps, _ = np.diff(entry.fixes).tolist()
    assert len(set(steps)) == 1
    assert ROOM_PX <= steps[0] * apart_px < 2.0 * ROOM_PX
    assert entry.fixes[-1] == 60, "the newest is there whatever its distance"


def test_symbols_of_a_dense_track_stay_the_same_while_the_chart_is_panned() -> None:
    scene = a_straight_track(61, 6.0)
    (before,) = shown_tracks(scene)
    (after,) = shown_tracks(replace(scene, viewport=scene.viewport.panned(-150.0, 31.0)))
    assert len(after.fixes) < len(before.fixes)
    assert set(after.fixes.tolist()) <= set(before.fixes.tolist())


@pytest.mark.usefixtures("qapp")
def test_times_of_a_dense_track_are_written_farther_apart_than_its_symbols() -> None:
    scene = a_straight_track(91, 17.0)
    shown = shown_tracks(scene)
    labels = sorted(label.x_px for label in report_labels(scene, shown))
    assert len(labels) < len(shown[0].fixes) / 1.5
    assert min(np.diff(labels)[:-1]) >= TIMES_APART_PX
