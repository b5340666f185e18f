"""What a plot can't hold, whoever says it: unsound records, figures out of range, broken texts."""

import math
import re
from dataclasses import replace
from typing import Final

from channelplot.errors import ImportFault
from channelplot.model.beach import Beach, Mark, is_mark_code, tidy_code
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.rules import problems_of
from channelplot.model.track import Track
from channelplot.reading.motion import FASTEST_KN

MOST_ERROR_M: Final = 20_040_000.0
"""Half of the equator: no place is farther off."""
_HALVES: Final = re.compile("[\ud800-\udfff]")
"""Halves of characters (surrogates), which no file can hold."""


def text_fault(*texts: str) -> ImportFault | None:
    """Return why texts can't be kept, None if they can."""
    for text in texts:
        if "\0" in text:
            return ImportFault.ZERO_BYTE
        if not text.isascii() and _HALVES.search(text):
            return ImportFault.ENCODING
    return None


def figures(report: Report) -> str:
    """Return the figures of a report, for one of them can't be."""
    told: dict[str, object] = {
        "error_m": report.error_m,
        "course_deg": report.course_deg,
        "speed_kn": report.speed_kn,
        "people": report.people and report.people.total,
        "caller": report.caller,
    }
    return ", ".join(f"{name} {value}" for name, value in told.items() if value not in (None, ""))


def is_beyond(*, error_m: float | None = None, speed_kn: float | None = None) -> bool:
    """Return whether an error or a speed is greater than any is; False for what is not said."""
    return (error_m or 0.0) > MOST_ERROR_M or (speed_kn or 0.0) > FASTEST_KN


def is_length(length_m: float | None) -> bool:
    """Return whether a craft can be so long."""
    return length_m is not None and math.isfinite(length_m) and length_m > 0.0


def is_unsound_track(track: Track) -> bool:
    """Return whether a track can't stand in a plot, whatever else is there."""
    alone = replace(track, reports=(), same_as_uid=None)
    unsound = bool(problems_of(Plot(tracks={track.uid: alone})))
    return unsound or is_beyond(speed_kn=track.speed_kn)


def is_unsound_place(place: Beach | Mark) -> bool:
    """Return whether a beach or a mark can't stand in a plot, whatever else is there."""
    if is_beyond(error_m=place.error_m):
        return True
    if isinstance(place, Mark):
        tidy = replace(place, code=tidy_code(place.code))
        unsound = bool(problems_of(Plot(marks={tidy.uid: tidy})))
        return unsound or not is_mark_code(tidy.code)
    return bool(problems_of(Plot(beaches={place.uid: place})))
