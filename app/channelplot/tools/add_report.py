"""Plot a report where the chart is clicked."""

from channelplot.chart.overlay import Ghost, GhostKind, Overlay
from channelplot.chart.pointer import Button, ChartEvent, CursorShape
from channelplot.tools.report_draft import ReportDraft
from channelplot.tools.tool import Tool, ToolId


class AddReportTool(Tool):
    """A click gives the report being taken its position; a ghost shows where."""

    id = ToolId.REPORT

    def __init__(self, draft: ReportDraft) -> None:
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
        """Begin a report, to the selected track or a new one, or go on with the one begun."""
        self._is_active = True
        if self._draft.is_empty:
            self._draft.clear()
        else:
            self._draft_changed(None)

    def exit(self) -> None:
        """Keep the draft: looking elsewhere must not lose what was typed."""
        self._is_active = False
        super().exit()
        self.show(Overlay())

    def release(self, event: ChartEvent) -> None:
        """Take the clicked position."""
        pressed, self._pressed = self._pressed, None
        if (
            pressed is not None
            and pressed.event.button is Button.LEFT
            and event.position is not None
            and pressed.is_click_at(event)
        ):
            self._draft.point(event.position)

    def cancel(self) -> None:
        """Keep the draft: only a press is dropped."""
        self._pressed = None

    def _draft_changed(self, _: None) -> None:
        position = self._draft.reading().position if self._is_active else None
        if position is None:
            self.show(Overlay())
        else:
            label = self._draft.reading().track_name
            self.show(Overlay((Ghost(position, GhostKind.REPORT, label),)))
