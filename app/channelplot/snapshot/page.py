"""A page of a snapshot: something that draws itself on a sheet of paper."""

from typing import Protocol

from PySide6.QtGui import QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.viewport import Viewport
from channelplot.snapshot.paper import Rect, Sheet


class Page(Protocol):
    """A page; pixels are those of its sheet."""

    @property
    def sheet(self) -> Sheet:
        """Return the paper it is drawn on."""

    @property
    def map(self) -> tuple[Rect, Viewport] | None:
        """Return where the page has a map and what that shows; None for a page without one."""

    def draw(self, painter: QPainter, cancel: Cancel) -> None:
        """Draw all of it on white paper."""
