"""``channelplot backups``: list the backups of a plot and what each holds, or restore one."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication

from channelplot.cli.main import complain
from channelplot.cli.output import print_line
from channelplot.errors import PlotFileError
from channelplot.geodesy.text import date_time_group
from channelplot.settings import Settings, config_folder
from channelplot.store.backups import Backup, backup_folder, backups_of, contents_of, restore
from channelplot.ui.clock import utc_now
from channelplot.ui.files.backup_text import age_text, last_act_text, no_backups_text, size_text
from channelplot.ui.words.messages import error_text

FAILED: Final = 1
_EPILOG: Final = """\
The newest first, each with its file. A sound plot is never touched: a backup is restored as a new
plot beside it. One that is damaged is kept under another name, and the backup takes its place.

examples:
  channelplot backups night.gpkg
  channelplot backups night.gpkg --restore "night 2026-09-15T041200Z.gpkg"
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the plot and which of its backups to restore."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _EPILOG
    parser.add_argument("plot", metavar="PLOT", help="the plot file; it need not be there any more")
    parser.add_argument(
        "--restore", metavar="NAME", help="make a plot of this backup, a file of the list"
    )


def run(args: argparse.Namespace) -> int:
    """List backups or restore one. Returns 0; 1, with a sentence, where that can't be done."""
    plot = Path(args.plot).absolute()
    now_utc, second = utc_now(), Settings(config_folder()).backup_folder()
    backups = backups_of(plot, second)
    if args.restore is not None:
        return _restore(plot, backups, Path(args.restore), now_utc)
    if not backups:
        print_line(no_backups_text(plot, backup_folder(plot), second))
    for backup in backups:
        print_line(_line(backup, now_utc))
    return 0


def _restore(plot: Path, backups: tuple[Backup, ...], named: Path, now_utc: datetime) -> int:
    """Restore a backup by its path or file name; of two of that name the first that is sound."""
    alike = [one for one in backups if named in (one.path, Path(one.path.name))]
    problems = [contents_of(one).problem for one in alike]
    if not alike:
        complain(
            QCoreApplication.translate(
                "Cli", "there is no backup {name} of {plot}; `channelplot backups` lists them"
            ).format(name=named, plot=plot.name)
        )
        return FAILED
    chosen = problems.index(None) if None in problems else 0
    try:
        restored = restore(alike[chosen], plot, now_utc)
    except PlotFileError as error:
        complain(error_text(error))
        return FAILED
    print_line(str(restored))
    return 0


def _line(backup: Backup, now_utc: datetime) -> str:
    contents = contents_of(backup)
    words = [
        date_time_group(backup.made_at_utc),
        QCoreApplication.translate("Cli", "{age} ago").format(
            age=age_text(backup.made_at_utc, now_utc)
        ),
        size_text(backup.size_bytes),
    ]
    if contents.is_sound:
        words.append(
            QCoreApplication.translate(
                "Cli", "acts: {acts}, open boats: {boats}, reports: {reports}"
            ).format(acts=contents.acts, boats=contents.open_boats, reports=contents.reports)
        )
    words += [last_act_text(contents, utc_now), str(backup.path)]
    return "  ".join(words)
