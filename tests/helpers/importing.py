"""Somebody at the desk who brings files in: the dialog looked at, and accepted."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from channelplot.ui.dialogs.import_file import ImportDialog
from helpers.operator import Operator, wait_until


def looks_at(operator: Operator, *files: Path) -> ImportDialog:
    """The dialog, once the first of the files is read."""
    operator.window.exchange.read(files)
    dialog = the_dialog(operator)
    settles(dialog)
    return dialog


def the_dialog(operator: Operator) -> ImportDialog:
    """The one that shows: of one that was closed Qt lets go a moment later."""
    (dialog,) = (d for d in operator.window.findChildren(ImportDialog) if d.isVisible())
    return dialog


def settles(dialog: ImportDialog) -> None:
    """Wait until the file is read and what comes in of it is worked out."""
    wait_until(lambda: dialog.work.looked and not dialog.work.is_working, "the file is read")


def brings_in(operator: Operator, dialog: ImportDialog) -> None:
    """Press Ctrl+Enter and wait until the file is in the plot."""
    acts = len(operator.window.desk.session.document.history.past)
    dialog.activateWindow()
    wait_until(lambda: QApplication.activeWindow() is dialog, "the dialog has the keys")
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait_until(
        lambda: len(operator.window.desk.session.document.history.past) > acts, "it is in the plot"
    )
    operator.waits_until_saved()
