"""Whose waters a position is in by everything the desk has, and when that will change.

In this order: the limits a desk has loaded, where they apply; the land; the boundary of 1988, by
law between the perpendiculars to its ends and within 12 NM of a coast of its two states; within
12 NM of a coast the state of the nearest; beyond, no state's. Only a limit makes an answer legal,
every other is indicative. Without a coast only limits answer.

A loaded line applies between its ends and within 12 NM of it; further than 12 NM from every coast
what it says is indicative. Where two limits disagree the one loaded last is followed, and the
answer is indicative; a line that lies behind another one has no say.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from channelplot.analysis.charted_limit import (
    ChartedLimit,
    NearestPoint,
    Place,
    charted_limits,
)
from channelplot.analysis.chords import Chords
from channelplot.analysis.coast import CoastAnswers, NearestCoast
from channelplot.analysis.coast_changes import CoastChange, Shore, next_coast_change
from channelplot.analysis.crossings import Met, meetings_in_order
from channelplot.analysis.passage import HORIZON, Passage
from channelplot.analysis.sar_regions import SarChange, SarRegion, SarRegions
from channelplot.analysis.waters import (
    ON_LINE_M,
    TERRITORIAL_M,
    Limit,
    Waters,
    waters_of,
)
from channelplot.geodesy.measure import bearing_and_distance, destination
from channelplot.geodesy.position import Position
from channelplot.model.codes import LimitPurpose
from channelplot.model.limit import LoadedLimit

NO_STATE: Final = "XZ"
"""The side of a limit that is no state's: the code that UN/LOCODE has for international waters."""
_BEYOND_M: Final = 20.0
"""So far behind an outline it is looked whose waters lie there."""
_BEFORE_LIMIT_S: Final = 1.0
"""A change by the coast that is nearer to a limit's crossing is the limit's."""


class WatersBasis(StrEnum):
    """What an answer goes by.

    BOUNDARY: the side of a line; AREA: a loaded area holds the position; LAND: the position is on
    charted land (by law where the boundary of 1988 says the same); COAST: the nearest coast, within
    12 NM; OUTSIDE: every coast is further off; UNKNOWN: no limit says anything, and the chart knows
    no coast there.
    """

    BOUNDARY = "boundary"
    AREA = "area"
    LAND = "land"
    COAST = "coast"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


_BY_COAST: Final = frozenset({WatersBasis.LAND, WatersBasis.COAST, WatersBasis.OUTSIDE})
_BY_LIMIT: Final = frozenset({WatersBasis.BOUNDARY, WatersBasis.AREA})


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoseWaters:
    """Whose waters a position is in, by what, and how far the nearest boundary is.

    state: an ISO 3166-1 code, or what a loaded limit calls its side; None outside, where nothing is
    known, and within a metre of the limit that decides. limit_code: ``uk_fr_1988`` or the uid of
    the loaded limit that decides, None for neither; limit_name: a loaded limit's, empty otherwise.
    disputed_by: the name of another loaded limit that says otherwise (the code of 1988 if it is
    that one), empty for none. line: the boundary of 1988, which the desk always watches.
    nearest, distance_m, bearing_deg: of the nearest point of that boundary and the loaded ones; of
    an area's outline only where another state's waters lie behind it. coast: the nearest point of
    the charted coast, None where it is not known.
    """

    state: str | None
    basis: WatersBasis
    is_legal: bool
    limit_code: str | None
    limit_name: str
    disputed_by: str
    line: Waters
    nearest: Position
    distance_m: float
    bearing_deg: float | None
    coast: NearestPoint | None

    @property
    def coast_m(self) -> float | None:
        """Return the distance of the nearest coast in metres, None where it is not known."""
        return None if self.coast is None else self.coast.distance_m

    @property
    def is_by_coast(self) -> bool:
        """Return whether the distance of the charted coast is what the answer goes by."""
        return self.coast is not None and self.basis in _BY_COAST


