"""Positions on the UTM grid, as MGRS squares or as easting and northing."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from channelplot.errors import GridError, GridFault
from channelplot.geodesy.grid import mgrs_square, position_of_utm
from channelplot.geodesy.position import Position
from channelplot.model.codes import PositionForm
from channelplot.reading.candidate import Candidate, Scan
from channelplot.reading.values import Fault, FaultCode, Field, PositionReading, Span

_MGRS: Final = re.compile(
    r"(?<![A-Z0-9.,-])(?<![0-9]:)(?:MGRS\s*:?\s*)?(?P<zone>[0-9]{1,2})\s*(?P<band>[A-Z])"
    # Zone, band and square: 31UDS, 31U DS, 31 U DS; but "41 POB" is something else.
    r"(?:\s+|(?<=[0-9][A-Z]))(?P<square>[A-Z]{2})\s*(?P<figures>[0-9]+)(?![A-Z0-9])"
)
_SECOND_GROUP: Final = re.compile(r"(?:\s*[,/-]\s*|\s+)([0-9]+)(?![A-Z0-9])")
_DECIMALS: Final = re.compile(r"[.,:-][0-9]|\s*°|\s*['\"](?!\s*[A-Z])")
_NEXT_NUMBER: Final = re.compile(r"\s+([0-9]+)(?![A-Z0-9])")
_TIME_FIGURES: Final = 4
_MOST_FIGURES: Final = 5
_BANDS: Final = frozenset("CDEFGHJKLMNPQRSTUVWX")
_NEAR_ZONES: Final = frozenset({29, 30, 31})
_NUMBER: Final = r"[0-9]{6,7}(?:[.,][0-9]+)?"
_UTM: Final = re.compile(
    r"(?<![A-Z0-9.,-])(?<![0-9]:)(?:UTM\s*:?\s*)?(?P<zone>[0-9]{1,2})\s*(?P<band>[C-HJ-NP-X])[\s,;]\s*"
    rf"(?:E\s*)?(?P<easting>{_NUMBER})\s*(?:M?\s*E)?[\s,;/]+"
    rf"(?:N\s*)?(?P<northing>{_NUMBER})(?:\s*M?\s*N)?(?![A-Z0-9]|[.,][0-9])"
)
_CODES: Final = {
    GridFault.ZONE: FaultCode.GRID_ZONE,
    GridFault.SQUARE: FaultCode.GRID_SQUARE,
    GridFault.FIGURES: FaultCode.GRID_FIGURES,
}


def grid_candidates(scan: Scan) -> Iterator[Candidate]:
    """Yield every MGRS square and UTM pair of the line, or why it is none.

    An MGRS position is the middle of its square; its error half the square's diagonal. The
    letter of a UTM zone is its band, or N for the northern hemisphere.
    """
    for match in _matches(_UTM, scan):
        yield _utm(scan, match, Span(*match.span()))
    for match in _matches(_MGRS, scan):
        candidate = _mgrs(scan, match, Span(*match.span()))
        if candidate is not None:
            yield candidate


def _matches(pattern: re.Pattern[str], scan: Scan) -> Iterator[re.Match[str]]:
    """Yield what a pattern finds in free pieces; what is taken hides nothing behind it."""
    at = 0
    while match := pattern.search(scan.line.text, at, scan.line.verbatim.start):
        is_free = scan.is_span_free(Span(*match.span()))
        at = match.end() if is_free else match.start() + 1
        if is_free:
            yield match


def _mgrs(scan: Scan, match: re.Match[str], span: Span) -> Candidate | None:
    if match["band"] not in _BANDS and int(match["zone"]) not in _NEAR_ZONES:
        return None  # two letters and figures in prose
    first, second, end = match["figures"], "", match.end()
    group = _SECOND_GROUP.match(scan.line.text, end, scan.line.verbatim.start)
    if group is not None:
        # After a square given in one group there may be a time, or what was read as another thing.
        is_time = len(group[1]) == _TIME_FIGURES and len(first) > _TIME_FIGURES + 1
        is_free = scan.is_span_free(Span(*group.span(1)))
        if len(group[1]) == len(first) <= _MOST_FIGURES and not is_free:
            return _fault(scan, FaultCode.GRID_FIGURES, Span(match.start("figures"), group.end()))
        if is_free and not is_time:
            second, end = group[1], group.end()
    more = _DECIMALS.match(scan.line.text, end)
    if more is not None:
        span = Span(match.start("figures"), more.end())
        return _fault(scan, FaultCode.GRID_FIGURES, span)
    if not second and len(first) % 2 == 0:
        first, second = first[: len(first) // 2], first[len(first) // 2 :]
    span = Span(span.start, end)
    if len(first) != len(second) or len(first) > _MOST_FIGURES:
        return _fault(scan, FaultCode.GRID_FIGURES, span)
    try:
        square = mgrs_square(int(match["zone"]), match["band"], match["square"], first, second)
    except GridError as error:
        code = _CODES[error.fault]
        piece = {FaultCode.GRID_SQUARE: "square", FaultCode.GRID_FIGURES: "figures"}.get(code)
        at = Span(*match.span(piece)) if piece else Span(match.start("zone"), match.end("band"))
        return replace(_fault(scan, code, at), span=span)
    error_m = square.size_m / 2.0 * 2.0**0.5
    reading = PositionReading(square.centre, PositionForm.MGRS, error_m, span)
    return Candidate(span, (reading,), beside=_beside(scan, end))


def _utm(scan: Scan, match: re.Match[str], span: Span) -> Candidate:
    numbers = [match[name].replace(",", ".") for name in ("easting", "northing")]
    zone, band = int(match["zone"]), match["band"]
    try:
        position = _of_band(zone, band, float(numbers[0]), float(numbers[1]))
    except GridError as error:
        return _fault(scan, _CODES[error.fault], span)
    half_m = [0.5 * 10.0 ** -len(number.partition(".")[2]) for number in numbers]
    error_m = (half_m[0] ** 2 + half_m[1] ** 2) ** 0.5
    if _DECIMALS.match(scan.line.text, match.end()):
        return _fault(scan, FaultCode.GRID_FIGURES, span)
    reading = PositionReading(position, PositionForm.UTM, error_m, span)
    return Candidate(span, (reading,), beside=_beside(scan, match.end()))


def _of_band(zone: int, band: str, easting_m: float, northing_m: float) -> Position:
    """Return the position that lies in the band; N may be meant as the northern hemisphere."""
    try:
        return position_of_utm(zone, band >= "N", easting_m, northing_m, band)
    except GridError:
        if band != "N":
            raise
        return position_of_utm(zone, True, easting_m, northing_m)


def _beside(scan: Scan, end: int) -> Span | None:
    """Return a free number right behind a reference, which might belong to it; no time does."""
    after = _NEXT_NUMBER.match(scan.line.text, end, scan.line.verbatim.start)
    if after is None or not scan.is_span_free(Span(*after.span(1))):
        return None
    is_time = len(after[1]) == _TIME_FIGURES and int(after[1][:2]) < 24 and int(after[1][2:]) < 60
    another = _NEXT_NUMBER.match(scan.line.text, after.end(), scan.line.verbatim.start)
    if another is not None and scan.is_span_free(Span(*another.span(1))):
        is_time = False  # 1855 5491 is a square's, though 1855 alone might be a time
    return None if is_time else Span(*after.span(1))


def _fault(scan: Scan, code: FaultCode, span: Span) -> Candidate:
    return Candidate(span, fault=Fault(code, Field.POSITION, span, scan.line.piece(span)))
