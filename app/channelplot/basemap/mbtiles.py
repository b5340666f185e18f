"""A file of raster tiles in the MBTiles format, read with sqlite3 alone and never written.

MBTiles 1.3 (github.com/mapbox/mbtiles-spec): a table or view ``tiles`` of pictures by zoom level,
column and row, rows counted from the south, in spherical Mercator (EPSG:3857); and a table
``metadata`` of names and values. The file is somebody else's. Its ``tiles`` is a view in many that
are in use, so views are let be; but what is read through one may only read: no function that is
not harmless, no virtual table, no recursion, nothing longer than a tile can be, and no longer than
a moment of this thread's time.
"""

import math
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Final

from channelplot.errors import RasterFault, RasterFileError
from channelplot.geodesy.bounds import Bounds

MOST_TILE_BYTES: Final = 4_000_000
"""A tile of 512 pixels without any compression has one million."""
MOST_ZOOM: Final = 22
"""The closest scale of the chart asks for level 18 on a dense screen."""
PATIENCE_S: Final = 2.0
"""Of this thread's own working time, for one look into the file: a thousand times what one takes
that has an index."""
MOST_METADATA: Final = 200
"""Rows; the format names a dozen."""
MOST_TEXT: Final = 2_000
"""Characters of a name or a credit line that are kept."""
FARTHEST_LAT_DEG: Final = math.degrees(math.atan(math.sinh(math.pi)))
"""85.05: where the square of all tiles ends."""

_STEPS_BETWEEN_LOOKS: Final = 1_000
_MOST_TABLES: Final = 10_000
_MAGIC: Final = b"SQLite format 3\x00"
_HARMLESS: Final = frozenset({"coalesce", "ifnull", "nullif", "min", "max", "abs", "length", "hex"})
"""Functions that views of tiles call, and our own questions."""
_ALLOWED: Final = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})
_TILE: Final = (
    "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ? LIMIT 1"
)


class TileFormat(StrEnum):
    """What pictures the tiles are; the value is the name that Qt knows it by."""

    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"


class MbTiles:
    """The tiles of a file. It is opened for each look and kept open by nobody.

    name, attribution: as the file says, "" where it does not. bounds: what the tiles cover, as the
    file says, None where it does not. min_zoom, max_zoom: the levels there are. sample: some tile.
    Any thread may ask it; another file may be put in its place meanwhile.
    """

    def __init__(self, path: Path) -> None:
        """Look at what the file says of itself. Raises RasterFileError."""
        self.path = path.absolute()
        with self._looking() as conn:
            _check_schema(conn, self.path)
            metadata = _metadata(conn)
            levels = _levels(_extreme_levels(conn))
            sample = conn.execute("SELECT tile_data FROM tiles LIMIT 1").fetchone()
        if levels is None or sample is None:
            raise RasterFileError(RasterFault.NO_TILES, self.path)
        self.min_zoom, self.max_zoom = levels
        self.sample, self.format = _format(sample[0], metadata.get("format", ""), self.path)
        self.name = metadata.get("name", "")
        self.attribution = metadata.get("attribution", "")
        self.bounds = _bounds(metadata.get("bounds", ""))
        # The format counts rows from the south; some programs write files that do not and say so.
        self.is_from_north = metadata.get("scheme", "").lower() == "xyz"

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """Return the picture of a tile as it is stored, None where there is none.

        row: counted from the north. Raises RasterFileError.
        """
        count = 2**zoom
        if not self.min_zoom <= zoom <= self.max_zoom or not (
            0 <= column < count and 0 <= row < count
        ):
            return None
        stored_row = row if self.is_from_north else count - 1 - row
        with self._looking() as conn:
            found = conn.execute(_TILE, (zoom, column, stored_row)).fetchone()
        return found[0] if found is not None and isinstance(found[0], bytes) else None

    @contextmanager
    def _looking(self) -> Iterator[sqlite3.Connection]:
        """Open the file for one look. Every error of SQLite's becomes a RasterFileError."""
        try:
            with self.path.open("rb") as file:
                magic = file.read(len(_MAGIC))
        except OSError as error:
            raise RasterFileError(RasterFault.UNREADABLE, self.path, str(error)) from error
        if magic != _MAGIC:
            raise RasterFileError(RasterFault.NOT_MBTILES, self.path)
        try:
            with closing(_connection(self.path)) as conn:
                yield conn
        except sqlite3.Error as error:
            raise RasterFileError(_fault_of(error), self.path, str(error)) from error


