"""What the acts of chartwork did: conditions, watched approaches, limits, searches.

A predicted crossing is told as one: nobody saw it.
"""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication

from channelplot.analysis.whose_waters import NO_STATE
from channelplot.store.tables import (
    APPROACH_WATCHES,
    CONDITIONS,
    LIMITS,
    PREDICTED_CROSSINGS,
    REFERENCE_LAYERS,
    SEARCHES,
    WITHDRAWN,
)
from channelplot.ui.log.facts import Pair, Row, text_of
from channelplot.ui.log.fields import moment_of
from channelplot.ui.log.told import (
    Told,
    Untold,
    clock_text,
    conditions_text,
    searched_text,
    some,
    two_boats_text,
    validity_text,
)
from channelplot.ui.words.waters_text import state_text, waters_of_text, worth_text

translate: Final = QCoreApplication.translate


def _add_conditions(told: Told) -> str:
    """Return ``Stream 060° 1.9 kn, wind from 290° 14 kn, leeway 4 %, 0245Z to 0515Z``."""
    row = told.first(CONDITIONS.name).row
    words = f"{conditions_text(row)}, {validity_text(told, row)}"
    track_uid, source = text_of(row, "track_uid"), text_of(row, "source").strip()
    if track_uid:
        words = translate("WatchLog", "{conditions}, for {boat} alone").format(
            conditions=words, boat=told.name(track_uid)
        )
    if source:
        words = translate("WatchLog", "{conditions} ({source})").format(
            conditions=words, source=source
        )
    return words[:1].upper() + words[1:]


def _watch_approach(told: Told) -> str:
    """Return which approach is watched, how close and how soon, and what it was before."""
    pairs = told.rows(APPROACH_WATCHES.name)
    watched = next((pair.after for pair in pairs if pair.after is not None), None)
    if watched is None:
        raise Untold
    ended = next((pair.before for pair in pairs if pair.before is not None), None)
    words = translate("WatchLog", "approach of {boats} watched: {limits}").format(
        boats=two_boats_text(told, watched), limits=_approach_limits(told, watched)
    )
    if ended is None:
        return words
    return translate("WatchLog", "{words}, instead of {limits}").format(
        words=words, limits=_approach_limits(told, ended)
    )


def _approach_limits(told: Told, row: Row) -> str:
    return translate("WatchLog", "within {distance} in the next {minutes}").format(
        distance=_in(told, APPROACH_WATCHES.name, row, "distance_m"),
        minutes=_in(told, APPROACH_WATCHES.name, row, "within_min"),
    )


def _end_approach_watch(told: Told) -> str:
    watch = told.first(APPROACH_WATCHES.name).row
    return translate("WatchLog", "approach of {boats} no longer watched").format(
        boats=two_boats_text(told, watch)
    )


def _restore_approach_watch(told: Told) -> str:
    watch = told.first(APPROACH_WATCHES.name).row
    return translate("WatchLog", "approach of {boats} watched again: {limits}").format(
        boats=two_boats_text(told, watch), limits=_approach_limits(told, watch)
    )


def merged_chartwork_texts(told: Told) -> list[str]:
    """Return what became of the chartwork about a boat that was merged into another."""
    texts = [_merged_watch(told, pair) for pair in told.rows(APPROACH_WATCHES.name)]
    for pair in told.rows(CONDITIONS.name):
        words = translate("WatchLog", "{conditions} for {boat} now")
        texts.append(
            words.format(
                conditions=conditions_text(pair.row),
                boat=told.name(text_of(pair.row, "track_uid")),
            )
        )
    for pair in told.rows(SEARCHES.name):
        words = translate("WatchLog", "search {name} for {boat} now")
        texts.append(
            words.format(
                name=text_of(pair.row, "name"), boat=told.name(text_of(pair.row, "track_uid"))
            )
        )
    return texts


def _merged_watch(told: Told, pair: Pair) -> str:
    before, after = pair.before, pair.after
    if after is None:
        words = translate("WatchLog", "approach of {boats} no longer watched")
        return words.format(boats=two_boats_text(told, pair.old))
    words = (
        translate("WatchLog", "approach of {boats} watched: {limits}, the stricter of two watches")
        if before is None or two_boats_text(told, before) == two_boats_text(told, after)
        else translate("WatchLog", "approach of {boats} watched instead of {before}: {limits}")
    )
    return words.format(
        boats=two_boats_text(told, after),
        before="" if before is None else two_boats_text(told, before),
        limits=_approach_limits(told, after),
    )


def _load_limits(told: Told) -> str:
    pairs = told.rows(LIMITS.name)
    if not pairs:
        raise Untold
    if len(pairs) > 1:
        return translate("WatchLog", "{number} limits loaded: {names}").format(
            number=len(pairs), names=", ".join(some([text_of(p.row, "name") for p in pairs]))
        )
    row = pairs[0].row
    words = (
        translate("WatchLog", "area {name} loaded: {parted}, {standing}")
        if row.get("is_area")
        else translate("WatchLog", "limit {name} loaded: {parted}, {standing}")
    )
    return words.format(
        name=text_of(row, "name"),
        parted=_parted(told, row),
        standing=worth_text(bool(row.get("is_legal"))),
    )


def _parted(told: Told, row: Row) -> str:
    """Return ``waters, FR to the left and GB to the right``, ``search and rescue region of UK``."""
    left, right = text_of(row, "left_side"), text_of(row, "right_side")
    words = (
        translate("WatchLog", "{purpose} of {left}")
        if row.get("is_area")
        else translate("WatchLog", "{purpose}, {left} to the left and {right} to the right")
    )
    return words.format(purpose=_in(told, LIMITS.name, row, "purpose"), left=left, right=right)


