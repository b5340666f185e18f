"""The counts of the last view, brought up to date when a few tracks change; no Qt.

A new report then costs what its own track costs, however many there are.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from channelplot.chart.cancel import Cancel
from channelplot.chart.density import Counter, Counts, Numbers
from channelplot.chart.placed import PlacedBlock
from channelplot.chart.track_levels import Lines, block_of
from channelplot.chart.viewport import Viewport


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Counts, and what of them differs from those before.

    same_as: the counts before if this is the same array, changed only in rows; else None.
    """

    counts: Counts
    rows: slice
    is_same: bool


@dataclass(slots=True)
class _State:
    viewport: Viewport
    device_pixel_ratio: float
    counter: Counter
    blocks: dict[int, PlacedBlock] = field(default_factory=dict)
    lines: dict[int, Lines] = field(default_factory=dict)


class DensityMemory:
    """Remembers the counts of one view; any thread may ask, one at a time gains by it."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._state: _State | None = None
        self._lock = threading.Lock()

    def counted(
        self,
        blocks: Sequence[PlacedBlock],
        viewport: Viewport,
        cancel: Cancel,
        device_pixel_ratio: float = 1.0,
    ) -> Counted:
        """Return the passages through each pixel of a view, as ``density.counts_in`` has them.

        The array is changed when the next view is asked for: use it before that.
        """
        with self._lock:
            state, self._state = self._state, None
        is_known = (
            state is not None
            and state.viewport == viewport
            and state.device_pixel_ratio == device_pixel_ratio
        )
        if state is None or not is_known:
            state = _State(
                viewport, device_pixel_ratio, Counter(viewport, cancel, device_pixel_ratio)
            )
        rows = _brought_up_to_date(state, blocks, cancel)
        if not cancel.is_cancelled:
            with self._lock:
                self._state = state
        return Counted(state.counter.counts, rows, is_known)


def _brought_up_to_date(state: _State, blocks: Sequence[PlacedBlock], cancel: Cancel) -> slice:
    """Count what is new and take out what is gone; return the rows that may differ."""
    counter = state.counter
    counter.cancel = cancel
    near = {id(block): block for block in blocks if block.lines.is_near(counter.bounds_m)}
    gone = [key for key in state.blocks if key not in near]
    came = [key for key in near if key not in state.blocks]
    lines = {key: near[key].lines.lines(counter.pixel_m) for key in came}
    if not state.blocks:
        for each in lines.values():
            counter.add(each)
        changed = [slice(0, len(counter.counts.parts))]
    else:
        before = _by_uid([(state.blocks[key], state.lines[key]) for key in gone])
        after = _by_uid([(near[key], lines[key]) for key in came])
        out = [
            line for uid, line in before.items() if not np.array_equal(line, after.get(uid, _NONE))
        ]
        put = [
            line for uid, line in after.items() if not np.array_equal(line, before.get(uid, _NONE))
        ]
        changed = []
        for some, is_out in ((out, True), (put, False)):
            full = block_of(some).full
            counter.add(full, is_out=is_out)
            changed.append(counter.rows_of(full))
    for key in gone:
        del state.blocks[key], state.lines[key]
    state.blocks.update((key, near[key]) for key in came)
    state.lines.update(lines)
    filled = [each for each in changed if each.stop > each.start]
    if not filled:
        return slice(0, 0)
    return slice(min(each.start for each in filled), max(each.stop for each in filled))


def _by_uid(pairs: list[tuple[PlacedBlock, Lines]]) -> dict[str, Numbers]:
    return {
        entry.track.uid: lines.points_m[lines.starts[number] : lines.starts[number + 1]]
        for block, lines in pairs
        for number, entry in enumerate(block.tracks)
    }


_NONE = np.empty((0, 0))
