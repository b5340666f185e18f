"""Lines drawn leg by leg, dashes cut beforehand, paths read from arrays: as Qt would draw them."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter, QPainterPath

from channelplot.chart.blank_image import blank_image
from channelplot.chart.cancel import Cancel
from channelplot.chart.crowding import DensityMode
from channelplot.chart.palette import DAY
from channelplot.chart.renderers import tracks
from channelplot.chart.renderers.dashed import draw_many
from channelplot.chart.renderers.lines import path_of, polygon_of
from channelplot.chart.renderers.pens import pen
from channelplot.chart.scene import Scene
from channelplot.chart.track_style import track_style
from channelplot.geodesy.position import Position
from channelplot.model.codes import TrackStatus
from channelplot.model.track import Track
from helpers.builders import a_plot, a_report, a_track
from helpers.charts import STRAIT, a_scene, view
from helpers.images import count_of, drawn_by, pixels

pytestmark = pytest.mark.usefixtures("qapp")

INK = "#0a5fb4"


def picture(draw: Callable[[QPainter, Scene], None], ratio: float = 1.0) -> QImage:
    scene = replace(a_scene(viewport=view(STRAIT, 200, 120)), device_pixel_ratio=ratio)
    image = blank_image(scene)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter, scene)
    return image


def winding(step_px: float) -> np.ndarray:
    """Return a line about a picture with a bend at every step."""
    along = np.arange(0.0, 600.0, step_px)
    return np.column_stack(
        (100.0 + 80.0 * np.cos(along / 40.0), 60.0 + 45.0 * np.sin(along / 23.0))
    )


@pytest.mark.parametrize("step_px", [1.2, 3.0, 40.0])
@pytest.mark.parametrize(("width_px", "ratio"), [(0.7, 1.0), (1.1, 1.0), (2.0, 1.0), (0.7, 2.0)])
def test_a_line_of_legs_is_as_dark_as_one_with_joints(
    step_px: float, width_px: float, ratio: float
) -> None:
    line = winding(step_px)

    def by_legs(painter: QPainter, scene: Scene) -> None:
        numbers = np.zeros(len(line), dtype=np.int64)
        draw_many(painter, scene, line, numbers, INK, width_px, Cancel())

    def by_qt(painter: QPainter, _: Scene) -> None:
        painter.setPen(pen(INK, width_px))
        painter.drawPolyline(polygon_of(line))

    ours, theirs = (pixels(picture(draw, ratio))[..., 3] for draw in (by_legs, by_qt))
    assert ours.sum(dtype=np.int64) == pytest.approx(theirs.sum(dtype=np.int64), rel=0.08)
    assert (np.abs(ours.astype(np.int16) - theirs) > 64).mean() < 0.003


def test_dashes_lie_where_qt_puts_them() -> None:
    line = winding(20.0)

    def by_legs(painter: QPainter, scene: Scene) -> None:
        numbers = np.zeros(len(line), dtype=np.int64)
        draw_many(painter, scene, line, numbers, INK, 2.0, Cancel(), dash_px=(9.0, 5.0))

    def by_qt(painter: QPainter, _: Scene) -> None:
        painter.setPen(pen(INK, 2.0, (9.0, 5.0)))
        painter.drawPolyline(polygon_of(line))

    ours, theirs = (pixels(picture(draw))[..., 3].astype(np.int16) for draw in (by_legs, by_qt))
    assert (np.abs(ours - theirs) > 64).mean() < 0.003


def test_a_path_of_arrays_is_the_path_that_qt_makes_of_the_rings() -> None:
    outer = np.array([(0, 0), (90, 0), (90, 60), (0, 60), (0, 0)], dtype=np.float64)
    hole = np.array([(20, 10), (40, 10), (30, 40), (20, 10)], dtype=np.float64)
    expected = QPainterPath()
    for ring in (outer, hole):
        expected.addPolygon(polygon_of(ring))
    made = path_of(np.concatenate((outer, hole)), np.repeat([3, 7], [5, 4]))
    assert made == expected
    assert made.fillRule() == expected.fillRule()
    assert path_of(np.empty((0, 2)), np.empty(0, dtype=np.int64)).isEmpty()


def crowd(*, is_last_open: bool) -> list[Track]:
    """Return more tracks than have halos, all on one line across the Strait."""
    ends = (Position(1.2, 51.0), Position(1.9, 51.1))
    made = []
    for number in range(tracks.MOST_WITH_HALO + 1):
        uid = f"track-{number}"
        reports = [
            a_report(f"02{place}0", uid=f"{uid}-{place}", position=position)
            for place, position in enumerate(ends)
        ]
        is_open = is_last_open and number == tracks.MOST_WITH_HALO
        status = TrackStatus.UNDER_WAY if is_open else TrackStatus.LANDED
        made.append(a_track("A" if is_open else "B", reports, uid=uid, status=status))
    return made


def test_among_very_many_tracks_open_boats_lie_on_top_and_none_has_a_halo() -> None:
    plot = a_plot(*crowd(is_last_open=True))
    scene = replace(a_scene(plot, view(STRAIT)), density_mode=DensityMode.LINES)
    image = drawn_by(scene, tracks.draw_lines)
    opened, closed = (track_style(plot.tracks[f"track-{n}"], DAY).colour for n in (200, 0))
    assert count_of(image, opened) > 100
    assert count_of(image, closed) == 0
    assert count_of(image, DAY.halo) == 0


def test_a_line_beyond_the_picture_on_both_sides_is_drawn_across_it() -> None:
    plot = a_plot(*crowd(is_last_open=False))
    scene = replace(a_scene(plot, view(STRAIT)), density_mode=DensityMode.LINES)
    near = replace(scene.viewport, m_per_px=20.0).centred_on(Position(1.55, 51.05))
    image = drawn_by(replace(scene, viewport=near), tracks.draw_lines)
    ink = (pixels(image)[..., :3] != pixels(drawn_by(scene))[0, 0, :3]).any(axis=-1)
    columns = np.flatnonzero(ink.any(axis=0))
    assert (columns[0], columns[-1]) == (0, ink.shape[1] - 1)
    assert all(second - first <= 5 for first, second in pairwise(columns)), "no more than a gap"
