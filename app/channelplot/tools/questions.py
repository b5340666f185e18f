"""What an operator is asked before a doubtful report is plotted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from channelplot.chart.viewport import CHART_AREA
from channelplot.geodesy.position import Position
from channelplot.model.codes import SEA_KINDS, ReportKind

INLAND_TOLERANCE_M: Final = 200.0
"""How far inside the charted coast a boat may be reported without a question: a beach
at low water, a harbour, and the error of the coastline (121 m at the 90th percentile)."""
CLOCK_TOLERANCE: Final = timedelta(minutes=1)
"""How far ahead a report may be timed without a question: clocks differ."""


class QuestionCode(StrEnum):
    """What is doubtful."""

    IN_THE_FUTURE = "in_the_future"
    ON_LAND = "on_land"
    OUTSIDE_AREA = "outside_area"


@dataclass(frozen=True, slots=True)
class Question:
    """A doubt and its measure: seconds ahead, metres inland, or 0 for outside the area."""

    code: QuestionCode
    value: float


def questions_about_time(observed_at_utc: datetime, now_utc: datetime) -> tuple[Question, ...]:
    """Return the question about a time that lies ahead of now, if it does."""
    ahead = observed_at_utc - now_utc
    if ahead > CLOCK_TOLERANCE:
        return (Question(QuestionCode.IN_THE_FUTURE, ahead.total_seconds()),)
    return ()


def questions_about_position(
    position: Position, kind: ReportKind | None, inland_distance_m: Callable[[Position], float]
) -> tuple[Question, ...]:
    """Return the questions about a position.

    kind: of the report; None for a beach. Only what was reported at sea is asked about
    being on land. inland_distance_m: returns how far a position lies inside the coast.
    """
    if not CHART_AREA.contains(position):
        return (Question(QuestionCode.OUTSIDE_AREA, 0.0),)
    if kind in SEA_KINDS:
        inland_m = inland_distance_m(position)
        if inland_m > INLAND_TOLERANCE_M:
            return (Question(QuestionCode.ON_LAND, inland_m),)
    return ()
