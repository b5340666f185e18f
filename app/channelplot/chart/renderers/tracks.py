"""Tracks: a line through the fixes, and a symbol at every report."""

from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.clip import clipped_runs
from channelplot.chart.layers import Layer
from channelplot.chart.legs import legs_of
from channelplot.chart.palette import Palette
from channelplot.chart.renderers import density
from channelplot.chart.renderers.dashed import strokes_of
from channelplot.chart.renderers.lines import draw_legs, stroke
from channelplot.chart.renderers.many_tracks import draw_many
from channelplot.chart.renderers.pens import colour, legs_pen, pen, saved
from channelplot.chart.renderers.symbols import REPORT_PX, draw_fix, draw_other_report
from channelplot.chart.scene import Scene
from channelplot.chart.shown import ShownTrack, crowding_of, shown_reports, shown_tracks
from channelplot.chart.track_style import track_style
from channelplot.model.codes import Craft, ReportKind

LINE_PX: Final = 2.0
SELECTED_LINE_PX: Final = 3.2
HALO_PX: Final = 1.8
"""How far a line's halo reaches beyond it on either side."""
HALO_OPACITY: Final = 0.75
COUNTED_HALO: Final = 0.72
"""A halo's breadth and opacity where the tracks around are only counted: times this."""
COUNTED_WIDER_PX: Final = 0.8
"""And so much broader is the line itself."""
MOST_WITH_HALO: Final = 200
"""Among more tracks a halo hides more than it shows."""
MOST_WIDE: Final = 1_000
"""Among more tracks, where a desk wants lines all the same, they are a pixel wide."""
GLOW_PX: Final = 4.5
"""The same for the glow of what is selected."""
FADED: Final = 0.45
"""Opacity of the line and symbols of a closed track."""
_EDGE_PX: Final = 30.0


def draw_lines(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Draw the lines, the newest and the selected on top; below them what is only counted."""
    if not scene.shows(Layer.TRACKS):
        return
    with saved(painter):
        density.draw(painter, scene, cancel)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shown = shown_tracks(scene, cancel)
    halo = 1.0 if len(shown) <= MOST_WITH_HALO else 0.0
    counted = crowding_of(scene, cancel).counted_share(scene.density_mode)
    softened = 1.0 - (1.0 - COUNTED_HALO) * counted
    width_px = LINE_PX + COUNTED_WIDER_PX * counted if len(shown) <= MOST_WIDE else 1.0
    if not halo:
        others = [entry for entry in shown if not entry.is_selected]
        draw_many(painter, scene, others, width_px, _opacity, cancel)
        shown = shown[len(others) :]  # the selected come last
    for entry in shown:
        if cancel.is_cancelled:
            return
        if entry.is_selected:
            width_px = SELECTED_LINE_PX
        own_halo = 1.0 if entry.is_selected else halo * softened
        _draw_line(painter, scene, entry, cancel, width_px, own_halo)


def draw_symbols(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Draw a symbol at every report that has a position."""
    if not scene.shows(Layer.REPORTS):
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _draw_others(painter, scene, cancel)
    for entry in shown_tracks(scene, cancel):
        painter.setOpacity(entry.strength)
        _draw_symbols(painter, scene, entry, cancel)


def _draw_line(
    painter: QPainter,
    scene: Scene,
    entry: ShownTrack,
    cancel: Cancel,
    width_px: float,
    halo: float,
) -> None:
    """Draw a line; halo: how broad and strong it is, 1 for a whole one, 0 for none."""
    palette, viewport = scene.palette, scene.viewport
    style = track_style(entry.track, palette)
    strength = _opacity(entry)
    rect = (-_EDGE_PX, -_EDGE_PX, viewport.width_px + _EDGE_PX, viewport.height_px + _EDGE_PX)
    if entry.is_selected:
        painter.setPen(pen(palette.selection, width_px + 2.0 * GLOW_PX, opacity=0.8))
        for run in clipped_runs(entry.line_px, rect):
            stroke(painter, run.points, cancel)
    one_line = np.zeros(len(entry.line_px), dtype=np.int64)
    legs = legs_of(entry.line_px, one_line, rect, is_measured=bool(style.dash_px))
    if halo > 0.0:
        opacity = round(HALO_OPACITY * halo * strength, 2)
        painter.setPen(legs_pen(palette.halo, width_px + 2.0 * HALO_PX * halo, opacity))
        draw_legs(painter, legs, cancel)
    opacity = round(strength, 2)
    painter.setPen(legs_pen(style.colour, width_px, opacity))
    draw_legs(painter, strokes_of(legs, scene, width_px, style.dash_px, opacity), cancel)


def _draw_symbols(painter: QPainter, scene: Scene, entry: ShownTrack, cancel: Cancel) -> None:
    palette = scene.palette
    ink = _ink(track_style(entry.track, palette).colour, palette, entry)
    ground = colour(palette.halo)
    fixes = entry.track.fixes
    for row in entry.fixes:
        if cancel.is_cancelled:
            return
        at = QPointF(entry.line_px[row, 0], entry.line_px[row, 1])
        uid = fixes[row].uid
        is_all_there_is = entry.is_selected and len(fixes) == 1  # no line that could glow
        if uid in scene.selected_uids or is_all_there_is:
            draw_glow(painter, at, palette)
        draw_fix(painter, at, entry.track.craft, ink, ground, uid in scene.pending_uids)


def _draw_others(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    palette = scene.palette
    ground = colour(palette.halo)
    for shown in shown_reports(scene):
        if cancel.is_cancelled:
            return
        report, track = shown.report, shown.track
        at = QPointF(shown.x_px, shown.y_px)
        ink = colour(track_style(track, palette).colour if track else palette.unattributed)
        is_pending = report.uid in scene.pending_uids
        if report.uid in scene.selected_uids:
            draw_glow(painter, at, palette)
        if report.kind is ReportKind.POSITION:
            draw_fix(painter, at, Craft.SMALL_BOAT, ink, ground, is_pending)
        else:
            draw_other_report(painter, at, report.kind, ink, ground, is_pending)


def draw_glow(painter: QPainter, at: QPointF, palette: Palette) -> None:
    """Draw what lies under the symbol of something selected."""
    reach_px = REPORT_PX + GLOW_PX
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(palette.selection))
    painter.drawEllipse(at, reach_px, reach_px)


def _opacity(entry: ShownTrack) -> float:
    """Return how strongly a line is drawn: faded if closed, and while it goes into a count."""
    return _strength(entry) * entry.strength


def _strength(entry: ShownTrack) -> float:
    return FADED if entry.track.is_closed and not entry.is_selected else 1.0


def _ink(name: str, palette: Palette, entry: ShownTrack) -> QColor:
    """Return a symbol's colour: mixed with its ground, not transparent, where it is faded."""
    strong, ground, share = colour(name), colour(palette.halo), _strength(entry)
    return QColor(
        *(
            round(share * own + (1.0 - share) * other)
            for own, other in (
                (strong.red(), ground.red()),
                (strong.green(), ground.green()),
                (strong.blue(), ground.blue()),
            )
        )
    )
