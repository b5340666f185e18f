"""The pictures of raster tiles: decoded within bounds, darkened for the palette, and kept."""

import functools
import logging
import threading
from collections import OrderedDict
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter

from channelplot.basemap.mbtiles import MbTiles
from channelplot.errors import RasterFileError

MOST_SIDE_PX: Final = 1024
USUAL_SIDE_PX: Final = 256
MOST_BYTES: Final = 64_000_000
"""Of pictures that are kept, all rasters together: the tiles of a screen and some around it."""
_NOTHING_BYTES: Final = 200
"""What it costs to remember that there is no tile."""

_log = logging.getLogger("channelplot.chart")
_Key = tuple[MbTiles, int, int, int, float]


class _Kept:
    """The pictures that were used last, up to a number of bytes; any thread may ask."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._pictures: OrderedDict[_Key, QImage | None] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    @property
    def size_bytes(self) -> int:
        return self._bytes

    def get(self, key: _Key) -> tuple[bool, QImage | None]:
        """Return whether it is known what the key stands for, and its picture."""
        with self._lock:
            if key not in self._pictures:
                return False, None
            self._pictures.move_to_end(key)
            return True, self._pictures[key]

    def put(self, key: _Key, picture: QImage | None) -> None:
        with self._lock:
            if key in self._pictures:
                return
            self._pictures[key] = picture
            self._bytes += _size_bytes(picture)
            while self._bytes > self._most_bytes:
                _, oldest = self._pictures.popitem(last=False)
                self._bytes -= _size_bytes(oldest)


def _size_bytes(picture: QImage | None) -> int:
    return _NOTHING_BYTES if picture is None else picture.sizeInBytes()


_KEPT: Final = _Kept(MOST_BYTES)


def tile_picture(tiles: MbTiles, zoom: int, column: int, row: int, dim: float) -> QImage | None:
    """Return the picture of a tile, None where there is none.

    row: counted from the north. dim: the share of light that is taken from white. A tile that
    can't be read is left out, and told of in the log. Takes some milliseconds the first time. Runs
    in the render thread.
    """
    key = (tiles, zoom, column, row, dim)
    is_known, picture = _KEPT.get(key)
    if is_known:
        return picture
    try:
        data = tiles.tile(zoom, column, row)
    except RasterFileError as error:
        _log.warning("a raster tile can't be read: %s", error.fault)
        data = None
    picture = None if data is None else _decoded(data, tiles.format, dim)
    _KEPT.put(key, picture)
    return picture


def veil_opacity(dim: float) -> float:
    """Return how opaque a black veil over white must be to take so great a share of its light."""
    left = 1.0 - dim
    encoded = 12.92 * left if left <= 0.0031308 else 1.055 * left ** (1.0 / 2.4) - 0.055
    return 1.0 - encoded


@functools.lru_cache(maxsize=32)
def tile_side_px(tiles: MbTiles) -> int:
    """Return how many pixels the tiles of a file have on a side: usually 256."""
    reader, _buffer = _reader(tiles.sample, tiles.format)
    size = reader.size()
    side_px = max(size.width(), size.height())
    return side_px if 0 < side_px <= MOST_SIDE_PX else USUAL_SIDE_PX


def _reader(data: bytes, suffix: str) -> tuple[QImageReader, QBuffer]:
    """Return a reader of that format alone, and what it reads from, which must be kept."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(suffix.encode()))
    reader.setDecideFormatFromContent(False)
    reader.setAutoDetectImageFormat(False)
    return reader, buffer


def _decoded(data: bytes, suffix: str, dim: float) -> QImage | None:
    """Return a picture, None for what is none or has too many pixels to be a tile."""
    reader, _buffer = _reader(data, suffix)
    size = reader.size()
    # Said by the picture's first bytes: nothing has been taken for its pixels yet.
    if not size.isValid() or max(size.width(), size.height()) > MOST_SIDE_PX:
        return None
    image = reader.read()
    if image.isNull():
        return None
    image = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(1.0)
    if dim > 0.0:
        veil = QColor("black")
        veil.setAlphaF(veil_opacity(dim))
        with QPainter(image) as painter:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceAtop)
            painter.fillRect(image.rect(), veil)
    return image
