import json
import os
import shutil
import socket
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.model.plot import Plot
from channelplot.store.check import check
from channelplot.store.geopackage import PlotFile, ReadOnlyReason
from channelplot.store.lock import LockHolder, PlotLock
from channelplot.store.outside import Look
from helpers.builders import at
from unit.store.files import (
    HOLD_LOCKED,
    HOLD_OPEN,
    a_plot,
    acts,
    adding_a_report,
    an_act,
    another_process,
    closed_file,
    fault_of_saving,
    names,
    new_file,
    no_file_larger_than,
    opened,
    outside,
    rows,
    save,
    unprivileged,
)

Fault = PlotFileFault


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "night.gpkg"


# ------------------------------------------------------------------------------- create


def test_a_new_plot_stands_alone_when_it_is_closed(path: Path) -> None:
    with new_file(path) as file:
        assert file.path == path
        assert not file.is_read_only
        assert file.read_only_reason is None
        assert names(path.parent) == ["night.gpkg", "night.gpkg.lock"]
    assert names(path.parent) == ["night.gpkg"]
    assert check(path) == ()


def test_a_new_plot_has_the_rights_that_the_desk_gives_its_files(path: Path) -> None:
    mask = os.umask(0o002)
    try:
        closed_file(path)
    finally:
        os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o664


@pytest.mark.parametrize("there", ["a file", "a plot", "a folder", "a link to nothing"])
def test_what_is_there_already_is_left_alone(path: Path, there: str) -> None:
    match there:
        case "a file":
            path.write_text("notes", "utf-8")
        case "a plot":
            closed_file(path)
        case "a folder":
            path.mkdir()
        case "a link to nothing":
            path.symlink_to("missing")
    before = path.lstat()
    with pytest.raises(PlotFileError) as caught:
        PlotFile.create(path, Plot(), an_act())
    assert caught.value.fault is Fault.EXISTS
    assert path.lstat() == before
    assert names(path.parent) == ["night.gpkg"]


