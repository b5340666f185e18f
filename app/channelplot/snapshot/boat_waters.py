"""Whose waters the boats of a list were last in, as on the panel: ``FR``, ``UK?``."""

import functools
from collections.abc import Iterable, Mapping

from channelplot.analysis.whose_waters import WatersBasis, WatersChart
from channelplot.basemap.basemap import Basemap
from channelplot.basemap.boundary import boundary_limit
from channelplot.basemap.land import Land
from channelplot.chart.wording import state_letters
from channelplot.model.plot import Plot
from channelplot.model.track import Track


def waters_of_boats(
    tracks: Iterable[Track], plot: Plot, basemap: Basemap | None
) -> Mapping[str, str]:
    """Return whose waters each track's last position is in, by uid; with ? where indicative.

    A dash for nobody's; nothing for a track without a position. basemap: without it only limits
    answer. Raises BasemapError if the boundary's file is damaged.
    """
    coast = None if basemap is None else _land(basemap)
    chart = WatersChart(boundary_limit(), plot.limits.values(), coast)
    return {
        track.uid: _text(chart, track)
        for track in tracks
        if track.last_placed is not None
    }  # fmt: skip


def _text(chart: WatersChart, track: Track) -> str:
    last = track.last_placed
    assert last is not None, "asked of tracks with a place"
    assert last.position is not None, "a report that is placed has a position"
    state, basis, is_legal = chart.state_and_basis(last.position)
    if basis is WatersBasis.UNKNOWN:
        return ""
    return state_letters(state) + ("" if is_legal or state is None else "?")


@functools.lru_cache(maxsize=1)
def _land(basemap: Basemap) -> Land:
    """Return the coast made ready, which takes a tenth of a second."""
    return Land(basemap)
