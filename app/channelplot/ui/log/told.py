"""An act of the log that is being told, and what its things are called in a sentence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from channelplot.chart.wording import craft_text, kind_text
from channelplot.geodesy.text import day_zulu_text, zulu_text
from channelplot.model.codes import Craft, ReportKind
from channelplot.model.people import PeopleCount
from channelplot.store.entities import PEOPLE_READ, people_from
from channelplot.store.tables import (
    ACKNOWLEDGEMENTS,
    APPROACH_WATCHES,
    BEACHES,
    CONDITIONS,
    LIMITS,
    LOG_LINES,
    MARKS,
    PEOPLE_COUNTS,
    PREDICTED_CROSSINGS,
    REFERENCE_LAYERS,
    REPORTS,
    SEARCHES,
    STATUS_CHANGES,
    TRACKS,
)
from channelplot.ui.log.facts import Facts, Pair, Row, text_of
from channelplot.ui.log.fields import (
    FieldTexts,
    given_direction,
    given_number,
    moment_of,
    quoted,
)
from channelplot.ui.words.time_text import NO_DOUBT

translate: Final = QCoreApplication.translate
MOST_NAMED: Final = 4
"""Of more things than that, how many there are is told instead of each."""
_PEOPLE_COLUMNS: Final = tuple(PEOPLE_READ.split(", "))


@dataclass(frozen=True, slots=True)
class Told:
    """An act that is being told: what it changed, and how values are written.

    report: returns the row of a report as it stood then, None where the log does not have it;
    report_now: as it stands since the last act of the log. survivor: returns the uid of the track
    that a track has been merged into since, its own if it was not. watched_with: returns those of
    the tracks that a track was watched against then.
    """

    facts: Facts
    texts: FieldTexts
    report: Callable[[str], Row | None]
    report_now: Callable[[str], Row | None]
    survivor: Callable[[str], str]
    watched_with: Callable[[str], tuple[str, ...]]

    @property
    def at_utc(self) -> datetime:
        """Return when it was done."""
        return self.facts.act.at_utc

    def rows(self, table: str) -> tuple[Pair, ...]:
        """Return the rows of a table that it changed, as when it was first done."""
        return self.facts.of(table)

    def first(self, table: str) -> Pair:
        """Return the first of them. Raises Untold if there are none."""
        rows = self.rows(table)
        if not rows:
            raise Untold
        return rows[0]

    def name(self, uid: str) -> str:
        """Return what a boat was called then."""
        return self.texts.name_of(uid) or translate("WatchLog", "a boat not named in this log")


class Untold(Exception):
    """The rows of an act are not those that its label lets expect."""


def some(names: Sequence[str]) -> Sequence[str]:
    """Return the first few of many names, and how many more there are."""
    if len(names) <= MOST_NAMED:
        return names
    more = translate("WatchLog", "{number} more").format(number=len(names) - MOST_NAMED)
    return (*names[:MOST_NAMED], more)


def clock_text(told: Told, moment_utc: datetime | None) -> str:
    """Return a time, with its day where the act's own time would leave that in doubt."""
    if moment_utc is None:
        return "?"
    is_near = abs(told.at_utc - moment_utc) < NO_DOUBT
    return zulu_text(moment_utc) if is_near else day_zulu_text(moment_utc)


def report_text(told: Told, row: Row) -> str:
    """Return ``report 0245Z``, ``launch 0130Z``."""
    time = clock_text(told, moment_of(row, "observed_at_utc"))
    kind = text_of(row, "kind")
    if kind in (ReportKind.POSITION, ""):
        return translate("WatchLog", "report {time}").format(time=time)
    known = kind_text(ReportKind(kind)) if kind in set(ReportKind) else kind
    return translate("WatchLog", "{kind} {time}").format(kind=known, time=time)


def report_of_text(told: Told, row: Row) -> str:
    """Return ``report 0245Z of A``; without the boat where it has none."""
    report, track_uid = report_text(told, row), text_of(row, "track_uid")
    if not track_uid:
        return report
    return translate("WatchLog", "{report} of {boat}").format(
        report=report, boat=told.name(track_uid)
    )


def boat_text(row: Row) -> str:
    """Return ``boat A``, ``rescue vessel CUTTER-1``."""
    craft, name = text_of(row, "craft"), text_of(row, "name")
    if craft == Craft.SMALL_BOAT:
        return translate("WatchLog", "boat {name}").format(name=name)
    known = craft_text(Craft(craft)) if craft in set(Craft) else craft
    return f"{known} {name}".strip()


def place_text(pair: Pair) -> str:
    """Return ``beach Sangatte``, ``mark CGN``, as it was called before."""
    if pair.table == MARKS.name:
        return translate("WatchLog", "mark {name}").format(name=text_of(pair.old, "code"))
    return translate("WatchLog", "beach {name}").format(name=text_of(pair.old, "name"))


def line_text(row: Row) -> str:
    """Return ``log line “A called again”``."""
    return translate("WatchLog", "log line {words}").format(words=quoted(text_of(row, "text")))


