"""A text that is a position in figures and nothing else: no names, nothing to measure from."""

from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.position import Position
from channelplot.reading.candidate import Scan
from channelplot.reading.line import refusal_of
from channelplot.reading.plain import plain
from channelplot.reading.positions import find_written
from channelplot.reading.values import FaultCode, Language, QuestionCode, Span


def written_position(text: str, area: Bounds) -> Position | FaultCode | QuestionCode:
    """Return the position that a text is, in any form in figures; else why it is none.

    A code of a question says that there are several ways to read it. area: where an unsaid
    hemisphere may lie.
    """
    stripped = text.strip()
    if not stripped:
        return FaultCode.EMPTY
    refused = refusal_of(stripped)
    if refused is not None:
        return refused.code
    found = find_written(Scan(plain(stripped)), Language.ENGLISH, area)
    if found.fault is not None:
        return found.fault.code
    if found.question is not None:
        return found.question
    if len(found.choices) != 1 or found.choices[0].span != Span(0, len(stripped)):
        return FaultCode.NOT_READ
    return found.choices[0].position
