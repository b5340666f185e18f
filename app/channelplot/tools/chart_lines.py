"""The bearing lines and range rings of this desk: numbered, several at once, nothing stored."""

from dataclasses import dataclass
from typing import Final

from channelplot.document.notice import Notice
from channelplot.geodesy.position import Position
from channelplot.tools.anchors import Anchor, Anchors

MOST: Final = 40
"""Lines, and sets of rings; more hide the chart. The oldest goes when another is added."""


@dataclass(frozen=True, slots=True)
class AnchoredLine:
    """A bearing (true) and a range from whatever it hangs on; both stay as that moves."""

    number: int
    anchor: Anchor
    bearing_deg: float
    distance_m: float


@dataclass(frozen=True, slots=True)
class AnchoredRings:
    """Circles about whatever they hang on; radii_m: the smallest first."""

    number: int
    anchor: Anchor
    radii_m: tuple[float, ...]


Anchored = AnchoredLine | AnchoredRings


class ChartLines:
    """Keeps them in the order they were set, for as long as a plot is open.

    Lines and rings are numbered each by themselves from 1. A number is given once: it comes back
    only after all were removed. Announces changed.
    """

    def __init__(self, anchors: Anchors) -> None:
        """Start with none, and again with another plot."""
        self.changed = Notice[None]()
        self.anchors = anchors
        self._entries: tuple[Anchored, ...] = ()
        self._last_line = self._last_rings = 0
        anchors.session.document_changed.connect(lambda _: self.clear())

    @property
    def entries(self) -> tuple[Anchored, ...]:
        """Return all of them, the oldest first."""
        return self._entries

    @property
    def next_line(self) -> int:
        """Return the number that the next bearing line gets."""
        return self._last_line + 1

    @property
    def next_rings(self) -> int:
        """Return the number that the next rings get."""
        return self._last_rings + 1

    def add_line(self, anchor: Anchor, bearing_deg: float, distance_m: float) -> AnchoredLine:
        """Set a bearing line and return it with its number."""
        line = AnchoredLine(self.next_line, anchor, bearing_deg, distance_m)
        self._last_line = line.number
        self._put((*self._entries, line))
        return line

    def add_rings(self, anchor: Anchor, radii_m: tuple[float, ...]) -> AnchoredRings:
        """Set rings and return them with their number."""
        rings = AnchoredRings(self.next_rings, anchor, radii_m)
        self._last_rings = rings.number
        self._put((*self._entries, rings))
        return rings

    def restore(self, entries: tuple[Anchored, ...]) -> None:
        """Take over those that were left, in place of any there are; numbers go on after theirs."""
        lines = (e.number for e in entries if isinstance(e, AnchoredLine))
        rings = (e.number for e in entries if isinstance(e, AnchoredRings))
        self._last_line, self._last_rings = max(lines, default=0), max(rings, default=0)
        self._put(entries)

    def remove(self, entry: Anchored) -> None:
        """Remove one; nothing happens if it is gone already."""
        self._put(tuple(one for one in self._entries if one != entry))

    def remove_last(self, kind: type[AnchoredLine] | type[AnchoredRings]) -> bool:
        """Remove the one of a kind that was set last; False if there is none."""
        last = next((one for one in reversed(self._entries) if isinstance(one, kind)), None)
        if last is None:
            return False
        self.remove(last)
        return True

    def clear(self) -> None:
        """Remove all, and begin again with 1."""
        self._last_line = self._last_rings = 0
        self._put(())

    def place(self, entry: Anchored) -> Position | None:
        """Return where one begins or has its centre now, None if that is not known any more."""
        return self.anchors.place(entry.anchor)

    def _put(self, entries: tuple[Anchored, ...]) -> None:
        if entries != self._entries:
            self._entries = entries[-MOST:]
            self.changed.announce(None)
