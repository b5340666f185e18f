"""A full redraw by this program beside one by QGIS: the same files, extents, size and line width.

Tracks of 100 reports (1,000 and 10,000 of them), the coast alone and the routeing measures of
``tss.gpkg``, each for the whole Channel, the Strait and a harbour, 1600 x 1000 pixels. Both have
the layers open and draw once before they are timed. QGIS draws in the chart's projection and in
that of the files; its faster one counts. ``tasks.py bench --qgis`` runs it; without QGIS it prints
our own times.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication

from channelplot.basemap.basemap import load_basemap
from channelplot.basemap.levels import Levels
from channelplot.chart.blank_image import blank_image
from channelplot.chart.cancel import Cancel
from channelplot.chart.layers import DEFAULT_LAYERING, reference_id
from channelplot.chart.reference import features_of
from channelplot.chart.renderers import coastline, tracks
from channelplot.chart.renderers.reference_layers import renderer_of
from channelplot.chart.scene import Scene
from channelplot.chart.viewport import Viewport, viewport_of
from channelplot.exchange.reference_layers import list_tables, read_reference
from channelplot.geodesy.bounds import Bounds
from channelplot.model.plot import Plot
from channelplot.model.reference_layer import ReferenceLayer
from channelplot.resources import resource_path
from channelplot.store.geopackage import PlotFile
from helpers.large_plots import make_large_plot
from helpers.reference_files import REAL

WIDTH_PX, HEIGHT_PX = 1600, 1000
RUNS: Final = 5
SYSTEM_PYTHON: Final = Path("/usr/bin/python3")
QGIS_SCRIPT: Final = Path(__file__).with_name("qgis_redraw.py")
VIEWS: Final = {
    "Channel": Bounds(-7.0, 48.0, 4.5, 52.2),
    "Strait": Bounds(1.05, 50.80, 2.14, 51.235),
    "harbour": Bounds(1.80, 50.94, 1.92, 50.99),
}
TSS: Final = REAL / "tss.gpkg"
ROUTEING_PX: Final = 1.5
AIM: Final = 10.0


@dataclass(frozen=True)
class Subject:
    """What is drawn: its name, file and tables for QGIS, and how we draw it."""

    name: str
    file: Path
    tables: tuple[str, ...]
    scene: Scene
    draw: Callable[[QPainter, Scene, Cancel], None]
    line_px: float


def main() -> None:
    """Print a line for each subject and view."""
    options = argparse.ArgumentParser()
    options.add_argument("--pictures", type=Path, help="a folder for the pictures of both")
    pictures = options.parse_args().pictures
    _app = QApplication([])
    has_qgis = _has_qgis()
    if not has_qgis:
        print("QGIS: NOT RUN, it is not installed (Debian: python3-qgis)")
    with tempfile.TemporaryDirectory() as folder:
        for subject in _subjects(Path(folder)):
            for view_name, bounds in VIEWS.items():
                view = viewport_of(bounds, WIDTH_PX, HEIGHT_PX, 0.0)
                stem = f"{subject.name}_{view_name}".replace(" ", "_")
                kept = pictures / stem if pictures is not None else Path(folder) / stem
                own_s = _own_s(subject, view, kept.with_suffix(".ours.png"))
                line = (
                    f"{subject.name:<24} {view_name:<8} ours {_figure(own_s)}"
                    f"  first {own_s[0]:7.3f} s"
                )
                if has_qgis:
                    qgis_s, crs = _qgis_s(subject, view, kept.with_suffix(".qgis.png"))
                    ratio = statistics.median(qgis_s) / statistics.median(own_s[1:])
                    line += f"   QGIS {_figure(qgis_s)} ({crs})   {ratio:6.1f} times  aim {AIM:g}"
                print(line, flush=True)


def _subjects(folder: Path) -> list[Subject]:
    basemap = load_basemap()
    scene = Scene(
        plot=Plot(),
        viewport=viewport_of(VIEWS["Strait"], WIDTH_PX, HEIGHT_PX, 0.0),
        basemap=basemap,
        levels=Levels(basemap),
    )
    subjects = []
    for number in (1_000, 10_000):
        path = folder / f"{number}.gpkg"
        make_large_plot(path, number, 100)
        file = PlotFile.open(path)
        plot = file.load().plot
        file.close()
        subjects.append(
            Subject(
                f"{number:,} tracks of 100",
                path,
                ("tracks",),
                replace(scene, plot=plot),
                tracks.draw_lines,
                tracks.LINE_PX,
            )
        )
    subjects.append(
        Subject(
            "the coast alone",
            resource_path("basemap/basemap.gpkg"),
            ("land", "coastline"),
            scene,
            _draw_coast,
            coastline.COAST_PX,
        )
    )
    if TSS.exists():
        subjects.append(_routeing_measures(scene))
    else:
        print("tss.gpkg: NOT RUN, it is not here")
    return subjects


def _routeing_measures(scene: Scene) -> Subject:
    """Return all tables of the file, each a layer, drawn as on a chart without being asked."""
    tables = list_tables(TSS)
    layers = {
        table.name: ReferenceLayer(
            uid=table.name, name=table.name, path=str(TSS), table=table.name, schema=table.schema
        )
        for table in tables
    }
    references = {}
    for table in tables:
        read = read_reference(TSS, table.name)
        columns = {name.lower(): cells for name, cells in read.columns.items()}
        references[table.name] = features_of(read.geometries_deg, columns)
    names = tuple(layers)
    shown = replace(
        scene,
        plot=Plot(reference_layers=layers),
        references=references,
        layering=DEFAULT_LAYERING.with_layers(reference_id(name) for name in names),
    )

    def draw(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
        for name in names:
            renderer_of(reference_id(name))(painter, scene, cancel)

    return Subject("tss.gpkg", TSS, names, shown, draw, ROUTEING_PX)


def _draw_coast(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    coastline.draw_sea(painter, scene, cancel)
    coastline.draw_land(painter, scene, cancel)
    coastline.draw_coast(painter, scene, cancel)


def _own_s(subject: Subject, view: Viewport, picture: Path) -> list[float]:
    """Return the seconds of each redraw, the first of the view, which makes levels, before all."""
    seconds = []
    scene = replace(subject.scene, viewport=view)
    image = blank_image(scene)
    for _ in range(RUNS + 1):
        begun_s = time.perf_counter()
        image = blank_image(scene)
        with QPainter(image) as painter:
            subject.draw(painter, scene, Cancel())
        seconds.append(time.perf_counter() - begun_s)
    image.save(str(picture))
    return seconds


def _qgis_s(subject: Subject, view: Viewport, picture: Path) -> tuple[list[float], str]:
    """Return the seconds of QGIS in the projection in which it is faster, and which that is."""
    request = picture.with_suffix(".json")
    request.write_text(
        json.dumps(
            {
                "file": str(subject.file),
                "tables": subject.tables,
                "bounds_m": view.bounds_m(),
                "width_px": WIDTH_PX,
                "height_px": HEIGHT_PX,
                "line_px": subject.line_px,
                "runs": RUNS + 1,
                "picture": str(picture),
            }
        ),
        "utf-8",
    )
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(picture.parent)}
    done = subprocess.run(
        [str(SYSTEM_PYTHON), str(QGIS_SCRIPT), str(request)],
        env={**environment, "QT_QPA_PLATFORM": "offscreen"},
        check=True,
        capture_output=True,
        text=True,
    )
    seconds = json.loads(done.stdout)["seconds"]
    crs = min(seconds, key=lambda each: statistics.median(seconds[each][1:]))
    return seconds[crs][1:], crs


def _has_qgis() -> bool:
    if not SYSTEM_PYTHON.exists():
        return False
    asked = [str(SYSTEM_PYTHON), "-c", "import qgis.core"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def _figure(seconds: list[float]) -> str:
    timed = seconds[1:] if len(seconds) > RUNS else seconds
    return f"{statistics.median(timed):7.3f} s ({min(timed):.3f} to {max(timed):.3f})"


if __name__ == "__main__":
    main()
