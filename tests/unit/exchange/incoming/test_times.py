"""Times of others' files: every form to the millisecond, and what is never guessed."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.errors import ImportFault, ImportFileError
from channelplot.exchange.incoming.found import DateOrder, ReadOptions, Zone
from channelplot.exchange.incoming.times import (
    FileTimes,
    TimeRefused,
    is_order_open,
    looks_like_time,
    shown_order,
)
from channelplot.geodesy.text import date_time_group

NOWHERE = Path("made-up.csv")
NOW_UTC = datetime(2026, 9, 16, tzinfo=UTC)
R1_UTC = datetime(2026, 9, 15, 2, 28, tzinfo=UTC)


def times(
    zone: Zone | None = None, order: DateOrder | None = None, now_utc: datetime = NOW_UTC
) -> FileTimes:
    """A reader of a file of which that was said."""
    options = ReadOptions(now_utc=now_utc, zone=zone, date_order=order)
    return FileTimes(options, NOWHERE)


def refused(text: str, zone: Zone | None = Zone.UTC) -> ImportFault:
    """Why a text is no time."""
    with pytest.raises(TimeRefused) as error:
        times(zone, DateOrder.DAY_FIRST, now_utc=datetime(2027, 1, 1, tzinfo=UTC)).read(text, 1)
    return error.value.fault


def refused_file(reader: FileTimes, text: str) -> tuple[ImportFault, int]:
    """Why the file of a text can't be read, and the line."""
    with pytest.raises(ImportFileError) as error:
        reader.read(text, 7)
    assert error.value.path == NOWHERE
    return error.value.fault, error.value.line


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-15T02:28:00Z",
        "2026-09-15 02:28:00Z",
        "2026-09-15T02:28Z",
        " 2026-09-15T02:28:00 UTC ",
        "2026-09-15T02:28:00.000Z",
        "2026-09-15T02:28:00.000999Z",
        "2026-09-15T02:28:00.000999999Z",
        "2026-09-15T02:28:00,000Z",
        "2026-09-15T04:28:00+02:00",
        "2026-09-15T04:28:00+0200",
        "2026-09-15T04:28:00+02",
        "2026-09-14T21:58:00-04:30",
        "20260915T022800Z",
        "2026/09/15 02:28:00Z",
        "2026-09-15 0228Z",
        "2026-09-15 022800 GMT",
        "15/09/2026 02:28Z",
        "15.9.2026 2:28:00Z",
        "15-09-2026, 02:28:00 UTC",
        "15/09/2026 2:28 AM Z",
        "15/09/2026 02h28 TU",
        "15/09/2026 2 h 28Z",
        "2026-09-15 02H28:00Z",
        "15/09/26 02:28Z",
        "15.9.26, 02h28 UTC",
        "15 Sep 2026 02:28Z",
        "15-SEP-2026 02:28:00Z",
        "15 septembre 2026 02:28 Z",
        "150228Z SEP 26",
        "150228ZSEP2026",
        "150328A SEP 26",
        "150428B SEP 2026",
        "150428 FR SEP 26",
        "2026-09-15 03:28 BST",
        "2026-09-15 04:28 CEST",
        "2026-09-15 03:28 UK",
    ],
)
def test_every_form_that_says_its_zone_needs_nobody_to_say_it(text: str) -> None:
    assert times(order=DateOrder.DAY_FIRST).read(text, 1) == R1_UTC
    assert times(Zone.FR, DateOrder.DAY_FIRST).read(text, 1) == R1_UTC


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("2026-09-15T02:28:00", Zone.UTC),
        ("2026-09-15 03:28:00", Zone.UK),
        ("15/09/2026 04:28", Zone.FR),
        ("15 Sep 2026 02:28", Zone.UTC),
    ],
)
def test_times_without_a_zone_are_by_the_one_that_was_said(text: str, zone: Zone) -> None:
    assert times(zone, DateOrder.DAY_FIRST).read(text, 1) == R1_UTC
    silent = times(None, DateOrder.DAY_FIRST)
    assert refused_file(silent, text) == (ImportFault.ZONE_NOT_SAID, 7)


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-15",
        "02:28",
        "2026-09-15T02:28:60Z",
        "2026-09-15T24:00:00Z",
        "2026-09-15T02:60:00Z",
        "2026-02-29T02:28:00Z",
        "2026-13-01 02:28:00",
        "2026-W38-2T02:28:00Z",
        "2026-258T02:28:00Z",
        "31/06/2026 02:28",
        "26/09/15 02:28",
        "15/09/126 02:28",
        "31/06/26 02:28",
        "15/09/2026 02h",
        "15/09/2026 25h28",
        "15/09/2026 2h8",
        "15/9-2026 02:28",
        "15/09/2026 14:28 PM",
        "15/09/2026 00:28 AM",
        "2026-09-15T02:28.5Z",
        "2026-09-15T02:28:00+15:00",
        "2026-09-15T02:28:00+02:60",
        "2026-09-15 02:28 XYZ",
        "0000-09-15T02:28:00Z",
        "0001-01-01T00:00:00+02:00",
        "150228Z",
        "150228Z XXX 26",
        "150228Z SEP 126",
        "320228Z SEP 26",
        "15 Xyz 2026 02:28",
        "1789439280",
        "2026-09-15T02:28:0\N{ARABIC-INDIC DIGIT SEVEN}Z",
        "=NOW()",
        "x" * 10_000,
    ],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    assert refused(text) is ImportFault.TIME_NOT_READ


