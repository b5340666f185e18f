"""What each act did, in one sentence, from the rows it changed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication

from channelplot.chart.wording import people_and_children_text, source_text, status_text
from channelplot.model.codes import AlertCode, SourceKind, TrackStatus
from channelplot.store.tables import (
    ACKNOWLEDGEMENTS,
    APPROACH_WATCHES,
    BEACHES,
    CONDITIONS,
    LIMITS,
    LOG_LINES,
    MARKS,
    PEOPLE_COUNTS,
    REFERENCE_LAYERS,
    REPORTS,
    SEARCHES,
    STATUS_CHANGES,
    TRACKS,
    WITHDRAWN,
)
from channelplot.ui.log.chartwork import CHARTWORK_SENTENCES, merged_chartwork_texts
from channelplot.ui.log.codes import alert_word
from channelplot.ui.log.facts import Pair, Row, text_of
from channelplot.ui.log.fields import moment_of, quoted
from channelplot.ui.log.imported import import_sentence
from channelplot.ui.log.told import (
    MOST_NAMED,
    Told,
    Untold,
    boat_text,
    clock_text,
    people_of,
    report_of_text,
    report_text,
    some,
    thing_of_text,
    thing_text,
)

translate: Final = QCoreApplication.translate
_THINGS: Final = (
    BEACHES,
    MARKS,
    LOG_LINES,
    CONDITIONS,
    APPROACH_WATCHES,
    LIMITS,
    SEARCHES,
    REFERENCE_LAYERS,
)
_OF_OTHER_PROGRAMS: Final = (
    TRACKS,
    REPORTS,
    BEACHES,
    MARKS,
    LOG_LINES,
    CONDITIONS,
    LIMITS,
    SEARCHES,
    REFERENCE_LAYERS,
)
"""Whose rows are told one by one where another program changed them."""


def _new_plot(told: Told) -> str:
    names = [text_of(pair.row, "name") for pair in told.rows(TRACKS.name)]
    if not names:
        return translate("WatchLog", "new plot")
    return translate("WatchLog", "new plot, carried over: {names}").format(
        names=", ".join(some(names))
    )


def _add_report(told: Told) -> str:
    row = told.first(REPORTS.name).row
    said = ", ".join(filter(None, _said(told, row)))
    words = (
        translate("WatchLog", "{report} plotted: {said}")
        if said
        else translate("WatchLog", "{report} plotted")
    )
    return words.format(report=report_of_text(told, row), said=said)


def _said(told: Told, row: Row) -> Iterator[str]:
    """Yield how many people, who told us, the words, else the place, and the status it gave."""
    people = told.rows(PEOPLE_COUNTS.name)
    yield people_and_children_text(people_of(people[0].row)) if people else ""
    source, name = text_of(row, "source"), text_of(row, "source_name")
    if not name and source in set(SourceKind) - {SourceKind.UNKNOWN}:
        name = source_text(SourceKind(source))
    yield name
    words = text_of(row, "as_received")
    yield (
        quoted(words) if words.strip() else told.texts.value(REPORTS.name, "geom", row.get("geom"))
    )
    for change in told.rows(STATUS_CHANGES.name):
        yield translate("WatchLog", "status: {status}").format(status=_status(change.row))


def _start_track(told: Told) -> str:
    track = told.first(TRACKS.name).row
    new = translate("WatchLog", "new {boat}").format(boat=boat_text(track))
    if not told.rows(REPORTS.name):
        return new
    row = told.first(REPORTS.name).row
    said = ", ".join(filter(None, _said(told, row)))
    words = (
        translate("WatchLog", "{new}, {report} plotted: {said}")
        if said
        else translate("WatchLog", "{new}, {report} plotted")
    )
    return words.format(new=new, report=report_text(told, row), said=said)


def _give_reports(told: Told) -> str:
    moved = [
        pair
        for pair in told.rows(REPORTS.name)
        if text_of(pair.old, "track_uid") != text_of(pair.row, "track_uid")
    ]
    if not moved:
        raise Untold
    origins = dict.fromkeys(text_of(pair.old, "track_uid") for pair in moved)
    names = [told.name(uid) for uid in origins if uid]
    target = text_of(moved[0].row, "track_uid")
    if names and target:
        words = translate("WatchLog", "{reports} of {boats} moved to {boat}")
    elif names:
        words = translate("WatchLog", "{reports} of {boats} taken from it: of no boat now")
    else:
        words = translate("WatchLog", "{reports}, of no boat before, moved to {boat}")
    return words.format(
        reports=_reports(told, moved), boats=", ".join(names), boat=_maybe_new(told, target)
    )


def _reports(told: Told, pairs: Sequence[Pair]) -> str:
    """Return ``report 0245Z``, ``reports 0210Z, 0228Z`` or ``12 reports, 0210Z to 0512Z``."""
    if len(pairs) == 1:
        return report_text(told, pairs[0].old)
    times = sorted(filter(None, (moment_of(pair.old, "observed_at_utc") for pair in pairs)))
    clocks = [clock_text(told, moment_utc) for moment_utc in times]
    if len(clocks) <= MOST_NAMED:
        return translate("WatchLog", "reports {times}").format(times=", ".join(clocks))
    return translate("WatchLog", "{number} reports, {first} to {last},").format(
        number=len(pairs), first=clocks[0], last=clocks[-1]
    )


def _maybe_new(told: Told, track_uid: str) -> str:
    """Return a boat's name, and that it was started with this act if so."""
    for pair in told.rows(TRACKS.name):
        if pair.uid == track_uid and pair.before is None:
            return translate("WatchLog", "new {boat}").format(boat=boat_text(pair.row))
    return told.name(track_uid) if track_uid else ""


