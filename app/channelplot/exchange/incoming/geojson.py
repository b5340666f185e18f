"""GeoJSON (RFC 7946) that is to come in: one text, or one on each line, or a sequence of them.

Read feature by feature by a reader of our own, so that a file of any length needs little room, and
what stands in it comes in as it stands or is refused with its line. So is what is no JSON where
each line is a text of its own; any other file is refused as a whole then. A point with a time is a
report, one without a place; a line with times, as converters of GPX write it, is a track. Positions
are longitude first on WGS 84: a file that says that they are not is refused as a whole.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

from channelplot.errors import ImportFault, ImportFileError
from channelplot.exchange.found_lines import piece
from channelplot.exchange.incoming.features import Features, FeatureTaker, text_of
from channelplot.exchange.incoming.found import ReadOptions, Sink
from channelplot.exchange.incoming.geojson_shapes import BESIDE_POSITIONS, shape_of, times_of
from channelplot.exchange.incoming.json_text import JsonText, NoNumber

_OF_LINES: Final = frozenset({".geojsonl", ".jsonl", ".ndjson"})
"""Each line is a text of its own. Of others the first text shows it."""
SUFFIXES: Final = (".geojson", ".json", ".geojsons", *sorted(_OF_LINES))
_COLLECTION: Final = "FeatureCollection"
_FEATURE: Final = "Feature"
_GEOMETRIES: Final = frozenset(
    {
        "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
        "GeometryCollection",
    }
)  # fmt: skip
_WGS_84: Final = re.compile(
    r"(?:urn:(?:x-)?ogc:def:crs:)?(?:OGC:(?:1\.3)?:?CRS:?84|EPSG:[0-9.]*:?4326)", re.IGNORECASE
)
_MOST_PROPERTIES: Final = 1_000
_LINE_BREAK: Final = re.compile(r"\s*\n\s*")


def read_geojson(
    file: BinaryIO,
    path: Path,
    options: ReadOptions,
    sink: Sink,
    features: FeatureTaker | None = None,
) -> None:
    """Tell of every feature of a file.

    path: said in refusals. features: is told of them instead of the sink. Raises ImportFileError:
    NOT_JSON for what is no JSON, or has a name twice in one object, unless it is one line of
    several, KIND for other JSON than features, DATUM for another reference.
    """
    _GeoJson(file, path, options, sink, features or Features(path, options, sink)).read()


class _GeoJson:
    """Reads one file."""

    def __init__(
        self,
        file: BinaryIO,
        path: Path,
        options: ReadOptions,
        sink: Sink,
        features: FeatureTaker,
    ) -> None:
        self._path = path
        self._sink = sink
        self._text = JsonText(file, path, options.stop)
        self._features = features
        self._count = 0
        self._told = 0
        self._is_of_lines: bool | None = True if path.suffix.lower() in _OF_LINES else None
        self._broken: ImportFileError | None = None

    def read(self) -> None:
        """Read it all. Raises ImportFileError."""
        text = self._text
        if not text.next_text():
            raise self._fault(ImportFault.EMPTY)
        if text.peek() != "{" and not self._is_of_lines:
            raise self._fault(ImportFault.KIND)
        is_collection, line = self._begins_collection(), text.line
        if is_collection:
            is_collection = self._collection()
            self._is_of_lines = not is_collection and text.line == line
        else:
            self._text_of_several()
        while text.next_text():
            if is_collection:
                text.refuse()
            self._text_of_several()
        if not self._count:
            raise self._broken or self._fault(ImportFault.EMPTY)
        self._features.finish()
        self._sink.progress(1.0)

    def _begins_collection(self) -> bool:
        """Return whether the first text is a collection of features, or may be one."""
        first = self._text.ahead()
        if isinstance(first, dict):
            return "features" in first or first.get("type") == _COLLECTION
        said = self._text.glimpse()
        return not self._is_of_lines or '"features"' in said or f'"{_COLLECTION}"' in said

    def _collection(self) -> bool:
        """Read an object member by member; return whether it was a collection of features.

        What else it is, a feature too large to be read ahead, is told.
        """
        text, members, is_collection = self._text, dict[str, Any](), False
        line = text.line
        text.take("{")
        while not (text.skip("}") and not members):
            if text.peek() != '"':
                text.refuse()
            name, _ = text.value()
            if name in members:
                text.refuse(f"{piece(name)} 2x")
            text.take(":")
            if name == "features" and text.peek() == "[":
                is_collection = True
                members[name] = None
                self._elements()
            else:
                members[name], _ = text.value()
            if not text.skip(","):
                text.take("}")
                break
        if is_collection != (members.get("type") == _COLLECTION):
            raise self._fault(ImportFault.KIND, piece(str(members.get("type", ""))), line)
        if is_collection:
            self._require_wgs84(members, line)
        else:
            self._feature_of(members, "", line)
        return is_collection

    def _elements(self) -> None:
        """Tell of the features of an array."""
        text = self._text
        text.take("[")
        if text.skip("]"):
            return
        while True:
            text.peek()
            line = text.line
            value, said = text.value()
            if not isinstance(value, dict) or value.get("type") != _FEATURE:
                raise self._fault(ImportFault.KIND, piece(said), line)
            self._feature(value, said, line)
            if not text.skip(","):
                text.take("]")
                return

    def _text_of_several(self) -> None:
        """Tell of the next text, or refuse its line where it is no JSON and each has its own."""
        text, line = self._text, self._text.line
        try:
            value, said = text.value()
            self._is_of_lines = text.line == line and self._is_of_lines is not False
            if self._is_of_lines and not text.is_at_line_end():
                text.refuse(self._rest_of_line())
        except ImportFileError as error:
            if error.fault is not ImportFault.NOT_JSON or not self._is_of_lines:
                raise
            self._broken = self._broken or error
            # What the parser says of it would tell nobody anything.
            is_of_parser = error.__cause__ is not None
            told = self._rest_of_line() if is_of_parser else error.detail
            self._sink.refuse(line, error.fault, told)
            text.skip_line()
            return
        self._feature_of(value, said, line)

    def _rest_of_line(self) -> str:
        """Return a piece of what comes next in this line."""
        return piece(self._text.glimpse().partition("\n")[0])

    def _feature_of(self, value: Any, said: str, line: int) -> None:
        """Tell of one of several texts: a feature, or a shape alone."""
        kind = str(value.get("type", "")) if isinstance(value, dict) else ""
        if kind in _GEOMETRIES:
            value = {"geometry": value, "properties": None}
        elif kind != _FEATURE:
            if self._broken is not None and not self._count:
                raise self._broken  # most likely one text, on several lines
            raise self._fault(ImportFault.KIND, piece(kind), line)
        self._feature(value, said, line)

    def _feature(self, feature: Mapping[str, Any], said: str, line: int) -> None:
        if self._text.told != self._told:
            self._told = self._text.told
            self._sink.progress(self._text.share)
        self._count += 1
        properties, geometry = feature.get("properties"), feature.get("geometry")
        if not isinstance(properties, dict | None) or not isinstance(geometry, dict | None):
            raise self._fault(ImportFault.KIND, piece(said), line)
        if properties is not None and len(properties) > _MOST_PROPERTIES:
            raise self._fault(ImportFault.TOO_LARGE, str(len(properties)), line)
        self._require_wgs84(feature, line)
        texts: dict[str, str | None] = {}
        for name, value in (properties or {}).items():
            if isinstance(value, str):
                texts[name] = value
            elif name in BESIDE_POSITIONS and isinstance(value, list | dict):
                continue
            elif isinstance(value, NoNumber):
                told = f"{piece(name)} {piece(value.text)}"
                self._sink.refuse(line, ImportFault.NUMBER_NOT_READ, told)
                return
            else:
                texts[name] = text_of(value)
        shape = None
        if geometry is not None:
            self._require_wgs84(geometry, line)
            shape = shape_of(geometry, times_of(properties or {}))
        words = _LINE_BREAK.sub(" ", said) if "\n" in said else said
        self._features.tell(texts, shape, words, line)

    def _require_wgs84(self, members: Mapping[str, Any], line: int) -> None:
        """Refuse another reference; the standard of 2008 knew them."""
        if "crs" not in members:
            return
        crs = members["crs"]
        properties = crs.get("properties") if isinstance(crs, dict) else None
        name = properties.get("name") if isinstance(properties, dict) else None
        if crs is None:
            raise self._fault(ImportFault.NO_CRS, "", line)
        if not isinstance(name, str) or _WGS_84.fullmatch(name.strip()) is None:
            raise self._fault(ImportFault.DATUM, piece(str(name or "")), line)

    def _fault(self, fault: ImportFault, detail: str = "", line: int = 0) -> ImportFileError:
        return ImportFileError(fault, self._path, detail, line or self._text.line)
