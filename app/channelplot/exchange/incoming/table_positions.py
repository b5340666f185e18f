"""The position in a row of a table: in one column or two, decimal or in any form of the plot line.

What could be read in two ways is refused. Where commas part the cells, a decimal comma stands in
quotation marks, or it has parted its number.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from channelplot.basemap.basemap import CHART_AREA
from channelplot.errors import ImportFault, LimitFileError
from channelplot.exchange.csv_read import pair_text, written_in_row
from channelplot.exchange.found_lines import decimal_number, decimal_position
from channelplot.exchange.incoming.mapped_columns import TableLook
from channelplot.exchange.incoming.table_fields import TableField
from channelplot.exchange.incoming.table_values import ValueRefused
from channelplot.geodesy.position import Position

_WEST, _SOUTH, _EAST, _NORTH = (
    CHART_AREA.west_deg,
    CHART_AREA.south_deg,
    CHART_AREA.east_deg,
    CHART_AREA.north_deg,
)
_LAT_SIDES: Final = frozenset("NS")
_LON_SIDES: Final = frozenset("EW")
_FIGURES: Final = frozenset("0123456789")


class TablePositions:
    """Reads the positions of one table."""

    def __init__(self, look: TableLook, path: Path) -> None:
        """Take where they are. path: said in refusals."""
        at = look.at
        self._path = path
        self._whole_at = at.get(TableField.POSITION)
        self._lat_at = at.get(TableField.LAT, 0)
        self._lon_at = at.get(TableField.LON, 0)
        self._lat_side_at = at.get(TableField.LAT_SIDE)
        self._lon_side_at = at.get(TableField.LON_SIDE)
        self._needs_letters = look.needs_letters
        self._is_parted_by_commas = look.separator == ","

    def read(self, cells: Sequence[str], line: int) -> Position:
        """Return the position of a row. line: said in refusals. Raises ValueRefused."""
        if self._whole_at is not None:
            whole = [cells[self._whole_at]]
            try:
                return self._written(whole, whole, line)
            except LimitFileError as error:
                raise ValueRefused(ImportFault(error.fault.value), error.detail) from None
        lat, lon = said = cells[self._lat_at], cells[self._lon_at]
        if self._lat_side_at is not None and self._lon_side_at is not None:
            lat_side, lon_side = cells[self._lat_side_at], cells[self._lon_side_at]
            said = f"{lat} {lat_side}", f"{lon} {lon_side}"
            lat = _with_side(lat, lat_side, _LAT_SIDES)
            lon = _with_side(lon, lon_side, _LON_SIDES)
        try:
            position = self._pair(lat, lon, line)
        except LimitFileError as error:
            raise _refused(ImportFault(error.fault.value), said) from None
        except ValueRefused as refused:
            raise _refused(refused.fault, said) from None
        if self._is_parted_by_commas and ("." not in lat or "." not in lon):
            _refuse_parted(cells, (self._lat_at, self._lon_at))
        return position

    def _pair(self, lat: str, lon: str, line: int) -> Position:
        lat, lon = _with_point(lat), _with_point(lon)
        lat_deg, lon_deg = decimal_number(lat), decimal_number(lon)
        if lat_deg is None or lon_deg is None:
            return self._not_decimal(lat.strip(), lon.strip(), line)
        if self._needs_letters:
            raise ValueRefused(ImportFault.POSITION_DOUBTFUL, f"{lat} {lon}")
        if _WEST <= lon_deg <= _EAST and _SOUTH <= lat_deg <= _NORTH:
            return Position(lon_deg, lat_deg)
        return decimal_position(lon, lat, self._path, line)

    def _not_decimal(self, lat: str, lon: str, line: int) -> Position:
        if not lat or not lon:
            raise ValueRefused(ImportFault.POSITION_MISSING, f"{lat} {lon}")
        text = pair_text(lat, lon, self._path, line, is_titled=True)
        return self._written([text], [lat, lon], line)

    def _written(self, texts: Sequence[str], cells: Sequence[str], line: int) -> Position:
        return written_in_row(
            texts,
            cells,
            self._path,
            line,
            is_titled=True,
            needs_letters=self._needs_letters,
        )


def _refused(fault: ImportFault, said: tuple[str, str]) -> ValueRefused:
    """Return the refusal of a latitude and a longitude that says back what stands in the row."""
    lat, lon = said
    if fault is ImportFault.LATITUDE_RANGE:
        return ValueRefused(fault, lat)
    return ValueRefused(fault, lon if fault is ImportFault.LONGITUDE_RANGE else f"{lat} {lon}")


def _refuse_parted(cells: Sequence[str], columns: Sequence[int]) -> None:
    """Refuse an angle that may go on behind the comma: ``51,5`` in a table that commas part."""
    for at in columns:
        whole, part = (each.strip() for each in (*cells[at : at + 2], "")[:2])
        if part and _FIGURES.issuperset(part) and _FIGURES.issuperset(whole.lstrip("+-")):
            raise ValueRefused(ImportFault.POSITION_DOUBTFUL, f"{whole},{part}")


def _with_point(text: str) -> str:
    """Return a number with a decimal comma as one with a point; other texts as they are."""
    return text.replace(",", ".") if text.count(",") == 1 and "." not in text else text


def _with_side(text: str, side: str, sides: frozenset[str]) -> str:
    """Return an angle with the hemisphere that stands in another column. Raises ValueRefused."""
    angle, letter = text.strip(), side.strip().upper()
    if not angle:
        return ""
    is_signed = angle[0] in "+-" or angle[-1].isalpha()
    if letter not in sides or is_signed:
        raise ValueRefused(ImportFault.POSITION_DOUBTFUL, f"{angle} {side}")
    if decimal_number(_with_point(angle)) is None:
        return f"{angle} {letter}"
    return f"-{angle}" if letter in "SW" else angle
