from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.store.times import read_time, time_text


def test_a_time_is_written_with_milliseconds_and_z() -> None:
    assert time_text(datetime(2026, 9, 15, 2, 10, tzinfo=UTC)) == "2026-09-15T02:10:00.000Z"


def test_a_time_in_a_zone_that_is_utc_for_now_is_written_the_same() -> None:
    london = datetime(2026, 1, 15, 2, 10, tzinfo=ZoneInfo("Europe/London"))
    assert time_text(london) == "2026-01-15T02:10:00.000Z"


def test_microseconds_are_cut_and_not_rounded() -> None:
    moment = datetime(2026, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    assert time_text(moment) == "2026-12-31T23:59:59.999Z"


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_time_comes_back_to_the_millisecond(moment: datetime) -> None:
    back = read_time(time_text(moment))
    assert back.tzinfo is UTC
    assert timedelta() <= moment - back < timedelta(milliseconds=1)
    assert read_time(time_text(back)) == back


def test_the_form_that_gdal_writes_is_read() -> None:
    assert read_time("2026-09-15T02:10:00Z") == datetime(2026, 9, 15, 2, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "2026-09-15T02:10:00.000",
        "2026-09-15T02:10:00",
        "2026-09-15T04:10:00+02:00",
        "2026-09-15T02:10:00.0000Z",
        "2026-09-15 02:10:00.000Z",
        "2026-02-30T02:10:00.000Z",
        "2026-09-15T24:10:00.000Z",
        "2026-09-15T02:10:60.000Z",
        "",
        "now",
        None,
        0,
        b"2026-09-15T02:10:00.000Z",
    ],
)
def test_anything_else_is_no_time(value: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_time(value)
