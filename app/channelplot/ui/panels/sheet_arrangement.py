"""Where preview, choices and buttons of the Sheet panel stand, by the room there is."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from channelplot.ui.panels.entity_panel import MARGIN_PX
from channelplot.ui.panels.sheet_fields import SheetFields
from channelplot.ui.panels.sheet_preview import SheetPreview

BESIDE_LETTERS: Final = 100
"""From this width on the choices stand beside the preview, not below it."""
LOW_PX: Final = 240
"""Where less is left for the preview, the buttons stand beside it: pages are seldom so wide."""
_FIELDS_LETTERS: Final = 48
_WITHOUT_LIMIT_PX: Final = 16_777_215
"""Qt's own: as large as may be."""
_ACROSS: Final = QBoxLayout.Direction.LeftToRight
_DOWN: Final = QBoxLayout.Direction.TopToBottom


class SheetArrangement:
    """Lays out the parts of the panel; all choices show at once, and what they leave is the page's.

    Where there is not the height for that, the choices scroll.
    """

    def __init__(
        self,
        panel: QWidget,
        preview: SheetPreview,
        fields: SheetFields,
        *,
        buttons: tuple[QPushButton, ...],
        turning: tuple[QWidget, ...],
    ) -> None:
        """Take the parts. buttons: the first one is what the panel is for. turning: of pages."""
        self._panel, self._preview, self._fields, self._buttons = panel, preview, fields, buttons
        self._scroll = QScrollArea(panel)
        self._scroll.setWidget(fields)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._doing = _box()
        self._doing.addWidget(buttons[0])
        self._doing.addLayout(_row(*buttons[1:]))
        self._doing.addStretch(1)
        self._doing.addLayout(_row(*turning))
        self._head = _box()
        self._head.addWidget(preview, 1)
        self._head.addLayout(self._doing)
        self._parts = _box()
        self._parts.addLayout(self._head)
        self._parts.addWidget(self._scroll)
        self._parts.addStretch()
        column = QVBoxLayout(panel)
        column.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        column.setSpacing(MARGIN_PX)
        column.addLayout(self._parts, 1)
        column.addWidget(fields.fault)

    def wanted_px(self) -> int:
        """Return the height in which all choices show, and a page that can be judged."""
        return self._preview.sizeHint().height() + self._others_px()

    def fit(self) -> None:
        """Use the room there is: after a change of the panel's size, or of what is hidden."""
        letter_px = self._panel.fontMetrics().averageCharWidth()
        is_wide = self._panel.width() >= letter_px * BESIDE_LETTERS
        has_page = not self._preview.isHidden()
        is_low = self._panel.height() - self._others_px() < LOW_PX
        is_beside = is_low and has_page and not is_wide
        self._parts.setDirection(_ACROSS if is_wide else _DOWN)
        self._parts.setStretch(0, int(has_page))
        self._parts.setStretch(2, int(not has_page))
        self._head.setDirection(_ACROSS if is_beside else _DOWN)
        self._doing.setDirection(_DOWN if is_beside else _ACROSS)
        beside_px = letter_px * _FIELDS_LETTERS if is_wide else 0
        self._scroll.setMinimumWidth(beside_px)
        self._scroll.setMaximumWidth(beside_px or _WITHOUT_LIMIT_PX)
        fields_px = self._fields.sizeHint().height()
        self._fields.setMinimumHeight(fields_px)  # else large letters are cut before it scrolls
        self._scroll.setMaximumHeight(_WITHOUT_LIMIT_PX if is_wide else fields_px)

    def _others_px(self) -> int:
        """Return the height of all but the page, the buttons below it."""
        hints = (self._fields.sizeHint(), self._buttons[0].sizeHint())
        return sum(hint.height() for hint in hints) + 4 * MARGIN_PX


def _box() -> QBoxLayout:
    box = QBoxLayout(_DOWN)
    box.setSpacing(MARGIN_PX)
    return box


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(MARGIN_PX)
    for widget in widgets:
        row.addWidget(widget)
    return row
