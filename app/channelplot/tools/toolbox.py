"""The active tool and switching."""

from collections.abc import Iterable

from channelplot.chart.overlay import Overlay
from channelplot.chart.pointer import ChartEvent, CursorShape
from channelplot.document.notice import Notice
from channelplot.errors import CommandRefused
from channelplot.tools.tool import Tool, ToolId


class Toolbox:
    """Passes the chart's events to the active tool; a chart's PointerHandler.

    Announces tool_changed, overlay_changed, and refused when an edit was not allowed.
    """

    def __init__(self, tools: Iterable[Tool]) -> None:
        """Take the tools; the first one is active."""
        self.tool_changed = Notice[ToolId]()
        self.overlay_changed = Notice[Overlay]()
        self.refused = Notice[CommandRefused]()
        self._tools = {tool.id: tool for tool in tools}
        self._active = next(iter(self._tools.values()))
        for tool in self._tools.values():
            tool.overlay_changed.connect(self._overlay_changed)
        self._active.enter()

    @property
    def active(self) -> ToolId:
        """Return the id of the active tool."""
        return self._active.id

    def take_up(self, tool_id: ToolId) -> None:
        """Make a tool the active one; the active one stays as it is."""
        if tool_id is self._active.id:
            return
        self._active.exit()
        self._active = self._tools[tool_id]
        self._active.enter()
        self.tool_changed.announce(tool_id)
        self.overlay_changed.announce(self._active.overlay)

    @property
    def overlay(self) -> Overlay:
        """Return what the active tool wants shown."""
        return self._active.overlay

    @property
    def cursor(self) -> CursorShape:
        """Return how the cursor looks over the chart."""
        return self._active.cursor

    def press(self, event: ChartEvent) -> None:
        """Pass on a button that went down."""
        self._active.press(event)

    def move(self, event: ChartEvent) -> None:
        """Pass on a movement."""
        self._active.move(event)

    def release(self, event: ChartEvent) -> None:
        """Pass on a button that went up; a refused edit is announced."""
        try:
            self._active.release(event)
        except CommandRefused as refusal:
            self.refused.announce(refusal)

    def double_click(self, event: ChartEvent) -> None:
        """Pass on a double click."""
        self._active.double_click(event)

    def cancel(self) -> None:
        """Tell the active tool to drop what it began."""
        self._active.cancel()

    def _overlay_changed(self, _: Overlay) -> None:
        self.overlay_changed.announce(self._active.overlay)
