"""``channelplot import``: bring what other programs' files hold into a plot, without a window."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from channelplot.cli.import_record import fault_record, file_record
from channelplot.cli.main import complain
from channelplot.cli.output import print_json, print_line
from channelplot.cli.plot_desk import document_to_read, document_to_write
from channelplot.cli.written_plot import is_writable, tell_publishing
from channelplot.cli.wrong_use import WrongUse
from channelplot.document.document import Document
from channelplot.errors import (
    ChannelPlotError,
    CommandRefused,
    ImportFault,
    ImportFileError,
    PlotFileError,
)
from channelplot.exchange.incoming.arriving import import_command
from channelplot.exchange.incoming.found import DateOrder, Encoding, ReadOptions, Zone
from channelplot.exchange.incoming.incoming import Incoming
from channelplot.exchange.incoming.plan import ImportChoices, ImportPlan, plan_import
from channelplot.exchange.incoming.read import read_incoming
from channelplot.exchange.incoming.table_encoding import OTHERS, may_be_damaged
from channelplot.exchange.incoming.table_fields import TableField
from channelplot.exchange.incoming.table_look import remembered_encoding
from channelplot.exchange.incoming.withdrawn import uids_withdrawn
from channelplot.model.codes import Craft
from channelplot.settings import Settings, config_folder
from channelplot.store.closed_file import withdrawn_from
from channelplot.ui.clock import utc_now
from channelplot.ui.log.conflict_text import conflict_text, not_taken_text
from channelplot.ui.state import WindowState
from channelplot.ui.words.import_faults import refusal_text
from channelplot.ui.words.import_words import summary_lines
from channelplot.ui.words.messages import error_text

ALL: Final = 0
NONE: Final = 1
WRONG_USE: Final = 2
SOME: Final = 3
_MOST_TOLD: Final = 50
"""Refused lines, or conflicts, that are printed; all are in JSON."""
_DATES: Final = {"day-first": DateOrder.DAY_FIRST, "month-first": DateOrder.MONTH_FIRST}
_ENCODINGS: Final = f"{', '.join(OTHERS[:-1])} or {OTHERS[-1]}"
_OPTIONS: Final = {
    ImportFault.ZONE_NOT_SAID: "  say which: --zone Z, --zone UK or --zone FR\n",
    ImportFault.DAY_OR_MONTH_FIRST: "  say which: --dates day-first or --dates month-first\n",
    ImportFault.ENCODING_NOT_SAID: f"  say which: --encoding {_ENCODINGS}\n",
    ImportFault.NOT_IN_ENCODING: f"  say another: --encoding {_ENCODINGS}\n",
    ImportFault.COLUMNS: "  say which: --map FIELD=COLUMN, with a column's title or number\n",
}
_FIELDS: Final = ", ".join(TableField)
_EPILOG: Final = f"""\
Read are GPX, KML, KMZ, GeoJSON (also by lines), tables (CSV, TSV), GeoPackage, Shapefile,
FlatGeobuf and other plots. Each file comes in as one act, which can be undone in the window; what
is in the plot already comes in no second time. What can't be what it says it is, is refused with
its line; the other lines come in. Of what the plot and a file tell differently the plot's stays,
unless --theirs is given; the version that is not taken goes into the watch log.

In JSON: for each of "files" the counts that are printed, what is "new", what the plot and the file
tell differently, "refusals" with their lines, codes and texts, and "remembered_encoding" (below);
of a file that can't be read its "fault". Times in UTC.

A table is read in UTF-8 where all of it is, or in UTF-16 where it is marked so. One in another
encoding is read in that of --encoding, or in that in which the window brought in a table with these
titles last, which is said; otherwise it is refused.

fields for --map: {_FIELDS}

exit codes: 0 all came in or is there already, 1 nothing could, 2 used wrongly, 3 some was refused

