"""The program always starts where a window can be opened, whatever became of its files."""

import logging
import os
import shutil
from pathlib import Path

import pytest

from channelplot.resources import resource_path
from channelplot.settings import config_folder, data_folder
from channelplot.store.backups import backup_folder
from channelplot.ui.dialogs.restore import RestoreDialog
from channelplot.ui.files.plot_files import EXAMPLE_NAME, EXAMPLE_RESOURCE
from helpers.operator import Operator, wait_until


def backup(plot: Path) -> None:
    """Put a copy of a plot among its backups."""
    folder = backup_folder(plot)
    folder.mkdir()
    shutil.copyfile(plot, folder / f"{plot.stem} 2026-09-14T221400Z.gpkg")


def spoil(plot: Path) -> None:
    plot.write_bytes(b"garbage" * 1000)


def restores(operator: Operator) -> None:
    """Press the banner's button, and Enter in the dialog once the backups are read."""
    wait_until(lambda: operator.window.banner.action_button.isVisible(), "the button is there")
    assert operator.window.banner.action_button.text() == "Restore from a backup..."
    operator.presses("F12", "Return")
    dialog = operator.window.findChild(RestoreDialog)
    assert dialog is not None
    wait_until(dialog.restore_button.isEnabled, "it can be restored")
    operator.presses("Return")


@pytest.mark.parametrize("what", ["damaged", "gone"])
def test_a_plot_that_was_asked_for_and_can_not_be_opened_is_offered_its_backups(
    operator: Operator, night: Path, what: str
) -> None:
    backup(night)
    if what == "gone":
        night.unlink()
    else:
        os.truncate(night, 30_000)

    operator.opens(night)

    assert operator.plot_path.name == EXAMPLE_NAME
    assert "night.gpkg" in operator.sees_banner()
    restores(operator)
    wait_until(lambda: operator.plot_path == night, "the restored plot is open")


@pytest.mark.parametrize("is_the_last", [True, False])
def test_a_damaged_example_is_kept_and_made_anew(operator: Operator, is_the_last: bool) -> None:
    operator.opens()
    example = operator.plot_path
    operator.closes()
    if not is_the_last:
        (config_folder() / "state.json").unlink()
    spoil(example)

    operator.opens()

    assert operator.plot_path == example
    assert not operator.window.desk.session.document.is_read_only
    assert EXAMPLE_NAME in operator.sees_banner()
    (kept,) = example.parent.glob(f"{EXAMPLE_NAME}.corrupt-*")
    assert kept.read_bytes() == b"garbage" * 1000
    operator.plots("50 58.0N 001 41.0E")


def test_where_no_example_can_be_made_the_shipped_one_is_open_to_read(
    operator: Operator, expected_warnings: list[logging.LogRecord]
) -> None:
    folder = data_folder()
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("no folder")
    shipped = resource_path(EXAMPLE_RESOURCE)
    before = shipped.read_bytes(), sorted(shipped.parent.iterdir())

    operator.opens()

    assert operator.plot_path == shipped
    assert operator.sees_saved_mark() == "Read only"
    assert EXAMPLE_NAME in operator.sees_banner()
    assert len(operator.reads_panel("Reports")) > 0
    operator.closes()
    assert (shipped.read_bytes(), sorted(shipped.parent.iterdir())) == before
    assert all(
        "not kept" in each.getMessage() or "as empty" in each.getMessage()
        for each in expected_warnings
    ), "nothing else than that nothing can be kept"
    folder.unlink()
    operator.opens()
    assert operator.plot_path == folder / EXAMPLE_NAME, "the shipped one was not remembered"
    assert not operator.window.desk.session.document.is_read_only
