"""Raster tiles: every pixel of them where the chart says that place is."""

import functools
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from channelplot.basemap.mbtiles import MbTiles
from channelplot.chart.cancel import Cancel
from channelplot.chart.palette import DAY, DUSK, NIGHT, Palette
from channelplot.chart.renderers import raster, tile_pictures
from channelplot.chart.renderers.raster import draw_tiles, zoom_for
from channelplot.chart.scene import Scene
from channelplot.chart.viewport import MM_PER_PX, Viewport
from channelplot.geodesy.position import Position
from channelplot.geodesy.projection import ground_metres_per_chart_metre
from channelplot.model.plot import Plot
from helpers.images import pixels
from helpers.made_up_tiles import (
    TILE_PX,
    Tile,
    marked_tile,
    plain_tile,
    stored,
    tiles_over,
    world_px,
    write_tiles,
)

pytestmark = pytest.mark.usefixtures("qtbot")

PLACES = (
    Position(-5.0123, 48.0345), Position(1.6171, 50.8881), Position(-1.2345, 49.4321),
    Position(3.1, 51.2005), Position(0.0, 52.1987),
)  # fmt: skip
DENOMINATORS = (5_000_000, 2_600_000, 1_000_000, 350_000, 120_000, 50_000, 17_000, 5_000)
SIZE_PX = (121.0, 97.0)
AROUND_PX = 640.0
"""Tile pixels around a place that a view of that size can ask for, on the densest screen."""


def view_of(place: Position, denominator: float, off_px: tuple[float, float]) -> Viewport:
    """Return a view at 1:denominator with a place so far off its middle."""
    m_per_px = denominator * MM_PER_PX / 1000.0 / ground_metres_per_chart_metre(place.lat_deg)
    middle = Viewport(0.0, 0.0, m_per_px, *SIZE_PX).centred_on(place)
    return replace(
        middle,
        centre_x_m=middle.centre_x_m - off_px[0] * m_per_px,
        centre_y_m=middle.centre_y_m + off_px[1] * m_per_px,
    )


def scene_of(viewport: Viewport, ratio: float = 1.0) -> Scene:
    return Scene(plot=Plot(), viewport=viewport, device_pixel_ratio=ratio)


