"""A sheet by this program, and beside it the layout export of QGIS: the same data, page and extent.

1,000 tracks of 100 reports about the Strait on A4 at 300 dots an inch: PNG and PDF. Both have the
data open and export once before they are timed, in processor time of all their threads. Ours is
the whole sheet with its list of boats and graticule; QGIS's has map, title, legend and scale bar.
Without QGIS our own times are printed. ``--pictures FOLDER`` keeps the sheets of both.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any, Final

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from channelplot.basemap.basemap import load_basemap
from channelplot.basemap.levels import Levels
from channelplot.geodesy.bounds import Bounds
from channelplot.resources import resource_path
from channelplot.snapshot.pages import Source, pages_of
from channelplot.snapshot.paper import MM_PER_INCH
from channelplot.snapshot.settings import SheetSettings
from channelplot.snapshot.sheet import Format, sheet_files
from channelplot.store.geopackage import PlotFile
from helpers.figures import median_line
from helpers.large_plots import make_large_plot

TRACKS: Final = 1_000
RUNS: Final = 5
DPI: Final = 300
STRAIT: Final = Bounds(1.05, 50.80, 2.14, 51.235)
AIM: Final = 3.0
SYSTEM_PYTHON: Final = Path("/usr/bin/python3")
QGIS_SCRIPT: Final = Path(__file__).with_name("qgis_sheet.py")


def main() -> None:
    """Print a line for each kind of file."""
    options = argparse.ArgumentParser()
    options.add_argument("--pictures", type=Path, help="a folder for the sheets of both")
    kept = options.parse_args().pictures
    _app = QApplication([])
    with tempfile.TemporaryDirectory() as made:
        folder = kept or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        path = Path(made) / "made up.gpkg"
        make_large_plot(path, TRACKS, 100)
        file = PlotFile.open(path)
        source = Source(file.load().plot, *_chart())
        file.close()
        settings = SheetSettings(
            extent=STRAIT, dpi=DPI, title=f"{TRACKS} tracks", has_all_boats=False
        )
        ours = {kind: _ours(settings, source, kind, folder) for kind in (Format.PNG, Format.PDF)}
        theirs = _theirs(settings, source, path, folder)
    for kind, seconds in ours.items():
        print(median_line(f"A4 sheet of {TRACKS} tracks as {kind.name}", seconds, "s"))
        if theirs is None:
            print("  QGIS: NOT RUN, it is not installed (Debian: python3-qgis)")
            continue
        other = theirs[kind.value.removeprefix(".")]
        ratio = statistics.median(other) / statistics.median(seconds)
        print("  " + median_line("QGIS's layout export", other, "s"))
        print(f"  ratio {ratio:.1f}  aim {AIM:g}")


def _chart() -> "tuple[Any, Any]":
    basemap = load_basemap()
    return basemap, Levels(basemap)


def _ours(settings: SheetSettings, source: Source, kind: Format, folder: Path) -> list[float]:
    seconds, files = [], sheet_files(settings, source, kind)
    for _ in range(RUNS):
        started_s = time.process_time()
        files = sheet_files(settings, source, kind)
        seconds.append(time.process_time() - started_s)
    (folder / f"ours{kind.value}").write_bytes(files[0].data)
    return seconds


def _theirs(
    settings: SheetSettings, source: Source, plot: Path, folder: Path
) -> dict[str, list[float]] | None:
    """Return the seconds that QGIS takes, None where it is not installed."""
    if not SYSTEM_PYTHON.exists():
        return None
    has_it = subprocess.run([SYSTEM_PYTHON, "-c", "import qgis.core"], capture_output=True)
    if has_it.returncode:
        return None
    (page, *_) = pages_of(settings, source, DPI)
    assert page.map is not None
    box, viewport = page.map
    mm = MM_PER_INCH / DPI
    coast = str(resource_path("basemap/basemap.gpkg"))
    request = {
        "layers": [(coast, "land"), (coast, "coastline"), (str(plot), "tracks")],
        "bounds_m": viewport.bounds_m(),
        "page_mm": settings.size_mm(),
        "map_mm": [box.x_px * mm, box.y_px * mm, box.width_px * mm, box.height_px * mm],
        "dpi": DPI,
        "title": settings.title,
        "runs": RUNS + 1,
        "picture": str(folder / "qgis.png"),
        "pdf": str(folder / "qgis.pdf"),
    }
    with tempfile.TemporaryDirectory() as home:
        asked = Path(home) / "request.json"
        asked.write_text(json.dumps(request), "utf-8")
        done = subprocess.run(
            [SYSTEM_PYTHON, str(QGIS_SCRIPT), str(asked)],
            env={"HOME": home, "PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            text=True,
            check=True,
        )
    found = json.loads(done.stdout.splitlines()[-1])
    return {kind: seconds[1:] for kind, seconds in found.items()}


if __name__ == "__main__":
    main()
