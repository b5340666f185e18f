"""One thing reported: as received and as understood, with its three times."""

from dataclasses import dataclass
from datetime import datetime

from channelplot.geodesy.position import Position
from channelplot.model.codes import BoatType, PositionForm, ReportKind, SourceKind
from channelplot.model.people import PeopleCount
from channelplot.model.utc import require_utc


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Evidence: one thing we were told or saw.

    observed_at_utc: when the boat was there. received_at_utc: when we were told.
    logged_at_utc: when it was written down. All three are aware and in UTC; a naive
    datetime raises ValueError. error_m: radius of the error circle, None when not
    known. course_deg is true, speed_kn over the ground, both as reported.
    track_uid: the craft it is attributed to, None for none; the attribution is a
    claim and may change, the rest is what was said. boat_type: what it was said to look like,
    None when not said. caller: the telephone number or call sign it came from, tidied by
    ``model/caller.py``; ``report:UID`` stands for "the same telephone as that report's";
    empty when not known.
    """

    uid: str
    kind: ReportKind
    observed_at_utc: datetime
    received_at_utc: datetime
    logged_at_utc: datetime
    track_uid: str | None = None
    position: Position | None = None
    position_form: PositionForm | None = None
    as_received: str = ""
    error_m: float | None = None
    source: SourceKind = SourceKind.UNKNOWN
    source_name: str = ""
    grade: str = ""
    course_deg: float | None = None
    speed_kn: float | None = None
    people: PeopleCount | None = None
    boat_type: BoatType | None = None
    caller: str = ""
    logged_by: str = ""

    def __post_init__(self) -> None:
        """Refuse times that do not say their zone."""
        for moment in (self.observed_at_utc, self.received_at_utc, self.logged_at_utc):
            require_utc(moment)

    def time_order(self) -> tuple[datetime, datetime, str]:
        """Return the key that puts reports in order of time, ties by logging, then uid."""
        return (self.observed_at_utc, self.logged_at_utc, self.uid)
