"""Texts that are to be a position and nothing else: one reading, a question, or why not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.basemap.basemap import CHART_AREA
from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.measure import distance_m
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import Notation, position_text
from channelplot.model.codes import PositionForm
from channelplot.reading.fields import read_position
from channelplot.reading.gazetteer import Gazetteer
from channelplot.reading.line import LineContext
from channelplot.reading.names import names_of
from channelplot.reading.plain_position import ddm_position
from channelplot.reading.values import (
    FaultCode,
    Language,
    LineReading,
    PositionReading,
    QuestionCode,
)
from helpers.builders import R1, R2, at, ddm

EARTH = Bounds(-180.0, -90.0, 180.0, 90.0)
HANDS = [
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
    "  50  58.0 N  001  41.0 E  ",
    "50 ° 58.0 ' N 001 ° 41.0 ' E",
]
REFUSED = [
    ("", {FaultCode.EMPTY}),
    ("   ", {FaultCode.EMPTY}),
    (" \t\n", {FaultCode.CONTROL_CHARACTER}),
    ("50 58.0N\t001 41.0E", {FaultCode.CONTROL_CHARACTER}),
    ("here", {FaultCode.NOT_READ}),
    ("nan", {FaultCode.NOT_A_NUMBER}),
    ("nan N inf E", {FaultCode.NOT_A_NUMBER}),
    ("50 infN 001 nanE", {FaultCode.NOT_A_NUMBER, FaultCode.NOT_READ}),
    ("50 58N", {FaultCode.NOT_READ}),
    ("-50 58.0N 001 41.0E", {FaultCode.SIGN_AND_LETTER, FaultCode.MIXED_FORMS}),
    ("50 58.0.0N 001 41.0E", {FaultCode.NOT_READ}),
    ('50 58.0"N 001 41.0"E', {FaultCode.NOT_READ}),
    ("50 58.0N 001 41.0E and more", {FaultCode.NOT_READ}),
    ("N50 58.0N E1 41.0E", {FaultCode.NOT_READ, FaultCode.NUMBER_BESIDE}),
    ("5000 58.0N 001 41.0E", {FaultCode.NOT_READ, FaultCode.TIME_RANGE}),
    ("50 158.0N 001 41.0E", {FaultCode.NOT_READ, FaultCode.LATITUDE_RANGE}),
    ("51 62.0N 001 41.0E", {FaultCode.MINUTES_RANGE}),
    ("51 60N 001 41.0E", {FaultCode.MINUTES_RANGE}),
    ("51 00N 001 60.0E", {FaultCode.MINUTES_RANGE}),
    ("50 58 60N 001 41 00E", {FaultCode.SECONDS_RANGE}),
    ("91 00.0N 001 41.0E", {FaultCode.LATITUDE_RANGE}),
    ("90 00.1N 001 41.0E", {FaultCode.LATITUDE_RANGE}),
    ("50 00.0N 181 00.0E", {FaultCode.LONGITUDE_RANGE}),
    ("50 00.0N 180 00.001W", {FaultCode.LONGITUDE_RANGE}),
    ("50 58.0N 51 00.0N", {FaultCode.SAME_AXIS_TWICE}),
    ("50 58.0N 51 00.0S", {FaultCode.SAME_AXIS_TWICE}),
    ("E1 41 W2 00", {FaultCode.SAME_AXIS_TWICE}),
]
"""Texts and why they are refused; where two reasons are as good, both."""


def read(text: str, area: Bounds = EARTH) -> LineReading:
    """How a text is read where no name is known."""
    names = names_of(Gazetteer(()), ())
    return read_position(text, LineContext(at("0300"), Language.ENGLISH, area, names))


def position_of(text: str) -> Position:
    """The one position that a text is read as."""
    reading = read(text)
    assert (reading.faults, reading.questions) == ((), ())
    assert reading.position is not None
    return reading.position.position


@pytest.mark.parametrize("text", HANDS)
def test_one_position_in_many_hands(text: str) -> None:
    position = position_of(text)
    assert position.lon_deg == pytest.approx(R1.lon_deg, abs=1e-12)
    assert position.lat_deg == pytest.approx(R1.lat_deg, abs=1e-12)


def test_a_letter_between_two_angles_is_that_of_the_first_or_asked_about() -> None:
    reading = read("50 58.0N001 41.0E")
    assert reading.faults == ()
    choices = (reading.position,) if reading.is_clear else reading.questions[0].choices
    assert isinstance(choices[0], PositionReading)
    assert distance_m(choices[0].position, R1) < 1e-6


def test_the_position_of_the_second_report_to_a_thousandth_of_a_minute() -> None:
    assert distance_m(position_of("50 58.789N 001 39.431E"), R2) < 1e-6


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
    assert distance_m(position_of(text), expected) < 1e-6


def test_no_figure_is_lost() -> None:
    lat_deg = position_of("50 58.123456N 001 41E").lat_deg
    assert lat_deg == pytest.approx(ddm(50, 58.123456, 0, 0).lat_deg, abs=1e-12)


@pytest.mark.parametrize(
    ("text", "expected", "form"),
    [
        ("50.5N 1.5E", Position(1.5, 50.5), PositionForm.DECIMAL_DEGREES),
        ("50 58 30N 001 41 00E", ddm(50, 58.5, 1, 41.0), PositionForm.DMS),
    ],
)
def test_other_forms_than_degrees_and_minutes_are_read_as_what_they_are(
    text: str, expected: Position, form: PositionForm
) -> None:
    reading = read(text).position
    assert reading is not None
    assert reading.form is form
    assert distance_m(reading.position, expected) < 1e-6


@pytest.mark.parametrize(("text", "codes"), REFUSED)
def test_what_has_no_single_reading_is_refused_with_the_reason(
    text: str, codes: set[FaultCode]
) -> None:
    reading = read(text)
    assert {fault.code for fault in reading.faults[:1]} <= codes
    assert reading.faults
    assert reading.questions == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50 58.0 001 41.0", R1),
        ("50°58.0' 001°41.0'", R1),
        ("50 58.0N 001 41.0", R1),
    ],
)
def test_a_hemisphere_that_was_not_said_is_asked_the_likeliest_first(
    text: str, expected: Position
) -> None:
    reading = read(text, CHART_AREA)
    assert reading.position is None
    (question,) = reading.questions
    assert question.code is QuestionCode.HEMISPHERE
    places = [each.position for each in question.choices if isinstance(each, PositionReading)]
    assert len(places) == len(question.choices) > 1
    assert distance_m(places[0], expected) < 1e-6


@given(st.floats(-180, 180), st.floats(-90, 90), st.integers(0, 6))
def test_what_is_written_is_read_back(lon_deg: float, lat_deg: float, decimals: int) -> None:
    position = Position(lon_deg, lat_deg)
    written = position_text(position, decimals)
    back = position_of(written)
    half_a_step_deg = 0.5 * 10.0**-decimals / 60.0 + 1e-12
    assert abs(back.lat_deg - lat_deg) <= half_a_step_deg
    assert abs(back.lon_deg - lon_deg) <= half_a_step_deg
    if min(abs(back.lat_deg), abs(back.lon_deg)) > 0.0:  # a zero has lost its side
        assert position_text(back, decimals) == written


@given(
    st.text(max_size=30)
    | st.from_regex(r"[0-9NSEW°'., ]{0,24}", fullmatch=True)
    | st.from_regex(r"[0-9]{1,2}[ °]?[0-9.,]{0,5}['\"]?[NSEWO]? ?[0-9]{1,3} [0-9.]{1,5}[NSEWO]?")
)
def test_any_text_is_a_position_or_a_reason_or_a_question(text: str) -> None:
    reading = read(text, CHART_AREA)
    if reading.faults or reading.questions:
        return
    assert reading.position is not None
    assert CHART_AREA.contains(reading.position.position)
    assert reading.words == ""


class TestOfTheProgramsOwnData:
    """``ddm_position`` reads what the shipped registers hold, and nothing else."""

    @pytest.mark.parametrize("text", ["50 58.0N 001 41.0E", "5058.0N 00141.0E", "001 41.0E 50 58N"])
    def test_degrees_and_minutes_are_read(self, text: str) -> None:
        assert distance_m(ddm_position(text), R1) < 1e-6

    @given(st.floats(-180, 180), st.floats(-90, 90))
    def test_a_written_position_is_read_back(self, lon_deg: float, lat_deg: float) -> None:
        text = position_text(Position(lon_deg, lat_deg), 4, Notation.DDM)
        assert distance_m(ddm_position(text), position_of(text)) < 1e-6

    @pytest.mark.parametrize(
        "text",
        [
            *(text for text, _ in REFUSED),
            *(f"{HANDS[0]} {HANDS[0]}", f"{HANDS[0]} x", f"x {HANDS[0]}", f" {HANDS[0]}"),
            *("50 58.0N 001 41.0", "50 58.0 001 41.0", "50.5N 1.5E", "50 58 30N 001 41 00E"),
            *("50 58.0N 001 41.0E 5", "5 50 58.0N 001 41.0E", "50 58,0N 001 41,0O"),
            *("31U DS 1855 5491", "50.58N 001.41E", "0210Z"),
        ],
    )
    def test_anything_else_is_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match="degrees and minutes"):
            ddm_position(text)
