"""A chart shown on one screen after another: ``python -m helpers.two_screens``.

Run it in an ``environment``. Prints a line of JSON for each screen (``Seen``), from left to right.
"""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from channelplot.chart.canvas import ChartCanvas
from channelplot.chart.palette import DAY
from channelplot.ui.icons import icon
from helpers.charts import basemap, levels, night_plot

WIDTH_PX, HEIGHT_PX = 640, 400
FRAME_PX = 40
"""More than the frame on the left is wide."""
PATIENCE_S = 20.0


class Seen(TypedDict):
    """Of a screen its ratio; of the chart's pictures their ratios and the widest one's pixels; of
    an icon that is 18 wide its pixels; of the frame on the left its pixels up to the chart, and the
    colours in them."""

    ratio: float
    picture_ratios: list[float]
    widest_px: int
    icon_px: int
    frame_px: int
    frame_colours: list[str]


def environment(folder: Path, ratios: Sequence[float]) -> dict[str, str]:
    """Return what tells Qt of screens side by side, each with so many pixels to one of its own."""
    screens = [
        {
            "name": f"screen-{number}",
            "x": number * 2000,
            "y": 0,
            "width": 1800,
            "height": 1200,
            "logicalDpi": 96,
            "logicalBaseDpi": 96,
            "dpr": 1,
        }
        for number in range(len(ratios))
    ]
    path = folder / "screens.json"
    path.write_text(json.dumps({"screens": screens}), encoding="utf-8")
    factors = ";".join(f"screen-{number}={ratio}" for number, ratio in enumerate(ratios))
    return {
        "QT_QPA_PLATFORM": f"offscreen:configfile={path}",
        "QT_SCREEN_SCALE_FACTORS": factors,
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }


def main() -> None:
    """Show the Strait on every screen there is."""
    app = QApplication(sys.argv[:1])
    canvas = ChartCanvas()
    canvas.resize(WIDTH_PX, HEIGHT_PX)
    canvas.set_basemap(basemap(), levels())
    canvas.set_plot(night_plot())
    for screen in app.screens():
        canvas.show()
        canvas.windowHandle().setScreen(screen)
        canvas.move(screen.geometry().topLeft())
        canvas.resize(WIDTH_PX, HEIGHT_PX)
        _wait(canvas, screen.devicePixelRatio())
        images = [each.image for each in canvas._drawing._pictures._pictures.values()]
        drawn = [image for image in images if not image.isNull()]
        shown = canvas.grab().toImage()
        edge = round(FRAME_PX * canvas.devicePixelRatioF())
        row = [shown.pixelColor(x, shown.height() // 3).name() for x in range(edge)]
        frame_px = edge - row[::-1].index(DAY.text)
        seen = Seen(
            ratio=canvas.devicePixelRatioF(),
            picture_ratios=sorted({image.devicePixelRatio() for image in drawn}),
            widest_px=max(image.width() for image in drawn),
            icon_px=icon("home").pixmap(QSize(18, 18), canvas.devicePixelRatioF()).width(),
            frame_px=frame_px,
            frame_colours=sorted(set(row[:frame_px])),
        )
        sys.stdout.write(json.dumps(seen) + "\n")
    canvas.close()


def _wait(canvas: ChartCanvas, ratio: float) -> None:
    end_s = time.monotonic() + PATIENCE_S
    while not (canvas.devicePixelRatioF() == ratio and canvas.drawn_at_s and canvas.is_drawn):
        assert time.monotonic() < end_s, "the chart is never drawn"
        QApplication.processEvents()
        time.sleep(0.005)


if __name__ == "__main__":
    main()
