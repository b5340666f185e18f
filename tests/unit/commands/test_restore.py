"""Putting withdrawn things back: in the plot and in the file, and when that is refused."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from channelplot.commands.beaches import add_beach, withdraw_beach
from channelplot.commands.claims import merge_tracks
from channelplot.commands.command import Command
from channelplot.commands.log_lines import withdraw_log_line
from channelplot.commands.marks import add_mark, withdraw_mark
from channelplot.commands.reports import withdraw_report
from channelplot.commands.restore import restore, restore_several
from channelplot.commands.tracks import start_track, withdraw_track
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.model.beach import Beach, Mark
from channelplot.model.log_line import LogLine
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track
from helpers.builders import a_beach, a_mark, a_report, a_track, at
from helpers.clock import FixedClock
from helpers.full_plot import full_plot
from helpers.opened import open_plot

PLOT = full_plot()
A, B = list(PLOT.tracks.values())[:2]
(CGN,) = PLOT.marks.values()
SANGATTE = next(iter(PLOT.beaches.values()))
LINE = next(iter(PLOT.log_lines.values()))
LOOSE = PLOT.unattributed[0]

WITHDRAWALS: list[tuple[Command, Track | Report | Beach | Mark | LogLine, str, str]] = [
    (withdraw_report(A.reports[0].uid, "a hoax"), A.reports[0], "restore_report", "A"),
    (withdraw_report(LOOSE.uid), LOOSE, "restore_report", ""),
    (withdraw_track(B.uid, "a hoax"), B, "restore_track", "B"),
    (withdraw_beach(SANGATTE.uid), SANGATTE, "restore_beach", "Sangatte"),
    (withdraw_mark(CGN.uid), CGN, "restore_mark", "CGN"),
    (withdraw_log_line(LINE.uid), LINE, "restore_log_line", "A"),
]
NAMES = [f"{label} {name}" for _, _, label, name in WITHDRAWALS]


@pytest.mark.parametrize(("withdrawal", "entity", "label", "name"), WITHDRAWALS, ids=NAMES)
def test_what_was_withdrawn_is_put_back_as_it_stood(
    withdrawal: Command,
    entity: Track | Report | Beach | Mark | LogLine,
    label: str,
    name: str,
    tmp_path: Path,
    clock: FixedClock,
) -> None:
    opened = open_plot(PLOT, clock=clock, folder=tmp_path)
    document = opened.document
    rows = standing_rows(opened.store.path)
    document.apply(withdrawal)
    assert document.plot != PLOT
    command = restore(entity, "withdrawn by mistake")
    assert (command.label, command.name_in(document.plot)) == (label, name)
    assert command.reason == "withdrawn by mistake"
    assert document.apply(command)
    assert document.plot == PLOT
    assert opened.saved() == PLOT
    assert standing_rows(opened.store.path) == rows
    assert document.undo()
    assert opened.saved() == withdrawal.edit(PLOT)
    document.close()


def standing_rows(path: Path) -> list[tuple[object, ...]]:
    tables = ("tracks", "reports", "beaches", "marks", "people_counts", "status_changes")
    with closing(sqlite3.connect(path)) as conn:
        return [
            row
            for table in (*tables, "log_lines")
            for row in conn.execute(
                f"SELECT * FROM {table} WHERE withdrawn_at_utc IS NULL ORDER BY uid"
            )
        ]


def test_a_report_whose_track_was_merged_since_goes_to_the_others() -> None:
    gone = B.reports[0]
    plot = withdraw_report(gone.uid, "a hoax").edit(PLOT)
    plot = merge_tracks(B.uid, A.uid, change_uid="m", at_utc=at("0500"), by="watch").edit(plot)
    after = restore(gone).edit(plot)
    assert after.report(gone.uid) == replace(gone, track_uid=A.uid)
    assert after.tracks[B.uid].reports == ()
    damaged = plot.without_track(A.uid)
    assert refusal(restore(gone), damaged).reason is RefusalReason.TRACK_WITHDRAWN


def test_a_line_of_the_log_is_put_back_although_its_track_is_withdrawn() -> None:
    plot = withdraw_track(A.uid, "a hoax").edit(withdraw_log_line(LINE.uid).edit(PLOT))
    assert restore(LINE).edit(plot).log_lines[LINE.uid] == LINE


def refusal(command: Command, plot: Plot) -> CommandRefused:
    with pytest.raises(CommandRefused) as refused:
        command.edit(plot)
    return refused.value


@pytest.mark.parametrize("entity", [A, A.reports[0], LOOSE, SANGATTE, CGN, LINE])
def test_what_is_there_is_not_put_back(entity: Track | Report | Beach | Mark | LogLine) -> None:
    assert refusal(restore(entity), PLOT).reason is RefusalReason.ALREADY_THERE


@pytest.mark.parametrize(
    ("command", "plot", "reason", "value"),
    [
        (
            restore(A.reports[0]),
            withdraw_track(A.uid, "a hoax").edit(PLOT),
            RefusalReason.TRACK_WITHDRAWN,
            A.uid,
        ),
        (
            restore(a_track("Z", (A.reports[0],))),
            PLOT,
            RefusalReason.ALREADY_THERE,
            A.reports[0].uid,
        ),
        (
            restore(A),
            start_track(a_track("A")).edit(withdraw_track(A.uid, "a hoax").edit(PLOT)),
            RefusalReason.NAME_TAKEN_SINCE,
            "A",
        ),
        (
            restore(SANGATTE),
            add_beach(a_beach("Sangatte")).edit(withdraw_beach(SANGATTE.uid).edit(PLOT)),
            RefusalReason.NAME_TAKEN_SINCE,
            "Sangatte",
        ),
        (
            restore(CGN),
            add_mark(a_mark("CGN")).edit(withdraw_mark(CGN.uid).edit(PLOT)),
            RefusalReason.NAME_TAKEN_SINCE,
            "CGN",
        ),
        (
            restore(CGN),
            start_track(a_track("CGN")).edit(withdraw_mark(CGN.uid).edit(PLOT)),
            RefusalReason.NAME_TAKEN_SINCE,
            "CGN",
        ),
        (restore(a_report(track_uid="gone")), PLOT, RefusalReason.TRACK_WITHDRAWN, "gone"),
    ],
    ids=lambda value: value.label if isinstance(value, Command) else "",
)
def test_it_is_refused(command: Command, plot: Plot, reason: RefusalReason, value: str) -> None:
    refused = refusal(command, plot)
    assert (refused.reason, refused.value) == (reason, value)


def test_what_left_by_one_act_comes_back_by_one_in_whatever_order_it_is_given() -> None:
    other = a_track("ZZ", (a_report("0100"),))
    plot = PLOT.with_track(other)
    for uid, into in ((A.uid, B.uid), (B.uid, other.uid)):
        merge = merge_tracks(uid, into, change_uid=f"m-{uid}", at_utc=at("0500"), by="watch")
        plot = merge.edit(plot)
    gone = withdraw_beach(SANGATTE.uid).edit(withdraw_track(other.uid, "a hoax").edit(plot))
    tracks = [track for uid, track in plot.tracks.items() if uid not in gone.tracks]
    assert {A.uid, B.uid, other.uid} <= {track.uid for track in tracks}

    orders: list[list[Track | Beach]] = [[*tracks, SANGATTE], [SANGATTE, *reversed(tracks)]]
    for entities in orders:
        command = restore_several(entities, "by mistake")
        assert (command.label, command.name, command.reason) == (
            "restore_several",
            str(len(tracks) + 1),
            "by mistake",
        )
        assert command.edit(gone) == plot
    taken = add_beach(a_beach("Sangatte")).edit(gone)
    refused = refusal(restore_several([*tracks, SANGATTE]), taken)
    assert refused.reason is RefusalReason.NAME_TAKEN_SINCE


def test_one_thing_alone_keeps_its_own_act() -> None:
    assert restore_several([CGN]).label == "restore_mark"


def test_a_merged_track_is_put_back_with_others_to_one_that_stayed() -> None:
    merge = merge_tracks(B.uid, A.uid, change_uid="m", at_utc=at("0500"), by="watch")
    plot = merge.edit(PLOT)
    gone = withdraw_beach(SANGATTE.uid).edit(withdraw_track(B.uid).edit(plot))
    assert restore_several([plot.tracks[B.uid], SANGATTE]).edit(gone) == plot
