"""Pan the chart with the left button, for those without a middle one."""

from channelplot.chart.pointer import Button, ChartEvent, CursorShape
from channelplot.tools.tool import ChartView, Tool, ToolId


class PanTool(Tool):
    """A drag takes the chart along."""

    id = ToolId.PAN

    def __init__(self, view: ChartView) -> None:
        """Take the chart."""
        super().__init__()
        self._view = view
        self._last_px: tuple[float, float] | None = None

    @property
    def cursor(self) -> CursorShape:
        """Return an open hand, closed while it holds the chart."""
        return CursorShape.OPEN_HAND if self._last_px is None else CursorShape.CLOSED_HAND

    def press(self, event: ChartEvent) -> None:
        """Take hold of the chart."""
        if event.button is Button.LEFT:
            self._last_px = (event.x_px, event.y_px)

    def move(self, event: ChartEvent) -> None:
        """Take the chart along."""
        if self._last_px is not None:
            dx_px, dy_px = event.x_px - self._last_px[0], event.y_px - self._last_px[1]
            self._last_px = (event.x_px, event.y_px)
            self._view.set_viewport(self._view.viewport.panned(dx_px, dy_px))

    def release(self, event: ChartEvent) -> None:
        """Let go."""
        self._last_px = None

    def cancel(self) -> None:
        """Let go."""
        self._last_px = None
