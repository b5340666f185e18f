"""Whether the comparison sees: of every picture that is kept, what is wrong with it fails."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from helpers.golden import (
    DIFFERING_SHARE,
    EXPECTED,
    LETTERED_SHARE,
    UPDATE_VARIABLE,
    assert_matches,
    difference,
    fills_of,
    ground_of,
    palette_of,
    read,
)

KEPT = sorted(EXPECTED.glob("*.png"))
SHIFT_PX = 2
OFF = 4
"""Of 255, in each channel."""
LEAST_SHARE = 0.15
"""Of the ink: from this on one colour is a fill."""


@pytest.mark.parametrize("path", KEPT, ids=[path.stem for path in KEPT])
def test_what_is_wrong_with_a_picture_fails(path: Path) -> None:
    """Nothing drawn, all of it two pixels off either way, a fill in another shade."""
    kept, palette = read(path), palette_of(path)
    letters = path.stem.startswith("words_")
    allowed = LETTERED_SHARE if letters else DIFFERING_SHARE
    ground = ground_of(kept)
    wrong = {
        "blank": np.broadcast_to(ground, kept.shape),
        "down": np.roll(kept, SHIFT_PX, axis=0),
        "right": np.roll(kept, SHIFT_PX, axis=1),
    }
    for fill in (ground, *fills_of(kept, LEAST_SHARE)):
        shaded = kept.copy()
        shaded[(kept == fill).all(axis=-1)] += np.where(fill > 127, -OFF, OFF).astype(np.int16)
        wrong[f"shade {fill}"] = shaded
    assert difference(kept, kept, palette, letters=letters).share == 0.0
    shares = {
        name: difference(kept, picture, palette, letters=letters).share
        for name, picture in wrong.items()
    }
    assert min(shares.values()) > allowed, shares


def test_a_picture_in_another_palette_fails() -> None:
    """Every picture by day has its like at dusk and at night, sheets aside; none is another."""
    for path in KEPT:
        if palette_of(path) != "day" or path.stem.startswith("snapshot_"):
            continue
        by_day = read(path)
        for palette in ("dusk", "night"):
            other = read(path.with_stem(f"{path.stem}_{palette}"))
            assert difference(by_day, other, palette).share > DIFFERING_SHARE


def test_a_picture_that_is_not_the_one_kept_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(UPDATE_VARIABLE, raising=False)
    other = QImage(str(EXPECTED / "boundary.png"))
    with pytest.raises(AssertionError, match="of the ink differs"):
        assert_matches(other, "coast_strait")
    assert_matches(other, "boundary")
