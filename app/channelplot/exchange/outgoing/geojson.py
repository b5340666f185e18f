"""A plot as GeoJSON (RFC 7946): one feature a thing, WGS 84, longitude first.

A feature's properties are the fields of what it is (``exchange/fields.py``), and ``record``:
report, track, beach or mark; a report has the name of its track too. Numbers are numbers, all
else is text. A report is a point; a track is the line through its positions, to look at, and its
reports stand behind it. Where there is no such place the geometry is null.
"""

import json
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.exchange.outgoing.formats import Format
from channelplot.exchange.outgoing.selection import Lot, Selection, line_deg
from channelplot.exchange.outgoing.texts import NUMBERS, Texts, Written
from channelplot.exchange.outgoing.xml_text import encoded
from channelplot.geodesy.position import Position

_PLACE: Final = frozenset({"lon_deg", "lat_deg"})
_POINTS_AT_ONCE: Final = 1000
_escaped: Final = json.JSONEncoder(ensure_ascii=False).encode


def geojson_pieces(selection: Selection) -> Iterator[bytes]:
    """Yield the file, thing by thing."""
    return encoded(_pieces(selection, Written(selection, Format.GEOJSON)))


def _pieces(selection: Selection, written: Written) -> Iterator[str]:
    yield '{"type":"FeatureCollection","features":['
    between = "\n"
    for piece, is_last in _features(selection, written):
        yield between + piece
        between = ",\n" if is_last else ""
    yield "\n]}\n"


def _features(selection: Selection, written: Written) -> Iterator[tuple[str, bool]]:
    """Yield pieces of features, and whether each is the last one of its feature."""
    for beach in selection.beaches():
        yield _feature("beach", written.beach(beach), _point(beach.position)), True
    for mark in selection.marks():
        yield _feature("mark", written.mark(mark), _point(mark.position)), True
    for track, lot in selection.lots():
        texts = written.track(track)
        line = line_deg(track, lot)
        if line is None:
            yield _feature("track", texts, "null"), True
        else:
            yield _head("track", texts) + '{"type":"LineString","coordinates":[', False
            for first in range(0, len(line), _POINTS_AT_ONCE):
                pairs = _pairs(line[first : first + _POINTS_AT_ONCE])
                yield ("," if first else "") + pairs, False
            yield "]}}", True
        yield from _reports(lot, written, {"track_name": texts["name"]})
    yield from _reports(selection.unattributed(), written, {})


def _reports(lot: Lot, written: Written, of_track: Texts) -> Iterator[tuple[str, bool]]:
    for report in lot:
        texts = {**written.report(report), **of_track}
        yield _feature("report", texts, _point(report.position)), True


def _feature(record: str, texts: Texts, geometry: str) -> str:
    return f"{_head(record, texts)}{geometry}}}"


def _head(record: str, texts: Texts) -> str:
    told = "".join(
        f',"{name}":{text if name in NUMBERS else _escaped(text)}'
        for name, text in texts.items()
        if name not in _PLACE
    )
    return f'{{"type":"Feature","properties":{{"record":"{record}"{told}}},"geometry":'


def _point(position: Position | None) -> str:
    if position is None:
        return "null"
    return f'{{"type":"Point","coordinates":[{position.lon_deg!r},{position.lat_deg!r}]}}'


def _pairs(line: npt.NDArray[np.float64]) -> str:
    return ",".join(f"[{lon_deg!r},{lat_deg!r}]" for lon_deg, lat_deg in line.tolist())
