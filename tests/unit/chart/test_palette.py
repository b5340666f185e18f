"""Colours: every text can be read on whatever lies under it."""

from dataclasses import fields
from itertools import product

import pytest

from channelplot.chart.palette import DAY, Palette
from channelplot.chart.renderers.boundary import DASH_PX
from channelplot.chart.track_style import ASSET_DASH_PX, DASHES_PX, track_style
from channelplot.model.codes import Craft
from helpers.builders import a_track

GROUNDS = ("sea", "land", "halo", "panel", "uncharted", "frame_light")
NO_TEXT = ("example_text",)
"""Pale on purpose: it lies under everything else, and is 60 points high."""


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[start : start + 2], 16) / 255.0 for start in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    """WCAG 2.2, contrast ratio."""
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def text_colours(palette: Palette) -> list[tuple[str, str]]:
    found = []
    for field in fields(palette):
        value = getattr(palette, field.name)
        is_text = field.name.endswith(("text", "texts")) or field.name == "unattributed"
        if is_text and field.name not in NO_TEXT:
            values = value if isinstance(value, tuple) else (value,)
            found += [(field.name, colour) for colour in values]
    return found


@pytest.mark.parametrize(("text", "ground"), list(product(text_colours(DAY), GROUNDS)))
def test_text_has_a_contrast_of_four_and_a_half(text: tuple[str, str], ground: str) -> None:
    assert contrast(text[1], getattr(DAY, ground)) >= 4.5, f"{text[0]} on {ground}"


def test_there_are_texts_to_look_at() -> None:
    assert len(text_colours(DAY)) >= 12


def test_tracks_differ_by_dash_as_well_as_by_colour() -> None:
    assert len(DAY.tracks) == len(DAY.track_texts) == len(set(DAY.tracks))
    dashes = [*DASHES_PX, ASSET_DASH_PX, DASH_PX]
    assert len(set(dashes)) == len(dashes)
    styles = [track_style(a_track(name), DAY) for name in "ABCD"]
    assert len({style.dash_px for style in styles}) == 4
    assert len({style.colour for style in styles}) == 4


def test_a_track_keeps_its_style_whatever_the_others_do() -> None:
    assert track_style(a_track("A"), DAY).colour == DAY.tracks[0]
    assert track_style(a_track("E"), DAY).colour == DAY.tracks[0]
    assert track_style(a_track("Z"), DAY).colour == DAY.tracks[25 % 4]
    assert track_style(a_track("AA"), DAY).colour == DAY.tracks[26 % 4]
    named = a_track("Zodiac 3", uid="3f0c5a52-9f0e-4b0e-8a86-4a1a0f2b7c11")
    assert track_style(named, DAY) == track_style(named, DAY)
    assert track_style(named, DAY).colour in DAY.tracks


def test_what_is_no_small_boat_is_grey() -> None:
    for craft in Craft:
        style = track_style(a_track("A", craft=craft), DAY)
        assert (style.colour == DAY.asset) == (craft is not Craft.SMALL_BOAT)
