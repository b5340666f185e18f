"""Every backup of a night opens, is sound, and holds just the acts saved when it was made."""

import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from channelplot.document.backup_keeper import BackupKeeper
from channelplot.errors import PlotFileError
from channelplot.model.change import difference
from channelplot.model.plot import Plot
from channelplot.store.act import ActRecord
from channelplot.store.backing_up import finish_backup
from channelplot.store.backups import Backup, backups_of, contents_of, restore
from channelplot.store.check import check
from channelplot.store.log import LoggedAct
from helpers.builders import R1, a_report, a_track, at
from helpers.left_behind import gdal_complaints
from helpers.operator import Operator, wait_until
from unit.store.files import a_plot, closed_file, opened, outside

DAMAGES: dict[str, Callable[[Path], object]] = {
    "gone": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "first page lost": lambda path: path.write_bytes(bytes(4096) + path.read_bytes()[4096:]),
    "overwritten": lambda path: path.write_bytes(b"\xff" * path.stat().st_size),
}


def a_night(path: Path, hours: int) -> dict[Path, tuple[Plot, tuple[LoggedAct, ...]]]:
    """Plot for some hours with a backup in each; return what was saved when each was made."""
    closed_file(path, a_plot())
    made: dict[Path, tuple[Plot, tuple[LoggedAct, ...]]] = {}
    chance = random.Random(29)
    with opened(path) as file:
        plot = file.load().plot
        for hour in range(hours):
            for number in range(chance.randint(1, 4)):
                new = plot.with_track(
                    a_track(f"T{hour}-{number}", (a_report("0300", position=R1),))
                )
                if chance.random() < 0.5:
                    new = plot.with_report(a_report("0310", position=R1))
                act = ActRecord("amend", "plot", "", "watch", at("0300"))
                file.save(difference(plot, new), act)
                plot = file.load().plot
            draft = file.back_up(lambda: False)
            assert draft is not None
            made_at = at("0412") + timedelta(hours=hour)
            backup = finish_backup(draft, path, made_at, None).backup
            made[backup.path] = (plot, file.load().acts)
    return made


def damages_and_restores(path: Path, backup: Backup, how: str, hour: int) -> None:
    """Damage the plot in one way, and let the backup take its place."""
    DAMAGES[how](path)
    damaged = path.read_bytes() if path.exists() else None
    now = at("0500") + timedelta(hours=hour)
    assert restore(backup, path, now) == path
    kept = path.with_name(f"{path.name}.corrupt-{now:%Y%m%dT%H%M%SZ}")
    assert (kept.read_bytes() if kept.exists() else None) == damaged


def test_each_backup_of_a_night_is_restored(
    tmp_path: Path, cycles: Callable[[int, int], int], figure: Callable[[str], None]
) -> None:
    path = tmp_path / "night.gpkg"
    made = a_night(path, cycles(5, 24))
    backups = backups_of(path)
    assert {backup.path for backup in backups} == made.keys()
    for number, backup in enumerate(backups):
        plot, log = made[backup.path]
        contents = contents_of(backup)
        assert (contents.acts, contents.last_act) == (len(log), log[-1])
        assert gdal_complaints(backup.path) == []
        damages_and_restores(path, backup, list(DAMAGES)[number % len(DAMAGES)], number)
        assert check(path) == ()
        with opened(path) as file:
            assert not file.is_read_only
            loaded = file.load()
        assert loaded.plot == plot
        assert loaded.acts == log
    total = sum(len(log) for _, log in made.values())
    figure(f"{len(made)} backups restored, {total} acts in them, each as its log says")


def ticks(keeper: BackupKeeper) -> bool:
    """Let the keeper have a look, as its timer does; return whether there is a backup."""
    keeper.tick()
    return keeper.state.last is not None


def test_a_desk_leaves_a_backup_of_its_last_act(
    operator: Operator, night: Path, figure: Callable[[str], None]
) -> None:
    operator.opens(night)
    keeper = operator.window.desk.backup_keeper
    wait_until(lambda: ticks(keeper), "there is a backup soon after opening")
    operator.plots("50 58.0N 001 41.0E")
    assert operator.sees_saved_mark().startswith("All saved")
    operator.closes()
    newest, *_ = (contents_of(backup) for backup in backups_of(night))
    with opened(night) as file:
        loaded = file.load()
    assert newest.is_sound
    assert (newest.acts, newest.last_act) == (len(loaded.acts), loaded.acts[-1])
    assert newest.reports == len(tuple(loaded.plot.reports())) == 1
    figure("a desk's last backup holds its last act")


def test_a_backup_that_could_not_be_opened_is_none_and_the_plot_keeps_its_name(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    night = tmp_path / "night.gpkg"
    closed_file(night)
    with opened(night) as file:
        plot = file.load().plot
        draft = file.back_up(lambda: False)
        assert draft is not None
        backup = finish_backup(draft, night, at("0412"), None).backup
        good = backup.path.read_bytes()
        for spoilt in (night, backup.path):
            with outside(spoilt, ignoring_checks=True) as other:
                other.execute("UPDATE beaches SET name = x'01'")
        draft = file.back_up(lambda: False)
        assert draft is not None
        with pytest.raises(PlotFileError):
            finish_backup(draft, night, at("0413"), None)
    assert backups_of(night) == (backup,), "no backup of what can't be read"
    assert not contents_of(backup).is_sound
    with pytest.raises(PlotFileError):
        restore(backup, night, at("0500"))
    backup.path.write_bytes(good)
    restored = restore(backup, night, at("0500"))
    assert restored != night, "opening puts the plot right: it keeps its name"
    with opened(night) as file, opened(restored) as other_file:
        assert file.load(at("0501")).plot == plot == other_file.load().plot
    figure("a spoilt backup: refused, the plot keeps its name")
