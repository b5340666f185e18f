"""A small drawing of a limit with the names of its sides where they lie."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from channelplot.chart.qt_guard import qt_guarded
from channelplot.geodesy.position import Position
from channelplot.geodesy.projection import to_chart_m
from channelplot.ui.theme import theme

SIZE_PX: Final = QSize(220, 160)
_MARGIN_PX: Final = 14.0
_ASIDE_PX: Final = 30.0
_DOT_PX: Final = 3.5
_MOST_POINTS: Final = 500
"""More do not show in so small a drawing."""


class LimitSketch(QWidget):
    """A line or an outline, north up, its first point marked with a dot."""

    def __init__(self, parent: QWidget) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setFixedSize(SIZE_PX)
        self.setAccessibleName(self.tr("Sketch of the limit, north up"))
        self._places: npt.NDArray[np.float64] = np.empty((0, 2))
        self._is_area = False
        self._left = self._right = ""

    def show_limit(
        self, points: Sequence[Position], *, is_area: bool, left: str, right: str
    ) -> None:
        """Draw a limit and whose waters lie where; nothing for no points."""
        step = max(1, len(points) // _MOST_POINTS)
        shown = [*points[::step], *points[-1:]]
        if shown:
            self._places = _fitted(np.array([(p.lon_deg, p.lat_deg) for p in shown]))
        else:
            self._places = np.empty((0, 2))
        self._is_area, self._left, self._right = is_area, left, right
        self.update()

    @qt_guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line and the names beside its middle, or inside an area."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), QColor(theme().field))
            if len(self._places) < 2:
                return
            painter.setPen(QPen(QColor(theme().accent), 1.6))
            points = [QPointF(x, y) for x, y in self._places]
            painter.drawPolyline(QPolygonF(points))
            painter.setPen(QPen(QColor(theme().text)))
            if self._is_area:
                _write(painter, self._places.mean(axis=0), self._left)
                return
            painter.setBrush(QColor(theme().accent))
            painter.drawEllipse(points[0], _DOT_PX, _DOT_PX)
            middle, left = self._middle()
            _write(painter, middle + left * _ASIDE_PX, self._left)
            _write(painter, middle - left * _ASIDE_PX, self._right)

    def _middle(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return the middle of the line's middle leg, and the direction to its left, in pixels."""
        row = (len(self._places) - 1) // 2
        start, end = self._places[row], self._places[row + 1]
        along = (end - start) / max(1e-9, float(np.hypot(*(end - start))))
        return (start + end) / 2.0, np.array([along[1], -along[0]])


def _fitted(points_deg: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the places in pixels, north up, as large as the drawing lets them be."""
    places_m = to_chart_m(points_deg)
    low_m, high_m = places_m.min(axis=0), places_m.max(axis=0)
    room = np.array([SIZE_PX.width(), SIZE_PX.height()]) - 2.0 * _MARGIN_PX
    scale = float(np.min(room / np.maximum(high_m - low_m, 1.0)))
    from_middle_m = places_m - (low_m + high_m) / 2.0
    middle = np.array([SIZE_PX.width(), SIZE_PX.height()]) / 2.0
    fitted: npt.NDArray[np.float64] = middle + from_middle_m * scale * np.array([1.0, -1.0])
    return fitted


def _write(painter: QPainter, place: npt.NDArray[np.float64], text: str) -> None:
    """Write a text around a place, inside the drawing."""
    width = float(painter.fontMetrics().horizontalAdvance(text)) + 6.0
    height = float(painter.fontMetrics().height())
    x = float(np.clip(place[0] - width / 2.0, 0.0, max(0.0, SIZE_PX.width() - width)))
    y = float(np.clip(place[1] - height / 2.0, 0.0, SIZE_PX.height() - height))
    painter.drawText(QRectF(x, y, width, height), Qt.AlignmentFlag.AlignCenter, text)
