"""What is written in the log about one act."""

from dataclasses import dataclass
from datetime import datetime

from channelplot.model.utc import require_utc


@dataclass(frozen=True, slots=True)
class ActRecord:
    """Who did what and when: one row of ``edit_log`` without the rows it changed.

    label: the command's code; entity and entity_uid: the main thing it is about;
    operator: who did it; at_utc: when, aware and in UTC (ValueError otherwise), kept to
    the millisecond; name: what it is about, for people; reason: why, in the operator's words.
    """

    label: str
    entity: str
    entity_uid: str
    operator: str
    at_utc: datetime
    name: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse a time that does not say its zone."""
        require_utc(self.at_utc)
