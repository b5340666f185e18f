"""Which error circles are drawn and where they run; no Qt."""

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.analysis.error_circle import ErrorModel, reach_radius_m, told_radius_m
from channelplot.analysis.expected import expected_position
from channelplot.chart.viewport import Viewport
from channelplot.geodesy.measure import circle_deg
from channelplot.geodesy.position import Position
from channelplot.geodesy.projection import ground_metres_per_chart_metre
from channelplot.model.plot import Plot
from channelplot.model.track import Track

_AWAY_PX: Final = 0.25
"""How far the straight pieces of an outline may run inside the circle."""
_FEWEST_POINTS: Final = 24
_MOST_POINTS: Final = 360
_SLACK: Final = 1.05
"""On the chart a circle is a little larger towards the pole than its radius at the centre."""


@dataclass(frozen=True, slots=True)
class ErrorCircle:
    """How far a reported position may be off. is_of_selected: of the one boat selected."""

    report_uid: str
    track_uid: str
    centre: Position
    radius_m: float
    is_of_selected: bool


def error_circles(
    plot: Plot, selected: Track | None, at_utc: datetime, model: ErrorModel
) -> tuple[ErrorCircle, ...]:
    """Return the circles at a time: one for each open boat, around its last fix.

    It holds what the boat can have reached since (``reach_radius_m``). Of the selected track,
    open or not, boat or asset, every earlier position has one too, as wide as it was told. A
    report without a position has none.
    """
    circles: list[ErrorCircle] = []
    for track in plot.tracks.values():
        is_selected = selected is not None and track.uid == selected.uid
        if not is_selected and (track.is_closed or not track.has_people):
            continue
        expected = expected_position(track, at_utc)
        last_uid = expected.fix.uid if expected is not None else ""
        for report in track.reports if is_selected else ():
            if report.position is not None and report.uid != last_uid:
                told_m = told_radius_m(report.source, report.error_m, model)
                circles.append(ErrorCircle(report.uid, track.uid, report.position, told_m, True))
        if expected is not None and expected.fix.position is not None:
            reach_m = reach_radius_m(expected, track.craft, at_utc, model)
            at = expected.fix.position
            circles.append(ErrorCircle(last_uid, track.uid, at, reach_m, is_selected))
    return tuple(circles)


def outline_px(circle: ErrorCircle, viewport: Viewport) -> npt.NDArray[np.float64]:
    """Return the closed line of a circle, (n, 2) pixels from its north; empty if out of view."""
    x_px, y_px = viewport.pixel_of(circle.centre)
    ground_m = viewport.m_per_px * ground_metres_per_chart_metre(circle.centre.lat_deg)
    reach_px = _SLACK * circle.radius_m / ground_m
    if not (
        -reach_px <= x_px <= viewport.width_px + reach_px
        and -reach_px <= y_px <= viewport.height_px + reach_px
    ):
        return np.empty((0, 2))
    # An arc of radius r is r * (1 - cos(pi / n)) from its chord: pi ** 2 * r / (2 * n ** 2).
    points = math.ceil(math.pi * math.sqrt(reach_px / (2.0 * _AWAY_PX)))
    points = min(max(points, _FEWEST_POINTS), _MOST_POINTS)
    return viewport.pixels_of(circle_deg(circle.centre, circle.radius_m, points))
