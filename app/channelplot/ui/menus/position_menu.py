"""The form in which positions are shown, and copying them in that form."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from channelplot.geodesy.position import Position
from channelplot.geodesy.text import Notation, position_text
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.ui.desk import Desk
from channelplot.ui.menus.actions import Actions
from channelplot.ui.notation import notation_text
from channelplot.ui.preference import preference_menu
from channelplot.ui.status_bar import StatusBar


class PositionMenu(QObject):
    """Changes the form of all positions on screen, and copies those that are meant."""

    def __init__(self, window: QWidget, desk: Desk, actions: Actions, status: StatusBar) -> None:
        """Connect the actions; the one for the form opens a menu of the forms besides."""
        super().__init__(window)
        self._desk = desk
        self._status = status
        self.menu = preference_menu("", window, desk.notation, notation_text)
        actions["notation"].setMenu(self.menu)
        actions.connect_to("notation", desk.notation.cycle)
        actions.connect_to("copy_position", self.copy)
        desk.notation.changed.connect(self._tell_notation)

    def copy(self) -> None:
        """Copy the positions of what is selected, else the pointer's, one in a line."""
        session = self._desk.session
        positions = selected_positions(session.document.plot, session.selection.uids)
        if not session.selection.uids and self._status.pointer is not None:
            positions = (self._status.pointer,)
        if not positions:
            self._status.show_note(
                self.tr("Nothing copied: what is selected has no position.")
                if session.selection.uids
                else self.tr("Nothing copied: select a report or point at the chart.")
            )
            return
        notation = self._desk.notation.current
        texts = [position_text(position, notation=notation) for position in positions]
        QGuiApplication.clipboard().setText("\n".join(texts))
        self._status.show_note(
            self.tr("Copied {position}").format(position=texts[0])
            if len(texts) == 1
            else self.tr("Copied {number} positions").format(number=len(texts))
        )

    def _tell_notation(self, notation: Notation) -> None:
        self._status.show_note(
            self.tr("Position form: {form}").format(form=notation_text(notation))
        )


def selected_positions(plot: Plot, uids: frozenset[str]) -> tuple[Position, ...]:
    """Return where what is selected is: reports by time, then beaches and marks by name.

    A track that is selected without any of its reports is where it was reported last. What has
    no position is left out.
    """
    tracks = [plot.tracks[uid] for uid in uids if uid in plot.tracks]
    reports = [report for uid in uids if (report := plot.report(uid)) is not None]
    told = {report.track_uid for report in reports}
    for track in tracks:
        if track.uid not in told:
            reports += [r for r in track.reports if r.position is not None][-1:]
    reports.sort(key=Report.time_order)
    beaches = [plot.beaches[uid] for uid in uids if uid in plot.beaches]
    marks = [plot.marks[uid] for uid in uids if uid in plot.marks]
    places = [(beach.name, beach.uid, beach.position) for beach in beaches]
    places += [(mark.name, mark.uid, mark.position) for mark in marks]
    return (
        *(report.position for report in reports if report.position is not None),
        *(position for _, _, position in sorted(places, key=lambda place: place[:2])),
    )
