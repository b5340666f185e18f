"""A row that another program made unreadable is put right, and never keeps a plot shut."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from channelplot.document.opening import document_of
from channelplot.document.past import history_of
from channelplot.document.writer import InlineWriter
from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.model.plot import Plot
from channelplot.model.track import Track
from channelplot.store.backups import Backup, contents_of, is_lost, restore
from channelplot.store.check import check
from channelplot.store.closed_file import loaded_from
from channelplot.store.geometry import EMPTY_POINT, envelope, point_blob, read_point
from channelplot.store.geopackage import PlotFile
from channelplot.store.log import LoggedAct, geometry_text
from channelplot.store.outside import OUTSIDE, OUTSIDE_EDIT, Look
from channelplot.store.readable import is_geometry_readable
from channelplot.store.rewind import ChangedNothing, rewound
from channelplot.store.tables import LIMITS, REPORTS
from channelplot.store.times import time_text
from channelplot.store.whole import can_be_put_right
from helpers.builders import R6, at
from helpers.clock import FixedClock
from unit.store.files import (
    acts,
    adding_a_report,
    an_act,
    closed_file,
    edit,
    names,
    new_file,
    opened,
    outside,
    rows,
    save,
    the_track,
)

NOW = at("0600")
NOWHERE = bytes.fromhex("47500001e6100000010100000000000000000058400000000000005840")
"""A point at 96 N 96 E."""
DAMAGED_BLOB = b"\x00\xff"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "night.gpkg"


@pytest.fixture
def file(path: Path) -> Iterator[PlotFile]:
    """A plot that is open, and has been looked at."""
    with new_file(path) as file:
        assert file.look(file.load().plot, NOW) == Look()
        yield file


def spoil(path: Path, statement: str, *values: object) -> None:
    """Write what no column is for, with functions of another program's own."""
    with outside(path, ignoring_checks=True) as other:
        other.create_function("ST_IsEmpty", 1, lambda _: 1)
        other.execute(statement, values)


def looked(file: PlotFile, known: Plot) -> LoggedAct:
    """Look, and return the act; the plot and what stands in the file are as they were."""
    look = file.look(known, NOW)
    assert look.loaded is not None
    assert look.loaded.plot == known
    assert look.logged is not None
    assert (look.logged.operator, look.logged.label) == (OUTSIDE, OUTSIDE_EDIT)
    assert file.look(known, NOW) == Look(), "once"
    return look.logged


SPOILT = (
    ("reports", "geom", NOWHERE),
    ("reports", "geom", DAMAGED_BLOB),
    ("reports", "as_received", b"\xff\x00\xfe"),
    ("reports", "people_total", "many"),
    ("reports", "observed_at_utc", "2026-13-45T99:00:00Z"),
    ("reports", "withdrawn_at_utc", "2026-13-45T99:00:00Z"),
    ("people_counts", "men", "some"),
    ("tracks", "craft", "balloon"),
    ("status_changes", "status", "sunk"),
    ("marks", "geom", NOWHERE),
    ("marks", "geom", DAMAGED_BLOB),
    ("beaches", "name", b"\x01"),
    ("limits", "geom", DAMAGED_BLOB),
    ("searches", "geom", DAMAGED_BLOB),
    ("log_lines", "text", b"\x01"),
    ("acknowledgements", "alert", b"\x01"),
)


@pytest.mark.parametrize(("table", "column", "value"), SPOILT)
def test_what_the_log_knows_is_put_back_and_what_was_found_is_kept_in_it(
    file: PlotFile, table: str, column: str, value: object
) -> None:
    known = file.load().plot
    before = rows(file.path, f"SELECT * FROM {table}")
    ((uid,),) = rows(file.path, f"SELECT uid FROM {table} LIMIT 1")
    spoil(file.path, f"UPDATE {table} SET {column} = ? WHERE uid = ?", value, uid)
    logged = looked(file, known)
    assert rows(file.path, f"SELECT * FROM {table}") == before
    assert check(file.path) == ()
    was, is_now = logged.rows()
    found = json.loads(str(was[table][uid].pop("as_found")))
    assert found.keys() == {column}
    expected = value.hex() if isinstance(value, bytes) else value
    if value == NOWHERE:
        assert found[column] == NOWHERE.hex()
    assert found[column] == expected
    assert was == is_now
    with pytest.raises(ChangedNothing):
        rewound(known, logged)
    assert history_of(known, file.load().acts).past == ()


