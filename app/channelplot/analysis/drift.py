"""How a craft is carried by the stream and the wind, and where to: its drift and its datum.

The drift of a craft without way is the stream plus leeway, which goes straight down the wind at a
share of the wind's speed (IAMSAR Manual, volume II: total water current and leeway; divergence of
the leeway is not reckoned with). A craft under way through the water is carried
alike. The vectors are added where the craft is; from there it goes along a geodesic.
"""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from channelplot.analysis.passage import Passage, Way
from channelplot.geodesy.angles import wrapped_deg
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import mps_from_kn
from channelplot.model.utc import require_utc

DRIFT_ERROR_SHARE: Final = 0.3
"""Of the distance drifted: the probable error of a drift where nothing better is known (IAMSAR
Manual, volume II, datum worksheet: drift error 0.3 of the drift)."""
_STILL_MPS: Final = 1e-6
"""Streams and leeway that cancel each other leave rounding, not a drift."""


@dataclass(frozen=True, slots=True)
class Validity:
    """From when until when a value that was typed in holds; None: without a bound.

    Raises ValueError for a time that does not say its zone, or an end before the start.
    """

    from_utc: datetime | None = None
    until_utc: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse what is no span of time."""
        for moment in (self.from_utc, self.until_utc):
            if moment is not None:
                require_utc(moment)
        if self.from_utc and self.until_utc and self.until_utc < self.from_utc:
            msg = f"valid until {self.until_utc}, before it begins"
            raise ValueError(msg)

    def holds_at(self, at_utc: datetime) -> bool:
        """Return whether the value holds at a time, the two bounds included."""
        return (self.from_utc is None or self.from_utc <= at_utc) and (
            self.until_utc is None or at_utc <= self.until_utc
        )


ALWAYS: Final = Validity()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """A tidal stream or current: the direction it sets to, true, and its rate.

    Raises ValueError for a rate below 0.
    """

    set_deg: float
    rate_kn: float
    valid: Validity = ALWAYS

    def __post_init__(self) -> None:
        """Refuse what is no stream."""
        _require_numbers(self.set_deg, self.rate_kn)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wind:
    """A wind: the direction it blows from, true, its speed, and how much of it is leeway.

    leeway_percent: of the wind's speed, 0 to 100: what a craft makes down the wind; nothing may be
    taken for it silently. Raises ValueError for a speed below 0 and a leeway that is no share.
    """

    from_deg: float
    speed_kn: float
    leeway_percent: float
    valid: Validity = ALWAYS

    def __post_init__(self) -> None:
        """Refuse what is no wind."""
        _require_numbers(self.from_deg, self.speed_kn)
        if not 0.0 <= self.leeway_percent <= 100.0:
            msg = f"a leeway of 0 to 100 % of the wind expected: {self.leeway_percent}"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """The streams and winds a craft is in, as typed in.

    streams, winds: one for each span of time; of two that begin together the one named first
    counts. Raises ValueError for neither stream nor wind.
    """

    streams: tuple[Stream, ...] = ()
    winds: tuple[Wind, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what a drift can't be reckoned from."""
        if not self.streams and not self.winds:
            msg = "a stream or a wind expected"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """How a craft moves over the ground at a time, and by which values.

    course_deg: true, None if it keeps its place. stream, wind: the values it was reckoned with,
    None if there is none. is_valid: both hold at that time.
    """

    course_deg: float | None
    speed_mps: float
    stream: Stream | None
    wind: Wind | None
    is_valid: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Datum:
    """Where a craft has drifted to: the most probable place to begin a search at.

    drift_m: how far along its drift. carried: how it drifts on from there. outside_s: how long of
    the drift lies outside the validity of a value it was reckoned with, 0 if none of it.
    """

    position: Position
    at_utc: datetime
    drift_m: float
    carried: Carried
    outside_s: float

    @property
    def is_within_validity(self) -> bool:
        """Return whether every value held for the whole of the drift."""
        return self.outside_s == 0.0

    @property
    def error_m(self) -> float:
        """Return the probable error of the drift, in metres."""
        return DRIFT_ERROR_SHARE * self.drift_m


