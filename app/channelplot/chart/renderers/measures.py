"""How wide texts are and how high fonts: measured once, since the same labels come again."""

import functools
from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QFont, QFontMetricsF

_KEPT: Final = 20_000


class FontKey:
    """A font as part of a key: the same object, kept alive. Qt's own keys leave features out."""

    __slots__ = ("font",)

    def __init__(self, font: QFont) -> None:
        self.font = font

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FontKey) and other.font is self.font

    def __hash__(self) -> int:
        return id(self.font)


@dataclass(frozen=True, slots=True)
class FontMeasures:
    """Heights of a font: of a capital, and how far letters reach below the baseline."""

    capital_px: float
    descent_px: float


def text_width_px(text: str, font: QFont) -> float:
    """Return how far a text reaches along its baseline."""
    return _width_px(text, FontKey(font))


def font_measures(font: QFont) -> FontMeasures:
    """Return the heights of a font."""
    return _measures(FontKey(font))


@functools.lru_cache(maxsize=_KEPT)
def _width_px(text: str, key: FontKey) -> float:
    return QFontMetricsF(key.font).horizontalAdvance(text)


@functools.lru_cache(maxsize=64)
def _measures(key: FontKey) -> FontMeasures:
    metrics = QFontMetricsF(key.font)
    return FontMeasures(metrics.capHeight(), metrics.descent())
