"""Features of others' files, GeoJSON and what GDAL reads: what each is to a plot.

A point with a time is a report, one without a place; a line whose positions have times is a
track; what this program wrote is read as it was. Which property says what is told by its name, as
a table's columns are by their titles.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Protocol

from channelplot.errors import ImportFault, ImportFileError, InvalidPosition
from channelplot.exchange.found_lines import is_swapped, piece, words
from channelplot.exchange.incoming.feature_look import (
    is_without_times,
    look_of_names,
    property_at,
    require_fields,
)
from channelplot.exchange.incoming.found import FoundReport, FoundTrack, ReadOptions, Sink
from channelplot.exchange.incoming.holdable import text_fault
from channelplot.exchange.incoming.json_text import NoNumber
from channelplot.exchange.incoming.mapped_columns import TableLook
from channelplot.exchange.incoming.own_record import RECORD, tell_own
from channelplot.exchange.incoming.table import TableRows
from channelplot.exchange.incoming.table_fields import TableField
from channelplot.exchange.incoming.table_values import ValueRefused
from channelplot.exchange.incoming.times import (
    FileTimes,
    TimeRefused,
    shown_order,
)
from channelplot.geodesy.position import Position

_MOST_KINDS: Final = 256
"""Of features with other properties, of which it is remembered how they are read."""
_BETWEEN_STOPS: Final = 1_000
_MOMENT: Final = re.compile(
    r"\s*[0-9]{1,4}([-/.])[0-9]{1,2}\1[0-9]{1,4}[T ,]+[0-9]{1,2}(?::|\s?[Hh]\s?)[0-9]{2}"
)
"""A date with a time of day."""
_MOST_LAT_DEG: Final = 90.0
_MOST_LON_DEG: Final = 180.0
_NUMBERS: Final = (int, float)
"""Not what derives from them: true is no number."""


@dataclass(frozen=True, slots=True)
class Place:
    """A longitude and a latitude in degrees, as a file has them: numbers, or whatever it has."""

    lon_deg: object
    lat_deg: object

    def position(self, *, is_ours: bool = False) -> Position:
        """Return the position. Raises ValueRefused.

        is_ours: this program wrote it, so that it is not swapped wherever it is.
        """
        lon_deg, lat_deg = self.lon_deg, self.lat_deg
        if type(lon_deg) not in _NUMBERS or type(lat_deg) not in _NUMBERS:
            fault = ImportFault.POSITION_NOT_READ
            if lon_deg is None and lat_deg is None:
                fault = ImportFault.POSITION_MISSING
            raise ValueRefused(fault, self.words())
        assert isinstance(lon_deg, int | float)
        assert isinstance(lat_deg, int | float)
        if abs(lat_deg) > _MOST_LAT_DEG:
            raise ValueRefused(ImportFault.LATITUDE_RANGE, self.words())
        if abs(lon_deg) > _MOST_LON_DEG:
            raise ValueRefused(ImportFault.LONGITUDE_RANGE, self.words())
        try:
            position = Position(float(lon_deg), float(lat_deg))
        except InvalidPosition:
            raise ValueRefused(ImportFault.POSITION_NOT_READ, self.words()) from None
        if not is_ours and is_swapped(position):
            raise ValueRefused(ImportFault.SWAPPED, self.words())
        return position

    def words(self) -> str:
        """Return what stands in the file, longitude first as it does there."""
        return piece(", ".join(filter(None, map(text_of, (self.lon_deg, self.lat_deg)))))


@dataclass(frozen=True, slots=True)
class TimedLine:
    """A line of places with a time for each, as they stand. kind: what the file calls it."""

    kind: str
    places: Sequence[Place]
    times: Sequence[object]


@dataclass(frozen=True, slots=True)
class OtherShape:
    """A shape that tells no report. kind: what the file calls it."""

    kind: str


Shape = Place | TimedLine | OtherShape


def text_of(value: object) -> str | None:
    """Return a value of JSON as a text, None for nothing: texts as they are, numbers exactly."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, NoNumber):
        return value.text
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return json.dumps(value, ensure_ascii=False, default=str)


