"""Commands on launch beaches: add, amend, move, withdraw."""

from collections.abc import Callable
from dataclasses import replace

from channelplot.commands.command import Command, Entity
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.geodesy.position import Position
from channelplot.model.beach import Beach
from channelplot.model.plot import Plot


def add_beach(beach: Beach) -> Command:
    """Return the command that adds a beach. Refused if its uid or name is taken."""

    def edit(plot: Plot) -> Plot:
        if beach.uid in plot.beaches:
            raise CommandRefused(RefusalReason.ALREADY_THERE, beach.name)
        _require_free_name(plot, beach)
        return plot.with_beach(beach)

    return Command("add_beach", Entity.BEACH, beach.uid, edit, beach.name)


def amend_beach(amended: Beach, reason: str = "") -> Command:
    """Return the command that puts an amended beach in place of the one with its uid.

    Refused if there is no such beach, or the name is empty or taken.
    """

    def edit(plot: Plot) -> Plot:
        _existing(plot, amended.uid)
        _require_free_name(plot, amended)
        return plot.with_beach(amended)

    return Command("amend_beach", Entity.BEACH, amended.uid, edit, amended.name, reason)


def move_beach(beach_uid: str, position: Position) -> Command:
    """Return the command that puts a beach at another position. Refused if there is none."""

    def edit(plot: Plot) -> Plot:
        return plot.with_beach(replace(_existing(plot, beach_uid), position=position))

    return Command("move_beach", Entity.BEACH, beach_uid, edit, name_of=_name_of(beach_uid))


def withdraw_beach(beach_uid: str, reason: str = "") -> Command:
    """Return the command that withdraws a beach; the file keeps it, marked withdrawn.

    Tracks that left from it keep saying so. Refused if there is no such beach.
    """

    def edit(plot: Plot) -> Plot:
        _existing(plot, beach_uid)
        return plot.without_beach(beach_uid)

    return Command(
        "withdraw_beach",
        Entity.BEACH,
        beach_uid,
        edit,
        reason=reason,
        name_of=_name_of(beach_uid),
    )


def _name_of(beach_uid: str) -> Callable[[Plot], str]:
    def name_of(plot: Plot) -> str:
        beach = plot.beaches.get(beach_uid)
        return beach.name if beach is not None else ""

    return name_of


def _existing(plot: Plot, beach_uid: str) -> Beach:
    beach = plot.beaches.get(beach_uid)
    if beach is None:
        raise CommandRefused(RefusalReason.NO_SUCH_BEACH, beach_uid)
    return beach


def _require_free_name(plot: Plot, beach: Beach) -> None:
    if not beach.name.strip():
        raise CommandRefused(RefusalReason.NAME_EMPTY)
    if any(b.name == beach.name and b.uid != beach.uid for b in plot.beaches.values()):
        raise CommandRefused(RefusalReason.NAME_TAKEN, beach.name)
