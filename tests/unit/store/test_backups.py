"""The backups of a plot: which there are, what they hold, and restoring one."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.model.codes import TrackStatus
from channelplot.model.plot import Plot
from channelplot.store.backing_up import finish_backup
from channelplot.store.backups import (
    Backup,
    BackupContents,
    backup_folder,
    backups_of,
    contents_of,
    is_lost,
    restore,
)
from channelplot.store.check import check
from helpers.builders import at
from unit.store.files import (
    HOLD_OPEN,
    a_plot,
    adding_a_report,
    another_process,
    closed_file,
    edit,
    names,
    opened,
    save,
    unprivileged,
)

NOW = at("0500")


def backed_up(path: Path, hhmm: str = "0412", second: Path | None = None) -> Backup:
    """Make a backup of a plot that nobody has open."""
    with opened(path) as file:
        draft = file.back_up(lambda: False)
        assert draft is not None
        return finish_backup(draft, path, at(hhmm), second).backup


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A plot nobody has open, with one backup of 0412Z."""
    path = tmp_path / "night.gpkg"
    closed_file(path)
    backed_up(path)
    return path


def the_backup(path: Path) -> Backup:
    (backup,) = backups_of(path)
    return backup


def add_a_report(path: Path) -> Plot:
    with opened(path) as file:
        old = file.load().plot
        new, _ = adding_a_report(old)
        save(file, old, new)
        return new


def loaded(path: Path) -> Plot:
    with opened(path) as file:
        return file.load().plot


