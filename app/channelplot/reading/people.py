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
_FEW: Final = r"[0-9]{1,3}(?![0-9])"
"""Beside a word that also stands beside times: ``0412 recovers 47``."""
_START: Final = r"(?<![A-Z0-9/°+'-])(?<![0-9][.,:])"
_END: Final = r"(?![A-Z0-9])"
_NOT_DECIMAL: Final = r"(?![.,]?[0-9])"
_POB: Final = (
    r"(?:P\.?O\.?B\.?|PAX|PPL|PEOPLE|PERSONS?|PERS|PERSONNES?|MIGRANTS?|PASSENGERS?|PASSAGERS?|SOULS|OCCUPANTS?"
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
    r"|DECOMPTEE?S?|DENOMBREE?S?|RECUEILLIE?S?|SECOURUE?S?|RECUPEREE?S?|RECUPERE|DEBARQUEE?S?|EMBARQUEE?S?)"
    + _END
)
_PART_WORDS: Final = {
    "men": r"(?:MEN|MAN|HOMMES?|MALES?)",
    "women": r"(?:WOMEN|WOMAN|FEMMES?|FEMALES?)",
    "children": (
        r"(?:CH|CHILD|CHILDREN|ENF|ENFANTS?|MINORS?|MINEURS?|KIDS?|BABY|BABIES|BEBES?|INFANTS?)"
    ),
    "medical": r"(?:MEDICAL|MEDEVACS?|INJURED|WOUNDED|BLESSEE?S?|CASUALTY|CASUALTIES)",
    "deceased": r"(?:DEAD(?!\s+(?!IN\b|ON\b|AND\b|ET\b)[A-Z]{3})|DECEASED"
    r"|BODY|BODIES|MORTS?|DECEDEE?S?|FATALITY|FATALITIES)",
    "missing": r"(?:MISSING(?!\s+(?!IN\b|ON\b|AND\b|FROM\b|SINCE\b)[A-Z]{3})|DISPARUE?S?)",
}
_ANY_PART: Final = "|".join(_PART_WORDS.values())
_PARTS: Final = {
    name: re.compile(_START + rf"(?:{_WITH}\s*)?(?P<n>{_N})\s*{words}\.?" + _END + r"(?!')")
    for name, words in _PART_WORDS.items()
}
_TO: Final = r"(?:\s*[-/]\s*|\s+(?:TO|OR|A|OU|AND|ET|MAYBE|PERHAPS|PEUT-ETRE)\s+)"
_RANGE: Final = re.compile(
    _START + rf"(?:(?:P\.?O\.?B\.?|PAX)\s*[:=]?\s*(?P<low1>{_N}){_TO}(?P<high1>{_N}){_NOT_DECIMAL}"
    # 0-30 is no number of people, but half a longitude.
    rf"|(?P<low>(?!0[^0-9]){_N}){_TO}(?P<high>{_N})\s*{_POB})"
)
_ABOUT_N: Final = rf"(?:(?P<about>{_ABOUT})\s*)?(?P<n>{_N})"
_ABOUT_FEW: Final = rf"(?:(?P<about>{_ABOUT})\s*)?(?P<n>{_FEW})"
_PART: Final = rf"\s*(?:{_ANY_PART}){_END}"
_POB_BEFORE: Final = r"(?:(?:P\.?O\.?B\.?|PAX)\s*[:=]?|(?:PEOPLE|PERSONS|PERSONNES)\s*[:=])\s*"
_TOTALS: Final = tuple(
    re.compile(_START + pattern)
    for pattern in (
        rf"{_POB_BEFORE}{_ABOUT_N}{_NOT_DECIMAL}(?![A-Z])(?P<plus>\+)?(?:\s*(?P<est>{_EST}))?",
        rf"(?:(?P<counted>{_COUNTED})\s+)?{_ABOUT_N}(?P<plus>\+)?\s*(?:(?P<est>{_EST})\s*)?,?\s*"
        rf"{_POB}(?:\s*(?P<est2>{_EST}))?(?:\s*(?P<counted2>{_COUNTED}))?",
        rf"(?P<counted>{_COUNTED})\s+{_ABOUT_FEW}{_NOT_DECIMAL}(?:\s*{_POB})?(?!{_PART})",
        rf"(?P<n>{_FEW})\s*(?:{_POB}\s*)?(?P<counted>{_COUNTED})"
        rf"(?:\s+(?:COUNTED|COMPTEE?S?){_END}(?!\s*[0-9]))?",
        rf"{_ABOUT_N}(?P<plus>\+)?(?=\s*{_WITH}\s*{_N}{_PART})",
        rf"{_ABOUT_N}(?P<plus>\+)?(?=\s*\(\s*{_N}{_PART})",
        rf"(?P<n>{_N})(?P<plus>\+){_END}",
        rf"(?P<about>{_ABOUT})\s*(?P<n>{_N}){_NOT_DECIMAL}(?P<end>)",
        rf"(?P<n>{_FEW})\s+(?P<est>EST\.?|ESTIMATED|ESTIMES?)" + _END,
    )
)
_PARTS_AFTER: Final = {
    name: re.compile(_START + rf"{words}\s*:?\s*(?P<n>{_FEW}){_END}" + r"(?![.,°'][0-9]|\s*[A-Z])")
    for name, words in {
        "men": "(?:MEN|HOMMES)",
        "women": "(?:WOMEN|FEMMES)",
        "children": "(?:CHILDREN|ENFANTS|MINORS|MINEURS)",
    }.items()
}
"""``POB 45 children 10``; not a number with a word of its own."""
_CHANNEL: Final = re.compile(r"\b(?:VHF|CH|CHAN|CHANNEL|CANAL|VOIE|ROUTE|REF|NO|ITEM|BOAT)\s*$")
_BOTH_SIDES: Final = re.compile(
    _START + rf"(?P<a>{_FEW})\s*(?:POB|PAX)\s+(?P<b>{_FEW}){_END}(?![.,/°'-][0-9]|\s*[0-9])"
)
_TWO_COUNTED: Final = re.compile(
    _START + rf"(?P<a>{_FEW})\s*(?:{_POB}\s*)?{_COUNTED}\s+(?P<b>{_FEW}){_END}"
)
_OUT_OF: Final = re.compile(
    _START + rf"(?P<a>{_FEW})\s+(?:OUT\s+OF|OF|SUR)\s+(?P<b>{_FEW})\s*(?:{_POB}\s*)?{_COUNTED}"
)
_APART: Final = re.compile(
    _START + rf"(?:P\.?O\.?B\.?|PAX)\s+(?P<a>[0-9])\s+(?P<b>[0-9]){_END}(?![.,°'/-])"
)
_WOMEN_AND_CHILDREN: Final = re.compile(
    _START
    + rf"(?P<a>{_FEW})\s*(?:WOMEN|FEMMES|MEN|HOMMES)\s+(?:AND|ET)\s+(?:CHILDREN|ENFANTS){_END}"
)
_EACH: Final = re.compile(rf"(?<![A-Z0-9])(?:{_FEW}\s*X\s*{_FEW}\s*{_POB}|EACH|CHACUNE?)(?![A-Z])")
_ROOM_FOR: Final = re.compile(
    rf"(?:LIFERAFTS?|RAFTS?|ROOM FOR|CAPACITY|CAPACITE|PLACES? POUR)\s+(?P<a>{_FEW})\s*{_POB}"
)
_PEOPLE_WORDS: Final = frozenset(
    {
        "POB", "PAX", "PPL", "PEOPLE", "PERSONS", "PERSONNES", "SOULS", "MIGRANTS", "PASSENGERS",
        "PASSAGERS", "NAUFRAGES", "RESCAPES", "ADULTS", "ADULTES", "OCCUPANTS",
    }
)  # fmt: skip
_EST_BEFORE: Final = re.compile(r"(?<![A-Z])EST\.?\s+$")
_AFTER_ANGLE: Final = re.compile(
    r"(?:[0-9°'\"]|(?<![A-Z])(?:DEG|DEGREES?|DEGRES?|D|MIN|MINUTES?|M|SEC|SECONDS?|SECONDES?|S))\s*$"
)
"""What stands before an ``est`` that is east."""
_NUMBER_AFTER: Final = re.compile(r"\s+[0-9]")
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
    """The numbers of people as read. choices: totals to choose from, where one has to be.

    unread: a word for people that no number goes with.
    """

    count: PeopleCount | None = None
    choices: tuple[PeopleCount, ...] = ()
    spans: tuple[Span, ...] = ()
    faults: tuple[Fault, ...] = ()
    unread: Span | None = None

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
    return read_people(scan, is_first_look=True).spans


