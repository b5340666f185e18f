"""Lines thinned by scale, in blocks that share what did not change."""

import math

import numpy as np
import numpy.typing as npt
import pytest
import shapely

from channelplot.chart import track_levels
from channelplot.chart.cancel import NEVER, Cancel
from channelplot.chart.track_levels import (
    CELL_M,
    COARSEST_BAND,
    FULL_BELOW_M_PER_PX,
    KEPT_BANDS,
    THINNING_PX,
    Lines,
    Numbers,
    band_of,
    block_of,
)

EVERYWHERE = (-math.inf, -math.inf, math.inf, math.inf)


def walks(count: int = 12, points: int = 150, step_m: float = 60.0) -> list[Numbers]:
    dice = np.random.default_rng(count)
    return [
        dice.uniform(-20_000.0, 20_000.0, 2)
        + np.cumsum(dice.normal(20.0, step_m, (points, 2)), axis=0)
        for _ in range(count)
    ]


def line_of(lines: Lines, number: int) -> Numbers:
    return lines.points_m[lines.starts[number] : lines.starts[number + 1]]


@pytest.mark.parametrize("m_per_px", [3.0, 40.0, 150.0, 1000.0, 60_000.0])
def test_thinned_lines_are_within_half_a_pixel_of_the_full_ones(m_per_px: float) -> None:
    full = [*walks(), np.array([(5.0, 5.0)]), np.empty((0, 2))]
    lines = block_of(full).lines(m_per_px)
    for number, line in enumerate(full):
        thinned = line_of(lines, number)
        if len(line) < 2:
            assert thinned.tolist() == line.tolist()
            continue
        assert (thinned[[0, -1]] == line[[0, -1]]).all()
        farthest = shapely.distance(shapely.points(line), shapely.linestrings(thinned)).max()
        assert farthest <= THINNING_PX * m_per_px + 1e-6


def test_close_scales_keep_every_fix_and_far_ones_few() -> None:
    block = block_of(walks())
    assert block.lines(FULL_BELOW_M_PER_PX / 2.0) is block.full
    assert block.lines(400.0) is block.lines(400.0)
    assert len(block.lines(400.0).points_m) < len(block.full.points_m) / 3


def test_each_band_spans_a_factor_of_two() -> None:
    assert band_of(FULL_BELOW_M_PER_PX) == 1
    assert band_of(FULL_BELOW_M_PER_PX * 1.99) == 1
    assert band_of(FULL_BELOW_M_PER_PX * 2.0) == 2
    assert band_of(1e9) == band_of(1e8)


def test_a_block_with_one_line_replaced_is_the_one_made_anew() -> None:
    full = walks()
    block = block_of(full)
    scales = (1.0, 100.0, 700.0)
    for m_per_px in scales:
        block.lines(m_per_px)
    longer, new = np.vstack((full[3], full[3][-1] + 500.0)), walks(1)[0]
    changed = block.replaced({3: longer, 7: np.empty((0, 2))}, [new])
    anew = block_of([*full[:3], longer, *full[4:7], np.empty((0, 2)), *full[8:], new])
    assert changed.bounds_m == anew.bounds_m
    for m_per_px in scales:
        own, other = changed.lines(m_per_px), anew.lines(m_per_px)
        for number in range(len(full) + 1):
            assert line_of(own, number).tolist() == line_of(other, number).tolist()
        assert (own.piece_bounds_m == other.piece_bounds_m).all()
    assert line_of(block.full, 3).tolist() == full[3].tolist()


def test_only_legs_and_points_that_may_be_in_the_bounds_are_found() -> None:
    full = walks(40)
    lines = block_of(full).full
    bounds = (-3_000.0, -2_000.0, 4_000.0, 5_000.0)
    box = shapely.box(*bounds)
    rows = set(lines.leg_rows(bounds).tolist())
    legs = set(lines.leg_rows(EVERYWHERE).tolist())
    assert len(legs) == sum(len(line) - 1 for line in full)
    assert len(rows) < len(legs) / 2
    for row in legs - rows:
        assert not shapely.LineString(lines.points_m[row : row + 2]).intersects(box)
    points = lines.points_m
    inside = [
        row
        for row in range(len(points))
        if bounds[0] <= points[row, 0] <= bounds[2] and bounds[1] <= points[row, 1] <= bounds[3]
    ]
    assert lines.point_rows(bounds).tolist() == inside
    assert inside


def test_cells_hold_all_of_the_length_where_it_is() -> None:
    line = np.array([(-100.0, 10.0), (CELL_M * 3.0 + 500.0, 10.0)])
    cells, lengths_m = block_of([line]).cells
    assert sorted(cells[:, 0].tolist()) == [0, 1, 2]
    assert set(cells[:, 1].tolist()) == {0}
    assert lengths_m.sum() == pytest.approx(CELL_M * 3.0 + 600.0)
    west = block_of([line - (10.0 * CELL_M, 5.0 * CELL_M)]).cells[0]
    assert west[:, 0].min() == -10
    assert set(west[:, 1].tolist()) == {-5}
    assert len(block_of([]).cells[1]) == 0


def test_lines_that_would_hardly_be_shorter_are_not_thinned(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A few of the lines are tried, and the others left alone."""
    thinned: list[int] = []
    simplify = shapely.simplify

    def counting(
        lines: npt.NDArray[np.object_], tolerance: float, *, preserve_topology: bool
    ) -> npt.NDArray[np.object_]:
        thinned.append(len(lines))
        return simplify(lines, tolerance, preserve_topology=preserve_topology)

    monkeypatch.setattr(shapely, "simplify", counting)
    block = block_of(walks(100, points=60, step_m=3_000.0))
    assert block.lines(20.0) is block.full
    assert 0 < sum(thinned) < 50
    assert len(block_of(walks(100)).lines(20_000.0).points_m) < 3_000


def test_what_far_scales_need_can_be_made_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    block = block_of(walks(60))
    block.make_ready(NEVER)
    ready = [block.lines(FULL_BELOW_M_PER_PX * 2.0**band) for band in (COARSEST_BAND - 1, 8)]
    monkeypatch.setattr(track_levels, "_thinned", None)  # nothing is made any more
    block.make_ready(NEVER)
    assert ready == [block.lines(FULL_BELOW_M_PER_PX * 2.0**band) for band in (9, 8)]
    assert all(len(lines.points_m) < len(block.full.points_m) / 10 for lines in ready)


def test_a_cancelled_preparation_makes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    cancelled = Cancel()
    cancelled.cancel()
    made: list[object] = []
    monkeypatch.setattr(track_levels, "_thinned", lambda *asked: made.append(asked))
    block_of(walks(60)).make_ready(cancelled)
    assert made == []


def test_the_copies_for_far_scales_stay_whatever_else_is_looked_at() -> None:
    block = block_of(walks(60, points=200, step_m=900.0))
    far = block.lines(60_000.0)
    between = [FULL_BELOW_M_PER_PX * 2.0**band for band in range(COARSEST_BAND)]
    shares = [len(block.lines(m).points_m) / len(block.full.points_m) for m in between]
    assert sum(0.1 < share < 0.5 for share in shares) >= 1
    assert block.lines(60_000.0) is far
    large = [m for m, share in zip(between, shares, strict=True) if 0.1 < share < 0.5]
    for m_per_px in large[:KEPT_BANDS]:
        assert block.lines(m_per_px) is block.lines(m_per_px)
