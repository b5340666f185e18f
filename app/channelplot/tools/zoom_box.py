"""Zoom to a box drawn on the chart."""

from channelplot.chart.overlay import Box, Overlay
from channelplot.chart.pointer import Button, ChartEvent, CursorShape
from channelplot.geodesy.bounds import Bounds
from channelplot.tools.tool import ChartView, Tool, ToolId


class ZoomBoxTool(Tool):
    """A drag draws the box that fills the chart when the button goes up."""

    id = ToolId.ZOOM_BOX

    def __init__(self, view: ChartView) -> None:
        """Take the chart."""
        super().__init__()
        self._view = view

    @property
    def cursor(self) -> CursorShape:
        """Return a cross: a corner comes next."""
        return CursorShape.CROSS

    def move(self, event: ChartEvent) -> None:
        """Draw the box out to the pointer."""
        if (
            self._pressed is not None
            and self._pressed.event.button is Button.LEFT
            and not self._pressed.is_click_at(event)
        ):
            start = self._pressed.event
            self.show(Overlay((Box(start.x_px, start.y_px, event.x_px, event.y_px),)))

    def release(self, event: ChartEvent) -> None:
        """Show what is in the box."""
        pressed, self._pressed = self._pressed, None
        self.show(Overlay())
        if (
            pressed is None
            or pressed.event.button is not Button.LEFT
            or pressed.is_click_at(event)
            or pressed.event.position is None
            or event.position is None
        ):
            return
        bounds = Bounds.around((pressed.event.position, event.position))
        if bounds is not None:
            self._view.set_viewport(self._view.viewport.fitted(bounds, margin_px=0.0))
