"""Where labels go so that none lies on another: one placer for everything; no Qt.

Greedy by priority: each label takes the cheapest of its places that is still free, and is
left out if none is. Labels that stood somewhere before are put there first, so that what
comes into view beside them, or is plotted beside them, does not make them move.
"""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from channelplot.chart.cancel import NEVER, Cancel
from channelplot.chart.label_obstacles import Crowd, Room, Throng
from channelplot.chart.line_density import CELL_PX, LineDensity

LINE_COST: Final = 1.0
"""Of a pixel of line that a label covers; costs of places are in the same measure."""
LEANING_COST: Final = 30.0
"""What another place than the one before must be better by, where a label may move."""
Scalar = TypeVar("Scalar", np.bool_, np.float64)
_FEW: Final = 300
"""With more symbols than this a label does not look at each of them ..."""
_MOST_PX: Final = 16e6
"""... unless the picture is so large, on a sheet, that its pixels are more than that is worth."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A label looking for a place.

    priority: the smallest is placed first. places: (k, b, 4) float64, k places in order
    of preference, each of b boxes (min_x, min_y, max_x, max_y) in pixels; costs: (k,)
    how much worse than the best each is, in pixels of line covered; infinite where it may stay
    but not be put anew. clear_px: room kept to other labels around it. dots: so many of the last
    boxes of each place are the label's own symbol, which may lie on others' symbols. key: the same
    for what is named, picture after picture.
    """

    priority: tuple[float | str, ...]
    places: npt.NDArray[np.float64]
    costs: npt.NDArray[np.float64]
    clear_px: float = 2.0
    key: tuple[str, ...] = ()
    dots: int = 0

    @property
    def written(self) -> npt.NDArray[np.float64]:
        """Return the boxes of each place that are text."""
        return self.places[:, : self.places.shape[1] - self.dots]


@dataclass(frozen=True, slots=True)
class Before:
    """What is known of where labels stood in the picture before.

    held: candidate number to place number; it stands there again unless a symbol or an edge is in
    its way. remembered: likewise of pictures before that one, for the labels that were out of view
    in it; what is held goes first. leaning: likewise, but it may move to a much better place.
    pushing: those that may take the place of less important ones if there is no other for them.
    """

    held: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    remembered: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    leaning: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    pushing: frozenset[int] = frozenset()


NOTHING_BEFORE: Final = Before()


def _thronged(
    candidates: Sequence[Candidate], symbols: npt.NDArray[np.float64]
) -> list[npt.NDArray[np.bool_]]:
    """Return for each label which of its places touch a symbol; nothing if symbols are few."""
    if len(symbols) <= _FEW or not candidates:
        return []
    boxes = np.concatenate([candidate.places.reshape(-1, 4) for candidate in candidates])
    low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    if float(np.prod(high - low)) > _MOST_PX:
        return []
    near = symbols[((symbols[:, 2:] > low) & (symbols[:, :2] < high)).all(axis=1)]
    touches = Throng(near, low).touches(boxes) if len(near) else np.zeros(len(boxes), np.bool_)
    parts = zip(candidates, _by_label(candidates, touches), strict=True)
    return [
        np.asarray(part[:, : candidate.written.shape[1]].any(axis=1)) for candidate, part in parts
    ]


def _by_label(
    candidates: Sequence[Candidate], values: npt.NDArray[Scalar]
) -> Iterator[npt.NDArray[Scalar]]:
    """Yield what belongs to each label's places, (k, b), of values for all boxes in a row."""
    ends = np.cumsum([c.places.shape[0] * c.places.shape[1] for c in candidates])
    parts = np.split(values, ends[:-1])
    for candidate, part in zip(candidates, parts, strict=True):
        yield part.reshape(candidate.places.shape[:2])


