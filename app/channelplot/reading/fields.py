"""Texts that are to be a position or a time and nothing else: the fields of the forms."""

from dataclasses import replace
from datetime import datetime

from channelplot.reading.candidate import Scan
from channelplot.reading.line import LineContext, read_line, refusal_of
from channelplot.reading.plain import plain
from channelplot.reading.times import TimeCandidate, Times
from channelplot.reading.values import (
    Fault,
    FaultCode,
    Field,
    LineReading,
    QuestionCode,
    Span,
    TimeForm,
    TimeReading,
)


def read_position(text: str, context: LineContext) -> LineReading:
    """Return the reading of a text that is to be a position and nothing else.

    What else it says is a fault, and so is a text without a position.
    """
    reading = read_line(text, context)
    if reading.faults and reading.log is None:
        return reading
    whole = Span(0, len(text))
    is_without = any(question.code is QuestionCode.NO_POSITION for question in reading.questions)
    if is_without or reading.log is not None:
        code = FaultCode.NOT_READ if text.strip() else FaultCode.EMPTY
        return replace(
            reading, questions=(), faults=(Fault(code, Field.POSITION, whole, text.strip()),)
        )
    others = [claim for claim in reading.claims if claim.field is not Field.POSITION]
    if reading.words or others:
        extra = reading.words or text[others[0].span.start : others[0].span.end]
        fault = Fault(FaultCode.NOT_READ, Field.POSITION, whole, extra)
        return replace(reading, questions=(), faults=(fault,))
    return reading


def read_time(text: str, now_utc: datetime) -> TimeCandidate:
    """Return the reading of a text that is to be a time and nothing else; empty means now."""
    whole = Span(0, len(text))
    stripped = text.strip()
    if not stripped:
        unsaid = TimeReading(now_utc, TimeForm.UNSAID, "Z", whole)
        return TimeCandidate(whole, (unsaid,))
    refused = refusal_of(text)
    if refused is not None:
        return TimeCandidate(whole, fault=refused)
    scan = Scan(plain(text))
    times = Times(scan, now_utc, is_alone=True)
    certain = times.certain()
    found = certain or times.bare(scan)
    for candidate in found:
        if text[candidate.span.start : candidate.span.end].strip() == stripped:
            return candidate
    faults = [each for each in found if each.fault]
    if faults:
        return faults[0]
    return TimeCandidate(whole, fault=Fault(FaultCode.TIME_NOT_READ, Field.TIME, whole, stripped))
