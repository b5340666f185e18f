"""Add a launch beach where the shore is clicked."""

import math

from channelplot.chart.overlay import Ghost, GhostKind, Overlay
from channelplot.chart.pointer import Button, ChartEvent, CursorShape
from channelplot.tools.beach_draft import BeachDraft
from channelplot.tools.tool import Tool, ToolId


class AddBeachTool(Tool):
    """A click gives the beach being added its position, or picks one of the register."""

    id = ToolId.BEACH

    def __init__(self, draft: BeachDraft) -> None:
        """Take the draft that is filled in beside the chart."""
        super().__init__()
        self._draft = draft
        self._is_active = False
        draft.changed.connect(self._draft_changed)

    @property
    def cursor(self) -> CursorShape:
        """Return a cross: the next click is a position."""
        return CursorShape.CROSS

    def enter(self) -> None:
        """Begin a beach, or go on with the one begun."""
        self._is_active = True
        self._draft_changed(None)

    def exit(self) -> None:
        """Keep the draft: looking elsewhere must not lose what was typed."""
        self._is_active = False
        super().exit()
        self.show(Overlay())

    def release(self, event: ChartEvent) -> None:
        """Take the register's beach that was clicked, or else the position."""
        pressed, self._pressed = self._pressed, None
        if (
            pressed is None
            or pressed.event.button is not Button.LEFT
            or event.position is None
            or not pressed.is_click_at(event)
        ):
            return
        distances_px = [
            (math.dist(event.viewport.pixel_of(beach.position), (event.x_px, event.y_px)), index)
            for index, beach in enumerate(self._draft.choices())
        ]
        distance_px, index = min(distances_px, default=(math.inf, 0))
        if distance_px <= REGISTER_REACH_PX:
            self._draft.pick(self._draft.choices()[index])
        else:
            self._draft.point(event.position)

    def cancel(self) -> None:
        """Keep the draft: only a press is dropped."""
        self._pressed = None

    def _draft_changed(self, _: None) -> None:
        position = self._draft.reading().position if self._is_active else None
        if position is None:
            self.show(Overlay())
        else:
            self.show(Overlay((Ghost(position, GhostKind.BEACH, self._draft.name),)))


REGISTER_REACH_PX = 8.0
"""A click so near to a beach of the register means that beach."""
