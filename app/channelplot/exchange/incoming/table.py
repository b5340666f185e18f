"""Tables of positions that come in: separated by commas, tabs or anything else, row by row.

A row with a time is a report, and where the table has no times a place. Its words are the row as
it stands. A cell is never run as a formula: it is text.
"""

import os
import re
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from channelplot.errors import ImportFault, ImportFileError
from channelplot.exchange.found_lines import piece, words
from channelplot.exchange.incoming.found import (
    NO_TRACK,
    FoundPlace,
    FoundReport,
    FoundTrack,
    ReadOptions,
    Sink,
)
from channelplot.exchange.incoming.mapped_columns import OWN_LAYOUT, Need, TableLook, row_time
from channelplot.exchange.incoming.table_fields import SPEED_FIELDS, TableField
from channelplot.exchange.incoming.table_look import is_said_separator, look_at
from channelplot.exchange.incoming.table_own import OwnRows
from channelplot.exchange.incoming.table_positions import TablePositions
from channelplot.exchange.incoming.table_text import TableText
from channelplot.exchange.incoming.table_values import (
    MMSI_FIGURES,
    ValueRefused,
    said_course_deg,
    said_mmsi,
    said_number,
    said_people,
    said_speed_kn,
)
from channelplot.exchange.incoming.times import FileTimes, TimeRefused
from channelplot.geodesy.position import Position
from channelplot.model.codes import Craft, SourceKind

MOST_WORDS: Final = 500
"""Characters of a row that are kept as what was received."""
_BETWEEN_STOPS: Final = 1_000
_REMARK: Final = "#"
_LINE_ENDS: Final = "\r\n"
_IMO: Final = re.compile(r"(?:IMO\s?)?(?!0{7})([0-9]{7})(?:\.0)?", re.ASCII)
_NO_NAME: Final = frozenset({"unknown", "undefined", "n/a"})
_SOURCES: Final = {kind.value: kind for kind in SourceKind}


def read_table(file: BinaryIO, path: Path, options: ReadOptions, sink: Sink) -> None:
    """Tell a sink of every row of a table.

    path: said in refusals. Raises ImportFileError where nothing of it comes in.
    """
    look = look_at(file, path, options)
    if Need.COLUMNS in look.needs:
        titles = look.titles or look.rows[0][1]
        line = look.titles_line or look.rows[0][0]
        raise ImportFileError(ImportFault.COLUMNS, path, piece(" ".join(titles)), line)
    size = max(file.seek(0, os.SEEK_END), 1)
    is_own = look.layout == OWN_LAYOUT
    take = OwnRows(look.titles, sink).take if is_own else TableRows(look, path, options, sink).take
    assert look.encoding is not None, "tables are in one"
    text = TableText(file, path, look.encoding)
    width = look.width
    with closing(text.rows(look.separator)) as rows:
        for count, cells in enumerate(rows):
            if count % _BETWEEN_STOPS == 0:
                if options.stop.is_set():
                    raise ImportFileError(ImportFault.STOPPED, path)
                sink.progress(min(file.tell() / size, 1.0))
            line = text.line
            if line <= look.titles_line or not cells:
                continue
            if len(cells) != width and (len(cells) < width or any(map(str.strip, cells[width:]))):
                _refuse_length(cells, line, sink, is_own=is_own)
            else:
                take(cells, line, text.raw)
    if is_own and text.raw[-1:] not in _LINE_ENDS:
        raise ImportFileError(ImportFault.NOT_A_TABLE, path, "", text.line)
    sink.progress(1.0)


def _refuse_length(cells: Sequence[str], line: int, sink: Sink, *, is_own: bool) -> None:
    """Refuse a row of another length, unless there is nothing in it, or it is a remark.

    One as long as the others is no remark, whatever it begins with: it may be a name.
    """
    is_remark = cells[0].lstrip().startswith(_REMARK) and not is_own
    if is_remark or not any(map(str.strip, cells)) or (line == 1 and is_said_separator(cells[0])):
        return
    sink.refuse(line, ImportFault.ROW_LENGTH, piece(" ".join(cells)))


