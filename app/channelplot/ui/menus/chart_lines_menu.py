"""Bearing lines, range rings and what is being measured, kept up to date on the chart."""

import contextlib
from datetime import datetime

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from channelplot.chart.chart_lines import BearingLine, ChartLine, MeasuredLine, Rings
from channelplot.tools.anchored_draft import AnchoredDraft
from channelplot.tools.chart_lines import Anchored, AnchoredLine
from channelplot.tools.tool import ToolId
from channelplot.ui.desk import Desk
from channelplot.ui.lines_memory import lines_as_json, lines_from_json
from channelplot.ui.menus.actions import Actions
from channelplot.ui.words.chart_lines_text import label_of, totals


class ChartLinesMenu(QObject):
    """Hands the chart what to draw: after each change, and each minute as boats move on.

    While one of the drawing tools is taken up and the chart has the keys, Delete removes what was
    set last; for measuring Backspace does so too, Enter ends, and R changes the kind of line.
    """

    def __init__(self, window: QWidget, desk: Desk, actions: Actions) -> None:
        """Follow the lines, the plot, the time asked for and the tools."""
        super().__init__(window)
        self._desk = desk
        self._actions = actions
        self._minute_utc: datetime | None = None
        self._shown: MeasuredLine | None = None
        self._document = desk.session.document
        self._take_up_left()
        desk.session.document_changed.connect(lambda _: self._take_up_left())
        desk.chart_lines.changed.connect(lambda _: self._lines_changed())
        desk.measure_draft.changed.connect(lambda _: self._show_measured())
        desk.chartwork.changed.connect(lambda _: self.show_lines())
        desk.session.plot_changed.connect(lambda _: self.show_lines())
        desk.lookout.looked.connect(lambda _: self._show_in_time())
        desk.bearing_line_draft.pointed.connect(lambda _: self._clicked(desk.bearing_line_draft))
        desk.rings_draft.pointed.connect(lambda _: self._clicked(desk.rings_draft))
        actions.connect_to("clear_lines", desk.chart_lines.clear)
        self._keys: list[tuple[QShortcut, frozenset[ToolId]]] = []
        measure = frozenset({ToolId.MEASURE})
        all_tools = measure | {ToolId.BEARING_LINE, ToolId.RINGS}
        for key, tools, slot in (
            ("Delete", all_tools, self._remove_last),
            ("Backspace", measure, desk.measure_draft.remove_last),
            ("Return", measure, desk.measure_draft.end),
            ("Enter", measure, desk.measure_draft.end),
            ("R", measure, self._change_kind),
        ):
            shortcut = QShortcut(QKeySequence(key), desk.canvas)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)
            self._keys.append((shortcut, tools))
        desk.toolbox.tool_changed.connect(self._tool_changed)
        self._tool_changed(desk.toolbox.active)
        self.show_lines()

    def show_lines(self) -> None:
        """Show all of them as they are now."""
        desk = self._desk
        self._minute_utc = _minute(desk.chartwork.at_utc)
        entries = desk.chart_lines.entries
        lines = [line for line in map(self._drawn, entries) if line is not None]
        self._shown = self._measured()
        desk.canvas.set_lines((*lines, self._shown) if self._shown is not None else tuple(lines))
        reason = "" if entries else self.tr("There are no lines and rings on the chart.")
        self._actions.set_available("clear_lines", reason)

    def _take_up_left(self) -> None:
        """Show the lines and rings that the plot was left with at this desk."""
        self._document = self._desk.session.document
        left = lines_from_json(self._desk.state.chart_lines_of(self._document.path))
        self._desk.chart_lines.restore(left)

    def _lines_changed(self) -> None:
        """Show the lines, and remember them unless it is the plot that is being changed."""
        self.show_lines()
        if self._desk.session.document is self._document:
            with contextlib.suppress(OSError):  # only what is taken up next time is lost
                lines = lines_as_json(self._desk.chart_lines.entries)
                self._desk.state.remember_chart_lines(self._document.path, lines)

    def _drawn(self, entry: Anchored) -> ChartLine | None:
        """Return one as the chart draws it, None if where it is is not known."""
        place = self._desk.chart_lines.place(entry)
        if place is None:
            return None
        label = label_of(entry)
        if isinstance(entry, AnchoredLine):
            return BearingLine(entry.number, place, entry.bearing_deg, entry.distance_m, label)
        return Rings(entry.number, place, entry.radii_m, label)

    def _measured(self) -> MeasuredLine | None:
        draft = self._desk.measure_draft
        points = draft.points
        if len(points) < 2:
            return None
        return MeasuredLine(points, draft.is_rhumb, totals(draft.reading(), len(points)))

    def _show_measured(self) -> None:
        """Show what was measured, if that is another line than before: not at each movement."""
        if self._measured() != self._shown:
            self.show_lines()

    def _show_in_time(self) -> None:
        """Show where boats have got to, once a minute, and when what is measured is reached."""
        if self._minute_utc != _minute(self._desk.chartwork.at_utc):
            self.show_lines()
            self._desk.measure_draft.go_on()

    def _clicked(self, draft: AnchoredDraft) -> None:
        """Leave the keys with the chart once a click has set something: Delete removes it."""
        if draft.is_empty:
            self._desk.canvas.setFocus(Qt.FocusReason.MouseFocusReason)

    def _remove_last(self) -> None:
        desk = self._desk
        match desk.toolbox.active:
            case ToolId.MEASURE:
                desk.measure_draft.remove_last()
            case ToolId.RINGS:
                desk.rings_draft.remove_last()
            case _:
                desk.bearing_line_draft.remove_last()

    def _change_kind(self) -> None:
        draft = self._desk.measure_draft
        draft.edit(is_rhumb=not draft.is_rhumb)

    def _tool_changed(self, active: ToolId) -> None:
        for shortcut, tools in self._keys:
            shortcut.setEnabled(active in tools)


def _minute(at_utc: datetime) -> datetime:
    return at_utc.replace(second=0, microsecond=0)
