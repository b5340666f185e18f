"""Names that the word before the caret may become: marks, beaches, places and tracks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from channelplot.model.track import Track
from channelplot.reading.gazetteer import Gazetteer, Named, Rank, words_of

MOST_OFFERED: Final = 5
_SHORTEST: Final = 2
_TRACK: Final = re.compile(r"(?:^|\s)>\s*([^\s>]*)$")
_WORDS: Final = re.compile(r"[^\W\d_][\w'’.-]*(?:[ -][\w'’.-]+)*$")
_BEFORE_NAME: Final = re.compile(
    r"(?:\b(?:from|of|off|at|du|de|des|au|à|launched|launch|landed|landing|leaving|near|beach|plage)"
    r"|d'|(?<![0-9.,])[0-9]{3}[tm°]*)\s*$",
    re.IGNORECASE,
)
_MOST_WORDS: Final = 4


@dataclass(frozen=True, slots=True)
class Completion:
    """A name for characters start up to end of the line. detail: what it names, a rank's name."""

    start: int
    end: int
    text: str
    detail: str


def completions_of(
    text: str, caret: int, gazetteer: Gazetteer, tracks: Iterable[Track]
) -> tuple[Completion, ...]:
    """Return what the text before the caret may become, the likeliest first.

    After a ``>`` tracks; else names, where the word has a capital or stands where a name is
    due: after "from", "at", a bearing. Ordinary words are left alone.
    """
    before = text[:caret]
    to_track = _TRACK.search(before)
    if to_track is not None:
        start = to_track.start(1)
        begun = to_track[1].upper()
        names = sorted(
            (t.name for t in tracks if t.name.upper().startswith(begun) and not t.is_closed),
            key=lambda name: (len(name), name),
        )
        return tuple(Completion(start, caret, name, "track") for name in names[:MOST_OFFERED])
    words = _WORDS.search(before)
    if words is None:
        return ()
    for start in _starts(before, words.start()):
        begun = before[start:caret]
        is_due = _BEFORE_NAME.search(before[:start]) is not None
        is_word = begun[:1].isalpha() and not before[:start][-1:].isalnum()
        if len(begun) < _SHORTEST or not is_word or not (is_due or begun[0].isupper()):
            continue
        found = gazetteer.starting_with(begun, MOST_OFFERED)
        offered = [
            Completion(start, caret, _name_of(entry, begun), entry.rank.name.lower())
            for entry in found
            if entry.rank is not Rank.PLACE or is_due
        ]
        if offered and offered[0].text.casefold() != begun.casefold():
            return tuple(offered)
    return ()


def _starts(text: str, first: int) -> list[int]:
    """Return where the last words begin, the longest run first."""
    starts = [match.start() for match in re.finditer(r"(?:(?<=^)|(?<=[\s(,]))\S", text)]
    return [start for start in starts if start >= first][-_MOST_WORDS:]


def _name_of(entry: Named, begun: str) -> str:
    """Return the code where the code was begun, else the name."""
    code = words_of(entry.code)
    if code and code[0].startswith("".join(words_of(begun))) and not begun.strip().isdigit():
        return entry.code
    return entry.name
