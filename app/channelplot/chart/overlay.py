"""Shapes a tool wants shown for now, above the chart; no Qt."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from channelplot.geodesy.position import Position


class GhostKind(StrEnum):
    """What would stand at a ghost's position."""

    REPORT = "report"
    BEACH = "beach"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Ghost:
    """A symbol that is not in the plot yet, hollow, with a label beside it.

    mark_kind: what a mark is, which gives it its shape.
    """

    position: Position
    kind: GhostKind = GhostKind.REPORT
    label: str = ""
    mark_kind: str = ""


@dataclass(frozen=True, slots=True)
class DragLine:
    """From the old position of something to the new one; label says how far, as text."""

    start: Position
    end: Position
    label: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A rubber band between two corners, in device-independent pixels, any order."""

    x0_px: float
    y0_px: float
    x1_px: float
    y1_px: float


@dataclass(frozen=True, slots=True)
class GhostPath:
    """A line that is not in the plot yet, along geodesics from place to place, with a label."""

    points: tuple[Position, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class GhostCircle:
    """A circle on the ground that is not in the plot yet."""

    centre: Position
    radius_m: float
    label: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class GhostTracks:
    """Fixes that are not in the plot yet, hollow, with the lines through those of one track.

    fixes_deg: (n, 2) float64, lon, lat on WGS 84, track after track in time order. numbers: (n,)
    the track of each; one that no other fix has gives no line. label: stands beside the last one.
    """

    fixes_deg: npt.NDArray[np.float64]
    numbers: npt.NDArray[np.int64]
    label: str = ""


Shape = Ghost | DragLine | Box | GhostPath | GhostCircle | GhostTracks


@dataclass(frozen=True, slots=True)
class Overlay:
    """Everything a tool wants shown, drawn in order; empty by default."""

    shapes: tuple[Shape, ...] = ()
