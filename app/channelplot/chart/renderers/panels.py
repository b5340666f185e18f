"""Where panels lie over the chart on the screen: what is written keeps clear of them."""

from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.chart.renderers import conditions_note, density, scale_bar, unreckoned_note
from channelplot.chart.renderers import credits as credit_line
from channelplot.chart.scene import Scene

CLEAR_PX: Final = 4.0
"""Kept free around a panel."""


def panels_px(scene: Scene) -> npt.NDArray[np.float64]:
    """Return the boxes of the panels that are drawn over a scene, with room around, (n, 4) px.

    In pixels of the scene's picture, which may show more than the screen does; none for a scene
    that is on no screen.
    """
    if scene.on_screen is None:
        return np.empty((0, 4))
    shown = replace(scene, viewport=scene.on_screen)
    panels = [
        panel
        for panel in (
            scale_bar.panel_px(shown),
            conditions_note.panel_px(shown),
            unreckoned_note.panel_px(shown),
            credit_line.panel_px(shown),
            density.legend_px(shown),
        )
        if panel is not None
    ]
    boxes = np.array([(box.left(), box.top(), box.right(), box.bottom()) for box in panels])
    corner_px = scene.viewport.pixels_of_m(np.array([scene.on_screen.bounds_m()[::3]]))
    outwards = CLEAR_PX * np.array((-1.0, -1.0, 1.0, 1.0))
    return np.asarray(boxes + outwards + np.tile(corner_px, 2), dtype=np.float64)
