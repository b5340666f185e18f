"""Which renderer draws a reference layer, and which labels it has."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Final, Protocol

from PySide6.QtGui import QPainter

from channelplot.basemap.mbtiles import MbTiles
from channelplot.chart.cancel import Cancel
from channelplot.chart.layers import reference_id, reference_uid
from channelplot.chart.reference import ReferenceFeatures
from channelplot.chart.renderers import (
    reference,
    routeing,
    routeing_names,
    sar_regions,
    sea_limits,
)
from channelplot.chart.renderers.label import Label
from channelplot.chart.renderers.raster import draw_tiles
from channelplot.chart.scene import Scene
from channelplot.model.reference_layer import ReferenceLayer, ReferenceSchema


class _Draw(Protocol):
    def __call__(
        self,
        painter: QPainter,
        scene: Scene,
        layer: ReferenceLayer,
        features: ReferenceFeatures,
        cancel: Cancel,
    ) -> None: ...


class _Labels(Protocol):
    def __call__(
        self, scene: Scene, layer: ReferenceLayer, features: ReferenceFeatures
    ) -> Iterator[Label]: ...


class LayerRenderer(Protocol):
    """Draws one layer of a scene; stops early when cancelled."""

    def __call__(self, painter: QPainter, scene: Scene, cancel: Cancel) -> None:
        """Draw in device-independent pixels of the scene's viewport."""
        ...


@dataclass(frozen=True, slots=True)
class _Way:
    """How shapes of a schema are drawn and labelled."""

    draw: _Draw
    labels: _Labels


_WAYS: Final = MappingProxyType(
    {
        ReferenceSchema.PLAIN: _Way(reference.draw_plain, reference.labels),
        ReferenceSchema.ROUTEING: _Way(routeing.draw_routeing, routeing_names.labels),
        ReferenceSchema.SEA_LIMITS: _Way(sea_limits.draw_sea_limits, sea_limits.labels),
        ReferenceSchema.SAR_REGIONS: _Way(sar_regions.draw_sar_regions, sar_regions.labels),
    }
)


def renderer_of(layer_id: str) -> LayerRenderer:
    """Return what draws the reference layer of an id ``reference:UID``; nothing, if not loaded.

    Raises ValueError for the id of another layer.
    """
    uid = reference_uid(layer_id)
    if uid is None:
        msg = f"no reference layer: {layer_id}"
        raise ValueError(msg)
    return partial(_draw, uid)


def labels(scene: Scene) -> Iterator[Label]:
    """Yield the labels of all reference layers that are loaded and show."""
    for uid, layer in scene.plot.reference_layers.items():
        features = scene.references.get(uid)
        if isinstance(features, ReferenceFeatures) and scene.shows(reference_id(uid)):
            yield from _WAYS[layer.schema].labels(scene, layer, features)


def _draw(uid: str, painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    layer, loaded = scene.plot.reference_layers.get(uid), scene.references.get(uid)
    if layer is None or loaded is None or cancel.is_cancelled:
        return
    if isinstance(loaded, MbTiles):
        draw_tiles(painter, scene, loaded, cancel)
    else:
        _WAYS[layer.schema].draw(painter, scene, layer, loaded, cancel)
