"""That somebody has seen an alert."""

from dataclasses import dataclass
from datetime import datetime

from channelplot.model.codes import AlertCode
from channelplot.model.utc import require_utc


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """A named person has seen an alert.

    entity_uid: what the alert is about, a track's uid; raised_at_utc: since when it was one;
    at_utc: when it was acknowledged.
    """

    uid: str
    alert: AlertCode
    entity_uid: str
    raised_at_utc: datetime
    at_utc: datetime
    by: str

    def __post_init__(self) -> None:
        """Refuse times that do not say their zone."""
        require_utc(self.raised_at_utc)
        require_utc(self.at_utc)
