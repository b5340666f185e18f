"""The read-back: a row of cells that say how the line is understood, each always in one place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from channelplot.chart.qt_guard import qt_guarded
from channelplot.ui.line.cells import Cell, CellText, caption_text
from channelplot.ui.line.fixed_text import FixedText

GAP_PX: Final = 14
SMALL: Final = 0.86
"""Captions and second lines, as a share of the panels' size."""
_SAMPLES: Final[Mapping[Cell, tuple[str, float]]] = {
    Cell.POSITION: ("00°00.00'N 000°00.00'W", 1.0),
    Cell.FORM: ("±000 m Cap Gris-Nez", 0.25),
    Cell.NEAREST: ("000.0°T 00.00 NM", 0.35),
    Cell.TIME: ("0000Z 0000 UK 0000 FR", 1.0),
    Cell.MOTION: ("000.0°T 00.0 kn", 0.3),
    Cell.PEOPLE: ("00 counted", 0.8),
    Cell.SOURCE: ("phone 0600000000", 0.75),
    Cell.TRACK: ("000.0°T 00.00 NM 00.00 kn", 0.3),
    Cell.WORDS: ("engine failing, one", 0.0),
}
"""How wide a cell is, by the text that should fit, and which share of that it keeps in any case
when the window is narrow: positions, times, people and telephone numbers are cut last."""
_SPARE: Final[Mapping[Cell, float]] = {
    Cell.FORM: 0.1,
    Cell.NEAREST: 0.1,
    Cell.PEOPLE: 0.22,
    Cell.SOURCE: 0.12,
    Cell.TRACK: 0.1,
    Cell.WORDS: 0.36,
}
"""Who gets what is to spare in a wide window."""
_COLUMNS: Final = tuple(cell for cell in Cell if cell is not Cell.WATERS)
"""The waters have a row of their own below the others: at 1280 pixels no column can spare any."""


def small(font: QFont) -> QFont:
    """Return the font of captions and second lines."""
    smaller = QFont(font)
    smaller.setPixelSize(round(font.pixelSize() * SMALL))
    return smaller


def strong(font: QFont) -> QFont:
    """Return the font of what is read first."""
    bolder = QFont(font)
    bolder.setWeight(QFont.Weight.DemiBold)
    return bolder


@dataclass(frozen=True, slots=True)
class _Labels:
    caption: FixedText
    value: FixedText
    detail: FixedText


class ReadBack(QWidget):
    """The cells. Their places depend on the width and the font alone, never on what they say.

    An accessible name for each: ``Line: Position`` for the value, ``Line: Position, more`` for
    the second line.
    """

    def __init__(self, parent: QWidget, font: QFont) -> None:
        """Make the cells, empty, in the font of the panels."""
        super().__init__(parent)
        self._labels: dict[Cell, _Labels] = {}
        for cell in Cell:
            caption = FixedText(self)
            caption.show_text(caption_text(cell))
            caption.setProperty("faint", True)
            value, detail = FixedText(self, 2 if cell is Cell.WORDS else 1), FixedText(self)
            detail.setProperty("faint", True)
            value.setObjectName(f"line_{cell.value}")
            value.setAccessibleName(self.tr("Line: {cell}").format(cell=caption_text(cell)))
            detail.setAccessibleName(self.tr("Line: {cell}, more").format(cell=caption_text(cell)))
            self._labels[cell] = _Labels(caption, value, detail)
        self._labels[Cell.WATERS].caption.hide()
        self._labels[Cell.WATERS].detail.hide()
        self._labels[Cell.WORDS].value.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._use_font(font)

    def _use_font(self, font: QFont) -> None:
        """Set captions and second lines smaller than values; the position stands out."""
        for cell, labels in self._labels.items():
            labels.caption.setFont(small(font))
            labels.detail.setFont(small(font))
            labels.value.setFont(strong(font) if cell is Cell.POSITION else font)
        self._labels[Cell.WATERS].value.setFont(small(font))
        self.setFixedHeight(self._height())
        self._place()

    def show_cells(self, texts: Mapping[Cell, CellText]) -> None:
        """Show these texts; a cell without one is empty."""
        for cell, labels in self._labels.items():
            text = texts.get(cell, CellText())
            labels.value.show_text(text.value, text.tooltip)
            labels.detail.show_text(text.detail, text.tooltip)
            labels.detail.set_property("warning", text.is_doubtful)
            labels.detail.set_property("faint", not text.is_doubtful)
        waters = texts.get(Cell.WATERS, CellText())
        self._labels[Cell.WATERS].value.set_property("warning", waters.is_doubtful)

    def width_px(self, cell: Cell) -> int:
        """Return how wide a cell is now."""
        return self._labels[cell].value.width()

    @qt_guarded(QSize(0, 0))
    def minimumSizeHint(self) -> QSize:
        """Return the height alone: it fits any width."""
        return QSize(0, self._height())

    @qt_guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the cells for the new width."""
        self._place()

    def _heights(self) -> tuple[int, int, int]:
        """Return where values and second lines begin, and where the waters do."""
        labels = self._labels[Cell.POSITION]
        value_y = labels.caption.fontMetrics().height()
        detail_y = value_y + labels.value.fontMetrics().lineSpacing()
        return value_y, detail_y, detail_y + labels.detail.fontMetrics().lineSpacing()

    def _height(self) -> int:
        """Return the height of the rows together."""
        waters = self._labels[Cell.WATERS].value
        return self._heights()[2] + waters.fontMetrics().lineSpacing()

    def _place(self) -> None:
        value_y, detail_y, bottom = self._heights()
        waters = self._labels[Cell.WATERS].value
        waters.setGeometry(0, bottom, self.width(), waters.fontMetrics().lineSpacing())
        x = 0
        for cell, width in zip(_COLUMNS, self._widths(), strict=True):
            labels = self._labels[cell]
            labels.caption.setGeometry(x, 0, width, value_y)
            if cell is Cell.WORDS:
                labels.value.setGeometry(x, value_y, width, bottom - value_y)
                labels.detail.hide()
            else:
                labels.value.setGeometry(x, value_y, width, detail_y - value_y)
                labels.detail.setGeometry(x, detail_y, width, bottom - detail_y)
            x += width + GAP_PX

    def _widths(self) -> list[int]:
        wanted, least = [], []
        for cell in _COLUMNS:
            labels, (sample, share) = self._labels[cell], _SAMPLES[cell]
            in_detail = cell in (Cell.FORM, Cell.TRACK)
            label = labels.detail if in_detail else labels.value
            width = label.fontMetrics().horizontalAdvance(sample) + 2
            wanted.append(width)
            least.append(share * width)
        room = self.width() - GAP_PX * (len(wanted) - 1)
        spare = room - sum(wanted)
        if spare >= 0:
            return [
                int(width + spare * _SPARE.get(cell, 0.0))
                for cell, width in zip(_COLUMNS, wanted, strict=True)
            ]
        loose = sum(w - m for w, m in zip(wanted, least, strict=True))
        cut = min(1.0, -spare / loose) if loose else 0.0
        return [int(w - (w - m) * cut) for w, m in zip(wanted, least, strict=True)]
