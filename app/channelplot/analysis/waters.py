"""Whose waters a position is in by a limit, how far that limit is, and when it will be crossed.

A limit is a line with a name and two sides: the boundary of 1988, a limit that a desk has loaded,
the line between two search-and-rescue regions; each is asked by itself and answers for itself.

What an answer is worth is always said. It is legal only where the limit itself is, and between the
perpendiculars to the line at its two ends (they are straight on the chart), and, where the distance
to the coast is given, within 12 NM of it. Past the perpendicular at an end the line says nothing by
law: within 12 NM of the line the answer is the side of its last leg drawn on straight, and
indicative; further off no side is given at all. A line that turns back on itself loses more to its
perpendiculars than it need: an answer is called indicative too often rather than legal once too
often. Within a metre of the line no side is given either: the positions themselves are good to no
more (EPSG:1311, accuracy 1 m).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.geodesy.angles import wrapped_deg
from channelplot.geodesy.position import Position
from channelplot.geodesy.rhumb_line import RhumbLine
from channelplot.geodesy.units import METRES_PER_NM

TERRITORIAL_M: Final = 12.0 * METRES_PER_NM
"""The greatest breadth of a territorial sea: United Nations Convention on the Law of the Sea,
article 3. Measured there from baselines; the coast drawn is the nearest the program has."""
ON_LINE_M: Final = 1.0


class Doubt(StrEnum):
    """Why an answer is indicative, not legal.

    LIMIT: the limit is. BEYOND_END: the position lies past the perpendicular at an end of the
    line. OFF_COAST: it is more than 12 NM from the coast.
    """

    LIMIT = "limit"
    BEYOND_END = "beyond_end"
    OFF_COAST = "off_coast"


@dataclass(frozen=True, slots=True)
class Limit:
    """A line that parts waters.

    code: which one; people read its name in their language. left, right: codes of whose waters
    lie on either side, looking from the line's first point to its last. is_legal: it is the limit
    itself as published, not a drawing of it.
    """

    code: str
    line: RhumbLine
    left: str
    right: str
    is_legal: bool

    def side(self, sign: int) -> str | None:
        """Return whose side a sign of ``RhumbLine.sides`` means, None for 0."""
        return {1: self.left, -1: self.right}.get(sign)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waters:
    """Whose waters a position is in, by one limit.

    side: a code of the limit, None where none may be given: on the line to a metre, or past its
    end and more than 12 NM off. nearest: the point of the line that is nearest, distance_m from
    the position, geodesic; bearing_deg: true, from the position to it, None on it. doubts: why the
    answer is not legal.
    """

    limit: Limit
    position: Position
    side: str | None
    doubts: tuple[Doubt, ...]
    nearest: Position
    distance_m: float
    bearing_deg: float | None

    @property
    def is_legal(self) -> bool:
        """Return whether the answer is one by law; else it is indicative, or there is none."""
        return self.side is not None and not self.doubts


def waters_at(position: Position, limit: Limit, coast_m: float | None = None) -> Waters:
    """Return whose waters a position is in by a limit.

    coast_m: the distance to the nearest coast of either side, None where it is not asked about.
    """
    return waters_of([position], limit, None if coast_m is None else [coast_m])[0]


def waters_of(
    positions: Sequence[Position], limit: Limit, coast_m: Sequence[float] | None = None
) -> tuple[Waters, ...]:
    """Return whose waters many positions are in by a limit; coast_m as in ``waters_at``."""
    if not positions:
        return ()
    lon_lat_deg = np.array([(p.lon_deg, p.lat_deg) for p in positions], dtype=np.float64)
    nearest_deg, bearings_deg, distances_m = limit.line.nearest(lon_lat_deg)
    signs = _given_signs(limit.line, lon_lat_deg, distances_m)
    is_abeam = limit.line.is_abeam(lon_lat_deg)
    return tuple(
        Waters(
            limit=limit,
            position=position,
            side=limit.side(int(signs[row])),
            doubts=_doubts(limit, bool(is_abeam[row]), None if coast_m is None else coast_m[row]),
            nearest=Position(float(nearest_deg[row, 0]), float(nearest_deg[row, 1])),
            distance_m=float(distances_m[row]),
            bearing_deg=(wrapped_deg(float(bearings_deg[row])) if distances_m[row] > 0.0 else None),
        )
        for row, position in enumerate(positions)
    )


def side_signs(
    limit: Limit, lon_lat_deg: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.bool_]]:
    """Return the sides of very many positions, and whether each is given between the ends.

    lon_lat_deg: (n, 2) float64, lon, lat in degrees. Result: (n,), 1 left of the limit, -1 right,
    0 where ``waters_at`` gives no side; and (n,), false past the perpendicular at an end.
    """
    _, _, distances_m = limit.line.nearest(lon_lat_deg)
    return _given_signs(limit.line, lon_lat_deg, distances_m), limit.line.is_abeam(lon_lat_deg)


def _given_signs(
    line: RhumbLine, lon_lat_deg: npt.NDArray[np.float64], distances_m: npt.NDArray[np.float64]
) -> npt.NDArray[np.int8]:
    is_too_far_off = ~line.is_abeam(lon_lat_deg) & (distances_m > TERRITORIAL_M)
    is_on_line = distances_m <= ON_LINE_M
    signs: npt.NDArray[np.int8] = np.where(
        is_on_line | is_too_far_off, np.int8(0), line.sides(lon_lat_deg)
    )
    return signs


def _doubts(limit: Limit, is_abeam: bool, coast_m: float | None) -> tuple[Doubt, ...]:
    doubts = []
    if not limit.is_legal:
        doubts.append(Doubt.LIMIT)
    if not is_abeam:
        doubts.append(Doubt.BEYOND_END)
    if coast_m is not None and coast_m > TERRITORIAL_M:
        doubts.append(Doubt.OFF_COAST)
    return tuple(doubts)
