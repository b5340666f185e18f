"""Doubtful times are asked about or refused, never guessed; what is saved comes back to the ms."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from channelplot.geodesy.text import FR_ZONE, UK_ZONE
from channelplot.model.plot import Plot
from channelplot.reading.fields import read_time
from channelplot.reading.line import LineContext, read_line
from channelplot.reading.values import FaultCode, Field, Language, QuestionCode
from channelplot.store.times import read_time as read_stored_time
from helpers.builders import R1, a_report, a_track
from helpers.line_judge import AREA, names
from helpers.operator import Operator
from unit.store.files import closed_file, opened, rows

NOW = datetime(2026, 9, 15, 3, 0, tzinfo=UTC)
WHERE = "50 58.0N 001 41.0E"
Z0228 = NOW.replace(hour=2, minute=28)

KNOWN = [
    ("0228", Z0228),
    ("02:28", Z0228),
    ("2:28", Z0228),
    ("02h28", Z0228),
    ("02:28:30", Z0228.replace(second=30)),
    ("2026-09-15 02:28", Z0228),
    ("2026-09-15T02:28:00.125Z", Z0228.replace(microsecond=125_000)),
    ("2026-09-15T04:28:00+02:00", Z0228),
    ("2026-09-14T22:58-03:30", Z0228),
    ("2026-09-15T08:13:00+05:45", Z0228),
    ("0328 UK", Z0228),
    ("0428 FR", Z0228),
    ("0328A", Z0228),
    ("0428B", Z0228),
    ("2025-10-26 00:30 UK", datetime(2025, 10, 25, 23, 30, tzinfo=UTC)),
    ("2025-10-26 03:00 FR", datetime(2025, 10, 26, 2, 0, tzinfo=UTC)),
]
"""A time that does not say its zone is UTC, and is read back as such; an offset is worked out."""
ASKED = [
    ("2025-10-26 01:30 UK", QuestionCode.TIME_TWICE),
    ("2025-10-26 02:30 FR", QuestionCode.TIME_TWICE),
    ("0305Z", QuestionCode.TIME_AHEAD),
    ("0405 UK", QuestionCode.TIME_AHEAD),
    ("2026-12-01 0228Z", QuestionCode.TIME_AHEAD),
    ("2026-09-15T05:28:00+02:00", QuestionCode.TIME_AHEAD),
]
REFUSED = [
    ("2026-03-29 01:30 UK", FaultCode.NO_SUCH_LOCAL_TIME),
    ("2026-03-29 02:30 FR", FaultCode.NO_SUCH_LOCAL_TIME),
    ("2026-06-31 02:28Z", FaultCode.NO_SUCH_DAY),
    ("2026-02-29T02:28Z", FaultCode.NO_SUCH_DAY),
    ("310228Z JUN 26", FaultCode.NO_SUCH_DAY),
    ("0260Z", FaultCode.TIME_RANGE),
    ("2400Z", FaultCode.TIME_RANGE),
    ("24:00", FaultCode.TIME_RANGE),
    ("02:28:60Z", FaultCode.TIME_RANGE),
    ("2026-09-15T02:28:60Z", FaultCode.TIME_RANGE),
    ("2026-09-15T24:00:00Z", FaultCode.TIME_RANGE),
    ("2026-12-31T23:59:60Z", FaultCode.TIME_RANGE),
    ("2026-09-15T02:28:00+15:00", FaultCode.ZONE_UNKNOWN),
    ("2026-09-15T02:28:00+02:75", FaultCode.ZONE_UNKNOWN),
    ("0228K", FaultCode.ZONE_UNKNOWN),
    ("0228 LOCAL", FaultCode.ZONE_UNKNOWN),
    ("2:28pm", FaultCode.TIME_NOT_READ),
    ("yesterday", FaultCode.TIME_NOT_READ),
]


def context(now_utc: datetime = NOW) -> LineContext:
    return LineContext(now_utc, Language.ENGLISH, AREA, names())


@pytest.mark.parametrize(("text", "moment"), KNOWN)
def test_a_time_that_is_certain_is_read(text: str, moment: datetime) -> None:
    (reading,) = read_time(text, NOW).choices
    assert reading.at_utc == moment
    line = read_line(f"{WHERE} {text}", context())
    assert (line.time.at_utc, line.is_clear) == (moment, True)


@pytest.mark.parametrize(("text", "question"), ASKED)
def test_a_time_that_may_be_two_is_asked_in_the_line_and_in_the_forms(
    text: str, question: QuestionCode
) -> None:
    assert read_time(text, NOW).question is question
    line = read_line(f"{WHERE} {text}", context())
    assert [each.code for each in line.questions] == [question]
    assert not line.is_clear


@pytest.mark.parametrize(("text", "fault"), REFUSED)
def test_a_time_that_is_none_is_refused_in_the_line_and_in_the_forms(
    text: str, fault: FaultCode
) -> None:
    field = read_time(text, NOW)
    assert (field.choices, field.fault and field.fault.code) == ((), fault)
    line = read_line(f"{WHERE} {text}", context())
    assert Field.TIME in {each.field for each in line.faults}


def moments_that_show(wall: datetime, zone: ZoneInfo) -> list[datetime]:
    """Every moment at which a clock of that zone shows that, by looking at each quarter hour."""
    start = wall.replace(tzinfo=UTC) - timedelta(hours=4)
    moments = (start + timedelta(minutes=15 * number) for number in range(33))
    return [each for each in moments if each.astimezone(zone).replace(tzinfo=None) == wall]


def test_local_times_of_a_year_are_right_asked_or_refused(
    cycles: Callable[[int, int], int], figure: Callable[[str], None]
) -> None:
    dice = random.Random(1919)
    changes = [datetime(2025, 10, 26), datetime(2026, 3, 29), datetime(2025, 3, 30)]  # noqa: DTZ001
    counts = {0: 0, 1: 0, 2: 0}
    for _ in range(cycles(300, 5_000)):
        day = dice.choice(changes)
        if dice.random() < 0.4:
            day -= timedelta(days=dice.randrange(300))
        wall = day + timedelta(minutes=15 * dice.randrange(0, 20))
        name, zone = dice.choice((("UK", UK_ZONE), ("FR", FR_ZONE)))
        truth = moments_that_show(wall, zone)
        found = read_time(f"{wall:%Y-%m-%d %H:%M} {name}", NOW)
        assert [each.at_utc for each in found.choices] == truth, (wall, name)
        expected = {0: None, 1: None, 2: QuestionCode.TIME_TWICE}[len(truth)]
        assert found.question is expected
        assert (found.fault is None) is bool(truth)
        counts[len(truth)] += 1
    assert all(counts.values()), "every case must have come up"
    figure(f"local times: {counts[1]} read, {counts[2]} asked, {counts[0]} refused, 0 wrong")


def test_times_come_back_from_the_file_to_the_millisecond(
    tmp_path: Path, cycles: Callable[[int, int], int], figure: Callable[[str], None]
) -> None:
    dice = random.Random(190)
    start = datetime(1999, 1, 1, tzinfo=UTC)
    times = [
        start + timedelta(milliseconds=dice.randrange(60 * 365 * 86_400_000))
        for _ in range(cycles(100, 2_000))
    ]
    times += [start, start.replace(microsecond=999_000), start.replace(microsecond=1_000)]
    reports = [
        a_report(
            each,
            uid=f"r{number}",
            position=R1,
            received_at_utc=each + timedelta(milliseconds=1),
            logged_at_utc=each + timedelta(milliseconds=2),
        )
        for number, each in enumerate(times)
    ]
    path = tmp_path / "night.gpkg"
    plot = closed_file(path, Plot().with_track(a_track("A", reports)))
    with opened(path) as file:
        loaded = file.load().plot
    assert loaded == plot
    found = {report.uid: report for report in loaded.reports()}
    for number, moment in enumerate(times):
        report = found[f"r{number}"]
        assert report.observed_at_utc == moment
        assert report.received_at_utc - moment == timedelta(milliseconds=1)
        assert report.logged_at_utc - moment == timedelta(milliseconds=2)
    for uid, text in rows(path, "SELECT uid, observed_at_utc FROM reports"):
        assert read_stored_time(text) == found[str(uid)].observed_at_utc
        assert len(str(text)) == len("2026-09-15T02:28:00.125Z")
    figure(f"{len(times)} times to the ms and back")


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-15T02:28:00",
        "2026-09-15T02:28:00.000",
        "2026-09-15T04:28:00+02:00",
        "2026-09-15 02:28:00Z",
        "2026-09-15T02:28:60Z",
        "2026-09-15T02:28:60.000Z",
        "2026-02-30T02:28:00Z",
        "2026-09-15T02:28Z",
        "",
        None,
        20260915,
    ],
)
def test_a_stored_time_of_another_form_is_refused(text: object) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_stored_time(text)


def test_in_the_window_nothing_is_plotted_at_a_time_that_is_none_or_two(
    operator: Operator, night: Path
) -> None:
    operator.opens(night)
    operator.types_line(f"{WHERE} 2026-03-29 01:30 UK")
    operator.presses("Return")
    operator.types_line(f"{WHERE} 2025-10-26 01:30 UK")
    operator.presses("Return")
    assert operator.file_rows("SELECT uid FROM reports") == []
    assert len(operator.line_asks()) == 3, "the question and two times"
    operator.enters_line(f"{WHERE} 2025-10-26 01:30 UK", 2, 1)
    (observed,) = operator.file_rows("SELECT observed_at_utc FROM reports")
    assert observed == ("2025-10-26T01:30:00.000Z",)
    for text in ("2026-03-29 02:30 FR", "02:28:60Z", "0228K"):
        operator.begins_report(WHERE, time=text)
        operator.presses("Return")
        assert operator.reads_back(), text
        operator.presses("Escape")
    operator.begins_report(WHERE, time="2025-10-26 02:30 FR")
    operator.presses("Return")
    assert len(operator.file_rows("SELECT uid FROM reports")) == 1
