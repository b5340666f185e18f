"""Something that a plot has and a file tells otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from channelplot.commands.command import Entity
from channelplot.model.beach import Beach, Mark
from channelplot.model.report import Report
from channelplot.model.track import Track


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Something that the plot has and the file tells otherwise.

    name: what people call it: of a report its track's, "" for none. ours, theirs: the fields that
    differ, by their names in ``fields.py``, "" for what is not said. is_conflict: of at least one
    field both say something; otherwise the file only tells more than the plot. current: what the
    plot has; version: what it would have if the file's were taken. observed_at_utc: of a report.
    """

    entity: Entity
    uid: str
    name: str
    ours: Mapping[str, str]
    theirs: Mapping[str, str]
    is_conflict: bool
    current: Track | Report | Beach | Mark
    version: Track | Report | Beach | Mark
    observed_at_utc: datetime | None = None