def test_who_comes_second_to_a_name_finds_it_taken(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.link

    def somebody_is_faster(source: Path, target: Path) -> None:
        target.write_text("theirs", "utf-8")
        real(source, target)

    monkeypatch.setattr(os, "link", somebody_is_faster)
    with pytest.raises(PlotFileError) as caught:
        PlotFile.create(path, Plot(), an_act())
    assert caught.value.fault is Fault.EXISTS
    assert path.read_text("utf-8") == "theirs"


def no_links(source: Path, target: Path) -> None:
    raise PermissionError(1, "Operation not permitted")


def test_a_disk_without_hard_links_takes_a_plot_too(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", no_links)
    plot = closed_file(path)
    with opened(path) as file:
        assert file.load().plot == plot
    with pytest.raises(PlotFileError) as caught:
        PlotFile.create(path, Plot(), an_act())
    assert caught.value.fault is Fault.EXISTS


def test_a_folder_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    for folder in ("missing", "file"):
        (tmp_path / "file").touch()
        with pytest.raises(PlotFileError) as caught:
            PlotFile.create(tmp_path / folder / "night.gpkg", Plot(), an_act())
        assert caught.value.fault is Fault.FOLDER_MISSING


def test_a_plot_cannot_be_made_in_a_folder_that_is_not_ours(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    with unprivileged(), pytest.raises(PlotFileError) as caught:
        PlotFile.create(open_folder / "night.gpkg", Plot(), an_act())
    assert caught.value.fault is Fault.READ_ONLY
    assert names(open_folder) == []


def test_a_creation_on_a_full_disk_leaves_nothing(path: Path) -> None:
    with no_file_larger_than(100_000), pytest.raises(PlotFileError) as caught:
        PlotFile.create(path, a_plot(), an_act())
    assert caught.value.fault in {Fault.FULL, Fault.INPUT_OUTPUT}
    assert names(path.parent) == []


# ------------------------------------------------------------------------- open to read


def test_a_second_opener_gets_the_plot_to_read_and_is_told_who_has_it(path: Path) -> None:
    plot = closed_file(path)
    with another_process(HOLD_OPEN, str(path)) as desk:
        with opened(path) as file:
            assert file.is_read_only
            assert file.read_only_reason is ReadOnlyReason.LOCKED
            assert file.locked_by is not None
            assert file.locked_by.pid == desk.pid
            assert file.load().plot == plot
        assert names(path.parent) == ["night.gpkg", "night.gpkg.lock"]
        desk.kill()
        desk.wait()
        with opened(path) as file:
            assert not file.is_read_only
            save(file, plot, adding_a_report(plot)[0])


def test_a_second_opener_sees_what_the_first_saves(path: Path) -> None:
    plot = a_plot()
    with new_file(path, plot) as first, opened(path) as second:
        known = second.load().plot
        assert known == plot
        assert second.look(known, at("0501")) == Look()
        new, change = adding_a_report(plot)
        first.save(change, an_act())
        loaded = second.look(known, at("0502")).loaded
        assert loaded is not None
        assert loaded.plot == new
        assert [act.label for act in loaded.acts] == ["new_plot", "new_plot"]
        assert second.look(loaded.plot, at("0503")) == Look()
        assert first.look(new, at("0504")) == Look(), "our own acts are no news"


def test_a_file_that_may_not_be_written_opens_to_read(open_folder: Path) -> None:
    path = open_folder / "night.gpkg"
    plot = closed_file(path)
    path.chmod(0o444)
    with unprivileged(), opened(path) as file:
        assert file.read_only_reason is ReadOnlyReason.FILE
        assert file.load().plot == plot
        assert names(open_folder) == ["night.gpkg"], "no lock is kept"


@pytest.mark.parametrize("is_lock_left", [False, True])
def test_a_folder_that_may_not_be_written_opens_its_plot_to_read(
    open_folder: Path, is_lock_left: bool
) -> None:
    path = open_folder / "night.gpkg"
    plot = closed_file(path)
    path.chmod(0o666)
    if is_lock_left:
        left = {"pid": 1, "host": socket.gethostname(), "user": "earlier"}
        path.with_name("night.gpkg.lock").write_text(json.dumps(left), "utf-8")
        path.with_name("night.gpkg.lock").chmod(0o666)
    open_folder.chmod(0o555)
    with unprivileged(), opened(path) as file:
        assert file.read_only_reason is ReadOnlyReason.FOLDER
        assert file.load().plot == plot
    assert check(path) == ()


def test_opening_changes_neither_the_bytes_nor_the_time_of_a_file(path: Path) -> None:
    closed_file(path)
    before = path.read_bytes(), path.stat().st_mtime_ns
    with opened(path) as file:
        file.load()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_a_plot_that_is_in_use_elsewhere_just_now_opens_to_write(path: Path) -> None:
    plot = closed_file(path)
    with outside(path) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("channelplot.store.connection.BUSY_TIMEOUT_S", 0.05)
            file = PlotFile.open(path)
        with closing(file):
            assert not file.is_read_only
            assert fault_of_saving(file, plot) is Fault.LOCKED
            other.execute("ROLLBACK")
            save(file, plot, adding_a_report(plot)[0])


def test_a_file_that_goes_while_it_is_opened_leaves_no_lock(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed_file(path)
    real = PlotLock.take

    def gone(plot_path: Path, *, take_over: bool) -> PlotLock | LockHolder:
        lock = real(plot_path, take_over=take_over)
        path.unlink()
        return lock

    monkeypatch.setattr(PlotLock, "take", gone)
    with pytest.raises(PlotFileError) as caught:
        PlotFile.open(path)
    assert caught.value.fault is Fault.NOT_FOUND
    assert names(path.parent) == []


def test_a_plot_that_cannot_even_be_read_just_now_is_told_of_as_locked(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed_file(path)
    monkeypatch.setattr("channelplot.store.connection.BUSY_TIMEOUT_S", 0.05)
    with another_process(HOLD_LOCKED, str(path)), pytest.raises(PlotFileError) as caught:
        PlotFile.open(path)
    assert caught.value.fault is Fault.LOCKED
    assert names(path.parent) == ["night.gpkg"]


def test_an_opening_that_fails_at_its_end_leaves_no_lock(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed_file(path)
    real = PlotFile._read_data_version

    def cut_short(file: PlotFile) -> int:
        os.truncate(path, 4096)
        return real(file)

    monkeypatch.setattr(PlotFile, "_read_data_version", cut_short)
    with pytest.raises(PlotFileError) as caught:
        PlotFile.open(path)
    assert caught.value.fault is Fault.DAMAGED
    assert names(path.parent) == ["night.gpkg"]


@pytest.mark.parametrize("what", ["the schema", "the first table that is written to"])
def test_a_file_that_is_damaged_while_it_is_opened_leaves_no_lock(
    path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    closed_file(path)
    ((page,),) = rows(path, "SELECT rootpage FROM sqlite_master WHERE name = 'app_meta'")
    real = PlotLock.take

    def damaged(plot_path: Path, *, take_over: bool) -> PlotLock | LockHolder:
        with path.open("r+b") as content:
            content.seek(100 if what == "the schema" else (page - 1) * 4096)
            content.write(b"\xff" * 100)
        return real(plot_path, take_over=take_over)

    monkeypatch.setattr(PlotLock, "take", damaged)
    with pytest.raises(PlotFileError) as caught:
        PlotFile.open(path)
    assert caught.value.fault is Fault.DAMAGED
    assert names(path.parent) == ["night.gpkg"]


# -------------------------------------------------------------------- others, and threads


def test_a_file_left_in_write_ahead_mode_is_single_after_it_is_closed(path: Path) -> None:
    with new_file(path) as file:
        file._conn.execute("PRAGMA journal_mode = WAL")
        plot = file.load().plot
        save(file, plot, adding_a_report(plot)[0])
        assert "night.gpkg-wal" in names(path.parent)
    assert names(path.parent) == ["night.gpkg"]
    assert rows(path, "PRAGMA journal_mode") == [("delete",)]


def test_one_thread_loads_and_another_saves(path: Path) -> None:
    plot = a_plot()
    with new_file(path, plot) as file:
        writer = threading.Thread(target=lambda: save(file, plot, adding_a_report(plot)[0]))
        writer.start()
        writer.join()
    assert acts(path) == 2


def test_closing_twice_is_closing_once(path: Path) -> None:
    file = PlotFile.create(path, Plot(), an_act())
    file.close()
    with opened(path) as other:
        file.close()
        assert not other.is_read_only
        assert "night.gpkg.lock" in names(path.parent)


def test_closing_a_plot_that_is_gone_is_no_fault(tmp_path: Path) -> None:
    folder = tmp_path / "usb"
    folder.mkdir()
    with new_file(folder / "night.gpkg") as file:
        file._conn.execute("PRAGMA journal_mode = WAL")
        shutil.rmtree(folder)
    assert not folder.exists(), "and nothing is made anew in its place"
