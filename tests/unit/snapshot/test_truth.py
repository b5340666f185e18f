"""What is measured on a sheet, in every kind of file, is what the Earth has.

The places expected are worked out with PROJ from the scale the sheet states and the middle of its
map; nothing of the program's own projection is asked.
"""

import functools
import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pytest
from pyproj import CRS, Geod, Transformer
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from channelplot.chart.layers import DEFAULT_LAYERING, Layer
from channelplot.chart.palette import DAY
from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.position import Position
from channelplot.model.plot import Plot
from channelplot.snapshot.pages import VECTOR_DPI, pages_of
from channelplot.snapshot.settings import Page, SheetSettings
from channelplot.snapshot.sheet import Format, SheetFile, sheet_files
from helpers.builders import a_plot, a_report, a_track
from helpers.sheets import Floats, a_source, middle_of, pdf_picture, pdf_size_mm, png_picture

WGS84 = Geod(ellps="WGS84")
TO_CHART = Transformer.from_crs("EPSG:4326", "EPSG:3395", always_xy=True)
BLUE, RUST = DAY.tracks[:2]
"""Of boats A and B; nothing else of these sheets is."""
DPI = 150.0
"""A pixel is 0.17 mm; the middle of a mark is found to half of one."""
MM_PER_PX = 25.4 / DPI
WITHOUT_LETTERS = DEFAULT_LAYERING.hiding(
    {Layer.LABELS, Layer.BEACHES, Layer.MARKS, Layer.PLACES, Layer.BOUNDARY, Layer.GRATICULE}
)


@dataclass(frozen=True)
class Case:
    """Two boats some way apart about a place, on a page in a scale."""

    lon_deg: float
    lat_deg: float
    scale: int
    page: Page
    is_landscape: bool

    @property
    def positions(self) -> tuple[Position, Position]:
        """Two places some centimetres apart on the sheet."""
        away_m = 0.04 * self.scale
        pairs = []
        for bearing_deg in (70.0, 250.0):
            lon_deg, lat_deg, _ = WGS84.fwd(self.lon_deg, self.lat_deg, bearing_deg, away_m)
            pairs.append(Position(lon_deg, lat_deg))
        return pairs[0], pairs[1]

    @property
    def settings(self) -> SheetSettings:
        """A sheet of that scale about that place."""
        slight = 0.001
        return SheetSettings(
            page=self.page,
            is_landscape=self.is_landscape,
            dpi=round(DPI),
            scale=self.scale,
            extent=Bounds(
                self.lon_deg - slight, self.lat_deg - slight,
                self.lon_deg + slight, self.lat_deg + slight,
            ),
            layering=WITHOUT_LETTERS,
        )  # fmt: skip

    @property
    def plot(self) -> Plot:
        """The two boats."""
        one, other = self.positions
        return a_plot(
            a_track("A", [a_report("0210", position=one)], uid="a"),
            a_track("B", [a_report("0210", position=other)], uid="b"),
        )


CASES = [
    Case(1.5, 51.0, 200_000, Page.A4, True),
    Case(-2.1, 49.2, 50_000, Page.A4, False),
    Case(1.35, 50.2, 25_000, Page.A3, True),
    Case(-4.5, 48.6, 600_000, Page.LETTER, True),
    Case(0.2, 51.6, 1_500_000, Page.A2, False),
]


@pytest.fixture(params=CASES, ids=lambda case: f"{case.lat_deg} 1:{case.scale} {case.page}")
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    return found


@functools.lru_cache(maxsize=1)
def files_of(case: Case, kind: Format) -> tuple[SheetFile, ...]:
    """Return the sheet of a case, made once for the tests that follow each other."""
    return sheet_files(case.settings, a_source(case.plot), kind)


def of_pdf(case: Case) -> npt.NDArray[np.uint8]:
    data = files_of(case, Format.PDF)[0].data
    assert np.allclose(pdf_size_mm(data), case.settings.size_mm(), atol=0.2)
    return pdf_picture(data, DPI)


def of_png(case: Case) -> npt.NDArray[np.uint8]:
    return png_picture(files_of(case, Format.PNG)[0].data)


