"""What a file adds comes in as one act, or not at all."""

from dataclasses import replace

import pytest

from channelplot.commands.command import Entity
from channelplot.commands.imports import Arrivals, import_file
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.model.codes import TrackStatus
from channelplot.model.plot import Plot
from channelplot.model.rules import problems_of
from helpers.builders import a_beach, a_log_line, a_mark, a_report, a_track, night_plot
from helpers.chartwork_builders import some_conditions


def bring_in(plot: Plot, arrivals: Arrivals) -> Plot:
    return import_file(lambda _: arrivals, "patrol.gpx", "uid").edit(plot)


def test_all_of_it_is_there_and_what_was_there_stays() -> None:
    plot = night_plot()
    track, line = a_track("C", [a_report("0300")]), a_log_line()
    beach, mark = a_beach("Oye"), a_mark("CAL")
    after = bring_in(
        plot, Arrivals(tracks=[track], beaches=[beach], marks=[mark], log_lines=[line])
    )
    assert problems_of(after) == ()
    assert after.tracks == {**plot.tracks, track.uid: track}
    assert after.beaches == {**plot.beaches, beach.uid: beach}
    assert after.marks == {**plot.marks, mark.uid: mark}
    assert after.log_lines == {line.uid: line}
    assert after.unattributed is plot.unattributed
    assert [report.uid for report in after.reports()].count(track.reports[0].uid) == 1


def test_what_has_a_uid_that_is_there_takes_its_place() -> None:
    plot = night_plot()
    before = next(iter(plot.tracks.values()))
    amended = replace(before, note="grey hull")
    after = bring_in(plot, Arrivals(tracks=[amended], unattributed=()))
    assert after.tracks[before.uid] is amended
    assert len(after.tracks) == len(plot.tracks)
    assert after.unattributed == ()


def test_nothing_changes_nothing() -> None:
    plot = night_plot()
    assert bring_in(plot, Arrivals()) == plot


def test_it_is_about_the_plot_and_has_the_name_of_the_file() -> None:
    command = import_file(lambda _: Arrivals(), "patrol.gpx", "uid")
    assert (command.label, command.entity, command.entity_uid) == (
        "import_file",
        Entity.PLOT,
        "uid",
    )
    assert command.name_in(Plot()) == "patrol.gpx"


MERGED = replace(a_track("D", status=TrackStatus.SAME_AS), same_as_uid="gone")


@pytest.mark.parametrize(
    ("arrivals", "reason"),
    [
        (Arrivals(tracks=[a_track(" ")]), RefusalReason.NAME_EMPTY),
        (Arrivals(tracks=[a_track("A")]), RefusalReason.NAME_TAKEN),
        (Arrivals(tracks=[a_track("C"), a_track("C")]), RefusalReason.NAME_TAKEN),
        (Arrivals(beaches=[a_beach("Wissant")]), RefusalReason.NAME_TAKEN),
        (Arrivals(marks=[a_mark("CGN")]), RefusalReason.CODE_TAKEN),
        (Arrivals(marks=[a_mark("CAL"), a_mark("CAL")]), RefusalReason.CODE_TAKEN),
        (Arrivals(marks=[a_mark("B")]), RefusalReason.CODE_OF_TRACK),
        (Arrivals(marks=[a_mark("1A")]), RefusalReason.CODE_FORM),
        (Arrivals(tracks=[MERGED]), RefusalReason.NO_SUCH_TRACK),
    ],
)
def test_what_can_not_be_is_refused_as_a_whole(arrivals: Arrivals, reason: RefusalReason) -> None:
    with pytest.raises(CommandRefused) as refused:
        bring_in(night_plot(), arrivals)
    assert refused.value.reason is reason


def test_a_merged_track_leaves_its_chartwork_to_the_other_and_has_no_reports() -> None:
    plot = night_plot()
    a, b = plot.tracks.values()
    plot = plot.with_conditions(some_conditions(b.uid))
    merged = replace(b, status=TrackStatus.SAME_AS, same_as_uid=a.uid, reports=())
    after = bring_in(plot, Arrivals(tracks=[merged]))
    assert [entry.track_uid for entry in after.conditions.values()] == [a.uid]
    with pytest.raises(CommandRefused) as refused:
        bring_in(plot, Arrivals(tracks=[replace(merged, reports=b.reports)]))
    assert refused.value.reason is RefusalReason.MERGED
