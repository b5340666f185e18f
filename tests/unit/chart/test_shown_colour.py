"""What a desk chose as a colour, by day, at dusk and at night."""

import pytest

from channelplot.chart.palette import DAY, DUSK, NIGHT, Palette
from channelplot.chart.shown_colour import LINE_CONTRAST, luminance, shown_colour

COLOURS = (
    "#000000", "#ffffff", "#ff0000", "#00ff00", "#0000ff", "#ffff00", "#123456", "#808080",
    "#fe01fe", "#003300",
)  # fmt: skip


def contrast(a: str, b: str) -> float:
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def test_by_day_a_line_is_as_it_was_chosen() -> None:
    for colour in COLOURS:
        assert shown_colour(colour, DAY) == colour


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("is_text", [False, True])
def test_at_night_nothing_is_brighter_than_the_rule_allows(colour: str, is_text: bool) -> None:
    assert luminance(shown_colour(colour, NIGHT, is_text=is_text)) <= 0.13


@pytest.mark.parametrize("palette", [DUSK, NIGHT])
@pytest.mark.parametrize("colour", COLOURS)
def test_in_the_dark_a_line_can_still_be_seen(palette: Palette, colour: str) -> None:
    shown = shown_colour(colour, palette)
    assert contrast(shown, palette.sea) >= LINE_CONTRAST
    assert contrast(shown, palette.land) >= LINE_CONTRAST
    assert luminance(shown) <= luminance(palette.text)


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize(("palette", "least"), [(DAY, 4.5), (DUSK, 4.5), (NIGHT, 3.0)])
def test_a_text_can_be_read_on_sea_and_land(palette: Palette, least: float, colour: str) -> None:
    shown = shown_colour(colour, palette, is_text=True)
    for ground in (palette.sea, palette.land):
        assert contrast(shown, ground) >= least


def test_what_was_brighter_stays_brighter() -> None:
    for palette in (DUSK, NIGHT):
        shown = [luminance(shown_colour(c, palette)) for c in ("#000000", "#888888", "#ffffff")]
        assert shown == sorted(shown)
        assert shown[0] < shown[2]


def test_the_hue_stays() -> None:
    red, green, blue = (
        int(shown_colour("#cc2200", NIGHT)[start : start + 2], 16) for start in (1, 3, 5)
    )
    assert red > 2 * green
    assert red > 2 * blue


def test_a_role_is_the_palettes_own() -> None:
    for palette in (DAY, DUSK, NIGHT):
        assert shown_colour("reference", palette) == palette.reference
        assert shown_colour("reference", palette, is_text=True) == palette.reference_text


@pytest.mark.parametrize("name", ["nothing", "tracks", "raster_dim", ""])
def test_what_is_no_colour_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no colour"):
        shown_colour(name, DAY)
