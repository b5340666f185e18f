"""Names a report may use: marks, beaches, places. Found by code, by name or by part of a name."""

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from channelplot.geodesy.position import Position
from channelplot.model.beach import Beach, Mark
from channelplot.reading.plain import plain


class Rank(IntEnum):
    """Whose name it is; a name of a lower rank stands in the place of one of a higher."""

    PLOT_MARK = 0
    PLOT_BEACH = 1
    MARK = 2
    BEACH = 3
    PLACE = 4


PLACE_ERROR_M: Final = 1_000.0
"""Towns and villages of the gazetteer are known to a kilometre."""
_START: Final = 2
"""Letters that a beginning must have to be looked for."""
_GENERIC: Final = frozenset(
    {
        "CAP", "CAPE", "POINTE", "POINT", "PLAGE", "BEACH", "LV", "LIGHT", "LIGHTHOUSE", "PHARE",
        "LIGHTVESSEL", "ENTRANCE", "HEAD", "LA", "LE", "LES", "L", "DE", "DU", "DES", "D", "THE",
    }
)  # fmt: skip
"""Words that a name is often said without."""
_QUARTERS: Final = frozenset({"NORTH", "SOUTH", "EAST", "WEST", "NORD", "OUEST"})


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name and a place. error_m: how far that may be off, None: not known."""

    name: str
    code: str
    position: Position
    error_m: float | None
    rank: Rank

    @property
    def is_mark(self) -> bool:
        """Return whether bearings are taken from it."""
        return self.rank in {Rank.PLOT_MARK, Rank.MARK}

    @property
    def is_beach(self) -> bool:
        """Return whether boats leave from it."""
        return self.rank in {Rank.PLOT_BEACH, Rank.BEACH}


Words = tuple[str, ...]


class Gazetteer:
    """Finds names. Whole names and codes of every rank; parts of names of marks and beaches."""

    def __init__(self, entries: Iterable[Named]) -> None:
        """Take every name; the first of a rank comes first among equals."""
        self.entries = tuple(entries)
        self._whole: dict[Words, list[Named]] = {}
        self._starts: dict[str, list[tuple[Named, Words]]] = {}
        self._part: dict[Words, list[Named]] = {}
        self.longest = 1
        for entry in self.entries:
            words = words_of(entry.name)
            keys = {words, words_of(entry.code)} - {()}
            if entry.is_beach:
                keys |= {(*words, "BEACH"), ("PLAGE", *words), ("PLAGE", "DE", *words)}
            for each in {words, words_of(entry.code)}:
                for place, word in enumerate(each):
                    self._starts.setdefault(word[:_START], []).append((entry, each[place:]))
            for key in keys:
                self._whole.setdefault(key, []).append(entry)
                self.longest = max(self.longest, len(key))
            if entry.rank is not Rank.PLACE:
                for part in _parts(words) - keys:
                    self._part.setdefault(part, []).append(entry)

    @functools.cached_property
    def marks(self) -> tuple[Named, ...]:
        """Return the marks, which positions are read back from."""
        return tuple(entry for entry in self.entries if entry.is_mark)

    def find(self, words: Words, highest: Rank = Rank.PLACE) -> tuple[Named, ...]:
        """Return what these words name: one, several of the same rank, or none.

        words: capitals without accents, as ``words_of`` gives them. A whole name counts before
        a part of one, a lower rank before a higher; of each place and code one is returned.
        """
        for index in (self._whole, self._part):
            found = [entry for entry in index.get(words, ()) if entry.rank <= highest]
            if found:
                lowest = min(entry.rank for entry in found)
                return _apart([entry for entry in found if entry.rank == lowest])
        return ()

    def beaches(self, words: Words) -> tuple[Named, ...]:
        """Return the beaches of that very name, the plot's before the register's."""
        found = [entry for entry in self._whole.get(words, ()) if entry.is_beach]
        return _apart([entry for entry in found if entry.rank == found[0].rank])

    def starting_with(self, prefix: str, most: int) -> tuple[Named, ...]:
        """Return names whose name, code or a word of the name starts so, marks first.

        prefix: as typed, of two letters at least. Lower rank first, then shorter names.
        """
        start = words_of(prefix)
        if not start or len(start[0]) < _START:
            return ()
        found = [
            entry
            for entry, words in self._starts.get(start[0][:_START], ())
            if words[: len(start) - 1] == start[:-1]
            and len(words) >= len(start)
            and words[len(start) - 1].startswith(start[-1])
        ]
        found.sort(key=lambda entry: (entry.rank, len(entry.name), entry.name))
        unique = {entry.name: entry for entry in reversed(found)}
        return tuple(entry for entry in found if unique[entry.name] is entry)[:most]


def gazetteer_of(
    plot_marks: Sequence[Mark],
    plot_beaches: Sequence[Beach],
    marks: Sequence[Mark] = (),
    beaches: Sequence[Beach] = (),
    places: Sequence[tuple[str, Position]] = (),
) -> Gazetteer:
    """Return the names of a plot and of the chart's registers.

    A plot's own mark or beach stands in the place of the register's of the same uid, code or
    name.
    """
    own_codes = {mark.code.upper() for mark in plot_marks}
    own_uids = {mark.uid for mark in plot_marks} | {beach.uid for beach in plot_beaches}
    own_names = {words_of(beach.name) for beach in plot_beaches}
    entries = [
        Named(m.name or m.code, m.code, m.position, m.error_m, rank)
        for rank, some in (
            (Rank.PLOT_MARK, plot_marks),
            (
                Rank.MARK,
                [m for m in marks if m.code.upper() not in own_codes and m.uid not in own_uids],
            ),
        )
        for m in some
    ]
    entries += [
        Named(b.name, "", b.position, b.error_m, rank)
        for rank, some in (
            (Rank.PLOT_BEACH, plot_beaches),
            (
                Rank.BEACH,
                [b for b in beaches if words_of(b.name) not in own_names and b.uid not in own_uids],
            ),
        )
        for b in some
    ]
    entries += [Named(name, "", at, PLACE_ERROR_M, Rank.PLACE) for name, at in places]
    return _of_entries(tuple(entries))


@functools.lru_cache(maxsize=4)
def _of_entries(entries: tuple[Named, ...]) -> Gazetteer:
    """Return the gazetteer of names; that of the chart serves every plot without its own."""
    return Gazetteer(entries)


@functools.lru_cache(maxsize=16_384)
def words_of(text: str) -> Words:
    """Return the words and numbers of a name in capitals, without accents and punctuation.

    What stands in brackets is an explanation, no part of the name.
    """
    return tuple(
        token.text
        for token in plain(text.split("(")[0]).tokens
        if token.is_number or token.text.isalpha()
    )


def _parts(words: Words) -> set[Words]:
    """Return the name without generic words at its ends: Gris-Nez for Cap Gris-Nez."""
    parts = set()
    start, end = 0, len(words)
    while start < end - 1 and words[start] in _GENERIC:
        start += 1
        parts.add(words[start:end])
    first = start
    while end > first + 1 and words[end - 1] in _GENERIC:
        end -= 1
        parts.add(words[first:end])
        parts.add(words[:end])
    if len(words) > 1 and len(words[0]) > 3 and words[0] not in _GENERIC | _QUARTERS:
        parts.add(words[:1])
    return parts


def _apart(entries: list[Named]) -> tuple[Named, ...]:
    """Return entries with the same place and name once."""
    return tuple({(entry.name, entry.position): entry for entry in entries}.values())
