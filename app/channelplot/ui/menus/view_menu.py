"""The words of the View menu for the chart's layers."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from channelplot.chart.layers import Layer

_LAYERS = {
    Layer.COAST: QT_TRANSLATE_NOOP("ViewMenu", "Land and coast"),
    Layer.GRATICULE: QT_TRANSLATE_NOOP("ViewMenu", "Graticule"),
    Layer.BOUNDARY: QT_TRANSLATE_NOOP("ViewMenu", "Boundary"),
    Layer.MARKS: QT_TRANSLATE_NOOP("ViewMenu", "Marks"),
    Layer.BEACHES: QT_TRANSLATE_NOOP("ViewMenu", "Beaches"),
    Layer.ERROR_CIRCLES: QT_TRANSLATE_NOOP("ViewMenu", "Error circles"),
    Layer.SEARCHES: QT_TRANSLATE_NOOP("ViewMenu", "Searches"),
    Layer.RECKONING: QT_TRANSLATE_NOOP("ViewMenu", "Dead reckoning"),
    Layer.LINES: QT_TRANSLATE_NOOP("ViewMenu", "Bearing lines and rings"),
    Layer.TRACKS: QT_TRANSLATE_NOOP("ViewMenu", "Tracks and reports"),
    Layer.PLACES: QT_TRANSLATE_NOOP("ViewMenu", "Places"),
    Layer.LABELS: QT_TRANSLATE_NOOP("ViewMenu", "Labels"),
}


def layer_text(layer: Layer) -> str:
    """Return the words for a layer of the chart."""
    return QCoreApplication.translate("ViewMenu", str(_LAYERS[layer]))