def _plan_search(told: Told) -> str:
    """Return the pattern with the figures it is flown or steered by, and for whom."""
    row = told.first(SEARCHES.name).row
    words = translate(
        "WatchLog",
        "search {name} planned: {pattern}, datum {place} {time}, radius {radius}, "
        "spacing {spacing}, first leg {course}, turns {turn}",
    ).format(
        name=text_of(row, "name"),
        pattern=_in(told, SEARCHES.name, row, "kind"),
        place=told.texts.place(row.get("datum_lon_deg"), row.get("datum_lat_deg")),
        time=clock_text(told, moment_of(row, "datum_at_utc")),
        radius=_in(told, SEARCHES.name, row, "radius_m"),
        spacing=_in(told, SEARCHES.name, row, "spacing_m"),
        course=_in(told, SEARCHES.name, row, "first_leg_deg"),
        turn=_in(told, SEARCHES.name, row, "turn"),
    )
    return f"{words}{searched_text(told, row)}"


def _log_predicted_crossing(told: Told) -> str:
    """Return a prediction as one: ``Predicted: A crosses from French into UK waters 0334Z ...``.

    And that it has to be corrected, where the report it was reckoned from is another boat's now.
    """
    row = told.first(PREDICTED_CROSSINGS.name).row
    words = translate(
        "WatchLog",
        "Predicted: {boat} crosses from {waters} {time} at {place} ({limit}), {reckoned}",
    ).format(
        boat=told.name(text_of(row, "track_uid")),
        waters=_from_into(text_of(row, "from_side"), text_of(row, "to_side")),
        time=clock_text(told, moment_of(row, "crosses_at_utc")),
        place=_in(told, PREDICTED_CROSSINGS.name, row, "geom"),
        limit=_limit(told, row),
        reckoned=_reckoned(told, row),
    )
    return f"{words}{_corrected(told, row)}"


def _corrected(told: Told, row: Row) -> str:
    """Return what became of the report a crossing was reckoned from, "" if it is the boat's still.

    A boat that was merged is the boat that has its reports now.
    """
    fix = told.report_now(text_of(row, "fix_uid"))
    if fix is None:
        return ""
    if fix.get(WITHDRAWN) is not None:
        return translate(
            "WatchLog", " (corrected: reckoned from a report that was withdrawn since)"
        )
    owner_uid = text_of(fix, "track_uid")
    if owner_uid and told.survivor(owner_uid) == told.survivor(text_of(row, "track_uid")):
        return ""
    words = (
        translate("WatchLog", " (corrected: reckoned from a report that was moved to {boat} since)")
        if owner_uid
        else translate(
            "WatchLog", " (corrected: reckoned from a report that is of no boat since then)"
        )
    )
    return words.format(boat=told.name(owner_uid) if owner_uid else "")


def _from_into(before: str, after: str) -> str:
    """Return ``French into UK waters``, ``French waters into no state's waters``."""
    if NO_STATE in (before, after):
        return translate("WatchLog", "{before} into {after}").format(
            before=waters_of_text(before), after=waters_of_text(after)
        )
    return translate("WatchLog", "{before} into {after} waters").format(
        before=state_text(before), after=state_text(after)
    )


def _limit(told: Told, row: Row) -> str:
    """Return which limit, and whether it is the one by law: ``1988 line, legal``."""
    name = _in(told, PREDICTED_CROSSINGS.name, row, "limit_code")
    return f"{name}, {worth_text(bool(row.get('is_legal')))}"


def _reckoned(told: Told, row: Row) -> str:
    by = _in(told, PREDICTED_CROSSINGS.name, row, "rule")
    fix = told.report(text_of(row, "fix_uid"))
    if fix is None:
        return translate("WatchLog", "reckoned {by}").format(by=by)
    return translate("WatchLog", "reckoned from {time} {by}").format(
        time=clock_text(told, moment_of(fix, "observed_at_utc")), by=by
    )


def _add_reference_layer(told: Told) -> str:
    rows = [pair.row for pair in told.rows(REFERENCE_LAYERS.name)]
    if not rows:
        raise Untold
    if len(rows) > 1:
        return translate("WatchLog", "{number} reference layers added: {names}").format(
            number=len(rows), names=", ".join(some([text_of(row, "name") for row in rows]))
        )
    return translate("WatchLog", "reference layer {name} added: {path}").format(
        name=text_of(rows[0], "name"), path=text_of(rows[0], "path")
    )


def _move_reference_file(told: Told) -> str:
    row = told.first(REFERENCE_LAYERS.name).row
    return translate("WatchLog", "file of reference layer {name} found: {path}").format(
        name=text_of(row, "name"), path=text_of(row, "path")
    )


def _remove_reference_layer(told: Told) -> str:
    return translate("WatchLog", "reference layer {name} removed").format(
        name=text_of(told.first(REFERENCE_LAYERS.name).row, "name")
    )


def _in(told: Told, table: str, row: Row, column: str) -> str:
    return told.texts.value(table, column, row.get(column)) or "?"


CHARTWORK_SENTENCES: Final[Mapping[str, Callable[[Told], str]]] = {
    "add_conditions": _add_conditions,
    "watch_approach": _watch_approach,
    "end_approach_watch": _end_approach_watch,
    "restore_approach_watch": _restore_approach_watch,
    "load_limits": _load_limits,
    "plan_search": _plan_search,
    "log_predicted_crossing": _log_predicted_crossing,
    "add_reference_layer": _add_reference_layer,
    "move_reference_file": _move_reference_file,
    "remove_reference_layer": _remove_reference_layer,
}
"""By the labels of the commands; those that amend, withdraw and restore are told like others."""
