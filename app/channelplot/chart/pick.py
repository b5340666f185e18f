"""Which entity of the plot is under the pointer; no Qt."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.chart.overlay import Box
from channelplot.chart.placed import Placed, PlacedBlock, placed
from channelplot.chart.track_levels import BoundsM
from channelplot.chart.viewport import Viewport
from channelplot.model.plot import Plot

REGISTER_MARKS_BELOW_M_PER_PX: Final = 150.0
"""Chart metres; about 1:350,000 in the Strait, all of which the usual window then shows. Marks
that only the register has are left out at smaller scales, and can't be picked there; those of
the plot show at every scale."""


class PickedEntity(StrEnum):
    """What kind of thing was picked."""

    REPORT = "report"
    BEACH = "beach"
    MARK = "mark"
    TRACK = "track"


@dataclass(frozen=True, slots=True)
class Picked:
    """What is under the pointer; track_uid: the track a report or line belongs to."""

    entity: PickedEntity
    uid: str
    track_uid: str | None = None


def nearest(
    plot: Plot, viewport: Viewport, x_px: float, y_px: float, radius_px: float = 8.0
) -> Picked | None:
    """Return what lies nearest to a pixel within a radius, None for nothing.

    A report goes before a beach or mark of the plot, and these before a track's line. Of
    reports at one place the last observed of the last track is taken: the one drawn on top.
    """
    where = placed(plot)
    x_m, y_m = _metres(viewport, x_px, y_px)
    radius_m = radius_px * viewport.m_per_px
    return (
        _nearest_report(where, x_m, y_m, radius_m)
        or _nearest_place(where, x_m, y_m, radius_m)
        or _nearest_line(where, x_m, y_m, radius_m)
    )


def within(plot: Plot, viewport: Viewport, box: Box) -> frozenset[str]:
    """Return the uids of reports, beaches and marks inside a box on the screen, edges included."""
    where = placed(plot)
    left_m, top_m = _metres(viewport, min(box.x0_px, box.x1_px), min(box.y0_px, box.y1_px))
    right_m, bottom_m = _metres(viewport, max(box.x0_px, box.x1_px), max(box.y0_px, box.y1_px))
    bounds_m = (left_m, bottom_m, right_m, top_m)

    def inside(points_m: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
        x_m, y_m = points_m[:, 0], points_m[:, 1]
        return np.flatnonzero(
            (x_m >= left_m) & (x_m <= right_m) & (y_m >= bottom_m) & (y_m <= top_m)
        )

    return frozenset(
        [
            report.uid
            for block in where.blocks_near(bounds_m)
            for _, report in block.fixes(block.lines.full.point_rows(bounds_m))
        ]
        + [where.others[index].uid for index in inside(where.others_m)]
        + [where.beaches[index].uid for index in inside(where.beaches_m)]
        + [where.marks[index].uid for index in inside(where.marks_m)]
    )


def _metres(viewport: Viewport, x_px: float, y_px: float) -> tuple[float, float]:
    return (
        viewport.centre_x_m + (x_px - viewport.width_px / 2.0) * viewport.m_per_px,
        viewport.centre_y_m - (y_px - viewport.height_px / 2.0) * viewport.m_per_px,
    )


def _closest(
    points_m: npt.NDArray[np.float64], x_m: float, y_m: float, radius_m: float
) -> tuple[int, float] | None:
    """Return the last of the nearest rows within the radius and its squared distance."""
    near = np.flatnonzero(
        (np.abs(points_m[:, 0] - x_m) <= radius_m) & (np.abs(points_m[:, 1] - y_m) <= radius_m)
    )
    if not len(near):
        return None
    squared_m2 = ((points_m[near] - (x_m, y_m)) ** 2).sum(axis=1)
    best = len(near) - 1 - int(np.argmin(squared_m2[::-1]))
    if squared_m2[best] > radius_m**2:
        return None
    return int(near[best]), float(squared_m2[best])


def _nearest_report(where: Placed, x_m: float, y_m: float, radius_m: float) -> Picked | None:
    fix = _nearest_fix(where, x_m, y_m, radius_m)
    other = _closest(where.others_m, x_m, y_m, radius_m)
    if fix is not None and (other is None or fix[2] <= other[1]):
        track, report = next(fix[0].fixes(np.array([fix[1]])))
        return Picked(PickedEntity.REPORT, report.uid, track.uid)
    if other is not None:
        report = where.others[other[0]]
        return Picked(PickedEntity.REPORT, report.uid, report.track_uid)
    return None


def _nearest_fix(
    where: Placed, x_m: float, y_m: float, radius_m: float
) -> tuple[PlacedBlock, int, float] | None:
    """Return the block, row and squared distance of the nearest fix, the one drawn on top."""
    found: list[tuple[float, int, int, PlacedBlock]] = []
    bounds_m = _around(x_m, y_m, radius_m)
    for block in where.blocks_near(bounds_m):
        lines = block.lines.full
        rows = lines.point_rows(bounds_m)
        if not len(rows):
            continue
        squared_m2 = ((lines.points_m[rows] - (x_m, y_m)) ** 2).sum(axis=1)
        least_m2 = float(squared_m2.min())
        if least_m2 <= radius_m**2:
            found += [
                (least_m2, -where.order[block.track_at(row).uid], -row, block)
                for row in rows[squared_m2 == least_m2].tolist()
            ]
    if not found:
        return None
    least_m2, _, row, block = min(found, key=lambda each: each[:3])
    return block, -row, least_m2


def _nearest_place(where: Placed, x_m: float, y_m: float, radius_m: float) -> Picked | None:
    """Return the beach or mark of the plot that is nearer; of two at one place the beach."""
    beach = _closest(where.beaches_m, x_m, y_m, radius_m)
    mark = _closest(where.marks_m, x_m, y_m, radius_m)
    if beach is not None and (mark is None or beach[1] <= mark[1]):
        return Picked(PickedEntity.BEACH, where.beaches[beach[0]].uid)
    return Picked(PickedEntity.MARK, where.marks[mark[0]].uid) if mark is not None else None


def _nearest_line(where: Placed, x_m: float, y_m: float, radius_m: float) -> Picked | None:
    found: list[tuple[float, int, str]] = []
    bounds_m = _around(x_m, y_m, radius_m)
    for block in where.blocks_near(bounds_m):
        lines = block.lines.full
        rows = lines.leg_rows(bounds_m)
        if not len(rows):
            continue
        start = lines.points_m[rows]
        leg, to_point = lines.points_m[rows + 1] - start, np.array((x_m, y_m)) - start
        length2 = (leg**2).sum(axis=1)
        share = np.clip(
            (leg * to_point).sum(axis=1) / np.where(length2 > 0.0, length2, 1.0), 0.0, 1.0
        )
        squared_m2 = ((to_point - share[:, np.newaxis] * leg) ** 2).sum(axis=1)
        least_m2 = float(squared_m2.min())
        if least_m2 <= radius_m**2:
            uids = {block.track_at(row).uid for row in rows[squared_m2 == least_m2].tolist()}
            found += [(least_m2, -where.order[uid], uid) for uid in uids]
    if not found:
        return None
    _, _, uid = min(found)
    return Picked(PickedEntity.TRACK, uid, uid)


def _around(x_m: float, y_m: float, radius_m: float) -> BoundsM:
    return x_m - radius_m, y_m - radius_m, x_m + radius_m, y_m + radius_m
