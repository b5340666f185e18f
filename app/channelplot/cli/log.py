"""``channelplot log``: export the watch log of a plot as CSV, without a window."""

import argparse
import os
import sys
from pathlib import Path
from typing import Final

from channelplot.cli.main import complain
from channelplot.errors import ExportError, PlotFileError
from channelplot.store.closed_file import loaded_from
from channelplot.store.log_hashes import read_hashes
from channelplot.ui.files.written_file import write_csv
from channelplot.ui.log.log_csv import log_csv
from channelplot.ui.words.messages import error_text

FAILED: Final = 1
WRONG_USE: Final = 2
SUFFIX: Final = ".csv"
_EPILOG: Final = """\
One row for each act, the oldest first; times in UTC. before and after: what the act changed. hash:
of the act's row in the plot, which `channelplot check` verifies. Of an act that the plot tells in
several rows, as the import of a very large file, seq and hash are those of the last. Fields that a
spreadsheet would take for a formula begin with an apostrophe.

examples:
  channelplot log night.gpkg night.csv
  channelplot log night.gpkg > night.csv
  channelplot log --unmasked night.gpkg "for the inquiry.csv"
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the plot, the table, and whether telephone numbers stay."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _EPILOG
    parser.add_argument("plot", metavar="PLOT", help="the plot file; it is only read")
    parser.add_argument(
        "out",
        metavar="OUT.csv",
        nargs="?",
        help="the table; one that is there is replaced; by default it is printed",
    )
    parser.add_argument(
        "--unmasked",
        action="store_true",
        help="leave telephone numbers as they are: personal data; otherwise their last two "
        "figures stay",
    )


def run(args: argparse.Namespace) -> int:
    """Export the log. Returns 0, 1 when it failed, 2 for wrong use, each with a sentence."""
    path = Path(args.plot)
    out = None if args.out is None else Path(args.out)
    if out is not None and out.suffix != SUFFIX:
        complain(f"{out.name} should end in {SUFFIX}")
        return WRONG_USE
    try:
        acts = loaded_from(path.absolute()).acts
        text = log_csv(acts, read_hashes(path.absolute()), is_masked=not args.unmasked)
        if out is None:
            _print(text)
        else:
            write_csv(text, out)
    except (PlotFileError, ExportError) as error:
        complain(error_text(error))
        return FAILED
    return 0


def _print(text: str) -> None:
    """Write the table to the standard output, in UTF-8 whatever the terminal is."""
    try:
        sys.stdout.buffer.write(text.replace("\r\n", os.linesep).encode())
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # whoever read it has seen enough; Python would complain at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