class FeatureTaker(Protocol):
    """Who is told of the features of a file, in its order."""

    def tell(
        self, said: Mapping[str, str | None], shape: Shape | None, as_received: str, line: int
    ) -> None:
        """Take a feature; see ``Features.tell``."""

    def finish(self) -> None:
        """Take the end of the file."""


class Features:
    """Tells a sink what the features of one file are."""

    def __init__(self, path: Path, options: ReadOptions, sink: Sink) -> None:
        """Take what was said of the file. path: said in refusals. Raises ImportFileError."""
        require_fields(options, path)
        self._path = path
        self._options = options
        self._sink = sink
        self._kinds: dict[tuple[str, ...], _Kind] = {}
        self._is_without_times = is_without_times(options)
        self._unseen = {column for column in options.columns.values() if column.strip()}

    def tell(
        self, said: Mapping[str, str | None], shape: Shape | None, as_received: str, line: int
    ) -> None:
        """Tell of a feature, or refuse it; of a line, each of its positions.

        said: what it says, by name. as_received: how it stands in the file. line: where, from 1.
        Raises ImportFileError for times that can't be read before somebody says more of them.
        """
        if said.get(RECORD) and said.get("uid"):
            self._own(said, shape, line)
            return
        if isinstance(shape, OtherShape):
            self._sink.refuse(line, ImportFault.NOT_A_POINT, shape.kind)
            return
        if shape is None:
            self._sink.refuse(line, ImportFault.POSITION_MISSING, piece(as_received))
            return
        kind = self._kind(tuple(said))
        cells = [each or "" for each in said.values()]
        fault = text_fault(*kind.craft(cells))
        if fault is not None:
            self._sink.refuse(line, fault)
            return
        try:
            if isinstance(shape, TimedLine):
                self._line(kind, cells, shape, line)
            elif kind.is_timed:
                kind.place = shape
                kind.rows.tell_report(cells, line, as_received)
            else:
                self._require_no_time(cells, as_received, line)
                kind.place = shape
                kind.rows.tell_place(cells, line)
        except ValueRefused as refused:
            self._sink.refuse(line, refused.fault, refused.detail)
        except TimeRefused as refused:
            self._refuse_time(kind, refused, line)

    def craft_of(self, said: Mapping[str, str | None], name: str, line: int) -> str | None:
        """Return the key of a craft that has a number, and tell of it; "" without one.

        None where it is refused: what stands for its number can't be one, and it has no name.
        """
        kind = self._kind(tuple(said))
        cells = [each or "" for each in said.values()]
        try:
            return kind.rows.track_of(cells, line) if kind.has_number(cells) else ""
        except ValueRefused as refused:
            is_no_mmsi = refused.fault is ImportFault.NOT_MMSI
            if not (is_no_mmsi and name):
                self._sink.refuse(line, refused.fault, refused.detail)
            return None if is_no_mmsi and not name else ""

    def finish(self) -> None:
        """Take the end of the file. Raises ImportFileError for columns that it does not have."""
        if self._unseen:
            raise ImportFileError(ImportFault.COLUMNS, self._path, piece(min(self._unseen)))

    def _kind(self, names: tuple[str, ...]) -> "_Kind":
        """Return how features with these properties are read."""
        kind = self._kinds.get(names)
        if kind is None:
            if len(self._kinds) >= _MOST_KINDS:
                self._kinds.clear()
            look = look_of_names(names, self._options)
            kind = self._kinds[names] = _Kind(look, self._path, self._options, self._sink)
            self._unseen = {each for each in self._unseen if property_at(look, each) is None}
        return kind

    def _own(self, said: Mapping[str, str | None], shape: Shape | None, line: int) -> None:
        """Tell of what this program wrote; the shape of a point counts, that of a track follows."""
        texts = {name: text for name, text in said.items() if text}
        if isinstance(shape, Place):
            try:
                position = shape.position(is_ours=True)
            except ValueRefused as refused:
                self._sink.refuse(line, refused.fault, refused.detail)
                return
            for name, degrees in (("lon_deg", position.lon_deg), ("lat_deg", position.lat_deg)):
                if _is_other(texts.setdefault(name, repr(degrees)), degrees):
                    self._sink.refuse(line, ImportFault.POSITION_DOUBTFUL, shape.words())
                    return
        tell_own(texts, line, self._sink)

    def _line(self, kind: "_Kind", cells: Sequence[str], shape: TimedLine, line: int) -> None:
        """Tell of the positions of a line, each with its time."""
        places, times = shape.places, shape.times
        if len(places) != len(times):
            told = f"{shape.kind} {len(places)}, {len(times)}"
            self._sink.refuse(line, ImportFault.TIME_MISSING, told)
            return
        if kind.has_number(cells):
            key = kind.rows.track_of(cells, line)
        else:
            # Two lines of one name are two crafts, as two tracks of a receiver are.
            key = f"{shape.kind} {line}"
            self._sink.track(FoundTrack(line=line, key=key, name=kind.name(cells)))
        source, source_name = kind.rows.source_of(cells)
        untimed = 0
        for number, (place, time) in enumerate(zip(places, times, strict=True), start=1):
            if number % _BETWEEN_STOPS == 0 and self._options.stop.is_set():
                raise ImportFileError(ImportFault.STOPPED, self._path)
            said = text_of(time)
            if not said:
                untimed += 1
                continue
            try:
                self._sink.report(
                    FoundReport(
                        line=line,
                        track=key,
                        observed_at_utc=kind.times.read(said, line),
                        position=place.position(),
                        as_received=f"{place.words()} {said}",
                        source=source,
                        source_name=source_name,
                    )
                )
            except ValueRefused as refused:
                self._sink.refuse(line, refused.fault, f"{number}: {refused.detail}")
            except TimeRefused as refused:
                self._refuse_time(kind, refused, line)
        if untimed:
            self._sink.refuse(line, ImportFault.TIME_MISSING, str(untimed))

    def _require_no_time(self, cells: Sequence[str], as_received: str, line: int) -> None:
        """Raise where a place has what may be a time: somebody has to say which it is."""
        if not self._is_without_times and any(map(_MOMENT.match, cells)):
            raise ImportFileError(ImportFault.COLUMNS, self._path, piece(as_received), line)

    def _refuse_time(self, kind: "_Kind", refused: TimeRefused, line: int) -> None:
        """Refuse a time; all of the file where it shows another order than was said."""
        if refused.fault is ImportFault.TIME_NOT_READ:
            shown = shown_order([refused.piece])
            if shown is not None and shown is not kind.date_order:
                fault = ImportFault.DAY_OR_MONTH_FIRST
                raise ImportFileError(fault, self._path, refused.piece, line)
        self._sink.refuse(line, refused.fault, refused.piece)


