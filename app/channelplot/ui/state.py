"""How the windows were left: last and recent plots, views, panels."""

import base64
import math
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray

from channelplot.chart.layers import ON_REQUEST
from channelplot.errors import InvalidPosition
from channelplot.geodesy.position import Position
from channelplot.settings import JsonFile, JsonValue

LAYOUT_VERSION: Final = 2
"""Raised when panels change so that an old layout would be wrong."""
MOST_RECENT: Final = 10


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
        view = self._views().get(str(plot))
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
        views = {path: view for path, view in self._views().items() if path in known}
        views[str(plot)] = [centre.lon_deg, centre.lat_deg, m_per_px]
        self._file.put({"views": views})

    def chart_lines_of(self, plot: Path) -> JsonValue:
        """Return the bearing lines and rings a plot was left with, None for none."""
        lines = self._file.get("chart_lines")
        return lines.get(str(plot)) if isinstance(lines, dict) else None

    def remember_chart_lines(self, plot: Path, lines: list[JsonValue]) -> None:
        """Keep the bearing lines and rings of a plot, while it is a recent one. Raises OSError."""
        known = {str(path) for path in self.recent_plots()}
        before = self._file.get("chart_lines")
        others = before if isinstance(before, dict) else {}
        kept = {path: each for path, each in others.items() if path in known}
        kept.pop(str(plot), None)
        if lines:
            kept[str(plot)] = lines
        self._file.put({"chart_lines": kept})

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

    def hidden_layers(self) -> frozenset[str]:
        """Return the codes of the chart layers that were hidden, or not asked for."""
        on_request = {layer.value for layer in ON_REQUEST}
        hidden = self._codes("hidden_layers") - on_request
        return hidden | (on_request - self._codes("requested_layers"))

    def remember_hidden_layers(self, layers: frozenset[str]) -> None:
        """Keep which chart layers are hidden. Raises OSError."""
        hidden: list[JsonValue] = [*sorted(layers)]
        requested: list[JsonValue] = [*sorted(each.value for each in ON_REQUEST - layers)]
        self._file.put({"hidden_layers": hidden, "requested_layers": requested})

    def are_all_reckoned(self) -> bool:
        """Return whether dead reckoning was on for all boats, not the selected one alone."""
        return self._file.get("all_reckoned") is True

    def remember_all_reckoned(self, is_on: bool) -> None:
        """Keep whether dead reckoning is on for all boats. Raises OSError."""
        self._file.put({"all_reckoned": is_on})

    def _codes(self, key: str) -> frozenset[str]:
        codes = self._file.get(key)
        return frozenset(map(str, codes)) if isinstance(codes, list) else frozenset()

    def _views(self) -> dict[str, JsonValue]:
        views = self._file.get("views")
        return views if isinstance(views, dict) else {}

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
