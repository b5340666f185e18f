"""A file deleted, moved, replaced or cut short under the store is never called saved to."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from channelplot.commands.reports import add_report
from channelplot.document.opening import document_of
from channelplot.document.writer import InlineWriter
from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.model.change import Change
from channelplot.model.plot import Plot
from channelplot.store.act import ActRecord
from channelplot.store.check import check
from channelplot.store.closed_file import loaded_from
from channelplot.store.geopackage import PlotFile
from channelplot.store.log import LoggedAct
from channelplot.store.save import write_act
from helpers.builders import R6, a_report
from helpers.clock import FixedClock
from unit.store.files import (
    a_plot,
    acts,
    adding_a_report,
    an_act,
    closed_file,
    fault_of_saving,
    new_file,
    opened,
    outside,
    save,
)

Fault = PlotFileFault
Figure = Callable[[str], None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "night.gpkg"


def test_a_file_that_was_deleted_is_not_saved_to_and_can_still_be_copied(
    path: Path, tmp_path: Path, figure: Figure
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
    figure("deleted: refused, copied")


def test_a_file_that_was_moved_is_saved_to_when_it_is_back(
    path: Path, tmp_path: Path, figure: Figure
) -> None:
    plot = a_plot()
    with new_file(path, plot) as file:
        path.rename(tmp_path / "elsewhere.gpkg")
        assert fault_of_saving(file, plot) is Fault.MOVED
        (tmp_path / "elsewhere.gpkg").rename(path)
        save(file, plot, adding_a_report(plot)[0])
    assert acts(path) == 2
    figure("moved: refused, saved once back")


def test_a_file_that_was_replaced_is_never_written_to(
    path: Path, tmp_path: Path, figure: Figure
) -> None:
    plot = a_plot()
    closed_file(tmp_path / "other.gpkg", Plot())
    content = (tmp_path / "other.gpkg").read_bytes()
    with new_file(path, plot) as file:
        (tmp_path / "other.gpkg").replace(path)
        assert fault_of_saving(file, plot) is Fault.MOVED
    assert path.read_bytes() == content
    figure("replaced: refused, other file untouched")


def test_a_file_cut_short_while_open_is_told_as_damaged(
    path: Path, spoiled: set[Path], figure: Figure
) -> None:
    plot = a_plot()
    spoiled.add(path)
    with new_file(path, plot) as file:
        os.truncate(path, 8192)
        assert fault_of_saving(file, plot) is Fault.DAMAGED
    figure("cut short: refused")


def test_a_file_that_goes_at_the_moment_of_the_commit_is_not_called_saved(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figure: Figure
) -> None:
    plot = a_plot()

    def moved_within(
        conn: sqlite3.Connection, change: Change, act: ActRecord
    ) -> tuple[LoggedAct, ...]:
        # SQLite looks at the name when it begins to write, and not again.
        logged = write_act(conn, change, act)
        path.rename(tmp_path / "elsewhere.gpkg")
        return logged

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
    figure("moved within a commit: not called saved, not written twice")


def deleted(path: Path) -> None:
    path.unlink()


def moved(path: Path) -> None:
    path.rename(path.with_name("elsewhere.other"))


def replaced(path: Path) -> None:
    other = path.with_suffix(".new")
    closed_file(other, Plot())
    other.replace(path)


def cut_short(path: Path) -> None:
    os.truncate(path, 4096 * 6)


def cut_to_nothing(path: Path) -> None:
    os.truncate(path, 0)


def written_over(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))


def written_over_by_another_plot(path: Path) -> None:
    other = path.with_suffix(".new")
    closed_file(other)
    with path.open("r+b") as file:
        file.write(other.read_bytes())
        file.truncate()
    other.unlink()


def written_over_by_itself_as_it_was(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(path.with_suffix(".older").read_bytes())
        file.truncate()


def given_a_trigger(path: Path) -> None:
    with outside(path) as other:
        other.execute("CREATE TRIGGER theirs AFTER INSERT ON reports BEGIN SELECT 1; END")


def given_another_version(path: Path) -> None:
    with outside(path) as other:
        other.execute("UPDATE app_meta SET value = '99' WHERE key = 'schema_version'")


@pytest.mark.parametrize(
    "happens",
    [
        deleted,
        moved,
        replaced,
        cut_short,
        cut_to_nothing,
        written_over,
        written_over_by_another_plot,
        written_over_by_itself_as_it_was,
        given_a_trigger,
        given_another_version,
    ],
    ids=lambda each: each.__name__,
)
def test_a_copy_of_the_open_plot_holds_everything_whatever_became_of_its_file(
    path: Path,
    tmp_path: Path,
    clock: FixedClock,
    spoiled: set[Path],
    figure: Figure,
    happens: Callable[[Path], None],
) -> None:
    closed_file(path)
    spoiled.add(path)
    shutil.copyfile(path, path.with_suffix(".older"))
    document = document_of(PlotFile.open(path), writer=InlineWriter(), clock=clock, operator="Ann")
    track_uid = next(iter(document.plot.tracks))
    document.apply(add_report(a_report("0420", track_uid=track_uid, position=R6)))
    assert document.save_state.pending == 0

    happens(path)
    document.apply(add_report(a_report("0425", track_uid=track_uid, position=R6)))
    document.apply(add_report(a_report("0430", track_uid=track_uid, position=R6)))

    assert document.save_state.pending == 2
    assert isinstance(document.save_state.failure, PlotFileError)
    document.save_copy(tmp_path / "copy.gpkg")
    copy = loaded_from(tmp_path / "copy.gpkg")
    assert copy.plot == document.plot
    assert [act.label for act in copy.acts] == ["new_plot", *["add_report"] * 3]
    assert check(tmp_path / "copy.gpkg") == ()
    document.close()
    figure(f"copy after {happens.__name__}: all there")


def test_a_value_that_another_program_spoiled_locks_nobody_out(
    path: Path, tmp_path: Path, clock: FixedClock, figure: Figure
) -> None:
    closed_file(path)
    document = document_of(PlotFile.open(path), writer=InlineWriter(), clock=clock, operator="Ann")
    nowhere = bytes.fromhex("47500001e6100000010100000000000000000058400000000000005840")
    with outside(path) as other:
        other.execute("UPDATE reports SET geom = ?", (nowhere,))
    document.look()
    assert document.save_state.trouble is None
    track_uid = next(iter(document.plot.tracks))
    document.apply(add_report(a_report("0420", track_uid=track_uid, position=R6)))
    with outside(path) as other:
        other.execute("UPDATE reports SET as_received = x'ff00fe'")
    document.apply(add_report(a_report("0425", track_uid=track_uid, position=R6)))
    assert document.save_state.pending == 0
    document.save_copy(tmp_path / "copy.gpkg")
    plot = document.plot
    document.close()
    with outside(path) as other:
        other.execute("UPDATE reports SET geom = ?", (nowhere,))
    again = document_of(PlotFile.open(path), writer=InlineWriter(), clock=clock, operator="Ann")
    assert again.plot == plot
    again.close()
    for each in (path, tmp_path / "copy.gpkg"):
        assert loaded_from(each).plot == plot
        assert check(each) == ()
    figure("spoilt values: put right open, saving and at opening")
