"""The colours of windows and panels by role, which of them show now, and the font."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtGui import QFont

from channelplot.chart.fonts import load_fonts
from channelplot.chart.palette import PALETTES, Palette

PANEL_SIZE_PT: Final = 10.0
_PX_PER_PT: Final = 96.0 / 72.0


class Look(StrEnum):
    """In which light the desk is: the codes of the setting ``palette``."""

    DAY = "day"
    DUSK = "dusk"
    NIGHT = "night"


@dataclass(frozen=True, slots=True)
class Theme:
    """A colour for every role of the window, as ``#rrggbb``.

    Every text has a contrast of 4.5:1 or more by day and dusk, 3:1 or more at night, on every
    ground it stands on, disabled ones too. Nothing at night has a relative luminance above 0.13.
    """

    window: str
    panel: str
    field: str
    text: str
    faint_text: str
    disabled_text: str
    line: str
    hover: str
    accent: str
    accent_text: str
    selection: str
    good: str
    warning: str
    warning_ground: str
    bad: str
    bad_ground: str


DAY: Final = Theme(
    window="#eaf0f4",
    panel="#f6f9fb",
    field="#ffffff",
    text="#1f2d35",
    faint_text="#4e626e",
    disabled_text="#5c6f7a",
    line="#c5d2da",
    hover="#dbe6ed",
    accent="#0a5fb4",
    accent_text="#ffffff",
    selection="#cfe3f6",
    good="#136b34",
    warning="#7a4a00",
    warning_ground="#fdf0d0",
    bad="#a01818",
    bad_ground="#fbe0de",
)
"""Bright room, daylight: the chart's sea and ink, paler."""

DUSK: Final = Theme(
    window="#1b252c",
    panel="#212d36",
    field="#172027",
    text="#d5dee3",
    faint_text="#9fb2bd",
    disabled_text="#8698a4",
    line="#3c4d59",
    hover="#2b3a45",
    accent="#6db3f2",
    accent_text="#0d161d",
    selection="#284259",
    good="#6fcf97",
    warning="#eab968",
    warning_ground="#3f331b",
    bad="#ffaa9d",
    bad_ground="#4b2522",
)
"""Lamps low: the chart's dusk, a little darker, so that the chart stays the brightest."""

NIGHT: Final = Theme(
    window="#090b0d",
    panel="#0b0e11",
    field="#060809",
    text="#765f48",
    faint_text="#60656a",
    disabled_text="#4d6672",
    line="#242b31",
    hover="#0e1418",
    accent="#386598",
    accent_text="#050607",
    selection="#08151f",
    good="#2a6f43",
    warning="#845a17",
    warning_ground="#171005",
    bad="#a94033",
    bad_ground="#1c0a08",
)
"""Eyes used to the dark: nearly black, all ink equally dim and told apart by its hue."""

THEMES: Final[Mapping[Look, Theme]] = {Look.DAY: DAY, Look.DUSK: DUSK, Look.NIGHT: NIGHT}


class _Shown:
    """The look of this process's windows."""

    look = Look.DAY


def shown_look() -> Look:
    """Return the look that windows have now."""
    return _Shown.look


def theme() -> Theme:
    """Return the colours that windows have now, for what is drawn by hand: ask while drawing."""
    return THEMES[_Shown.look]


def chart_palette() -> Palette:
    """Return the chart's colours now, for its symbols in panels."""
    return PALETTES[_Shown.look]


def take_look(look: Look) -> None:
    """Let ``theme`` and ``chart_palette`` return another look's colours; changes no window."""
    _Shown.look = look


def panel_font(text_scale: float = 1.0) -> QFont:
    """Return the font of panels and menus, with figures that are all equally wide."""
    font = QFont(load_fonts())
    font.setPixelSize(round(PANEL_SIZE_PT * _PX_PER_PT * text_scale))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
