"""Texts of GeoJSON, openly made up, and what comes of them."""

import io
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from channelplot.errors import ImportFault
from channelplot.exchange.incoming.found import ReadOptions
from channelplot.exchange.incoming.geojson import read_geojson
from helpers.taken_in import OPTIONS, TakenIn, fault_of, taken_in

NOWHERE = Path("made-up.geojson")
T3 = datetime(2026, 9, 15, 3, 0, tzinfo=UTC)
TIMES = ["2026-09-15T03:00:00Z", "2026-09-15T03:10:00Z", "2026-09-15T03:20:00Z"]
COORDINATES = [[1.5, 50.9], [1.51, 50.91, 3.0], [1.52, 50.92]]


def taken(text: str | bytes, options: ReadOptions = OPTIONS) -> TakenIn:
    """What comes of a file."""
    data = text.encode() if isinstance(text, str) else text
    return taken_in(lambda sink: read_geojson(io.BytesIO(data), NOWHERE, options, sink))


def refused(text: str | bytes, options: ReadOptions = OPTIONS) -> tuple[ImportFault, int]:
    """Why a file is refused as a whole."""
    data = text.encode() if isinstance(text, str) else text
    return fault_of(lambda sink: read_geojson(io.BytesIO(data), NOWHERE, options, sink))


def feature(geometry: object, **properties: object) -> str:
    """A feature, in one line."""
    told = {"type": "Feature", "properties": properties, "geometry": geometry}
    return json.dumps(told, ensure_ascii=False)


def indented(text: str) -> str:
    """The same on lines of its own, without one after the last."""
    return json.dumps(json.loads(text), indent=1)


def point(lon: object, lat: object) -> dict[str, object]:
    """A point."""
    return {"type": "Point", "coordinates": [lon, lat]}


def collection(*features: str, more: str = "") -> str:
    """A collection, a feature in each line from the second on."""
    return f'{{"type": "FeatureCollection",{more} "features": [\n' + ",\n".join(features) + "\n]}\n"


def sequence(parts: Iterable[str], before: str = "", after: str = "\n") -> str:
    """Features one after the other."""
    return "".join(f"{before}{part}{after}" for part in parts)


SEEN = feature(point(1.5, 50.9), time="2026-09-15T03:00:00Z", name="NOVEMBER 1")
