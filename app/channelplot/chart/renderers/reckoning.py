"""Dead reckoning and estimated positions: path, symbol, error circle, and where waters change.

In the colour of chartwork, below the tracks: what is reckoned never covers what was reported.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from channelplot.analysis.dead_reckoning import PositionKind
from channelplot.analysis.whose_waters import WatersChange
from channelplot.chart.cancel import Cancel
from channelplot.chart.fonts import CHART_SIZE_PT, chart_font
from channelplot.chart.geodesics import circle_px
from channelplot.chart.language import translate
from channelplot.chart.layers import Layer
from channelplot.chart.reckoned import ReckonedMark
from channelplot.chart.renderers.dashed import draw_line
from channelplot.chart.renderers.label import PointLabel
from channelplot.chart.renderers.pens import colour, pen
from channelplot.chart.renderers.symbols import (
    RECKONED_PX,
    REPORT_PX,
    draw_dead_reckoning,
    draw_estimated_position,
)
from channelplot.chart.renderers.text_line import TextLine
from channelplot.chart.scene import Scene
from channelplot.chart.wording import state_letters
from channelplot.geodesy.text import zulu_text

LINE_PX: Final = 1.2
SELECTED_LINE_PX: Final = 1.8
AHEAD_LINE_PX: Final = 1.2
PATH_DASH_PX: Final = (7.0, 4.0)
IF_ADRIFT_DASH_PX: Final = (8.0, 3.0, 2.0, 3.0)
AHEAD_DASH_PX: Final = (1.5, 4.5)
CIRCLE_DASH_PX: Final = (5.0, 3.5)
MOST_CIRCLES: Final = 24
"""Among more craft in view only the selected one has its circle."""
MOST_AHEAD: Final = 80
"""Among more craft only the selected one's way is drawn on, and lines have no halo."""
MOST_LABELS: Final = 200
"""More would not find room."""
TICK_PX: Final = 7.0
"""How far a tick reaches to either side of the path."""
SELECTED_RANK: Final = 0.5
TICK_RANK: Final = 0.6
RANK: Final = 1.7
"""Which labels are placed first; plot_labels.py has the ranks around them."""
_CLEAR_PX: Final = REPORT_PX + 3.0
"""Around the last fix nothing is drawn."""
_APART_PX: Final = REPORT_PX + RECKONED_PX
"""Nearer to its fix a symbol would lie on it."""
_REACH_PX: Final = 40.0


@dataclass(frozen=True, slots=True, eq=False)
class _Shown:
    """A mark with its lines in pixels; has_symbol: it stands clear of the fix it comes from."""

    mark: ReckonedMark
    at_px: tuple[float, float]
    path_px: npt.NDArray[np.float64]
    ahead_px: npt.NDArray[np.float64]
    has_symbol: bool


