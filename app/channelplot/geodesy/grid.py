"""UTM and MGRS on WGS 84, both ways.

MGRS is UTM with letters for the bands of latitude and the squares of 100 km; the lettering is
that of NGA.STND.0037 "Universal Grids and Grid Reference Systems" (scheme AA, WGS 84). PROJ
projects. The polar caps, beyond 84 degrees north and 80 degrees south, have another grid that
is not read or written here.
"""

import functools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from channelplot.errors import GridError, GridFault
from channelplot.geodesy.angles import turn_deg
from channelplot.geodesy.position import Position

if TYPE_CHECKING:
    from pyproj import Transformer

FINEST_DIGITS: Final = 5
"""Digits per coordinate of a square of one metre."""

_ZONES: Final = 60
_ZONE_DEG: Final = 6.0
_SOUTH_EDGE_DEG: Final = -80.0
_NORTH_EDGE_DEG: Final = 84.0
_BANDS: Final = "CDEFGHJKLMNPQRSTUVWX"
"""From 80 degrees south, 8 degrees each, the last one 12."""
_BAND_DEG: Final = 8.0
_LAST_SOUTHERN_BAND: Final = "M"
_FIRST_NORTHERN_BAND: Final = "N"
_COLUMNS: Final = ("STUVWXYZ", "ABCDEFGH", "JKLMNPQR")
"""Letters of the squares from 100 km to 900 km east, by the zone's number modulo 3."""
_ROWS: Final = "ABCDEFGHJKLMNPQRSTUV"
_EVEN_ZONE_ROW: Final = _ROWS.index("F")
"""The row that starts at the equator in the zones of even number; A in the others."""

_SQUARE_M: Final = 100_000
_ROWS_M: Final = len(_ROWS) * _SQUARE_M
_FALSE_NORTHING_M: Final = 10_000_000.0
_LAST_SOUTHERN_M: Final = 9_999_999
_DECIMALS_OF_PROJ: Final = 6
"""Decimals of a metre that are not noise."""
_LAST_EASTING_M: Final = 1_000_000.0
"""No zone is as wide; PROJ need not be asked what lies beyond."""
_EDGE_M: Final = 1_000.0
"""How far beyond its zone or band a place in UTM may lie: its figures may be rounded."""

_ODD_ZONES: Final = {
    (31, "V"): (0.0, 3.0),
    (32, "V"): (3.0, 12.0),
    (31, "X"): (0.0, 9.0),
    (33, "X"): (9.0, 21.0),
    (35, "X"): (21.0, 33.0),
    (37, "X"): (33.0, 42.0),
}
"""West and east edge of the zones off Norway and of Svalbard that are not six degrees wide."""
_NO_ZONES: Final = {(32, "X"), (34, "X"), (36, "X")}


@dataclass(frozen=True, slots=True)
class Utm:
    """A place in Universal Transverse Mercator; the band tells the hemisphere (from N: north)."""

    zone: int
    band: str
    easting_m: float
    northing_m: float


@dataclass(frozen=True, slots=True)
class GridSquare:
    """The middle of a square of the grid and the length of its sides."""

    centre: Position
    size_m: float


@functools.cache
def _projection(zone: int) -> "Transformer":
    """Degrees to metres of a zone, north positive on both sides of the equator.

    A Transformer, because unlike a Proj it may be used in any thread. Without EPSG codes PROJ
    need not open its database.
    """
    from pyproj import Transformer

    return Transformer.from_pipeline(
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
        f"+step +proj=utm +zone={zone} +ellps=WGS84"
    )


def make_ready() -> None:
    """Load PROJ and the zones of the Channel; any thread may do it."""
    for zone in (29, 30, 31):
        _projection(zone)


def has_grid(position: Position) -> bool:
    """Return whether a position is in a zone of UTM and not at one of the poles."""
    return _SOUTH_EDGE_DEG <= position.lat_deg <= _NORTH_EDGE_DEG


