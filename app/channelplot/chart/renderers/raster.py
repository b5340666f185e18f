"""Raster tiles under the chart, in the chart's own projection.

Tiles are in spherical Mercator (EPSG:3857), the chart in ellipsoidal (EPSG:3395). East and west
are the same in both; north and south are not: at 50 N the same place is 25 km further down. So the
edges of every tile are worked out exactly, and its rows are spread evenly between them: on a tile
of level 6, the widest that the chart's smallest scale asks for, that is off by a hundredth of a
pixel. Where it would be off by more, when a few coarse tiles are all there is, a tile is put down
in strips.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from channelplot.basemap.mbtiles import MbTiles
from channelplot.chart.cancel import Cancel
from channelplot.chart.renderers.pens import pen
from channelplot.chart.renderers.tile_pictures import tile_picture, tile_side_px
from channelplot.chart.scene import Scene
from channelplot.chart.viewport import Viewport
from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.projection import SEMI_MAJOR_AXIS_M, from_chart_m, to_chart_m

MOST_TILES: Final = 400
"""In one picture. At a scale that is too small for the file's lowest level only its extent is
drawn: every tile would be a few pixels, and reading them takes seconds."""
MOST_LEVELS_UP: Final = 5
"""Where a tile is missing, its place in one of so many levels above is taken."""
EXTENT_PX: Final = 1.0
EXTENT_DASH_PX: Final = (4.0, 4.0)
STRIP_ERROR_PX: Final = 0.1
"""Device pixels that a row may be off."""
_HALF_WORLD_M: Final = math.pi * SEMI_MAJOR_AXIS_M
_SHARPER: Final = 1e-6
"""Of a level: so that a scale which is exactly a level's takes that level."""
_MOST_RECT_PX: Final = 8_000.0
"""Pieces that are wider are cut to the view first: the painter counts in 16 bits."""


@dataclass(frozen=True, slots=True)
class _Edges:
    """Where the tiles of a level lie in the picture: columns and rows, and their edges in pixels.

    lefts_px and tops_px have one entry more than there are columns and rows. middles_px: where
    the middle line of each row is.
    """

    zoom: int
    first_column: int
    first_row: int
    lefts_px: npt.NDArray[np.float64]
    tops_px: npt.NDArray[np.float64]
    middles_px: npt.NDArray[np.float64]

    @property
    def count(self) -> int:
        return (len(self.lefts_px) - 1) * (len(self.tops_px) - 1)


def draw_tiles(painter: QPainter, scene: Scene, tiles: MbTiles, cancel: Cancel) -> None:
    """Draw the tiles that show, or their extent where they would be too many."""
    viewport, ratio = scene.viewport, scene.device_pixel_ratio
    zoom = zoom_for(viewport.m_per_px / ratio, tile_side_px(tiles), tiles.min_zoom, tiles.max_zoom)
    edges = _edges(viewport, zoom, tiles.bounds)
    if edges is None:
        return
    if edges.count > MOST_TILES:
        _draw_extent(painter, scene, tiles)
        return
    # Without antialiasing a rectangle takes the device pixels whose middles are in it, so that
    # tiles meet without a seam, while what is in them is put down to a fraction of a pixel.
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for row in range(len(edges.tops_px) - 1):
        for column in range(len(edges.lefts_px) - 1):
            if cancel.is_cancelled:
                return
            found = _found(tiles, zoom, edges.first_column + column, edges.first_row + row, scene)
            if found is not None:
                _put_down(painter, *found, edges, column, row, scene)


def zoom_for(m_per_device_px: float, tile_px: int, min_zoom: int, max_zoom: int) -> int:
    """Return the lowest level that is not blurred at a scale, as far as there are levels.

    m_per_device_px: chart metres in a pixel of the screen. tile_px: the side of a tile.
    """
    pixels_around = 2.0 * _HALF_WORLD_M / m_per_device_px
    wanted = math.ceil(math.log2(pixels_around / tile_px) - _SHARPER)
    return min(max(wanted, min_zoom), max_zoom)


