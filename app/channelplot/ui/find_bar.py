"""The find bar: one box that lists boats and reports alone that fulfil what is typed."""

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolBar,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from channelplot.chart.qt_guard import qt_guarded
from channelplot.document.document import Document, PlotChanged
from channelplot.document.session import Session
from channelplot.model.plot import Plot
from channelplot.tools.find import read_query
from channelplot.tools.finder import Finder, Found
from channelplot.tools.query import NotRead, Query
from channelplot.ui.entry.form import mark_wrong
from channelplot.ui.line.fixed_text import FixedText
from channelplot.ui.panels.panels import Panels
from channelplot.ui.words.find_text import EXAMPLES, faults_text, understood_text

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

GAP_PX: Final = 8
_SLICE_S: Final = 0.004
_SEARCH_S: Final = 0.008
_AT_ONCE_S: Final = 0.02
"""So long a search may hold the window; of most plots it is done by then."""
_BOX_LETTERS: Final = 34
_STILL_FINDING: Final = frozenset({NotRead.NO_SUCH_KEY, NotRead.NO_VALUE})
"""What was not understood, and keeps nothing from being found."""
_DOWN: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)


class FindBar(QObject):
    """Stands above panels and chart while something is looked for: no list is short unexplained.

    Esc clears the box, and in an empty one closes the bar; Enter or Down goes to what was found.
    """

    def __init__(self, window: QWidget, session: Session, panels: Panels) -> None:
        """Make the bar, hidden."""
        super().__init__(window)
        self._session = session
        self._panels = panels
        self._finder = Finder()
        self._query = Query()
        self._focus_before: QWidget | None = None
        self._readying: Iterator[None] = iter(())
        self._ready_timer = QTimer(self)
        self._ready_timer.timeout.connect(self._get_ready)
        self._search: Generator[float, None, Found] | None = None
        self._is_to_go = False
        self._search_timer = QTimer(self)
        self._search_timer.timeout.connect(lambda: self._search_on(_SEARCH_S))
        self.bar = QToolBar(self.tr("Find"), window)
        self.bar.setObjectName("find_bar")
        self.bar.setMovable(False)
        self.bar.setFloatable(False)
        self.bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.bar.toggleViewAction().setVisible(False)
        inside = QWidget(self.bar)
        self.box = QLineEdit(inside)
        self.box.setAccessibleName(self.tr("Find"))
        self.box.setPlaceholderText(self.tr("Find boats and reports"))
        self.box.setClearButtonEnabled(True)
        self.box.setFixedWidth(self.box.fontMetrics().averageCharWidth() * _BOX_LETTERS)
        self.box.installEventFilter(self)
        self.understood = FixedText(inside)
        self.understood.setAccessibleName(self.tr("Looked for"))
        self.faults = FixedText(inside)
        self.faults.setAccessibleName(self.tr("Not understood"))
        self.faults.set_property("bad", True)
        self.count = QLabel(inside)
        self.count.setAccessibleName(self.tr("Found"))
        self.close_button = QPushButton(inside)
        self.close_button.setToolTip(self.tr("Esc"))
        self.close_button.setAutoDefault(False)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self.understood)
        lower = QHBoxLayout()
        lower.setSpacing(2 * GAP_PX)
        lower.addWidget(self.count)
        lower.addWidget(self.faults, 1)
        said.addLayout(lower)
        row = QHBoxLayout(inside)
        row.setContentsMargins(GAP_PX // 2, 2, GAP_PX // 2, 2)
        row.setSpacing(2 * GAP_PX)
        row.addWidget(self.box)
        row.addLayout(said, 1)
        row.addWidget(self.close_button)
        self.bar.addWidget(inside)
        # Always room for both lines: the chart must not move while somebody types.
        inside.setMinimumHeight(2 * inside.fontMetrics().lineSpacing() + GAP_PX)
        self.box.textChanged.connect(lambda _: self._find())
        self.close_button.clicked.connect(lambda _: self.close())
        session.plot_changed.connect(self._plot_changed)
        session.document_changed.connect(self._document_changed)
        self._show()
        self.bar.hide()

    def take_caret(self) -> None:
        """Show the bar, select what is in the box and put the caret there."""
        focus = QApplication.focusWidget()
        if focus is not self.box:
            self._focus_before = focus
        self.bar.show()
        for name in ("tracks", "reports"):
            self._panels.bring_forward(name)
        self._readying = self._finder.prepare(self._session.document.plot)
        self._ready_timer.start()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def close(self) -> None:
        """List everything again, close the bar and give the keys back."""
        had_caret = self.bar.isAncestorOf(QApplication.focusWidget() or self.bar)
        self.box.clear()
        self.bar.hide()
        before, self._focus_before = self._focus_before, None
        if had_caret and before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    @qt_guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Clear or close at Esc, go to what was found at Enter and Down."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                if self.box.text():
                    self.box.clear()
                else:
                    self.close()
                return True
            if event.key() in _DOWN:
                self._go_to_found()
                return True
        return super().eventFilter(watched, event)

    def _get_ready(self) -> None:
        """Make some more of the plot ready to be looked through, while nobody waits."""
        end_s = time.monotonic() + _SLICE_S
        while time.monotonic() < end_s:
            if next(self._readying, self) is self:
                self._ready_timer.stop()
                return

    def _find(self) -> None:
        """List what is found of the plot as it is now."""
        document, now_utc = self._session.document, self._session.clock()
        plot = document.plot
        self._query = read_query(self.box.text(), self._finder.context(plot, now_utc))
        self._stop_search()
        self._is_to_go = False
        self._show()
        if self._query.is_empty:
            self._panels.tracks.show_found(None)
            self._panels.reports.show_found(None)
        else:
            self._search = self._finder.finding(plot, self._query)
            self._search_timer.start()
            self._search_on(_AT_ONCE_S)

    def _search_on(self, for_s: float) -> None:
        """Look through some more of the plot; list what is found at the end."""
        search, share, end_s = self._search, 0.0, time.monotonic() + for_s
        while search is not None and time.monotonic() < end_s:
            try:
                share = next(search)
            except StopIteration as ended:
                self._stop_search()
                self._show_found(ended.value)
                return
        self.count.setText(self.tr("Searching: {share} %").format(share=int(100 * share)))

    def _stop_search(self) -> None:
        """Look for no more, found or not."""
        self._search = None
        self._search_timer.stop()

    def _show_found(self, found: Found) -> None:
        self._panels.tracks.show_found(found.tracks)
        self._panels.reports.show_found(found.reports, found.listed)
        self._show_count(found, self._session.document.plot)
        if self._is_to_go:
            self._go_to_found()

    def _show(self) -> None:
        """Say what was understood, what was not, and how much is listed."""
        query = self._query
        text = understood_text(query, self._session.clock())
        faults = faults_text(query)
        self.understood.show_text(
            text
            or ("" if faults else self.tr("For example:   {examples}").format(examples=EXAMPLES))
        )
        self.understood.set_property("faint", query.is_empty)
        self.understood.setVisible(bool(self.understood.text()))
        self.faults.show_text(faults)
        mark_wrong(self.box, any(each.problem not in _STILL_FINDING for each in query.faults))
        self.close_button.setText(self.tr("Close") if query.is_empty else self.tr("Show all"))
        self.count.setVisible(not query.is_empty)

    def _show_count(self, found: Found, plot: Plot) -> None:
        """Say how many boats and reports were found; merged ones are the boats they are now."""
        boats = {track.uid for track in plot.tracks.values() if track.same_as_uid is None}
        shares = (
            (len(found.tracks & boats), len(boats)),
            (len(found.reports) + found.older_reports, plot.report_count()),
        )
        tracks, reports = (
            self.tr("{number} of {total}").format(number=f"{number:,}", total=f"{total:,}")
            for number, total in shares
        )
        text = self.tr("{tracks} tracks  ·  {reports} reports")
        self.count.setText(text.format(tracks=tracks, reports=reports))

    def _go_to_found(self) -> None:
        """Select the first boat found, else the first report, and give its list the keys.

        While something is still looked for, this waits for it.
        """
        self._is_to_go = self._search is not None
        if self._is_to_go:
            return
        panels = self._panels
        for name, panel in (("tracks", panels.tracks), ("reports", panels.reports)):
            if panel.model.rowCount():
                uid = panel.model.entity_at(0).uid
                self._session.selection.set(frozenset({uid}))
                panels.go_to(name)
                panel.table.setCurrentIndex(panel.model.index(0, 0))
                return

    def _plot_changed(self, fact: PlotChanged) -> None:
        """Find again: what has changed may be found now, or no longer."""
        if not self._query.is_empty and not fact.change.is_empty:
            self._find()

    def _document_changed(self, _: Document) -> None:
        self._ready_timer.stop()
        self._stop_search()
        self._finder.forget()
        self.close()
