"""The chart's layers: which show, how strongly, in what order and at which scales; no Qt."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self

from channelplot.geodesy.text import rounded_scale


class Layer(StrEnum):
    """One thing of the chart itself or of the plot, in the usual order from the bottom up.

    A reference layer is a layer as well; its id is a plain string (``reference_id``).
    """

    COAST = "coast"
    GRATICULE = "graticule"
    BOUNDARY = "boundary"
    MARKS = "marks"
    BEACHES = "beaches"
    ERROR_CIRCLES = "error_circles"
    SEARCHES = "searches"
    RECKONING = "reckoning"
    TRACKS = "tracks"
    REPORTS = "reports"
    PLACES = "places"
    LABELS = "labels"
    LINES = "lines"


ON_REQUEST: Final = frozenset({Layer.ERROR_CIRCLES})
"""Layers that are hidden until somebody asks for them; each has an action of its own."""
ALWAYS_ON_TOP: Final = frozenset({Layer.PLACES, Layer.LABELS, Layer.LINES})
"""What is written is placed together, and lines that are being drawn follow the pointer: these
stay above all others, in their usual order."""
WITHOUT_OPACITY: Final = frozenset({Layer.PLACES})
"""Their words are drawn among the labels, and as strong as those."""
_REFERENCE: Final = "reference:"


def reference_id(uid: str) -> str:
    """Return the layer id of the reference layer with a uid."""
    return _REFERENCE + uid


def reference_uid(layer: str) -> str | None:
    """Return the uid of the reference layer with an id, None for any other layer."""
    return layer.removeprefix(_REFERENCE) if layer.startswith(_REFERENCE) else None


@dataclass(frozen=True, slots=True)
class LayerView:
    """How one layer is shown.

    opacity: above 0 up to 1. closest_denominator, farthest_denominator: it is drawn only at
    scales 1:n with closest <= n <= farthest, to the figures a scale is told with; None for no
    bound. Raises ValueError for an opacity or a range that is none.
    """

    layer: str
    is_shown: bool = True
    opacity: float = 1.0
    closest_denominator: int | None = None
    farthest_denominator: int | None = None

    def __post_init__(self) -> None:
        """Refuse what can't be drawn."""
        bounds = [n for n in (self.closest_denominator, self.farthest_denominator) if n is not None]
        if not 0.0 < self.opacity <= 1.0 or min(bounds, default=1) < 1 or bounds != sorted(bounds):
            msg = f"not a way to show a layer: {self}"
            raise ValueError(msg)

    def is_too_close(self, denominator: float) -> bool:
        """Return whether the scale is larger than any it is drawn at."""
        closest = self.closest_denominator
        return closest is not None and rounded_scale(denominator) < rounded_scale(closest)

    def is_too_far(self, denominator: float) -> bool:
        """Return whether the scale is smaller than any it is drawn at."""
        farthest = self.farthest_denominator
        return farthest is not None and rounded_scale(denominator) > rounded_scale(farthest)

    def shows_at(self, denominator: float) -> bool:
        """Return whether it is drawn at 1:denominator."""
        return (
            self.is_shown
            and not self.is_too_close(denominator)
            and not self.is_too_far(denominator)
        )


