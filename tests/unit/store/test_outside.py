"""What other programs change in a plot that is open is found, logged, shown, and never lost."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.geodesy.position import Position
from channelplot.model.change import difference
from channelplot.model.plot import Plot
from channelplot.store.check import check
from channelplot.store.geometry import point_blob
from channelplot.store.geopackage import PlotFile, ReadOnlyReason, Recovered
from channelplot.store.lock import LockHold
from channelplot.store.log import LoggedAct
from channelplot.store.outside import OUTSIDE, OUTSIDE_EDIT, Look
from channelplot.store.rewind import rewound
from helpers.builders import R6, a_report, at
from unit.store.files import (
    HOLD_OPEN,
    a_plot,
    acts,
    adding_a_report,
    an_act,
    another_process,
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


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "night.gpkg"


@pytest.fixture
def file(path: Path) -> Iterator[PlotFile]:
    """A plot that is open, and has been looked at."""
    with new_file(path) as file:
        assert file.look(file.load().plot, NOW) == Look()
        yield file


def by_qgis(path: Path, *statements: str, ignoring_checks: bool = False) -> None:
    with outside(path, ignoring_checks=ignoring_checks) as qgis:
        for statement in statements:
            qgis.execute(statement)


def seen(file: PlotFile, known: Plot) -> tuple[Plot, LoggedAct]:
    """Look, and return the plot as it is now and the act that another program's changes became."""
    look = file.look(known, NOW)
    assert look.loaded is not None
    assert look.logged is not None
    assert look.loaded.acts[-1] == look.logged
    assert check(file.path) == ()
    return look.loaded.plot, look.logged


def fault_of_looking(file: PlotFile, known: Plot) -> PlotFileFault:
    before = acts(file.path)
    with pytest.raises(PlotFileError) as caught:
        file.look(known, NOW)
    assert acts(file.path) == before
    return caught.value.fault


def test_what_another_program_changed_becomes_one_act_of_the_log(file: PlotFile) -> None:
    known = file.load().plot
    uid = the_track(known).uid
    by_qgis(
        file.path,
        f"UPDATE tracks SET note = 'by QGIS', colour = NULL WHERE uid = '{uid}'",
        "UPDATE marks SET name = 'Elsewhere'",
        "INSERT INTO reports (as_received, kind, observed_at_utc, received_at_utc, logged_at_utc)"
        " VALUES ('seen', 'event', '2026-09-15T05:00:00Z', '2026-09-15T05:00:00Z',"
        " '2026-09-15T05:00:00Z')",
    )
    plot, logged = seen(file, known)
    assert (logged.operator, logged.label, logged.at_utc) == (OUTSIDE, OUTSIDE_EDIT, NOW)
    before, after = logged.rows()
    assert before.keys() == {"tracks", "marks"}
    assert after.keys() == {"tracks", "marks", "reports"}
    assert before["tracks"][uid]["colour"] == "grey"
    assert after["tracks"][uid]["note"] == "by QGIS"
    assert plot.tracks[uid].note == "by QGIS"
    assert [report.as_received for report in plot.unattributed][-1] == "seen"
    assert file.look(plot, NOW) == Look(), "once"
    assert rewound(plot, logged) == known


def test_what_did_not_change_is_the_same_thing_as_before(file: PlotFile) -> None:
    known = file.load().plot
    by_qgis(file.path, "UPDATE tracks SET note = 'by QGIS' WHERE name = 'B'")
    plot, _ = seen(file, known)
    assert the_track(plot) is the_track(known)
    assert the_track(plot, "B").reports is the_track(known, "B").reports
    assert plot.beaches is known.beaches
    by_qgis(file.path, "UPDATE marks SET name = 'x'", "UPDATE reports SET grade = '2B'")
    again, _ = seen(file, plot)
    assert again.tracks is not plot.tracks
    assert again.marks is not plot.marks
    by_qgis(file.path, "INSERT INTO log_lines (text) VALUES ('x')")
    third, _ = seen(file, again)
    assert len(third.log_lines) == 2
    assert all(third.log_lines[uid] is line for uid, line in again.log_lines.items())
    assert third.tracks is again.tracks