def conditions_text(row: Row) -> str:
    """Return ``stream 060° 1.9 kn, wind from 290° 14 kn, leeway 4 %``, as it was given."""
    parts = []
    set_deg, rate_kn = row.get("stream_set_deg"), row.get("stream_rate_kn")
    if set_deg is not None and rate_kn is not None:
        words = translate("WatchLog", "stream {set} {rate} kn")
        parts.append(words.format(set=given_direction(set_deg), rate=given_number(rate_kn)))
    from_deg, speed_kn = row.get("wind_from_deg"), row.get("wind_speed_kn")
    if from_deg is not None and speed_kn is not None:
        words = translate("WatchLog", "wind from {direction} {speed} kn")
        parts.append(
            words.format(direction=given_direction(from_deg), speed=given_number(speed_kn))
        )
    leeway_percent = row.get("leeway_percent")
    if leeway_percent is not None:
        words = translate("WatchLog", "leeway {percent} %")
        parts.append(words.format(percent=given_number(leeway_percent)))
    return ", ".join(parts)


def validity_text(told: Told, row: Row) -> str:
    """Return from when until when conditions hold: ``0245Z to 0515Z``."""
    return translate("WatchLog", "{first} to {last}").format(
        first=clock_text(told, moment_of(row, "valid_from_utc")),
        last=clock_text(told, moment_of(row, "valid_until_utc")),
    )


def two_boats_text(told: Told, row: Row) -> str:
    """Return the two boats of a watched approach: ``A and FERRY``."""
    return translate("WatchLog", "{first} and {second}").format(
        first=told.name(text_of(row, "first_track_uid")),
        second=told.name(text_of(row, "second_track_uid")),
    )


def searched_text(told: Told, row: Row) -> str:
    """Return whom a search is for and who searches: ``, for A, by CUTTER-1``; or nothing."""
    track_uid, searcher = text_of(row, "track_uid"), text_of(row, "searcher").strip()
    words = ""
    if track_uid:
        words += translate("WatchLog", ", for {boat}").format(boat=told.name(track_uid))
    if searcher:
        words += translate("WatchLog", ", by {searcher}").format(searcher=searcher)
    return words


def chartwork_text(told: Told, pair: Pair) -> str:
    """Return what a row of chartwork is: ``search S1``, ``conditions 0245Z to 0515Z for A``."""
    row = pair.old
    if pair.table == CONDITIONS.name:
        words, boat = translate("WatchLog", "conditions {validity}"), text_of(row, "track_uid")
        if boat:
            words = translate("WatchLog", "conditions {validity} for {boat}")
        return words.format(validity=validity_text(told, row), boat=told.name(boat) if boat else "")
    if pair.table == APPROACH_WATCHES.name:
        return translate("WatchLog", "watch of the approach of {boats}").format(
            boats=two_boats_text(told, row)
        )
    if pair.table == PREDICTED_CROSSINGS.name:
        return translate("WatchLog", "predicted crossing of {boat}").format(
            boat=told.name(text_of(row, "track_uid"))
        )
    if pair.table == LIMITS.name:
        words = (
            translate("WatchLog", "area {name}")
            if row.get("is_area")
            else translate("WatchLog", "limit {name}")
        )
        return words.format(name=text_of(row, "name"))
    if pair.table == SEARCHES.name:
        return translate("WatchLog", "search {name}").format(name=text_of(row, "name"))
    if pair.table == REFERENCE_LAYERS.name:
        return translate("WatchLog", "reference layer {name}").format(name=text_of(row, "name"))
    raise Untold


def thing_text(told: Told, pair: Pair) -> str:
    """Return what a row is a row of, as it was called before."""
    if pair.table == REPORTS.name:
        return report_of_text(told, pair.old)
    if pair.table == TRACKS.name:
        return boat_text(pair.old)
    if pair.table == LOG_LINES.name:
        return line_text(pair.old)
    if pair.table in (BEACHES.name, MARKS.name):
        return place_text(pair)
    return chartwork_text(told, pair)


def thing_of_text(told: Told, pair: Pair) -> str:
    """Return what a row belongs to: a count of people to its report, a status to its boat."""
    if pair.table == PEOPLE_COUNTS.name:
        report_uid = text_of(pair.row, "report_uid")
        report = next((p for p in told.facts.pairs if p.uid == report_uid), None)
        if report is not None:
            return thing_of_text(told, report)
        return translate("WatchLog", "people of {boat}").format(
            boat=told.name(text_of(pair.row, "track_uid"))
        )
    if pair.table == STATUS_CHANGES.name:
        return translate("WatchLog", "status of {boat}").format(
            boat=told.name(text_of(pair.row, "track_uid"))
        )
    if pair.table == ACKNOWLEDGEMENTS.name:
        return translate("WatchLog", "alert of {boat}").format(
            boat=told.name(text_of(pair.row, "entity_uid"))
        )
    try:
        return thing_text(told, pair)
    except Untold:
        return pair.table


def people_of(row: Row | None) -> PeopleCount | None:
    """Return the count that a row tells, None for no row and for one that can't be read."""
    if row is None:
        return None
    try:
        values = [row.get(column) for column in _PEOPLE_COLUMNS]
        return people_from(values, row.get("total"), row.get("children"))
    except (KeyError, TypeError):
        return None
