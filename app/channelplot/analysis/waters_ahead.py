"""When a craft will cross a limit, and when the limit has no more to say of it.

These are predictions along a passage, under way or adrift, never facts.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from channelplot.analysis.chords import Chords
from channelplot.analysis.passage import HORIZON, Passage
from channelplot.analysis.waters import Limit, Waters, waters_at
from channelplot.geodesy.position import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """A limit is crossed on a passage: where, when, from whose side to whose.

    course_deg: true, over the ground there. run_m: how far the craft goes until then, from the
    time asked at. It is legal or indicative as the limit is; ends of a line cross nothing.
    """

    limit: Limit
    at_utc: datetime
    position: Position
    from_side: str
    to_side: str
    course_deg: float | None
    run_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPassed:
    """A craft passes the perpendicular at an end of a limit, where legal answers begin or end.

    is_leaving: from then on its answers are indicative.
    """

    limit: Limit
    at_utc: datetime
    position: Position
    is_leaving: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WatersAhead:
    """Whose waters a craft is in at a time, and what changes within the horizon.

    crossing: the next, None for none until until_utc. end_passed: likewise.
    """

    waters: Waters
    until_utc: datetime
    crossing: Crossing | None
    end_passed: EndPassed | None


def waters_ahead(
    passage: Passage,
    limit: Limit,
    at_utc: datetime,
    horizon: timedelta = HORIZON,
    coast_m: float | None = None,
) -> WatersAhead:
    """Return whose waters a craft is in at a time by a limit, and when that changes next.

    Asked once for the passage under way and once for one that drifts from that time on. coast_m:
    the distance to the nearest coast at that time, None where it is not asked about.
    """
    return WatersAhead(
        waters=waters_at(passage.position_at(at_utc), limit, coast_m),
        until_utc=at_utc + horizon,
        crossing=next_crossing(passage, limit, at_utc, horizon),
        end_passed=next_end_passed(passage, limit, at_utc, horizon),
    )


def next_crossing(
    passage: Passage, limit: Limit, at_utc: datetime, horizon: timedelta = HORIZON
) -> Crossing | None:
    """Return where and when a craft next crosses a limit, None if it does not within the horizon.

    The passage is cut into chords of a mile, each is tried against every leg of the line on the
    chart, and what is met is sought out along the geodesic to a millisecond.
    """
    path = Chords.of(passage, at_utc, at_utc + horizon)
    for chord, leg in path.meetings(limit.line):
        found_s = path.on_leg_s(chord, limit.line, leg)
        sides = _sides_around(path, found_s, chord, limit)
        if sides is None:
            continue
        found_utc = at_utc + timedelta(seconds=found_s)
        way = passage.onward(found_utc)
        return Crossing(
            limit=limit,
            at_utc=found_utc,
            position=way.position,
            from_side=sides[0],
            to_side=sides[1],
            course_deg=way.course_deg,
            run_m=passage.run_m(at_utc, found_utc),
        )
    return None


def next_end_passed(
    passage: Passage, limit: Limit, at_utc: datetime, horizon: timedelta = HORIZON
) -> EndPassed | None:
    """Return when a craft next passes the perpendicular at an end of a limit, None if it does not.

    Right to a millisecond.
    """
    path = Chords.of(passage, at_utc, at_utc + horizon)
    is_abeam = limit.line.are_abeam_m(path.points_m)
    changes = np.flatnonzero(is_abeam[1:] != is_abeam[:-1])
    if not len(changes):
        return None
    chord = int(changes[0])
    was_abeam = bool(is_abeam[chord])

    def is_still_so(place_m: tuple[float, float]) -> bool:
        return bool(limit.line.are_abeam_m(np.array([place_m]))[0]) == was_abeam

    after_s = path.halved_s(chord, is_still_so)
    return EndPassed(
        limit=limit,
        at_utc=at_utc + timedelta(seconds=after_s),
        position=path.position_at(after_s),
        is_leaving=was_abeam,
    )


def _sides_around(path: Chords, at_s: float, chord: int, limit: Limit) -> tuple[str, str] | None:
    """Return whose side a craft is on just before a time and just after, None if one."""
    places_deg = np.array([(p.lon_deg, p.lat_deg) for p in path.around(at_s, chord)])
    before, after = (limit.side(int(sign)) for sign in limit.line.sides(places_deg))
    return None if before is None or after is None or before == after else (before, after)
