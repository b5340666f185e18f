"""The child that reads files with GDAL leaves it one driver, whatever others this GDAL has."""

import json
import sys
from pathlib import Path

import pytest
from pyogrio import list_drivers

from channelplot.exchange.child import ChildEnd, ChildFailed, run_child
from channelplot.exchange.gdal_drivers import USUAL_DRIVERS
from channelplot.exchange.vector_file import ENVIRONMENT, WORKER
from channelplot.exchange.vector_worker import KINDS
from helpers.reference_files import geojson

OF_ANOTHER_GDAL = """
import sys
from channelplot.exchange import vector_worker
vector_worker.USUAL_DRIVERS = ("GPKG", "KML", "one that nobody has")
vector_worker.main(sys.argv[1])
"""
MOST_BYTES = 100_000


def request_for(path: Path) -> str:
    """What the child is told, for a file whose lines may be limits."""
    bounds = {"most_bytes": 10**6, "most_shapes": 10, "most_points": 100}
    return json.dumps({"path": str(path), **bounds})


def test_the_drivers_of_this_gdal_are_those_that_are_named() -> None:
    assert sorted(USUAL_DRIVERS) == sorted(list_drivers())
    assert {driver for _, driver in KINDS.values()} <= set(USUAL_DRIVERS)


def test_where_there_are_others_it_begins_anew_without_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "of_another_gdal.py").write_text(OF_ANOTHER_GDAL, "utf-8")
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    asked = request_for(geojson(tmp_path / "line.geojson"))
    usual, other = (
        run_child(module, asked, environment=ENVIRONMENT, most_bytes=MOST_BYTES)
        for module in (WORKER, "of_another_gdal")
    )
    assert b'"Line"' in usual
    assert other == usual


def test_with_others_it_ends_before_it_opens_anything(tmp_path: Path) -> None:
    asked = request_for(geojson(tmp_path / "line.geojson"))
    too_few = {**ENVIRONMENT, "GDAL_SKIP": "GPKG"}
    with pytest.raises(ChildFailed) as failed:
        run_child(WORKER, asked, environment=too_few, most_bytes=MOST_BYTES)
    assert failed.value.end is ChildEnd.DIED
