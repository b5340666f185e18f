"""What is written beside the things of the chart itself: places, marks, the boundary."""

import functools
import math
from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import shapely

from channelplot.chart.fonts import CHART_SIZE_PT, chart_font
from channelplot.chart.language import in_each_language, translate
from channelplot.chart.layers import Layer
from channelplot.chart.renderers import boundary
from channelplot.chart.renderers.along import spots_along
from channelplot.chart.renderers.label import LineLabel, PointLabel, not_saved_text
from channelplot.chart.renderers.marks import shown_marks
from channelplot.chart.renderers.measures import text_width_px
from channelplot.chart.renderers.panels import panels_px
from channelplot.chart.renderers.symbols import MARK_PX
from channelplot.chart.renderers.text_line import TextLine
from channelplot.chart.scene import Scene
from channelplot.geodesy.projection import to_chart_m

if TYPE_CHECKING:
    from channelplot.basemap.basemap import Basemap

BOUNDARY_RANK: Final = 3.0
PLOT_MARK_RANK: Final = 4.5
PLACE_RANK: Final = 5.0
MARK_RANK: Final = 6.0
"""Which labels are placed first; plot_labels.py has the ranks between."""
MARK_NAMES_BELOW_M_PER_PX: Final = 30.0
"""Chart metres; about 1:70,000 in the Strait. Further out a mark has its code alone."""
TOWN_PEOPLE: Final = 5_000.0
TOWN_M_PER_PX: Final = 80.0
_POPULATION_POWER: Final = 1.1
"""Towns of 5,000 show from 80 m/px on; with each tenfold smaller scale, 12 times larger ones."""
COASTAL_DEG: Final = 0.03
"""Two to six kilometres from the coast; the places themselves are good to one."""
COASTAL_WEIGHT: Final = 6.0
CITY_PEOPLE: Final = 100_000
CITY_SIZE_PT: Final = 10.5
LARGEST_PEOPLE: Final = 1_000_000
LARGEST_SIZE_PT: Final = 12.5
PLACE_ROOM_PX: Final = (84.0, 30.0)
"""Across and down: a place as near as this to a weightier one is not named."""
COASTAL_ROOM: Final = 0.6
"""Times this on the coast, where the names have the sea to stand on."""
PLACE_DOT_PX: Final = 1.8
_AROUND: Final = tuple(product((-1, 0, 1), repeat=2))
_ENDS_PX: Final = 8.0
"""Kept free of the boundary's name at both ends of a straight stretch."""


def smallest_place(m_per_px: float) -> float:
    """Return how many people a place must have to be named at a scale (chart metres per px)."""
    return TOWN_PEOPLE * math.pow(m_per_px / TOWN_M_PER_PX, _POPULATION_POWER)


def place_labels(scene: Scene) -> Iterator[PointLabel]:
    """Yield the names of places, those that matter most first; none whose dot a panel hides."""
    if scene.basemap is None or not scene.shows(Layer.PLACES):
        return
    viewport = scene.viewport
    numbers, points_m = named_places(scene.basemap, viewport.m_per_px)
    points_px = viewport.pixels_of_m(points_m)
    inside = (points_px >= 0.0) & (points_px <= (viewport.width_px, viewport.height_px))
    shows = inside.all(axis=1)
    for panel in panels_px(scene):
        shows &= ~((points_px > panel[:2]) & (points_px < panel[2:])).all(axis=1)
    for row in np.flatnonzero(shows):
        place = scene.basemap.places[numbers[row]]
        size_pt = CITY_SIZE_PT if place.population >= CITY_PEOPLE else CHART_SIZE_PT
        if place.population >= LARGEST_PEOPLE:
            size_pt = LARGEST_SIZE_PT
        font = chart_font(scene.size_pt(size_pt), is_tabular=False)
        yield PointLabel(
            float(points_px[row, 0]),
            float(points_px[row, 1]),
            (TextLine(place.name, font, scene.palette.place_text),),
            (PLACE_RANK, float(row), place.name),
            reach_px=PLACE_DOT_PX + 1.0,
            dot_px=PLACE_DOT_PX,
            key=("place", str(numbers[row])),
        )


