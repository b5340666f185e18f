"""Reports are read as columns where they stand as this program writes them, else row by row.

Whichever way: the same reports, and the same refusals.
"""

import gc
import math
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.model.codes import CountBasis
from channelplot.model.packed import PackedReports
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.store import report_columns
from channelplot.store.connection import connect_to_read, connect_to_write
from channelplot.store.geopackage import PlotFile
from channelplot.store.load import load_plot
from channelplot.store.report_columns import ROWS_AT_ONCE
from helpers.large_plots import make_large_plot

FIRST = "(SELECT uid FROM reports ORDER BY fid LIMIT 1)"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "season.gpkg"
    make_large_plot(path, 3, 10)
    return path


def loaded(path: Path) -> Plot:
    with closing(connect_to_read(path)) as conn:
        conn.execute("BEGIN")
        return load_plot(conn, path).plot


def change(path: Path, sql: str, *values: object) -> str:
    """Change the first report as no program should, and return its uid."""
    with closing(connect_to_write(path)) as conn:
        conn.execute("PRAGMA ignore_check_constraints = ON")
        conn.execute("PRAGMA foreign_keys = OFF")
        (uid,) = conn.execute(FIRST[1:-1]).fetchone()
        conn.execute(f"UPDATE reports SET {sql} WHERE uid = {FIRST}", values)
        return str(uid)


def is_packed(plot: Plot) -> bool:
    return all(isinstance(track.reports, PackedReports) for track in plot.tracks.values())


def living_reports() -> int:
    """How many reports there are in this process, really."""
    return sum(isinstance(thing, Report) for thing in gc.get_objects())


def test_a_plot_is_read_without_making_its_reports(tmp_path: Path) -> None:
    path = tmp_path / "season.gpkg"
    make_large_plot(path, 40, 100)
    gc.collect()
    before = living_reports()
    plot = loaded(path)
    assert is_packed(plot)
    assert plot.report_count() == 4000
    assert living_reports() - before < 10
    assert len({report.uid for report in plot.reports()}) == 4000


