"""All labels: collected, placed together so that none lies on another, and drawn."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.drawn_labels import DrawnLabels, drawn_labels
from channelplot.chart.label_memory import after_of, before_of
from channelplot.chart.label_placer import NOTHING_BEFORE, place_labels
from channelplot.chart.layers import Layer
from channelplot.chart.line_density import LineDensity, step_of
from channelplot.chart.placed import placed
from channelplot.chart.renderers import (
    boundary,
    chart_labels,
    coast_labels,
    error_circles,
    limits,
    plot_labels,
    reckoning,
    reference_layers,
    searches,
    urgency,
)
from channelplot.chart.renderers.halo_text import Halo
from channelplot.chart.renderers.label import Label, PointLabel
from channelplot.chart.renderers.lines import rings_px
from channelplot.chart.renderers.marks import shown_marks
from channelplot.chart.renderers.panels import panels_px
from channelplot.chart.renderers.pens import colour
from channelplot.chart.renderers.symbols import (
    BEACH_PX,
    DATUM_PX,
    MARK_PX,
    RECKONED_PX,
    REPORT_PX,
)
from channelplot.chart.scene import Scene
from channelplot.chart.shown import (
    ShownTrack,
    crowding_of,
    shown_beaches,
    shown_reports,
    shown_tracks,
)

TRACK_WEIGHT: Final = 1.0
COAST_WEIGHT: Final = 0.25
DOT_WEIGHT: Final = 3.0
BOUNDARY_WEIGHT: Final = 0.8
CHARTWORK_WEIGHT: Final = 1.0
"""How bad it is to write over a line."""
STRONG_HALO_FROM: Final = 0.5
"""Where tracks are counted rather than drawn, the ground is as dark as what is written."""
EDGE_PX: Final = 2.0
"""Kept free along the picture's edge where labels are kept inside."""
_NO_POINTS: Final = np.empty((0, 2))


