"""Names along lines of any shape, again and again: on straight stretches, else along the curve."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtGui import QFontMetricsF

from channelplot.chart.curved_text import beside, lengths_px, set_along, smoothed
from channelplot.chart.renderers.along import Spot, spots_along
from channelplot.chart.renderers.curved_label import CurvedLabel, advances_px
from channelplot.chart.renderers.label import LineLabel
from channelplot.chart.renderers.lines import rings_px
from channelplot.chart.renderers.measures import font_measures
from channelplot.chart.renderers.text_line import TextLine
from channelplot.chart.scene import Scene

EVERY_PX: Final = 500.0
"""The same name stands along one line no closer than this."""
STRAIGHT_PX: Final = (2.5, 6.0)
"""A line that leaves a straight one by no more counts as straight where its name is written; by
more only if it is nowhere straighter."""
_ENDS_PX: Final = 8.0
_STRETCH: Final = 1.6
_SMOOTHED: Final = 0.2
"""Times the length of a name: what of a crooked line it stands on, and which bends in that are
too short to be followed."""
_MOST_OFF_PX: Final = 6.0
"""A line that leaves its smoothed course by more has a corner there, and no name."""
_APART: Final = 0.7
"""Times the usual distance between two: kept between a curved name and one on a straight."""
_NUDGES: Final = (0.0, -0.12, 0.12, -0.24, 0.24, -0.36, 0.36)
"""Of the distance between two: where else a curved name may stand."""
_OFF_PX: Final = 4.0
"""How far off the line letters stand."""


def names_along(
    scene: Scene,
    shape_m: shapely.Geometry,
    line: TextLine,
    priority: tuple[float | str, ...],
    *,
    every_px: float = EVERY_PX,
    is_on_left: bool | None = None,
) -> Iterator[LineLabel | CurvedLabel]:
    """Yield a name along each line or outline of a shape in chart metres, where there is room.

    is_on_left: on which hand of the line it stands; above it where that is None.
    """
    half_px = QFontMetricsF(line.font).horizontalAdvance(line.text) / 2.0 + _ENDS_PX
    parts = np.array([shape_m], dtype=np.object_)
    for part, line_px in enumerate(rings_px(shapely.get_parts(parts), scene.viewport)):
        chosen: list[Spot] = []
        for spot in straight_spots(line_px, scene, half_px):
            is_clear = all(
                np.hypot(spot.x_px - other.x_px, spot.y_px - other.y_px) >= every_px
                for other in chosen
            )
            if not is_clear:
                continue
            chosen.append(spot)
            is_below = is_on_left is not None and is_on_left is not spot.is_rightward
            yield LineLabel(
                line,
                [(spot.x_px, spot.y_px, spot.angle_deg)],
                (*priority, _place_key(scene, spot)),
                is_below=[is_below],
            )
        yield from _curved_names(
            scene, line_px, line, (*priority, str(part)), every_px, is_on_left, chosen
        )


def row_key(row: int) -> str:
    """Return a row of a file as part of a label's key, by which it is known when panned."""
    return f"{row:09d}"


def _place_key(scene: Scene, spot: Spot) -> str:
    """Return a place on the chart as part of a label's key; the same while the scale is."""
    viewport = scene.viewport
    x_m = viewport.centre_x_m + (spot.x_px - viewport.width_px / 2.0) * viewport.m_per_px
    y_m = viewport.centre_y_m - (spot.y_px - viewport.height_px / 2.0) * viewport.m_per_px
    return f"{x_m / viewport.m_per_px:.0f} {y_m / viewport.m_per_px:.0f}"


