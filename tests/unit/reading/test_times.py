"""Texts that are to be a time and nothing else: one reading, a question, or why not."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.geodesy.text import date_time_group, zulu_text
from channelplot.reading.fields import read_time
from channelplot.reading.times import MOST_AHEAD
from channelplot.reading.values import FaultCode, QuestionCode, TimeForm
from helpers.builders import at

NOW = datetime(2026, 9, 15, 3, 0, 27, 123_000, tzinfo=UTC)


def moment_of(text: str, now_utc: datetime = NOW) -> datetime:
    """The one moment that a text is read as."""
    found = read_time(text, now_utc)
    assert (found.fault, found.question) == (None, None)
    (reading,) = found.choices
    return reading.at_utc


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0228", at("0228")),
        ("0228Z", at("0228")),
        ("0228z", at("0228")),
        ("02:28 Z", at("0228")),
        (" 0228 ", at("0228")),
        ("0345A", at("0245")),
        ("0428B", at("0228")),
        ("0428b", at("0228")),
        ("0000", at("0000")),
        ("150228Z SEP 26", at("0228")),
        ("150228Z SEP 2026", at("0228")),
        ("150428B SEP 26", at("0228")),
        ("150028b sep 26", at("2228", day=14)),
        ("150345ASEP26", at("0245")),
        ("142359Z SEP 26", at("2359", day=14)),
        ("290228Z FEB 2024", datetime(2024, 2, 29, 2, 28, tzinfo=UTC)),
    ],
)
def test_a_time_as_watch_officers_write_it(text: str, expected: datetime) -> None:
    assert moment_of(text) == expected


@pytest.mark.parametrize(
    ("now", "text", "expected", "is_day_before"),
    [
        # Just after midnight: late evening was yesterday.
        (at("0010"), "2350", at("2350", day=14), True),
        (at("0010"), "2350Z", at("2350", day=14), True),
        # More than a quarter of an hour ahead was yesterday.
        (at("0300"), "0316", at("0316", day=14), True),
        (at("0300"), "0400", at("0400", day=14), True),
        (at("0300"), "1501", at("1501", day=14), True),
        # In the evening UTC it is already tomorrow in France; what is typed in local time
        # is of the local day.
        (at("2330"), "0128B", at("2328"), False),
        (at("2330"), "0030A", at("2330"), False),
        (at("2205"), "2350B", at("2150"), True),
        (at("0010"), "0028B", at("2228", day=14), False),
        (at("0010"), "0205B", at("0005"), False),
    ],
)
def test_the_day_is_the_one_that_was_meant(
    now: datetime, text: str, expected: datetime, is_day_before: bool
) -> None:
    assert moment_of(text, now) == expected
    assert read_time(text, now).choices[0].is_day_before is is_day_before


@pytest.mark.parametrize(("text", "ahead_min"), [("0301", 1), ("0315", 15), ("0410A", 10)])
def test_a_little_ahead_of_the_clock_is_asked_that_day_or_the_day_before(
    text: str, ahead_min: int
) -> None:
    found = read_time(text, at("0300"))
    assert found.question is QuestionCode.TIME_AHEAD
    ahead = at("0300") + timedelta(minutes=ahead_min)
    assert [each.at_utc for each in found.choices] == [ahead, ahead - timedelta(days=1)]


@pytest.mark.parametrize("text", ["150500Z SEP 26", "2026-09-16T03:00Z"])
def test_a_date_ahead_of_the_clock_is_asked(text: str) -> None:
    assert read_time(text, at("0300")).question is QuestionCode.TIME_AHEAD


def test_seconds_of_now_do_not_get_into_a_typed_time() -> None:
    moment = moment_of("0228")
    assert (moment.second, moment.microsecond, moment.tzinfo) == (0, 0, UTC)


def test_the_minute_that_it_is_has_begun() -> None:
    assert moment_of("0300") == at("0300")


@pytest.mark.parametrize(
    ("text", "form"),
    [("", TimeForm.UNSAID), ("  ", TimeForm.UNSAID), ("now", TimeForm.NOW), ("-0", TimeForm.AGO)],
)
def test_nothing_and_now_are_now(text: str, form: TimeForm) -> None:
    assert moment_of(text) == NOW
    assert read_time(text, NOW).choices[0].form is form


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("228", FaultCode.TIME_NOT_READ),
        ("02280", FaultCode.TIME_NOT_READ),
        ("0228C", FaultCode.ZONE_UNKNOWN),
        ("150228 SEP 26", FaultCode.TIME_NOT_READ),
        ("0228 or so", FaultCode.TIME_NOT_READ),
        ("0228 0229", FaultCode.TIME_NOT_READ),
        ("nan", FaultCode.TIME_NOT_READ),
        ("2460", FaultCode.TIME_RANGE),
        ("2400", FaultCode.TIME_RANGE),
        ("0260Z", FaultCode.TIME_RANGE),
        ("310228Z FEB 26", FaultCode.NO_SUCH_DAY),
        ("290228Z FEB 26", FaultCode.NO_SUCH_DAY),
        ("000228Z SEP 26", FaultCode.NO_SUCH_DAY),
        ("152400Z SEP 26", FaultCode.TIME_RANGE),
        ("150228Z SET 26", FaultCode.TIME_NOT_READ),
        ("150228Z SEP 0000", FaultCode.TIME_NOT_READ),
        ("010000B JAN 0001", FaultCode.TIME_NOT_READ),
        ("02\u0000228", FaultCode.CONTROL_CHARACTER),
    ],
)
def test_what_is_no_time_is_refused_with_the_reason(text: str, fault: FaultCode) -> None:
    found = read_time(text, NOW)
    assert found.fault is not None
    assert found.fault.code is fault
    assert found.choices == ()


FIRST = datetime(2000, 1, 1, tzinfo=UTC)
MINUTES_OF_A_CENTURY = 36_525 * 24 * 60
MINUTES_OF_A_YEAR = 365 * 24 * 60
minutes = st.integers(0, MINUTES_OF_A_CENTURY - 1).map(
    lambda number: FIRST + timedelta(minutes=number)
)


@given(minutes, minutes)
def test_a_date_time_group_is_read_back_whenever_it_is_typed(
    moment: datetime, now: datetime
) -> None:
    found = read_time(f"{date_time_group(moment)[:-2]}{moment.year}", now)
    assert found.fault is None
    assert [each.at_utc for each in found.choices] == [moment]
    assert (found.question is QuestionCode.TIME_AHEAD) is (moment > now)


@given(st.integers(0, MINUTES_OF_A_CENTURY - MINUTES_OF_A_YEAR), st.integers(0, MINUTES_OF_A_YEAR))
def test_with_two_figures_of_the_year_it_is_read_back_for_a_year(
    minute: int, minutes_ago: int
) -> None:
    moment = FIRST + timedelta(minutes=minute)
    now = moment + timedelta(minutes=min(minutes_ago, MINUTES_OF_A_CENTURY - 1 - minute))
    assert moment_of(date_time_group(moment), now) == moment


@given(minutes, st.integers(0, 12 * 60 - 1))
def test_a_recent_time_is_read_back_in_every_zone(now: datetime, minutes_ago: int) -> None:
    moment = now - timedelta(minutes=minutes_ago)
    local_a, local_b = moment + timedelta(hours=1), moment + timedelta(hours=2)
    assert moment_of(zulu_text(moment), now) == moment
    assert moment_of(f"{local_a:%H%M}A", now) == moment
    assert moment_of(f"{local_b:%H%M}B", now) == moment


@given(
    st.text(max_size=20)
    | st.from_regex(r"[0-9ZAB: ]{0,8}", fullmatch=True)
    | st.from_regex(r"[0-3][0-9][0-2][0-9][0-5][0-9]Z [A-Z]{3} [0-9]{2,4}", fullmatch=True)
)
def test_any_text_is_a_time_or_a_reason(text: str) -> None:
    found = read_time(text, NOW)
    assert (found.fault is None) is bool(found.choices)
    for reading in found.choices:
        assert reading.at_utc.utcoffset() == timedelta(0)
        if reading.at_utc > NOW:
            assert found.question is QuestionCode.TIME_AHEAD
        if reading.form is TimeForm.CLOCK:
            assert reading.at_utc - NOW <= MOST_AHEAD
