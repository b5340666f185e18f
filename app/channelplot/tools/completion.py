"""Names that the word before the caret may become: marks, beaches, places and tracks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from channelplot.model.track import Track
from channelplot.reading.gazetteer import Gazetteer, Named, Rank, words_of
from channelplot.reading.names import survivor

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

    After a ``>`` open tracks; else names, where the word has a capital or stands where a name is
    due: after "from", "at", a bearing. Ordinary words are left alone.
    """
    before = text[:caret]
    to_track = _TRACK.search(before)
    if to_track is not None:
        start = to_track.start(1)
        names = _open_tracks(to_track[1].upper(), tracks)
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


def _open_tracks(begun: str, tracks: Iterable[Track]) -> list[str]:
    """Return the names of open tracks that are begun so, or so under a name merged into theirs."""
    known = {track.uid: track for track in tracks}
    meant = [survivor(t, known) for t in known.values() if t.name.upper().startswith(begun)]
    names = {track.name for track in meant if not track.is_closed}
    return sorted(names, key=lambda name: (not name.upper().startswith(begun), len(name), name))


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
