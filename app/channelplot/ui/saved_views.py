"""Nine views of the chart that a desk keeps: centre, scale and how the layers show."""

import contextlib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QObject, Signal

from channelplot.basemap.places import Place
from channelplot.chart.canvas import ChartCanvas
from channelplot.chart.layers import Layering
from channelplot.chart.viewport import Viewport
from channelplot.errors import InvalidPosition
from channelplot.geodesy.position import Position
from channelplot.settings import JsonValue
from channelplot.ui.chart_layers import ChartLayers
from channelplot.ui.layers_memory import as_values, layering_from
from channelplot.ui.state import WindowState

NUMBERS: Final = range(1, 10)
LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class SavedView:
    """A part of the chart with its layers, by a name. m_per_px: chart metres per pixel."""

    name: str
    centre: Position
    m_per_px: float
    layering: Layering


class SavedViews(QObject):
    """The views by their number, 1 to 9.

    Signal: changed(), when one is kept, renamed or removed.
    """

    changed = Signal()

    def __init__(
        self, parent: QObject, canvas: ChartCanvas, layers: ChartLayers, state: WindowState
    ) -> None:
        """Start with those that were kept."""
        super().__init__(parent)
        self._canvas = canvas
        self._layers = layers
        self._state = state
        self._views = views_from(state.saved_views())

    def view(self, number: int) -> SavedView | None:
        """Return a view, None where none is kept."""
        return self._views.get(number)

    def save(self, number: int, name: str) -> SavedView:
        """Keep the chart as it shows now, in the place of what was kept there."""
        viewport = self._canvas.viewport
        saved = SavedView(name, viewport.centre, viewport.m_per_px, self._layers.layering)
        self._keep({**self._views, number: saved})
        return saved

    def recall(self, number: int) -> SavedView | None:
        """Show the chart as it was kept, in the window's own size; None where nothing is."""
        kept = self.view(number)
        if kept is not None:
            view = self._canvas.viewport.centred_on(kept.centre)
            factor = view.m_per_px / kept.m_per_px
            view = view.zoomed(factor, view.width_px / 2.0, view.height_px / 2.0)
            self._canvas.set_viewport(view)
            self._layers.recall(kept.layering)
        return kept

    def rename(self, number: int, name: str) -> None:
        """Give a view another name; one without a letter changes nothing."""
        kept, name = self.view(number), name.strip()[:LONGEST_NAME]
        if kept is not None and name and name != kept.name:
            self._keep({**self._views, number: replace(kept, name=name)})

    def remove(self, number: int) -> None:
        """Keep nothing under a number any more."""
        if number in self._views:
            self._keep({n: kept for n, kept in self._views.items() if n != number})

    def _keep(self, views: Mapping[int, SavedView]) -> None:
        self._views = dict(views)
        with contextlib.suppress(OSError):  # they are kept until the program ends
            self._state.remember_saved_views(as_json(self._views))
        self.changed.emit()


def view_place(viewport: Viewport, places: Iterable[Place]) -> str:
    """Return the place a view is best known by, "" where it shows none.

    The largest in the middle of it, else the one nearest to its centre.
    """
    shown = [place for place in places if viewport.contains(place.position)]
    middle = viewport.widened(-viewport.width_px / 4.0, -viewport.height_px / 4.0)
    central = [place for place in shown if middle.contains(place.position)]
    if central:
        return max(central, key=lambda place: place.population).name
    x_px, y_px = viewport.width_px / 2.0, viewport.height_px / 2.0

    def off_centre_px(place: Place) -> float:
        at_x_px, at_y_px = viewport.pixel_of(place.position)
        return math.hypot(at_x_px - x_px, at_y_px - y_px)

    return min(shown, key=off_centre_px).name if shown else ""


def as_json(views: Mapping[int, SavedView]) -> dict[str, JsonValue]:
    """Return the views as plain values, by their number as text."""
    return {
        str(number): {
            "name": kept.name,
            "centre": [kept.centre.lon_deg, kept.centre.lat_deg],
            "m_per_px": kept.m_per_px,
            "layering": as_values(kept.layering.views),
        }
        for number, kept in sorted(views.items())
    }


def views_from(values: JsonValue) -> dict[int, SavedView]:
    """Return the views that plain values tell of; what is none is passed over."""
    found: dict[int, SavedView] = {}
    for number in NUMBERS:
        each = values.get(str(number)) if isinstance(values, dict) else None
        kept = _view_from(each) if isinstance(each, dict) else None
        if kept is not None:
            found[number] = kept
    return found


def _view_from(values: dict[str, JsonValue]) -> SavedView | None:
    name, centre, m_per_px = (values.get(key) for key in ("name", "centre", "m_per_px"))
    layering = layering_from(values.get("layering"))
    if not isinstance(name, str) or not isinstance(centre, list) or layering is None:
        return None
    numbers = [float(each) for each in (*centre, m_per_px) if isinstance(each, int | float)]
    if len(numbers) != 3 or not all(map(math.isfinite, numbers)) or numbers[2] <= 0.0:
        return None
    try:
        position = Position(numbers[0], numbers[1])
    except InvalidPosition:
        return None
    return SavedView(name[:LONGEST_NAME], position, numbers[2], layering)
