"""Limits that a desk has loaded: whose waters, and whose search and rescue region."""

from dataclasses import dataclass
from datetime import datetime

from channelplot.geodesy.position import Position
from channelplot.model.codes import LimitPurpose
from channelplot.model.utc import require_utc


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedLimit:
    """A line that parts waters, or the outline of an area that is somebody's.

    points: WGS 84, joined by rhumb lines; those of an area end where they begin. left, right:
    whose waters lie on either hand of a line, looking from its first point to its last; of an
    area left is whose it is and right is empty. is_legal: the limit itself as published, by the
    word of whoever loaded it. source: the file and what it says of where it comes from.
    """

    uid: str
    purpose: LimitPurpose
    name: str
    points: tuple[Position, ...]
    is_area: bool
    left: str
    right: str
    is_legal: bool
    loaded_at_utc: datetime
    source: str = ""
    loaded_by: str = ""

    def __post_init__(self) -> None:
        """Refuse a time that does not say its zone."""
        require_utc(self.loaded_at_utc)
