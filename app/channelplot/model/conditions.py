"""Stream and wind as somebody gave them, for a time."""

from dataclasses import dataclass
from datetime import datetime

from channelplot.model.utc import require_utc


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionsEntry:
    """A stream, a wind or both, from when until when they hold.

    stream_set_deg: true, where it sets to; wind_from_deg: true, where it blows from;
    leeway_percent: of the wind's speed that a craft makes down the wind. None: not given.
    track_uid: for that craft alone, None for all. source: who or what gave them.
    """

    uid: str
    valid_from_utc: datetime
    valid_until_utc: datetime
    logged_at_utc: datetime
    stream_set_deg: float | None = None
    stream_rate_kn: float | None = None
    wind_from_deg: float | None = None
    wind_speed_kn: float | None = None
    leeway_percent: float | None = None
    track_uid: str | None = None
    source: str = ""
    logged_by: str = ""

    def __post_init__(self) -> None:
        """Refuse times that do not say their zone."""
        for moment in (self.valid_from_utc, self.valid_until_utc, self.logged_at_utc):
            require_utc(moment)

    @property
    def has_stream(self) -> bool:
        """Return whether a stream was given."""
        return self.stream_set_deg is not None and self.stream_rate_kn is not None

    @property
    def has_wind(self) -> bool:
        """Return whether a wind was given."""
        return self.wind_from_deg is not None and self.wind_speed_kn is not None
