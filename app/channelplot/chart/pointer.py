"""What the chart tells a map mode about the mouse, and what it asks of it; no Qt."""

from dataclasses import dataclass
from enum import Enum, Flag, auto
from typing import Protocol

from channelplot.chart.viewport import Viewport
from channelplot.geodesy.position import Position


class Button(Enum):
    """The mouse button an event is about; NONE when the mouse only moved."""

    NONE = auto()
    LEFT = auto()
    MIDDLE = auto()
    RIGHT = auto()


class Modifier(Flag):
    """The keys held down while the mouse was used."""

    NONE = 0
    SHIFT = auto()
    CONTROL = auto()
    ALT = auto()


class CursorShape(Enum):
    """How the mouse cursor looks over the chart."""

    ARROW = auto()
    CROSS = auto()
    OPEN_HAND = auto()
    CLOSED_HAND = auto()
    MOVE = auto()


@dataclass(frozen=True, slots=True)
class ChartEvent:
    """The mouse was used over the chart.

    position: what lies under the pointer, None beyond the Earth. x_px, y_px:
    device-independent pixels from the chart's top left. button: for a move, the
    button held down. viewport: what the chart showed at that moment.
    """

    position: Position | None
    x_px: float
    y_px: float
    button: Button
    modifiers: Modifier
    viewport: Viewport


class PointerHandler(Protocol):
    """What a map mode does with the mouse. Panning and zooming never reach it."""

    @property
    def cursor(self) -> CursorShape:
        """Return how the cursor looks; asked again after every event."""
        ...

    def press(self, event: ChartEvent) -> None:
        """Take a button that went down."""
        ...

    def move(self, event: ChartEvent) -> None:
        """Take a movement, with or without a button held down."""
        ...

    def release(self, event: ChartEvent) -> None:
        """Take a button that went up."""
        ...

    def double_click(self, event: ChartEvent) -> None:
        """Take a double click; a press and a release came before it."""
        ...

    def cancel(self) -> None:
        """Drop what was begun with a press: the release will not come."""
        ...
