"""What becomes of the chartwork about a track that is merged into another: that other has it."""

from dataclasses import replace

from channelplot.commands.approach_watches import watch_of_the_two
from channelplot.model.approach_watch import ApproachWatch
from channelplot.model.plot import Plot


def with_chartwork_of(plot: Plot, track_uid: str, into_uid: str) -> Plot:
    """Return the plot in which a track has the chartwork about one that is merged into it.

    Its watched approaches, the stream and wind for it alone and the searches for it. A watch of
    the two against each other ends; of two watches of the same pair the one that stood stays,
    with whatever limits raise an alert sooner. Predicted crossings stay as they were logged.
    """
    for entry in plot.conditions.values():
        if entry.track_uid == track_uid:
            plot = plot.with_conditions(replace(entry, track_uid=into_uid))
    for search in plot.searches.values():
        if search.track_uid == track_uid:
            plot = plot.with_search(replace(search, track_uid=into_uid))
    for watch in plot.approach_watches.values():
        if track_uid in (watch.first_track_uid, watch.second_track_uid):
            plot = _with_watch(plot, watch, track_uid, into_uid)
    return plot


def _with_watch(plot: Plot, watch: ApproachWatch, track_uid: str, into_uid: str) -> Plot:
    """Return the plot in which one watch of a track is of another, or has ended."""
    plot = plot.without_approach_watch(watch.uid)
    first, second = (
        into_uid if uid == track_uid else uid
        for uid in (watch.first_track_uid, watch.second_track_uid)
    )
    if first == second:
        return plot
    moved = replace(watch, first_track_uid=first, second_track_uid=second)
    standing = watch_of_the_two(plot, moved)
    if standing is None:
        return plot.with_approach_watch(moved)
    stricter = replace(
        standing,
        distance_m=max(standing.distance_m, watch.distance_m),
        within_min=max(standing.within_min, watch.within_min),
    )
    return plot.with_approach_watch(stricter)
