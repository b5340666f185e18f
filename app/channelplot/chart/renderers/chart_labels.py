"""What is written beside the things of the chart itself: places, marks, the boundary."""

import functools
import math
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QCoreApplication

from channelplot.chart.clip import clipped_runs
from channelplot.chart.fonts import chart_font
from channelplot.chart.layers import Layer
from channelplot.chart.renderers import boundary
from channelplot.chart.renderers.label import LineLabel, PointLabel, TextLine
from channelplot.chart.renderers.marks import shown_marks
from channelplot.chart.renderers.symbols import MARK_PX
from channelplot.chart.scene import Scene
from channelplot.geodesy.projection import to_chart_m

if TYPE_CHECKING:
    from channelplot.basemap.basemap import Basemap

BOUNDARY_RANK: Final = 3.0
PLACE_RANK: Final = 5.0
MARK_RANK: Final = 6.0
"""Which labels are placed first; plot_labels.py has the ranks between."""
MOST_PLACES: Final = 120
"""The largest so many in view are considered."""
TOWN_PEOPLE: Final = 5_000.0
TOWN_M_PER_PX: Final = 80.0
_POPULATION_POWER: Final = 1.1
"""Towns of 5,000 show from 80 m/px on; with each tenfold smaller scale, 12 times larger ones."""
CITY_PEOPLE: Final = 100_000
CITY_SIZE_PT: Final = 10.5
PLACE_CLEAR_PX: Final = 22.0
PLACE_DOT_PX: Final = 1.8
_ALONG_PX: Final = 900.0
"""The boundary's name is repeated about so often, on a grid fixed to the chart."""


def smallest_place(m_per_px: float) -> float:
    """Return how many people a place must have to be named at a scale (chart metres per px)."""
    return TOWN_PEOPLE * math.pow(m_per_px / TOWN_M_PER_PX, _POPULATION_POWER)


def place_labels(scene: Scene) -> Iterator[PointLabel]:
    """Yield the names of places, the largest first."""
    if scene.basemap is None or not scene.shows(Layer.PLACES):
        return
    viewport = scene.viewport
    points_px = viewport.pixels_of_m(_places_m(scene.basemap))
    smallest = smallest_place(viewport.m_per_px)
    inside = ((points_px >= 0.0) & (points_px <= (viewport.width_px, viewport.height_px))).all(
        axis=1
    )
    for number in np.flatnonzero(inside)[:MOST_PLACES]:
        place = scene.basemap.places[number]
        if place.population < smallest:
            return
        is_city = place.population >= CITY_PEOPLE
        font = chart_font(CITY_SIZE_PT) if is_city else chart_font()
        yield PointLabel(
            float(points_px[number, 0]),
            float(points_px[number, 1]),
            (TextLine(place.name, font, scene.palette.place),),
            (PLACE_RANK, -place.population, place.name),
            reach_px=PLACE_DOT_PX + 1.0,
            clear_px=PLACE_CLEAR_PX,
            dot_px=PLACE_DOT_PX,
        )


def mark_labels(scene: Scene) -> Iterator[PointLabel]:
    """Yield the codes of the marks."""
    for mark, x_px, y_px in shown_marks(scene):
        yield PointLabel(
            x_px,
            y_px,
            (TextLine(mark.code, chart_font(), scene.palette.mark_text),),
            (MARK_RANK, mark.code, mark.uid),
            reach_px=MARK_PX,
        )


def boundary_labels(scene: Scene) -> Iterator[LineLabel]:
    """Yield the boundary's name, along the longest straight stretches in view."""
    if scene.basemap is None or not scene.shows(Layer.BOUNDARY):
        return
    viewport = scene.viewport
    text = QCoreApplication.translate("chart", "UK / France boundary 1988")
    line = TextLine(text, chart_font(is_italic=True), scene.palette.boundary_text)
    rect = (0.0, 0.0, viewport.width_px, viewport.height_px)
    points_px = boundary.line_px(scene)
    spots: list[tuple[float, tuple[float, float, float]]] = []
    for start_px, end_px in pairwise(points_px):
        for run in clipped_runs(np.array((start_px, end_px)), rect):
            spots += _spots(start_px, end_px, run.start_length, run.points)
    spots.sort(key=lambda entry: entry[0])
    if spots:
        yield LineLabel(line, [spot for _, spot in spots], (BOUNDARY_RANK, text))


def _spots(
    start_px: npt.NDArray[np.float64],
    end_px: npt.NDArray[np.float64],
    run_starts_px: float,
    run_px: npt.NDArray[np.float64],
) -> Iterator[tuple[float, tuple[float, float, float]]]:
    """Yield where on a stretch the name could stand, each with its rank: longest, middle first.

    Places are fixed to the stretch, not to the picture, so that they stay when it is panned.
    """
    leg_px = end_px - start_px
    length_px = float(np.hypot(*leg_px))
    run_length_px = float(np.hypot(*(run_px[1] - run_px[0])))
    angle_deg = math.degrees(math.atan2(leg_px[1], leg_px[0]))
    if abs(angle_deg) > 90.0:
        angle_deg -= math.copysign(180.0, angle_deg)
    count = max(1, round(length_px / _ALONG_PX))
    for number in range(count):
        for nudge in (0.0, -0.2, 0.2):
            along_px = (number + 0.5 + nudge) / count * length_px
            if run_starts_px <= along_px <= run_starts_px + run_length_px:
                at = start_px + leg_px * (along_px / length_px)
                yield abs(nudge) * length_px - length_px, (float(at[0]), float(at[1]), angle_deg)


@functools.lru_cache(maxsize=2)
def _places_m(basemap: "Basemap") -> npt.NDArray[np.float64]:
    positions = [(p.position.lon_deg, p.position.lat_deg) for p in basemap.places]
    return to_chart_m(np.array(positions, dtype=np.float64).reshape(-1, 2))
