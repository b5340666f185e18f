"""Commands on watched approaches: watch, end the watch."""

from collections.abc import Callable

from channelplot.commands.command import Command, Entity
from channelplot.commands.required import (
    name_of_track,
    require_distance,
    required_unmerged,
)
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.model.approach_watch import ApproachWatch
from channelplot.model.plot import Plot


def watch_approach(watch: ApproachWatch) -> Command:
    """Return the command that has the closest approach of two tracks watched.

    It takes the place of a watch of the same two, in whichever order. Refused if its uid is
    another watch's, the two are one, either is not there or was merged into another, or the
    distance or the minutes are not more than nought.
    """

    def edit(plot: Plot) -> Plot:
        first = required_unmerged(plot, watch.first_track_uid)
        second = required_unmerged(plot, watch.second_track_uid)
        if first is second:
            raise CommandRefused(RefusalReason.APPROACH_TO_ITSELF, first.name)
        require_distance(watch.distance_m)
        if watch.within_min <= 0:
            raise CommandRefused(RefusalReason.MINUTES_RANGE, str(watch.within_min))
        before = watch_of_the_two(plot, watch)
        if before is not None:
            plot = plot.without_approach_watch(before.uid)
        if watch.uid in plot.approach_watches:
            raise CommandRefused(RefusalReason.ALREADY_THERE, watch.uid)
        return plot.with_approach_watch(watch)

    return Command(
        "watch_approach",
        Entity.APPROACH_WATCH,
        watch.uid,
        edit,
        name_of=names_of_two(watch),
    )


def end_approach_watch(watch_uid: str) -> Command:
    """Return the command that ends a watch; the file keeps it, marked withdrawn.

    Refused if there is no such watch.
    """

    def edit(plot: Plot) -> Plot:
        if watch_uid not in plot.approach_watches:
            raise CommandRefused(RefusalReason.NO_SUCH_APPROACH_WATCH, watch_uid)
        return plot.without_approach_watch(watch_uid)

    return Command(
        "end_approach_watch",
        Entity.APPROACH_WATCH,
        watch_uid,
        edit,
        name_of=names_of_watch(watch_uid),
    )


def watch_of_the_two(plot: Plot, watch: ApproachWatch) -> ApproachWatch | None:
    """Return the watch that a plot has of the two tracks of a watch, None if it has none."""
    two = {watch.first_track_uid, watch.second_track_uid}
    watches = plot.approach_watches.values()
    return next((w for w in watches if {w.first_track_uid, w.second_track_uid} == two), None)


def names_of_two(watch: ApproachWatch) -> Callable[[Plot], str]:
    """Return a function that returns the names of a watch's tracks in a plot: ``A / FERRY``."""

    def name_of(plot: Plot) -> str:
        uids = (watch.first_track_uid, watch.second_track_uid)
        return " / ".join(filter(None, (name_of_track(uid)(plot) for uid in uids)))

    return name_of


def names_of_watch(watch_uid: str) -> Callable[[Plot], str]:
    """Return a function that returns those names of the watch with this uid, if it is there."""

    def name_of(plot: Plot) -> str:
        watch = plot.approach_watches.get(watch_uid)
        return names_of_two(watch)(plot) if watch is not None else ""

    return name_of
