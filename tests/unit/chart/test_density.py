"""Counting passages: against a slow count, to the part, and brought up to date as if anew."""

import math
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest

from channelplot.chart.cancel import Cancel
from channelplot.chart.density import PARTS, Counter, Counts, counts_in
from channelplot.chart.density_memory import DensityMemory
from channelplot.chart.placed import placed
from channelplot.chart.track_levels import block_of
from channelplot.chart.viewport import Viewport
from channelplot.geodesy.position import Position
from channelplot.model.plot import Plot
from helpers.builders import R1, R2, a_plot, a_report, a_track
from helpers.charts import CALAIS, STRAIT, view

WIDTH, HEIGHT = 60, 40
VIEW = Viewport(0.0, 0.0, 1.0, WIDTH, HEIGHT)

Points = npt.NDArray[np.float64]


def metres(*pixels: tuple[float, float]) -> Points:
    """Return pixels of VIEW as chart metres."""
    return np.array([(x - WIDTH / 2.0, HEIGHT / 2.0 - y) for x, y in pixels])


def counted(*lines_m: Points, cancel: Cancel | None = None) -> Counts:
    return counts_in([block_of(lines_m)], VIEW, cancel or Cancel())


def slowly(*lines_m: Points) -> Points:
    """Return the passages, found one middle at a time; lines larger than two pixels."""
    grid = np.zeros((HEIGHT + 2, WIDTH + 2))
    for line_m in lines_m:
        points = [(x + WIDTH / 2.0, HEIGHT / 2.0 - y) for x, y in line_m]
        for (x0, y0), (x1, y1) in pairwise(points):
            is_across = abs(x1 - x0) >= abs(y1 - y0)
            a0, b0, a1, b1 = (x0, y0, x1, y1) if is_across else (y0, x0, y1, x1)
            for cell in range(WIDTH if is_across else HEIGHT):
                middle = cell + 0.5
                if not min(a0, a1) <= middle < max(a0, a1):
                    continue
                beside = b0 + (b1 - b0) * (middle - a0) / (a1 - a0) - 0.5
                low = math.floor(beside)
                for place, part in ((low, 1.0 - (beside - low)), (low + 1, beside - low)):
                    row, column = (place, cell) if is_across else (cell, place)
                    if -1 <= row <= HEIGHT and -1 <= column <= WIDTH:
                        grid[row + 1, column + 1] += part
    return grid[1:-1, 1:-1]


def test_the_count_is_that_of_a_slow_one() -> None:
    dice = np.random.default_rng(5)
    lines = [dice.uniform(-45.0, 45.0, (9, 2)) for _ in range(40)]
    np.testing.assert_allclose(counted(*lines).passages, slowly(*lines), atol=40 * 9 / PARTS)
    assert counted(*lines).most > 2.0


def test_every_column_a_line_runs_through_has_one_passage_however_many_legs_it_has() -> None:
    few = metres((5.2, 7.0), (50.8, 21.3))
    share = np.linspace(0.0, 1.0, 400)[:, np.newaxis]
    many = few[0] + share * (few[1] - few[0])
    for line in (few, many, few[::-1]):
        columns = counted(line).parts.sum(axis=0)
        assert set(columns[5:51].tolist()) == {PARTS}
        assert columns.sum() == 46 * PARTS


def test_a_joint_counts_once_and_a_way_back_again() -> None:
    there = metres((5.0, 10.5), (20.5, 10.5), (40.0, 10.5))
    assert counted(there).parts[10, 5:40].tolist() == [PARTS] * 35
    back = np.concatenate((there, there[::-1]))
    assert counted(back).parts[10, 5:40].tolist() == [2 * PARTS] * 35


def test_two_pixels_share_a_passage_as_its_distance_from_them() -> None:
    parts = counted(metres((5.0, 10.75), (20.0, 10.75))).parts
    assert parts[10, 8] == 3 * PARTS // 4
    assert parts[11, 8] == PARTS // 4
    assert parts[9:13, 8].sum() == PARTS


def test_a_boat_that_lies_stopped_and_a_single_fix_count_one_at_their_end() -> None:
    stopped = metres((30.2, 20.2), (30.9, 21.4), (30.1, 20.9), (31.3, 21.6))
    single = metres((12.5, 8.5))
    counts = counted(stopped, single, np.empty((0, 2)))
    assert counts.parts[21, 31] == counts.parts[8, 12] == PARTS
    assert counts.parts.sum() == 2 * PARTS


