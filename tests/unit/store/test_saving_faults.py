"""What becomes of an act when the disk, another program or the file is at fault."""

import os
import sqlite3
from pathlib import Path

import pytest

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.model.change import Change
from channelplot.model.plot import Plot
from channelplot.store.act import ActRecord
from channelplot.store.check import check
from channelplot.store.geopackage import PlotFile
from channelplot.store.log import LoggedAct
from channelplot.store.save import write_act
from unit.store.files import (
    HOLD_LOCKED,
    a_plot,
    acts,
    adding_a_report,
    an_act,
    another_process,
    closed_file,
    fault_of_saving,
    new_file,
    no_file_larger_than,
    opened,
    save,
    unprivileged,
)

Fault = PlotFileFault


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "night.gpkg"


def test_a_plot_that_another_program_holds_is_saved_to_when_it_lets_go(path: Path) -> None:
    plot = a_plot()
    with new_file(path, plot) as file:
        file._conn.execute("PRAGMA busy_timeout = 50")
        with another_process(HOLD_LOCKED, str(path)):
            assert fault_of_saving(file, plot) is Fault.LOCKED
            with pytest.raises(PlotFileError) as caught:
                file.load()
            assert caught.value.fault is Fault.LOCKED
        save(file, plot, adding_a_report(plot)[0])
    assert acts(path) == 2


def fill_up(plot: Plot, file: PlotFile) -> tuple[Plot, PlotFileFault, Plot, Change]:
    """Save until it no longer goes.

    Returns the plot that is on disk, why it stopped, and the plot and change that did not fit.
    """
    for number in range(500):
        new, change = adding_a_report(plot, number)
        try:
            file.save(change, an_act())
        except PlotFileError as error:
            return plot, error.fault, new, change
        plot = new
    raise AssertionError("the disk never was full")


def test_on_a_full_disk_nothing_is_lost_and_work_goes_on_when_there_is_room(path: Path) -> None:
    with new_file(path) as file:
        full = file._conn.execute("PRAGMA page_count").fetchone()[0] + 2
        file._conn.execute(f"PRAGMA max_page_count = {full}")
        plot, fault, _, _ = fill_up(file.load().plot, file)
        assert fault is Fault.FULL
        assert file.load().plot == plot
        file._conn.execute("PRAGMA max_page_count = 100000")
        new, change = adding_a_report(plot, 600)
        file.save(change, an_act())
        assert file.load().plot == new
    assert check(path) == ()


def test_when_files_can_grow_no_more_nothing_is_lost_and_work_goes_on_afterwards(
    path: Path,
) -> None:
    with new_file(path) as file:
        with no_file_larger_than(path.stat().st_size + 8192):
            plot, fault, _, _ = fill_up(file.load().plot, file)
        assert fault is Fault.INPUT_OUTPUT
        assert file.load().plot == plot
        new, change = adding_a_report(plot, 600)
        file.save(change, an_act())
        assert file.load().plot == new
    assert check(path) == ()


def test_a_disk_that_is_really_full_loses_nothing_and_takes_the_rest_when_there_is_room(
    small_disk: Path, tmp_path: Path
) -> None:
    path = small_disk / "night.gpkg"
    filler = small_disk / "filler"
    filler.write_bytes(bytes(80_000))
    with new_file(path) as file:
        plot, fault, new, change = fill_up(file.load().plot, file)
        assert fault is Fault.FULL
        assert file.load().plot == plot
        act = an_act()
        with pytest.raises(PlotFileError):
            file.save(change, act)
        file.copy_to(tmp_path / "copy.gpkg", [(change, act)])
        filler.unlink()
        file.save(change, act)
        assert file.load().plot == new
    assert check(path) == ()
    with opened(tmp_path / "copy.gpkg") as copy:
        assert copy.load().plot == new


