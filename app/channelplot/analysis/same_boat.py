"""Whether a sighting can be of a boat that is known.

Every open boat is weighed by the speed it would have needed, the place it was expected at, its
people and its type. The answer ranks and suggests; it never joins anything. The figures that are
not settings are assumptions of this program, each with its reason.
"""

import math
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeAlias

from channelplot.analysis.error_circle import (
    ErrorModel,
    expected_radius_m,
    grown_radius_m,
    plausible_speed_mps,
    told_radius_m,
)
from channelplot.analysis.expected import expected_position, fixes_until, position_between
from channelplot.analysis.ledger import ledger_of
from channelplot.analysis.legs import leg_between
from channelplot.analysis.likeness import (
    PEOPLE_FACTOR,
    people_differ,
    people_far_apart,
    people_ratio,
    types_differ,
    types_of,
)
from channelplot.geodesy.measure import distance_m
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import mps_from_kn
from channelplot.model.codes import PEOPLE_CRAFTS, BoatType, CountBasis, Craft, SourceKind
from channelplot.model.people import PeopleCount
from channelplot.model.report import Report
from channelplot.model.track import Track

FAR_CIRCLES: Final = 2.0
"""Farther than so many error circles a boat is not where it was expected: 1 of 16 are."""
SURE_CIRCLES: Final = 2.0
"""So many error circles are taken off a distance before a boat is ruled out by its speed."""
TIME_TOLERANCE_S: Final = 60.0
"""Times are told to the minute: two may lie a minute farther apart than they say."""
FASTER_FACTOR: Final = 1.25
FASTER_BY_MPS: Final = mps_from_kn(1.0)
"""What a boat must go faster than before, both, to be remarked upon: less is within the errors of
a leg of a quarter of an hour."""
DOUBTS_OF_POSSIBLE: Final = 1
DOUBTS_OF_DOUBTFUL: Final = 2


class Fit(StrEnum):
    """How well a sighting fits a boat, the best first."""

    FITS = "fits"
    POSSIBLE = "possible"
    DOUBTFUL = "doubtful"
    NOT_SAME = "not_same"


class FitReason(StrEnum):
    """What is to be said of a fit, the weightiest first.

    WITHIN_ERRORS: the speed is more than plausible only because the positions are uncertain.
    SAME_CALLER alone speaks for the boat.
    """

    TOO_FAST = "too_fast"
    COUNTED_ALREADY = "counted_already"
    FAR = "far"
    FASTER_THAN_BEFORE = "faster_than_before"
    PEOPLE_DIFFER = "people_differ"
    TYPE_DIFFERS = "type_differs"
    WITHIN_ERRORS = "within_errors"
    SAME_CALLER = "same_caller"


