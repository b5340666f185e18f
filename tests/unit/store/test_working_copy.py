"""A local copy of a plot on a network: it holds everything, and nothing there is lost either."""

import errno
import json
import os
import shutil
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.store import folders
from channelplot.store.check import check
from channelplot.store.geopackage import PlotFile, ReadOnlyReason
from channelplot.store.lock import PlotLock, lock_path
from channelplot.store.published import Standing
from channelplot.store.working_copy import RECORD, WorkingCopy
from helpers.builders import at
from helpers.mounts import mounted
from helpers.networks import a_network, locked_elsewhere
from unit.store.files import (
    HOLD_LOCKED,
    acts,
    adding_a_report,
    an_act,
    another_process,
    closed_file,
    edit,
    names,
    new_file,
    no_file_larger_than,
    opened,
)

NOW = at("0500")
LATER = at("0501")


@pytest.fixture
def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return a_network(tmp_path, monkeypatch)


@pytest.fixture
def plot(network: Path) -> Path:
    """A plot in the network's folder."""
    path = network / "night.gpkg"
    closed_file(path)
    return path


@pytest.fixture
def working(tmp_path: Path) -> Path:
    """Where the local copies are."""
    return tmp_path / "working"


@pytest.fixture
def copy(plot: Path, working: Path) -> Iterator[WorkingCopy]:
    """The local copy of the plot."""
    with closing(WorkingCopy.make(plot, working, NOW, take_over=False)) as copy:
        yield copy


def has_lock(copy: WorkingCopy) -> bool:
    """Return whether the lock beside the published file says that this process has the plot."""
    path = lock_path(copy.published_path)
    return path.exists() and json.loads(path.read_text())["pid"] == os.getpid()


def plot_one(path: Path, minutes: int = 1) -> None:
    """Do one act in a plot, wherever it is."""
    with closing(PlotFile.open(path, in_any_folder=True)) as file:
        assert not file.is_read_only, file.read_only_reason
        file.save(adding_a_report(file.load().plot, minutes)[1], an_act("add_report"))


def plotted_elsewhere(path: Path, minutes: int = 9) -> None:
    """Do one act in a plot as a desk on another host does that has taken it over."""
    lock = lock_path(path)
    kept = lock.rename(path.with_name("aside")) if lock.exists() else None
    plot_one(path, minutes)
    if kept is not None:
        kept.rename(lock)


def fault_of(copy: WorkingCopy) -> PlotFileFault:
    with pytest.raises(PlotFileError) as caught:
        copy.publish(LATER)
    return caught.value.fault


def require_whole(copy: WorkingCopy) -> None:
    """What is published is the local copy as it stands, and nothing else is in the folder."""
    assert acts(copy.published_path) == acts(copy.path)
    assert check(copy.published_path) == ()
    assert not list(copy.published_path.parent.glob(".*"))


def test_a_plot_on_a_network_or_in_a_synced_folder_opens_to_read_only(
    plot: Path, tmp_path: Path
) -> None:
    with opened(plot) as file:
        assert file.read_only_reason is ReadOnlyReason.NETWORK
    assert names(plot.parent) == ["night.gpkg"], "the lock is left to whoever plots there"
    (tmp_path / "Dropbox").mkdir()
    synced = Path(shutil.copy(plot, tmp_path / "Dropbox" / "night.gpkg"))
    with opened(synced) as file:
        assert file.read_only_reason is ReadOnlyReason.SYNCED
    with closing(PlotFile.open(synced, in_any_folder=True)) as file:
        assert not file.is_read_only


def test_a_new_plot_there_opens_to_read_only(network: Path) -> None:
    with new_file(network / "new.gpkg") as file:
        assert file.read_only_reason is ReadOnlyReason.NETWORK


def test_a_local_copy_holds_the_plot_and_the_lock_beside_it(
    copy: WorkingCopy, plot: Path, working: Path
) -> None:
    assert copy.path.parent.parent == working
    assert copy.path.name == "night.gpkg"
    assert copy.published_path == plot
    assert acts(copy.path) == acts(plot) == copy.last_seq()
    assert has_lock(copy)
    assert copy.is_published()
    with opened(plot) as file:
        assert file.read_only_reason is ReadOnlyReason.LOCKED
        assert file.locked_by is not None
        assert file.locked_by.host == socket.gethostname()