class _Placing:
    """One picture's labels on their way to their places."""

    def __init__(
        self,
        candidates: Sequence[Candidate],
        symbols: npt.NDArray[np.float64],
        lines: LineDensity | None,
        inside: tuple[float, float, float, float] | None,
        uncut: tuple[float, float, float, float] | None,
        before: Before,
    ) -> None:
        self._candidates, self._before = candidates, before
        self._crowd, self._room = Crowd(symbols), Room()
        self._inside, self._uncut = inside, uncut
        self._covered = _covered(candidates, lines)
        self._allowed: dict[int, npt.NDArray[np.bool_]] = {}
        self._thronged = _thronged(candidates, symbols)
        self.placed: dict[int, int] = {}

    def hold(self, number: int, place: int) -> None:
        """Put a label where it stood, if it can be there."""
        if not self._is_allowed(number)[place]:
            return
        # The room around it was looked at when it was put there, and is smaller after a rounding.
        boxes = self._candidates[number].places[place : place + 1]
        if not self._room.touches(boxes)[0]:
            self._put(number, place)

    def put(self, number: int) -> list[int]:
        """Put a label into the best place free; return those that had to go for it."""
        allowed = self._is_allowed(number)
        if not allowed.any():
            return []
        padded = self._padded(number)
        costs = self._costs(number)
        allowed = allowed & np.isfinite(costs)
        free = allowed & ~self._room.touches(padded)
        if free.any():
            self._put(number, int(np.argmin(np.where(free, costs, np.inf))))
            return []
        if number not in self._before.pushing:
            return []
        return self._push(number, padded, np.where(allowed, costs, np.inf))

    def _push(
        self, number: int, padded: npt.NDArray[np.float64], costs: npt.NDArray[np.float64]
    ) -> list[int]:
        """Put a label where the fewest, and only less important ones, have to go for it."""
        priority = self._candidates[number].priority
        best: tuple[int, float, int] | None = None
        leaving: list[int] = []
        for place in np.flatnonzero(np.isfinite(costs)).tolist():
            blockers = self._room.blockers(padded[place]).tolist()
            if any(self._candidates[other].priority <= priority for other in blockers):
                continue
            rank = (len(blockers), float(costs[place]), place)
            if best is None or rank < best:
                best, leaving = rank, blockers
        if best is None:
            return []
        for other in leaving:
            self._room.remove(other)
            del self.placed[other]
        self._put(number, best[2])
        return leaving

    def _put(self, number: int, place: int) -> None:
        self._room.add(number, self._candidates[number].places[place])
        self.placed[number] = place

    def _padded(self, number: int) -> npt.NDArray[np.float64]:
        candidate = self._candidates[number]
        return candidate.places + candidate.clear_px * _OUTWARDS

    def _costs(self, number: int) -> npt.NDArray[np.float64]:
        costs = self._candidates[number].costs + self._covered[number]
        leaning = self._before.leaning.get(number)
        if leaning is not None and leaning < len(costs):
            costs = costs.copy()
            costs[leaning] -= LEANING_COST
        return costs

    def _is_allowed(self, number: int) -> npt.NDArray[np.bool_]:
        """Return which places of a label neither a symbol nor an edge forbids."""
        known = self._allowed.get(number)
        if known is None:
            places = self._candidates[number].places
            written = self._candidates[number].written
            known = ~self._thronged[number] if self._thronged else ~self._crowd.touches(written)
            if self._inside is not None:
                known &= (places[..., :2] >= self._inside[:2]).all(axis=(1, 2))
                known &= (places[..., 2:] <= self._inside[2:]).all(axis=(1, 2))
            if self._uncut is not None:
                known &= _is_uncut(places, self._uncut)
            self._allowed[number] = known
        return known


def place_labels(
    candidates: Sequence[Candidate],
    symbols: npt.NDArray[np.float64],
    lines: LineDensity | None = None,
    inside: tuple[float, float, float, float] | None = None,
    uncut: tuple[float, float, float, float] | None = None,
    before: Before = NOTHING_BEFORE,
    cancel: Cancel = NEVER,
) -> dict[int, int]:
    """Return which place each label that found one takes: candidate number to place number.

    symbols: (n, 4) boxes no label may touch. inside: a box (min_x, min_y, max_x, max_y)
    that no label may reach beyond. uncut: a box whose edges no label may cross. before: where
    they stood in the picture before. cancel: leaves the rest out. No box of a
    placed label touches another's, or a symbol's.
    """
    placing = _Placing(candidates, symbols, lines, inside, uncut, before)
    order = sorted(range(len(candidates)), key=lambda number: candidates[number].priority)
    ranks = {number: rank for rank, number in enumerate(order)}
    for earlier in (before.held, before.remembered):
        for number in sorted(earlier, key=ranks.__getitem__):
            if cancel.is_cancelled:
                return placing.placed
            placing.hold(number, earlier[number])
    waiting = [(ranks[number], number) for number in order if number not in placing.placed]
    while waiting and not cancel.is_cancelled:
        _, number = heapq.heappop(waiting)
        for other in placing.put(number):
            heapq.heappush(waiting, (ranks[other], other))
    return placing.placed


_OUTWARDS: Final = np.array((-1.0, -1.0, 1.0, 1.0))


def _covered(
    candidates: Sequence[Candidate], lines: LineDensity | None
) -> list[npt.NDArray[np.float64]]:
    """Return for each label what each of its places costs for the lines it covers."""
    if lines is None or not candidates:
        return [np.zeros(len(candidate.costs)) for candidate in candidates]
    under = lines.under(np.concatenate([c.places.reshape(-1, 4) for c in candidates]))
    return [LINE_COST * CELL_PX * part.sum(axis=1) for part in _by_label(candidates, under)]


def _is_uncut(
    places: npt.NDArray[np.float64], uncut: tuple[float, float, float, float]
) -> npt.NDArray[np.bool_]:
    """Return which of k places, (k, b, 4), lies wholly inside a box or wholly outside of it."""
    low, high = places[..., :2], places[..., 2:]
    within = np.all((low >= uncut[:2]) & (high <= uncut[2:]), axis=(1, 2))
    apart = np.all(np.any((high <= uncut[:2]) | (low >= uncut[2:]), axis=2), axis=1)
    return np.asarray(within | apart, dtype=np.bool_)
