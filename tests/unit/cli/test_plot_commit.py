"""``channelplot plot``: what it commits to a plot, and what keeps it from that."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from channelplot.geodesy.measure import distance_m
from channelplot.geodesy.position import Position
from channelplot.model.codes import Craft, PositionForm
from channelplot.model.people import PeopleCount
from channelplot.store.geopackage import PlotFile
from channelplot.ui.clock import utc_now
from helpers.builders import at
from helpers.plot_command import (
    FOLD_NIGHT,
    NOW,
    Command,
    last_report,
    names_in,
    position_of,
    reports_in,
)
from helpers.plot_files import (
    assert_log_is_whole,
    channelplot,
    file_rows,
    labels_in_log,
)

# What is committed


def test_a_line_is_one_act_and_is_read_back(plot_command: Command, plot: Path) -> None:
    line = "0250Z 023 CGN 7.2 310/4 45 incl 8 ch 1A new inflatable low in the water"
    done = plot_command("--at", NOW, plot, line)

    assert (done.code, done.complaint) == (0, "")
    assert done.said.splitlines() == [
        "Position               50°58.72'N 001°39.45'E",
        "Read as                bearing, distance  ±335 m Cap Gris-Nez",
        "From the nearest mark  328.3°T 3.79 NM  from Cap Blanc-Nez",
        "Time                   0250Z 0350 UK 0450 FR  15 SEP 26 · 10 min ago",
        "Course, speed          310°T 4 kn",
        "People                 45  8 children",
        "Source                 grade 1A",
        "Track                  new B, inflatable",
        "Words                  low in the water",
    ]
    assert labels_in_log(plot) == ["new_plot", "start_track"]
    assert_log_is_whole(plot)
    report = last_report(plot)
    assert report.position is not None
    assert distance_m(report.position, Position(1.65752, 50.97864)) < 1.0
    assert report.error_m == pytest.approx(334.8, rel=0.01)
    assert report.position_form is PositionForm.BEARING_DISTANCE
    assert (report.observed_at_utc, report.received_at_utc) == (at("0250"), at("0300"))
    assert (report.course_deg, report.speed_kn, report.grade) == (310.0, 4.0, "1A")
    assert report.people == PeopleCount(total=45, children=8)
    assert report.as_received == line
    assert names_in(plot.parent) == ["night.gpkg"]


def test_a_boat_told_of_as_stopped_is_adrift_with_the_same_act(
    plot_command: Command, plot: Path
) -> None:
    done = plot_command("--at", NOW, plot, "0250Z stopped, 50 58.0N 001 41.0E new")
    assert "Course, speed          stopped  status: adrift" in done.said.splitlines()
    assert labels_in_log(plot) == ["new_plot", "start_track"]
    again = plot_command("--json", "--at", NOW, plot, "0255Z stopped, 50 58.0N 001 41.0E >B")
    assert again.record["status"] is None, "it is adrift already"
    told = plot_command("--json", "--at", NOW, plot, "0255Z adrift, 50 59.0N 001 41.0E new")
    assert (told.record["status"], told.record["track"]) == ("adrift", "C")
    statuses = "SELECT t.name, t.status, substr(s.at_utc, 12, 5) FROM tracks AS t"
    changes = " JOIN status_changes AS s ON s.track_uid = t.uid ORDER BY t.name"
    assert file_rows(plot, statuses + changes) == [
        ("B", "adrift", "02:50"),
        ("C", "adrift", "02:55"),
    ]
    assert_log_is_whole(plot)


def test_what_is_committed_is_what_a_dry_run_tells(plot_command: Command, plot: Path) -> None:
    words = ("--at", NOW, plot, "0250Z 50 59.8N 001 36.5E 47pob >A")
    told = plot_command("--dry-run", *words).record

    done = plot_command("--json", *words)

    record = done.record
    uid = record.pop("uid")
    assert done.code == 0
    assert record == told
    report = last_report(plot)
    assert report.uid == uid
    assert report.position == position_of(record)
    assert report.people == PeopleCount(total=47)


def test_two_lines_make_two_rows_and_the_log_stays_whole(plot_command: Command, plot: Path) -> None:
    line = "0250Z 50 58.0N 001 41.0E"
    assert plot_command("--at", NOW, plot, line).code == 0
    assert plot_command("--at", NOW, plot, line).code == 0
    assert plot_command("--at", NOW, plot, "0255Z 50 58.2N 001 40.5E >B").code == 0

    assert reports_in(plot) == [(line, "B"), (line, "C"), ("0255Z 50 58.2N 001 40.5E >B", "B")]
    assert labels_in_log(plot) == ["new_plot", "start_track", "start_track", "add_report"]
    assert_log_is_whole(plot)
    assert channelplot("check", str(plot)).returncode == 0


def test_the_log_goes_by_the_real_clock_whatever_the_line_is_told(
    plot_command: Command, plot: Path
) -> None:
    assert plot_command("--at", NOW, plot, "0250Z 50 58.0N 001 41.0E").code == 0

    ((at_utc,),) = file_rows(plot, "SELECT at_utc FROM edit_log WHERE seq = 2")
    assert abs(datetime.fromisoformat(str(at_utc)) - utc_now()) < timedelta(minutes=5)


def test_a_mark_is_kept(plot_command: Command, plot: Path) -> None:
    done = plot_command("--at", NOW, plot, "mark VRN 51 01.2N 001 23.9E Varne")

    assert done.code == 0
    assert "mark VRN  Varne" in done.said
    assert "Time" not in done.said
    assert file_rows(plot, "SELECT name FROM marks WHERE code = 'VRN'") == [("Varne",)]


def test_a_new_craft_is_what_the_line_says(plot_command: Command, plot: Path) -> None:
    line = "0250Z 51 00.0N 001 35.0E new CUTTER-1 rescue_vessel"
    assert plot_command("--at", NOW, plot, line).code == 0

    assert file_rows(plot, "SELECT craft FROM tracks WHERE name = 'CUTTER-1'") == [
        (Craft.RESCUE_VESSEL.value,)
    ]


def test_a_question_plots_nothing_and_shows_the_readings(plot_command: Command, plot: Path) -> None:
    before = plot.read_bytes()

    done = plot_command("--at", FOLD_NIGHT, plot, "0130 UK 50 58.0N 001 41.0E")

    assert (done.code, done.said) == (3, "")
    sentence, *more = done.complaint.splitlines()
    assert sentence.startswith("channelplot: The clocks go back: “0130 UK” happens twice.")
    assert "Nothing was plotted" in sentence
    assert "--answer" in sentence
    assert more == [
        "  0130 UK 50 58.0N 001 41.0E",
        "  ^^^^^^^",
        "  1  0030Z 0130 UK 0230 FR  25 OCT 26 · 2 h 30 ago",
        "  2  0130Z 0130 UK 0230 FR  25 OCT 26 · 1 h 30 ago",
    ]
    assert file_rows(plot, "SELECT count(*) FROM edit_log") == [(1,)]
    assert plot.read_bytes()[100:] == before[100:]  # but for the header's change counter


def test_a_refused_line_plots_nothing_and_is_pointed_at(plot_command: Command, plot: Path) -> None:
    done = plot_command("--at", NOW, plot, "0250Z 50 62.0N 001 41.0E")

    assert (done.code, done.said) == (1, "")
    sentence, *more = done.complaint.splitlines()
    assert sentence.startswith("channelplot: “62.0” has 60 minutes or more")
    assert sentence.endswith("Nothing was plotted.")
    assert more == ["  0250Z 50 62.0N 001 41.0E", "           ^^^^"]
    assert file_rows(plot, "SELECT count(*) FROM edit_log") == [(1,)]


def test_in_a_long_line_the_part_that_is_wrong_is_shown(plot_command: Command, plot: Path) -> None:
    line = f"{'calm ' * 100}50 62.0N 001 41.0E{' calm' * 100}"

    shown, pointer = plot_command("--at", NOW, plot, line).complaint.splitlines()[1:]

    assert len(shown) < 80
    assert shown[pointer.index("^") : pointer.rindex("^") + 1] == "62.0"


@pytest.mark.parametrize(
    ("line", "code", "key"),
    [("0130 UK 50 58.0N 001 41.0E", 3, "question"), ("50 62.0N 001 41.0E", 1, "refused")],
)
def test_what_is_not_committed_can_be_told_as_json(
    plot_command: Command, plot: Path, line: str, code: int, key: str
) -> None:
    words = ("--at", FOLD_NIGHT, plot, line)
    done = plot_command("--json", *words)

    assert done.code == code
    assert key in done.record
    assert done.said == plot_command("--dry-run", *words).said
    assert reports_in(plot) == []


def test_an_answered_line_is_committed(plot_command: Command, plot: Path) -> None:
    words = ("--at", FOLD_NIGHT, "--answer", "2", plot, "0130 UK 50 58.0N 001 41.0E")

    assert plot_command(*words).code == 0

    assert file_rows(plot, "SELECT observed_at_utc FROM reports WHERE as_received <> ''") == [
        ("2026-10-25T01:30:00.000Z",)
    ]


# Who called, and the watch log


def test_who_called_and_what_the_boat_looks_like_is_kept(plot_command: Command, plot: Path) -> None:
    words = ("--at", NOW, plot)
    first = "0250Z tel 0033 6 12 34 56 78, 50 58.0N 001 41.0E black inflatable new"
    assert plot_command(*words, first).code == 0

    done = plot_command(*words, "same phone as 0250Z, 51 00.0N 001 35.0E new")

    assert (done.code, done.complaint) == (0, "")
    assert "Source                 phone +33612345678  0250Z (B), same phone" in done.said
    assert file_rows(plot, "SELECT caller, boat_type FROM reports ORDER BY fid DESC LIMIT 2") == [
        ("+33612345678", None),
        ("+33612345678", "inflatable"),
    ]
    assert file_rows(plot, "SELECT boat_type FROM tracks WHERE name = 'B'") == [("inflatable",)]


def test_a_log_line_is_written_and_is_no_report(plot_command: Command, plot: Path) -> None:
    done = plot_command("--at", NOW, plot, "log >A families told, 50 62.0N")

    assert (done.code, done.complaint) == (0, "")
    assert done.said.splitlines() == [
        "Time                   0300Z 0400 UK 0500 FR  15 SEP 26 · not said: now",
        "Track                  watch log  about A",
        "Words                  families told, 50 62.0N",
    ]
    ((text, name),) = file_rows(
        plot, "SELECT l.text, t.name FROM log_lines l JOIN tracks t ON t.uid = l.track_uid"
    )
    assert (text, name) == ("families told, 50 62.0N", "A")
    assert labels_in_log(plot) == ["new_plot", "add_log_line"]
    assert_log_is_whole(plot)
    assert reports_in(plot) == []


def test_a_log_line_is_told_with_its_uid(plot_command: Command, plot: Path) -> None:
    done = plot_command("--at", NOW, "--json", plot, "journal relève à 0600")

    assert done.record["log"] == "relève à 0600"
    assert file_rows(plot, "SELECT uid FROM log_lines") == [(done.record["uid"],)]


# What stands in the way of a plot


def test_a_plot_that_is_open_at_a_desk_is_left_alone(plot: Path) -> None:
    desk = PlotFile.open(plot)
    try:
        assert not desk.is_read_only
        done = channelplot("plot", str(plot), "50 58.0N 001 41.0E")
    finally:
        desk.close()

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "is open for reading only" in done.stderr
    assert "has had it open since" in done.stderr
    assert file_rows(plot, "SELECT count(*) FROM edit_log") == [(1,)]


def test_a_plot_that_may_only_be_read_is_left_alone(plot_command: Command, plot: Path) -> None:
    with closing(sqlite3.connect(plot)) as conn:
        conn.execute("CREATE VIEW theirs AS SELECT 1")
        conn.commit()

    done = plot_command("--at", NOW, plot, "0250Z 50 58.0N 001 41.0E")

    assert (done.code, done.said) == (1, "")
    assert done.complaint.count("\n") == 1
    assert "open for reading only: another program" in done.complaint
    assert file_rows(plot, "SELECT count(*) FROM edit_log") == [(1,)]
    assert plot_command("--dry-run", "--at", NOW, plot, "0250Z 50 59.8N 1 36.5E >A").code == 0
