"""Times in every form desks use; one reading, a question, or why it is none.

A time without a zone is UTC. A time of day is the latest that has been, or, if it lies up to
15 minutes ahead of the clock, asked about. Local times that happen twice are asked, those
that do not happen are refused.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Final

from channelplot.geodesy.text import FR_ZONE, UK_ZONE
from channelplot.reading.candidate import HHMM, Scan, is_clock_figures
from channelplot.reading.values import (
    Fault,
    FaultCode,
    Field,
    QuestionCode,
    Span,
    TimeForm,
    TimeReading,
)

MOST_AHEAD: Final = timedelta(minutes=15)
"""How far ahead of the clock a time of day may lie and still be asked about: clocks differ."""
ZONES: Final[dict[str, tuple[str, tzinfo]]] = {
    **dict.fromkeys(("", "Z", "ZULU", "UTC", "GMT", "TU", "UT"), ("Z", UTC)),
    **dict.fromkeys(("A", "ALFA", "ALPHA", "BST", "CET"), ("A", timezone(timedelta(hours=1)))),
    **dict.fromkeys(("B", "BRAVO", "CEST"), ("B", timezone(timedelta(hours=2)))),
    **dict.fromkeys(("UK", "UK TIME", "BRITISH TIME"), ("UK", UK_ZONE)),
    **dict.fromkeys(("FR", "FRENCH TIME", "HEURE FRANCAISE", "HEURE DE PARIS"), ("FR", FR_ZONE)),
}
"""What zones are called, in capitals without accents: as they are told, and their clock."""
_MONTH_NAMES: Final = (
    "JAN JANUARY JANV JANVIER", "FEB FEBRUARY FEV FEVR FEVRIER", "MAR MARCH MARS",
    "APR APRIL AVR AVRIL", "MAY MAI", "JUN JUNE JUIN", "JUL JULY JUIL JUILLET",
    "AUG AUGUST AOU AOUT", "SEP SEPT SEPTEMBER SEPTEMBRE", "OCT OCTOBER OCTOBRE",
    "NOV NOVEMBER NOVEMBRE", "DEC DECEMBER DECEMBRE",
)  # fmt: skip
MONTH_NUMBERS: Final = {
    name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()
}
"""What months are called in English and French, in capitals without accents."""
_MONTH: Final = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
_ZONE: Final = (
    r"(?:\s*(?P<zone>ZULU|Z|UTC|GMT|TU|UT|UK\s+TIME|BRITISH\s+TIME|UK|FRENCH\s+TIME"
    r"|HEURE\s+(?:FRANCAISE|DE\s+PARIS)|FR|BST|CEST|CET|ALFA|ALPHA|BRAVO"
    r"|(?:HOURS?\s+|HEURES?\s+|HRS\s+)?LOCALES?|(?:HOURS?\s+|HRS\s+)?LOCAL(?:\s+TIME)?|LT)|(?P<letter>[A-Z]))"
)
_START: Final = r"(?<![A-Z0-9])(?<![0-9][.,:])(?<![0-9A-Z]-)(?<!\+)(?<![0-9]/)"
_CLOCK_START: Final = r"(?<![A-Z0-9])(?<![0-9][.,:])(?<![A-Z][A-Z]-)(?<!\+)(?<![0-9]/)"
_END: Final = r"(?![A-Z0-9])"
_GOES_ON: Final = re.compile(r"[.,:][0-9]")
_ISO: Final = re.compile(
    _START + r"(?P<year>[0-9]{4})-?(?P<month>[0-9]{2})-?(?P<day>[0-9]{2})(?:T|\s+)"
    r"(?P<hour>[0-9]{2}):?(?P<minute>[0-9]{2})(?::?(?P<second>[0-9]{2})(?:[.,](?P<part>[0-9]{1,6}))?)?"
    r"(?:\s*(?P<zone>Z|UTC|GMT|UK|FR)|(?P<offset>[+-][0-9]{2}:?[0-9]{2}))?" + _END
)
_GROUP: Final = re.compile(
    _START + rf"(?P<day>[0-9]{{2}})(?:\s+(?=[0-9]{{4}}\s*[A-Z]+\s*(?:{_MONTH})(?![A-Z])))?"
    r"(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})\s*(?P<zone>Z|UTC|UK|FR|(?<=[0-9])[AB])"
    rf"(?:\s*(?P<month>{_MONTH})(?:\s*(?P<year>(?:20)?[0-9]{{2}})(?![0-9]|[.,°][0-9]|°))?)?" + _END
)
_DATE: Final = re.compile(
    _START
    + r"(?P<day>[0-9]{2})(?P<sep>[/.-]?)(?P<month>[0-9]{2})(?P=sep)(?P<year>20[0-9]{2})[\s/T-]+"
    r"(?P<hour>[0-9]{2})[:H]?(?P<minute>[0-9]{2})(?:" + _ZONE + ")?" + _END
)
_CLOCK: Final = re.compile(
    _CLOCK_START + r"(?:(?P<hour4>[0-9]{2})(?P<minute4>[0-9]{2})(?::(?P<second4>[0-9]{2}))?"
    r"|(?P<hour>[0-9]{1,2})(?P<colon>[:H])(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?)"
    r"(?:" + _ZONE + ")?" + _END
)
_AGO: Final = re.compile(
    r"(?:(?<![^\s,;(])-(?P<one>[0-9]{1,3})(?:\s*(?:MIN|MINUTES|MINS|MN))?"
    r"(?![^\s,;.)]|[.,][0-9]+(?![0-9/])|\s*(?:POB|PAX|PE))"
    r"|(?<!\S)(?P<two>[0-9]{1,3})\s*(?:MIN|MINUTES|MINS|MN)\s+(?:AGO|EARLIER)\b"
    r"|\bIL\s+Y\s+A\s+(?P<three>[0-9]{1,3})\s*(?:MIN|MINUTES|MINS|MN)\b)"
)
_LOOSE_MINUS: Final = re.compile(r"(?<![^\s,;(])-[0-9]{1,3}(?:[.,][0-9]+)?(?![0-9A-Z])")
_SHORT: Final = re.compile(_START + r"[0-9]{3}\s*Z" + _END)
_RECEIVED: Final = re.compile(
    r"(?<![A-Z])(?:RECEIVED|RECVD|RCVD|RECD|RECUE?S?|TOLD)(?:\s+(?:AT|A))?\s*:?\s*$"
)
_OBSERVED: Final = re.compile(
    r"(?<![A-Z])(?:OBSERVED|OBS|SEEN|OBSERVEE?S?|VUE?S?)(?:\s+(?:AT|A))?\s*:?\s*$"
)
_UNREAD: Final = re.compile(
    r"(?<![A-Z0-9])(?:"
    r"(?:[0-9]+|AN?|ONE|TWO|HALF\s+AN?|FIVE|TEN|A\s+QUARTER\s+OF\s+AN)\s*"
    r"(?:H|HRS?|HOURS?|MIN|MINS|MINUTES?)\s+(?:AGO|EARLIER|BEFORE)"
    r"|IL\s+Y\s+A\s+(?:[0-9]+|UNE?|DEUX|TROIS|CINQ|DIX)\s*(?:H|HEURES?|MIN|MINUTES?|QUART\s+D'HEURE)"
    r"|UN\s+QUART\s+D'HEURE|YESTERDAY|HIER|LAST\s+NIGHT"
    r"|[0-9]{1,2}(?:[:.]?[0-9]{2})?\s*[AP]M"
    rf"|[0-9]{{1,2}}\s*(?:{_MONTH})|[0-9]{{1,2}}/[0-9]{{1,2}}(?:/[0-9]{{2,4}})?(?=\s+[0-9]{{3,4}}|\s+[0-9]{{1,2}}[:H])"
    r"|[0-9]{1,2}\.[0-9]{1,2}\.(?:20)?[0-9]{2}(?=\s+[0-9]{1,2}[:H]?[0-9]{2})"
    r"|[0-9]{2}/[0-9]{4}(?=\s)|[0-9]{4}-[0-9]{2}-[0-9]{2}(?=T|\s|$)"
    r")(?![A-SU-Z0-9])"
)
"""Times in words, and dates that no form above has taken."""
_HALF_DAY: Final = re.compile(r"\s*[AP]M(?![A-Z])")
_ANOTHERS: Final = re.compile(
    r"\b(?:ETA|ETD|DUE|EXPECTED|NEXT\s+[A-Z]+|SINCE|UNTIL|DEPUIS|JUSQU'A|PREVU|TEL|HULL|CHANNEL|VHF"
    r"|(?<![0-9])(?<![0-9]\s)CH|REF|NO|MMSI|IMO)(?:\s+(?:AT|A|[A-Z]{2,12}))?\s*[:.]?\s*$"
)
"""What four figures after it are not: when the boat was seen."""
_NOW: Final = re.compile(r"(?<![A-Z0-9-])(?:NOW|MAINTENANT)(?![A-Z0-9-])")
_HEMISPHERES: Final = frozenset("NSEWO")
_HEMISPHERE_BEFORE: Final = re.compile(
    r"(?<![A-Z])(?:[NSEWO]|NORTH|NORD|SOUTH|SUD|EAST|EST|WEST|OUEST)\s*$"
)
_UNITS: Final = frozenset(
    {
        "RPM", "M", "METRES", "METERS", "KG", "T", "TONNES", "TONS", "FT", "FEET", "HP", "CV", "KW",
        "MHZ",
        "KHZ", "HZ", "KM", "L", "LITRES", "EUROS",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TimeCandidate:
    """One way to read a piece of the line as a time.

    is_weak: a "now", which counts where there is no other.
    is_received: the line says that this is when we were told; word: where it says so.
    """

    span: Span
    choices: tuple[TimeReading, ...] = ()
    question: QuestionCode | None = None
    fault: Fault | None = None
    is_weak: bool = False
    is_received: bool = False
    word: Span | None = None


class Times:
    """Reads the times of a line against the clock."""

    def __init__(
        self,
        scan: Scan,
        now_utc: datetime,
        *,
        letters: frozenset[str] = frozenset(),
        is_alone: bool = False,
    ) -> None:
        """Take a line. now_utc: what the clock says.

        letters: the names of tracks of one letter. is_alone: the text is a time and no more.
        """
        self._letters = letters
        self._is_alone = is_alone
        self._scan = scan
        self._now_utc = now_utc

    def certain(self) -> tuple[TimeCandidate, ...]:
        """Return what can be nothing but a time: with a zone, a date, a colon or a sign."""
        found: list[TimeCandidate] = []
        readers: Sequence[
            tuple[re.Pattern[str], Callable[[re.Match[str]], TimeCandidate | None]]
        ] = (
            (_DATE, self._date),
            (_ISO, self._iso),
            (_GROUP, self._group),
            (_CLOCK, self._clock),
            (_AGO, self._ago),
            (_SHORT, self._short),
            (_NOW, self._now),
        )
        for pattern, reader in readers:
            for match in pattern.finditer(self._scan.line.text, 0, self._scan.line.verbatim.start):
                span = Span(*match.span())
                if any(span.overlaps(each.span) for each in found) or not self._scan.is_span_free(
                    span
                ):
                    continue
                candidate = reader(match)
                if candidate is not None:
                    found.append(candidate)
        return tuple(sorted(map(self._said, found), key=lambda each: each.span))

    def _said(self, candidate: TimeCandidate) -> TimeCandidate:
        """Return a time with the word before it that says which of the three times it is."""
        start = candidate.span.start
        for pattern, is_received in ((_RECEIVED, True), (_OBSERVED, False)):
            word = pattern.search(self._scan.line.text, 0, start)
            if word is not None:
                span = Span(word.start(), start)
                return replace(candidate, word=span, is_received=is_received)
        return candidate

    def bare(self, scan: Scan) -> tuple[TimeCandidate, ...]:
        """Return the groups of four figures, and the times with a colon, that nothing has taken.

        One that is no time of day is faulty: what was meant as a time must not become now.
        """
        found = list(self._ago_loose(scan))
        for index, token in enumerate(scan.tokens):
            if not (token.is_whole and len(token.text) == HHMM and scan.is_free(index)):
                continue
            if not self._stands_apart(scan, index):
                continue
            if _ANOTHERS.search(scan.line.text, 0, token.start):
                continue
            span = Span(token.start, token.end)
            if _HALF_DAY.match(scan.line.text, token.end):
                found.append(self._fault(FaultCode.TIME_NOT_READ, span))
                continue
            if not is_clock_figures(token):
                found.append(self._fault(FaultCode.TIME_RANGE, span))
                continue
            zone = "Z"
            if self._is_zone_letter(scan, index + 1):
                if scan.tokens[index + 1].text in self._letters:
                    both = Span(token.start, scan.tokens[index + 1].end)
                    found.append(self._fault(FaultCode.ZONE_OR_TRACK, both))
                    continue
                zone = scan.tokens[index + 1].text
                span = Span(token.start, scan.tokens[index + 1].end)
            of_day = self._of_day(int(token.text[:2]), int(token.text[2:]), 0, zone, span)
            found.append(of_day)
        for match in _CLOCK.finditer(scan.line.text, 0, scan.line.verbatim.start):
            # 001 41.0E 02:28: behind a letter it might have been an angle, which would be read now.
            if match["colon"] is not None and scan.is_span_free(Span(*match.span())):
                left_over = self._clock(match, is_left_over=True)
                found += [] if left_over is None else [left_over]
        for match in _UNREAD.finditer(scan.line.text, 0, scan.line.verbatim.start):
            span = Span(*match.span())
            if scan.is_span_free(span):
                found.append(self._fault(FaultCode.TIME_NOT_READ, span))
        for match in _LOOSE_MINUS.finditer(scan.line.text, 0, scan.line.verbatim.start):
            span = Span(*match.span())
            taken = [each.span for each in found]
            if scan.is_span_free(span) and not any(span.overlaps(other) for other in taken):
                found.append(self._fault(FaultCode.TIME_NOT_READ, span))
        return tuple(sorted(map(self._said, found), key=lambda each: each.span))

    def _ago_loose(self, scan: Scan) -> Iterator[TimeCandidate]:
        """Yield minutes ago behind a number, where the sign might have been an angle's."""
        for match in _AGO.finditer(scan.line.text, 0, scan.line.verbatim.start):
            if match["one"] is not None and scan.is_span_free(Span(*match.span())):
                yield self._minutes_ago(match)

    @staticmethod
    def _is_zone_letter(scan: Scan, index: int) -> bool:
        """Return whether an A or a B stands by itself where a zone does: ``0345 A``."""
        if not scan.is_free(index) or scan.tokens[index].text not in {"A", "B"}:
            return False
        token = scan.tokens[index]
        return scan.line.typed[token.start : token.end].isupper() and not scan.is_glued(index)

    @staticmethod
    def _stands_apart(scan: Scan, index: int) -> bool:
        """Return whether a number is neither glued to a sign nor followed by a unit."""
        tokens = scan.tokens
        if index == 0:
            is_dashed = scan.is_glued(index) and tokens[1].text == "-"
            return not is_dashed or (len(tokens) > 2 and is_clock_figures(tokens[2]))
        if scan.is_glued(index - 1) and tokens[index - 1].text not in "(,;:.":
            is_span = index > 1 and tokens[index - 1].text in "/-"
            return is_span and is_clock_figures(tokens[index - 2])
        if scan.is_glued(index) and tokens[index + 1].text not in "),;:.":
            return False
        return not (index + 1 < len(tokens) and tokens[index + 1].text in _UNITS)

    # Forms

    def _iso(self, match: re.Match[str]) -> TimeCandidate:
        span = Span(*match.span())
        name, zone = ZONES[match["zone"] or ""]
        offset = match["offset"]
        if offset:
            hours, minutes = int(offset[1:3]), int(offset[-2:])
            if hours > 14 or minutes > 59:
                return self._fault(FaultCode.ZONE_UNKNOWN, span)
            east = timedelta(hours=hours, minutes=minutes)
            name, zone = offset, timezone(east if offset[0] == "+" else -east)
        second = int(match["second"] or 0)
        micro = int((match["part"] or "0").ljust(6, "0"))
        return self._on_day(
            (int(match["year"]), int(match["month"]), int(match["day"])),
            (int(match["hour"]), int(match["minute"]), second, micro),
            (name, zone),
            TimeForm.ISO,
            span,
        )

    def _group(self, match: re.Match[str]) -> TimeCandidate | None:
        span = Span(*match.span())
        zone = ZONES[match["zone"]]
        day, time = int(match["day"]), (int(match["hour"]), int(match["minute"]), 0, 0)
        month, year = match["month"], match["year"]
        is_short = year is not None and len(year) == 2 and not self._is_alone
        if year is not None and is_short and abs(int(year) - self._now_utc.year % 100) > 1:
            # The next number of the line, no year: ``150228Z SEP 50 58.0N``.
            span, year = Span(span.start, match.start("year")), None
            span = Span(
                span.start, span.start + len(match.group()[: span.end - span.start].rstrip())
            )
        form = TimeForm.DATE_TIME_GROUP
        if month is not None and year is not None:
            whole_year = int(year) if len(year) == 4 else 2000 + int(year)
            return self._on_day((whole_year, MONTH_NUMBERS[month], day), time, zone, form, span)
        days = self._days_named(day, MONTH_NUMBERS[month] if month else None)
        tried = [self._on_day(each, time, zone, form, span) for each in days]
        return self._latest([each for each in tried if not each.fault], tried, span)

    def _days_named(self, day: int, month: int | None) -> list[tuple[int, int, int]]:
        """Return the days of that number from the month after the clock's back, or of a month."""
        year, now_month = self._now_utc.year, self._now_utc.month
        if month is not None:
            return [(year + 1, month, day), (year, month, day), (year - 1, month, day)]
        months = [(year * 12 + now_month - 1 + offset) for offset in (1, 0, -1)]
        return [(number // 12, number % 12 + 1, day) for number in months]

    def _latest(
        self, read: list[TimeCandidate], tried: list[TimeCandidate], span: Span
    ) -> TimeCandidate:
        """Return the latest of several days that is not further ahead than a clock may be off."""
        if not read:
            return tried[0] if tried else self._fault(FaultCode.NO_SUCH_DAY, span)
        limit_utc = self._now_utc + MOST_AHEAD
        for candidate in read:
            if candidate.choices[0].at_utc <= limit_utc:
                return candidate
        return read[-1]

    def _date(self, match: re.Match[str]) -> TimeCandidate:
        span = Span(*match.span())
        zone = self._zone(match, span)
        if isinstance(zone, TimeCandidate):
            return zone
        return self._on_day(
            (int(match["year"]), int(match["month"]), int(match["day"])),
            (int(match["hour"]), int(match["minute"]), 0, 0),
            zone,
            TimeForm.DATE,
            span,
        )

    def _clock(self, match: re.Match[str], *, is_left_over: bool = False) -> TimeCandidate | None:
        span = Span(*match.span())
        is_bare = match["zone"] is None and match["letter"] is None
        if is_bare and match["colon"] is None and match["second4"] is None:
            return None
        if is_bare and _GOES_ON.match(self._scan.line.text, match.end()):
            return None  # 50:58.0
        if match["letter"] in _HEMISPHERES:
            return None
        after = self._scan.line.text[match.end() :].lstrip()[:1]
        if is_bare and match["colon"] == ":" and after in _HEMISPHERES:
            return None  # 50:58 N
        is_behind_letter = _HEMISPHERE_BEFORE.search(self._scan.line.text, 0, match.start())
        if is_bare and is_behind_letter and not is_left_over:
            return None  # E 0:20:36
        zone = self._zone(match, span)
        if isinstance(zone, TimeCandidate):
            return zone
        if _HALF_DAY.match(self._scan.line.text, match.end()):
            return self._fault(FaultCode.TIME_NOT_READ, span)
        hour, minute = (
            int(match["hour4"] or match["hour"]),
            int(match["minute4"] or match["minute"]),
        )
        second = int(match["second4"] or match["second"] or 0)
        if hour > 23 or minute > 59 or second > 59:
            return self._fault(FaultCode.TIME_RANGE, span)
        return self._of_day(hour, minute, second, zone[0], span)

    def _zone(self, match: re.Match[str], span: Span) -> tuple[str, tzinfo] | TimeCandidate:
        name = " ".join((match["zone"] or match["letter"] or "").split())
        if name not in ZONES:
            return self._fault(FaultCode.ZONE_UNKNOWN, span)
        return ZONES[name]

    def _ago(self, match: re.Match[str]) -> TimeCandidate | None:
        if match["one"] is not None and self._follows_number(match.start()):
            return None  # perhaps the sign of an angle: looked at again when angles are read
        return self._minutes_ago(match)

    def _minutes_ago(self, match: re.Match[str]) -> TimeCandidate:
        span = Span(*match.span())
        minutes = int(match["one"] or match["two"] or match["three"])
        at_utc = self._now_utc - timedelta(minutes=minutes)
        return TimeCandidate(span, (TimeReading(at_utc, TimeForm.AGO, "Z", span),))

    def _follows_number(self, start: int) -> bool:
        before = self._scan.line.text[:start].rstrip()
        return bool(before) and (before[-1].isdigit() or before[-1] in "°'\"")

    def _short(self, match: re.Match[str]) -> TimeCandidate:
        return self._fault(FaultCode.TIME_NOT_READ, Span(*match.span()))

    def _now(self, match: re.Match[str]) -> TimeCandidate:
        span = Span(*match.span())
        reading = TimeReading(self._now_utc, TimeForm.NOW, "Z", span)
        return TimeCandidate(span, (reading,), is_weak=True)

    # Days

    def _on_day(
        self,
        day: tuple[int, int, int],
        time: tuple[int, int, int, int],
        zone: tuple[str, tzinfo],
        form: TimeForm,
        span: Span,
    ) -> TimeCandidate:
        if time[0] > 23 or time[1] > 59 or time[2] > 59:
            return self._fault(FaultCode.TIME_RANGE, span)
        try:
            moments = moments_shown(date(*day), time, zone[1])
        except (ValueError, OverflowError):
            return self._fault(FaultCode.NO_SUCH_DAY, span)
        if not moments:
            return self._fault(FaultCode.NO_SUCH_LOCAL_TIME, span)
        choices = tuple(TimeReading(moment, form, zone[0], span) for moment in moments)
        if len(choices) > 1:
            return TimeCandidate(span, choices, QuestionCode.TIME_TWICE)
        if choices[0].at_utc > self._now_utc:
            return TimeCandidate(span, choices, QuestionCode.TIME_AHEAD)
        return TimeCandidate(span, choices)

    def _of_day(self, hour: int, minute: int, second: int, name: str, span: Span) -> TimeCandidate:
        """Return the time of day on the latest day on which it has been or is about to be."""
        zone = ZONES[name][1]
        today = self._now_utc.astimezone(zone).date()
        limit_utc = self._now_utc + MOST_AHEAD
        for days in (1, 0, -1, -2):
            day = today + timedelta(days=days)
            time = (hour, minute, second, 0)
            moments = moments_shown(day, time, zone)
            if not moments:
                # Refused all day long, not only once it would have been.
                if days <= 0:
                    return self._fault(FaultCode.NO_SUCH_LOCAL_TIME, span)
                continue
            if moments[0] > limit_utc:
                continue
            choices = tuple(
                TimeReading(moment, TimeForm.CLOCK, name, span, is_day_before=days < 0)
                for moment in moments
            )
            if len(choices) > 1 and moments[0] <= self._now_utc:
                return TimeCandidate(span, choices, QuestionCode.TIME_TWICE)
            if moments[0] > self._now_utc:
                choices = choices[:1]
                before = moments_shown(day - timedelta(days=1), time, zone)
                earlier = tuple(
                    TimeReading(moment, TimeForm.CLOCK, name, span, is_day_before=days <= 0)
                    for moment in before
                )
                return TimeCandidate(span, choices + earlier, QuestionCode.TIME_AHEAD)
            return TimeCandidate(span, choices)
        return self._fault(FaultCode.NO_SUCH_LOCAL_TIME, span)

    def _fault(self, code: FaultCode, span: Span) -> TimeCandidate:
        fault = Fault(code, Field.TIME, span, self._scan.line.piece(span))
        return TimeCandidate(span, fault=fault)


def moments_shown(day: date, time: tuple[int, int, int, int], zone: tzinfo) -> tuple[datetime, ...]:
    """Return the moments at which clocks of a zone show a time on a day: none, one or two, UTC."""
    found: list[datetime] = []
    for fold in (0, 1):
        local = datetime(day.year, day.month, day.day, *time, tzinfo=zone, fold=fold)
        moment = local.astimezone(UTC)
        shown = moment.astimezone(zone).replace(tzinfo=None)
        if shown == local.replace(tzinfo=None) and moment not in found:
            found.append(moment)
    return tuple(found)
