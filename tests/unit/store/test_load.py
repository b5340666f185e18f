import gc
import math
import struct
from dataclasses import replace
from pathlib import Path

import pytest

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.model.change import difference
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.rules import problems_of
from channelplot.store.geometry import point_blob
from channelplot.store.log import SavedMark
from helpers.builders import R1, a_report, an_acknowledgement, at
from unit.store.files import (
    a_plot,
    an_act,
    closed_file,
    edit,
    new_file,
    opened,
    outside,
    rows,
    save,
    tamper,
    the_track,
)

NAN_POINT = struct.pack("<2sBBiBIdd", b"GP", 0, 1, 4326, 1, 1, float("nan"), 51.0)
EMPTY_POINT = struct.pack("<2sBBiBIdd", b"GP", 0, 17, 4326, 1, 1, float("nan"), float("nan"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "night.gpkg"


def loaded(path: Path) -> Plot:
    with opened(path) as file:
        return file.load().plot


def test_an_empty_plot_knows_only_of_its_creation(path: Path) -> None:
    with new_file(path, Plot()) as file:
        everything = file.load()
    assert everything.plot == Plot()
    assert everything.names_ever == frozenset()
    assert everything.mark == SavedMark(1, at("0500"))
    assert [act.label for act in everything.acts] == ["new_plot"]


def test_the_order_of_tracks_is_that_of_their_making(path: Path) -> None:
    plot = closed_file(path)
    assert [track.name for track in loaded(path).tracks.values()] == ["A", "B"]
    assert list(loaded(path).tracks) == list(plot.tracks)


@pytest.mark.parametrize("entity", ["track", "report", "plot"])
def test_every_name_a_track_ever_had_is_told(path: Path, entity: str) -> None:
    """Whatever the act that took it was about."""
    plot = a_plot()
    with new_file(path, plot) as file:
        track = the_track(plot, "B")
        renamed = plot.with_track(replace(track, name="B of Calais"))
        file.save(difference(plot, renamed), an_act("amend_track", entity=entity))
        save(file, renamed, renamed.without_track(track.uid))
        everything = file.load()
    assert everything.names_ever == {"A", "B", "B of Calais"}
    assert [track.name for track in everything.plot.tracks.values()] == ["A"]


def test_a_log_that_was_emptied_leaves_no_mark(path: Path) -> None:
    closed_file(path)
    edit(path, "DELETE FROM edit_log")
    with opened(path) as file:
        everything = file.load()
    assert (everything.acts, everything.mark) == ((), None)


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("reports", "kind", "nonsense"),
        ("reports", "position_form", "guess"),
        ("reports", "observed_at_utc", "2026-09-15T02:10:00"),
        ("reports", "received_at_utc", "2026-02-30T02:10:00.000Z"),
        ("reports", "geom", NAN_POINT),
        ("reports", "geom", "POINT (1 2)"),
        ("reports", "geom", b"GP"),
        ("reports", "geom", point_blob(R1)[:-1]),
        ("reports", "error_m", "far"),
        ("reports", "people_total", "many"),
        ("reports", "people_total", 4.5),
        ("reports", "as_received", b"\x00\x01"),
        ("people_counts", "basis", "guessed"),
        ("people_counts", "men", "some"),
        ("tracks", "craft", "submarine"),
        ("tracks", "status", "sunk"),
        ("tracks", "created_at_utc", "yesterday"),
        ("tracks", "name", b"A"),
        ("tracks", "launch_beach_uid", b"\x00"),
        ("status_changes", "status", "sunk"),
        ("status_changes", "at_utc", "2026-09-15T02:10:00+02:00"),
        ("beaches", "geom", NAN_POINT),
        ("beaches", "geom", EMPTY_POINT),
        ("marks", "geom", b""),
        ("marks", "error_m", "some"),
        ("edit_log", "at_utc", "now"),
        ("edit_log", "operator", b"Ann"),
        ("edit_log", "entity_uid", b"A"),
        ("tracks", "boat_type", "canoe"),
        ("tracks", "length_m", "long"),
        ("tracks", "contact_interval_min", 2.5),
        ("tracks", "same_as_uid", b"\x00"),
        ("reports", "boat_type", "canoe"),
        ("reports", "caller", b"06"),
        ("status_changes", "unaccounted", "some"),
        ("status_changes", "identified_by", b"Ann"),
        ("log_lines", "at_utc", "soon"),
        ("log_lines", "text", b"words"),
        ("acknowledgements", "alert", b"overdue"),
        ("tracks", "speed_kn", "fast"),
        ("conditions", "valid_until_utc", "soon"),
        ("conditions", "stream_set_deg", "north"),
        ("conditions", "track_uid", b"A"),
        ("approach_watches", "within_min", 0.5),
        ("approach_watches", "distance_m", "near"),
        ("predicted_crossings", "rule", "guessed"),
        ("predicted_crossings", "geom", EMPTY_POINT),
        ("predicted_crossings", "is_legal", "yes"),
        ("limits", "purpose", "fishing"),
        ("limits", "geom", point_blob(R1)),
        ("limits", "geom", "LINESTRING (1 2, 3 4)"),
        ("searches", "kind", "spiral"),
        ("searches", "turn", "left"),
        ("searches", "datum_lat_deg", 91.0),
        ("searches", "datum_lon_deg", "west"),
        ("searches", "spacing_m", "wide"),
        ("acknowledgements", "raised_at_utc", "2026-09-15T03:15:00"),
        ("acknowledgements", "acknowledged_by", b"Ann"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_and_never_dropped(
    path: Path, table: str, column: str, value: object
) -> None:
    closed_file(path)
    tamper(path, table, column, value)
    with opened(path) as file, pytest.raises(PlotFileError) as caught:
        file.load()
    assert caught.value.fault is PlotFileFault.DAMAGED
    # A count belongs to its report, and is told of there.
    assert caught.value.detail.startswith("reports" if table == "people_counts" else table)


def test_an_alert_of_another_version_stays_in_the_file_and_out_of_the_plot(path: Path) -> None:
    plot = a_plot()
    (known,) = plot.acknowledgements.values()
    other = an_acknowledgement(known.entity_uid)
    with new_file(path, plot) as file:
        save(file, plot, plot.with_acknowledgement(other))
        edit(path, "UPDATE acknowledgements SET alert = 'noise' WHERE uid = ?", other.uid)
        assert file.load().plot == plot
        save(file, plot, plot.without_acknowledgement(known.uid))
    found = rows(path, "SELECT alert, withdrawn_at_utc IS NULL FROM acknowledgements ORDER BY fid")
    assert found == [("overdue", 0), ("noise", 1)]
    assert loaded(path).acknowledgements == {}


def test_a_number_or_a_line_that_a_gis_left_out_does_not_keep_the_plot_from_being_read(
    path: Path,
) -> None:
    closed_file(path)
    with outside(path) as gis:
        gis.execute("UPDATE approach_watches SET distance_m = NULL")
        gis.execute("UPDATE limits SET geom = NULL WHERE is_area = 1")
        gis.execute("UPDATE searches SET geom = NULL")
    read = loaded(path)
    (watch,) = read.approach_watches.values()
    assert math.isnan(watch.distance_m)
    assert sorted(len(limit.points) for limit in read.limits.values()) == [0, 3]
    assert [(problem.code.value, problem.entity) for problem in problems_of(read)] == [
        ("distance_range", "approach_watch"),
        ("points_few", "limit"),
        ("points_few", "search"),
    ]


def test_the_row_that_cannot_be_read_is_told_by_its_uid(path: Path) -> None:
    plot = closed_file(path)
    bad = the_track(plot).reports[2].uid
    edit(path, "UPDATE reports SET kind = 'nonsense' WHERE uid = ?", bad)
    with opened(path) as file, pytest.raises(PlotFileError, match=f"reports {bad}: 'nonsense'"):
        file.load()


def test_a_log_that_is_no_json_is_told_of(path: Path) -> None:
    closed_file(path)
    edit(path, "UPDATE edit_log SET entity = 'track', before = '{'")
    with opened(path) as file, pytest.raises(PlotFileError, match="edit_log names"):
        file.load()


def test_a_damaged_text_does_not_keep_the_rest_from_being_read(path: Path) -> None:
    plot = closed_file(path)
    edit(path, "UPDATE reports SET as_received = CAST(x'35B03538' AS TEXT)")
    with opened(path) as file:
        read = file.load().plot
        assert {report.as_received for report in read.reports()} == {"5\ufffd58"}
        assert read.report_count() == plot.report_count()
        save(file, read, read.with_report(a_report("0500")))


def test_another_error_of_sqlite_while_loading_is_told_of(path: Path) -> None:
    closed_file(path)
    with opened(path) as file:
        with outside(path) as conn:
            conn.execute("ALTER TABLE tracks RENAME TO boats")
        with pytest.raises(PlotFileError, match="no such table: tracks"):
            file.load()


def test_a_plot_that_qgis_has_edited_loads(path: Path) -> None:
    plot = closed_file(path)
    first, second = the_track(plot).reports[0].uid, the_track(plot, "B").reports[0].uid
    with outside(path) as conn:
        # As GDAL writes: an envelope on a point, no milliseconds, null for an empty text.
        moved = struct.pack("<2sBBi4d", b"GP", 0, 3, 4326, 1.7, 1.7, 51.0, 51.0)
        moved += struct.pack("<BIdd", 1, 1, 1.7, 51.0)
        conn.execute(
            "UPDATE reports SET geom = ?, observed_at_utc = '2026-09-15T02:11:00Z',"
            " as_received = NULL, grade = NULL, people_total = 33 WHERE uid = ?",
            (moved, first),
        )
        conn.execute("UPDATE reports SET geom = ? WHERE uid = ?", (EMPTY_POINT, second))
        conn.execute("UPDATE tracks SET name = 'Alpha', launch_beach_uid = '' WHERE name = 'A'")
        conn.execute("INSERT INTO reports (as_received, people_children) VALUES ('new', 3)")
        conn.execute("ALTER TABLE tracks ADD COLUMN extra TEXT")
    read = loaded(path)
    report = read.report(first)
    assert report is not None
    assert report.position is not None
    assert (report.position.lon_deg, report.position.lat_deg) == (1.7, 51.0)
    assert (report.observed_at_utc, report.as_received, report.grade) == (at("0211"), "", "")
    assert report.people == PeopleCount(total=33, is_estimate=True)
    assert the_track(read, "Alpha").launch_beach_uid is None
    emptied = read.report(second)
    assert emptied is not None
    assert emptied.position is None
    (added,) = [report for report in read.reports() if report.as_received == "new"]
    assert added.people == PeopleCount(children=3)
    assert read.unattributed[-1] == added


def test_a_report_is_not_lost_when_its_track_is_withdrawn_by_others(path: Path) -> None:
    plot = closed_file(path)
    edit(path, "UPDATE tracks SET withdrawn_at_utc = '2026-09-15T04:00:00Z' WHERE name = 'B'")
    read = loaded(path)
    report = the_track(plot, "B").reports[0]
    found = read.report(report.uid)
    assert found is not None
    assert (found.track_uid, found.position) == (None, report.position)
    assert found in read.unattributed
    assert problems_of(read) == ()


def test_reports_come_in_order_of_time_however_they_were_written(path: Path) -> None:
    closed_file(path)
    edit(path, "UPDATE reports SET fid = -fid")
    assert problems_of(loaded(path)) == ()


@pytest.mark.parametrize("is_enabled", [True, False])
def test_the_garbage_collector_is_left_as_it_was(path: Path, is_enabled: bool) -> None:
    closed_file(path)
    if not is_enabled:
        gc.disable()
    try:
        loaded(path)
        assert gc.isenabled() is is_enabled
    finally:
        gc.enable()
