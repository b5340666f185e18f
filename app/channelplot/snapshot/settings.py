"""What a supervisor chooses for a sheet, as one value, and its record in the sheet's metadata."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from channelplot.chart.crowding import DensityMode
from channelplot.chart.language import SheetLanguage
from channelplot.chart.layers import DEFAULT_LAYERING, Layering
from channelplot.geodesy.bounds import Bounds
from channelplot.snapshot.paper import A4_LONG_MM, A4_SHORT_MM, Sheet

LEAST_DPI: Final = 72
MOST_DPI: Final = 600
USUAL_DPI: Final = 200
LEAST_SCALE: Final = 1_000
MOST_SCALE: Final = 100_000_000
_LEAST_SHORT_MM: Final = 140.0
"""What the short side of a screen's shape has at least, for title, scale and credits."""
MOST_TEXT: Final = 200
"""Letters in a title, an author or a marking."""


class Page(StrEnum):
    """A size of paper; the value is a code."""

    A4 = "a4"
    A3 = "a3"
    A2 = "a2"
    LETTER = "letter"
    SCREEN = "screen"
    """The shape of the chart on the screen, as long as A4; one that is flat or narrow is longer."""


SIZES_MM: Final[Mapping[Page, tuple[float, float]]] = {
    Page.A4: (A4_LONG_MM, A4_SHORT_MM),
    Page.A3: (420.0, 297.0),
    Page.A2: (594.0, 420.0),
    Page.LETTER: (279.4, 215.9),
}
"""Long and short side in millimetres (ISO 216; ANSI/ASME Y14.1)."""


class Series(StrEnum):
    """What a document has one sheet for each of."""

    NONE = "none"
    BOAT = "boat"
    HOUR = "hour"
    AREA = "area"


class Report(StrEnum):
    """A report on paper that follows the sheet, in the same document."""

    BOATS = "boats"
    LOG = "log"
    BLANK = "blank"
    """A plotting sheet with a graticule, for when the program is down."""


class Extent(StrEnum):
    """How what a sheet shows is chosen, where no bounds are given."""

    OPEN = "open"
    """The open tracks, their beaches and the searches for them."""
    ALL = "all"
    """Every report, beach and planned search."""
    TRACKS = "tracks"
    """The tracks that are chosen, and the searches for them."""


@dataclass(frozen=True, slots=True)
class NamedArea:
    """A part of the chart under a name, which a series has a sheet for."""

    name: str
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class SheetSettings:
    """The choices for a sheet; equal settings of equal plots make equal sheets.

    shape: width over height of the page, where it is the screen's. dpi: of pictures, LEAST_DPI to
    MOST_DPI; pages of a PDF or SVG have none. scale: n of 1:n, None for the roundest that shows
    all. extent: bounds in degrees on WGS 84, or how they are found. track_uids: the only tracks
    shown, None for all. layering, density_mode: as the chart's. at_utc: the plot is shown as
    it was known then; cut_off_utc: the time ages count to, by default the last report's. profile:
    code of a release profile, empty for an ordinary sheet. has_all_boats: those the list has no
    room for follow on more pages. areas: those of a series by area, in its order.
    Raises ValueError for what is out of range.
    """

    page: Page = Page.A4
    is_landscape: bool = True
    shape: float = A4_LONG_MM / A4_SHORT_MM
    dpi: int = USUAL_DPI
    scale: int | None = None
    extent: Bounds | Extent = Extent.OPEN
    track_uids: frozenset[str] | None = None
    layering: Layering = DEFAULT_LAYERING
    density_mode: DensityMode = DensityMode.AUTO
    at_utc: datetime | None = None
    cut_off_utc: datetime | None = None
    language: SheetLanguage = SheetLanguage.ENGLISH
    title: str = ""
    author: str = ""
    marking: str = ""
    profile: str = ""
    series: Series = Series.NONE
    reports: tuple[Report, ...] = ()
    has_all_boats: bool = True
    areas: tuple[NamedArea, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what makes no sheet."""
        is_scale = self.scale is None or LEAST_SCALE <= self.scale <= MOST_SCALE
        names = (area.name for area in self.areas)
        texts = (self.title, self.author, self.marking, self.profile, *names)
        if (
            not LEAST_DPI <= self.dpi <= MOST_DPI
            or not is_scale
            or not 1.0 / 4.0 <= self.shape <= 4.0
            or any(len(text) > MOST_TEXT or not text.isprintable() for text in texts)
            or len(set(self.reports)) != len(self.reports)
        ):
            msg = f"not the settings of a sheet: {self}"
            raise ValueError(msg)

    def sheet(self, dpi: float | None = None) -> Sheet:
        """Return the page as a sheet in so many pixels an inch, by default the settings' own."""
        return Sheet.of_mm(*self.size_mm(), self.dpi if dpi is None else dpi)

    def size_mm(self) -> tuple[float, float]:
        """Return width and height of the page in millimetres."""
        if self.page is Page.SCREEN:
            short_mm = max(A4_LONG_MM * min(self.shape, 1.0 / self.shape), _LEAST_SHORT_MM)
            return max(short_mm, short_mm * self.shape), max(short_mm, short_mm / self.shape)
        long_mm, short_mm = SIZES_MM[self.page]
        return (long_mm, short_mm) if self.is_landscape else (short_mm, long_mm)