def _split_track(told: Told) -> str:
    moved = told.rows(REPORTS.name)
    if not moved:
        raise Untold
    times = filter(None, (moment_of(pair.old, "observed_at_utc") for pair in moved))
    return translate("WatchLog", "{boat} split at {time}: {reports} moved to {other}").format(
        boat=told.name(text_of(moved[0].old, "track_uid")),
        time=clock_text(told, min(times, default=None)),
        reports=_reports(told, moved),
        other=_maybe_new(told, text_of(moved[0].row, "track_uid")),
    )


def _merge_tracks(told: Told) -> str:
    merged = [p for p in told.rows(TRACKS.name) if text_of(p.row, "same_as_uid")]
    if not merged:
        raise Untold
    boat, into = boat_text(merged[0].row), told.name(text_of(merged[0].row, "same_as_uid"))
    moved = told.rows(REPORTS.name)
    words = (
        translate("WatchLog", "{boat} is the same boat as {other}: {reports} moved to {other}")
        if moved
        else translate("WatchLog", "{boat} is the same boat as {other}")
    )
    text = words.format(boat=boat, other=into, reports=_reports(told, moved) if moved else "")
    return "; ".join([text, *merged_chartwork_texts(told)])


def _amended(told: Told, pair: Pair) -> str:
    changes = [told.texts.change_words(pair)]
    for people in told.rows(PEOPLE_COUNTS.name):
        changes.append(_people_change(told, people))
    said = ", ".join(filter(None, changes))
    words = (
        translate("WatchLog", "{thing} amended: {changes}")
        if said
        else translate("WatchLog", "{thing} amended")
    )
    return words.format(thing=thing_text(told, pair), changes=said)


def _people_change(told: Told, pair: Pair) -> str:
    if pair.before is not None and pair.after is not None:
        return told.texts.change_words(pair)
    nothing = translate("WatchLog", "nothing")
    before, after = (
        people_and_children_text(people_of(row)) or nothing for row in (pair.before, pair.after)
    )
    return translate("WatchLog", "people {before} → {after}").format(before=before, after=after)


def _amend_report(told: Told) -> str:
    reports = told.rows(REPORTS.name)
    if reports:
        return _amended(told, reports[0])
    people = told.first(PEOPLE_COUNTS.name)  # of earlier versions, or nothing else was amended
    return translate("WatchLog", "{thing} amended: {changes}").format(
        thing=thing_of_text(told, people), changes=_people_change(told, people)
    )


def _moved(table: str) -> Callable[[Told], str]:
    def words(told: Told) -> str:
        pair = told.first(table)
        before, after = (
            told.texts.value(table, "geom", row.get("geom")) for row in (pair.old, pair.row)
        )
        if not before:
            return translate("WatchLog", "{thing} placed at {after}").format(
                thing=thing_text(told, pair), after=after
            )
        return translate("WatchLog", "{thing} moved from {before} to {after}").format(
            thing=thing_text(told, pair), before=before, after=after
        )

    return words


