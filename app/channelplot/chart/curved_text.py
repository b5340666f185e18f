"""Lettering along a curve, glyph by glyph: where each stands and how it is turned; no Qt.

Pixels count y downwards; of a line that runs to the right the left hand is above.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

Points = npt.NDArray[np.float64]
"""(n, 2) pixels."""

STEP_PX: Final = 2.0
"""Curves are made of points about so far apart."""
MOST_POINTS: Final = 2_000
STEEPEST_DEG: Final = 84.0
"""A glyph that is turned further would be read from below, or upside down."""
MOST_TURN_DEG: Final = 22.0
"""From one glyph to the next: more would tear a word apart."""
_COARSE_POINTS: Final = 200
_TOO_NEAR_PX: Final = 1.5
_ROUNDING_PX: Final = 1e-6
_REACHES: Final = 3.0
"""How many standard deviations of a smoothing count."""


def even_points(line_px: Points, step_px: float = STEP_PX) -> Points:
    """Return points at even distances along a line, its ends included."""
    along_px = lengths_px(line_px)
    count = int(np.clip(np.ceil(along_px[-1] / step_px), 1, MOST_POINTS)) + 1
    wanted = np.linspace(0.0, along_px[-1], count)
    return _at(line_px, along_px, wanted)


def lengths_px(line_px: Points) -> npt.NDArray[np.float64]:
    """Return how far along the line each of its points is: (n,), from 0."""
    steps = np.hypot(*np.diff(line_px, axis=0).T)
    return np.concatenate(((0.0,), np.cumsum(steps)))


def smoothed(line_px: Points, reach_px: float) -> Points:
    """Return the line at even points without bends shorter than about a reach; its ends stay.

    A moving mean with the weights of a normal distribution; beyond its ends the line is taken
    to go on as its own reflection through them.
    """
    points = even_points(line_px)
    step_px = float(np.hypot(*(points[1] - points[0])))
    if len(points) < 3 or step_px <= 0.0:
        return points
    deviation = min(reach_px / step_px, (len(points) - 1) / _REACHES)
    half = min(int(np.ceil(deviation * _REACHES)), len(points) - 1)
    if half < 1:
        return points
    before = 2.0 * points[0] - points[half:0:-1]
    after = 2.0 * points[-1] - points[-2 : -half - 2 : -1]
    longer = np.concatenate((before, points, after))
    weights = np.exp(-0.5 * (np.arange(-half, half + 1) / deviation) ** 2)
    weights /= weights.sum()
    columns = [np.convolve(longer[:, axis], weights, mode="valid") for axis in (0, 1)]
    return even_points(np.stack(columns, axis=1))


def beside(line_px: Points, distance_px: float) -> Points:
    """Return the line moved so far to its left hand as it runs, to its right if negative.

    Where it bends more sharply than that the corners are cut off.
    """
    ahead = np.gradient(line_px, axis=0)
    ahead /= np.maximum(np.hypot(ahead[:, 0], ahead[:, 1]), 1e-9)[:, np.newaxis]
    left = np.stack((ahead[:, 1], -ahead[:, 0]), axis=1)
    moved = line_px + distance_px * left
    if (np.einsum("ij,ij->i", np.gradient(moved, axis=0), ahead) > 0.0).all():
        return even_points(moved)
    # Inside a sharp bend the moved line comes too near to the line beyond: that part is left out.
    coarse = line_px[:: max(1, len(line_px) // _COARSE_POINTS)]
    away_px = shapely.distance(shapely.linestrings(coarse), shapely.points(moved))
    kept = moved[away_px >= abs(distance_px) - _TOO_NEAR_PX]
    return even_points(kept) if len(kept) > 1 else moved


def set_along(
    curve_px: Points,
    middles_px: npt.NDArray[np.float64],
    advances_px: npt.NDArray[np.float64],
    spacing_px: float,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Return where the glyphs of a text stand on a curve: (s, g, 3) x_px, y_px, angle_deg.

    middles_px: (s,) how far along the curve the text's middle may be; advances_px: (g,) the
    glyphs' widths; spacing_px: kept between two of them. x and y are the middles of the glyphs on
    the baseline; angles are clockwise as drawn, 0 for level text. The text runs from left to right
    whichever way the curve does. And which of them will do, (s,): not those that would reach
    beyond the curve, stand too steep or be torn.
    """
    along_px = lengths_px(curve_px)
    width_px = float(advances_px.sum()) + spacing_px * (len(advances_px) - 1)
    starts_px = middles_px - width_px / 2.0
    fits = (starts_px >= -_ROUNDING_PX) & (starts_px + width_px <= along_px[-1] + _ROUNDING_PX)
    first, last = _at(curve_px, along_px, starts_px), _at(curve_px, along_px, starts_px + width_px)
    runs_left = (last[:, 0] < first[:, 0])[:, np.newaxis]
    lefts_px = np.concatenate(((0.0,), np.cumsum(advances_px[:-1] + spacing_px)))
    # Along a curve that runs to the left the text begins at the far end.
    begins_px = np.where(
        runs_left,
        starts_px[:, np.newaxis] + width_px - lefts_px,
        starts_px[:, np.newaxis] + lefts_px,
    )
    sense = np.where(runs_left, -1.0, 1.0)
    middles = _at(curve_px, along_px, begins_px + sense * advances_px / 2.0)
    chords = _at(curve_px, along_px, begins_px + sense * advances_px) - _at(
        curve_px, along_px, begins_px
    )
    angles_deg = np.degrees(np.arctan2(chords[..., 1], chords[..., 0]))
    fits &= np.abs(angles_deg).max(axis=1) <= STEEPEST_DEG
    fits &= np.abs(np.diff(angles_deg, axis=1)).max(axis=1, initial=0.0) <= MOST_TURN_DEG
    return np.concatenate((middles, angles_deg[..., np.newaxis]), axis=2), fits


def _at(
    line_px: Points, along_px: npt.NDArray[np.float64], wanted_px: npt.NDArray[np.float64]
) -> Points:
    """Return the points so far along a line, (..., 2)."""
    return np.stack([np.interp(wanted_px, along_px, line_px[:, axis]) for axis in (0, 1)], axis=-1)
