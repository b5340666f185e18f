"""``channelplot snapshot``: export a sheet of a plot without a window and without a display.

The plot's reference layers are drawn where their files are there.
"""

import argparse
import locale
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PySide6.QtGui import QGuiApplication

from channelplot.basemap.basemap import CHART_AREA, load_basemap
from channelplot.basemap.levels import Levels
from channelplot.chart.layers import DEFAULT_LAYERING, reference_id
from channelplot.cli.main import complain
from channelplot.errors import (
    BasemapError,
    PlotFileError,
    RasterFileError,
    ReferenceFileError,
    ReferenceFileFault,
    SnapshotError,
)
from channelplot.exchange.reference_paths import found_path
from channelplot.geodesy.bounds import Bounds
from channelplot.model.plot import Plot
from channelplot.snapshot.export import write_png
from channelplot.snapshot.sheet import (
    DEFAULT_SIZE_PX,
    LEAST_SIDE_PX,
    MOST_SIDE_PX,
    all_bounds,
    snapshot_of,
    usual_bounds,
)
from channelplot.store.closed_file import loaded_from
from channelplot.ui.files.reference_reading import Loaded, read_layer
from channelplot.ui.words.messages import error_text
from channelplot.ui.words.reference_text import file_error_text, missing_text

WRONG_USE: Final = 2
FAILED: Final = 1
_EXAMPLES: Final = """\
examples:
  channelplot snapshot night.gpkg brief.png
  channelplot snapshot night.gpkg brief.png --fit --size 2480x1754 --title "Brief 0600Z"
  channelplot snapshot night.gpkg strait.png --extent 1.1 50.7 2.1 51.3
"""


