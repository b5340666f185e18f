"""What a regrouping changes, track by track: the figures before and after."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from channelplot.analysis.regrouping import ReckonedDifference, TrackDifference
from channelplot.chart.qt_guard import qt_guarded
from channelplot.geodesy.text import Notation
from channelplot.ui.line.fixed_text import FixedText
from channelplot.ui.words.regroup_text import (
    Figure,
    caption_text,
    figure_texts,
    reckoned_text,
    track_text,
)

MOST_TRACKS: Final = 2
"""Rows; of more tracks the first and the last show, the last being where reports go."""
_GAP_PX: Final = 18
_LEFT_OUT_FIRST: Final = (Figure.LAST, Figure.MADE_GOOD, Figure.MEAN, Figure.REPORTS)
"""What a narrow window does without, in this order; the tooltip has it all. People always show."""


class DifferenceTable(QWidget):
    """A row for each track, a column for each figure that changes. Its height never changes."""

    def __init__(self) -> None:
        """Make the table, empty."""
        super().__init__()
        self.setAccessibleName(self.tr("What changes"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(_GAP_PX)
        grid.setVerticalSpacing(0)
        self._captions: dict[Figure, QLabel] = {}
        self._names = tuple(QLabel(self) for _ in range(MOST_TRACKS))
        self._cells: dict[tuple[int, Figure], FixedText] = {}
        for row, name in enumerate(self._names, 1):
            name.setProperty("strong", True)
            grid.addWidget(name, row, 0)
        for column, figure in enumerate(Figure, 1):
            caption = QLabel(caption_text(figure), self)
            caption.setProperty("faint", True)
            self._captions[figure] = caption
            grid.addWidget(caption, 0, column)
            for row in range(MOST_TRACKS):
                cell = FixedText(self, asks_for_width=True)
                self._cells[row, figure] = cell
                grid.addWidget(cell, row + 1, column)
        grid.setColumnStretch(len(Figure) + 1, 1)
        grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setFixedHeight((1 + MOST_TRACKS) * self.fontMetrics().lineSpacing())
        self.show_differences(())

    def show_differences(self, differences: Sequence[TrackDifference]) -> None:
        """Show what changes; nothing for none."""
        shown = tuple(differences)
        if len(shown) > MOST_TRACKS:
            shown = (*shown[: MOST_TRACKS - 1], shown[-1])
        texts = [figure_texts(one) for one in shown]
        for row, name in enumerate(self._names):
            name.setText(track_text(shown[row]) if row < len(shown) else "")
            for figure in Figure:
                text = texts[row].get(figure, "") if row < len(shown) else ""
                self._cells[row, figure].show_text(text)
                self._cells[row, figure].setAccessibleName(self._cell_name(row, figure))
        self.setToolTip("\n".join(map(_line_text, differences)))
        self._fit()

    @qt_guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the columns that there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show the columns in which something stands, without those that do not fit."""
        shown = [figure for figure in Figure if self._column_px(figure)]
        names_px = max(name.sizeHint().width() for name in self._names)
        for figure in _LEFT_OUT_FIRST:
            needed_px = names_px + sum(_GAP_PX + self._column_px(each) for each in shown)
            if needed_px > self.width() and figure in shown:
                shown.remove(figure)
        for figure, caption in self._captions.items():
            caption.setVisible(figure in shown)
            for row in range(MOST_TRACKS):
                self._cells[row, figure].setVisible(figure in shown)

    def _column_px(self, figure: Figure) -> int:
        """Return how wide a column is, 0 if nothing stands in it."""
        cells = [self._cells[row, figure] for row in range(MOST_TRACKS)]
        if not any(cell.text() for cell in cells):
            return 0
        return max(label.sizeHint().width() for label in (self._captions[figure], *cells))

    def rows(self) -> list[dict[str, str]]:
        """Return what shows: for each track its name and the figures under their captions."""
        found = []
        for row, name in enumerate(self._names):
            if name.text():
                cells = {
                    self._captions[figure].text(): text
                    for figure in Figure
                    if (text := self._cells[row, figure].text())
                }
                found.append({"": name.text(), **cells})
        return found

    def _cell_name(self, row: int, figure: Figure) -> str:
        return f"{self._names[row].text()}: {self._captions[figure].text()}"


class ReckonedRow(FixedText):
    """Where craft are reckoned before and after a regrouping, below the table; always one line."""

    def __init__(self, parent: QWidget) -> None:
        """Make the row, empty."""
        super().__init__(parent)
        self.setAccessibleName(self.tr("Reckoned position"))
        self._differences: tuple[ReckonedDifference, ...] = ()
        self._notation = Notation.DDM

    def show_reckoned(self, differences: Sequence[ReckonedDifference], notation: Notation) -> None:
        """Show what changes; nothing for none. Of several craft, what there is room for."""
        self._differences, self._notation = tuple(differences), notation
        self._fit()

    @qt_guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave the positions out where they do not fit; the tooltip has them."""
        whole = reckoned_text(self._differences, self._notation)
        brief = reckoned_text(self._differences, self._notation, is_brief=True)
        is_room = self.fontMetrics().horizontalAdvance(whole) <= self.contentsRect().width()
        self.show_text(whole if is_room else brief, whole)


def _line_text(difference: TrackDifference) -> str:
    """Return all that changes of a track: ``A: Reports 5 → 4, Run 8.64 → 8.63 NM``."""
    said = [f"{caption_text(figure)} {text}" for figure, text in figure_texts(difference).items()]
    return f"{track_text(difference)}: {', '.join(said)}"
