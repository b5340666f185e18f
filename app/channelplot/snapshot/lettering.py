"""The letters of a sheet: styles, sizes on paper, widths, and how a text is made to fit.

Measures with the bundled face, so a running QGuiApplication is needed; any thread.
"""

import functools
from enum import Enum
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF

from channelplot.chart.fonts import chart_font
from channelplot.chart.wrapped import wrapped
from channelplot.snapshot.paper import MM_PER_PT, Sheet

_LINE: Final = 1.32
"""Height of a line for a size of 1; Inter's own is 1.21."""


class Style(Enum):
    """A kind of text on the sheet: size in points, semi-bold or not."""

    TITLE = (16.0, True)
    TIME = (10.5, True)
    MARKING = (10.0, True)
    SCALE = (9.0, True)
    HEADING = (8.5, True)
    STRONG = (8.0, True)
    BODY = (8.0, False)
    NOTE = (7.5, False)
    CREDIT = (6.5, False)

    @property
    def size_pt(self) -> float:
        """Return the size of the letters in points."""
        return self.value[0]

    @property
    def is_bold(self) -> bool:
        """Return whether the letters are semi-bold."""
        return self.value[1]


@functools.lru_cache(maxsize=64)
def sheet_font(style: Style, px_per_mm: float, shrunk: float = 1.0) -> QFont:
    """Return the font of a style where a millimetre of letters takes so many pixels.

    shrunk: a share of its usual size. Shared: make a copy before changing it. Raises BasemapError
    if the face is missing.
    """
    font = QFont(chart_font(style.size_pt, style.is_bold, is_tabular=False))
    font.setPixelSize(max(1, round(style.size_pt * MM_PER_PT * px_per_mm * shrunk)))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def line_px(style: Style, sheet: Sheet) -> float:
    """Return the height a line of the style takes."""
    return sheet.px(style.size_pt * MM_PER_PT * _LINE)


def text_px(text: str, style: Style, sheet: Sheet, shrunk: float = 1.0) -> float:
    """Return the width a text takes."""
    return QFontMetricsF(sheet_font(style, sheet.px(1.0), shrunk)).horizontalAdvance(text)


def elided(text: str, style: Style, sheet: Sheet, width_px: float, shrunk: float = 1.0) -> str:
    """Return the text, or as much of it as fits into a width with an ellipsis after it."""
    metrics = QFontMetricsF(sheet_font(style, sheet.px(1.0), shrunk))
    if metrics.horizontalAdvance(text) <= width_px:
        return text
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width_px)


def elided_in_middle(text: str, style: Style, sheet: Sheet, width_px: float) -> str:
    """Return the text, or its beginning and end with an ellipsis between as far as they fit."""
    metrics = QFontMetricsF(sheet_font(style, sheet.px(1.0)))
    if metrics.horizontalAdvance(text) <= width_px:
        return text
    return metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, width_px)


def shrunk_to(text: str, style: Style, sheet: Sheet, width_px: float, least: float = 0.7) -> float:
    """Return the share of its usual size at which a text fits, ``least`` if it never does."""
    full_px = text_px(text, style, sheet)
    if full_px <= width_px:
        return 1.0
    return max(least, width_px / full_px * 0.985)  # font sizes are whole pixels


def broken(
    text: str, style: Style, sheet: Sheet, width_px: float, shrunk: float = 1.0
) -> tuple[str, ...]:
    """Return a text in lines that fit into a width; a word too wide is broken anywhere."""

    def fits(words: str) -> bool:
        return text_px(words, style, sheet, shrunk) <= width_px

    lines: list[str] = []
    for word in text.split() or [""]:
        joined = f"{lines[-1]} {word}" if lines else word
        if fits(joined):
            lines[-1:] = [joined]
            continue
        rest = word
        while not fits(rest) and len(rest) > 1:
            most = next(n for n in range(len(rest) - 1, 0, -1) if n == 1 or fits(rest[:n]))
            lines.append(rest[:most])
            rest = rest[most:]
        lines.append(rest)
    return tuple(lines)


def flowed(
    pieces: tuple[str, ...], style: Style, sheet: Sheet, width_px: float, between: str = " · "
) -> tuple[str, ...]:
    """Return the pieces in lines no wider than a width; one too wide is broken at its words."""
    return wrapped(pieces, lambda text: text_px(text, style, sheet), width_px, between)
