"""A GIS edits the plot while the program has it open: nothing is lost on either side."""

import subprocess
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pytest

from channelplot.commands.reports import add_report
from channelplot.document.document import Document, PlotChanged
from channelplot.document.opening import document_of
from channelplot.document.writer import ThreadWriter
from channelplot.store.check import check
from channelplot.store.geopackage import PlotFile
from channelplot.store.outside import OUTSIDE_EDIT
from helpers.builders import R1, a_report
from helpers.clock import FixedClock
from helpers.post_box import PostBox
from unit.store.files import closed_file, names, python, rows

GIS = """
import sqlite3, sys, time
from channelplot.store.geometry import register_functions
conn = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
register_functions(conn)
mode = ""
while mode != "wal":
    try:
        (mode,) = conn.execute("PRAGMA journal_mode = WAL").fetchone()
    except sqlite3.OperationalError:
        time.sleep(0.01)  # for this, SQLite waits for nobody
print("ready", flush=True)
for number in range(int(sys.argv[2])):
    conn.execute("BEGIN")
    conn.execute("INSERT INTO reports (as_received, kind) VALUES (?, 'event')", (f"gis {number}",))
    conn.execute("UPDATE tracks SET note = ? WHERE name = 'A'", (f"gis {number}",))
    conn.execute("COMMIT")
    print(f"gis {number}", time.time(), sep="\\t", flush=True)
    time.sleep(0.02)
"""
"""Switches the file to a write-ahead log as QGIS does, and edits rows one by one."""

QGIS = """
import sys, time
from qgis.core import QgsApplication, QgsGeometry, QgsVectorLayer, QgsVectorLayerUtils
application = QgsApplication([], False)
application.initQgis()
layer = QgsVectorLayer(f"{sys.argv[1]}|layername=reports", "reports", "ogr")
assert layer.isValid()
for number in range(int(sys.argv[2])):
    assert layer.startEditing()
    if number == 0:
        print("ready", flush=True)
    # As its own form does it, with the defaults that the file has.
    feature = QgsVectorLayerUtils.createFeature(layer, QgsGeometry(), {})
    feature["as_received"] = f"gis {number}"
    feature["kind"] = "event"
    assert layer.addFeature(feature)
    until_s = time.monotonic() + 30.0
    while not layer.commitChanges():  # refused while we save: QGIS keeps the edit, and says so
        assert time.monotonic() < until_s, layer.commitErrors()
        time.sleep(0.02)
    print(f"gis {number}", time.time(), sep="\\t", flush=True)
del layer
application.exitQgis()
"""
SYSTEM_PYTHON = Path("/usr/bin/python3")


def has_qgis() -> bool:
    """Whether the system's own Python has QGIS."""
    if not SYSTEM_PYTHON.exists():
        return False
    asked = [str(SYSTEM_PYTHON), "-c", "import qgis.core"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def edit_beside(path: Path, gis: "subprocess.Popen[str]") -> tuple[list[str], dict[str, float]]:
    """Plot while a GIS edits; return what was plotted and how late each edit of the GIS showed."""
    clock, box = FixedClock(), PostBox()
    document = document_of(
        PlotFile.open(path), writer=ThreadWriter(box.post), clock=clock, operator="watch"
    )
    shown: dict[str, float] = {}

    def note(fact: PlotChanged) -> None:
        for pair in fact.change.each_report():
            if pair.after is not None:
                shown.setdefault(pair.after.as_received, time.time())

    document.plot_changed.connect(note)
    assert gis.stdout is not None
    assert gis.stdout.readline() == "ready\n"
    plotted = list[str]()
    while gis.poll() is None:
        report = a_report("0300", position=R1, as_received=f"desk {len(plotted)}")
        document.apply(add_report(report))
        plotted.append(report.uid)
        document.look()
        until_s = time.monotonic() + 0.05
        while time.monotonic() < until_s:
            box.run_waiting()
            time.sleep(0.005)
    assert gis.returncode == 0
    made = [line.rstrip("\n").split("\t") for line in gis.stdout]
    finish(document, box, [words for words, _ in made], shown)
    return plotted, {words: shown[words] - float(at_s) for words, at_s in made}


def finish(document: Document, box: PostBox, made: Iterable[str], shown: dict[str, float]) -> None:
    """Go on looking until everything shows, and close."""
    until_s = time.monotonic() + 20.0
    while time.monotonic() < until_s and not shown.keys() >= set(made):
        document.look()
        time.sleep(0.05)
        box.run_waiting()
    document.finish_saving()
    document.look()
    document.finish_saving()
    box.run_waiting()
    assert document.save_state.pending == 0
    assert document.save_state.trouble is None
    assert any(act.label == OUTSIDE_EDIT for act in document.acts)
    document.close()


def require_nothing_lost(path: Path, plotted: list[str], late_s: dict[str, float]) -> None:
    """Everything of both is in the file, which is single, sound and told by its log."""
    found = dict(rows(path, "SELECT uid, as_received FROM reports WHERE withdrawn_at_utc IS NULL"))
    assert found.keys() >= set(plotted)
    assert set(found.values()) >= late_s.keys()
    assert rows(path, "PRAGMA journal_mode") == [("delete",)]
    assert names(path.parent) == [path.name]
    assert check(path) == ()
    with closing(PlotFile.open(path)) as file:
        assert file.load().plot.report_count() == len(found)
    assert max(late_s.values()) < 5.0


def test_a_program_that_edits_as_qgis_does_loses_nothing_and_nothing_is_lost(
    tmp_path: Path, cycles: Callable[[int, int], int], figure: Callable[[str], None]
) -> None:
    path = tmp_path / "plots" / "night.gpkg"
    path.parent.mkdir()
    closed_file(path)
    with python(GIS, str(path), str(cycles(20, 500))) as gis:
        plotted, late_s = edit_beside(path, gis)
    require_nothing_lost(path, plotted, late_s)
    figure(
        f"{len(plotted)} of ours and {len(late_s)} in a write-ahead log: 0 lost, shown within"
        f" {max(late_s.values()):.1f} s"
    )


def test_qgis_itself_loses_nothing_and_nothing_is_lost(
    tmp_path: Path, cycles: Callable[[int, int], int], figure: Callable[[str], None]
) -> None:
    if not has_qgis():
        pytest.skip("no QGIS on this machine")
    path = tmp_path / "plots" / "night.gpkg"
    path.parent.mkdir()
    closed_file(path)
    with subprocess.Popen(
        [str(SYSTEM_PYTHON), "-c", QGIS, str(path), str(cycles(3, 50))],
        stdout=subprocess.PIPE,
        text=True,
        env={"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    ) as gis:
        plotted, late_s = edit_beside(path, gis)
    require_nothing_lost(path, plotted, late_s)
    figure(
        f"{len(plotted)} of ours and {len(late_s)} of QGIS: 0 lost, shown within"
        f" {max(late_s.values()):.1f} s"
    )
