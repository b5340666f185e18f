"""Meridians and parallels, where the form that positions are shown in has round figures.

Grid squares have no meridians: with them, and on sheets, it is degrees and decimal minutes.
"""

import math
from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QLineF
from PySide6.QtGui import QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.layers import Layer
from channelplot.chart.renderers.pens import pen
from channelplot.chart.scene import Scene
from channelplot.chart.viewport import Viewport
from channelplot.geodesy.projection import SEMI_MAJOR_AXIS_M
from channelplot.geodesy.text import Notation, latitude_text, longitude_text

MINUTES_PER_DEG: Final = 60
SPACING_PX: Final = 140.0
"""Meridians stand at least this far apart, so that their labels have room."""
DIVISIONS: Final = {
    0.02: 0.01,
    0.05: 0.01,
    0.1: 0.02,
    0.2: 0.05,
    0.5: 0.1,
    1.0: 0.2,
    2.0: 0.5,
    5.0: 1.0,
    10.0: 2.0,
    20.0: 5.0,
    30.0: 5.0,
    60.0: 10.0,
    120.0: 30.0,
    300.0: 60.0,
}
"""The steps that read well, and how the frame is divided for each; in minutes."""
_SECOND: Final = 1.0 / 60.0
_DMS_DIVISIONS: Final = {
    **{
        step * _SECOND: division * _SECOND
        for step, division in ((1, 0.5), (2, 1), (5, 1), (10, 2), (20, 5), (30, 10), (60, 10))
    },
    2.0: 0.5,
    **{step: division for step, division in DIVISIONS.items() if step > 2.0},
}
_DECIMAL_DIVISIONS: Final = {
    step_deg * MINUTES_PER_DEG: division_deg * MINUTES_PER_DEG
    for step_deg, division_deg in (
        (0.0005, 0.0001),
        (0.001, 0.0002),
        (0.002, 0.0005),
        (0.005, 0.001),
        (0.01, 0.002),
        (0.02, 0.005),
        (0.05, 0.01),
        (0.1, 0.02),
        (0.2, 0.05),
        (0.5, 0.1),
        (1.0, 0.2),
        (2.0, 0.5),
        (5.0, 1.0),
    )
}
_ROUNDING: Final = 1e-9
_DECIMALS_OF_DEGREE: Final = 3
"""So many more than of a minute has a position in decimal degrees."""
_LAST_PARALLEL_DEG: Final = 85.0


def divisions_of(notation: Notation) -> Mapping[float, float]:
    """Return the steps that read well in a form, and how the frame is divided; in minutes."""
    if notation is Notation.DMS:
        return _DMS_DIVISIONS
    return _DECIMAL_DIVISIONS if notation is Notation.DECIMAL else DIVISIONS


def step_minutes(viewport: Viewport, notation: Notation = Notation.DDM) -> float:
    """Return how far apart meridians and parallels stand at the view's scale, in minutes."""
    divisions = divisions_of(notation)
    px_per_minute = SEMI_MAJOR_AXIS_M * math.radians(1.0 / MINUTES_PER_DEG) / viewport.m_per_px
    wanted = SPACING_PX / px_per_minute
    return next((step for step in divisions if step >= wanted), max(divisions))


def meridian_minutes(viewport: Viewport, step: float, extra: int = 0) -> npt.NDArray[np.float64]:
    """Return the longitudes of the meridians in view, in minutes, from west to east.

    step: in minutes. extra: how many more on either side.
    """
    bounds = viewport.bounds()
    return _multiples(bounds.west_deg, bounds.east_deg, step, extra)


def parallel_minutes(viewport: Viewport, step: float, extra: int = 0) -> npt.NDArray[np.float64]:
    """Return the latitudes of the parallels in view, in minutes, from south to north."""
    bounds = viewport.bounds()
    return _multiples(
        max(bounds.south_deg, -_LAST_PARALLEL_DEG),
        min(bounds.north_deg, _LAST_PARALLEL_DEG),
        step,
        extra,
    )


def meridian_px(
    viewport: Viewport, lon_minutes: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Return x_px of meridians given in minutes."""
    lon_deg = lon_minutes / MINUTES_PER_DEG
    return viewport.pixels_of(np.column_stack((lon_deg, np.zeros_like(lon_deg))))[:, 0]


def parallel_px(
    viewport: Viewport, lat_minutes: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Return y_px of parallels given in minutes."""
    lat_deg = lat_minutes / MINUTES_PER_DEG
    return viewport.pixels_of(np.column_stack((np.zeros_like(lat_deg), lat_deg)))[:, 1]


def latitude_label(minutes: float, step: float, notation: Notation = Notation.DDM) -> str:
    """Return a parallel's label, ``50°58.0'N``; the equator's has no hemisphere."""
    label = latitude_text(minutes / MINUTES_PER_DEG, _decimals(step, notation), notation)
    return label if minutes else label[:-1]


def longitude_label(minutes: float, step: float, notation: Notation = Notation.DDM) -> str:
    """Return a meridian's label, ``001°40.0'E``; the prime meridian's has no hemisphere."""
    label = longitude_text(minutes / MINUTES_PER_DEG, _decimals(step, notation), notation)
    return label if minutes else label[:-1]


def draw(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Draw the lines; their labels stand in the frame."""
    if not scene.shows(Layer.GRATICULE) or cancel.is_cancelled:
        return
    viewport, ratio = scene.viewport, scene.device_pixel_ratio
    step = step_minutes(viewport, scene.notation)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(pen(scene.palette.graticule, 1.0))
    across = _crisp(meridian_px(viewport, meridian_minutes(viewport, step)), ratio)
    down = _crisp(parallel_px(viewport, parallel_minutes(viewport, step)), ratio)
    lines = [QLineF(x_px, 0.0, x_px, viewport.height_px) for x_px in across]
    lines += [QLineF(0.0, y_px, viewport.width_px, y_px) for y_px in down]
    painter.drawLines(lines)


def _multiples(low_deg: float, high_deg: float, step: float, extra: int) -> npt.NDArray[np.float64]:
    """Return the multiples of the step between two limits in degrees, in minutes."""
    first = math.ceil(low_deg * MINUTES_PER_DEG / step - _ROUNDING) - extra
    last = math.floor(high_deg * MINUTES_PER_DEG / step + _ROUNDING) + extra
    return np.arange(first, last + 1, dtype=np.float64) * step


def _decimals(step: float, notation: Notation) -> int:
    """Return how many decimals of a minute tell neighbouring lines apart.

    As geodesy.text counts them: one at least, but whole seconds and tenths of a degree have
    none, or fewer.
    """
    if notation is Notation.DMS:
        return 1
    if notation is Notation.DECIMAL:
        of_degree = math.ceil(-math.log10(step / MINUTES_PER_DEG) - _ROUNDING)
        return max(of_degree, 1) - _DECIMALS_OF_DEGREE
    return 1 if step >= 0.1 else 2


def _crisp(at_px: npt.NDArray[np.float64], device_pixel_ratio: float) -> list[float]:
    """Return the middles of the nearest device pixels."""
    middles = (np.floor(at_px * device_pixel_ratio) + 0.5) / device_pixel_ratio
    return [float(middle) for middle in middles]
