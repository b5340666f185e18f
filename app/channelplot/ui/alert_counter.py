"""How many alerts there are, always in sight in the menu bar's corner."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QToolButton, QWidget

from channelplot.document.session import Session
from channelplot.tools.lookout import Lookout
from channelplot.ui.urgency_icons import urgency_pixmap
from channelplot.ui.words.alert_text import alert_text, urgency_of

MOST_NAMED: Final = 8
_SHAPE_SHARE: Final = 1.25
"""The shape is so high, in parts of a line of text."""
_AROUND_PX: Final = 26
"""Around shape and text, and between them."""


class AlertCounter(QToolButton):
    """The number, in shape and colour of the most urgent; nothing when there is none.

    It takes no focus.
    """

    def __init__(self, session: Session, lookout: Lookout, parent: QWidget | None = None) -> None:
        """Count from now on, after every look."""
        super().__init__(parent)
        self._session = session
        self._lookout = lookout
        self.setObjectName("alert_counter")
        self.setAccessibleName(self.tr("Alerts there are"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        lookout.looked.connect(lambda _: self.show_alerts())
        self.show_alerts()

    @property
    def room_px(self) -> int:
        """Return how wide it gets: kept free for it, so that nothing moves when it comes."""
        widest = self.tr("{number} acknowledged").format(number=88)
        return self.fontMetrics().horizontalAdvance(widest) + self._shape_px() + _AROUND_PX

    def show_alerts(self) -> None:
        """Count those that nobody has acknowledged, or the others if there is none such."""
        alerts = self._lookout.alerts
        waiting = [a for a in alerts if a.acknowledgement is None]
        self.setVisible(bool(alerts))
        if not alerts:
            self.setText("")
            return
        urgency = urgency_of(alerts[0])  # the most urgent stands first
        if waiting:
            one, many = self.tr("1 alert"), self.tr("{number} alerts")
        else:
            one, many = self.tr("1 acknowledged"), self.tr("{number} acknowledged")
        number = len(waiting) or len(alerts)
        text = one if number == 1 else many.format(number=number)
        size_px = self._shape_px()
        if text != self.text() or urgency.value != self.property("urgency"):
            self.setText(text)
            self.setIcon(QIcon(urgency_pixmap(urgency, size_px)))
            self.setIconSize(QSize(size_px, size_px))
            self.setProperty("urgency", urgency.value)
            self.style().unpolish(self)
            self.style().polish(self)
        self._show_tip()

    def recolour(self) -> None:
        """Show the shape in the colours of the moment."""
        alerts = self._lookout.alerts
        if alerts:
            self.setIcon(QIcon(urgency_pixmap(urgency_of(alerts[0]), self._shape_px())))

    def _shape_px(self) -> int:
        return round(self.fontMetrics().height() * _SHAPE_SHARE)

    def _show_tip(self) -> None:
        """Say in the tooltip what the most urgent ones are."""
        alerts, plot = self._lookout.alerts, self._session.document.plot
        lines = [alert_text(alert, plot, self._lookout) for alert in alerts[:MOST_NAMED]]
        if len(alerts) > MOST_NAMED:
            lines.append(self.tr("and {number} more").format(number=len(alerts) - MOST_NAMED))
        self.setToolTip("\n".join([*lines, self.tr("F7 goes to the list")]))
