"""Launch beaches and named marks."""

from dataclasses import dataclass

from channelplot.geodesy.position import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Beach:
    """A launch place. error_m: how far the position may be off, None when not known."""

    uid: str
    name: str
    position: Position
    commune: str = ""
    department: str = ""
    country: str = ""
    source: str = ""
    error_m: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A named mark of the desk: a light, a headland, an entrance; approximate.

    code: what the desk calls it for short; kind: light, light_float, entrance,
    headland, beacon; error_m: how far the position may be off, None when not known.
    """

    uid: str
    code: str
    name: str
    kind: str
    position: Position
    error_m: float | None = None
    source: str = ""
