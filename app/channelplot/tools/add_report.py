"""Plot a report where the chart is clicked."""

from channelplot.chart.overlay import Ghost, GhostKind, Shape
from channelplot.chart.pointer import ChartEvent
from channelplot.geodesy.position import Position
from channelplot.tools.draft_tool import DraftTool
from channelplot.tools.report_draft import ReportDraft
from channelplot.tools.tool import ToolId


class AddReportTool(DraftTool):
    """A click gives the report being taken its position; a ghost shows where."""

    id = ToolId.REPORT

    def __init__(self, draft: ReportDraft) -> None:
        """Take the draft that is filled in beside the chart."""
        super().__init__(draft.changed)
        self._draft = draft

    def enter(self) -> None:
        """Begin a report, to the selected track or a new one, or go on with the one begun."""
        super().enter()
        if self._draft.is_empty:
            self._draft.clear()

    def clicked(self, event: ChartEvent, position: Position) -> None:
        """Take the clicked position."""
        self._draft.point(position)

    def shapes(self) -> tuple[Shape, ...]:
        """Return the report where it would be, with the name of its track."""
        reading = self._draft.reading()
        if reading.position is None:
            return ()
        return (Ghost(reading.position, GhostKind.REPORT, reading.track_name),)
