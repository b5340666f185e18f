"""What a sheet shows, and that its scale is the scale it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from channelplot.basemap.basemap import CHART_AREA, Basemap
from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.position import Position
from channelplot.model.codes import TrackStatus
from channelplot.snapshot.paper import Rect, Sheet
from channelplot.snapshot.scale import scale_of
from channelplot.snapshot.view import (
    open_bounds,
    pixel_ratio,
    plotted_bounds,
    round_scale,
    sheet_viewport,
    with_room,
)
from helpers.builders import SANGATTE, a_beach, a_plot, a_report, a_track, ddm, night_plot

WGS84 = Geod(ellps="WGS84")
METRES_PER_NM = 1852.0
SIDES_PX = st.integers(400, 6000)
LON_DEG = st.floats(CHART_AREA.west_deg, CHART_AREA.east_deg)
LAT_DEG = st.floats(CHART_AREA.south_deg, CHART_AREA.north_deg)


@st.composite
def extents(draw: st.DrawFn) -> Bounds:
    """Return bounds inside the chart's area, from a single point to all of it."""
    west_deg, east_deg = sorted((draw(LON_DEG), draw(LON_DEG)))
    south_deg, north_deg = sorted((draw(LAT_DEG), draw(LAT_DEG)))
    return Bounds(west_deg, south_deg, east_deg, north_deg)


def map_box(sheet: Sheet) -> Rect:
    """Return a map frame that fills most of a sheet."""
    return sheet.whole.inset(40.0, 60.0, 40.0, 30.0)


@given(SIDES_PX, SIDES_PX, extents())
def test_all_of_the_extent_shows(width_px: int, height_px: int, extent: Bounds) -> None:
    sheet = Sheet.of_pixels(width_px, height_px)
    shown = sheet_viewport(map_box(sheet), sheet, extent).bounds()

    for corner in (
        Position(extent.west_deg, extent.south_deg),
        Position(extent.east_deg, extent.north_deg),
    ):
        assert shown.west_deg <= corner.lon_deg + 1e-9
        assert corner.lon_deg <= shown.east_deg + 1e-9
        assert shown.south_deg <= corner.lat_deg + 1e-9
        assert corner.lat_deg <= shown.north_deg + 1e-9


@given(SIDES_PX, SIDES_PX, extents())
def test_one_to_n_and_the_bar_are_true_at_the_middle_latitude(
    width_px: int, height_px: int, extent: Bounds
) -> None:
    sheet = Sheet.of_pixels(width_px, height_px)
    box = map_box(sheet)
    viewport = sheet_viewport(box, sheet, extent)
    scale = scale_of(viewport, sheet, Rect(0.0, 0.0, sheet.px(45.0), sheet.px(14.0)), None)

    # A short distance about the middle, measured on the sheet and on the ellipsoid.
    half_px = min(scale.bar_px, 40.0) / 2.0 / pixel_ratio(sheet)
    middle_x_px, middle_y_px = viewport.width_px / 2.0, viewport.height_px / 2.0
    west = viewport.position_at(middle_x_px - half_px, middle_y_px)
    east = viewport.position_at(middle_x_px + half_px, middle_y_px)
    assert west is not None
    assert east is not None
    ground_m = WGS84.inv(west.lon_deg, west.lat_deg, east.lon_deg, east.lat_deg)[2]
    ground_m_per_sheet_px = ground_m / (2.0 * half_px * pixel_ratio(sheet))

    bar_m = scale.bar_px * ground_m_per_sheet_px
    assert bar_m == pytest.approx(scale.bar_nm * METRES_PER_NM, rel=0.005)
    paper_m_per_sheet_px = 0.001 / sheet.px_per_mm
    written = float(scale.text.removeprefix("1:").replace("\N{NO-BREAK SPACE}", ""))
    assert ground_m_per_sheet_px / paper_m_per_sheet_px == pytest.approx(written, rel=0.005)


@given(SIDES_PX, SIDES_PX, extents())
def test_the_bar_with_its_last_figure_fits_its_box(
    width_px: int, height_px: int, extent: Bounds
) -> None:
    sheet = Sheet.of_pixels(width_px, height_px)
    box = Rect(0.0, 0.0, sheet.px(40.0), sheet.px(14.0))
    scale = scale_of(sheet_viewport(map_box(sheet), sheet, extent), sheet, box, None)

    assert 0.0 < scale.bar_px <= box.width_px
    assert scale.figures[0].text == "0"
    assert scale.figures[-1].at_px == scale.bar_px
    assert scale.figures[-1].unit


@given(st.floats(2_000.0, 2e7))
def test_a_round_scale_is_at_most_five_percent_coarser_and_never_finer(denominator: float) -> None:
    rounded = round_scale(denominator)

    assert denominator * 0.999999 <= rounded <= denominator * 1.0501


@pytest.mark.parametrize(
    ("denominator", "rounded"),
    [(251_000.0, 260_000.0), (250_000.0, 250_000.0), (101_000.0, 105_000.0), (51_000.0, 52_500.0)],
)
def test_round_scales(denominator: float, rounded: float) -> None:
    assert round_scale(denominator) == pytest.approx(rounded)


def test_what_is_open_decides_with_the_beaches_it_left_from() -> None:
    beach, other = a_beach(), a_beach("Wissant", ddm(50, 53.4, 1, 39.6))
    is_open = a_track(
        "A", (a_report("0210", position=ddm(50, 58.0, 1, 41.0)),), launch_beach_uid=beach.uid
    )
    is_closed = a_track(
        "B", (a_report("0210", position=ddm(50, 40.0, 1, 0.0)),), status=TrackStatus.LANDED
    )
    plot = a_plot(is_open, is_closed, beaches=(beach, other))

    bounds = open_bounds(plot)

    assert bounds == Bounds.around((ddm(50, 58.0, 1, 41.0), SANGATTE))


def test_a_launch_beach_may_be_one_of_the_register(basemap: Basemap) -> None:
    beach = basemap.beaches[0]
    track = a_track("A", (a_report(),), launch_beach_uid=beach.uid)

    bounds = open_bounds(a_plot(track), basemap.beaches)

    assert bounds is not None
    assert bounds.contains(beach.position)


def test_nothing_open_has_no_bounds() -> None:
    closed = a_track("A", (a_report(),), status=TrackStatus.LANDED)

    assert open_bounds(a_plot(closed)) is None
    assert plotted_bounds(a_plot()) is None


def test_all_that_is_plotted_counts_reports_of_no_boat_and_beaches_too() -> None:
    plot = night_plot()
    bounds = plotted_bounds(plot)

    assert bounds is not None
    for report in plot.reports():
        assert report.position is not None
        assert bounds.contains(report.position)
    for beach in plot.beaches.values():
        assert bounds.contains(beach.position)


def test_a_report_beyond_the_chart_does_not_stretch_the_sheet() -> None:
    near, far = ddm(50, 58.0, 1, 41.0), Position(-15.0, 28.0)
    plot = a_plot(a_track("A", (a_report("0210", position=near), a_report("0220", position=far))))

    assert plotted_bounds(plot) == Bounds.around((near,))


def test_a_single_report_has_sea_around_it() -> None:
    near = ddm(50, 58.0, 1, 41.0)
    roomy = with_room(Bounds(near.lon_deg, near.lat_deg, near.lon_deg, near.lat_deg))

    width_m = WGS84.inv(roomy.west_deg, near.lat_deg, roomy.east_deg, near.lat_deg)[2]
    assert 6_000.0 < width_m < 12_000.0
    assert roomy.contains(near)
