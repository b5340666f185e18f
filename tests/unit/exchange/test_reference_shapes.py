"""Shapes of a file on Earth: those that lie where there is no place are left out and counted."""

import math
from pathlib import Path

import numpy as np
import pytest
import shapely

from channelplot.errors import ReferenceFileError, ReferenceFileFault
from channelplot.exchange.reference_shapes import on_earth
from channelplot.exchange.reference_table import ReferenceTable

FILE = Path("made-up.gpkg")
HERE = shapely.Point(1.0, 50.0)


def table_of(*shapes: shapely.Geometry | None) -> ReferenceTable:
    found = np.empty(len(shapes), dtype=np.object_)
    found[:] = list(shapes)
    return on_earth(found, {"name": [str(n) for n in range(len(shapes))]}, "", FILE)


def line_over(lon_deg: float, lat_deg: float) -> shapely.LineString:
    """A line with one vertex at a place that may be none, read as a file has it."""
    points = np.array([(1.0, 50.0), (lon_deg, lat_deg), (2.0, 51.0)])
    with np.errstate(invalid="ignore"):
        return shapely.LineString(points)


@pytest.mark.parametrize(
    "vertex", [(math.nan, math.nan), (1.5, math.nan), (math.inf, 50.0), (181.0, 50.0), (1.0, -91.0)]
)
def test_a_shape_with_a_vertex_that_is_no_place_is_left_out(vertex: tuple[float, float]) -> None:
    table = table_of(HERE, line_over(*vertex), None)
    assert table.left_out == 1
    assert table.geometries_deg.tolist() == [HERE, None, None]
    assert table.columns["name"] == ("0", "1", "2"), "rows stay what they were"


def test_a_file_without_a_place_is_refused() -> None:
    with pytest.raises(ReferenceFileError) as caught:
        table_of(line_over(math.nan, math.nan))
    assert caught.value.fault is ReferenceFileFault.NO_PLACE
