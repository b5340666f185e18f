import json
import logging
import math
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.geodesy.position import Position
from channelplot.model.change import Change, difference
from channelplot.model.codes import TrackStatus
from channelplot.model.ids import new_uid
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.track import StatusChange
from channelplot.store.geometry import point_blob, read_line
from channelplot.store.geopackage import PlotFile
from channelplot.store.rows import count_uid
from helpers.builders import R1, R2, R6, a_beach, a_report, a_track, at
from unit.store.files import (
    a_plot,
    acts,
    adding_a_report,
    an_act,
    closed_file,
    fault_of_saving,
    new_file,
    opened,
    outside,
    rows,
    save,
    the_track,
)

LoggedRows = dict[str, dict[str, dict[str, object]]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "night.gpkg"


def logged(path: Path) -> tuple[LoggedRows, LoggedRows]:
    """Return before and after of the last act: {table: {uid: {column: value}}}."""
    ((before, after),) = rows(path, "SELECT before, after FROM edit_log ORDER BY seq DESC LIMIT 1")
    return json.loads(before), json.loads(after)


def test_a_report_is_on_disk_when_save_returns(path: Path) -> None:
    plot = a_plot()
    with new_file(path, plot) as file:
        report = a_report("0300", position=R2, track_uid=the_track(plot).uid)
        mark = file.save(
            difference(plot, plot.with_report(report)),
            an_act("add_report", entity="report", entity_uid=report.uid, operator="Ann"),
        )
        assert (mark.seq, mark.at_utc) == (2, at("0500"))
        assert rows(path, "SELECT geom FROM reports WHERE uid = ?", report.uid) == [
            (point_blob(R2),)
        ]
        assert rows(
            path,
            "SELECT seq, at_utc, operator, label, entity, entity_uid FROM edit_log WHERE seq > 1",
        ) == [(2, "2026-09-15T05:00:00.000Z", "Ann", "add_report", "report", report.uid)]


def test_the_log_tells_a_new_row_whole_and_leaves_the_line_of_its_track_out(path: Path) -> None:
    plot = a_plot()
    track = the_track(plot)
    people = PeopleCount(total=55, children=10)
    report = a_report(
        "0300", position=Position(1.6833, 50.9667), track_uid=track.uid, people=people
    )
    with new_file(path, plot) as file:
        save(file, plot, plot.with_report(report))
    before, after = logged(path)
    assert before == {}
    assert set(after) == {"reports", "people_counts"}
    row = after["reports"][report.uid]
    assert row["geom"] == "POINT (1.6833 50.9667)"
    assert row["observed_at_utc"] == "2026-09-15T03:00:00.000Z"
    assert (row["people_total"], row["people_children"]) == (55, 10)
    assert after["people_counts"][count_uid(report.uid)]["report_uid"] == report.uid


def test_the_log_tells_a_changed_row_before_and_after(path: Path) -> None:
    plot = a_plot()
    report = the_track(plot).reports[0]
    with new_file(path, plot) as file:
        save(file, plot, plot.with_report(replace(report, position=R6, course_deg=None)))
    before, after = logged(path)
    assert before["reports"][report.uid]["geom"] == f"POINT ({R1.lon_deg!r} {R1.lat_deg!r})"
    assert after["reports"][report.uid]["geom"] == f"POINT ({R6.lon_deg!r} {R6.lat_deg!r})"
    assert before["reports"][report.uid]["course_deg"] == 310.0
    assert after["reports"][report.uid]["course_deg"] is None
    same = {"geom", "course_deg"}
    for name, value in before["reports"][report.uid].items():
        assert name in same or after["reports"][report.uid][name] == value


def test_the_log_of_the_creation_holds_the_whole_plot(path: Path) -> None:
    closed_file(path)
    before, after = logged(path)
    assert before == {}
    for table in ("tracks", "reports", "beaches", "marks", "people_counts", "status_changes"):
        assert {(uid,) for uid in after[table]} == set(rows(path, f"SELECT uid FROM {table}"))
    assert all("geom" not in row for row in after["tracks"].values())


def test_the_line_of_a_track_goes_through_its_reports(path: Path) -> None:
    plot = a_plot()
    track = the_track(plot)
    earlier = a_report("0150", position=Position(1.75, 50.95), track_uid=track.uid)
    new = plot.with_report(earlier).without_report(track.reports[1].uid)
    with new_file(path, plot) as file:
        save(file, plot, new)
    ((blob,),) = rows(path, "SELECT geom FROM tracks WHERE uid = ?", track.uid)
    assert (read_line(blob) == the_track(new).line_deg).all()
    assert rows(path, "SELECT geom FROM tracks WHERE name = 'B'") == [(None,)]


def test_what_leaves_the_plot_is_marked_withdrawn_and_what_comes_back_is_no_longer(
    path: Path,
) -> None:
    plot = a_plot()
    track = the_track(plot)
    gone = plot.without_track(track.uid).without_beach(next(iter(plot.beaches)))
    gone = Plot(gone.tracks, gone.unattributed, gone.beaches)
    query = (
        "SELECT (SELECT count(*) FROM tracks WHERE withdrawn_at_utc = '2026-09-15T05:00:00.000Z'),"
        " (SELECT count(*) FROM reports WHERE withdrawn_at_utc IS NOT NULL),"
        " (SELECT count(*) FROM people_counts WHERE withdrawn_at_utc IS NOT NULL),"
        " (SELECT count(*) FROM status_changes WHERE withdrawn_at_utc IS NOT NULL),"
        " (SELECT count(*) FROM beaches WHERE withdrawn_at_utc IS NOT NULL),"
        " (SELECT count(*) FROM marks WHERE withdrawn_at_utc IS NOT NULL)"
    )
    with new_file(path, plot) as file:
        counted = rows(path, "SELECT uid, fid FROM reports ORDER BY uid")
        save(file, plot, gone)
        assert rows(path, query) == [(1, 4, 2, 1, 1, 1)]
        before, after = logged(path)
        assert before["tracks"][track.uid]["withdrawn_at_utc"] is None
        assert after["tracks"][track.uid]["withdrawn_at_utc"] == "2026-09-15T05:00:00.000Z"
        assert file.load().plot == gone
        save(file, gone, plot)
        assert rows(path, query) == [(0, 0, 0, 0, 0, 0)]
        assert rows(path, "SELECT uid, fid FROM reports ORDER BY uid") == counted
        assert file.load().plot == plot


def test_a_count_that_is_taken_back_is_withdrawn_with_its_report_standing(path: Path) -> None:
    plot = a_plot()
    report = the_track(plot).reports[0]
    with new_file(path, plot) as file:
        save(file, plot, plot.with_report(replace(report, people=None)))
    assert rows(
        path,
        "SELECT r.people_total, r.withdrawn_at_utc, c.total, c.withdrawn_at_utc IS NOT NULL"
        " FROM reports AS r JOIN people_counts AS c ON c.report_uid = r.uid WHERE r.uid = ?",
        report.uid,
    ) == [(None, None, 45, 1)]


def test_a_change_of_status_has_a_row_of_its_own(path: Path) -> None:
    plot = a_plot()
    track = the_track(plot)
    change = StatusChange(new_uid(), TrackStatus.RESCUED_ALL, at("0430"), "CUTTER-1")
    rescued = replace(track, status=change.status, status_changes=(*track.status_changes, change))
    with new_file(path, plot) as file:
        save(file, plot, plot.with_track(rescued))
    assert rows(
        path, "SELECT track_uid, step, status, at_utc, reason FROM status_changes ORDER BY step"
    ) == [
        (track.uid, 0, "adrift", "2026-09-15T03:40:00.000Z", "engine stopped"),
        (track.uid, 1, "rescued_all", "2026-09-15T04:30:00.000Z", "CUTTER-1"),
    ]
    assert set(logged(path)[1]) == {"tracks", "status_changes"}


def test_only_the_columns_that_differ_are_written_so_that_others_edits_stay(path: Path) -> None:
    plot = a_plot()
    track = the_track(plot)
    report = track.reports[0]
    with new_file(path, plot) as file:
        with outside(path) as qgis:
            qgis.execute("UPDATE tracks SET note = 'by QGIS' WHERE uid = ?", (track.uid,))
            qgis.execute(
                "UPDATE reports SET geom = ?, grade = '2B' WHERE uid = ?",
                (point_blob(R6), report.uid),
            )
        new = plot.with_report(replace(report, as_received="amended"))
        save(file, plot, new.with_report(a_report("0300", track_uid=track.uid)))
    assert rows(path, "SELECT geom, grade, as_received FROM reports WHERE uid = ?", report.uid) == [
        (point_blob(R6), "2B", "amended")
    ]
    assert rows(path, "SELECT note FROM tracks WHERE uid = ?", track.uid) == [("by QGIS",)]
    before, after = logged(path)
    assert before["reports"][report.uid]["grade"] == "2B"
    assert after["reports"][report.uid]["as_received"] == "amended"


def test_a_row_that_another_program_removed_is_written_again(path: Path) -> None:
    plot = a_plot()
    report = plot.unattributed[0]
    with new_file(path, plot) as file:
        with outside(path) as qgis:
            qgis.execute("DELETE FROM reports WHERE uid = ?", (report.uid,))
        new = plot.with_report(replace(report, grade="1A"))
        save(file, plot, new)
        assert file.load().plot == new


def test_withdrawing_what_another_program_removed_or_withdrew_changes_nothing(path: Path) -> None:
    plot = a_plot()
    report = plot.unattributed[0]
    with new_file(path, plot) as file:
        with outside(path) as qgis:
            qgis.execute("DELETE FROM reports WHERE uid = ?", (report.uid,))
            qgis.execute("UPDATE marks SET withdrawn_at_utc = '2026-09-15T01:00:00Z'")
        save(file, plot, replace(plot.without_report(report.uid), marks={}))
    assert logged(path) == ({}, {})
    assert rows(path, "SELECT withdrawn_at_utc FROM marks") == [("2026-09-15T01:00:00Z",)]


def test_an_empty_change_has_its_row_in_the_log_all_the_same(path: Path) -> None:
    with new_file(path, Plot()) as file:
        assert file.save(Change(), an_act("note")).seq == 2
    assert logged(path) == ({}, {})


def test_the_contents_tell_the_time_of_the_change_and_a_box_around_everything(
    path: Path,
) -> None:
    query = "SELECT last_change, min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = ?"
    with new_file(path, Plot()) as file:
        assert rows(path, query, "beaches")[0][1:] == (None, None, None, None)
        one = Plot().with_beach(a_beach(position=Position(1.5, 50.5)))
        save(file, Plot(), one)
        two = one.with_beach(a_beach("W", Position(1.25, 51.5)))
        file.save(difference(one, two), an_act(hhmm="0600"))
    assert rows(path, query, "beaches") == [("2026-09-15T06:00:00.000Z", 1.25, 50.5, 1.5, 51.5)]
    assert rows(path, query, "edit_log")[0][0] == "2026-09-15T06:00:00.000Z"
    assert rows(path, query, "tracks")[0][0] == "2026-09-15T05:00:00.000Z"


def test_what_a_file_cannot_hold_is_written_as_the_nearest_it_can(path: Path) -> None:
    odd = a_report(
        "0300",
        as_received="lone \ud800 surrogate",
        error_m=math.inf,
        course_deg=math.nan,
        speed_kn=4,
    )
    with new_file(path, Plot()) as file:
        file.save(difference(Plot(), Plot().with_report(odd)), an_act(operator="\udcff"))
        (read,) = file.load().plot.unattributed
    assert (read.as_received, read.error_m, read.course_deg, read.speed_kn) == (
        "lone ? surrogate",
        None,
        None,
        4.0,
    )
    assert rows(path, "SELECT operator FROM edit_log WHERE seq = 2") == [("?",)]


def test_odd_values_that_others_left_in_a_row_are_told_in_the_log(path: Path) -> None:
    plot = a_plot()
    report = the_track(plot).reports[0]
    mark = next(iter(plot.marks.values()))
    with new_file(path, plot) as file:
        with outside(path) as other:
            other.execute(
                "UPDATE reports SET error_m = 9e999, grade = 'x' WHERE uid = ?", (report.uid,)
            )
            other.create_function("ST_IsEmpty", 1, lambda _: 1)
            other.execute("UPDATE marks SET geom = x'4750', name = x'0102'")
        new = plot.with_report(replace(report, as_received="amended"))
        save(file, plot, replace(new, marks={mark.uid: replace(mark, code="GN")}))
        outside_act = file.logged_before
    assert outside_act is not None
    row = outside_act.rows()[1]["reports"][report.uid]
    assert (row["error_m"], row["grade"]) == ("inf", "x")
    before, _ = logged(path)
    assert before["reports"][report.uid]["error_m"] == "inf"
    row = outside_act.rows()[0]["marks"][mark.uid]
    assert json.loads(str(row["as_found"])) == {"geom": "4750", "name": "0102"}
    assert before["marks"][mark.uid]["name"] == mark.name, "it was put right"


def test_an_empty_point_is_told_as_one_in_the_log(path: Path) -> None:
    plot = a_plot()
    report = the_track(plot).reports[0]
    empty = bytes(point_blob(R1)[:13]) + np.array([math.nan, math.nan]).tobytes()
    with new_file(path, plot) as file:
        with outside(path) as qgis:
            qgis.execute("UPDATE reports SET geom = ? WHERE uid = ?", (empty, report.uid))
        save(file, plot, plot.with_report(replace(report, grade="3C")))
    assert logged(path)[0]["reports"][report.uid]["geom"] == "POINT EMPTY"


def test_a_second_row_with_the_same_identifier_is_refused_logged_once_and_leaves_no_trace(
    path: Path, monkeypatch: pytest.MonkeyPatch, expected_warnings: list[logging.LogRecord]
) -> None:
    plot = a_plot()
    with new_file(path, plot) as file:
        monkeypatch.setattr("channelplot.store.save._stored_rows", lambda *_: {})
        for _ in range(2):
            with pytest.raises(PlotFileError) as caught:
                save(file, Plot(), plot)
            assert caught.value.fault is PlotFileFault.FOREIGN
        (told,) = expected_warnings
        assert told.levelno == logging.ERROR
        assert "SQLITE_CONSTRAINT" in told.getMessage()
        monkeypatch.undo()
        assert rows(path, "SELECT count(*) FROM edit_log") == [(1,)]
        new, change = adding_a_report(plot)
        assert file.save(change, an_act()).seq == 2
        assert file.load().plot == new


def test_an_act_that_can_not_be_vouched_for_is_in_the_file_once(path: Path, tmp_path: Path) -> None:
    plot = a_plot()
    elsewhere = tmp_path / "elsewhere.gpkg"
    copied = tmp_path / "copy.gpkg"

    def moved_at_the_end(statement: str) -> None:
        if statement == "COMMIT":
            path.rename(elsewhere)

    with new_file(path, plot) as file:
        new, change = adding_a_report(plot)
        act = an_act()
        file._conn.set_trace_callback(moved_at_the_end)
        with pytest.raises(PlotFileError) as caught:
            file.save(change, act)
        file._conn.set_trace_callback(None)
        assert caught.value.fault is PlotFileFault.MOVED
        file.copy_to(copied, [(change, act)])
        assert fault_of_saving(file, plot) is PlotFileFault.MOVED, "nor is another act saved"
        elsewhere.rename(path)
        assert file.save(change, act).seq == 2
        assert file.load().plot == new
    for each in (path, copied):
        assert acts(each) == 2


def test_a_plot_that_is_open_to_read_is_not_saved_to(path: Path) -> None:
    plot = closed_file(path)
    with opened(path), opened(path) as second:
        with pytest.raises(PlotFileError) as caught:
            second.save(adding_a_report(plot)[1], an_act())
        assert caught.value.fault is PlotFileFault.READ_ONLY


def big_plot(track_count: int) -> Plot:
    """Return a plot with ten reports to a track."""
    plot = Plot()
    tracks = {}
    for number in range(track_count):
        track = a_track(
            f"T{number}",
            [
                a_report(f"{2 + minute // 60:02d}{minute % 60:02d}", position=R1)
                for minute in range(10)
            ],
        )
        tracks[track.uid] = track
    return replace(plot, tracks=tracks)


def steps_of_saving(path: Path, plot: Plot) -> float:
    """Return how many steps of its machine SQLite takes for a report, the middle of nine."""
    with closing(PlotFile.create(path, plot, an_act())) as file:
        found = []
        for number in range(9):
            new, change = adding_a_report(plot, number)
            steps = [0]

            def step(steps: list[int] = steps) -> int:
                steps[0] += 1
                return 0

            file._conn.set_progress_handler(step, 1)
            file.save(change, an_act())
            file._conn.set_progress_handler(None, 1)
            found.append(steps[0])
            plot = new
    return float(np.median(found))


def test_what_saving_costs_does_not_grow_with_the_plot(tmp_path: Path) -> None:
    small = steps_of_saving(tmp_path / "small.gpkg", big_plot(3))
    large = steps_of_saving(tmp_path / "large.gpkg", big_plot(300))
    assert small > 100
    assert large / small < 1.5
