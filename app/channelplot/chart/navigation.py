"""Panning and zooming by keys and wheel: what each does to the view."""

from typing import Final

from PySide6.QtCore import Qt

from channelplot.chart.viewport import Viewport

PAN_SHARE: Final = 0.125
"""Of the view's smaller side, for one press of an arrow."""
KEY_ZOOM: Final = 1.5
WHEEL_ZOOM: Final = 1.4142135623730951
"""For one notch: two double the scale."""
FINE_WHEEL_ZOOM: Final = 1.1
"""The same with Ctrl held."""
_NOTCH: Final = 120.0
"""Eighths of a degree in a notch (Qt, QWheelEvent.angleDelta)."""


def after_key(viewport: Viewport, key: int) -> Viewport | None:
    """Return the view after a key, None for a key that does not move the chart."""
    step_px = round(PAN_SHARE * min(viewport.width_px, viewport.height_px))
    match key:
        case Qt.Key.Key_Left:
            return viewport.panned(step_px, 0.0)
        case Qt.Key.Key_Right:
            return viewport.panned(-step_px, 0.0)
        case Qt.Key.Key_Up:
            return viewport.panned(0.0, step_px)
        case Qt.Key.Key_Down:
            return viewport.panned(0.0, -step_px)
        case Qt.Key.Key_PageUp | Qt.Key.Key_Plus | Qt.Key.Key_Equal:
            return zoomed_about_centre(viewport, KEY_ZOOM)
        case Qt.Key.Key_PageDown | Qt.Key.Key_Minus:
            return zoomed_about_centre(viewport, 1.0 / KEY_ZOOM)
        case _:
            return None


def after_wheel(
    viewport: Viewport, eighths_of_degree: int, x_px: float, y_px: float, *, is_fine: bool
) -> Viewport:
    """Return the view after the wheel was turned over a pixel; away from the hand magnifies."""
    notch = FINE_WHEEL_ZOOM if is_fine else WHEEL_ZOOM
    return viewport.zoomed(notch ** (eighths_of_degree / _NOTCH), x_px, y_px)


def zoomed_about_centre(viewport: Viewport, factor: float) -> Viewport:
    """Return the view magnified with the same centre."""
    return viewport.zoomed(factor, viewport.width_px / 2.0, viewport.height_px / 2.0)
