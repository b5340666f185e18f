"""Layers of other programs, openly made up, and what comes of them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import geopandas
import shapely

from channelplot.errors import ImportFault
from channelplot.exchange.incoming.found import ReadOptions
from channelplot.exchange.incoming.vector import read_vector
from helpers.taken_in import OPTIONS, TakenIn, fault_of, taken_in

T3 = datetime(2026, 9, 15, 3, 0, tzinfo=UTC)
PLACES = [(1.5, 50.9), (1.55, 50.95), (1.6, 51.0)]


def taken(path: Path, options: ReadOptions = OPTIONS) -> TakenIn:
    """What comes of a file."""
    return taken_in(lambda sink: read_vector(path, options, sink))


def refused(path: Path, options: ReadOptions = OPTIONS) -> ImportFault:
    """Why a file is refused as a whole."""
    return fault_of(lambda sink: read_vector(path, options, sink))[0]


def frame(**columns: object) -> geopandas.GeoDataFrame:
    """Three rows of a craft, ten minutes apart."""
    told: dict[str, Any] = {
        "mmsi": [235000123, None, 235000123],
        "name": ["CUTTER", "OTHER", None],
        "time": [T3 + n * timedelta(minutes=10, milliseconds=125) for n in range(3)],
        "sog": [7.25, None, 0.1],
        **columns,
    }  # fmt: skip
    points = [shapely.Point(*place) for place in PLACES]
    rows = geopandas.GeoDataFrame(told, geometry=points, crs=4326)
    rows["mmsi"] = rows["mmsi"].astype("Int64")
    return rows
