"""A tool whose clicks fill in a draft: cross cursor, a ghost, nothing lost on leaving."""

from abc import ABC, abstractmethod

from channelplot.chart.overlay import Overlay, Shape
from channelplot.chart.pointer import Button, ChartEvent, CursorShape
from channelplot.document.notice import Notice
from channelplot.geodesy.position import Position
from channelplot.tools.tool import Tool


class DraftTool(Tool, ABC):
    """Shows a draft's shapes while it is taken up and passes clicks on to it."""

    def __init__(self, changed: Notice[None]) -> None:
        """Follow a draft. changed: what it announces."""
        super().__init__()
        self._is_active = False
        changed.connect(self.refresh)

    @property
    def cursor(self) -> CursorShape:
        """Return a cross: the next click is a position."""
        return CursorShape.CROSS

    def enter(self) -> None:
        """Begin, or go on with what was begun."""
        self._is_active = True
        self.refresh()

    def exit(self) -> None:
        """Keep the draft: looking elsewhere must not lose what was typed."""
        self._is_active = False
        super().exit()
        self.show(Overlay())

    def release(self, event: ChartEvent) -> None:
        """Pass a click with the left button on."""
        pressed, self._pressed = self._pressed, None
        if (
            pressed is not None
            and pressed.event.button is Button.LEFT
            and event.position is not None
            and pressed.is_click_at(event)
        ):
            self.clicked(event, event.position)

    def cancel(self) -> None:
        """Keep the draft: only a press is dropped."""
        self._pressed = None

    def refresh(self, _: object = None) -> None:
        """Show the draft as it is now."""
        self.show(Overlay(self.shapes() if self._is_active else ()))

    @abstractmethod
    def clicked(self, event: ChartEvent, position: Position) -> None:
        """Take a click on the chart."""

    @abstractmethod
    def shapes(self) -> tuple[Shape, ...]:
        """Return what shows the draft on the chart."""
