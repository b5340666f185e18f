"""Where a passage meets any of several lines, in the order of time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from channelplot.analysis.chords import Chords
from channelplot.geodesy.rhumb_line import RhumbLine


@dataclass(frozen=True, slots=True, order=True)
class Met:
    """A passage meets a line: seconds after its start, which line, and on which chord."""

    at_s: float
    line: int
    chord: int


def meetings_in_order(chords: Chords, lines: Sequence[RhumbLine]) -> Iterator[Met]:
    """Yield where a passage meets lines, the earliest first; to touch one is to meet it too.

    line: its index among the lines. Times are sought out only as far as they are asked for.
    """
    found: dict[int, list[tuple[int, int]]] = {}
    for index, line in enumerate(lines):
        for chord, leg in chords.meetings(line):
            found.setdefault(chord, []).append((index, leg))
    for chord in sorted(found):
        yield from sorted(
            Met(chords.on_leg_s(chord, lines[index], leg), index, chord)
            for index, leg in found[chord]
        )
