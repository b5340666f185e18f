"""What an operator is asked before a doubtful report is plotted."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from channelplot.analysis.bearings_fix import BearingsFix
from channelplot.analysis.legs import Leg
from channelplot.basemap.basemap import CHART_AREA
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import kn_from_mps
from channelplot.model.codes import SEA_KINDS, Craft, ReportKind
from channelplot.model.conditions import ConditionsEntry

INLAND_TOLERANCE_M: Final = 200.0
"""How far inside the charted coast a boat may be reported without a question: a beach
at low water, a harbour, and the error of the coastline (121 m at the 90th percentile)."""
LATE_TOLERANCE: Final = timedelta(days=2)
"""How late a report may come without a question: a slip in the day or month is more."""
FASTEST_KN: Final = 40.0
"""Over the ground, without a question: above the speed of the lifeboats, cutters and ferries
of the Strait; laden inflatables make a tenth of it."""
FAST_CRAFT: Final = frozenset({Craft.AIRCRAFT, Craft.OTHER})
POSITION_ERROR_M: Final = 500.0
"""Two positions so near may be one, whatever the minutes between them make of it."""
SHORE_TOLERANCE_M: Final = 2_000.0
"""How far from the charted coast a launch beach may be without a question: the widest
strands at low water, and the error of the register's positions."""
MARK_TOLERANCE_M: Final = 1_000.0
"""How far a mark may be put from where it was without a question: twice the largest error of
the register's, and less than a slip of one minute of latitude or longitude here."""
FASTEST_STREAM_KN: Final = 6.0
"""Without a question: above the strongest streams of the Strait at springs. Only off the Channel
Islands and La Hague they run faster (9 to 10 kn); one who plots there answers once a tide."""
STRONGEST_WIND_KN: Final = 80.0
"""Without a question: well into hurricane force (64 kn and more), above what is ever forecast for
these waters; a slip in a figure is more."""
LARGEST_LEEWAY_PERCENT: Final = 10.0
"""Of the wind, without a question: inflatables drift at 2 to 6 % of it."""
LONGEST_STREAM: Final = timedelta(hours=7)
"""How long one stream may hold without a question: it turns every six hours and a quarter."""
LONGEST_SEARCH: Final = timedelta(hours=24)
"""How long the legs of a search may take without a question: by then the datum is another."""
DISAGREEING_DEG: Final = 2.0
"""More than a hand compass is off: one of the bearings, or a mark, is wrong."""


class QuestionCode(StrEnum):
    """What is doubtful."""

    IN_THE_FUTURE = "in_the_future"
    ON_LAND = "on_land"
    OUTSIDE_AREA = "outside_area"
    LONG_AGO = "long_ago"
    TOO_FAST = "too_fast"
    NOT_SAME_BOAT = "not_same_boat"
    OFF_SHORE = "off_shore"
    MOVED_FAR = "moved_far"
    SAME_AGAIN = "same_again"
    PAST_DRIFT = "past_drift"
    STREAM_FAST = "stream_fast"
    WIND_STRONG = "wind_strong"
    LEEWAY_LARGE = "leeway_large"
    HOLDS_LONG = "holds_long"
    NOT_VALID = "not_valid"
    SEARCH_LONG = "search_long"
    BEARINGS_DISAGREE = "bearings_disagree"
    WEAK_FIX = "weak_fix"


@dataclass(frozen=True, slots=True)
class Question:
    """A doubt and its measure.

    Seconds ahead or ago, metres inland, off the shore or from the place before, metres per
    second, or 0 for outside the area. Of stream and wind: knots, per cent of the wind, seconds that
    they hold, do not hold, or were reckoned with. Of a search the seconds that its legs take. Of a
    fix the degrees at which its lines cut, or by which a bearing is off.
    """

    code: QuestionCode
    value: float


def questions_about_time(observed_at_utc: datetime, now_utc: datetime) -> tuple[Question, ...]:
    """Return the question about a time that lies ahead of now or days back, if it does."""
    ahead = observed_at_utc - now_utc
    if ahead > timedelta(0):
        return (Question(QuestionCode.IN_THE_FUTURE, ahead.total_seconds()),)
    if -ahead > LATE_TOLERANCE:
        return (Question(QuestionCode.LONG_AGO, -ahead.total_seconds()),)
    return ()


