"""What is drawn stands where the view says that it is, to a part of a pixel."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from channelplot.chart.renderers import tracks
from channelplot.chart.viewport import Viewport
from channelplot.geodesy.position import Position
from helpers.builders import a_plot, a_report, a_track
from helpers.charts import a_scene
from helpers.images import drawn_by, pixels

SYMBOLS = 12
"""Positions that are tried at each scale."""
STEP_PX = 0.25
"""Stamps are put down to a quarter of a pixel of the screen."""


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize(("m_per_px", "lat_deg"), [(3.0, 48.2), (40.0, 50.9), (400.0, 52.1)])
def test_a_fix_is_drawn_around_its_position(
    qapp: QApplication, m_per_px: float, lat_deg: float, ratio: float
) -> None:
    random = np.random.default_rng(round(m_per_px * ratio))
    viewport = Viewport(0.0, 0.0, m_per_px, 120.0, 90.0).centred_on(Position(-1.234567, lat_deg))
    for x_px, y_px in random.uniform((30.0, 30.0), (90.0, 60.0), (SYMBOLS, 2)).tolist():
        position = viewport.position_at(x_px, y_px)
        assert position is not None
        plot = a_plot(a_track("A", [a_report("0210", position=position)]))
        scene = replace(a_scene(plot, viewport), device_pixel_ratio=ratio)
        drawn = pixels(drawn_by(scene, tracks.draw_symbols)).astype(np.int32)
        sea = pixels(drawn_by(scene)).astype(np.int32)
        ink = np.abs(drawn - sea).sum(axis=-1).astype(np.float64)
        assert ink.any(), "a symbol is drawn"
        rows, columns = np.indices(ink.shape)
        # The middle of the first pixel is half a pixel from the edge.
        middle_px = (
            np.array([((axis + 0.5) * ink).sum() / ink.sum() for axis in (columns, rows)]) / ratio
        )
        expected_px = np.array(viewport.pixel_of(position))
        assert np.abs(middle_px - expected_px).max() * ratio <= STEP_PX
