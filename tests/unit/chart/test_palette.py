"""Colours: every text can be read on whatever lies under it."""

from dataclasses import fields
from itertools import combinations

import pytest

from channelplot.chart.palette import DAY, NIGHT, PALETTES, Palette
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


LEAST = {"day": 4.5, "dusk": 4.5, "night": 3.0}


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("code", PALETTES)
def test_text_can_be_read_on_every_ground(code: str, ground: str) -> None:
    palette = PALETTES[code]
    faint = {
        f"{role} {ink}": round(contrast(ink, getattr(palette, ground)), 2)
        for role, ink in text_colours(palette)
        if contrast(ink, getattr(palette, ground)) < LEAST[code]
    }
    assert not faint, f"{code}, on {ground}"


@pytest.mark.parametrize("code", PALETTES)
def test_what_is_overdue_can_be_read_in_the_notes(code: str) -> None:
    palette = PALETTES[code]
    assert contrast(palette.overdue, palette.panel) >= LEAST[code]


def colours(palette: Palette) -> list[tuple[str, str]]:
    """Every colour of a palette, with its role."""
    found = []
    for field in fields(palette):
        value = getattr(palette, field.name)
        values = value if isinstance(value, tuple) else (value,)
        found += [(field.name, each) for each in values if isinstance(each, str)]
    return found


def test_nothing_at_night_is_brighter_than_what_the_eye_bears() -> None:
    bright = [(role, ink) for role, ink in colours(NIGHT) if luminance(ink) > 0.13]
    assert not bright


@pytest.mark.parametrize("code", PALETTES)
def test_the_ramp_of_density_goes_from_the_ground_away(code: str) -> None:
    palette = PALETTES[code]
    steps = [contrast(ink, palette.sea) for ink in palette.density]
    assert len(steps) >= 3
    assert steps == sorted(steps)
    assert steps[-1] >= 3.0


@pytest.mark.parametrize("code", PALETTES)
def test_tracks_are_told_apart_by_colour_too(code: str) -> None:
    inks = [[int(ink[at : at + 2], 16) for at in (1, 3, 5)] for ink in PALETTES[code].tracks]
    apart = [sum(abs(a - b) for a, b in zip(x, y, strict=True)) for x, y in combinations(inks, 2)]
    assert min(apart) >= 60


@pytest.mark.parametrize("code", PALETTES)
def test_a_track_s_line_shows_on_sea_and_land(code: str) -> None:
    palette = PALETTES[code]
    for ink in palette.tracks:
        assert min(contrast(ink, palette.sea), contrast(ink, palette.land)) >= 2.0


def test_there_are_texts_to_look_at() -> None:
    assert all(len(text_colours(palette)) >= 12 for palette in PALETTES.values())


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
