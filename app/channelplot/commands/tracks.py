"""Commands on tracks: start, amend, rename, set status, withdraw; and carrying over."""

from dataclasses import replace
from datetime import datetime

from channelplot.commands.command import Command, Entity
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.model.codes import TrackStatus
from channelplot.model.plot import Plot
from channelplot.model.track import StatusChange, Track


def start_track(track: Track) -> Command:
    """Return the command that adds a track.

    Refused if its uid is there already, or its name is empty or taken.
    """

    def edit(plot: Plot) -> Plot:
        if track.uid in plot.tracks:
            raise CommandRefused(RefusalReason.ALREADY_THERE, track.uid)
        _require_free_name(plot, track.uid, track.name)
        return plot.with_track(track)

    return Command("start_track", Entity.TRACK, track.uid, edit, track.name)


def amend_track(track_uid: str, *, name: str, note: str, launch_beach_uid: str | None) -> Command:
    """Return the command that changes a track's name, note and launch beach.

    Refused if there is no such track or beach, or the name is empty or taken. A beach that
    the track left from already may have been withdrawn since.
    """

    def edit(plot: Plot) -> Plot:
        track = _existing(plot, track_uid)
        _require_free_name(plot, track_uid, name)
        is_new = launch_beach_uid is not None and launch_beach_uid != track.launch_beach_uid
        if is_new and launch_beach_uid not in plot.beaches:
            raise CommandRefused(RefusalReason.NO_SUCH_BEACH, str(launch_beach_uid))
        return plot.with_track(
            replace(track, name=name, note=note, launch_beach_uid=launch_beach_uid)
        )

    return Command("amend_track", Entity.TRACK, track_uid, edit, name)


def set_status(
    track_uid: str, status: TrackStatus, *, change_uid: str, at_utc: datetime, reason: str = ""
) -> Command:
    """Return the command that gives a track a status from a time on.

    The change is kept with its time. Refused if there is no such track. A status the
    track has already changes nothing.
    """

    def edit(plot: Plot) -> Plot:
        track = _existing(plot, track_uid)
        if track.status is status:
            return plot
        change = StatusChange(change_uid, status, at_utc, reason)
        return plot.with_track(
            replace(track, status=status, status_changes=(*track.status_changes, change))
        )

    return Command("set_status", Entity.TRACK, track_uid, edit)


def withdraw_track(track_uid: str) -> Command:
    """Return the command that withdraws a track and its reports; the file keeps them.

    Refused if there is no such track.
    """

    def edit(plot: Plot) -> Plot:
        _existing(plot, track_uid)
        return plot.without_track(track_uid)

    return Command("withdraw_track", Entity.TRACK, track_uid, edit)


def carried_over(plot: Plot) -> Plot:
    """Return a new plot that holds the open tracks, their reports, the beaches and marks.

    What the next watch starts with: closed tracks and unattributed reports stay behind
    in the old plot, which is not changed.
    """
    carried = Plot(beaches=plot.beaches, marks=plot.marks, is_example=plot.is_example)
    for track in plot.tracks.values():
        if not track.is_closed:
            carried = carried.with_track(track)
    return carried


def _existing(plot: Plot, track_uid: str) -> Track:
    track = plot.tracks.get(track_uid)
    if track is None:
        raise CommandRefused(RefusalReason.NO_SUCH_TRACK, track_uid)
    return track


def _require_free_name(plot: Plot, track_uid: str, name: str) -> None:
    if not name.strip():
        raise CommandRefused(RefusalReason.NAME_EMPTY)
    if any(t.name == name and t.uid != track_uid for t in plot.tracks.values()):
        raise CommandRefused(RefusalReason.NAME_TAKEN, name)