def draw(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Draw the marks, the selected craft's last, of which the main one on top.

    Of very many only what tells most is drawn.
    """
    shown = sorted(
        _shown(scene), key=lambda each: (each.mark.is_selected, not each.mark.is_alternative)
    )
    if not shown:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    has_circles, is_crowded = len(shown) <= MOST_CIRCLES, len(shown) > MOST_AHEAD
    for entry in shown:
        if has_circles or entry.mark.is_selected:
            _draw_circle(painter, scene, entry.mark, cancel)
    for entry in shown:
        _draw_path(painter, scene, entry, cancel, is_alone=not is_crowded or entry.mark.is_selected)
    for entry in shown:
        if cancel.is_cancelled:
            return
        if entry.mark.change is not None and (not is_crowded or entry.mark.is_selected):
            _draw_tick(painter, scene, entry.mark.change)
        if entry.has_symbol:
            _draw_symbol(painter, scene, entry)


def labels(scene: Scene) -> Iterator[PointLabel]:
    """Yield name, kind and time of each mark, and whose waters begin when at each tick."""
    font = chart_font(scene.size_pt(CHART_SIZE_PT))
    bold = chart_font(scene.size_pt(CHART_SIZE_PT), is_bold=True)
    ink = scene.palette.chartwork_text
    shown = _shown(scene)
    is_crowded = len(shown) > MOST_AHEAD
    for number, entry in enumerate(shown):
        mark = entry.mark
        if number >= MOST_LABELS and not mark.is_selected:
            continue
        order = (mark.is_alternative, mark.name, mark.track_uid)
        if entry.has_symbol:
            yield PointLabel(
                *entry.at_px,
                (TextLine(_text(mark), bold if mark.is_selected else font, ink),),
                (SELECTED_RANK if mark.is_selected else RANK, *order),
                reach_px=RECKONED_PX,
                key=("reckoned", mark.track_uid, str(mark.is_alternative)),
            )
        if mark.change is not None and (not is_crowded or mark.is_selected):
            yield PointLabel(
                *scene.viewport.pixel_of(mark.change.position),
                (TextLine(_change_text(mark.change), font, ink),),
                (TICK_RANK if mark.is_selected else RANK + 0.1, *order),
                reach_px=TICK_PX,
                key=("change", mark.track_uid, str(mark.is_alternative)),
            )


def symbols_px(scene: Scene) -> npt.NDArray[np.float64]:
    """Return where symbols stand, (n, 2) pixels; each reaches ``RECKONED_PX``."""
    return np.array([each.at_px for each in _shown(scene) if each.has_symbol]).reshape(-1, 2)


def paths_px(scene: Scene) -> Iterator[npt.NDArray[np.float64]]:
    """Yield every path, from the fix to as far as it is drawn on, (n, 2) pixels."""
    shown = _shown(scene)
    is_crowded = len(shown) > MOST_AHEAD
    for entry in shown:
        yield entry.path_px
        if not is_crowded or entry.mark.is_selected:
            yield entry.ahead_px


def _shown(scene: Scene) -> list[_Shown]:
    """Return the marks of which something may be in view."""
    if not scene.reckoned or not scene.shows(Layer.RECKONING):
        return []
    viewport = scene.viewport
    high_px = np.array((viewport.width_px, viewport.height_px)) + _REACH_PX
    pieces = [piece for mark in scene.reckoned for piece in (mark.path_deg, mark.ahead_deg)]
    all_px = viewport.pixels_of(np.concatenate(pieces))
    pieces_px = np.split(all_px, np.cumsum([len(piece) for piece in pieces[:-1]]))
    shown = []
    for mark, path_px, ahead_px in zip(
        scene.reckoned, pieces_px[::2], pieces_px[1::2], strict=True
    ):
        both_px = np.vstack((path_px, ahead_px))
        is_near = bool(
            ((both_px.max(axis=0) >= -_REACH_PX) & (both_px.min(axis=0) <= high_px)).all()
        )
        if not is_near and not (mark.is_selected and len(_circle_px(mark, scene))):
            continue
        start_px, at_px = path_px[0], (float(path_px[-1, 0]), float(path_px[-1, 1]))
        has_symbol = math.dist(at_px, start_px) >= _APART_PX
        shown.append(_Shown(mark, at_px, path_px, ahead_px, has_symbol))
    return shown


def _circle_px(mark: ReckonedMark, scene: Scene) -> npt.NDArray[np.float64]:
    return circle_px(mark.position, mark.radius_m, scene.viewport)


def _draw_circle(painter: QPainter, scene: Scene, mark: ReckonedMark, cancel: Cancel) -> None:
    draw_line(
        painter,
        scene,
        _circle_px(mark, scene),
        scene.palette.chartwork,
        LINE_PX,
        cancel,
        dash_px=CIRCLE_DASH_PX,
        opacity=1.0 if mark.is_selected else 0.7,
    )


def _draw_path(
    painter: QPainter, scene: Scene, entry: _Shown, cancel: Cancel, *, is_alone: bool
) -> None:
    """Draw the way that was made; and where it goes on, unless it is one of very many."""
    ink = scene.palette.chartwork
    fix_px = float(entry.path_px[0, 0]), float(entry.path_px[0, 1])
    if is_alone:
        draw_line(
            painter,
            scene,
            _beyond(entry.ahead_px, fix_px, _CLEAR_PX),
            ink,
            AHEAD_LINE_PX,
            cancel,
            dash_px=AHEAD_DASH_PX,
        )
    draw_line(
        painter,
        scene,
        _beyond(entry.path_px, fix_px, _CLEAR_PX),
        ink,
        SELECTED_LINE_PX if entry.mark.is_selected else LINE_PX,
        cancel,
        dash_px=IF_ADRIFT_DASH_PX if entry.mark.is_if_adrift else PATH_DASH_PX,
        has_halo=is_alone,
    )


def _beyond(
    points_px: npt.NDArray[np.float64], start_px: tuple[float, float], clear_px: float
) -> npt.NDArray[np.float64]:
    """Return a line without its beginning that is nearer to a point than so many pixels."""
    away_px = np.hypot(*(points_px - np.array(start_px)).T)
    outside = np.flatnonzero(away_px >= clear_px)
    if not len(outside):
        return np.empty((0, 2))
    first = int(outside[0])
    if first == 0:
        return points_px
    near_px, far_px = away_px[first - 1], away_px[first]
    share = (clear_px - near_px) / (far_px - near_px)
    cut_px = points_px[first - 1] + share * (points_px[first] - points_px[first - 1])
    return np.vstack((cut_px, points_px[first:]))


def _draw_tick(painter: QPainter, scene: Scene, change: WatersChange) -> None:
    """Draw a short line across the path where other waters begin."""
    x_px, y_px = scene.viewport.pixel_of(change.position)
    across_rad = math.radians((change.course_deg or 0.0) + 90.0)
    east_px, south_px = TICK_PX * math.sin(across_rad), -TICK_PX * math.cos(across_rad)
    ends = QPointF(x_px - east_px, y_px - south_px), QPointF(x_px + east_px, y_px + south_px)
    painter.setPen(pen(scene.palette.halo, SELECTED_LINE_PX + 2.4, opacity=0.8))
    painter.drawLine(*ends)
    painter.setPen(pen(scene.palette.chartwork, SELECTED_LINE_PX))
    painter.drawLine(*ends)


def _draw_symbol(painter: QPainter, scene: Scene, entry: _Shown) -> None:
    at, mark = QPointF(*entry.at_px), entry.mark
    ink, ground = colour(scene.palette.chartwork), colour(scene.palette.halo)
    if mark.kind is PositionKind.EP:
        draw_estimated_position(painter, at, ink, ground)
    else:
        draw_dead_reckoning(painter, at, mark.course_deg or 0.0, ink, ground)


def _text(mark: ReckonedMark) -> str:
    if mark.is_if_adrift:
        words = translate("chart", "{name} EP {time} if adrift")
    elif mark.kind is PositionKind.EP:
        words = translate("chart", "{name} EP {time}")
    else:
        words = translate("chart", "{name} DR {time}")
    text = words.format(name=mark.name, time=zulu_text(mark.at_utc))
    if not mark.is_supposed:
        return text
    return translate("chart", "{position} supposed").format(position=text)


def _change_text(change: WatersChange) -> str:
    """Return whose waters begin and when; with a question mark where that is indicative."""
    doubt = "" if change.is_legal else "?"
    return f"{state_letters(change.to_state)}{doubt} {zulu_text(change.at_utc)}"
