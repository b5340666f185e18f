"""A way of using the mouse on the chart."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from channelplot.chart.overlay import Overlay
from channelplot.chart.pointer import ChartEvent, CursorShape
from channelplot.chart.viewport import Viewport
from channelplot.document.notice import Notice

CLICK_SLACK_PX: Final = 5.0
"""A press that moved so far or farther is a drag, not a click."""


class ToolId(StrEnum):
    """The tools, by the id of the action that takes each up."""

    SELECT = "select"
    REPORT = "report"
    BEACH = "beach"
    MARK = "mark"
    MOVE = "move_report"
    MEASURE = "measure"
    BEARING_LINE = "bearing_line"
    RINGS = "rings"
    PAN = "pan"
    ZOOM_BOX = "zoom_box"


class ChartView(Protocol):
    """What a tool may ask of the chart that shows: its view, and another one."""

    @property
    def viewport(self) -> Viewport:
        """Return what shows."""
        ...

    def set_viewport(self, viewport: Viewport) -> None:
        """Show something else."""
        ...


@dataclass(frozen=True, slots=True)
class PressPoint:
    """Where a button went down, to tell a click from a drag."""

    event: ChartEvent

    def is_click_at(self, event: ChartEvent) -> bool:
        """Return whether a release at the event ends a click rather than a drag."""
        dx_px, dy_px = event.x_px - self.event.x_px, event.y_px - self.event.y_px
        return dx_px * dx_px + dy_px * dy_px < CLICK_SLACK_PX * CLICK_SLACK_PX


class Tool:
    """One way of using the mouse. Announces overlay_changed; nothing outlives exit.

    Every event does nothing here; a tool overrides those it needs.
    """

    id: ToolId

    def __init__(self) -> None:
        """Start with nothing shown and no button down."""
        self.overlay_changed = Notice[Overlay]()
        self._overlay = Overlay()
        self._pressed: PressPoint | None = None

    @property
    def cursor(self) -> CursorShape:
        """Return how the cursor looks over the chart."""
        return CursorShape.ARROW

    @property
    def overlay(self) -> Overlay:
        """Return what the tool wants shown now."""
        return self._overlay

    def show(self, overlay: Overlay) -> None:
        """Show an overlay in place of the one before."""
        if overlay != self._overlay:
            self._overlay = overlay
            self.overlay_changed.announce(overlay)

    def enter(self) -> None:
        """Begin: the tool has been taken up."""

    def exit(self) -> None:
        """End: another tool is taken up."""
        self.cancel()

    def press(self, event: ChartEvent) -> None:
        """Take a button that went down."""
        self._pressed = PressPoint(event)

    def move(self, event: ChartEvent) -> None:
        """Take a movement, with or without a button held down."""

    def release(self, event: ChartEvent) -> None:
        """Take a button that went up."""
        self._pressed = None

    def double_click(self, event: ChartEvent) -> None:
        """Take a double click."""

    def cancel(self) -> None:
        """Drop what was begun with a press."""
        self._pressed = None
        self.show(Overlay())
