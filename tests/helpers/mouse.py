"""A mouse over a chart: what the canvas would tell a tool, without a canvas."""

from channelplot.chart.pointer import Button, ChartEvent, Modifier, PointerHandler
from channelplot.chart.viewport import Viewport, viewport_of
from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.position import Position

STRAIT = Bounds(1.2, 50.75, 2.0, 51.2)


class Chart:
    """What a tool may ask of the chart: its view, and another one."""

    def __init__(self) -> None:
        self.viewport: Viewport = viewport_of(STRAIT, 1000.0, 900.0, 0.0)
        self.times_set = 0

    def set_viewport(self, viewport: Viewport) -> None:
        """Show something else."""
        self.viewport = viewport
        self.times_set += 1


class Mouse:
    """Presses, moves and releases over a chart, told to a handler."""

    def __init__(self, handler: PointerHandler, chart: Chart) -> None:
        self._handler = handler
        self._chart = chart

    def press(
        self, x_px: float, y_px: float, button: Button = Button.LEFT, keys: Modifier = Modifier.NONE
    ) -> None:
        """Put a button down at a pixel."""
        self._handler.press(self.event(x_px, y_px, button, keys))

    def move(
        self, x_px: float, y_px: float, button: Button = Button.LEFT, keys: Modifier = Modifier.NONE
    ) -> None:
        """Move to a pixel, with a button held down or none."""
        self._handler.move(self.event(x_px, y_px, button, keys))

    def release(
        self, x_px: float, y_px: float, button: Button = Button.LEFT, keys: Modifier = Modifier.NONE
    ) -> None:
        """Let the button go at a pixel."""
        self._handler.release(self.event(x_px, y_px, button, keys))

    def click(
        self,
        place: Position,
        button: Button = Button.LEFT,
        keys: Modifier = Modifier.NONE,
        off_px: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        """Press and release over a place, or so many pixels off it."""
        x_px, y_px = self.pixel(place)
        x_px, y_px = x_px + off_px[0], y_px + off_px[1]
        self.press(x_px, y_px, button, keys)
        self.release(x_px, y_px, button, keys)

    def double_click(self, place: Position) -> None:
        """Double-click over a place, as Qt tells it: the click comes first."""
        self.click(place)
        self._handler.double_click(self.event(*self.pixel(place), Button.LEFT, Modifier.NONE))

    def drag(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        button: Button = Button.LEFT,
        keys: Modifier = Modifier.NONE,
    ) -> None:
        """Press at a pixel, move half-way and all the way, release."""
        self.press(*start, button, keys)
        self.move((start[0] + end[0]) / 2.0, (start[1] + end[1]) / 2.0, button, keys)
        self.move(*end, button, keys)
        self.release(*end, button, keys)

    def pixel(self, place: Position) -> tuple[float, float]:
        """Where a place shows."""
        return self._chart.viewport.pixel_of(place)

    def event(self, x_px: float, y_px: float, button: Button, keys: Modifier) -> ChartEvent:
        """What the canvas would tell."""
        viewport = self._chart.viewport
        return ChartEvent(viewport.position_at(x_px, y_px), x_px, y_px, button, keys, viewport)
