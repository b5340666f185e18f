"""Positions from text: one reading or the reason why not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.errors import PositionTextError, PositionTextFault
from channelplot.geodesy.measure import distance_m
from channelplot.geodesy.parse import parse_position
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import position_text
from helpers.builders import R1, R2, ddm

REFUSED = [
    ("", PositionTextFault.EMPTY),
    (" \t\n", PositionTextFault.EMPTY),
    ("here", PositionTextFault.NOT_READ),
    ("nan", PositionTextFault.NOT_READ),
    ("nan N inf E", PositionTextFault.NOT_READ),
    ("50 infN 001 nanE", PositionTextFault.NOT_READ),
    ("50.5N 1.5E", PositionTextFault.NOT_READ),
    ("50 58N", PositionTextFault.NOT_READ),
    ("50 58.0N 001 41.0", PositionTextFault.NOT_READ),
    ("-50 58.0N 001 41.0E", PositionTextFault.NOT_READ),
    ("50 58.0.0N 001 41.0E", PositionTextFault.NOT_READ),
    ("50 58 30N 001 41 00E", PositionTextFault.NOT_READ),
    ('50 58.0"N 001 41.0"E', PositionTextFault.NOT_READ),
    ("50 58.0N 001 41.0E and more", PositionTextFault.NOT_READ),
    ("N50 58.0N E1 41.0E", PositionTextFault.NOT_READ),
    ("5000 58.0N 001 41.0E", PositionTextFault.NOT_READ),
    ("50 158.0N 001 41.0E", PositionTextFault.NOT_READ),
    ("50 58.0 001 41.0", PositionTextFault.NO_HEMISPHERE),
    ("50°58.0' 001°41.0'", PositionTextFault.NO_HEMISPHERE),
    ("51 62.0N 001 41.0E", PositionTextFault.MINUTES_RANGE),
    ("51 60N 001 41.0E", PositionTextFault.MINUTES_RANGE),
    ("51 00N 001 60.0E", PositionTextFault.MINUTES_RANGE),
    ("91 00.0N 001 41.0E", PositionTextFault.DEGREES_RANGE),
    ("90 00.1N 001 41.0E", PositionTextFault.DEGREES_RANGE),
    ("50 00.0N 181 00.0E", PositionTextFault.DEGREES_RANGE),
    ("50 00.0N 180 00.001W", PositionTextFault.DEGREES_RANGE),
    ("50 58.0N 51 00.0N", PositionTextFault.SAME_AXIS_TWICE),
    ("50 58.0N 51 00.0S", PositionTextFault.SAME_AXIS_TWICE),
    ("E1 41 W2 00", PositionTextFault.SAME_AXIS_TWICE),
]


@pytest.mark.parametrize(
    "text",
    [
        "50 58.0N 001 41.0E",
        "50 58N 1 41E",
        "50°58.0'N 001°41.0'E",
        "50°58.0′N, 1°41′E",
        "50º58.0’N/1º41’E",
        "50°58.0\u2018N 1°41\u2018E",
        "50°58.0`N;1°41`E",
        "50°58.0\u00b4N 1°41\u00b4E",
        "50°58.0\u02b9N 1°41\u02bcE",
        "50-58.0N 001-41.0E",
        "50 58,0N 001 41,0E",
        "50 58,0N, 001 41,0E",
        "N50 58 E1 41",
        "N 50 58.0, E 001 41.0",
        "E001 41.0 N50 58.0",
        "001 41.0E 50 58.0N",
        "50 58.0n 001 41.0e",
        "n50 58.0 e001 41.0",
        "50 58.0N001 41.0E",
        "  50  58.0 N\t001  41.0 E  ",
        "50 ° 58.0 ' N 001 ° 41.0 ' E",
    ],
)
def test_one_position_in_many_hands(text: str) -> None:
    position = parse_position(text)
    assert position.lon_deg == pytest.approx(R1.lon_deg, abs=1e-12)
    assert position.lat_deg == pytest.approx(R1.lat_deg, abs=1e-12)


def test_the_position_of_the_second_report_to_a_thousandth_of_a_minute() -> None:
    assert distance_m(parse_position("50 58.789N 001 39.431E"), R2) < 1e-6


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50 30.0N 000 10.0W", Position(-1.0 / 6.0, 50.5)),
        ("50 30.0N 000 00.0E", Position(0.0, 50.5)),
        ("48 20.0S 004 45.0W", Position(-4.75, -48.0 - 20.0 / 60.0)),
        ("90 00.0N 180 00.0W", Position(-180.0, 90.0)),
        ("00 00.0S 000 00.0W", Position(0.0, 0.0)),
    ],
)
def test_the_letters_give_the_signs(text: str, expected: Position) -> None:
    assert distance_m(parse_position(text), expected) < 1e-6


def test_no_figure_is_lost() -> None:
    assert parse_position("50 58.123456N 001 41E").lat_deg == ddm(50, 58.123456, 0, 0).lat_deg


@pytest.mark.parametrize(("text", "fault"), REFUSED)
def test_what_has_no_single_reading_is_refused_with_the_reason(
    text: str, fault: PositionTextFault
) -> None:
    with pytest.raises(PositionTextError) as refused:
        parse_position(text)
    assert refused.value.fault is fault
    assert refused.value.text == text


def test_every_reason_is_tried_above() -> None:
    assert {fault for _, fault in REFUSED} == set(PositionTextFault)


@given(st.floats(-180, 180), st.floats(-90, 90), st.integers(0, 6))
def test_what_is_written_is_read_back(lon_deg: float, lat_deg: float, decimals: int) -> None:
    position = Position(lon_deg, lat_deg)
    written = position_text(position, decimals)
    back = parse_position(written)
    half_a_step_deg = 0.5 * 10.0**-decimals / 60.0 + 1e-12
    assert abs(back.lat_deg - lat_deg) <= half_a_step_deg
    assert abs(back.lon_deg - lon_deg) <= half_a_step_deg
    if min(abs(back.lat_deg), abs(back.lon_deg)) > 0.0:  # a zero has lost its side
        assert position_text(back, decimals) == written


@given(st.text(max_size=30) | st.from_regex(r"[0-9NSEW°'., ]{0,24}", fullmatch=True))
def test_any_text_is_a_position_or_a_reason(text: str) -> None:
    try:
        position = parse_position(text)
    except PositionTextError:
        return
    assert isinstance(position, Position)
