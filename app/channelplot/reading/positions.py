"""The one position of a line: every way of reading it is tried and counted; one may remain."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.measure import distance_m
from channelplot.geodesy.position import Position
from channelplot.model.codes import ReportKind
from channelplot.reading.bearings import Bearings, place_reading
from channelplot.reading.candidate import HHMM, Candidate, Scan
from channelplot.reading.coordinates import Coordinates
from channelplot.reading.gazetteer import Rank, words_of
from channelplot.reading.grids import grid_candidates
from channelplot.reading.motion import motion_spans
from channelplot.reading.names import Names
from channelplot.reading.people import people_spans
from channelplot.reading.values import (
    Fault,
    FaultCode,
    Field,
    Language,
    PositionReading,
    QuestionCode,
    Span,
)

MOST_CHOICES: Final = 3
_FROM_BEACHES: Final = frozenset({ReportKind.LAUNCH, ReportKind.PREVENTED})
_DOTTED: Final = re.compile(r"(?<![0-9])[0-9]{1,3}\.[0-9]{1,2}\.[0-9]+\s*[NSEWO]\b")
"""50.58.0N: nobody can say what the points stand for."""
_OFF: Final = re.compile(
    r"[0-9]\s*(?:NM|MILES?|MILLES?|CABLES?|ENCABLURES?|KM|M|METRES?)\s+[A-Z' ]{0,12}"
    r"(?:OFF|FROM|OF|DE|DU|DES|D')\s*(?:LA\s+|LE\s+|THE\s+)?$"
)
"""So far off a place is not at it."""
_AT: Final = frozenset({"AT", "AU", "AUX", "A"})
_NOT_NUMBERS: Final = frozenset({"NAN"})
_NOT_FINITE: Final = frozenset({"INF", "INFINITY", "INFINI"})
_NO_FIGURES: Final = _NOT_NUMBERS | _NOT_FINITE
_WORST_FIRST: Final = (
    FaultCode.NOT_A_NUMBER,
    FaultCode.MINUTES_RANGE,
    FaultCode.SECONDS_RANGE,
    FaultCode.LATITUDE_RANGE,
    FaultCode.LONGITUDE_RANGE,
    FaultCode.SIGN_AND_LETTER,
    FaultCode.SAME_AXIS_TWICE,
    FaultCode.GRID_ZONE,
    FaultCode.GRID_SQUARE,
    FaultCode.GRID_FIGURES,
    FaultCode.BEARING_RANGE,
    FaultCode.NO_SUCH_NAME,
    FaultCode.NO_FIX_YET,
    FaultCode.NO_VARIATION,
    FaultCode.BEARING_FIGURES,
    FaultCode.MIXED_FORMS,
    FaultCode.NOT_READ,
)
"""Of several things wrong with one piece, the one that helps most is told."""
_LEFT_OVER: Final = frozenset(
    {
        FaultCode.NOT_READ, FaultCode.MINUTES_RANGE, FaultCode.SECONDS_RANGE,
        FaultCode.LATITUDE_RANGE, FaultCode.LONGITUDE_RANGE,
    }
)  # fmt: skip
"""What is left of a second position beside one that was read."""


@dataclass(frozen=True, slots=True)
class FoundPosition:
    """What a line says about where. spans: what of the line it took.

    choices: one for a position that is certain; more, or one with a question, to be asked.
    """

    choices: tuple[PositionReading, ...] = ()
    question: QuestionCode | None = None
    fault: Fault | None = None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class PositionContext:
    """What positions are read with. at_utc: when the report was observed, as far as known."""

    names: Names
    language: Language
    area: Bounds
    at_utc: datetime


def find_position(scan: Scan, context: PositionContext) -> FoundPosition:
    """Return the position of a line of which times and target have been taken."""
    fault = _not_a_number(scan)
    if fault is not None:
        return FoundPosition(fault=fault)
    bearings = Bearings(scan, context.names, context.language, lambda: context.at_utc)
    measured = bearings.candidates()
    rest = scan.without([each.span for each in measured if each.choices])
    moving = motion_spans(rest)
    people = people_spans(rest.without(moving))
    rest = scan.without([*moving, *people])
    measured = tuple(
        each
        if each.beside is None or rest.is_span_free(each.beside)
        else replace(each, beside=None)
        for each in measured
    )
    grids = list(grid_candidates(rest))
    rest = rest.without([each.span for each in grids if each.choices])
    found = [*measured, *grids, *Coordinates(rest, context.language, context.area).candidates()]
    return _counted(scan, found)


def find_written(scan: Scan, language: Language, area: Bounds) -> FoundPosition:
    """Return the position that is written in figures: no names, and nothing measured from them.

    area: where an unsaid hemisphere may lie.
    """
    fault = _not_a_number(scan)
    if fault is not None:
        return FoundPosition(fault=fault)
    grids = list(grid_candidates(scan))
    rest = scan.without([each.span for each in grids if each.choices])
    return _counted(scan, [*grids, *Coordinates(rest, language, area).candidates()])


def find_place(scan: Scan, context: PositionContext, kind: ReportKind) -> FoundPosition:
    """Return the place that a line names where it gives no position.

    Reports from ashore may name it anywhere, those of a position only after an "at".
    """
    bearings = Bearings(scan, context.names, context.language, lambda: context.at_utc)
    found: list[tuple[Rank, tuple[PositionReading, ...]]] = []
    index = 0
    while index < len(scan.tokens):
        before = scan.tokens[index - 1].text if index else ""
        named = bearings.name_at(index) if scan.is_free(index) else None
        if named is None or not named[0].named:
            index += 1
            continue
        is_due = kind is not ReportKind.POSITION or (before in _AT and _is_at(scan, index - 1))
        end = named[1]
        is_place = named[0].named[0].rank is Rank.PLACE
        typed = scan.line.typed[scan.tokens[index].start]
        is_code = (
            named[0].named[0].code.casefold()
            == scan.line.piece(Span(scan.tokens[index].start, scan.tokens[end - 1].end)).casefold()
        )
        if (is_place or is_code) and typed.islower():
            is_due = False  # ordinary words
        if is_due and not _OFF.search(scan.line.text, 0, scan.tokens[index].start):
            span = Span(scan.tokens[index].start, scan.tokens[end - 1].end)
            entries = named[0].named
            if kind in _FROM_BEACHES and not entries[0].is_beach:
                words = words_of(scan.line.piece(span))
                entries = context.names.gazetteer.beaches(words) or entries
            readings = tuple(place_reading(each, span) for each in entries)
            found.append((entries[0].rank, readings))
        index = end
    if not found:
        return FoundPosition()
    best = min(rank for rank, _ in found)
    choices = tuple(
        each
        for rank, group in found
        for each in group
        if rank == best or (best is not Rank.PLACE and rank is not Rank.PLACE)
    )
    spans = tuple({each.span: None for each in choices})
    question = QuestionCode.WHICH_NAME if len(choices) > 1 else None
    return FoundPosition(choices[:MOST_CHOICES], question, None, spans)


def _is_at(scan: Scan, index: int) -> bool:
    """Return whether an A is a French à; AT and AU are what they are."""
    token = scan.tokens[index]
    return token.text != "A" or scan.line.typed[token.start : token.end].upper() != "A"


def _not_a_number(scan: Scan) -> Fault | None:
    for index, token in enumerate(scan.tokens):
        if token.text not in _NO_FIGURES or not scan.is_free(index):
            continue
        near = [scan.tokens[i] for i in (index - 1, index + 1) if 0 <= i < len(scan.tokens)]
        is_near = any(
            each.is_number or each.text in _NOT_FINITE or each.text in "NSEW+-" for each in near
        )
        if token.text in _NOT_NUMBERS or (token.text in _NOT_FINITE and is_near):
            span = Span(token.start, token.end)
            return Fault(FaultCode.NOT_A_NUMBER, Field.POSITION, span, scan.line.piece(span))
    return None


def _counted(scan: Scan, found: Sequence[Candidate]) -> FoundPosition:
    """Return what remains of all ways to read a position: one, a question, or a fault."""
    read = _unlike([each for each in found if each.choices])
    if not read:
        faulty = [(each.fault, each.span) for each in found if each.fault is not None]
        if not faulty:
            dotted = _DOTTED.search(scan.line.text, 0, scan.line.verbatim.start)
            if dotted is None or not scan.is_span_free(Span(*dotted.span())):
                return FoundPosition()
            span = Span(*dotted.span())
            fault = Fault(FaultCode.NOT_READ, Field.POSITION, span, scan.line.piece(span))
            return FoundPosition(fault=fault, spans=(span,))
        fault, span = min(
            faulty, key=lambda each: (_WORST_FIRST.index(each[0].code), each[0].span.start)
        )
        return FoundPosition(fault=fault, spans=(span,))
    first = read[0]
    certain = [each for each in found if each.choices and not each.is_weak]
    apart = [
        other
        for each in (*read, *certain)
        for other in (*read, *certain)
        if not each.span.overlaps(other.span) and other.span > each.span
    ]
    if apart:
        span = max(each.span for each in apart)
        piece = scan.line.piece(span)
        fault = Fault(FaultCode.TWO_POSITIONS, Field.POSITION, span, piece)
        return FoundPosition(fault=fault, spans=tuple(each.span for each in read))
    alone = [each for each in read if each.beside is None]
    left = [e.fault for e in found if e.fault and not any(e.span.overlaps(r.span) for r in read)]
    halves = [fault for fault in left if fault.code in _LEFT_OVER]
    if halves:
        return FoundPosition(fault=halves[0], spans=(first.span, halves[0].span))
    if not alone:
        for each in found:
            if each.fault is not None and each.is_likely and each.span.overlaps(first.span):
                return FoundPosition(fault=each.fault, spans=(first.span, each.fault.span))
        beside = first.beside or first.span
        piece = scan.line.piece(beside)
        is_time = piece.isdigit() and len(piece) == HHMM
        code, field = FaultCode.NUMBER_BESIDE, Field.POSITION
        if is_time:
            code, field = FaultCode.TIME_RANGE, Field.TIME
        fault = Fault(code, field, beside, piece)
        return FoundPosition(fault=fault, spans=(first.span, beside))
    span = Span(min(e.span.start for e in alone), max(e.span.end for e in alone))
    if len(alone) == 1:
        return FoundPosition(alone[0].choices[:MOST_CHOICES], alone[0].question, None, (span,))
    choices = [replace(choice, span=span) for each in alone for choice in each.choices]
    return FoundPosition(tuple(choices[:MOST_CHOICES]), QuestionCode.TWO_READINGS, None, (span,))


def _unlike(read: list[Candidate]) -> list[Candidate]:
    """Return the candidates, of those that say the same of the same piece the longest."""
    strong = [each for each in read if not each.is_weak]
    kept: list[Candidate] = []
    for each in sorted(read, key=lambda c: (c.beside is not None, c.span.start - c.span.end)):
        gives_way = each.is_weak and any(each.span.overlaps(other.span) for other in strong)
        if not gives_way and not any(_is_same(each, other) for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda each: each.span)


def _is_same(one: Candidate, other: Candidate) -> bool:
    return one.span.overlaps(other.span) and all(
        any(_is_near(a.position, b.position) and a.form is b.form for b in other.choices)
        for a in one.choices
    )


def _is_near(one: Position, other: Position) -> bool:
    return one == other or distance_m(one, other) < 1.0
