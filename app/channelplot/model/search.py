"""A search as it was planned: where its datum came from, how far around it, and the legs."""

from dataclasses import dataclass
from datetime import datetime

from channelplot.geodesy.position import Position
from channelplot.model.codes import PatternKind, Turn
from channelplot.model.utc import require_utc


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSearch:
    """A search pattern, and every figure it follows from.

    name: what the desk calls it, such as S1. track_uid: the craft that is searched for, if any;
    searcher: who searches; searcher_speed_kn: along the legs, None if nobody said. datum,
    datum_at_utc: the most probable place, and when it holds.
    drift_m, initial_error_m, searcher_error_m, drift_error_share, safety_factor: what the radius
    follows from; radius_m: that radius. first_leg_deg: true. length_m and width_m: of the rectangle
    of a parallel track, None for the others. waypoints: where the legs begin and end, in order.
    """

    uid: str
    name: str
    kind: PatternKind
    datum: Position
    datum_at_utc: datetime
    radius_m: float
    drift_m: float
    initial_error_m: float
    searcher_error_m: float
    drift_error_share: float
    safety_factor: float
    first_leg_deg: float
    spacing_m: float
    turn: Turn
    waypoints: tuple[Position, ...]
    created_at_utc: datetime
    length_m: float | None = None
    width_m: float | None = None
    track_uid: str | None = None
    searcher: str = ""
    searcher_speed_kn: float | None = None
    created_by: str = ""

    def __post_init__(self) -> None:
        """Refuse times that do not say their zone."""
        require_utc(self.datum_at_utc)
        require_utc(self.created_at_utc)
