"""A place on Earth."""

import math
from dataclasses import dataclass

from channelplot.errors import InvalidPosition


@dataclass(frozen=True, slots=True)
class Position:
    """A longitude and latitude in degrees on WGS 84, east and north positive.

    -180 <= lon_deg <= 180 and -90 <= lat_deg <= 90, both finite: anything else
    raises InvalidPosition, so that no such position can exist.
    """

    lon_deg: float
    lat_deg: float

    def __post_init__(self) -> None:
        """Refuse what is not a place on Earth."""
        if not (
            math.isfinite(self.lon_deg)
            and math.isfinite(self.lat_deg)
            and -180.0 <= self.lon_deg <= 180.0
            and -90.0 <= self.lat_deg <= 90.0
        ):
            raise InvalidPosition(self.lon_deg, self.lat_deg)
