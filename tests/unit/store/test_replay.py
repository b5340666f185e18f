"""A plot that was changed outside Channel Plot is not what its log tells, and is found out."""

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from channelplot.model.plot import Plot
from channelplot.store.check import Finding, check
from channelplot.store.closed_file import loaded_from
from channelplot.store.geometry import point_blob
from channelplot.store.values import line_value
from helpers.builders import R2, R3, a_report
from unit.store.files import (
    adding_a_report,
    an_act,
    closed_file,
    edit,
    new_file,
    opened,
    outside,
    rows,
    save,
    the_track,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "night.gpkg"


def differences(path: Path) -> list[tuple[str, str, str]]:
    """Return what differs from the log; anything else that is found fails the test."""
    found = check(path)
    assert {finding.code for finding in found} <= {"log_differs"}
    return [(finding.table, finding.uid, finding.detail) for finding in found]


def uid_of(path: Path, table: str, where: str) -> str:
    ((uid,),) = rows(path, f"SELECT uid FROM {table} WHERE {where}")
    return str(uid)


@pytest.mark.parametrize(
    ("table", "where", "changes", "columns"),
    [
        ("reports", "caller != ''", "caller = '', as_received = 'x'", "as_received, caller"),
        ("reports", "grade = '1A'", "source = 'unknown', error_m = 9.5", "error_m, source"),
        ("reports", "grade = '1A'", "course_deg = NULL", "course_deg"),
        ("tracks", "name = 'B'", "name = 'C'", "name"),
        ("tracks", "name = 'A'", "boat_type = NULL, length_m = 9.75", "boat_type, length_m"),
        ("tracks", "name = 'A'", "created_at_utc = '2026-09-15T00:00:00.000Z'", "created_at_utc"),
        ("people_counts", "men = 31", "men = 30, is_estimate = 1", "men, is_estimate"),
        ("status_changes", "1", "reason = 'none', unaccounted = 0", "reason, unaccounted"),
        ("beaches", "1", "name = 'Elsewhere'", "name"),
        ("marks", "1", "withdrawn_at_utc = '2026-09-15T06:00:00.000Z'", "withdrawn_at_utc"),
        ("log_lines", "1", "text = 'nothing seen'", "text"),
        ("acknowledgements", "1", "acknowledged_by = 'Bob'", "acknowledged_by"),
        ("acknowledgements", "1", "at_utc = '2026-09-15T03:18:00.000Z'", "at_utc"),
        ("tracks", "name = 'B'", "speed_kn = 7.5", "speed_kn"),
        (
            "conditions",
            "1",
            "stream_set_deg = 61.0, source = 'x'",
            "stream_set_deg, source",
        ),
        ("approach_watches", "1", "distance_m = 926.0, within_min = 20", "distance_m, within_min"),
        ("predicted_crossings", "1", "is_legal = 0, to_side = 'BE'", "to_side, is_legal"),
        ("limits", "is_area = 1", "left_side = 'NL'", "left_side"),
        ("searches", "1", "spacing_m = 1852.0, name = 'S9'", "name, spacing_m"),
    ],
)
def test_a_row_changed_outside_is_found_with_its_columns_and_the_plot_can_be_read(
    path: Path, table: str, where: str, changes: str, columns: str
) -> None:
    plot = closed_file(path)
    uid = uid_of(path, table, where)
    edit(path, f"UPDATE {table} SET {changes} WHERE uid = ?", uid)
    assert differences(path) == [(table, uid, columns)]
    assert loaded_from(path).plot != plot


def test_a_boat_called_rescued_outside_is_found(path: Path) -> None:
    plot = closed_file(path)
    track = the_track(plot)
    edit(path, "UPDATE tracks SET status = 'rescued_all' WHERE uid = ?", track.uid)
    edit(path, "UPDATE status_changes SET status = 'rescued_all'")
    assert differences(path) == [
        ("tracks", track.uid, "status"),
        ("status_changes", track.status_changes[0].uid, "status"),
    ]


def test_people_changed_outside_in_both_tables_are_found(path: Path) -> None:
    closed_file(path)
    report = uid_of(path, "reports", "people_total = 45")
    count = uid_of(path, "people_counts", "total = 45")
    edit(path, "UPDATE reports SET people_total = 12 WHERE people_total = 45")
    edit(path, "UPDATE people_counts SET total = 12 WHERE total = 45")
    assert differences(path) == [
        ("reports", report, "people_total"),
        ("people_counts", count, "total"),
    ]


def test_a_report_moved_outside_is_found(path: Path) -> None:
    plot = closed_file(path)
    (report,) = the_track(plot, "B").reports
    edit(path, "UPDATE reports SET geom = ? WHERE uid = ?", point_blob(R2), report.uid)
    assert differences(path) == [("reports", report.uid, "geom")]


def test_a_limit_or_search_redrawn_outside_is_found(path: Path) -> None:
    plot = closed_file(path)
    area = next(limit for limit in plot.limits.values() if limit.is_area)
    (search,) = plot.searches.values()
    for table, points, uid in (
        ("limits", area.points[::-1], area.uid),
        ("searches", search.waypoints[:-1], search.uid),
    ):
        edit(path, f"UPDATE {table} SET geom = ? WHERE uid = ?", line_value(points), uid)
    assert differences(path) == [("limits", area.uid, "geom"), ("searches", search.uid, "geom")]


def test_a_report_deleted_or_added_outside_is_found(path: Path) -> None:
    plot = closed_file(path)
    (report,) = plot.unattributed
    edit(path, "DELETE FROM reports WHERE uid = ?", report.uid)
    edit(path, "INSERT INTO reports (uid, as_received) VALUES ('new', 'nobody said it')")
    assert differences(path) == [
        ("reports", "new", "not in the log"),
        ("reports", report.uid, "not in the table"),
    ]


def test_an_end_of_the_log_that_was_cut_off_cleanly_is_found(path: Path) -> None:
    with new_file(path) as file:
        plot = file.load().plot
        new, change = adding_a_report(plot)
        file.save(change, an_act("add_report"))
        withdrawn = plot.unattributed[0].uid
        save(file, new, new.without_report(withdrawn))
    assert check(path) == ()
    (added,) = {r.uid for r in new.reports()} - {r.uid for r in plot.reports()}
    ((trigger,),) = rows(path, "SELECT sql FROM sqlite_master WHERE name = 'edit_log_no_delete'")
    with outside(path) as conn:
        conn.execute("DROP TRIGGER edit_log_no_delete")
        conn.execute("DELETE FROM edit_log WHERE seq > 1")
        conn.execute(trigger)
    edit(path, "UPDATE sqlite_sequence SET seq = 1 WHERE name LIKE 'edit%'")
    assert set(differences(path)) == {
        ("reports", added, "not in the log"),
        ("reports", withdrawn, "withdrawn_at_utc"),
    }


def test_a_change_outside_that_an_act_took_over_is_told_by_the_log_itself(path: Path) -> None:
    closed_file(path)
    edit(path, "UPDATE tracks SET note = 'changed' WHERE name = 'B'")
    assert [columns for _, _, columns in differences(path)] == ["note"]
    with opened(path) as file:
        plot = file.load().plot
        act = save(file, plot, plot.with_track(replace(the_track(plot, "B"), colour="red")))
    before, after = act.rows()
    assert [row["note"] for row in before["tracks"].values()] == ["changed"]
    assert [row["note"] for row in after["tracks"].values()] == ["changed"]
    assert check(path) == ()


def test_times_that_gdal_wrote_without_their_zeros_are_the_same(path: Path) -> None:
    closed_file(path)
    assert rows(path, "SELECT count(*) FROM reports WHERE observed_at_utc LIKE '%.000Z'") != [(0,)]
    edit(path, "UPDATE reports SET observed_at_utc = replace(observed_at_utc, '.000Z', 'Z')")
    assert check(path) == ()


def test_what_is_added_withdrawn_and_put_back_by_acts_leaves_nothing_to_find(path: Path) -> None:
    with new_file(path, Plot()) as file:
        plots = [Plot()]
        for hhmm in ("0300", "0310"):
            plots.append(plots[-1].with_report(a_report(hhmm, position=R3)))
        plots.append(plots[-1].without_report(plots[-1].unattributed[0].uid))
        plots.append(plots[-3])
        for old, new in pairwise(plots):
            save(file, old, new)
    assert check(path) == ()


def test_a_log_that_tells_no_rows_is_a_finding_and_no_fault(path: Path) -> None:
    closed_file(path)
    edit(path, "UPDATE edit_log SET after = '[1]'")
    assert Finding("log", "edit_log", "", "'no rows: [1]'") in check(path)


def test_a_log_that_leaves_out_a_column_which_was_always_there_differs(path: Path) -> None:
    plot = closed_file(path)
    track = the_track(plot, "B")
    ((after,),) = rows(path, "SELECT after FROM edit_log")
    told = json.loads(after)
    del told["tracks"][track.uid]["name"]
    edit(path, "UPDATE edit_log SET after = ?", json.dumps(told))
    found = [finding for finding in check(path) if finding.code == "log_differs"]
    assert found == [Finding("log_differs", "tracks", track.uid, "name")]