def test_what_is_plotted_locally_is_published_whole(copy: WorkingCopy, plot: Path) -> None:
    plot.chmod(0o664)
    plot_one(copy.path)
    assert not copy.is_published()
    publication = copy.publish(LATER)
    assert copy.is_published()
    assert publication.seq == acts(plot) == acts(copy.path) == 2
    assert publication.at_utc == LATER
    assert plot.stat().st_mode & 0o777 == 0o664, "whoever could write to it still can"
    require_whole(copy)


def test_it_is_found_by_either_path_with_what_was_published(
    copy: WorkingCopy, plot: Path, working: Path, tmp_path: Path
) -> None:
    plot_one(copy.path)
    copy.publish(LATER)
    (tmp_path / "link").symlink_to(plot.parent)
    for path in (plot, copy.path, tmp_path / "link" / "night.gpkg"):
        found = WorkingCopy.find(path, working)
        assert found is not None
        assert found.record == copy.record
    assert WorkingCopy.find(plot.with_name("other.gpkg"), working) is None
    assert WorkingCopy.find(plot, tmp_path / "no folder") is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"published_path": 7}', "\0"])
def test_a_record_that_was_lost_loses_no_act(
    text: str, copy: WorkingCopy, plot: Path, working: Path
) -> None:
    plot_one(copy.path)
    (copy.path.parent / RECORD).write_text(text)
    copy.close()
    found = WorkingCopy.find(plot, working)
    assert found is not None
    assert found.path == copy.path
    assert not found.is_published()
    found.publish(LATER)
    assert found.published_path == plot
    require_whole(found)
    found.close()
    found.close()


def test_a_folder_that_holds_no_plot_yet_is_none(plot: Path, working: Path) -> None:
    copy = WorkingCopy.make(plot, working, NOW, take_over=False)
    copy.close()
    copy.path.unlink()
    assert WorkingCopy.find(plot, working) is None
    again = WorkingCopy.make(plot, working, NOW, take_over=False)
    assert again.path == copy.path
    again.close()


def test_a_plot_that_another_desk_has_is_not_copied(plot: Path, working: Path) -> None:
    locked_elsewhere(plot)
    with pytest.raises(PlotFileError) as caught:
        WorkingCopy.make(plot, working, NOW, take_over=False)
    assert caught.value.fault is PlotFileFault.LOCKED
    assert caught.value.detail == "dover-2"
    assert not working.exists()
    taken = WorkingCopy.make(plot, working, NOW, take_over=True)
    assert has_lock(taken)
    taken.close()
    assert names(plot.parent) == ["night.gpkg"]


