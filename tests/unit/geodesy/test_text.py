"""Numbers as text for people: rounding that carries, notations, and times in three zones."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.geodesy import text
from channelplot.geodesy.grid import mgrs_square, utm_of
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import Notation
from helpers.builders import R1, at, ddm

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("position", "decimals", "expected"),
    [
        (R1, 2, "50°58.00'N 001°41.00'E"),
        (ddm(50, 58.789, 1, 39.431), 3, "50°58.789'N 001°39.431'E"),
        (Position(-4.78, 48.33), 2, "48°19.80'N 004°46.80'W"),
        (Position(0.0, 0.0), 2, "00°00.00'N 000°00.00'E"),
        (Position(-179.5, -89.75), 1, "89°45.0'S 179°30.0'W"),
        (Position(180.0, 90.0), 2, "90°00.00'N 180°00.00'E"),
        (ddm(50, 58.5, 1, 41.4), 0, "50°58'N 001°41'E"),
    ],
)
def test_a_position_is_degrees_and_decimal_minutes(
    position: Position, decimals: int, expected: str
) -> None:
    assert text.position_text(position, decimals) == expected


@pytest.mark.parametrize(
    ("position", "decimals", "expected"),
    [
        (ddm(50, 59.999, 1, 59.999), 2, "51°00.00'N 002°00.00'E"),
        (ddm(50, 59.994, 1, 59.996), 2, "50°59.99'N 002°00.00'E"),
        (ddm(50, 59.9996, 1, 0.0004), 3, "51°00.000'N 001°00.000'E"),
        (ddm(50, 59.6, 1, 59.4), 0, "51°00'N 001°59'E"),
        (ddm(89, 59.9999, 179, 59.9999), 2, "90°00.00'N 180°00.00'E"),
    ],
)
def test_minutes_are_never_60(position: Position, decimals: int, expected: str) -> None:
    assert text.position_text(position, decimals) == expected


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        (Notation.DDM, "50°58.00'N 001°41.00'E"),
        (Notation.DMS, "50°58'00.0\"N 001°41'00.0\"E"),
        (Notation.DECIMAL, "50.96667°N 001.68333°E"),
        (Notation.MGRS, "31U DS 0754 4694"),
    ],
)
def test_a_position_in_every_notation(notation: Notation, expected: str) -> None:
    assert text.position_text(R1, notation=notation) == expected


@pytest.mark.parametrize(
    ("notation", "decimals", "expected"),
    [
        (Notation.DMS, 0, "50°52'26\"N 000°10'12\"W"),
        (Notation.DMS, 1, "50°52'26\"N 000°10'12\"W"),
        (Notation.DMS, 3, "50°52'25.56\"N 000°10'11.88\"W"),
        (Notation.DECIMAL, 0, "50.874°N 000.170°W"),
        (Notation.DECIMAL, 3, "50.873767°N 000.169967°W"),
        (Notation.MGRS, 0, "30U XB 99 39"),
        (Notation.MGRS, 1, "30U XB 991 396"),
        (Notation.MGRS, 3, "30U XB 99104 39603"),
        (Notation.MGRS, 6, "30U XB 99104 39603"),
    ],
)
def test_decimals_are_those_of_the_minutes(
    notation: Notation, decimals: int, expected: str
) -> None:
    position = Position(-(10.198 / 60.0), 50.0 + 52.426 / 60.0)
    assert text.position_text(position, decimals, notation) == expected


@pytest.mark.parametrize(
    ("lat_deg", "notation", "expected"),
    [
        (50 + 59 / 60 + 59.96 / 3600, Notation.DMS, "51°00'00.0\"N"),
        (50 + 58 / 60 + 59.96 / 3600, Notation.DMS, "50°59'00.0\"N"),
        (50 + 58 / 60 + 59.94 / 3600, Notation.DMS, "50°58'59.9\"N"),
        (-(50 + 58 / 60 + 59.96 / 3600), Notation.DMS, "50°59'00.0\"S"),
        (89.999999, Notation.DMS, "90°00'00.0\"N"),
        (50.999996, Notation.DECIMAL, "51.00000°N"),
        (9.999996, Notation.DECIMAL, "10.00000°N"),
        (-1.5, Notation.DECIMAL, "01.50000°S"),
        (-0.0, Notation.DECIMAL, "00.00000°N"),
        (50.999999, Notation.MGRS, "51°00.00'N"),
    ],
)
def test_seconds_and_degrees_carry_and_half_a_position_has_no_square(
    lat_deg: float, notation: Notation, expected: str
) -> None:
    assert text.latitude_text(lat_deg, notation=notation) == expected


def test_latitude_and_longitude_alone() -> None:
    assert text.latitude_text(-51.5, 1) == "51°30.0'S"
    assert text.longitude_text(-0.25, 1) == "000°15.0'W"
    assert text.longitude_text(-179.5, 2, Notation.DMS) == "179°30'00.0\"W"
    assert text.longitude_text(4.5, 2, Notation.DECIMAL) == "004.50000°E"
    assert text.longitude_text(4.5, 2, Notation.MGRS) == "004°30.00'E"


def test_the_poles_have_no_square_and_are_in_degrees_and_minutes() -> None:
    assert text.position_text(Position(1.5, 88.0), notation=Notation.MGRS) == (
        "88°00.00'N 001°30.00'E"
    )


# A strict reader of our own texts: every figure is there, nothing is left over.
_NUMBER = r"(\d{1,3}(?:\.\d+)?)"
_WRITTEN = {
    Notation.DDM: rf"(\d{{2,3}})°{_NUMBER}'([NSEW])",
    Notation.DMS: rf"(\d{{2,3}})°(\d\d)'{_NUMBER}\"([NSEW])",
    Notation.DECIMAL: r"(\d{2,3}\.\d+)°([NSEW])",
}


def read_angle(written: str, notation: Notation, letters: str) -> float:
    """The angle of one half of a text, in degrees."""
    match = re.fullmatch(_WRITTEN[notation], written)
    assert match is not None, written
    *numbers, letter = match.groups()
    assert letter in letters
    assert all(float(sixtieths) < 60.0 for sixtieths in numbers[1:])
    angle_deg = sum(float(number) / 60.0**place for place, number in enumerate(numbers))
    return -angle_deg if letter in "SW" else angle_deg


@given(
    st.floats(-180.0, 180.0),
    st.floats(-90.0, 90.0),
    st.integers(0, 4),
    st.sampled_from([Notation.DDM, Notation.DMS, Notation.DECIMAL]),
)
def test_what_is_written_in_degrees_is_read_back_within_half_a_step(
    lon_deg: float, lat_deg: float, decimals: int, notation: Notation
) -> None:
    written = text.position_text(Position(lon_deg, lat_deg), decimals, notation)
    latitude, longitude = written.split(" ")
    step_deg = {
        Notation.DDM: 10.0**-decimals / 60.0,
        Notation.DMS: 10.0 ** -max(decimals - 1, 0) / 3600.0,
        Notation.DECIMAL: 10.0 ** -(decimals + 3),
    }[notation]
    assert step_deg <= 10.0**-decimals / 60.0  # never coarser than the minutes
    within_deg = 0.5 * step_deg + 1e-12
    assert abs(read_angle(latitude, notation, "NS") - lat_deg) <= within_deg
    assert abs(read_angle(longitude, notation, "EW") - lon_deg) <= within_deg
    assert len(longitude) == len(latitude) + 1  # the figures stand below each other in a list


@given(st.floats(-7.5, 5.0), st.floats(47.0, 53.0), st.integers(0, 4))
def test_what_is_written_in_squares_is_read_back_within_the_square(
    lon_deg: float, lat_deg: float, decimals: int
) -> None:
    position = Position(lon_deg, lat_deg)
    written = text.position_text(position, decimals, Notation.MGRS)
    zone_band, letters, easting, northing = written.split(" ")
    square = mgrs_square(int(zone_band[:2]), zone_band[2], letters, easting, northing)
    assert square.size_m <= max(10.0 ** (3 - decimals), 1.0)
    utm, middle = utm_of(position), utm_of(square.centre)
    if middle.zone == utm.zone:  # a square on a seam may have its middle on the other side
        assert abs(middle.easting_m - utm.easting_m) <= square.size_m / 2.0 + 1e-6
        assert abs(middle.northing_m - utm.northing_m) <= square.size_m / 2.0 + 1e-6


@pytest.mark.parametrize(
    ("bearing_deg", "decimals", "expected"),
    [
        (308.46, 1, "308.5°T"),
        (10.94, 1, "010.9°T"),
        (0.0, 1, "000.0°T"),
        (359.96, 1, "000.0°T"),
        (359.94, 1, "359.9°T"),
        (359.6, 0, "000°T"),
        (18.2, 0, "018°T"),
    ],
)
def test_a_bearing_has_three_figures_and_is_never_360(
    bearing_deg: float, decimals: int, expected: str
) -> None:
    assert text.bearing_text(bearing_deg, decimals) == expected


def test_distances_and_speeds_are_in_nautical_miles_and_knots() -> None:
    assert text.distance_text(1852.0 * 1.269) == "1.27 NM"
    assert text.distance_text(0.0) == "0.00 NM"
    assert text.speed_text(1852.0 / 3600.0 * 4.2349) == "4.23 kn"


@pytest.mark.parametrize(
    ("duration_s", "expected"),
    [
        (18 * 60, "18 min"),
        (59.9, "0 min"),
        (3599, "59 min"),
        (3600, "1 h 00"),
        (2 * 3600 + 2 * 60 + 59, "2 h 02"),
        (-1020, "-17 min"),
        (-3660, "-1 h 01"),
    ],
)
def test_a_duration_is_in_whole_minutes(duration_s: float, expected: str) -> None:
    assert text.duration_text(duration_s) == expected


def test_a_time_is_cut_to_the_minute_and_never_rounded_up() -> None:
    moment = datetime(2026, 9, 15, 2, 28, 59, 999_999, tzinfo=UTC)
    assert text.zulu_text(moment) == "0228Z"
    assert text.day_zulu_text(moment) == "150228Z"
    assert text.zulu_seconds_text(moment) == "0228:59Z"
    assert text.date_time_group(moment) == "150228Z SEP 26"
    assert text.day_text(moment) == "15 SEP 26"


def test_three_clocks_in_summer_in_winter_and_over_midnight() -> None:
    assert text.three_clocks_text(at("0228")) == "0228Z  0328 UK  0428 FR"
    winter = datetime(2026, 12, 1, 2, 28, tzinfo=UTC)
    assert text.three_clocks_text(winter) == "0228Z  0228 UK  0328 FR"
    assert text.three_clocks_text(at("2330")) == "2330Z  0030 UK  0130 FR"


def test_the_night_the_clocks_change() -> None:
    # 25 October 2026, 0100Z: BST and CEST end together; local hours repeat, UTC does not.
    before, after = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))
    assert (text.uk_text(before), text.uk_text(after)) == ("0130 UK", "0130 UK")
    assert (text.fr_text(before), text.fr_text(after)) == ("0230 FR", "0230 FR")
    assert (text.zulu_text(before), text.zulu_text(after)) == ("0030Z", "0130Z")


def test_months_are_english_in_every_month() -> None:
    months = [text.day_text(datetime(2026, month, 1, tzinfo=UTC))[3:6] for month in range(1, 13)]
    assert months == [
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("denominator", "expected"),
    [
        (250_000.0, f"1:250{NBSP}000"),
        (249_960.0, f"1:250{NBSP}000"),
        (999_960.0, f"1:1{NBSP}000{NBSP}000"),
        (2_003.0, f"1:2{NBSP}000"),
        (123.4, "1:123"),
        (12.4, "1:12"),
        (0.3, "1:0"),
    ],
)
def test_a_scale_has_three_figures(denominator: float, expected: str) -> None:
    assert text.scale_text(denominator) == expected


@pytest.mark.parametrize(
    ("true_deg", "variation_deg", "expected"),
    [
        (292.5, 1.8, "290.7°M"),
        (1.0, 1.8, "359.2°M"),
        (359.0, -2.0, "001.0°M"),
        (1.8, 1.8, "000.0°M"),
    ],
)
def test_a_true_bearing_is_written_magnetic(
    true_deg: float, variation_deg: float, expected: str
) -> None:
    assert text.magnetic_text(true_deg, variation_deg) == expected
