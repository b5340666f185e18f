"""KML 2.0 to 2.3 and KMZ that are to come in: points with or without a time, and timed tracks.

A placemark's point with a time is a report, one without is a place; its extended data count as the
properties of a feature do (``features.py``). The points of a ``gx:Track`` are reports of one
track. Lines and areas are refused: they are no reports. Links to other files and hosts are told of
and not followed. What this program wrote is read from the extended data of a placemark: see
``outgoing/kml.py``.
"""

import io
from collections.abc import Mapping
from itertools import repeat
from pathlib import Path
from typing import BinaryIO, Final

from channelplot.errors import ImportFault, ImportFileError, LimitFileError
from channelplot.exchange.found_lines import piece, words
from channelplot.exchange.incoming.feature_look import look_of_names
from channelplot.exchange.incoming.features import Features, Place
from channelplot.exchange.incoming.found import ReadOptions, Sink
from channelplot.exchange.incoming.placemark import DATA, TEXTS, Placemark
from channelplot.exchange.incoming.waiting_texts import WaitingTexts
from channelplot.exchange.incoming.xml_file import XmlFormat, as_import, read_elements
from channelplot.exchange.incoming.xml_points import (
    MOST_WORDS,
    SaidPoint,
    SaidTrack,
    XmlPoints,
)
from channelplot.exchange.kml_read import NAMESPACES
from channelplot.exchange.kmz import main_file

_HOLDERS: Final = frozenset({"kml", "Document", "Folder"})
_LINKS: Final = frozenset({"NetworkLink", "Update"})
"""What refers to another file, or changes what one holds."""
_REFERENCES: Final = ("/href", "/targetHref")
_SHAPES: Final = frozenset({"LineString", "LinearRing", "Polygon", "Model"})
_OVERLAYS: Final = frozenset({"GroundOverlay", "PhotoOverlay"})
_BEGUN: Final = ("Data", "Track", "Placemark")
"""Ends of the names of elements of which the beginning counts."""
_READ: Final = frozenset(
    {
        "name", "description", "when", "begin", "end", "value", "SimpleData", "coord",
        "coordinates", "href", "targetHref",
    }
)  # fmt: skip
_LINES: Final = ("LineString/coordinates", "LinearRing/coordinates")
_MOST_KINDS: Final = 256
"""Of placemarks with other data, of which it is remembered whether they are timed."""
_MOST_KEPT: Final = 16_000_000
"""Characters of what one placemark says."""
_ENTRY: Final = 100
"""What an entry takes beside its characters."""
_LON_LAT: Final = 2
_LON_LAT_HEIGHT: Final = 3


def _is_wanted(path: str) -> bool:
    return path.rpartition("/")[2] in _READ and not path.endswith(_LINES)


_FORMAT: Final = XmlFormat(namespaces=NAMESPACES, root="kml", extensions={}, is_wanted=_is_wanted)


def read_kml_reports(file: BinaryIO, path: Path, options: ReadOptions, sink: Sink) -> None:
    """Tell a sink what stands in a KML file. path: said in refusals. Raises ImportFileError."""
    kml = _Kml(path, options, sink)
    read_elements(file, path, kml, _FORMAT, options, sink)


def read_kmz_reports(file: BinaryIO, path: Path, options: ReadOptions, sink: Sink) -> None:
    """Tell a sink what stands in the main KML file of an archive; others are told as links.

    Lines are those of that file. Raises ImportFileError.
    """
    try:
        main = main_file(file, path)
    except LimitFileError as error:
        raise as_import(error, path) from error
    for name in main.others:
        sink.refuse(0, ImportFault.LINKS, piece(name))
    read_kml_reports(io.BytesIO(main.text), path, options, sink)