def test_an_act_that_comes_first_is_saved_to_what_was_put_right(file: PlotFile) -> None:
    known = file.load().plot
    spoil(file.path, "UPDATE reports SET geom = ?", NOWHERE)
    new, change = adding_a_report(known)
    assert file.save(change, an_act("add_report")).seq == 3
    assert file.logged_before is not None
    assert check(file.path) == ()
    look = file.look(new, NOW)
    assert look.loaded is not None
    assert look.loaded.plot == new


def test_a_row_of_an_earlier_version_is_put_back_with_the_columns_that_came_later(
    path: Path,
) -> None:
    plot = closed_file(path)
    uid = plot.unattributed[0].uid
    # As version 1 logged it, which knew of no callers.
    edit(path, """UPDATE edit_log SET after = replace(after, ',"caller":""', '')""")
    spoil(path, "UPDATE reports SET caller = ? WHERE uid = ?", b"\x01", uid)
    with opened(path) as file:
        assert file.load(NOW).plot == plot


@pytest.mark.parametrize(
    ("table", "columns", "values"),
    [
        ("reports", "kind, geom", ("position", NOWHERE)),
        ("reports", "kind, geom", ("position", DAMAGED_BLOB)),
        ("reports", "kind, as_received", ("position", b"\x01")),
        ("reports", "kind, uid", ("position", b"\x01\x02")),
        ("marks", "code, name, geom", ("X1", "pasted in metres", NOWHERE)),
        ("tracks", "name, craft, status", ("Z", "balloon", "underway")),
        ("status_changes", "track_uid, step, status", ("", 0, "sunk")),
        ("limits", "name, geom", ("x", DAMAGED_BLOB)),
    ],
)
def test_what_was_added_and_can_not_be_read_is_withdrawn(
    file: PlotFile, table: str, columns: str, values: tuple[object, ...]
) -> None:
    known = file.load().plot
    if table == "status_changes":
        values = (next(iter(known.tracks)), *values[1:])
    marks = ", ".join("?" for _ in values)
    spoil(file.path, f"INSERT INTO {table} ({columns}) VALUES ({marks})", *values)
    logged = looked(file, known)
    was, is_now = logged.rows()
    ((uid, row),) = is_now[table].items()
    assert row["withdrawn_at_utc"] is not None
    for column, value in zip(columns.split(", "), values, strict=True):
        assert was[table][uid][column] == (value.hex() if isinstance(value, bytes) else value)
    known_as = {thing.entity.uid for thing in file.withdrawn()}
    assert uid not in known_as or "geom" in columns
    last = rows(file.path, f"SELECT withdrawn_at_utc FROM {table} ORDER BY fid DESC LIMIT 1")
    assert last == [(row["withdrawn_at_utc"],)]
    new, change = adding_a_report(known)
    file.save(change, an_act("add_report"))
    assert file.load().plot == new


def test_the_log_of_what_was_put_right_can_be_written_anew(
    file: PlotFile, tmp_path: Path, clock: FixedClock
) -> None:
    known = file.load().plot
    spoil(
        file.path,
        "INSERT INTO marks (code, name, geom) VALUES ('X1', 'in metres', ?)",
        NOWHERE,
    )
    spoil(file.path, "UPDATE reports SET geom = ?", DAMAGED_BLOB)
    looked(file, known)
    file.close()
    document = document_of(
        PlotFile.open(file.path), writer=InlineWriter(), clock=clock, operator="Ann"
    )
    content = file.path.read_bytes()
    file.path.write_bytes(bytes(len(content)))
    document.save_copy(tmp_path / "copy.gpkg")
    document.close()
    assert loaded_from(tmp_path / "copy.gpkg").plot == known
    file.path.write_bytes(content)


def test_what_can_not_be_found_again_is_told_of_and_left(file: PlotFile) -> None:
    known = file.load().plot
    with outside(file.path, ignoring_checks=True) as other:
        # No text: what is read of it is not what stands there.
        other.execute("INSERT INTO log_lines (uid, text) VALUES (CAST(x'ff41' AS TEXT), x'01')")
    for _ in range(2):
        with pytest.raises(PlotFileError) as caught:
            file.look(known, NOW)
        assert caught.value.fault is PlotFileFault.DAMAGED
    assert acts(file.path) == 1
    with outside(file.path) as other:
        other.execute("DELETE FROM log_lines WHERE typeof(text) = 'blob'")


def test_a_plot_with_such_a_row_opens(path: Path) -> None:
    plot = closed_file(path)
    spoil(path, "UPDATE reports SET geom = ?", NOWHERE)
    assert can_be_put_right(path)
    with opened(path) as file:
        with pytest.raises(PlotFileError) as caught:
            file.load()
        assert caught.value.fault is PlotFileFault.DAMAGED
        loaded = file.load(NOW)
        assert loaded.plot == plot
        assert [act.label for act in loaded.acts] == ["new_plot", OUTSIDE_EDIT]
        assert loaded.acts[-1].at_utc == NOW
        assert file.look(plot, NOW) == Look()
        save(file, plot, adding_a_report(plot)[0])
        assert file.load(NOW).plot != plot
    assert check(path) == ()


