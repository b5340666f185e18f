"""The line that tells of urgent alerts which came while somebody was at work in the list."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from channelplot.chart.urgency import Urgency
from channelplot.model.codes import AlertCode
from channelplot.ui.panels.alert_rows import AlertRow
from channelplot.ui.panels.entity_panel import MARGIN_PX

_Key = tuple[AlertCode, str]


class NewAlerts(QLabel):
    """Names the first urgent alert that is new, hidden while there is none.

    New is what became urgent while the list had the keys: the selection stays where it was, so it
    must be said. It stays new until it is selected, somebody acknowledges it, or it is over.
    """

    def __init__(self, parent: QWidget) -> None:
        """Start with nothing new."""
        super().__init__(parent)
        self.setAccessibleName(self.tr("New alert"))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setMargin(MARGIN_PX)
        self.setProperty("alarm", True)
        self._urgent: frozenset[_Key] = frozenset()
        self._new: tuple[_Key, ...] = ()
        self._texts: dict[_Key, str] = {}
        self.hide()

    @property
    def first(self) -> _Key | None:
        """Return which alert it names."""
        return self._new[0] if self._new else None

    def note(self, rows: Sequence[AlertRow], *, is_watched: bool) -> None:
        """Take the alerts as they are now. is_watched: the list has the keys."""
        urgent = [row.key for row in rows if row.urgency is Urgency.URGENT]
        self._texts = {row.key: row.text for row in rows}
        come = [key for key in urgent if is_watched and key not in self._urgent]
        self._new = tuple(key for key in urgent if key in self._new or key in come)
        self._urgent = frozenset(urgent)

    def show_others(self, selected: _Key | None) -> None:
        """Show what is new but for the alert that is selected, which is in sight."""
        self._new = tuple(key for key in self._new if key != selected)
        self.setVisible(bool(self._new))
        if not self._new:
            return
        words = (
            self.tr("New: {alert} (F7)")
            if len(self._new) == 1
            else self.tr("New: {alert}, and {number} more (F7)")
        )
        self.setText(words.format(alert=self._texts[self._new[0]], number=len(self._new) - 1))
