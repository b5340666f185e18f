"""Move a report or a beach: the only mode in which anything on the chart moves."""

from channelplot.chart.overlay import DragLine, Ghost, GhostKind, Overlay
from channelplot.chart.pick import nearest
from channelplot.chart.pointer import Button, ChartEvent, CursorShape
from channelplot.document.session import Session
from channelplot.geodesy.text import bearing_text, distance_text
from channelplot.model.report import Report
from channelplot.tools.move_draft import MoveDraft
from channelplot.tools.select import movable
from channelplot.tools.tool import Tool, ToolId


class MoveTool(Tool):
    """Drag a report or beach, or click where it belongs; Enter beside the chart moves it.

    Old and new are both shown, with course and distance between them, until then.
    """

    id = ToolId.MOVE

    def __init__(self, session: Session, draft: MoveDraft) -> None:
        """Take what is open and the move that is prepared beside the chart."""
        super().__init__()
        self._session = session
        self._draft = draft
        self._is_active = False
        draft.changed.connect(self._draft_changed)

    @property
    def cursor(self) -> CursorShape:
        """Return a cross with arrows: things move now."""
        return CursorShape.MOVE

    def enter(self) -> None:
        """Begin with the selected report or beach, if one is selected."""
        self._is_active = True
        plot, selection = self._session.document.plot, self._session.selection
        report = selection.only_report(plot)
        beaches = [uid for uid in selection.uids if uid in plot.beaches]
        if report is not None:
            self._draft.choose(report.uid)
        elif len(beaches) == 1:
            self._draft.choose(beaches[0])
        else:
            self._draft.clear()

    def exit(self) -> None:
        """Drop the move."""
        self._is_active = False
        self._draft.clear()
        super().exit()

    def press(self, event: ChartEvent) -> None:
        """Take hold of the report or beach under the pointer."""
        super().press(event)
        plot = self._session.document.plot
        uid = movable(nearest(plot, event.viewport, event.x_px, event.y_px))
        if uid and event.button is Button.LEFT and uid != self._draft.uid:
            self._session.selection.set(frozenset({uid}))
            self._draft.choose(uid)

    def move(self, event: ChartEvent) -> None:
        """Carry it along."""
        if (
            self._pressed is not None
            and self._pressed.event.button is Button.LEFT
            and event.position is not None
            and not self._pressed.is_click_at(event)
            and self._draft.target is not None
        ):
            self._draft.point(event.position)

    def release(self, event: ChartEvent) -> None:
        """Put it down; a click beside it is its new place."""
        pressed, self._pressed = self._pressed, None
        if (
            pressed is None
            or pressed.event.button is not Button.LEFT
            or event.position is None
            or self._draft.target is None
        ):
            return
        plot = self._session.document.plot
        held = movable(nearest(plot, event.viewport, event.x_px, event.y_px))
        if not pressed.is_click_at(event) or held != self._draft.uid:
            self._draft.point(event.position)

    def cancel(self) -> None:
        """Keep the move that is prepared: only a press is dropped."""
        self._pressed = None

    def _draft_changed(self, _: None) -> None:
        target = self._draft.target if self._is_active else None
        if target is None:
            self.show(Overlay())
            return
        reading = self._draft.reading()
        if reading.position is None:
            self.show(Overlay())
            return
        kind = GhostKind.REPORT if isinstance(target, Report) else GhostKind.BEACH
        if reading.distance_m is None or target.position is None or reading.course_deg is None:
            self.show(Overlay((Ghost(reading.position, kind),)))
            return
        label = f"{bearing_text(reading.course_deg)} {distance_text(reading.distance_m)}"
        line = DragLine(target.position, reading.position, label)
        self.show(Overlay((line, Ghost(reading.position, kind))))
