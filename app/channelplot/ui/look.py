"""Giving the windows a look, at the start and while they show."""

import time
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from channelplot.ui.style_sheet import qt_palette, style_sheet
from channelplot.ui.theme import Look, panel_font, take_look, theme

_SCHEMES: Final = {
    Look.DAY: Qt.ColorScheme.Light,
    Look.DUSK: Qt.ColorScheme.Dark,
    Look.NIGHT: Qt.ColorScheme.Dark,
}
"""What the system is asked for: its title bars follow where it can."""
_IS_POLISHED: Final = Qt.WidgetAttribute.WA_WState_Polished
"""The style has seen it; the others get their colours when they first show."""
_SLICE_S: Final = 0.004
"""So long at a time nothing else is done for widgets that nobody sees ..."""
_AFTER_MS: Final = 50
"""... and not before what is seen has been painted."""


def apply_look(app: QApplication, look: Look, text_scale: float = 1.0) -> None:
    """Give the application its style, colours and font, before any window is made.

    text_scale: 1 is the usual size. What it has already is left alone.
    """
    take_look(look)
    _ask_system(app, look)
    sheet, font = style_sheet(), panel_font(text_scale)
    is_styled = app.styleSheet() == sheet
    if not is_styled:
        app.setStyle("Fusion")
    if app.font() != font:
        app.setFont(font)
    app.setPalette(qt_palette(theme()))
    if not is_styled:
        app.setStyleSheet(sheet)


def switch_look(app: QApplication, look: Look) -> None:
    """Give every window another look: what shows at once, the rest after that is painted.

    The style sheet stays, and with it all sizes. To set it anew would take ten times as long:
    Qt polishes every widget once for each widget that it lies in. What shows changes in one frame:
    in slices it would be painted twice, and all of it take a third as long again.
    """
    take_look(look)
    _ask_system(app, look)
    app.setPalette(qt_palette(theme()))
    polished = [each for each in app.allWidgets() if each.testAttribute(_IS_POLISHED)]
    for widget in polished:
        if widget.isVisible():
            _recolour(widget)
    hidden = [widget for widget in polished if not widget.isVisible()]
    QTimer.singleShot(_AFTER_MS, app, lambda: _recolour_some(app, hidden))


def _recolour_some(app: QApplication, widgets: list[QWidget]) -> None:
    """Recolour widgets for as long as one may, and the others later."""
    end_s = time.perf_counter() + _SLICE_S
    while widgets and time.perf_counter() < end_s:
        widget = widgets.pop()
        if isValid(widget):
            _recolour(widget)
    if widgets:
        QTimer.singleShot(0, app, lambda: _recolour_some(app, widgets))


def _recolour(widget: QWidget) -> None:
    """Let the style look up the colours of a widget anew, and draw it with these."""
    widget.style().polish(widget)
    widget.update()


def _ask_system(app: QApplication, look: Look) -> None:
    hints = app.styleHints()
    if hints.colorScheme() is not _SCHEMES[look]:
        hints.setColorScheme(_SCHEMES[look])