def test_what_was_deleted_is_put_back_as_withdrawn(file: PlotFile) -> None:
    known = file.load().plot
    gone = the_track(known).reports[3]
    by_qgis(
        file.path,
        f"DELETE FROM people_counts WHERE report_uid = '{gone.uid}'",
        f"DELETE FROM reports WHERE uid = '{gone.uid}'",
        "DELETE FROM limits",
        "DELETE FROM searches",
    )
    plot, logged = seen(file, known)
    assert plot.report(gone.uid) is None
    assert not plot.limits
    withdrawn = {thing.entity.uid: thing for thing in file.withdrawn()}
    assert withdrawn.keys() == {gone.uid, *known.limits, *known.searches}
    assert withdrawn[gone.uid].entity == gone
    assert withdrawn[gone.uid].by == OUTSIDE
    assert rewound(plot, logged) == known


def test_a_deleted_row_that_was_withdrawn_already_is_back_without_a_word(file: PlotFile) -> None:
    known = file.load().plot
    without = known.without_report(known.unattributed[0].uid)
    save(file, known, without)
    before = rows(file.path, "SELECT uid, withdrawn_at_utc FROM reports ORDER BY uid")
    by_qgis(file.path, "DELETE FROM reports WHERE withdrawn_at_utc IS NOT NULL")
    look = file.look(without, NOW)
    assert look.logged is None
    assert look.loaded is not None
    assert look.loaded.plot == without
    assert rows(file.path, "SELECT uid, withdrawn_at_utc FROM reports ORDER BY uid") == before
    assert check(file.path) == ()


@pytest.mark.parametrize("how", ["deleted", "withdrawn", "another uid"])
def test_a_report_whose_track_is_gone_belongs_to_none_and_comes_back_with_it(
    file: PlotFile, how: str
) -> None:
    known = file.load().plot
    track = the_track(known)
    where = f"WHERE uid = '{track.uid}'"
    by_qgis(
        file.path,
        {
            "deleted": f"DELETE FROM tracks {where}",
            "withdrawn": f"UPDATE tracks SET withdrawn_at_utc = '2026-09-15T05:00:00Z' {where}",
            "another uid": f"UPDATE tracks SET uid = 'other' {where}",
        }[how],
    )
    plot, logged = seen(file, known)
    assert track.uid not in plot.tracks
    assert {report.uid for report in track.reports} <= {r.uid for r in plot.unattributed}
    undone = rewound(plot, logged)
    assert undone.tracks[track.uid] == track
    save(file, plot, undone)
    assert file.load().plot == undone
    assert check(file.path) == ()


def test_a_report_given_to_a_track_that_is_not_there_belongs_to_none(file: PlotFile) -> None:
    known = file.load().plot
    uid = the_track(known).reports[0].uid
    by_qgis(file.path, f"UPDATE reports SET track_uid = 'nobody' WHERE uid = '{uid}'")
    plot, logged = seen(file, known)
    assert uid in {report.uid for report in plot.unattributed}
    assert rows(file.path, "SELECT count(*) FROM reports WHERE track_uid = 'nobody'") == [(0,)]
    assert rewound(plot, logged) == known


def test_a_status_alone_that_another_program_brought_back_stays_so(file: PlotFile) -> None:
    known = file.load().plot
    by_qgis(file.path, "DELETE FROM tracks WHERE name = 'A'")
    plot, _ = seen(file, known)
    assert rows(file.path, "SELECT count(withdrawn_at_utc) FROM status_changes") == [(1,)]
    by_qgis(file.path, "UPDATE status_changes SET withdrawn_at_utc = NULL")
    after, logged = seen(file, plot)
    assert after == plot
    assert list(logged.rows()[1]) == ["status_changes"]


