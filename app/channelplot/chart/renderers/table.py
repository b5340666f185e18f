"""What is drawn on the chart, in which order and on which picture, as a layering says it."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType
from typing import Final, Protocol

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from channelplot.chart.blank_image import blank_image
from channelplot.chart.cancel import Cancel
from channelplot.chart.layers import ALWAYS_ON_TOP, Layer, Layering, LayerView, reference_uid
from channelplot.chart.renderers import (
    beaches,
    boundary,
    coastline,
    conditions_note,
    density,
    error_circles,
    example,
    frame,
    graticule,
    labels,
    limits,
    marks,
    reckoning,
    reference_layers,
    scale_bar,
    searches,
    tracks,
    unreckoned_note,
    urgency,
)
from channelplot.chart.renderers import credits as credit_line
from channelplot.chart.renderers.pens import saved
from channelplot.chart.scene import Scene


class Renderer(Protocol):
    """Draws one thing of a scene; stops early, and leaves the rest out, when cancelled."""

    def __call__(self, painter: QPainter, scene: Scene, cancel: Cancel) -> None:
        """Draw in device-independent pixels of the scene's viewport."""
        ...


class Group(Enum):
    """What goes into one picture, from the bottom up: a change redraws one of them."""

    BASE = "base"
    SHORE = "shore"
    TRACKS = "tracks"
    OVER = "over"
    LABELS = "labels"


@dataclass(frozen=True, slots=True)
class Step:
    """One layer in a picture: what draws it, one after the other, and how it is shown.

    Two steps are equal if their layers are shown alike. label_views: how the layers are shown
    that labels belong to or keep clear of, in the step of the labels.
    """

    view: LayerView
    renderers: tuple[Renderer, ...] = field(compare=False)
    label_views: tuple[LayerView, ...] = ()


_SEA: Final = Step(LayerView("sea"), (coastline.draw_sea,))
_EXAMPLE: Final = Step(LayerView("example"), (example.draw,))
"""What is never hidden: below every layer, and above all that may cover the sea."""
_RENDERERS: Final = MappingProxyType[str, tuple[Renderer, ...]](
    {
        Layer.COAST: (coastline.draw_land, coastline.draw_coast),
        Layer.GRATICULE: (graticule.draw,),
        Layer.BOUNDARY: (boundary.draw, limits.draw),
        Layer.MARKS: (marks.draw,),
        Layer.BEACHES: (beaches.draw,),
        Layer.ERROR_CIRCLES: (error_circles.draw,),
        Layer.SEARCHES: (searches.draw,),
        Layer.RECKONING: (reckoning.draw,),
        Layer.TRACKS: (tracks.draw_lines,),
        Layer.REPORTS: (tracks.draw_symbols, urgency.draw),
        Layer.LABELS: (labels.draw,),
    }
)
"""What draws each layer. Places are written with the labels; lines are drawn with every frame."""
_BASE_LAYERS: Final = frozenset({Layer.COAST, Layer.GRATICULE})
_TRACK_LAYERS: Final = frozenset({Layer.TRACKS, Layer.REPORTS})
_WITHOUT_LABELS: Final = frozenset({Layer.GRATICULE, Layer.LINES})
"""Layers that labels neither belong to nor keep clear of."""
FURNITURE: Final[tuple[Renderer, ...]] = (
    frame.draw,
    scale_bar.draw,
    conditions_note.draw,
    unreckoned_note.draw,
    credit_line.draw,
    density.draw_legend,
)
"""What belongs to the screen or the sheet, not to a place on the chart."""


def usual_group(layer: str) -> Group:
    """Return the picture that a layer is on while the layers are in their usual order.

    What seldom changes is at the bottom; what changes every minute in pictures that are soon
    drawn.
    """
    if layer in _BASE_LAYERS or reference_uid(layer) is not None:
        return Group.BASE
    if layer in _TRACK_LAYERS:
        return Group.TRACKS
    return Group.LABELS if layer in ALWAYS_ON_TOP else Group.SHORE


