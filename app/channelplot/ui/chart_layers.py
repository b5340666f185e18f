"""How the chart's layers are shown at this desk: one value for chart, menu, panel and views."""

import contextlib
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from channelplot.chart.canvas import ChartCanvas
from channelplot.chart.layers import Layering, LayerView, reference_id
from channelplot.document.document import Document
from channelplot.document.session import Session
from channelplot.ui.state import WindowState


class ChartLayers(QObject):
    """Holds the layering, shows it on the chart and remembers it.

    Signal: changed(Layering), also when reference layers of the plot come and go.
    """

    changed = Signal(object)  # Layering

    def __init__(
        self, parent: QObject, session: Session, canvas: ChartCanvas, state: WindowState
    ) -> None:
        """Show the layers as they were left."""
        super().__init__(parent)
        self._session = session
        self._canvas = canvas
        self._state = state
        self._layering = self._of_plot(state.layering())
        canvas.set_layering(self._layering)
        session.plot_changed.connect(lambda _: self._follow_plot())
        session.document_changed.connect(self._take_document)

    @property
    def layering(self) -> Layering:
        """Return how the layers are shown."""
        return self._layering

    def show(self, layering: Layering) -> None:
        """Show the layers so, and remember it; of the reference layers those of the plot."""
        self._put(self._with_references(layering))

    def recall(self, layering: Layering) -> None:
        """Show the layers as they were kept; reference layers it does not know stay as they are."""
        recalled = self._with_references(layering)
        for view in self._layering.views:
            if view.layer in recalled.ids and view.layer not in layering.ids:
                recalled = recalled.with_view(view)
        self._put(recalled)

    def show_view(self, view: LayerView) -> None:
        """Show one layer in another way."""
        self.show(self._layering.with_view(view))

    def set_shown(self, layer: str, is_shown: bool) -> None:
        """Show or hide a layer."""
        self.show_view(replace(self._layering.view(layer), is_shown=is_shown))

    def reset_order(self) -> None:
        """Put all layers in their usual order; the rest of how they show stays."""
        self.show(self._layering.in_usual_order())

    def _put(self, layering: Layering) -> None:
        if layering == self._layering:
            return
        self._layering = layering
        self._canvas.set_layering(layering)
        with contextlib.suppress(OSError):  # only the choice for next time is lost
            self._state.remember_layering(self._session.document.path, layering)
        self.changed.emit(layering)

    def _follow_plot(self) -> None:
        self._put(self._with_references(self._layering))

    def _take_document(self, _: Document) -> None:
        """Show the reference layers of another plot as they were left there."""
        self._put(self._of_plot(self._layering.with_layers(())))

    def _of_plot(self, layering: Layering) -> Layering:
        kept = self._state.reference_views_of(self._session.document.path, layering)
        return self._with_references(kept)

    def _with_references(self, layering: Layering) -> Layering:
        return layering.with_layers(
            reference_id(uid) for uid in self._session.document.plot.reference_layers
        )
