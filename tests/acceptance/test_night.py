"""The acceptance night as far as this version goes: steps 1 to 3, and the late launch report."""

import json
from pathlib import Path

import pytest

from channelplot.analysis.legs import legs_of, run_of
from channelplot.geodesy.text import bearing_text, distance_text, speed_text
from channelplot.store.geopackage import PlotFile
from helpers.operator import COURSE, TRACK, Operator, by_column
from helpers.plot_files import assert_conforms, assert_log_is_whole, file_rows, labels_in_log

LEGS = ("Time", TRACK, COURSE, "NM", "kn")
SANGATTE = "50 56.60N 001 45.10E"


def plots_first_three(operator: Operator) -> None:
    """R1, R2 and R3, each at the time it was observed."""
    operator.sets_clock("0210")
    operator.plots(
        "50 58.0N 001 41.0E",
        source="aircraft",
        source_name="COASTGUARD AIRCRAFT",
        people="45 est",
        words="inflatable, course 310, 4 kn",
    )
    operator.sets_clock("0228")
    operator.plots("50 58.789N 001 39.431E", time="0428B", people="40+", track="A")
    operator.sets_clock("0245")
    operator.plots(
        "50 59.5N 001 37.0E",
        time="0345A",
        people="55",
        children="10",
        words="engine failing",
        track="A",
    )


def reports_the_late_launch(operator: Operator) -> None:
    """Step 6: told at 0255Z that an inflatable left Sangatte at 0130Z."""
    operator.sets_clock("0255")
    operator.plots(
        SANGATTE, time="0130Z", kind="launch", source="patrol", words="launched", track="A"
    )


