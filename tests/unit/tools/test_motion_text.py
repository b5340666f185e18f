"""Course, speed and grade typed into a form."""

import pytest

from channelplot.tools.motion_text import (
    MotionTextError,
    parse_course_deg,
    parse_grade,
    parse_speed_kn,
)


@pytest.mark.parametrize(
    ("text", "course_deg"),
    [
        ("", None),
        ("  ", None),
        ("310", 310.0),
        ("5", 5.0),
        ("000", 0.0),
        ("360", 0.0),
        ("298,5", 298.5),
        ("310T", 310.0),
        (" 310° ", 310.0),
        ("310 °t", 310.0),
    ],
)
def test_courses(text: str, course_deg: float | None) -> None:
    assert parse_course_deg(text) == course_deg


@pytest.mark.parametrize("text", ["361", "310M", "-10", "NW", "3100", "31 0", "310.", "nan"])
def test_what_is_no_true_course(text: str) -> None:
    with pytest.raises(MotionTextError):
        parse_course_deg(text)


@pytest.mark.parametrize(
    ("text", "speed_kn"),
    [("", None), ("4", 4.0), ("4.5 kn", 4.5), ("22KT", 22.0), ("0", 0.0), ("999", 999.0)],
)
def test_speeds(text: str, speed_kn: float | None) -> None:
    assert parse_speed_kn(text) == speed_kn


@pytest.mark.parametrize("text", ["fast", "-4", "999.5", "1000", "4 km/h", "inf"])
def test_what_is_no_speed(text: str) -> None:
    with pytest.raises(MotionTextError):
        parse_speed_kn(text)


@pytest.mark.parametrize(("text", "grade"), [("", ""), ("1a", "1A"), (" B2 ", "B2")])
def test_grades(text: str, grade: str) -> None:
    assert parse_grade(text) == grade


@pytest.mark.parametrize("text", ["A", "1", "9A", "G1", "1AA", "good"])
def test_what_is_no_grade(text: str) -> None:
    with pytest.raises(MotionTextError):
        parse_grade(text)
