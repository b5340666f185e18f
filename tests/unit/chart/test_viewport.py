"""The view: pixels and positions there and back, zoom, pan, limits, and a scale that is true."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from channelplot.basemap.basemap import CHART_AREA
from channelplot.chart.viewport import CENTRE_AREA, LARGEST_SCALE, MM_PER_PX, Viewport, viewport_of
from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.position import Position
from helpers.charts import STRAIT, view, view_around

positions = st.builds(
    Position, st.floats(CHART_AREA.west_deg, CHART_AREA.east_deg),
    st.floats(CHART_AREA.south_deg, CHART_AREA.north_deg),
)  # fmt: skip
viewports = st.builds(
    lambda centre, m_per_px, width_px, height_px: Viewport(
        0.0, 0.0, m_per_px, width_px, height_px
    ).centred_on(centre),
    positions, st.floats(1.0, 2000.0), st.floats(50.0, 4000.0), st.floats(50.0, 3000.0),
)  # fmt: skip
shares = st.floats(0.0, 1.0)


@given(viewports, shares, shares)
def test_a_pixel_becomes_a_position_and_the_same_pixel_again(
    viewport: Viewport, across: float, down: float
) -> None:
    x_px, y_px = across * viewport.width_px, down * viewport.height_px
    position = viewport.position_at(x_px, y_px)
    assert position is not None
    assert viewport.pixel_of(position) == pytest.approx((x_px, y_px), abs=1e-3)


def test_ten_thousand_positions_return_to_their_pixel_within_a_tenth() -> None:
    random = np.random.default_rng(7)
    lon_lat_deg = np.column_stack(
        (random.uniform(-7.0, 4.5, 10_000), random.uniform(48.0, 52.2, 10_000))
    )
    viewport = view(STRAIT, 1600, 1000)
    pixels = viewport.pixels_of(lon_lat_deg)
    for (x_px, y_px), (lon_deg, lat_deg) in zip(pixels, lon_lat_deg, strict=True):
        assert viewport.pixel_of(Position(lon_deg, lat_deg)) == pytest.approx((x_px, y_px), abs=0.1)
        found = viewport.position_at(x_px, y_px)
        assert found is not None
        assert (found.lon_deg, found.lat_deg) == pytest.approx((lon_deg, lat_deg), abs=1e-9)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("m_per_px", [0.9, 12.0, 150.0, 900.0])
def test_ten_thousand_positions_return_to_their_pixel_at_every_scale_and_ratio(
    m_per_px: float, ratio: float
) -> None:
    """Within a tenth of a pixel of the screen, at five latitudes; at odd sizes of the window."""
    latitudes_deg = (47.9, 49.3, 50.4, 51.1, 52.3)
    random = np.random.default_rng(round(10.0 * m_per_px * ratio))
    width_px, height_px = 1600.0 / ratio, 1001.0 / ratio
    for lat_deg in latitudes_deg:
        centre = Position(float(random.uniform(-7.0, 4.5)), lat_deg)
        viewport = Viewport(0.0, 0.0, m_per_px, width_px, height_px).centred_on(centre)
        count = 10_000 // len(latitudes_deg)
        pixels = random.uniform((0.0, 0.0), (width_px, height_px), (count, 2))
        placed = [viewport.position_at(x_px, y_px) for x_px, y_px in pixels.tolist()]
        lon_lat_deg = np.array([(at.lon_deg, at.lat_deg) for at in placed if at is not None])
        assert len(lon_lat_deg) == count
        apart_px = np.hypot(*(viewport.pixels_of(lon_lat_deg) - pixels).T) * ratio
        assert apart_px.max() <= 0.1
        singly = np.array([viewport.pixel_of(at) for at in placed if at is not None])
        assert np.hypot(*(singly - pixels).T).max() * ratio <= 0.1
        assert lon_lat_deg[:, 1].min() < viewport.centre.lat_deg < lon_lat_deg[:, 1].max()


@given(viewports, shares, shares, st.floats(0.2, 5.0))
def test_zooming_keeps_the_position_under_the_cursor(
    viewport: Viewport, across: float, down: float, factor: float
) -> None:
    x_px, y_px = across * viewport.width_px, down * viewport.height_px
    before = viewport.position_at(x_px, y_px)
    zoomed = viewport.zoomed(factor, x_px, y_px)
    after = zoomed.position_at(x_px, y_px)
    assert before is not None
    assert after is not None
    if CENTRE_AREA.contains(zoomed.centre) and not _is_at_an_edge(zoomed):
        assert (after.lon_deg, after.lat_deg) == pytest.approx(
            (before.lon_deg, before.lat_deg), abs=1e-9
        )


def _is_at_an_edge(viewport: Viewport) -> bool:
    centre = viewport.centre
    edges = (
        centre.lon_deg - CENTRE_AREA.west_deg, CENTRE_AREA.east_deg - centre.lon_deg,
        centre.lat_deg - CENTRE_AREA.south_deg, CENTRE_AREA.north_deg - centre.lat_deg,
    )  # fmt: skip
    return min(edges) < 1e-6


def test_zooming_in_the_middle_of_the_strait_keeps_a_corner_exactly() -> None:
    viewport = view(STRAIT, 1600, 1000)
    corner = viewport.position_at(0.0, 0.0)
    assert corner is not None
    assert viewport.zoomed(4.0, 0.0, 0.0).pixel_of(corner) == pytest.approx((0.0, 0.0), abs=1e-6)
    assert viewport.zoomed(4.0, 0.0, 0.0).m_per_px == pytest.approx(viewport.m_per_px / 4.0)


@pytest.mark.parametrize("lat_deg", [48.0, 49.0, 49.7, 50.2, 50.8, 51.0, 51.5, 52.0])
@pytest.mark.parametrize("m_per_px", [2.0, 20.0, 80.0, 300.0])
def test_the_scale_is_true_on_the_ground_to_half_a_percent(lat_deg: float, m_per_px: float) -> None:
    viewport = view_around(Position(0.5, lat_deg), m_per_px)
    west = viewport.position_at(195.0, 200.0)
    east = viewport.position_at(205.0, 200.0)
    assert west is not None
    assert east is not None
    ground_m = Geod(ellps="WGS84").inv(west.lon_deg, west.lat_deg, east.lon_deg, east.lat_deg)[2]
    on_paper_m = 10.0 * MM_PER_PX / 1000.0
    assert viewport.scale_denominator() == pytest.approx(ground_m / on_paper_m, rel=0.005)


@given(viewports, st.floats(-50_000.0, 50_000.0), st.floats(-50_000.0, 50_000.0))
def test_the_chart_cannot_be_lost_by_panning(viewport: Viewport, dx: float, dy: float) -> None:
    centre = viewport.panned(dx, dy).centre
    assert CENTRE_AREA.west_deg - 1e-9 <= centre.lon_deg <= CENTRE_AREA.east_deg + 1e-9
    assert CENTRE_AREA.south_deg - 1e-9 <= centre.lat_deg <= CENTRE_AREA.north_deg + 1e-9


def test_panning_moves_the_picture_along() -> None:
    viewport = view(STRAIT, 800, 600)
    place = viewport.position_at(100.0, 100.0)
    assert place is not None
    assert viewport.panned(30.0, -20.0).pixel_of(place) == pytest.approx((130.0, 80.0), abs=1e-6)


def test_zooming_in_ends_at_the_largest_scale_and_out_at_the_whole_area() -> None:
    close = view(STRAIT, 800, 600)
    for _ in range(40):
        close = close.zoomed(2.0, 400.0, 300.0)
    assert close.scale_denominator() == pytest.approx(LARGEST_SCALE, rel=1e-6)
    wide = close
    for _ in range(60):
        wide = wide.zoomed(0.5, 400.0, 300.0)
    middle = wide.centred_on(Position(-1.25, 50.2))
    assert all(
        middle.contains(Position(lon, lat))
        for lon, lat in ((-7.0, 48.0), (4.5, 48.0), (-7.0, 52.2), (4.5, 52.2))
    )
    assert wide.zoomed(0.5, 400.0, 300.0) == wide


@given(positions, positions, st.floats(500.0, 3000.0), st.floats(500.0, 2000.0))
def test_fitting_shows_all_of_the_bounds_inside_the_margin(
    a: Position, b: Position, width_px: float, height_px: float
) -> None:
    bounds = Bounds.around((a, b))
    assert bounds is not None
    fitted = viewport_of(bounds, width_px, height_px, 40.0)
    for place in (a, b):
        x_px, y_px = fitted.pixel_of(place)
        assert 39.9 <= x_px <= width_px - 39.9
        assert 39.9 <= y_px <= height_px - 39.9


def test_fitting_a_point_gives_the_largest_scale() -> None:
    fitted = view().fitted(Bounds(1.5, 51.0, 1.5, 51.0))
    assert fitted.scale_denominator() == pytest.approx(LARGEST_SCALE, rel=1e-6)
    assert fitted.pixel_of(Position(1.5, 51.0)) == pytest.approx((160.0, 100.0), abs=1e-6)


def test_resizing_keeps_centre_and_scale() -> None:
    viewport = view(STRAIT, 800, 600)
    resized = viewport.resized(1000.0, 500.0)
    assert resized.m_per_px == viewport.m_per_px
    assert resized.centre == viewport.centre
    assert (viewport.resized(0.0, -5.0).width_px, viewport.resized(0.0, -5.0).height_px) == (1, 1)


def test_no_position_lies_beyond_the_antimeridian() -> None:
    world = Viewport(0.0, 0.0, 100_000.0, 800.0, 600.0)
    assert world.position_at(0.0, 300.0) is None
    assert world.position_at(400.0, 300.0) == Position(0.0, 0.0)
    assert world.bounds().west_deg == -180.0
    assert world.bounds().east_deg == 180.0


def test_the_poles_are_infinitely_far_off() -> None:
    x_px, y_px = view().pixel_of(Position(1.595, 90.0))
    assert y_px == -math.inf
    assert x_px == pytest.approx(160.0)
    assert not view().contains(Position(0.0, -90.0))


def test_the_prime_meridian_is_no_edge() -> None:
    viewport = view_around(Position(0.0, 50.5))
    left, right = viewport.position_at(100.0, 200.0), viewport.position_at(300.0, 200.0)
    assert left is not None
    assert right is not None
    assert left.lon_deg == pytest.approx(-right.lon_deg)
    assert viewport.bounds().contains(Position(0.0, 50.5))


def test_a_wider_view_covers_the_view_and_another_scale_does_not() -> None:
    viewport = view(STRAIT, 800, 600)
    wider = viewport.widened(200.0, 150.0)
    assert wider.covers(viewport, 150.0)
    assert not wider.covers(viewport, 151.0)
    assert wider.covers(viewport.panned(200.0, -150.0))
    assert not wider.covers(viewport.panned(201.0, 0.0))
    assert not wider.covers(viewport.zoomed(1.1, 400.0, 300.0))
    assert wider.pixel_of(viewport.centre) == pytest.approx((600.0, 450.0))


@pytest.mark.parametrize(
    "numbers",
    [(math.nan, 0, 1, 1, 1), (0, math.inf, 1, 1, 1), (0, 0, 0, 1, 1), (0, 0, 1, -1, 1)],
)
def test_what_is_no_view_is_refused(numbers: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="not a view"):
        Viewport(*numbers)


def test_zooming_by_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="positive factor"):
        view().zoomed(0.0, 1.0, 1.0)
