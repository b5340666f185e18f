"""What goes out: all, some tracks, a period; and no more of it in memory than needed."""

from dataclasses import replace

import numpy as np
import pytest

from channelplot.exchange.outgoing.selection import Counts, Selection, line_deg
from channelplot.model.plot import Plot
from helpers.builders import at
from unit.exchange.outgoing.written import a_varied_plot, packed_plot

PLAIN = a_varied_plot()


@pytest.fixture(params=[PLAIN, packed_plot(PLAIN)], ids=["plain", "packed"])
def plot(request: pytest.FixtureRequest) -> Plot:
    found = request.param
    assert isinstance(found, Plot)
    return found


def uids(selection: Selection) -> list[str]:
    return [report.uid for report in selection.reports()]


def test_all_of_a_plot_goes_out(plot: Plot) -> None:
    selection = Selection(plot=plot)
    assert selection.counts() == Counts(reports=6, unattributed=2, tracks=3, beaches=1, marks=1)
    assert uids(selection) == [
        "report-1",
        "report-2",
        "report-3",
        "report-4",
        "report-5",
        "report-6",
    ]
    assert [report.uid for report in selection.unplaced_reports()] == ["report-2", "report-6"]
    assert selection.counts().things == 11


def test_of_chosen_tracks_their_reports_and_beaches_alone_go_out(plot: Plot) -> None:
    of_a, of_b = (Selection(plot=plot, track_uids=frozenset({uid})) for uid in ("track-1", "t-2"))
    assert uids(of_a) == ["report-1", "report-2", "report-3"]
    assert [beach.uid for beach in of_a.beaches()] == ["beach-1"]
    assert uids(of_b) == ["report-4"]
    assert (of_b.beaches(), of_b.marks()) == ([], [])


def test_a_period_has_both_its_ends_and_no_track_without_a_report_in_it(plot: Plot) -> None:
    selection = Selection(plot=plot, from_utc=at("0110"), to_utc=at("0212"))
    assert uids(selection) == ["report-1", "report-2", "report-6"]
    assert [track.name for track in selection.tracks()] == ["A <1>"]
    assert selection.counts() == Counts(reports=3, unattributed=1, tracks=1, beaches=1, marks=1)


@pytest.mark.parametrize(
    ("from_time", "to_time", "expected"),
    [
        ("0228", None, ["report-3", "report-4"]),
        (None, "0105", ["report-5"]),
        ("0300", None, []),
        ("0110", "0110", ["report-6"]),
    ],
)
def test_a_period_may_have_one_end(
    plot: Plot, from_time: str | None, to_time: str | None, expected: list[str]
) -> None:
    selection = Selection(
        plot=plot,
        from_utc=None if from_time is None else at(from_time),
        to_utc=None if to_time is None else at(to_time),
    )
    assert uids(selection) == expected


def test_a_period_without_a_report_is_for_nothing(plot: Plot) -> None:
    empty = Selection(plot=plot, from_utc=at("0300"))
    assert empty.counts().beaches == 1
    assert empty.is_for_nothing(empty.counts())
    places = Selection(plot=replace(plot, tracks={}, unattributed=()))
    assert not places.is_for_nothing(places.counts())
    nothing = replace(places, has_places=False)
    assert nothing.is_for_nothing(nothing.counts())


def test_places_may_stay(plot: Plot) -> None:
    selection = Selection(plot=plot, has_places=False)
    assert (selection.beaches(), selection.marks()) == ([], [])


def test_the_line_of_a_track_is_that_of_what_goes_out(plot: Plot) -> None:
    whole = {track.uid: line_deg(track, lot) for track, lot in Selection(plot=plot).lots()}
    line = whole["track-1"]
    assert line is not None
    assert np.array_equal(line, plot.tracks["track-1"].line_deg)
    assert whole["t-2"] is None
    assert whole["track-3"] is None
    part = Selection(plot=plot, to_utc=at("0212"))
    assert [line_deg(track, lot) for track, lot in part.lots()] == [None]
    both = Selection(plot=plot, from_utc=at("0210"), to_utc=at("0229"))
    ((track, lot),) = both.lots()
    line = line_deg(track, lot)
    assert line is not None
    assert np.array_equal(line, plot.tracks["track-1"].line_deg)


def test_packed_reports_of_a_long_track_are_not_made_all_at_once() -> None:
    report = replace(PLAIN.tracks["t-2"].reports[0])
    reports = tuple(replace(report, uid=f"r{n:05}") for n in range(2500))
    track = replace(PLAIN.tracks["t-2"], reports=reports)
    made = packed_plot(Plot(tracks={track.uid: track}, unattributed=PLAIN.unattributed))
    selection = Selection(plot=made)
    assert uids(selection)[:2500] == [each.uid for each in reports]
    packed_reports = made.tracks["t-2"].reports
    assert packed_reports.columns.kept(packed_reports.start) is None  # type: ignore[attr-defined]
