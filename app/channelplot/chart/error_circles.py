"""Which error circles are drawn and where they run; no Qt."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from channelplot.analysis.error_circle import ErrorModel, reach_radius_m, told_radius_m
from channelplot.analysis.expected import expected_position
from channelplot.chart.geodesics import circle_px
from channelplot.chart.viewport import Viewport
from channelplot.geodesy.position import Position
from channelplot.model.plot import Plot
from channelplot.model.track import Track


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
    return circle_px(circle.centre, circle.radius_m, viewport)
