"""Comparing a picture with one kept in the repository, so that every picture can fail.

What differs is counted against the ink: a few marks on an empty sea count as much as a full chart.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage, QPainter

from helpers.images import pixels

UPDATE_VARIABLE: Final = "CHANNELPLOT_GOLDEN_UPDATE"
ROOT: Final = Path(__file__).resolve().parents[2]
EXPECTED: Final = ROOT / "tests" / "golden" / "expected"
FAILURES: Final = ROOT / ".test-output" / "golden"
"""Expected, actual and difference side by side, one picture for each failure; not kept by git."""
EDGE_TOLERANCE: Final = {"day": 24, "dusk": 6, "night": 4}
"""Of 255, in each channel, by palette: edges are smoothed a little otherwise from one build of Qt
to the next."""
EDGE_SHARE: Final = 0.1
"""No more than this share of what stands out most: so pale things are seen as well."""
FLAT_TOLERANCE: Final = 2
"""The same where a pixel has the colour of all around it: a fill is no matter of smoothing."""
DIFFERING_SHARE: Final = 0.02
"""Of the ink, so much may differ by more."""
LETTER_PX: Final = 5
"""Letters are hinted otherwise from one machine to the next, by parts of a pixel: they are compared
as means over squares so wide."""
LETTER_SHARE: Final = 0.75
"""Of the tolerance: means differ less than edges do."""
LETTERED_SHARE: Final = 0.2
"""Of the ink that is not flat, so much may differ by more: with no hinting at all 0.19 do at most,
shifted by two pixels 0.22 at least."""

Pixels = npt.NDArray[np.int16]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Difference:
    """How far each pixel is away, 0 to 255, and how much of the ink is too far away."""

    away: Pixels
    share: float


def assert_matches(
    image: QImage, name: str, palette: str = "day", *, letters: bool = False
) -> None:
    """Fail unless the picture looks like the one kept under the name for the palette.

    letters: there are some in it. With CHANNELPLOT_GOLDEN_UPDATE=1 in the environment it is kept
    instead, after which it has to be looked at.
    """
    path = EXPECTED / f"{file_name(name, palette)}.png"
    if os.environ.get(UPDATE_VARIABLE) == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        _keep(image, path)
        return
    expected = QImage(str(path))
    assert not expected.isNull(), f"no picture is kept as {path.name}"
    assert (expected.width(), expected.height()) == (image.width(), image.height())
    found = difference(_rgb(expected), _rgb(image), palette, letters=letters)
    allowed = LETTERED_SHARE if letters else DIFFERING_SHARE
    if found.share > allowed:
        saved = _save_failure(path.stem, expected, image, found.away)
        shown = saved.relative_to(ROOT)
        raise AssertionError(f"{found.share:.2%} of the ink differs: see {shown}")


def file_name(name: str, palette: str) -> str:
    """Return what a picture is kept as: by day under its own name alone."""
    return name if palette == "day" else f"{name}_{palette}"


def palette_of(path: Path) -> str:
    """Return the palette that a picture kept is in."""
    last = path.stem.rpartition("_")[2]
    return last if last in EDGE_TOLERANCE else "day"


def difference(
    expected: Pixels, actual: Pixels, palette: str, *, letters: bool = False
) -> Difference:
    """Return how far two pictures (height, width, 3) are apart, in what is drawn on the ground."""
    ground = ground_of(expected)
    ink = ~(_is_like(expected, ground) & _is_like(actual, ground))
    away = np.abs(expected - actual).max(axis=-1)
    flat = is_flat(expected) & is_flat(actual)
    blurred = np.abs(_means(expected - actual)).max(axis=-1) if letters else away
    most = float(np.abs(expected - ground).max())
    tolerance = max(FLAT_TOLERANCE, min(EDGE_TOLERANCE[palette], EDGE_SHARE * most))
    if letters:
        tolerance *= LETTER_SHARE
        ink &= ~flat
    differs = np.where(flat, away > FLAT_TOLERANCE, blurred > tolerance)
    return Difference(away, min(1.0, float(differs.sum()) / max(1, int(ink.sum()))))


def ground_of(picture: Pixels) -> Pixels:
    """Return the commonest colour of a picture, (3,)."""
    colours, counts = np.unique(_packed(picture), return_counts=True)
    return _unpacked(colours[counts.argmax()])


def fills_of(picture: Pixels, least_share: float) -> list[Pixels]:
    """Return the colours, but for the ground, that fill at least such a share of the ink."""
    ink = ~_is_like(picture, ground_of(picture))
    colours, counts = np.unique(_packed(picture)[is_flat(picture) & ink], return_counts=True)
    return [_unpacked(colour) for colour in colours[counts >= least_share * ink.sum()]]


def is_flat(picture: Pixels) -> Flags:
    """Return which pixels have the colour of all eight around them; those at the edge have not."""
    colours = _packed(picture)
    flat = np.zeros(colours.shape, dtype=np.bool_)
    across = (colours[:, 1:-1] == colours[:, :-2]) & (colours[:, 1:-1] == colours[:, 2:])
    middle = colours[1:-1, 1:-1]
    down = (middle == colours[:-2, 1:-1]) & (middle == colours[2:, 1:-1])
    flat[1:-1, 1:-1] = across[:-2] & across[1:-1] & across[2:] & down
    return flat


def read(path: Path) -> Pixels:
    """Return the colours of a picture kept, (height, width, 3)."""
    image = QImage(str(path))
    assert not image.isNull(), f"no picture is kept as {path.name}"
    return _rgb(image)


def _packed(picture: Pixels) -> npt.NDArray[np.int32]:
    wide = picture.astype(np.int32)
    return np.asarray((wide[..., 0] << 16) | (wide[..., 1] << 8) | wide[..., 2])


def _unpacked(colour: np.int32) -> Pixels:
    return np.array(((colour >> 16) & 255, (colour >> 8) & 255, colour & 255), dtype=np.int16)


def _is_like(picture: Pixels, colour: Pixels) -> Flags:
    return np.asarray((np.abs(picture - colour) <= FLAT_TOLERANCE).all(axis=-1))


def _means(picture: Pixels) -> npt.NDArray[np.float64]:
    """Return the means over a square about each pixel."""
    half = LETTER_PX // 2
    sums = np.pad(picture, ((half + 1, half), (half + 1, half), (0, 0))).astype(np.float64)
    sums = sums.cumsum(axis=0).cumsum(axis=1)
    n = LETTER_PX
    squares = sums[n:, n:] - sums[:-n, n:] - sums[n:, :-n] + sums[:-n, :-n]
    return np.asarray(squares / n**2)


def _rgb(image: QImage) -> Pixels:
    return pixels(image)[..., :3].astype(np.int16)


def _keep(image: QImage, path: Path) -> None:
    """Write a picture, without the alpha it has no use for, as small as it gets."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    plain.setDevicePixelRatio(1.0)
    plain.setDotsPerMeterX(0)
    plain.setDotsPerMeterY(0)
    assert plain.save(str(path), quality=0)


def _save_failure(name: str, expected: QImage, actual: QImage, away: Pixels) -> Path:
    FAILURES.mkdir(parents=True, exist_ok=True)
    grey = np.ascontiguousarray(255 - np.clip(away * 4, 0, 255).astype(np.uint8))
    shape = grey.shape[1], grey.shape[0]
    shown = QImage(grey.data, *shape, grey.shape[1], QImage.Format.Format_Grayscale8)
    width, height = expected.width(), expected.height()
    together = QImage(3 * width + 20, height, QImage.Format.Format_RGB32)
    together.fill(QColor("white"))
    with QPainter(together) as painter:
        for column, picture in enumerate((expected, actual, shown)):
            plain = picture.copy()
            plain.setDevicePixelRatio(1.0)
            painter.drawImage(column * (width + 10), 0, plain)
    path = FAILURES / f"{name}.png"
    assert together.save(str(path))
    return path