def _edges(viewport: Viewport, zoom: int, bounds: Bounds | None) -> _Edges | None:
    """Return the tiles of a level that show, of those within the bounds; None for none."""
    west_m, south_m, east_m, north_m = viewport.bounds_m()
    count = 2**zoom
    columns = _tile_numbers(np.array((west_m, east_m)), zoom)
    rows = _tile_numbers(-_to_spherical_m(np.array((north_m, south_m))), zoom)
    first_column, last_column = max(columns[0], 0), min(columns[1], count - 1)
    first_row, last_row = max(rows[0], 0), min(rows[1], count - 1)
    if bounds is not None:
        corners_deg = np.array(
            ((bounds.west_deg, bounds.north_deg), (bounds.east_deg, bounds.south_deg))
        )
        corners_m = to_chart_m(corners_deg)
        kept_columns = _tile_numbers(corners_m[:, 0], zoom)
        kept_rows = _tile_numbers(-_to_spherical_m(corners_m[:, 1]), zoom)
        first_column, last_column = (
            max(first_column, kept_columns[0]), min(last_column, kept_columns[1])
        )  # fmt: skip
        first_row, last_row = max(first_row, kept_rows[0]), min(last_row, kept_rows[1])
    if first_column > last_column or first_row > last_row:
        return None
    side_m = 2.0 * _HALF_WORLD_M / count
    edges_x_m = np.arange(first_column, last_column + 2) * side_m - _HALF_WORLD_M
    halves_y_m = _HALF_WORLD_M - np.arange(2 * first_row, 2 * last_row + 3) * side_m / 2.0
    halves_px = (
        viewport.height_px / 2.0
        - (_from_spherical_m(halves_y_m) - viewport.centre_y_m) / viewport.m_per_px
    )
    return _Edges(
        zoom,
        first_column,
        first_row,
        viewport.width_px / 2.0 + (edges_x_m - viewport.centre_x_m) / viewport.m_per_px,
        halves_px[::2],
        halves_px[1::2],
    )


def _tile_numbers(from_edge_m: npt.NDArray[np.float64], zoom: int) -> tuple[int, int]:
    """Return the numbers of the tiles in which two places are, metres right or down of nought."""
    low, high = np.floor((from_edge_m + _HALF_WORLD_M) / (2.0 * _HALF_WORLD_M) * 2.0**zoom)
    return int(low), int(high)


