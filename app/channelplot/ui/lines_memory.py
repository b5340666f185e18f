"""Bearing lines and rings as they are remembered beside the plot, in the state of the window."""

import math

from channelplot.errors import InvalidPosition
from channelplot.geodesy.position import Position
from channelplot.settings import JsonValue
from channelplot.tools.anchors import Anchor, AnchorKind
from channelplot.tools.chart_lines import MOST, Anchored, AnchoredLine, AnchoredRings
from channelplot.tools.range_text import FARTHEST_M, MOST_RINGS


def lines_as_json(entries: tuple[Anchored, ...]) -> list[JsonValue]:
    """Return lines and rings as a small file holds them."""
    return [_as_json(entry) for entry in entries]


def lines_from_json(values: JsonValue) -> tuple[Anchored, ...]:
    """Return the lines and rings of a file; what is no such thing is left out."""
    if not isinstance(values, list):
        return ()
    found = [_entry(value) for value in values[:MOST] if isinstance(value, dict)]
    return tuple(entry for entry in found if entry is not None)


def _as_json(entry: Anchored) -> JsonValue:
    anchor = entry.anchor
    value: dict[str, JsonValue] = {"number": entry.number, "on": anchor.kind.value}
    if anchor.position is None:
        value["uid"] = anchor.uid
    else:
        value["at_deg"] = [anchor.position.lon_deg, anchor.position.lat_deg]
        value["name"] = anchor.name
    if isinstance(entry, AnchoredLine):
        value["bearing_deg"], value["distance_m"] = entry.bearing_deg, entry.distance_m
    else:
        value["radii_m"] = [*entry.radii_m]
    return value


def _entry(value: dict[str, JsonValue]) -> Anchored | None:
    anchor, number = _anchor(value), value.get("number")
    if anchor is None or not isinstance(number, int) or number < 1:
        return None
    radii = value.get("radii_m")
    if isinstance(radii, list):
        radii_m = _numbers(radii)
        is_sound = 0 < len(radii_m) <= MOST_RINGS and all(0.0 < r <= FARTHEST_M for r in radii_m)
        return AnchoredRings(number, anchor, tuple(sorted(radii_m))) if is_sound else None
    figures = _numbers([value.get("bearing_deg"), value.get("distance_m")])
    if len(figures) != 2 or not (0.0 <= figures[0] < 360.0 and 0.0 < figures[1] <= FARTHEST_M):
        return None
    return AnchoredLine(number, anchor, *figures)


def _anchor(value: dict[str, JsonValue]) -> Anchor | None:
    kind, uid, at_deg = value.get("on"), value.get("uid"), value.get("at_deg")
    if kind == AnchorKind.PLACE:
        place = _numbers(at_deg) if isinstance(at_deg, list) else ()
        if len(place) != 2:
            return None
        try:
            position = Position(*place)
        except InvalidPosition:
            return None
        name = value.get("name")
        return Anchor(
            AnchorKind.PLACE, position=position, name=name if isinstance(name, str) else ""
        )
    kinds = {each.value: each for each in AnchorKind}
    if not isinstance(kind, str) or kind not in kinds or not isinstance(uid, str):
        return None
    return Anchor(kinds[kind], uid)


def _numbers(values: list[JsonValue]) -> tuple[float, ...]:
    """Return the numbers, none if one of the values is no finite number."""
    numbers = [float(v) for v in values if isinstance(v, int | float) and math.isfinite(v)]
    return tuple(numbers) if len(numbers) == len(values) else ()
