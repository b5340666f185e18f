"""The words for the chart's layers: names, scales, credits, and why one does not show."""

import re

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from channelplot.basemap import catalogue
from channelplot.basemap.catalogue import LayerName
from channelplot.chart.layers import Layer, Layering, LayerView, reference_uid
from channelplot.geodesy.text import scale_text
from channelplot.model.plot import Plot

MOST_DENOMINATOR = 100_000_000
"""More than any chart has; a layer's range beyond it means nothing."""
_CONTEXT = "Layers"
_LAYERS = {
    Layer.COAST: QT_TRANSLATE_NOOP("Layers", "Land and coast"),
    Layer.GRATICULE: QT_TRANSLATE_NOOP("Layers", "Graticule"),
    Layer.BOUNDARY: QT_TRANSLATE_NOOP("Layers", "Boundary and limits"),
    Layer.MARKS: QT_TRANSLATE_NOOP("Layers", "Marks"),
    Layer.BEACHES: QT_TRANSLATE_NOOP("Layers", "Beaches"),
    Layer.ERROR_CIRCLES: QT_TRANSLATE_NOOP("Layers", "Error circles"),
    Layer.SEARCHES: QT_TRANSLATE_NOOP("Layers", "Searches"),
    Layer.RECKONING: QT_TRANSLATE_NOOP("Layers", "Dead reckoning"),
    Layer.TRACKS: QT_TRANSLATE_NOOP("Layers", "Tracks"),
    Layer.REPORTS: QT_TRANSLATE_NOOP("Layers", "Reports"),
    Layer.PLACES: QT_TRANSLATE_NOOP("Layers", "Places"),
    Layer.LABELS: QT_TRANSLATE_NOOP("Layers", "Labels"),
    Layer.LINES: QT_TRANSLATE_NOOP("Layers", "Lines and rings"),
}
_DATA = {
    Layer.COAST: LayerName.COASTLINE,
    Layer.BOUNDARY: LayerName.BOUNDARY,
    Layer.MARKS: LayerName.MARKS,
    Layer.BEACHES: LayerName.BEACHES,
    Layer.PLACES: LayerName.PLACES,
}
"""Which data of the program's own a layer shows."""
_THOUSANDS = re.compile(r"(?<=\d)[\s,.'’](?=\d{3}(?!\d))")
_DENOMINATOR = re.compile(r"(?:1\s*:)?\s*(\d{1,12})\s*(k|m)?", re.IGNORECASE)
_FACTORS = {"": 1, "k": 1_000, "m": 1_000_000}


def own_layer_text(layer: Layer) -> str:
    """Return the name of a layer that every chart has."""
    return _translate(_LAYERS[layer])


def layer_text(layer: str, plot: Plot) -> str:
    """Return the name of a layer of the chart; of a reference layer the one it was given."""
    uid = reference_uid(layer)
    if uid is None:
        return own_layer_text(Layer(layer))
    known = plot.reference_layers.get(uid)
    return known.name if known is not None else ""


def credit_text(layer: str, plot: Plot) -> str:
    """Return who is to be named for a layer's data, "" for nobody."""
    uid = reference_uid(layer)
    if uid is not None:
        known = plot.reference_layers.get(uid)
        return known.credit if known is not None else ""
    name = _DATA.get(Layer(layer))
    return catalogue.layer(name).credit if name is not None else ""


def scales_text(view: LayerView) -> str:
    """Return at which scales a layer shows."""
    closest, farthest = view.closest_denominator, view.farthest_denominator
    if closest is None and farthest is None:
        return _translate("always")
    if farthest is None:
        return _translate("{closest} and wider").format(closest=scale_text(closest or 1))
    if closest is None:
        return _translate("{farthest} and closer").format(farthest=scale_text(farthest))
    return _translate("{closest} to {farthest}").format(
        closest=scale_text(closest), farthest=scale_text(farthest)
    )


def bound_text(denominator: int | None) -> str:
    """Return one end of a range of scales, as it stands in a field."""
    return _translate("no limit") if denominator is None else scale_text(denominator)


def read_bound(text: str) -> int | None:
    """Return the denominator of a scale that was typed, None for no limit.

    ``1:250 000``, ``250,000``, ``250k``; nothing at all is no limit. Raises ValueError for a text
    that is no scale.
    """
    plain = text.strip()
    if not plain or plain.casefold() == bound_text(None).casefold():
        return None
    match = _DENOMINATOR.fullmatch(_THOUSANDS.sub("", plain))
    if match is None:
        msg = f"not a scale: {text}"
        raise ValueError(msg)
    denominator = int(match[1]) * _FACTORS[(match[2] or "").casefold()]
    if not 1 <= denominator <= MOST_DENOMINATOR:
        msg = f"not a scale of a chart: {text}"
        raise ValueError(msg)
    return denominator


def not_shown_text(layer: str, layering: Layering, denominator: float) -> str:
    """Return why a layer that is not hidden does not show at 1:denominator, "" if it does."""
    view = layering.view(layer)
    if not view.is_shown:
        return ""
    if view.is_too_close(denominator):
        return _translate("not at {scale}: too close").format(scale=scale_text(denominator))
    if view.is_too_far(denominator):
        return _translate("not at {scale}: too wide").format(scale=scale_text(denominator))
    if layer == Layer.PLACES and not layering.shows(Layer.LABELS, denominator):
        return _translate("labels do not show")
    return ""


def _translate(text: object) -> str:
    return QCoreApplication.translate(_CONTEXT, str(text))
