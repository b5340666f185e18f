"""F5: error circles on the chart, as large as they are by now."""

from datetime import datetime

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from channelplot.chart.error_circles import error_circles
from channelplot.chart.layers import Layer, Layering
from channelplot.geodesy.measure import is_ready
from channelplot.ui.chart_layers import ChartLayers
from channelplot.ui.desk import Desk
from channelplot.ui.menus.actions import Actions


class ErrorCirclesMenu(QObject):
    """Shows and hides the circles; while they show, keeps them up to date.

    They grow once a minute, and change with the plot, the selection and the figures. While they
    are hidden nothing is reckoned.
    """

    def __init__(self, window: QWidget, desk: Desk, actions: Actions, layers: ChartLayers) -> None:
        """Start as they were left."""
        super().__init__(window)
        self._desk = desk
        self._action = actions["error_circles"]
        self._layers = layers
        self._tick(layers.layering)
        self._action.toggled.connect(self._switch)
        layers.changed.connect(self._tick)
        desk.lookout.looked.connect(lambda _: self.show_circles())
        desk.session.selection.changed.connect(lambda _: self.show_circles())
        self.show_circles()

    def show_circles(self) -> None:
        """Show the circles as they are now.

        Before PROJ is loaded there are none: the first picture must not wait for it.
        """
        if not self._action.isChecked() or not is_ready():
            return
        session = self._desk.session
        plot = session.document.plot
        self._desk.canvas.set_error_circles(
            error_circles(
                plot,
                session.selection.only_track(plot),
                _minute(session.clock()),
                self._desk.figures.error_model,
            )
        )

    def _tick(self, layering: Layering) -> None:
        self._action.setChecked(layering.view(Layer.ERROR_CIRCLES).is_shown)

    def _switch(self, is_shown: bool) -> None:
        if is_shown:
            self.show_circles()
        else:
            self._desk.canvas.set_error_circles(())
        self._layers.set_shown(Layer.ERROR_CIRCLES, is_shown)


def _minute(now_utc: datetime) -> datetime:
    """Return the full minute: within it the circles stay as they are."""
    return now_utc.replace(second=0, microsecond=0)
