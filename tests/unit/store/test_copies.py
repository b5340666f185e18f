import os
from pathlib import Path

import pytest

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.model.plot import Plot
from channelplot.store.check import check
from channelplot.store.copies import LONGEST_NAME_BYTES
from channelplot.store.geopackage import PlotFile
from unit.store.files import (
    HOLD_LOCKED,
    a_plot,
    adding_a_report,
    an_act,
    another_process,
    closed_file,
    edit,
    new_file,
    no_file_larger_than,
    opened,
    rows,
    save,
)

Fault = PlotFileFault


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "night.gpkg"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    (tmp_path / "copies").mkdir()
    return tmp_path / "copies" / "copy.gpkg"


def fault_of_copying(file: PlotFile, target: Path, *, replace: bool = False) -> PlotFileFault:
    with pytest.raises(PlotFileError) as caught:
        file.copy_to(target, replace=replace)
    return caught.value.fault


def test_a_copy_holds_what_the_plot_holds_and_its_log(path: Path, target: Path) -> None:
    plot = a_plot()
    with new_file(path, plot) as file:
        new, _ = adding_a_report(plot)
        save(file, plot, new)
        file.copy_to(target)
    with opened(target) as copy:
        assert not copy.is_read_only
        assert copy.load().plot == new
    log = "SELECT * FROM edit_log"
    assert rows(target, log) == rows(path, log)
    assert check(target) == ()
    assert [entry.name for entry in target.parent.iterdir()] == ["copy.gpkg"]


def test_acts_that_are_not_saved_yet_are_in_the_copy_and_not_in_the_plot(
    path: Path, target: Path
) -> None:
    plot = a_plot()
    with new_file(path, plot) as file:
        one, first = adding_a_report(plot, 1)
        two, second = adding_a_report(one, 2)
        file.copy_to(target, [(first, an_act("first")), (second, an_act("second"))])
        assert file.load().plot == plot
    with opened(target) as copy:
        assert copy.load().plot == two
    labels = rows(target, "SELECT label FROM edit_log ORDER BY seq")
    assert labels == [("new_plot",), ("first",), ("second",)]
    assert check(target) == ()


def test_a_plot_that_is_open_to_read_can_be_copied(path: Path, target: Path) -> None:
    plot = closed_file(path)
    edit(path, "CREATE VIEW strange AS SELECT 1")
    with opened(path) as file:
        assert file.is_read_only
        file.copy_to(target)
    edit(target, "DROP VIEW strange")
    with opened(target) as copy:
        assert copy.load().plot == plot


def test_a_copy_of_a_plot_in_write_ahead_mode_is_a_single_file(path: Path, target: Path) -> None:
    with new_file(path) as file:
        file._conn.execute("PRAGMA journal_mode = WAL")
        file.copy_to(target)
    assert [entry.name for entry in target.parent.iterdir()] == ["copy.gpkg"]
    assert rows(target, "PRAGMA journal_mode") == [("delete",)]


def test_what_is_there_is_left_alone_unless_it_may_be_replaced(path: Path, target: Path) -> None:
    closed_file(target, Plot())
    before = target.read_bytes()
    plot = a_plot()
    with new_file(path, plot) as file:
        assert fault_of_copying(file, target) is Fault.EXISTS
        assert target.read_bytes() == before
        file.copy_to(target, replace=True)
    with opened(target) as copy:
        assert copy.load().plot == plot


def test_replacing_what_is_not_there_is_writing_it(path: Path, target: Path) -> None:
    with new_file(path) as file:
        file.copy_to(target, replace=True)
    assert check(target) == ()


def test_a_plot_is_never_replaced_by_its_own_copy(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "tonight.gpkg"
    link.symlink_to(path)
    with new_file(path) as file:
        assert fault_of_copying(file, path, replace=True) is Fault.EXISTS
        assert fault_of_copying(file, link, replace=True) is Fault.EXISTS


def test_a_plot_that_is_open_elsewhere_is_not_replaced(path: Path, target: Path) -> None:
    with new_file(target, Plot()), new_file(path) as file:
        assert fault_of_copying(file, target, replace=True) is Fault.LOCKED
    with opened(target) as other:
        assert other.load().plot == Plot()


def test_a_copy_into_a_folder_that_is_not_there_is_refused(path: Path, tmp_path: Path) -> None:
    with new_file(path) as file:
        fault = fault_of_copying(file, tmp_path / "missing" / "copy.gpkg")
    assert fault is Fault.FOLDER_MISSING


def test_a_copy_onto_a_full_disk_leaves_nothing(path: Path, target: Path) -> None:
    with new_file(path) as file, no_file_larger_than(100_000):
        assert fault_of_copying(file, target) in {Fault.FULL, Fault.INPUT_OUTPUT}
    assert list(target.parent.iterdir()) == []


def test_a_failed_copy_leaves_the_old_one_as_it_was(path: Path, target: Path) -> None:
    closed_file(target, Plot())
    before = target.read_bytes()
    with new_file(path) as file:
        os.truncate(path, 8192)
        assert fault_of_copying(file, target, replace=True) is Fault.DAMAGED
    assert target.read_bytes() == before
    assert [entry.name for entry in target.parent.iterdir()] == ["copy.gpkg"]


def test_a_copy_that_is_damaged_is_not_kept(path: Path, target: Path) -> None:
    closed_file(path)
    with opened(path) as file:
        ((page,),) = rows(path, "SELECT rootpage FROM sqlite_master WHERE name = 'tracks'")
        with path.open("r+b") as content:
            # The number of fragmented bytes in the page: readable, and wrong.
            content.seek((page - 1) * 4096 + 7)
            content.write(b"\x3b")
        assert fault_of_copying(file, target) is Fault.DAMAGED
    assert list(target.parent.iterdir()) == []


def test_copying_does_not_wait_for_ever_for_a_program_that_holds_the_plot(
    path: Path, target: Path
) -> None:
    with new_file(path) as file:
        file._conn.execute("PRAGMA busy_timeout = 50")
        with another_process(HOLD_LOCKED, str(path)):
            assert fault_of_copying(file, target) is Fault.LOCKED
        file.copy_to(target)
    assert check(target) == ()


@pytest.mark.parametrize("length", [246, 255, 400])
def test_a_name_that_is_too_long_is_called_that(path: Path, target: Path, length: int) -> None:
    name = "n" * (length - len(".gpkg")) + ".gpkg"
    with new_file(path, a_plot()) as file:
        assert fault_of_copying(file, target.with_name(name)) is Fault.NAME_TOO_LONG
    assert list(target.parent.iterdir()) == []


def test_the_longest_name_there_may_be_opens_and_takes_acts(path: Path, target: Path) -> None:
    plot = a_plot()
    longest = target.with_name("n" * (LONGEST_NAME_BYTES - len(".gpkg")) + ".gpkg")
    with new_file(path, plot) as file:
        file.copy_to(longest)
    with opened(longest) as copy:
        assert not copy.is_read_only
        save(copy, plot, adding_a_report(plot)[0])
