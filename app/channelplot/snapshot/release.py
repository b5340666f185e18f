"""Release copies: the plot with no more in it than somebody outside the desks may know.

What is left out is taken out of the plot before a page is laid out, so it can be nowhere in the
file: not drawn under something, not beyond the edge, not in a text or its metadata.
"""

from dataclasses import dataclass, replace
from typing import Final

from channelplot.geodesy.position import Position
from channelplot.model.codes import Craft
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import StatusChange, Track


@dataclass(frozen=True, slots=True)
class ReleaseProfile:
    """How much a release copy tells. grid_deg: positions are put on multiples of it, by angle."""

    code: str
    grid_deg: float


PROFILES: Final = {
    profile.code: profile
    for profile in (
        ReleaseProfile("tenth", 0.1),
        ReleaseProfile("minute", 1.0 / 60.0),
        ReleaseProfile("half", 0.5),
    )
}
"""By their code."""


def released(plot: Plot, profile: ReleaseProfile) -> Plot:
    """Return the plot as it may be shown: craft, status, times, numbers of people, rounded places.

    Tracks are numbered in place of their names, boats and others apart, in order of their making.
    Reports keep kind, times, people and rounded position; whatever was said, by whom, how it was
    written, callers and grades go. So do beaches and marks of the desk, searches, limits,
    conditions, log lines, reference layers and everything else that stands beside the tracks.
    """
    tracks: dict[str, Track] = {}
    counts = {True: 0, False: 0}
    in_order = sorted(plot.tracks.values(), key=lambda track: (track.created_at_utc, track.uid))
    for track in in_order:
        counts[track.has_people] += 1
        number = counts[track.has_people]
        tracks[track.uid] = _released_track(track, str(number), profile)
    return Plot(
        tracks={uid: tracks[uid] for uid in plot.tracks},
        unattributed=tuple(_released_report(report, profile) for report in plot.unattributed),
        is_example=plot.is_example,
    )


def on_grid(position: Position, grid_deg: float) -> Position:
    """Return the nearest place whose longitude and latitude are multiples of a step."""
    lon_deg, lat_deg = (
        round(round(angle_deg / grid_deg) * grid_deg, 9)
        for angle_deg in (position.lon_deg, position.lat_deg)
    )
    return Position(min(max(lon_deg, -180.0), 180.0), min(max(lat_deg, -90.0), 90.0))


def _released_track(track: Track, number: str, profile: ReleaseProfile) -> Track:
    return Track(
        uid=track.uid,
        name=f"{_BOAT if track.has_people else _LETTERS[track.craft]}{number}",
        craft=track.craft,
        created_at_utc=track.created_at_utc,
        status=track.status,
        same_as_uid=track.same_as_uid,
        status_changes=tuple(map(_released_change, track.status_changes)),
        reports=tuple(_released_report(report, profile) for report in track.reports),
    )


def _released_change(change: StatusChange) -> StatusChange:
    return StatusChange(
        uid=change.uid,
        status=change.status,
        at_utc=change.at_utc,
        unaccounted=change.unaccounted,
        unaccounted_children=change.unaccounted_children,
    )


def _released_report(report: Report, profile: ReleaseProfile) -> Report:
    position = report.position
    return replace(
        Report(
            uid=report.uid,
            kind=report.kind,
            observed_at_utc=report.observed_at_utc,
            received_at_utc=report.received_at_utc,
            logged_at_utc=report.logged_at_utc,
            track_uid=report.track_uid,
        ),
        position=None if position is None else on_grid(position, profile.grid_deg),
        people=report.people,
    )


_BOAT: Final = "#"
"""Stands before the number of a boat: a bare 1 beside ``47 POB`` could be read as 147."""
_LETTERS: Final = {
    Craft.SMALL_BOAT: "",
    Craft.RESCUE_VESSEL: "R",
    Craft.AIRCRAFT: "A",
    Craft.MERCHANT_VESSEL: "M",
    Craft.OTHER: "X",
}
"""What stands before the number of a track that is not a boat whose people are counted."""
