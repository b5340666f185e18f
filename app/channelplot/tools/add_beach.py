"""Add a launch beach where the shore is clicked."""

import math

from channelplot.chart.overlay import Ghost, GhostKind, Shape
from channelplot.chart.pointer import ChartEvent
from channelplot.geodesy.position import Position
from channelplot.tools.beach_draft import BeachDraft
from channelplot.tools.draft_tool import DraftTool
from channelplot.tools.tool import ToolId

REGISTER_REACH_PX = 8.0
"""A click so near to a beach of the register means that beach."""


class AddBeachTool(DraftTool):
    """A click gives the beach being added its position, or picks one of the register."""

    id = ToolId.BEACH

    def __init__(self, draft: BeachDraft) -> None:
        """Take the draft that is filled in beside the chart."""
        super().__init__(draft.changed)
        self._draft = draft

    def clicked(self, event: ChartEvent, position: Position) -> None:
        """Take the register's beach that was clicked, or else the position."""
        distances_px = [
            (math.dist(event.viewport.pixel_of(beach.position), (event.x_px, event.y_px)), index)
            for index, beach in enumerate(self._draft.choices())
        ]
        distance_px, index = min(distances_px, default=(math.inf, 0))
        if distance_px <= REGISTER_REACH_PX:
            self._draft.pick(self._draft.choices()[index])
        else:
            self._draft.point(position)

    def shapes(self) -> tuple[Shape, ...]:
        """Return the beach where it would be."""
        position = self._draft.reading().position
        return () if position is None else (Ghost(position, GhostKind.BEACH, self._draft.name),)
