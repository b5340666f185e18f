"""The formats that a plot goes out in."""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final


class Format(StrEnum):
    """A format, by the ending of its files."""

    CSV = ".csv"
    GPX = ".gpx"
    GEOJSON = ".geojson"
    KML = ".kml"
    GEOPACKAGE = ".gpkg"
    FLATGEOBUF = ".fgb"


def format_of(path: Path) -> Format | None:
    """Return the format that a file's name ends in, in any case; None for another's."""
    try:
        return Format(path.suffix.lower())
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Unwritable:
    """Characters that a format has no way to write: in a text, and in one in UTF-8."""

    text: re.Pattern[str]
    utf_8: re.Pattern[bytes]


_XML: Final = Unwritable(
    re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"),
    re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]"),
)
_ZERO: Final = Unwritable(re.compile("[\0\ud800-\udfff]"), re.compile(rb"\x00"))
UNWRITABLE: Final = {
    Format.CSV: _ZERO,
    Format.GPX: _XML,
    Format.GEOJSON: _ZERO,
    Format.KML: _XML,
    Format.GEOPACKAGE: _ZERO,
    Format.FLATGEOBUF: _ZERO,
}
"""The characters that each format can't hold."""
