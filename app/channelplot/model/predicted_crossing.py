"""That a craft was reckoned to have crossed a limit: a prediction, written into the log as one."""

from dataclasses import dataclass
from datetime import datetime

from channelplot.geodesy.position import Position
from channelplot.model.codes import ReckoningRule
from channelplot.model.utc import require_utc


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedCrossing:
    """Where and when a craft was reckoned to cross a limit; nobody saw it.

    limit_code: which limit; from_side, to_side: whose waters, as the limit calls them; is_legal:
    whether the limit is one by law. fix_uid: the report it was reckoned from, by rule; course_deg
    (true) and speed_kn: over the ground there. logged_at_utc: when the program wrote it down.
    """

    uid: str
    track_uid: str
    limit_code: str
    from_side: str
    to_side: str
    is_legal: bool
    position: Position
    crosses_at_utc: datetime
    fix_uid: str
    rule: ReckoningRule
    course_deg: float | None
    speed_kn: float
    logged_at_utc: datetime

    def __post_init__(self) -> None:
        """Refuse times that do not say their zone."""
        require_utc(self.crosses_at_utc)
        require_utc(self.logged_at_utc)
