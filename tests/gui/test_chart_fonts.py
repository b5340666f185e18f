"""The chart's texts are as wide as they are measured, whatever font the window has."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication

from channelplot.chart.fonts import chart_font, load_fonts

NAME = "Bruay-sur-l'Escaut"


def test_a_name_is_painted_as_wide_as_it_is_measured_beside_tabular_figures(
    qapp: QApplication,
) -> None:
    before = qapp.font()
    of_windows = QFont(load_fonts())
    of_windows.setPixelSize(12)
    of_windows.setFeature(QFont.Tag("tnum"), 1)
    qapp.setFont(of_windows)
    try:
        font = chart_font(9.0, is_tabular=False)
        picture = QImage(200, 40, QImage.Format.Format_ARGB32_Premultiplied)
        picture.fill(0)
        with QPainter(picture) as painter:
            painter.setFont(font)
            painter.drawText(QPointF(0.0, 20.0), NAME)
    finally:
        qapp.setFont(before)
    painted = [x for x in range(200) for y in range(40) if picture.pixelColor(x, y).alpha()]
    assert max(painted) <= QFontMetricsF(font).horizontalAdvance(NAME) + 1.0
