"""The list of all keys."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget


class KeysDialog(QDialog):
    """Every action with its keys, and what the mouse does on the chart."""

    def __init__(self, parent: QWidget, keys: Sequence[tuple[str, str]]) -> None:
        """Show pairs of text and keys."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        rows = [
            *keys,
            (self.tr("Plot what is being taken"), self.tr("Enter")),
            (self.tr("Clear the form, then leave it"), self.tr("Esc")),
            (self.tr("Lines plotted before, in the plot line"), self.tr("Up / Down")),
            (self.tr("Take the name that is offered in grey"), self.tr("Tab or Right")),
            (self.tr("Answer a question of the line"), self.tr("Alt+1 / Alt+2 / Alt+3")),
            (self.tr("In a form: all the same / correct it"), self.tr("Alt+1 / Alt+2")),
            (self.tr("Zoom about the pointer"), self.tr("wheel, Page Up, Page Down")),
            (self.tr("Pan"), self.tr("middle drag, Space and drag, arrows")),
            (self.tr("Add to the selection"), self.tr("Ctrl and click")),
        ]
        grid = QGridLayout()
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(5)
        half = (len(rows) + 1) // 2
        for number, (text, key) in enumerate(rows):
            row, side = number % half, 2 * (number // half)
            name = QLabel(text, self)
            name.setProperty("faint", True)
            grid.addWidget(name, row, side)
            grid.addWidget(QLabel(key, self), row, side + 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(14)
        layout.addLayout(grid)
        layout.addWidget(buttons)
