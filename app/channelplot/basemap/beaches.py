"""The shipped register of launch beaches: a starting point that a desk edits in its plot."""

from typing import Final

from channelplot.basemap.catalogue import LayerName, layer
from channelplot.basemap.read import read_table
from channelplot.basemap.registers import number, register_uid
from channelplot.errors import BasemapError
from channelplot.geodesy.position import Position
from channelplot.model.beach import Beach

ESTIMATED: Final = "estimated from the coastline"
"""The source of a beach nobody published a position of; the user is told so."""

_COLUMNS: Final = (
    "name",
    "commune",
    "department",
    "lat_deg",
    "lon_deg",
    "error_m",
    "position_source",
    "cited_role",
    "citation",
)
_COUNTRY: Final = "FR"
"""All of them lie in France."""


def read_beaches() -> tuple[Beach, ...]:
    """Return the shipped beaches, from the Belgian border westwards.

    source: how the position was obtained; note: why the beach is named and where that
    stands. Raises BasemapError.
    """
    file = layer(LayerName.BEACHES).file
    return tuple(_beach(file, row) for row in read_table(file, _COLUMNS))


def is_estimated(beach: Beach) -> bool:
    """Return whether the beach's position was only estimated from the coastline."""
    return beach.source == ESTIMATED


def _beach(file: str, row: dict[str, str]) -> Beach:
    try:
        position = Position(number(file, row["lon_deg"]), number(file, row["lat_deg"]))
    except ValueError as error:
        raise BasemapError(file, str(error)) from error
    return Beach(
        uid=register_uid("beach", row["name"]),
        name=row["name"],
        position=position,
        commune=row["commune"],
        department=row["department"],
        country=_COUNTRY,
        source=row["position_source"],
        error_m=number(file, row["error_m"]),
        note="; ".join(text for text in (row["cited_role"], row["citation"]) if text),
    )
