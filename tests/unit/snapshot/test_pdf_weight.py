"""What keeps a PDF light: strokes that are strokes, and one colour where counts shine through."""

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication

from channelplot.chart.cancel import Cancel
from channelplot.chart.density import PARTS, Counts
from channelplot.chart.density_colours import Ramp, density_image, with_even_edges
from channelplot.chart.renderers.halo_text import Halo

RAMP = Ramp(("#9ecae1", "#08519c"), 10.0)


def parts() -> npt.NDArray[np.uint32]:
    """Return every share of a passage, and a few passages, in one row."""
    return np.array([[*range(PARTS + 1), 2 * PARTS, 20 * PARTS]], dtype=np.uint32)


def over_white(image: QImage) -> npt.NDArray[np.int16]:
    """Return how a picture looks on paper: (height, width, 3)."""
    paper = QImage(image.size(), QImage.Format.Format_RGB888)
    paper.fill(0xFFFFFF)
    with QPainter(paper) as painter:
        painter.drawImage(0, 0, image)
    rows = np.frombuffer(paper.constBits(), dtype=np.uint8).reshape(paper.height(), -1)
    return rows[:, : 3 * paper.width()].astype(np.int16)


def test_what_shines_through_has_one_colour_and_looks_as_it_did() -> None:
    image = density_image(Counts(parts()), RAMP, Cancel())

    even = with_even_edges(image, RAMP)

    colours = {even.pixel(x, 0) & 0xFFFFFF for x in range(PARTS)}
    assert colours == {0x9ECAE1}
    assert [even.pixelColor(x, 0).alpha() for x in range(even.width())] == [
        image.pixelColor(x, 0).alpha() for x in range(image.width())
    ]
    assert np.abs(over_white(even) - over_white(image)).max() <= 2


@pytest.mark.parametrize("is_strong", [False, True])
def test_a_halo_hides_the_ground_on_a_page_and_lets_it_through_on_a_picture(
    qapp: QApplication, is_strong: bool
) -> None:
    halo, buffer = Halo("#ffffff", is_strong), QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    with QPainter(writer) as painter:
        assert halo.pen_for(painter).color().alphaF() == 1.0
    image = QImage(4, 4, QImage.Format.Format_ARGB32_Premultiplied)
    with QPainter(image) as painter:
        assert halo.pen_for(painter).color().alphaF() < 1.0
