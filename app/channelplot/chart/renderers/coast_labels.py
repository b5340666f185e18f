"""Names of stretches of coast, along a smoothed line beside the shore, as charts letter them."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtGui import QFont

from channelplot.basemap.coast_names import CoastName, Side
from channelplot.chart.curved_text import beside, even_points, lengths_px, set_along, smoothed
from channelplot.chart.fonts import chart_font
from channelplot.chart.layers import Layer
from channelplot.chart.renderers.curved_label import CurvedLabel, advances_px, glyph_boxes
from channelplot.chart.renderers.measures import font_measures
from channelplot.chart.renderers.text_line import TextLine
from channelplot.chart.scene import Scene
from channelplot.chart.viewport import Viewport
from channelplot.geodesy.projection import to_chart_m

if TYPE_CHECKING:
    from channelplot.basemap.levels import Levels

RANK: Final = 4.7
"""After what is plotted and the limits, before the places: those have eight sides to go to."""
LARGE_PX: Final = 420.0
MIDDLE_PX: Final = 190.0
LARGE_PT: Final = 13.0
MIDDLE_PT: Final = 11.0
SMALL_PT: Final = 9.5
"""The size goes by how long the stretch is on the chart."""
TIGHTEST: Final = 0.12
WIDEST: Final = 1.0
"""Times a capital's height: letters are spaced wider the longer the stretch is."""
FILLED: Final = 0.55
"""How much of its stretch a name takes as far as the spacing allows."""
OFFS: Final = (1.0, 1.7, 2.6, 0.5, 4.0, 6.0)
OFF_SHARE: Final = 0.04
OFF_RANGE_PX: Final = (7.0, 34.0)
"""How far off the coast a name may stand, clear of its letters, best first: times a share of the
length of its stretch, within a range."""
OFF_COST: Final = 8.0
SLIDE_COST: Final = 40.0
SLIDES: Final = 9
AGAIN_PX: Final = 700.0
"""On a stretch that is much longer than the picture there is a place for its name so often."""
MOST_SLIDES: Final = 41
FILLED_AND_SMOOTHED: Final = ((FILLED, 0.28), (0.0, 0.28), (0.0, 0.6))
"""How wide a name is spaced, and how much of its length is smoothed: bends shorter than that are
not followed. The next is tried where a stretch is too crooked for the one before."""
NEAR_PX: Final = 200.0
"""A name stands no farther than this from its line."""


@dataclass(frozen=True, slots=True, eq=False)
class _Setting:
    """A name as it may stand at one scale.

    places: (k, g, 3) as a curved label has them, but counted from the origin of the chart; bounds:
    (k, 4) boxes around each place, costs: (k,).
    """

    font: QFont
    places: npt.NDArray[np.float64]
    bounds: npt.NDArray[np.float64]
    costs: npt.NDArray[np.float64]


def coast_labels(scene: Scene) -> Iterator[CurvedLabel]:
    """Yield the names of the stretches of coast of which a place is in the picture."""
    if scene.basemap is None or not scene.shows(Layer.PLACES):
        return
    viewport, palette = scene.viewport, scene.palette
    denominator = viewport.scale_denominator()
    origin_px = viewport.pixels_of_m(np.zeros((1, 2)))[0]
    size_px = np.array((viewport.width_px, viewport.height_px))
    for name in scene.basemap.coast_names:
        if not name.is_written_at(denominator):
            continue
        if not _is_near(name, viewport):
            continue
        setting = _setting(name, scene.levels, viewport.m_per_px, scene.text_factor)
        low, high = setting.bounds[:, :2] + origin_px, setting.bounds[:, 2:] + origin_px
        is_seen = ((high > 0.0) & (low < size_px)).all(axis=1)
        if not is_seen.any():
            continue
        is_cut = ((low < 0.0) | (high > size_px)).any(axis=1)
        colour = palette.place_text if name.side is Side.LAND else palette.water_text
        yield CurvedLabel(
            TextLine(name.name, setting.font, colour),
            setting.places[is_seen] + (*origin_px, 0.0),
            np.where(is_cut, np.inf, setting.costs)[is_seen],
            (RANK, name.name),
        )


@functools.lru_cache(maxsize=512)
def _setting(
    name: CoastName, levels: "Levels | None", m_per_px: float, text_factor: float
) -> _Setting:
    """Return how a name may stand at a scale, whatever part of the chart is looked at."""
    line_px = _line_m(name) / (m_per_px, -m_per_px)
    length_px = float(lengths_px(line_px)[-1])
    size_pt = (
        LARGE_PT if length_px >= LARGE_PX else MIDDLE_PT if length_px >= MIDDLE_PX else SMALL_PT
    )
    font = chart_font(size_pt * text_factor, is_italic=True, is_tabular=False)
    advances = advances_px(TextLine(name.name, font, ""))
    capital_px = font_measures(font).capital_px
    for filled, smoothing in FILLED_AND_SMOOTHED:
        spacing_px = _spacing_px(advances, filled * length_px, capital_px)
        width_px = float(advances.sum()) + spacing_px * (len(advances) - 1)
        if width_px > length_px:
            continue
        smooth_px = smoothed(line_px, smoothing * width_px)
        places, costs = _places(name.side, smooth_px, advances, spacing_px, capital_px)
        if not len(places):
            continue
        boxes = glyph_boxes(places, advances, capital_px)
        bounds = np.concatenate((boxes[..., :2].min(axis=1), boxes[..., 2:].max(axis=1)), axis=1)
        fits = _stands_right(name.side, levels, m_per_px, boxes, bounds)
        if fits.any():
            return _Setting(font, places[fits], bounds[fits], costs[fits])
    return _Setting(font, np.empty((0, len(advances), 3)), np.empty((0, 4)), np.empty(0))


