"""A desk that runs for weeks does not grow: what is opened is let go of."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from channelplot.store.check import check
from helpers.made_up_plots import made_up_file
from helpers.operator import Operator
from helpers.soak import Figures, Soak, slope_kb

REPORTS: Final = 40
FIRST_LOOK: Final = 4
"""Cycles a round in the brief form; every second does a rarer thing, and so two of them."""
A_PLOT: Final = 175
"""Cycles on one plot in the full form, five times each of the rarer things."""
WARM_UP: Final = 10_000
"""Cycles until the caches of pictures of texts are as full as they get."""
HOURS: Final = 72.0
MOST_KB_AN_HOUR: Final = 1_024.0
SLACK: Final = {
    "wrappers": 60,
    "top_levels": 2,
    "qt_objects": 20,
    "threads": 1,
    "descriptors": 2,
    "python_objects": 8_000,
}
"""How far a count may be from the one it is compared with: caches of Qt and Python that fill."""


@pytest.fixture
def soak(operator: Operator, tmp_path: Path, cycles: Callable[[int, int], int]) -> Soak:
    """A desk on a made-up plot."""
    folder = tmp_path / "soak"
    folder.mkdir()
    start = made_up_file(tmp_path, REPORTS)
    return Soak(operator, folder, start, rests=cycles(2, 1))


def require_flat(before: Figures, after: Figures) -> None:
    """Every count is as it was, give or take what caches take."""
    was = before.counts()
    grown = {
        name: (was[name], count)
        for name, count in after.counts().items()
        if count - was[name] > SLACK[name]
    }
    assert grown == {}, f"grown, from and to: {grown}"


def test_the_same_work_again_and_again_leaves_nothing_behind(
    soak: Soak, cycles: Callable[[int, int], int], figure: Callable[[str], None]
) -> None:
    wanted = cycles(2 * FIRST_LOOK, 100_000)
    a_plot = FIRST_LOOK if wanted == 2 * FIRST_LOOK else A_PLOT
    samples: list[tuple[int, int]] = []
    first: Figures | None = None
    last: Figures | None = None
    for number in range(wanted):
        soak.works(number if a_plot == A_PLOT else number % a_plot)
        if (number + 1) % a_plot == 0:
            soak.opens_fresh_plot()
            last = soak.figures()
            if first is None and (number + 1 >= WARM_UP or a_plot != A_PLOT):
                first = last
            if number + 1 >= WARM_UP:
                samples.append((number + 1, last.resident_kb))
    assert first is not None
    assert last is not None
    require_flat(first, last)
    assert check(soak.operator.plot_path) == ()
    grown = ", ".join(
        f"{name} {was} to {last.counts()[name]}"
        for name, was in first.counts().items()
        if name not in ("python_objects", "qt_objects")
    )
    figure(f"{wanted} cycles, {soak.saved_acts} acts: {grown}")
    if len(samples) > 2:
        kb_an_hour = slope_kb(samples) * wanted / HOURS
        figure(f"memory {kb_an_hour:+.0f} kB/h if these were {HOURS:g} hours")
        assert kb_an_hour <= MOST_KB_AN_HOUR
