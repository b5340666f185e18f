"""What XML files say of points, tracks and places, handed on to a sink: GPX and KML alike."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from channelplot.errors import ImportFault, LimitFileError
from channelplot.exchange.found_lines import decimal_position, piece, words
from channelplot.exchange.incoming.found import (
    NO_TRACK,
    FoundPlace,
    FoundReport,
    FoundTrack,
    ReadOptions,
    Sink,
)
from channelplot.exchange.incoming.own_record import RECORD, tell_own
from channelplot.exchange.incoming.table_fields import TableField
from channelplot.exchange.incoming.table_values import (
    ValueRefused,
    said_course_deg,
    said_speed_kn,
)
from channelplot.exchange.incoming.times import FileTimes, TimeRefused
from channelplot.geodesy.position import Position
from channelplot.store.times import time_text

MOST_WORDS: Final = 500
"""Characters of an element that are kept as what was received, or as a note."""
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")
"""A number as this program writes it: in all its figures, however many."""


@dataclass(slots=True)
class SaidPoint:
    """A point as a file has it.

    kind: what the file calls it. said: what stands in it, by name, in its order. own: the fields
    of this program in it. time_text: "" where it says none; time_line: where that stands, if not in
    the point's line.
    """

    line: int
    kind: str
    lon_text: str = ""
    lat_text: str = ""
    time_text: str = ""
    time_line: int = 0
    source_name: str = ""
    course_text: str = ""
    speed_mps_text: str = ""
    said: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)

    @property
    def in_short(self) -> str:
        """Return the element in one line: what it is, where, and what it says, as it stands."""
        where = f"{self.kind} lat={self.lat_text} lon={self.lon_text}"
        return shortened(" ".join((where, *(f"{k}={v}" for k, v in self.said.items()))))


@dataclass(slots=True)
class SaidTrack:
    """A track or route as a file has it, and what has come of its points.

    key: by which its reports name it in this file. own: the fields of this program. points: how
    many it has; untimed: how many without a time, and untimed_line: where the first of them is.
    """

    line: int
    key: str
    name: str = ""
    notes: list[str] = field(default_factory=list)
    own: dict[str, str] = field(default_factory=dict)
    points: int = 0
    untimed: int = 0
    untimed_line: int = 0


class XmlPoints:
    """Hands on what a file says. Anything that is not read is refused with its line."""

    def __init__(self, path: Path, options: ReadOptions, sink: Sink) -> None:
        """Take what was said of the file. path: said in refusals."""
        self._path = path
        self._sink = sink
        self._times = FileTimes(options, path)

    def of_track(self, point: SaidPoint, track: SaidTrack) -> None:
        """Hand on a point of a track; count it where it has no time."""
        track.points += 1
        if point.own:
            point.own.setdefault("track_uid", track.own.get("uid", NO_TRACK))
            self.own(point)
        elif point.time_text:
            self._report(point, track.own.get("uid", track.key))
        else:
            track.untimed += 1
            track.untimed_line = track.untimed_line or point.line

    def end_track(self, track: SaidTrack) -> None:
        """Tell of a track that is whole now; refuse its points without a time, all as one."""
        if track.own:
            tell_own({RECORD: "track", **track.own}, track.line, self._sink)
        elif not track.points:
            self._sink.refuse(track.line, ImportFault.POSITION_MISSING, piece(track.name))
        elif track.points > track.untimed:
            note = note_of(track.notes)
            self._sink.track(FoundTrack(line=track.line, key=track.key, name=track.name, note=note))
        if track.untimed:
            self._sink.refuse(track.untimed_line, ImportFault.TIME_MISSING, str(track.untimed))

    def alone(self, point: SaidPoint, name: str, note: str) -> None:
        """Hand on a point of no track: a report if it has a time, else a place.

        name, note: of the place.
        """
        if point.own:
            self.own(point)
        elif point.time_text:
            self._report(point, NO_TRACK)
        elif position := self.position(point):
            self._sink.place(FoundPlace(line=point.line, name=name, position=position, note=note))

    def _report(self, point: SaidPoint, track: str) -> None:
        position = self.position(point)
        observed_at_utc = self._time(point) if position else None
        if position is None or observed_at_utc is None:
            return
        try:
            course_deg, speed_kn = _motion(point)
        except ValueRefused as refused:
            self._sink.refuse(point.line, refused.fault, refused.detail)
            return
        self._sink.report(
            FoundReport(
                line=point.line,
                track=track,
                observed_at_utc=observed_at_utc,
                position=position,
                as_received=point.in_short,
                source_name=words(point.source_name),
                course_deg=course_deg,
                speed_kn=speed_kn,
            )
        )

    def position(self, point: SaidPoint) -> Position | None:
        """Return where a point is; None where that can't be read, which is refused."""
        try:
            return decimal_position(point.lon_text, point.lat_text, self._path, point.line)
        except LimitFileError as error:
            self._sink.refuse(point.line, ImportFault(error.fault.value), error.detail)
            return None

    def _time(self, point: SaidPoint) -> datetime | None:
        line = point.time_line or point.line
        try:
            return self._times.read(point.time_text, line)
        except TimeRefused as refused:
            self._sink.refuse(line, refused.fault, refused.piece)
            return None

    def own(self, point: SaidPoint) -> None:
        """Hand on what this program wrote: its fields, and where and when the format says it is.

        Another program may have moved it.
        """
        texts = point.own
        if point.lon_text or point.lat_text:
            for name, text in (("lon_deg", point.lon_text), ("lat_deg", point.lat_text)):
                if _NUMBER.fullmatch(text) is None:
                    self._sink.refuse(point.line, ImportFault.POSITION_NOT_READ, piece(text))
                    return
                texts[name] = text
        if point.time_text:
            moment = self._time(point)
            if moment is None:
                return
            texts["observed_at_utc"] = time_text(moment)
        tell_own(texts, point.line, self._sink)


def note_of(said: Iterable[str]) -> str:
    """Return what several elements say as one note; what two of them say only once."""
    return shortened("; ".join(dict.fromkeys(filter(None, said))))


def shortened(text: str) -> str:
    """Return a text in one line, and not too long of it."""
    flat = words(text[: 4 * MOST_WORDS])
    is_whole = len(flat) <= MOST_WORDS and len(text) <= 4 * MOST_WORDS
    return flat if is_whole else f"{flat[: MOST_WORDS - 1]}\N{HORIZONTAL ELLIPSIS}"


def _motion(point: SaidPoint) -> tuple[float | None, float | None]:
    """Return course in degrees and speed in knots, None where not said. Raises ValueRefused."""
    if not (point.course_text or point.speed_mps_text):
        return None, None
    course, speed = map(_unless_negative, (point.course_text, point.speed_mps_text))
    return (
        said_course_deg(course, is_ais=False),
        said_speed_kn(speed, TableField.SPEED_MPS, is_ais=False),
    )


def _unless_negative(text: str) -> str:
    """Return a number's text, "" for a negative one: it says that the number is not known."""
    return "" if text.startswith("-") else text
