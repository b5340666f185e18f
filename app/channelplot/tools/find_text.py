"""The texts of boats and reports that are looked through for words."""

import functools
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from channelplot.model.codes import CountBasis, ReportKind, SourceKind
from channelplot.model.packed import PackedReports
from channelplot.model.people import PeopleCount
from channelplot.model.report import Report
from channelplot.model.report_columns import EPOCH_UTC, Said
from channelplot.model.track import Track
from channelplot.tools.find_words import (
    BOAT_TYPES,
    CRAFT,
    KINDS,
    SOURCES,
    STATUSES,
    Part,
    all_names,
    part_names,
)
from channelplot.tools.fold import folded, is_western

_DAYS_KEPT: Final = 7
_FIGURES: Final = tuple(f"{number:02d}" for number in range(60))
_SOURCE_NAMES: Final = {code: f" {all_names(names)}" for code, names in SOURCES.items()}
_SOURCE_NAMES[SourceKind.UNKNOWN] = ""
_KIND_NAMES: Final = {code: f" {all_names(names)}" for code, names in KINDS.items()}
_KIND_NAMES[ReportKind.POSITION] = ""
_TYPE_NAMES: Final = {code: f" {all_names(names)}" for code, names in BOAT_TYPES.items()}
_PART_NAMES: Final = {
    part: f" {all_names(part_names(part))}" for part in Part if part is not Part.TOTAL
}


def holds(text: str, words: str) -> bool:
    """Return whether words stand side by side in a text, each but the last whole."""
    if " " not in words:
        return f" {words}" in text
    is_there = all(f" {word}" in text for word in words.split())
    return is_there and f" {words}" in " ".join(("", *text.split()))


def searchable(*texts: str) -> str:
    """Return texts made alike, with a blank before each word."""
    return " " + folded(" ".join(texts))


def report_text(report: Report) -> str:
    """Return all that is looked through for a report's words, made alike.

    Its words, source, grade and caller, the time it was observed, and in both languages the words
    for its codes and for whoever it tells of: "children" finds a report that counts some.
    """
    at_utc, people = report.observed_at_utc, report.people
    text = folded(
        f" {report.as_received} {report.source_name} {report.grade} {report.caller}"
        f" {_clock(at_utc)}"
    )
    known = _names_of_codes(report)
    return text + known + (_people_names(people) if people is not None else "")


@functools.lru_cache(maxsize=4096)
def said_text(said: Said) -> str | None:
    """Return what texts of reports that have this in common hold of it, made alike.

    None where they are not made alike letter by letter.
    """
    words = f" {said.source_name} {said.grade} {said.caller}"
    people = "" if said.people is None else _people_names(said.people)
    return folded(words) + _names_of_codes(said) + people if is_western(words) else None


def packed_text(reports: PackedReports) -> str | None:
    """Return a text that holds every word of the texts of packed reports; None if none can be made.

    Made of all at once, so that few tracks need more of a search.
    """
    said = [said_text(each) for each in reports.said]
    rows, here = reports.columns.rows, slice(reports.start, reports.stop)
    spans = zip(rows.starts[here].tolist(), rows.ends[here].tolist(), strict=True)
    words = " ".join(rows.words[first:end].decode() for first, end in spans)
    if None in said or not is_western(words):
        return None
    clocks = map(_clock_of_minute, (rows.times_ms[here, 0] // 60_000).tolist())
    return " ".join(("", folded(words), *filter(None, said), *clocks))


def track_text(track: Track, merged: Iterable[str] = ()) -> str:
    """Return all that is looked through for a boat's words, made alike.

    Its names, with those of boats merged into it, references, colour, engine, note, who identified
    or explained it and how, and in both languages the words for its codes.
    """
    said = [track.name, *merged, track.note, track.uk_reference, track.fr_reference]
    said += [track.colour, track.engine]
    for change in track.status_changes:
        said += [change.reason, change.identified_by, change.identified_how, change.explained_by]
    known = (*STATUSES[track.status], *CRAFT[track.craft])
    types = () if track.boat_type is None else BOAT_TYPES[track.boat_type]
    return searchable(*said, all_names((*known, *types)))


def _names_of_codes(told: Report | Said) -> str:
    known = _SOURCE_NAMES[told.source] + _KIND_NAMES[told.kind]
    return known if told.boat_type is None else known + _TYPE_NAMES[told.boat_type]


def _clock(at_utc: datetime) -> str:
    """Return a time as it is looked for, without its day and with it."""
    clock = f"{_FIGURES[at_utc.hour]}{_FIGURES[at_utc.minute]}Z"
    return f"{clock} {_FIGURES[at_utc.day]}{clock}"


@functools.lru_cache(maxsize=_DAYS_KEPT * 24 * 60)
def _clock_of_minute(minute: int) -> str:
    """Return the time of a minute since 1970 in UTC, made alike."""
    return folded(_clock(EPOCH_UTC + timedelta(minutes=minute)))


def _people_names(people: PeopleCount) -> str:
    counted = " counted compte" if people.basis is CountBasis.COUNTED else ""
    parts = [_PART_NAMES[part] for part in _PART_NAMES if getattr(people, part.value)]
    return "".join((counted, *parts))
