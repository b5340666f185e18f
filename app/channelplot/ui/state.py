"""How the windows were left: last and recent plots, views, panels."""

import base64
import math
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray

from channelplot.chart.crowding import DensityMode
from channelplot.chart.layers import ON_REQUEST, Layering
from channelplot.errors import InvalidPosition
from channelplot.exchange.incoming.found import Encoding, SaidOfLayout
from channelplot.geodesy.position import Position
from channelplot.settings import JsonFile, JsonValue
from channelplot.ui import layers_memory

LAYOUT_VERSION: Final = 2
"""Raised when panels change so that an old layout would be wrong."""
MOST_RECENT: Final = 10
MOST_LAYOUTS: Final = 100
"""Of tables of others, whose columns and encoding are remembered."""


class WindowState:
    """Reads and writes state.json. What is missing or unreadable counts as never left."""

    def __init__(self, folder: Path) -> None:
        """Read the file, if there is one."""
        self._file = JsonFile(folder / "state.json")

    def recent_plots(self) -> tuple[Path, ...]:
        """Return the plots opened last, the latest first, whether they still exist or not."""
        recent = self._file.get("recent_plots")
        if not isinstance(recent, list):
            return ()
        return tuple(Path(path) for path in recent if isinstance(path, str))

    def remember_plot(self, path: Path) -> None:
        """Put a plot at the head of the recent ones. Raises OSError."""
        paths = [path, *(other for other in self.recent_plots() if other != path)]
        self._file.put({"recent_plots": [str(other) for other in paths[:MOST_RECENT]]})

    def view_of(self, plot: Path) -> tuple[Position, float] | None:
        """Return the centre and chart metres per pixel a plot was last seen at."""
        view = self._of_plots("views").get(str(plot))
        if not isinstance(view, list) or len(view) != 3:
            return None
        numbers = [float(value) for value in view if isinstance(value, int | float)]
        if len(numbers) != 3 or not math.isfinite(numbers[2]) or not numbers[2] > 0.0:
            return None
        try:
            return Position(numbers[0], numbers[1]), numbers[2]
        except InvalidPosition:
            return None

    def remember_view(self, plot: Path, centre: Position, m_per_px: float) -> None:
        """Keep what a plot is seen at. Raises OSError."""
        known = {str(path) for path in self.recent_plots()}
        views = {path: view for path, view in self._of_plots("views").items() if path in known}
        views[str(plot)] = [centre.lon_deg, centre.lat_deg, m_per_px]
        self._file.put({"views": views})

    def chart_lines_of(self, plot: Path) -> JsonValue:
        """Return the bearing lines and rings a plot was left with, None for none."""
        return self._of_plots("chart_lines").get(str(plot))

    def remember_chart_lines(self, plot: Path, lines: list[JsonValue]) -> None:
        """Keep the bearing lines and rings of a plot, while it is a recent one. Raises OSError."""
        self._remember_of_plot("chart_lines", plot, lines)

    def window(self) -> tuple[QByteArray, QByteArray] | None:
        """Return the window's geometry and its panels' layout."""
        if self._file.get("layout_version") != LAYOUT_VERSION:
            return None
        geometry, layout = self._bytes("geometry"), self._bytes("layout")
        return None if geometry is None or layout is None else (geometry, layout)

    def remember_window(self, geometry: QByteArray, layout: QByteArray) -> None:
        """Keep the window's geometry and its panels' layout. Raises OSError."""
        self._file.put(
            {
                "layout_version": LAYOUT_VERSION,
                "geometry": _as_text(geometry),
                "layout": _as_text(layout),
            }
        )

    def table(self, name: str) -> QByteArray | None:
        """Return how a panel's columns were left."""
        return self._bytes(f"table_{name}_{LAYOUT_VERSION}")

    def remember_table(self, name: str, header: QByteArray) -> None:
        """Keep how a panel's columns are. Raises OSError."""
        self._file.put({f"table_{name}_{LAYOUT_VERSION}": _as_text(header)})

    def layering(self) -> Layering:
        """Return how the layers of every plot were shown, as a desk begins if that is unknown."""
        kept = layers_memory.layering_from(self._file.get("layering"))
        if kept is not None:
            return kept
        hidden, requested = self._codes("hidden_layers"), self._codes("requested_layers")
        return layers_memory.layering_hiding((hidden - ON_REQUEST) | (ON_REQUEST - requested))

    def reference_views_of(self, plot: Path, layering: Layering) -> Layering:
        """Return a layering with the reference layers of a plot as they were left."""
        kept = self._of_plots("reference_views").get(str(plot))
        return layers_memory.with_references(layering, kept)

    def remember_layering(self, plot: Path, layering: Layering) -> None:
        """Keep how the layers are shown; the reference layers for their plot. Raises OSError."""
        self._file.put({"layering": layers_memory.own_views(layering)})
        views = layers_memory.reference_views(layering)
        if views or str(plot) in self._of_plots("reference_views"):
            self._remember_of_plot("reference_views", plot, views)

    def saved_views(self) -> JsonValue:
        """Return the views of the chart that are kept, by their number."""
        return self._file.get("saved_views")

    def remember_saved_views(self, views: dict[str, JsonValue]) -> None:
        """Keep views of the chart. Raises OSError."""
        self._file.put({"saved_views": views})

    def density_mode(self) -> DensityMode:
        """Return how crowded tracks were shown, as it suits the view if that is unknown."""
        kept = self._file.get("density_mode")
        return next((mode for mode in DensityMode if mode.value == kept), DensityMode.AUTO)

    def remember_density_mode(self, mode: DensityMode) -> None:
        """Keep how crowded tracks are shown. Raises OSError."""
        self._file.put({"density_mode": mode.value})

    def are_all_reckoned(self) -> bool:
        """Return whether dead reckoning was on for all boats, not the selected one alone."""
        return self._file.get("all_reckoned") is True

    def remember_all_reckoned(self, is_on: bool) -> None:
        """Keep whether dead reckoning is on for all boats. Raises OSError."""
        self._file.put({"all_reckoned": is_on})

    def sheet_choices(self) -> JsonValue:
        """Return what was chosen for sheets last, None for never anything."""
        return self._file.get("sheet_choices")

    def remember_sheet_choices(self, choices: dict[str, JsonValue]) -> None:
        """Keep what is chosen for sheets. Raises OSError."""
        self._file.put({"sheet_choices": choices})

    def import_layout(self, layout_key: str) -> SaidOfLayout:
        """Return what was said of a layout of tables: which column holds which field, and more."""
        kept = self._import_layouts().get(layout_key)
        if not isinstance(kept, dict):
            return SaidOfLayout()
        columns, encoding = kept.get("columns"), kept.get("encoding")
        return SaidOfLayout(
            columns={
                field: column
                for field, column in (columns if isinstance(columns, dict) else {}).items()
                if isinstance(column, str)
            },
            encoding=next((each for each in Encoding if each.value == encoding), None),
        )

    def remember_import_layout(self, layout_key: str, said: SaidOfLayout) -> None:
        """Keep what was said of a layout of tables, as the latest. Raises OSError."""
        kept = dict(self._import_layouts())
        kept.pop(layout_key, None)
        told: dict[str, JsonValue] = {"columns": dict(said.columns)}
        if said.encoding is not None:
            told["encoding"] = said.encoding.value
        kept[layout_key] = told
        self._file.put({"import_layouts": dict(list(kept.items())[-MOST_LAYOUTS:])})

    def _import_layouts(self) -> dict[str, JsonValue]:
        kept = self._file.get("import_layouts")
        return kept if isinstance(kept, dict) else {}

    def _of_plots(self, key: str) -> dict[str, JsonValue]:
        kept = self._file.get(key)
        return kept if isinstance(kept, dict) else {}

    def _remember_of_plot(self, key: str, plot: Path, values: list[JsonValue]) -> None:
        """Keep something of a plot, and of the others what is of a recent one."""
        known = {str(path) for path in self.recent_plots()}
        kept = {path: each for path, each in self._of_plots(key).items() if path in known}
        kept.pop(str(plot), None)
        if values:
            kept[str(plot)] = values
        self._file.put({key: kept})

    def _codes(self, key: str) -> frozenset[str]:
        codes = self._file.get(key)
        return frozenset(map(str, codes)) if isinstance(codes, list) else frozenset()

    def _bytes(self, key: str) -> QByteArray | None:
        text = self._file.get(key)
        if not isinstance(text, str):
            return None
        try:
            return QByteArray(base64.b64decode(text, validate=True))
        except ValueError:
            return None


def _as_text(data: QByteArray) -> str:
    return base64.b64encode(data.data()).decode("ascii")
