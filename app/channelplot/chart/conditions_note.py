"""The stream and wind that the chart's reckoning goes by, as a note; no Qt."""

from dataclasses import dataclass
from datetime import datetime

from channelplot.analysis.drift import Conditions, Stream, Wind, carried_at


@dataclass(frozen=True, slots=True)
class ConditionsNote:
    """What is reckoned with at a time, and whether it holds then.

    stream, wind: None where none was given. stream_holds, wind_holds: at that time; what does not
    hold is reckoned with all the same, for want of better. until_utc: until when all of it holds;
    ended_utc: when some of it last held; begins_utc: when some of it will first hold; at most one
    of the three is there. name: of the craft that it was given for alone, empty for all.
    """

    stream: Stream | None
    wind: Wind | None
    stream_holds: bool
    wind_holds: bool
    until_utc: datetime | None = None
    ended_utc: datetime | None = None
    begins_utc: datetime | None = None
    name: str = ""


def note_of(conditions: Conditions, at_utc: datetime, name: str = "") -> ConditionsNote:
    """Return the note of the stream and wind reckoned with at a time."""
    carried = carried_at(conditions, at_utc)
    stream, wind = carried.stream, carried.wind
    valid = [one.valid for one in (stream, wind) if one is not None]
    untils = [v.until_utc for v in valid if v.until_utc is not None]
    over = [until_utc for until_utc in untils if until_utc < at_utc]
    to_come = [v.from_utc for v in valid if v.from_utc is not None and v.from_utc > at_utc]
    holds = not over and not to_come
    return ConditionsNote(
        stream,
        wind,
        stream is not None and stream.valid.holds_at(at_utc),
        wind is not None and wind.valid.holds_at(at_utc),
        until_utc=min(untils) if holds and untils else None,
        ended_utc=max(over) if over else None,
        begins_utc=min(to_come) if to_come and not over else None,
        name=name,
    )
