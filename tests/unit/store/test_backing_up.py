"""Making a backup: complete and checked under its name, in both folders, and thinned."""

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.model.plot import Plot
from channelplot.store.backing_up import finish_backup
from channelplot.store.backups import Backup, backup_folder, backups_of, contents_of
from channelplot.store.check import check
from channelplot.store.geopackage import PlotFile
from helpers.builders import at
from unit.store.files import (
    a_plot,
    adding_a_report,
    closed_file,
    names,
    new_file,
    no_file_larger_than,
    opened,
    outside,
    rows,
    save,
    unprivileged,
)


def never() -> bool:
    return False


def drafted(file: PlotFile) -> Path:
    """A draft of all that the plot holds."""
    draft = file.back_up(never)
    assert draft is not None
    return draft


def backed_up(file: PlotFile, hhmm: str = "0412", second: Path | None = None) -> Backup:
    """Make a backup as the desk does."""
    finished = finish_backup(drafted(file), file.path, at(hhmm), second)
    assert finished.second_failure is None
    return finished.backup


def backup_names(path: Path) -> list[str]:
    return names(backup_folder(path))


def test_a_backup_is_the_whole_plot_under_its_time(tmp_path: Path) -> None:
    path = tmp_path / "night.gpkg"
    with new_file(path) as file:
        plot, _ = adding_a_report(a_plot())
        loaded = file.load().plot
        plot, _ = adding_a_report(loaded)
        save(file, loaded, plot)
        backup = backed_up(file)
    assert backup.path == tmp_path / "night.gpkg.backups" / "night 2026-09-15T041200Z.gpkg"
    assert backup.made_at_utc == at("0412")
    assert backup.size_bytes == backup.path.stat().st_size
    assert check(backup.path) == ()
    with opened(backup.path) as copy:
        assert copy.load().plot == plot
    assert backup_names(path) == ["night 2026-09-15T041200Z.gpkg"]


def test_it_gives_way_to_who_waits_and_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "night.gpkg"
    with new_file(path) as file:
        looks = iter([False, True])
        assert file.back_up(lambda: next(looks)) is None
        assert file.back_up(lambda: True) is None
        assert backup_names(path) == []
        # It can be written to at once, and backed up later.
        loaded = file.load().plot
        save(file, loaded, adding_a_report(loaded)[0])
        assert contents_of(backed_up(file)).acts == 2


def test_what_is_saved_while_it_is_finished_is_in_the_next(tmp_path: Path) -> None:
    path = tmp_path / "night.gpkg"
    with new_file(path) as file:
        draft = drafted(file)
        loaded = file.load().plot
        save(file, loaded, adding_a_report(loaded)[0])
        first = finish_backup(draft, path, at("0412"), None).backup
        assert contents_of(first).acts == 1
        assert contents_of(backed_up(file, "0512")).acts == 2


def test_two_of_the_same_second_have_two_names(tmp_path: Path) -> None:
    path = tmp_path / "night.gpkg"
    with new_file(path) as file:
        first, second = backed_up(file), backed_up(file)
    assert second.path.name == "night 2026-09-15T041200Z-2.gpkg"
    assert [backup.path for backup in backups_of(path)] == [second.path, first.path]


def test_the_second_folder_gets_a_copy_of_each(tmp_path: Path) -> None:
    path, disk = tmp_path / "night.gpkg", tmp_path / "disk"
    disk.mkdir()
    with new_file(path) as file:
        backup = backed_up(file, second=disk)
    copy = disk / "night.gpkg.backups" / backup.path.name
    assert copy.read_bytes() == backup.path.read_bytes()
    assert [each.path for each in backups_of(path, disk)] == [backup.path, copy]
    assert names(copy.parent) == [copy.name]


def test_without_the_second_folder_there_is_a_backup_all_the_same(tmp_path: Path) -> None:
    path, gone = tmp_path / "night.gpkg", tmp_path / "disk that is not plugged in"
    with new_file(path) as file:
        finished = finish_backup(drafted(file), path, at("0412"), gone)
    failure = finished.second_failure
    assert failure is not None
    assert failure.fault is PlotFileFault.FOLDER_MISSING
    assert failure.path == gone / "night.gpkg.backups"
    assert contents_of(finished.backup).is_sound


def test_where_no_folder_can_be_made_it_says_so(open_folder: Path) -> None:
    path = open_folder / "night.gpkg"
    with unprivileged(), new_file(path) as file:
        open_folder.chmod(0o555)
        with pytest.raises(PlotFileError) as caught:
            file.back_up(never)
        open_folder.chmod(0o777)
    assert caught.value.fault is PlotFileFault.READ_ONLY


def test_a_full_disk_leaves_the_backups_that_are_there(tmp_path: Path) -> None:
    path = tmp_path / "night.gpkg"
    with new_file(path) as file:
        backed_up(file)
        with no_file_larger_than(100_000), pytest.raises(PlotFileError) as caught:
            file.back_up(never)
        assert caught.value.fault in (PlotFileFault.FULL, PlotFileFault.INPUT_OUTPUT)
        assert backup_names(path) == ["night 2026-09-15T041200Z.gpkg"]
        assert contents_of(backed_up(file, "0512")).is_sound


def test_it_leaves_room_for_acts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "night.gpkg"
    with new_file(path) as file:
        size = path.stat().st_size
        used = shutil.disk_usage(tmp_path)
        for free, has_room in ((2 * size - 1, False), (2 * size, True)):
            monkeypatch.setattr(shutil, "disk_usage", lambda _, free=free: used._replace(free=free))
            if has_room:
                assert contents_of(backed_up(file)).is_sound
                continue
            with pytest.raises(PlotFileError) as caught:
                file.back_up(never)
            assert (caught.value.fault, caught.value.path) == (
                PlotFileFault.FULL,
                backup_folder(path),
            )
            assert backup_names(path) == []


