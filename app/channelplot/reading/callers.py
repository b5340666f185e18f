"""Who called: ``tel 06 12 34 56 78``, ``call sign MABC2``, ``same phone as A 0345A``.

A number needs its word before it, and is taken as far as the numbering plans of both shores say,
else as far as nothing else can belong to it; where that can't be told it is refused.
"""

import itertools
import operator
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from channelplot.model.caller import same_as_report, tidy_caller
from channelplot.model.codes import SourceKind
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.reading.candidate import Scan
from channelplot.reading.gazetteer import Words
from channelplot.reading.names import NamedTrack
from channelplot.reading.target import track_at
from channelplot.reading.times import TimeCandidate, Times
from channelplot.reading.values import CallerReading, Fault, FaultCode, Field, Span

_MINUTE: Final = timedelta(minutes=1)
_observed: Final = operator.attrgetter("observed_at_utc")
_CERTAIN: Final = (
    r"TEL|(?:TELE)?PHONE\s+(?:NUMBER|NO|NR|NUMERO)|MOBILE\s+(?:NUMBER|NO)"
    r"|NUMERO\s+DE\s+(?:TELEPHONE|PORTABLE)|PORTABLE|GSM"
)
_LIKELY: Final = (
    r"(?:TELE)?PHONE(?:\s+CALL)?|MOBILE|CALLER|SMS|WHATSAPP|APPELANT"
    r"|CALL(?:ED|ING|S)?(?=\s+FROM\b)|APPEL(?:LE|S)?(?:\s+TELEPHONIQUE)?(?=\s+D[UE]\b)"
)
_BEFORE_NUMBER: Final = re.compile(
    rf"(?<![A-Z0-9])(?:(?P<certain>{_CERTAIN})|(?:{_LIKELY}))(?![A-Z0-9])"
    r"(?P<link>\s*[.:]?\s*(?:(?:FROM|IS|D[UE]|EST|NO|N°)\b\s*[.:]?\s*)?)(?=[+0-9])"
)
_BETWEEN: Final = re.compile(r"[ ./()-]{1,3}(?=[0-9])")
_FIGURES: Final = re.compile(r"[0-9]+")
_ABROAD: Final = re.compile(r"\+|00")
_SURELY_ABROAD: Final = re.compile(r"\+|00[2-9](?:[ ./()-]{0,3}[0-9]){7}|[0-9]{9}")
"""What begins neither a time nor an angle, though longitudes here begin with 000 to 007."""
_PLAN: Final = re.compile(r"(?:\+33|0)[1-9][0-9]{8}|(?:\+44|0)[1-35789][0-9]{9}")
"""French numbers have nine figures behind the country or the 0, British ones ten."""
_GOES_ON: Final = re.compile(r"[.,/-]?[0-9]|[A-Z°'\"]|\s*°")
"""What is glued to the figures of an angle, of a time or of a bearing."""
_UNIT_NEXT: Final = re.compile(
    r"\s*(?:POB|PAX|PEOPLE|PERSONS?|PERSONNES?|INCL|DONT|KN|KTS?|NM|MILES?|MIN|M)(?![A-Z])"
)
_CLEAR_END: Final = re.compile(r"\s*(?:$|[,;.)]|//)")
_NUMBER_NEXT: Final = re.compile(r"\s+[+-]?[0-9]")
_CLOCK_LAST: Final = re.compile(r"[ ./()-](?:[01][0-9]|2[0-3])[0-5][0-9]$")
_CLOCK_FIRST: Final = re.compile(r"(?:[01][0-9]|2[0-3])[0-5][0-9](?![0-9])")
_TIME_FIRST: Final = re.compile(_CLOCK_FIRST.pattern + " ")
_TIME_AND_ANGLE: Final = re.compile(
    _TIME_FIRST.pattern + r" *[0-9]{1,3}(?: +[0-9]{1,2}){2}\s*"
    r"(?:[NSEWO]|NORTH|SOUTH|EAST|WEST|NORD|SUD|OUEST|EST(?=\s*(?:$|[0-9,;])))(?![A-Z0-9])"
)
"""Behind a word that says who told us: ``phone 0345 50 58 30 N``."""
_LEAST_FIGURES: Final = 7
_LEAST_TOGETHER: Final = 9
"""So many figures without a blank are a whole number; one more with a country."""
_MOST_FIGURES: Final = 15
_MOST_ABROAD: Final = 13
"""Of other countries' numbers; with more there may be a time or people behind it."""
_SIGN: Final = re.compile(
    r"(?<![A-Z0-9])(?:(?:CALL\s*-?\s*SIGN|INDICATIF(?:\s+(?:RADIO|D'APPEL))?)"
    r"\s*:?\s*(?:(?:IS|EST)\s+)?(?:\"(?P<quoted>[^\"]{2,30})\"|(?P<sign>[0-9]{0,2}[A-Z][A-Z0-9]*(?:[-/][A-Z0-9]+)*))"
    r"|(?:CALLER|APPELANT)\s*:?\s*(?P<caller>[A-Z][A-Z0-9]*(?:[-/][A-Z0-9]+)*))(?![A-Z0-9'])"
)
_NO_SIGN: Final = re.compile(
    r"UNKNOWN|UNK|NOT|NONE|THE|FOR|WAS|INCONNU|PAS|RADIO|[NSEWO][0-9]+"
    r"|(?:VHF|CH|UTM|MGRS|WGS|POB|PAX).*"
)
_LEAST_CAPITALS: Final = 3
_SAME: Final = re.compile(
    r"(?<![A-Z0-9])(?:(?:FROM|DU|AU)\s+)?(?:(?:THE|LE)\s+)?"
    r"(?:SAME\s+(?:(?:(?:TELE)?PHONE|TEL|MOBILE)(?:\s+(?:NUMBER|CALL))?|NUMBER|CALLER"
    r"|CALL\s*-?\s*SIGN)\s+AS"
    r"|MEMES?\s+(?:TELEPHONE|TEL\.?|PORTABLE|NUMERO(?:\s+DE\s+TELEPHONE)?|APPELANT|INDICATIF)"
    r"\s+QU(?:E|'))(?![A-Z0-9])\s*"
)
_FILLER: Final = re.compile(
    r"(?:THE|AT|FOR|FROM|BOAT|CELUI|DE|DU|LE|LA|L'|A|CALL|REPORT|APPEL)(?![A-Z0-9])\s*|'S\b|[\s,:]+"
)
"""What may stand before the time, the boat's name or between them."""
_WORD: Final = re.compile(r"[^\s0-9]*")