@dataclass(frozen=True, slots=True, kw_only=True)
class WatersChange:
    """A craft is reckoned to cross a limit of waters: a prediction.

    from_state, to_state: as ``WhoseWaters.state``, ``NO_STATE`` where that is None. is_legal: the
    limit is one by law, and undisputed. limit_name: empty for 1988. course_deg: true, over the
    ground there; run_m: how far the craft goes until then.
    """

    at_utc: datetime
    position: Position
    from_state: str
    to_state: str
    is_legal: bool
    limit_code: str
    limit_name: str
    course_deg: float | None
    run_m: float


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is said of a place before distances are measured; charted: the loaded limit, if one."""

    state: str | None
    basis: WatersBasis
    is_legal: bool
    code: str | None = None
    charted: ChartedLimit | None = None
    disputed_by: str = ""


class WatersChart:
    """The limits of waters and regions that a desk has; never changed once made.

    Any thread may ask. 12 NM is the greatest breadth of a territorial sea; it is measured from the
    charted coast, not from the baselines.
    """

    def __init__(
        self,
        boundary: Limit,
        loaded: Iterable[LoadedLimit] = (),
        coast: CoastAnswers | None = None,
    ) -> None:
        """Take the boundary of 1988, the limits loaded for either purpose, and the coast."""
        limits = tuple(loaded)
        self._boundary = boundary
        self._loaded = charted_limits(limits, LimitPurpose.WATERS)
        self._regions = SarRegions(charted_limits(limits, LimitPurpose.SAR_REGION))
        self._coast = coast

    def whose(self, position: Position) -> WhoseWaters:
        """Return whose waters a position is in."""
        return self.whose_of((position,))[0]

    def whose_of(self, positions: Sequence[Position]) -> tuple[WhoseWaters, ...]:
        """Return whose waters many positions are in, faster than one after the other."""
        coasts = [self._nearest_coast(position) for position in positions]
        coasts_m = [0.0 if coast is None else self._coast_m(coast) for coast in coasts]
        lines = waters_of(positions, self._boundary, coasts_m)
        return tuple(map(self._whose, positions, lines, coasts))

    def _whose(self, position: Position, line: Waters, coast: NearestCoast | None) -> WhoseWaters:
        place = Place.of(position)
        answer = self._answer(place, coast)
        nearest = self._nearest_boundary(place, line, answer)
        is_on_limit = self._is_on_limit(answer, line, place)
        return WhoseWaters(
            state=None if is_on_limit else answer.state,
            basis=answer.basis,
            is_legal=answer.is_legal and not is_on_limit,
            limit_code=answer.code,
            limit_name="" if answer.charted is None else answer.charted.loaded.name,
            disputed_by=answer.disputed_by,
            line=line,
            nearest=nearest.position,
            distance_m=nearest.distance_m,
            bearing_deg=nearest.bearing_deg,
            coast=None if coast is None else _point_of(coast, position),
        )

    def state_and_basis(self, position: Position) -> tuple[str | None, WatersBasis, bool]:
        """Return whose waters, by what, and whether by law, without distances and faster.

        On a limit itself one of its sides is given.
        """
        answer = self._answer(Place.of(position), self._nearest_coast(position))
        return answer.state, answer.basis, answer.is_legal

    def next_change(
        self, passage: Passage, at_utc: datetime, horizon: timedelta = HORIZON
    ) -> WatersChange | None:
        """Return where a craft next crosses a limit of waters with other waters behind it.

        None for none within the horizon. The 12 NM from a coast is no limit, nor is the middle
        between two coasts: see ``next_change_of_any``.
        """
        chords = Chords.of(passage, at_utc, at_utc + horizon)
        lines = [self._boundary.line, *(charted.line for charted in self._loaded)]
        for met in meetings_in_order(chords, lines):
            change = self._change(chords, met)
            if change is not None:
                return change
        return None

    def next_change_of_any(
        self, passage: Passage, at_utc: datetime, horizon: timedelta = HORIZON
    ) -> WatersChange | CoastChange | None:
        """Return where a craft next comes into other waters, across a limit or by the coast alone.

        None for none within the horizon, or before the craft leaves the chart.
        """
        by_limit = self.next_change(passage, at_utc, horizon)
        if self._coast is None:
            return by_limit
        until_utc = at_utc + horizon
        if by_limit is not None:
            until_utc = by_limit.at_utc - timedelta(seconds=_BEFORE_LIMIT_S)
        return next_coast_change(self._shore, passage, at_utc, until_utc) or by_limit

    def sar_region(self, position: Position) -> SarRegion | None:
        """Return whose search and rescue region a position is in, None where none is loaded."""
        return self._regions.region(position)

    def next_sar_change(
        self, passage: Passage, at_utc: datetime, horizon: timedelta = HORIZON
    ) -> SarChange | None:
        """Return where a craft next goes from one search and rescue region into another."""
        return self._regions.next_change(passage, at_utc, horizon)

    def _nearest_coast(self, position: Position) -> NearestCoast | None:
        return None if self._coast is None else self._coast.nearest_coast(position)

    def _shore(self, position: Position) -> Shore | None:
        coast = self._nearest_coast(position)
        if coast is None:
            return None
        answer = self._answer(Place.of(position), coast)
        is_outside = answer.basis is WatersBasis.OUTSIDE
        is_by_coast = answer.basis not in _BY_LIMIT and not is_outside
        return Shore(answer.state, coast.distance_m, is_by_coast)

    def _answer(self, place: Place, coast: NearestCoast | None) -> _Answer:
        by_line = self._by_boundary(place, coast)
        by_loaded = self._by_loaded(place, coast, by_line)
        if by_loaded is not None:
            return by_loaded
        if self._coast is None or coast is None:
            return by_line or _Answer(None, WatersBasis.UNKNOWN, is_legal=False)
        by_law = by_line if by_line is not None and by_line.is_legal else None
        land = self._coast.state_at(place.position)
        if land is not None:
            is_sure = by_law is not None and by_law.state == land
            return _Answer(land, WatersBasis.LAND, is_legal=is_sure)
        if by_law is not None:
            return by_law
        if coast.distance_m <= TERRITORIAL_M:
            return _Answer(coast.state, WatersBasis.COAST, is_legal=False)
        return _Answer(None, WatersBasis.OUTSIDE, is_legal=False)

    def _by_boundary(self, place: Place, coast: NearestCoast | None) -> _Answer | None:
        """Return what the boundary of 1988 says, None where it says nothing.

        Without a coast: legal within 12 NM of the line itself, whose points are all within that of
        a coast; past its ends the side of the line drawn on, which is indicative.
        """
        line = self._boundary.line
        is_abeam = bool(line.is_abeam(place.lon_lat_deg)[0])
        if coast is None:
            is_in_reach = line.is_within(place.lon_lat_deg, TERRITORIAL_M)
        else:
            is_in_reach = is_abeam and self._coast_m(coast) <= TERRITORIAL_M
        if not is_in_reach:
            return None
        sign = int(line.sides(place.lon_lat_deg)[0])
        side = self._boundary.right if sign < 0 else self._boundary.left
        is_legal = self._boundary.is_legal and is_abeam
        return _Answer(side, WatersBasis.BOUNDARY, is_legal, self._boundary.code)

    def _coast_m(self, coast: NearestCoast) -> float:
        """Return how far the coast of either state of the boundary of 1988 is.

        Infinite where another state's is nearer: nowhere on the chart are both within 12 NM of a
        place between the perpendiculars, but these go on to Ireland.
        """
        is_theirs = coast.state in (self._boundary.left, self._boundary.right)
        return coast.distance_m if is_theirs else math.inf

    def _by_loaded(
        self, place: Place, coast: NearestCoast | None, by_line: _Answer | None
    ) -> _Answer | None:
        """Return what the loaded limits say, None where they say nothing."""
        claims = _unhidden(place, [(c, c.side(place, TERRITORIAL_M)) for c in self._loaded])
        if not claims:
            return None
        charted, state = claims[-1]
        others = [c.loaded.name for c, said in claims if said != state]
        if by_line is not None and by_line.is_legal and by_line.state != state:
            others.append(self._boundary.code)
        is_area = charted.loaded.is_area
        is_off_coast = coast is not None and coast.distance_m > TERRITORIAL_M
        return _Answer(
            state,
            WatersBasis.AREA if is_area else WatersBasis.BOUNDARY,
            is_legal=charted.loaded.is_legal and not others and (is_area or not is_off_coast),
            code=charted.loaded.uid,
            charted=charted,
            disputed_by=others[-1] if others else "",
        )

    def _is_on_limit(self, answer: _Answer, line: Waters, place: Place) -> bool:
        """Return whether a place is within a metre of the limit that decides."""
        if answer.charted is not None:
            return answer.charted.is_on(place)
        return answer.basis is WatersBasis.BOUNDARY and line.distance_m <= ON_LINE_M

    def _nearest_boundary(self, place: Place, line: Waters, answer: _Answer) -> NearestPoint:
        best = NearestPoint(line.nearest, line.distance_m, line.bearing_deg)
        by_distance = sorted(
            (charted.box_at_least_m(place), row) for row, charted in enumerate(self._loaded)
        )
        for at_least_m, row in by_distance:
            if at_least_m >= best.distance_m:
                break
            if self._loaded[row].at_least_m(place) >= best.distance_m:
                continue
            found = self._loaded[row].nearest(place)
            if found.distance_m < best.distance_m and self._parts(self._loaded[row], found, answer):
                best = found
        return best

    def _parts(self, charted: ChartedLimit, found: NearestPoint, answer: _Answer) -> bool:
        """Return whether a limit parts waters where it is nearest: a line always does."""
        if not charted.loaded.is_area or found.bearing_deg is None:
            return True
        behind = destination(found.position, found.bearing_deg, _BEYOND_M)
        return self._answer(Place.of(behind), self._nearest_coast(behind)).state != answer.state

    def _change(self, chords: Chords, met: Met) -> WatersChange | None:
        """Return the change where a passage meets a limit, None if it is none."""
        before, after = (
            self._answer(Place.of(position), self._nearest_coast(position))
            for position in chords.around(met.at_s, met.chord)
        )
        if before.state == after.state:
            return None
        charted = None if met.line == 0 else self._loaded[met.line - 1]
        is_legal = self._boundary.is_legal if charted is None else charted.loaded.is_legal
        at_utc = chords.start_utc + timedelta(seconds=met.at_s)
        way = chords.passage.onward(at_utc)
        return WatersChange(
            at_utc=at_utc,
            position=way.position,
            from_state=before.state or NO_STATE,
            to_state=after.state or NO_STATE,
            is_legal=is_legal and (before.is_legal or after.is_legal),
            limit_code=self._boundary.code if charted is None else charted.loaded.uid,
            limit_name="" if charted is None else charted.loaded.name,
            course_deg=way.course_deg,
            run_m=chords.passage.run_m(chords.start_utc, at_utc),
        )


def _point_of(coast: NearestCoast, position: Position) -> NearestPoint:
    """Return a nearest coast as it is seen from a position."""
    bearing_deg, _ = bearing_and_distance(position, coast.position)
    return NearestPoint(coast.position, coast.distance_m, bearing_deg)


def _unhidden(
    place: Place, claims: Sequence[tuple[ChartedLimit, str | None]]
) -> list[tuple[ChartedLimit, str]]:
    """Return what is said of a place, without what lines say that lie behind another line."""
    said = [(charted, state) for charted, state in claims if state is not None]
    if len({state for _, state in said}) < 2:
        return said
    lines = [charted for charted, _ in said if not charted.loaded.is_area]
    return [
        (charted, state)
        for charted, state in said
        if charted.loaded.is_area
        or not any(line.hides(place, charted) for line in lines if line is not charted)
    ]
