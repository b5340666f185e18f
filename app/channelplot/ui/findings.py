"""The words for what ``channelplot check`` finds wrong with a plot file."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from channelplot.store.check import Finding

_WORDS: Final[Mapping[str, object]] = {
    "integrity": QT_TRANSLATE_NOOP("Findings", "the file's pages are damaged"),
    "foreign_key": QT_TRANSLATE_NOOP("Findings", "a row refers to another that is not there"),
    "rtree": QT_TRANSLATE_NOOP("Findings", "the spatial index does not match"),
    "application_id": QT_TRANSLATE_NOOP("Findings", "the file is not marked as a GeoPackage"),
    "user_version": QT_TRANSLATE_NOOP("Findings", "the file's GeoPackage version is another"),
    "missing": QT_TRANSLATE_NOOP("Findings", "a table or column is missing"),
    "trigger": QT_TRANSLATE_NOOP("Findings", "a trigger is missing or changed"),
    "strange": QT_TRANSLATE_NOOP("Findings", "a trigger or view that is not ours"),
    "geometry": QT_TRANSLATE_NOOP("Findings", "a position or line can't be read"),
    "time": QT_TRANSLATE_NOOP("Findings", "a time is not written as it should be"),
    "code": QT_TRANSLATE_NOOP("Findings", "a code that is not in the list"),
    "text": QT_TRANSLATE_NOOP("Findings", "a text can't be read"),
    "number": QT_TRANSLATE_NOOP("Findings", "a number is out of range"),
    "people": QT_TRANSLATE_NOOP("Findings", "a number of people contradicts its report"),
    "track": QT_TRANSLATE_NOOP("Findings", "a report's track is withdrawn"),
    "line": QT_TRANSLATE_NOOP("Findings", "a track's line is not that of its reports"),
    "log": QT_TRANSLATE_NOOP("Findings", "the log of acts was changed"),
    "log_differs": QT_TRANSLATE_NOOP(
        "Findings", "changed outside Channel Plot, not by an act of the log; it can still be read"
    ),
    "unreadable": QT_TRANSLATE_NOOP("Findings", "the plot can't be read"),
    "name_empty": QT_TRANSLATE_NOOP("Findings", "a name is empty"),
    "name_twice": QT_TRANSLATE_NOOP("Findings", "a name is used twice"),
    "filed_wrong": QT_TRANSLATE_NOOP("Findings", "a thing is filed in the wrong place"),
    "report_twice": QT_TRANSLATE_NOOP("Findings", "a report is there twice"),
    "not_in_time_order": QT_TRANSLATE_NOOP("Findings", "reports are not in order of time"),
    "people_negative": QT_TRANSLATE_NOOP("Findings", "a number of people is below zero"),
    "people_parts": QT_TRANSLATE_NOOP("Findings", "parts of the people exceed the total"),
    "error_range": QT_TRANSLATE_NOOP("Findings", "an error radius is no distance"),
    "course_range": QT_TRANSLATE_NOOP("Findings", "a course is not from 0 to 360"),
    "speed_range": QT_TRANSLATE_NOOP("Findings", "a speed is below zero"),
    "status_differs": QT_TRANSLATE_NOOP("Findings", "a track's status is not its last change"),
    "mark_code": QT_TRANSLATE_NOOP(
        "Findings", "a mark's code is not 1 to 8 capital letters, digits and hyphens"
    ),
    "length_range": QT_TRANSLATE_NOOP("Findings", "a boat's length is no length"),
    "interval_range": QT_TRANSLATE_NOOP("Findings", "a time between contacts is no time"),
    "same_as_status": QT_TRANSLATE_NOOP(
        "Findings", "a track names the one it is the same as, but has another status"
    ),
    "same_as_track": QT_TRANSLATE_NOOP("Findings", "a track is merged into one that is not there"),
    "same_as_reports": QT_TRANSLATE_NOOP("Findings", "a merged track has reports"),
    "caller_itself": QT_TRANSLATE_NOOP("Findings", "a report is from its own telephone"),
    "text_empty": QT_TRANSLATE_NOOP("Findings", "a line of the watch log is empty"),
    "stream_or_wind": QT_TRANSLATE_NOOP("Findings", "neither a whole stream nor a whole wind"),
    "direction_range": QT_TRANSLATE_NOOP("Findings", "a direction is not from 0 to 360"),
    "leeway_range": QT_TRANSLATE_NOOP("Findings", "a wind's leeway is not from 0 to 100 %"),
    "validity_order": QT_TRANSLATE_NOOP("Findings", "a stream or wind ends before it begins"),
    "approach_to_itself": QT_TRANSLATE_NOOP("Findings", "a track's approach to itself is watched"),
    "distance_range": QT_TRANSLATE_NOOP("Findings", "a distance is not more than nothing"),
    "minutes_range": QT_TRANSLATE_NOOP("Findings", "a number of minutes is not more than nothing"),
    "points_few": QT_TRANSLATE_NOOP("Findings", "a line or outline has too few points"),
    "area_open": QT_TRANSLATE_NOOP("Findings", "an area's outline does not end where it begins"),
    "side_empty": QT_TRANSLATE_NOOP("Findings", "a limit does not say whose either side is"),
    "factor_range": QT_TRANSLATE_NOOP("Findings", "a factor of a search's radius is no factor"),
    "style_range": QT_TRANSLATE_NOOP("Findings", "a reference layer's style can't be drawn"),
}
"""For every code of ``store/check.py`` and ``model/rules.py``."""


def finding_text(finding: Finding) -> str:
    """Return one line: what is wrong, where (table and uid), and the details."""
    words = QCoreApplication.translate("Findings", str(_WORDS[finding.code]))
    where = " ".join(part for part in (finding.table, finding.uid) if part)
    return ": ".join(part for part in (where, words, finding.detail) if part)