def damage(draft: Path, table: str) -> None:
    """Overwrite the first page of a table or an index."""
    with closing(sqlite3.connect(draft)) as conn:
        (page,) = conn.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)
        ).fetchone()
        (size,) = conn.execute("PRAGMA page_size").fetchone()
    with draft.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)


def test_a_damaged_plot_makes_no_backup_and_removes_none(tmp_path: Path) -> None:
    path = tmp_path / "night.gpkg"
    with new_file(path) as file:
        backed_up(file, "0411")
        draft = drafted(file)
        damage(draft, "reports")
        with pytest.raises(PlotFileError) as caught:
            finish_backup(draft, path, at("0412"), None)
    assert (caught.value.fault, caught.value.path) == (PlotFileFault.DAMAGED, path)
    assert backup_names(path) == ["night 2026-09-15T041100Z.gpkg"]


def test_a_damaged_index_makes_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "night.gpkg"
    with new_file(path) as file:
        draft = drafted(file)
        with outside(draft) as conn:
            conn.execute("DELETE FROM rtree_reports_geom_rowid")
        with pytest.raises(PlotFileError) as caught:
            finish_backup(draft, path, at("0412"), None)
    assert caught.value.fault is PlotFileFault.DAMAGED
    assert backup_names(path) == []


def test_old_ones_are_thinned_in_both_folders(tmp_path: Path) -> None:
    path, disk = tmp_path / "night.gpkg", tmp_path / "disk"
    disk.mkdir()
    with new_file(path) as file:
        for hhmm in ("0400", "0415", "0430", "0500", "0515"):
            backed_up(file, hhmm, disk)
    left = ["night 2026-09-15T043000Z.gpkg", "night 2026-09-15T051500Z.gpkg"]
    assert backup_names(path) == left
    assert names(disk / "night.gpkg.backups") == left


def test_what_holds_more_or_something_else_than_the_newest_is_not_removed(tmp_path: Path) -> None:
    path = tmp_path / "night.gpkg"
    older = tmp_path / "older.gpkg"
    with new_file(path) as file:
        loaded = file.load().plot
        backed_up(file, "0400")
        file.copy_to(older)
        save(file, loaded, adding_a_report(loaded)[0])
        backed_up(file, "0410")
    older.replace(path)  # somebody puts an older copy in the plot's place
    with opened(path) as file:
        backed_up(file, "0420")
    path.unlink()
    closed_file(path, Plot())  # and then begins another plot of the same name
    with opened(path) as file:
        backed_up(file, "0430")
    assert [name[17:21] for name in backup_names(path)] == ["0410", "0420", "0430"]


def test_of_files_that_are_no_backups_none_is_removed(tmp_path: Path) -> None:
    path = tmp_path / "night.gpkg"
    with new_file(path) as file:
        backup = backed_up(file, "0400")
        folder = backup.path.parent
        text = folder / "night 2026-09-15T040100Z.gpkg"
        text.write_text("no plot")
        empty = folder / "night 2026-09-15T040200Z.gpkg"
        with closing(sqlite3.connect(empty)) as conn:
            conn.execute("CREATE TABLE other (id INTEGER)")
        logless = folder / "night 2026-09-15T040300Z.gpkg"
        shutil.copyfile(backup.path, logless)
        with outside(logless) as conn:
            conn.execute("DROP TRIGGER edit_log_no_delete")
            conn.execute("DELETE FROM edit_log")
        strangers = ["my notes.txt", "day 2026-09-15T040000Z.gpkg", "night.gpkg"]
        for name in strangers:
            shutil.copyfile(backup.path, folder / name)
        backed_up(file, "0410")
    left = {text.name, empty.name, logless.name, *strangers, "night 2026-09-15T041000Z.gpkg"}
    assert set(backup_names(path)) == left


def test_the_backup_just_made_stays_though_the_clock_was_ahead(tmp_path: Path) -> None:
    path = tmp_path / "night.gpkg"
    with new_file(path) as file:
        for hours in range(30):
            ahead = at("0412") + timedelta(days=400, hours=hours)
            finish_backup(drafted(file), path, ahead, None)
        now = backed_up(file)
        assert now.path.exists()
        assert contents_of(now).is_sound


def test_drafts_of_who_was_killed_go_and_others_stay(tmp_path: Path) -> None:
    path = tmp_path / "night.gpkg"
    with new_file(path) as file:
        folder = backup_folder(path)
        folder.mkdir()
        left, journal, busy, other = (
            folder / name
            for name in (
                f".{'a' * 16}.part",
                f".{'a' * 16}.part-journal",
                f".{'b' * 16}.part",
                ".mine.part",
            )
        )
        for draft in (left, journal, busy, other):
            draft.write_bytes(b"half a backup")
        for draft in (left, journal, other):
            os.utime(draft, (1_000_000_000, 1_000_000_000))
        backup = backed_up(file)
    assert set(folder.iterdir()) == {busy, other, backup.path}


def test_it_is_made_of_a_file_that_another_program_keeps_in_a_write_ahead_log(
    tmp_path: Path,
) -> None:
    path = tmp_path / "night.gpkg"
    closed_file(path)
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("SELECT count(*) FROM reports").fetchone()
        with opened(path) as file:
            loaded = file.load().plot
            save(file, loaded, adding_a_report(loaded)[0])
            backup = backed_up(file)
    assert rows(backup.path, "PRAGMA journal_mode") == [("delete",)]
    assert contents_of(backup).acts == 2
    assert backup_names(path) == [backup.path.name]
