"""The Watch log panel: every act by itself, latest first, with the free lines among them."""

from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from channelplot.chart.qt_guard import qt_guarded
from channelplot.document.runner import Runner, run_here
from channelplot.document.session import Session
from channelplot.geodesy.measure import is_ready
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import Notation, position_text
from channelplot.ui.panels.act_view import DetailView
from channelplot.ui.panels.log_book import LogBook
from channelplot.ui.panels.log_filter import FilterBar
from channelplot.ui.panels.log_reading import LogReading
from channelplot.ui.panels.log_table import LogTable
from channelplot.ui.panels.log_targets import with_merged, worth_seeing
from channelplot.ui.preference import Preference

READ_MS: Final = 15
READ_S: Final = 0.006
"""Acts are worded for so long at a time, so often, until all of them are: nobody waits for it."""
WIDEST: Final = (
    "150412Z",
    "Officer Two",
    "A closed as rescued (all), identified by CUTTER-1",
    "the same caller again",
)
"""Texts that fit the columns, whatever size texts have."""
MARGIN_PX: Final = 6
QWIDGETSIZE_MAX: Final = 16_777_215
"""What Qt takes for no greatest size; PySide has no name for it."""
LEAST_ROWS: Final = 1
ROWS_BESIDE: Final = 2
"""What stays of the log beside an act that has most of a low panel."""
ROOMY_ROWS: Final = 6
ROOMY_LINES: Final = 8
"""Where so many rows and the whole of an act fit, the panel shows both."""
_WITHIN: Final = timedelta(hours=24)
_AMEND: Final = (Qt.Key.Key_R,)
_WITHDRAW: Final = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
"""With Ctrl, as for reports (``ui/menus/actions.py``); here they are for the selected free line."""