def of_svg(case: Case) -> npt.NDArray[np.uint8]:
    data = files_of(case, Format.SVG)[0].data
    stated = re.search(rb'width="([0-9.]+)mm" height="([0-9.]+)mm"', data)
    assert stated is not None
    size_mm = float(stated[1]), float(stated[2])
    assert np.allclose(size_mm, case.settings.size_mm(), atol=0.2)
    width_px, height_px = (round(side_mm / MM_PER_PX) for side_mm in size_mm)
    image = QImage(width_px, height_px, QImage.Format.Format_RGB888)
    image.fill(0xFFFFFF)
    with QPainter(image) as painter:
        QSvgRenderer(QByteArray(data)).render(painter)
    rows = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(height_px, -1)
    return rows[:, : 3 * width_px].reshape(height_px, width_px, 3).copy()


@pytest.mark.parametrize("picture_of", [of_pdf, of_png, of_svg])
def test_distances_are_true_and_marks_lie_where_they_belong(case: Case, picture_of: object) -> None:
    assert callable(picture_of)
    picture = picture_of(case)
    laid_out_dpi = DPI if picture_of is of_png else VECTOR_DPI
    box, offsets_mm = map_box_px(case, laid_out_dpi), expected_mm(case)

    found_mm = []
    top, left = round(box[1]), round(box[0])
    shown = picture[top : round(box[3]), left : round(box[2])]
    middle = np.array([(box[0] + box[2]) / 2.0 - left, (box[1] + box[3]) / 2.0 - top])
    for colour in (BLUE, RUST):
        found_mm.append((middle_of(shown, colour) - middle) * MM_PER_PX)

    away_mm = np.linalg.norm(np.array(found_mm) - offsets_mm, axis=1)
    assert away_mm.max() < 0.3, away_mm
    one, other = case.positions
    true_m = WGS84.inv(one.lon_deg, one.lat_deg, other.lon_deg, other.lat_deg)[2]
    measured_m = float(np.linalg.norm(found_mm[0] - found_mm[1])) / 1000.0 * case.scale
    assert measured_m == pytest.approx(true_m, rel=0.005)


def test_a_gis_finds_the_marks_by_the_world_file(case: Case) -> None:
    png, world, projection = files_of(case, Format.PNG)
    assert (png.suffix, world.suffix, projection.suffix) == (".png", ".pgw", ".prj")
    assert CRS.from_wkt(projection.data.decode()).to_epsg(min_confidence=70) == 3395
    a, d, b, e, c, f = (float(line) for line in world.data.split())
    box = map_box_px(case, DPI)
    picture = png_picture(png.data)
    left, top = round(box[0]), round(box[1])
    shown = picture[top : round(box[3]), left : round(box[2])]

    for colour, position in zip((BLUE, RUST), case.positions, strict=True):
        x_px, y_px = middle_of(shown, colour) + np.array([left, top])
        # The file places the middle of the first pixel.
        column, row = x_px - 0.5, y_px - 0.5
        x_m, y_m = a * column + b * row + c, d * column + e * row + f
        lon_deg, lat_deg = TO_CHART.transform(x_m, y_m, direction="INVERSE")
        away_m = WGS84.inv(lon_deg, lat_deg, position.lon_deg, position.lat_deg)[2]
        assert away_m / case.scale * 1000.0 < 0.3


def map_box_px(case: Case, laid_out_dpi: float) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of the map in pixels of the picture."""
    (page, *_) = pages_of(case.settings, a_source(case.plot), laid_out_dpi)
    assert page.map is not None
    box, ratio = page.map[0], DPI / laid_out_dpi
    return box.x_px * ratio, box.y_px * ratio, box.right_px * ratio, box.bottom_px * ratio


def expected_mm(case: Case) -> Floats:
    """Return where the boats belong, from the middle of the map, x to the right and y down."""
    x_m, y_m = TO_CHART.transform(case.lon_deg, case.lat_deg)
    ends = [
        WGS84.fwd(case.lon_deg, case.lat_deg, bearing_deg, 100.0) for bearing_deg in (90.0, 270.0)
    ]
    (west, east) = sorted(TO_CHART.transform(lon, lat)[0] for lon, lat, _ in ends)
    chart_m_per_m = (east - west) / 200.0
    places = [TO_CHART.transform(p.lon_deg, p.lat_deg) for p in case.positions]
    offsets_m = (np.array(places) - (x_m, y_m)) / chart_m_per_m
    found: Floats = offsets_m * (1.0, -1.0) * 1000.0 / case.scale
    return found
