"""What becomes of an open plot that another program writes over, or builds otherwise."""

import logging
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from channelplot.commands.log_lines import add_log_line
from channelplot.document.document import Document
from channelplot.document.opening import document_of
from channelplot.document.writer import InlineWriter
from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.model.plot import Plot
from channelplot.store.backing_up import finish_backup
from channelplot.store.backups import backups_of, contents_of
from channelplot.store.check import check
from channelplot.store.closed_file import loaded_from
from channelplot.store.geopackage import PlotFile
from channelplot.store.outside import Look
from channelplot.store.stamp import stamp_of
from helpers.builders import a_log_line, at
from helpers.clock import FixedClock
from unit.store.files import (
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
)

NOW = at("0600")
Fault = PlotFileFault


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "night.gpkg"


def write_over(path: Path, content: bytes) -> None:
    """Write other bytes into a file, which stays where it is, as ``cp`` does."""
    with path.open("r+b") as file:
        file.write(content)
        file.truncate()


def fault_of_looking(file: PlotFile, known: Plot) -> PlotFileFault:
    with pytest.raises(PlotFileError) as caught:
        file.look(known, NOW)
    return caught.value.fault


def fault_of_copying(file: PlotFile, copy: Path) -> PlotFileFault:
    with pytest.raises(PlotFileError) as caught:
        file.copy_to(copy)
    assert not copy.exists()
    return caught.value.fault


def other_plot(path: Path) -> bytes:
    other = path.with_name("other.gpkg")
    closed_file(other)
    content = other.read_bytes()
    other.unlink()
    return content


@pytest.mark.parametrize("what", ["older self", "another plot"])
def test_neither_a_copy_nor_a_backup_is_made_of_what_was_written_over_it(
    path: Path, tmp_path: Path, what: str
) -> None:
    plot = closed_file(path)
    content = path.read_bytes() if what == "older self" else other_plot(path)
    with opened(path) as file:
        assert file.load().plot == plot
        new, change = adding_a_report(plot)
        file.save(change, an_act("add_report"))
        whole = path.read_bytes()
        write_over(path, content)
        assert fault_of_copying(file, tmp_path / "copy.gpkg") is Fault.MOVED
        with pytest.raises(PlotFileError) as caught:
            file.back_up(lambda: False)
        assert caught.value.fault is Fault.MOVED
        assert fault_of_looking(file, new) is Fault.MOVED
        assert fault_of_saving(file, new) is Fault.MOVED
        assert path.read_bytes() == content
        write_over(path, whole)
        save(file, new, adding_a_report(new, 2)[0])
        draft = file.back_up(lambda: False)
        assert draft is not None
        assert contents_of(finish_backup(draft, path, NOW, None).backup).acts == 3
        file.copy_to(tmp_path / "copy.gpkg")
    assert len(backups_of(path)) == 1
    assert acts(tmp_path / "copy.gpkg") == 3


def test_save_a_copy_has_every_report_that_was_called_saved(
    path: Path, tmp_path: Path, clock: FixedClock
) -> None:
    closed_file(path)
    older = path.read_bytes()
    document = document_of(PlotFile.open(path), writer=InlineWriter(), clock=clock, operator="Ann")
    document.apply(add_log_line(a_log_line()))
    assert document.save_state.pending == 0
    write_over(path, older)
    document.apply(add_log_line(a_log_line()))
    assert document.save_state.pending == 1
    document.save_copy(tmp_path / "copy.gpkg")
    assert loaded_from(tmp_path / "copy.gpkg").plot == document.plot
    assert check(tmp_path / "copy.gpkg") == ()
    document.close()


def test_what_was_written_over_it_with_the_same_counter_is_seen(path: Path) -> None:
    plot = closed_file(path)
    other = Path(shutil.copyfile(path, path.with_name("other.gpkg")))
    with opened(path) as file, opened(other) as another:
        assert (file.load().plot, another.load().plot) == (plot, plot)
        known = {}
        for each in (file, another):
            known[each] = plot
            for minutes in range(1, 12):
                known[each], change = adding_a_report(known[each], minutes)
                each.save(change, an_act("add_report"))
        content = other.read_bytes()
        assert path.read_bytes()[24:40] == content[24:40], "SQLite can't tell"
        write_over(path, content)
        assert fault_of_looking(file, known[file]) is Fault.MOVED
        assert fault_of_saving(file, known[file]) is Fault.MOVED
    assert check(path) == ()
    assert loaded_from(path).plot == known[another]


def test_a_file_that_was_only_touched_is_gone_on_with(path: Path) -> None:
    with new_file(path) as file:
        known = file.load().plot
        assert file.look(known, NOW) == Look()
        os.utime(path)
        look = file.look(known, NOW)
        assert look.logged is None
        assert look.loaded is not None
        assert look.loaded.plot == known
        assert file.look(known, NOW) == Look()
        os.utime(path)
        new, change = adding_a_report(known)
        assert file.save(change, an_act("add_report")).seq == 2
        assert file.load().plot == new
    assert check(path) == ()


def test_what_is_no_database_any_more_is_told(path: Path) -> None:
    with new_file(path) as file:
        known = file.load().plot
        content = path.read_bytes()
        write_over(path, b"no plot" * 2000)
        assert fault_of_saving(file, known) is Fault.NOT_GEOPACKAGE
        write_over(path, content)
        assert file.save(adding_a_report(known)[1], an_act()).seq == 2