class _Kml:
    """Takes the elements of a KML file, and hands each placemark on at its end."""

    def __init__(self, path: Path, options: ReadOptions, sink: Sink) -> None:
        self._path = path
        self._options = options
        self._points = XmlPoints(path, options, sink)
        self._features = Features(path, options, sink)
        self._sink = sink
        self._timed: dict[tuple[str, ...], bool] = {}
        self._folders: list[str] = []
        self._placemarks = 0
        self._placemark: Placemark | None = None
        self._kept = 0
        self._link = ""
        self._href = ""

    def start(self, path: str, attributes: Mapping[str, str], line: int) -> None:
        """Begin a folder, a placemark or something of it."""
        placemark = self._placemark
        if placemark is not None:
            if path.endswith(_BEGUN):
                self._start_inside(placemark, path.rpartition("/")[2], attributes, line)
            return
        name = path.rpartition("/")[2]
        if self._link or "?" in path:
            return
        if name in _LINKS:
            self._link, self._href = path, ""
        elif name in _HOLDERS:
            self._folders.append("")
        elif name == "Placemark":
            self._placemarks += 1
            self._kept = 0
            track = SaidTrack(line, f"{name} {self._placemarks}")
            self._placemark = Placemark(f"{path}/", line, track)

    def _start_inside(
        self, placemark: Placemark, name: str, attributes: Mapping[str, str], line: int
    ) -> None:
        if name in {"Data", "SimpleData"}:
            placemark.data_name = attributes.get("name", "").strip()
        elif name == "Track":
            placemark.whens, placemark.coords = WaitingTexts(), WaitingTexts()
        elif name == "Placemark":
            raise ImportFileError(ImportFault.TOO_DEEP, self._path, name, line)

    def end(self, path: str, text: str, line: int) -> None:
        """Take what is whole now."""
        placemark = self._placemark
        if placemark is not None:
            inside = path[len(placemark.inside) :]
            if not inside:
                self._placemark = None
                self._end_placemark(placemark)
            elif "?" not in inside:
                self._end_inside(placemark, inside, text, line)
        elif self._link:
            self._end_in_link(path, text, line)
        elif "?" not in path:
            self._end_outside(path, text, line)

    def _end_outside(self, path: str, text: str, line: int) -> None:
        holders, _, name = path.rpartition("/")
        if name == "name" and holders.rpartition("/")[2] in _HOLDERS:
            self._folders[-1] = words(text)
        elif name in _HOLDERS:
            self._folders.pop()
        elif name in _OVERLAYS:
            self._sink.refuse(line, ImportFault.NOT_A_POINT, name)

    def _end_in_link(self, path: str, text: str, line: int) -> None:
        if path.endswith(_REFERENCES):
            self._href = words(text)
        elif path == self._link:
            self._link = ""
            self._sink.refuse(line, ImportFault.LINKS, piece(self._href))

    def _end_inside(self, placemark: Placemark, path: str, text: str, line: int) -> None:
        """Take an element of a placemark. path: from the placemark on."""
        if path in DATA:
            self._keeps(placemark.data_name, text, line)
            placemark.data[placemark.data_name] = text
        elif path in TEXTS:
            self._keeps(path, text, line)
            placemark.texts[path] = text
        elif path.endswith("Track/when"):
            placemark.whens.add(words(text)[:MOST_WORDS], line)
        elif path.endswith("Track/coord"):
            placemark.coords.add(words(text)[:MOST_WORDS], line)
        elif path.endswith("Point/coordinates"):
            placemark.points.add(words(text)[:MOST_WORDS], line)
        else:
            *holders, name = path.split("/")
            if name == "Track":
                self._end_track(placemark, line)
            elif name in _SHAPES and "Polygon" not in holders:
                placemark.has_shapes = True
                if not placemark.own:
                    self._sink.refuse(line, ImportFault.NOT_A_POINT, piece(placemark.name))

    def _keeps(self, name: str, text: str, line: int) -> None:
        """Count what is kept of a placemark. Raises ImportFileError where that is too much."""
        self._kept += len(name) + len(text) + _ENTRY
        if self._kept > _MOST_KEPT:
            raise ImportFileError(ImportFault.TOO_LARGE, self._path, "", line)

    def _end_track(self, placemark: Placemark, line: int) -> None:
        """Hand on the points of a track that has as many times as places, or no times."""
        whens, coords = placemark.whens, placemark.coords
        placemark.tracks += 1
        if placemark.own:
            return
        if whens and len(whens) != len(coords):
            is_short = len(whens) < len(coords)
            fault = ImportFault.TIME_MISSING if is_short else ImportFault.POSITION_MISSING
            self._sink.refuse(line, fault, f"{len(whens)}, {len(coords)}")
            placemark.refused_tracks += 1
            return
        timed = whens if whens else repeat((0, ""))
        track = placemark.track
        craft = self._features.craft_of(placemark.data, placemark.name, placemark.line)
        if craft is None:
            placemark.refused_tracks += 1
            return
        track.key = craft or track.key
        # With heights in some of its places, one of two numbers lacks one of the others.
        has_heights = any(coord.count(" ") == _LON_LAT for _, coord in coords)
        allowed = _LON_LAT_HEIGHT if has_heights else _LON_LAT
        for (at_line, coord), (time_line, when) in zip(coords, timed, strict=False):
            said = {"when": when}
            point = SaidPoint(at_line, "gx:Track", time_text=when, time_line=time_line, said=said)
            numbers = coord.split()
            if self._takes_place(point, numbers if len(numbers) == allowed else [], coord):
                self._points.of_track(point, track)

    def _end_placemark(self, placemark: Placemark) -> None:
        own = placemark.own
        folder = next(filter(None, reversed(self._folders)), "")
        said = {} if own else placemark.said(folder)
        time_text = placemark.time_text
        for line, coordinates in placemark.points:
            point = SaidPoint(line, "Placemark", time_text=time_text, said=said, own=own)
            # White space parts positions: with it inside of one, nobody knows what was meant.
            numbers = [] if " " in coordinates else coordinates.split(",")
            if _may_be_comma(numbers):
                self._sink.refuse(line, ImportFault.POSITION_DOUBTFUL, piece(coordinates))
            elif self._takes_place(point, numbers, coordinates):
                self._alone(point, placemark)
        if not own:
            self._end_others(placemark)
        elif not placemark.points:
            self._points.own(SaidPoint(placemark.line, "Placemark", time_text=time_text, own=own))

    def _alone(self, point: SaidPoint, placemark: Placemark) -> None:
        """Hand on a point; where its data alone say when it was, or more of it, they count."""
        data = {} if point.own else placemark.data
        is_timed = bool(data) and self._is_timed(tuple(data))
        if data and is_timed != bool(point.time_text):
            if position := self._points.position(point):
                said = data if is_timed else {**data, "time": point.time_text}
                place = Place(position.lon_deg, position.lat_deg)
                self._features.tell(said, place, point.in_short, point.line)
            return
        note = "" if point.own or point.time_text else placemark.note
        self._points.alone(point, placemark.name, note)

    def _is_timed(self, names: tuple[str, ...]) -> bool:
        """Return whether data of these names say when something was."""
        is_timed = self._timed.get(names)
        if is_timed is None:
            if len(self._timed) >= _MOST_KINDS:
                self._timed.clear()
            is_timed = self._timed[names] = look_of_names(names, self._options).is_timed
        return is_timed

    def _end_others(self, placemark: Placemark) -> None:
        """Tell what else there is to say of another program's placemark."""
        if placemark.tracks > placemark.refused_tracks:
            placemark.track.name, placemark.track.notes = placemark.name, [placemark.note]
            self._points.end_track(placemark.track)
        elif not (placemark.points or placemark.has_shapes or placemark.tracks):
            fault = ImportFault.POSITION_MISSING
            self._sink.refuse(placemark.line, fault, piece(placemark.name))

    def _takes_place(self, point: SaidPoint, numbers: list[str], text: str) -> bool:
        """Give a point its place: longitude, latitude, perhaps height. Refuse anything else."""
        if len(numbers) not in (_LON_LAT, _LON_LAT_HEIGHT):
            fault = ImportFault.POSITION_NOT_READ if text else ImportFault.POSITION_MISSING
            self._sink.refuse(point.line, fault, piece(text))
            return False
        point.lon_text, point.lat_text = numbers[:2]
        return True


def _may_be_comma(numbers: list[str]) -> bool:
    """Return whether the height may be the decimals of the latitude: ``1.5,51,5``."""
    if len(numbers) != _LON_LAT_HEIGHT:
        return False
    _, lat_text, height_text = numbers
    return "." not in lat_text and height_text.strip(" +-0.") != ""
