"""A rectangle of longitudes and latitudes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from channelplot.geodesy.position import Position


@dataclass(frozen=True, slots=True)
class Bounds:
    """A rectangle in degrees on WGS 84 that does not cross the antimeridian.

    west_deg <= east_deg and south_deg <= north_deg; raises ValueError otherwise.
    """

    west_deg: float
    south_deg: float
    east_deg: float
    north_deg: float

    def __post_init__(self) -> None:
        """Refuse corners that are no places or are the wrong way round."""
        Position(self.west_deg, self.south_deg)
        Position(self.east_deg, self.north_deg)
        if self.west_deg > self.east_deg or self.south_deg > self.north_deg:
            msg = f"west of east and south of north expected: {self}"
            raise ValueError(msg)

    def contains(self, position: Position) -> bool:
        """Return whether the position lies inside or on the edge."""
        return (
            self.west_deg <= position.lon_deg <= self.east_deg
            and self.south_deg <= position.lat_deg <= self.north_deg
        )

    @classmethod
    def around(cls, positions: Iterable[Position]) -> Self | None:
        """Return the smallest rectangle that holds all positions, None for none."""
        lon_deg, lat_deg = [], []
        for position in positions:
            lon_deg.append(position.lon_deg)
            lat_deg.append(position.lat_deg)
        if not lon_deg:
            return None
        return cls(min(lon_deg), min(lat_deg), max(lon_deg), max(lat_deg))