@functools.lru_cache(maxsize=16)
def named_places(
    basemap: "Basemap", m_per_px: float
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Return which places may be named at a scale, by weight, and where they are.

    Numbers of ``basemap.places``, and (n, 2) chart metres. A place close to a weightier
    one is left out, whatever is in view: so the choice stays the same while it is panned.
    """
    points_m, weights, coastal = _weighed_places(basemap)
    large = np.flatnonzero(weights >= smallest_place(m_per_px))
    order = large[np.argsort(-weights[large], kind="stable")]
    # In cells as large as the room around a place.
    places = points_m[order] / (np.array(PLACE_ROOM_PX) * m_per_px)
    kept: dict[tuple[int, int], list[tuple[float, float]]] = {}
    numbers: list[int] = []
    for number, (x, y) in zip(order.tolist(), places.tolist(), strict=True):
        column, row = math.floor(x), math.floor(y)
        room = COASTAL_ROOM if coastal[number] else 1.0
        around = [at for right, up in _AROUND for at in kept.get((column + right, row + up), ())]
        if all(abs(at[0] - x) >= room or abs(at[1] - y) >= room for at in around):
            kept.setdefault((column, row), []).append((x, y))
            numbers.append(number)
    chosen = np.array(numbers, dtype=np.int64)
    return chosen, points_m[chosen]


@functools.lru_cache(maxsize=2)
def _weighed_places(
    basemap: "Basemap",
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Return where all places are, how much each matters, and which are on the coast.

    In (n, 2) chart metres and in people. Who looks at this chart looks at the sea: a place on the
    coast counts several times.
    """
    places_deg = np.array(
        [(place.position.lon_deg, place.position.lat_deg) for place in basemap.places]
    ).reshape(-1, 2)
    weights = np.array([float(place.population) for place in basemap.places])
    coastal = _is_coastal(places_deg, shapely.get_coordinates(basemap.coastline))
    weights[coastal] *= COASTAL_WEIGHT
    return to_chart_m(places_deg), weights, coastal


def _is_coastal(
    places_deg: npt.NDArray[np.float64], coast_deg: npt.NDArray[np.float64]
) -> npt.NDArray[np.bool_]:
    """Return which places have a vertex of the coast in their cell or one beside it."""
    coast_cells = np.sort(_cell_numbers(np.floor(coast_deg / COASTAL_DEG)))
    cells = np.floor(places_deg / COASTAL_DEG)
    coastal = np.zeros(len(places_deg), dtype=np.bool_)
    if not len(coast_cells):
        return coastal
    for step in product((-1.0, 0.0, 1.0), repeat=2):
        wanted = _cell_numbers(cells + np.array(step))
        first = np.searchsorted(coast_cells, wanted)
        coastal |= coast_cells[np.minimum(first, len(coast_cells) - 1)] == wanted
    return coastal


def _cell_numbers(cells: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Return one number for each cell (column, row); columns go round the Earth at most."""
    return (cells[:, 1] * (2.0 * 360.0 / COASTAL_DEG) + cells[:, 0]).astype(np.int64)


def mark_labels(scene: Scene) -> Iterator[PointLabel]:
    """Yield the codes of the marks, with their names where the scale is close.

    Those of the plot are bold: they can be selected, and no register stands for them.
    """
    size_pt = scene.size_pt(CHART_SIZE_PT)
    shows_names = scene.viewport.m_per_px <= MARK_NAMES_BELOW_M_PER_PX
    for mark, x_px, y_px in shown_marks(scene):
        is_of_plot = mark.uid in scene.plot.marks
        font = chart_font(size_pt, is_bold=is_of_plot, is_tabular=False)
        code = not_saved_text(mark.code) if mark.uid in scene.pending_uids else mark.code
        lines = [TextLine(code, font, scene.palette.mark_text)]
        if shows_names and mark.name != mark.code:
            name_font = chart_font(size_pt, is_tabular=False)
            lines.append(TextLine(mark.name, name_font, scene.palette.mark_text))
        yield PointLabel(
            x_px,
            y_px,
            tuple(lines),
            (PLOT_MARK_RANK if is_of_plot else MARK_RANK, mark.code, mark.uid),
            reach_px=MARK_PX,
            key=("mark", mark.uid),
        )


def boundary_labels(scene: Scene) -> Iterator[LineLabel]:
    """Yield the boundary's name in each language, along the longest straight stretches in view."""
    if scene.basemap is None or not scene.shows(Layer.BOUNDARY):
        return
    viewport = scene.viewport
    font = chart_font(scene.size_pt(CHART_SIZE_PT), is_italic=True, is_tabular=False)
    rect = (0.0, 0.0, viewport.width_px, viewport.height_px)
    line_px = boundary.line_px(scene)
    for text in in_each_language(_boundary_name):
        half_px = text_width_px(text, font) / 2.0 + _ENDS_PX
        spots = spots_along(line_px, rect, half_px)
        if spots:
            line = TextLine(text, font, scene.palette.boundary_text)
            places = [(spot.x_px, spot.y_px, spot.angle_deg) for spot in spots]
            yield LineLabel(line, places, (BOUNDARY_RANK, text))


def _boundary_name() -> str:
    return translate("chart", "UK / France boundary 1988")