def _change_of_status(told: Told) -> tuple[Pair, Row]:
    """Return the boat whose status changed, and the change."""
    return told.first(TRACKS.name), told.first(STATUS_CHANGES.name).row


def _status(row: Row) -> str:
    code = text_of(row, "status")
    return status_text(TrackStatus(code)) if code in set(TrackStatus) else code


def _set_status(told: Told) -> str:
    boat, change = _change_of_status(told)
    words = translate("WatchLog", "{boat}: {before} → {after}").format(
        boat=boat_text(boat.row), before=_status(boat.old), after=_status(change)
    )
    at_utc = moment_of(change, "at_utc")
    if at_utc is None or clock_text(told, at_utc) == clock_text(told, told.at_utc):
        return words
    return translate("WatchLog", "{words} from {time} on").format(
        words=words, time=clock_text(told, at_utc)
    )


def _close_track(told: Told) -> str:
    boat, change = _change_of_status(told)
    parts = [
        translate("WatchLog", "{boat} closed as {status}").format(
            boat=boat_text(boat.row), status=_status(change)
        )
    ]
    by, how = text_of(change, "identified_by"), text_of(change, "identified_how")
    if by:
        identified = translate("WatchLog", "identified by {name}").format(name=by)
        parts.append(f"{identified} ({how})" if how else identified)
    explained = text_of(change, "explained_by")
    if explained:
        parts.append(_explained(change, explained))
    others = told.watched_with(boat.uid)
    if others:
        words = translate("WatchLog", "no longer watched against {names}")
        parts.append(words.format(names=", ".join(some([told.name(uid) for uid in others]))))
    return ", ".join(parts)


def _explained(change: Row, name: str) -> str:
    unaccounted = _unaccounted(change)
    if not unaccounted:
        return translate("WatchLog", "{name} answers for it").format(name=name)
    return translate("WatchLog", "{unaccounted}, {name} answers for that").format(
        unaccounted=unaccounted, name=name
    )


def _unaccounted(change: Row) -> str:
    people, children = change.get("unaccounted"), change.get("unaccounted_children")
    if not people and not children:
        return ""
    if not children:
        return translate("WatchLog", "{people} unaccounted for").format(people=people)
    return translate("WatchLog", "{people} unaccounted for, {children} children among them").format(
        people=people, children=children
    )


def _reopen_track(told: Told) -> str:
    boat, change = _change_of_status(told)
    return translate("WatchLog", "{boat} reopened: {before} → {after}").format(
        boat=boat_text(boat.row), before=_status(boat.old), after=_status(change)
    )


def _explain_people(told: Told) -> str:
    change = told.first(STATUS_CHANGES.name).row
    boat = told.name(text_of(change, "track_uid"))
    return f"{boat}: {_explained(change, text_of(change, 'explained_by'))}"


def _withdrawn(told: Told) -> str:
    return translate("WatchLog", "withdrawn: {things}").format(things=_all_things(told))


def _restored(told: Told) -> str:
    return translate("WatchLog", "restored: {things}").format(things=_all_things(told))


def _all_things(told: Told) -> str:
    """Return everything that came or went; a boat's reports with the boat."""
    tracks = {pair.uid: 0 for pair in told.rows(TRACKS.name)}
    things = list[str]()
    for pair in told.rows(REPORTS.name):
        if text_of(pair.row, "track_uid") in tracks:
            tracks[text_of(pair.row, "track_uid")] += 1
        else:
            things.append(thing_text(told, pair))
    for table in _THINGS:
        things += [thing_text(told, pair) for pair in told.rows(table.name)]
    boats = [_boat_with_reports(pair, tracks[pair.uid]) for pair in told.rows(TRACKS.name)]
    if not boats and not things:
        raise Untold
    return ", ".join(some([*boats, *things]))


def _boat_with_reports(pair: Pair, count: int) -> str:
    if not count:
        return boat_text(pair.row)
    words = (
        translate("WatchLog", "{boat} with its report")
        if count == 1
        else translate("WatchLog", "{boat} with its {number} reports")
    )
    return words.format(boat=boat_text(pair.row), number=count)


def _added(table: str) -> Callable[[Told], str]:
    def words(told: Told) -> str:
        return translate("WatchLog", "{thing} added").format(
            thing=thing_text(told, told.first(table))
        )

    return words


