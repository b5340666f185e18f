"""Another plot file: what another desk has, looked at and never written to.

Its file may be open elsewhere. What this desk has open itself is not read: it is there already.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from channelplot.errors import ImportFault, ImportFileError, PlotFileError, PlotFileFault
from channelplot.exchange.incoming.found import (
    NO_TRACK,
    FoundPlace,
    FoundReport,
    FoundTrack,
    ReadOptions,
    Sink,
)
from channelplot.exchange.incoming.holdable import figures, is_beyond
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.store.closed_file import loaded_from

_BETWEEN_LOOKS: Final = 1_000
_FAULTS: Final[Mapping[PlotFileFault, ImportFault]] = {
    PlotFileFault.NOT_FOUND: ImportFault.NOT_FOUND,
    PlotFileFault.FOLDER_MISSING: ImportFault.NOT_FOUND,
    PlotFileFault.NOT_A_FILE: ImportFault.NOT_FOUND,
    PlotFileFault.NOT_GEOPACKAGE: ImportFault.KIND,
    PlotFileFault.OTHER_PROGRAM: ImportFault.KIND,
}


def read_plot(path: Path, open_plot: Path | None = None) -> Plot:
    """Return the plot in a file, without what was withdrawn from it.

    open_plot: the file of the plot that this desk has open; path may be another name of it.
    Raises ImportFileError: SAME_PLOT for that one, KIND for what is no plot, UNREADABLE for one
    that is damaged or of a newer version of this program.
    """
    if open_plot is not None and is_same_file(path, open_plot):
        raise ImportFileError(ImportFault.SAME_PLOT, path)
    try:
        return loaded_from(path).plot
    except PlotFileError as error:
        fault = _FAULTS.get(error.fault, ImportFault.UNREADABLE)
        told = error.detail if fault is not ImportFault.UNREADABLE else f"{error.fault}"
        detail = f"{told}: {error.detail}" if told != error.detail and error.detail else told
        raise ImportFileError(fault, path, detail) from error


def tell_plot(plot: Plot, path: Path, options: ReadOptions, sink: Sink) -> None:
    """Tell of all tracks, reports, beaches and marks of a plot, each with its identifier.

    line: counts the reports, or the tracks, beaches or marks, from 1. path: said in refusals.
    Raises ImportFileError (STOPPED).
    """
    for line, track in enumerate(plot.tracks.values(), start=1):
        record = replace(track, reports=())
        sink.track(
            FoundTrack(
                line=line,
                key=track.uid,
                name=track.name,
                craft=track.craft,
                length_m=track.length_m,
                note=track.note,
                record=record,
            )
        )
    for line, beach in enumerate(plot.beaches.values(), start=1):
        sink.place(
            FoundPlace(
                line=line, name=beach.name, position=beach.position, note=beach.note, record=beach
            )
        )
    for line, mark in enumerate(plot.marks.values(), start=1):
        name = mark.name or mark.code
        sink.place(FoundPlace(line=line, name=name, position=mark.position, record=mark))
    count = plot.report_count()
    for line, report in enumerate(plot.reports(), start=1):
        if line % _BETWEEN_LOOKS == 0:
            if options.stop.is_set():
                raise ImportFileError(ImportFault.STOPPED, path)
            sink.progress(line / count)
        if is_beyond(error_m=report.error_m, speed_kn=report.speed_kn):
            sink.refuse(line, ImportFault.NUMBER_NOT_READ, figures(report))
            continue
        sink.report(_found(report, line))
    sink.progress(1.0)


def read_plot_file(
    path: Path, options: ReadOptions, sink: Sink, open_plot: Path | None = None
) -> None:
    """Tell of what stands in a plot file; see ``read_plot`` and ``tell_plot``."""
    tell_plot(read_plot(path, open_plot), path, options, sink)


def _found(report: Report, line: int) -> FoundReport:
    return FoundReport(
        line=line,
        track=NO_TRACK if report.track_uid is None else report.track_uid,
        uid=report.uid,
        kind=report.kind,
        observed_at_utc=report.observed_at_utc,
        received_at_utc=report.received_at_utc,
        logged_at_utc=report.logged_at_utc,
        position=report.position,
        position_form=report.position_form,
        as_received=report.as_received,
        error_m=report.error_m,
        source=report.source,
        source_name=report.source_name,
        grade=report.grade,
        course_deg=report.course_deg,
        speed_kn=report.speed_kn,
        people=report.people,
        boat_type=report.boat_type,
        caller=report.caller,
        logged_by=report.logged_by,
    )


def is_same_file(path: Path, other: Path) -> bool:
    """Return whether two paths lead to one file."""
    try:
        return path.samefile(other)
    except OSError:
        return False
