"""Positions that stand alone: the usual forms are read quickly, and exactly as any others."""

import os
import random
from collections.abc import Sequence
from typing import Final

import pytest

from channelplot.basemap.basemap import CHART_AREA
from channelplot.geodesy.position import Position
from channelplot.reading.values import FaultCode, QuestionCode
from channelplot.reading.written_position import (
    usually_written,
    written_anyhow,
    written_position,
)

CASES: Final = int(os.environ.get("CHANNELPLOT_CASES", "600"))

P = Position(-(1 + 41.2 * (1 / 60)), 50 + 58.123 * (1 / 60))
Q = Position(1 + 41 * (1 / 60) + 2.5 * (1 / 3600), 50 + 58 * (1 / 60) + 12 * (1 / 3600))


def one_of(dice: random.Random, usual: Sequence[str], odd: Sequence[str]) -> str:
    return dice.choice(usual if dice.random() < 0.95 else odd)


def a_number(dice: random.Random) -> str:
    whole = one_of(dice, [f"{dice.randint(0, 59):02}", str(dice.randint(0, 9))], ["60", "007"])
    if dice.random() < 0.4:
        return whole
    return whole + dice.choice(".,") + str(dice.randrange(10 ** dice.randint(1, 12)))


def an_angle(style: int, axis: str) -> str:
    """An angle in a style; two of one style differ in their figures and their letter alone."""
    looks, dice = random.Random(style), random.Random(f"{style} {axis}")
    apart = one_of(looks, [" ", "°", "° ", "º", "-", ":"], ["", "  ", "/"])
    angle = dice.choice(["50", "051", "1", "9", "90", "91", "180", "002"]) + apart
    if looks.random() < 0.4:
        angle += f"{dice.randint(0, 59):02}" + one_of(looks, ["'", "’ ", "′", " "], [":", '"'])
        angle += a_number(dice) + one_of(looks, ["", '"', "″", "”", "''"], ["'", "s"])
    else:
        angle += a_number(dice) + one_of(looks, ["", "'", "’", "′"], ['"', "' ", "m"])
    letter = one_of(dice, axis, ["n", "e", "O", ""])
    apart = one_of(looks, ["", " "], ["  ", ","])
    return angle + apart + letter if looks.random() < 0.6 else letter + apart + angle


def a_text(number: int) -> str:
    """Two angles, mostly in one style, and something between them."""
    dice = random.Random(number)
    style = dice.randrange(10**9)
    lat, lon = an_angle(style, "NS"), an_angle(style + (dice.random() < 0.05), "EW")
    gap = one_of(dice, [", ", ",", " ", " ; ", " / ", " - "], ["", ";", "/", ". "])
    labels = one_of(dice, ["  ", "AO", " O", "A "], ["OA"])
    before, between = ({"A": "LAT ", "O": "LON "}.get(label, "") for label in labels)
    return before + lat + gap + between + lon


def test_what_is_read_quickly_is_what_every_way_to_read_it_gives() -> None:
    compared = 0
    for number in range(CASES):
        text = a_text(number)
        quick = usually_written(text)
        if quick is not None:
            compared += 1
            assert repr(quick) == repr(written_anyhow(text, CHART_AREA)), text
    assert compared > CASES // 4, "of others there is nothing to compare"


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("50 58.123N 001 41.2W", P),
        ("50 58.123 N, 1 41.2 W", P),
        ("50°58.123'N 001°41.2'W", P),
        ("N 50 58.123 W 001 41.2", P),
        ("N50-58.123 / W001-41.2", P),
        ("LAT 50 58,123N ; LON 001 41,2W", P),
        ("50°58'12\"N 001°41'02.5\"E", Q),
        ("50º 58′ 12″ N ; 1º 41′ 2.5″ E", Q),
        ("LAT 50 58 12N ; LON 001 41 02.5E", Q),
    ],
)
def test_the_usual_forms_are_read_quickly(text: str, position: Position) -> None:
    assert usually_written(text) == position
    assert repr(written_anyhow(text, CHART_AREA)) == repr(position)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("50 58.1N 001 60.0E", FaultCode.MINUTES_RANGE),
        ("91 00.0N 001 41.0E", FaultCode.LATITUDE_RANGE),
        ("50 58 12N 001 41.2E", FaultCode.MIXED_FORMS),
        ("50 58.1 001 41.2", QuestionCode.HEMISPHERE),
        ("50 58.1N 001 41.2E W", FaultCode.NOT_READ),
        ("50 58.1N", FaultCode.NOT_READ),
        (" ", FaultCode.EMPTY),
    ],
)
def test_what_can_not_be_read_quickly_is_read_in_every_way(
    text: str, found: FaultCode | QuestionCode
) -> None:
    assert usually_written(text.strip()) is None
    assert written_position(text, CHART_AREA) is found
