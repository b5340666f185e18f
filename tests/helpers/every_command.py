"""Every command there is: one that a plot allows and one that is refused, drawn by lot.

EVERY_COMMAND is keyed by the names of the functions of ``channelplot.commands``; a test sees
that none is missing. The lot decides everything, identifiers too: the same numbers draw the same
commands.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from channelplot.analysis.ledger import ledger_of
from channelplot.commands.alerts import acknowledge
from channelplot.commands.approach_watches import end_approach_watch, watch_approach
from channelplot.commands.beaches import add_beach, amend_beach, move_beach, withdraw_beach
from channelplot.commands.claims import give_reports, merge_tracks, split_track
from channelplot.commands.closing import close_track, explain_people, reopen_track
from channelplot.commands.command import Command
from channelplot.commands.conditions import (
    add_conditions,
    amend_conditions,
    withdraw_conditions,
)
from channelplot.commands.imports import Arrivals, import_file
from channelplot.commands.limits import load_limits, withdraw_limit
from channelplot.commands.log_lines import add_log_line, amend_log_line, withdraw_log_line
from channelplot.commands.marks import add_mark, amend_mark, withdraw_mark
from channelplot.commands.predicted_crossings import log_predicted_crossing
from channelplot.commands.reference_layers import (
    add_reference_layer,
    move_reference_file,
    remove_reference_layer,
    restyle_reference_layer,
)
from channelplot.commands.reports import add_report, amend_report, move_report, withdraw_report
from channelplot.commands.restore import restore, restore_several
from channelplot.commands.searches import plan_search, withdraw_search
from channelplot.commands.together import together
from channelplot.commands.tracks import amend_track, set_status, start_track, withdraw_track
from channelplot.model.beach import Beach, Mark
from channelplot.model.caller import report_meant
from channelplot.model.codes import (
    CLOSED_STATUSES,
    BoatType,
    Craft,
    PositionForm,
    TrackStatus,
)
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import StatusChange, Track
from channelplot.store.withdrawn import Withdrawable
from helpers import by_lot
from helpers.builders import a_mark
from helpers.full_plot import WITHDRAWN, is_there

Draw = Callable[[Plot, random.Random], Command | None]

NAMELESS: Final = " "
GONE: Final = "gone"


@dataclass(frozen=True)
class Entry:
    """allowed: draws a command that changes the plot, None where it holds nothing to do it to.

    refused: draws one that is refused, whatever the plot holds.
    """

    allowed: Draw
    refused: Callable[[Plot, random.Random], Command]


# What a plot holds


def _target(plot: Plot, dice: random.Random) -> str | None:
    track = by_lot.one_of(_unmerged(plot), dice)
    return track.uid if track is not None and dice.random() < 0.8 else None


def _unmerged(plot: Plot) -> list[Track]:
    return [track for track in plot.tracks.values() if track.same_as_uid is None]


def _reports(plot: Plot) -> list[Report]:
    return list(plot.reports())


# Reports


def _add_report(plot: Plot, dice: random.Random) -> Command:
    if dice.random() < 0.3:
        new = by_lot.track(dice)
        return add_report(by_lot.report(plot, dice, new.uid), new)
    report = by_lot.report(plot, dice, _target(plot, dice))
    change = None
    if report.track_uid is not None and dice.random() < 0.3:
        change = StatusChange(by_lot.uid(dice), TrackStatus.ADRIFT, by_lot.a_time(dice), by="watch")
    return add_report(report, change=change)


def _move_report(plot: Plot, dice: random.Random) -> Command | None:
    report = by_lot.one_of(_reports(plot), dice)
    if report is None:
        return None
    return move_report(
        report.uid, by_lot.a_position(dice), PositionForm.POINTED, dice.uniform(1.0, 500.0)
    )


def _amend_report(plot: Plot, dice: random.Random) -> Command | None:
    report = by_lot.one_of(_reports(plot), dice)
    if report is None:
        return None
    target_uid = _target(plot, dice)
    if not _may_go(plot, [report], target_uid):
        target_uid = report.track_uid
    amended = replace(by_lot.report(plot, dice, target_uid), uid=report.uid)
    if report_meant(amended.caller) == report.uid:
        amended = replace(amended, caller="")
    return amend_report(amended, by_lot.words(dice))


def _withdraw_report(plot: Plot, dice: random.Random) -> Command | None:
    report = by_lot.one_of(_reports(plot), dice)
    return None if report is None else withdraw_report(report.uid, by_lot.words(dice))


# Claims


def _may_go(plot: Plot, reports: list[Report], track_uid: str | None) -> bool:
    """Return whether people stay in the ledger, and no open boat is closed, if reports go there."""
    target = plot.tracks.get(track_uid or "")
    if target is None:
        return True
    for report in reports:
        source = plot.tracks.get(report.track_uid or "")
        if source is None or source is target:
            continue
        if report.people is not None and source.has_people and not target.has_people:
            return False
        going = [one for one in reports if one.track_uid == source.uid]
        if len(going) == len(source.reports) and target.is_closed and not source.is_closed:
            return False
    return True


def _give_reports(plot: Plot, dice: random.Random) -> Command | None:
    reports = _reports(plot)
    if not reports:
        return None
    uids = [
        report.uid for report in dice.sample(reports, min(len(reports), dice.choice([1, 1, 3])))
    ]
    track_uid = _target(plot, dice)
    chosen = [report for report in reports if report.uid in uids]
    are_there = all(report.track_uid == track_uid for report in chosen)
    if are_there or not _may_go(plot, chosen, track_uid) or dice.random() < 0.3:
        new = replace(by_lot.track(dice), craft=Craft.SMALL_BOAT)
        return give_reports(uids, None, new_track=new, reason=by_lot.words(dice))
    return give_reports(uids, track_uid, reason=by_lot.words(dice))


def _split_track(plot: Plot, dice: random.Random) -> Command | None:
    choices = [
        (track, report.observed_at_utc)
        for track in plot.tracks.values()
        for report in track.reports
        if report.observed_at_utc > track.reports[0].observed_at_utc
    ]
    choice = by_lot.one_of(choices, dice)
    new = replace(by_lot.track(dice), craft=Craft.SMALL_BOAT)
    return None if choice is None else split_track(choice[0].uid, choice[1], new)


def _merge_tracks(plot: Plot, dice: random.Random) -> Command | None:
    pairs = [
        (track, into)
        for track in _unmerged(plot)
        for into in _unmerged(plot)
        if track is not into
        and (into.has_people or not track.has_people)
        and (track.is_closed or not into.is_closed)
    ]
    pair = by_lot.one_of(pairs, dice)
    if pair is None:
        return None
    return merge_tracks(
        pair[0].uid,
        pair[1].uid,
        change_uid=by_lot.uid(dice),
        at_utc=by_lot.a_time(dice),
        by="watch",
    )


# Tracks


def _amend_track(plot: Plot, dice: random.Random) -> Command | None:
    track = by_lot.one_of(list(plot.tracks.values()), dice)
    if track is None:
        return None
    amended = replace(
        track,
        name=dice.choice([track.name, f"T{dice.getrandbits(48)}"]),
        note=by_lot.words(dice),
        launch_beach_uid=dice.choice([track.launch_beach_uid, None, *plot.beaches]),
        uk_reference=dice.choice(["", "HUM 123"]),
        fr_reference=dice.choice(["", "Gris-Nez SAR 2026/42"]),
        boat_type=dice.choice([None, *BoatType]),
        colour=dice.choice(["", "grey", "bleu"]),
        length_m=dice.choice([None, 7.5]),
        engine=dice.choice(["", "40 hp"]),
        contact_interval_min=dice.choice([None, 15, 30]),
        speed_kn=dice.choice([None, 24.5]),
    )
    if dice.random() < 0.2:
        beach = by_lot.beach(dice)
        left_there = replace(amended, launch_beach_uid=beach.uid)
        return amend_track(left_there, by_lot.words(dice), new_beach=beach)
    return amend_track(amended, by_lot.words(dice))


def _set_status(plot: Plot, dice: random.Random) -> Command | None:
    track = by_lot.one_of(_unmerged(plot), dice)
    if track is None:
        return None
    closed = CLOSED_STATUSES if track.has_people else {TrackStatus.SAME_AS}
    statuses = [one for one in TrackStatus if one not in {track.status, *closed}]
    return set_status(
        track.uid,
        dice.choice(statuses),
        change_uid=by_lot.uid(dice),
        at_utc=by_lot.a_time(dice),
        by="watch",
        reason=by_lot.words(dice),
    )


def _withdraw_track(plot: Plot, dice: random.Random) -> Command | None:
    uid = by_lot.one_of(list(plot.tracks), dice)
    return None if uid is None else withdraw_track(uid, by_lot.words(dice))


# Closing


def _close_track(plot: Plot, dice: random.Random) -> Command | None:
    track = by_lot.one_of(_unmerged(plot), dice)
    if track is None:
        return None
    ledger = ledger_of(track)
    is_evident = ledger.is_reconciled and ledger.counted_total is not None
    is_explained = track.has_people and not is_evident
    return close_track(track.uid, by_lot.closing(dice, is_explained=is_explained))


def _close_track_refused(plot: Plot, dice: random.Random) -> Command:
    boat = by_lot.one_of([track for track in _unmerged(plot) if track.has_people], dice)
    closing = by_lot.closing(dice, is_explained=False, is_identified=False)
    return close_track(boat.uid if boat is not None else GONE, closing)


def _reopen_track(plot: Plot, dice: random.Random) -> Command | None:
    track = by_lot.one_of([track for track in plot.tracks.values() if track.is_closed], dice)
    return None if track is None else _reopening(track.uid, dice)


def _reopening(track_uid: str, dice: random.Random) -> Command:
    return reopen_track(
        track_uid,
        change_uid=by_lot.uid(dice),
        at_utc=by_lot.a_time(dice),
        by="watch",
        reason=by_lot.words(dice),
    )


def _explain_people(plot: Plot, dice: random.Random) -> Command | None:
    boats = [t for t in _unmerged(plot) if t.has_people and not ledger_of(t).is_reconciled]
    boat = by_lot.one_of(boats, dice)
    return None if boat is None else _explaining(boat.uid, dice, dice.choice(by_lot.PEOPLE))


def _explaining(track_uid: str, dice: random.Random, explained_by: str) -> Command:
    return explain_people(
        track_uid,
        change_uid=by_lot.uid(dice),
        at_utc=by_lot.a_time(dice),
        by="watch",
        explained_by=explained_by,
        reason=by_lot.words(dice),
    )


# Beaches and marks


def _beach(plot: Plot, dice: random.Random) -> Beach | None:
    return by_lot.one_of(list(plot.beaches.values()), dice)


def _amend_beach(plot: Plot, dice: random.Random) -> Command | None:
    beach = _beach(plot, dice)
    if beach is None:
        return None
    name = dice.choice([beach.name, f"Beach {dice.getrandbits(48)}"])
    return amend_beach(replace(beach, name=name, note=by_lot.words(dice)), by_lot.words(dice))


def _move_beach(plot: Plot, dice: random.Random) -> Command | None:
    beach = _beach(plot, dice)
    return None if beach is None else move_beach(beach.uid, by_lot.a_position(dice))


def _withdraw_beach(plot: Plot, dice: random.Random) -> Command | None:
    beach = _beach(plot, dice)
    return None if beach is None else withdraw_beach(beach.uid, by_lot.words(dice))


def _a_mark(plot: Plot, dice: random.Random) -> Mark | None:
    taken = {mark.code for mark in plot.marks.values()}
    code = f"M{dice.randrange(10**6)}"
    return None if code in taken else a_mark(code, by_lot.a_position(dice), uid=by_lot.uid(dice))


def _mark(plot: Plot, dice: random.Random) -> Mark | None:
    return by_lot.one_of(list(plot.marks.values()), dice)


def _add_mark(plot: Plot, dice: random.Random) -> Command | None:
    mark = _a_mark(plot, dice)
    return None if mark is None else add_mark(mark)


def _amend_mark(plot: Plot, dice: random.Random) -> Command | None:
    mark = _mark(plot, dice)
    if mark is None:
        return None
    return amend_mark(
        replace(mark, position=by_lot.a_position(dice), source=by_lot.words(dice)),
        by_lot.words(dice),
    )


def _withdraw_mark(plot: Plot, dice: random.Random) -> Command | None:
    mark = _mark(plot, dice)
    return None if mark is None else withdraw_mark(mark.uid, by_lot.words(dice))


# The watch log and alerts


def _about(plot: Plot, dice: random.Random) -> str | None:
    return dice.choice([None, *plot.tracks])


def _amend_log_line(plot: Plot, dice: random.Random) -> Command | None:
    line = by_lot.one_of(list(plot.log_lines.values()), dice)
    if line is None:
        return None
    return amend_log_line(
        replace(line, text=by_lot.words(dice), track_uid=_about(plot, dice)), by_lot.words(dice)
    )


def _withdraw_log_line(plot: Plot, dice: random.Random) -> Command | None:
    uid = by_lot.one_of(list(plot.log_lines), dice)
    return None if uid is None else withdraw_log_line(uid, by_lot.words(dice))


def _acknowledge(plot: Plot, dice: random.Random) -> Command | None:
    uid = by_lot.one_of([*plot.tracks, *plot.approach_watches], dice)
    return None if uid is None else acknowledge(by_lot.acknowledgement(uid, dice))


# Chartwork


def _reckoned(plot: Plot, dice: random.Random) -> str | None:
    """A track that chartwork may be about, or none."""
    return dice.choice([None, *(track.uid for track in _unmerged(plot))])


def _amend_conditions(plot: Plot, dice: random.Random) -> Command | None:
    entry = by_lot.one_of(list(plot.conditions.values()), dice)
    if entry is None:
        return None
    amended = replace(by_lot.conditions(dice, _reckoned(plot, dice)), uid=entry.uid)
    return amend_conditions(amended, by_lot.words(dice))


def _withdraw_conditions(plot: Plot, dice: random.Random) -> Command | None:
    uid = by_lot.one_of(list(plot.conditions), dice)
    return None if uid is None else withdraw_conditions(uid, by_lot.words(dice))


def _watch_approach(plot: Plot, dice: random.Random) -> Command | None:
    """Of two that are watched already, in half of the draws."""
    watch = by_lot.one_of(list(plot.approach_watches.values()), dice)
    if watch is not None and dice.random() < 0.5:
        two = [watch.second_track_uid, watch.first_track_uid]
    else:
        two = [track.uid for track in _unmerged(plot)]
    if len(two) < 2 or not set(two) <= {track.uid for track in _unmerged(plot)}:
        return None
    return watch_approach(by_lot.approach_watch(dice, *dice.sample(two, 2)))


def _end_approach_watch(plot: Plot, dice: random.Random) -> Command | None:
    uid = by_lot.one_of(list(plot.approach_watches), dice)
    return None if uid is None else end_approach_watch(uid)


def _load_limits(plot: Plot, dice: random.Random) -> Command:
    return load_limits(tuple(by_lot.limit(dice) for _ in range(dice.choice([1, 1, 3]))))


def _withdraw_limit(plot: Plot, dice: random.Random) -> Command | None:
    uid = by_lot.one_of(list(plot.limits), dice)
    return None if uid is None else withdraw_limit(uid, by_lot.words(dice))


def _add_reference_layer(plot: Plot, dice: random.Random) -> Command:
    return add_reference_layer(*(by_lot.reference_layer(dice) for _ in range(dice.choice([1, 3]))))


def _restyle_reference_layer(plot: Plot, dice: random.Random) -> Command | None:
    uid = by_lot.one_of(list(plot.reference_layers), dice)
    name = dice.choice(["", "Renamed"])
    return None if uid is None else restyle_reference_layer(uid, by_lot.reference_style(dice), name)


def _move_reference_file(plot: Plot, dice: random.Random) -> Command | None:
    uid = by_lot.one_of(list(plot.reference_layers), dice)
    crs = dice.choice([None, "EPSG:32631"])
    return (
        None if uid is None else move_reference_file(uid, f"moved/{dice.getrandbits(48)}.gpkg", crs)
    )


def _remove_reference_layer(plot: Plot, dice: random.Random) -> Command | None:
    uid = by_lot.one_of(list(plot.reference_layers), dice)
    return None if uid is None else remove_reference_layer(uid)


def _withdraw_search(plot: Plot, dice: random.Random) -> Command | None:
    uid = by_lot.one_of(list(plot.searches), dice)
    return None if uid is None else withdraw_search(uid, by_lot.words(dice))


def _log_predicted_crossing(plot: Plot, dice: random.Random) -> Command | None:
    track = by_lot.one_of(_unmerged(plot), dice)
    return None if track is None else log_predicted_crossing(by_lot.crossing(dice, track))


def _import_file(plot: Plot, dice: random.Random) -> Command:
    """A new track with its reports, one of no track, and a line of the log."""
    track = by_lot.track(dice)
    reports = [by_lot.report(plot, dice, track.uid) for _ in range(dice.choice([1, 3]))]
    reports.sort(key=Report.time_order)
    new, beach = by_lot.report(plot, dice, None), by_lot.beach(dice)
    line = by_lot.log_line(dice, track.uid)

    def arriving(plot: Plot) -> Arrivals:
        of_none = [report for report in plot.unattributed if report.uid != new.uid] + [new]
        return Arrivals(
            tracks=[replace(track, reports=tuple(reports))],
            unattributed=tuple(sorted(of_none, key=Report.time_order)),
            beaches=[beach],
            log_lines=[line],
        )

    return import_file(arriving, "patrol.gpx", by_lot.uid(dice))


def _import_file_refused(plot: Plot, dice: random.Random) -> Command:
    arrivals = Arrivals(tracks=[replace(by_lot.track(dice), name=NAMELESS)])
    return import_file(lambda plot: arrivals, "patrol.gpx", by_lot.uid(dice))


def _gone(dice: random.Random) -> Track:
    return replace(by_lot.track(dice), uid=GONE)


# What was withdrawn, and several at once


def _restore(plot: Plot, dice: random.Random) -> Command | None:
    entity = by_lot.one_of(_restorable(plot), dice)
    return None if entity is None else restore(entity, by_lot.words(dice))


def _restore_several(plot: Plot, dice: random.Random) -> Command | None:
    gone = _restorable(plot)
    dice.shuffle(gone)
    return restore_several(gone[:2], by_lot.words(dice)) if gone else None


def _restorable(plot: Plot) -> list[Withdrawable]:
    names = {track.name for track in plot.tracks.values()}
    return [
        entity
        for entity in WITHDRAWN
        if not is_there(plot, entity)
        and not (isinstance(entity, Track) and entity.name in names)
        and not (isinstance(entity, Track) and any(is_there(plot, r) for r in entity.reports))
    ]


def _together(plot: Plot, dice: random.Random) -> Command | None:
    reports = _reports(plot)
    if len(reports) < 2:
        return None
    return together(
        "withdraw_several",
        [withdraw_report(report.uid, "a hoax") for report in dice.sample(reports, 2)],
        by_lot.words(dice),
    )


def _together_refused(plot: Plot, dice: random.Random) -> Command:
    """The first alone would be allowed; refused as a whole."""
    first = add_log_line(by_lot.log_line(dice, None))
    return together("withdraw_several", [first, withdraw_report(GONE)])


EVERY_COMMAND: Final[Mapping[str, Entry]] = {
    "add_report": Entry(
        _add_report, lambda plot, dice: add_report(by_lot.report(plot, dice, GONE))
    ),
    "move_report": Entry(
        _move_report,
        lambda plot, dice: move_report(GONE, by_lot.a_position(dice), PositionForm.POINTED, None),
    ),
    "amend_report": Entry(
        _amend_report, lambda plot, dice: amend_report(by_lot.report(plot, dice, None))
    ),
    "withdraw_report": Entry(_withdraw_report, lambda plot, dice: withdraw_report(GONE)),
    "give_reports": Entry(
        _give_reports,
        lambda plot, dice: give_reports([GONE], None, new_track=by_lot.track(dice)),
    ),
    "split_track": Entry(
        _split_track, lambda plot, dice: split_track(GONE, by_lot.a_time(dice), by_lot.track(dice))
    ),
    "merge_tracks": Entry(
        _merge_tracks,
        lambda plot, dice: merge_tracks(
            GONE, GONE, change_uid=by_lot.uid(dice), at_utc=by_lot.a_time(dice), by="watch"
        ),
    ),
    "start_track": Entry(
        lambda plot, dice: start_track(by_lot.track(dice)),
        lambda plot, dice: start_track(replace(by_lot.track(dice), name=NAMELESS)),
    ),
    "amend_track": Entry(_amend_track, lambda plot, dice: amend_track(by_lot.track(dice))),
    "set_status": Entry(
        _set_status,
        lambda plot, dice: set_status(
            GONE,
            TrackStatus.ADRIFT,
            change_uid=by_lot.uid(dice),
            at_utc=by_lot.a_time(dice),
            by="watch",
        ),
    ),
    "withdraw_track": Entry(_withdraw_track, lambda plot, dice: withdraw_track(GONE)),
    "close_track": Entry(_close_track, _close_track_refused),
    "reopen_track": Entry(_reopen_track, lambda plot, dice: _reopening(GONE, dice)),
    "explain_people": Entry(
        _explain_people, lambda plot, dice: _explaining(GONE, dice, "Officer Two")
    ),
    "add_beach": Entry(
        lambda plot, dice: add_beach(by_lot.beach(dice)),
        lambda plot, dice: add_beach(replace(by_lot.beach(dice), name=NAMELESS)),
    ),
    "amend_beach": Entry(_amend_beach, lambda plot, dice: amend_beach(by_lot.beach(dice))),
    "move_beach": Entry(_move_beach, lambda plot, dice: move_beach(GONE, by_lot.a_position(dice))),
    "withdraw_beach": Entry(_withdraw_beach, lambda plot, dice: withdraw_beach(GONE)),
    "add_mark": Entry(
        _add_mark, lambda plot, dice: add_mark(a_mark("1A", by_lot.a_position(dice)))
    ),
    "amend_mark": Entry(_amend_mark, lambda plot, dice: amend_mark(a_mark("NEW", uid=GONE))),
    "withdraw_mark": Entry(_withdraw_mark, lambda plot, dice: withdraw_mark(GONE)),
    "add_log_line": Entry(
        lambda plot, dice: add_log_line(by_lot.log_line(dice, _about(plot, dice))),
        lambda plot, dice: add_log_line(by_lot.log_line(dice, GONE)),
    ),
    "amend_log_line": Entry(
        _amend_log_line, lambda plot, dice: amend_log_line(by_lot.log_line(dice, None))
    ),
    "withdraw_log_line": Entry(_withdraw_log_line, lambda plot, dice: withdraw_log_line(GONE)),
    "acknowledge": Entry(
        _acknowledge, lambda plot, dice: acknowledge(by_lot.acknowledgement(GONE, dice))
    ),
    "add_conditions": Entry(
        lambda plot, dice: add_conditions(by_lot.conditions(dice, _reckoned(plot, dice))),
        lambda plot, dice: add_conditions(by_lot.conditions(dice, GONE)),
    ),
    "amend_conditions": Entry(
        _amend_conditions, lambda plot, dice: amend_conditions(by_lot.conditions(dice, None))
    ),
    "withdraw_conditions": Entry(
        _withdraw_conditions, lambda plot, dice: withdraw_conditions(GONE)
    ),
    "watch_approach": Entry(
        _watch_approach,
        lambda plot, dice: watch_approach(by_lot.approach_watch(dice, GONE, GONE)),
    ),
    "end_approach_watch": Entry(_end_approach_watch, lambda plot, dice: end_approach_watch(GONE)),
    "load_limits": Entry(
        _load_limits,
        lambda plot, dice: load_limits(
            (by_lot.limit(dice), replace(by_lot.limit(dice), name=NAMELESS))
        ),
    ),
    "withdraw_limit": Entry(_withdraw_limit, lambda plot, dice: withdraw_limit(GONE)),
    "plan_search": Entry(
        lambda plot, dice: plan_search(by_lot.search(dice, _reckoned(plot, dice))),
        lambda plot, dice: plan_search(by_lot.search(dice, GONE)),
    ),
    "withdraw_search": Entry(_withdraw_search, lambda plot, dice: withdraw_search(GONE)),
    "add_reference_layer": Entry(
        _add_reference_layer,
        lambda plot, dice: add_reference_layer(
            by_lot.reference_layer(dice), replace(by_lot.reference_layer(dice), path="")
        ),
    ),
    "restyle_reference_layer": Entry(
        _restyle_reference_layer,
        lambda plot, dice: restyle_reference_layer(GONE, by_lot.reference_style(dice)),
    ),
    "move_reference_file": Entry(
        _move_reference_file, lambda plot, dice: move_reference_file(GONE, "zones.gpkg")
    ),
    "remove_reference_layer": Entry(
        _remove_reference_layer, lambda plot, dice: remove_reference_layer(GONE)
    ),
    "log_predicted_crossing": Entry(
        _log_predicted_crossing,
        lambda plot, dice: log_predicted_crossing(by_lot.crossing(dice, _gone(dice))),
    ),
    "import_file": Entry(_import_file, _import_file_refused),
    "restore": Entry(_restore, lambda plot, dice: restore(by_lot.report(plot, dice, GONE))),
    "restore_several": Entry(
        _restore_several,
        lambda plot, dice: restore_several([by_lot.report(plot, dice, GONE)]),
    ),
    "together": Entry(_together, _together_refused),
}
