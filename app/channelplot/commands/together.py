"""Several commands as one act."""

from collections.abc import Sequence

from channelplot.commands.command import Command, Entity
from channelplot.model.plot import Plot


def together(label: str, commands: Sequence[Command], reason: str = "") -> Command:
    """Return the command that does all of them in order, as one act; at least one.

    Its name is how many there are; one alone keeps its own label, name and reason. Refused, as
    a whole, if one of them is.
    """

    def edit(plot: Plot) -> Plot:
        for command in commands:
            plot = command.edit(plot)
        return plot

    if len(commands) == 1:
        return commands[0]
    return Command(label, Entity.PLOT, "", edit, str(len(commands)), reason)