def test_a_refusal_says_a_piece_of_the_text() -> None:
    with pytest.raises(TimeRefused) as error:
        times().read("quarter\tpast two", 1)
    assert error.value.piece == "quarter past two"


@pytest.mark.parametrize("text", ["", "  \t"])
def test_no_text_is_no_time(text: str) -> None:
    assert refused(text) is ImportFault.TIME_MISSING
    for read in (times().read_epoch_s, times().read_epoch_ms):
        with pytest.raises(TimeRefused) as error:
            read(text)
        assert error.value.fault is ImportFault.TIME_MISSING


@pytest.mark.parametrize(
    ("text", "zone", "fault"),
    [
        ("2026-10-25 01:30", Zone.UK, ImportFault.TIME_TWICE),
        ("2026-10-25T02:30:00", Zone.FR, ImportFault.TIME_TWICE),
        ("2026-03-29T01:30:00", Zone.UK, ImportFault.TIME_NEVER),
        ("29/03/2026 02:30", Zone.FR, ImportFault.TIME_NEVER),
    ],
)
def test_local_times_that_happen_twice_or_never(text: str, zone: Zone, fault: ImportFault) -> None:
    assert refused(text, zone) is fault
    later = datetime(2027, 1, 1, tzinfo=UTC)
    in_utc = times(Zone.UTC, DateOrder.DAY_FIRST, later)
    assert in_utc.read(text, 1).minute == 30


def test_clocks_may_differ_by_a_quarter_of_an_hour_and_no_more() -> None:
    reader = times()
    assert reader.read("2026-09-16T00:15:00Z", 1) == NOW_UTC + timedelta(minutes=15)
    for _ in range(2):
        with pytest.raises(TimeRefused) as error:
            reader.read("2026-09-16T00:15:01Z", 1)
        assert error.value.fault is ImportFault.TIME_AHEAD


def test_dates_with_the_day_or_the_month_first_need_somebody_to_say_it() -> None:
    either = "03/04/2026 02:28Z"
    assert refused_file(times(), either) == (ImportFault.DAY_OR_MONTH_FIRST, 7)
    assert times(order=DateOrder.DAY_FIRST).read(either, 1) == datetime(
        2026, 4, 3, 2, 28, tzinfo=UTC
    )
    months_first = times(order=DateOrder.MONTH_FIRST)
    assert months_first.read(either, 1) == datetime(2026, 3, 4, 2, 28, tzinfo=UTC)
    with pytest.raises(TimeRefused):
        months_first.read("13/04/2026 02:28Z", 1)


def test_dates_show_which_comes_first() -> None:
    assert shown_order(["", "03/04/2026", "3/4/2026 02:28", "13/04/2026"]) is DateOrder.DAY_FIRST
    assert shown_order(["4.13.2026 02:28", "03.04.2026"]) is DateOrder.MONTH_FIRST
    assert shown_order(["13/04/2026", "04/13/2026"]) is None
    assert shown_order(["03/04/2026", "2026-09-15"]) is None


def test_a_year_of_two_figures_needs_somebody_to_say_the_order() -> None:
    for either in ("15/09/26 02:28Z", "03/04/26 02:28Z", "05/05/26 02:28Z", "26/09/15 02:28Z"):
        assert refused_file(times(), either) == (ImportFault.DAY_OR_MONTH_FIRST, 7)
    months_first = times(order=DateOrder.MONTH_FIRST)
    assert months_first.read("09/15/26 02:28Z", 1) == R1_UTC
    assert refused_file(months_first, "15/09/26 02:28Z") == (ImportFault.DAY_OR_MONTH_FIRST, 7)


def test_a_year_of_two_figures_that_may_come_first_is_never_taken_for_a_day() -> None:
    reader = times(order=DateOrder.DAY_FIRST)
    for text in ("26/09/15 02:28Z", "25/11/24 02:28Z", "20/01/19 02:28Z"):
        with pytest.raises(TimeRefused) as error:
            reader.read(text, 1)
        assert error.value.fault is ImportFault.TIME_NOT_READ
    # Read with the year first, this would be still to come, and this no day.
    assert reader.read("28/02/25 02:28Z", 1) == datetime(2025, 2, 28, 2, 28, tzinfo=UTC)
    assert reader.read("11/02/00 02:28Z", 1) == datetime(2000, 2, 11, 2, 28, tzinfo=UTC)


