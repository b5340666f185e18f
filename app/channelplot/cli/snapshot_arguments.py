"""What the arguments of ``channelplot snapshot`` ask for."""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from channelplot.basemap.basemap import CHART_AREA
from channelplot.chart.language import SheetLanguage
from channelplot.chart.layers import DEFAULT_LAYERING, Layer, Layering
from channelplot.cli.about_plot import chosen_tracks as chosen_tracks
from channelplot.cli.about_plot import require_other_file as require_other_file
from channelplot.cli.wrong_use import WrongUse
from channelplot.geodesy.bounds import Bounds
from channelplot.snapshot.release import PROFILES
from channelplot.snapshot.settings import (
    LEAST_DPI,
    LEAST_SCALE,
    MOST_DPI,
    MOST_SCALE,
    MOST_TEXT,
    USUAL_DPI,
    Extent,
    NamedArea,
    Page,
    Report,
    Series,
    SheetSettings,
)
from channelplot.snapshot.sheet import Format

_PAPER: Final = tuple(page.value for page in Page if page is not Page.SCREEN)
EXAMPLES: Final = """\
examples:
  channelplot snapshot night.gpkg brief.pdf
  channelplot snapshot night.gpkg brief.png --fit --page a3 --dpi 300 --title "Brief 0600Z"
  channelplot snapshot night.gpkg strait.svg --extent 1.1 50.7 2.1 51.3 --scale 250000
  channelplot snapshot night.gpkg known.pdf --at 0252Z --marking OFFICIAL-SENSITIVE
  channelplot snapshot night.gpkg boats.pdf --series boat --report boats --report log
  channelplot snapshot night.gpkg areas.pdf --area West 1.1 50.7 1.6 51.2 --area East 1.5 50.8 2 51
  channelplot snapshot night.gpkg release.pdf --release tenth --lang both
  channelplot snapshot --verify brief.pdf night.gpkg
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the plot, the file, and what the sheet is to be like."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = EXAMPLES
    parser.add_argument("plot", metavar="PLOT", help="the plot file; it is only read")
    parser.add_argument(
        "out",
        metavar="OUT.(pdf|png|svg)",
        nargs="?",
        help="the sheet; one that is there is replaced. Pictures of more pages are numbered",
    )
    parser.add_argument(
        "--verify",
        metavar="SHEET",
        help="make a sheet again from the plot as it was, and say whether it is the same",
    )
    parser.add_argument("--page", type=str.lower, choices=_PAPER, default=Page.A4.value)
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--landscape", action="store_true", help="the long side across; so by default")
    way.add_argument("--portrait", action="store_true", help="the long side upright")
    parser.add_argument(
        "--dpi",
        type=int,
        default=USUAL_DPI,
        metavar="N",
        help=f"pixels an inch of a picture, {LEAST_DPI} to {MOST_DPI}; by default {USUAL_DPI}",
    )
    parser.add_argument("--scale", type=int, metavar="N", help="1:N, in the middle of the extent")
    extent = parser.add_mutually_exclusive_group()
    extent.add_argument(
        "--fit",
        action="store_true",
        help="show every report, beach and search; without it, the open tracks, their beaches and "
        "the searches for them",
    )
    extent.add_argument(
        "--extent",
        nargs=4,
        metavar=("W", "S", "E", "N"),
        help="show at least these longitudes and latitudes, in degrees, west and south negative",
    )
    parser.add_argument(
        "--track", action="append", metavar="NAME", help="show this track and no others; repeat it"
    )
    parser.add_argument(
        "--hide",
        action="append",
        choices=[layer.value for layer in Layer],
        metavar="LAYER",
        help=f"leave a layer out; repeat it: {', '.join(layer.value for layer in Layer)}",
    )
    parser.add_argument("--at", metavar="TIME", help="the plot as it was known then")
    parser.add_argument("--title", metavar="T", help="by default the name of the plot file")
    parser.add_argument("--author", metavar="NAME", default="", help="who made it")
    parser.add_argument("--marking", metavar="M", default="", help="at the top and the bottom")
    parser.add_argument(
        "--lang", choices=[language.value for language in SheetLanguage], default="en"
    )
    parser.add_argument(
        "--release",
        choices=sorted(PROFILES),
        metavar="PROFILE",
        default="",
        help="a copy with rounded positions, without sources, words and names: "
        + ", ".join(sorted(PROFILES)),
    )
    parser.add_argument(
        "--series",
        choices=[Series.BOAT.value, Series.HOUR.value],
        help="a page for each boat or each hour",
    )
    parser.add_argument(
        "--area",
        action="append",
        nargs=5,
        metavar=("NAME", "W", "S", "E", "N"),
        help="a page for this area, under its name; repeat it",
    )
    parser.add_argument(
        "--one-page", action="store_true", help="no more pages for boats the list has no room for"
    )
    parser.add_argument(
        "--report",
        action="append",
        choices=[report.value for report in Report],
        help="a page after the map: the boats, the watch log or a blank plotting sheet; repeat it",
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, before the plot has been looked at. at_text: as typed, None for now."""

    plot_path: Path
    out: Path
    kind: Format
    at_text: str | None
    track_names: tuple[str, ...]
    settings: SheetSettings


