"""A text as the reader sees it: capitals, plain quotes and dashes, cut into tokens.

Character for character as long as what was typed, so that a place in one is a place in the
other.
"""

import functools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from channelplot.reading.values import Span

MOST_CHARACTERS: Final = 2_000
_SAME: Final[Mapping[str, str]] = {
    **dict.fromkeys("'\u2019\u2018\u201b\u2032\u02b9\u02bc\u00b4`\u2035\uff07\u055a", "'"),
    **dict.fromkeys('"\u201c\u201d\u201e\u201f\u2033\u02ba\u02dd\uff02\u2036\u3003', '"'),
    **dict.fromkeys("°\u00ba\u02da\u1d52\u2070\u0325", "°"),
    **dict.fromkeys("\u00b7\u2219\u22c5\u30fb", "."),
    **dict.fromkeys("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"),
}
_TOKEN: Final = re.compile(
    r"(?P<number>[0-9]+(?:[.,][0-9]+)?)"
    # 51d07m12sN: the letters after figures stand for degrees, minutes and seconds.
    r"|(?P<mark>(?<=[0-9])[DMS](?=[NSEWO](?![A-Z])))"
    r"|(?P<word>[^\W\d_]+)|(?P<symbol>\S)"
)
_VERBATIM: Final = re.compile(r"(?:^|(?<=\s))//(?:\s|$)")


class TokenKind(Enum):
    """What a token is."""

    NUMBER = "number"
    WORD = "word"
    SYMBOL = "symbol"


@dataclass(frozen=True, slots=True)
class Token:
    """A number, a word of letters or one other character, from start up to end."""

    kind: TokenKind
    text: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        """Return whether this is a number, with or without decimals."""
        return self.kind is TokenKind.NUMBER

    @property
    def is_whole(self) -> bool:
        """Return whether this is a number without decimals."""
        return self.kind is TokenKind.NUMBER and self.text.isdigit()


@dataclass(frozen=True)
class Plain:
    """A text as typed and as the reader sees it, both of one length.

    verbatim: what stands after a ``//`` and is kept as words without being read.
    """

    typed: str
    text: str
    verbatim: Span

    @functools.cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Return the tokens before the verbatim part, in order."""
        kinds = {kind.value: kind for kind in TokenKind} | {"mark": TokenKind.WORD}
        return tuple(
            Token(kinds[match.lastgroup or ""], match[0], match.start(), match.end())
            for match in _TOKEN.finditer(self.text, 0, self.verbatim.start)
        )

    def piece(self, span: Span) -> str:
        """Return a piece of the text as typed."""
        return self.typed[span.start : span.end].strip()

    def is_gap(self, start: int, end: int) -> bool:
        """Return whether nothing but white space stands between two places."""
        return not self.text[start:end].strip()


def plain(typed: str) -> Plain:
    """Return a text in plain characters: capitals, no accents, one kind of each mark."""
    text = "".join(map(_plain_character, typed))
    verbatim = _VERBATIM.search(text)
    start = verbatim.start() if verbatim else len(text)
    return Plain(typed, text, Span(start, len(text)))


@functools.lru_cache(maxsize=4096)
def _plain_character(character: str) -> str:
    same = _SAME.get(character)
    if same is not None:
        return same
    if character.isspace():
        return " "
    base = unicodedata.normalize("NFD", character)[0]
    capital = base.upper()
    return capital if len(capital) == 1 else character


def is_control(character: str) -> bool:
    """Return whether a character can't be seen: a control, a direction mark, a line break."""
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def is_other_digit(character: str) -> bool:
    """Return whether a character is a figure other than 0 to 9."""
    return not character.isascii() and (
        unicodedata.category(character) in {"Nd", "No", "Nl"} and character != "\u2070"
    )


def says_something(words: str) -> bool:
    """Return whether there is more in words than punctuation."""
    return any(character.isalnum() or not character.isascii() for character in words)