class WrongUse(Exception):
    """An argument that makes no sense; its text is the sentence for the user."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the plot, the picture, and what it is to show."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _EXAMPLES
    parser.add_argument("plot", metavar="PLOT", help="the plot file; it is only read")
    parser.add_argument("out", metavar="OUT.png", help="the picture; one that is there is replaced")
    extent = parser.add_mutually_exclusive_group()
    extent.add_argument(
        "--fit",
        action="store_true",
        help="show every report and beach; without it, the open tracks and their beaches",
    )
    extent.add_argument(
        "--extent",
        nargs=4,
        metavar=("W", "S", "E", "N"),
        help="show at least these longitudes and latitudes, in degrees, west and south negative",
    )
    width_px, height_px = DEFAULT_SIZE_PX
    parser.add_argument(
        "--size",
        metavar="WxH",
        default=f"{width_px}x{height_px}",
        help=f"width and height in pixels, each {LEAST_SIDE_PX} to {MOST_SIDE_PX}; "
        f"by default {width_px}x{height_px}, A4 across",
    )
    parser.add_argument(
        "--title", metavar="T", default="", help="by default the name of the plot file"
    )


def run(args: argparse.Namespace) -> int:
    """Export the sheet. Returns 0, 1 when it failed, 2 for wrong use, each with a sentence."""
    plot_path, out = Path(args.plot), Path(args.out)
    try:
        size_px = parsed_size(args.size)
        extent = parsed_extent(args.extent) if args.extent is not None else None
        _require_picture(out, plot_path)
    except WrongUse as error:
        complain(str(error))
        return WRONG_USE
    try:
        plot = read_plot(plot_path.absolute())
        references = read_references(plot, plot_path.absolute())
        title = " ".join(args.title.split()) or plot_path.stem
        _write(plot, references, out, size_px, extent, args.fit, title)
    except (PlotFileError, BasemapError, SnapshotError) as error:
        complain(error_text(error))
        return FAILED
    except MemoryError:
        complain(f"there is no memory for a picture of {args.size} pixels; make it smaller")
        return FAILED
    return 0


def parsed_size(text: str) -> tuple[int, int]:
    """Return (width_px, height_px) from ``1600x1131``. Raises WrongUse."""
    width, separator, height = text.lower().partition("x")
    if not (separator and _is_number(width) and _is_number(height)):
        msg = f"the size {text!r} is not width x height in pixels, such as 1600x1131"
        raise WrongUse(msg)
    sides_px = int(width), int(height)
    if not all(LEAST_SIDE_PX <= side_px <= MOST_SIDE_PX for side_px in sides_px):
        limits = f"{LEAST_SIDE_PX} to {MOST_SIDE_PX}"
        msg = f"the size {text} is out of range: each side has {limits} pixels"
        raise WrongUse(msg)
    return sides_px


def parsed_extent(words: list[str]) -> Bounds:
    """Return the bounds from west, south, east and north as typed. Raises WrongUse."""
    try:
        west_deg, south_deg, east_deg, north_deg = map(float, words)
    except ValueError:
        msg = f"the extent {' '.join(words)} is not four numbers in degrees: west south east north"
        raise WrongUse(msg) from None
    if west_deg >= east_deg or south_deg >= north_deg:
        msg = "the extent is the wrong way round: give west, south, east, north"
        raise WrongUse(msg)
    area = CHART_AREA
    try:
        bounds = Bounds(west_deg, south_deg, east_deg, north_deg)
    except ValueError:
        bounds = None
    if bounds is None or not (
        area.west_deg <= bounds.west_deg
        and area.south_deg <= bounds.south_deg
        and bounds.east_deg <= area.east_deg
        and bounds.north_deg <= area.north_deg
    ):
        msg = (
            f"the extent is out of range: the chart goes from {area.west_deg:g} {area.south_deg:g} "
            f"to {area.east_deg:g} {area.north_deg:g}"
        )
        raise WrongUse(msg)
    return bounds


def read_plot(path: Path) -> Plot:
    """Return the plot in a file that may be open elsewhere; it is not locked or changed.

    Raises PlotFileError. (What a writer that was killed left half done is rolled back
    first, as ``first_look`` has it: no one could read the file before that.)
    """
    return loaded_from(path).plot


def read_references(plot: Plot, plot_path: Path) -> Mapping[str, Loaded]:
    """Return what the files of the plot's reference layers hold, by the uid of the layer.

    What is not there, or can't be read, is left out, and a sentence says so on the error output.
    """
    loaded: dict[str, Loaded] = {}
    for uid, layer in plot.reference_layers.items():
        path = found_path(layer.path, plot_path)
        try:
            loaded[uid] = read_layer(layer, path, plot_path)
        except (ReferenceFileError, RasterFileError) as error:
            is_missing = error.fault is ReferenceFileFault.NOT_FOUND
            why = missing_text(path) if is_missing else file_error_text(error)
            complain(f"the reference layer {layer.name} is not drawn. {why}")
    return loaded


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 6


def _require_picture(out: Path, plot_path: Path) -> None:
    if out.suffix.lower() != ".png":
        msg = f"the picture {str(out)!r} needs a name that ends in .png, such as brief.png"
        raise WrongUse(msg)
    try:
        is_plot = out.samefile(plot_path)
    except OSError:  # one of the two is not there, or can't be looked at: so they are two
        is_plot = False
    if is_plot:
        msg = f"{out.name} is the plot itself; choose another name for the picture"
        raise WrongUse(msg)


def _write(
    plot: Plot,
    references: Mapping[str, Loaded],
    out: Path,
    size_px: tuple[int, int],
    extent: Bounds | None,
    fits_all: bool,
    title: str,
) -> None:
    # A snapshot needs no display, and one that can't be reached would end the program.
    app = QGuiApplication.instance() or QGuiApplication(["channelplot", "-platform", "offscreen"])
    locale.setlocale(locale.LC_NUMERIC, "C")
    basemap = load_basemap()
    if extent is None:
        extent = all_bounds(plot) if fits_all else usual_bounds(plot, basemap)
    image = snapshot_of(
        plot,
        extent,
        title=title,
        cut_off_utc=None,
        basemap=basemap,
        levels=Levels(basemap),
        size_px=size_px,
        layering=DEFAULT_LAYERING.with_layers(map(reference_id, plot.reference_layers)),
        references=references,
    )
    write_png(image, out)
    del app
