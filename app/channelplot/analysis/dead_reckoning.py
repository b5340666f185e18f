"""Where a craft is reckoned to be at any time, by which rule and from which fix.

A dead reckoning (DR) goes by course and speed alone; an estimated position (EP) is where stream and
leeway were added to it. Course and speed made good and those reported are over the ground and hold
the stream already: it is added only to a course and speed through the water, and to a craft that
drifts. Nothing here is a report, and nothing is stored.
"""

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from channelplot.analysis.drift import (
    DRIFT_ERROR_SHARE,
    Conditions,
    carried_passage,
    outside_s,
)
from channelplot.analysis.error_circle import ErrorModel, grown_radius_m, told_radius_m
from channelplot.analysis.expected import (
    FIXES_RECKONED_FROM,
    RECKONED_WITHIN,
    Expected,
    Motion,
    expected_position,
    fixes_until,
)
from channelplot.analysis.passage import HORIZON, Passage, Way
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import mps_from_kn
from channelplot.model.codes import Craft, ReckoningRule, TrackStatus
from channelplot.model.report import Report
from channelplot.model.track import Track


class Reference(StrEnum):
    """What a course and speed are meant against."""

    GROUND = "ground"
    WATER = "water"


class PositionKind(StrEnum):
    """What a position on the chart is: told, reckoned, or reckoned with stream and leeway."""

    FIX = "fix"
    DR = "dr"
    EP = "ep"