def test_more_than_one_lot(tmp_path: Path) -> None:
    path = tmp_path / "season.gpkg"
    make_large_plot(path, 3, ROWS_AT_ONCE // 2)
    plot = loaded(path)
    assert [len(track.reports) for track in plot.tracks.values()] == [ROWS_AT_ONCE // 2] * 3
    for track in plot.tracks.values():
        assert list(track.reports) == sorted(track.reports, key=Report.time_order)
        (first, *_, last) = [report.people for report in track.reports]
        assert first is not None
        assert last == PeopleCount(basis=CountBasis.COUNTED, total=first.total)


@pytest.mark.parametrize(
    ("column", "value", "field", "expected"),
    [
        ("as_received", "Pas-de-Calais, à l'ouest\N{EN DASH}", "as_received", None),
        ("as_received", "one\x1etwo", "as_received", None),
        ("as_received", None, "as_received", ""),
        ("as_received", "", "as_received", None),
        ("source_name", "one\x1etwo\x1d\x1f", "source_name", None),
        ("source_name", "\x1d", "source_name", None),
        ("source_name", "a\0b", "source_name", None),
        ("source_name", None, "source_name", ""),
        ("grade", "it's 'A'", "grade", None),
        ("caller", "+33600000000", "caller", None),
        ("caller", "\x1d", "caller", None),
        ("logged_by", "Ångström", "logged_by", None),
        ("error_m", 1e300, "error_m", None),
        ("error_m", float("inf"), "error_m", None),
        ("error_m", 8_999_999.999, "error_m", None),
        ("error_m", 9e6, "error_m", None),
        ("error_m", 0.0005, "error_m", None),
        ("error_m", -1.0, "error_m", None),
        ("course_deg", None, "course_deg", None),
        ("course_deg", 359.999, "course_deg", None),
        ("course_deg", 0.0, "course_deg", None),
        ("speed_kn", 7.3, "speed_kn", None),
        ("speed_kn", 7.3 * 1.9438444924406, "speed_kn", None),
        ("speed_kn", 1e-9, "speed_kn", None),
        ("geom", None, "position", None),
        (
            "geom",
            struct.pack("<2sBBiBIdd", b"GP", 0, 17, 4326, 1, 1, float("nan"), float("nan")),
            "position",
            None,
        ),
        ("people_total", 12, "people", PeopleCount(total=12)),
        ("people_children", 3, "people", PeopleCount(total=None, children=3)),
        ("uid", "short", "uid", None),
        ("uid", "l" * 100, "uid", None),
        ("uid", "12345678-1234-1234-1234-12345678901é", "uid", None),
        ("boat_type", "kayak", "boat_type", None),
        ("boat_type", None, "boat_type", None),
    ],
)
def test_an_unusual_value(
    path: Path, column: str, value: object, field: str, expected: object
) -> None:
    with closing(connect_to_write(path)) as conn:
        conn.execute("DELETE FROM people_counts")
        conn.execute("UPDATE reports SET people_total = NULL")
    before = loaded(path)
    uid = change(path, f"{column} = ?", value)
    if field == "position":
        value = None
    fields: dict[str, Any] = {field: value if expected is None else expected}
    wanted = replace(next(r for r in before.reports() if r.uid == uid), **fields)
    after = loaded(path)
    assert after.report(wanted.uid) == wanted
    others = {report for report in before.reports() if report.uid != uid}
    assert {report for report in after.reports() if report.uid != wanted.uid} == others
    assert all(
        list(track.reports) == sorted(track.reports, key=Report.time_order)
        for track in after.tracks.values()
    )


def test_a_time_without_milliseconds(path: Path) -> None:
    before = loaded(path)
    uid = change(path, "observed_at_utc = '2026-05-05T12:00:00Z'")
    report = loaded(path).report(uid)
    assert report is not None
    assert report.observed_at_utc.isoformat() == "2026-05-05T12:00:00+00:00"
    assert is_packed(loaded(path))
    assert loaded(path) != before


def unreadable() -> Iterator[tuple[str, object]]:
    for time in (
        "2026-02-29T12:00:00.000Z",
        "2026-13-01T12:00:00.000Z",
        "2026-01-00T12:00:00.000Z",
        "0000-01-01T12:00:00.000Z",
        "2026-01-01T24:00:00.000Z",
        "2026-01-01T12:60:00.000Z",
        "2026-01-01T12:00:60.000Z",
        "2026-01-01T12:00:00.00xZ",
        "2026-01-01 12:00:00.000Z",
        "2026-01-01",
        b"2026-01-01T12:00:00.000Z",
        12,
    ):
        yield "received_at_utc", time
    yield "kind", "whale"
    yield "kind", b"position"
    yield "source", "hearsay"
    yield "position_form", "\x1d"
    yield "position_form", b"ddm"
    yield "boat_type", "ark"
    yield "people_total", "many"
    yield "people_total", 1.5
    yield "people_children", b"1"
    yield "as_received", b"words"
    yield "grade", b"A"
    yield "error_m", "far"
    yield "speed_kn", b"fast"
    yield "uid", None
    yield "uid", b"12345678-1234-1234-1234-123456789012"
    yield "geom", "a text"
    yield "geom", b"GP"
    yield "geom", struct.pack("<2sBBiBIdd", b"GP", 0, 1, 4326, 1, 1, 1.0, 91.0)
    yield "geom", struct.pack("<2sBBiBIdd", b"GP", 0, 1, 4326, 1, 1, float("nan"), 51.0)
    yield "geom", struct.pack("<2sBBiBIdd", b"GP", 0, 1, 4326, 1, 2, 1.0, 51.0)


@pytest.mark.parametrize(("column", "value"), list(unreadable()))
def test_what_can_not_be_read_is_told_with_its_row(path: Path, column: str, value: object) -> None:
    with closing(connect_to_write(path)) as conn:
        # Damaged geometries would keep SQLite from updating the index.
        names = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'reports'"
        for (name,) in conn.execute(names).fetchall():
            conn.execute(f'DROP TRIGGER "{name}"')
    uid = change(path, f"{column} = ?", value)
    with pytest.raises(PlotFileError) as error:
        loaded(path)
    assert error.value.fault is PlotFileFault.DAMAGED
    assert error.value.detail.startswith(f"reports {value if column == 'uid' else uid}: ")


def test_a_count_of_people_that_can_not_be_read(path: Path) -> None:
    with closing(connect_to_write(path)) as conn:
        conn.execute("PRAGMA ignore_check_constraints = ON")
        (uid,) = conn.execute("SELECT report_uid FROM people_counts").fetchone()
        conn.execute("UPDATE people_counts SET men = 'some' WHERE report_uid = ?", (uid,))
    with pytest.raises(PlotFileError) as error:
        loaded(path)
    assert error.value.detail.startswith(f"reports {uid}: ")


def test_columns_that_are_declared_otherwise_are_read_row_by_row(path: Path) -> None:
    before = loaded(path)
    with closing(connect_to_write(path)) as conn:
        conn.execute("PRAGMA foreign_keys = OFF")
        conn.execute("PRAGMA writable_schema = ON")
        conn.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'grade TEXT', 'grade VARCHAR')"
            " WHERE name = 'reports'"
        )
    assert loaded(path) == before


