"""Pictures as arrays, and comparing one with a picture kept in the repository."""

import os
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage, QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.renderers.table import Renderer
from channelplot.chart.scene import Scene

UPDATE_VARIABLE = "CHANNELPLOT_GOLDEN_UPDATE"
ROOT = Path(__file__).resolve().parents[2]
EXPECTED = ROOT / "tests" / "golden" / "expected"
FAILURES = ROOT / ".test-output" / "golden"
"""Expected, actual and difference side by side, one picture for each failure; not kept by git."""
COLOUR_TOLERANCE = 24
"""Of 255, in each channel: smoothing differs a little from one build of Qt to the next."""
DIFFERING_SHARE = 0.002
"""Of all pixels, so many may differ by more."""


def pixels(image: QImage) -> npt.NDArray[np.uint8]:
    """Return the picture as (height, width, 4): red, green, blue, alpha."""
    plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(plain.constBits(), dtype=np.uint8).reshape(
        plain.height(), plain.bytesPerLine()
    )
    return rows[:, : plain.width() * 4].reshape(plain.height(), plain.width(), 4).copy()


def rgb(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue of a palette entry."""
    parsed = QColor(colour)
    return parsed.red(), parsed.green(), parsed.blue()


def count_of(image: QImage, colour: str, tolerance: int = 2) -> int:
    """Return how many pixels have a colour, within a tolerance in each channel."""
    away = np.abs(pixels(image)[..., :3].astype(np.int16) - rgb(colour))
    return int((away <= tolerance).all(axis=-1).sum())


def drawn_by(scene: Scene, *renderers: Renderer) -> QImage:
    """Return what these renderers alone draw of a scene, on a ground of sea."""
    ratio = scene.device_pixel_ratio
    image = QImage(
        round(scene.viewport.width_px * ratio),
        round(scene.viewport.height_px * ratio),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(scene.palette.sea))
    with QPainter(image) as painter:
        for renderer in renderers:
            painter.save()
            renderer(painter, scene, Cancel())
            painter.restore()
    return image


def assert_matches(image: QImage, name: str) -> None:
    """Fail unless the picture looks like the one kept under the name.

    With CHANNELPLOT_GOLDEN_UPDATE=1 in the environment it is kept instead, after which
    it has to be looked at.
    """
    path = EXPECTED / f"{name}.png"
    if os.environ.get(UPDATE_VARIABLE) == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        assert image.save(str(path))
        return
    expected = QImage(str(path))
    assert not expected.isNull(), f"no picture is kept as {path.name}"
    assert (expected.width(), expected.height()) == (image.width(), image.height())
    away = np.abs(pixels(image).astype(np.int16) - pixels(expected)).max(axis=-1)
    share = float((away > COLOUR_TOLERANCE).mean())
    if share > DIFFERING_SHARE:
        saved = _save_failure(name, expected, image, away)
        shown = saved.relative_to(ROOT)
        raise AssertionError(f"{share:.2%} of the pixels differ: see {shown}")


def _save_failure(name: str, expected: QImage, actual: QImage, away: npt.NDArray[np.int16]) -> Path:
    FAILURES.mkdir(parents=True, exist_ok=True)
    grey = np.ascontiguousarray(255 - np.clip(away * 4, 0, 255).astype(np.uint8))
    difference = QImage(
        grey.data, grey.shape[1], grey.shape[0], grey.shape[1], QImage.Format.Format_Grayscale8
    )
    width, height = expected.width(), expected.height()
    together = QImage(3 * width + 20, height, QImage.Format.Format_RGB32)
    together.fill(QColor("white"))
    with QPainter(together) as painter:
        for column, picture in enumerate((expected, actual, difference)):
            plain = picture.copy()
            plain.setDevicePixelRatio(1.0)
            painter.drawImage(column * (width + 10), 0, plain)
    path = FAILURES / f"{name}.png"
    assert together.save(str(path))
    return path
