"""Two craft whose closest approach is watched."""

from dataclasses import dataclass
from datetime import datetime

from channelplot.model.utc import require_utc


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproachWatch:
    """Two tracks, and how close they may come, and how soon, before somebody must be told.

    distance_m: on the ground; within_min: minutes from now.
    """

    uid: str
    first_track_uid: str
    second_track_uid: str
    distance_m: float
    within_min: int
    created_at_utc: datetime
    created_by: str = ""

    def __post_init__(self) -> None:
        """Refuse a time that does not say its zone."""
        require_utc(self.created_at_utc)
