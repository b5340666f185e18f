"""Commands on the free lines of the watch log: add, amend, withdraw."""

from dataclasses import replace

from channelplot.commands.command import Command, Entity
from channelplot.commands.required import name_of_track, required_track
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.model.log_line import LogLine
from channelplot.model.plot import Plot


def add_log_line(line: LogLine) -> Command:
    """Return the command that writes a line into the watch log.

    Refused if its uid is there already, it has no words, or the track it is about is not there.
    """

    def edit(plot: Plot) -> Plot:
        if line.uid in plot.log_lines:
            raise CommandRefused(RefusalReason.ALREADY_THERE, line.uid)
        if line.track_uid is not None:
            required_track(plot, line.track_uid)
        return plot.with_log_line(_tidy(line))

    name_of = name_of_track(line.track_uid)
    return Command("add_log_line", Entity.LOG_LINE, line.uid, edit, name_of=name_of)


def amend_log_line(amended: LogLine, reason: str = "") -> Command:
    """Return the command that puts an amended line in place of the one with its uid.

    Refused if there is no such line, it has no words, or the track it is about now is not
    there; the one that it was about already may have been withdrawn since.
    """

    def edit(plot: Plot) -> Plot:
        line = _required_line(plot, amended.uid)
        if amended.track_uid is not None and amended.track_uid != line.track_uid:
            required_track(plot, amended.track_uid)
        return plot.with_log_line(_tidy(amended))

    return Command(
        "amend_log_line",
        Entity.LOG_LINE,
        amended.uid,
        edit,
        reason=reason,
        name_of=name_of_track(amended.track_uid),
    )


def withdraw_log_line(line_uid: str, reason: str = "") -> Command:
    """Return the command that withdraws a line of the log; the file keeps it, marked withdrawn.

    Refused if there is no such line.
    """

    def edit(plot: Plot) -> Plot:
        _required_line(plot, line_uid)
        return plot.without_log_line(line_uid)

    def name_of(plot: Plot) -> str:
        line = plot.log_lines.get(line_uid)
        return name_of_track(line.track_uid)(plot) if line is not None else ""

    return Command(
        "withdraw_log_line", Entity.LOG_LINE, line_uid, edit, reason=reason, name_of=name_of
    )


def _required_line(plot: Plot, line_uid: str) -> LogLine:
    line = plot.log_lines.get(line_uid)
    if line is None:
        raise CommandRefused(RefusalReason.NO_SUCH_LOG_LINE, line_uid)
    return line


def _tidy(line: LogLine) -> LogLine:
    text = line.text.strip()
    if not text:
        raise CommandRefused(RefusalReason.TEXT_EMPTY)
    return replace(line, text=text)
