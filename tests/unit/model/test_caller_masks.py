"""Telephone numbers masked in words that are released."""

import pytest

from channelplot.model.caller import ways_of, with_masked_numbers


@pytest.mark.parametrize(
    ("words", "masked"),
    [
        ("ring 06 12 34 56 78 back", "ring …78 back"),
        ("ring 0612345678", "ring …78"),
        ("+33 (0)6.12.34.56.78", "…78"),
        ("+44 7700 900123, twice", "…23, twice"),
        ("06,12,34,56,78", "…78"),
        ("06 - 12 - 34 - 56 - 78", "…78"),
        ("06\N{NO-BREAK SPACE}12\N{NO-BREAK SPACE}34\N{NO-BREAK SPACE}56 78", "…78"),
        ("06 12 34 56 78 N wind", "…78 N wind"),
        ("06 12 34 56 58 N wind", "…58 N wind"),
        ("0345 06 12 34 56 78", "…78"),
        ("0612345678 50 58 30 N 001 37 00 E", "…78 50 58 30 N 001 37 00 E"),
        ("brother 00 33 6 12 34 56 78 or 07700 900123", "brother …78 or …23"),
        ("…78 0345 50 58 30 N", "…78 0345 50 58 30 N"),
    ],
)
def test_numbers_are_masked(words: str, masked: str) -> None:
    assert with_masked_numbers(words) == masked


@pytest.mark.parametrize(
    "words",
    [
        "0345 50 58 30 N 001 37 00 E",
        "0345 50 58 30N 001 37 00E",
        "50 58 30 001 37 00",
        "50 58 30 1 37 00",
        "0345 50 58.300 001 37.000",
        "51.0234 1.56789",
        "51.0234,1.56789",
        "50°58.30'N 001°37.00'E",
        "31U DS 12345 67890",
        "31U 412345 5645678",
        "2026-09-15 0300",
        "150245Z to 150252Z, 55 people, 10 children",
        "0245 and 0252",
    ],
)
def test_positions_and_times_stay(words: str) -> None:
    assert with_masked_numbers(words) == words


@pytest.mark.parametrize(
    ("caller", "ways"),
    [
        ("0612345678", {"0612345678", "+33612345678", "+44612345678"}),
        ("+33612345678", {"+33612345678", "0612345678"}),
        ("+447700900123", {"+447700900123", "07700900123"}),
        ("+32470123456", {"+32470123456", "02470123456", "0470123456", "070123456"}),
        ("612345678", {"612345678"}),
        ("CUTTER-1", {"CUTTER-1"}),
    ],
)
def test_how_a_number_may_be_written(caller: str, ways: set[str]) -> None:
    assert set(ways_of(caller)) == ways
