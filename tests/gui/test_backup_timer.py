"""The window's backups: by a timer while it is open, and of each plot that is left."""

from pathlib import Path

import pytest

from channelplot.cli import gui
from channelplot.settings import BACKUP_FOLDER, Settings, config_folder
from channelplot.store.backups import backups_of, contents_of
from helpers.operator import Operator, wait_until
from unit.store.files import acts, closed_file


def test_a_timer_makes_one_soon_after_a_plot_is_opened(
    operator: Operator, night: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    Settings(config_folder()).choose(BACKUP_FOLDER, str(disk))
    other = tmp_path / "other.gpkg"
    closed_file(other)
    monkeypatch.setattr(gui, "BACKUP_TICK_MS", 20)
    operator.opens(night)
    wait_until(lambda: len(backups_of(night, disk)) == 2, "the plot is backed up in both folders")
    assert operator.window.files.open(other)
    wait_until(lambda: len(backups_of(other, disk)) == 2, "so is the plot that is opened next")
    keeper = operator.window.desk.backup_keeper
    wait_until(lambda: keeper.state.last == backups_of(other)[0], "the window knows of it")
    assert keeper.state.failure is None


def test_a_plot_that_is_left_is_backed_up(operator: Operator, night: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.gpkg"
    closed_file(other)
    operator.opens(night)
    operator.plots("50 58.0N 001 41.0E")
    assert operator.sees_saved_mark().startswith("All saved")
    assert operator.window.files.open(other)
    wait_until(lambda: backups_of(night), "the plot that was left is backed up")
    operator.closes()
    (backup,) = backups_of(night)
    assert contents_of(backup).acts == acts(night)
    assert backups_of(other) == ()
