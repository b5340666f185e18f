"""Asking before a plot is taken over of which nobody can say whether it is open elsewhere."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from channelplot.geodesy.text import date_time_group
from channelplot.store.lock import LockHold, LockHolder

WIDTH_PX = 480


class TakeOverDialog(QDialog):
    """Says what is at stake; Enter and Esc go on reading. Accepted: the plot is taken over."""

    def __init__(self, parent: QWidget, plot: Path, holder: LockHolder) -> None:
        """Name the plot and who may have it open."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Take over the plot"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        since = date_time_group(holder.since_utc)
        question = (
            self.tr("Is {user} on {host} still plotting in {name}?").format(
                user=holder.user or "?", host=holder.host, name=plot.name
            )
            if holder.hold is LockHold.ELSEWHERE
            else self.tr("Is anybody else plotting in {name}?").format(name=plot.name)
        )
        said = (
            self.tr(
                "It was opened there at {since}, and this computer can't see whether it still is. "
                "If two desks write to one plot, reports of both can be lost. Ask there first."
            )
            if holder.hold is LockHold.ELSEWHERE
            else self.tr(
                "Its lock file, from {since}, does not say whose it is, as after a power cut. If "
                "two desks write to one plot, reports of both can be lost. Ask around first."
            )
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(10)
        heading = QLabel(question, self)
        heading.setProperty("strong", True)
        words = QLabel(said.format(since=since), self)
        for label in (heading, words):
            label.setWordWrap(True)
            label.setMinimumWidth(WIDTH_PX)
            layout.addWidget(label)
        self.buttons = QDialogButtonBox(self)
        self.take_over = self.buttons.addButton(
            self.tr("Nobody is: &take it over"), QDialogButtonBox.ButtonRole.DestructiveRole
        )
        self.read_on = self.buttons.addButton(
            self.tr("&Go on reading"), QDialogButtonBox.ButtonRole.RejectRole
        )
        self.take_over.setAutoDefault(False)
        self.read_on.setDefault(True)
        layout.addWidget(self.buttons)
        self.take_over.clicked.connect(self.accept)
        self.read_on.clicked.connect(self.reject)
        self.read_on.setFocus()
