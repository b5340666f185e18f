"""What is typed to find boats and reports, read into conditions that must all hold.

``adrift phone 0200-0400 >40 people``. Words are looked for in all texts; times, numbers of people
and ``key:value`` are read. The words for them are in ``tools/find_words.py``, the conditions in
``tools/query.py``.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from channelplot.model.caller import tidy_caller
from channelplot.reading.fields import read_time
from channelplot.reading.plain import plain
from channelplot.reading.values import TimeForm, TimeReading
from channelplot.tools.find_words import (
    BOAT_TYPES,
    CLOSED,
    CRAFT,
    KEYS,
    KINDS,
    OPEN,
    PARTS,
    SOURCES,
    STATUSES,
    UNATTRIBUTED,
    Key,
    Part,
)
from channelplot.tools.fold import folded
from channelplot.tools.query import (
    Caller,
    Coded,
    Condition,
    Count,
    FindContext,
    Grade,
    NoBoat,
    NotRead,
    OfBoat,
    Open,
    Period,
    Query,
    Sign,
    Unread,
    Words,
)

LONGEST_LETTERS: Final = 2
"""Characters of a boat's name that is a letter: typed alone it means the boat, not a word."""
_Names = Sequence[tuple[StrEnum, Sequence[str]]]
_AHEAD: Final = timedelta(hours=6)
"""How far ahead a time may lie that a period ends with: the rest of a watch."""
_DAY: Final = timedelta(days=1)
_MINUTE: Final = timedelta(minutes=1)


def read_query(text: str, context: FindContext) -> Query:
    """Return the conditions of a text; an empty one has none."""
    return _Reader(text, context).query()


_SIGN: Final = r"(?P<sign>>=|=>|<=|=<|>|<|=|≥|≤)"
_SIGNS: Final[Mapping[str, Sign]] = {
    ">": Sign.MORE, "<": Sign.LESS, "=": Sign.EXACTLY,
    **dict.fromkeys((">=", "=>", "≥"), Sign.AT_LEAST),
    **dict.fromkeys(("<=", "=<", "≤"), Sign.AT_MOST),
}  # fmt: skip
_PART: Final = "(?P<part>" + "|".join(sorted(map(str.upper, PARTS), key=len, reverse=True)) + ")"
_NUMBER: Final = r"(?P<number>[0-9]{1,4})"
_END: Final = r"(?![^\s,;])"
_TIME: Final = r"(?:[0-9]{6}|[0-9]{4})\s?(?:Z|A|B|UK|FR|UTC)?"
_QUOTED: Final = re.compile(r'"(?P<words>[^"]*)"?|«(?P<french>[^»]*)»?')
_COUNT_AFTER: Final = re.compile(rf"{_PART}\s*{_SIGN}\s*{_NUMBER}{_END}")
_COUNT_OF: Final = re.compile(rf"{_PART}:\s*{_SIGN}?\s*{_NUMBER}{_END}")
_COUNT_BEFORE: Final = re.compile(rf"{_SIGN}?\s*{_NUMBER}\s*{_PART}{_END}")
_COUNT_PLUS: Final = re.compile(rf"{_NUMBER}\+\s*{_PART}{_END}")
_COUNT_ALONE: Final = re.compile(rf"{_SIGN}\s*(?P<number>[0-9]{{1,3}}){_END}")
_COMPARED: Final = re.compile(rf"{_SIGN}\s*\S+")
_BETWEEN: Final = re.compile(
    rf"(?P<first>{_TIME})\s*(?:-|(?<=[\s0-9A-Z])(?:TO|A|UNTIL|JUSQU'A)(?=\s))\s*(?P<last>{_TIME}){_END}"
)
_SINCE: Final = re.compile(
    rf"(?:>=?|=>|≥|(?:SINCE|AFTER|FROM|DEPUIS|APRES)\s)\s*(?P<time>{_TIME}){_END}"
)
_UNTIL: Final = re.compile(
    rf"(?:<=?|=<|≤|(?:BEFORE|UNTIL|AVANT|JUSQU'A)\s)\s*(?P<time>{_TIME}){_END}"
)
_MOMENT: Final = re.compile(rf"(?P<time>{_TIME}){_END}")
_KEYED: Final = re.compile(r"(?P<key>[^\W\d_]+):(?!//)\s*(?P<value>\"[^\"]*\"?|\S*)")
_NOBODY_S: Final = re.compile(
    "(?:" + "|".join(name.upper() for name in UNATTRIBUTED) + r")E?S?" + _END
)
_PIECE: Final = re.compile(r"\S+")
_WORD: Final = re.compile(r"\s*(\S+)")


