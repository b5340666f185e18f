"""A way to read a piece of a line as a position: for certain, with a question, or faulty."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from channelplot.reading.plain import Plain, Token
from channelplot.reading.values import Fault, PositionReading, QuestionCode, Span

HHMM: Final = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to read a piece of the line as a position.

    choices: the readings, one if there is no question. beside: a number that stands beside it
    and belongs to nothing. fault: why this piece can't be a position; then there are no choices;
    is_likely: it would otherwise lie in the area. is_weak: it gives way to another that shares a
    piece with it: a letter is missing, one stands before and one after, or one may be a grade.
    """

    span: Span
    choices: tuple[PositionReading, ...] = ()
    question: QuestionCode | None = None
    fault: Fault | None = None
    beside: Span | None = None
    is_likely: bool = False
    is_weak: bool = False


@dataclass(frozen=True)
class Scan:
    """The tokens of a line and which of them are still to be read."""

    line: Plain
    taken: tuple[Span, ...] = ()

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Return every token of the line, taken or not."""
        return self.line.tokens

    def without(self, spans: Sequence[Span]) -> "Scan":
        """Return the scan with more of the line taken."""
        return Scan(self.line, (*self.taken, *spans))

    @functools.cached_property
    def _free(self) -> tuple[bool, ...]:
        """Return for each token whether nothing has taken it."""
        return tuple(
            not any(token.start < span.end and span.start < token.end for span in self.taken)
            for token in self.tokens
        )

    def is_free(self, index: int) -> bool:
        """Return whether there is a token of that index that nothing has taken."""
        return 0 <= index < len(self._free) and self._free[index]

    def is_span_free(self, span: Span) -> bool:
        """Return whether nothing has taken any of a piece."""
        return not any(span.overlaps(other) for other in self.taken)

    def is_in_name(self, index: int) -> bool:
        """Return whether a token is glued to letters before it: CUTTER-1, VHF16, B2."""
        at = index - 1
        if at > 0 and self.tokens[at].text == "-" and self.is_glued(at):
            at -= 1
        return at >= 0 and self.is_glued(at) and self.tokens[at].text.isalpha()

    def is_glued(self, left: int) -> bool:
        """Return whether a token is followed by the next one without a space."""
        tokens = self.tokens
        return 0 <= left < len(tokens) - 1 and tokens[left].end == tokens[left + 1].start


def is_clock_figures(token: Token) -> bool:
    """Return whether a token may be a time of day: four figures, hours to 23, minutes to 59."""
    text = token.text
    return token.is_whole and len(text) == HHMM and int(text[:2]) < 24 and int(text[2:]) < 60