def test_what_dates_with_a_year_of_two_figures_show_of_their_order() -> None:
    assert shown_order(["15/09/26", "26/09/15"], NOW_UTC) is None
    assert shown_order(["28/09/26"]) is None
    assert shown_order(["15/09/26", "28/08/26"], NOW_UTC) is DateOrder.DAY_FIRST
    assert shown_order(["15/09/26", "16/09/2026"], NOW_UTC) is DateOrder.DAY_FIRST
    assert shown_order(["03/04/26", "09/15/26"], NOW_UTC) is DateOrder.MONTH_FIRST
    assert shown_order(["02.38.15", "26/15/09"], NOW_UTC) is None


def test_a_date_that_is_the_same_both_ways_needs_nobody() -> None:
    assert times().read("05/05/2026 02:28Z", 1) == datetime(2026, 5, 5, 2, 28, tzinfo=UTC)


def test_which_texts_have_the_day_or_the_month_first() -> None:
    assert all(map(is_order_open, ("3/4/2026", " 15-09-2026T02:28", "15/09/26")))
    assert not any(map(is_order_open, ("2026-09-15", "15/09/126", "3/4-2026", "15 Sep 2026", "")))


def test_seconds_and_milliseconds_since_1970() -> None:
    reader = times()
    assert reader.read_epoch_s("1789439280") == R1_UTC
    assert reader.read_epoch_s(" 1789439280.5 ") == R1_UTC + timedelta(milliseconds=500)
    assert reader.read_epoch_s("1789439280.0009") == R1_UTC
    assert reader.read_epoch_ms("1789439280007") == R1_UTC + timedelta(milliseconds=7)
    assert reader.read_epoch_ms("1789439280007.9") == R1_UTC + timedelta(milliseconds=7)


@pytest.mark.parametrize(
    ("text", "is_ms", "fault"),
    [
        ("1789439280", True, ImportFault.TIME_NOT_READ),
        ("1789439280000", False, ImportFault.TIME_NOT_READ),
        ("999999999999", False, ImportFault.TIME_NOT_READ),
        ("1.789E9", False, ImportFault.TIME_NOT_READ),
        ("-5", False, ImportFault.TIME_NOT_READ),
        ("nan", False, ImportFault.TIME_NOT_READ),
        ("999999999999999", True, ImportFault.TIME_NOT_READ),
        ("1889439280", False, ImportFault.TIME_AHEAD),
    ],
)
def test_numbers_that_are_no_time(text: str, is_ms: bool, fault: ImportFault) -> None:
    reader = times()
    with pytest.raises(TimeRefused) as error:
        (reader.read_epoch_ms if is_ms else reader.read_epoch_s)(text)
    assert error.value.fault is fault


def test_many_times_are_read_as_few_are() -> None:
    reader = times()
    for again in range(2):
        for minute in range(6_000):
            moment = R1_UTC - timedelta(minutes=minute)
            assert reader.read(f"{moment:%Y-%m-%dT%H:%M:%SZ}", again) == moment


@pytest.mark.parametrize(
    "text",
    [
        "02:28", "2026-09-15", "15/09/26", "150228Z SEP 26", "15 Sep 2026", "1789439280",
        "1789439280000", "45917.1", "Tuesday 2:28 pm", "02h28", "2 h 28",
    ],
)  # fmt: skip
def test_texts_that_may_be_times(text: str) -> None:
    assert looks_like_time(text)


@pytest.mark.parametrize(
    "text", ["", "A", "Calais", "12", "51.5", "1.683333333", "-70", "IMO9", "A2H28"]
)
def test_texts_that_are_no_times(text: str) -> None:
    assert not looks_like_time(text)


moments = st.integers(0, 126 * 365 * 86_400_000).map(
    lambda since_ms: datetime(1900, 1, 2, tzinfo=UTC) + timedelta(milliseconds=since_ms)
)


@given(moments, st.integers(-14 * 60, 14 * 60))
def test_no_time_changes_on_its_way_through_a_file(moment: datetime, east_min: int) -> None:
    there = moment.astimezone(timezone(timedelta(minutes=east_min)))
    reader = times(Zone.UTC, DateOrder.MONTH_FIRST)
    for text in (
        moment.isoformat(timespec="milliseconds"),
        moment.isoformat(sep=" "),
        there.isoformat(timespec="milliseconds"),
        f"{moment:%Y-%m-%d %H:%M:%S.%f}",
        f"{moment:%Y%m%dT%H%M%S.%f} Z",
        f"{moment:%m/%d/%Y %I:%M:%S.%f %p}",
        f"{there:%d %b %Y %H:%M:%S,%f %z}",
    ):
        assert reader.read(text, 1) == moment
    whole = moment.replace(second=0, microsecond=0)
    if moment.year >= 2000:
        assert reader.read(date_time_group(moment), 1) == whole


@given(st.text("0123456789-/:T .Z+,", max_size=26))
def test_other_texts_are_refused_and_nothing_else_happens(text: str) -> None:
    try:
        moment = times(Zone.FR, DateOrder.DAY_FIRST).read(text, 1)
    except TimeRefused:
        return
    assert moment.utcoffset() == timedelta(0)
