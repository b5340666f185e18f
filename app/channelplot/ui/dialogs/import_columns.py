"""Which column of a table holds what: a box for each column beside its first values."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from channelplot.exchange.incoming.mapped_columns import TableLook
from channelplot.exchange.incoming.table_fields import TableField
from channelplot.ui.log.import_fields import table_field_text

_VALUES_SHOWN: Final = 4
_LONGEST: Final = 24
_MOST_COLUMNS: Final = 200
"""Of a table that has more, those further on are read as their titles say."""


class ColumnsPage(QWidget):
    """Signal: said(dict[str, str]), the column of each field, "" for none, once any is changed."""

    said = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        """Show no columns yet."""
        super().__init__(parent)
        self._look: TableLook | None = None
        self.boxes: list[QComboBox] = []
        self.note = QLabel(self)
        self.note.setWordWrap(True)
        self.note.setProperty("faint", True)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(self.note)
        column.addWidget(self._area, 1)

    def show_look(self, look: TableLook) -> None:
        """Show a table: what is read of each column, and its first values."""
        before, self._look = self._look, look
        self.note.setText(
            self.tr("What each column holds. What is chosen is remembered for such tables.")
            if look.titles
            else self.tr("What each column holds. The table has no titles to remember it by.")
        )
        is_same = before is not None and _shown(before) == _shown(look)
        if not is_same or len(self.boxes) != self._count():
            self._build(self._count())
        held = {column.number: column.field for column in look.columns}
        for number, box in enumerate(self.boxes, start=1):
            with QSignalBlocker(box):
                field = held.get(number)
                box.setCurrentIndex(0 if field is None else box.findData(field.value))

    def take_keys(self) -> None:
        """Put the keys into the first box in which nothing is said."""
        unsaid = [box for box in self.boxes if not box.currentData()]
        for box in [*unsaid, *self.boxes][:1]:
            box.setFocus(Qt.FocusReason.OtherFocusReason)

    def columns(self) -> Mapping[str, str]:
        """Return what is said now: the number of each field's column, "" for a field not read."""
        assert self._look is not None, "columns of a table that is shown"
        said = {column.field.value: "" for column in self._look.columns}
        for number, box in enumerate(self.boxes, start=1):
            if box.currentData():
                said[box.currentData()] = str(number)
        return said

    def _count(self) -> int:
        return 0 if self._look is None else min(self._look.width, _MOST_COLUMNS)

    def _build(self, count: int) -> None:
        """Make a box for each column."""
        look = self._look
        assert look is not None, "boxes for a table"
        self.boxes = []
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(2, 1)
        for number in range(1, count + 1):
            named = number <= len(look.titles) and look.titles[number - 1]
            title = named or self.tr("column {number}").format(number=number)
            label = QLabel(_short(title), rows)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setToolTip(title)
            values = [cells[number - 1] for _, cells in look.rows if number <= len(cells)]
            values = [_short(value) for value in values if value][:_VALUES_SHOWN]
            sample = QLabel("   ".join(values), rows)
            sample.setTextFormat(Qt.TextFormat.PlainText)
            sample.setProperty("faint", True)
            sample.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            box = self._box(rows, title)
            for place, widget in enumerate((label, box, sample)):
                grid.addWidget(widget, number - 1, place)
        grid.setRowStretch(count, 1)
        self._area.setWidget(rows)

    def _box(self, parent: QWidget, title: str) -> QComboBox:
        box = QComboBox(parent)
        box.setAccessibleName(self.tr("What the column {title} holds").format(title=title))
        box.addItem(self.tr("not read"), "")
        for field in TableField:
            box.addItem(table_field_text(field), field.value)
        box.currentIndexChanged.connect(lambda _, box=box: self._changed(box))
        self.boxes.append(box)
        return box

    def _changed(self, changed: QComboBox) -> None:
        """Take the field from the column that had it, and tell."""
        for box in self.boxes:
            if (
                box is not changed
                and box.currentData()
                and box.currentData() == changed.currentData()
            ):
                with QSignalBlocker(box):
                    box.setCurrentIndex(0)
        self.said.emit(self.columns())


def _shown(look: TableLook) -> tuple[object, ...]:
    """Return what the names of columns and the values beside them follow from."""
    return look.titles, look.rows


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}…"