def test_where_nothing_could_be_published_no_copy_is_made(
    plot: Path, working: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> PlotLock:
        raise PermissionError(errno.EACCES, "permission denied")

    monkeypatch.setattr(PlotLock, "take", refuse)
    with pytest.raises(PlotFileError) as caught:
        WorkingCopy.make(plot, working, NOW, take_over=False)
    assert caught.value.fault is PlotFileFault.READ_ONLY
    assert caught.value.path == plot
    assert not working.exists()


def test_a_full_local_disk_leaves_the_plot_to_others(plot: Path, working: Path) -> None:
    with no_file_larger_than(20_000), pytest.raises(PlotFileError) as caught:
        WorkingCopy.make(plot, working, NOW, take_over=False)
    assert caught.value.path.is_relative_to(working)
    assert WorkingCopy.find(plot, working) is None
    assert names(plot.parent) == ["night.gpkg"]


def test_a_network_that_is_away_keeps_nobody_from_plotting(copy: WorkingCopy, plot: Path) -> None:
    away = plot.parent.rename(plot.parent.with_name("away"))
    for minutes in (1, 2):
        plot_one(copy.path, minutes)
        assert fault_of(copy) is PlotFileFault.FOLDER_MISSING
    with pytest.raises(PlotFileError) as caught:
        copy.standing()
    assert caught.value.fault is PlotFileFault.FOLDER_MISSING
    away.rename(plot.parent)
    assert copy.publish(LATER).seq == 3
    assert has_lock(copy)
    require_whole(copy)


def test_the_empty_folder_that_a_network_is_mounted_on_is_not_published_to(
    copy: WorkingCopy, plot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plot_one(copy.path)
    away = plot.parent.rename(plot.parent.with_name("away"))
    plot.parent.mkdir()
    with monkeypatch.context() as patched:
        patched.setattr(folders, "MOUNT_TABLE", mounted(away.with_name("none"), {"/": "ext4"}))
        assert fault_of(copy) is PlotFileFault.FOLDER_MISSING
        assert names(plot.parent) == []
    plot.parent.rmdir()
    away.rename(plot.parent)
    copy.publish(LATER)
    require_whole(copy)


def test_a_disk_that_is_full_there_leaves_what_was_published(
    copy: WorkingCopy, plot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plot_one(copy.path)
    before = plot.read_bytes()

    def full(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:5_000])
        raise OSError(errno.ENOSPC, "no space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copyfile", full)
        assert fault_of(copy) is PlotFileFault.FULL
    assert plot.read_bytes() == before
    assert not list(plot.parent.glob(".*"))
    copy.publish(LATER)
    require_whole(copy)


def test_a_network_that_changes_what_is_sent_is_noticed(
    copy: WorkingCopy, plot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plot_one(copy.path)
    before = plot.read_bytes()

    def spoil(source: Path, target: Path) -> None:
        data = bytearray(source.read_bytes())
        data[5_000] ^= 1
        target.write_bytes(data)

    monkeypatch.setattr(shutil, "copyfile", spoil)
    assert fault_of(copy) is PlotFileFault.INPUT_OUTPUT
    assert plot.read_bytes() == before


def test_what_another_desk_has_taken_over_is_left_to_it(copy: WorkingCopy, plot: Path) -> None:
    plot_one(copy.path)
    lock = locked_elsewhere(plot)
    assert fault_of(copy) is PlotFileFault.LOCKED
    assert not has_lock(copy)
    assert lock.exists(), "the other's lock is not ours to remove"
    assert acts(plot) == 1
    lock.unlink()
    copy.publish(LATER)
    assert has_lock(copy)
    require_whole(copy)


def test_a_lock_that_nobody_has_any_more_is_taken_over_when_somebody_says_so(
    copy: WorkingCopy, plot: Path
) -> None:
    plot_one(copy.path)
    locked_elsewhere(plot)
    copy.publish(LATER, take_over=True)
    require_whole(copy)
    assert has_lock(copy)


def test_a_published_file_that_was_removed_is_published_again(
    copy: WorkingCopy, plot: Path
) -> None:
    plot_one(copy.path)
    plot.unlink()
    assert copy.standing() is Standing.ABSENT
    copy.publish(LATER)
    require_whole(copy)


def test_a_published_file_that_was_only_touched_is_ours_still(
    copy: WorkingCopy, plot: Path
) -> None:
    plot_one(copy.path)
    os.utime(plot)
    assert copy.standing() is Standing.BEHIND
    copy.publish(LATER)
    assert copy.record.kept_apart is None
    require_whole(copy)


def test_an_older_publication_that_came_back_is_replaced(
    copy: WorkingCopy, plot: Path, tmp_path: Path
) -> None:
    older = shutil.copy(plot, tmp_path / "older")
    plot_one(copy.path)
    copy.publish(LATER)
    plot_one(copy.path, 2)
    shutil.copy(older, plot)
    assert copy.standing() is Standing.BEHIND
    copy.publish(LATER)
    require_whole(copy)


def test_a_published_file_that_went_on_by_itself_is_kept_and_so_is_ours(
    copy: WorkingCopy, plot: Path, working: Path
) -> None:
    plot_one(copy.path)
    copy.publish(LATER)
    plotted_elsewhere(plot)
    theirs = plot.read_bytes()
    plot_one(copy.path, 2)
    assert copy.standing() is Standing.APART
    copy.publish(LATER)
    host = socket.gethostname()
    assert copy.published_path == plot.with_name(f"night from {host}.gpkg")
    assert copy.record.kept_apart == plot
    assert plot.read_bytes() == theirs, "not a byte of theirs has changed"
    require_whole(copy)
    assert WorkingCopy.find(plot, working) is None, "theirs is anybody's"
    found = WorkingCopy.find(copy.published_path, working)
    assert found is not None
    assert found.record == copy.record
    plot_one(copy.path, 3)
    copy.publish(LATER)
    require_whole(copy)
    # Another local copy of theirs has a folder of its own, and a name of its own beside it.
    with closing(WorkingCopy.make(plot, working, NOW, take_over=False)) as second:
        assert second.path.parent != copy.path.parent
        plot_one(second.path, 4)
        plotted_elsewhere(plot, 5)
        second.publish(LATER)
        assert second.published_path == plot.with_name(f"night from {host} 2.gpkg")
        require_whole(second)
    require_whole(copy)


def test_it_is_kept_apart_while_the_other_desk_still_has_it(copy: WorkingCopy, plot: Path) -> None:
    plotted_elsewhere(plot)
    lock = locked_elsewhere(plot)
    plot_one(copy.path)
    copy.publish(LATER)
    assert copy.record.kept_apart == plot
    assert lock.exists()
    require_whole(copy)


@pytest.mark.parametrize("content", [b"no plot at all", b""])
def test_what_is_no_plot_is_left_alone(content: bytes, copy: WorkingCopy, plot: Path) -> None:
    plot_one(copy.path)
    plot.write_bytes(content)
    copy.publish(LATER)
    assert plot.read_bytes() == content
    assert copy.record.kept_apart == plot
    require_whole(copy)


def test_a_name_beside_it_that_another_desk_has_is_tried_again(
    copy: WorkingCopy, plot: Path
) -> None:
    plotted_elsewhere(plot)
    plot_one(copy.path)
    lock = locked_elsewhere(plot.with_name(f"night from {socket.gethostname()}.gpkg"))
    assert fault_of(copy) is PlotFileFault.LOCKED
    assert copy.published_path == plot, "nothing has been decided yet"
    lock.unlink()
    copy.publish(LATER)
    require_whole(copy)


def test_a_record_that_cannot_be_written_keeps_ours_from_parting(
    copy: WorkingCopy, plot: Path
) -> None:
    plotted_elsewhere(plot)
    plot_one(copy.path)
    (copy.path.parent / f"{RECORD}.part").mkdir()
    with pytest.raises(PlotFileError):
        copy.publish(LATER)
    assert copy.published_path == plot
    assert [name for name in names(plot.parent) if " from " in name] == []
    (copy.path.parent / f"{RECORD}.part").rmdir()
    copy.publish(LATER)
    require_whole(copy)


def test_a_publication_is_one_even_if_it_is_not_remembered(
    copy: WorkingCopy, plot: Path, working: Path
) -> None:
    plot_one(copy.path)
    (copy.path.parent / f"{RECORD}.part").mkdir()
    copy.publish(LATER)
    require_whole(copy)
    copy.close()
    (copy.path.parent / f"{RECORD}.part").rmdir()
    found = WorkingCopy.find(plot, working)
    assert found is not None
    with closing(found):
        assert not found.is_published()
        assert found.standing() is Standing.BEHIND, "the logs tell"
        found.publish(LATER)
        require_whole(found)


def test_a_desk_killed_after_it_parted_does_not_take_theirs_for_its_own(
    copy: WorkingCopy, plot: Path, working: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plotted_elsewhere(plot)
    plot_one(copy.path)

    def gone(_: Path, __: Path) -> None:
        raise OSError(errno.EIO, "the network is gone")

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copyfile", gone)
        assert fault_of(copy) is PlotFileFault.INPUT_OUTPUT
    copy.close()
    assert WorkingCopy.find(plot, working) is None
    found = WorkingCopy.find(copy.path, working)
    assert found is not None
    with closing(found):
        assert found.record.publication is None
        found.publish(LATER)
        assert found.record.kept_apart == plot
        require_whole(found)


def test_a_published_file_that_has_all_of_ours_and_more_is_fetched(
    copy: WorkingCopy, plot: Path
) -> None:
    plot_one(copy.path)
    copy.publish(LATER)
    plotted_elsewhere(plot)
    assert copy.standing() is Standing.AHEAD
    copy.fetch(LATER)
    assert acts(copy.path) == acts(plot) == 3
    assert copy.is_published()
    assert copy.standing() is Standing.BEHIND


def test_a_desk_that_has_begun_does_not_publish_over_more_than_its_own(
    copy: WorkingCopy, plot: Path
) -> None:
    plotted_elsewhere(plot)
    assert copy.standing() is Standing.AHEAD
    copy.publish(LATER)
    assert acts(plot) == 2
    assert copy.record.kept_apart == plot


@pytest.mark.parametrize(("edited", "expected"), [("theirs", "ahead"), ("both", "apart")])
def test_edits_that_no_log_tells_of_are_not_lost(
    edited: str, expected: str, copy: WorkingCopy, plot: Path
) -> None:
    edit(plot, "UPDATE reports SET source_name = 'GIS' WHERE fid = 1")
    if edited == "both":
        edit(copy.path, "UPDATE reports SET source_name = 'here' WHERE fid = 1")
    assert copy.standing() == expected
    plot_one(copy.path)
    assert copy.standing() is Standing.APART
    theirs = plot.read_bytes()
    copy.publish(LATER)
    assert plot.read_bytes() == theirs


def test_a_log_that_says_something_else_than_rows_is_not_ours(
    copy: WorkingCopy, plot: Path
) -> None:
    edit(plot, "UPDATE edit_log SET after = '[]'")
    assert copy.standing() is Standing.APART


def test_a_local_copy_that_is_damaged_is_not_published(copy: WorkingCopy, plot: Path) -> None:
    before = plot.read_bytes()
    os.utime(plot)
    shutil.copyfile(plot, plot.with_name("same"))
    plot.with_name("same").replace(plot)
    data = bytearray(copy.path.read_bytes())
    data[100:3_000] = bytes(2_900)
    copy.path.write_bytes(data)
    with pytest.raises(PlotFileError) as caught:
        copy.publish(LATER)
    assert caught.value.path.name == "night.gpkg"
    assert plot.read_bytes() == before


def test_a_journal_that_a_killed_writer_left_there_is_not_played_into_ours(
    copy: WorkingCopy, plot: Path, tmp_path: Path
) -> None:
    journal = plot.with_name("night.gpkg-journal")
    with closing(sqlite3.connect(plot, isolation_level=None)) as conn:
        conn.execute("PRAGMA cache_size = 1")
        conn.execute("BEGIN IMMEDIATE")
        conn.execute("CREATE TABLE filler (x)")
        conn.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
            " INSERT INTO filler SELECT randomblob(200) FROM n"
        )
        kept = shutil.copy(plot, tmp_path / "half"), shutil.copy(journal, tmp_path / "hot")
    shutil.copy(kept[0], plot)
    shutil.copy(kept[1], journal)
    plot_one(copy.path)
    assert copy.standing() is Standing.BEHIND
    copy.publish(LATER)
    assert not journal.exists()
    require_whole(copy)


def test_a_write_ahead_log_that_was_left_there_is_settled_first(
    copy: WorkingCopy, plot: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(plot, isolation_level=None)) as conn:
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("UPDATE app_meta SET value = value")
        kept = [
            (path, shutil.copy(path, tmp_path / path.name))
            for path in (plot, plot.with_name("night.gpkg-wal"))
        ]
    for path, saved in kept:
        shutil.copy(saved, path)
    plot_one(copy.path)
    with pytest.raises(PlotFileError):
        copy.publish(LATER)  # it has changed in between
    assert names(plot.parent) == ["night.gpkg", "night.gpkg.lock"]
    copy.publish(LATER)
    require_whole(copy)


def test_what_another_program_has_open_for_writing_waits(copy: WorkingCopy, plot: Path) -> None:
    plot_one(copy.path)
    with closing(sqlite3.connect(plot, isolation_level=None)) as conn:
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("UPDATE app_meta SET value = value")
        assert fault_of(copy) is PlotFileFault.LOCKED
    plot_one(copy.path, 2)
    with pytest.raises(PlotFileError):
        copy.publish(LATER)  # its journal was settled just now
    copy.publish(LATER)
    assert copy.published_path == plot
    require_whole(copy)


def test_a_file_that_changes_while_it_is_sent_is_not_replaced(
    copy: WorkingCopy, plot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plot_one(copy.path)
    send = shutil.copyfile

    def change(source: Path, target: Path) -> None:
        send(source, target)
        edit(plot, "UPDATE reports SET source_name = 'GIS' WHERE fid = 1")

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copyfile", change)
        assert fault_of(copy) is PlotFileFault.LOCKED
    copy.publish(LATER)
    assert copy.record.kept_apart == plot
    require_whole(copy)


def test_a_local_copy_that_another_program_writes_to_is_published_later(
    copy: WorkingCopy, plot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plot_one(copy.path)
    monkeypatch.setattr("channelplot.store.connection.BUSY_TIMEOUT_S", 0.05)
    with another_process(HOLD_LOCKED, str(copy.path)):
        assert fault_of(copy) is PlotFileFault.LOCKED
    copy.publish(LATER)
    require_whole(copy)


def test_what_a_killed_publication_left_there_is_replaced(copy: WorkingCopy, plot: Path) -> None:
    plot_one(copy.path)
    left = plot.with_name(f".night.gpkg.{copy.path.parent.name}.part")
    left.write_bytes(b"half of it")
    (copy.path.parent / "outgoing").mkdir()
    (copy.path.parent / "outgoing" / "night.gpkg").write_bytes(b"half of it")
    copy.publish(LATER)
    require_whole(copy)
    assert list((copy.path.parent / "outgoing").iterdir()) == []