@functools.lru_cache(maxsize=64)
def steps_of(layering: Layering) -> Mapping[Group, tuple[Step, ...]]:
    """Return what each picture draws, in order; layers that are hidden are left out.

    A layer stays on its usual picture as far as the order lets it.
    """
    steps: dict[Group, list[Step]] = {group: [] for group in Group}
    steps[Group.BASE].append(_SEA)
    highest = max(number for number, layer in enumerate(layering.ids) if _covers(layer))
    for number, (layer, group) in enumerate(_groups(layering).items()):
        view = layering.view(layer)
        renderers = _renderers_of(layer)
        if view.is_shown and renderers:
            steps[group].append(Step(view, renderers, _label_views(layer, layering)))
        if number == highest:
            steps[group].append(_EXAMPLE)
    return MappingProxyType({group: tuple(each) for group, each in steps.items()})


def is_empty(group: Group, layering: Layering) -> bool:
    """Return whether nothing is drawn on a picture."""
    return not steps_of(layering)[group]


def differing_groups(before: Layering, after: Layering) -> set[Group]:
    """Return the pictures that differ between two layerings of the same scene."""
    own, others = steps_of(before), steps_of(after)
    return {group for group in Group if own[group] != others[group]}


def actual_groups(layering: Layering, usual: set[Group]) -> set[Group]:
    """Return these pictures, and others that have what in the usual order is on these."""
    return usual | {
        group for layer, group in _groups(layering).items() if usual_group(layer) in usual
    }


@functools.lru_cache(maxsize=64)
def _groups(layering: Layering) -> Mapping[str, Group]:
    """Return the picture that each layer is on, from the bottom up."""
    groups, order = {}, list(Group)
    lowest = Group.BASE
    for layer in layering.ids:
        usual = usual_group(layer)
        if order.index(usual) < order.index(lowest):
            # Not on the tracks' own picture: it would be drawn again with every report.
            usual = Group.OVER if lowest is Group.TRACKS else lowest
        lowest = groups[layer] = usual
    return MappingProxyType(groups)


def _covers(layer: str) -> bool:
    """Return whether a layer may cover the sea, so that EXAMPLE must stand above it."""
    return layer == Layer.COAST or reference_uid(layer) is not None


def _renderers_of(layer: str) -> tuple[Renderer, ...]:
    if reference_uid(layer) is not None:
        return (reference_layers.renderer_of(layer),)
    return _RENDERERS.get(layer, ())


def _label_views(layer: str, layering: Layering) -> tuple[LayerView, ...]:
    """Return how the layers are shown that a step's labels depend on, in no order of theirs."""
    if layer != Layer.LABELS:
        return ()
    shown = [v for v in layering.views if v.is_shown and v.layer not in _WITHOUT_LABELS]
    plain = [replace(view, opacity=1.0) for view in shown]
    return tuple(sorted(plain, key=lambda view: view.layer))


def draw_group(painter: QPainter, group: Group, scene: Scene, cancel: Cancel) -> None:
    """Draw one group; the painter is left as it was found."""
    for step in steps_of(scene.layering)[group]:
        if cancel.is_cancelled:
            return
        draw_step(painter, step, scene, cancel)


def draw_step(painter: QPainter, step: Step, scene: Scene, cancel: Cancel) -> None:
    """Draw one layer, at the scales it is kept to; the painter is left as it was found.

    One that is to shine through is drawn on an image of its own, so that what overlaps in it
    does not show.
    """
    if not step.view.shows_at(scene.viewport.scale_denominator()):
        return
    if step.view.opacity < 1.0:
        image = blank_image(scene)
        with QPainter(image) as own:
            _draw_all(own, step.renderers, scene, cancel)
        with saved(painter):
            painter.setOpacity(step.view.opacity)
            painter.drawImage(QPointF(0.0, 0.0), image)
    else:
        _draw_all(painter, step.renderers, scene, cancel)


def _draw_all(
    painter: QPainter, renderers: tuple[Renderer, ...], scene: Scene, cancel: Cancel
) -> None:
    for renderer in renderers:
        if cancel.is_cancelled:
            return
        with saved(painter):
            renderer(painter, scene, cancel)


def draw_chart(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Draw all groups in order, from the sea to the labels, without the furniture."""
    for group in Group:
        draw_group(painter, group, scene, cancel)


def draw_furniture(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Draw frame, scale bar, notes and credits; each can be called alone as well."""
    for renderer in FURNITURE:
        with saved(painter):
            renderer(painter, scene, cancel)
