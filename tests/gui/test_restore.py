"""The dialog that restores a plot from a backup: by keys, with what each holds and what happens."""

import os
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from channelplot.store.backups import backup_folder
from channelplot.ui.dialogs.restore import RestoreDialog
from helpers.operator import Operator, wait_until
from helpers.plot_files import file_rows

SPOILED_BYTES = 30_000


def backup(plot: Path, time: str) -> Path:
    """Put a copy of a plot, which nobody has open, among its backups."""
    folder = backup_folder(plot)
    folder.mkdir(exist_ok=True)
    return Path(shutil.copyfile(plot, folder / f"{plot.stem} 2026-09-{time}Z.gpkg"))


@pytest.fixture
def plot(operator: Operator, night: Path) -> Path:
    """A plot with two backups, of no report and of one, and two reports."""
    backup(night, "14T221400")
    operator.opens(night)
    operator.enters_line("0210 50 58.0N 001 41.0E 10pob")
    operator.closes()
    shutil.rmtree(backup_folder(night))
    first = backup(night, "15T021400")
    operator.opens(night)
    operator.enters_line("0228 50 59.5N 001 37.0E 20pob")
    operator.closes()
    for path in backup_folder(night).iterdir():
        if path != first:
            path.unlink()
    shutil.copyfile(first, first.with_name("night 2026-09-14T221400Z.gpkg"))
    return night


def dialog_of(operator: Operator) -> RestoreDialog:
    """The dialog, once all its backups are read."""
    wait_until(lambda: operator.window.findChild(RestoreDialog), "the dialog is open")
    dialog = operator.window.findChild(RestoreDialog)
    assert dialog is not None

    def is_read() -> bool:
        return bool(dialog._copies) and len(dialog._contents) == len(dialog._copies)

    wait_until(lambda: is_read() or "no backup" in dialog.empty.text(), "the backups are read")
    return dialog


def cells(dialog: RestoreDialog, row: int) -> list[str]:
    """The texts of a row."""
    items = [dialog.table.item(row, column) for column in range(dialog.table.columnCount())]
    return [item.text() for item in items if item is not None]


def begins(operator: Operator) -> RestoreDialog:
    operator.takes_from_menu("File", "Restore from a backup")
    return dialog_of(operator)


def test_it_shows_what_each_backup_holds_and_what_restoring_does(
    operator: Operator, plot: Path
) -> None:
    operator.opens(plot)

    dialog = begins(operator)

    made, age, last_act, where, acts, boats, reports, size = cells(dialog, 0)
    assert (made, age, where) == ("150214Z SEP 26", "46 min", "beside the plot")
    assert (acts, boats, reports) == ("2", "1", "1")
    assert last_act.startswith("0300Z  start track A, by ")
    assert size.endswith(" kB")
    assert dialog.table.currentRow() == 0, "the newest is chosen"
    assert "stays as it is" in dialog.said.text()
    assert "One act of night.gpkg is not in it." in dialog.said.text()
    dialog.reject()


def test_enter_restores_beside_a_sound_plot_and_opens_it(operator: Operator, plot: Path) -> None:
    operator.opens(plot)
    dialog = begins(operator)
    wait_until(dialog.restore_button.isEnabled, "it can be restored")

    operator.presses("Return")

    wait_until(lambda: operator.plot_path != plot, "the restored plot is open")
    assert operator.plot_path.name == "night restored 0214Z.gpkg"
    assert len(operator.reads_panel("Reports")) == 1
    assert file_rows(plot, "SELECT people_total FROM reports") == [(10,), (20,)]
    wait_until(lambda: operator.window.findChild(RestoreDialog) is None, "the dialog is deleted")


def test_escape_restores_nothing(operator: Operator, plot: Path) -> None:
    before = sorted(plot.parent.iterdir())
    operator.opens(plot)
    begins(operator)

    operator.presses("Escape")

    wait_until(lambda: operator.window.findChild(RestoreDialog) is None, "the dialog is deleted")
    assert operator.plot_path == plot
    operator.window.activateWindow()
    operator.closes()
    assert [path for path in sorted(plot.parent.iterdir()) if path.suffix != ".lock"] == before


def test_a_damaged_backup_says_so_and_the_next_one_is_chosen(
    operator: Operator, plot: Path
) -> None:
    os.truncate(sorted(backup_folder(plot).iterdir())[-1], SPOILED_BYTES)
    operator.opens(plot)

    dialog = begins(operator)

    assert "Damaged or unreadable" in cells(dialog, 0)[2]
    item = dialog.table.item(0, 0)
    assert item is not None
    assert item.flags() == Qt.ItemFlag.NoItemFlags
    assert dialog.table.currentRow() == 1
    wait_until(dialog.restore_button.isEnabled, "it can be restored")
    operator.presses("Up")
    assert dialog.table.currentRow() == 1, "a damaged one can't be chosen"
    dialog.reject()


