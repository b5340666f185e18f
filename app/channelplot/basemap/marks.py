"""The shipped register of named marks, for bearing and distance; approximate, no list of lights."""

from typing import Final

from channelplot.basemap.catalogue import LayerName, layer
from channelplot.basemap.read import read_table
from channelplot.basemap.registers import number, register_uid
from channelplot.errors import BasemapError
from channelplot.model.beach import Mark
from channelplot.reading.plain_position import ddm_position

_COLUMNS: Final = ("code", "name", "kind", "lat_ddm", "lon_ddm", "error_m", "source")


def read_marks() -> tuple[Mark, ...]:
    """Return the shipped marks, in the order of the register. Raises BasemapError."""
    file = layer(LayerName.MARKS).file
    return tuple(_mark(file, row) for row in read_table(file, _COLUMNS))


def _mark(file: str, row: dict[str, str]) -> Mark:
    try:
        position = ddm_position(f"{row['lat_ddm']} {row['lon_ddm']}")
    except ValueError as error:
        raise BasemapError(file, str(error)) from error
    return Mark(
        uid=register_uid("mark", row["code"]),
        code=row["code"],
        name=row["name"],
        kind=row["kind"],
        position=position,
        error_m=number(file, row["error_m"]),
        source=row["source"],
    )
