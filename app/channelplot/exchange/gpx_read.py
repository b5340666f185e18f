"""GPX 1.0 and 1.1: routes, tracks and waypoints, on WGS 84 as the format says.

Extensions are passed over. GDAL's reader is not used: it makes 51 of a latitude of ``51,5``.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, Final

from channelplot.errors import LimitFileError, LimitFileFault
from channelplot.exchange.found_lines import (
    FoundFile,
    FoundLine,
    FoundPoint,
    PointCounter,
    decimal_position,
    words,
)
from channelplot.exchange.xml_guard import read_xml

NAMESPACES: Final = frozenset(
    {"http://www.topografix.com/GPX/1/0", "http://www.topografix.com/GPX/1/1"}
)
_POINTS: Final = frozenset({"gpx/wpt", "gpx/rte/rtept", "gpx/trk/trkseg/trkpt"})
_RUNS: Final = frozenset({"gpx/rte", "gpx/trk/trkseg"})
_FEATURES: Final = frozenset({"gpx/rte", "gpx/trk"})
_LAYERS: Final[Mapping[str, str]] = {"gpx/rte": "routes", "gpx/trk": "tracks"}
_FACTS: Final = frozenset({"desc", "cmt", "src"})


def read_gpx(file: BinaryIO, path: Path) -> FoundFile:
    """Return the routes, the segments of the tracks, and the waypoints of a file.

    path: said in refusals. Raises LimitFileError, with the line where there is one.
    """
    gpx = _Gpx(path)
    read_xml(file, path, gpx, NAMESPACES, "gpx")
    return FoundFile(lines=tuple(gpx.lines), points=tuple(gpx.waypoints))


class _Gpx:
    """Takes the elements of a GPX file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._counter = PointCounter(path)
        self.lines: list[FoundLine] = []
        self.waypoints: list[FoundPoint] = []
        self._feature = -1
        self._name = ""
        self._facts: list[tuple[str, str]] = []
        self._runs: list[tuple[FoundPoint, ...]] = []
        self._run: list[FoundPoint] = []
        self._at = ("", "")
        self._said: dict[str, str] = {}

    def start(self, path: str, attributes: Mapping[str, str], line: int) -> None:
        """Begin a point, a run of points or what holds runs."""
        if path in _POINTS:
            self._counter.one_more(line)
            if "lat" not in attributes or "lon" not in attributes:
                raise LimitFileError(LimitFileFault.POSITION_MISSING, self._path, "", line)
            self._at = attributes["lon"], attributes["lat"]
            self._said = {}
        if path in _FEATURES:
            self._feature += 1
            self._name, self._facts, self._runs = "", [], []
        if path in _RUNS:
            self._run = []

    def end(self, path: str, text: str, line: int) -> None:
        """Take what is whole now."""
        holder, _, name = path.rpartition("/")
        if path in _POINTS:
            self._end_point(path, line)
        elif holder in _POINTS and name in {"name", "time"}:
            self._said[name] = text
        elif holder in _FEATURES and name == "name":
            self._name = words(text)
        elif holder in _FEATURES and name in _FACTS:
            self._facts.append((name, words(text)))
        if path in _RUNS:
            self._runs.append(tuple(self._run))
        if path in _FEATURES:
            self.lines += [
                FoundLine(
                    points=run,
                    feature=self._feature,
                    name=self._name,
                    layer=_LAYERS[path],
                    facts=tuple(self._facts),
                )
                for run in self._runs
                if run
            ]

    def _end_point(self, path: str, line: int) -> None:
        point = FoundPoint(
            position=decimal_position(*self._at, self._path, line),
            line=line,
            name=words(self._said.get("name", "")),
            time_text=self._said.get("time", "").strip(),
        )
        (self.waypoints if path == "gpx/wpt" else self._run).append(point)
