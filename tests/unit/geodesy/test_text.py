"""Numbers as text for people: rounding that carries, and times in three zones."""

from datetime import UTC, datetime

import pytest

from channelplot.geodesy import text
from channelplot.geodesy.position import Position
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


def test_latitude_and_longitude_alone() -> None:
    assert text.latitude_text(-51.5, 1) == "51°30.0'S"
    assert text.longitude_text(-0.25, 1) == "000°15.0'W"


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
