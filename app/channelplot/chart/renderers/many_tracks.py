"""The lines of very many tracks: without halos, all of one look drawn together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtGui import QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.legs import legs_of
from channelplot.chart.renderers.dashed import strokes_of
from channelplot.chart.renderers.lines import draw_legs
from channelplot.chart.renderers.pens import legs_pen
from channelplot.chart.scene import Scene
from channelplot.chart.shown import ShownTrack
from channelplot.chart.track_style import TrackStyle, track_style
from channelplot.model.codes import Craft

AT_A_TIME: Final = 250
"""Tracks that are prepared in one go: a few milliseconds, which let the window run."""
_EDGE_PX: Final = 10.0


@dataclass(frozen=True, slots=True)
class _Look:
    """What tracks have in common that are drawn together, in the order of drawing."""

    is_open: bool
    is_boat: bool
    style: TrackStyle
    opacity: float


def draw_many(
    painter: QPainter,
    scene: Scene,
    tracks: Sequence[ShownTrack],
    width_px: float,
    opacity_of: Callable[[ShownTrack], float],
    cancel: Cancel,
) -> None:
    """Draw the lines of tracks, given in the order of drawing: closed ones first, boats last."""
    for first in range(0, len(tracks), AT_A_TIME):
        if cancel.is_cancelled:
            return
        _draw(painter, scene, tracks[first : first + AT_A_TIME], width_px, opacity_of, cancel)


def _draw(
    painter: QPainter,
    scene: Scene,
    tracks: Sequence[ShownTrack],
    width_px: float,
    opacity_of: Callable[[ShownTrack], float],
    cancel: Cancel,
) -> None:
    viewport = scene.viewport
    rect = (-_EDGE_PX, -_EDGE_PX, viewport.width_px + _EDGE_PX, viewport.height_px + _EDGE_PX)
    points_px = np.concatenate([entry.line_px for entry in tracks])
    numbers = np.repeat(np.arange(len(tracks)), [len(entry.line_px) for entry in tracks])
    legs = legs_of(points_px, numbers, rect, is_measured=True)
    looks: dict[_Look, int] = {}
    look_of = np.zeros(len(tracks), dtype=np.int64)
    for number in np.unique(legs.lines).tolist():
        entry = tracks[number]
        look = _Look(
            not entry.track.is_closed,
            entry.track.craft is Craft.SMALL_BOAT,
            track_style(entry.track, scene.palette),
            round(opacity_of(entry), 2),
        )
        look_of[number] = looks.setdefault(look, len(looks))
    for look in sorted(looks, key=lambda look: (look.is_open, look.is_boat)):
        own = legs.part(look_of[legs.lines] == looks[look])
        painter.setPen(legs_pen(look.style.colour, width_px, look.opacity))
        draw_legs(
            painter, strokes_of(own, scene, width_px, look.style.dash_px, look.opacity), cancel
        )
