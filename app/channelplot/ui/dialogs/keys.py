"""The list of all keys, and of what the plot line reads."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QStyle,
    QVBoxLayout,
    QWidget,
)

_AROUND_PX: Final = 80
"""What the frame of the window and the bars of the desktop take of a screen."""


class KeysDialog(QDialog):
    """Every action with its keys, what the mouse does on the chart, what the line reads."""

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
        line_rows = [
            (
                self.tr("Where"),
                "50 58.0N 001 41.0E    31U DS 1855 5491    023 CGN 7.2    A 310 1.5",
            ),
            (self.tr("When"), "0210    0310A    0410 FR    -12    150228Z SEP 26"),
            (self.tr("What else"), "310/4    45pob incl 8 ch    40+    aircraft    1A"),
            (self.tr("To which boat"), ">A    >none    new    new CUTTER-1 rescue_vessel"),
            (self.tr("Who called"), "tel 06 12 34 56 78    call sign MABC2    same phone as 0345A"),
            (self.tr("Write in the watch log"), "log relief at 0600    log >A families told"),
            (self.tr("Add or move a mark"), "mark CGN 50 52.17N 001 34.98E Cap Gris-Nez"),
            (self.tr("Words that are not read"), "// channel 16, call back 0430"),
        ]
        heading = QLabel(self.tr("In the plot line"), self)
        heading.setProperty("strong", True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        listed = QWidget(self)
        inner = QVBoxLayout(listed)
        inner.setContentsMargins(20, 18, 20, 14)
        inner.setSpacing(14)
        inner.addLayout(self._grid(rows, sides=2))
        inner.addWidget(heading)
        inner.addLayout(self._grid(line_rows, sides=1))
        self.area = QScrollArea(self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setWidget(listed)
        self.area.setAccessibleName(self.tr("Keys"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 14, 14)
        layout.addWidget(self.area, 1)
        layout.addWidget(buttons)
        self._fit(listed.sizeHint(), buttons.sizeHint().height(), parent.window().size())
        self.area.setFocus()  # the arrow keys and Page Down scroll

    def _fit(self, wanted: QSize, buttons_px: int, window: QSize) -> None:
        """Be as large as the lists want, but no larger than the screen has room for."""
        bar_px = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        around = QSize(_AROUND_PX, _AROUND_PX)
        screen = self.screen().availableGeometry().size()
        room = screen.expandedTo(window) - around
        width_px = wanted.width() + bar_px + _AROUND_PX // 4
        height_px = wanted.height() + buttons_px + _AROUND_PX
        self.resize(QSize(width_px, height_px).boundedTo(room))

    def _grid(self, rows: Sequence[tuple[str, str]], sides: int) -> QGridLayout:
        """Return pairs of text and keys, one below the other, in so many columns of pairs."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(5)
        height = -(-len(rows) // sides)
        for number, (text, key) in enumerate(rows):
            row, side = number % height, 2 * (number // height)
            name = QLabel(text, self)
            name.setProperty("faint", True)
            grid.addWidget(name, row, side)
            grid.addWidget(QLabel(key, self), row, side + 1)
        grid.setColumnStretch(2 * sides, 1)
        return grid
