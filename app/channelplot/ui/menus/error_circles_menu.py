"""F5: error circles on the chart, as large as they are by now."""

import contextlib
from datetime import datetime

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from channelplot.chart.error_circles import error_circles
from channelplot.chart.layers import Layer
from channelplot.geodesy.measure import is_ready
from channelplot.ui.desk import Desk
from channelplot.ui.menus.actions import Actions


class ErrorCirclesMenu(QObject):
    """Shows and hides the circles; while they show, keeps them up to date.

    They grow once a minute, and change with the plot, the selection and the figures. While they
    are hidden nothing is reckoned.
    """

    def __init__(self, window: QWidget, desk: Desk, actions: Actions) -> None:
        """Start as they were left. The layers of the chart must have been set."""
        super().__init__(window)
        self._desk = desk
        self._action = actions["error_circles"]
        hidden = desk.canvas.scene().hidden_layers
        self._action.setChecked(Layer.ERROR_CIRCLES not in hidden)
        self._action.toggled.connect(self._switch)
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

    def _switch(self, is_shown: bool) -> None:
        canvas = self._desk.canvas
        hidden = canvas.scene().hidden_layers - {Layer.ERROR_CIRCLES}
        if is_shown:
            self.show_circles()
        else:
            canvas.set_error_circles(())
            hidden |= {Layer.ERROR_CIRCLES}
        canvas.set_hidden_layers(hidden)
        with contextlib.suppress(OSError):  # only the choice for next time is lost
            self._desk.state.remember_hidden_layers(frozenset(each.value for each in hidden))


def _minute(now_utc: datetime) -> datetime:
    """Return the full minute: within it the circles stay as they are."""
    return now_utc.replace(second=0, microsecond=0)
