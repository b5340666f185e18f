"""Names of stretches of coast, for lettering along them; approximate, nothing to measure from."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.basemap.catalogue import LayerName, layer
from channelplot.basemap.read import read_table
from channelplot.basemap.registers import number
from channelplot.errors import BasemapError

_COLUMNS: Final = (
    "name",
    "language",
    "kind",
    "side",
    "closest_denominator",
    "farthest_denominator",
    "error_m",
    "ends",
    "line",
    "source",
)
_FEWEST_POINTS: Final = 2


class Side(StrEnum):
    """Where a name stands: off the coast, behind it, or on its line, as a bank's does."""

    SEA = "sea"
    LAND = "land"
    ON = "on"


@dataclass(frozen=True, slots=True, eq=False)
class CoastName:
    """A named stretch of coast, between the ends that its source gives it.

    kind: bay, coast, bank, sea or strait. line_deg: (n, 2) lon, lat along the shore, land on the
    left, within error_m; of a sea or strait about its axis. It is written at scales 1:n with
    closest_denominator <= n <= farthest_denominator.
    """

    name: str
    language: str
    kind: str
    side: Side
    closest_denominator: float
    farthest_denominator: float
    line_deg: npt.NDArray[np.float64]
    error_m: float
    source: str

    def is_written_at(self, denominator: float) -> bool:
        """Return whether the name is for the scale 1:denominator."""
        return self.closest_denominator <= denominator <= self.farthest_denominator


def read_coast_names() -> tuple[CoastName, ...]:
    """Return the shipped names, in the order of the table. Raises BasemapError."""
    file = layer(LayerName.COAST_NAMES).file
    return tuple(_coast_name(file, row) for row in read_table(file, _COLUMNS))


def _coast_name(file: str, row: dict[str, str]) -> CoastName:
    if row["side"] not in tuple(Side):
        raise BasemapError(file, f"no side: {row['side']!r}")
    return CoastName(
        name=row["name"],
        language=row["language"],
        kind=row["kind"],
        side=Side(row["side"]),
        closest_denominator=number(file, row["closest_denominator"]),
        farthest_denominator=number(file, row["farthest_denominator"]),
        line_deg=_line_deg(file, row["line"]),
        error_m=number(file, row["error_m"]),
        source=row["source"],
    )


def _line_deg(file: str, text: str) -> npt.NDArray[np.float64]:
    """Return the positions of ``lon lat; lon lat; ...``. Raises BasemapError."""
    pairs = [point.split() for point in text.split(";")]
    if len(pairs) < _FEWEST_POINTS or any(len(pair) != 2 for pair in pairs):
        raise BasemapError(file, f"no line of positions: {text!r}")
    line_deg = np.array([[number(file, part) for part in pair] for pair in pairs])
    line_deg.flags.writeable = False
    return line_deg