NEVER = "2026-19-39T29:00:00.000Z"
"""What a CHECK lets pass and no calendar has."""


def test_what_the_log_can_not_help_with_is_refused_by_its_name(path: Path) -> None:
    plot = closed_file(path)
    report = plot.unattributed[0]
    logged = f"replace(after, '{time_text(report.logged_at_utc)}', '{NEVER}')"
    edit(path, f"UPDATE edit_log SET after = {logged}")
    spoil(path, "UPDATE reports SET logged_at_utc = ?, geom = ?", NEVER, DAMAGED_BLOB)
    before = path.read_bytes()
    assert not can_be_put_right(path)
    assert is_lost(path)
    with opened(path) as file:
        with pytest.raises(PlotFileError) as plain:
            file.load()
        with pytest.raises(PlotFileError) as caught:
            file.load(NOW)
    assert caught.value.fault is PlotFileFault.DAMAGED
    assert caught.value.detail == plain.value.detail
    assert caught.value.detail.startswith("reports ")
    assert path.read_bytes() == before


def test_a_geometry_that_was_damaged_when_it_was_logged_is_none(path: Path) -> None:
    plot = closed_file(path)
    report = next(plot.reports())
    assert report.position is not None
    text = geometry_text(point_blob(report.position))
    edit(path, f"UPDATE edit_log SET after = replace(after, '{text}', '00ff')")
    spoil(path, "UPDATE reports SET geom = ? WHERE uid = ?", DAMAGED_BLOB, report.uid)
    spoil(path, "UPDATE reports SET grade = 'x' WHERE uid = ?", report.uid)
    with opened(path) as file:
        there = file.load(NOW).plot.report(report.uid)
    assert there is not None
    assert (there.position, there.grade) == (None, report.grade)


def test_a_change_of_status_that_can_not_be_read_stays_out_of_a_track_that_is_withdrawn(
    file: PlotFile,
) -> None:
    known = file.load().plot
    track = the_track(known)
    spoil(
        file.path,
        "INSERT INTO status_changes (track_uid, step, status) VALUES (?, 9, 'sunk')",
        track.uid,
    )
    looked(file, known)
    save(file, known, known.without_track(track.uid))
    (gone,) = (thing.entity for thing in file.withdrawn() if thing.entity.uid == track.uid)
    assert isinstance(gone, Track)
    assert gone.status_changes == track.status_changes


def test_one_that_is_open_to_read_is_refused_as_it_is(path: Path) -> None:
    closed_file(path)
    spoil(path, "UPDATE reports SET geom = ?", NOWHERE)
    with outside(path) as other:
        other.execute("CREATE VIEW ours AS SELECT 1")
    assert not can_be_put_right(path)
    with opened(path) as file, pytest.raises(PlotFileError) as caught:
        file.load(NOW)
    assert caught.value.fault is PlotFileFault.DAMAGED
    with outside(path) as other:
        other.execute("DROP VIEW ours")


def test_no_copy_or_backup_is_called_sound_that_could_not_be_opened(
    path: Path, tmp_path: Path
) -> None:
    plot = closed_file(path)
    spoil(path, "UPDATE reports SET geom = ?", NOWHERE)
    copy = tmp_path / "copy.gpkg"
    with opened(path) as file:
        with pytest.raises(PlotFileError) as caught:
            file.copy_to(copy)
        assert caught.value.fault is PlotFileFault.DAMAGED
    assert not copy.exists()
    backup = Backup(path, NOW, 0)
    problem = contents_of(backup).problem
    assert problem is not None
    assert "reports" in problem.detail
    with pytest.raises(PlotFileError):
        restore(backup, path, NOW)
    assert not is_lost(path), "opening it puts it right"
    assert names(tmp_path) == ["night.gpkg"]
    with opened(path) as file:
        assert file.load(NOW).plot == plot


def test_an_empty_point_is_nowhere_to_all_who_read_it() -> None:
    assert read_point(EMPTY_POINT) is None
    assert envelope(EMPTY_POINT) is None


def test_a_geometry_is_readable_where_its_layer_could_show_it() -> None:
    good = point_blob(R6)
    assert is_geometry_readable(REPORTS, good)
    assert is_geometry_readable(REPORTS, None)
    assert is_geometry_readable(LIMITS, None)
    assert not is_geometry_readable(LIMITS, good)
    assert not is_geometry_readable(REPORTS, NOWHERE)
