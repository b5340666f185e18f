"""Planned searches: datum and radius, the legs in order, and where they begin."""

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.fonts import CHART_SIZE_PT, chart_font
from channelplot.chart.geodesics import circle_px, geodesic_deg
from channelplot.chart.language import translate
from channelplot.chart.layers import Layer
from channelplot.chart.renderers.dashed import draw_arrow, draw_line, shown_runs
from channelplot.chart.renderers.label import PointLabel
from channelplot.chart.renderers.lines import polygon_of
from channelplot.chart.renderers.pens import colour, pen
from channelplot.chart.renderers.symbols import DATUM_PX, draw_datum
from channelplot.chart.renderers.text_line import TextLine
from channelplot.chart.scene import Scene
from channelplot.geodesy.measure import destination
from channelplot.geodesy.text import distance_text, zulu_text
from channelplot.model.search import PlannedSearch

LINE_PX: Final = 1.6
CIRCLE_PX: Final = 1.3
CIRCLE_DASH_PX: Final = (6.0, 4.0)
FILL_OPACITY: Final = 0.09
FADED: Final = 0.45
"""Opacity of a search for a boat that is closed."""
START_PX: Final = 7.0
"""How far the mark where a search begins reaches to either side of the first leg."""
SHORTEST_PX: Final = 22.0
"""Shorter legs have no number."""
SMALL_PX: Final = 14.0
WIDE_PX: Final = 260.0
"""A search is named at its circle's edge if that is so far from the datum: there it covers no leg.
A smaller one has its name alone."""
NAME_RANK: Final = 1.2
START_RANK: Final = 1.8
LEG_RANK: Final = 2.5
"""Which labels are placed first; plot_labels.py has the ranks around them."""
_LEADERS_PX: Final = (20.0, 40.0)


