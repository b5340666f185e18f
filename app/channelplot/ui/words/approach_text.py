"""The words for a closest approach and for the watch over one."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from channelplot.analysis.closest_approach import Approaching, ClosestApproach
from channelplot.geodesy.text import distance_text, duration_text, zulu_text
from channelplot.model.approach_watch import ApproachWatch
from channelplot.model.plot import Plot
from channelplot.model.track import Track

translate: Final = QCoreApplication.translate


def approach_text(approach: ClosestApproach) -> str:
    """Return how close two craft come: ``0.33 NM 0325Z, 25 min``; ``2.10 NM, parting``."""
    closest, apart = approach.closest, distance_text(approach.now.distance_m)
    match approach.approaching:
        case Approaching.AHEAD:
            return translate("Approach", "{distance} {at}, {wait}").format(
                distance=distance_text(closest.distance_m),
                at=zulu_text(closest.at_utc),
                wait=duration_text(approach.tcpa_s),
            )
        case Approaching.CLOSING:
            return translate("Approach", "{apart}, closing").format(apart=apart)
        case Approaching.STEADY:
            return translate("Approach", "{apart}, steady").format(apart=apart)
        case _:
            return translate("Approach", "{apart}, parting").format(apart=apart)


def closest_text(approach: ClosestApproach) -> str:
    """Return the same in words: ``closest 0.33 NM at 0325Z``; ``2.10 NM, parting``."""
    if approach.approaching is not Approaching.AHEAD:
        return approach_text(approach)
    return translate("Approach", "closest {distance} at {at}").format(
        distance=distance_text(approach.closest.distance_m), at=zulu_text(approach.closest.at_utc)
    )


def watched_text(watch: ApproachWatch, approach: ClosestApproach | None, plot: Plot) -> str:
    """Return a watch with how close the two come now, and its limits.

    ``A and FERRY: 0.33 NM 0325Z, 25 min (1.00 NM, 30 min)``. approach: None if not known. Of one
    that rests because a craft of it is closed: ``A and FERRY: idle, A is closed (...)``.
    """
    first, second = _names(watch, plot)
    closed = [track.name for track in two_of(watch, plot) if track.is_closed]
    if closed:
        coming = translate("Approach", "idle, {name} is closed").format(name=closed[0])
    elif approach is None:
        coming = translate("Approach", "no recent position")
    else:
        coming = approach_text(approach)
    return translate(
        "Approach", "{first} and {second}: {coming} ({distance}, {minutes} min)"
    ).format(
        first=first,
        second=second,
        coming=coming,
        distance=distance_text(watch.distance_m),
        minutes=watch.within_min,
    )


def two_of(watch: ApproachWatch, plot: Plot) -> tuple[Track, ...]:
    """Return the tracks of a watch that the plot has, the first before the second."""
    uids = (watch.first_track_uid, watch.second_track_uid)
    return tuple(plot.tracks[uid] for uid in uids if uid in plot.tracks)


def watched_against(track: Track, plot: Plot) -> tuple[tuple[ApproachWatch, Track], ...]:
    """Return the watches of a craft against others that are open, each with the other."""
    return tuple(
        (watch, other)
        for watch in plot.approach_watches.values()
        for other in two_of(watch, plot)
        if track.uid in (watch.first_track_uid, watch.second_track_uid)
        and other.uid != track.uid
        and not other.is_closed
    )


def watch_text(watch: ApproachWatch, plot: Plot) -> str:
    """Return which two are watched, and their limits: ``A and FERRY: 1.00 NM within 30 min``."""
    first, second = _names(watch, plot)
    return translate("Approach", "{first} and {second}: {distance} within {minutes} min").format(
        first=first,
        second=second,
        distance=distance_text(watch.distance_m),
        minutes=watch.within_min,
    )


def _names(watch: ApproachWatch, plot: Plot) -> tuple[str, str]:
    tracks = plot.tracks
    first, second = tracks.get(watch.first_track_uid), tracks.get(watch.second_track_uid)
    return "?" if first is None else first.name, "?" if second is None else second.name
