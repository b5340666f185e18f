"""Asking once before files that are there are replaced."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from channelplot.chart.urgency import Urgency
from channelplot.ui.dialogs.primary import make_primary
from channelplot.ui.urgency_icons import urgency_pixmap

_MOST_NAMES: Final = 6
"""More names are counted, not listed."""
_SHAPE_PX: Final = 40


class ReplaceFilesBox(QMessageBox):
    """Says which files are there already. Enter asks for another name, Esc leaves all as it is.

    Signals: replace_wanted() and another_name_wanted().
    """

    replace_wanted = Signal()
    another_name_wanted = Signal()

    def __init__(self, parent: QWidget, there: Sequence[Path], count: int) -> None:
        """Name the files that are there, all in one folder, of ``count`` that are to be written."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Replace files"))
        self.setTextFormat(Qt.TextFormat.PlainText)  # a name may look like anything
        self.setIconPixmap(urgency_pixmap(Urgency.STANDING, _SHAPE_PX))
        self.setText(self._what_is_there(there, count))
        self.setInformativeText(self._where(there, is_named=count > 1))
        role = QMessageBox.ButtonRole
        is_one = len(there) == 1
        replace: QPushButton = self.addButton(
            self.tr("&Replace it") if is_one else self.tr("&Replace them"), role.DestructiveRole
        )
        another: QPushButton = self.addButton(self.tr("&Another name..."), role.AcceptRole)
        self.setEscapeButton(self.addButton(QMessageBox.StandardButton.Cancel))
        self.setDefaultButton(another)
        make_primary(another)
        replace.clicked.connect(lambda _: self.replace_wanted.emit())
        another.clicked.connect(lambda _: self.another_name_wanted.emit())

    def _what_is_there(self, there: Sequence[Path], count: int) -> str:
        if count == 1:
            text = self.tr("{name} is there already. Nothing is written yet.")
        elif len(there) == count:
            text = self.tr("All {count} files are there already. Nothing is written yet.")
        elif len(there) == 1:
            text = self.tr("1 of these {count} files is there already. Nothing is written yet.")
        else:
            text = self.tr(
                "{there} of these {count} files are there already. Nothing is written yet."
            )
        return text.format(name=there[0].name, there=len(there), count=count)

    def _where(self, there: Sequence[Path], *, is_named: bool) -> str:
        """Return the names one below the other, if they are wanted, and the folder."""
        folder = self.tr("In {folder}").format(folder=there[0].parent)
        if not is_named:
            return folder
        is_long = len(there) > _MOST_NAMES
        shown = there[: _MOST_NAMES - 1] if is_long else there
        lines = [path.name for path in shown]
        if is_long:
            lines.append(self.tr("and {count} more").format(count=len(there) - len(shown)))
        return "\n".join((*lines, "", folder))