def _curved_names(
    scene: Scene,
    points_px: npt.NDArray[np.float64],
    line: TextLine,
    priority: tuple[float | str, ...],
    every_px: float,
    is_on_left: bool | None,
    others: list[Spot],
) -> Iterator[CurvedLabel]:
    """Yield a name along the bends of a line, at places fixed to it, away from the others."""
    viewport = scene.viewport
    along_px = lengths_px(points_px)
    advances = advances_px(line)
    width_px = float(advances.sum())
    count = max(1, round(float(along_px[-1]) / every_px))
    if width_px > along_px[-1]:
        return
    # Of all places along the line, which may be very long, only those in view are looked at.
    numbers = np.arange(count)[:, np.newaxis]
    middles_px = (numbers + 0.5 + np.array(_NUDGES)) / count * float(along_px[-1])
    places_px = np.stack(
        [np.interp(middles_px, along_px, points_px[:, axis]) for axis in (0, 1)], axis=-1
    )
    size_px = (viewport.width_px, viewport.height_px)
    is_free = np.all((places_px >= 0.0) & (places_px <= size_px), axis=-1)
    for spot in others:
        away_px = np.hypot(places_px[..., 0] - spot.x_px, places_px[..., 1] - spot.y_px)
        is_free &= away_px >= _APART * every_px
    for number in np.flatnonzero(np.any(is_free, axis=1)).tolist():
        for middle_px in middles_px[number][is_free[number]].tolist():
            stretch_px = _stretch(points_px, along_px, middle_px, _STRETCH * width_px)
            places = _set_beside(stretch_px, line, advances, is_on_left)
            if places is not None:
                yield CurvedLabel(line, places, np.zeros(1), (*priority, str(number)))
                break


def _set_beside(
    stretch_px: npt.NDArray[np.float64],
    line: TextLine,
    advances: npt.NDArray[np.float64],
    is_on_left: bool | None,
) -> npt.NDArray[np.float64] | None:
    """Return where the glyphs stand beside a piece of a line, None where it has a corner."""
    smooth_px = smoothed(stretch_px, _SMOOTHED * float(advances.sum()))
    away_px = shapely.distance(shapely.LineString(stretch_px), shapely.points(smooth_px))
    if away_px.max() > _MOST_OFF_PX:
        return None
    curve_px = _baseline(smooth_px, font_measures(line.font).capital_px, is_on_left)
    half_px = np.array((lengths_px(curve_px)[-1] / 2.0,))
    places, fits = set_along(curve_px, half_px, advances, 0.0)
    return places if fits.all() else None


def _stretch(
    points_px: npt.NDArray[np.float64],
    along_px: npt.NDArray[np.float64],
    middle_px: float,
    length_px: float,
) -> npt.NDArray[np.float64]:
    """Return so long a piece of a line about a place on it, less at the line's ends."""
    start_px = max(middle_px - length_px / 2.0, 0.0)
    end_px = min(middle_px + length_px / 2.0, float(along_px[-1]))
    inner = along_px[(along_px > start_px) & (along_px < end_px)]
    wanted = np.concatenate(((start_px,), inner, (end_px,)))
    return np.stack([np.interp(wanted, along_px, points_px[:, axis]) for axis in (0, 1)], axis=1)


def _baseline(
    smooth_px: npt.NDArray[np.float64], capital_px: float, is_on_left: bool | None
) -> npt.NDArray[np.float64]:
    """Return the curve that the letters stand on, above the line or on the hand that is asked."""
    runs_right = bool(smooth_px[-1, 0] > smooth_px[0, 0])
    is_above = is_on_left is None or is_on_left is runs_right
    off_px = _OFF_PX if is_above else _OFF_PX + capital_px
    # The left hand of a line that runs to the right is above it.
    return beside(smooth_px, off_px if runs_right is is_above else -off_px)


def straight_spots(
    points_px: npt.NDArray[np.float64],
    scene: Scene,
    half_px: float,
    bends_px: Sequence[float] = STRAIGHT_PX,
) -> list[Spot]:
    """Return where a name could stand along a line (n, 2), the longest stretches first.

    half_px: half of what the name takes. What counts as straight does not depend on where the
    picture is, so that names stay when it is panned.
    """
    viewport = scene.viewport
    rect = (0.0, 0.0, viewport.width_px, viewport.height_px)
    if len(points_px) < 3:
        return spots_along(points_px, rect, half_px)
    line = shapely.LineString(points_px)
    for bend_px in bends_px:
        spots = spots_along(shapely.get_coordinates(line.simplify(bend_px)), rect, half_px)
        if spots:
            return spots
    return []
