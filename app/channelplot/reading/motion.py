"""Course and speed: ``310/4``, ``course 310 4 kn``, ``292°T 18 kn``, ``cap 310 à 4 nœuds``."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from channelplot.errors import NoVariation
from channelplot.geodesy.angles import wrapped_deg
from channelplot.reading.candidate import Scan
from channelplot.reading.stopped import is_stopped
from channelplot.reading.values import Fault, FaultCode, Field, Span

FASTEST_KN: Final = 999.0
"""A speed above it is a slip of the hand; aircraft report too."""
_N: Final = r"[0-9]{1,3}(?:[.,][0-9]+)?"
_KNOTS: Final = r"(?:KN|KTS?|KNOTS?|N(?:OE|Œ)UDS?|NDS?)(?![A-Z])"
_COURSE_WORD: Final = r"(?:COURSE|CSE|CO(?=\s*[0-9]{3})|COG|HEADING|HDG|STEERING|CAP|ROUTE|RTE)"
_NOT_THE_BOAT: Final = re.compile(
    r"\b(?:WIND|VENT|STREAM|CURRENT|COURANT|TIDE|MAREE|SEA|SWELL|HOULE|GUSTS?|RAFALES?)\b[^,;.]{0,15}$"
)
_WIND_AFTER: Final = re.compile(
    r"\s*(?:OF\s+|DE\s+)?(?:WIND|VENT|STREAM|CURRENT|COURANT|GUSTS?|RAFALES?)\b"
)
_GOES_ON: Final = re.compile(r"\s*(?:-|TO\b)\s*[0-9]")
_S: Final = r"[0-9]{1,5}(?:[.,][0-9]+)?"
_SPEED_WORD: Final = r"(?:SPEED|SPD|SOG|VITESSE|VIT)"
_MARK: Final = (
    r"(?:\s*(?:°|DEG|DEGREES|DEGRES))?"
    r"(?:\s*(?P<ref>T|TRUE|VRAI|M|MAG|MAGNETIC|MAGNETIQUE)(?![A-Z]))?"
)
_START: Final = r"(?<![A-Z0-9/°+-])(?<![0-9][.,:])"
_END: Final = r"(?![0-9.,]*[0-9])"
_BOTH: Final = re.compile(
    _START
    + rf"(?:{_COURSE_WORD}\s*:?\s*)?(?P<course>[0-9]{{3}}){_MARK}"
    + rf"\s*/\s*(?P<speed>{_S})\s*(?:{_KNOTS})?{_END}(?![A-Z°])"
)
_COURSE: Final = re.compile(
    _START + rf"{_COURSE_WORD}\s*:?\s*(?:AU\s+)?(?P<course>{_N})" + _MARK + _END
)
_TRUE_COURSE: Final = re.compile(
    _START + r"(?P<course>[0-9]{3})\s*(?:°\s*(?P<ref1>T|M)?|(?P<ref2>T|M))(?![A-Z0-9'])"
)
_PLAIN_COURSE: Final = re.compile(_START + rf"(?P<course>[0-9]{{3}})\s+(?={_N}\s*{_KNOTS})")
_SPEED: Final = re.compile(
    _START + rf"(?:{_SPEED_WORD}\s*:?\s*)?(?P<speed>{_S})\s*{_KNOTS}"
    rf"|{_START}{_SPEED_WORD}\s*:?\s*(?P<speed2>{_S}){_END}(?![A-Z°])"
)


@dataclass(frozen=True, slots=True)
class Motion:
    """Course and speed as read. course_deg: true; variation_deg: where it was given magnetic."""

    course_deg: float | None = None
    variation_deg: float | None = None
    speed_kn: float | None = None
    course_spans: tuple[Span, ...] = ()
    speed_spans: tuple[Span, ...] = ()
    faults: tuple[Fault, ...] = ()


_Courses = list[tuple[Span, str, str]]
_Speeds = list[tuple[Span, str]]


def motion_spans(scan: Scan) -> tuple[Span, ...]:
    """Return what can be nothing but course or speed: with a word, a unit or a slash."""
    courses, speeds = _certain(scan)
    return (*(span for span, _, _ in courses), *(span for span, _ in speeds))


def read_motion(scan: Scan, variation_deg: Callable[[], float]) -> Motion:
    """Return the course and speed of a line of which the position has been taken.

    variation_deg: returns the magnetic variation at the place and time of the report; called
    for a magnetic course alone, it may raise NoVariation. A boat that is said to be stopped has a
    speed of nought unless a speed is stated; the words for it stay words.
    """
    courses, speeds = _certain(scan)
    rest = scan.without([span for span, _, _ in courses] + [span for span, _ in speeds])
    for pattern in (_TRUE_COURSE, _PLAIN_COURSE):
        for match in pattern.finditer(scan.line.text, 0, scan.line.verbatim.start):
            span = Span(match.start(), len(match[0].rstrip()) + match.start())
            groups = match.groupdict()
            is_boat = _NOT_THE_BOAT.search(scan.line.text, 0, span.start) is None
            if is_boat and rest.is_span_free(span) and not courses:
                ref = groups.get("ref1") or groups.get("ref2") or ""
                courses.append((span, match["course"], ref))
    return _motion(scan, courses, speeds, variation_deg)


def _certain(scan: Scan) -> tuple[_Courses, _Speeds]:
    text, end = scan.line.text, scan.line.verbatim.start
    courses: _Courses = []
    speeds: _Speeds = []

    def is_new(span: Span) -> bool:
        taken = [each for each, _, _ in courses] + [each for each, _ in speeds]
        is_boat = _NOT_THE_BOAT.search(text, 0, span.start) is None
        is_boat = is_boat and _WIND_AFTER.match(text, span.end) is None
        is_free = scan.is_span_free(span)
        return is_boat and is_free and not any(span.overlaps(other) for other in taken)

    for match in _BOTH.finditer(text, 0, end):
        if is_new(Span(*match.span())):
            between = match.end("course")
            courses.append((Span(match.start(), between), match["course"], match["ref"] or ""))
            speeds.append((Span(between, match.end()), match["speed"]))
    for match in _COURSE.finditer(text, 0, end):
        if is_new(Span(*match.span())):
            courses.append((Span(*match.span()), match["course"], match["ref"] or ""))
    for match in _SPEED.finditer(text, 0, end):
        if is_new(Span(*match.span())):
            speeds.append((Span(*match.span()), match["speed"] or match["speed2"]))
    return courses, speeds


def _motion(
    scan: Scan,
    courses: _Courses,
    speeds: _Speeds,
    variation_deg: Callable[[], float],
) -> Motion:
    faults: list[Fault] = []

    def fault(code: FaultCode, field: Field, span: Span) -> None:
        faults.append(Fault(code, field, span, scan.line.piece(span)))

    course_deg = given_variation_deg = speed_kn = None
    if courses:
        span, figures, reference = courses[0]
        value_deg = float(figures.replace(",", "."))
        if value_deg > 360.0:
            fault(FaultCode.COURSE_RANGE, Field.COURSE, span)
        else:
            course_deg = wrapped_deg(value_deg)
            if reference.startswith("M"):
                try:
                    given_variation_deg = variation_deg()
                    course_deg = wrapped_deg(value_deg + given_variation_deg)
                except NoVariation:
                    fault(FaultCode.NO_VARIATION, Field.COURSE, span)
        goes_on = _GOES_ON.match(scan.line.text, span.end)
        if goes_on is not None and scan.is_span_free(Span(goes_on.end() - 1, goes_on.end())):
            fault(FaultCode.SAID_TWICE, Field.COURSE, Span(span.start, goes_on.end()))
        if any(float(c[1].replace(",", ".")) != value_deg for c in courses):
            last = courses[-1][0]
            end = next((s.end for s, _ in speeds if s.start == last.end), last.end)
            fault(FaultCode.SAID_TWICE, Field.COURSE, Span(last.start, end))
    if speeds:
        values = {float(figures.replace(",", ".")) for _, figures in speeds}
        speed_kn = float(speeds[0][1].replace(",", "."))
        if speed_kn > FASTEST_KN:
            fault(FaultCode.SPEED_RANGE, Field.SPEED, speeds[0][0])
        if len(values) > 1 and not any(each.span.overlaps(speeds[-1][0]) for each in faults):
            fault(FaultCode.SAID_TWICE, Field.SPEED, speeds[-1][0])
    elif is_stopped(scan):
        speed_kn = 0.0
    return Motion(
        course_deg,
        given_variation_deg,
        speed_kn,
        tuple(span for span, _, _ in courses),
        tuple(span for span, _ in speeds),
        tuple(faults),
    )
