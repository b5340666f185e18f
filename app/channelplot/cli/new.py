"""``channelplot new``: make a plot file without a window."""

import argparse
from pathlib import Path

from channelplot.cli.main import complain
from channelplot.errors import PlotFileError
from channelplot.model.plot import Plot
from channelplot.settings import Settings, config_folder
from channelplot.store.geopackage import PlotFile
from channelplot.ui.clock import utc_now
from channelplot.ui.files.plot_files import new_plot_record
from channelplot.ui.words.messages import error_text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the file's name."""
    parser.epilog = 'example: channelplot new "Watch 2026-09-15.gpkg"'
    parser.add_argument("plot", metavar="PLOT", help="the plot file to make; it must not exist")


def run(args: argparse.Namespace) -> int:
    """Make an empty plot. Returns 0, or 1 with a sentence when it can't be made."""
    path = Path(args.plot)
    if path.suffix != ".gpkg":
        complain(f"{path.name} should end in .gpkg")
        return 2
    now_utc = utc_now()
    operator = Settings(config_folder()).operator(now_utc)
    try:
        PlotFile.create(path.absolute(), Plot(), new_plot_record(operator, now_utc)).close()
    except PlotFileError as error:
        complain(error_text(error))
        return 1
    return 0
