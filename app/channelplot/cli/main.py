"""The command line: arguments and dispatch.

Exit codes: 0 done, 1 failed, 2 used wrongly, 3 left open: a line that is asked about, a sheet
that another version made. What went wrong is one sentence on the standard error output. Qt is
imported only by the commands that need it.
"""

import argparse
import importlib
import keyword
import os
import re
import sys
from collections.abc import Sequence
from typing import Final

from channelplot.version import __version__

COMMANDS: Final = {
    "new": "make a new plot",
    "plot": "plot one line, or say how it is read",
    "answers": "say where a craft is, whose waters that is, what comes close, who can help",
    "snapshot": "export a picture of a plot",
    "import": "bring what other programs' files hold into a plot",
    "export": "write a plot into a file of another format",
    "log": "export the watch log of a plot as a table",
    "check": "say whether a plot file is whole and sound",
    "backups": "list the backups of a plot, or restore one",
}
BEFORE_QT: Final = {
    "gui": ("channelplot.basemap.land", "channelplot.document.session"),
    "plot": ("channelplot.cli.plot_desk",),
    "import": ("channelplot.cli.plot_desk", "channelplot.exchange.incoming.arriving"),
    "answers": ("channelplot.analysis.answers", "channelplot.basemap.land"),
}
"""What a command needs that knows no Qt: PySide6 reads the source of every module imported
after it, which makes the window 0.1 s later, and a line plotted half as much."""
_MINUS_FIGURE: Final = re.compile(r"-[0-9]")
_EXAMPLES: Final = """\
examples:
  channelplot                                    open the last plot
  channelplot "Watch 2026-09-15.gpkg"            open this plot
  channelplot new "Watch 2026-09-15.gpkg"
  channelplot plot night.gpkg "0228 50 58.0N 001 41.0E 310/4 45pob >A"
  channelplot plot --dry-run "-12 7.2NM 023T from Cap Gris-Nez"
  channelplot answers night.gpkg --track A --at 0300Z
  channelplot snapshot night.gpkg brief.pdf --fit --page a3 --title "Brief 0600Z"
  channelplot snapshot night.gpkg strait.png --extent 1.1 50.7 2.1 51.3
  channelplot import night.gpkg patrol.gpx
  channelplot export night.gpkg night.gpx
  channelplot log night.gpkg night.csv
  channelplot check night.gpkg
  channelplot backups night.gpkg
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code. argv: by default the process's arguments."""
    # Before Qt: in what order it writes fonts into a sheet must not differ from run to run.
    os.environ.setdefault("QT_HASH_SEED", "0")
    words = list(sys.argv[1:] if argv is None else argv)
    command = words[0] if words and words[0] in COMMANDS else "gui"
    window_args = _window_parser().parse_args(words) if command == "gui" else None
    try:
        for name in BEFORE_QT.get(command, ()):
            importlib.import_module(name)
        name = f"{command}_" if keyword.iskeyword(command) else command
        module = importlib.import_module(f"channelplot.cli.{name}")
    except ImportError as missing:
        complain(
            f"a library is missing ({missing}); "
            "on Debian and Ubuntu `python3 packaging/tasks.py run` installs what is needed"
        )
        return 1
    if window_args is not None:
        return int(module.run(window_args.plot))
    parser = argparse.ArgumentParser(
        prog=f"channelplot {command}", description=f"Channel Plot: {COMMANDS[command]}."
    )
    module.add_arguments(parser)
    # To argparse a word with a space in it is no option, so that a line may begin with -12min.
    words = [f"{word} " if _MINUS_FIGURE.match(word) else word for word in words[1:]]
    return int(module.run(parser.parse_intermixed_args(words)))


def _window_parser() -> argparse.ArgumentParser:
    commands = "\n".join(f"  {name:10} {help_text}" for name, help_text in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="channelplot",
        description="Plot small boats and launch beaches on a chart of the English Channel.",
        epilog=f"commands, each with --help of its own:\n{commands}\n\n{_EXAMPLES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("plot", nargs="?", metavar="PLOT", help="the plot file to open")
    parser.add_argument("--version", action="version", version=f"channelplot {__version__}")
    return parser


def complain(text: str) -> None:
    """Write one sentence to the standard error output."""
    sys.stderr.write(f"channelplot: {text}\n")
