"""Commands on the limits that a desk loads: load, withdraw."""

from collections.abc import Callable
from typing import Final

from channelplot.commands.command import Command, Entity
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.model.limit import LoadedLimit
from channelplot.model.plot import Plot

FEWEST_OF_LINE: Final = 2
FEWEST_OF_AREA: Final = 4


def load_limits(limits: tuple[LoadedLimit, ...]) -> Command:
    """Return the command that adds the limits of a file, as one act.

    Refused, as a whole, if there is none, one is there already, or one is not sound
    (``require_sound``).
    """

    def edit(plot: Plot) -> Plot:
        if not limits:
            raise CommandRefused(RefusalReason.NO_LIMITS)
        for limit in limits:
            if limit.uid in plot.limits:
                raise CommandRefused(RefusalReason.ALREADY_THERE, limit.name)
            require_sound(limit)
            plot = plot.with_limit(limit)
        return plot

    if len(limits) == 1:
        only = limits[0]
        return Command("load_limits", Entity.LIMIT, only.uid, edit, only.name)
    return Command("load_limits", Entity.PLOT, "", edit, str(len(limits)))


def withdraw_limit(limit_uid: str, reason: str = "") -> Command:
    """Return the command that withdraws a limit; the file keeps it, marked withdrawn.

    Refused if there is no such limit.
    """

    def edit(plot: Plot) -> Plot:
        if limit_uid not in plot.limits:
            raise CommandRefused(RefusalReason.NO_SUCH_LIMIT, limit_uid)
        return plot.without_limit(limit_uid)

    return Command(
        "withdraw_limit",
        Entity.LIMIT,
        limit_uid,
        edit,
        reason=reason,
        name_of=_name_of(limit_uid),
    )


def require_sound(limit: LoadedLimit) -> None:
    """Refuse a limit without a name, with too few points, or that does not say whose it is.

    A line has two points or more and somebody on either hand; an area four or more, the last
    where the first is, and its owner.
    """
    if not limit.name.strip():
        raise CommandRefused(RefusalReason.NAME_EMPTY)
    if len(limit.points) < (FEWEST_OF_AREA if limit.is_area else FEWEST_OF_LINE):
        raise CommandRefused(RefusalReason.LIMIT_POINTS, limit.name)
    if limit.is_area and limit.points[0] != limit.points[-1]:
        raise CommandRefused(RefusalReason.AREA_OPEN, limit.name)
    if not limit.left.strip() or not (limit.is_area or limit.right.strip()):
        raise CommandRefused(RefusalReason.LIMIT_SIDES, limit.name)


def _name_of(limit_uid: str) -> Callable[[Plot], str]:
    def name_of(plot: Plot) -> str:
        limit = plot.limits.get(limit_uid)
        return limit.name if limit is not None else ""

    return name_of