def read_people(scan: Scan, *, is_first_look: bool = False) -> People:
    """Return the numbers of people of a line.

    Men, women, children, medical, deceased and missing are parts of the total. A number with
    a plus, a "ca" or an "est" is an estimate. Those recovered, rescued, landed or counted are
    counted, others reported. is_first_look: the position has not been taken yet, so that a
    number on one side of a POB may belong to it.
    """
    text, end = scan.line.text, scan.line.verbatim.start
    faults: list[Fault] = []
    parts: dict[str, int] = {}
    spans: list[Span] = []
    first = [Span(*match.span()) for match in _TOTALS[_POB_FIRST].finditer(text, 0, end)]
    alone = scan.without([s for s in first if not _NUMBER_BEFORE.search(text, 0, s.start)])
    for name, pattern in (*_PARTS.items(), *_PARTS_AFTER.items()):
        for match in pattern.finditer(text, 0, end):
            span = Span(*match.span())
            if not alone.is_span_free(span) or any(span.overlaps(other) for other in spans):
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
    doubt = None if is_first_look else _doubt(scan)
    if doubt is not None:
        return replace(doubt, faults=tuple(faults))
    rest = scan.without([*spans, *(Span(*match.span()) for match in ranges)])
    totals = list(_totals(rest, is_first_look=is_first_look))
    spans += [total.span for total in totals]
    numbers = {total.number for total in totals}
    if len(numbers) > 1:
        faults.append(_fault(scan, FaultCode.SAID_TWICE, totals[-1].span))
    unread = None if totals or ranges else _unread(scan.without(spans))
    if not totals and not parts and not ranges:
        return People(faults=tuple(faults), unread=unread)
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
    return People(count, (), tuple(spans), tuple(faults), unread)