def test_a_plot_on_a_full_disk_can_be_opened_and_read(small_disk: Path) -> None:
    path = small_disk / "night.gpkg"
    plot = closed_file(path)
    with pytest.raises(OSError, match="No space left"):
        (small_disk / "filler").write_bytes(bytes(1_000_000))
    with opened(path) as file:
        assert file.load().plot == plot
        assert fault_of_saving(file, plot) in {Fault.FULL, Fault.INPUT_OUTPUT}


def test_permission_lost_while_open_is_told_and_work_goes_on_when_it_is_back(
    open_folder: Path,
) -> None:
    path = open_folder / "night.gpkg"
    with unprivileged(), new_file(path) as file:
        plot = file.load().plot
        open_folder.chmod(0o555)
        assert fault_of_saving(file, plot) is Fault.READ_ONLY
        assert file.load().plot == plot
        open_folder.chmod(0o777)
        save(file, plot, adding_a_report(plot)[0])
    assert acts(path) == 2


def test_a_file_that_was_deleted_is_not_saved_to_and_can_still_be_copied(
    path: Path, tmp_path: Path
) -> None:
    plot = a_plot()
    with new_file(path, plot) as file:
        path.unlink()
        assert fault_of_saving(file, plot) is Fault.MOVED
        new, change = adding_a_report(plot)
        file.copy_to(tmp_path / "copy.gpkg", [(change, an_act())])
        assert not path.exists()
    with opened(tmp_path / "copy.gpkg") as copy:
        assert copy.load().plot == new


def test_a_file_that_was_moved_is_saved_to_when_it_is_back(path: Path, tmp_path: Path) -> None:
    plot = a_plot()
    with new_file(path, plot) as file:
        path.rename(tmp_path / "elsewhere.gpkg")
        assert fault_of_saving(file, plot) is Fault.MOVED
        (tmp_path / "elsewhere.gpkg").rename(path)
        save(file, plot, adding_a_report(plot)[0])
    assert acts(path) == 2


def test_a_file_that_was_replaced_is_never_written_to(path: Path, tmp_path: Path) -> None:
    plot = a_plot()
    closed_file(tmp_path / "other.gpkg", Plot())
    content = (tmp_path / "other.gpkg").read_bytes()
    with new_file(path, plot) as file:
        (tmp_path / "other.gpkg").replace(path)
        assert fault_of_saving(file, plot) is Fault.MOVED
    assert path.read_bytes() == content


def test_a_file_cut_short_while_open_is_told_as_damaged(path: Path) -> None:
    plot = a_plot()
    with new_file(path, plot) as file:
        os.truncate(path, 8192)
        assert fault_of_saving(file, plot) is Fault.DAMAGED


def test_a_file_that_goes_at_the_moment_of_the_commit_is_not_called_saved(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plot = a_plot()

    def moved_within(conn: sqlite3.Connection, change: Change, act: ActRecord) -> LoggedAct:
        # SQLite looks at the name when it begins to write, and not again.
        mark = write_act(conn, change, act)
        path.rename(tmp_path / "elsewhere.gpkg")
        return mark

    with new_file(path, plot) as file:
        new, change = adding_a_report(plot)
        act = an_act()
        with monkeypatch.context() as patch:
            patch.setattr("channelplot.store.geopackage.write_act", moved_within)
            with pytest.raises(PlotFileError) as caught:
                file.save(change, act)
        assert caught.value.fault is Fault.MOVED
        assert acts(tmp_path / "elsewhere.gpkg") == 2
        with pytest.raises(PlotFileError):
            file.save(change, act)
        assert fault_of_saving(file, plot) is Fault.MOVED
        file.copy_to(tmp_path / "copy.gpkg", [(change, act)])
        (tmp_path / "elsewhere.gpkg").rename(path)
        assert file.save(change, act).seq == 2, "trying again does not write it twice"
        newer, change = adding_a_report(new, 2)
        assert file.save(change, act).seq == 3
        assert file.load().plot == newer
    assert acts(path) == 3
    assert acts(tmp_path / "copy.gpkg") == 2
    assert check(tmp_path / "copy.gpkg") == ()
