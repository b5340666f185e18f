"""When a craft leaves or comes within 12 NM of a coast, or another state's becomes the nearest.

No limit is crossed there, and nothing of it is by law: these predictions are indicative, however
near. They are found by asking along a passage at steps that leave nothing out that matters.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from channelplot.analysis.passage import Passage
from channelplot.analysis.waters import TERRITORIAL_M
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import METRES_PER_NM

LEAST_STEP_M: Final = METRES_PER_NM / 2.0
"""Waters that a craft is in for less than that may be passed over: the charted coast stands for
baselines nobody has drawn, and the answer there is indicative in any case."""
LEAST_STEP_S: Final = 300.0
"""So that six hours of a fast craft are 72 questions at most."""
BY_COAST_STEP_M: Final = 2.0 * METRES_PER_NM
"""Where the nearest coast decides, the next nearest may lie just behind it: no distance to the one
says how far the other is, so it is asked at least so often."""
_FOUND_S: Final = 1.0


@dataclass(frozen=True, slots=True)
class Shore:
    """Whose waters a place is in, and how far the nearest coast is, in metres.

    state: None for no state's. is_by_coast: the nearest coast decides, no limit does.
    """

    state: str | None
    coast_m: float
    is_by_coast: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CoastChange:
    """A craft is reckoned to come into other waters without crossing a limit: indicative.

    from_state, to_state: ISO 3166-1 codes, None for no state's waters. course_deg: true, over the
    ground there; run_m: how far the craft goes until then, in metres. Right to a second.
    """

    at_utc: datetime
    position: Position
    from_state: str | None
    to_state: str | None
    course_deg: float | None
    run_m: float

    @property
    def is_at_twelve_miles(self) -> bool:
        """Return whether the 12 NM from a coast are crossed; else another state's is nearest."""
        return self.from_state is None or self.to_state is None


def next_coast_change(
    shore: Callable[[Position], Shore | None],
    passage: Passage,
    at_utc: datetime,
    until_utc: datetime,
) -> CoastChange | None:
    """Return where the waters a craft is in next change, None if they don't between two times.

    shore: asked of few places; None where the chart knows neither land nor sea, and there the
    search ends.
    """
    end_s = (until_utc - at_utc).total_seconds()
    turns_s = [(utc - at_utc).total_seconds() for utc in passage.changes(at_utc, until_utc)]
    turns_s.append(end_s)

    def place(after_s: float) -> Position:
        return passage.position_at(at_utc + timedelta(seconds=after_s))

    reached_s, here = 0.0, shore(place(0.0))
    while here is not None and reached_s < end_s:
        speed_mps = passage.way_at(at_utc + timedelta(seconds=reached_s)).speed_mps
        next_s = next(turn_s for turn_s in turns_s if turn_s > reached_s)
        if speed_mps > 0.0:
            next_s = min(next_s, reached_s + max(_step_m(here) / speed_mps, LEAST_STEP_S))
            there = shore(place(next_s))
            if there is not None and there.state != here.state:
                return _change(shore, passage, at_utc, (here, there), (reached_s, next_s))
            here = there
        reached_s = next_s
    return None


def _step_m(here: Shore) -> float:
    """Return how far a craft goes before it is asked again, in metres."""
    room_m = abs(TERRITORIAL_M - here.coast_m)
    return max(LEAST_STEP_M, min(room_m, BY_COAST_STEP_M) if here.is_by_coast else room_m)


def _change(
    shore: Callable[[Position], Shore | None],
    passage: Passage,
    at_utc: datetime,
    sides: tuple[Shore, Shore],
    between_s: tuple[float, float],
) -> CoastChange:
    """Return the change between two times, before and after which is given; by halving."""
    (here, there), (before_s, after_s) = sides, between_s
    while after_s - before_s > _FOUND_S:
        middle_s = (before_s + after_s) / 2.0
        found = shore(passage.position_at(at_utc + timedelta(seconds=middle_s)))
        if found is None or found.state == here.state:
            before_s = middle_s
        else:
            after_s, there = middle_s, found
    way = passage.onward(at_utc + timedelta(seconds=after_s))
    return CoastChange(
        at_utc=way.at_utc,
        position=way.position,
        from_state=here.state,
        to_state=there.state,
        course_deg=way.course_deg,
        run_m=passage.run_m(at_utc, way.at_utc),
    )