def test_a_log_that_is_not_written_as_here_is_read_all_the_same(path: Path) -> None:
    closed_file(path)
    edit(path, "UPDATE edit_log SET after = replace(after, '\":{', '\": {')")
    with opened(path) as file:
        known = file.load().plot
        assert file.look(known, NOW) == Look()


def test_a_table_that_nobody_here_knows_is_passed_over(path: Path) -> None:
    closed_file(path)
    edit(path, """UPDATE edit_log SET after = '{"ships":{"x":{"uid":"x"}},' || substr(after, 2)""")
    with opened(path) as file:
        assert file.look(file.load().plot, NOW) == Look()


@pytest.mark.parametrize("after", ["[]", "{}x", '{"tracks":3}', '{"tracks":{"x":3}}', '{"tracks"'])
def test_a_log_that_tells_no_rows_is_told_of(path: Path, after: str) -> None:
    closed_file(path)
    edit(path, "UPDATE edit_log SET after = ?", after)
    with closing(PlotFile.open(path)) as file:
        assert fault_of_looking(file, a_plot()) is PlotFileFault.DAMAGED


def test_the_line_of_a_track_follows_a_report_that_another_program_moved(file: PlotFile) -> None:
    known = file.load().plot
    report = the_track(known).reports[1]
    with outside(file.path) as qgis:
        moved = point_blob(Position(-3.5, 49.1))
        qgis.execute("UPDATE reports SET geom = ? WHERE uid = ?", (moved, report.uid))
    plot, logged = seen(file, known)
    assert plot.report(report.uid) == replace(report, position=Position(-3.5, 49.1))
    assert logged.rows()[1].keys() == {"reports"}
    box = rows(
        file.path, "SELECT min_x FROM gpkg_contents WHERE table_name IN ('tracks','reports')"
    )
    assert box == [(-3.5,), (-3.5,)]


def test_a_line_that_another_program_drew_is_drawn_again_and_no_act(file: PlotFile) -> None:
    known = file.load().plot
    before = rows(file.path, "SELECT uid, geom FROM tracks")
    with outside(file.path) as qgis:
        qgis.execute("UPDATE tracks SET geom = NULL")
    look = file.look(known, NOW)
    assert look.logged is None
    assert look.loaded is not None
    assert look.loaded.plot.tracks is known.tracks
    assert rows(file.path, "SELECT uid, geom FROM tracks") == before
    assert check(file.path) == ()


def test_damaged_text_is_told_of_by_its_row(file: PlotFile) -> None:
    known = file.load().plot
    with outside(file.path) as qgis:
        qgis.execute("UPDATE marks SET name = CAST(x'ff41' AS TEXT)")
    look = file.look(known, NOW)
    assert look.loaded is not None
    (mark,) = look.loaded.plot.marks.values()
    assert mark.name == "\ufffdA"
    assert file.look(look.loaded.plot, NOW) == Look()


def test_an_act_is_logged_upon_the_rows_it_was_done_to(file: PlotFile) -> None:
    known = file.load().plot
    track = the_track(known)
    by_qgis(file.path, f"UPDATE tracks SET note = 'by QGIS' WHERE uid = '{track.uid}'")
    renamed = known.with_track(replace(track, colour="red"))
    logged = file.save(difference(known, renamed), an_act("amend_track"))
    assert file.logged_before is not None
    assert file.logged_before.seq == logged.seq - 1
    assert logged.rows()[0]["tracks"][track.uid]["note"] == "by QGIS"
    assert check(file.path) == ()
    look = file.look(renamed, NOW)
    assert look.logged is None
    assert look.loaded is not None
    assert the_track(look.loaded.plot) == replace(track, colour="red", note="by QGIS")
    assert rewound(look.loaded.plot, logged).tracks[track.uid].colour == "grey"
    save(file, look.loaded.plot, known.with_track(replace(track, note="")))
    assert file.logged_before is None


