"""Cutting lines to a rectangle, so that nothing far outside the picture is drawn; no Qt."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

_STILL: Final = 1e-300
"""A leg that goes no further than this in a direction stays where it is; a quotient by less would
be beyond all numbers."""


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """A stretch of a line that shows: points (n, 2), and how far along the line it starts."""

    points: npt.NDArray[np.float64]
    start_length: float


def clipped_runs(
    points: npt.NDArray[np.float64], rect: tuple[float, float, float, float]
) -> Iterator[Run]:
    """Yield the stretches of a line inside a rectangle, in order.

    points: (n, 2). rect: (min_x, min_y, max_x, max_y). All in one unit, as is
    start_length, which keeps a dash pattern in place however the line is cut. By the
    method of Liang and Barsky (ACM Transactions on Graphics 3, 1984).
    """
    if len(points) < 2:
        return
    start, leg = points[:-1], np.diff(points, axis=0)
    enter, leave = shares_inside(start, leg, rect)
    shows = np.flatnonzero(enter <= leave)
    if not len(shows):
        return
    lengths = np.hypot(leg[:, 0], leg[:, 1])
    reached = np.concatenate(((0.0,), np.cumsum(lengths)))
    # A run ends where the next leg that shows is another one, or was cut off.
    joined = (np.diff(shows) == 1) & (leave[shows[:-1]] == 1.0) & (enter[shows[1:]] == 0.0)
    for legs in np.split(shows, np.flatnonzero(~joined) + 1):
        head, tail = legs[0], legs[-1]
        first_point = start[head] + enter[head] * leg[head]
        last_point = start[tail] + leave[tail] * leg[tail]
        yield Run(
            np.vstack((first_point, points[legs[1:]], last_point)),
            float(reached[head] + enter[head] * lengths[head]),
        )


def shares_inside(
    starts: npt.NDArray[np.float64],
    steps: npt.NDArray[np.float64],
    rect: tuple[float, float, float, float],
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return which part of each leg is in a rectangle: from and to which share of its length.

    starts, steps: (n, 2), where a leg begins and how far it goes from there. A leg that misses
    the rectangle is left before it is entered.
    """
    enter = np.zeros(len(steps))
    leave = np.ones(len(steps))
    for axis, (low, high) in enumerate(((rect[0], rect[2]), (rect[1], rect[3]))):
        step, origin = steps[:, axis], starts[:, axis]
        moves = np.abs(step) > _STILL
        safe = np.where(moves, step, 1.0)
        to_low, to_high = (low - origin) / safe, (high - origin) / safe
        first, last = np.minimum(to_low, to_high), np.maximum(to_low, to_high)
        outside = ~moves & ((origin < low) | (origin > high))
        enter = np.where(moves, np.maximum(enter, first), enter)
        leave = np.where(moves, np.minimum(leave, last), leave)
        leave = np.where(outside, -1.0, leave)
    return enter, leave