_RANKS: Final = {fit: rank for rank, fit in enumerate(Fit)}
_REASON_RANKS: Final = {reason: rank for rank, reason in enumerate(FitReason)}
_Objection: TypeAlias = tuple[FitReason, int]
"""A reason and how many doubts it makes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What is told of a boat at a place and time.

    error_m: what the form of the position leaves open, None when not known. uid: of the report,
    which is left out of the track that has it. caller_track_uids: the tracks that have a report
    from the same caller.
    """

    position: Position
    observed_at_utc: datetime
    error_m: float | None = None
    source: SourceKind = SourceKind.UNKNOWN
    people: PeopleCount | None = None
    boat_type: BoatType | None = None
    craft: Craft = Craft.SMALL_BOAT
    uid: str | None = None
    caller_track_uids: Collection[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A sighting against one boat.

    speed_mps: what the boat would have needed between the sighting and its fix at from_utc,
    distance_m away: plain distance over time, infinite if no time passed; None if then the two
    are one place within their errors. previous_speed_mps: of the leg before, else as reported;
    None if neither is known. circles: how far the sighting is from where the boat was expected, in
    error circles of the two; None before the boat's first fix. reasons: the weightiest first.
    unlikeness: what tells equal fits apart, the less the better; no measure of anything else.
    """

    track: Track
    fit: Fit
    speed_mps: float | None
    previous_speed_mps: float | None
    from_utc: datetime
    distance_m: float
    circles: float | None
    reasons: tuple[FitReason, ...]
    unlikeness: float = 0.0


def sighting_of(
    report: Report, craft: Craft, caller_track_uids: Collection[str] = frozenset()
) -> Sighting | None:
    """Return what a report tells of a boat, None without a position."""
    if report.position is None:
        return None
    return Sighting(
        position=report.position,
        observed_at_utc=report.observed_at_utc,
        error_m=report.error_m,
        source=report.source,
        people=report.people,
        boat_type=report.boat_type,
        craft=craft,
        uid=report.uid,
        caller_track_uids=caller_track_uids,
    )


def compare(
    sighting: Sighting, tracks: Iterable[Track], model: ErrorModel
) -> tuple[Comparison, ...]:
    """Return a sighting against every open boat that has a fix, the best fit first.

    Closed and merged boats and craft whose people are not accounted for are left out; a sighting
    of such a craft is compared with none.

    Speed: from the last fix until then and to the first after, the higher counts. Not the same
    boat: with two error circles taken off the distance and a minute added to the time it still
    needs more than such a boat can make. Doubtful: with one circle taken off.
    Other doubts make it possible, two of them doubtful: it is more than two error circles from
    where the boat was expected, of another type, of fewer than half or more than twice the people,
    or the boat's people were counted before; that weighs double if nobody of it is missed.
    """
    if sighting.craft not in PEOPLE_CRAFTS:
        return ()
    found = []
    for track in tracks:
        if track.is_closed or not track.has_people:
            continue
        known = _without_own(track, sighting.uid)
        if known.fixes:
            found.append(_compared(sighting, track, known, model))
    return tuple(sorted(found, key=_rank))


@dataclass(frozen=True, slots=True)
class _Passage:
    """From a fix to the sighting or back: how far, how long, and the error circle of the two."""

    fix: Report
    distance_m: float
    duration_s: float
    radius_m: float

    def speed_mps(self) -> float:
        """Return the plain speed; if no time passed, infinite but 0 within the error circle."""
        if self.duration_s > 0.0:
            return self.distance_m / self.duration_s
        return math.inf if self.distance_m > self.radius_m else 0.0

    def least_speed_mps(self, circles: float) -> float:
        """Return the speed with error circles taken off the distance and a minute added."""
        least_m = max(0.0, self.distance_m - circles * self.radius_m)
        return least_m / (self.duration_s + TIME_TOLERANCE_S)


def _without_own(track: Track, report_uid: str | None) -> Track:
    if report_uid is None or report_uid not in track.report_index:
        return track
    return track.without_report(report_uid)


def _compared(sighting: Sighting, track: Track, known: Track, model: ErrorModel) -> Comparison:
    passages = _passages(sighting, known, model)
    fastest = max(passages, key=_Passage.speed_mps)
    speed_mps: float | None = fastest.speed_mps()
    if speed_mps == 0.0 and fastest.duration_s == 0.0:
        speed_mps = None
    previous_mps = _previous_speed_mps(known, sighting.observed_at_utc)
    circles = _circles(sighting, known, model)
    types = types_of(known)
    told_types = types if sighting.boat_type is None else types | {sighting.boat_type}
    limit_mps = plausible_speed_mps(known.craft, told_types, model)
    objections = [
        *_about_speed(passages, limit_mps),
        *_about_change(speed_mps, previous_mps),
        *_about_people(sighting.people, known),
        *_about_count(sighting, known),
    ]
    if circles is not None and circles > FAR_CIRCLES:
        objections.append((FitReason.FAR, 1))
    if types_differ(sighting.boat_type, types):
        objections.append((FitReason.TYPE_DIFFERS, 1))
    if track.uid in sighting.caller_track_uids:
        objections.append((FitReason.SAME_CALLER, 0))
    is_ruled_out = any(p.least_speed_mps(SURE_CIRCLES) > limit_mps for p in passages)
    return Comparison(
        track=track,
        fit=Fit.NOT_SAME if is_ruled_out else _fit(sum(doubts for _, doubts in objections)),
        speed_mps=speed_mps,
        previous_speed_mps=previous_mps,
        from_utc=fastest.fix.observed_at_utc,
        distance_m=fastest.distance_m,
        circles=circles,
        reasons=tuple(sorted((reason for reason, _ in objections), key=_REASON_RANKS.__getitem__)),
        unlikeness=_unlikeness(
            circles, speed_mps, limit_mps, _people_ratio(sighting.people, known)
        ),
    )


def _fit(doubts: int) -> Fit:
    if doubts >= DOUBTS_OF_DOUBTFUL:
        return Fit.DOUBTFUL
    return Fit.POSSIBLE if doubts >= DOUBTS_OF_POSSIBLE else Fit.FITS


def _unlikeness(
    circles: float | None, speed_mps: float | None, limit_mps: float, ratio: float
) -> float:
    """Return the sum of what speaks against a boat: place, speed and people.

    Each is 1 where it is a doubt by itself: the error circles from where the boat was expected, the
    speed as a share of what is plausible, the ratio of the people by its logarithm. Place counts no
    more than that: engines stop, and then its speed says how far off it is. A boat that was not
    expected anywhere yet, its first fix being later, stands one circle off.
    """
    place = min(1.0, (1.0 if circles is None else circles) / FAR_CIRCLES)
    speed = 0.0 if speed_mps is None else speed_mps / limit_mps
    return place + speed + math.log(ratio, PEOPLE_FACTOR)


def _people_ratio(people: PeopleCount | None, track: Track) -> float:
    """Return how far the people told are from any number told or counted of a boat, 1 for equal."""
    known = [report.people for report in track.count_reports if report.people is not None]
    return 1.0 if people is None else people_ratio(people, known)


def _rank(one: Comparison) -> tuple[int, bool, float, float, str, str]:
    """Return the key of the order: fit, caller, all that speaks against it, place, name."""
    return (
        _RANKS[one.fit],
        FitReason.SAME_CALLER not in one.reasons,
        one.unlikeness,
        1.0 if one.circles is None else one.circles,
        one.track.name,
        one.track.uid,
    )


def _passages(sighting: Sighting, track: Track, model: ErrorModel) -> list[_Passage]:
    """Return the passages from the last fix until the sighting and to the first after it."""
    told_m = told_radius_m(sighting.source, sighting.error_m, model)
    count = fixes_until(track, sighting.observed_at_utc)
    passages = []
    for fix in track.fixes[max(0, count - 1) : count + 1]:
        assert fix.position is not None, "a fix has a position"
        apart = sighting.observed_at_utc - fix.observed_at_utc
        passages.append(
            _Passage(
                fix=fix,
                distance_m=distance_m(fix.position, sighting.position),
                duration_s=abs(apart.total_seconds()),
                radius_m=math.hypot(told_m, told_radius_m(fix.source, fix.error_m, model)),
            )
        )
    return passages


def _previous_speed_mps(track: Track, at_utc: datetime) -> float | None:
    """Return the speed of the last leg until a time, else the speed that its end reported."""
    count = fixes_until(track, at_utc)
    if not count:
        return None
    last = track.fixes[count - 1]
    speed_mps = leg_between(track.fixes[count - 2], last).speed_mps if count > 1 else None
    if speed_mps is None and last.speed_kn is not None:
        speed_mps = mps_from_kn(last.speed_kn)
    return speed_mps


def _circles(sighting: Sighting, track: Track, model: ErrorModel) -> float | None:
    """Return how many error circles a sighting is from where the boat was expected.

    Between two fixes that is on the leg; before the first nothing was expected: None.
    """
    at_utc = sighting.observed_at_utc
    count = fixes_until(track, at_utc)
    if not count:
        return None
    if count < len(track.fixes):
        before, after = track.fixes[count - 1], track.fixes[count]
        place = position_between(before, after, at_utc)
        ages_s = [
            (abs((at_utc - fix.observed_at_utc).total_seconds()), fix) for fix in (before, after)
        ]
        age_s, nearer = min(ages_s, key=lambda pair: pair[0])
        place_m = grown_radius_m(
            told_radius_m(nearer.source, nearer.error_m, model),
            age_s,
            model.growth_kn[track.craft],
        )
    else:
        expected = expected_position(track, at_utc)
        assert expected is not None, "a track with a fix until then is expected somewhere"
        place = expected.position
        place_m = expected_radius_m(expected, track.craft, at_utc, model)
    told_m = told_radius_m(sighting.source, sighting.error_m, model)
    return distance_m(place, sighting.position) / math.hypot(place_m, told_m)


def _about_speed(passages: list[_Passage], limit_mps: float) -> Iterator[_Objection]:
    if any(passage.least_speed_mps(1.0) > limit_mps for passage in passages):
        yield (FitReason.TOO_FAST, DOUBTS_OF_DOUBTFUL)
    elif any(passage.speed_mps() > limit_mps for passage in passages):
        yield (FitReason.WITHIN_ERRORS, 0)


def _about_change(speed_mps: float | None, previous_mps: float | None) -> Iterator[_Objection]:
    if speed_mps is None or previous_mps is None:
        return
    if speed_mps > max(FASTER_FACTOR * previous_mps, previous_mps + FASTER_BY_MPS):
        yield (FitReason.FASTER_THAN_BEFORE, 0)


def _about_people(people: PeopleCount | None, track: Track) -> Iterator[_Objection]:
    known = [report.people for report in track.count_reports if report.people is not None]
    if people is None or not known:
        return
    if people_far_apart(people, known):
        yield (FitReason.PEOPLE_DIFFER, 1)
    elif people_differ(people, known):
        yield (FitReason.PEOPLE_DIFFER, 0)


def _about_count(sighting: Sighting, track: Track) -> Iterator[_Objection]:
    """Yield the objection that the boat's people had been counted, if this is no count itself."""
    if sighting.people is not None and sighting.people.basis is CountBasis.COUNTED:
        return
    ledger = ledger_of(track)
    if ledger.counted is None or ledger.counted.observed_at_utc > sighting.observed_at_utc:
        return
    yield (FitReason.COUNTED_ALREADY, 1 if ledger.unaccounted else DOUBTS_OF_DOUBTFUL)