def test_a_log_with_an_entry_that_says_no_rows_is_told_of(path: Path) -> None:
    closed_file(path)
    edit(path, "UPDATE edit_log SET after = '[]'")
    with closing(PlotFile.open(path)) as file:
        known = a_plot()
        assert fault_of_looking(file, known) is PlotFileFault.DAMAGED
        by_qgis(path, "UPDATE tracks SET note = 'by QGIS'")
        file.save(adding_a_report(known)[1].__class__(), an_act("nothing"))
        assert file.logged_before is None


def test_what_was_changed_while_the_plot_was_closed_is_logged_by_the_first_look(
    path: Path,
) -> None:
    closed_file(path)
    edit(path, "UPDATE tracks SET note = 'by QGIS' WHERE name = 'B'")
    with opened(path) as file:
        known = file.load().plot
        plot, logged = seen(file, known)
        assert plot == known
        assert list(logged.rows()[0]) == ["tracks"]
        assert file.look(plot, NOW) == Look()


def test_a_look_that_came_to_nothing_can_be_asked_for_again(file: PlotFile) -> None:
    known = file.load().plot
    by_qgis(file.path, "UPDATE tracks SET note = 'by QGIS'")
    plot, _ = seen(file, known)
    again = file.look(known, NOW, is_again=True)
    assert again.logged is None
    assert again.loaded is not None
    assert again.loaded.plot == plot


@pytest.mark.parametrize("steps", [1, 1_000_000_000], ids=["in a statement", "at a row"])
def test_a_look_gives_way_to_an_act(file: PlotFile, steps: int) -> None:
    known = file.load().plot
    by_qgis(file.path, "UPDATE tracks SET note = 'by QGIS'")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("channelplot.store.outside._STEPS", steps)
        assert file.look(known, NOW, give_way=lambda: True) == Look(gave_way=True)
    assert acts(file.path) == 1
    seen(file, known)


def test_a_look_does_not_pass_over_another_error_of_sqlite(
    file: PlotFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: sqlite3.Connection, poll: Callable[[], None]) -> None:
        poll()
        file._conn.execute("SELECT * FROM no_such_table")

    monkeypatch.setattr("channelplot.store.outside.row_differences", broken)
    by_qgis(file.path, "UPDATE tracks SET note = 'by QGIS'")
    with pytest.raises(PlotFileError, match="no_such_table") as refused:
        file.look(Plot(), NOW)
    assert refused.value.fault is PlotFileFault.DAMAGED


def test_the_journal_is_settled_again_after_another_program_changed_it(path: Path) -> None:
    with new_file(path) as file:
        known = file.load().plot
        with outside(path) as qgis:
            qgis.execute("PRAGMA journal_mode = WAL")
            qgis.execute("UPDATE tracks SET note = 'by QGIS'")
            plot, _ = seen(file, known)
            new = adding_a_report(plot)[0]
            save(file, plot, new)
            assert "night.gpkg-wal" in names(path.parent), "it has the file open"
        by_qgis(path, "UPDATE tracks SET note = 'by QGIS again'")
        seen(file, new)
        assert names(path.parent) == ["night.gpkg", "night.gpkg.lock"]
        assert file._conn.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert acts(path) == 4


# ------------------------------------------------------------- what is wrong with the file


def test_a_file_that_is_gone_replaced_or_cut_short_is_told_of(path: Path) -> None:
    with new_file(path) as file:
        known = file.load().plot
        path.rename(path.with_name("moved.gpkg"))
        with pytest.raises(PlotFileError) as caught:
            file.look(known, NOW)
        assert caught.value.fault is PlotFileFault.MOVED
        closed_file(path)
        with pytest.raises(PlotFileError) as caught:
            file.look(known, NOW)
        assert caught.value.fault is PlotFileFault.MOVED
        path.with_name("moved.gpkg").replace(path)
        assert file.look(known, NOW) == Look(), "it is back"
        whole = path.read_bytes()
        os.truncate(path, 40_960)
        with pytest.raises(PlotFileError) as caught:
            file.look(known, NOW)
        assert caught.value.fault is PlotFileFault.DAMAGED
        path.write_bytes(whole)
        look = file.look(known, NOW)
        assert look.loaded is not None
        assert (look.loaded.plot, look.logged) == (known, None), "it is whole again"


