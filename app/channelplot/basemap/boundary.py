"""The boundary of the territorial seas in the Strait of Dover, agreed on 2 November 1988.

Six points in ED50, joined by rhumb lines; the program draws their WGS 84 equivalents
(EPSG operation 1311), which a test computes anew. Drawn raw, the ED50 figures would be
some 134 m out.
"""

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.analysis.waters import Limit
from channelplot.basemap.catalogue import LayerName, layer
from channelplot.basemap.read import read_table
from channelplot.basemap.registers import number
from channelplot.errors import BasemapError
from channelplot.geodesy.position import Position
from channelplot.geodesy.projection import (
    from_chart_m,
    ground_metres_per_chart_metre,
    position_to_chart_m,
)
from channelplot.geodesy.rhumb_line import RhumbLine

BOUNDARY_CODE: Final = "uk_fr_1988"
_COLUMNS: Final = ("point", "lat_wgs84", "lon_wgs84", "source")


@dataclass(frozen=True, slots=True)
class Boundary:
    """A boundary of rhumb lines between points on WGS 84.

    code: which one; people read its name in their language. numerals: what the agreement
    calls the points, one for each. source: where the agreement is published.
    """

    code: str
    points: tuple[Position, ...]
    numerals: tuple[str, ...]
    source: str

    def rhumb_points(self, spacing_m: float) -> npt.NDArray[np.float64]:
        """Return positions along the line, its own points among them.

        (n, 2) float64, lon, lat in degrees; no two neighbours further apart than
        spacing_m on the ground. A rhumb line is straight in Mercator, so they divide each
        leg of the chart evenly. Raises ValueError unless spacing_m is above 0.
        """
        if not spacing_m > 0.0:
            msg = f"a spacing above 0 m expected: {spacing_m}"
            raise ValueError(msg)
        corners_m = [position_to_chart_m(point) for point in self.points]
        along_m = [corners_m[0]]
        for (start, end), (a, b) in zip(pairwise(corners_m), pairwise(self.points), strict=True):
            # The end nearer the equator: there a chart metre is longest on the ground.
            scale = ground_metres_per_chart_metre(min(abs(a.lat_deg), abs(b.lat_deg)))
            steps = max(1, math.ceil(math.dist(start, end) * scale / spacing_m))
            for step in range(1, steps):
                part = step / steps
                along_m.append(
                    (start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1]))
                )
            along_m.append(end)
        return from_chart_m(np.array(along_m, dtype=np.float64))


def read_boundary() -> Boundary:
    """Return the boundary of 1988, from south-west to north-east. Raises BasemapError."""
    file = layer(LayerName.BOUNDARY).file
    rows = read_table(file, _COLUMNS)
    if len(rows) < 2:
        raise BasemapError(file, "fewer than two points")
    try:
        points = tuple(
            Position(number(file, row["lon_wgs84"]), number(file, row["lat_wgs84"])) for row in rows
        )
    except ValueError as error:
        raise BasemapError(file, str(error)) from error
    return Boundary(
        code=BOUNDARY_CODE,
        points=points,
        numerals=tuple(row["point"] for row in rows),
        source=rows[0]["source"],
    )


def boundary_limit() -> Limit:
    """Return the boundary of 1988 as the limit that parts waters. Raises BasemapError.

    From point I to VI the United Kingdom's territorial sea lies to the left, France's to the right.
    """
    boundary = read_boundary()
    return Limit(
        code=boundary.code,
        line=RhumbLine(boundary.points),
        left="GB",
        right="FR",
        is_legal=True,
    )
