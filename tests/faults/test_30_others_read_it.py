"""Other programs read what is left behind: validators, GDAL and QGIS, where they are installed.

GDAL's validator also sees every plot that any of these tests leaves.
"""

import json
import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from channelplot.model.plot import Plot
from channelplot.store.check import check
from channelplot.store.geopackage import PlotFile
from channelplot.store.tables import TABLES
from helpers.left_behind import gdal_complaints
from helpers.plot_files import assert_conforms
from helpers.well_filled import well_filled
from unit.store.files import closed_file

PDOK = "CHANNELPLOT_PDOK"
"""Names PDOK's geopackage-validator, which needs a Python and a GDAL of its own."""
VERSION_1 = Path(__file__).parents[1] / "unit" / "store" / "data" / "version-1.gpkg"
SYSTEM_PYTHON = "/usr/bin/python3"
LEGITIMATE = {"RQ2", "RQ24"}
"""A layer that holds nothing yet, and a geometry that is not known yet."""
CROSSES_ITSELF = "Not Simple"
"""A boat crosses its own wake, and a sector search its own datum: so PDOK's RQ23 has it."""
QGIS_READS = """
import sys
from qgis.core import QgsApplication, QgsVectorLayer
app = QgsApplication([], False)
app.initQgis()
for name in sys.argv[2:]:
    layer = QgsVectorLayer(f"{sys.argv[1]}|layername={name}", name, "ogr")
    assert layer.isValid(), name
    print(name, sum(1 for _ in layer.getFeatures()))
del layer
app.exitQgis()
"""


@pytest.fixture(scope="module")
def plots(
    tmp_path_factory: pytest.TempPathFactory, cycles: Callable[[int, int], int]
) -> list[Path]:
    """An empty plot, one with every kind of act, one of an earlier version."""
    folder = tmp_path_factory.mktemp("plots")
    empty, filled, earlier = (folder / f"{name}.gpkg" for name in ("empty", "filled", "earlier"))
    closed_file(empty, Plot())
    well_filled(filled, cycles(40, 400))
    shutil.copyfile(VERSION_1, earlier)
    PlotFile.open(earlier).close()
    return [empty, filled, earlier]


def counts(path: Path) -> dict[str, int]:
    """Return how many rows each table has."""
    with closing(sqlite3.connect(path)) as conn:
        return {
            table.name: conn.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0]
            for table in TABLES
        }


def test_every_table_holds_something_and_gdals_validator_finds_nothing(
    plots: list[Path], cycles: Callable[[int, int], int], figure: Callable[[str], None]
) -> None:
    assert all(counts(plots[1]).values()), "something of every kind"
    for path in plots:
        assert gdal_complaints(path) == []
        assert check(path) == ()
    # As a program of its own too: briefly of the one with every kind of act.
    judged = cycles(1, len(plots))
    for path in sorted(plots, key=plots[1].__ne__)[:judged]:
        assert_conforms(path)
    figure(f"GDAL's validator: nothing on {len(plots)} plots, exit code 0 on {judged}")


def test_pdoks_validator_names_nothing_but_what_is_legitimate(
    plots: list[Path], figure: Callable[[str], None]
) -> None:
    validator = os.environ.get(PDOK) or shutil.which("geopackage-validator")
    if validator is None:
        pytest.skip(f"PDOK's validator is not installed (or named by {PDOK})")
    named: set[str] = set()
    for path in plots:
        done = subprocess.run(
            [validator, "validate", "--gpkg-path", str(path)],
            check=True,
            capture_output=True,
            text=True,
        )
        for result in json.loads(done.stdout)["results"]:
            places = [
                place
                for place in result["locations"]
                if result["validation_code"] != "RQ23" or CROSSES_ITSELF not in place
            ]
            if places and result["level"] == "error":
                named.add(result["validation_code"])
                assert result["validation_code"] in LEGITIMATE, f"{path.name}: {places}"
    figure(f"PDOK's validator: {', '.join(sorted(named))} on {len(plots)} plots")


def test_ogrinfo_reads_every_layer(plots: list[Path], figure: Callable[[str], None]) -> None:
    ogrinfo = shutil.which("ogrinfo")
    if ogrinfo is None:
        pytest.skip("ogrinfo is not installed")
    for path in plots:
        done = subprocess.run(
            [ogrinfo, "-ro", "-so", "-al", str(path)], check=True, capture_output=True, text=True
        )
        names = re.findall(r"^Layer name: (.+)$", done.stdout, re.MULTILINE)
        numbers = map(int, re.findall(r"^Feature Count: (\d+)$", done.stdout, re.MULTILINE))
        assert dict(zip(names, numbers, strict=True)) == counts(path)
    figure(f"ogrinfo: every row of {len(TABLES)} tables")


def test_qgis_reads_every_layer(
    plots: list[Path], tmp_path: Path, figure: Callable[[str], None]
) -> None:
    python = Path(SYSTEM_PYTHON)
    known = python.exists() and subprocess.run(
        [python, "-c", "import qgis.core"], check=False, capture_output=True
    )
    if not known or known.returncode != 0:
        pytest.skip("QGIS is not installed")
    names = [table.name for table in TABLES]
    done = subprocess.run(
        [python, "-c", QGIS_READS, str(plots[1]), *names],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)},
    )
    read = dict(line.split() for line in done.stdout.splitlines())
    assert {name: int(count) for name, count in read.items()} == counts(plots[1])
    figure("QGIS: every row of every table")
