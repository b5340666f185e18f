"""Add a named mark where the chart is clicked, or amend the one that is clicked."""

import math

from channelplot.chart.overlay import DragLine, Ghost, GhostKind, Shape
from channelplot.chart.pick import REGISTER_MARKS_BELOW_M_PER_PX
from channelplot.chart.pointer import ChartEvent
from channelplot.geodesy.position import Position
from channelplot.model.beach import Mark, tidy_code
from channelplot.tools.draft_tool import DraftTool
from channelplot.tools.mark_draft import MarkDraft
from channelplot.tools.tool import ToolId

MARK_REACH_PX = 8.0
"""A click so near to a mark means that mark."""


class AddMarkTool(DraftTool):
    """A click gives the mark its position; with nothing begun, one on a mark amends that."""

    id = ToolId.MARK

    def __init__(self, draft: MarkDraft) -> None:
        """Take the draft that is filled in beside the chart."""
        super().__init__(draft.changed)
        self._draft = draft
        draft.session.plot_changed.connect(self.refresh)

    def clicked(self, event: ChartEvent, position: Position) -> None:
        """Take the mark that was clicked, if there is nothing to lose, or else the position."""
        mark = self._mark_at(event)
        if mark is not None and self._draft.is_untouched and mark != self._draft.picked:
            self._draft.pick(mark)
            self._draft.pointed.announce(None)
        else:
            self._draft.point(position)

    def shapes(self) -> tuple[Shape, ...]:
        """Return the mark where it would be, and from where it would be moved."""
        reading = self._draft.reading()
        if reading.position is None:
            return ()
        code = tidy_code(self._draft.code)
        ghost = Ghost(reading.position, GhostKind.MARK, code, reading.kind)
        if reading.before is None or reading.moved_m is None:
            return (ghost,)
        return (DragLine(reading.before.position, reading.position), ghost)

    def _mark_at(self, event: ChartEvent) -> Mark | None:
        """Return the mark that shows under the pointer, the plot's own before the register's."""
        shown = [self._draft.own_choices()]
        if event.viewport.m_per_px <= REGISTER_MARKS_BELOW_M_PER_PX:
            shown.append(self._draft.register_choices())
        for marks in shown:
            mark = min(marks, key=lambda mark: _distance_px(event, mark), default=None)
            if mark is not None and _distance_px(event, mark) <= MARK_REACH_PX:
                return mark
        return None


def _distance_px(event: ChartEvent, mark: Mark) -> float:
    return math.dist(event.viewport.pixel_of(mark.position), (event.x_px, event.y_px))
