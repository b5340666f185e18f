"""The plot as it was after any act of its log."""

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from channelplot.errors import CommandRefused, NoPlotThen, SheetStateFault
from channelplot.model.change import difference
from channelplot.model.plot import Plot
from channelplot.snapshot.pages import in_order
from channelplot.store.act import ActRecord
from channelplot.store.as_known import known_after, known_at, require_whole_log
from channelplot.store.closed_file import loaded_from
from channelplot.store.geopackage import PlotFile
from helpers.builders import at
from helpers.every_command import EVERY_COMMAND
from unit.store.files import a_plot, edit

ACTS = 60


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "night.gpkg"


def worked_with(path: Path, seed: int, acts: int = ACTS) -> list[Plot]:
    """Do acts by lot in a new file; return the plot after each, the first one included."""
    dice = random.Random(seed)
    started = at("0100")
    plot = a_plot()
    file = PlotFile.create(path, plot, ActRecord("new_plot", "plot", "", "watch", started))
    plots = [file.load().plot]
    while len(plots) <= acts:
        name = dice.choice(sorted(EVERY_COMMAND))
        command = EVERY_COMMAND[name].allowed(plots[-1], dice)
        if command is None:
            continue
        try:
            after = command.edit(plots[-1])
        except CommandRefused:
            continue
        change = difference(plots[-1], after)
        if change.is_empty:
            continue
        act = ActRecord(
            command.label,
            command.entity.value,
            command.entity_uid,
            "watch",
            started + timedelta(minutes=len(plots)),
        )
        file.save(change, act)
        plots.append(after)
    file.close()
    return plots


@pytest.mark.parametrize("seed", range(3))
def test_each_state_is_found_again(path: Path, seed: int) -> None:
    plots = worked_with(path, seed)
    loaded = loaded_from(path)

    for seq, plot in enumerate(plots, 1):
        known = known_after(loaded, seq)
        assert known.act is not None
        assert known.act.seq == seq
        assert in_order(known.plot) == in_order(plot)


def test_a_time_is_answered_with_what_was_known_then(path: Path) -> None:
    plots = worked_with(path, 7, acts=10)
    loaded = loaded_from(path)

    known = known_at(loaded, at("0105") + timedelta(seconds=59))
    assert in_order(known.plot) == in_order(plots[5])
    assert known.act is not None
    assert known.act.seq == 6
    assert known_at(loaded, at("0600")).plot == loaded.plot
    with pytest.raises(NoPlotThen) as raised:
        known_at(loaded, at("0059"))
    assert raised.value.fault is SheetStateFault.BEFORE_LOG


def test_an_act_that_never_was_is_said(path: Path) -> None:
    worked_with(path, 1, acts=3)
    loaded = loaded_from(path)

    for seq in (0, -1, 5, 10**9):
        with pytest.raises(NoPlotThen) as raised:
            known_after(loaded, seq)
        assert raised.value.fault is SheetStateFault.NO_SUCH_ACT


def test_where_the_log_does_not_lead_back_nothing_is_guessed(path: Path) -> None:
    worked_with(path, 2, acts=5)
    loaded = loaded_from(path)
    last = loaded.acts[-1]
    torn = replace(last, after='{"tracks":{"gone":{}}}')
    broken = replace(loaded, acts=(*loaded.acts[:-1], torn))

    with pytest.raises(NoPlotThen) as raised:
        known_after(broken, 1)

    assert raised.value.fault is SheetStateFault.CANNOT_REWIND


def test_a_log_that_was_changed_proves_nothing(path: Path) -> None:
    worked_with(path, 3, acts=3)
    require_whole_log(path)
    edit(path, "UPDATE edit_log SET operator = 'somebody else' WHERE seq = 2")

    with pytest.raises(NoPlotThen) as raised:
        require_whole_log(path)

    assert raised.value.fault is SheetStateFault.LOG_CHANGED
