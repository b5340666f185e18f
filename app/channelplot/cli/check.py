"""``channelplot check``: say whether a plot file is whole, conforms and is sound."""

import argparse
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from channelplot.cli.main import complain
from channelplot.errors import PlotFileError
from channelplot.store.check import check
from channelplot.ui.findings import finding_text
from channelplot.ui.words.messages import error_text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the file's name."""
    parser.epilog = "example: channelplot check night.gpkg"
    parser.add_argument("plot", metavar="PLOT", help="the plot file to check; it is not changed")


def run(args: argparse.Namespace) -> int:
    """Print one line for each thing that is wrong. Returns 0 for none, 1 for any."""
    path = Path(args.plot)
    try:
        findings = check(path.absolute())
    except PlotFileError as error:
        complain(error_text(error))
        return 1
    for finding in findings:
        sys.stdout.write(f"{finding_text(finding)}\n")
    if findings:
        complain(
            QCoreApplication.translate(
                "Cli", "{name} is not sound; what is wrong with it is listed above ({number})"
            ).format(name=path.name, number=len(findings))
        )
        return 1
    sound = QCoreApplication.translate("Cli", "{name}: whole and sound")
    sys.stdout.write(sound.format(name=path.name) + "\n")
    return 0
