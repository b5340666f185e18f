"""A layering as plain values for the state file, and back from whatever stands there."""

from collections.abc import Iterable, Iterator

from channelplot.chart.layers import (
    DESK_LAYERING,
    Layer,
    Layering,
    LayerView,
    layering_of,
    reference_uid,
)
from channelplot.settings import JsonValue


def as_values(views: Iterable[LayerView]) -> list[JsonValue]:
    """Return views as a list of objects, in their order."""
    return [
        {
            "layer": str(view.layer),
            "is_shown": view.is_shown,
            "opacity": view.opacity,
            "closest": view.closest_denominator,
            "farthest": view.farthest_denominator,
        }
        for view in views
    ]


def layering_from(values: JsonValue) -> Layering | None:
    """Return the layering that was kept, what is missing as usual; None if there is none."""
    return layering_of(_views(values)) if isinstance(values, list) else None


def layering_hiding(hidden: Iterable[str]) -> Layering:
    """Return the layering for the layers a former version had hidden.

    There reports were shown and hidden with the tracks.
    """
    codes = set(hidden)
    if Layer.TRACKS in codes:
        codes.add(Layer.REPORTS)
    return DESK_LAYERING.hiding(codes)


def own_views(layering: Layering) -> list[JsonValue]:
    """Return the layers of every plot as plain values."""
    return as_values(view for view in layering.views if reference_uid(view.layer) is None)


def reference_views(layering: Layering) -> list[JsonValue]:
    """Return the reference layers as plain values, each with the id of the layer below it."""
    kept: list[JsonValue] = []
    for below, view in zip((None, *layering.ids), layering.views, strict=False):
        if reference_uid(view.layer) is not None:
            kept.append([None if below is None else str(below), *as_values([view])])
    return kept


def with_references(layering: Layering, values: JsonValue) -> Layering:
    """Return a layering with the reference layers that were kept, each where it was."""
    for each in values if isinstance(values, list) else []:
        if not isinstance(each, list) or len(each) != 2:
            continue
        for view in _views([each[1]]):
            is_free = reference_uid(view.layer) is not None and view.layer not in layering.ids
            below = each[0]
            if is_free and (below is None or below in layering.ids):
                at = 0 if below is None else layering.ids.index(str(below)) + 1
                layering = layering.with_reference(view, at)
    return layering


def _views(values: JsonValue) -> Iterator[LayerView]:
    for each in values if isinstance(values, list) else []:
        if not isinstance(each, dict):
            continue
        layer, opacity = each.get("layer"), each.get("opacity", 1.0)
        if not isinstance(layer, str) or not isinstance(opacity, int | float):
            continue
        bounds = [
            bound if isinstance(bound, int) and not isinstance(bound, bool) else None
            for bound in (each.get("closest"), each.get("farthest"))
        ]
        try:
            view = LayerView(
                layer, each.get("is_shown") is not False, float(opacity), bounds[0], bounds[1]
            )
        except ValueError:
            continue
        yield view
