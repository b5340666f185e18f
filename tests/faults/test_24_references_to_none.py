"""Calls into Qt that return nothing take no reference of None away: that would end the program.

PySide6 6.12.0 does so on Python 3.10 and 3.11, and aborts after about six thousand calls; the
version is pinned below it.
"""

import sys
from collections.abc import Callable
from importlib.metadata import version

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QApplication, QLabel

REFERENCES_TO_NONE = 6_300
"""What a fresh interpreter has, about: fewer calls than this would not tell."""
DRIFT = 100


def test_a_million_calls_that_return_nothing_leave_none_as_it_was(
    qapp: QApplication, cycles: Callable[[int, int], int], figure: Callable[[str], None]
) -> None:
    rounds = cycles(20_000, 200_000)
    image = QImage(4, 4, QImage.Format.Format_ARGB32_Premultiplied)
    label, pen, colour = QLabel(), QPen(), QColor("black")
    before = sys.getrefcount(None)
    with QPainter(image) as painter:
        for number in range(rounds):
            image.fill(0)
            painter.setPen(pen)
            painter.drawLine(0, 0, 3, number % 4)
            label.update()
            pen.setColor(colour)
    for _ in range(1_000):
        label.setText("")
        QCoreApplication.processEvents()
    calls = 5 * rounds + 2_000
    drift = sys.getrefcount(None) - before
    label.deleteLater()
    assert calls > 10 * REFERENCES_TO_NONE
    assert abs(drift) < DRIFT
    python = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    figure(f"{calls} calls, drift {drift}, {python}, PySide6 {version('PySide6-Essentials')}")
