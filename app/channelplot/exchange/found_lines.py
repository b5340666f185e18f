"""Lines and points as they stand in another program's file, each position with its line there.

What a file says is taken as it stands or refused with the line it stands in: nothing is left out,
rounded or turned round on the way.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from channelplot.basemap.basemap import CHART_AREA
from channelplot.errors import LimitFileError, LimitFileFault
from channelplot.geodesy.position import Position

MOST_POINTS: Final = 200_000
"""Of one file: more than any limit has, and what is read in a second or two."""
LONGEST_PIECE: Final = 60
"""Characters of the file that are said back in a refusal."""
_DECIMAL: Final = re.compile(
    r"[+-]?(?:[0-9]{1,3}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})(?:[eE][+-]?[0-9]{1,3})?"
)
"""Degrees. Four figures before the point are degrees and minutes run together, or no angle."""
_MOST_LAT_DEG: Final = 90.0
_MOST_LON_DEG: Final = 180.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPoint:
    """A position that stands in a file, with what stands beside it.

    line: where it stands, from 1. name, time_text: as the file gives them, "" for none; the time
    has not been read.
    """

    position: Position
    line: int
    name: str = ""
    time_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLine:
    """Points that follow one another, as the file has them.

    feature: counts from 0 what the file holds as one thing; parts of it have the same number.
    layer: the folder or kind it stands in. facts: what else is said of it, by lower-case name.
    is_area: the outline of an area; has_holes: the file leaves pieces of it out; holes: those.
    """

    points: tuple[FoundPoint, ...]
    feature: int
    name: str = ""
    layer: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    is_area: bool = False
    has_holes: bool = False
    holes: tuple[tuple[FoundPoint, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """What a file holds, in its order. points: those that belong to no line.

    has_links: it refers to other files or hosts, which were not followed. is_datum_given: the
    file, or its format, says that its positions are on WGS 84.
    """

    lines: tuple[FoundLine, ...] = ()
    points: tuple[FoundPoint, ...] = ()
    has_links: bool = False
    is_datum_given: bool = True


class PointCounter:
    """Counts the points of a file and refuses the one that is too many."""

    def __init__(self, path: Path) -> None:
        """Start with none."""
        self._path = path
        self.count = 0

    def one_more(self, line: int) -> None:
        """Count one. Raises LimitFileError where that is one too many."""
        self.count += 1
        if self.count > MOST_POINTS:
            raise LimitFileError(LimitFileFault.TOO_LARGE, self._path, str(MOST_POINTS), line)


def decimal_position(lon_text: str, lat_text: str, path: Path, line: int) -> Position:
    """Return the position that two decimal numbers of degrees give; the point is the mark.

    Raises LimitFileError for anything else: no number, out of range, another decimal mark, or a
    place off the chart that would be on it the other way round.
    """
    lat_deg = _degrees(lat_text, path, line)
    lon_deg = _degrees(lon_text, path, line)
    if abs(lat_deg) > _MOST_LAT_DEG:
        raise LimitFileError(LimitFileFault.LATITUDE_RANGE, path, piece(lat_text), line)
    if abs(lon_deg) > _MOST_LON_DEG:
        raise LimitFileError(LimitFileFault.LONGITUDE_RANGE, path, piece(lon_text), line)
    return not_swapped(Position(lon_deg, lat_deg), path, line)


def not_swapped(position: Position, path: Path, line: int) -> Position:
    """Return the position. Raises LimitFileError where latitude and longitude look swapped."""
    if is_swapped(position):
        told = f"{position.lat_deg}, {position.lon_deg}"
        raise LimitFileError(LimitFileFault.SWAPPED, path, told, line)
    return position


def is_swapped(position: Position) -> bool:
    """Return whether a place is off the chart and would be on it the other way round."""
    if CHART_AREA.contains(position) or abs(position.lon_deg) > _MOST_LAT_DEG:
        return False
    return CHART_AREA.contains(Position(position.lat_deg, position.lon_deg))


def decimal_number(text: str) -> float | None:
    """Return the number of a text: three figures at most before the point, which is the mark.

    None for anything else, and for no text.
    """
    stripped = text.strip(" \t\r\n")
    return float(stripped) if _DECIMAL.fullmatch(stripped) else None


def piece(text: str) -> str:
    """Return a piece of a file as it is said back: in one line, and not too long of it."""
    start = text[: 4 * LONGEST_PIECE]
    flat = " ".join("".join(c if c.isprintable() else " " for c in start).split())
    is_whole = len(flat) <= LONGEST_PIECE and len(start) == len(text)
    return flat if is_whole else f"{flat[:LONGEST_PIECE]}\N{HORIZONTAL ELLIPSIS}"


def words(text: str) -> str:
    """Return a name of a file in one line."""
    return " ".join(text.split())


def _degrees(text: str, path: Path, line: int) -> float:
    degrees = decimal_number(text)
    if degrees is None:
        is_said = bool(text.strip(" \t\r\n"))
        fault = LimitFileFault.POSITION_NOT_READ if is_said else LimitFileFault.POSITION_MISSING
        raise LimitFileError(fault, path, piece(text), line)
    return degrees
