"""What an amendment changes, field by field, in words: ``People 55, 10 children → 45 est``."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from channelplot.chart.wording import boat_type_text, kind_text, source_text
from channelplot.geodesy.text import (
    Notation,
    bearing_text,
    date_time_group,
    position_text,
    zulu_text,
)
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.tools.amend_draft import AmendFault, AmendFaultCode, AmendField, AmendReading
from channelplot.tools.caller_words import caller_words
from channelplot.ui.entry.field_text import position_texts, problem_text
from channelplot.ui.line.cells import people_cell

translate: Final = QCoreApplication.translate
SEPARATOR: Final = "  ·  "

_CAPTIONS: Final[Mapping[AmendField, object]] = {
    AmendField.POSITION: QT_TRANSLATE_NOOP("AmendForm", "Position"),
    AmendField.OBSERVED: QT_TRANSLATE_NOOP("AmendForm", "Observed"),
    AmendField.RECEIVED: QT_TRANSLATE_NOOP("AmendForm", "Received"),
    AmendField.KIND: QT_TRANSLATE_NOOP("AmendForm", "Kind"),
    AmendField.SOURCE: QT_TRANSLATE_NOOP("AmendForm", "Source"),
    AmendField.SOURCE_NAME: QT_TRANSLATE_NOOP("AmendForm", "Name of the source"),
    AmendField.CALLER: QT_TRANSLATE_NOOP("AmendForm", "Caller"),
    AmendField.PEOPLE: QT_TRANSLATE_NOOP("AmendForm", "People"),
    AmendField.COURSE: QT_TRANSLATE_NOOP("AmendForm", "Course °T"),
    AmendField.SPEED: QT_TRANSLATE_NOOP("AmendForm", "Speed kn"),
    AmendField.GRADE: QT_TRANSLATE_NOOP("AmendForm", "Grade"),
    AmendField.BOAT_TYPE: QT_TRANSLATE_NOOP("AmendForm", "Type of boat"),
}
_FAULTS: Final[Mapping[AmendFaultCode, object]] = {
    AmendFaultCode.GONE: QT_TRANSLATE_NOOP(
        "AmendForm", "That report is no longer in the plot. Esc leaves."
    ),
    AmendFaultCode.NO_TIME: QT_TRANSLATE_NOOP(
        "AmendForm", "A report has a time. Write one such as 0228Z."
    ),
    AmendFaultCode.RECEIVED_FIRST: QT_TRANSLATE_NOOP(
        "AmendForm", "It would be received before it was observed, or ahead of the clock."
    ),
}
_NOT_READ: Final[Mapping[AmendField, object]] = {
    AmendField.COURSE: QT_TRANSLATE_NOOP(
        "AmendForm", "The course is read in true degrees, 0 to 360."
    ),
    AmendField.SPEED: QT_TRANSLATE_NOOP("AmendForm", "The speed is read in knots, such as 4.5."),
    AmendField.GRADE: QT_TRANSLATE_NOOP(
        "AmendForm", "A grade is a figure and a letter, such as 2C, or B2."
    ),
}


def caption_text(one: AmendField) -> str:
    """Return what stands over a field."""
    return _worded(_CAPTIONS[one])


def fault_text(fault: AmendFault, typed: str) -> str:
    """Return why the report can't be amended as it stands. typed: what stands in the field."""
    if fault.problem is not None:
        return problem_text(fault.problem, typed)
    if fault.code is AmendFaultCode.NOT_READ and fault.field is not None:
        return _worded(_NOT_READ[fault.field])
    return _worded(_FAULTS[fault.code])


def changes_text(reading: AmendReading, plot: Plot, notation: Notation, now_utc: datetime) -> str:
    """Return the old and the new value of each field that would change."""
    report, amended = reading.report, reading.amended
    if report is None or amended is None:
        return ""
    said = []
    for one in reading.changed:
        old, new = (field_text(one, each, plot, notation, now_utc) for each in (report, amended))
        if one is AmendField.POSITION and reading.where is not None:
            new = ", ".join(position_texts(reading.where, notation))
        if old != new:
            said.append(f"{caption_text(one)} {old} → {new}")
    return SEPARATOR.join(said)


def field_text(
    one: AmendField, report: Report, plot: Plot, notation: Notation, now_utc: datetime
) -> str:
    """Return what a report says in a field, in words."""
    people = people_cell(report.people)
    texts = {
        AmendField.POSITION: (
            "" if report.position is None else position_text(report.position, notation=notation)
        ),
        AmendField.OBSERVED: _moment_text(report.observed_at_utc, now_utc),
        AmendField.RECEIVED: _moment_text(report.received_at_utc, now_utc),
        AmendField.KIND: kind_text(report.kind),
        AmendField.SOURCE: source_text(report.source),
        AmendField.SOURCE_NAME: report.source_name,
        AmendField.CALLER: caller_words(plot, report.caller),
        AmendField.PEOPLE: f"{people.value}, {people.detail}".strip(", "),
        AmendField.COURSE: "" if report.course_deg is None else _course_text(report.course_deg),
        AmendField.SPEED: "" if report.speed_kn is None else f"{report.speed_kn:g} kn",
        AmendField.GRADE: report.grade,
        AmendField.BOAT_TYPE: "" if report.boat_type is None else boat_type_text(report.boat_type),
    }
    return texts[one] or translate("AmendForm", "nothing")


def _course_text(course_deg: float) -> str:
    return bearing_text(course_deg, 0 if course_deg.is_integer() else 1)


def _moment_text(moment_utc: datetime, now_utc: datetime) -> str:
    """Return a time, with its day unless that is today's."""
    is_today = moment_utc.date() == now_utc.date()
    return zulu_text(moment_utc) if is_today else date_time_group(moment_utc)


def _worded(marked: object) -> str:
    """Return the translation of a text marked above (Qt types the mark as an object)."""
    return translate("AmendForm", str(marked))