examples:
  channelplot import night.gpkg patrol.gpx
  channelplot import --dry-run night.gpkg partner.geojson
  channelplot import night.gpkg radar.csv --zone UK --dates day-first
  channelplot import night.gpkg gendarmerie.csv --encoding windows-1252
  channelplot import night.gpkg log.csv --map time=Heure --map lat_deg=3 --map lon_deg=4
  channelplot import night.gpkg "other desk.gpkg" --theirs
"""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """How a file went. count: what of it is in the plot then; refused: lines that are not."""

    count: int
    refused: int


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the plot, the files, and what they do not say themselves."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.allow_abbrev = False
    parser.epilog = _EPILOG
    parser.add_argument("plot", metavar="PLOT", help="the plot file")
    parser.add_argument("files", metavar="FILE", nargs="+", help="the files that are to come in")
    parser.add_argument(
        "--zone", choices=[zone.value for zone in Zone], help="of times that do not say their zone"
    )
    parser.add_argument(
        "--dates", choices=list(_DATES), help="how dates such as 03/04/2026 are read"
    )
    parser.add_argument(
        "--encoding",
        choices=[Encoding.UTF_8.value, *(encoding.value for encoding in OTHERS)],
        help="of tables that are not in UTF-8; as Excel on Windows saves CSV: windows-1252",
    )
    parser.add_argument(
        "--map",
        metavar="FIELD=COLUMN",
        action="append",
        default=[],
        help="which column of a table, by its title or number, holds a field; repeat it",
    )
    parser.add_argument(
        "--craft",
        choices=[craft.value for craft in Craft],
        help="what new tracks are of, where a file does not say; by default merchant of AIS tables,"
        " else other",
    )
    parser.add_argument("--no-places", action="store_true", help="leave out places without a time")
    sides = parser.add_mutually_exclusive_group()
    sides.add_argument(
        "--theirs", action="store_true", help="take the file's version where both differ"
    )
    sides.add_argument(
        "--ours", action="store_true", help="keep the plot's version where both differ: as usual"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="change nothing and print what would come in"
    )
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    parser.add_argument(
        "--operator", metavar="NAME", help="under which name it is done; by default as elsewhere"
    )


def run(args: argparse.Namespace) -> int:
    """Import the files. Returns 0 all, 1 none, 2 wrong use, 3 some was refused."""
    path = Path(args.plot)
    try:
        options = _options(args)
        operator = (args.operator or "").strip() or Settings(config_folder()).operator(utc_now())
        is_dry: bool = args.dry_run
        opening = document_to_read if is_dry else document_to_write
        with closing(opening(path, operator, utc_now)) as document:
            if not (is_dry or is_writable(document)):
                return NONE
            withdrawn = withdrawn_from(path) if is_dry else document.withdrawn()
            desk = _Desk(args, options, document, uids_withdrawn(withdrawn))
            code = desk.bring_in([Path(name) for name in args.files])
        tell_publishing(document)
        return code
    except WrongUse as error:
        complain(str(error))
        return WRONG_USE
    except ChannelPlotError as error:
        complain(error_text(error))
        return NONE


class _Desk:
    """Brings files into one plot, one after the other."""

    def __init__(
        self,
        args: argparse.Namespace,
        options: ReadOptions,
        document: Document,
        withdrawn_uids: frozenset[str],
    ) -> None:
        self._path = Path(args.plot)
        self._is_dry: bool = args.dry_run
        self._in_json: bool = args.json
        self._options = options
        self._choices = ImportChoices(
            conflicts_taken=args.theirs,
            with_places=not args.no_places,
            craft=Craft(args.craft) if args.craft else None,
        )
        self._document = document
        self._plot = document.plot
        self._withdrawn_uids = withdrawn_uids
        self._records: list[dict[str, object]] = []

    def bring_in(self, files: Sequence[Path]) -> int:
        """Return the exit code; a file that can't be read keeps no other out.

        Nothing more comes in once the plot can't be saved to.
        """
        outcomes: list[_Outcome] = []
        for path in files:
            try:
                outcomes.append(self._one(path))
            except PlotFileError as error:  # what comes after would wait behind what is not saved
                complain(error_text(error))
                outcomes.append(_Outcome(0, 1))
                break
        if self._in_json:
            print_json(
                {
                    "plot": str(self._path),
                    "is_dry_run": self._is_dry,
                    "files": self._records,
                }
            )
        if not any(outcome.count for outcome in outcomes):
            return NONE
        is_all = all(outcome.count and not outcome.refused for outcome in outcomes)
        return ALL if is_all else SOME

    def _one(self, path: Path) -> _Outcome:
        try:
            incoming, remembered = self._read(path)
            plan = plan_import(incoming, self._plot, self._withdrawn_uids, self._choices)
            self._do(plan)
        except (ImportFileError, CommandRefused) as error:
            complain(error_text(error))
            if isinstance(error, ImportFileError):
                sys.stderr.write(_OPTIONS.get(error.fault, ""))
            self._records.append(fault_record(path, error))
            return _Outcome(0, 1)
        if self._in_json:
            self._records.append(file_record(path, plan, remembered))
        else:
            self._tell(plan, remembered)
        return _Outcome(_count(incoming), incoming.refused_count)

    def _read(self, path: Path) -> tuple[Incoming, Encoding | None]:
        """Return what a file holds, and the encoding if that was remembered.

        Raises ImportFileError.
        """
        try:
            return self._read_by(path, self._options), None
        except ImportFileError as error:
            is_open = error.fault is ImportFault.ENCODING_NOT_SAID
            if not is_open or self._options.encoding is not None:
                raise
            known = WindowState(config_folder()).import_layout
            remembered = remembered_encoding(path, self._options, known)
            if remembered is None or may_be_damaged(path, self._options):
                raise
        options = replace(self._options, encoding=remembered)
        return self._read_by(path, options), remembered

    def _read_by(self, path: Path, options: ReadOptions) -> Incoming:
        operator = self._document.operator
        return read_incoming(path, options, operator=operator, open_plot=self._path)

    def _do(self, plan: ImportPlan) -> None:
        """Bring in what a plan takes. Raises CommandRefused and PlotFileError."""
        command = import_command(plan, not_taken_text, utc_now(), self._document.operator)
        if self._is_dry:
            self._plot = command.edit(self._plot)
            return
        self._document.apply(command)
        failure = self._document.save_state.failure
        if failure is not None:
            raise failure
        self._plot = self._document.plot

    def _tell(self, plan: ImportPlan, remembered: Encoding | None) -> None:
        print_line(plan.summary.file_name)
        if remembered is not None:
            print_line(f"  Encoding: {remembered}, as last in the window for such tables")
        for line in summary_lines(plan.summary):
            print_line(f"  {line}")
        told = [conflict_text(each) for each in (*plan.changed, *plan.conflicts)]
        self._tell_some(told, len(told))
        refusals = plan.incoming.refusals[:_MOST_TOLD]
        self._tell_some([refusal_text(refusal) for refusal in refusals], plan.summary.refused)

    @staticmethod
    def _tell_some(lines: Sequence[str], count: int) -> None:
        for line in lines[:_MOST_TOLD]:
            print_line(f"    {line}")
        if count > _MOST_TOLD:
            print_line(f"    and {count - _MOST_TOLD} more: --json prints them")


def _count(incoming: Incoming) -> int:
    return incoming.report_count + len(incoming.tracks) + len(incoming.places)


def _options(args: argparse.Namespace) -> ReadOptions:
    """Return what was said of the files. Raises WrongUse."""
    columns: dict[str, str] = {}
    for text in args.map:
        name, is_given, column = text.partition("=")
        if not is_given or name not in set(TableField) or not column.strip():
            msg = f"--map {text}: FIELD=COLUMN is needed, with one of the fields {_FIELDS}"
            raise WrongUse(msg)
        columns[name] = column.strip()
    return ReadOptions(
        now_utc=utc_now(),
        zone=None if args.zone is None else Zone(args.zone),
        date_order=None if args.dates is None else _DATES[args.dates],
        encoding=None if args.encoding is None else Encoding(args.encoding),
        columns=columns,
    )