def _spacing_px(advances: npt.NDArray[np.float64], wanted_px: float, capital_px: float) -> float:
    """Return what is kept between two letters so that the name is as long as wanted, if it may."""
    gaps = max(1, len(advances) - 1)
    wanted = (wanted_px - float(advances.sum())) / gaps
    return float(np.clip(wanted, TIGHTEST * capital_px, WIDEST * capital_px))


def _places(
    side: Side,
    smooth_px: npt.NDArray[np.float64],
    advances: npt.NDArray[np.float64],
    spacing_px: float,
    capital_px: float,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return where the letters may stand beside a smoothed line, (k, g, 3), and costs, (k,)."""
    width_px = float(advances.sum()) + spacing_px * (len(advances) - 1)
    length_px = float(lengths_px(smooth_px)[-1])
    base_px = float(np.clip(OFF_SHARE * length_px, *OFF_RANGE_PX))
    found: list[npt.NDArray[np.float64]] = []
    costs: list[npt.NDArray[np.float64]] = []
    for number, off in enumerate(OFFS if side is not Side.ON else (0.0,)):
        curve_px = _baseline(smooth_px, side, off * base_px, capital_px)
        curve_length_px = float(lengths_px(curve_px)[-1])
        slides = _slides(curve_length_px, width_px)
        places, fits = set_along(curve_px, curve_length_px * (0.5 + slides), advances, spacing_px)
        found.append(places[fits])
        costs.append((OFF_COST * number + SLIDE_COST * 2.0 * np.abs(slides))[fits])
    return np.concatenate(found), np.concatenate(costs)


def _is_near(name: CoastName, viewport: Viewport) -> bool:
    """Return whether a place of the name might be in the picture."""
    line_px = viewport.pixels_of_m(_line_m(name))
    low, high = line_px.min(axis=0) - NEAR_PX, line_px.max(axis=0) + NEAR_PX
    return bool((high > 0.0).all() and (low < (viewport.width_px, viewport.height_px)).all())


@functools.cache
def _line_m(name: CoastName) -> npt.NDArray[np.float64]:
    return to_chart_m(name.line_deg)


def _baseline(
    smooth_px: npt.NDArray[np.float64], side: Side, off_px: float, capital_px: float
) -> npt.NDArray[np.float64]:
    """Return the curve that the letters stand on, so far off the coast at their nearest edge.

    The land is on the left of the line; letters reach up from the baseline, which is towards the
    land where they stand below the coast in the picture.
    """
    runs_right = bool(smooth_px[-1, 0] > smooth_px[0, 0])
    if side is Side.ON:
        return beside(smooth_px, -capital_px / 2.0 if runs_right else capital_px / 2.0)
    is_left = side is Side.LAND
    # Letters reach to the left hand of a line that runs to the right.
    reach_px = capital_px if runs_right != is_left else capital_px * 0.3
    distance_px = off_px + reach_px
    return even_points(beside(smooth_px, distance_px if is_left else -distance_px))


def _slides(length_px: float, width_px: float) -> npt.NDArray[np.float64]:
    """Return how far from the curve's middle a name may stand, as shares of the curve."""
    spare = max(0.0, (length_px - width_px) / length_px) / 2.0
    count = int(np.clip(2 * (spare * length_px // AGAIN_PX) * 3 + 1, SLIDES, MOST_SLIDES))
    return np.linspace(-spare, spare, count)


def _stands_right(
    side: Side,
    levels: "Levels | None",
    m_per_px: float,
    boxes: npt.NDArray[np.float64],
    bounds: npt.NDArray[np.float64],
) -> npt.NDArray[np.bool_]:
    """Return which places have all their letters on the sea, or all on land for a name there."""
    if levels is None:
        return np.ones(len(boxes), dtype=np.bool_)
    low, high = bounds[:, :2].min(axis=0), bounds[:, 2:].max(axis=0)
    bounds_m = (low[0] * m_per_px, -high[1] * m_per_px, high[0] * m_per_px, -low[1] * m_per_px)
    land = levels.at(m_per_px).land_in(bounds_m)
    middles = (boxes[..., :2] + boxes[..., 2:]) / 2.0
    edges = np.concatenate(
        [np.stack((middles[..., 0], boxes[..., row]), axis=-1) for row in (1, 3)]
        + [np.stack((boxes[..., column], middles[..., 1]), axis=-1) for column in (0, 2)],
        axis=1,
    )
    edges_m = edges.reshape(-1, 2) * (m_per_px, -m_per_px)
    is_land = np.zeros(len(edges_m), dtype=np.bool_)
    if len(land):
        points = np.asarray(shapely.points(edges_m))
        is_land[shapely.STRtree(land).query(points, predicate="intersects")[0]] = True
    by_place = is_land.reshape(len(boxes), -1)
    return np.asarray(by_place.all(axis=1) if side is Side.LAND else ~by_place.any(axis=1))