def test_another_plot_written_over_this_one_is_none_of_it(path: Path) -> None:
    other = path.with_name("other.gpkg")
    closed_file(other, a_plot().with_report(a_report("0500", position=R6)))
    with new_file(path) as file:
        known = file.load().plot
        save(file, known, adding_a_report(known)[0])
        with outside(other) as source, outside(path) as target:
            source.backup(target)
        with pytest.raises(PlotFileError) as caught:
            file.look(known, NOW)
        assert caught.value.fault is PlotFileFault.MOVED
        with pytest.raises(PlotFileError) as caught:
            save(file, known, adding_a_report(known)[0])
        assert caught.value.fault is PlotFileFault.MOVED
        with pytest.raises(PlotFileError) as caught:
            file.load()
        assert caught.value.fault is PlotFileFault.MOVED


# ----------------------------------------------------------------------------- open to read


def test_a_reader_follows_a_file_that_is_replaced_by_a_newer_one_of_the_same_plot(
    path: Path,
) -> None:
    published = path.with_name("published.gpkg")
    with new_file(path) as file:
        known = file.load().plot
        file.copy_to(published)
        with closing(PlotFile._open_to_read(published, ReadOnlyReason.FOLDER)) as reader:
            assert reader.load().plot == known
            assert reader.look(known, NOW) == Look()
            new = adding_a_report(known)[0]
            save(file, known, new)
            file.copy_to(published, replace=True)
            look = reader.look(known, NOW)
            assert look.loaded is not None
            assert look.loaded.plot == new
            assert not look.is_free
            assert reader.look(new, NOW) == Look()
            again = reader.look(new, NOW, is_again=True)
            assert again.loaded is not None
            assert again.loaded.plot == new
            shutil.copyfile(published, path.with_name("kept.gpkg"))
            published.write_bytes(b"no plot at all")
            assert trouble_of(reader, new) is PlotFileFault.NOT_GEOPACKAGE
            published.unlink()
            assert trouble_of(reader, new) is PlotFileFault.NOT_FOUND
            path.with_name("kept.gpkg").replace(published)
            back = reader.look(new, NOW)
            assert back.loaded is not None
            assert back.loaded.plot is not None


def trouble_of(reader: PlotFile, known: Plot) -> PlotFileFault | None:
    """What a look to read found wrong with the file; nothing was loaded then."""
    look = reader.look(known, NOW)
    assert look.trouble is None or look.loaded is None
    return None if look.trouble is None else look.trouble.fault


@pytest.mark.parametrize("what", ["older", "unreadable"])
def test_a_reader_is_told_of_a_file_that_can_not_follow_for_as_long_as_it_is_there(
    path: Path, what: str
) -> None:
    plot = closed_file(path)
    other = Path(shutil.copyfile(path, path.with_name("other")))
    with opened(path) as file:
        save(file, plot, adding_a_report(plot)[0])
    newer = Path(shutil.copyfile(path, path.with_name("newer")))
    expected = PlotFileFault.MOVED
    if what == "unreadable":
        expected = PlotFileFault.DAMAGED
        shutil.copyfile(newer, other)
        with outside(other, ignoring_checks=True) as conn:
            conn.execute("DROP TRIGGER edit_log_no_update")
            conn.execute("UPDATE edit_log SET at_utc = 'never' WHERE seq = 2")
    with another_process(HOLD_OPEN, str(path)) as desk, opened(path) as reader:
        known = reader.load().plot
        other.replace(path)
        told = [trouble_of(reader, known) for _ in range(3)]
        assert told == [expected] * 3, "it was not loaded"
        desk.kill()
        desk.wait()
        look = reader.look(known, NOW)
        assert (look.is_free, look.loaded) == (True, None)
        assert look.trouble is not None
        newer.replace(path)
        again = reader.look(known, NOW)
        assert again.loaded is not None
        assert again.loaded.plot == known
        assert (again.is_free, again.trouble) == (True, None)
        assert reader.look(known, NOW) == Look(is_free=True)


