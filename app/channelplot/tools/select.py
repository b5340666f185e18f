"""Select reports, tracks, beaches and marks by click or rubber band."""

from channelplot.chart.overlay import Box, Overlay
from channelplot.chart.pick import Picked, PickedEntity, nearest, within
from channelplot.chart.pointer import Button, ChartEvent, Modifier
from channelplot.document.session import Session
from channelplot.tools.tool import ChartView, Tool, ToolId


class SelectTool(Tool):
    """Click selects, with Ctrl adds or takes away; a drag selects all inside its box."""

    id = ToolId.SELECT

    def __init__(self, session: Session, view: ChartView) -> None:
        """Take what is open and the chart it shows on."""
        super().__init__()
        self._session = session
        self._view = view

    def move(self, event: ChartEvent) -> None:
        """Draw the rubber band out to the pointer."""
        if (
            self._pressed is not None
            and self._pressed.event.button is Button.LEFT
            and not self._pressed.is_click_at(event)
        ):
            self.show(Overlay((self._box(event),)))

    def release(self, event: ChartEvent) -> None:
        """Select what was clicked or lies in the box."""
        pressed, self._pressed = self._pressed, None
        self.show(Overlay())
        if pressed is None or pressed.event.button is not Button.LEFT:
            return
        plot, selection = self._session.document.plot, self._session.selection
        if pressed.is_click_at(event):
            picked = nearest(plot, event.viewport, event.x_px, event.y_px)
            uids = frozenset({picked.uid}) if picked else frozenset()
        else:
            start = pressed.event
            box = Box(start.x_px, start.y_px, event.x_px, event.y_px)
            uids = within(plot, event.viewport, box)
        if Modifier.CONTROL in event.modifiers:
            uids = selection.uids ^ uids
        selection.set(uids)

    def double_click(self, event: ChartEvent) -> None:
        """Bring what was double-clicked to the middle of the chart."""
        picked = nearest(self._session.document.plot, event.viewport, event.x_px, event.y_px)
        if picked is not None and event.position is not None:
            self._view.set_viewport(self._view.viewport.centred_on(event.position))

    def _box(self, event: ChartEvent) -> Box:
        assert self._pressed is not None, "a box begins with a press"
        start = self._pressed.event
        return Box(start.x_px, start.y_px, event.x_px, event.y_px)


def movable(picked: Picked | None) -> str:
    """Return the uid of a report or beach that was picked, "" for anything else."""
    if picked is None or picked.entity not in (PickedEntity.REPORT, PickedEntity.BEACH):
        return ""
    return picked.uid
