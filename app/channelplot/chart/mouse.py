"""Qt's mouse events in the words of ``pointer.py``, and cursors in Qt's."""

from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent

from channelplot.chart.pointer import Button, ChartEvent, CursorShape, Modifier
from channelplot.chart.viewport import Viewport

_BUTTONS: Final = {
    Qt.MouseButton.LeftButton: Button.LEFT,
    Qt.MouseButton.MiddleButton: Button.MIDDLE,
    Qt.MouseButton.RightButton: Button.RIGHT,
}
_MODIFIERS: Final = {
    Qt.KeyboardModifier.ShiftModifier: Modifier.SHIFT,
    Qt.KeyboardModifier.ControlModifier: Modifier.CONTROL,
    Qt.KeyboardModifier.AltModifier: Modifier.ALT,
}
_CURSORS: Final = {
    CursorShape.ARROW: Qt.CursorShape.ArrowCursor,
    CursorShape.CROSS: Qt.CursorShape.CrossCursor,
    CursorShape.OPEN_HAND: Qt.CursorShape.OpenHandCursor,
    CursorShape.CLOSED_HAND: Qt.CursorShape.ClosedHandCursor,
    CursorShape.MOVE: Qt.CursorShape.SizeAllCursor,
}


def button_of(event: QMouseEvent) -> Button:
    """Return the button that changed, NONE for one that the chart does not use."""
    return _BUTTONS.get(event.button(), Button.NONE)


def qt_cursor(shape: CursorShape) -> Qt.CursorShape:
    """Return Qt's cursor for a shape."""
    return _CURSORS[shape]


def chart_event(event: QMouseEvent, button: Button, viewport: Viewport) -> ChartEvent:
    """Return what a pointer handler is told of an event over the chart."""
    at: QPointF = event.position()
    modifiers = Modifier.NONE
    for held, modifier in _MODIFIERS.items():
        if event.modifiers() & held:
            modifiers |= modifier
    return ChartEvent(
        position=viewport.position_at(at.x(), at.y()),
        x_px=at.x(),
        y_px=at.y(),
        button=button,
        modifiers=modifiers,
        viewport=viewport,
    )