@dataclass(frozen=True, slots=True)
class FoundCaller:
    """Who called, as a piece of the line says: choices, more than one to be asked, or a fault."""

    span: Span
    choices: tuple[CallerReading, ...] = ()
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Calls:
    """The reports of a plot that came by telephone or say who called.

    Costs nothing until they are asked for; what was found is kept.
    """

    plot: Plot = field(default_factory=Plot)
    _found: dict[tuple[datetime, str | None], tuple[CallerReading, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def at(self, moment_utc: datetime, track_uid: str | None = None) -> tuple[CallerReading, ...]:
        """Return those observed in the minute of a moment, of all tracks and none, or of one."""
        minute_utc = moment_utc.replace(second=0, microsecond=0)
        key = minute_utc, track_uid
        if key not in self._found:
            self._found[key] = self._in_minute(minute_utc, track_uid)
        return self._found[key]

    def _in_minute(self, minute_utc: datetime, track_uid: str | None) -> tuple[CallerReading, ...]:
        found: list[tuple[Report, str]] = []
        for track in self.plot.tracks.values():
            if track_uid in {None, track.uid}:
                found += [(report, track.name) for report in _calls_in(track.reports, minute_utc)]
        if track_uid is None:
            found += [(report, "") for report in _calls_in(self.plot.unattributed, minute_utc)]
        found.sort(key=lambda each: each[0].time_order())
        return tuple(
            CallerReading(report.caller or same_as_report(report.uid), report.observed_at_utc, name)
            for report, name in found
        )


def is_number(caller: str) -> bool:
    """Return whether a tidied caller is a telephone number."""
    return caller.removeprefix("+").isdigit()


def read_callers(
    scan: Scan, tracks: Mapping[Words, NamedTrack], calls: Calls, now_utc: datetime
) -> tuple[FoundCaller, ...]:
    """Return who called, in the order of the line.

    tracks: by the words of their names. What "the same phone as" means is looked for in calls.
    """
    found: list[FoundCaller] = []
    for readers in (_same(scan, tracks, calls, now_utc), _numbers(scan), _signs(scan)):
        for each in readers:
            if scan.is_span_free(each.span) and not any(
                each.span.overlaps(other.span) for other in found
            ):
                found.append(each)
    return tuple(sorted(found, key=lambda each: each.span))


def _calls_in(reports: Sequence[Report], minute_utc: datetime) -> Iterator[Report]:
    """Yield the calls among reports in time order that were observed in a minute."""
    first = bisect_left(reports, minute_utc, key=_observed)
    for report in itertools.islice(reports, first, None):
        if report.observed_at_utc >= minute_utc + _MINUTE:
            return
        if report.caller or report.source is SourceKind.PHONE:
            yield report


# Numbers


def _numbers(scan: Scan) -> Iterator[FoundCaller]:
    text = scan.line.text
    for match in _BEFORE_NUMBER.finditer(text, 0, scan.line.verbatim.start):
        is_certain = match["certain"] is not None or match["link"].strip(" .:") != ""
        # A word that says who told us, such as phone, is left to say so.
        start = match.start("link") if match["certain"] is None else match.start()
        found = _number(scan, match.end(), start, is_certain=is_certain)
        if found is not None:
            yield found


def _number(scan: Scan, at: int, start: int, *, is_certain: bool) -> FoundCaller | None:
    """Return the number whose figures begin at a place, a fault, or None if none does.

    start: where the piece begins that is taken with it. is_certain: a number is due there;
    otherwise it may be a time and a position.
    """
    text = scan.line.text
    is_certain = is_certain or _SURELY_ABROAD.match(text, at) is not None
    ends = _ends(text, at, scan.line.verbatim.start)
    is_time_first = not is_certain and _TIME_FIRST.match(text, at) is not None
    if is_time_first and _TIME_AND_ANGLE.match(text, at):
        return None
    if not ends or _count(text[at : ends[-1]]) < _LEAST_FIGURES:
        return None
    planned = _ends_by_plan(text, at, ends)
    if not is_certain and not planned:
        return None
    end = planned[0] if planned else _end_by_neighbours(text, at, ends)
    if end is None or len(planned) > 1 or (is_time_first and _NUMBER_NEXT.match(text, end)):
        span = Span(start, ends[-1])
        piece = scan.line.piece(Span(at, ends[-1]))
        return FoundCaller(span, fault=Fault(FaultCode.CALLER_NOT_READ, Field.CALLER, span, piece))
    return FoundCaller(Span(start, end), (CallerReading(tidy_caller(text[at:end])),))


def _ends(text: str, at: int, limit: int) -> list[int]:
    """Return where each group of figures of what may be a number ends.

    What stands between two groups is the same all along, but for a country and a bracket. The
    last group is no part of an angle or the like.
    """
    ends: list[int] = []
    kinds: set[str] = set()
    place = at + text.startswith("+", at)
    countries = 0
    if _ABROAD.match(text, at) is not None:
        countries = 2 if text.startswith("00 ", at) else 1
    while (group := _FIGURES.match(text, place, limit)) is not None:
        if _count(text[at : group.end()]) > _MOST_FIGURES:
            break
        ends.append(group.end())
        between = _BETWEEN.match(text, group.end(), limit)
        if between is None:
            break
        if len(ends) > countries and not set(between[0]) & set("()"):
            kinds.add(between[0] if between[0].strip() else " ")
        if len(kinds) > 1:
            break
        place = between.end()
    while ends and _GOES_ON.match(text, ends[-1]):
        ends.pop()
    return ends


def _count(text: str) -> int:
    return sum(character.isdigit() for character in text)


def _ends_by_plan(text: str, at: int, ends: Sequence[int]) -> list[int]:
    """Return where a French or a British number may end: at one place, or it can't be told."""
    found = [
        end
        for end in ends
        if _PLAN.fullmatch(tidy_caller(text[at:end])) and not _GOES_ON.match(text, end)
    ]
    if len(found) > 1:
        found = [end for end in found if not _UNIT_NEXT.match(text, end)]
    return found[:1] if ends[0] in found else found


def _end_by_neighbours(text: str, at: int, ends: Sequence[int]) -> int | None:
    """Return where a number of another country ends, None if it can't be told."""
    first, last = ends[0], ends[-1]
    together = tidy_caller(text[at:first])
    is_whole = _count(together) >= _LEAST_TOGETHER + together.startswith("+")
    if is_whole and text[first : first + 1] not in {".", "-", "/"}:
        return first
    count = _count(text[at:last])
    is_time_last = _CLOCK_LAST.search(text[at:last]) and count >= _LEAST_FIGURES + 4
    is_apart = _CLEAR_END.match(text, last) is not None
    return last if is_apart and not is_time_last and count <= _MOST_ABROAD else None


# Call signs


def _signs(scan: Scan) -> Iterator[FoundCaller]:
    for match in _SIGN.finditer(scan.line.text, 0, scan.line.verbatim.start):
        group = match.lastgroup or ""
        typed = scan.line.typed[match.start(group) : match.end(group)]
        has_figure = any(character.isdigit() for character in typed)
        if group == "caller":
            is_sign = has_figure and len(typed) >= _LEAST_CAPITALS
        elif group == "sign":
            is_sign = has_figure or (typed.isupper() and len(typed) >= _LEAST_CAPITALS)
        else:
            is_sign = bool(typed.strip())
        if is_sign and (group == "quoted" or not _NO_SIGN.fullmatch(match[group])):
            yield FoundCaller(Span(*match.span()), (CallerReading(tidy_caller(typed)),))


# The same as another's


def _same(
    scan: Scan, tracks: Mapping[Words, NamedTrack], calls: Calls, now_utc: datetime
) -> Iterator[FoundCaller]:
    """Yield whom "the same phone as" a time means: the call observed then, of a boat if named."""
    text = scan.line.text
    matches = list(_SAME.finditer(text, 0, scan.line.verbatim.start))
    times = _times(scan, tracks, now_utc) if matches else {}
    for match in matches:
        named_at, at, track = _of_whom(scan, match.end(), tracks)
        time = times.get(at)
        number = None
        if _CLOCK_FIRST.match(text, at) is None and re.match(r"[+0-9]", text[at : at + 1]):
            number = _number(scan, at, match.start(), is_certain=True)
        if number is not None:
            yield number
        elif time is None:
            word = _WORD.match(text, at)
            span = Span(match.start(), word.end() if word else at)
            fault = Fault(FaultCode.CALLER_NOT_READ, Field.CALLER, span, scan.line.piece(span))
            yield FoundCaller(span, fault=fault)
        elif time.fault is not None:
            yield FoundCaller(Span(match.start(), time.span.end), fault=time.fault)
        else:
            yield _meant(scan, Span(match.start(), time.span.end), named_at, time, track, calls)


def _meant(
    scan: Scan,
    span: Span,
    named_at: int,
    time: TimeCandidate,
    track: NamedTrack | None,
    calls: Calls,
) -> FoundCaller:
    track_uid = track.track.uid if track is not None else None
    found = [each for choice in time.choices for each in calls.at(choice.at_utc, track_uid)]
    callers = tuple({each.caller: each for each in reversed(found)}.values())[::-1]
    if callers:
        return FoundCaller(span, callers)
    piece = scan.line.piece(Span(named_at, span.end))
    return FoundCaller(span, fault=Fault(FaultCode.NO_SUCH_CALLER, Field.CALLER, span, piece))


def _times(
    scan: Scan, tracks: Mapping[Words, NamedTrack], now_utc: datetime
) -> dict[int, TimeCandidate]:
    """Return every time of the line by the place where it begins."""
    letters = frozenset(words[0] for words in tracks if len(words) == 1)
    times = Times(scan, now_utc, letters=letters)
    certain = times.certain()
    bare = times.bare(scan.without([each.span for each in certain]))
    return {each.span.start: each for each in (*bare, *certain)}


def _of_whom(
    scan: Scan, at: int, tracks: Mapping[Words, NamedTrack]
) -> tuple[int, int, NamedTrack | None]:
    """Return where what is meant begins, where its time does, and the track that is named."""
    named_at, track = at, None
    while True:
        known = track_at(scan, at, tracks) if track is None else None
        if known is not None and (known[1] > at + 1 or scan.line.typed[at].isupper()):
            named_at, (track, at) = at, known
        filler = _FILLER.match(scan.line.text, at)
        if filler is None or filler.end() == at:
            return (at if track is None else named_at), at, track
        at = filler.end()
