"""What a command needs of the plot it edits: returned, or refused if it is not so."""

import math
from collections.abc import Callable

from channelplot.errors import CommandRefused, RefusalReason
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track
from channelplot.reading.names import survivor


def required_track(plot: Plot, track_uid: str) -> Track:
    """Return the track with this uid. Refused if there is none."""
    track = plot.tracks.get(track_uid)
    if track is None:
        raise CommandRefused(RefusalReason.NO_SUCH_TRACK, track_uid)
    return track


def required_unmerged(plot: Plot, track_uid: str) -> Track:
    """Return the track with this uid, which may have reports. Refused if it was merged."""
    track = required_track(plot, track_uid)
    if track.same_as_uid is not None:
        survivor = survivor_of(plot, track)
        raise CommandRefused(
            RefusalReason.MERGED, track.name, survivor.name if survivor is not None else "?"
        )
    return track


def required_report(plot: Plot, report_uid: str) -> Report:
    """Return the report with this uid. Refused if there is none."""
    report = plot.report(report_uid)
    if report is None:
        raise CommandRefused(RefusalReason.NO_SUCH_REPORT, report_uid)
    return report


def require_free_name(plot: Plot, track_uid: str, name: str) -> None:
    """Refuse a track's name that is empty or another track's."""
    if not name.strip():
        raise CommandRefused(RefusalReason.NAME_EMPTY)
    if any(t.name == name and t.uid != track_uid for t in plot.tracks.values()):
        raise CommandRefused(RefusalReason.NAME_TAKEN, name)


def require_direction(direction_deg: float | None) -> None:
    """Refuse a direction that is not 0 to 360 degrees; None is none."""
    if direction_deg is not None and not 0.0 <= direction_deg <= 360.0:
        raise CommandRefused(RefusalReason.DIRECTION_RANGE, f"{direction_deg:g}")


def require_speed(speed_kn: float | None) -> None:
    """Refuse a speed or rate that is not nought or more; None is none."""
    if speed_kn is not None and not 0.0 <= speed_kn < math.inf:
        raise CommandRefused(RefusalReason.SPEED_RANGE, f"{speed_kn:g}")


def require_distance(
    distance_m: float, reason: RefusalReason = RefusalReason.DISTANCE_RANGE
) -> None:
    """Refuse a distance that is not more than nought, for a reason."""
    if not 0.0 < distance_m < math.inf:
        raise CommandRefused(reason, f"{distance_m:g}")


def survivor_of(plot: Plot, track: Track) -> Track | None:
    """Return the track that a merged one was merged into, and that one into, to the last.

    The track itself if it was not merged; None if one of them is no longer in the plot.
    """
    found = survivor(track, plot.tracks)
    return found if found.same_as_uid is None else None


def with_those_merged_into(plot: Plot, track_uid: str) -> frozenset[str]:
    """Return the uids of a track and of those that were merged into it, directly or not."""
    found, size = {track_uid}, 0
    while len(found) > size:
        size = len(found)
        found |= {track.uid for track in plot.tracks.values() if track.same_as_uid in found}
    return frozenset(found)


def name_of_track(track_uid: str | None) -> Callable[[Plot], str]:
    """Return a function that returns a track's name in a plot; nothing if it is not there."""

    def name_of(plot: Plot) -> str:
        track = plot.tracks.get(track_uid) if track_uid is not None else None
        return track.name if track is not None else ""

    return name_of


def name_of_report(report_uid: str) -> Callable[[Plot], str]:
    """Return a function that returns the name of the track that has a report; or nothing."""

    def name_of(plot: Plot) -> str:
        report = plot.report(report_uid)
        return name_of_track(report.track_uid)(plot) if report is not None else ""

    return name_of
