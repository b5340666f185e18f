"""How the position and time fields of a form are read: as in the plot line, but for the choices.

A form offers none, so what can be read in several ways is a problem until it is written out.
"""

from datetime import datetime

from channelplot.reading.values import (
    Fault,
    Field,
    PositionReading,
    Question,
    QuestionCode,
    TimeReading,
)
from channelplot.tools.line_reader import LineReader

Problem = Fault | Question
"""Why a field can't be used as it stands: it can't be read, or in several ways."""


def position_of(
    reader: LineReader, text: str, at_utc: datetime | None = None
) -> PositionReading | Problem:
    """Return the position that a field gives, or what the reader says instead.

    at_utc: when it was observed, for a position measured from a track; None for now. One outside
    the area is returned: the form asks about that itself.
    """
    reading = reader.position(text, at_utc)
    if reading.faults:
        return reading.faults[0]
    if reading.questions:
        question = reading.questions[0]
        outside = question.choices[0] if question.code is QuestionCode.OUTSIDE_AREA else None
        return outside if isinstance(outside, PositionReading) else question
    assert reading.position is not None, "a text without a position is a fault"
    return reading.position


def time_of(reader: LineReader, text: str) -> TimeReading | Problem:
    """Return the time that a field gives, or what the reader says instead; empty means now.

    One ahead of the clock is returned as it stands: the form asks about that itself.
    """
    found = reader.time(text)
    if found.fault is not None:
        return found.fault
    if found.question in {None, QuestionCode.TIME_AHEAD}:
        return found.choices[0]
    assert found.question is not None, "looked at above"
    return Question(found.question, Field.TIME, found.span, found.choices)
