"""The time that answers are asked for: past or ahead, whichever is nearer."""

from datetime import UTC, datetime

import pytest

from channelplot.reading.values import Fault, FaultCode, Question, QuestionCode
from channelplot.tools.asked_time import asked_time
from helpers.builders import at

NOW = at("0455")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("0500Z", at("0500")),
        ("0700Z", at("0700")),
        ("0300", at("0300")),
        ("0600B", at("0400")),
        ("1650Z", at("1650")),
        ("1700Z", at("1700", day=14)),
        ("+30", at("0525")),
        ("+ 90 min", at("0625")),
        ("-12", at("0443")),
        ("12 min ago", at("0443")),
        ("now", NOW),
        ("150600Z", at("0600")),
        ("  ", None),
    ],
)
def test_a_bare_time_is_the_nearest(text: str, asked: datetime | None) -> None:
    assert asked_time(text, NOW) == asked


def test_what_is_no_time_is_refused() -> None:
    found = asked_time("soon", NOW)
    assert isinstance(found, Fault)
    assert found.code is FaultCode.TIME_NOT_READ


def test_an_hour_that_comes_twice_is_asked_about() -> None:
    # 25 October 2026, 0050Z: in the United Kingdom 0130 was and will be.
    found = asked_time("0130A", datetime(2026, 10, 25, 0, 50, tzinfo=UTC))
    assert found == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    found = asked_time("0130 UK", datetime(2026, 10, 25, 0, 50, tzinfo=UTC))
    assert isinstance(found, Question)
    assert found.code is QuestionCode.TIME_TWICE
