"""How a track is told from the others: colour and dash go by its name; no Qt."""

import zlib
from dataclasses import dataclass
from typing import Final

from channelplot.chart.palette import Palette
from channelplot.model.codes import Craft
from channelplot.model.track import Track

DASHES_PX: Final[tuple[tuple[float, ...], ...]] = (
    (),
    (11.0, 4.0),
    (4.0, 3.0),
    (14.0, 3.0, 3.0, 3.0, 3.0, 3.0),
)
"""Stroke, gap, stroke, gap ... for each colour of a palette; none is the boundary's."""
ASSET_DASH_PX: Final = (2.0, 3.0)
_LETTERS: Final = 26
_MOST_LETTERS: Final = 2


@dataclass(frozen=True, slots=True)
class TrackStyle:
    """colour and text_colour: ``#rrggbb``; dash_px: empty for an unbroken line."""

    colour: str
    text_colour: str
    dash_px: tuple[float, ...]


def track_style(track: Track, palette: Palette) -> TrackStyle:
    """Return the track's style; the same whatever other tracks there are.

    A, B, C ... go through the palette's colours in turn, AA after Z; any other name
    takes one by its identifier. What is no small boat is grey, with dashes of its own.
    """
    if track.craft is not Craft.SMALL_BOAT:
        return TrackStyle(palette.asset, palette.asset_text, ASSET_DASH_PX)
    number = _number(track) % len(palette.tracks)
    return TrackStyle(
        palette.tracks[number], palette.track_texts[number], DASHES_PX[number % len(DASHES_PX)]
    )


def _number(track: Track) -> int:
    name = track.name
    if not (
        1 <= len(name) <= _MOST_LETTERS and name.isascii() and name.isalpha() and name.isupper()
    ):
        return zlib.crc32(track.uid.encode())
    number = 0
    for letter in name:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number - 1
