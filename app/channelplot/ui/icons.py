"""An icon by the id of its action, in the colours that windows have when it is drawn."""

import functools
from typing import Final, cast

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from channelplot.chart.qt_guard import qt_guarded
from channelplot.resources import read_text
from channelplot.ui.theme import theme

DISABLED_SHARE: Final = 0.55
"""Of its ink, over the window's ground, a disabled icon has: at night no hue alone tells."""
_ENGINES: Final[list[QIconEngine]] = []
"""Qt has the engines, and Python what they draw with: none must go before the other."""
_NO_PIXMAP: Final = cast("QPixmap", None)
"""Qt takes None for an empty one, and a real one can't be made before the application."""
_NO_ENGINE: Final = cast("QIconEngine", None)


@functools.cache
def icon(action_id: str) -> QIcon:
    """Return the icon of an action. Raises BasemapError if the program ships none such.

    It needs no other one when windows get another look: it is drawn in the colours of the moment.
    """
    engine = InkEngine(action_id)
    _ENGINES.append(engine)
    return QIcon(engine)


def app_icon() -> QIcon:
    """Return the program's own icon."""
    made = QIcon()
    renderer = QSvgRenderer(QByteArray(read_text("icons/channelplot.svg").encode()))
    for size_px in (16, 32, 48, 64, 128, 256):
        made.addPixmap(_drawn(renderer, QSize(size_px, size_px)))
    return made


class InkEngine(QIconEngine):
    """Draws an icon in the ink of texts, fainter where it is disabled, at any size."""

    def __init__(self, action_id: str) -> None:
        """Read the icon with this id. Raises BasemapError if the program ships none such."""
        super().__init__()
        self._action_id = action_id
        _svg(action_id)

    @qt_guarded(None)
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the icon into a rectangle."""
        _renderer(self._action_id, _ink(mode)).render(painter, QRectF(rect))

    @qt_guarded(_NO_PIXMAP)
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon in so many pixels of the screen."""
        return _pixmap(self._action_id, _ink(mode), size.width(), size.height())

    @qt_guarded(_NO_ENGINE)
    def clone(self) -> QIconEngine:
        """Return another one that draws the same."""
        engine = InkEngine(self._action_id)
        _ENGINES.append(engine)
        return engine


def _ink(mode: QIcon.Mode) -> str:
    colours = theme()
    if mode is not QIcon.Mode.Disabled:
        return colours.text
    return _mixed(colours.disabled_text, colours.window, DISABLED_SHARE)


def _mixed(ink: str, ground: str, share: float) -> str:
    """Return an ink thinned with its ground, so that strokes that cross are no darker there."""
    above, below = QColor(ink), QColor(ground)
    parts = (
        (above.red(), below.red()),
        (above.green(), below.green()),
        (above.blue(), below.blue()),
    )
    return QColor(*(round(share * a + (1.0 - share) * b) for a, b in parts)).name()


@functools.cache
def _svg(action_id: str) -> str:
    return read_text(f"icons/{action_id}.svg")


@functools.cache
def _renderer(action_id: str, ink: str) -> QSvgRenderer:
    """Return what draws an icon: Qt would draw currentColor black, so the ink takes its place."""
    return QSvgRenderer(QByteArray(_svg(action_id).replace("currentColor", ink).encode()))


@functools.cache
def _pixmap(action_id: str, ink: str, width_px: int, height_px: int) -> QPixmap:
    return _drawn(_renderer(action_id, ink), QSize(width_px, height_px))


def _drawn(renderer: QSvgRenderer, size_px: QSize) -> QPixmap:
    pixmap = QPixmap(size_px)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        renderer.render(painter)
    return pixmap