def test_the_first_report_starts_boat_a(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.sets_clock("0210")
    assert operator.sees_clocks() == "15 SEP 26   0210Z   0310 UK   0410 FR"
    operator.begins_report("50 58.0N 001 41.0E", people="45 est")
    assert operator.reads_back() == (
        "50°58.00'N 001°41.00'E  ·  0210Z  0310 UK  0410 FR  15 SEP 26  ·  45 est  ·  to A"
    )
    assert operator.file_rows("SELECT count(*) FROM reports") == [(0,)]

    operator.presses("Return")

    operator.waits_until_saved()
    assert by_column(operator.reads_panel("Tracks"), "Track", "People", "Last") == [
        ("A", "45 est", "0210Z")
    ]
    assert operator.sees_saved_mark() == "All saved, last 0210:00Z"
    assert operator.file_rows("SELECT name, craft, status FROM tracks") == [
        ("A", "small_boat", "reported")
    ]


def test_three_reports_make_the_legs_of_the_night(operator: Operator, night: Path) -> None:
    operator.opens(night)

    plots_first_three(operator)

    assert by_column(operator.reads_panel("Reports"), *LEGS) == [
        ("0245Z", "A", "294.9", "1.69", "5.98"),
        ("0228Z", "A", "308.5", "1.27", "4.23"),
        ("0210Z", "A", "", "", ""),
    ]
    assert operator.reads_column("Reports", "Position") == [
        "50°59.50'N 001°37.00'E",
        "50°58.79'N 001°39.43'E",
        "50°58.00'N 001°41.00'E",
    ]


def test_the_leg_is_read_back_before_it_is_plotted(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.sets_clock("0210")
    operator.plots("50 58.0N 001 41.0E")
    operator.sets_clock("0228")

    operator.begins_report("50 58.789N 001 39.431E", time="0428B", track="A")

    assert "0228Z  0328 UK  0428 FR" in operator.reads_back()
    assert operator.reads_back().endswith("A: 308.5°T 1.27 NM, 4.23 kn from 0210Z")


def test_what_is_plotted_is_in_the_file_as_it_was_told(operator: Operator, night: Path) -> None:
    operator.opens(night)

    plots_first_three(operator)

    rows = operator.file_rows(
        "SELECT kind, observed_at_utc, received_at_utc, logged_at_utc, as_received,"
        " position_form, source, source_name, people_total, people_children"
        " FROM reports ORDER BY observed_at_utc"
    )
    r1, r2, r3 = (f"2026-09-15T{hhmm}:00.000Z" for hhmm in ("02:10", "02:28", "02:45"))
    words = "inflatable, course 310, 4 kn"
    aircraft = ("aircraft", "COASTGUARD AIRCRAFT")
    assert rows == [
        ("position", r1, r1, r1, words, "ddm", *aircraft, 45, None),
        ("position", r2, r2, r2, "50 58.789N 001 39.431E", "ddm", "unknown", "", 40, None),
        ("position", r3, r3, r3, "engine failing", "ddm", "unknown", "", 55, 10),
    ]
    counts = operator.file_rows("SELECT basis, total, is_estimate FROM people_counts ORDER BY fid")
    assert counts == [("reported", 45, 1), ("reported", 40, 1), ("reported", 55, 0)]


def test_the_run_and_mean_speed_follow_from_the_file(operator: Operator, night: Path) -> None:
    operator.opens(night)
    plots_first_three(operator)
    operator.closes()

    file = PlotFile.open(night)
    (track,) = file.load().plot.tracks.values()
    file.close()

    run = run_of(track)
    assert run is not None
    assert run.speed_mps is not None
    assert (distance_text(run.distance_m), speed_text(run.speed_mps)) == ("2.96 NM", "5.08 kn")
    told = [
        (bearing_text(leg.course_deg or -1.0), distance_text(leg.distance_m), leg.duration_s)
        for leg in legs_of(track)
    ]
    assert told == [("308.5°T", "1.27 NM", 18 * 60.0), ("294.9°T", "1.69 NM", 17 * 60.0)]


def test_a_late_report_of_a_launch_goes_before_the_first(operator: Operator, night: Path) -> None:
    operator.opens(night)
    plots_first_three(operator)

    reports_the_late_launch(operator)

    assert by_column(operator.reads_panel("Reports"), "Time", TRACK, COURSE, "Position") == [
        ("0245Z", "A", "294.9", "50°59.50'N 001°37.00'E"),
        ("0228Z", "A", "308.5", "50°58.79'N 001°39.43'E"),
        ("0210Z", "A", "", "50°58.00'N 001°41.00'E"),
        ("0130Z", "A", "launch", "50°56.60'N 001°45.10'E"),
    ]
    assert operator.file_rows(
        "SELECT observed_at_utc, received_at_utc, unixepoch(received_at_utc)"
        " - unixepoch(observed_at_utc), source FROM reports WHERE kind = 'launch'"
    ) == [("2026-09-15T01:30:00.000Z", "2026-09-15T02:55:00.000Z", 85 * 60, "patrol")]
    assert operator.reads_column("Tracks", "Last") == ["0245Z"]


def test_nobody_asks_whether_a_launch_was_on_land(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.sets_clock("0255")

    operator.begins_report(SANGATTE, time="0130Z", kind="launch")
    assert not operator.is_asked()

    operator.chooses("Kind", "position")
    assert operator.is_asked(), "the same place, as a boat's position, is doubtful"


def test_the_launch_is_no_part_of_the_line(operator: Operator, night: Path) -> None:
    operator.opens(night)
    plots_first_three(operator)
    before = operator.file_rows("SELECT geom FROM tracks")

    reports_the_late_launch(operator)

    assert operator.file_rows("SELECT geom FROM tracks") == before


def test_the_file_of_the_night_conforms_and_its_log_is_whole(
    operator: Operator, night: Path
) -> None:
    operator.opens(night)
    plots_first_three(operator)
    reports_the_late_launch(operator)
    operator.picks_beach("Wissant")
    operator.undoes(2)
    operator.redoes(1)
    assert_log_is_whole(night)
    operator.closes()

    assert labels_in_log(night) == [
        "new_plot",
        "start_track",
        "add_report",
        "add_report",
        "add_report",
        "add_beach",
        "undo.add_beach",
        "undo.add_report",
        "redo.add_report",
    ]
    assert_log_is_whole(night)
    assert_conforms(night)
    assert {path.name for path in night.parent.iterdir()} == {night.name, f"{night.name}.backups"}


def test_an_act_is_one_row_of_the_log_with_all_that_it_changed(
    operator: Operator, night: Path
) -> None:
    operator.opens(night)
    operator.sets_clock("0210")

    operator.plots("50 58.0N 001 41.0E", people="45 est")

    ((at_utc, label, before, after),) = operator.file_rows(
        "SELECT at_utc, label, before, after FROM edit_log ORDER BY seq DESC LIMIT 1"
    )
    assert (at_utc, label) == ("2026-09-15T02:10:00.000Z", "start_track")
    assert json.loads(str(before)) == {}
    written = json.loads(str(after))
    assert sorted(written) == ["people_counts", "reports", "tracks"]
    (report,) = written["reports"].values()
    assert report["geom"].startswith("POINT (1.683333")


def test_closed_and_opened_again_it_is_as_it_was(operator: Operator, night: Path) -> None:
    operator.opens(night)
    plots_first_three(operator)
    reports_the_late_launch(operator)
    operator.picks_beach("Wissant")
    reports, tracks = operator.reads_panel("Reports"), operator.reads_panel("Tracks")
    rows = file_rows(night, "SELECT * FROM reports")
    plot = operator.window.desk.session.document.plot
    operator.closes()

    operator.opens()

    assert operator.plot_path == night
    assert operator.reads_panel("Reports") == reports
    assert operator.reads_panel("Tracks") == tracks
    assert operator.window.desk.session.document.plot == plot
    assert operator.sees_saved_mark() == "All saved, last 0255:00Z"
    assert operator.file_rows("SELECT * FROM reports") == rows


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "America/New_York"])
def test_the_desk_of_another_zone_writes_the_same_times(
    operator: Operator, night: Path, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    operator.opens(night)

    plots_first_three(operator)

    assert operator.file_rows("SELECT observed_at_utc FROM reports ORDER BY fid") == [
        ("2026-09-15T02:10:00.000Z",),
        ("2026-09-15T02:28:00.000Z",),
        ("2026-09-15T02:45:00.000Z",),
    ]