def test_without_a_sound_backup_nothing_can_be_restored(operator: Operator, plot: Path) -> None:
    for path in backup_folder(plot).iterdir():
        os.truncate(path, SPOILED_BYTES)
    operator.opens(plot)

    dialog = begins(operator)

    assert dialog.said.text() == "None of the backups can be restored."
    assert not dialog.restore_button.isEnabled()
    operator.presses("Return")
    assert operator.plot_path == plot
    dialog.reject()


def test_a_damaged_copy_gives_way_to_the_one_in_the_second_folder(
    operator: Operator, plot: Path, tmp_path: Path
) -> None:
    operator.opens(plot)
    second = tmp_path / "second"
    shutil.copytree(backup_folder(plot), second / backup_folder(plot).name)
    for path in backup_folder(plot).iterdir():
        os.truncate(path, SPOILED_BYTES)
    dialog = RestoreDialog(
        operator.window,
        plot,
        second,
        operator.window.desk.background,
        operator.clock,
        lambda: True,
    )
    dialog.open()

    dialog_of(operator)

    assert dialog.table.rowCount() == 2, "each backup stands there once"
    assert cells(dialog, 0)[3] == "second folder"
    assert cells(dialog, 0)[4] == "2"
    dialog.reject()


def test_a_plot_without_backups_says_where_they_would_be(operator: Operator, night: Path) -> None:
    operator.opens(night)

    dialog = begins(operator)

    assert "There is no backup of night.gpkg." in dialog.empty.text()
    assert str(backup_folder(night)) in dialog.empty.text()
    assert not dialog.restore_button.isVisible()
    dialog.reject()


def test_a_damaged_plot_is_offered_its_backups_and_kept_aside(
    operator: Operator, plot: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copyfile(plot, tmp_path / "other.gpkg"))
    os.truncate(plot, SPOILED_BYTES)
    operator.opens(other)

    operator.opens_by_menu(plot)
    assert "is damaged" in operator.sees_banner()
    operator.presses("F12", "Return")
    dialog = dialog_of(operator)
    wait_until(dialog.restore_button.isEnabled, "it can be restored")
    assert "night.gpkg is damaged. It is kept" in dialog.said.text()
    operator.presses("Return")

    wait_until(lambda: operator.plot_path == plot, "the restored plot is open")
    assert len(operator.reads_panel("Reports")) == 1
    kept = plot.with_name("night.gpkg.corrupt-20260915T030000Z")
    assert kept.stat().st_size == SPOILED_BYTES, "the damaged one is as it was"


def test_the_last_plot_found_damaged_at_the_start_is_offered_its_backups(
    operator: Operator, plot: Path
) -> None:
    os.truncate(plot, SPOILED_BYTES)

    operator.opens()

    assert operator.plot_path != plot, "the example is open"
    assert "night.gpkg is damaged" in operator.sees_banner()
    operator.window.banner.action_button.click()
    dialog = dialog_of(operator)
    assert dialog.heading.text() == "night.gpkg"
    dialog.reject()


def test_a_plot_that_is_gone_is_offered_its_backups(operator: Operator, plot: Path) -> None:
    plot.unlink()

    operator.opens()

    wait_until(lambda: operator.window.banner.action_button.isVisible(), "the button is there")
    assert "There is no file night.gpkg" in operator.sees_banner()
    operator.presses("F12", "Return")
    dialog = dialog_of(operator)
    wait_until(dialog.restore_button.isEnabled, "it can be restored")
    assert "is no longer there" in dialog.said.text()
    operator.presses("Return")
    wait_until(lambda: operator.plot_path == plot, "the restored plot is open")


def test_a_backup_that_vanishes_meanwhile_is_told_in_the_dialog(
    operator: Operator, plot: Path
) -> None:
    operator.opens(plot)
    dialog = begins(operator)
    wait_until(dialog.restore_button.isEnabled, "it can be restored")
    for path in backup_folder(plot).iterdir():
        path.unlink()

    operator.presses("Return")

    wait_until(lambda: bool(dialog.said.property("bad")), "it is told")
    assert "There is no file" in dialog.said.text()
    assert operator.plot_path == plot
    dialog.reject()
