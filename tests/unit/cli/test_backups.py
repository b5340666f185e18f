"""``channelplot backups``: which there are, what they hold, and restoring one."""

from pathlib import Path

import pytest

from channelplot.settings import BACKUP_FOLDER, Settings, config_folder
from channelplot.store.backing_up import finish_backup
from channelplot.store.backups import Backup, backups_of
from channelplot.store.check import check
from channelplot.store.geopackage import PlotFile
from helpers.builders import at
from helpers.plot_files import channelplot


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """A second folder for backups, chosen in the settings."""
    folder = tmp_path / "disk"
    folder.mkdir()
    Settings(config_folder()).choose(BACKUP_FOLDER, str(folder))
    return folder


@pytest.fixture
def backup(plot: Path, disk: Path) -> Backup:
    """A backup of the plot, in both folders."""
    file = PlotFile.open(plot)
    draft = file.back_up(lambda: False)
    assert draft is not None
    made = finish_backup(draft, plot, at("0412"), disk).backup
    file.close()
    return made


def test_it_lists_each_with_what_it_holds(plot: Path, disk: Path, backup: Backup) -> None:
    done = channelplot("backups", str(plot))
    assert (done.returncode, done.stderr) == (0, "")
    first, second = done.stdout.splitlines()
    assert first.startswith("150412Z")
    assert "acts: 1, open boats: 1, reports: 1" in first
    assert first.endswith(str(backup.path))
    assert second.endswith(str(disk / "night.gpkg.backups" / backup.path.name))


def test_it_says_which_is_damaged(plot: Path, backup: Backup) -> None:
    backup.path.write_bytes(b"damaged")
    first, second = channelplot("backups", str(plot)).stdout.splitlines()
    assert "can't be restored" in first
    assert "acts:" not in first
    assert "acts: 1" in second


def test_it_says_where_none_are(plot: Path) -> None:
    done = channelplot("backups", str(plot))
    assert (done.returncode, done.stderr) == (0, "")
    assert "There is no backup of night.gpkg" in done.stdout
    assert str(plot.with_name("night.gpkg.backups")) in done.stdout


def test_it_restores_one_beside_a_sound_plot(plot: Path, backup: Backup) -> None:
    before = plot.read_bytes()
    done = channelplot("backups", str(plot), "--restore", backup.path.name)
    assert (done.returncode, done.stderr) == (0, "")
    restored = Path(done.stdout.removesuffix("\n"))
    assert restored.parent == plot.parent
    assert restored.name.startswith("night restored ")
    assert check(restored) == ()
    assert plot.read_bytes() == before


def test_it_takes_the_sound_one_of_two_for_a_plot_that_is_gone(plot: Path, backup: Backup) -> None:
    plot.unlink()
    backup.path.write_bytes(b"damaged")
    done = channelplot("backups", str(plot), "--restore", backup.path.name)
    assert (done.returncode, done.stdout) == (0, f"{plot}\n")
    assert check(plot) == ()
    assert len(backups_of(plot)) == 1


def test_one_that_is_damaged_or_not_there_is_refused(plot: Path, backup: Backup) -> None:
    backup.path.write_bytes(b"damaged")
    damaged = channelplot("backups", str(plot), "--restore", str(backup.path))
    other = channelplot("backups", str(plot), "--restore", "tonight.gpkg")
    assert (damaged.returncode, damaged.stdout) == (1, "")
    assert "not a GeoPackage" in damaged.stderr
    assert (other.returncode, other.stdout) == (1, "")
    assert "there is no backup tonight.gpkg of night.gpkg" in other.stderr
