"""Numbers of people: ``45pob``, ``45 incl 8 ch``, ``40+``, ``ca 50``, ``recovers 47 (31 men)``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from channelplot.model.codes import CountBasis
from channelplot.model.people import PeopleCount
from channelplot.reading.candidate import Scan
from channelplot.reading.values import Fault, FaultCode, Field, QuestionCode, Span

MOST_PEOPLE: Final = 9999
_N: Final = r"[0-9]{1,5}"
_FEW: Final = r"[0-9]{1,3}"
"""Beside a word that also stands beside times: ``0412 recovers 47``."""
_START: Final = r"(?<![A-Z0-9/°+'-])(?<![0-9][.,:])"
_END: Final = r"(?![A-Z0-9])"
_NOT_DECIMAL: Final = r"(?![.,]?[0-9])"
_POB: Final = (
    r"(?:POB|PAX|PEOPLE|PERSONS?|PERS|PERSONNES?|MIGRANTS?|PASSENGERS?|PASSAGERS?|SOULS|OCCUPANTS?"
    r"|ON\s*BOARD|A\s*BORD|ABOARD|NAUFRAGES)"
    + _END
    + r"(?:\s*(?:ON\s+BOARD|ABOARD|A\s+BORD)(?![A-Z]))?"
)
_ABOUT: Final = (
    r"(?:CA\.?|CIRCA|ABOUT|APPROX\.?|APPROXIMATELY|AROUND|ENV\.?|ENVIRON|SOME|UP\s+TO|AT\s+LEAST"
    r"|MORE\s+THAN|OVER|AT\s+MOST|LESS\s+THAN|AU\s+MOINS|AU\s+PLUS|PLUS\s+DE|PLUS\s+D'|MOINS\s+DE|JUSQU'A|~)"
)
_EST: Final = (
    r"(?:EST\.?|ESTIM\.?|ESTIMATED|ESTIMEE?S?|ENV\.?|ENVIRON|APPROX\.?|OR\s+MORE|OU\s+PLUS)" + _END
)
_WITH: Final = r"(?:INCL\.?|INCLUDING|INC\.?|DONT|WITH|AVEC)" + _END
_COUNTED: Final = (
    r"(?:COUNTED|RECOVERED|RECOVERS|RECOVER|RESCUED|RESCUES|PICKED\s+UP|LANDED|COMPTEE?S?"
    r"|DENOMBREE?S?|RECUEILLIE?S?|SECOURUE?S?|RECUPEREE?S?|RECUPERE|DEBARQUEE?S?|EMBARQUEE?S?)"
    + _END
)
_PART_WORDS: Final = {
    "men": r"(?:MEN|MAN|HOMMES?|MALES?)",
    "women": r"(?:WOMEN|WOMAN|FEMMES?|FEMALES?)",
    "children": (
        r"(?:CH|CHILD|CHILDREN|ENF|ENFANTS?|MINORS?|MINEURS?|KIDS?|BABY|BABIES|BEBES?|INFANTS?)"
    ),
    "medical": r"(?:MEDICAL|MEDEVACS?|INJURED|WOUNDED|BLESSEE?S?|CASUALTY|CASUALTIES)",
    "deceased": r"(?:DEAD|DECEASED|BODY|BODIES|MORTS?|DECEDEE?S?|FATALITY|FATALITIES)",
    "missing": r"(?:MISSING|DISPARUE?S?)",
}
_ANY_PART: Final = "|".join(_PART_WORDS.values())
_PARTS: Final = {
    name: re.compile(_START + rf"(?:{_WITH}\s*)?(?P<n>{_N})\s*{words}\.?" + _END)
    for name, words in _PART_WORDS.items()
}
_TO: Final = r"(?:\s*-\s*|\s+(?:TO|OR|A|OU)\s+)"
_RANGE: Final = re.compile(
    _START + rf"(?:(?:POB|PAX)\s*:?\s*(?P<low1>{_N}){_TO}(?P<high1>{_N}){_NOT_DECIMAL}"
    rf"|(?P<low>{_N}){_TO}(?P<high>{_N})\s*{_POB})"
)
_ABOUT_N: Final = rf"(?:(?P<about>{_ABOUT})\s*)?(?P<n>{_N})"
_ABOUT_FEW: Final = rf"(?:(?P<about>{_ABOUT})\s*)?(?P<n>{_FEW})"
_PART: Final = rf"\s*(?:{_ANY_PART}){_END}"
_TOTALS: Final = tuple(
    re.compile(_START + pattern)
    for pattern in (
        rf"(?:POB|PAX)\s*:?\s*{_ABOUT_N}{_NOT_DECIMAL}(?![A-Z])(?P<plus>\+)?(?:\s*(?P<est>{_EST}))?",
        rf"(?:(?P<est0>EST\.?\s)\s*)?{_ABOUT_N}(?P<plus>\+)?\s*(?:(?P<est>{_EST})\s*)?{_POB}(?:\s*(?P<est2>{_EST}))?",
        rf"(?P<counted>{_COUNTED})\s+{_ABOUT_FEW}{_NOT_DECIMAL}(?:\s*{_POB})?(?!{_PART})",
        rf"(?P<n>{_FEW})\s*(?:{_POB}\s*)?(?P<counted>{_COUNTED})",
        rf"{_ABOUT_N}(?P<plus>\+)?(?=\s*{_WITH}\s*{_N}{_PART})",
        rf"{_ABOUT_N}(?P<plus>\+)?(?=\s*\(\s*{_N}{_PART})",
        rf"(?P<n>{_N})(?P<plus>\+){_END}",
        rf"(?P<about>{_ABOUT})\s*(?P<n>{_N}){_NOT_DECIMAL}(?P<end>)",
        rf"(?P<n>{_FEW})\s+(?P<est>EST\.?|ESTIMATED|ESTIMES?)" + _END,
    )
)
_POB_FIRST: Final = 0
_NUMBER_BEFORE: Final = re.compile(r"(?<![A-Z0-9])[0-9]+\+?\s*$")
_BARE_ABOUT: Final = 7
_BARE_EST: Final = 8
_NOT_PEOPLE: Final = re.compile(
    r"\s*(?:[0-9°'\"+]|-[0-9]|(?:N|S|E|W|O|NORTH|NORD|SOUTH|SUD|EAST|EST|WEST|OUEST|NM|MILES?|MILLES?"
    r"|CABLES?|CBL|KN|KTS?|KNOTS?|NOEUDS?|MIN|MINS|MINUTES?|HOURS?|HEURES?|H|M|METRES?|KM|%|DEG"
    r"|DEGREES?|YEARS?|ANS|AM|PM)(?![A-Z]))"
)
_DOUBTFUL: Final = re.compile(r"\s*(?:[0-9]|(?:N|S|E|W|O)(?![A-Z]))")
_AFTER_NUMBER: Final = re.compile(
    r"(?:[0-9°'\"]|\b(?:N|S|NORTH|NORD|SOUTH|SUD|LON|LONG|LAT))\s*,?\s*$"
)


_NO_COUNT: Final = re.compile(rf"(?:(?<![A-Z0-9.,])[0-9]+[.,][0-9]+|(?<!\S)-\s*[0-9]+)\s*{_POB}")


@dataclass(frozen=True, slots=True)
class People:
    """The numbers of people as read. choices: two totals to choose from, for a range."""

    count: PeopleCount | None = None
    choices: tuple[PeopleCount, ...] = ()
    spans: tuple[Span, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def question(self) -> QuestionCode | None:
        """Return what has to be asked."""
        return QuestionCode.PEOPLE_RANGE if self.choices else None


@dataclass(frozen=True, slots=True)
class _Total:
    span: Span
    number: int
    is_estimate: bool
    is_counted: bool


def people_spans(scan: Scan) -> tuple[Span, ...]:
    """Return what can be nothing but a number of people."""
    return read_people(scan).spans


def read_people(scan: Scan) -> People:
    """Return the numbers of people of a line.

    Men, women, children, medical, deceased and missing are parts of the total. A number with
    a plus, a "ca" or an "est" is an estimate. Those recovered, rescued, landed or counted are
    counted, others reported.
    """
    text, end = scan.line.text, scan.line.verbatim.start
    faults: list[Fault] = []
    parts: dict[str, int] = {}
    spans: list[Span] = []
    for name, pattern in _PARTS.items():
        for match in pattern.finditer(text, 0, end):
            span = Span(*match.span())
            if not scan.is_span_free(span):
                continue
            number = int(match["n"])
            if name in parts and parts[name] != number:
                faults.append(_fault(scan, FaultCode.SAID_TWICE, span))
            parts[name] = number
            spans.append(span)
    ranges = [
        match for match in _RANGE.finditer(text, 0, end) if scan.is_span_free(Span(*match.span()))
    ]
    for match in _NO_COUNT.finditer(text, 0, end):
        if scan.is_span_free(Span(*match.span())):
            faults.append(_fault(scan, FaultCode.PEOPLE_NOT_READ, Span(*match.span())))
    for match in _TOTALS[_BARE_ABOUT].finditer(text, 0, end):
        span = Span(*match.span())
        after = _DOUBTFUL.match(text, match.end())
        if (
            scan.is_span_free(span)
            and after is not None
            and scan.is_span_free(Span(after.end() - 1, after.end()))
        ):
            faults.append(_fault(scan, FaultCode.PEOPLE_NOT_READ, span))
    rest = scan.without([*spans, *(Span(*match.span()) for match in ranges)])
    totals = list(_totals(rest))
    spans += [total.span for total in totals]
    numbers = {total.number for total in totals}
    if len(numbers) > 1:
        faults.append(_fault(scan, FaultCode.SAID_TWICE, totals[-1].span))
    if not totals and not parts and not ranges:
        return People(faults=tuple(faults))
    total = totals[0].number if totals else None
    if max([*numbers, *parts.values()], default=0) > MOST_PEOPLE:
        faults.append(_fault(scan, FaultCode.PEOPLE_RANGE, spans[0]))
    apart = sum(parts.get(name, 0) for name in ("men", "women", "children"))
    if total is not None and max(apart, *parts.values(), 0) > total:
        faults.append(_fault(scan, FaultCode.PEOPLE_PARTS, spans[0]))
    count = replace(
        _with_parts(parts),
        basis=CountBasis.COUNTED if any(t.is_counted for t in totals) else CountBasis.REPORTED,
        total=total,
        is_estimate=any(t.is_estimate for t in totals),
    )
    if ranges and not totals:
        span = Span(*ranges[0].span())
        low, high = (int(ranges[0][f"{side}1"] or ranges[0][side]) for side in ("low", "high"))
        choices = tuple(
            replace(_with_parts(parts), total=number, is_estimate=True) for number in (high, low)
        )
        return People(choices[0], choices, (span, *spans), tuple(faults))
    return People(count, (), tuple(spans), tuple(faults))


def _with_parts(parts: dict[str, int]) -> PeopleCount:
    return PeopleCount(
        men=parts.get("men"),
        women=parts.get("women"),
        children=parts.get("children"),
        medical=parts.get("medical"),
        deceased=parts.get("deceased"),
        missing=parts.get("missing"),
    )


def _totals(scan: Scan) -> Iterator[_Total]:
    text, end = scan.line.text, scan.line.verbatim.start
    found: list[Span] = []
    for place, pattern in enumerate(_TOTALS):
        for match in pattern.finditer(text, 0, end):
            span = Span(*match.span())
            if not scan.is_span_free(span) or any(span.overlaps(other) for other in found):
                continue
            if place == _POB_FIRST and not _is_after_pob(scan, match):
                continue
            after = _NOT_PEOPLE.match(text, match.end()) if place == _BARE_ABOUT else None
            if after is not None and scan.is_span_free(Span(after.end() - 1, after.end())):
                continue
            if place == _BARE_EST and _AFTER_NUMBER.search(text[: match.start()]):
                continue
            found.append(span)
            groups = match.groupdict()
            estimate = any(groups.get(name) for name in ("about", "plus", "est0", "est", "est2"))
            yield _Total(span, int(match["n"]), estimate, groups.get("counted") is not None)


def _is_after_pob(scan: Scan, match: re.Match[str]) -> bool:
    """Return whether the number after a POB is the people's rather than the one before it.

    ``VHF 16 POB 45``, but ``45 pob 50 58.0N``.
    """
    text = scan.line.text
    before = _NUMBER_BEFORE.search(text, 0, match.start())
    if before is None or not scan.is_span_free(Span(before.start(), before.start() + 1)):
        return True
    after = _NOT_PEOPLE.match(text, match.end())
    is_followed = after is not None and scan.is_span_free(Span(after.end() - 1, after.end()))
    is_apart = text[match.start() - 1] == " "
    return is_apart and not is_followed and len(match["n"]) <= 3


def _fault(scan: Scan, code: FaultCode, span: Span) -> Fault:
    return Fault(code, Field.PEOPLE, span, scan.line.piece(span))