def test_reports_of_a_track_that_is_withdrawn_belong_to_none(path: Path) -> None:
    with closing(connect_to_write(path)) as conn:
        (uid,) = conn.execute("SELECT uid FROM tracks LIMIT 1").fetchone()
        conn.execute(
            "UPDATE tracks SET withdrawn_at_utc = '2026-09-15T05:00:00.000Z' WHERE uid = ?", (uid,)
        )
    plot = loaded(path)
    assert uid not in plot.tracks
    assert len(plot.unattributed) == 10
    assert all(report.track_uid is None for report in plot.unattributed)


def test_texts_that_are_too_long_together(path: Path) -> None:
    with closing(connect_to_write(path)) as conn:
        conn.execute("UPDATE reports SET as_received = ?", ("x" * 100_000,))
    with closing(connect_to_read(path)) as conn:
        conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 1_000_000)
        conn.execute("BEGIN")
        plot = load_plot(conn, path).plot
    assert {len(report.as_received) for report in plot.reports()} == {100_000}


def test_many_lots(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = loaded(path)
    monkeypatch.setattr(report_columns, "ROWS_AT_ONCE", 4)
    assert loaded(path) == before


def test_numbers_come_back_to_the_last_bit(path: Path) -> None:
    numbers = [n / 1000 for n in (0, 1, 3, 7, 299, 1_001, 123_457, 359_999, 8_999_999_999)]
    numbers += [math.nextafter(7.3, 8.0), 1 / 3]
    with closing(connect_to_write(path)) as conn:
        uids = [uid for (uid,) in conn.execute("SELECT uid FROM reports ORDER BY fid")]
        told = dict(zip(uids, numbers, strict=False))
        conn.executemany(
            "UPDATE reports SET error_m = ?1, course_deg = ?1, speed_kn = ?1 WHERE uid = ?2",
            [(number, uid) for uid, number in told.items()],
        )
    for count in (len(numbers) - 2, len(numbers)):  # in thousandths, and not all of them
        with closing(connect_to_write(path)) as conn:
            conn.executemany(
                "UPDATE reports SET error_m = 0, course_deg = 0, speed_kn = 0 WHERE uid = ?",
                [(uid,) for uid in list(told)[count:]],
            )
            conn.executemany(
                "UPDATE reports SET error_m = ?1, course_deg = ?1, speed_kn = ?1 WHERE uid = ?2",
                [(told[uid], uid) for uid in list(told)[:count]],
            )
        plot = loaded(path)
        assert is_packed(plot)
        for uid in list(told)[:count]:
            report = plot.report(uid)
            assert report is not None
            assert (report.error_m, report.course_deg, report.speed_kn) == (told[uid],) * 3


def test_lots_of_one_report_with_and_without_position(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid = change(path, "geom = NULL")
    before = loaded(path)
    monkeypatch.setattr(report_columns, "ROWS_AT_ONCE", 1)
    plot = loaded(path)
    assert plot == before
    assert is_packed(plot)
    assert [report.uid for report in plot.reports() if report.position is None] == [uid]


def test_rows_that_do_not_stand(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(connect_to_write(path)) as conn:
        conn.execute("UPDATE reports SET withdrawn_at_utc = '2026-09-15T05:00:00.000Z'")
        conn.execute("UPDATE reports SET withdrawn_at_utc = NULL WHERE fid IN (3, 30)")
    monkeypatch.setattr(report_columns, "ROWS_AT_ONCE", 4)
    assert loaded(path).report_count() == 2


def test_a_plot_of_many_tracks_is_whole(path: Path) -> None:
    with closing(PlotFile.open(path)) as file:
        assert file.load().plot == loaded(path)
