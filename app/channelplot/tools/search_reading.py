"""What stands in the form of a search, and how it is understood: its values, without the plot."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from channelplot.analysis.search_pattern import SearchPattern, SearchRadius
from channelplot.geodesy.measure import bearing_and_distance
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import m_from_nm, mps_from_kn
from channelplot.model.codes import PatternKind, Turn
from channelplot.model.track import Track
from channelplot.tools.field_reading import Problem
from channelplot.tools.questions import Question

SPACING_NM: Final = 1.0
"""Between the legs, while nobody has said another: what a boat's lookout sweeps by day."""


class DatumBasis(StrEnum):
    """Where a datum comes from.

    ADRIFT: the craft has drifted since its last fix. RECKONED: it goes on as it is reckoned.
    TYPED: an operator said where.
    """

    ADRIFT = "adrift"
    RECKONED = "reckoned"
    TYPED = "typed"


class SearchField(StrEnum):
    """The fields of the draft whose text may be wrong."""

    NAME = "name"
    POSITION = "position"
    TIME = "time"
    FIRST_LEG = "first_leg"
    SPACING = "spacing"
    LEGS = "legs"
    LENGTH = "length"
    WIDTH = "width"
    DRIFT = "drift"
    INITIAL_ERROR = "initial_error"
    DRIFT_SHARE = "drift_share"
    SEARCHER_ERROR = "searcher_error"
    FACTOR = "factor"
    SPEED = "speed"


class SearchFault(StrEnum):
    """Why there is no search yet."""

    NO_BOAT = "no_boat"
    NO_FIX = "no_fix"
    NO_CONDITIONS = "no_conditions"
    BEFORE_FIX = "before_fix"
    NO_FIRST_LEG = "no_first_leg"
    NO_NUMBER = "no_number"
    SPACING = "spacing"
    TOO_MANY_LEGS = "too_many_legs"
    NO_POSITION = "no_position"
    NO_TIME = "no_time"
    NAME_TAKEN = "name_taken"


@dataclass(frozen=True, slots=True)
class SearchText:
    """What stands in the fields, as typed or chosen; an empty one means what is reckoned.

    Distances and errors in nautical miles, drift_share and factor plain numbers, first_leg true
    degrees, speed the searcher's in knots.
    """

    name: str = ""
    kind: PatternKind = PatternKind.EXPANDING_SQUARE
    basis: DatumBasis = DatumBasis.ADRIFT
    turn: Turn = Turn.STARBOARD
    position: str = ""
    time: str = ""
    first_leg: str = ""
    spacing: str = ""
    legs: str = ""
    length: str = ""
    width: str = ""
    drift: str = ""
    initial_error: str = ""
    drift_share: str = ""
    searcher_error: str = ""
    factor: str = ""
    searcher: str = ""
    speed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDatum:
    """Where the search is about.

    drift_m: how far the craft went along its way since its last fix, the d of the radius;
    drift_share: of it that may be wrong. from_utc: the time of that fix, None for a datum that was
    typed. outside_s: for how long stream or wind were reckoned with that did not hold.
    """

    position: Position
    at_utc: datetime
    drift_m: float
    drift_share: float
    from_position: Position | None = None
    from_utc: datetime | None = None
    outside_s: float = 0.0

    @property
    def net(self) -> tuple[float | None, float]:
        """Return the true bearing in degrees and the distance in metres from the fix to the datum.

        The distance is less than drift_m where the way has turns. None, 0 where there is no fix.
        """
        if self.from_position is None:
            return None, 0.0
        return bearing_and_distance(self.from_position, self.position)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchReading:
    """How it is understood.

    track: who is searched for, None for nobody in particular. wrong: the fields that can't be
    read; fault: why there is no pattern, problem: what the reader says where it is a position or a
    time. speed_kn: of the searcher, None if nobody said. questions: what is doubtful of a pattern.
    first_leg_deg: true; wind_from_deg: where the wind comes from then, None if nobody said.
    """

    name: str
    track: Track | None
    datum: SearchDatum | None = None
    radius: SearchRadius | None = None
    first_leg_deg: float | None = None
    wind_from_deg: float | None = None
    spacing_m: float = m_from_nm(SPACING_NM)
    legs: int | None = None
    length_m: float | None = None
    width_m: float | None = None
    speed_kn: float | None = None
    pattern: SearchPattern | None = None
    questions: tuple[Question, ...] = ()
    wrong: frozenset[SearchField] = frozenset()
    fault: SearchFault | None = None
    problem: Problem | None = None

    @property
    def takes_s(self) -> float | None:
        """Return how long the legs take in whole seconds, None without the searcher's speed."""
        if self.pattern is None or self.speed_kn is None:
            return None
        return round(self.pattern.length_m / mps_from_kn(self.speed_kn))
