"""Which craft are reckoned on the chart: where to, along which path, and where on; no Qt.

Dead reckoning and estimated positions as values; nothing of it is a report.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.analysis.chords import Chords
from channelplot.analysis.dead_reckoning import (
    PositionKind,
    Reckoning,
    Supposition,
    most_likely,
    reckoned_at,
    reckoning_of,
)
from channelplot.analysis.error_model import ErrorModel
from channelplot.analysis.passage import HORIZON, Passage
from channelplot.analysis.whose_waters import WatersChange, WatersChart
from channelplot.geodesy.position import Position
from channelplot.model.codes import ReckoningRule
from channelplot.model.track import Track

AHEAD: Final = timedelta(hours=1)
"""So far the way is drawn on from the position reckoned."""
FRESH: Final = timedelta(minutes=1)
"""A craft that is not known to move is where its fix says for so long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReckonedMark:
    """Where a craft is reckoned to be at a time, and how it got there from its last fix.

    course_deg: true, None if it keeps its place. radius_m: of the error circle. waypoints: from
    the fix on, where the craft changes its way, the position itself among them. path_deg: the way
    from the fix to the position, ahead_deg: where it goes on, both (m, 2) lon, lat in degrees; they
    follow from the waypoints. change: the next change of waters. is_alternative: the other
    hypothesis about a craft that has a mark already: that it has no way since its last fix.
    is_if_adrift: nobody has told that it drifts, as of every other hypothesis and of a boat of
    which no motion is known. is_supposed: it follows from what an operator supposes.
    """

    track_uid: str
    name: str
    kind: PositionKind
    position: Position
    at_utc: datetime
    course_deg: float | None
    radius_m: float
    from_position: Position
    waypoints: tuple[Position, ...]
    path_deg: npt.NDArray[np.float64] = field(compare=False)
    ahead_deg: npt.NDArray[np.float64] = field(compare=False)
    change: WatersChange | None = None
    is_selected: bool = False
    is_alternative: bool = False
    is_if_adrift: bool = False
    is_supposed: bool = False


def marks_of_selected(
    track: Track,
    at_utc: datetime,
    supposition: Supposition,
    model: ErrorModel,
    waters: WatersChart,
) -> tuple[ReckonedMark, ...]:
    """Return where the selected craft is at a time: as reckoned, and adrift as the other case.

    It has a mark if it moves or its last fix is older than a minute; the other case only if the
    supposition has a stream or a wind and it is reckoned to make way. A boat of which no motion is
    known is adrift in them. Its way is drawn on for an
    hour, or as far as it crosses into other waters. Nothing for a craft that was closed by then,
    and for one whose last fix is more than six hours old: course and drift say nothing by then.
    """
    reckoning = _sound_reckoning(track, at_utc, supposition)
    if reckoning is None:
        return ()
    age = at_utc - reckoning.fix.observed_at_utc
    is_moving = reckoning.passage.way_at(at_utc).is_moving
    marks = []
    if age > FRESH or (age > timedelta(0) and is_moving):
        main = _mark(track, reckoning, at_utc, model, waters, is_selected=True)
        marks.append(replace(main, is_supposed=supposition.is_supposing))
    if age > timedelta(0) and supposition.conditions is not None:
        is_under_way = reckoning.drifts_from_utc is None or at_utc <= reckoning.drifts_from_utc
        drifting = replace(supposition, stated=None, drifts_from_utc=reckoning.fix.observed_at_utc)
        adrift = reckoning_of(track, at_utc, drifting) if is_under_way else None
        if adrift is not None:
            other = _mark(track, adrift, at_utc, model, waters, is_selected=True)
            marks.append(replace(other, is_alternative=True, is_if_adrift=True))
    return tuple(marks)


def mark_of(
    track: Track,
    at_utc: datetime,
    supposition: Supposition,
    model: ErrorModel,
    waters: WatersChart,
) -> ReckonedMark | None:
    """Return where one of many craft is at a time, None if it is closed or nothing is reckoned.

    Nothing is of a craft that stays where its last fix was, or of which no motion is known unless
    it is a boat in a stream or a wind; nor of one whose last fix is more than six hours old. Its
    way is drawn on for an hour.
    """
    if track.is_closed:
        return None
    reckoning = _sound_reckoning(track, at_utc, supposition)
    if reckoning is None or at_utc == reckoning.fix.observed_at_utc:
        return None
    if reckoning.rule is ReckoningRule.LAST_FIX and reckoning.drifts_from_utc is None:
        return None
    if reckoning.passage.run_m(reckoning.fix.observed_at_utc, at_utc) == 0.0:
        return None
    mark = _mark(track, reckoning, at_utc, model, waters, is_selected=False)
    return replace(mark, is_supposed=supposition.is_supposing)


def _sound_reckoning(track: Track, at_utc: datetime, supposition: Supposition) -> Reckoning | None:
    if track.is_closed:
        closed_utc = max((c.at_utc for c in track.status_changes), default=track.created_at_utc)
        if closed_utc <= at_utc:
            return None
    reckoning = most_likely(track, at_utc, supposition)
    if reckoning is None or reckoning.is_too_old(at_utc):
        return None
    return reckoning


def _mark(
    track: Track,
    reckoning: Reckoning,
    at_utc: datetime,
    model: ErrorModel,
    waters: WatersChart,
    *,
    is_selected: bool,
) -> ReckonedMark:
    passage = reckoning.passage
    reckoned = reckoned_at(reckoning, at_utc, model)
    fix = reckoning.fix
    assert fix.position is not None, "a fix has a position"
    change = waters.next_change(passage, at_utc, HORIZON if is_selected else AHEAD)
    until_utc = at_utc + AHEAD
    if change is not None:
        until_utc = max(until_utc, change.at_utc)
    before = _waypoints(passage, fix.observed_at_utc, at_utc)
    after = _waypoints(passage, at_utc, until_utc)
    return ReckonedMark(
        track_uid=track.uid,
        name=track.name,
        kind=reckoned.kind,
        position=reckoned.position,
        at_utc=at_utc,
        course_deg=reckoned.course_deg,
        radius_m=reckoned.radius_m,
        from_position=fix.position,
        waypoints=(*before, *after[1:]),
        path_deg=Chords.of(passage, fix.observed_at_utc, at_utc).points_deg,
        ahead_deg=Chords.of(passage, at_utc, until_utc).points_deg,
        change=change,
        is_selected=is_selected,
        is_if_adrift=reckoning.is_motion_unknown,
    )


def _waypoints(passage: Passage, from_utc: datetime, until_utc: datetime) -> tuple[Position, ...]:
    """Return where a craft is at two times and wherever it changes its way between them."""
    times = (from_utc, *passage.changes(from_utc, until_utc), until_utc)
    return tuple(passage.position_at(time_utc) for time_utc in times)
