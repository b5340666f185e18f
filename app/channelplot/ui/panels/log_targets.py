"""What the acts of the watch log are about, in the plot as it is now; no Qt."""

from collections.abc import Sequence

from channelplot.commands.required import survivor_of
from channelplot.model.plot import Plot


def worth_seeing(plot: Plot, uids: Sequence[str]) -> tuple[str, ...]:
    """Return what to select of what an act is about, the first to be looked at; () for nothing.

    uids: the nearest to the act first. All of its reports where they are that; else one thing
    that still is in the plot and has a place on the chart, which a merged track has not.
    """
    there = [uid for uid in uids if _is_there(plot, uid)]
    reports = tuple(uid for uid in there if plot.report(uid) is not None)
    if reports and there[0] == reports[0]:
        return reports
    for uid in there:
        track = plot.tracks.get(uid)
        if track is None or track.reports:
            return (uid,)
    return tuple(there[:1])


def with_merged(plot: Plot, track_uid: str) -> frozenset[str]:
    """Return the uid of a track and those of the tracks that became it."""
    merged = (
        track.uid
        for track in plot.tracks.values()
        if track.same_as_uid is not None
        and (survivor := survivor_of(plot, track)) is not None
        and survivor.uid == track_uid
    )
    return frozenset({track_uid, *merged})


def _is_there(plot: Plot, uid: str) -> bool:
    places = (plot.tracks, plot.beaches, plot.marks)
    return any(uid in place for place in places) or plot.report(uid) is not None