def _with_parts(parts: dict[str, int]) -> PeopleCount:
    return PeopleCount(
        men=parts.get("men"),
        women=parts.get("women"),
        children=parts.get("children"),
        medical=parts.get("medical"),
        deceased=parts.get("deceased"),
        missing=parts.get("missing"),
    )


def _totals(scan: Scan, *, is_first_look: bool) -> Iterator[_Total]:
    text, end = scan.line.text, scan.line.verbatim.start
    found: list[Span] = []
    for place, pattern in enumerate(_TOTALS):
        for match in pattern.finditer(text, 0, end):
            span = Span(*match.span())
            if not scan.is_span_free(span) or any(span.overlaps(other) for other in found):
                continue
            if is_first_look and _has_numbers_about(scan, match, place):
                continue
            if place == _POB_FIRST and not _is_after_pob(scan, match):
                continue
            after = _NOT_PEOPLE.match(text, match.end()) if place == _BARE_ABOUT else None
            if after is not None and scan.is_span_free(Span(after.end() - 1, after.end())):
                continue
            if place == _POB_FIRST + 1 and len(match["n"]) == 4 and text[match.end("n")] == " ":
                continue  # 0245 pob
            if place == _BARE_EST and _AFTER_NUMBER.search(text[: match.start()]):
                continue
            found.append(span)
            groups = match.groupdict()
            estimate = any(groups.get(name) for name in ("about", "plus", "est", "est2"))
            before = _EST_BEFORE.search(text, 0, match.start())
            if before is not None and _AFTER_ANGLE.search(text, 0, before.start()) is None:
                estimate, span = True, Span(before.start(), match.end())
            is_counted = any(groups.get(name) for name in ("counted", "counted2"))
            yield _Total(span, int(match["n"]), estimate, is_counted)


