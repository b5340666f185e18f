"""Electronic bearing lines, range rings and measured lines, as they are drawn; no Qt.

None of it belongs to the plot: it is chartwork of the moment, on the screen alone.
"""

from dataclasses import dataclass

from channelplot.geodesy.position import Position


@dataclass(frozen=True, slots=True)
class BearingLine:
    """A geodesic from an origin on a true bearing, so long; label beside it, as text.

    number: by which people speak of it, 0 for one that is only being drawn.
    """

    number: int
    origin: Position
    bearing_deg: float
    distance_m: float
    label: str


@dataclass(frozen=True, slots=True)
class Rings:
    """Circles of these radii about a centre, on the ground; label beside the outermost, as text.

    number: by which people speak of them, 0 for some that are only being drawn.
    """

    number: int
    centre: Position
    radii_m: tuple[float, ...]
    label: str


@dataclass(frozen=True, slots=True)
class MeasuredLine:
    """A line from point to point, rhumb lines or geodesics; labels: one for each point, or ""."""

    points: tuple[Position, ...]
    is_rhumb: bool
    labels: tuple[str, ...]


ChartLine = BearingLine | Rings | MeasuredLine
"""What is drawn as chartwork of the moment."""
