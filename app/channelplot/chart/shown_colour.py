"""The colours of reference layers as a palette can show them: pure functions; no Qt.

What a desk chose is meant for the day. At dusk and at night its hue is kept and its luminance
is moved between what can still be seen on the chart and the palette's own text, than which
nothing is brighter: so the rule of the night, luminance 0.13 at most, holds for every choice.
"""

import functools
from typing import Final

from channelplot.chart.palette import Palette

LINE_CONTRAST: Final = 1.8
"""Of a line or a point to sea and land, at dusk and at night."""
TEXT_CONTRASTS: Final = (4.5, 3.0)
"""Of a text to sea and land: the second where the palette's own text does not reach the first."""
_ROUNDING: Final = 1.02
"""Colours are rounded down to a step of 255."""
_STEPS: Final = 24
"""Halvings of the way from black over the colour to white: exact to the last of 255 steps."""
_WHITE: Final = (1.0, 1.0, 1.0)
_BLACK: Final = (0.0, 0.0, 0.0)

Rgb = tuple[float, float, float]
"""Red, green and blue from 0 to 1, as sRGB encodes them."""


def shown_colour(name: str, palette: Palette, *, is_text: bool = False) -> str:
    """Return the colour, ``#rrggbb``, in which a palette shows a role or a literal ``#rrggbb``.

    is_text: the role's own ``_text`` is taken where there is one, and a literal is made readable.
    Raises ValueError for what is neither.
    """
    if name.startswith("#"):
        return _adapted(name.lower(), palette, is_text)
    text_role = getattr(palette, f"{name}_text", None)
    value = text_role if is_text and text_role is not None else getattr(palette, name, None)
    if not isinstance(value, str):
        msg = f"no colour of the chart: {name}"
        raise ValueError(msg)
    return value


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``, 0 to 1 (WCAG 2.2)."""
    return _luminance(_parsed(colour))


@functools.lru_cache(maxsize=256)
def _adapted(colour: str, palette: Palette, is_text: bool) -> str:
    grounds = (luminance(palette.sea), luminance(palette.land))
    brightest = luminance(palette.text)
    own = _luminance(_parsed(colour))
    if brightest < min(grounds):
        if not is_text:
            return colour
        darkest = (min(grounds) + 0.05) / TEXT_CONTRASTS[0] - 0.05
        return colour if own <= darkest else _with_luminance(colour, darkest)
    ground = max(grounds) + 0.05
    least = LINE_CONTRAST
    if is_text:
        is_bright = brightest + 0.05 >= ground * TEXT_CONTRASTS[0] * _ROUNDING
        least = TEXT_CONTRASTS[0] if is_bright else TEXT_CONTRASTS[1]
    floor = min(ground * least * _ROUNDING - 0.05, brightest)
    return _with_luminance(colour, floor + (brightest - floor) * own)


def _with_luminance(colour: str, wanted: float) -> str:
    """Return the colour of the same hue, darker or paler, whose luminance is just below wanted."""
    parsed = _parsed(colour)
    low, high = 0.0, 2.0
    for _ in range(_STEPS):
        middle = (low + high) / 2.0
        if _luminance(_between(parsed, middle)) <= wanted:
            low = middle
        else:
            high = middle
    return "#" + "".join(f"{int(part * 255.0):02x}" for part in _between(parsed, low))


def _between(colour: Rgb, share: float) -> Rgb:
    """Return black for 0, the colour for 1, white for 2, and what lies between."""
    start, end, way = (_BLACK, colour, share) if share <= 1.0 else (colour, _WHITE, share - 1.0)
    red, green, blue = (a + (b - a) * way for a, b in zip(start, end, strict=True))
    return red, green, blue


def _parsed(colour: str) -> Rgb:
    red, green, blue = (int(colour[start : start + 2], 16) / 255.0 for start in (1, 3, 5))
    return red, green, blue


def _luminance(colour: Rgb) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