def band_letter(lat_deg: float) -> str:
    """Return the letter of the band of latitude; an edge belongs to the band north of it.

    Raises GridError outside the bands, from 80 degrees south to 84 degrees north.
    """
    if not _SOUTH_EDGE_DEG <= lat_deg <= _NORTH_EDGE_DEG:
        raise GridError(GridFault.ZONE)
    return _BANDS[min(int((lat_deg - _SOUTH_EDGE_DEG) // _BAND_DEG), len(_BANDS) - 1)]


def utm_of(position: Position) -> Utm:
    """Return a position in UTM, in its own zone, with the exceptions of Norway and Svalbard.

    A meridian between two zones belongs to the eastern one. Raises GridError near the poles.
    """
    band = band_letter(position.lat_deg)
    zone = int((position.lon_deg + 180.0) // _ZONE_DEG) % _ZONES + 1
    for (odd_zone, odd_band), (west_deg, east_deg) in _ODD_ZONES.items():
        if band == odd_band and west_deg <= position.lon_deg < east_deg:
            zone = odd_zone
    easting_m, northing_m = _projection(zone).transform(position.lon_deg, position.lat_deg)
    if band < _FIRST_NORTHERN_BAND:
        northing_m += _FALSE_NORTHING_M
    return Utm(zone, band, easting_m, max(northing_m, 0.0))


def position_of_utm(
    zone: int, is_north: bool, easting_m: float, northing_m: float, band: str = ""
) -> Position:
    """Return the position of a place in UTM.

    Raises GridError (ZONE) if there is no such zone, if the place lies more than a kilometre
    outside of it or, where a band is given, of the band, or if the band is not in the hemisphere.
    """
    if (
        not 1 <= zone <= _ZONES
        or not 0.0 <= easting_m <= _LAST_EASTING_M
        or not 0.0 <= northing_m <= _FALSE_NORTHING_M
        or (band and (band >= _FIRST_NORTHERN_BAND) != is_north)
    ):
        raise GridError(GridFault.ZONE)
    position = _position(zone, is_north, easting_m, northing_m)
    if not band:
        band = band_letter(position.lat_deg)
        if not is_north:  # on the equator
            band = min(band, _LAST_SOUTHERN_BAND)
    if not _touches(zone, band, easting_m - _EDGE_M, northing_m - _EDGE_M, 2.0 * _EDGE_M):
        raise GridError(GridFault.ZONE)
    return position


def mgrs_square(
    zone: int, band: str, square: str, easting_digits: str, northing_digits: str
) -> GridSquare:
    """Return the square of a grid reference, such as 31, "U", "DS", "1855", "5491".

    Capital letters; as many digits for the northing as for the easting, one (10 km) to five
    (1 m). A square that the edge of its zone or band cuts belongs to both sides: its middle may
    lie just beyond the edge. Raises GridError with ZONE for a zone and band that do not exist
    and for figures that lead out of them, SQUARE for letters that are not used in that zone or
    whose square lies outside the band, FIGURES for wrong digits.
    """
    _edges_deg(zone, band)
    column = _COLUMNS[zone % 3].find(square[:1]) + 1 if len(square) == 2 else 0
    row = _ROWS.find(square[1:])
    if column < 1 or row < 0:
        raise GridError(GridFault.SQUARE)
    digits = len(easting_digits)
    figures = easting_digits + northing_digits
    if (
        not 1 <= digits <= FINEST_DIGITS
        or len(northing_digits) != digits
        or not (figures.isascii() and figures.isdigit())
    ):
        raise GridError(GridFault.FIGURES)
    west_m = column * _SQUARE_M
    south_m = _row_m(zone, band, row)
    if not _touches(zone, band, west_m, south_m, _SQUARE_M):
        raise GridError(GridFault.SQUARE)
    size_m = 10 ** (FINEST_DIGITS - digits)
    west_m += int(easting_digits) * size_m
    south_m += int(northing_digits) * size_m
    if not _touches(zone, band, west_m, south_m, size_m):
        raise GridError(GridFault.ZONE)
    half_m = size_m / 2.0
    is_north = band >= _FIRST_NORTHERN_BAND
    return GridSquare(_position(zone, is_north, west_m + half_m, south_m + half_m), float(size_m))


def mgrs_text(position: Position, digits: int = 4) -> str:
    """Return the square that holds a position, ``31U DS 1855 5491`` with four digits (10 m).

    digits: of each coordinate, 1 (10 km) to 5 (1 m). Cut off and not rounded, as the grid has
    it: the text names the square, not the nearest corner; a line, to a micrometre, belongs to the
    square east or north of it. Raises GridError near the poles,
    ValueError for other digits.
    """
    if not 1 <= digits <= FINEST_DIGITS:
        msg = f"no grid reference has {digits} digits"
        raise ValueError(msg)
    utm = utm_of(position)
    # A place on a line of the grid may come out a nanometre beside it.
    whole_east_m, whole_north_m = (
        math.floor(round(metres, _DECIMALS_OF_PROJ)) for metres in (utm.easting_m, utm.northing_m)
    )
    if utm.band < _FIRST_NORTHERN_BAND:
        whole_north_m = min(whole_north_m, _LAST_SOUTHERN_M)
    column, easting_m = divmod(whole_east_m, _SQUARE_M)
    row, northing_m = divmod(whole_north_m, _SQUARE_M)
    if utm.zone % 2 == 0:
        row += _EVEN_ZONE_ROW
    letters = _COLUMNS[utm.zone % 3][column - 1] + _ROWS[row % len(_ROWS)]
    size_m = 10 ** (FINEST_DIGITS - digits)
    figures = f"{easting_m // size_m:0{digits}d} {northing_m // size_m:0{digits}d}"
    return f"{utm.zone:02d}{utm.band} {letters} {figures}"


def _position(zone: int, is_north: bool, easting_m: float, northing_m: float) -> Position:
    if not is_north:
        northing_m -= _FALSE_NORTHING_M
    lon_deg, lat_deg = _projection(zone).transform(easting_m, northing_m, direction="INVERSE")
    # PROJ gives the antimeridian as a hair beyond it.
    return Position(max(-180.0, min(lon_deg, 180.0)), lat_deg)


def _middle_deg(zone: int) -> float:
    """Longitude of the meridian that a zone is projected about."""
    return zone * _ZONE_DEG - 183.0


def _edges_deg(zone: int, band: str) -> tuple[float, float, float, float]:
    """West, south, east and north edge of a zone in a band; GridError if there is none."""
    if not 1 <= zone <= _ZONES or len(band) != 1 or band not in _BANDS or (zone, band) in _NO_ZONES:
        raise GridError(GridFault.ZONE)
    middle_deg = _middle_deg(zone)
    west_deg, east_deg = _ODD_ZONES.get(
        (zone, band), (middle_deg - _ZONE_DEG / 2.0, middle_deg + _ZONE_DEG / 2.0)
    )
    south_deg = _SOUTH_EDGE_DEG + _BAND_DEG * _BANDS.index(band)
    north_deg = _NORTH_EDGE_DEG if band == _BANDS[-1] else south_deg + _BAND_DEG
    return west_deg, south_deg, east_deg, north_deg


def _row_m(zone: int, band: str, row: int) -> int:
    """Northing of the squares of a row's letter, the row that is nearest to a band's middle.

    The letters come again after 2000 km, and no band is as high as that.
    """
    _, south_deg, _, north_deg = _edges_deg(zone, band)
    _, middle_m = _projection(zone).transform(_middle_deg(zone), (south_deg + north_deg) / 2.0)
    if band < _FIRST_NORTHERN_BAND:
        middle_m += _FALSE_NORTHING_M
    if zone % 2 == 0:
        row -= _EVEN_ZONE_ROW
    rounds = round(float(middle_m - (row + 0.5) * _SQUARE_M) / _ROWS_M)
    return row * _SQUARE_M + rounds * _ROWS_M


def _touches(zone: int, band: str, west_m: float, south_m: float, size_m: float) -> bool:
    """Return whether a part of a square of the grid lies in a zone and band.

    Told by the square's outermost longitudes and latitudes. They are at its corners: both rise
    or fall steadily from the middle of the zone outwards, which is itself a side of squares.
    """
    west_deg, south_deg, east_deg, north_deg = _edges_deg(zone, band)
    is_north = band >= _FIRST_NORTHERN_BAND
    corners = [
        _position(zone, is_north, west_m + east * size_m, south_m + north * size_m)
        for east in (0, 1)
        for north in (0, 1)
    ]
    # Counted from the middle of the zone: the last one ends where longitudes start again.
    middle_deg = _middle_deg(zone)
    lon_deg = [middle_deg + turn_deg(middle_deg, corner.lon_deg) for corner in corners]
    lat_deg = [corner.lat_deg for corner in corners]
    return (
        max(lon_deg) >= west_deg
        and min(lon_deg) <= east_deg
        and max(lat_deg) >= south_deg
        and min(lat_deg) <= north_deg
    )