def test_what_is_outside_the_view_is_not_counted_and_does_no_harm() -> None:
    outside = metres((-500.0, -500.0), (900.0, -500.0), (900.0, 700.0))
    assert counted(outside).most == 0.0
    through = metres((-1e5, 20.5), (1e5, 20.5))
    assert counted(through).parts.sum() == WIDTH * PARTS
    assert counted(metres((-0.5, 5.0), (-0.5, 35.0))).parts.sum() == 0


def test_a_dense_screen_has_a_finer_count() -> None:
    line = metres((5.0, 10.25), (20.0, 10.25))
    counts = counts_in([block_of([line])], VIEW, Cancel(), device_pixel_ratio=2.0)
    assert counts.parts.shape == (2 * HEIGHT, 2 * WIDTH)
    assert counts.parts[20, 10:40].tolist() == [PARTS] * 30


def test_counting_stops_when_it_is_cancelled() -> None:
    class Later(Cancel):
        def __init__(self) -> None:
            super().__init__()
            self.polls = 0

        @property
        def is_cancelled(self) -> bool:
            self.polls += 1
            return self.polls > 3

    dice = np.random.default_rng(7)
    lines = [dice.uniform(-30.0, 30.0, (200, 2)) for _ in range(300)]
    cancel = Later()
    part, whole = counted(*lines, cancel=cancel), counted(*lines)
    assert 0 < part.parts.sum() < whole.parts.sum()
    assert cancel.polls < 8


def test_what_is_taken_out_leaves_what_was_there_before() -> None:
    dice = np.random.default_rng(8)
    kept = block_of([dice.uniform(-30.0, 30.0, (50, 2)) for _ in range(20)]).full
    more = block_of([dice.uniform(-30.0, 30.0, (50, 2)), metres((4.0, 4.0))]).full
    counter = Counter(VIEW, Cancel())
    counter.add(kept)
    before = counter.counts.parts.copy()
    counter.add(more)
    assert (counter.counts.parts != before).any()
    rows = counter.rows_of(more)
    changed = np.flatnonzero((counter.counts.parts != before).any(axis=1))
    assert rows.start <= changed.min()
    assert changed.max() < rows.stop
    counter.add(more, is_out=True)
    assert (counter.counts.parts == before).all()


def a_crowd(count: int = 30) -> Plot:
    dice = np.random.default_rng(count)
    return a_plot(
        *(
            a_track(
                f"N{number}",
                [
                    a_report(f"02{minute:02d}", position=Position(float(lon), float(lat)))
                    for minute, (lon, lat) in enumerate(
                        dice.uniform((1.1, 50.8), (2.1, 51.2), (9, 2))
                    )
                ],
            )
            for number in range(count)
        )
    )


@pytest.mark.parametrize("size", [(320, 200), (90, 60)])
def test_counts_brought_up_to_date_are_those_counted_anew(size: tuple[int, int]) -> None:
    """A report added, a track withdrawn, another begun, all undone: the same array throughout."""
    memory, viewport, plot = DensityMemory(), view(STRAIT, *size), a_crowd()
    first = memory.counted(placed(plot).blocks, viewport, Cancel())
    assert not first.is_same
    uid = next(iter(plot.tracks))
    states = [
        plot.with_report(a_report("0300", position=Position(1.5, 51.0), track_uid=uid)),
        plot.without_track(uid),
        plot.with_track(a_track("NEW", [a_report("0100", position=at) for at in (R1, R2)])),
        plot,
    ]
    for state in states:
        before = first.counts.parts.copy()
        now = memory.counted(placed(state).blocks, viewport, Cancel())
        anew = counts_in((block.lines for block in placed(state).blocks), viewport, Cancel())
        assert now.is_same
        assert now.counts is first.counts
        assert (now.counts.parts == anew.parts).all()
        differ = np.flatnonzero((now.counts.parts != before).any(axis=1))
        assert now.rows.start <= differ.min()
        assert differ.max() < now.rows.stop


def test_another_view_and_a_count_that_was_cancelled_begin_anew() -> None:
    memory, plot = DensityMemory(), a_crowd()
    blocks = placed(plot).blocks
    cancelled = Cancel()
    cancelled.cancel()
    assert memory.counted(blocks, view(STRAIT), cancelled).counts.most == 0.0
    full = memory.counted(blocks, view(STRAIT), Cancel())
    assert not full.is_same
    assert full.counts.most > 0.0
    assert not memory.counted(blocks, view(CALAIS), Cancel()).is_same
