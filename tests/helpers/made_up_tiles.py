"""Files of raster tiles that show made-up things: marks at known places, plain colours."""

import math
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter

TILE_PX = 256

Tile = tuple[int, int, int]
"""Zoom level, column, row from the north."""


def world_px(lon_deg: float, lat_deg: float, zoom: int) -> tuple[float, float]:
    """Return where a position is in the picture of the whole world at a level (EPSG:3857)."""
    size_px = TILE_PX * 2.0**zoom
    x = (lon_deg + 180.0) / 360.0
    y = (1.0 - math.asinh(math.tan(math.radians(lat_deg))) / math.pi) / 2.0
    return x * size_px, y * size_px


def tiles_over(
    west_deg: float, south_deg: float, east_deg: float, north_deg: float, zoom: int
) -> list[Tile]:
    """Return the tiles of a level that cover a box of degrees."""
    left, top = world_px(west_deg, north_deg, zoom)
    right, bottom = world_px(east_deg, south_deg, zoom)
    return [
        (zoom, column, row)
        for column in range(int(left // TILE_PX), int(right // TILE_PX) + 1)
        for row in range(int(top // TILE_PX), int(bottom // TILE_PX) + 1)
    ]


def plain_tile(colour: str) -> QImage:
    """Return a tile of one colour."""
    image = QImage(TILE_PX, TILE_PX, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(colour))
    return image


def marked_tile(tile: Tile, marks: Iterable[tuple[float, float]], ground: str = "white") -> QImage:
    """Return a tile on which each position (lon, lat) has a black blot of 5 by 5 pixels.

    Its middle is at the position to a hundredth of a pixel: the edges of the blot are grey.
    """
    zoom, column, row = tile
    rows, columns = np.mgrid[0:TILE_PX, 0:TILE_PX] + 0.5
    cover = np.zeros((TILE_PX, TILE_PX))
    for lon_deg, lat_deg in marks:
        x, y = world_px(lon_deg, lat_deg, zoom)
        x, y = x - column * TILE_PX, y - row * TILE_PX
        across = np.clip(3.0 - np.abs(columns - x), 0.0, 1.0)
        down = np.clip(3.0 - np.abs(rows - y), 0.0, 1.0)
        cover = np.maximum(cover, across * down)
    paper = QColor(ground)
    shares = [paper.red(), paper.green(), paper.blue()]
    pixels = np.empty((TILE_PX, TILE_PX, 4), dtype=np.uint8)
    for channel, share in enumerate(shares):
        pixels[..., channel] = np.round(share * (1.0 - cover))
    pixels[..., 3] = 255
    return QImage(
        pixels.tobytes(), TILE_PX, TILE_PX, 4 * TILE_PX, QImage.Format.Format_RGBA8888
    ).copy()


def stored(image: QImage, suffix: str = "png") -> bytes:
    """Return a picture as it stands in a file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(suffix.encode())).write(image)
    return bytes(buffer.data().data())


def write_tiles(
    path: Path,
    tiles: Iterable[Tile],
    picture: Callable[[Tile], QImage],
    metadata: dict[str, str] | None = None,
) -> Path:
    """Write a file of PNG tiles, rows counted from the south as the format has them."""
    said = {"name": "Made-up tiles", "format": "png", **(metadata or {})}
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("CREATE TABLE metadata (name text, value text)")
        conn.execute(
            "CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, "
            "tile_data blob)"
        )
        conn.execute("CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row)")
        conn.executemany("INSERT INTO metadata VALUES (?, ?)", said.items())
        for tile in tiles:
            zoom, column, row = tile
            conn.execute(
                "INSERT INTO tiles VALUES (?, ?, ?, ?)",
                (zoom, column, 2**zoom - 1 - row, stored(picture(tile))),
            )
    return path