class _Kind:
    """How features that have the same properties are read. place: where the next one is."""

    def __init__(self, look: TableLook, path: Path, options: ReadOptions, sink: Sink) -> None:
        self.is_timed = look.is_timed
        self.date_order = look.date_order
        self.place = Place(None, None)
        self.rows = TableRows(look, path, options, sink, lambda *_: self.place.position())
        self.times = FileTimes(replace(options, zone=look.zone, date_order=look.date_order), path)
        self._name_at = look.at.get(TableField.NAME)
        self._numbers_at = [
            look.at[each] for each in (TableField.MMSI, TableField.IMO) if each in look.at
        ]

    def craft(self, cells: Sequence[str]) -> list[str]:
        """Return all that may stand for a craft: its numbers and its name."""
        return [cells[at] for at in self._numbers_at] + [self.name(cells)]

    def has_number(self, cells: Sequence[str]) -> bool:
        """Return whether a craft has a number by which it is known in every file."""
        return any(cells[at].strip() for at in self._numbers_at)

    def name(self, cells: Sequence[str]) -> str:
        """Return the name of a craft, "" for none."""
        return "" if self._name_at is None else words(cells[self._name_at])


def _is_other(text: str, degrees: float) -> bool:
    """Return whether a text is a number, and another one. What is none is refused elsewhere."""
    try:
        return float(text) != degrees
    except ValueError:
        return False
