"""Distances and radii as they are typed."""

import pytest

from channelplot.tools.range_text import RangeTextError, parse_distance_m, parse_radii_m

NM = 1852.0


@pytest.mark.parametrize(
    ("text", "distance_m"),
    [
        ("9.95", 9.95 * NM),
        ("9,95 NM", 9.95 * NM),
        (" 3nm ", 3 * NM),
        ("5 cables", NM / 2),
        ("1 cable", NM / 10),
        ("800 m", 800.0),
        ("2 km", 2000.0),
        ("7,2 milles", 7.2 * NM),
        ("300", 300 * NM),
    ],
)
def test_a_distance_is_in_miles_unless_it_says_its_unit(text: str, distance_m: float) -> None:
    assert parse_distance_m(text) == pytest.approx(distance_m)


def test_nothing_typed_is_no_distance() -> None:
    assert parse_distance_m("  ") is None
    assert parse_radii_m("") == ()


@pytest.mark.parametrize(
    "text", ["0", "-3", "301", "3 x", "3 ft", "nan", "inf", "1e3", ".", "3.", "1.2.3", "²", "3 4"]
)
def test_what_is_no_distance_is_refused(text: str) -> None:
    with pytest.raises(RangeTextError):
        parse_distance_m(text)


@pytest.mark.parametrize(
    ("text", "radii_m"),
    [
        ("3", (3 * NM,)),
        ("3 2 1", (1 * NM, 2 * NM, 3 * NM)),
        ("1/2/5", (1 * NM, 2 * NM, 5 * NM)),
        ("0,5; 1,5", (0.5 * NM, 1.5 * NM)),
        ("5 10 cables", (NM / 2, NM)),
        ("2 2", (2 * NM,)),
        ("4 x 3", (3 * NM, 6 * NM, 9 * NM, 12 * NM)),
        ("2x5 cables", (NM / 2, NM)),
        ("12×1", tuple(NM * number for number in range(1, 13))),
    ],
)
def test_radii_are_one_several_or_equal_steps(text: str, radii_m: tuple[float, ...]) -> None:
    assert parse_radii_m(text) == pytest.approx(radii_m)


@pytest.mark.parametrize(
    "text",
    ["0", "1 0", "x", "0 x 3", "13 x 1", "12 x 26", "3 x 0", "1 2 ft", "1,,2", "301",
     "1 2 3 4 5 6 7 8 9 10 11 12 13"],
)  # fmt: skip
def test_what_are_no_radii_is_refused(text: str) -> None:
    with pytest.raises(RangeTextError):
        parse_radii_m(text)
