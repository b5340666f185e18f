"""What is asked of the charted coast: the nearest of it, and whose land lies where."""

from dataclasses import dataclass
from typing import Protocol

from channelplot.geodesy.position import Position


@dataclass(frozen=True, slots=True)
class NearestCoast:
    """The place on the charted coastline that is nearest to a position.

    state: the ISO 3166-1 code of the state whose coast it is; distance_m: geodesic.
    """

    state: str
    position: Position
    distance_m: float


class CoastAnswers(Protocol):
    """Answers about the charted coast; any thread may ask."""

    def nearest_coast(self, position: Position) -> NearestCoast | None:
        """Return the nearest coast, None where the chart knows neither land nor sea."""

    def state_at(self, position: Position) -> str | None:
        """Return the code of the state the land at a position belongs to, None at sea."""
