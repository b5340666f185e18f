"""What is typed to ask for another time, or to suppose a course and speed."""

from datetime import datetime

import pytest

from channelplot.analysis.dead_reckoning import Reference, Stated
from channelplot.reading.values import Fault, FaultCode
from channelplot.tools.chartwork_fields import chosen_time, parse_stated
from channelplot.tools.motion_text import MotionTextError
from helpers.builders import at

NOW = at("0312")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", None),
        (" now ", None),
        ("maintenant", None),
        ("0300Z", at("0300")),
        ("0345A", at("0245")),
        ("-12", at("0300")),
        ("−12", at("0300")),
        ("+30", at("0342")),
        ("0500Z", at("0500")),
    ],
)
def test_a_time_is_chosen_in_every_form_there_is(text: str, meant: datetime | None) -> None:
    assert chosen_time(text, NOW) == meant


def test_what_is_no_time_is_refused() -> None:
    found = chosen_time("noon-ish", NOW)
    assert isinstance(found, Fault)
    assert found.code is FaultCode.TIME_NOT_READ


@pytest.mark.parametrize("text", ["300.7/5.04", "300.7 5.04", " 300,7 / 5,04 ", "300.7°T/5.04 kn"])
def test_course_and_speed_are_stated_together(text: str) -> None:
    stated = parse_stated(text, Reference.WATER)
    assert stated == Stated(course_deg=300.7, speed_kn=5.04, reference=Reference.WATER)


def test_nothing_is_stated_by_nothing() -> None:
    assert parse_stated("  ", Reference.GROUND) is None


@pytest.mark.parametrize("text", ["300.7", "300.7/", "/5", "400/5", "300/5000", "north/5"])
def test_half_of_it_or_nonsense_is_refused(text: str) -> None:
    with pytest.raises(MotionTextError):
        parse_stated(text, Reference.GROUND)
