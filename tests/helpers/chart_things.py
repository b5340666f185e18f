"""Chartwork as it is drawn: marks that are reckoned, searches, limits; the night's unless said."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from channelplot.analysis.dead_reckoning import Supposition
from channelplot.analysis.drift import Conditions
from channelplot.analysis.error_model import ErrorModel, error_model
from channelplot.analysis.search_pattern import expanding_square
from channelplot.analysis.whose_waters import WatersChart
from channelplot.basemap.boundary import boundary_limit
from channelplot.chart.reckoned import ReckonedMark, mark_of, marks_of_selected
from channelplot.geodesy.units import m_from_nm
from channelplot.model.codes import LimitPurpose, PatternKind
from channelplot.model.limit import LoadedLimit
from channelplot.model.plot import Plot
from channelplot.model.search import PlannedSearch
from helpers.builders import at, ddm
from helpers.chartwork_builders import a_limit, a_search

MODEL: Final[ErrorModel] = error_model(lambda setting: setting.default)
WATERS: Final = WatersChart(boundary_limit())
"""The boundary of 1988 alone."""
DATUM: Final = ddm(51, 1.20, 1, 44.74)
"""Step 17: of boat C at 0500Z."""
MEDIAN: Final = (ddm(51, 0.0, 1, 30.0), ddm(51, 4.0, 1, 45.0), ddm(51, 4.0, 1, 58.0))


def marks_of_all(
    plot: Plot,
    at_utc: datetime,
    selected_uid: str | None = None,
    conditions: Conditions | None = None,
    waters: WatersChart = WATERS,
) -> tuple[ReckonedMark, ...]:
    """Return the marks of all craft of a plot, those of the selected one last."""
    supposition = Supposition(conditions=conditions)
    others = [
        mark_of(track, at_utc, supposition, MODEL, waters)
        for track in plot.tracks.values()
        if track.uid != selected_uid
    ]
    marks = tuple(mark for mark in others if mark is not None)
    if selected_uid is None:
        return marks
    selected = plot.tracks[selected_uid]
    return (*marks, *marks_of_selected(selected, at_utc, supposition, MODEL, waters))


def square_search(track_uid: str | None = None) -> PlannedSearch:
    """Return the expanding square of step 17."""
    return replace(
        a_search("S1", track_uid, uid="square"),
        kind=PatternKind.EXPANDING_SQUARE,
        datum=DATUM,
        datum_at_utc=at("0500"),
        radius_m=m_from_nm(2.03),
        first_leg_deg=290.0,
        waypoints=expanding_square(DATUM, 290.0, m_from_nm(1.0)).waypoints,
    )


def waters_limit() -> LoadedLimit:
    """Return a line of waters in the east of the Strait, the United Kingdom to its left."""
    return replace(a_limit("Median", uid="median"), purpose=LimitPurpose.WATERS, points=MEDIAN)
