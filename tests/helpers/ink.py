"""What the pixels of a window say: how bright they are, and how well its texts can be read."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QAbstractListModel, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QRegion
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDockWidget,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QRadioButton,
    QTabBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

Floats = npt.NDArray[np.float64]
RATIO = 2
"""Pixels of a picture for one of the window: a stroke of a letter is then wider than its edges."""
_SMALLEST_PX = 5 * RATIO
"""What is lower than this is a dash or a rule, no word."""
_GAP_PX = 4 * RATIO
_EDGE_PX = 2
_PICTURE_PX = 24
"""Beside a text: what is ticked, an icon, the arrow of a menu within. No text."""
_SAME = 1.12
"""Below this contrast a pixel is ground: shades of one colour."""
_PARTS = np.arange(256) / 255.0
_LINEAR = np.where(_PARTS <= 0.04045, _PARTS / 12.92, ((_PARTS + 0.055) / 1.055) ** 2.4)
"""What each of the 256 values of a colour's part is in linear light."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text that shows, where it stands in the window, and the contrast of its faintest word."""

    words: str
    where: str
    contrast: float

    def __str__(self) -> str:
        return f"{self.contrast:.2f} {self.where}: {self.words[:60]!r}"


def picture(window: QWidget) -> QImage:
    """A window as it is drawn, at RATIO pixels for one."""
    image = QImage(window.size() * RATIO, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(RATIO)
    image.fill(QColor("#ff00ff"))  # what nothing draws would stand out
    window.render(image, QPoint(), QRegion(), QWidget.RenderFlag.DrawWindowBackground
                  | QWidget.RenderFlag.DrawChildren)  # fmt: skip
    return image


def luminance_of(image: QImage) -> Floats:
    """The relative luminance of every pixel, WCAG 2.2."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    raw = np.frombuffer(plain.constBits(), np.uint8)
    pixels = raw.reshape(plain.height(), plain.bytesPerLine() // 4, 4)[:, : plain.width(), :3]
    luminance = np.zeros(pixels.shape[:2])
    for part, share in enumerate((0.0722, 0.7152, 0.2126)):  # blue, green, red
        luminance += np.take(share * _LINEAR, pixels[:, :, part])
    return luminance


def texts_of(window: QWidget, luminance: Floats | None = None) -> list[Text]:
    """Every text that shows in a window, measured where it stands.

    luminance: of its picture, where somebody has that already.
    """
    if luminance is None:
        luminance = luminance_of(picture(window))
    found = []
    for words, where, rect in (*_places(window), *_cells(window)):
        shown = rect & window.rect()
        part = luminance[
            shown.top() * RATIO : (shown.bottom() + 1) * RATIO,
            shown.left() * RATIO : (shown.right() + 1) * RATIO,
        ]
        faintest = faintest_word(part)
        if faintest is not None:
            found.append(Text(words, where, faintest))
    return found


def faintest_word(luminance: Floats) -> float | None:
    """The contrast of the faintest word in a piece of a picture; None where there is none."""
    if min(luminance.shape) < _SMALLEST_PX:
        return None
    rounded = np.round(luminance, 4)
    values, counts = np.unique(rounded, return_counts=True)
    ground = float(values[counts.argmax()])
    high, low = np.maximum(luminance, ground), np.minimum(luminance, ground)
    contrast = (high + 0.05) / (low + 0.05)
    found = []
    for rows in _runs(np.any(contrast > _SAME, axis=1), 1):
        line = contrast[rows]
        if line.shape[0] < _SMALLEST_PX:
            continue
        for columns in _runs(np.any(line > _SAME, axis=0), _GAP_PX):
            word = line[:, columns]
            tall = np.any(word > _SAME, axis=1)
            if np.count_nonzero(tall) >= _SMALLEST_PX and word.shape[1] >= RATIO:
                found.append(float(word.max()))
    return min(found, default=None)


def _runs(filled: npt.NDArray[np.bool_], gap: int) -> list[slice]:
    """The stretches that are filled, together where less than a gap lies between them."""
    runs: list[slice] = []
    for at in np.flatnonzero(filled):
        if runs and at - runs[-1].stop < gap:
            runs[-1] = slice(runs[-1].start, int(at) + 1)
        else:
            runs.append(slice(int(at), int(at) + 1))
    return runs


def _places(window: QWidget) -> Iterator[tuple[str, str, QRect]]:
    """Words, what shows them, and where, in the window's own places."""
    for widget in (window, *window.findChildren(QWidget)):
        if not widget.isVisibleTo(window) or widget.window() is not window:
            continue
        region = widget.visibleRegion().boundingRect() if widget.isVisible() else widget.rect()
        origin = widget.mapTo(window, QPoint())
        where = f"{type(widget).__name__} {widget.objectName() or widget.accessibleName()}"
        for words, rect in _texts_in(widget):
            shown = rect & region
            if words.strip() and shown.height() > 4 and shown.width() > 4:
                yield words, where, shown.translated(origin)


def _texts_in(widget: QWidget) -> Iterator[tuple[str, QRect]]:
    inside = widget.rect().adjusted(_EDGE_PX, _EDGE_PX, -_EDGE_PX, -_EDGE_PX)
    if isinstance(widget, QLabel):
        yield widget.text(), inside
    elif isinstance(widget, QCheckBox | QRadioButton):
        yield widget.text(), inside.adjusted(_PICTURE_PX, 0, 0, 0)
    elif isinstance(widget, QAbstractButton):
        if not isinstance(widget, QToolButton) or _shows_text(widget):
            yield widget.text(), inside
    elif isinstance(widget, QLineEdit):
        yield widget.displayText() or widget.placeholderText(), inside
    elif isinstance(widget, QComboBox):
        yield widget.currentText(), inside.adjusted(0, 0, -22, 0)
    elif isinstance(widget, QTabBar):
        for tab in range(widget.count()):
            yield widget.tabText(tab), widget.tabRect(tab).adjusted(2, 2, -2, -4)
    elif isinstance(widget, QMenu | QMenuBar):
        for action in widget.actions():
            if not action.isSeparator() and action.isVisible():
                aside = _PICTURE_PX if isinstance(widget, QMenu) else 2
                rect = widget.actionGeometry(action).adjusted(aside, 1, -aside, -1)
                yield action.text().partition("\t")[0], rect
    elif isinstance(widget, QDockWidget):
        top = widget.widget().y() if widget.widget() is not None else 0
        if top > 8:
            yield widget.windowTitle(), QRect(2, 1, widget.width() - 44, top - 3)
    elif isinstance(widget, QGroupBox):
        yield widget.title(), QRect(2, 0, widget.width() - 4, widget.fontMetrics().height())


def _shows_text(button: QToolButton) -> bool:
    return button.toolButtonStyle() is not Qt.ToolButtonStyle.ToolButtonIconOnly or (
        button.icon().isNull()
    )


def _cells(window: QWidget) -> Iterator[tuple[str, str, QRect]]:
    """The cells of tables and lists and the titles of columns, and what is in large texts."""
    for view in window.findChildren(QAbstractItemView):
        if not view.isVisibleTo(window) or view.window() is not window or view.model() is None:
            continue
        origin = view.viewport().mapTo(window, QPoint())
        shown = view.viewport().visibleRegion().boundingRect()
        model, root = view.model(), view.rootIndex()
        where = f"{type(view).__name__} {view.accessibleName() or view.objectName()}"
        if isinstance(view, QHeaderView):
            for section in range(view.count()):
                left, width = view.sectionViewportPosition(section), view.sectionSize(section)
                rect = QRect(left + 1, 2, width - 15, view.height() - 5)
                words = str(model.headerData(section, view.orientation()) or "")
                if words.strip() and shown.contains(rect) and not view.isSectionHidden(section):
                    yield words, where, rect.translated(origin)
            continue
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(root)
        for row in range(min(model.rowCount(root), 60)):
            for column in range(columns):
                index = model.index(row, column, root)
                rect = view.visualRect(index).adjusted(1, 1, -1, -1)
                words = str(index.data() or "")
                if words.strip() and rect.isValid() and shown.contains(rect):
                    pictures = (Qt.ItemDataRole.DecorationRole, Qt.ItemDataRole.CheckStateRole)
                    left = _PICTURE_PX * sum(index.data(role) is not None for role in pictures)
                    yield words, where, rect.adjusted(left, 0, 0, 0).translated(origin)
    for edit in window.findChildren(QTextEdit) + window.findChildren(QPlainTextEdit):
        if edit.isVisibleTo(window) and edit.window() is window:
            port = edit.viewport()
            yield (
                edit.toPlainText(),
                type(edit).__name__,
                port.rect().translated(port.mapTo(window, QPoint())),
            )
