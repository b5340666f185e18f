"""The words for a closest approach and for the watch over one."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from channelplot.analysis.closest_approach import Approaching, ClosestApproach
from channelplot.geodesy.text import distance_text, duration_text, zulu_text
from channelplot.model.approach_watch import ApproachWatch
from channelplot.model.plot import Plot

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


def watch_text(watch: ApproachWatch, plot: Plot) -> str:
    """Return which two are watched, and their limits: ``A and FERRY: 1.00 NM within 30 min``."""
    tracks = plot.tracks
    first, second = tracks.get(watch.first_track_uid), tracks.get(watch.second_track_uid)
    return translate("Approach", "{first} and {second}: {distance} within {minutes} min").format(
        first="?" if first is None else first.name,
        second="?" if second is None else second.name,
        distance=distance_text(watch.distance_m),
        minutes=watch.within_min,
    )