@dataclass(frozen=True, slots=True)
class Layering:
    """How all layers are shown, from the bottom up; each stands in it once."""

    views: tuple[LayerView, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of the layers, from the bottom up."""
        return tuple(view.layer for view in self.views)

    @property
    def hidden(self) -> frozenset[str]:
        """Return the ids of the layers that are hidden, at every scale."""
        return frozenset(view.layer for view in self.views if not view.is_shown)

    def view(self, layer: str) -> LayerView:
        """Return how a layer is shown. Raises KeyError for one that is not in it."""
        for view in self.views:
            if view.layer == layer:
                return view
        raise KeyError(layer)

    def shows(self, layer: str, denominator: float) -> bool:
        """Return whether a layer is drawn at 1:denominator; one that is not in it is not."""
        return any(view.layer == layer and view.shows_at(denominator) for view in self.views)

    def opacity(self, layer: str) -> float:
        """Return how strongly a layer is drawn; one that is not in it fully."""
        return next((view.opacity for view in self.views if view.layer == layer), 1.0)

    def with_view(self, view: LayerView) -> Self:
        """Return the layering with one layer shown in another way."""
        return replace(
            self, views=tuple(view if old.layer == view.layer else old for old in self.views)
        )

    def hiding(self, layers: Iterable[str]) -> Self:
        """Return the layering with just these layers hidden, and all others shown."""
        hidden = frozenset(layers)
        return replace(
            self,
            views=tuple(replace(view, is_shown=view.layer not in hidden) for view in self.views),
        )

    def at_every_scale(self) -> Self:
        """Return the layering with no layer kept to some scales."""
        return replace(
            self,
            views=tuple(
                replace(view, closest_denominator=None, farthest_denominator=None)
                for view in self.views
            ),
        )

    def moved(self, layer: str, index: int) -> Self:
        """Return the layering with a layer at another place, counted from the bottom.

        What is always on top stays there, and nothing comes above it.
        """
        others = [view for view in self.views if view.layer != layer]
        if layer in ALWAYS_ON_TOP or len(others) == len(self.views):
            return self
        top = sum(view.layer not in ALWAYS_ON_TOP for view in others)
        others.insert(min(max(index, 0), top), self.view(layer))
        return replace(self, views=tuple(others))

    def with_reference(self, view: LayerView, index: int) -> Self:
        """Return the layering with a reference layer added at a place, counted from the bottom."""
        added = replace(self, views=(*self.views, view))
        return added.moved(view.layer, index)

    def with_layers(self, references: Iterable[str]) -> Self:
        """Return the layering with these reference layers, by id, and no others.

        New ones come above the coast, below the graticule, the later the higher.
        """
        wanted = tuple(dict.fromkeys(references))
        kept = [
            view for view in self.views if reference_uid(view.layer) is None or view.layer in wanted
        ]
        there = [view.layer for view in kept]
        new = [LayerView(each) for each in wanted if each not in there]
        at = there.index(Layer.GRATICULE)
        if Layer.COAST in there[at:]:
            at = there.index(Layer.COAST) + 1
        return replace(self, views=(*kept[:at], *new, *kept[at:]))

    def in_usual_order(self) -> Self:
        """Return the layering with every layer shown as it is, in the usual order."""
        own = {view.layer: view for view in self.views}
        references = [view for view in self.views if reference_uid(view.layer) is not None]
        ordered = [own[each] for each in Layer if each in own]
        at = [view.layer for view in ordered].index(Layer.GRATICULE)
        return replace(self, views=(*ordered[:at], *references, *ordered[at:]))


DEFAULT_LAYERING: Final = Layering(tuple(LayerView(each.value) for each in Layer))
"""Everything, in the usual order."""
DESK_LAYERING: Final = DEFAULT_LAYERING.hiding(ON_REQUEST)
"""What a desk begins with."""


def layering_of(views: Iterable[LayerView]) -> Layering:
    """Return a layering made of views that may lack layers, repeat some or be out of order.

    The first of each layer counts; a layer that lacks comes where it usually is, shown as a desk
    begins with it; what is always on top is put there.
    """
    found: dict[str, LayerView] = {}
    for view in views:
        if view.layer in DESK_LAYERING.ids or reference_uid(view.layer):
            found.setdefault(view.layer, view)
    movable = [view for view in found.values() if view.layer not in ALWAYS_ON_TOP]
    usual = [each for each in Layer if each not in ALWAYS_ON_TOP]
    for place, layer in enumerate(usual):
        if layer not in found:
            below = {each.value for each in usual[:place]}
            at = max((n + 1 for n, view in enumerate(movable) if view.layer in below), default=0)
            movable.insert(at, DESK_LAYERING.view(layer))
    top = [found.get(each, DESK_LAYERING.view(each)) for each in Layer if each in ALWAYS_ON_TOP]
    return Layering((*movable, *top))
