"""GPX 1.0 and 1.1 that is to come in: tracks, routes and waypoints.

A point of a track or a route with a time is a report; so is a waypoint with one, of no track; a
waypoint without is a place. Speeds (``speed`` of GPX 1.0 and of Garmin's extension) are metres a
second. What this program wrote is read from its own elements, one for each field, among the
extensions of a point or a track: see ``outgoing/gpx.py``.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, Final

from channelplot.exchange.found_lines import words
from channelplot.exchange.gpx_read import NAMESPACES
from channelplot.exchange.incoming.found import ReadOptions, Sink
from channelplot.exchange.incoming.own_record import FIELDS
from channelplot.exchange.incoming.xml_file import XmlFormat, read_elements
from channelplot.exchange.incoming.xml_points import SaidPoint, SaidTrack, XmlPoints, note_of
from channelplot.exchange.outgoing.gpx import NAMESPACE

_OWN: Final = "cp:"
_GARMIN: Final = "tpx:"
"""What stands before names in paths."""
_WAYPOINT: Final = "gpx/wpt"
_POINTS: Final = frozenset(
    {_WAYPOINT, "gpx/rte/rtept", "gpx/trk/trkseg/trkpt", f"gpx/extensions/{_OWN}report"}
)
"""The last: a report of this program that has no position."""
_TRACKS: Final = frozenset({"gpx/rte", "gpx/trk"})
_SAID: Final = (
    "ele", "time", "magvar", "geoidheight", "name", "cmt", "desc", "src", "url", "urlname", "sym",
    "type", "fix", "sat", "hdop", "vdop", "pdop", "ageofdgpsdata", "dgpsid", "course", "speed",
)  # fmt: skip
_SAID_OF_TRACK: Final = ("name", "cmt", "desc", "src", "type")
_SAID_BY_GARMIN: Final = (
    "atemp", "wtemp", "depth", "hr", "cad", "speed", "course", "bearing",
)  # fmt: skip
_NOTED: Final = ("cmt", "desc", "src", "type", "sym")
_INSIDE: Final = ("", "extensions/")
"""Elements of others stand among the extensions in GPX 1.1, and beside its own in GPX 1.0."""
_OF_POINT: Final[Mapping[str, str]] = {
    **{f"{point}/{name}": name for point in _POINTS for name in _SAID},
    **{
        f"{point}/{inside}{_GARMIN}TrackPointExtension/{_GARMIN}{name}": name
        for point in _POINTS
        for inside in _INSIDE
        for name in _SAID_BY_GARMIN
    },
}
"""The elements that say something of a point, by their paths, and what they say."""
_OF_TRACK: Final[Mapping[str, str]] = {
    f"{track}/{name}": name for track in _TRACKS for name in _SAID_OF_TRACK
}
_OWN_FIELDS: Final[Mapping[str, str]] = {
    f"{each}/{inside}{_OWN}{name}": name
    for each in (*_POINTS, *_TRACKS)
    for inside in _INSIDE
    for name in FIELDS
}
"""This program's own elements, by their paths, and the fields they hold."""
_FORMAT: Final = XmlFormat(
    namespaces=NAMESPACES,
    root="gpx",
    extensions={
        NAMESPACE: _OWN,
        "http://www.garmin.com/xmlschemas/TrackPointExtension/v1": _GARMIN,
        "http://www.garmin.com/xmlschemas/TrackPointExtension/v2": _GARMIN,
    },
    is_wanted={*_OF_POINT, *_OF_TRACK, *_OWN_FIELDS}.__contains__,
)


def read_gpx_reports(file: BinaryIO, path: Path, options: ReadOptions, sink: Sink) -> None:
    """Tell a sink what stands in a GPX file. path: said in refusals. Raises ImportFileError."""
    gpx = _Gpx(XmlPoints(path, options, sink))
    read_elements(file, path, gpx, _FORMAT, options, sink)


class _Gpx:
    """Takes the elements of a GPX file, and hands each point on at its end."""

    def __init__(self, points: XmlPoints) -> None:
        self._points = points
        self._tracks = 0
        self._track: SaidTrack | None = None
        self._point: SaidPoint | None = None

    def start(self, path: str, attributes: Mapping[str, str], line: int) -> None:
        """Begin a point or a track."""
        if path in _POINTS:
            kind = path.rpartition("/")[2]
            lon_text, lat_text = attributes.get("lon", ""), attributes.get("lat", "")
            self._point = SaidPoint(line, kind, lon_text, lat_text)
        elif path in _TRACKS:
            self._tracks += 1
            self._track = SaidTrack(line, f"{path} {self._tracks}")

    def end(self, path: str, text: str, line: int) -> None:
        """Take what is whole now."""
        point, track = self._point, self._track
        if point is not None:
            if path in _POINTS:
                self._point = None
                self._end_point(path, point)
            elif name := _OF_POINT.get(path):
                if said := words(text):
                    point.said[name] = said
            elif name := _OWN_FIELDS.get(path):
                point.own[name] = text
        elif track is not None:
            if path in _TRACKS:
                self._track = None
                self._points.end_track(track)
            elif name := _OF_TRACK.get(path):
                self._end_of_track(track, name, words(text))
            elif name := _OWN_FIELDS.get(path):
                track.own[name] = text

    def _end_point(self, path: str, point: SaidPoint) -> None:
        said = point.said
        point.time_text = said.get("time", "")
        point.source_name = said.get("src", "")
        point.course_text = said.get("course", "")
        point.speed_mps_text = said.get("speed", "")
        if self._track is not None and path != _WAYPOINT:
            self._points.of_track(point, self._track)
        else:
            notes = [said[name] for name in _NOTED if name in said]
            self._points.alone(point, said.get("name", ""), note_of(notes))

    @staticmethod
    def _end_of_track(track: SaidTrack, name: str, said: str) -> None:
        if name == "name":
            track.name = said
        elif said:
            track.notes.append(said)
