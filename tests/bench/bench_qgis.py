"""A full redraw by this program beside one by QGIS: the same files, extents, size and line width.

Tracks of 100 reports (1,000 and 10,000 of them), the coast alone and the routeing measures of
``tss.gpkg``, each for the whole Channel, the Strait and a harbour, 1600 x 1000 pixels. Both have
the layers open and draw once before they are timed. QGIS draws in the chart's projection and in
that of the files; its faster one counts. ``tasks.py bench --qgis`` runs it; without QGIS it prints
our own times.

QGIS draws unbroken, antialiased lines of one width and areas of one colour. *plain* is the same of
ours: the tables of the file as a layer in such a style. *chart* is what an operator sees: tracks in
their dashes and with halos, or counted where they crowd, routeing measures with dashed limits,
tinted zones and arrows. Ours is moved by a pixel before every run, so that nothing that is kept for
a view is drawn again.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np
import shapely
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication

from channelplot.basemap.basemap import load_basemap
from channelplot.basemap.levels import Levels
from channelplot.chart.blank_image import blank_image
from channelplot.chart.cancel import Cancel
from channelplot.chart.layers import DEFAULT_LAYERING, reference_id
from channelplot.chart.reference import ReferenceFeatures, features_of
from channelplot.chart.renderers import coastline, tracks
from channelplot.chart.renderers.reference import draw_plain
from channelplot.chart.renderers.reference_layers import renderer_of
from channelplot.chart.scene import Scene
from channelplot.chart.shown import crowding_of
from channelplot.chart.viewport import Viewport, viewport_of
from channelplot.exchange.reference_layers import list_tables, read_reference
from channelplot.geodesy.bounds import Bounds
from channelplot.model.plot import Plot
from channelplot.model.reference_layer import ReferenceLayer, ReferenceStyle
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
LINE_INK: Final = "#0a5fb4"
LAND_INK: Final = "#f3ead2"
AIM: Final = 10.0


@dataclass(frozen=True)
class Way:
    """A way of drawing a subject: its name, and what draws it."""

    name: str
    scene: Scene
    draw: Callable[[QPainter, Scene, Cancel], None]


@dataclass(frozen=True)
class Subject:
    """What is drawn: its name, file and tables for QGIS, how wide lines are, and our ways.

    line_px: by chart metres in a pixel. has_outlines: whether areas have any.
    """

    name: str
    file: Path
    tables: tuple[str, ...]
    line_px: Callable[[float], float]
    ways: tuple[Way, ...]
    has_outlines: bool = True


def main() -> None:
    """Print a line for each subject, view and way, and how many of them reach the aim."""
    options = argparse.ArgumentParser()
    options.add_argument("--pictures", type=Path, help="a folder for the pictures of both")
    pictures = options.parse_args().pictures
    _app = QApplication([])
    has_qgis = _has_qgis()
    if not has_qgis:
        print("QGIS: NOT RUN, it is not installed (Debian: python3-qgis)")
    ratios: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for subject in _subjects(Path(folder)):
            for view_name, bounds in VIEWS.items():
                view = viewport_of(bounds, WIDTH_PX, HEIGHT_PX, 0.0)
                stem = f"{subject.name}_{view_name}".replace(" ", "_").replace(".", "_")
                kept = pictures / stem if pictures is not None else Path(folder) / stem
                print(f"{subject.name:<24} {view_name}", end="")
                qgis_s: list[float] = []
                if has_qgis:
                    qgis_s, crs = _qgis_s(subject, view, kept.with_suffix(".qgis.png"))
                    print(f"   QGIS {_figure(qgis_s)} ({crs})", end="")
                print(flush=True)
                for way in subject.ways:
                    own_s = _own_s(way, view, kept.with_suffix(f".{way.name}.png"))
                    line = f"  {way.name:<6} {_figure(own_s[1:])}  first {own_s[0]:7.4f} s"
                    if qgis_s:
                        ratio = statistics.median(qgis_s) / statistics.median(own_s[1:])
                        ratios.setdefault(way.name, []).append(ratio)
                        line += f"   {ratio:6.1f} times{'' if ratio >= 1.0 else ' (SLOWER)'}"
                    print(f"{line}   {_drawn_as(way, view)}", flush=True)
    for name, found in ratios.items():
        reached = sum(ratio >= AIM for ratio in found)
        slower = sum(ratio < 1.0 for ratio in found)
        print(f"{name}: {reached} of {len(found)} {AIM:g} times faster or better, {slower} slower")


def _subjects(folder: Path) -> Iterator[Subject]:
    basemap = load_basemap()
    scene = Scene(
        plot=Plot(),
        viewport=viewport_of(VIEWS["Strait"], WIDTH_PX, HEIGHT_PX, 0.0),
        basemap=basemap,
        levels=Levels(basemap),
    )
    for number in (1_000, 10_000):
        path = folder / f"{number}.gpkg"
        make_large_plot(path, number, 100)
        yield _tracks(f"{number:,} tracks of 100", path, scene)
    yield Subject(
        "the coast alone",
        resource_path("basemap/basemap.gpkg"),
        ("land", "coastline"),
        coastline.coast_px,
        (Way("chart", scene, _draw_coast),),
        has_outlines=False,
    )
    if TSS.exists():
        yield _routeing_measures(scene)
    else:
        print("tss.gpkg: NOT RUN, it is not here")


def _tracks(name: str, path: Path, scene: Scene) -> Subject:
    file = PlotFile.open(path)
    plot = file.load().plot
    file.close()
    lines = np.array(
        [shapely.LineString(track.line_deg) for track in plot.tracks.values()], dtype=np.object_
    )
    style = ReferenceStyle(line=LINE_INK, width_px=tracks.LINE_PX, fill_opacity=0.0)
    layer = ReferenceLayer(uid="tracks", name="tracks", path=str(path), table="tracks", style=style)
    ways = (
        _plain(scene, [(layer, features_of(lines, {}))]),
        Way("chart", replace(scene, plot=plot), tracks.draw_lines),
    )
    return Subject(name, path, ("tracks",), lambda _: tracks.LINE_PX, ways)


def _routeing_measures(scene: Scene) -> Subject:
    """Return all tables of the file, each a layer: plain, and as on a chart without being asked."""
    layers: dict[str, ReferenceLayer] = {}
    references: dict[str, ReferenceFeatures] = {}
    for table in list_tables(TSS):
        layers[table.name] = ReferenceLayer(
            uid=table.name, name=table.name, path=str(TSS), table=table.name, schema=table.schema
        )
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

    style = ReferenceStyle(line=LINE_INK, width_px=ROUTEING_PX, fill=LAND_INK, fill_opacity=1.0)
    plain = [(replace(layers[name], style=style), references[name]) for name in names]
    ways = (_plain(scene, plain), Way("chart", shown, draw))
    return Subject("tss.gpkg", TSS, names, lambda _: ROUTEING_PX, ways)


def _plain(scene: Scene, layers: Sequence[tuple[ReferenceLayer, ReferenceFeatures]]) -> Way:
    def draw(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
        for layer, features in layers:
            draw_plain(painter, scene, layer, features, cancel)

    return Way("plain", scene, draw)


def _draw_coast(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    coastline.draw_sea(painter, scene, cancel)
    coastline.draw_land(painter, scene, cancel)
    coastline.draw_coast(painter, scene, cancel)


def _drawn_as(way: Way, view: Viewport) -> str:
    """Return what there is to be seen, where that depends on the view."""
    if way.name == "plain" or not way.scene.plot.tracks:
        return ""
    scene = replace(way.scene, viewport=view)
    share = crowding_of(scene).counted_share(scene.density_mode)
    return f"counted {share:.0%}, lines {1.0 - share:.0%}"


def _own_s(way: Way, view: Viewport, picture: Path) -> list[float]:
    """Return the seconds of each redraw, the first of the view, which makes levels, before all."""
    seconds = []
    image = blank_image(way.scene)
    for run in range(RUNS + 1):
        begun_s = time.perf_counter()
        scene = replace(way.scene, viewport=view.panned(float(run), 0.0))
        image = blank_image(scene)
        with QPainter(image) as painter:
            way.draw(painter, scene, Cancel())
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
                "line_px": subject.line_px(view.m_per_px),
                "line_ink": LINE_INK,
                "area_ink": LAND_INK,
                "has_outlines": subject.has_outlines,
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
    return f"{statistics.median(seconds):7.4f} s ({min(seconds):.4f} to {max(seconds):.4f})"


if __name__ == "__main__":
    main()
