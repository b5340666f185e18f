"""A plot as KML 2.2 for Google Earth and others: a folder for each track, in a colour of its own.

Each thing is a placemark with its fields (``exchange/fields.py``) as ``<Data>`` of its
``<ExtendedData>``, and a first one, ``record``, that says what it is: report, track, beach or mark.
A track's placemark is the line through its positions, to look at; its reports are placemarks
of their own behind it. Where and when a report is, is said only by ``<coordinates>`` and
``<when>``, so that another program may move it; of one without position there are no coordinates.
"""

import html
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.exchange.outgoing.formats import Format
from channelplot.exchange.outgoing.selection import Lot, Selection, line_deg
from channelplot.exchange.outgoing.texts import Texts, Written
from channelplot.exchange.outgoing.xml_text import DECLARATION, decimal_text, encoded, said
from channelplot.exchange.outgoing.xml_text import xml_text as text_of
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import zulu_text
from channelplot.model.report import Report

_COLOURS: Final = ("0a5fb4", "c2410c", "15803d", "7c3aed", "b45309", "0e7490", "be185d", "4d7c0f")
"""Of the tracks, in turn, as ``rrggbb``."""
_NO_TRACK: Final = "404040"
_PLACE: Final = "606060"
_PLACED: Final = ("lon_deg", "lat_deg", "observed_at_utc")
_POINTS_AT_ONCE: Final = 1000
_BALLOON: Final = "$[description]"
"""Of a name, too, a viewer would take what looks like HTML for it."""


def kml_pieces(selection: Selection) -> Iterator[bytes]:
    """Yield the file, thing by thing."""
    return encoded(_pieces(selection, Written(selection, Format.KML)))


def _pieces(selection: Selection, written: Written) -> Iterator[str]:
    yield f'{DECLARATION}<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n'
    yield "<name>Channel Plot</name>\n"
    for number, colour in enumerate(_COLOURS):
        yield _style(f"track{number}", colour)
    yield _style("no_track", _NO_TRACK)
    yield _style("place", _PLACE)
    for beach in selection.beaches():
        yield _place("beach", beach.position, written.beach(beach))
    for mark in selection.marks():
        yield _place("mark", mark.position, written.mark(mark))
    for number, (track, lot) in enumerate(selection.lots()):
        texts = written.track(track)
        style = f"track{number % len(_COLOURS)}"
        yield f"<Folder>\n<name>{text_of(texts['name'])}</name>\n"
        yield _head(texts["name"], texts.get("note", ""), style) + _data(texts, "track")
        line = line_deg(track, lot)
        if line is not None:
            yield from _line(line)
        yield "</Placemark>\n"
        yield from _reports(lot, style, written)
        yield "</Folder>\n"
    yield from _reports(selection.unattributed(), "no_track", written)
    yield "</Document>\n</kml>\n"


def _reports(lot: Lot, style: str, written: Written) -> Iterator[str]:
    for report in lot:
        yield _report(report, style, written.report(report))


def _report(report: Report, style: str, texts: Texts) -> str:
    when = f"<TimeStamp><when>{texts['observed_at_utc']}</when></TimeStamp>"
    name, words = zulu_text(report.observed_at_utc), texts.get("as_received", "")
    return (
        f"{_head(name, words, style, when)}{_data(texts, 'report', *_PLACED)}"
        f"{'' if report.position is None else _point(report.position)}</Placemark>\n"
    )


def _place(record: str, position: Position, texts: Texts) -> str:
    name = texts.get("name", "")
    return (
        f"{_head(name, texts.get('note', ''), 'place')}{_data(texts, record, *_PLACED)}"
        f"{_point(position)}</Placemark>\n"
    )


def _head(name: str, words: str, style: str, when: str = "") -> str:
    # A description is taken for HTML, which could have a viewer fetch something.
    told = f"<description>{text_of(html.escape(words))}</description>" if words else ""
    return f"<Placemark><name>{text_of(name)}</name>{told}{when}<styleUrl>#{style}</styleUrl>"


def _data(texts: Texts, record: str, *without: str) -> str:
    told = "".join(
        f'<Data name="{name}"><value>{text}</value></Data>' for name, text in said(texts, *without)
    )
    return f'<ExtendedData><Data name="record"><value>{record}</value></Data>{told}</ExtendedData>'


def _point(position: Position) -> str:
    return (
        f"<Point><coordinates>{decimal_text(position.lon_deg)},{decimal_text(position.lat_deg)}"
        "</coordinates></Point>"
    )


def _line(line: npt.NDArray[np.float64]) -> Iterator[str]:
    """Yield a line. (n, 2) float64, lon, lat in degrees."""
    yield "<LineString><tessellate>1</tessellate><coordinates>"
    for first in range(0, len(line), _POINTS_AT_ONCE):
        yield "".join(
            f"{decimal_text(lon_deg)},{decimal_text(lat_deg)} "
            for lon_deg, lat_deg in line[first : first + _POINTS_AT_ONCE].tolist()
        )
    yield "</coordinates></LineString>"


def _style(name: str, colour: str) -> str:
    red, green, blue = colour[:2], colour[2:4], colour[4:]
    told = f"<color>ff{blue}{green}{red}</color>"
    return (
        f'<Style id="{name}"><IconStyle>{told}<scale>0.6</scale></IconStyle>'
        f"<LabelStyle><scale>0.7</scale></LabelStyle><LineStyle>{told}<width>2</width></LineStyle>"
        f"<BalloonStyle><text>{text_of(_BALLOON)}</text></BalloonStyle></Style>\n"
    )