def _add_log_line(told: Told) -> str:
    """Return the words as they were written, with the boat they are about and an earlier time."""
    row = told.first(LOG_LINES.name).row
    words, track_uid = " ".join(text_of(row, "text").split()), text_of(row, "track_uid")
    at_utc = moment_of(row, "at_utc")
    if at_utc is not None and clock_text(told, at_utc) != clock_text(told, told.at_utc):
        words = f"{clock_text(told, at_utc)} {words}"
    if not track_uid:
        return words
    return translate("WatchLog", "about {boat}: {words}").format(
        boat=told.name(track_uid), words=words
    )


def _acknowledge(told: Told) -> str:
    row = told.first(ACKNOWLEDGEMENTS.name).row
    code = text_of(row, "alert")
    alert = alert_word(AlertCode(code)) if code in set(AlertCode) else code
    return translate("WatchLog", "alert acknowledged by {name}: {boat} {alert}").format(
        name=text_of(row, "acknowledged_by"),
        boat=told.name(text_of(row, "entity_uid")),
        alert=alert,
    )


def _outside_edit(told: Told) -> str:
    """Return what another program changed, added and withdrew, each with its things."""
    amended, added, withdrawn = list[str](), list[str](), list[str]()
    for table in _OF_OTHER_PROGRAMS:
        for pair in told.rows(table.name):
            stood, stands = (
                row is not None and row.get(WITHDRAWN) is None for row in (pair.before, pair.after)
            )
            things = amended if stood and stands else added if stands else withdrawn
            if stood or stands:
                things.append(thing_text(told, pair))
    wordings = (
        (amended, translate("WatchLog", "amended {things}")),
        (added, translate("WatchLog", "added {things}")),
        (withdrawn, translate("WatchLog", "withdrew {things}")),
    )
    done = [words.format(things=", ".join(some(things))) for things, words in wordings if things]
    if not done:
        return translate("WatchLog", "another program changed the file")
    return translate("WatchLog", "another program {done}").format(done="; ".join(done))


SENTENCES: Final[Mapping[str, Callable[[Told], str]]] = {
    "new_plot": _new_plot,
    "add_report": _add_report,
    "start_track": _start_track,
    "move_report": _moved(REPORTS.name),
    "amend_report": _amend_report,
    "withdraw_report": _withdrawn,
    "restore_report": _restored,
    "give_reports": _give_reports,
    "attribute_report": _give_reports,
    "split_track": _split_track,
    "merge_tracks": _merge_tracks,
    "amend_track": lambda told: _amended(told, told.first(TRACKS.name)),
    "set_status": _set_status,
    "close_track": _close_track,
    "reopen_track": _reopen_track,
    "explain_people": _explain_people,
    "withdraw_several": _withdrawn,
    "restore_several": _restored,
    "withdraw_track": _withdrawn,
    "restore_track": _restored,
    "add_beach": _added(BEACHES.name),
    "amend_beach": lambda told: _amended(told, told.first(BEACHES.name)),
    "move_beach": _moved(BEACHES.name),
    "withdraw_beach": _withdrawn,
    "restore_beach": _restored,
    "add_mark": _added(MARKS.name),
    "amend_mark": lambda told: _amended(told, told.first(MARKS.name)),
    "withdraw_mark": _withdrawn,
    "restore_mark": _restored,
    "add_log_line": _add_log_line,
    "amend_log_line": lambda told: _amended(told, told.first(LOG_LINES.name)),
    "withdraw_log_line": _withdrawn,
    "restore_log_line": _restored,
    "acknowledge": _acknowledge,
    **CHARTWORK_SENTENCES,
    "amend_conditions": lambda told: _amended(told, told.first(CONDITIONS.name)),
    "withdraw_conditions": _withdrawn,
    "restore_conditions": _restored,
    "withdraw_limit": _withdrawn,
    "restore_limit": _restored,
    "withdraw_search": _withdrawn,
    "restore_search": _restored,
    "restyle_reference_layer": lambda told: _amended(told, told.first(REFERENCE_LAYERS.name)),
    "restore_reference_layer": _restored,
    "import_file": import_sentence,
    "outside_edit": _outside_edit,
}
"""By the labels of the commands, and those of earlier versions."""
