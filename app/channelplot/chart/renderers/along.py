"""Places for a name along a line: in the middle of its straight stretches."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.chart.clip import clipped_runs

_ALONG_PX: Final = 900.0
"""A name may stand about so often on one stretch, on a grid fixed to the chart."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place for a name: its middle, the angle at which it is upright, and the line's sense.

    is_rightward: the line goes to the right there, so that its left hand is above the name's line.
    """

    x_px: float
    y_px: float
    angle_deg: float
    is_rightward: bool


def spots_along(
    points_px: npt.NDArray[np.float64],
    rect: tuple[float, float, float, float],
    half_px: float,
) -> list[Spot]:
    """Return where on a line a name could stand, on the longest stretches first, middle first.

    points_px: (n, 2). rect: what shows (min_x, min_y, max_x, max_y). half_px: half of what the
    name takes along the line. Places are fixed to the line, not to the picture, so that they stay
    when it is panned.
    """
    found: list[tuple[float, Spot]] = []
    starts_px, ends_px = points_px[:-1], points_px[1:]
    lengths_px = np.hypot(*(ends_px - starts_px).T)
    low_px, high_px = np.minimum(starts_px, ends_px), np.maximum(starts_px, ends_px)
    is_seen = (lengths_px >= 2.0 * half_px) & np.all(
        (high_px >= rect[:2]) & (low_px <= rect[2:]), axis=1
    )
    for leg in np.flatnonzero(is_seen):
        start_px, end_px, length_px = starts_px[leg], ends_px[leg], float(lengths_px[leg])
        leg_px = end_px - start_px
        angle_deg = math.degrees(math.atan2(leg_px[1], leg_px[0]))
        is_rightward = abs(angle_deg) <= 90.0
        if not is_rightward:
            angle_deg -= math.copysign(180.0, angle_deg)
        count = max(1, round(length_px / _ALONG_PX))
        for run in clipped_runs(np.array((start_px, end_px)), rect):
            run_length_px = float(np.hypot(*(run.points[1] - run.points[0])))
            first = math.floor(run.start_length / length_px * count) - 1
            last = math.ceil((run.start_length + run_length_px) / length_px * count) + 1
            for number in range(max(first, 0), min(last, count)):
                for nudge in (0.0, -0.2, 0.2):
                    along_px = (number + 0.5 + nudge) / count * length_px
                    is_on_leg = half_px <= along_px <= length_px - half_px
                    begins_px = run.start_length
                    if is_on_leg and begins_px <= along_px <= begins_px + run_length_px:
                        at = start_px + leg_px * (along_px / length_px)
                        spot = Spot(float(at[0]), float(at[1]), angle_deg, is_rightward)
                        found.append((abs(nudge) * length_px - length_px, spot))
    found.sort(key=lambda entry: entry[0])
    return [spot for _, spot in found]
