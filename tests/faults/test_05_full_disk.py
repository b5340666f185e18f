"""On a full disk an act is kept and told of; nothing is lost; work goes on when there is room."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from channelplot.cli.main import main
from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.model.change import Change
from channelplot.model.plot import Plot
from channelplot.store.check import check
from channelplot.store.geopackage import PlotFile
from helpers.operator import Operator, wait_until
from helpers.plot_files import (
    assert_log_is_whole,
    file_rows,
    labels_in_log,
)
from helpers.trouble import filled_up, says_saved, trouble_shows_after_ms
from unit.store.files import (
    adding_a_report,
    an_act,
    closed_file,
    fault_of_saving,
    new_file,
    no_file_larger_than,
    opened,
)

Fault = PlotFileFault
JOURNAL_DOES_NOT_FIT = 1024
LINE = "0250Z 50 58.0N 001 41.0E {people}pob"


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


def saved_after(plot: Plot) -> int:
    """How many reports were saved before the disk was full."""
    return sum(1 for _ in plot.reports())


def test_when_a_plot_may_grow_no_more_nothing_is_lost_and_work_goes_on(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    path = tmp_path / "night.gpkg"
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
    figure(f"page limit: {saved_after(plot)} reports, 0 lost")


def test_when_files_can_grow_no_more_nothing_is_lost_and_work_goes_on_afterwards(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    path = tmp_path / "night.gpkg"
    with new_file(path) as file:
        with no_file_larger_than(path.stat().st_size + 8192):
            plot, fault, _, _ = fill_up(file.load().plot, file)
        assert fault is Fault.INPUT_OUTPUT
        assert file.load().plot == plot
        new, change = adding_a_report(plot, 600)
        file.save(change, an_act())
        assert file.load().plot == new
    assert check(path) == ()
    figure(f"RLIMIT_FSIZE: {saved_after(plot)} reports, 0 lost")


def test_a_disk_that_is_really_full_loses_nothing_and_takes_the_rest_when_there_is_room(
    small_disk: Path, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    path = small_disk / "night.gpkg"
    copied = tmp_path / "copy.gpkg"
    with new_file(path) as file:
        with filled_up(small_disk, but_for=100_000):
            plot, fault, new, change = fill_up(file.load().plot, file)
            assert fault is Fault.FULL
            assert file.load().plot == plot
            act = an_act()
            with pytest.raises(PlotFileError):
                file.save(change, act)
            file.copy_to(copied, [(change, act)])
        file.save(change, act)
        assert file.load().plot == new
    assert check(path) == ()
    with opened(copied) as copy:
        assert copy.load().plot == new
    figure(f"full tmpfs: {saved_after(plot)} reports, 0 lost")


def test_a_plot_on_a_full_disk_can_be_opened_and_read(
    small_disk: Path, figure: Callable[[str], None]
) -> None:
    path = small_disk / "night.gpkg"
    plot = closed_file(path)
    with filled_up(small_disk), opened(path) as file:
        assert file.load().plot == plot
        assert fault_of_saving(file, plot) in {Fault.FULL, Fault.INPUT_OUTPUT}
    assert check(path) == ()
    figure("opens and reads on a full disk")


def test_the_command_line_says_that_the_disk_is_full_and_plots_nothing(
    night: Path,
    qapp: QApplication,
    capfd: pytest.CaptureFixture[str],
    figure: Callable[[str], None],
) -> None:
    with no_file_larger_than(JOURNAL_DOES_NOT_FIT):
        code = main(["plot", str(night), "50 58.0N 001 41.0E " + "x" * 1900])

    said, complaint = capfd.readouterr()
    assert (code, said) == (1, "")
    assert complaint.count("\n") == 1
    assert "Nothing was plotted: " in complaint
    assert "night.gpkg" in complaint
    assert file_rows(night, "SELECT count(*) FROM edit_log") == [(1,)]
    assert_log_is_whole(night)
    figure("command line: refused in one sentence")


def test_the_desk_keeps_the_act_says_so_and_saves_it_once_there_is_room(
    small_disk: Path,
    operator: Operator,
    night: Path,
    tmp_path: Path,
    figure: Callable[[str], None],
) -> None:
    plot = Path(shutil.copy(night, small_disk / "night.gpkg"))
    copy = tmp_path / "copy.gpkg"
    operator.opens(plot)
    operator.enters_line(LINE.format(people=45))

    with filled_up(small_disk):
        operator.types_line(LINE.format(people=40) + " >A")
        operator.presses("Return")
        after_ms = trouble_shows_after_ms(operator)
        assert operator.sees_saved_mark() == "1 not saved"
        operator.presses("Ctrl+S")
        assert not says_saved(operator)
        assert len(operator.reads_panel("Reports")) == 2, "kept at the desk"
        assert file_rows(plot, "SELECT people_total FROM reports") == [(45,)]
        operator.saves_copy(copy)
        assert str(copy) in operator.sees_banner()
        assert operator.sees_saved_mark() == "1 not saved", "of the plot itself"
        assert file_rows(copy, "SELECT people_total FROM reports ORDER BY fid") == [(45,), (40,)]
    operator.waits_until_saved()
    wait_until(lambda: "saved again" in operator.sees_banner(), "the banner says so")
    operator.enters_line(LINE.format(people=55) + " >A")
    people = operator.file_rows("SELECT people_total FROM reports ORDER BY fid")
    assert people == [(45,), (40,), (55,)]
    operator.closes()

    assert labels_in_log(plot) == ["new_plot", "start_track", "add_report", "add_report"]
    assert check(plot) == ()
    assert check(copy) == ()
    figure(f"window: banner after {after_ms:.0f} ms, 0 lost, copy whole, saved again by itself")