def _is_after_pob(scan: Scan, match: re.Match[str]) -> bool:
    """Return whether the number after a POB is the people's rather than the one before it.

    ``VHF 16 POB 45``, but ``45 pob 50 58.0N`` and ``45 pob 2 hurt``.
    """
    text = scan.line.text
    before = _NUMBER_BEFORE.search(text, 0, match.start())
    if before is None or not scan.is_span_free(Span(before.start(), before.start() + 1)):
        return True
    return _CHANNEL.search(text, 0, before.start()) is not None


def _has_numbers_about(scan: Scan, match: re.Match[str], place: int) -> bool:
    """Return whether free numbers stand on both sides of a POB."""
    text = scan.line.text
    if place == _POB_FIRST:
        other = _NUMBER_BEFORE.search(text, 0, match.start())
        at = other.start() if other is not None else -1
    elif place == _POB_FIRST + 1 and text[match.end("n")] == " ":
        other = _NUMBER_AFTER.match(text, match.end())
        at = other.end() - 1 if other is not None else -1
    else:
        return False
    return at >= 0 and scan.is_span_free(Span(at, at + 1))


def _doubt(scan: Scan) -> People | None:
    """Return what has to be asked: numbers on both sides, several boats, a raft's capacity."""
    text, end = scan.line.text, scan.line.verbatim.start
    for pattern in (_BOTH_SIDES, _TWO_COUNTED, _OUT_OF, _APART, _WOMEN_AND_CHILDREN, _ROOM_FOR):
        for match in pattern.finditer(text, 0, end):
            span = Span(*match.span())
            if not scan.is_span_free(span):
                continue
            if pattern is _BOTH_SIDES and _is_clear(text, match):
                continue
            is_counted = pattern in (_TWO_COUNTED, _OUT_OF)
            basis = CountBasis.COUNTED if is_counted else CountBasis.REPORTED
            groups = match.groupdict()
            numbers = [int(groups[name]) for name in ("a", "b") if groups.get(name)]
            if pattern is _APART:
                numbers = [numbers[0] * 10 + numbers[1], numbers[0]]
            counts = tuple(PeopleCount(basis=basis, total=number) for number in numbers)
            return People(counts[0], counts, (span,))
    for match in _EACH.finditer(text, 0, end):
        span = Span(*match.span())
        if scan.is_span_free(span):
            return People(unread=span)
    return None


def _is_clear(text: str, match: re.Match[str]) -> bool:
    """Return whether one of the numbers about a POB belongs to something else.

    ``VHF 16 POB 45``; ``45 pob 2 hurt``, unless 45 may be the end of a telephone number.
    """
    if _CHANNEL.search(text, 0, match.start()):
        return True
    is_among_numbers = _NUMBER_BEFORE.search(text, 0, match.start()) is not None
    return not is_among_numbers and re.match(r"\s*[A-Z]", text[match.end() :]) is not None


def _unread(scan: Scan) -> Span | None:
    """Return a word for people that nothing was read with."""
    for index, token in enumerate(scan.tokens):
        after = scan.tokens[index + 1].text if index + 1 < len(scan.tokens) else ""
        is_said = after in {"UNKNOWN", "UNK", "NK", "INCONNU", "INCONNUS", "INCONNUES"}
        if token.text in _PEOPLE_WORDS and scan.is_free(index) and not is_said:
            return Span(token.start, token.end)
    return None


def _fault(scan: Scan, code: FaultCode, span: Span) -> Fault:
    return Fault(code, Field.PEOPLE, span, scan.line.piece(span))
