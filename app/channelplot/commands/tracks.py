"""Commands on tracks: start, amend, set status, withdraw; and carrying over.

How a boat is closed, and opened again: ``closing.py``.
"""

import math
from dataclasses import replace
from datetime import datetime

from channelplot.analysis.ledger import ledger_of
from channelplot.commands.beaches import add_beach
from channelplot.commands.command import Command, Entity
from channelplot.commands.people import require_reason_for_people
from channelplot.commands.required import (
    name_of_track,
    require_free_name,
    required_track,
    required_unmerged,
    with_those_merged_into,
)
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.model.beach import Beach
from channelplot.model.codes import CLOSED_STATUSES, TrackStatus
from channelplot.model.plot import Plot
from channelplot.model.track import StatusChange, Track


def start_track(track: Track) -> Command:
    """Return the command that adds a track.

    Refused if its uid is there already, its name is empty or taken, or its speed when it is
    sent is not more than nought; and if it is a boat that is closed already, which needs
    evidence (``close_track``).
    """

    def edit(plot: Plot) -> Plot:
        if track.uid in plot.tracks:
            raise CommandRefused(RefusalReason.ALREADY_THERE, track.uid)
        require_free_name(plot, track.uid, track.name)
        _require_speed(track)
        if track.has_people and track.is_closed:
            raise CommandRefused(RefusalReason.NEEDS_EVIDENCE, track.name)
        return plot.with_track(track)

    return Command("start_track", Entity.TRACK, track.uid, edit, track.name)


def amend_track(amended: Track, reason: str = "", *, new_beach: Beach | None = None) -> Command:
    """Return the command that takes a track's record over from an amended track with its uid.

    Its reports, status and what became of it stay the plot's. new_beach: one that is added to
    the plot first, because the track left from it. Refused if there is no such track or beach,
    the beach can't be added, the name is empty or taken, or the speed when it is sent is not
    more than nought; a beach that the track left from already may have been withdrawn since.
    Refused, too, if it makes a craft whose people are
    not accounted for of a boat that has people unaccounted for: they would be lost from sight;
    or a boat of a closed craft that was not, which nobody had to give evidence to close.
    """

    def edit(plot: Plot) -> Plot:
        if new_beach is not None:
            plot = add_beach(new_beach).edit(plot)
        track = required_track(plot, amended.uid)
        require_free_name(plot, track.uid, amended.name)
        _require_speed(amended)
        is_new = amended.launch_beach_uid not in {None, track.launch_beach_uid}
        if is_new and amended.launch_beach_uid not in plot.beaches:
            raise CommandRefused(RefusalReason.NO_SUCH_BEACH, str(amended.launch_beach_uid))
        if track.has_people and not amended.has_people and not _is_settled(track):
            raise CommandRefused(RefusalReason.PEOPLE_UNACCOUNTED, track.name)
        is_closed = track.is_closed and track.same_as_uid is None
        if amended.has_people and not track.has_people and is_closed:
            raise CommandRefused(RefusalReason.REOPEN_FIRST, track.name)
        return plot.with_track(
            replace(
                amended,
                created_at_utc=track.created_at_utc,
                created_by=track.created_by,
                status=track.status,
                status_changes=track.status_changes,
                same_as_uid=track.same_as_uid,
                reports=track.reports,
            )
        )

    return Command("amend_track", Entity.TRACK, amended.uid, edit, amended.name, reason)


def set_status(
    track_uid: str,
    status: TrackStatus,
    *,
    change_uid: str,
    at_utc: datetime,
    by: str,
    reason: str = "",
) -> Command:
    """Return the command that gives a track a status from a time on.

    The change is kept with its time. Refused if there is no such track or it was merged; and if
    the status closes a boat, which needs evidence (``close_track``), or says that a track is
    the same as another (``merge_tracks``). A status the track has already changes nothing.
    """

    def edit(plot: Plot) -> Plot:
        track = required_track(plot, track_uid)
        if track.status is status:
            return plot
        required_unmerged(plot, track_uid)
        is_closing = status in CLOSED_STATUSES and track.has_people
        if is_closing or status is TrackStatus.SAME_AS:
            raise CommandRefused(RefusalReason.NEEDS_EVIDENCE, track.name)
        change = StatusChange(change_uid, status, at_utc, reason.strip(), by.strip())
        return with_status_change(plot, track, change)

    return Command(
        "set_status",
        Entity.TRACK,
        track_uid,
        edit,
        reason=reason,
        name_of=name_of_track(track_uid),
    )


def withdraw_track(track_uid: str, reason: str = "") -> Command:
    """Return the command that withdraws a track and its reports; the file keeps them.

    The tracks that were merged into it, which are other names of the same boat, go with it.
    Refused if there is no such track; and, without a reason, if people of it are unaccounted for.
    """

    def edit(plot: Plot) -> Plot:
        required_track(plot, track_uid)
        after = plot
        for uid in with_those_merged_into(plot, track_uid):
            after = after.without_track(uid)
        require_reason_for_people(plot, after, (track_uid,), reason)
        return after

    return Command(
        "withdraw_track",
        Entity.TRACK,
        track_uid,
        edit,
        reason=reason,
        name_of=name_of_track(track_uid),
    )


def with_status_change(plot: Plot, track: Track, change: StatusChange) -> Plot:
    """Return the plot with a track, given the status of a change, which is kept with it.

    Refused if the plot has a change with its uid.
    """
    if any(one.uid == change.uid for t in plot.tracks.values() for one in t.status_changes):
        raise CommandRefused(RefusalReason.ALREADY_THERE, change.uid)
    changes = (*track.status_changes, change)
    return plot.with_track(replace(track, status=change.status, status_changes=changes))


def carried_over(plot: Plot) -> Plot:
    """Return a new plot that holds the open tracks, their reports, the beaches and marks.

    What the next watch starts with: closed tracks and unattributed reports stay behind in the
    old plot, which is not changed. Limits and reference layers are carried over, and the
    conditions, watched approaches, searches and predicted crossings that are about none of those
    left behind. Where the files of reference layers are is told as from the old plot.
    """
    carried = Plot(
        beaches=plot.beaches,
        marks=plot.marks,
        limits=plot.limits,
        reference_layers=plot.reference_layers,
        is_example=plot.is_example,
    )
    for track in plot.tracks.values():
        if not track.is_closed:
            carried = carried.with_track(track)
    kept = {None, *carried.tracks}
    for entry in plot.conditions.values():
        if entry.track_uid in kept:
            carried = carried.with_conditions(entry)
    for watch in plot.approach_watches.values():
        if {watch.first_track_uid, watch.second_track_uid} <= kept:
            carried = carried.with_approach_watch(watch)
    for search in plot.searches.values():
        if search.track_uid in kept:
            carried = carried.with_search(search)
    for crossing in plot.predicted_crossings.values():
        if crossing.track_uid in kept:
            carried = carried.with_predicted_crossing(crossing)
    return carried


def _require_speed(track: Track) -> None:
    if track.speed_kn is not None and not 0.0 < track.speed_kn < math.inf:
        raise CommandRefused(RefusalReason.SPEED_OF_CRAFT, track.name)


def _is_settled(track: Track) -> bool:
    ledger = ledger_of(track)
    return ledger.is_reconciled or ledger.is_explained
