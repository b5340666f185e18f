"""Times from text: one reading or the reason why not."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.errors import TimeTextError, TimeTextFault
from channelplot.geodesy.parse import parse_time_utc
from channelplot.geodesy.text import date_time_group, zulu_text
from helpers.builders import at

NOW = datetime(2026, 9, 15, 3, 0, 27, 123_000, tzinfo=UTC)


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
        ("290228Z FEB 28", datetime(2028, 2, 29, 2, 28, tzinfo=UTC)),
    ],
)
def test_a_time_as_watch_officers_write_it(text: str, expected: datetime) -> None:
    assert parse_time_utc(text, NOW) == expected


@pytest.mark.parametrize(
    ("now", "text", "expected"),
    [
        # Just after midnight: late evening was yesterday.
        (at("0010"), "2350", at("2350", day=14)),
        (at("0010"), "2350Z", at("2350", day=14)),
        # Somewhat ahead stays ahead: the operator is asked about the future.
        (at("0300"), "0400", at("0400")),
        (at("0300"), "1500", at("1500")),
        (at("0300"), "1501", at("1501", day=14)),
        # In the evening UTC it is already tomorrow in France; what is typed in local time
        # is of the local day.
        (at("2330"), "0128B", at("2328")),
        (at("2330"), "0030A", at("2330")),
        (at("2205"), "2350B", at("2150")),
        (at("0010"), "0028B", at("2228", day=14)),
        (at("0010"), "0205B", at("0005")),
    ],
)
def test_the_day_is_the_one_that_was_meant(now: datetime, text: str, expected: datetime) -> None:
    assert parse_time_utc(text, now) == expected


def test_seconds_of_now_do_not_get_into_a_typed_time() -> None:
    moment = parse_time_utc("0228", NOW)
    assert (moment.second, moment.microsecond, moment.tzinfo) == (0, 0, UTC)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", TimeTextFault.EMPTY),
        ("  ", TimeTextFault.EMPTY),
        ("now", TimeTextFault.NOT_READ),
        ("228", TimeTextFault.NOT_READ),
        ("02280", TimeTextFault.NOT_READ),
        ("0228C", TimeTextFault.NOT_READ),
        ("150228 SEP 26", TimeTextFault.NOT_READ),
        ("nan", TimeTextFault.NOT_READ),
        ("2460", TimeTextFault.NO_SUCH_TIME),
        ("2400", TimeTextFault.NO_SUCH_TIME),
        ("0260Z", TimeTextFault.NO_SUCH_TIME),
        ("310228Z FEB 26", TimeTextFault.NO_SUCH_TIME),
        ("290228Z FEB 26", TimeTextFault.NO_SUCH_TIME),
        ("000228Z SEP 26", TimeTextFault.NO_SUCH_TIME),
        ("152400Z SEP 26", TimeTextFault.NO_SUCH_TIME),
        ("150228Z SET 26", TimeTextFault.NO_SUCH_TIME),
        ("150228Z SEP 0000", TimeTextFault.NO_SUCH_TIME),
        ("010000B JAN 0001", TimeTextFault.NO_SUCH_TIME),
    ],
)
def test_what_is_no_time_is_refused_with_the_reason(text: str, fault: TimeTextFault) -> None:
    with pytest.raises(TimeTextError) as refused:
        parse_time_utc(text, NOW)
    assert refused.value.fault is fault
    assert refused.value.text == text


FIRST = datetime(2000, 1, 1, tzinfo=UTC)
MINUTES_OF_A_CENTURY = 36_525 * 24 * 60
minutes = st.integers(0, MINUTES_OF_A_CENTURY - 1).map(
    lambda number: FIRST + timedelta(minutes=number)
)


@given(minutes, minutes)
def test_a_date_time_group_is_read_back_whenever_it_is_typed(
    moment: datetime, now: datetime
) -> None:
    assert parse_time_utc(date_time_group(moment), now) == moment


@given(minutes, st.integers(0, 12 * 60 - 1))
def test_a_recent_time_is_read_back_in_every_zone(now: datetime, minutes_ago: int) -> None:
    moment = now - timedelta(minutes=minutes_ago)
    local_a, local_b = moment + timedelta(hours=1), moment + timedelta(hours=2)
    assert parse_time_utc(zulu_text(moment), now) == moment
    assert parse_time_utc(f"{local_a:%H%M}A", now) == moment
    assert parse_time_utc(f"{local_b:%H%M}B", now) == moment


@given(st.text(max_size=20) | st.from_regex(r"[0-9ZAB: ]{0,8}", fullmatch=True))
def test_any_text_is_a_time_or_a_reason(text: str) -> None:
    try:
        moment = parse_time_utc(text, NOW)
    except TimeTextError:
        return
    assert moment.utcoffset() == timedelta(0)
    assert moment - NOW <= timedelta(hours=12)