def draw(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Draw the searches of the plot, the one planned last on top."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for search in shown_searches(scene):
        if cancel.is_cancelled:
            return
        painter.setOpacity(FADED if _is_over(search, scene) else 1.0)
        _draw_radius(painter, scene, search, cancel)
        _draw_pattern(painter, scene, search, cancel)
        ink, ground = colour(scene.palette.search), colour(scene.palette.halo)
        draw_datum(painter, QPointF(*scene.viewport.pixel_of(search.datum)), ink, ground)


def _draw_pattern(painter: QPainter, scene: Scene, search: PlannedSearch, cancel: Cancel) -> None:
    """Draw the legs, an arrow on the first, and a line across it where it begins."""
    ink = scene.palette.search
    draw_line(painter, scene, legs_px(search, scene), ink, LINE_PX, cancel)
    if len(search.waypoints) < 2:
        return
    start, end = (np.array(scene.viewport.pixel_of(p)) for p in search.waypoints[:2])
    length_px = math.dist(start, end)
    if length_px == 0.0:
        return
    ahead = (end - start) / length_px
    across = np.array((-ahead[1], ahead[0])) * START_PX
    painter.setPen(pen(scene.palette.halo, 2.0 * LINE_PX + 2.4, opacity=0.8))
    painter.drawLine(QPointF(*(start - across)), QPointF(*(start + across)))
    painter.setPen(pen(ink, 2.0 * LINE_PX))
    painter.drawLine(QPointF(*(start - across)), QPointF(*(start + across)))
    draw_arrow(painter, start, end, ink)


def legs_px(search: PlannedSearch, scene: Scene) -> npt.NDArray[np.float64]:
    """Return the legs as one line along geodesics, (n, 2) pixels."""
    return scene.viewport.pixels_of(geodesic_deg(search.waypoints))


def lines_px(scene: Scene) -> Iterator[npt.NDArray[np.float64]]:
    """Yield the legs and the circle of each search that shows, (n, 2) pixels."""
    for search in shown_searches(scene):
        yield legs_px(search, scene)
        yield circle_px(search.datum, search.radius_m, scene.viewport)


def datums_px(scene: Scene) -> npt.NDArray[np.float64]:
    """Return where the datums are, (n, 2) pixels; each symbol reaches ``DATUM_PX``."""
    points = [scene.viewport.pixel_of(search.datum) for search in shown_searches(scene)]
    return np.array(points).reshape(-1, 2)


def labels(scene: Scene) -> Iterator[PointLabel]:
    """Yield name, datum and radius of each search, where it begins, and the numbers of its legs."""
    viewport = scene.viewport
    font = chart_font(scene.size_pt(CHART_SIZE_PT), is_tabular=False)
    bold = chart_font(scene.size_pt(CHART_SIZE_PT), is_bold=True, is_tabular=False)
    ink = scene.palette.search_text
    for newest_first, search in enumerate(reversed(shown_searches(scene))):
        order = (newest_first, search.uid)
        radius_px = _radius_px(search, scene)
        name, datum = TextLine(_name(search, scene), bold, ink), TextLine(_datum(search), font, ink)
        x_px, y_px = viewport.pixel_of(search.datum)
        is_at_edge = SMALL_PX <= radius_px <= WIDE_PX
        yield PointLabel(
            x_px,
            y_px - radius_px if is_at_edge else y_px,
            (name, datum) if radius_px >= SMALL_PX else (name,),
            (NAME_RANK, *order),
            reach_px=CIRCLE_PX if is_at_edge else DATUM_PX,
            leaders_px=_LEADERS_PX,
        )
        if radius_px < SMALL_PX:
            continue
        points = [viewport.pixel_of(position) for position in search.waypoints]
        if points:
            start = translate("chart", "CSP", "commence search point")
            yield PointLabel(
                *points[0],
                (TextLine(start, font, ink),),
                (START_RANK, *order),
                reach_px=START_PX,
            )
        for number, (a, b) in enumerate(pairwise(points), start=1):
            if math.dist(a, b) >= SHORTEST_PX:
                yield PointLabel(
                    (a[0] + b[0]) / 2.0,
                    (a[1] + b[1]) / 2.0,
                    (TextLine(str(number), font, ink),),
                    (LEG_RANK, *order, float(number)),
                    reach_px=LINE_PX + 1.0,
                )


def shown_searches(scene: Scene) -> list[PlannedSearch]:
    """Return the searches that show, in the order they were planned."""
    if not scene.shows(Layer.SEARCHES):
        return []
    return sorted(scene.plot.searches.values(), key=lambda s: (s.created_at_utc, s.uid))


def _is_over(search: PlannedSearch, scene: Scene) -> bool:
    track = scene.plot.tracks.get(search.track_uid) if search.track_uid else None
    return track is not None and track.is_closed


def _name(search: PlannedSearch, scene: Scene) -> str:
    track = scene.plot.tracks.get(search.track_uid) if search.track_uid else None
    if track is None:
        return search.name
    words = translate("chart", "{search} for {track}", "a search for a boat")
    return words.format(search=search.name, track=track.name)


def _datum(search: PlannedSearch) -> str:
    words = translate("chart", "datum {time}  R {radius}")
    return words.format(time=zulu_text(search.datum_at_utc), radius=distance_text(search.radius_m))


def _radius_px(search: PlannedSearch, scene: Scene) -> float:
    """Return how far the search's circle is from its datum, to the north, in pixels."""
    north = destination(search.datum, 0.0, search.radius_m)
    return scene.viewport.pixel_of(search.datum)[1] - scene.viewport.pixel_of(north)[1]


def _draw_radius(painter: QPainter, scene: Scene, search: PlannedSearch, cancel: Cancel) -> None:
    outline = circle_px(search.datum, search.radius_m, scene.viewport)
    if not len(outline):
        return
    if any(len(run.points) for run in shown_runs(outline, scene)):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(scene.palette.search, FILL_OPACITY))
        painter.drawPolygon(polygon_of(outline))
    draw_line(
        painter, scene, outline, scene.palette.search, CIRCLE_PX, cancel, dash_px=CIRCLE_DASH_PX
    )
