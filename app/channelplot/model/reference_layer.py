"""Reference layers: files of others that a desk lays under its plot, to look at.

The plot keeps where a file is and how it is drawn, never what is in it. What an answer rests on
is a loaded limit (``limit.py``), which the plot holds.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class ReferenceKind(StrEnum):
    """What a file holds: shapes, or a picture in tiles (MBTiles)."""

    VECTOR = "vector"
    RASTER = "raster"


class ReferenceSchema(StrEnum):
    """What a table is known to be, and is drawn as.

    ROUTEING: routeing measures; SEA_LIMITS: limits of waters; SAR_REGIONS: search and rescue
    regions; PLAIN: anything else, drawn by its style.
    """

    PLAIN = "plain"
    ROUTEING = "routeing"
    SEA_LIMITS = "sea_limits"
    SAR_REGIONS = "sar_regions"


class Dash(StrEnum):
    """How a line is broken."""

    SOLID = "solid"
    DASHED = "dashed"
    DOTTED = "dotted"
    DASH_DOT = "dash_dot"


USUAL_COLOUR: Final = "reference"
"""The palette's own colour of reference layers, by day, dusk and night."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceStyle:
    """How shapes are drawn.

    line, fill: ``reference``, the palette's own colour, or one as ``#rrggbb``; fill_opacity: 0
    draws the outline alone, 1 is opaque. point_px: across; label_column: the column whose words
    stand beside the shapes, "" for none.
    """

    line: str = USUAL_COLOUR
    width_px: float = 1.2
    dash: Dash = Dash.SOLID
    fill: str = USUAL_COLOUR
    fill_opacity: float = 0.07
    point_px: float = 6.0
    label_column: str = ""
    label_size_pt: float = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceLayer:
    """A table of a file, or a file of tiles, that is drawn with the plot.

    path: from the plot's folder on where the file lies in it or next to it, with ``/``; else
    absolute. table: of the file, "" for its only one. crs: the reference its positions are in,
    where the desk had to say, as ``EPSG:2154``; "" where the file says. credit: who is to be named.
    """

    uid: str
    name: str
    path: str
    table: str = ""
    crs: str = ""
    kind: ReferenceKind = ReferenceKind.VECTOR
    schema: ReferenceSchema = ReferenceSchema.PLAIN
    style: ReferenceStyle = field(default_factory=ReferenceStyle)
    credit: str = ""


_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
WIDTH_PX: Final = (0.2, 12.0)
POINT_PX: Final = (1.0, 40.0)
LABEL_SIZE_PT: Final = (5.0, 24.0)


def is_colour(text: str) -> bool:
    """Return whether a text is ``reference`` or a colour as ``#rrggbb``."""
    return text == USUAL_COLOUR or _COLOUR.fullmatch(text) is not None


def is_drawable(style: ReferenceStyle) -> bool:
    """Return whether every figure and colour of a style is one to draw with."""
    figures = (
        (style.width_px, WIDTH_PX),
        (style.fill_opacity, (0.0, 1.0)),
        (style.point_px, POINT_PX),
        (style.label_size_pt, LABEL_SIZE_PT),
    )
    are_in_range = all(least <= figure <= most for figure, (least, most) in figures)
    return are_in_range and is_colour(style.line) and is_colour(style.fill)
