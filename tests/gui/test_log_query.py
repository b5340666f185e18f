"""What the watch log is filtered by: intervals as they are typed, and which acts pass."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from channelplot.commands.log_lines import add_log_line
from channelplot.commands.reports import add_report
from channelplot.commands.tracks import set_status
from channelplot.geodesy.text import position_text
from channelplot.model.codes import TrackStatus
from channelplot.model.log_line import LogLine
from channelplot.ui.log.facts import LogKind
from channelplot.ui.log.query import Interval, LogQuery, read_interval
from channelplot.ui.panels.log_book import LogBook
from helpers.builders import a_plot, a_report, a_track, at
from helpers.clock import FixedClock
from helpers.opened import open_plot

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("", None, None),
        ("   ", None, None),
        ("0200-0230", at("0200"), at("0230")),
        ("0200Z - 0230Z", at("0200"), at("0230")),
        ("0200\N{EN DASH}0230", at("0200"), at("0230")),
        ("0200-0400", at("0200"), at("0400")),
        ("2200-0230", at("2200", day=14), at("0230")),
        ("0330-0430", at("0330", day=14), at("0430", day=14)),
        ("0200-0200", at("0200"), at("0200", day=16)),
        ("0200-", at("0200"), None),
        ("0200", at("0200"), None),
        ("-0200", None, at("0200")),
        ("142200-150400", at("2200", day=14), at("0400")),
        ("142200Z-150400Z", at("2200", day=14), at("0400")),
        ("0300A-0330A", at("0200"), at("0230")),
    ],
)
def test_an_interval_is_read(text: str, start: datetime | None, end: datetime | None) -> None:
    """It is 0300Z on the 15th."""
    interval = read_interval(text, at("0300"))
    assert interval == Interval(start, None if end is None else end + MINUTE)


@pytest.mark.parametrize(
    "text", ["x", "02", "0200-x", "2560-", "-", "0200-0230-0300", "150400-142200"]
)
def test_what_is_no_interval_is_none(text: str) -> None:
    assert read_interval(text, at("0300")) is None


@pytest.fixture
def book(clock: FixedClock, tmp_path: Path) -> LogBook:
    """A started with a report at 0200Z, set adrift at 0210Z, a line at 0220Z, a report of B."""
    a, b = a_track("A"), a_track("B")
    document = open_plot(a_plot(), clock=clock, folder=tmp_path).document
    for minute, command in (
        ("0200", add_report(a_report("0155", track_uid=a.uid, as_received="Grey hull"), a)),
        (
            "0210",
            set_status(
                a.uid,
                TrackStatus.ADRIFT,
                change_uid="c",
                at_utc=at("0210"),
                by="watch",
                reason="engine failing",
            ),
        ),
        ("0220", add_log_line(LogLine(uid="l", at_utc=at("0220"), text="relief at 0600"))),
        ("0230", add_report(a_report("0230", track_uid=b.uid), b)),
    ):
        clock.set(at(minute))
        document.apply(command)
    document.close()
    made = LogBook(position_text)
    made.show(document.acts)
    while made.unread:
        made.read_some(1.0)
    return made


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        (LogQuery(), [0, 1, 2, 3]),
        (LogQuery(words=("grey",)), [0]),
        (LogQuery(words=("grey", "hull")), [0]),
        (LogQuery(words=("grey", "adrift")), []),
        (LogQuery(words=("engine",)), [1]),
        (LogQuery(words=("watch",)), [0, 1, 2, 3]),
        (LogQuery(kind=LogKind.REPORTS), [0, 3]),
        (LogQuery(kind=LogKind.BOATS), [0, 1, 3]),
        (LogQuery(kind=LogKind.LINES), [2]),
        (LogQuery(kind=LogKind.ALERTS), []),
        (LogQuery(interval=Interval(at("0210"), at("0221"))), [1, 2]),
        (LogQuery(interval=Interval(at("0220"))), [2, 3]),
        (LogQuery(interval=Interval(until_utc=at("0220"))), [0, 1]),
        (LogQuery(words=("boat",), kind=LogKind.BOATS, interval=Interval(at("0205"))), [1, 3]),
    ],
)
def test_the_acts_that_a_query_wants(book: LogBook, query: LogQuery, numbers: list[int]) -> None:
    assert book.passing(query, range(len(book))) == numbers


def test_by_boat(book: LogBook) -> None:
    (uid,) = book.entry(1).track_uids
    wanted = LogQuery(track_uids=frozenset({uid}))
    assert book.passing(wanted, range(4)) == [0, 1]
    assert book.passing(LogQuery(track_uids=frozenset()), range(4)) == []


def test_an_act_that_is_not_worded_yet_passes_only_what_needs_no_words(book: LogBook) -> None:
    book.reword()
    assert book.unread == 4
    assert book.passing(LogQuery(words=("grey",)), range(4)) == []
    assert book.passing(LogQuery(kind=LogKind.REPORTS), range(4)) == []
    assert book.passing(LogQuery(interval=Interval(at("0220"))), range(4)) == [2, 3]


def test_acts_are_worded_from_the_latest_back(book: LogBook) -> None:
    book.reword()
    worded: list[int] = []
    while book.unread:
        worded += book.read_some(0.0)
    assert worded == [3, 2, 1, 0]
    assert list(book.read_some(1.0)) == []
