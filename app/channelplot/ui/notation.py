"""The forms of positions in words, and how wide positions get in each."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from channelplot.geodesy.text import Notation

WIDEST: Final[Mapping[Notation, str]] = {
    Notation.DDM: "50°00.00'N 001°00.00'W",
    Notation.DMS: "50°00'00.0\"N 001°00'00.0\"W",
    Notation.DECIMAL: "50.00000°N 001.00000°W",
    Notation.MGRS: "30U WW 0000 0000",
}
"""As wide as a position in the area can be: figures are equally wide, west is wider than east."""
_LONG: Final = {
    Notation.DDM: QT_TRANSLATE_NOOP("Notation", "Degrees and decimal minutes"),
    Notation.DMS: QT_TRANSLATE_NOOP("Notation", "Degrees, minutes and seconds"),
    Notation.DECIMAL: QT_TRANSLATE_NOOP("Notation", "Decimal degrees"),
    Notation.MGRS: QT_TRANSLATE_NOOP("Notation", "MGRS grid squares"),
}
_SHORT: Final = {
    Notation.DDM: QT_TRANSLATE_NOOP("Notation", "DDM"),
    Notation.DMS: QT_TRANSLATE_NOOP("Notation", "DMS"),
    Notation.DECIMAL: QT_TRANSLATE_NOOP("Notation", "Decimal"),
    Notation.MGRS: QT_TRANSLATE_NOOP("Notation", "MGRS"),
}


def notation_text(notation: Notation) -> str:
    """Return the words for a form of positions: ``Degrees and decimal minutes``."""
    return QCoreApplication.translate("Notation", str(_LONG[notation]))


def notation_short_text(notation: Notation) -> str:
    """Return a word for a form of positions that fits a status bar: ``DDM``."""
    return QCoreApplication.translate("Notation", str(_SHORT[notation]))
