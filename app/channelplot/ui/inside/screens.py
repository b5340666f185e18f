"""Windows that stay where they can be seen when a screen goes."""

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QWidget

SEEN_PX = 120
"""So much of a title bar, both ways, can be taken hold of."""
TITLE_BAR_PX = 40
"""What a window manager puts above a window, at the most."""

_MOVED = (Qt.WindowType.Window, Qt.WindowType.Dialog, Qt.WindowType.Tool)


class ScreenWatch(QObject):
    """Brings windows back into sight when a screen is taken away or becomes smaller."""

    def __init__(self, window: QWidget) -> None:
        """Watch all screens for as long as the window lives."""
        super().__init__(window)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(bring_into_sight)
        app = QApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenRemoved.connect(self._changed)
        app.screenAdded.connect(self._added)
        for screen in app.screens():
            self._added(screen)

    def _added(self, screen: QScreen) -> None:
        screen.availableGeometryChanged.connect(self._changed)

    def _changed(self, _: object) -> None:
        """Look again when Qt has moved what it moves by itself."""
        self._timer.start(0)


def bring_into_sight() -> None:
    """Move every window that lies outside all screens to the nearest, no larger than it."""
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    for window in QApplication.topLevelWidgets():
        is_of_ours = window.windowType() in _MOVED and window.isVisible()
        if is_of_ours and not window.isFullScreen() and screens:
            wanted = seen_on(window.geometry(), screens)
            if wanted != window.geometry():
                window.setGeometry(wanted)


def seen_on(window: QRect, screens: list[QRect]) -> QRect:
    """Return where a window can be seen and moved: where it is, if that is so already."""
    top = QRect(window.x(), window.y() - TITLE_BAR_PX, window.width(), TITLE_BAR_PX + 1)
    for screen in screens:
        seen = screen.intersected(top)
        if seen.width() >= min(SEEN_PX, window.width()) and seen.height() > 1:
            return window
    nearest = min(screens, key=lambda screen: _distance_px(window.center(), screen))
    room = nearest.adjusted(0, TITLE_BAR_PX, 0, 0)
    size = window.size().boundedTo(room.size())
    left = max(room.left(), min(window.left(), room.right() + 1 - size.width()))
    highest = max(room.top(), min(window.top(), room.bottom() + 1 - size.height()))
    return QRect(QPoint(left, highest), size)


def _distance_px(point: QPoint, screen: QRect) -> int:
    across = max(screen.left() - point.x(), 0, point.x() - screen.right())
    down = max(screen.top() - point.y(), 0, point.y() - screen.bottom())
    return across + down
