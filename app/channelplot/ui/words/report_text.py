"""What a report says of its times and of who told us, in words for panels and forms."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication

from channelplot.chart.wording import source_text
from channelplot.geodesy.text import date_time_group, duration_text, three_clocks_text
from channelplot.model.caller import report_meant
from channelplot.model.codes import SourceKind
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.reading.callers import is_number
from channelplot.reading.values import CallerReading
from channelplot.ui.words.said_before import MOST_BOATS, call_text

translate = QCoreApplication.translate
SEPARATOR: Final = " · "
_IN_MINUTES: Final = timedelta(hours=2)
_IN_DAYS: Final = timedelta(days=2)


def lag_text(lag: timedelta) -> str:
    """Return how late a report came: ``+85 min``, ``+3 h 05``, ``+4 days``."""
    if lag < _IN_MINUTES:
        return translate("Reports", "+{minutes} min").format(
            minutes=int(lag.total_seconds() // 60.0)
        )
    if lag < _IN_DAYS:
        return f"+{duration_text(lag.total_seconds())}"
    return translate("Reports", "+{days} days").format(days=lag.days)


def times_tip(report: Report) -> str:
    """Return the three times of a report on three clocks, each on its line."""
    lag = report.received_at_utc - report.observed_at_utc
    late = f"  {lag_text(lag)}" if lag >= timedelta(minutes=1) else ""
    by = translate("Reports", "by {name}").format(name=report.logged_by)
    lines = (
        (translate("Reports", "Observed"), report.observed_at_utc, ""),
        (translate("Reports", "Received"), report.received_at_utc, late),
        (translate("Reports", "Logged"), report.logged_at_utc, by if report.logged_by else ""),
    )
    return "\n".join(
        f"{title}  {date_time_group(at_utc)}  {three_clocks_text(at_utc)}  {more}".rstrip()
        for title, at_utc, more in lines
    )


def source_cell(report: Report, same: Sequence[Report], plot: Plot) -> str:
    """Return who told us and the grade, ``phone · 2C``; first of all whether it called before.

    same: every report of that caller, in time order: ``same phone as 0245Z (A) · phone · 2C``.
    """
    name = report.source_name
    if not name and report.source is not SourceKind.UNKNOWN:
        name = source_text(report.source)
    calls = ", ".join(_calls(report, same, plot))
    before = _same_text(report).format(calls=calls) if calls else ""
    return SEPARATOR.join(filter(None, (before, name, report.grade)))


def source_tip(report: Report, same: Sequence[Report], plot: Plot) -> str:
    """Return who told us, the grade, who called, and the caller's other reports, line by line."""
    kind = "" if report.source is SourceKind.UNKNOWN else source_text(report.source)
    grade = translate("Reports", "grade {grade}").format(grade=report.grade)
    others = ", ".join(_call(one, report, plot) for one in same if one.uid != report.uid)
    named = "" if report_meant(report.caller) is not None else report.caller
    return "\n".join(
        filter(
            None,
            (
                SEPARATOR.join(
                    filter(None, (kind, report.source_name, grade if report.grade else ""))
                ),
                translate("Reports", "Caller {caller}").format(caller=named) if named else "",
                _same_text(report).format(calls=others) if others else "",
            ),
        )
    )


def _same_text(report: Report) -> str:
    caller = report.caller
    if caller and report_meant(caller) is None and not is_number(caller):
        return translate("Reports", "same caller as {calls}")
    return translate("Reports", "same phone as {calls}")


def _calls(report: Report, same: Sequence[Report], plot: Plot) -> Iterator[str]:
    """Yield the last call before a report of each boat, of two boats at most, the latest first."""
    latest: dict[str | None, Report] = {}
    for one in reversed([one for one in same if one.time_order() < report.time_order()]):
        latest.setdefault(one.track_uid, one)
    for one in list(latest.values())[:MOST_BOATS]:
        yield _call(one, report, plot)


def _call(one: Report, report: Report, plot: Plot) -> str:
    track = plot.tracks.get(one.track_uid or "")
    call = CallerReading(one.caller, one.observed_at_utc, "" if track is None else track.name)
    return call_text(call, report.observed_at_utc)
