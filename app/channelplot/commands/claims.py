"""Commands on claims: which reports tell of one boat. Give, split, merge.

A report is evidence and stays as it is; the track it belongs to is a claim, and these change
it. Tracks, legs and people follow from the reports, so nothing else has to be told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from channelplot.commands.command import Command, Entity
from channelplot.commands.merged_chartwork import with_chartwork_of
from channelplot.commands.people import require_may_go, require_reason_for_people
from channelplot.commands.required import (
    name_of_track,
    required_report,
    required_track,
    required_unmerged,
)
from channelplot.commands.tracks import start_track, with_status_change
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.model.codes import TrackStatus
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import StatusChange, Track


def give_reports(
    report_uids: Iterable[str],
    track_uid: str | None,
    *,
    new_track: Track | None = None,
    reason: str = "",
) -> Command:
    """Return the command that gives reports to another track, or to none.

    new_track: a track that is started for them, in place of track_uid. Refused if no report is
    named, one is not there, the track is not there or was merged, or the new track can't be
    started. Refused, too, if a boat's report that tells of people would go to a craft whose
    people are not accounted for, or the last report of an open boat to a closed one; and,
    without a reason, if people are looked for no longer because reports go to no track.
    """
    uids = tuple(dict.fromkeys(report_uids))
    target_uid = track_uid if new_track is None else new_track.uid

    def edit(plot: Plot) -> Plot:
        if not uids:
            raise CommandRefused(RefusalReason.NOTHING_CHOSEN)
        if new_track is not None:
            plot = start_track(new_track).edit(plot)
        if target_uid is not None:
            required_unmerged(plot, target_uid)
        reports = [required_report(plot, uid) for uid in uids]
        after = _given(plot, reports, target_uid)
        if target_uid is None:
            owners = [report.track_uid for report in reports if report.track_uid is not None]
            require_reason_for_people(plot, after, owners, reason)
        return after

    return Command(
        "give_reports",
        Entity.REPORT,
        uids[0] if uids else "",
        edit,
        new_track.name if new_track is not None else "",
        reason,
        name_of_track(target_uid),
    )


def split_track(track_uid: str, from_utc: datetime, new_track: Track, reason: str = "") -> Command:
    """Return the command that starts a track with what another's reports tell from a time on.

    Reports observed at that time go too. Refused if there is no such track, all of its reports
    would go or none, the new track can't be started, or it is of a craft whose people are not
    accounted for and would get a boat's report that tells of people.
    """

    def edit(plot: Plot) -> Plot:
        track = required_track(plot, track_uid)
        later = [report for report in track.reports if report.observed_at_utc >= from_utc]
        if not 0 < len(later) < len(track.reports):
            raise CommandRefused(RefusalReason.NOTHING_TO_SPLIT, track.name)
        return _given(start_track(new_track).edit(plot), later, new_track.uid)

    return Command("split_track", Entity.TRACK, track_uid, edit, new_track.name, reason)


def merge_tracks(
    track_uid: str,
    into_uid: str,
    *,
    change_uid: str,
    at_utc: datetime,
    by: str,
    reason: str = "",
) -> Command:
    """Return the command that merges a track into another, which gets its reports.

    The track stays in the plot, without reports, as the same boat as the other: so its name
    still finds the boat. Chartwork about it is about the other from then on: watched approaches,
    stream and wind for it alone, searches (``with_chartwork_of``). Refused if there are no such
    tracks, they are one and the same, or one was merged before. An open boat is not merged into a
    closed one, which would close it on another's evidence, nor a boat into a craft whose people
    are not accounted for.
    """

    def edit(plot: Plot) -> Plot:
        track, into = required_unmerged(plot, track_uid), required_unmerged(plot, into_uid)
        if track is into:
            raise CommandRefused(RefusalReason.SAME_TRACK, track.name)
        if into.is_closed and not track.is_closed:
            raise CommandRefused(RefusalReason.INTO_CLOSED, into.name, track.name)
        if track.has_people and not into.has_people:
            raise CommandRefused(RefusalReason.INTO_ASSET, track.name, into.name)
        plot = with_chartwork_of(_given(plot, track.reports, into_uid), track_uid, into_uid)
        change = StatusChange(change_uid, TrackStatus.SAME_AS, at_utc, reason.strip(), by.strip())
        merged = replace(plot.tracks[track_uid], same_as_uid=into_uid)
        return with_status_change(plot, merged, change)

    def name_of(plot: Plot) -> str:
        names = name_of_track(track_uid)(plot), name_of_track(into_uid)(plot)
        return " = ".join(names)

    return Command("merge_tracks", Entity.TRACK, track_uid, edit, reason=reason, name_of=name_of)


def _given(plot: Plot, reports: Sequence[Report], track_uid: str | None) -> Plot:
    """Return the plot in which a track has these reports too; each track is made anew once."""
    moved = {report.uid: report for report in reports if report.track_uid != track_uid}
    if not moved:
        return plot
    require_may_go(plot, moved.values(), track_uid)
    for source_uid in {report.track_uid for report in moved.values()}:
        staying = [r for r in _reports(plot, source_uid) if r.uid not in moved]
        plot = _with_reports(plot, source_uid, staying)
    arriving = [replace(report, track_uid=track_uid) for report in moved.values()]
    return _with_reports(plot, track_uid, [*_reports(plot, track_uid), *arriving])


def _reports(plot: Plot, track_uid: str | None) -> Sequence[Report]:
    return plot.unattributed if track_uid is None else plot.tracks[track_uid].reports


def _with_reports(plot: Plot, track_uid: str | None, reports: Sequence[Report]) -> Plot:
    in_order = tuple(sorted(reports, key=Report.time_order))
    if track_uid is None:
        return replace(plot, unattributed=in_order)
    return plot.with_track(replace(plot.tracks[track_uid], reports=in_order))
