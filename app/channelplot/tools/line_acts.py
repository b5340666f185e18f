"""What Enter does with a line: the report, mark or line of the watch log that it says."""

from datetime import datetime

from channelplot.commands.command import Command
from channelplot.commands.log_lines import add_log_line
from channelplot.commands.marks import add_mark, amend_mark
from channelplot.commands.reports import add_report
from channelplot.model.beach import Mark
from channelplot.model.codes import PEOPLE_CRAFTS, BoatType, Craft, MarkKind
from channelplot.model.ids import new_uid
from channelplot.model.log_line import LogLine
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track
from channelplot.reading.values import LineReading
from channelplot.tools.told_adrift import change_told


def boat_type_of(line: LineReading, craft: Craft | None) -> BoatType | None:
    """Return what a report says its boat looks like; None where it goes to no boat.

    craft: of the track it goes to, None for no track. What a rescue vessel tows is not its type.
    """
    return line.boat_type if craft is None or craft in PEOPLE_CRAFTS else None


def start_of_track(
    line: LineReading, name: str, craft: Craft, now_utc: datetime, operator: str
) -> Track:
    """Return the track that a line starts, without its report."""
    return Track(
        uid=new_uid(),
        name=name,
        craft=craft,
        boat_type=boat_type_of(line, craft),
        created_at_utc=now_utc,
        created_by=operator,
    )


def report_act(
    line: LineReading,
    track: Track | None,
    new_track: Track | None,
    now_utc: datetime,
    operator: str,
) -> tuple[Command, str]:
    """Return the command that adds the report of a line, and the report's uid.

    With it goes the status that the report gives its track. track: that it goes to, None for
    none; new_track: that one, if the line starts it.
    """
    report = report_of(line, track, now_utc, operator)
    return add_report(report, new_track, change_told(track, report)), report.uid


def report_of(line: LineReading, track: Track | None, now_utc: datetime, operator: str) -> Report:
    """Return the report that a line tells. track: that it goes to, None for none."""
    position = line.position
    return Report(
        uid=new_uid(),
        kind=line.kind,
        observed_at_utc=line.time.at_utc,
        received_at_utc=line.received.at_utc if line.received else now_utc,
        logged_at_utc=now_utc,
        track_uid=track.uid if track is not None else None,
        position=position.position if position else None,
        position_form=position.form if position else None,
        error_m=position.error_m if position else None,
        as_received=line.text.strip(),
        source=line.source,
        source_name=line.source_name,
        grade=line.grade,
        course_deg=line.course_deg,
        speed_kn=line.speed_kn,
        people=line.people,
        boat_type=boat_type_of(line, track.craft if track is not None else None),
        caller=line.caller,
        logged_by=operator,
    )


def mark_act(
    line: LineReading, before: Mark | None, plot: Plot, operator: str
) -> tuple[Command, str]:
    """Return the command that adds or amends the mark of a line, and the mark's uid.

    before: the plot's mark of that code, else the register's, which it will stand for.
    """
    said, position = line.mark, line.position
    assert said is not None, "the line is about a mark"
    assert position is not None, "a mark has a place"
    mark = Mark(
        uid=new_uid() if before is None else before.uid,
        code=said.code,
        name=said.name if said.name != said.code or before is None else before.name,
        kind=MarkKind.OTHER.value if before is None else before.kind,
        position=position.position,
        error_m=position.error_m,
        source=operator,
    )
    act = amend_mark if mark.uid in plot.marks else add_mark
    return act(mark), mark.uid


def log_act(
    line: LineReading, track: Track | None, now_utc: datetime, operator: str
) -> tuple[Command, str]:
    """Return the command that writes the words of a line into the watch log, and their uid.

    track: that they are about, None for none.
    """
    assert line.log is not None, "the line is one of the watch log"
    written = LogLine(
        uid=new_uid(),
        at_utc=now_utc,
        text=line.log,
        operator=operator,
        track_uid=track.uid if track is not None else None,
    )
    return add_log_line(written), written.uid
