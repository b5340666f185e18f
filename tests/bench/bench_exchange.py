"""Rows a second out to and in from each format, beside ``geopandas.read_file`` on the same file.

By processor time, of this process and of the children that read with GDAL. Reading in here checks
every position, time and identifier, refuses what is doubtful with its line, and makes what a plot
keeps; geopandas makes a table of what GDAL takes the file for. KML is measured on fewer reports:
GDAL reads a file of it once for each track.
"""

import resource
import tempfile
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import geopandas
import pyogrio

from channelplot.exchange.incoming.found import ReadOptions
from channelplot.exchange.incoming.read import read_incoming
from channelplot.exchange.outgoing.export import export
from channelplot.exchange.outgoing.formats import Format
from channelplot.exchange.outgoing.selection import Selection
from channelplot.store.closed_file import loaded_from
from helpers.figures import median_line
from helpers.made_up_plots import made_up_file

REPORTS = 100_000
REPORTS_OF_KML = 5_000
ROUNDS = 3
NOW = datetime(2026, 9, 17, tzinfo=UTC)


def processor_s() -> float:
    """Return what this process and its children that ended have worked so far."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def rate(count: int, act: Callable[[], object]) -> float:
    """Return how many thousand rows a second something does."""
    begun_s = processor_s()
    act()
    return count / 1000.0 / (processor_s() - begun_s)


def read_with_geopandas(path: Path, kind: Format) -> None:
    """Read the reports of a file, and of KML the layers that they are in."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it guesses at elements of ours, and says so
        if kind is Format.KML:
            for layer, _ in pyogrio.list_layers(path):
                geopandas.read_file(path, layer=layer)
        else:
            layers = {Format.GPX: "track_points", Format.GEOPACKAGE: "reports"}
            geopandas.read_file(path, layer=layers.get(kind))


def measure(kind: Format, size: int, folder: Path) -> None:
    """Print the rates of a format, for a plot of so many reports."""
    selection = Selection(plot=loaded_from(made_up_file(folder, size)).plot)
    path = folder / f"out{kind}"
    acts: dict[str, Callable[[], object]] = {
        "out": lambda: export(selection, path, kind, NOW),
        "in": lambda: read_incoming(path, ReadOptions(now_utc=NOW)),
        "geopandas": lambda: read_with_geopandas(path, kind),
    }
    for what, act in acts.items():
        rates = [rate(size, act) for _ in range(ROUNDS)]
        print(median_line(f"{kind.name.lower()} {what}, {size:,} reports", rates, "k/s"))


def main() -> None:
    """Print the rates of every format."""
    for kind in Format:
        with tempfile.TemporaryDirectory() as folder:
            measure(kind, REPORTS_OF_KML if kind is Format.KML else REPORTS, Path(folder))


if __name__ == "__main__":
    main()
