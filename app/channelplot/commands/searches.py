"""Commands on planned searches: plan, withdraw."""

import math
from typing import Final

from channelplot.commands.command import Command, Entity
from channelplot.commands.required import (
    require_direction,
    require_distance,
    require_speed,
    required_unmerged,
)
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.model.plot import Plot
from channelplot.model.search import PlannedSearch

FEWEST_WAYPOINTS: Final = 2


def plan_search(search: PlannedSearch) -> Command:
    """Return the command that adds a search as it was planned.

    Refused if its uid is there already, its name is empty or another search's, the track that
    is searched for is not there or was merged into another, it has no legs, or its spacing,
    radius, sides, first leg or what the radius follows from are out of range.
    """

    def edit(plot: Plot) -> Plot:
        if search.uid in plot.searches:
            raise CommandRefused(RefusalReason.ALREADY_THERE, search.name)
        if not search.name.strip():
            raise CommandRefused(RefusalReason.NAME_EMPTY)
        if has_search_named(plot, search.name):
            raise CommandRefused(RefusalReason.NAME_TAKEN, search.name)
        if search.track_uid is not None:
            required_unmerged(plot, search.track_uid)
        if len(search.waypoints) < FEWEST_WAYPOINTS:
            raise CommandRefused(RefusalReason.NO_WAYPOINTS, search.name)
        require_distance(search.spacing_m, RefusalReason.SPACING_RANGE)
        for size_m in (search.radius_m, search.length_m, search.width_m):
            if size_m is not None:
                require_distance(size_m)
        require_speed(search.searcher_speed_kn)
        require_direction(search.first_leg_deg)
        _require_figures(search)
        return plot.with_search(search)

    return Command("plan_search", Entity.SEARCH, search.uid, edit, search.name)


def withdraw_search(search_uid: str, reason: str = "") -> Command:
    """Return the command that withdraws a search; the file keeps it, marked withdrawn.

    Refused if there is no such search.
    """

    def edit(plot: Plot) -> Plot:
        if search_uid not in plot.searches:
            raise CommandRefused(RefusalReason.NO_SUCH_SEARCH, search_uid)
        return plot.without_search(search_uid)

    def name_of(plot: Plot) -> str:
        search = plot.searches.get(search_uid)
        return search.name if search is not None else ""

    return Command(
        "withdraw_search", Entity.SEARCH, search_uid, edit, reason=reason, name_of=name_of
    )


def has_search_named(plot: Plot, name: str) -> bool:
    """Return whether a search of a plot has this name."""
    return any(search.name == name for search in plot.searches.values())


def _require_figures(search: PlannedSearch) -> None:
    figures = (
        search.drift_m,
        search.initial_error_m,
        search.searcher_error_m,
        search.drift_error_share,
    )
    are_sizes = all(0.0 <= figure < math.inf for figure in figures)
    if not are_sizes or not 0.0 < search.safety_factor < math.inf:
        raise CommandRefused(RefusalReason.SEARCH_FIGURES, search.name)