_RULES: Final = {
    Motion.MADE_GOOD: ReckoningRule.MADE_GOOD,
    Motion.REPORTED: ReckoningRule.REPORTED,
    Motion.STOPPED: ReckoningRule.STOPPED,
    Motion.UNKNOWN: ReckoningRule.LAST_FIX,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A course and speed that an operator typed: true, over the ground unless said."""

    course_deg: float
    speed_kn: float
    reference: Reference = Reference.GROUND


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposition:
    """What an operator supposes of a craft instead of what is known, or beside it.

    conditions: stream and wind. stated: it goes so from its last fix on, whatever was reported.
    drifts_from_utc: it has had no way since then; before its last fix counts as at the fix, and
    without conditions it stays where it was. fixes_reckoned_from, reckoned_within: over how many
    fixes course and speed are made good, none longer than that before the last.
    """

    conditions: Conditions | None = None
    stated: Stated | None = None
    drifts_from_utc: datetime | None = None
    fixes_reckoned_from: int = FIXES_RECKONED_FROM
    reckoned_within: timedelta = RECKONED_WITHIN

    @property
    def is_supposing(self) -> bool:
        """Return whether anything is supposed but stream and wind, which a plot has itself."""
        return replace(self, conditions=None) != AS_KNOWN


AS_KNOWN: Final = Supposition()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """How a craft is reckoned from its last fix on.

    fix: that fix; fixes: those that its motion was told by. rule: while it makes way, or the only
    one; drifts_from_utc: from then on it drifts or stays, None if it makes way all the time.
    conditions: stream and wind, None if none were given. passage: the ways themselves, for
    whatever is asked of them. is_motion_unknown: it drifts only because nobody knows how it moves
    (``most_likely``); it may be under way all the same.
    """

    craft: Craft
    fix: Report
    fixes: tuple[Report, ...]
    rule: ReckoningRule
    drifts_from_utc: datetime | None
    stated: Stated | None
    conditions: Conditions | None
    passage: Passage
    is_motion_unknown: bool = False

    @property
    def is_stream_missing(self) -> bool:
        """Return whether it makes way through the water and nobody has given the stream.

        It is then reckoned as over the ground, but for the wind where that was given.
        """
        if self.stated is None or self.stated.reference is not Reference.WATER:
            return False
        return self.conditions is None or not self.conditions.streams

    def is_too_old(self, at_utc: datetime) -> bool:
        """Return whether its fix is more than ``HORIZON`` before a time: no position any more."""
        return _is_too_old(self.fix, at_utc)

    def rule_at(self, at_utc: datetime) -> ReckoningRule:
        """Return the rule that leads to the position at a time."""
        if self.drifts_from_utc is None or at_utc < self.drifts_from_utc:
            return self.rule
        return ReckoningRule.STOPPED if self.conditions is None else ReckoningRule.DRIFT

    def kind_at(self, at_utc: datetime) -> PositionKind:
        """Return what the position at a time is: an EP once stream and wind have a part in it."""
        if at_utc == self.fix.observed_at_utc:
            return PositionKind.FIX
        from_utc = self._carried_from_utc
        is_carried = from_utc is not None and at_utc > from_utc
        return PositionKind.EP if is_carried else PositionKind.DR

    def outside_s(self, at_utc: datetime) -> float:
        """Return for how many seconds until a time a stream or wind that did not hold was used."""
        from_utc = self._carried_from_utc
        if self.conditions is None or from_utc is None or at_utc <= from_utc:
            return 0.0
        return outside_s(self.conditions, from_utc, at_utc)

    def radius_m(self, at_utc: datetime, model: ErrorModel) -> float:
        """Return the radius of the error circle at a time, in metres.

        That of the fix, grown by squares: while the craft makes way by the desk's figure for such
        a craft, while no motion is known, adrift or not, by the speed it could make; of a drift by
        stream and wind 0.3 of its distance (IAMSAR Manual), and for as long as their values did not
        hold the growth of a drift nobody knows. That growth counts from the fix on for a craft that
        stopped with no stream or wind given. So it is ``error_circle.expected_radius_m`` where
        nothing is supposed.
        """
        told_m = told_radius_m(self.fix.source, self.fix.error_m, model)
        is_adrift = self.drifts_from_utc is not None and at_utc > self.drifts_from_utc
        if is_adrift and self.conditions is None:
            return grown_radius_m(told_m, self._age_s(at_utc), model.growth_adrift_kn)
        under_way_until_utc, drift_m = at_utc, 0.0
        if is_adrift and self.drifts_from_utc is not None:
            if not self.is_motion_unknown:
                under_way_until_utc = self.drifts_from_utc
            drift_m = self.passage.run_m(self.drifts_from_utc, at_utc)
        is_unknown = self.rule is ReckoningRule.LAST_FIX
        growth_kn = (model.plausible_speed_kn if is_unknown else model.growth_kn)[self.craft]
        return math.hypot(
            grown_radius_m(told_m, self._age_s(under_way_until_utc), growth_kn),
            DRIFT_ERROR_SHARE * drift_m,
            grown_radius_m(0.0, self.outside_s(at_utc), model.growth_adrift_kn),
        )

    def _age_s(self, at_utc: datetime) -> float:
        return (at_utc - self.fix.observed_at_utc).total_seconds()

    @property
    def _carried_from_utc(self) -> datetime | None:
        """Return since when stream and wind are reckoned with, None if they never are."""
        if self.conditions is None:
            return None
        if self.stated is not None and self.stated.reference is Reference.WATER:
            return self.fix.observed_at_utc
        return self.drifts_from_utc


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """Where a craft is reckoned to be at a time.

    rule, fix, fixes: as in ``Reckoning``. course_deg: true, over the ground, as reckoned with from
    the fix or the last change of stream or wind on, None if it keeps its place; speed_mps likewise.
    run_m: how far it went since the fix, along its ways. radius_m: of the error circle. outside_s:
    for how long a stream or wind was reckoned with that did not hold. is_stream_missing: it made
    way through the water, in a stream that nobody has given. is_motion_unknown: as in
    ``Reckoning``.
    """

    position: Position
    at_utc: datetime
    kind: PositionKind
    rule: ReckoningRule
    fix: Report
    fixes: tuple[Report, ...]
    course_deg: float | None
    speed_mps: float
    run_m: float
    radius_m: float
    outside_s: float
    is_stream_missing: bool = False
    is_motion_unknown: bool = False


def reckoning_of(
    track: Track, known_at_utc: datetime, supposition: Supposition = AS_KNOWN
) -> Reckoning | None:
    """Return how a craft is reckoned by what was known at a time, None without a fix until then.

    By the rule of ``expected.expected_position`` unless something is supposed. A boat that stopped
    drifts with the conditions given, from its latest fix on, until something says that it makes way
    again (``stopped.stopped_from_utc``), and so does any craft that is called or supposed adrift;
    without conditions it stays. An asset that stopped keeps its station under power.
    """
    expected = expected_position(
        track,
        known_at_utc,
        fixes_reckoned_from=supposition.fixes_reckoned_from,
        reckoned_within=supposition.reckoned_within,
    )
    if expected is None:
        return None
    stated = supposition.stated
    conditions = supposition.conditions
    under_way = _stated_passage(expected, supposition) if stated else Passage((_way(expected),))
    drifts_from_utc = _drifts_from_utc(expected, supposition)
    if drifts_from_utc is not None and _keeps_station(track, supposition):
        conditions = None
    passage = under_way
    if drifts_from_utc is not None:
        passage = _adrift_passage(under_way, drifts_from_utc, conditions)
    return Reckoning(
        craft=track.craft,
        fix=expected.fix,
        fixes=(expected.fix,) if stated else expected.fixes,
        rule=ReckoningRule.STATED if stated else _rule(expected),
        drifts_from_utc=drifts_from_utc,
        stated=stated,
        conditions=conditions,
        passage=passage,
    )


def most_likely(
    track: Track, known_at_utc: datetime, supposition: Supposition = AS_KNOWN
) -> Reckoning | None:
    """Return how a craft most likely goes on: as ``reckoning_of``, but for a boat nobody knows of.

    A boat of which no motion is known is in the water and moves at least with it: with a stream or
    a wind it is taken to be adrift since its last fix. Its error circle grows as fast as it could
    go, since it may be under way. What is supposed of it counts before that.
    """
    reckoning = reckoning_of(track, known_at_utc, supposition)
    if reckoning is None or reckoning.conditions is None or not track.has_people:
        return reckoning
    if reckoning.rule is not ReckoningRule.LAST_FIX or reckoning.drifts_from_utc is not None:
        return reckoning
    drifts_from_utc = reckoning.fix.observed_at_utc
    return replace(
        reckoning,
        drifts_from_utc=drifts_from_utc,
        passage=_adrift_passage(reckoning.passage, drifts_from_utc, reckoning.conditions),
        is_motion_unknown=True,
    )


def is_too_old(track: Track, at_utc: datetime) -> bool:
    """Return whether a craft has no fix in the ``HORIZON`` before a time, so no position then."""
    last = track.last_fix
    if last is None or last.observed_at_utc > at_utc:
        count = fixes_until(track, at_utc)
        last = track.fixes[count - 1] if count else None
    return last is None or _is_too_old(last, at_utc)


def reckoned_at(reckoning: Reckoning, at_utc: datetime, model: ErrorModel) -> Reckoned:
    """Return where a craft is at a time by a reckoning. ValueError if that is before its fix."""
    fixed_utc = reckoning.fix.observed_at_utc
    if at_utc < fixed_utc:
        msg = f"a position at {at_utc} is not reckoned from a fix at {fixed_utc}"
        raise ValueError(msg)
    way = reckoning.passage.way_at(at_utc)
    return Reckoned(
        position=way.position_at(at_utc),
        at_utc=at_utc,
        kind=reckoning.kind_at(at_utc),
        rule=reckoning.rule_at(at_utc),
        fix=reckoning.fix,
        fixes=reckoning.fixes,
        course_deg=way.course_deg if way.is_moving else None,
        speed_mps=way.speed_mps,
        run_m=reckoning.passage.run_m(fixed_utc, at_utc),
        radius_m=reckoning.radius_m(at_utc, model),
        outside_s=reckoning.outside_s(at_utc),
        is_stream_missing=reckoning.is_stream_missing and at_utc > fixed_utc,
        is_motion_unknown=reckoning.is_motion_unknown,
    )


def _is_too_old(fix: Report, at_utc: datetime) -> bool:
    return at_utc - fix.observed_at_utc > HORIZON


def _way(expected: Expected) -> Way:
    """Return the way of a craft while it makes way, at its last fix."""
    fix = expected.fix
    assert fix.position is not None, "a fix has a position"
    course_deg, speed_mps = expected.course_deg, expected.speed_mps
    if expected.stopped_utc is not None and expected.moved_m > 0.0:
        under_way_s = (expected.stopped_utc - expected.from_utc).total_seconds()
        course_deg, speed_mps = expected.way_course_deg, expected.moved_m / under_way_s
    return Way(
        position=fix.position,
        at_utc=fix.observed_at_utc,
        course_deg=course_deg,
        speed_mps=speed_mps,
    )


def _stated_passage(expected: Expected, supposition: Supposition) -> Passage:
    fix, stated = expected.fix, supposition.stated
    assert fix.position is not None, "a fix has a position"
    assert stated is not None, "asked for with a stated course and speed only"
    speed_mps = mps_from_kn(stated.speed_kn)
    if stated.reference is Reference.WATER and supposition.conditions is not None:
        return carried_passage(
            fix.position,
            fix.observed_at_utc,
            supposition.conditions,
            stated.course_deg,
            speed_mps,
        )
    way = Way(
        position=fix.position,
        at_utc=fix.observed_at_utc,
        course_deg=stated.course_deg,
        speed_mps=speed_mps,
    )
    return Passage((way,))


def _drifts_from_utc(expected: Expected, supposition: Supposition) -> datetime | None:
    known_utc = None if supposition.stated else expected.stopped_utc
    supposed_utc = supposition.drifts_from_utc
    times = [utc for utc in (known_utc, supposed_utc) if utc is not None]
    return max(min(times), expected.from_utc) if times else None


def _adrift_passage(
    under_way: Passage, from_utc: datetime, conditions: Conditions | None
) -> Passage:
    """Return a passage that is under way until a time and adrift from then on."""
    position = under_way.position_at(from_utc)
    if conditions is None:
        adrift: tuple[Way, ...] = (
            Way(position=position, at_utc=from_utc, course_deg=None, speed_mps=0.0),
        )
    else:
        adrift = carried_passage(position, from_utc, conditions).ways
    return Passage((*(way for way in under_way.ways if way.at_utc < from_utc), *adrift))


def _keeps_station(track: Track, supposition: Supposition) -> bool:
    """Return whether a craft that stopped stays where it is: one of ours, not called adrift."""
    is_adrift = track.status is TrackStatus.ADRIFT or supposition.drifts_from_utc is not None
    return not track.has_people and not is_adrift


def _rule(expected: Expected) -> ReckoningRule:
    """Return the rule while a craft makes way: also for one that stopped some time after a fix."""
    if expected.motion is not Motion.STOPPED or expected.moved_m == 0.0:
        return _RULES[expected.motion]
    first, last = expected.fixes[0], expected.fixes[-1]
    is_made_good = first.observed_at_utc < last.observed_at_utc
    return ReckoningRule.MADE_GOOD if is_made_good else ReckoningRule.REPORTED