def test_the_newest_stands_first_from_both_folders(path: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    backed_up(path, "0512", disk)
    found = backups_of(path, disk)
    assert [backup.made_at_utc for backup in found] == [at("0512"), at("0512"), at("0412")]
    assert {backup.path.parent for backup in found[:2]} == {
        backup_folder(path),
        backup_folder(path, disk),
    }


def test_there_are_none_where_none_were_made(tmp_path: Path) -> None:
    assert backups_of(tmp_path / "night.gpkg", tmp_path / "no disk") == ()


def test_names_that_only_look_alike_are_none(path: Path) -> None:
    folder = backup_folder(path)
    for name in (
        "night 2026-13-45T041200Z.gpkg",
        "night 2026-09-15T041200ZZ.gpkg",
        "night 2026-09-15T041200Z.gpkg-journal",
        "nights 2026-09-15T041200Z.gpkg",
        "night 2026-09-15T0412 Z.gpkg",
    ):
        (folder / name).write_text("")
    (folder / "night 2026-09-15T041300Z.gpkg").symlink_to(folder / "gone")
    assert [backup.path.name for backup in backups_of(path)] == ["night 2026-09-15T041200Z.gpkg"]


def test_they_are_found_through_a_link_to_the_plot(path: Path, tmp_path: Path) -> None:
    (tmp_path / "links").mkdir()
    link = tmp_path / "links" / "tonight.gpkg"
    link.symlink_to(path)
    assert backups_of(link) == backups_of(path)


def test_what_is_in_it_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "night.gpkg"
    plot = a_plot()
    first, second = plot.tracks.values()
    plot = plot.with_track(replace(second, status=TrackStatus.LANDED))
    closed_file(path, plot)
    plot = add_a_report(path)
    before = path.read_bytes()
    backup = backed_up(path)
    with opened(path) as file:
        acts = file.load().acts
    assert contents_of(backup) == BackupContents(
        acts=2,
        log_rows=2,
        last_act=acts[-1],
        tracks=2,
        open_boats=1,
        reports=len(tuple(plot.reports())),
    )
    assert contents_of(backup).is_sound
    assert path.read_bytes() == before
    assert names(backup.path.parent) == [backup.path.name]
    assert first.has_people


def test_a_backup_of_an_earlier_version_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "night.gpkg"
    old = Path(__file__).parent / "data" / "version-1.gpkg"
    folder = backup_folder(path)
    folder.mkdir()
    shutil.copyfile(old, folder / "night 2026-09-15T041200Z.gpkg")
    contents = contents_of(the_backup(path))
    assert contents.is_sound
    assert contents.acts > 0
    assert contents.reports > 0


@pytest.mark.parametrize(
    ("content", "fault"),
    [(b"", PlotFileFault.NOT_GEOPACKAGE), (b"no plot at all", PlotFileFault.NOT_GEOPACKAGE)],
)
def test_a_file_that_is_no_plot_is_a_problem(
    path: Path, content: bytes, fault: PlotFileFault
) -> None:
    backup = the_backup(path)
    backup.path.write_bytes(content)
    contents = contents_of(backup)
    assert not contents.is_sound
    assert contents.problem is not None
    assert contents.problem.fault is fault
    assert contents == BackupContents(problem=contents.problem)


def test_an_act_that_can_not_be_read_is_a_problem(path: Path) -> None:
    backup = the_backup(path)
    edit(backup.path, "UPDATE edit_log SET at_utc = 'last night'")
    problem = contents_of(backup).problem
    assert problem is not None
    assert problem.fault is PlotFileFault.DAMAGED
    assert "edit_log" in problem.detail


def test_an_empty_log_is_no_problem(path: Path) -> None:
    backup = the_backup(path)
    edit(backup.path, "DELETE FROM edit_log")
    contents = contents_of(backup)
    assert (contents.acts, contents.last_act, contents.is_sound) == (0, None, True)


def test_a_sound_plot_stays_and_the_backup_becomes_a_new_one(path: Path) -> None:
    backup = the_backup(path)
    in_backup = loaded(backup.path)
    add_a_report(path)
    before = path.read_bytes()
    restored = restore(backup, path, NOW)
    assert restored == path.with_name("night restored 0412Z.gpkg")
    assert loaded(restored) == in_backup
    assert check(restored) == ()
    assert path.read_bytes() == before
    assert backup.path.is_file()
    again = restore(backup, path, NOW)
    assert again == path.with_name("night restored 0412Z 2.gpkg")
    yesterday = replace(backup, made_at_utc=at("0412").replace(day=14))
    other_day = restore(yesterday, path, NOW)
    assert other_day == path.with_name("night restored 2026-09-14 0412Z.gpkg")
    assert names(path.parent) == sorted(
        [path.name, "night.gpkg.backups", restored.name, again.name, other_day.name]
    )


@pytest.mark.parametrize("is_cut", [True, False], ids=["cut short", "overwritten"])
def test_a_damaged_plot_is_kept_and_its_name_goes_to_the_backup(path: Path, is_cut: bool) -> None:
    in_backup = loaded(path)
    damaged = path.read_bytes()[:30_000] if is_cut else b"\xff" * 5_000
    path.write_bytes(damaged)
    assert is_lost(path)
    journal = Path(f"{path}-journal")
    journal.write_bytes(b"a journal of it")
    restored = restore(the_backup(path), path, NOW)
    assert restored == path
    assert not is_lost(path)
    assert loaded(path) == in_backup
    corrupt = path.with_name("night.gpkg.corrupt-20260915T050000Z")
    assert corrupt.read_bytes() == damaged
    assert Path(f"{corrupt}-journal").read_bytes() == b"a journal of it"
    assert names(path.parent) == sorted(
        [path.name, "night.gpkg.backups", corrupt.name, f"{corrupt.name}-journal"]
    )


def test_what_was_set_aside_before_is_not_written_over(path: Path) -> None:
    corrupt = path.with_name("night.gpkg.corrupt-20260915T050000Z")
    corrupt.write_text("another one")
    Path(f"{corrupt}-2-journal").write_text("a journal of another one")
    path.write_bytes(b"damaged")
    assert restore(the_backup(path), path, NOW) == path
    assert corrupt.read_text() == "another one"
    assert Path(f"{corrupt}-3").read_bytes() == b"damaged"


def test_a_row_that_can_not_be_read_is_damage(path: Path) -> None:
    edit(path, "UPDATE reports SET observed_at_utc = 'last night'")
    assert restore(the_backup(path), path, NOW) == path
    assert check(path) == ()


def test_a_plot_that_is_gone_comes_back_under_its_name(path: Path) -> None:
    in_backup = loaded(path)
    path.unlink()
    Path(f"{path}-journal").write_bytes(b"left by the one that is gone")
    assert restore(the_backup(path), path, NOW) == path
    assert loaded(path) == in_backup
    assert path.with_name("night.gpkg.corrupt-20260915T050000Z-journal").exists()


def test_a_plot_that_is_open_elsewhere_is_not_moved(path: Path) -> None:
    backup = the_backup(path)
    with another_process(HOLD_OPEN, str(path)):
        path.write_bytes(b"damaged")
        restored = restore(backup, path, NOW)
        assert restored == path.with_name("night restored 0412Z.gpkg")
        assert path.read_bytes() == b"damaged"


def test_a_plot_that_is_open_here_is_not_moved(path: Path) -> None:
    backup = the_backup(path)
    with opened(path):
        restored = restore(backup, path, NOW)
    assert restored == path.with_name("night restored 0412Z.gpkg")
    path.unlink()
    restored.unlink()
    assert restore(backup, path, NOW) == path


def test_what_is_no_plot_of_ours_is_not_moved(path: Path) -> None:
    backup = the_backup(path)
    edit(path, "DELETE FROM app_meta WHERE key = 'application'")
    before = path.read_bytes()
    assert restore(backup, path, NOW) == path.with_name("night restored 0412Z.gpkg")
    assert path.read_bytes() == before


def test_a_damaged_backup_is_not_restored(path: Path) -> None:
    backup = the_backup(path)
    backup.path.write_bytes(b"damaged")
    path.unlink()
    with pytest.raises(PlotFileError) as caught:
        restore(backup, path, NOW)
    assert (caught.value.fault, caught.value.path) == (PlotFileFault.NOT_GEOPACKAGE, backup.path)
    assert names(path.parent) == ["night.gpkg.backups"]


def test_where_nothing_can_be_written_the_plot_stays_as_it_is(
    open_folder: Path, tmp_path: Path
) -> None:
    path = open_folder / "night.gpkg"
    closed_file(path)
    backup = backed_up(path)
    path.write_bytes(b"damaged")
    open_folder.chmod(0o555)
    with unprivileged(), pytest.raises(PlotFileError) as caught:
        restore(backup, path, NOW)
    assert caught.value.fault is PlotFileFault.READ_ONLY
    assert path.read_bytes() == b"damaged"
    assert names(open_folder) == ["night.gpkg", "night.gpkg.backups"]


def test_a_folder_that_is_gone_is_named(path: Path, tmp_path: Path) -> None:
    backup = the_backup(path)
    with pytest.raises(PlotFileError) as caught:
        restore(backup, tmp_path / "gone" / "night.gpkg", NOW)
    assert caught.value.fault is PlotFileFault.FOLDER_MISSING
