"""Which layers the chart has of its own, in what order they are drawn, whose they are."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class LayerName(StrEnum):
    """A layer of the basemap; the value is a code, not words for people."""

    LAND = "land"
    COASTLINE = "coastline"
    BOUNDARY = "boundary"
    PLACES = "places"
    BEACHES = "beaches"
    MARKS = "marks"
    COAST_NAMES = "coast_names"


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer, the file under resources/ it is read from, and the credit its licence asks for.

    credit: as it must stand on the chart and on every snapshot, the same in every
    language; empty where none is owed.
    """

    name: LayerName
    file: str
    credit: str = ""


GEOPACKAGE_FILE: Final = "basemap/basemap.gpkg"
OPENSTREETMAP_CREDIT: Final = "© OpenStreetMap contributors"
"""ODbL 1.0, section 4.3: a notice on every work produced from the data."""
GEONAMES_CREDIT: Final = "GeoNames (CC BY 4.0)"
"""CC BY 4.0, section 3(a): the source and its licence."""

LAYERS: Final = (
    Layer(LayerName.LAND, GEOPACKAGE_FILE, OPENSTREETMAP_CREDIT),
    Layer(LayerName.COASTLINE, GEOPACKAGE_FILE, OPENSTREETMAP_CREDIT),
    Layer(LayerName.BOUNDARY, "basemap/boundary_1988.csv"),
    Layer(LayerName.PLACES, GEOPACKAGE_FILE, GEONAMES_CREDIT),
    Layer(LayerName.BEACHES, "basemap/beaches.csv", GEONAMES_CREDIT),
    Layer(LayerName.MARKS, "basemap/marks.csv"),
    Layer(LayerName.COAST_NAMES, "basemap/coast_names.csv", OPENSTREETMAP_CREDIT),
)
"""Lowest first, in the order they are drawn."""


def layer(name: LayerName) -> Layer:
    """Return the layer of that name."""
    return next(each for each in LAYERS if each.name is name)


def credit_lines() -> tuple[str, ...]:
    """Return the credits to show, each once, in draw order."""
    return tuple(dict.fromkeys(each.credit for each in LAYERS if each.credit))
