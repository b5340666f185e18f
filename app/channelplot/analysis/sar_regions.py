"""Whose search and rescue region a position is in, by the limits a desk has loaded for that.

Another line and another answer than whose waters: neither says anything of the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from channelplot.analysis.charted_limit import ChartedLimit, Place
from channelplot.analysis.chords import Chords
from channelplot.analysis.crossings import meetings_in_order
from channelplot.analysis.passage import Passage
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import METRES_PER_NM

REGION_REACH_M: Final = 60.0 * METRES_PER_NM
"""So far from a line it is said on which side a position lies: from the middle of the Channel at
its widest (some 95 NM, Cornwall to Brittany) that reaches either coast. An assumption."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SarRegion:
    """A search and rescue region that holds a position, and the nearest of the limit that says so.

    name: as the limit calls that side. is_legal: the limit is as published. distance_m: geodesic;
    bearing_deg: true, None on the limit.
    """

    name: str
    is_legal: bool
    limit_code: str
    limit_name: str
    nearest: Position
    distance_m: float
    bearing_deg: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SarChange:
    """A craft is reckoned to go from one region into another: a prediction.

    from_region, to_region: None for where no region is loaded. The rest as in ``WatersChange``.
    """

    at_utc: datetime
    position: Position
    from_region: str | None
    to_region: str | None
    is_legal: bool
    limit_code: str
    limit_name: str
    course_deg: float | None
    run_m: float


class SarRegions:
    """The loaded limits of regions.

    The area loaded last that holds a position decides; without one, the nearest line.
    """

    def __init__(self, limits: Sequence[ChartedLimit]) -> None:
        """Take the limits, the one loaded last at the end."""
        self._limits = tuple(limits)

    def region(self, position: Position) -> SarRegion | None:
        """Return the region that holds a position, None where no loaded limit says."""
        place = Place.of(position)
        found = self._found(place)
        if found is None:
            return None
        charted, name = found
        nearest = charted.nearest(place)
        return SarRegion(
            name=name,
            is_legal=charted.loaded.is_legal,
            limit_code=charted.loaded.uid,
            limit_name=charted.loaded.name,
            nearest=nearest.position,
            distance_m=nearest.distance_m,
            bearing_deg=nearest.bearing_deg,
        )

    def next_change(
        self, passage: Passage, at_utc: datetime, horizon: timedelta
    ) -> SarChange | None:
        """Return where a craft next goes into another region, None if not within the horizon."""
        if not self._limits:
            return None
        chords = Chords.of(passage, at_utc, at_utc + horizon)
        for met in meetings_in_order(chords, [charted.line for charted in self._limits]):
            before, after = (
                self._found(Place.of(position)) for position in chords.around(met.at_s, met.chord)
            )
            from_region = None if before is None else before[1]
            to_region = None if after is None else after[1]
            if from_region == to_region:
                continue
            loaded = self._limits[met.line].loaded
            found_utc = at_utc + timedelta(seconds=met.at_s)
            way = passage.onward(found_utc)
            return SarChange(
                at_utc=found_utc,
                position=way.position,
                from_region=from_region,
                to_region=to_region,
                is_legal=loaded.is_legal,
                limit_code=loaded.uid,
                limit_name=loaded.name,
                course_deg=way.course_deg,
                run_m=passage.run_m(at_utc, found_utc),
            )
        return None

    def _found(self, place: Place) -> tuple[ChartedLimit, str] | None:
        said = [
            (charted, side)
            for charted in self._limits
            if (side := charted.side(place, REGION_REACH_M)) is not None
        ]
        areas = [each for each in said if each[0].loaded.is_area]
        if areas:
            return areas[-1]
        return min(said, key=lambda each: each[0].at_least_m(place), default=None)
