"""What came in from a file, in one sentence."""

from PySide6.QtCore import QCoreApplication

from channelplot.store.tables import BEACHES, LOG_LINES, MARKS, REPORTS, TRACKS
from channelplot.ui.log.facts import text_of
from channelplot.ui.log.told import Told, Untold, boat_text, some

translate = QCoreApplication.translate


def import_sentence(told: Told) -> str:
    """Return what an act that brought in a file added and changed. Raises Untold."""
    tracks, reports = told.rows(TRACKS.name), told.rows(REPORTS.name)
    places = told.rows(BEACHES.name) + told.rows(MARKS.name)
    new_boats = [boat_text(pair.row) for pair in tracks if pair.before is None]
    new_reports = sum(pair.before is None for pair in reports)
    new_places = [
        text_of(pair.row, "name") or text_of(pair.row, "code")
        for pair in places
        if pair.before is None
    ]
    changed = sum(pair.before is not None for pair in (*tracks, *reports, *places))
    lines = len(told.rows(LOG_LINES.name))
    parts = []
    if new_boats:
        parts.append(translate("WatchLog", "new: {names}").format(names=", ".join(some(new_boats))))
    if new_reports:
        parts.append(translate("WatchLog", "reports: {number}").format(number=new_reports))
    if new_places:
        words = translate("WatchLog", "places: {names}")
        parts.append(words.format(names=", ".join(some(new_places))))
    if changed:
        parts.append(translate("WatchLog", "changed: {number}").format(number=changed))
    if lines:
        words = translate("WatchLog", "other versions kept in the log: {number}")
        parts.append(words.format(number=lines))
    if not parts and told.facts.left_out:
        # So much of it that nobody reads all of it for one sentence.
        return translate("WatchLog", "file {name} imported").format(name=told.facts.act.name)
    if not parts:
        raise Untold
    return translate("WatchLog", "file {name} imported; {parts}").format(
        name=told.facts.act.name, parts="; ".join(parts)
    )
