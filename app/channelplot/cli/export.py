"""``channelplot export``: write a plot into another format's file, without a window."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import Final

from channelplot.cli.about_plot import chosen_tracks, require_other_file
from channelplot.cli.main import complain
from channelplot.cli.output import print_json, print_line
from channelplot.cli.times import moment_of, reference_utc
from channelplot.cli.wrong_use import WrongUse
from channelplot.errors import ExportError, PlotFileError
from channelplot.exchange.outgoing.cannot_hold import cannot_hold, held
from channelplot.exchange.outgoing.export import export
from channelplot.exchange.outgoing.formats import Format, format_of
from channelplot.exchange.outgoing.selection import Selection
from channelplot.model.plot import Plot
from channelplot.store.closed_file import loaded_from
from channelplot.ui.clock import utc_now
from channelplot.ui.words.export_words import nothing_text, unheld_texts, written_text
from channelplot.ui.words.messages import error_text

FAILED: Final = 1
WRONG_USE: Final = 2
_SUFFIXES: Final = ", ".join(kind.value for kind in Format)
_EPILOG: Final = f"""\
The format is that of the name: {_SUFFIXES}.
Times are in UTC; all fields of reports are in the file under their names in the plot, so that they
can be imported again as they were. What the format can't hold is said before it is written. What
was withdrawn, and the log of acts, stay in the plot. Telephone numbers of callers are in the file
as they are: personal data.

In JSON: "file", the counts of what it holds, and "cannot_hold" with a count for each code.

examples:
  channelplot export night.gpkg night.gpx
  channelplot export night.gpkg "for the aircraft.kml" --track A --track C
  channelplot export night.gpkg night.csv --from 0200Z --to 0330Z
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the plot, the file, and what goes out."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _EPILOG
    parser.add_argument("plot", metavar="PLOT", help="the plot file; it is only read")
    parser.add_argument(
        "out", metavar="OUT.EXT", help="the file; one that is there is replaced, but never a plot"
    )
    parser.add_argument(
        "--from", dest="from_", metavar="T", help="only what was observed at this time or later"
    )
    parser.add_argument("--to", metavar="T", help="only what was observed at this time or before")
    parser.add_argument(
        "--track",
        action="append",
        metavar="NAME",
        help="only this track, and the beach it left from; repeat it",
    )
    parser.add_argument("--no-places", action="store_true", help="leave out beaches and marks")
    parser.add_argument("--json", action="store_true", help="print what was written as JSON")


def run(args: argparse.Namespace) -> int:
    """Export the plot. Returns 0, 1 when it failed, 2 for wrong use, each with a sentence."""
    plot_path, out = Path(args.plot), Path(args.out)
    try:
        kind = format_of(out)
        if kind is None:
            msg = f"{out.name} should end in one of {_SUFFIXES}"
            raise WrongUse(msg)
        require_other_file(out, plot_path)
        selection = _selection(args, loaded_from(plot_path.absolute()).plot)
        return _export(selection, out, kind, in_json=args.json)
    except WrongUse as error:
        complain(str(error))
        return WRONG_USE
    except (PlotFileError, ExportError) as error:
        complain(error_text(error))
        return FAILED


def _export(selection: Selection, out: Path, kind: Format, *, in_json: bool) -> int:
    unheld = cannot_hold(selection, kind)
    counts = held(selection.counts(), unheld)
    if selection.is_for_nothing(counts):
        complain(nothing_text())
        return FAILED
    if not in_json:
        for text in unheld_texts(kind, unheld):
            print_line(text)
    export(selection, out, kind, utc_now())
    if in_json:
        print_json(
            {
                "file": str(out),
                "reports": counts.reports,
                "reports_of_no_track": counts.unattributed,
                "tracks": counts.tracks,
                "beaches": counts.beaches,
                "marks": counts.marks,
                "cannot_hold": {what.value: count for what, count in unheld.items()},
            }
        )
    else:
        print_line(written_text(out.name, counts))
    return 0


def _selection(args: argparse.Namespace, plot: Plot) -> Selection:
    """Return what goes out. Raises WrongUse."""
    reference = reference_utc(utc_now(), plot.last_observed_at_utc())
    from_utc = _moment("--from", args.from_, reference)
    to_utc = _moment("--to", args.to, reference)
    if from_utc is not None and to_utc is not None and to_utc < from_utc:
        msg = "--to is before --from: give the earlier time with --from"
        raise WrongUse(msg)
    return Selection(
        plot=plot,
        track_uids=chosen_tracks(plot, tuple(args.track or ())),
        from_utc=from_utc,
        to_utc=to_utc,
        has_places=not args.no_places,
    )


def _moment(option: str, text: str | None, reference: datetime) -> datetime | None:
    return None if text is None else moment_of(option, text, reference)
