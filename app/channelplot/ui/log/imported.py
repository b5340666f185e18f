"""What came in from a file, in one sentence."""

from PySide6.QtCore import QCoreApplication

from channelplot.store.tables import BEACHES, LOG_LINES, MARKS, REPORTS, TRACKS
from channelplot.ui.log.facts import text_of
from channelplot.ui.log.told import Told, Untold, boat_text, some

translate = QCoreApplication.translate


def import_sentence(told: Told) -> str:
    """Return what an act that brought in a file added and changed. Raises Untold."""
    changing = (TRACKS.name, REPORTS.name, BEACHES.name, MARKS.name)
    new, changed = zip(*(_counts(told, table) for table in changing), strict=True)
    new_tracks, new_reports, *new_places = new
    lines = sum(_counts(told, LOG_LINES.name))
    boats = [boat_text(pair.row) for pair in told.rows(TRACKS.name) if pair.before is None]
    places = [
        text_of(pair.row, "name") or text_of(pair.row, "code")
        for table in (BEACHES.name, MARKS.name)
        for pair in told.rows(table)
        if pair.before is None
    ]
    parts = []
    if boats:
        parts.append(translate("WatchLog", "new: {names}").format(names=", ".join(some(boats))))
    elif new_tracks:
        parts.append(translate("WatchLog", "new tracks: {number}").format(number=new_tracks))
    if new_reports:
        parts.append(translate("WatchLog", "reports: {number}").format(number=new_reports))
    if any(new_places):
        words = translate("WatchLog", "places: {names}")
        names = ", ".join(some(places)) if len(places) == sum(new_places) else sum(new_places)
        parts.append(words.format(names=names))
    if any(changed):
        parts.append(translate("WatchLog", "changed: {number}").format(number=sum(changed)))
    if lines:
        words = translate("WatchLog", "other versions kept in the log: {number}")
        parts.append(words.format(number=lines))
    if not parts:
        raise Untold
    return translate("WatchLog", "file {name} imported; {parts}").format(
        name=told.facts.act.name, parts="; ".join(parts)
    )


def _counts(told: Told, table: str) -> tuple[int, int]:
    """Return how many rows of a table are new and how many were changed.

    Of very many only that is known, and not which.
    """
    if table in told.facts.left_out:
        standing = told.facts.standing(table)
        return standing.after - standing.before, standing.before
    pairs = told.rows(table)
    is_new = sum(pair.before is None for pair in pairs)
    return is_new, len(pairs) - is_new
