"""A page as a PNG picture, and the two files beside it by which a GIS puts its map in place."""

import struct
import zlib
from typing import Final

from pyproj import CRS
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter, QPainter, Qt

from channelplot.chart.cancel import Cancel
from channelplot.errors import SheetNotMade
from channelplot.geodesy.projection import CHART_CRS
from channelplot.snapshot.page import Page
from channelplot.snapshot.paper import Sheet

RECORD_KEY: Final = "channelplot"
_TITLE_KEY: Final = "Title"
_QUALITY: Final = 70
"""How fast Qt packs: no larger than at its slowest, in two thirds of the time; from 90 on it
hardly packs."""
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_HEAD_BYTES: Final = len(_SIGNATURE) + 25
"""Signature and header, which stands first in every PNG (second edition, ISO/IEC 15948)."""
_MM_PER_M: Final = 1000.0


def drawn(page: Page, cancel: Cancel | None = None) -> QImage:
    """Return a page as a picture; unfinished if cancelled.

    Its resolution is set so that it prints in the size its scale is true for. Raises
    MemoryError if there is no room for it.
    """
    image = blank(page.sheet)
    with QPainter(image) as painter:
        page.draw(painter, cancel or Cancel())
    return image


def blank(sheet: Sheet) -> QImage:
    """Return a white picture of a sheet. Raises MemoryError if there is no room for it."""
    image = QImage(sheet.width_px, sheet.height_px, QImage.Format.Format_RGB32)
    if image.isNull():
        msg = f"a picture of {sheet.width_px} x {sheet.height_px} pixels"
        raise MemoryError(msg)
    per_metre = round(sheet.px_per_mm * _MM_PER_M)
    image.setDotsPerMeterX(per_metre)
    image.setDotsPerMeterY(per_metre)
    image.fill(Qt.GlobalColor.white)
    return image


def png_bytes(image: QImage, *, title: str = "", record: str = "") -> bytes:
    """Return a picture as PNG, in full colours without transparency.

    record: a text kept in it, which ``png_record`` returns again. Raises SheetNotMade for no
    picture or too little memory.
    """
    opaque = QImage(image)
    opaque.convertTo(QImage.Format.Format_RGB32)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    writer.setQuality(_QUALITY)
    if not writer.write(opaque):
        raise SheetNotMade("not encoded")
    data = buffer.data().data()
    texts = [_text(key, text) for key, text in ((_TITLE_KEY, title), (RECORD_KEY, record)) if text]
    # Put in here: Qt packs texts, and makes one blank of two.
    return b"".join((data[:_HEAD_BYTES], *texts, data[_HEAD_BYTES:]))


def _text(key: str, text: str) -> bytes:
    """Return a text of a PNG, not packed and in no language."""
    content = b"iTXt" + key.encode("ascii") + b"\0\0\0\0\0" + text.encode()
    return struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))


def png_record(data: bytes) -> str | None:
    """Return the record kept in a PNG that was made here, None where there is none."""
    at, head = len(_SIGNATURE), RECORD_KEY.encode("ascii") + b"\0\0\0\0\0"
    while at + 8 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        if data.startswith(b"iTXt" + head, at + 4):
            return data[at + 8 + len(head) : at + 8 + length].decode("utf-8", "replace")
        at += 12 + length
    return None


def world_file_text(page: Page) -> str | None:
    """Return the world file of a page's picture, None for a page without a map.

    Six lines: the width of a pixel in chart metres, two zeros, the height, negative, and the
    easting and northing of the middle of the first pixel, in EPSG:3395.
    """
    if page.map is None:
        return None
    box, viewport = page.map
    m_per_px = viewport.m_per_px * viewport.width_px / box.width_px
    min_x_m, _, _, max_y_m = viewport.bounds_m()
    first_x_m = min_x_m + (0.5 - box.x_px) * m_per_px
    first_y_m = max_y_m - (0.5 - box.y_px) * m_per_px
    numbers = (m_per_px, 0.0, 0.0, -m_per_px, first_x_m, first_y_m)
    return "".join(f"{number:.10f}\n" for number in numbers)


def projection_file_text() -> str:
    """Return the .prj file of the chart's projection, as ESRI writes well-known text."""
    return CRS.from_user_input(CHART_CRS).to_wkt("WKT1_ESRI")