def carried_at(
    conditions: Conditions,
    at_utc: datetime,
    water_course_deg: float = 0.0,
    water_speed_mps: float = 0.0,
) -> Carried:
    """Return how a craft moves over the ground at a time: its drift, unless it makes way itself.

    water_course_deg, water_speed_mps: its own true course and speed through the water. Of several
    values that hold, the one that began last counts. Where none does, the one that ended last is
    taken, before all of them the first; the answer says so.
    """
    stream = _in_force(conditions.streams, at_utc)
    wind = _in_force(conditions.winds, at_utc)
    parts = [(water_course_deg, water_speed_mps)]
    if stream is not None:
        parts.append((stream.set_deg, mps_from_kn(stream.rate_kn)))
    if wind is not None:
        leeway_kn = wind.speed_kn * wind.leeway_percent / 100.0
        parts.append((wind.from_deg + 180.0, mps_from_kn(leeway_kn)))
    east_mps = math.fsum(speed * math.sin(math.radians(to)) for to, speed in parts)
    north_mps = math.fsum(speed * math.cos(math.radians(to)) for to, speed in parts)
    speed_mps = math.hypot(east_mps, north_mps)
    is_moving = speed_mps > _STILL_MPS
    course_deg = wrapped_deg(math.degrees(math.atan2(east_mps, north_mps)))
    return Carried(
        course_deg=course_deg if is_moving else None,
        speed_mps=speed_mps if is_moving else 0.0,
        stream=stream,
        wind=wind,
        is_valid=all(one is None or one.valid.holds_at(at_utc) for one in (stream, wind)),
    )


def carried_passage(
    position: Position,
    from_utc: datetime,
    conditions: Conditions,
    water_course_deg: float = 0.0,
    water_speed_mps: float = 0.0,
) -> Passage:
    """Return the passage of a craft that is carried from a place and time on.

    It changes its way whenever another value comes into force. water_course_deg,
    water_speed_mps: its own true course and speed through the water, if it makes way.
    """
    ways: list[Way] = []
    for start_utc in (from_utc, *_changes(conditions, from_utc)):
        carried = carried_at(conditions, start_utc, water_course_deg, water_speed_mps)
        way = Way(
            position=ways[-1].position_at(start_utc) if ways else position,
            at_utc=start_utc,
            course_deg=carried.course_deg,
            speed_mps=carried.speed_mps,
        )
        if not ways or (way.course_deg, way.speed_mps) != (ways[-1].course_deg, ways[-1].speed_mps):
            ways.append(way)
    return Passage(tuple(ways))


def datum(
    position: Position, from_utc: datetime, conditions: Conditions, at_utc: datetime
) -> Datum:
    """Return where a craft without way has drifted to at a time. ValueError if that is earlier."""
    if at_utc < from_utc:
        msg = f"a drift from {from_utc} can't end at {at_utc}"
        raise ValueError(msg)
    passage = carried_passage(position, from_utc, conditions)
    return Datum(
        position=passage.position_at(at_utc),
        at_utc=at_utc,
        drift_m=passage.run_m(from_utc, at_utc),
        carried=carried_at(conditions, at_utc),
        outside_s=outside_s(conditions, from_utc, at_utc),
    )


def outside_s(conditions: Conditions, from_utc: datetime, until_utc: datetime) -> float:
    """Return how many seconds between two times a value is reckoned with that does not hold."""
    times = [from_utc, *(t for t in _changes(conditions, from_utc) if t < until_utc), until_utc]
    return math.fsum(
        (end - start).total_seconds()
        for start, end in itertools.pairwise(times)
        if not carried_at(conditions, start + (end - start) / 2).is_valid
    )


_Valued = TypeVar("_Valued", Stream, Wind)


def _in_force(values: Sequence[_Valued], at_utc: datetime) -> _Valued | None:
    """Return the value to reckon with from a time on, None if there is none at all."""
    begun = [one for one in values if one.valid.from_utc is None or one.valid.from_utc <= at_utc]
    over = [one for one in begun if one.valid.until_utc and one.valid.until_utc <= at_utc]
    holding = [one for one in begun if one not in over]
    if holding:
        return max(holding, key=_begins)
    if over:
        return max(over, key=_ends)
    return min(values, key=_begins, default=None)


def _begins(one: Stream | Wind) -> float:
    return -math.inf if one.valid.from_utc is None else one.valid.from_utc.timestamp()


def _ends(one: Stream | Wind) -> float:
    return math.inf if one.valid.until_utc is None else one.valid.until_utc.timestamp()


def _changes(conditions: Conditions, from_utc: datetime) -> Iterator[datetime]:
    """Yield, in order, the times after a time at which another value may come into force."""
    spans = [stream.valid for stream in conditions.streams]
    spans += [wind.valid for wind in conditions.winds]
    bounds = {
        moment
        for span in spans
        for moment in (span.from_utc, span.until_utc)
        if moment is not None and moment > from_utc
    }
    yield from sorted(bounds)


def _require_numbers(direction_deg: float, speed_kn: float) -> None:
    if not (math.isfinite(direction_deg) and math.isfinite(speed_kn) and speed_kn >= 0.0):
        msg = f"a direction and a speed of 0 or more expected: {direction_deg}, {speed_kn} kn"
        raise ValueError(msg)