def drawn(scene: Scene, tiles: MbTiles, ground: int = 0, cancel: Cancel | None = None) -> QImage:
    """Return what is drawn of tiles alone, above nothing."""
    ratio = scene.device_pixel_ratio
    image = QImage(
        round(scene.viewport.width_px * ratio),
        round(scene.viewport.height_px * ratio),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.setDevicePixelRatio(ratio)
    image.fill(ground)
    with QPainter(image) as painter:
        draw_tiles(painter, scene, tiles, cancel or Cancel())
    return image


def tiles_around(place: Position, zoom: int) -> list[Tile]:
    x, y = world_px(place.lon_deg, place.lat_deg, zoom)
    last = 2**zoom - 1
    return [
        (zoom, column, row)
        for column in range(
            max(0, int((x - AROUND_PX) // TILE_PX)), min(last, int((x + AROUND_PX) // TILE_PX)) + 1
        )
        for row in range(
            max(0, int((y - AROUND_PX) // TILE_PX)), min(last, int((y + AROUND_PX) // TILE_PX)) + 1
        )
    ]


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file of white tiles with a made-up blot at each place, at levels 5 to 18."""
    path = tmp_path_factory.mktemp("tiles") / "marks.mbtiles"
    white = plain_tile("white")
    marks = [(place.lon_deg, place.lat_deg) for place in PLACES]

    @functools.cache
    def near(zoom: int) -> frozenset[Tile]:
        found = set()
        for lon_deg, lat_deg in marks:
            x, y = world_px(lon_deg, lat_deg, zoom)
            found |= {
                (zoom, int((x + right) // TILE_PX), int((y + down) // TILE_PX))
                for right in (-4.0, 4.0)
                for down in (-4.0, 4.0)
            }
        return frozenset(found)

    def picture(tile: Tile) -> QImage:
        return marked_tile(tile, marks) if tile in near(tile[0]) else white

    wanted = {
        tile for zoom in range(5, 19) for place in PLACES for tile in tiles_around(place, zoom)
    }
    return write_tiles(path, sorted(wanted), picture)


def middle_of_blot(image: QImage, near_px: tuple[float, float]) -> tuple[float, float]:
    """Return where the middle of what is dark is, in device pixels."""
    dark = 255.0 - pixels(image)[..., 0].astype(np.float64)
    dark[dark < 12.0] = 0.0
    rows, columns = np.mgrid[0 : dark.shape[0], 0 : dark.shape[1]] + 0.5
    is_near = np.hypot(columns - near_px[0], rows - near_px[1]) < 40.0
    dark = np.where(is_near, dark, 0.0)
    assert dark.sum() > 500.0, "the mark is not there"
    return float((dark * columns).sum() / dark.sum()), float((dark * rows).sum() / dark.sum())


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("denominator", DENOMINATORS)
def test_a_pixel_of_a_tile_lies_where_the_chart_has_its_place(
    marked: Path, denominator: int, ratio: float
) -> None:
    """To a pixel of the screen, at every scale, from 48 to 52.2 N; in fact to a quarter."""
    tiles = MbTiles(marked)
    worst = 0.0
    for place in PLACES:
        for off_px in ((0.0, 0.0), (31.3, -22.7), (-40.25, 33.4)):
            scene = scene_of(view_of(place, denominator, off_px), ratio)
            x_px, y_px = scene.viewport.pixel_of(place)
            expected = (x_px * ratio, y_px * ratio)
            found = middle_of_blot(drawn(scene, tiles), expected)
            worst = max(worst, *(abs(a - b) for a, b in zip(found, expected, strict=True)))
    assert worst < 0.25


def test_tiles_meet_without_a_seam(tmp_path: Path) -> None:
    tiles = MbTiles(
        write_tiles(
            tmp_path / "a.mbtiles",
            tiles_over(1.0, 50.5, 2.0, 51.2, 12),
            lambda _: plain_tile("#336699"),
        )
    )
    for ratio in (1.0, 1.25, 1.5, 2.0):
        for denominator in (250_000.0, 187_654.0, 100_000.0):
            scene = scene_of(view_of(Position(1.5, 50.9), denominator, (3.3, 4.7)), ratio)
            found = pixels(drawn(scene, tiles))
            assert (found == found[0, 0]).all(), "one colour, without gaps or edges"
            assert tuple(found[0, 0]) == (0x33, 0x66, 0x99, 255)


@pytest.mark.parametrize("mark", [(-5.0, 48.3), (-1.0, 50.2), (2.5, 51.4)])
def test_coarse_tiles_are_bent_in_strips(tmp_path: Path, mark: tuple[float, float]) -> None:
    """Level 2: the whole Channel on one tile, whose rows can't be spread evenly."""
    wanted = tiles_over(-20.0, 40.0, 20.0, 60.0, 2)
    path = tmp_path / "a.mbtiles"
    tiles = MbTiles(write_tiles(path, wanted, lambda tile: marked_tile(tile, [mark])))
    # A pixel of the tile is 19 of the screen, and the blot a third of the view.
    viewport = view_of(Position(*mark), 5_000_000, (0.0, 0.0))
    scene = scene_of(replace(viewport, width_px=400.0, height_px=400.0))
    dark = 255.0 - pixels(drawn(scene, tiles))[..., 0].astype(np.float64)
    rows, columns = np.mgrid[0:400, 0:400] + 0.5
    assert (dark * columns).sum() / dark.sum() == pytest.approx(200.0, abs=1.0)
    assert (dark * rows).sum() / dark.sum() == pytest.approx(200.0, abs=1.0)


@pytest.mark.parametrize(
    ("m_per_px", "tile_px", "zoom"),
    [
        (156543.04, 256, 0),
        (78271.0, 256, 2),
        (78271.52, 256, 1),
        (78271.52, 512, 0),
        (1.0, 256, 18),
        (0.0001, 256, 20),
    ],
)
def test_the_level_is_the_lowest_that_is_not_blurred(
    m_per_px: float, tile_px: int, zoom: int
) -> None:
    assert zoom_for(m_per_px, tile_px, 0, 20) == zoom


def test_beyond_the_highest_and_lowest_levels_these_are_taken() -> None:
    assert zoom_for(1.0, 256, 3, 10) == 10
    assert zoom_for(100_000.0, 256, 3, 10) == 3


def test_a_file_of_coarse_tiles_is_enlarged_to_the_closest_scale(marked: Path) -> None:
    tiles = MbTiles(marked)
    tiles.max_zoom = 8
    place = PLACES[1]
    # At 1:5,000 a pixel of level 8 is 300 of the screen: the place is in the middle of the blot.
    scene = scene_of(view_of(place, 5_000, (0.0, 0.0)))
    middle = pixels(drawn(scene, tiles))[48, 60]
    assert middle[3] == 255
    assert middle[0] < 60
    far = scene_of(view_of(place, 5_000, (3000.0, 0.0)))
    assert pixels(drawn(far, tiles))[48, 60][0] > 240


def test_where_a_tile_is_missing_its_place_in_one_above_is_shown(tmp_path: Path) -> None:
    place = Position(1.5, 50.9)
    wanted = [*tiles_around(place, 10), *tiles_around(place, 12)]
    x, y = world_px(place.lon_deg, place.lat_deg, 12)
    missing = (12, int(x // TILE_PX), int(y // TILE_PX))
    wanted.remove(missing)
    tiles = MbTiles(
        write_tiles(
            tmp_path / "a.mbtiles",
            wanted,
            lambda tile: plain_tile("#336699" if tile[0] == 12 else "#993333"),
        )
    )
    m_per_px = 2.0 * np.pi * 6378137.0 / TILE_PX / 2**12
    viewport = replace(view_of(place, 100_000, (0.0, 0.0)), m_per_px=float(m_per_px))
    found = pixels(drawn(scene_of(viewport), tiles))
    assert tuple(found[48, 60]) == (0x99, 0x33, 0x33, 255)
    assert (found[..., 3] == 255).all()


def test_far_out_only_the_extent_is_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster, "MOST_TILES", 50)
    tiles = MbTiles(
        write_tiles(
            tmp_path / "a.mbtiles",
            tiles_over(1.4, 50.8, 1.6, 50.9, 14),
            lambda _: plain_tile("#336699"),
            {"bounds": "1.4,50.8,1.6,50.9"},
        )
    )
    scene = scene_of(view_of(Position(1.5, 50.85), 1_500_000, (0.0, 0.0)))
    found = pixels(drawn(scene, tiles))
    assert 20 < (found[..., 3] > 0).sum() < 0.2 * found[..., 3].size
    assert found[48, 60, 3] == 0


def test_nothing_is_drawn_beside_the_bounds(tmp_path: Path) -> None:
    tiles = MbTiles(
        write_tiles(
            tmp_path / "a.mbtiles",
            tiles_over(1.4, 50.8, 1.6, 50.9, 12),
            lambda _: plain_tile("#336699"),
            {"bounds": "1.4,50.8,1.6,50.9"},
        )
    )
    scene = scene_of(view_of(Position(-3.0, 49.0), 100_000, (0.0, 0.0)))
    assert not pixels(drawn(scene, tiles)).any()


@pytest.mark.parametrize("palette", [DAY, DUSK, NIGHT])
def test_white_paper_is_as_dark_as_the_palette_says(marked: Path, palette: Palette) -> None:
    """At night no pixel is above a relative luminance of 0.13 (WCAG 2.2)."""
    scene = replace(scene_of(view_of(PLACES[1], 120_000, (0.0, 0.0))), palette=palette)
    parts = pixels(drawn(scene, MbTiles(marked)))[..., :3] / 255.0
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    luminance = linear @ np.array((0.2126, 0.7152, 0.0722))
    assert luminance.max() == pytest.approx(1.0 - palette.raster_dim, abs=0.01)
    if palette is NIGHT:
        assert luminance.max() <= 0.13


def test_what_is_not_wanted_any_more_is_not_drawn(marked: Path) -> None:
    cancel = Cancel()
    cancel.cancel()
    scene = scene_of(view_of(PLACES[1], 120_000, (0.0, 0.0)))
    assert not pixels(drawn(scene, MbTiles(marked), cancel=cancel)).any()


@pytest.mark.qt_no_exception_capture
@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n", b"", b"\xff\xd8\xff\xe0 no picture", None])
def test_a_tile_that_is_no_picture_is_left_out(tmp_path: Path, data: bytes | None) -> None:
    place = Position(1.5, 50.9)
    path = write_tiles(
        tmp_path / "a.mbtiles", tiles_around(place, 12), lambda _: plain_tile("#336699")
    )
    x, y = world_px(place.lon_deg, place.lat_deg, 12)
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute(
            "UPDATE tiles SET tile_data = ? WHERE tile_column = ? AND tile_row = ?",
            (data, int(x // TILE_PX), 2**12 - 1 - int(y // TILE_PX)),
        )
    m_per_px = float(2.0 * np.pi * 6378137.0 / TILE_PX / 2**12)
    viewport = replace(view_of(place, 100_000, (0.0, 0.0)), m_per_px=m_per_px)
    found = pixels(drawn(scene_of(viewport), MbTiles(path)))
    assert found[48, 60, 3] == 0
    assert (found[..., 3] == 255).any()


def test_a_picture_too_large_for_a_tile_is_not_decoded(tmp_path: Path) -> None:
    """A picture of 30,000 by 30,000 pixels of one colour is a few kilobytes in a file."""
    side_px = tile_pictures.MOST_SIDE_PX + 1
    large = QImage(side_px, side_px, QImage.Format.Format_Mono)
    large.fill(0)
    path = write_tiles(tmp_path / "a.mbtiles", [(0, 0, 0)], lambda _: large)
    tiles = MbTiles(path)
    assert tile_pictures.tile_side_px(tiles) == tile_pictures.USUAL_SIDE_PX
    assert tile_pictures.tile_picture(tiles, 0, 0, 0, 0.0) is None


def test_a_tile_of_512_pixels_is_known(tmp_path: Path) -> None:
    path = write_tiles(
        tmp_path / "a.mbtiles", [(0, 0, 0)], lambda _: plain_tile("red").scaled(512, 512)
    )
    assert tile_pictures.tile_side_px(MbTiles(path)) == 512


def test_pictures_are_kept_up_to_a_number_of_bytes() -> None:
    kept = tile_pictures._Kept(3 * TILE_PX * TILE_PX * 4 + 1000)
    tiles = object.__new__(MbTiles)
    for row in range(9):
        kept.put((tiles, 5, 0, row, 0.0), plain_tile("red"))
        assert kept.get((tiles, 5, 0, 0, 0.0))[0] is (row < 9), "used each time, so kept"
    assert kept.size_bytes <= 3 * TILE_PX * TILE_PX * 4 + 1000
    assert kept.get((tiles, 5, 0, 1, 0.0)) == (False, None)
    assert kept.get((tiles, 5, 0, 8, 0.0))[0]


def test_the_kinds_of_pictures_can_be_read() -> None:
    """PNG, JPEG and WebP as the format names them."""
    for suffix in ("png", "jpeg", "webp"):
        image = tile_pictures._decoded(stored(plain_tile("#336699"), suffix), suffix, 0.0)
        assert image is not None
        assert np.abs(pixels(image)[5, 5].astype(int) - (0x33, 0x66, 0x99, 255)).max() <= 6


def test_a_picture_of_another_kind_is_not_read() -> None:
    assert tile_pictures._decoded(stored(plain_tile("red"), "bmp"), "png", 0.0) is None


def test_north_and_south_differ_by_kilometres_between_the_two_mercators() -> None:
    """So a raster that was merely stretched would be 25 km off."""
    y_m = np.array((6_500_000.0,))
    assert raster._to_spherical_m(y_m)[0] - y_m[0] == pytest.approx(32_700.0, abs=2_000.0)
    assert raster._from_spherical_m(raster._to_spherical_m(y_m))[0] == pytest.approx(y_m[0])