def _connection(path: Path) -> sqlite3.Connection:
    # Immutable: no lock is taken and no side file made, in a folder that may be read-only.
    conn = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_TILE_BYTES)
    conn.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    for setting in ("query_only = ON", "trusted_schema = OFF", "cell_size_check = ON"):
        conn.execute(f"PRAGMA {setting}")
    conn.execute("PRAGMA mmap_size = 0")
    conn.text_factory = _text
    conn.set_authorizer(_only_reading)
    end_s = time.thread_time() + PATIENCE_S
    conn.set_progress_handler(lambda: time.thread_time() > end_s, _STEPS_BETWEEN_LOOKS)
    return conn


def _only_reading(
    action: int, first: str | None, second: str | None, database: str | None, inner: str | None
) -> int:
    """Return whether a statement, of ours or of a view, may do something."""
    is_allowed = action in _ALLOWED or (
        action == sqlite3.SQLITE_FUNCTION and str(second).lower() in _HARMLESS
    )
    return sqlite3.SQLITE_OK if is_allowed else sqlite3.SQLITE_DENY


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace")


def _fault_of(error: sqlite3.Error) -> RasterFault:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code == sqlite3.SQLITE_INTERRUPT:
        return RasterFault.TOO_SLOW
    if code == sqlite3.SQLITE_AUTH or "unsafe use" in str(error):
        return RasterFault.UNSAFE
    if code == sqlite3.SQLITE_NOTADB:
        return RasterFault.NOT_MBTILES
    return RasterFault.DAMAGED


def _check_schema(conn: sqlite3.Connection, path: Path) -> None:
    """Raise RasterFileError unless tiles and metadata are there and neither is virtual."""
    rows = conn.execute("SELECT type, name, sql FROM sqlite_master").fetchmany(_MOST_TABLES)
    found = {
        str(name).lower(): str(sql).lower() for kind, name, sql in rows if kind in ("table", "view")
    }
    for name in ("tiles", "metadata"):
        if name not in found:
            raise RasterFileError(RasterFault.NOT_MBTILES, path, name)
        if found[name].lstrip().startswith("create virtual"):
            raise RasterFileError(RasterFault.UNSAFE, path, name)


def _extreme_levels(conn: sqlite3.Connection) -> list[object]:
    """Return the lowest and the highest zoom level of any tile, nothing where there is none."""
    # In order rather than min() and max(): those would go through a view row by row.
    return [
        row[0]
        for order in ("ASC", "DESC")
        for row in conn.execute(f"SELECT zoom_level FROM tiles ORDER BY zoom_level {order} LIMIT 1")
    ]


def _metadata(conn: sqlite3.Connection) -> dict[str, str]:
    """Return what the file says of itself, by name in small letters, cut to a length."""
    rows = conn.execute("SELECT name, value FROM metadata").fetchmany(MOST_METADATA)
    return {
        str(name).strip().lower(): str(value)[:MOST_TEXT].strip()
        for name, value in rows
        if isinstance(value, str | int | float)
    }


def _levels(found: list[object]) -> tuple[int, int] | None:
    """Return the lowest and highest zoom level that can be drawn, None for none.

    What the file says of its levels is not asked: there are files that don't have them.
    """
    numbers = [level for level in found if isinstance(level, int)]
    if len(numbers) != 2:
        return None
    lowest, highest = max(numbers[0], 0), min(numbers[1], MOST_ZOOM)
    return (lowest, highest) if lowest <= highest else None


def _format(sample: object, said: str, path: Path) -> tuple[bytes, TileFormat]:
    """Return a tile and what it is by its first bytes, which files name wrongly at times."""
    if isinstance(sample, bytes):
        if sample.startswith(b"\x89PNG\r\n\x1a\n"):
            return sample, TileFormat.PNG
        if sample.startswith(b"\xff\xd8\xff"):
            return sample, TileFormat.JPEG
        if sample.startswith(b"RIFF") and sample[8:12] == b"WEBP":
            return sample, TileFormat.WEBP
    raise RasterFileError(RasterFault.NOT_PICTURES, path, said)


def _bounds(text: str) -> Bounds | None:
    """Return "west,south,east,north" in degrees as bounds, None for what is none such."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    south, north = max(south, -FARTHEST_LAT_DEG), min(north, FARTHEST_LAT_DEG)
    is_sound = -180.0 <= west < east <= 180.0 and south < north
    return Bounds(west, south, east, north) if is_sound else None