class WatchLogPanel(QWidget):
    """Controls, the table of acts, and below it the whole of the selected one.

    Emits activated with the uid of what a line is about at Enter or double click, having
    selected it; told with a sentence where there is nothing to show; amend_line_wanted and
    withdraw_line_wanted with the uid of a free line.
    """

    activated = Signal(str)
    told = Signal(str)
    amend_line_wanted = Signal(str)
    withdraw_line_wanted = Signal(str)

    def __init__(
        self, session: Session, notation: Preference[Notation], run: Runner = run_here
    ) -> None:
        """List the acts of the open plot. notation: of positions.

        run: reads acts that have stayed in the file.
        """
        super().__init__()
        self._run = run
        self._read_aside: LogReading | None = None
        self._session = session
        self._notation = notation
        self._track_uid = ""
        self._is_showing_act = False
        self._shown: tuple[int, bool] | None = None
        self._wants_whole: bool | None = None  # None: where there is room
        self.model = LogTable(LogBook(self._position_text), session.clock, self)
        self.filter = FilterBar()
        self.table = QTableView(self)
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("Watch log"))
        self._dress(self.table)
        self.empty = QLabel(self)
        self.empty.setWordWrap(True)
        self.empty.setProperty("faint", True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setMargin(4 * MARGIN_PX)
        self.detail = DetailView()
        self.whole = QPushButton(self)
        self.whole.setObjectName("whole_act")
        self.whole.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.setMinimumHeight(self._rows_px(LEAST_ROWS))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for widget in (self.filter, self.table, self.empty, self.detail, self.whole):
            self._column.addWidget(widget)
        self._column.setStretchFactor(self.empty, 1)
        stops = (*self.filter.controls(), self.table, self.detail.text)
        for before, after in pairwise(stops):
            self.setTabOrder(before, after)
        self._reading = QTimer(self)
        self._reading.setInterval(READ_MS)
        self._reading.timeout.connect(self._read_some)
        self._connect()
        self.show_plot()

    def show_plot(self) -> None:
        """List the acts of the open plot anew."""
        self._track_uid = ""
        self.filter.clear()
        self.model.show(self._session.document.acts)
        self._shown = None
        self._read_on()
        self._show_current()
        self.show_count()

    def show_positions(self) -> None:
        """Write positions anew: in another form."""
        self.model.reword()
        self._shown = None
        self._read_on()
        self._show_current()
        self.show_count()

    def measures_ready(self) -> None:
        """Show the grid squares that have waited for PROJ to be loaded."""
        if self._notation.current is Notation.MGRS:
            self.show_positions()

    def refilter(self) -> None:
        """Show what the controls ask for; the selected act stays selected if it is among that."""
        number = self._current_number()
        self.model.ask(self.filter.query(self._boats(), self._latest_utc()))
        self._select_number(number)
        self._show_current()
        self.show_count()

    def show_count(self) -> None:
        """Say how many acts are listed, and of how many."""
        shown, total = self.model.rowCount(), len(self.model.book)
        is_reading = self.model.query.needs_reading and self.model.book.unread > 0
        if is_reading:
            text = self.tr("{shown}, still reading").format(shown=shown)
        elif shown == total:
            text = str(total)
        else:
            text = self.tr("{shown} of {total}").format(shown=shown, total=total)
        count = self.filter.count
        self.empty.setVisible(shown == 0)
        self.table.setVisible(shown > 0)
        if count.text() == text:
            return
        count.setText(text)
        count.setProperty("warning", shown != total)
        count.style().unpolish(count)
        count.style().polish(count)
        self.empty.setText(
            self.tr("No act passes the filter.") if total else self.tr("Nothing is logged yet.")
        )

    def shown_seqs(self) -> frozenset[int]:
        """Return the numbers in the log of the acts that are listed."""
        book = self.model.book
        return frozenset(book.act(number).seq for number in self.model.numbers())

    def toggle_whole(self) -> None:
        """Show the whole of the selected act, or hide it."""
        self._wants_whole = not self.detail.isVisible()
        self._arrange()

    @property
    def is_filtered(self) -> bool:
        """Return whether the controls leave anything out."""
        return not self.model.query.is_open

    @qt_guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the panel's own keys, over the window's; a table that gets them selects a row."""
        is_nowhere = not self.table.currentIndex().isValid()
        if event.type() == QEvent.Type.FocusIn and is_nowhere and self.model.rowCount():
            self.table.selectRow(0)
        if isinstance(event, QKeyEvent) and event.type() in (
            QEvent.Type.ShortcutOverride,
            QEvent.Type.KeyPress,
        ):
            act = self._act_of_key(event)
            if act is not None:
                event.accept()
                if event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
                    act()
                return True
        return super().eventFilter(watched, event)

    @qt_guarded(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the whole of the selected act where there is room for it."""
        super().resizeEvent(event)
        self._arrange()

    def _act_of_key(self, event: QKeyEvent) -> Callable[[], None] | None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            return self.toggle_whole
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier != (
            Qt.KeyboardModifier.ControlModifier
        ):
            return None
        if event.key() in _AMEND:
            return self._amend
        return self._withdraw if event.key() in _WITHDRAW else None

    def _connect(self) -> None:
        session = self._session
        self.filter.changed.connect(self.refilter)
        self.table.activated.connect(self._activate)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._row_changed())
        self.table.installEventFilter(self)
        self.whole.clicked.connect(lambda _: self.toggle_whole())
        self.detail.amend_wanted.connect(self._amend)
        self.detail.withdraw_wanted.connect(self._withdraw)
        self.model.rowsInserted.connect(self._keep_place)
        session.document_changed.connect(lambda _: self.show_plot())
        session.plot_changed.connect(lambda _: self._catch_up())
        session.act_logged.connect(lambda _: self._catch_up())
        session.selection.changed.connect(lambda _: self._follow_selection())
        self._notation.changed.connect(lambda _: self.show_positions())

    def _dress(self, table: QTableView) -> None:
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 9)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(28)
        for column, widest in enumerate(WIDEST):
            width_px = table.fontMetrics().horizontalAdvance(widest) + 2 * MARGIN_PX
            table.setColumnWidth(column, width_px)

    # What is listed

    def _catch_up(self) -> None:
        if self.model.book.is_behind:
            self.model.catch_up()
            self.show_count()
            if self._read_aside is None:
                self._read_on()
        self._show_current()

    def _read_on(self) -> None:
        if self.model.book.unread:
            self._reading.start()
        self._read_aside = self.model.book.reading()
        if self._read_aside is not None:
            self._read_file(self._read_aside)

    def _read_file(self, reading: LogReading) -> None:
        """Have some more of the acts read that have stayed in the file, then show them."""

        def done(ended: Future[None]) -> None:
            ended.result()
            if reading is not self._read_aside:
                return  # Another plot is open, or positions are written otherwise now.
            if not reading.is_done:
                self._read_file(reading)
                return
            self._read_aside = None
            self.model.take(reading)
            self._reading.start()
            self._shown = None
            self._show_current()
            self.show_count()

        self._run(reading.go_on, done)

    def _read_some(self) -> None:
        self.model.read_some(READ_S)
        if not self.model.book.unread:
            self._reading.stop()
        self.show_count()

    def _keep_place(self, _: QModelIndex, first: int, last: int) -> None:
        """Leave what is being read where it is while new acts come on top of it."""
        bar = self.table.verticalScrollBar()
        if first == 0 and bar.value() > 0:
            bar.setValue(bar.value() + last - first + 1)

    def _boats(self) -> frozenset[str] | None:
        """Return the uids of the selected boat and those merged into it; None for any boat."""
        plot = self._session.document.plot
        if not self.filter.of_boat.isChecked():
            self._track_uid = ""
            return None
        track = self._session.selection.only_track(plot)
        if track is not None and not self._is_showing_act:
            self._track_uid = track.uid
        if not self._track_uid:
            return None
        return with_merged(plot, self._track_uid)

    def _follow_selection(self) -> None:
        """List what is about another boat once that is selected, but not by this panel."""
        if not self.filter.of_boat.isChecked() or self._is_showing_act:
            return
        track = self._session.selection.only_track(self._session.document.plot)
        if track is not None and track.uid != self._track_uid:
            self.refilter()

    def _latest_utc(self) -> datetime:
        """Return what times of day are told from: now, in an old plot its last act."""
        acts, now_utc = self._session.document.acts, self._session.clock()
        if acts and now_utc - acts[-1].at_utc > _WITHIN:
            return acts[-1].at_utc
        return now_utc

    def _position_text(self, position: Position) -> str:
        """Return a position; no grid square for a moment at the start, while PROJ is loaded."""
        notation = self._notation.current
        if notation is Notation.MGRS and not is_ready():
            return ""
        return position_text(position, notation=notation)

    # The selected act

    def _current_number(self) -> int | None:
        index = self.table.currentIndex()
        return self.model.number_at(index.row()) if index.isValid() else None

    def _select_number(self, number: int | None) -> None:
        row = None if number is None else self.model.row_of(number)
        index = QModelIndex() if row is None else self.model.index(row, 0)
        self.table.setCurrentIndex(index)

    def _row_changed(self) -> None:
        """Select the row that is current, where Qt has not."""
        current = self.table.currentIndex()
        if current.isValid() and not self.table.selectionModel().isRowSelected(current.row()):
            self.table.selectRow(current.row())
        self._show_current()

    def _show_current(self) -> None:
        number, book = self._current_number(), self.model.book
        self._arrange()
        if number is None:
            self._shown = None
            return
        can_amend = bool(self._line_uid()) and not self._session.document.is_read_only
        act = book.act(number)
        if self._shown != (act.seq, can_amend):  # not with every act that is made meanwhile
            self._shown = act.seq, can_amend
            self.detail.show_act(act, book.entry(number), book.details(number), can_amend=can_amend)

    def recolour(self) -> None:
        """Show the selected act, which is marked up, in the colours of the moment."""
        self._shown = None
        self._show_current()

    def _arrange(self) -> None:
        """Share the panel between the log and the whole of the selected act.

        In a low panel the act is shown when it is asked for, and has most of the place then.
        """
        current = self.table.currentIndex()
        is_selected = current.isValid()
        is_roomy = self.height() >= (
            self.filter.sizeHint().height()
            + self._rows_px(ROOMY_ROWS)
            + ROOMY_LINES * self.fontMetrics().lineSpacing()
        )
        wants = is_roomy if self._wants_whole is None else self._wants_whole
        is_alone = is_selected and wants and not is_roomy
        was_alone = self.filter.isHidden()
        self.filter.setHidden(is_alone)
        self.detail.setVisible(is_selected and wants)
        self._column.setStretchFactor(self.table, 3)
        most_px = self._rows_px(ROWS_BESIDE) + self.table.horizontalScrollBar().height()
        self.table.setMaximumHeight(most_px if is_alone else QWIDGETSIZE_MAX)
        self._column.setStretchFactor(self.detail, 2)
        has_place = self.height() >= self.filter.sizeHint().height() + self._rows_px(ROWS_BESIDE)
        self.whole.setVisible(is_selected and has_place and not (is_roomy and wants))
        self.whole.setText(
            self.tr("Space: back to the log") if wants else self.tr("Space: the whole of this act")
        )
        if is_alone != was_alone:
            self._column.activate()
            self.table.scrollTo(current)

    def _rows_px(self, rows: int) -> int:
        """Return how high the table is with so many rows under its titles."""
        height_px = self.table.verticalHeader().defaultSectionSize()
        return rows * height_px + self.table.horizontalHeader().sizeHint().height()

    def _line_uid(self) -> str:
        """Return the uid of the free line that the selected act wrote, if it stands."""
        number = self._current_number()
        uid = "" if number is None else self.model.book.entry(number).line_uid
        return uid if uid in self._session.document.plot.log_lines else ""

    def _activate(self, index: QModelIndex) -> None:
        """Select what a line is about and ask to be shown it."""
        targets = self.model.book.entry(self.model.number_at(index.row())).targets
        chosen = worth_seeing(self._session.document.plot, targets)
        if not chosen:
            self.told.emit(self.tr("What this line is about is not, or no longer, in the plot."))
            return
        self._is_showing_act = True
        self._session.selection.set(frozenset(chosen))
        self._is_showing_act = False
        self.activated.emit(chosen[0])

    def _amend(self) -> None:
        self._change_line(self.amend_line_wanted.emit)

    def _withdraw(self) -> None:
        self._change_line(self.withdraw_line_wanted.emit)

    def _change_line(self, ask: Callable[[str], None]) -> None:
        uid = self._line_uid()
        if uid:
            ask(uid)
        else:
            self.told.emit(
                self.tr(
                    "Only lines that somebody wrote are amended and withdrawn here. An act stays "
                    "in the log; undo takes back the last ones."
                )
            )