def asked_of(args: argparse.Namespace) -> Asked:
    """Return what the arguments ask for. Raises WrongUse."""
    plot_path = Path(args.plot)
    if args.out is None:
        msg = "a name for the sheet is needed, such as brief.pdf"
        raise WrongUse(msg)
    out = Path(args.out)
    kind = _kind(out)
    require_other_file(out, plot_path)
    title = plot_path.stem if args.title is None else " ".join(args.title.split())
    if args.release and args.title is None:
        title = ""  # the name of a plot file is a name
    for option, text in (("title", title), ("author", args.author), ("marking", args.marking)):
        if len(text) > MOST_TEXT or not text.isprintable():
            msg = f"--{option}: a line of at most {MOST_TEXT} letters is needed"
            raise WrongUse(msg)
    if not LEAST_DPI <= args.dpi <= MOST_DPI:
        msg = f"--dpi: {args.dpi} is not from {LEAST_DPI} to {MOST_DPI}"
        raise WrongUse(msg)
    if args.scale is not None and not LEAST_SCALE <= args.scale <= MOST_SCALE:
        msg = f"--scale: {args.scale} is not from {LEAST_SCALE} to {MOST_SCALE}"
        raise WrongUse(msg)
    if args.release and Report.LOG.value in (args.report or ()):
        msg = "--report log: a release copy has no log, which is made of words and names"
        raise WrongUse(msg)
    settings = SheetSettings(
        page=Page(args.page),
        is_landscape=not args.portrait,
        dpi=args.dpi,
        scale=args.scale,
        extent=_extent(args),
        layering=_layering(args.hide or ()),
        language=SheetLanguage(args.lang),
        title=title,
        author=args.author,
        marking=args.marking,
        profile=args.release,
        series=_series(args),
        has_all_boats=not args.one_page,
        reports=tuple(dict.fromkeys(Report(each) for each in args.report or ())),
        areas=tuple(_area(each) for each in args.area or ()),
    )
    return Asked(plot_path, out, kind, args.at, tuple(args.track or ()), settings)


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


def _extent(args: argparse.Namespace) -> Bounds | Extent:
    if args.extent is not None:
        return parsed_extent(args.extent)
    if args.track:
        return Extent.TRACKS
    return Extent.ALL if args.fit else Extent.OPEN


def _series(args: argparse.Namespace) -> Series:
    if not args.area:
        return Series(args.series or Series.NONE.value)
    if args.series or args.extent is not None or args.fit:
        msg = "--area: areas are a series of their own; leave --series, --extent and --fit out"
        raise WrongUse(msg)
    return Series.AREA


def _area(words: list[str]) -> NamedArea:
    name = " ".join(words[0].split())
    if not name or len(name) > MOST_TEXT or not name.isprintable():
        msg = f"--area: a name of at most {MOST_TEXT} letters is needed"
        raise WrongUse(msg)
    return NamedArea(name, parsed_extent(words[1:]))


def _layering(hidden: tuple[str, ...] | list[str]) -> Layering:
    return DEFAULT_LAYERING.hiding(hidden)


def _kind(out: Path) -> Format:
    try:
        return Format(out.suffix.lower())
    except ValueError:
        msg = f"the sheet {str(out)!r} needs a name that ends in .pdf, .png or .svg"
        raise WrongUse(msg) from None