class TableRows:
    """Tells a sink of the rows of another program's table."""

    def __init__(
        self,
        look: TableLook,
        path: Path,
        options: ReadOptions,
        sink: Sink,
        position: Callable[[Sequence[str], int], Position] | None = None,
    ) -> None:
        """Take what the columns hold. position: of a row, where it does not stand in them."""
        self._sink = sink
        self._at = look.at
        self._is_ais = look.is_ais
        self._is_timed = look.is_timed
        self._has_short_years = look.has_short_years
        self._only_craft = look.layout if look.is_one_craft else NO_TRACK
        self._position = position or TablePositions(look, path).read
        said = replace(options, zone=look.zone, date_order=look.date_order)
        self._times = FileTimes(said, path)
        self._read_time = self._time_reader()
        at = look.at
        self._course_at = at.get(TableField.COURSE)
        speeds = (each for each in TableField if each in SPEED_FIELDS and each in at)
        self._speed = next(((each, at[each]) for each in speeds), None)
        self._people_at = [at.get(each) for each in (TableField.PEOPLE, TableField.CHILDREN)]
        self._has_people = any(each is not None for each in self._people_at)
        self._source_at = at.get(TableField.SOURCE)
        self._craft_at = (at.get(TableField.MMSI), at.get(TableField.IMO), at.get(TableField.NAME))
        self._told: dict[str, str] = {}

    def take(self, cells: Sequence[str], line: int, raw: str) -> None:
        """Tell of a row, or refuse it. raw: as it stands."""
        if not any(map(str.strip, cells)):
            return
        try:
            if self._is_timed:
                self.tell_report(cells, line, raw)
            else:
                self.tell_place(cells, line)
        except ValueRefused as refused:
            self._sink.refuse(line, refused.fault, refused.detail)
        except TimeRefused as refused:
            self._sink.refuse(line, refused.fault, refused.piece)

    def tell_report(self, cells: Sequence[str], line: int, raw: str) -> None:
        """Tell of a row with a time. Raises ValueRefused, TimeRefused."""
        at_utc = self._read_time(cells, line)
        position = self._position(cells, line)
        course_deg = speed_kn = people = None
        if self._course_at is not None:
            read_course = partial(said_course_deg, is_ais=self._is_ais)
            course_deg = self._number(cells[self._course_at], read_course)
        if self._speed is not None:
            unit, at = self._speed
            read_speed = partial(said_speed_kn, unit=unit, is_ais=self._is_ais)
            speed_kn = self._number(cells[at], read_speed)
        if self._has_people:
            people = said_people(*("" if at is None else cells[at] for at in self._people_at))
        source, source_name = self.source_of(cells)
        self._sink.report(
            FoundReport(
                line=line,
                track=self.track_of(cells, line),
                observed_at_utc=at_utc,
                position=position,
                as_received=_shortened(raw.strip(_LINE_ENDS)),
                source=source,
                source_name=source_name,
                course_deg=course_deg,
                speed_kn=speed_kn,
                people=people,
            )
        )

    def tell_place(self, cells: Sequence[str], line: int) -> None:
        """Tell of a row without a time. Raises ValueRefused."""
        at = self._at
        name, note = (
            words(cells[at[each]]) if each in at else ""
            for each in (TableField.NAME, TableField.NOTE)
        )
        position = self._position(cells, line)
        self._sink.place(FoundPlace(line=line, name=name, position=position, note=note))

    def _time_reader(self) -> Callable[[Sequence[str], int], datetime]:
        """Return what reads the time of a row."""
        at, times = self._at, self._times
        if TableField.TIME in at:
            column = at[TableField.TIME]
            return lambda cells, line: times.read(cells[column], line)
        if TableField.EPOCH_S in at:
            column = at[TableField.EPOCH_S]
            return lambda cells, _: times.read_epoch_s(cells[column])
        if TableField.EPOCH_MS in at:
            column = at[TableField.EPOCH_MS]
            return lambda cells, _: times.read_epoch_ms(cells[column])
        is_short = self._has_short_years
        return lambda cells, line: times.read(row_time(cells, at, has_short_years=is_short), line)

    def _number(self, text: str, read: Callable[[str], float | None]) -> float | None:
        """Return a number, whose decimal mark may be a comma. read: what does it by a point.

        Where commas part the cells, it stands in quotation marks. Raises ValueRefused with the
        number as it stands.
        """
        if "," not in text:
            return read(text)
        try:
            return read(text.replace(",", "."))
        except ValueRefused as refused:
            raise ValueRefused(refused.fault, text) from None

    def source_of(self, cells: Sequence[str]) -> tuple[SourceKind | None, str]:
        """Return who told of a row: one of the codes, or a name."""
        if self._source_at is None:
            return None, ""
        said = words(cells[self._source_at])
        kind = _SOURCES.get(said.casefold())
        return kind, "" if kind is not None else said

    def track_of(self, cells: Sequence[str], line: int) -> str:
        """Return the key of the craft of a row, of which the sink is told once.

        Raises ValueRefused (NOT_MMSI) where nothing but what can't be an MMSI says which it is.
        """
        mmsi_at, imo_at, name_at = self._craft_at
        name = "" if name_at is None else words(cells[name_at])
        if name and self._is_ais and name.casefold() in _NO_NAME:
            name = ""
        mmsi, no_mmsi = "", None
        try:
            mmsi = "" if mmsi_at is None else said_mmsi(cells[mmsi_at])
        except ValueRefused as refused:
            no_mmsi = refused
        key, is_craft_id = name or mmsi or self._only_craft, False
        if len(mmsi) == MMSI_FIGURES:
            key, is_craft_id = mmsi, True
        elif imo_at is not None and (imo := _IMO.fullmatch(cells[imo_at].strip().upper())):
            key, is_craft_id = f"IMO {imo[1]}", True
        elif no_mmsi is not None and not name:
            raise no_mmsi
        if key == NO_TRACK:
            return NO_TRACK
        told = self._told.get(key)
        if told is None or (name and not told):
            length_m = self._length_m(cells)
            self._told[key] = name
            self._sink.track(
                FoundTrack(
                    line=line,
                    key=key,
                    name=name,
                    is_craft_id=is_craft_id,
                    usual_craft=Craft.MERCHANT_VESSEL if self._is_ais else None,
                    length_m=length_m,
                )
            )
        return key

    def _length_m(self, cells: Sequence[str]) -> float | None:
        at = self._at.get(TableField.LENGTH)
        length_m = None if at is None else self._number(cells[at], said_number)
        return length_m or None


def _shortened(text: str) -> str:
    """Return a row as it stands, cut where it is too long."""
    if len(text) <= MOST_WORDS:
        return text
    return f"{text[: MOST_WORDS - 1]}\N{HORIZONTAL ELLIPSIS}"
