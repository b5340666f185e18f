"""Tables of positions, comma-separated or in plain text: a line of points, or several.

A position stands in one column or two, in any form that the plot line reads, and is never guessed:
what can be read in two ways is refused with the line it stands in, and so is a table of which the
separator or the columns can't be told. UTF-8 only. An empty row begins another line, and so does
another value in a column called line, limit, route or area. Rows that begin with # are remarks.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from channelplot.basemap.basemap import CHART_AREA
from channelplot.errors import LimitFileError, LimitFileFault
from channelplot.exchange.found_lines import (
    MOST_POINTS,
    FoundFile,
    FoundLine,
    FoundPoint,
    PointCounter,
    decimal_position,
    not_swapped,
    piece,
    words,
)
from channelplot.exchange.table_columns import Columns, is_part_of_angle, titled_columns
from channelplot.geodesy.position import Position
from channelplot.reading.values import FaultCode, QuestionCode
from channelplot.reading.written_position import written_position

MOST_BYTES: Final = 64 * 1024 * 1024
MOST_ROWS: Final = MOST_POINTS + 50_000
MOST_WRITTEN: Final = 20_000
"""Positions in degrees and minutes or the like: unusual forms take forty times as long."""
_SEPARATORS: Final = ("\t", ";", "|", ",", "")
"""In this order; the last: every row is one text."""
_SAMPLE: Final = 50
"""Rows that are read in every way there is before one way is chosen."""
_WIDE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_REMARK: Final = "#"
_DECIMAL: Final = re.compile(r"[+-]?[0-9]{1,3}(?:[.,][0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")
_WHOLE: Final = re.compile(r"[0-9]+")
_LETTER: Final = re.compile(r"[A-Za-z]")
_ANGLE: Final = re.compile(r"[0-9A-Za-z+-](?:[^;|=]*[0-9A-Za-z°'\"′″])?")
"""An angle begins and ends with something of it, not with what might part it from another."""
_LABEL: Final = re.compile(
    r"(?:[Pp]oint\s+)?(?:\([0-9A-Za-z]{1,4}\)|[0-9]{1,3}[.):]"
    r"|(?!(?:[NSEWO]|LAT|LON|LONG|MGRS|UTM)\b)[A-Z]{1,4}[0-9]{0,3}(?![A-Za-z0-9])[.):]?)\s+(?=\S)"
)
"""``1.``, ``(a)`` or ``Point B:`` before a position."""
_GIVEN_DATUM: Final = re.compile(r"\b(?:WGS|ETRS|RGF|EPSG:\s?4326)", re.IGNORECASE)
_OTHER_DATUM: Final = re.compile(
    r"\b(?:ED[\s-]?50|EUROPEAN\s+DATUM|NAD[\s-]?(?:27|83)|NTF|LAMBERT|OSGB[\s-]?(?:36)?)\b",
    re.IGNORECASE,
)
_FAULTS: Final = {
    FaultCode.EMPTY: LimitFileFault.POSITION_MISSING,
    FaultCode.LATITUDE_RANGE: LimitFileFault.LATITUDE_RANGE,
    FaultCode.LONGITUDE_RANGE: LimitFileFault.LONGITUDE_RANGE,
}
Row = tuple[int, list[str]]
"""The line a row begins in, and its cells."""


def read_table(file: BinaryIO, path: Path) -> FoundFile:
    """Return the lines of points of a table.

    path: said in refusals. Raises LimitFileError, with the line where there is one.
    """
    text = _text(file.read(MOST_BYTES + 1), path)
    if text.count("\n") > MOST_ROWS:
        raise LimitFileError(LimitFileFault.TOO_LARGE, path, str(MOST_ROWS))
    other = _OTHER_DATUM.search(text)
    if other is not None:
        raise LimitFileError(LimitFileFault.DATUM, path, other[0], _line_of(text, other.start()))
    separator = _separator(text, path)
    table = _Table(separator, path)
    for row in _rows(text, separator, path):
        table.take(row)
    return FoundFile(
        lines=tuple(table.lines()), is_datum_given=_GIVEN_DATUM.search(text) is not None
    )


def _text(data: bytes, path: Path) -> str:
    if len(data) > MOST_BYTES:
        raise LimitFileError(LimitFileFault.TOO_LARGE, path)
    if data.startswith(_WIDE_MARKS):
        raise LimitFileError(LimitFileFault.ENCODING, path, "UTF-16", 1)
    zero = data.find(b"\0")
    if zero >= 0:
        line = data.count(b"\n", 0, zero) + 1
        raise LimitFileError(LimitFileFault.ZERO_BYTE, path, "", line)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        told = f"0x{data[error.start]:02X}"
        raise LimitFileError(LimitFileFault.ENCODING, path, told, line) from error


def _separator(text: str, path: Path) -> str:
    """Return what parts the cells: what lets the first rows be read, if they agree.

    Raises LimitFileError where nothing does: the one that tells most.
    """
    read: dict[str, list[tuple[int, Position]]] = {}
    refused: list[tuple[tuple[bool, int, bool], LimitFileError]] = []
    for separator in _SEPARATORS:
        if separator not in text:
            continue
        table = _Table(separator, path)
        try:
            for row in islice(_rows(text, separator, path), _SAMPLE):
                table.take(row)
        except LimitFileError as error:
            is_titled = table.has_titles and separator != ""
            worth = (is_titled, error.line, error.fault is not LimitFileFault.COLUMNS)
            refused.append((worth, error))
        else:
            read[separator] = table.found()
    if not read:
        raise max(refused, key=lambda each: each[0])[1]
    first = next(iter(read.values()))
    for other in read.values():
        if other != first:
            line = next((a[0] for a, b in zip(first, other, strict=False) if a != b), 1)
            raise LimitFileError(LimitFileFault.POSITION_DOUBTFUL, path, "", line)
    return next(iter(read))


def _rows(text: str, separator: str, path: Path) -> Iterator[Row]:
    """Yield the rows of a table, remarks left out; one without any text has no cells."""
    if not separator:
        for line, row in enumerate(io.StringIO(text, newline=None), start=1):
            if not row.startswith(_REMARK):
                yield line, [row.strip()] if row.strip() else []
        return
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            line = reader.line_num
            raise LimitFileError(LimitFileFault.NOT_A_TABLE, path, str(error), line) from error
        stripped = [cell.strip() for cell in cells]
        if not (stripped and stripped[0].startswith(_REMARK)):
            yield line, stripped if any(stripped) else []
        line = reader.line_num + 1


@dataclass
class _Table:
    """Takes the rows of a table whose cells are parted in a certain way."""

    separator: str
    path: Path
    has_titles: bool = False
    _columns: Columns | None = None
    _counter: PointCounter = field(init=False)
    _features: dict[str, int] = field(default_factory=dict)
    _blocks: list[tuple[int, str, list[FoundPoint]]] = field(default_factory=list)
    _is_new: bool = True
    _unread: tuple[int, ...] = ()
    _written_count: int = 0

    def __post_init__(self) -> None:
        self._counter = PointCounter(self.path)

    def take(self, row: Row) -> None:
        """Take the next row. Raises LimitFileError."""
        line, cells = row
        if not cells:
            self._is_new = True
            return
        if self._columns is None:
            self._columns = self._titled(line, cells)
            if self._columns is not None:
                self.has_titles = True
                self._unread = self._columns.unread()
                return
            self._columns = self._untitled(line, cells)
            named = () if self._columns.name is None else (self._columns.name,)
            self._unread = (*self._columns.unread(), *named)
        self._take_point(line, cells, self._columns)

    def found(self) -> list[tuple[int, Position]]:
        """Return every position with its line."""
        return [(each.line, each.position) for _, _, points in self._blocks for each in points]

    def lines(self) -> Iterator[FoundLine]:
        """Yield the lines of points."""
        for feature, name, points in self._blocks:
            yield FoundLine(points=tuple(points), feature=feature, name=name)

    def _titled(self, line: int, cells: Sequence[str]) -> Columns | None:
        try:
            return titled_columns(cells)
        except ValueError as error:
            self.has_titles = True
            raise self._refused(LimitFileFault.COLUMNS, line, cells) from error

    def _untitled(self, line: int, cells: Sequence[str]) -> Columns:
        """Return the columns by the first row: the one place in it that reads as a position."""
        found: list[Columns] = []
        faults: list[LimitFileError] = []
        count = len(cells)
        for at in range(count):
            tried = [Columns(count=count, position=at, name=0 if at else None)]
            if at + 1 < count:
                tried += [Columns(count=count, lat=at, lon=at + 1, name=0 if at else None)]
            for columns in tried:
                try:
                    self._position(line, cells, columns)
                except LimitFileError as error:
                    faults.append(error)
                else:
                    found.append(columns)
        if len(found) == 1:
            return found[0]
        if not found and len(faults) == 1:
            raise faults[0]
        raise self._refused(LimitFileFault.COLUMNS, line, cells)

    def _take_point(self, line: int, cells: list[str], columns: Columns) -> None:
        self._counter.one_more(line)
        if len(cells) < columns.count or any(cells[columns.count :]):
            raise self._refused(LimitFileFault.NOT_A_TABLE, line, cells)
        if any(is_part_of_angle(cells[at]) for at in self._unread):
            raise self._refused(LimitFileFault.COLUMNS, line, cells)
        point = FoundPoint(
            position=self._position(line, cells, columns),
            line=line,
            name="" if columns.name is None else words(cells[columns.name]),
            time_text=" ".join(cells[at] for at in columns.times if cells[at]),
        )
        name = "" if columns.line is None else words(cells[columns.line])
        if columns.line is None:
            if self._is_new:
                self._blocks.append((len(self._blocks), "", []))
        elif self._is_new or self._blocks[-1][1] != name:
            feature = self._features.setdefault(name, len(self._features))
            self._blocks.append((feature, name, []))
        self._is_new = False
        self._blocks[-1][2].append(point)

    def _position(self, line: int, cells: Sequence[str], columns: Columns) -> Position:
        """Return the position of a row. Raises LimitFileError."""
        if columns.position is not None:
            whole = cells[columns.position]
            return self._written(line, whole, columns, [whole])
        lat, lon = (cells[at] for at in (columns.lat, columns.lon) if at is not None)
        if not lat or not lon:
            raise self._refused(LimitFileFault.POSITION_MISSING, line, cells)
        if self.has_titles and _DECIMAL.fullmatch(lat) and _DECIMAL.fullmatch(lon):
            is_one_number = self.separator == "," and all(map(_WHOLE.fullmatch, (lat, lon)))
            if columns.needs_letters or is_one_number:
                raise self._refused(LimitFileFault.POSITION_DOUBTFUL, line, [lat, lon])
            marked = lon.replace(",", "."), lat.replace(",", ".")
            return decimal_position(*marked, self.path, line)
        text = pair_text(lat, lon, self.path, line, is_titled=self.has_titles)
        return self._written(line, text, columns, [lat, lon])

    def _written(self, line: int, text: str, columns: Columns, cells: Sequence[str]) -> Position:
        """Return the position of a text that is one and nothing else, but for a label before it.

        cells: what is said back in a refusal.
        """
        self._written_count += 1
        if self._written_count > MOST_WRITTEN:
            raise self._refused(LimitFileFault.TOO_LARGE, line, cells)
        label = _LABEL.match(text) if not self.separator else None
        return written_in_row(
            [text] if label is None else [text, text[label.end() :]],
            cells,
            self.path,
            line,
            is_titled=self.has_titles,
            needs_letters=columns.needs_letters,
        )

    def _refused(self, fault: LimitFileFault, line: int, cells: Sequence[str]) -> LimitFileError:
        return refused_row(fault, cells, self.path, line)


def pair_text(lat: str, lon: str, path: Path, line: int, *, is_titled: bool) -> str:
    """Return two cells that are to be an angle each as the text of a position.

    is_titled: titles say which is which. Raises LimitFileError.
    """
    if not (_ANGLE.fullmatch(lat) and _ANGLE.fullmatch(lon)):
        raise refused_row(LimitFileFault.POSITION_NOT_READ, [lat, lon], path, line)
    return f"LAT {lat} ; LON {lon}" if is_titled else f"{lat} ; {lon}"


def written_in_row(
    texts: Sequence[str],
    cells: Sequence[str],
    path: Path,
    line: int,
    *,
    is_titled: bool,
    needs_letters: bool,
) -> Position:
    """Return the position that a text is, in any form, and nothing else.

    texts: ways to take it; the first that can be read counts. cells: what is said back in a
    refusal. is_titled: titles say which angle is which. needs_letters: figures without N, S, E, W
    could be either. Raises LimitFileError.
    """
    read = [written_position(each, CHART_AREA) for each in texts]
    position = next((each for each in read if isinstance(each, Position)), None)
    if position is not None:
        is_sure = is_titled or CHART_AREA.contains(position)
        has_letters = any(map(_LETTER.search, cells))
        if not has_letters and (needs_letters or not is_sure):
            raise refused_row(LimitFileFault.POSITION_DOUBTFUL, cells, path, line)
        return not_swapped(position, path, line)
    refused = read[-1]
    if isinstance(refused, QuestionCode):
        is_swapped = refused is QuestionCode.SWAPPED
        fault = LimitFileFault.SWAPPED if is_swapped else LimitFileFault.POSITION_DOUBTFUL
        raise refused_row(fault, cells, path, line)
    assert isinstance(refused, FaultCode)
    fault = _FAULTS.get(refused, LimitFileFault.POSITION_NOT_READ)
    raise refused_row(fault, cells, path, line)


def refused_row(
    fault: LimitFileFault, cells: Sequence[str], path: Path, line: int
) -> LimitFileError:
    """Return the refusal of a row, which says a piece of it."""
    return LimitFileError(fault, path, piece(" ".join(filter(None, cells))), line)


def _line_of(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