def test_what_is_not_there_has_no_stamp(path: Path) -> None:
    assert stamp_of(path) is None
    path.write_bytes(b"1234")
    stamp = stamp_of(path)
    assert stamp is not None
    assert stamp[0] == 4


HOSTILE = (
    "CREATE TRIGGER theirs AFTER INSERT ON reports BEGIN"
    " UPDATE reports SET people_total = 1 WHERE uid = NEW.uid; END",
    "CREATE TRIGGER theirs BEFORE INSERT ON reports BEGIN SELECT RAISE(ABORT, 'no'); END",
    "CREATE VIEW theirs AS SELECT * FROM reports",
    "PRAGMA user_version = 99999",
)
UNDONE = (
    "DROP TRIGGER theirs",
    "DROP TRIGGER theirs",
    "DROP VIEW theirs",
    "PRAGMA user_version = 10400",
)


@pytest.mark.parametrize(("does", "undoes"), [*zip(HOSTILE, UNDONE, strict=True)])
def test_what_another_program_builds_into_it_is_refused_while_it_is_there(
    path: Path, tmp_path: Path, does: str, undoes: str
) -> None:
    with new_file(path) as file:
        known = file.load().plot
        assert file.look(known, NOW) == Look()
        with outside(path) as other:
            other.execute(does)
        assert fault_of_saving(file, known) is Fault.FOREIGN
        assert fault_of_looking(file, known) is Fault.FOREIGN
        assert fault_of_looking(file, known) is Fault.FOREIGN, "as long as it is there"
        assert fault_of_copying(file, tmp_path / "copy.gpkg") is Fault.FOREIGN
        assert acts(path) == 1
        with outside(path) as other:
            other.execute(undoes)
        new, change = adding_a_report(known)
        assert file.save(change, an_act("add_report")).seq == 2
        look = file.look(new, NOW)
        assert look.loaded is None or look.loaded.plot == new
        file.copy_to(tmp_path / "copy.gpkg")
    assert check(path) == ()


@pytest.mark.parametrize(
    ("does", "undoes"),
    [
        ("UPDATE app_meta SET value = '99' WHERE key = 'schema_version'", None),
        ("UPDATE app_meta SET value = '1' WHERE key = 'schema_version'", None),
        ("DELETE FROM app_meta", None),
        ("ALTER TABLE reports RENAME COLUMN caller TO called", None),
        ("DROP TABLE log_lines", None),
    ],
)
def test_a_plot_that_is_one_no_more_is_neither_saved_to_nor_copied(
    path: Path, tmp_path: Path, does: str, undoes: None
) -> None:
    with new_file(path) as file:
        known = file.load().plot
        content = path.read_bytes()
        with outside(path) as other:
            other.execute(does)
        assert fault_of_looking(file, known) is Fault.DAMAGED
        assert fault_of_saving(file, known) is Fault.DAMAGED
        assert fault_of_copying(file, tmp_path / "copy.gpkg") is Fault.DAMAGED
        assert acts(path) == 1
        write_over(path, content)
        assert file.save(adding_a_report(known)[1], an_act()).seq == 2


@pytest.fixture
def document(path: Path, clock: FixedClock) -> Iterator[Document]:
    closed_file(path)
    document = document_of(PlotFile.open(path), writer=InlineWriter(), clock=clock, operator="Ann")
    yield document
    document.close()


def test_an_act_that_breaks_a_rule_of_another_program_stays_here_and_goes_into_a_copy(
    document: Document,
    path: Path,
    tmp_path: Path,
    expected_warnings: list[logging.LogRecord],
) -> None:
    document.apply(add_log_line(a_log_line()))
    with outside(path) as other:
        other.execute("CREATE UNIQUE INDEX theirs ON edit_log (operator)")
    document.apply(add_log_line(a_log_line()))
    document.retry()
    failure = document.save_state.failure
    assert isinstance(failure, PlotFileError)
    assert failure.fault is Fault.FOREIGN
    assert isinstance(failure.__cause__, sqlite3.IntegrityError)
    assert document.save_state.pending == 1
    (told,) = expected_warnings
    assert (told.levelno, "SQLITE_CONSTRAINT_UNIQUE" in told.getMessage()) == (logging.ERROR, True)
    document.save_copy(tmp_path / "copy.gpkg")
    assert loaded_from(tmp_path / "copy.gpkg").plot == document.plot
    assert check(tmp_path / "copy.gpkg") == ()
    with outside(path) as other:
        other.execute("DROP INDEX theirs")
    document.retry()
    assert document.save_state.pending == 0
    assert loaded_from(path).plot == document.plot


def test_what_it_refuses_while_another_commits_it_is_refused_too(path: Path) -> None:
    """A foreign key that is looked at only when the act is committed."""
    with new_file(path) as file:
        known = file.load().plot
        with outside(path) as other:
            other.execute(
                "INSERT INTO reports (track_uid, kind) VALUES ('no such track', 'position')"
            )
        look = file.look(known, NOW)
        assert look.loaded is not None
        assert look.loaded.plot.unattributed[-1].track_uid is None
        assert rows(path, "SELECT count(*) FROM reports WHERE track_uid = 'no such track'") == [
            (0,)
        ]