def draw(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Place the labels of everything that shows, and draw those that found room."""
    placed = labels_of(scene, cancel)
    counted = crowding_of(scene, cancel).counted_share(scene.density_mode)
    is_dense = counted >= STRONG_HALO_FROM and scene.shows(Layer.TRACKS)
    halo = Halo(scene.palette.halo, is_dense)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for label, place in placed:
        if cancel.is_cancelled:
            return
        if isinstance(label, PointLabel) and label.dot_px:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(label.lines[0].colour))
            painter.drawEllipse(QPointF(label.x_px, label.y_px), label.dot_px, label.dot_px)
        label.draw(painter, place, halo)
    if scene.label_memory is not None:
        scene.label_memory.drawn = _drawn(placed)


def labels_of(scene: Scene, cancel: Cancel) -> list[tuple[Label, int]]:
    """Return the labels that found room, each with the number of its place."""
    if not scene.shows(Layer.LABELS):
        return []
    has_tracks = scene.shows(Layer.TRACKS) or scene.shows(Layer.REPORTS)
    tracks = shown_tracks(scene, cancel) if has_tracks else []
    labels: list[Label] = []
    for group in _collectors(scene, tracks):
        for label in group:
            if cancel.is_cancelled:
                return []
            labels.append(label)
    lines = _lines(scene, cancel)
    dots_px = _dots(labels)
    for some_px in (dots_px, dots_px[: len(dots_px) // 2]):  # those that matter most twice
        lines.add_points(some_px, DOT_WEIGHT)
    viewport = scene.viewport
    inside = (EDGE_PX, EDGE_PX, viewport.width_px - EDGE_PX, viewport.height_px - EDGE_PX)
    candidates = [label.candidate for label in labels]
    memory = scene.label_memory
    last = memory.last if memory is not None else None
    subject = (scene.plot, scene.selected_uids, scene.reckoned)
    before = (
        before_of(last, candidates, viewport, subject) if memory is not None else NOTHING_BEFORE
    )
    found = place_labels(
        candidates,
        _symbols(scene, tracks),
        lines,
        inside=inside if scene.keeps_labels_inside else None,
        uncut=scene.uncut_px,
        before=before,
        cancel=cancel,
    )
    if memory is not None and not cancel.is_cancelled:
        memory.last = after_of(last, candidates, found, viewport, subject)
    return [(labels[number], place) for number, place in sorted(found.items())]


def _drawn(placed: list[tuple[Label, int]]) -> DrawnLabels:
    """Return where labels stand; in the order in which they looked for their places."""
    ranked = sorted(placed, key=lambda entry: entry[0].candidate.priority)
    return drawn_labels(
        (label.anchor_px(place), label.candidate.places[place]) for label, place in ranked
    )


def _collectors(scene: Scene, tracks: list[ShownTrack]) -> tuple[Iterator[Label], ...]:
    """Return what yields the labels of each kind of thing."""
    return (
        plot_labels.report_labels(scene, tracks),
        error_circles.radius_labels(scene),
        reckoning.labels(scene),
        searches.labels(scene),
        plot_labels.beach_labels(scene),
        chart_labels.boundary_labels(scene),
        limits.labels(scene),
        reference_layers.labels(scene),
        coast_labels.coast_labels(scene),
        chart_labels.place_labels(scene),
        chart_labels.mark_labels(scene),
    )


def _dots(labels: list[Label]) -> npt.NDArray[np.float64]:
    """Return where the dots are that are drawn along with labels, (n, 2) pixels, by priority."""
    dotted = [label for label in labels if isinstance(label, PointLabel) and label.dot_px]
    dotted.sort(key=lambda label: label.candidate.priority)
    return np.array([(label.x_px, label.y_px) for label in dotted]).reshape(-1, 2)


def _symbols(scene: Scene, tracks: list[ShownTrack]) -> npt.NDArray[np.float64]:
    """Return the boxes of all symbols drawn, and of panels over the chart, (n, 4) pixels."""
    boxes: list[npt.NDArray[np.float64]] = [np.empty((0, 4))]
    if scene.shows(Layer.REPORTS):
        fixes = [entry.line_px[entry.fixes] for entry in tracks if len(entry.fixes)]
        boxes.append(_boxes(np.concatenate([_NO_POINTS, *fixes]), REPORT_PX))
        others = [(shown.x_px, shown.y_px) for shown in shown_reports(scene)]
        boxes.append(_boxes(np.array(others).reshape(-1, 2), REPORT_PX))
        overdue = [(x_px, y_px) for x_px, y_px, _ in urgency.overdue_marks(scene)]
        boxes.append(_boxes(np.array(overdue).reshape(-1, 2), urgency.SIZE_PX))
    if scene.shows(Layer.BEACHES):
        beaches = [(shown.x_px, shown.y_px) for shown in shown_beaches(scene)]
        boxes.append(_boxes(np.array(beaches).reshape(-1, 2), BEACH_PX))
    marks = [(x_px, y_px) for _, x_px, y_px in shown_marks(scene)]
    boxes.append(_boxes(np.array(marks).reshape(-1, 2), MARK_PX))
    boxes.append(_boxes(reckoning.symbols_px(scene), RECKONED_PX))
    boxes.append(_boxes(searches.datums_px(scene), DATUM_PX))
    boxes.append(panels_px(scene))
    return np.concatenate(boxes)


def _boxes(points_px: npt.NDArray[np.float64], reach_px: float) -> npt.NDArray[np.float64]:
    return np.hstack((points_px - reach_px, points_px + reach_px))


def _add_tracks(lines: LineDensity, scene: Scene, cancel: Cancel) -> None:
    """Count the legs of all tracks near the picture; not all of them if cancelled."""
    viewport = scene.viewport
    margin_px = LineDensity.MARGIN_PX
    bounds_m = viewport.widened(margin_px, margin_px).bounds_m()
    legs = []
    for block in placed(scene.plot).blocks_near(bounds_m):
        if cancel.is_cancelled:
            return
        thinned = block.lines.lines(viewport.m_per_px)
        legs.append((thinned.points_m, thinned.leg_rows(bounds_m)))
    step = step_of(sum(len(rows) for _, rows in legs))
    for points_m, rows in legs:
        if cancel.is_cancelled:
            return
        some = rows[rows % step == 0]  # the same ones while the chart is panned
        starts_px = viewport.pixels_of_m(points_m[some])
        ends_px = viewport.pixels_of_m(points_m[some + 1])
        lines.add_legs(starts_px, ends_px, TRACK_WEIGHT * step)


def _lines(scene: Scene, cancel: Cancel) -> LineDensity:
    """Return where lines run that a label should rather not cover; not all if cancelled."""
    viewport = scene.viewport
    origin_px = viewport.pixels_of_m(np.zeros((1, 2)))[0]
    lines = LineDensity(
        viewport.width_px, viewport.height_px, (float(origin_px[0]), float(origin_px[1]))
    )
    if scene.shows(Layer.TRACKS):
        _add_tracks(lines, scene, cancel)
    if scene.shows(Layer.BOUNDARY):
        lines.add_lines([boundary.line_px(scene)], BOUNDARY_WEIGHT)
    for weight, chartwork in (
        (BOUNDARY_WEIGHT, limits.lines_px(scene)),
        (CHARTWORK_WEIGHT, searches.lines_px(scene)),
        (CHARTWORK_WEIGHT, reckoning.paths_px(scene)),
    ):
        lines.add_lines(chartwork, weight)
    if scene.levels is not None and scene.shows(Layer.COAST):
        coast = scene.levels.at(viewport.m_per_px).coast_in(viewport.bounds_m())
        lines.add_lines(rings_px(coast, viewport), COAST_WEIGHT)
    return lines
