"""The bundled face, loaded once, and the fonts of the chart."""

import functools
from typing import Final, NamedTuple

from PySide6.QtGui import QFont, QFontDatabase

from channelplot.errors import BasemapError
from channelplot.resources import read_bytes


class Face(NamedTuple):
    """A face of the bundled family; file: under resources/."""

    file: str
    is_bold: bool = False
    is_italic: bool = False


FAMILY: Final = "Inter"
FACES: Final = (
    Face("fonts/Inter-Regular.ttf"),
    Face("fonts/Inter-SemiBold.ttf", is_bold=True),
    Face("fonts/Inter-Italic.ttf", is_italic=True),
)
CHART_SIZE_PT: Final = 9.0
_PX_PER_PT: Final = 96.0 / 72.0
"""Device-independent pixels: the chart's sizes must not depend on what a screen claims."""


@functools.cache
def load_fonts() -> str:
    """Load the bundled face into the running application and return its family.

    Later calls cost nothing. Needs a QGuiApplication. Raises BasemapError when a font
    file is missing or Qt can't read it.
    """
    for face in FACES:
        if QFontDatabase.addApplicationFontFromData(read_bytes(face.file)) < 0:
            raise BasemapError(face.file, "not a font")
    return FAMILY


@functools.cache
def chart_font(
    size_pt: float = CHART_SIZE_PT,
    is_bold: bool = False,
    is_italic: bool = False,
    is_tabular: bool = True,
) -> QFont:
    """Return the chart's font in a size; is_tabular: all figures equally wide.

    Not for names: tabular hyphens are wide too.
    Shared: make a copy before changing it. Raises BasemapError as ``load_fonts`` does.
    """
    font = QFont(load_fonts())
    font.setPixelSize(round(size_pt * _PX_PER_PT))
    font.setWeight(QFont.Weight.DemiBold if is_bold else QFont.Weight.Normal)
    font.setItalic(is_italic)
    # Said either way: a painter gives a font what it leaves open from the window's, whose figures
    # are tabular, and the text is then wider than its metrics say.
    font.setFeature(QFont.Tag("tnum"), int(is_tabular))
    # Letters that depend on their neighbours could not be found in the text of a PDF.
    font.setFeature(QFont.Tag("calt"), 0)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font
