"""A page of a sheet in the place of the chart."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

from channelplot.chart.qt_guard import qt_guarded
from channelplot.ui.panels.sheet_preview import SheetPreview


class SheetCloseUp(SheetPreview):
    """A preview that covers the chart while it is open; the keys stay where they are."""

    def __init__(self, chart: QWidget) -> None:
        """Start closed."""
        super().__init__(chart)
        self._chart = chart
        self.setAccessibleName(self.tr("Sheet in the place of the chart"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        chart.installEventFilter(self)

    def open(self) -> None:
        """Cover the chart, with nothing at first."""
        self.show_image(None)
        self.setGeometry(self._chart.rect())
        self.raise_()
        self.show()

    @qt_guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the chart."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self.setGeometry(self._chart.rect())
        return False