def _to_spherical_m(y_m: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return northings in EPSG:3857 for northings in EPSG:3395."""
    lat_deg = from_chart_m(np.column_stack((np.zeros_like(y_m), y_m)))[:, 1]
    return np.asarray(SEMI_MAJOR_AXIS_M * np.arctanh(np.sin(np.radians(lat_deg))), dtype=np.float64)


def _from_spherical_m(y_m: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return northings in EPSG:3395 for northings in EPSG:3857."""
    lat_deg = np.degrees(np.arcsin(np.tanh(y_m / SEMI_MAJOR_AXIS_M)))
    return to_chart_m(np.column_stack((np.zeros_like(lat_deg), lat_deg)))[:, 1]


def _found(
    tiles: MbTiles, zoom: int, column: int, row: int, scene: Scene
) -> tuple[QImage, QRectF] | None:
    """Return a picture of a tile and which part of it: its own, else that of a level above."""
    for up in range(min(MOST_LEVELS_UP, zoom - tiles.min_zoom) + 1):
        picture = tile_picture(tiles, zoom - up, column >> up, row >> up, scene.palette.raster_dim)
        if picture is not None:
            parts = 1 << up
            width, height = picture.width() / parts, picture.height() / parts
            return picture, QRectF((column % parts) * width, (row % parts) * height, width, height)
    return None


def _put_down(
    painter: QPainter,
    picture: QImage,
    part: QRectF,
    edges: _Edges,
    column: int,
    row: int,
    scene: Scene,
) -> None:
    """Draw a part of a picture where a tile lies, in strips if its rows can't be spread evenly."""
    left_px, right_px = edges.lefts_px[column : column + 2]
    top_px, bottom_px = edges.tops_px[row : row + 2]
    off_px = abs(edges.middles_px[row] - (top_px + bottom_px) / 2.0) * scene.device_pixel_ratio
    strips = 1 if off_px <= STRIP_ERROR_PX else math.ceil(math.sqrt(off_px / STRIP_ERROR_PX))
    for share, next_share, strip_top_px, strip_bottom_px in _strips(
        strips, edges, row, scene.viewport
    ):
        source = QRectF(
            part.x(),
            part.y() + share * part.height(),
            part.width(),
            (next_share - share) * part.height(),
        )
        target = QRectF(left_px, strip_top_px, right_px - left_px, strip_bottom_px - strip_top_px)
        _put_down_piece(painter, picture, source, target, scene)


def _strips(
    count: int, edges: _Edges, row: int, viewport: Viewport
) -> Iterator[tuple[float, float, float, float]]:
    """Yield for each strip of a tile its shares of the rows, and the edges in the picture."""
    shares = np.arange(count + 1) / count
    side_m = 2.0 * _HALF_WORLD_M / 2**edges.zoom
    y_m = _from_spherical_m(_HALF_WORLD_M - (edges.first_row + row + shares) * side_m)
    tops_px = viewport.height_px / 2.0 - (y_m - viewport.centre_y_m) / viewport.m_per_px
    # The outer edges as the tiles above and below have them, to the last bit.
    tops_px[[0, -1]] = edges.tops_px[row : row + 2]
    for number in range(count):
        yield (
            float(shares[number]), float(shares[number + 1]),
            float(tops_px[number]), float(tops_px[number + 1]),
        )  # fmt: skip


def _put_down_piece(
    painter: QPainter, picture: QImage, source: QRectF, target: QRectF, scene: Scene
) -> None:
    """Draw a piece of a picture.

    Of what is far larger than the view the rest is cut off; what is to be much smaller is reduced
    first, since the painter looks at four pixels alone.
    """
    if max(target.width(), target.height()) > _MOST_RECT_PX:
        source, target = _cut(source, target, scene.viewport)
        if source.isEmpty():
            return
    device_width = target.width() * scene.device_pixel_ratio
    device_height = target.height() * scene.device_pixel_ratio
    if source.width() > 2.0 * device_width and source == QRectF(picture.rect()):
        picture = picture.scaled(
            max(1, math.ceil(device_width)),
            max(1, math.ceil(device_height)),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        source = QRectF(picture.rect())
    if source != QRectF(picture.rect()) and not isinstance(painter.device(), QImage):
        # Qt's SVG draws the whole of a picture whatever part is asked for.
        whole = QRectF(source.toAlignedRect() & picture.rect())
        across, down = target.width() / source.width(), target.height() / source.height()
        target = QRectF(
            target.left() + (whole.left() - source.left()) * across,
            target.top() + (whole.top() - source.top()) * down,
            whole.width() * across,
            whole.height() * down,
        )
        picture = picture.copy(whole.toRect())
        source = QRectF(picture.rect())
    painter.drawImage(target, picture, source)


def _cut(source: QRectF, target: QRectF, viewport: Viewport) -> tuple[QRectF, QRectF]:
    """Return of a piece what shows, in whole pixels of the picture, and where that lies."""
    across, down = target.width() / source.width(), target.height() / source.height()
    shown = target & QRectF(0.0, 0.0, viewport.width_px, viewport.height_px)
    if shown.isEmpty():
        return QRectF(), QRectF()
    # A pixel more on each side: what is seen blends into its neighbours.
    left = max(math.floor((shown.left() - target.left()) / across) - 1, 0) + source.left()
    top = max(math.floor((shown.top() - target.top()) / down) - 1, 0) + source.top()
    right = min(math.ceil((shown.right() - target.left()) / across) + 1, source.width())
    bottom = min(math.ceil((shown.bottom() - target.top()) / down) + 1, source.height())
    kept = QRectF(left, top, right + source.left() - left, bottom + source.top() - top)
    return kept, QRectF(
        target.left() + (kept.left() - source.left()) * across,
        target.top() + (kept.top() - source.top()) * down,
        kept.width() * across,
        kept.height() * down,
    )


def _draw_extent(painter: QPainter, scene: Scene, tiles: MbTiles) -> None:
    """Draw the outline of what a file covers, if it says."""
    if tiles.bounds is None:
        return
    (left, top), (right, bottom) = scene.viewport.pixels_of(
        np.array(
            (
                (tiles.bounds.west_deg, tiles.bounds.north_deg),
                (tiles.bounds.east_deg, tiles.bounds.south_deg),
            )
        )
    )
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen(scene.palette.reference, EXTENT_PX, EXTENT_DASH_PX))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(left, top, right - left, bottom - top))