def questions_about_leg(leg: Leg, craft: Craft) -> tuple[Question, ...]:
    """Return the question about a leg no such craft can have made, if it is one."""
    speed_mps = leg.speed_mps
    if craft in FAST_CRAFT or leg.distance_m < POSITION_ERROR_M:
        return ()
    if speed_mps is None or kn_from_mps(speed_mps) > FASTEST_KN:
        return (Question(QuestionCode.TOO_FAST, speed_mps if speed_mps is not None else math.inf),)
    return ()


def questions_about_shore(
    position: Position, shore_distance_m: Callable[[Position], float]
) -> tuple[Question, ...]:
    """Return the question about a launch beach that does not lie on the shore.

    shore_distance_m: returns how far a position is from the charted coast.
    """
    off_m = shore_distance_m(position)
    return (Question(QuestionCode.OFF_SHORE, off_m),) if off_m > SHORE_TOLERANCE_M else ()


def questions_about_mark(moved_m: float) -> tuple[Question, ...]:
    """Return the question about a mark that is put so far from where it was, if it is far."""
    return (Question(QuestionCode.MOVED_FAR, moved_m),) if moved_m > MARK_TOLERANCE_M else ()


def questions_about_repeat(is_again: bool) -> tuple[Question, ...]:
    """Return the question about a line that is the very one plotted last."""
    return (Question(QuestionCode.SAME_AGAIN, 0.0),) if is_again else ()


def questions_about_conditions(
    entry: ConditionsEntry, before: ConditionsEntry | None, now_utc: datetime
) -> tuple[Question, ...]:
    """Return the questions about a stream and a wind that somebody gives.

    before: what is amended, None for new ones. That they begin to hold later than they did is
    asked about if they were reckoned with by then.
    """
    asked = []
    if before is not None and entry.valid_from_utc > before.valid_from_utc:
        lost = min(entry.valid_from_utc, now_utc) - before.valid_from_utc
        if lost > timedelta(0):
            asked.append(Question(QuestionCode.PAST_DRIFT, lost.total_seconds()))
    if entry.stream_rate_kn is not None:
        if entry.stream_rate_kn > FASTEST_STREAM_KN:
            asked.append(Question(QuestionCode.STREAM_FAST, entry.stream_rate_kn))
        holds = entry.valid_until_utc - entry.valid_from_utc
        if holds > LONGEST_STREAM:
            asked.append(Question(QuestionCode.HOLDS_LONG, holds.total_seconds()))
    if entry.wind_speed_kn is not None and entry.wind_speed_kn > STRONGEST_WIND_KN:
        asked.append(Question(QuestionCode.WIND_STRONG, entry.wind_speed_kn))
    leeway_percent = entry.leeway_percent
    if leeway_percent is not None and leeway_percent > LARGEST_LEEWAY_PERCENT:
        asked.append(Question(QuestionCode.LEEWAY_LARGE, leeway_percent))
    return tuple(asked)


def questions_about_search(outside_s: float, takes_s: float | None) -> tuple[Question, ...]:
    """Return the questions about a search that is planned.

    outside_s: for how long its datum was reckoned with a stream or wind that did not hold.
    takes_s: how long its legs take, None if nobody said how fast the searcher is.
    """
    asked = []
    if outside_s > 0.0:
        asked.append(Question(QuestionCode.NOT_VALID, outside_s))
    if takes_s is not None and takes_s > LONGEST_SEARCH.total_seconds():
        asked.append(Question(QuestionCode.SEARCH_LONG, takes_s))
    return tuple(asked)


def questions_about_fix(fix: BearingsFix) -> tuple[Question, ...]:
    """Return the questions about a fix: bearings that disagree, lines that cut at too little."""
    asked = []
    if fix.disagreement_deg > DISAGREEING_DEG:
        asked.append(Question(QuestionCode.BEARINGS_DISAGREE, fix.disagreement_deg))
    if fix.is_weak:
        asked.append(Question(QuestionCode.WEAK_FIX, fix.least_cut_deg))
    return tuple(asked)


def questions_about_position(
    position: Position, kind: ReportKind | None, inland_distance_m: Callable[[Position], float]
) -> tuple[Question, ...]:
    """Return the questions about a position.

    kind: of the report; None for a beach or mark. Only what was reported at sea is asked about
    being on land. inland_distance_m: returns how far a position lies inside the coast.
    """
    if not CHART_AREA.contains(position):
        return (Question(QuestionCode.OUTSIDE_AREA, 0.0),)
    if kind in SEA_KINDS:
        inland_m = inland_distance_m(position)
        if inland_m > INLAND_TOLERANCE_M:
            return (Question(QuestionCode.ON_LAND, inland_m),)
    return ()
