"""The list of layers on a real screen: ``python -m helpers.layers_on_screen PLOT``.

Prints a line of JSON (``Listed``) once the list shows, and whenever it has changed.
"""

import json
import sys
from pathlib import Path
from typing import TypedDict

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from channelplot.chart.layers import Layer
from channelplot.cli.gui import build_window
from channelplot.settings import Settings, Watch, config_folder
from channelplot.ui.main_window import MainWindow
from helpers.clock import FixedClock

LOOKS_EVERY_MS = 60


class Listed(TypedDict):
    """The layers from the top of the chart; of those in sight where the row's name is on the
    screen; which one is selected; how high a row is."""

    order: list[str]
    places: dict[str, tuple[int, int]]
    selected: str
    row_px: int


def listed(window: MainWindow) -> Listed:
    """How the list of layers stands."""
    panel = window.panels.layers
    viewport = panel.table.viewport()
    places = {}
    for layer in Layer:
        row = panel.model.row_of(layer)
        assert row is not None, "every layer is listed"
        at = panel.table.visualRect(panel.model.index(row, 0)).center()
        if viewport.rect().contains(at):
            there = viewport.mapToGlobal(at)
            places[str(layer)] = (there.x(), there.y())
    return Listed(
        order=[str(row.view.layer) for row in panel.model.rows],
        places=places,
        selected=panel.current,
        row_px=panel.table.rowHeight(0),
    )


def main() -> None:
    """Open the window with the list of layers, until it is closed."""
    app = QApplication(sys.argv[:1])
    clock = FixedClock()
    Settings(config_folder()).begin_watch(Watch("M. Petit", clock()))  # else it is asked for
    window = build_window(app, Path(sys.argv[1]), clock)
    window.show()
    told = ""

    def look() -> None:
        nonlocal told
        now = json.dumps(listed(window))
        if now != told and window.desk.canvas.is_drawn:
            told = now
            sys.stdout.write(now + "\n")
            sys.stdout.flush()

    QTimer.singleShot(0, window, window.panels.go_to_layers)
    timer = QTimer(window)
    timer.timeout.connect(look)
    timer.start(LOOKS_EVERY_MS)
    app.exec()


if __name__ == "__main__":
    main()
