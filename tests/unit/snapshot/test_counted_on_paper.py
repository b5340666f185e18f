"""Tracks that are counted lie on a PDF and an SVG where they lie on a picture, in small files."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from channelplot.chart.crowding import DensityMode
from channelplot.chart.layers import DEFAULT_LAYERING, Layer
from channelplot.geodesy.bounds import Bounds
from channelplot.model.codes import TrackStatus
from channelplot.model.plot import Plot
from channelplot.snapshot.sheet import Format
from helpers.builders import a_plot, a_report, a_track, ddm
from helpers.sheets import Floats, made, pdf_picture, png_picture

DPI = 100
COUNT = 250
AREA = Bounds(1.2, 50.8, 1.8, 51.2)


def crowded() -> Plot:
    """Many closed boats along one line in the west of the chart's middle, and none elsewhere."""
    tracks = []
    for number in range(COUNT):
        ends = [
            a_report("0210", position=ddm(50, 57.0 + number / 500.0, 1, 20.0)),
            a_report("0310", position=ddm(50, 57.0 + number / 500.0, 1, 28.0)),
        ]
        boat = a_track(f"T{number}", ends, uid=f"track-{number}")
        tracks.append(replace(boat, status=TrackStatus.RESCUED_ALL))
    return a_plot(*tracks)


def box_of_blue(picture: npt.NDArray[np.uint8]) -> Floats:
    """Return left, top, right and bottom of what is blue on the map: the counts alone."""
    red, blue = picture[..., 0].astype(np.int16), picture[..., 2].astype(np.int16)
    is_counted = (blue - red > 60)[:, : int(picture.shape[1] * 0.72)]
    rows, columns = np.nonzero(is_counted)
    assert len(rows) > 200
    return np.concatenate(
        [np.percentile(np.column_stack((columns, rows)), share, axis=0) for share in (2, 98)]
    )


@pytest.mark.parametrize("kind", [Format.PDF, Format.SVG])
def test_counts_lie_where_they_belong(kind: Format) -> None:
    choices = {
        "extent": AREA,
        "density_mode": DensityMode.DENSITY,
        "dpi": DPI,
        "layering": DEFAULT_LAYERING.hiding(set(Layer) - {Layer.TRACKS}),
    }
    plot = crowded()
    expected = png_picture(made(plot, Format.PNG, **choices)[0].data)
    data = made(plot, kind, **choices)[0].data

    assert len(data) < 5_000_000
    if kind is Format.PDF:
        found = pdf_picture(data, DPI)
    else:
        image = QImage(expected.shape[1], expected.shape[0], QImage.Format.Format_RGB888)
        image.fill(0xFFFFFF)
        with QPainter(image) as painter:
            QSvgRenderer(QByteArray(data)).render(painter)
        rows = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), -1)
        found = rows[:, : 3 * image.width()].reshape(expected.shape).copy()
    away_px = np.abs(box_of_blue(found) - box_of_blue(expected))
    assert away_px.max() <= 3.0, away_px
