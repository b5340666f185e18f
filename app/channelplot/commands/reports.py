"""Commands on reports: add, move, amend, withdraw. Which track has them: ``claims.py``."""

from dataclasses import replace

from channelplot.commands.command import Command, Entity
from channelplot.commands.people import require_may_go, require_reason_for_people
from channelplot.commands.required import (
    name_of_report,
    name_of_track,
    required_report,
    required_unmerged,
)
from channelplot.commands.tracks import set_status, start_track
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.geodesy.position import Position
from channelplot.model.codes import PositionForm
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import StatusChange, Track


def add_report(
    report: Report, new_track: Track | None = None, change: StatusChange | None = None
) -> Command:
    """Return the command that adds a report, and with it the track it starts, if any.

    change: of the status of its track, because of what the report says. Refused if the report is
    there already, its track is not or was merged, the new track can't be started (see
    ``start_track``), or the status can't be given (see ``set_status``). Any craft may report
    people: an asset tells of those it has aboard.
    """

    def edit(plot: Plot) -> Plot:
        if plot.report(report.uid) is not None:
            raise CommandRefused(RefusalReason.ALREADY_THERE, report.uid)
        if new_track is not None:
            plot = start_track(new_track).edit(plot)
        if report.track_uid is not None:
            required_unmerged(plot, report.track_uid)
            if change is not None:
                plot = set_status(
                    report.track_uid,
                    change.status,
                    change_uid=change.uid,
                    at_utc=change.at_utc,
                    by=change.by,
                    reason=change.reason,
                ).edit(plot)
        return plot.with_report(report)

    if new_track is not None:
        return Command("start_track", Entity.REPORT, report.uid, edit, new_track.name)
    name_of = name_of_track(report.track_uid)
    return Command("add_report", Entity.REPORT, report.uid, edit, name_of=name_of)


def move_report(
    report_uid: str,
    position: Position,
    form: PositionForm,
    error_m: float | None,
    reason: str = "",
) -> Command:
    """Return the command that puts a report at another position, given in another form.

    error_m: radius of the new position's error circle, None when not known. The report's words,
    source and times stay. Refused if there is no such report.
    """

    def edit(plot: Plot) -> Plot:
        report = required_report(plot, report_uid)
        moved = replace(report, position=position, position_form=form, error_m=error_m)
        return plot.with_report(moved)

    name_of = name_of_report(report_uid)
    return Command("move_report", Entity.REPORT, report_uid, edit, reason=reason, name_of=name_of)


def amend_report(amended: Report, reason: str = "") -> Command:
    """Return the command that puts an amended report in place of the one with its uid.

    Refused if there is no such report, or its track is not there or was merged; and if it goes
    to another track, or to none, where ``give_reports`` would refuse it.
    """

    def edit(plot: Plot) -> Plot:
        before = required_report(plot, amended.uid)
        if amended.track_uid is not None:
            required_unmerged(plot, amended.track_uid)
        require_may_go(plot, (before,), amended.track_uid)
        after = plot.with_report(amended)
        if amended.track_uid is None and before.track_uid is not None:
            require_reason_for_people(plot, after, (before.track_uid,), reason)
        return after

    return Command(
        "amend_report",
        Entity.REPORT,
        amended.uid,
        edit,
        reason=reason,
        name_of=name_of_report(amended.uid),
    )


def withdraw_report(report_uid: str, reason: str = "") -> Command:
    """Return the command that withdraws a report; the file keeps it, marked withdrawn.

    Refused if there is no such report; and, without a reason, if people are looked for no longer
    because of it.
    """

    def edit(plot: Plot) -> Plot:
        report = required_report(plot, report_uid)
        after = plot.without_report(report_uid)
        if report.track_uid is not None:
            require_reason_for_people(plot, after, (report.track_uid,), reason)
        return after

    return Command(
        "withdraw_report",
        Entity.REPORT,
        report_uid,
        edit,
        reason=reason,
        name_of=name_of_report(report_uid),
    )
