"""A text that is a position in figures and nothing else: no names, nothing to measure from."""

import re
from typing import Final

from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.position import Position
from channelplot.reading.angle import angle_of
from channelplot.reading.candidate import Scan
from channelplot.reading.line import refusal_of
from channelplot.reading.plain import plain
from channelplot.reading.positions import find_written
from channelplot.reading.values import FaultCode, Language, QuestionCode, Span

_NUMBER: Final = "[0-5]?[0-9](?:[.,][0-9]{1,12})?"


def _angle(axis: str) -> str:
    return (
        f"(?P<{axis}_degrees>[0-9]{{1,3}})(?:[°º] ?|[ :-])(?P<{axis}_minutes>{_NUMBER})"
        f"(?:(?:['’′] ?| )(?P<{axis}_seconds>{_NUMBER})(?:[\"”″]|'')?|['’′])?"
    )


_AFTER: Final = f"{_angle('lat')} ?(?P<lat_letter>[NS])", f"{_angle('lon')} ?(?P<lon_letter>[EW])"
_BEFORE: Final = f"(?P<lat_letter>[NS]) ?{_angle('lat')}", f"(?P<lon_letter>[EW]) ?{_angle('lon')}"
USUAL_FORMS: Final = tuple(
    re.compile(f"(?:LAT )?{lat}(?:, ?| [;/-] | )(?:LON )?{lon}") for lat, lon in (_AFTER, _BEFORE)
)
"""``50 58.1N 001 41.2E``, ``N50°58'12" W001°41'05"`` and the like."""


def written_position(text: str, area: Bounds) -> Position | FaultCode | QuestionCode:
    """Return the position that a text is, in any form in figures; else why it is none.

    A code of a question says that there are several ways to read it. area: where an unsaid
    hemisphere may lie.
    """
    stripped = text.strip()
    return usually_written(stripped) or written_anyhow(stripped, area)


def usually_written(text: str) -> Position | None:
    """Return the position of a text in one of the usual forms, None for any other text.

    The very one that ``written_anyhow`` returns, in a tenth of the time: of these forms it is
    known that there is no other way to read them.
    """
    for form in USUAL_FORMS:
        match = form.fullmatch(text)
        if match is None:
            continue
        numbers = match.group("lat_degrees", "lat_minutes", "lat_seconds")
        lat = angle_of(tuple(filter(None, numbers)), is_longitude=False)
        numbers = match.group("lon_degrees", "lon_minutes", "lon_seconds")
        lon = angle_of(tuple(filter(None, numbers)), is_longitude=True)
        if lat is None or lon is None or lat.fault or lon.fault or lat.form is not lon.form:
            return None
        lat_sign = 1 if match["lat_letter"] == "N" else -1
        lon_sign = 1 if match["lon_letter"] == "E" else -1
        return Position(lon_sign * lon.value_deg, lat_sign * lat.value_deg)
    return None


def written_anyhow(text: str, area: Bounds) -> Position | FaultCode | QuestionCode:
    """Return what ``written_position`` does, by every way there is to read a line."""
    if not text:
        return FaultCode.EMPTY
    refused = refusal_of(text)
    if refused is not None:
        return refused.code
    found = find_written(Scan(plain(text)), Language.ENGLISH, area)
    if found.fault is not None:
        return found.fault.code
    if found.question is not None:
        return found.question
    if len(found.choices) != 1 or found.choices[0].span != Span(0, len(text)):
        return FaultCode.NOT_READ
    return found.choices[0].position