class _Reader:
    """Reads one text once, from its beginning to its end."""

    def __init__(self, text: str, context: FindContext) -> None:
        self._typed = text
        self._text = plain(text).text
        self._context = context
        self._at = 0
        self._found: list[Condition] = []

    def query(self) -> Query:
        steps: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Condition | None]], ...] = (
            (_QUOTED, self._quoted),
            (_COUNT_AFTER, self._count),
            (_COUNT_OF, self._count),
            (_COUNT_BEFORE, self._count),
            (_COUNT_PLUS, self._count),
            (_BETWEEN, self._between),
            (_SINCE, self._since),
            (_UNTIL, self._until),
            (_COUNT_ALONE, self._count),
            (_COMPARED, self._not_compared),
            (_KEYED, self._keyed),
            (_NOBODY_S, lambda _: NoBoat()),
            (_PIECE, self._piece),
        )
        while True:
            while self._at < len(self._text) and self._text[self._at] in " ,;":
                self._at += 1
            if self._at == len(self._text):
                return Query(tuple(self._found))
            self._step(steps)

    def _step(
        self,
        steps: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Condition | None]], ...],
    ) -> None:
        """Take the next piece in the first way in which it can be read."""
        start = self._at
        for pattern, read in steps:
            match = pattern.match(self._text, start)
            if match is None:
                continue
            self._at = match.end()
            condition = read(match)
            if condition is not None:
                says_nothing = isinstance(condition, Words) and not condition.words
                if not says_nothing and condition not in self._found:
                    self._found.append(condition)
                return
        raise AssertionError("a piece is words at least")

    # Words

    def _quoted(self, match: re.Match[str]) -> Condition:
        group = "words" if match["words"] is not None else "french"
        return self._words(self._typed[match.start(group) : match.end(group)])

    def _piece(self, match: re.Match[str]) -> Condition:
        typed = self._typed[match.start() : match.end()].rstrip(",;")
        word = folded(typed).strip()
        if word in OPEN or word in CLOSED:
            return Open(word in OPEN)
        uids = self._context.boats.get(word) if len(word) <= LONGEST_LETTERS else None
        if uids is not None and typed.isascii() and typed.isalnum():
            return OfBoat(typed, (typed.upper(),), uids)
        return self._words(typed)

    @staticmethod
    def _words(typed: str) -> Words:
        """Return the condition; signs alone are no words and let everything pass."""
        return Words(typed.strip(), " ".join(folded(typed).split()))

    # Numbers and times

    def _count(self, match: re.Match[str]) -> Condition:
        groups = match.groupdict()
        part = PARTS[groups["part"].lower()] if groups.get("part") else Part.TOTAL
        sign = _SIGNS[groups["sign"]] if groups.get("sign") else Sign.EXACTLY
        if match.re is _COUNT_PLUS:
            sign = Sign.AT_LEAST
        return Count(part, sign, int(match["number"]))

    def _not_compared(self, match: re.Match[str]) -> Condition:
        return Unread(NotRead.NO_TIME, self._typed[match.start() : match.end()])

    def _between(self, match: re.Match[str]) -> Condition | None:
        first = self._moment(match["first"], self._context.reference_utc)
        if first is None:
            return None
        last = self._moment(match["last"], first + _DAY)
        return None if last is None else Period(first, last + _MINUTE)

    def _since(self, match: re.Match[str]) -> Condition | None:
        moment = self._moment(match["time"], self._context.reference_utc)
        return None if moment is None else Period(from_utc=moment)

    def _until(self, match: re.Match[str]) -> Condition | None:
        moment = self._moment(match["time"], self._context.reference_utc + _AHEAD)
        return None if moment is None else Period(until_utc=moment + _MINUTE)

    def _moment(self, text: str, clock_utc: datetime) -> datetime | None:
        """Return the latest moment before a time that a text means, None if it is no time.

        clock_utc: for a time of day; for one with its day it is the end of the reference's.
        """
        reading = _latest(text, clock_utc)
        if reading is not None and reading.form is not TimeForm.CLOCK:
            reading = _latest(text, self._context.reference_utc + _DAY)
        return None if reading is None else reading.at_utc

    # Keys

    def _keyed(self, match: re.Match[str]) -> Condition | None:
        typed_key = self._typed[match.start("key") : match.end("key")]
        key = KEYS.get(folded(typed_key))
        typed = self._typed[match.start("value") : match.end("value")].strip('"').strip()
        if key is None and folded(typed_key) in PARTS:
            return Unread(NotRead.NO_VALUE if not typed else NotRead.NO_NUMBER, typed, typed_key)
        if key is None:
            return Unread(NotRead.NO_SUCH_KEY, typed or typed_key, typed_key)
        if not folded(typed).strip():
            return Unread(NotRead.NO_VALUE, typed, typed_key)
        names = _NAMES.get(key)
        if names is not None:
            return self._coded(key, names, match, typed_key)
        if key is Key.TIME:
            return self._time(match, typed, typed_key)
        if key is Key.GRADE:
            return Grade(typed.upper())
        if key is Key.CALLER:
            return self._caller(match)
        return self._boat(typed, typed_key)

    def _coded(self, key: Key, names: _Names, match: re.Match[str], typed_key: str) -> Condition:
        """Return the codes of which a name begins so, taking as many words as some name has."""
        start = match.start("value")
        typed = self._typed[start : match.end("value")].strip('"').rstrip(",;")
        words = " ".join(folded(typed).split())
        codes = _codes(names, words)
        more = None if match["value"].startswith('"') else _WORD.match(self._typed, self._at)
        while more is not None:
            longer = " ".join((words, *folded(more[1]).split()))
            if longer == words or not _codes(names, longer):
                break
            words, codes, self._at = longer, _codes(names, longer), more.end()
            typed = self._typed[start : self._at]
            more = _WORD.match(self._typed, self._at)
        if not codes and key is not Key.SOURCE:
            return Unread(NotRead.NO_SUCH_VALUE, typed, typed_key)
        return Coded(key, typed, words, codes)

    def _time(self, match: re.Match[str], typed: str, typed_key: str) -> Condition:
        start = match.start("value")
        for pattern, read in (
            (_BETWEEN, self._between), (_SINCE, self._since), (_UNTIL, self._until)
        ):  # fmt: skip
            found = pattern.match(self._text, start)
            condition = read(found) if found is not None else None
            if found is not None and condition is not None:
                self._at = found.end()
                return condition
        found = _MOMENT.match(self._text, start)
        at_utc = self._moment(found["time"], self._context.reference_utc) if found else None
        if found is None or at_utc is None:
            return Unread(NotRead.NO_TIME, typed, typed_key)
        self._at = found.end()
        return Period(at_utc, at_utc + _MINUTE)

    def _caller(self, match: re.Match[str]) -> Condition:
        """Return a number in whatever groups it was typed, or a call sign."""
        start = match.start("value")
        number = re.compile(r"\+?[0-9](?:[ ./()-]{0,2}[0-9])*").match(self._text, start)
        if number is None:
            typed = self._typed[start : match.end("value")]
            return Caller(typed, tidy_caller(typed))
        self._at = max(number.end(), match.end("value"))
        typed = self._typed[start : self._at]
        figures = "".join(character for character in tidy_caller(typed) if character.isdigit())
        return Caller(typed, figures.removeprefix("0"))

    def _boat(self, typed: str, typed_key: str) -> Condition:
        word = " ".join(folded(typed).split())
        boats = self._context.boats
        names = [word] if word in boats else [name for name in boats if name.startswith(word)]
        if not names:
            return Unread(NotRead.NO_SUCH_VALUE, typed, typed_key)
        uids = frozenset(uid for name in names for uid in boats[name])
        return OfBoat(typed, tuple(sorted(name.upper() for name in names)), uids)


_NAMES: Final[Mapping[Key, _Names]] = {
    Key.STATUS: tuple(STATUSES.items()),
    Key.SOURCE: tuple(SOURCES.items()),
    Key.KIND: tuple(KINDS.items()),
    Key.CRAFT: tuple(CRAFT.items()),
    Key.TYPE: tuple(BOAT_TYPES.items()),
}


def _latest(text: str, clock_utc: datetime) -> TimeReading | None:
    """Return the latest reading of a time that is not after the clock, None if it is no time."""
    found = read_time(text, clock_utc)
    if found.fault is not None:
        return None
    return max(
        (c for c in found.choices if c.at_utc <= clock_utc), key=lambda choice: choice.at_utc
    )


def _codes(names: _Names, words: str) -> frozenset[StrEnum]:
    """Return the codes of which a name begins so."""
    return frozenset(code for code, known in names if any(name.startswith(words) for name in known))
