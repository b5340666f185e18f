"""Sheets made and read back: what their pages show, say, and where."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from PySide6.QtGui import QImage

from channelplot.model.plot import Plot
from channelplot.snapshot.pages import Source
from channelplot.snapshot.record import PlotState
from channelplot.snapshot.settings import SheetSettings
from channelplot.snapshot.sheet import Format, SheetFile, sheet_files
from helpers import charts

STATE = PlotState(7, "3f9a0c11b2d4" * 5 + "3f9a")
MM_PER_PT = 25.4 / 72.0
Floats = npt.NDArray[np.float64]


def a_source(plot: Plot, state: PlotState | None = STATE) -> Source:
    """Return a plot on the shipped chart."""
    return Source(plot, charts.basemap(), charts.levels(), state=state)


def made(plot: Plot, kind: Format, **choices: Any) -> tuple[SheetFile, ...]:
    """Return the files of a snapshot of a plot with settings as given."""
    return sheet_files(SheetSettings(**choices), a_source(plot), kind)


@contextmanager
def opened(data: bytes) -> Iterator[pdfium.PdfDocument]:
    """Open a PDF in PDFium, which knows nothing of Qt."""
    document = pdfium.PdfDocument(data)
    try:
        yield document
    finally:
        document.close()


def pdf_texts(data: bytes) -> list[str]:
    """Return the text of each page of a PDF."""
    with opened(data) as document:
        return [page.get_textpage().get_text_range() for page in document]


def pdf_picture(data: bytes, dpi: float, page: int = 0) -> npt.NDArray[np.uint8]:
    """Return a page as PDFium draws it: (height, width, 3), red, green, blue."""
    with opened(data) as document:
        bitmap = document[page].render(scale=dpi / 72.0, rev_byteorder=True)
        return np.array(bitmap.to_numpy()[..., :3], dtype=np.uint8)


def pdf_size_mm(data: bytes, page: int = 0) -> tuple[float, float]:
    """Return width and height of a page in millimetres."""
    with opened(data) as document:
        width_pt, height_pt = document[page].get_size()
    return width_pt * MM_PER_PT, height_pt * MM_PER_PT


def png_picture(data: bytes) -> npt.NDArray[np.uint8]:
    """Return a PNG's pixels: (height, width, 3), red, green, blue."""
    image = QImage.fromData(data).convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def svg_texts(data: bytes) -> list[str]:
    """Return the texts of an SVG, in the order they are drawn."""
    return [element.text or "" for element in ET.fromstring(data).iter() if _is(element, "text")]


def middle_of(picture: npt.NDArray[np.uint8], colour: str, tolerance: int = 12) -> Floats:
    """Return the middle (x_px, y_px) of all pixels of a colour; fails where there are none."""
    wanted = np.array([int(colour[n : n + 2], 16) for n in (1, 3, 5)])
    near = np.abs(picture.astype(np.int16) - wanted).max(axis=-1) <= tolerance
    rows, columns = np.nonzero(near)
    assert len(rows), f"nothing is {colour}"
    return np.array(
        [(columns.min() + columns.max()) / 2.0 + 0.5, (rows.min() + rows.max()) / 2.0 + 0.5]
    )


def _is(element: ET.Element, name: str) -> bool:
    return element.tag == f"{{http://www.w3.org/2000/svg}}{name}"
