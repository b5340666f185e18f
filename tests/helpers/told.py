"""What the watch log says of commands done to a plot in a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from channelplot.commands.command import Command
from channelplot.geodesy.text import position_text
from channelplot.model.plot import Plot
from channelplot.store.geopackage import PlotFile
from channelplot.store.log import LoggedAct
from channelplot.ui.log.facts import Names
from channelplot.ui.log.log_text import Detail, Entry, LogWords
from helpers.clock import FixedClock
from helpers.opened import open_plot


@dataclass(frozen=True)
class Told:
    """One act of the log: as it stands there, in words, and its fields."""

    act: LoggedAct
    entry: Entry
    details: tuple[Detail, ...]

    @property
    def words(self) -> str:
        return self.entry.words


def told_of(acts: Iterable[LoggedAct]) -> list[Told]:
    """What a log says of every act in it."""
    acts = list(acts)
    names = Names()
    for act in acts:
        names.note(act)
    words = LogWords(names, position_text)
    return [Told(act, words.entry(act), tuple(words.details(act))) for act in acts]


def log_of(
    folder: Path, plot: Plot, *commands: Command, clock: FixedClock, back_and_forth: bool = False
) -> list[Told]:
    """What the log of a new file says of commands done to a plot, after the act that made it.

    back_and_forth: each is undone and done again, but for the program's own.
    """
    opened = open_plot(plot, clock=clock, folder=folder)
    for command in commands:
        assert opened.document.apply(command), f"{command.label} changes nothing"
        if back_and_forth and not command.is_by_program:
            assert opened.document.undo()
            assert opened.document.redo()
    opened.document.close()
    file = PlotFile.open(opened.store.path)
    told = told_of(file.load().acts)
    file.close()
    return told[1:]
