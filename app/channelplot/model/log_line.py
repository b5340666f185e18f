"""Free lines of the watch log."""

from dataclasses import dataclass
from datetime import datetime

from channelplot.model.utc import require_utc


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """Words that somebody wrote into the watch log. track_uid: the craft they are about, if any."""

    uid: str
    at_utc: datetime
    text: str
    operator: str = ""
    track_uid: str | None = None

    def __post_init__(self) -> None:
        """Refuse a time that does not say its zone."""
        require_utc(self.at_utc)