def test_a_reader_is_told_when_the_plot_is_free(path: Path) -> None:
    plot = closed_file(path)
    with another_process(HOLD_OPEN, str(path)) as desk, opened(path) as file:
        assert file.recovered is None
        assert file.look(plot, NOW) == Look()
        desk.kill()
        desk.wait()
        assert file.look(plot, NOW) == Look(is_free=True)
        assert file.is_read_only, "it stays what it is until it is opened again"
    with opened(path) as file:
        assert not file.is_read_only
        assert file.recovered is not None
        assert not file.recovered.had_unfinished_act
        assert file.recovered.left_by is not None
        assert file.recovered.left_by.pid == desk.pid
    with opened(path) as file:
        assert file.recovered is None


KILLED_WITHIN_AN_ACT = """
import os, sys
from pathlib import Path
from channelplot.store.geopackage import PlotFile
file = PlotFile.open(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
file._conn.execute("PRAGMA cache_size = 1")
file._conn.execute("BEGIN IMMEDIATE")
for _ in range(3):
    file._conn.execute("UPDATE tracks SET note = note || 'half'")
    file._conn.execute("UPDATE reports SET as_received = as_received || 'half'")
print("half", flush=True)
sys.stdin.read()
"""


def test_an_act_that_was_being_written_is_told_of_by_whoever_takes_it_back(path: Path) -> None:
    plot = closed_file(path)
    with another_process(KILLED_WITHIN_AN_ACT, str(path)) as desk:
        with opened(path) as reader:
            assert reader.read_only_reason is ReadOnlyReason.LOCKED
            assert desk.stdin is not None
            assert desk.stdout is not None
            desk.stdin.write("\n")
            desk.stdin.flush()
            assert desk.stdout.readline() == "half\n"
            desk.kill()
            desk.wait()
            assert reader.look(plot, NOW, is_again=True) == Look(is_free=True)
        with opened(path) as file:
            assert isinstance(file.recovered, Recovered)
            assert file.recovered.had_unfinished_act
            assert file.load().plot == plot
            assert file.look(plot, NOW) == Look()
    assert check(path) == ()


@pytest.mark.parametrize("left", ["", '{"pid": 7, "host": "other-desk", "user": "Ann"}'])
def test_a_lock_that_nobody_can_judge_is_asked_about(path: Path, left: str) -> None:
    plot = closed_file(path)
    lock = path.with_name("night.gpkg.lock")
    lock.write_text(left, "utf-8")
    os.utime(lock, (1.0, 1.0))
    with opened(path) as file:
        assert file.read_only_reason is ReadOnlyReason.LOCK_UNSURE
        assert file.locked_by is not None
        assert file.locked_by.hold is (LockHold.ELSEWHERE if left else LockHold.UNKNOWN)
        assert file.look(plot, NOW) == Look()
        lock.unlink()
        assert file.look(plot, NOW) == Look(is_free=True)
    lock.write_text(left, "utf-8")
    os.utime(lock, (1.0, 1.0))
    with closing(PlotFile.open(path, take_over=True)) as file:
        assert not file.is_read_only
        assert file.recovered is None
        save(file, plot, adding_a_report(plot)[0])
    assert names(path.parent) == ["night.gpkg"]


def test_a_journal_without_its_plot_is_no_plot(path: Path) -> None:
    path.with_name("night.gpkg-journal").write_bytes(b"half an act")
    with pytest.raises(PlotFileError) as caught:
        PlotFile.open(path)
    assert caught.value.fault is PlotFileFault.NOT_FOUND
