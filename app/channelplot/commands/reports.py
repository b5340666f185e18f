"""Commands on reports: add, move, amend, attribute, withdraw."""

from dataclasses import replace

from channelplot.commands.command import Command, Entity
from channelplot.commands.tracks import start_track
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.geodesy.position import Position
from channelplot.model.codes import PositionForm
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track


def add_report(report: Report, new_track: Track | None = None) -> Command:
    """Return the command that adds a report, and with it the track it starts, if any.

    Refused if the report is there already, its track is not, or the new track can't be
    started (see ``start_track``).
    """

    def edit(plot: Plot) -> Plot:
        if plot.report(report.uid) is not None:
            raise CommandRefused(RefusalReason.ALREADY_THERE, report.uid)
        if new_track is not None:
            plot = start_track(new_track).edit(plot)
        if report.track_uid is not None and report.track_uid not in plot.tracks:
            raise CommandRefused(RefusalReason.NO_SUCH_TRACK, report.track_uid)
        return plot.with_report(report)

    label = "add_report" if new_track is None else "start_track"
    return Command(label, Entity.REPORT, report.uid, edit, new_track.name if new_track else "")


def move_report(
    report_uid: str, position: Position, form: PositionForm, error_m: float | None
) -> Command:
    """Return the command that puts a report at another position, given in another form.

    error_m: radius of the new position's error circle, None when not known. The report's words,
    source and times stay. Refused if there is no such report.
    """

    def edit(plot: Plot) -> Plot:
        report = _existing(plot, report_uid)
        moved = replace(report, position=position, position_form=form, error_m=error_m)
        return plot.with_report(moved)

    return Command("move_report", Entity.REPORT, report_uid, edit)


def amend_report(amended: Report) -> Command:
    """Return the command that puts an amended report in place of the one with its uid.

    Refused if there is no such report or no such track.
    """

    def edit(plot: Plot) -> Plot:
        _existing(plot, amended.uid)
        if amended.track_uid is not None and amended.track_uid not in plot.tracks:
            raise CommandRefused(RefusalReason.NO_SUCH_TRACK, amended.track_uid)
        return plot.with_report(amended)

    return Command("amend_report", Entity.REPORT, amended.uid, edit)


def attribute_report(report_uid: str, track_uid: str | None) -> Command:
    """Return the command that moves a report to another track, or to none.

    Refused if there is no such report or no such track.
    """

    def edit(plot: Plot) -> Plot:
        report = _existing(plot, report_uid)
        if track_uid is not None and track_uid not in plot.tracks:
            raise CommandRefused(RefusalReason.NO_SUCH_TRACK, track_uid)
        return plot.with_report(replace(report, track_uid=track_uid))

    return Command("attribute_report", Entity.REPORT, report_uid, edit)


def withdraw_report(report_uid: str) -> Command:
    """Return the command that withdraws a report; the file keeps it, marked withdrawn.

    Refused if there is no such report.
    """

    def edit(plot: Plot) -> Plot:
        _existing(plot, report_uid)
        return plot.without_report(report_uid)

    return Command("withdraw_report", Entity.REPORT, report_uid, edit)


def _existing(plot: Plot, report_uid: str) -> Report:
    report = plot.report(report_uid)
    if report is None:
        raise CommandRefused(RefusalReason.NO_SUCH_REPORT, report_uid)
    return report
