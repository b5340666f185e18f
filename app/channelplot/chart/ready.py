"""What a jump to another scale asks for, made while nothing else is to be drawn; no Qt.

Thinned copies of the coast and of the tracks are otherwise made when a scale is first shown, which
takes a tenth of a second for each.
"""

from channelplot.basemap.levels import COARSEST_BAND, finest_m_per_px
from channelplot.chart.cancel import Cancel
from channelplot.chart.placed import placed
from channelplot.chart.scene import Scene


def make_ready(scene: Scene, cancel: Cancel) -> None:
    """Make what other scales of a scene will need, unless it is there; not all if cancelled.

    Costs next to nothing once it is done.
    """
    if scene.levels is not None:
        for band in range(COARSEST_BAND + 1):
            if cancel.is_cancelled_at_rest():
                return
            scene.levels.at(finest_m_per_px(max(band, 1)) / (1.0 if band else 2.0))
    for block in placed(scene.plot).blocks:
        if cancel.is_cancelled_at_rest():
            return
        block.lines.make_ready(cancel)
