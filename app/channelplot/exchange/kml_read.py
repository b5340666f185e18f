"""KML 2.0 to 2.3: the lines, outlines and points of placemarks, on WGS 84 as the format says.

Links to other files and hosts are not followed; heights are not read. Tracks of the extension
``gx`` are lines whose points have times.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from channelplot.errors import LimitFileError, LimitFileFault
from channelplot.exchange.found_lines import (
    FoundFile,
    FoundLine,
    FoundPoint,
    PointCounter,
    decimal_position,
    piece,
    words,
)
from channelplot.exchange.xml_guard import read_xml

NAMESPACES: Final = frozenset(
    {
        "http://www.opengis.net/kml/2.2",
        "http://www.google.com/kml/ext/2.2",
        *(f"http://earth.google.com/kml/2.{minor}" for minor in range(4)),
    }
)
_LINKS: Final = frozenset({"NetworkLink", "NetworkLinkControl"})
_HOLDERS: Final = frozenset({"kml", "Document", "Folder"})
_LON_LAT: Final = 2
_LON_LAT_HEIGHT: Final = 3


def read_kml(file: BinaryIO, path: Path) -> FoundFile:
    """Return what the placemarks of a file draw.

    path: said in refusals. Raises LimitFileError, with the line where there is one.
    """
    kml = _Kml(path)
    read_xml(file, path, kml, NAMESPACES, "kml")
    return FoundFile(lines=tuple(kml.lines), points=tuple(kml.points), has_links=kml.has_links)


@dataclass(frozen=True)
class _Run:
    """Points that follow one another: a line, or the outline of an area with its holes."""

    points: tuple[FoundPoint, ...]
    is_area: bool = False
    holes: tuple[tuple[FoundPoint, ...], ...] = ()


@dataclass
class _Placemark:
    """What has been read of the placemark that is open."""

    name: str = ""
    time_text: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    runs: list[_Run] = field(default_factory=list)
    points: list[FoundPoint] = field(default_factory=list)
    fact_name: str = ""
    outer: tuple[FoundPoint, ...] = ()
    holes: list[tuple[FoundPoint, ...]] = field(default_factory=list)
    coordinates: list[FoundPoint] = field(default_factory=list)
    whens: list[str] = field(default_factory=list)


class _Kml:
    """Takes the elements of a KML file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._counter = PointCounter(path)
        self.lines: list[FoundLine] = []
        self.points: list[FoundPoint] = []
        self.has_links = False
        self._feature = -1
        self._folders: list[str] = []
        self._placemark: _Placemark | None = None

    def start(self, path: str, attributes: Mapping[str, str], line: int) -> None:
        """Begin a folder, a placemark or a shape."""
        name = path.rpartition("/")[2]
        self.has_links |= name in _LINKS
        placemark = self._placemark
        if placemark is None:
            if name in _HOLDERS:
                self._folders.append("")
            elif name == "Placemark" and "?" not in path:
                self._feature += 1
                self._placemark = _Placemark()
        elif name == "Placemark":
            raise LimitFileError(LimitFileFault.TOO_DEEP, self._path, name, line)
        elif name in {"Data", "SimpleData"}:
            placemark.fact_name = attributes.get("name", "").strip().lower()
        elif name == "Polygon":
            placemark.outer, placemark.holes = (), []
        elif name in {"Point", "LineString", "LinearRing", "Track"}:
            placemark.coordinates, placemark.whens = [], []

    def end(self, path: str, text: str, line: int) -> None:
        """Take what is whole now."""
        holders, _, name = path.rpartition("/")
        holder = holders.rpartition("/")[2]
        placemark = self._placemark
        if placemark is None:
            if name == "name" and holder in _HOLDERS:
                self._folders[-1] = words(text)
            elif name in _HOLDERS:
                self._folders.pop()
        elif "?" not in path:
            if name == "Placemark":
                self._end_placemark(placemark)
            else:
                self._end_inside(placemark, (holder, name), text, line)

    def _end_inside(
        self, placemark: _Placemark, ends: tuple[str, str], text: str, line: int
    ) -> None:
        match ends:
            case ("Placemark", "name"):
                placemark.name = words(text)
            case ("TimeStamp", "when"):
                placemark.time_text = text.strip()
            case ("Track", "when"):
                placemark.whens.append(text.strip())
            case ("Track", "coord"):
                placemark.coordinates.append(self._point(text.split(), text, line))
            case ("SchemaData", "SimpleData") | ("Data", "value"):
                placemark.facts.append((placemark.fact_name, words(text)))
            case ("Point" | "LineString" | "LinearRing", "coordinates"):
                placemark.coordinates += self._read(text, line)
            case (_, "Point"):
                placemark.points += placemark.coordinates
            case (_, "LineString"):
                placemark.runs.append(_Run(tuple(placemark.coordinates)))
            case (_, "Track"):
                placemark.runs.append(_Run(self._timed(placemark, line)))
            case ("outerBoundaryIs", "LinearRing"):
                placemark.outer = tuple(placemark.coordinates)
            case ("innerBoundaryIs", "LinearRing"):
                placemark.holes.append(tuple(placemark.coordinates))
            case (_, "LinearRing"):
                placemark.runs.append(_Run(tuple(placemark.coordinates), is_area=True))
            case (_, "Polygon"):
                placemark.runs.append(
                    _Run(placemark.outer, is_area=True, holes=tuple(placemark.holes))
                )
            case _:
                pass

    def _read(self, text: str, first_line: int) -> Iterator[FoundPoint]:
        """Yield the positions of a list: longitude, latitude and, perhaps, height.

        All with a height or all without: among those without, ``1.5,51,5`` is a slip for 51.5.
        """
        count = 0
        for line, row in enumerate(text.split("\n"), start=first_line):
            for given in row.split():
                numbers = given.split(",")
                count = count or len(numbers)
                if len(numbers) != count:
                    raise self._not_read(given, line)
                yield self._point(numbers, given, line)

    def _point(self, numbers: list[str], given: str, line: int) -> FoundPoint:
        self._counter.one_more(line)
        if len(numbers) not in (_LON_LAT, _LON_LAT_HEIGHT):
            raise self._not_read(given, line)
        position = decimal_position(numbers[0], numbers[1], self._path, line)
        return FoundPoint(position=position, line=line)

    def _not_read(self, given: str, line: int) -> LimitFileError:
        return LimitFileError(LimitFileFault.POSITION_NOT_READ, self._path, piece(given), line)

    def _timed(self, placemark: _Placemark, line: int) -> tuple[FoundPoint, ...]:
        """Return the points of a track with their times; without, where it says none."""
        points, whens = placemark.coordinates, placemark.whens
        if not whens:
            return tuple(points)
        if len(whens) != len(points):
            told = f"{len(whens)}, {len(points)}"
            raise LimitFileError(LimitFileFault.POSITION_MISSING, self._path, told, line)
        return tuple(
            FoundPoint(position=point.position, line=point.line, time_text=when)
            for point, when in zip(points, whens, strict=True)
        )

    def _end_placemark(self, placemark: _Placemark) -> None:
        self.lines += [
            FoundLine(
                points=run.points,
                feature=self._feature,
                name=placemark.name,
                layer=next(filter(None, reversed(self._folders)), ""),
                facts=tuple(placemark.facts),
                is_area=run.is_area,
                has_holes=bool(run.holes),
                holes=run.holes,
            )
            for run in placemark.runs
            if run.points
        ]
        self.points += [
            FoundPoint(
                position=point.position,
                line=point.line,
                name=placemark.name,
                time_text=placemark.time_text,
            )
            for point in placemark.points
        ]
        self._placemark = None
