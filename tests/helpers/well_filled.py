"""A plot file that every kind of act has been done to."""

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from channelplot.model.change import difference
from channelplot.model.plot import Plot
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from helpers.builders import an_acknowledgement, at
from helpers.every_command import EVERY_COMMAND
from helpers.full_plot import full_plot
from unit.store.files import an_act


def plots_after(plot: Plot, count: int, dice: random.Random) -> Iterator[tuple[Plot, str]]:
    """Yield plots, each one act further than the one before, and the act's label."""
    names = sorted(EVERY_COMMAND)
    for _ in range(count):
        command = None
        while command is None or difference(plot, command.edit(plot)).is_empty:
            command = EVERY_COMMAND[dice.choice(names)].allowed(plot, dice)
        plot = command.edit(plot)
        yield plot, command.label


def well_filled(path: Path, count: int, seed: int = 20260915) -> Path:
    """Make a plot file with so many acts in it, by lot, and close it; return its path."""
    plot = full_plot()
    plot = plot.with_acknowledgement(an_acknowledgement(next(iter(plot.tracks))))
    with closing(PlotFile.create(path, plot, an_act())) as file:
        for new, label in plots_after(plot, count, random.Random(seed)):
            file.save(difference(plot, new), ActRecord(label, "plot", "", "watch", at("0500")))
            plot = new
    return path
