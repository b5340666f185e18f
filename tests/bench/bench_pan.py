"""Time of a pan frame: from the pointer's movement to the painted widget.

The chart of the example plot and one of 10,000 reports, 1600 x 1000, dragged in steps of
seven pixels for 240 frames, while the chart is redrawn in the background as always.
"""

import os
import tempfile
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from channelplot.basemap.basemap import load_basemap
from channelplot.basemap.levels import Levels
from channelplot.chart.canvas import ChartCanvas
from channelplot.model.plot import Plot
from channelplot.resources import resource_path
from channelplot.store.geopackage import PlotFile
from helpers.figures import median_line, percentile_line
from helpers.made_up_plots import made_up_plot

FRAMES = 240
STEP_PX = 7.0
PATIENCE_S = 20.0


def frames_ms(app: QApplication, canvas: ChartCanvas, plot: Plot) -> list[float]:
    """Return how long each pan frame of a plot took."""
    canvas.set_plot(plot)
    canvas.home()
    _until_drawn(app, canvas)
    durations = []
    for frame in range(FRAMES):
        way = 1.0 if frame < FRAMES / 2 else -1.0
        begun_s = time.perf_counter()
        canvas.set_viewport(canvas.viewport.panned(way * STEP_PX, way * STEP_PX / 2.0))
        canvas.repaint()
        app.processEvents()
        durations.append(1000.0 * (time.perf_counter() - begun_s))
        time.sleep(max(0.0, 0.016 - durations[-1] / 1000.0))
    return durations


def _until_drawn(app: QApplication, canvas: ChartCanvas) -> None:
    begun_s = time.monotonic()
    while not canvas.is_drawn and time.monotonic() - begun_s < PATIENCE_S:
        app.processEvents()
        time.sleep(0.002)


def main() -> None:
    """Print the 95th percentiles."""
    app = QApplication([])
    canvas = ChartCanvas()
    basemap = load_basemap()
    canvas.set_basemap(basemap, Levels(basemap))
    canvas.resize(1600, 1000)
    canvas.show()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "example.gpkg"
        copy.write_bytes(resource_path("example/example.gpkg").read_bytes())
        file = PlotFile.open(copy)
        example = file.load().plot
        file.close()
    for name, plot in (("example plot", example), ("10,000 reports", made_up_plot(10_000))):
        durations = frames_ms(app, canvas, plot)
        print(percentile_line(f"pan frame, {name}", durations, "ms", 16.0))
        print(median_line(f"pan frame, {name}", durations, "ms"))
    canvas.close()


if __name__ == "__main__":
    main()
