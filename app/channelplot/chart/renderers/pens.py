"""Colours and pens, and a painter left as it was found."""

import functools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen


@functools.cache
def colour(name: str, opacity: float = 1.0) -> QColor:
    """Return the colour of a palette entry ``#rrggbb``; opacity 0 to 1. Shared: don't change it."""
    made = QColor(name)
    made.setAlphaF(opacity)
    return made


def pen(name: str, width_px: float, dash_px: Sequence[float] = (), opacity: float = 1.0) -> QPen:
    """Return a pen with round joins; dash_px: stroke, gap, stroke, gap ... in pixels."""
    made = QPen(colour(name, opacity))
    made.setWidthF(width_px)
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    made.setCapStyle(Qt.PenCapStyle.FlatCap if dash_px else Qt.PenCapStyle.RoundCap)
    if dash_px:
        made.setDashPattern([length / width_px for length in dash_px])
    return made


@functools.lru_cache(maxsize=256)
def legs_pen(name: str, width_px: float, opacity: float = 1.0) -> QPen:
    """Return a pen for separate legs of a line, or for the strokes of a dashed one.

    Shared: don't change it.
    """
    made = QPen(colour(name, opacity))
    made.setWidthF(width_px)
    made.setCapStyle(Qt.PenCapStyle.FlatCap)
    return made


@contextmanager
def saved(painter: QPainter) -> Iterator[None]:
    """Put the painter's pen, brush, hints and transform back afterwards, whatever happens."""
    painter.save()
    try:
        yield
    finally:
        painter.restore()
