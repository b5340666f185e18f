"""The window moved from screen to screen: ``python -m helpers.window_on_screens PLOT``.

Run it in the ``environment`` of ``helpers.two_screens``. Prints a line of JSON for each screen
(``Moved``), from left to right.
"""

import json
import shutil
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TypedDict

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QScreen
from PySide6.QtWidgets import QApplication

from channelplot.chart.render_image import render_image
from channelplot.settings import config_folder
from channelplot.ui.main_window import MainWindow
from helpers.clock import FixedClock
from helpers.images import pixels
from helpers.operator import Operator

SIZE_PX = QSize(1280, 800)
PATIENCE_S = 30.0
SETTLES_S = 0.5
"""Docks that share a height find theirs in steps."""


class Moved(TypedDict):
    """Of a screen its ratio, and how many of its pixels the chart is wide.

    Differences are means over all pixels and channels, 0 to 255: of the chart to one drawn for
    this ratio; of one for ratio 1, enlarged, to the same; of all beside the chart to a window that
    was opened on this screen, and how large the part is that differs.
    """

    ratio: float
    chart_px: int
    chart_off: float
    enlarged_off: float
    panels_off: float
    panels_differ: float


def main() -> None:
    """Move one window over all screens, then open one on each of them."""
    app = QApplication(sys.argv[:1])
    plot, operator = Path(sys.argv[1]), Operator(app, FixedClock())
    before: list[tuple[Moved, QImage]] = []
    operator.opens(plot)
    for screen in app.screens():
        show_on(operator.window, screen)
        before.append(seen(operator.window))
    operator.closes()
    for screen, (moved, beside) in zip(app.screens(), before, strict=True):
        again = plot.with_name(f"{screen.name()}.gpkg")
        shutil.copy(plot, again)
        (config_folder() / "state.json").unlink()  # nothing is left of how the window was
        operator.opens(again)
        show_on(operator.window, screen)
        off = difference(beside, without_chart(operator.window))
        moved["panels_off"], moved["panels_differ"] = float(off.mean()), float((off > 0).mean())
        operator.closes()
        sys.stdout.write(json.dumps(moved) + "\n")


def show_on(window: MainWindow, screen: QScreen) -> None:
    """Show a window on a screen and wait until all of it has been drawn there."""
    window.show()
    window.windowHandle().setScreen(screen)
    window.move(screen.geometry().topLeft() + QPoint(20, 20))
    window.resize(SIZE_PX)
    window.panels.lay_out(SIZE_PX)
    canvas = window.desk.canvas
    start_s = time.monotonic()
    while not (
        canvas.devicePixelRatioF() == screen.devicePixelRatio()
        and window.size() == SIZE_PX
        and canvas.scene().basemap is not None
        and canvas.is_drawn
        and time.monotonic() > start_s + SETTLES_S
    ):
        assert time.monotonic() < start_s + PATIENCE_S, "the window is never drawn"
        QApplication.processEvents()
        time.sleep(0.005)


def seen(window: MainWindow) -> tuple[Moved, QImage]:
    """What shows on the screen that a window is on, and its picture without the chart."""
    canvas = window.desk.canvas
    scene = canvas.scene()
    ratio = canvas.devicePixelRatioF()
    shown = canvas.grab().toImage()
    drawn = render_image(scene)
    coarse = render_image(replace(scene, device_pixel_ratio=1.0))
    coarse.setDevicePixelRatio(1.0)
    how = Qt.TransformationMode.SmoothTransformation
    enlarged = coarse.scaled(drawn.size(), Qt.AspectRatioMode.IgnoreAspectRatio, how)
    moved = Moved(
        ratio=ratio,
        chart_px=shown.width(),
        chart_off=float(difference(shown, drawn).mean()),
        enlarged_off=float(difference(enlarged, drawn).mean()),
        panels_off=0.0,
        panels_differ=0.0,
    )
    return moved, without_chart(window)


def without_chart(window: MainWindow) -> QImage:
    """A picture of the window, black where the chart is."""
    image = window.grab().toImage()
    canvas = window.desk.canvas
    with QPainter(image) as painter:
        painter.fillRect(QRect(canvas.mapTo(window, QPoint()), canvas.size()), Qt.GlobalColor.black)
    return image


def difference(one: QImage, other: QImage) -> npt.NDArray[np.int16]:
    """How much two pictures of one size differ, in every pixel and channel."""
    assert one.size() == other.size(), f"{one.size()} and {other.size()}"
    apart = pixels(one).astype(np.int16) - pixels(other)
    return np.asarray(np.abs(apart), dtype=np.int16)


if __name__ == "__main__":
    main()
