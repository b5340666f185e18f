"""The Withdrawn panel: what was taken out of the plot, when, by whom and why; Enter restores it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from channelplot.chart.qt_guard import qt_guarded
from channelplot.document.session import Session
from channelplot.geodesy.text import date_time_group, three_clocks_text
from channelplot.store.withdrawn import Withdrawable, Withdrawn
from channelplot.ui.log.withdraw_text import Things
from channelplot.ui.panels.entity_panel import MARGIN_PX, dress_table
from channelplot.ui.panels.table_model import Column, EntityTable
from channelplot.ui.words.time_text import time_text

WIDEST_TEXTS: Final = ("track B with its 12 reports", "150228Z", "J. Smith", "")
"""What the columns have room for; the reason has the rest."""
_ANY_HEIGHT_PX: Final = 16_777_215
"""Qt's own limit."""
_UNDONE: Final = "undo."
_PADDING_PX: Final = 12


@dataclass(frozen=True, slots=True)
class Gone:
    """A row: one thing that was withdrawn, in words."""

    withdrawn: Withdrawn
    what: str
    detail: str

    @property
    def uid(self) -> str:
        """Return the identifier of the thing."""
        return self.withdrawn.entity.uid

    @property
    def is_undone(self) -> bool:
        """Return whether only its addition was taken back."""
        return self.withdrawn.label.startswith(_UNDONE)


class WithdrawnPanel(QWidget):
    """The list as it was read last, the latest first.

    Emits wanted when it comes into sight and has to be read, restore_wanted(tuple of
    Withdrawable) at Enter, and left at Esc. What went by one act comes back together.
    """

    wanted = Signal()
    restore_wanted = Signal(object)  # tuple[Withdrawable, ...]
    left = Signal()

    def __init__(self, session: Session) -> None:
        """Start with nothing read."""
        super().__init__()
        self._session = session
        self._is_read = False
        self._withdrawn: tuple[Withdrawn, ...] = ()
        columns: tuple[Column[Gone], ...] = (
            Column(
                self.tr("What"),
                lambda gone: gone.what,
                lambda gone: (0, gone.what),
                tooltip=lambda gone: gone.detail or gone.what,
            ),
            Column(
                self.tr("When"),
                lambda gone: time_text(gone.withdrawn.withdrawn_at_utc, session.clock),
                lambda gone: (0, gone.withdrawn.withdrawn_at_utc.timestamp()),
                tooltip=_when_tip,
            ),
            Column(
                self.tr("By"),
                lambda gone: gone.withdrawn.by,
                lambda gone: (0, gone.withdrawn.by),
            ),
            Column(self.tr("Why"), self._why_text, lambda gone: (0, self._why_text(gone))),
        )
        self.model = EntityTable(columns, self)
        self.table = QTableView(self)
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("Withdrawn"))
        self._dress(self.table)
        self.count = QLabel(self)
        self.count.setProperty("faint", True)
        self.count.setAccessibleName(self.tr("Withdrawn things listed"))
        self.hide_undone = QPushButton(self)
        self.hide_undone.setCheckable(True)
        self.hide_undone.setProperty("segment", True)
        self.hide_undone.setToolTip(
            self.tr("Leave out things whose addition was undone: nobody withdrew them")
        )
        self.restore_button = QPushButton(self.tr("Restore  (Enter)"), self)
        self.empty = QLabel(self)
        self.empty.setWordWrap(True)
        self.empty.setProperty("faint", True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setMargin(4 * MARGIN_PX)
        self._lay_out()
        self._add_key(self.restore_selected, "Return", "Enter")
        self._add_key(self.left.emit, "Escape")
        self.table.doubleClicked.connect(lambda _: self.restore_selected())
        self.restore_button.clicked.connect(lambda _: self.restore_selected())
        self.hide_undone.toggled.connect(lambda _: self._list())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_button())
        self.model.modelReset.connect(self._show_button)
        session.act_logged.connect(lambda _: self.forget())
        session.document_changed.connect(lambda _: self.forget())
        self.show_withdrawn(())
        self._is_read = False

    @property
    def selected(self) -> Gone | None:
        """Return the selected row."""
        index = self.table.currentIndex()
        return self.model.entity_at(index.row()) if index.isValid() else None

    def forget(self) -> None:
        """Have it read again: at once if it is in sight, else when it comes."""
        self._is_read = False
        if self.isVisible():
            self.wanted.emit()

    def show_withdrawn(self, withdrawn: Sequence[Withdrawn]) -> None:
        """List what was read."""
        self._withdrawn = tuple(withdrawn)
        things = Things(self._session.document.plot, [each.entity for each in withdrawn])
        rows = [
            Gone(each, things.text(each.entity), things.detail(each.entity)) for each in withdrawn
        ]
        self._is_read = True
        self._list(rows)

    def restore_selected(self) -> None:
        """Ask that the selected thing be restored, first, with all that went by the same act."""
        gone = self.selected
        if gone is not None:
            along = [each for each in self._along(gone.withdrawn) if each.uid != gone.uid]
            self.restore_wanted.emit((gone.withdrawn.entity, *along))

    def _along(self, withdrawn: Withdrawn) -> Iterator[Withdrawable]:
        """Yield what went by the same act and is still gone, whether or not it is hidden."""
        if withdrawn.act_seq is None:
            return
        leaving = withdrawn.act_seq, withdrawn.withdrawn_at_utc
        for each in self._withdrawn:
            if (each.act_seq, each.withdrawn_at_utc) == leaving:
                yield each.entity

    @qt_guarded(None)
    def showEvent(self, event: QShowEvent) -> None:
        """Have it read when it comes into sight."""
        super().showEvent(event)
        if not self._is_read:
            self.wanted.emit()

    def _list(self, rows: Sequence[Gone] | None = None) -> None:
        """List other rows, or the same by what is hidden now.

        The selected row, or else the one in its place, is selected.
        """
        selected, place = self.selected, self.table.currentIndex().row()
        if rows is not None:
            self.model.show_all(rows)
        is_short = self.hide_undone.isChecked()
        self.model.set_filter(None, (lambda gone: not gone.is_undone) if is_short else None)
        row = None if selected is None else self.model.row_of(selected.uid)
        last = self.model.rowCount() - 1
        if last >= 0:
            row = min(max(place, 0), last) if row is None else row
            self.table.setCurrentIndex(self.model.index(row, 0))
        shown, total = self.model.rowCount(), self.model.total()
        text = self.tr("{shown} of {total}") if shown != total else "{total}"
        self.count.setText(text.format(shown=f"{shown:,}", total=f"{total:,}"))
        self.hide_undone.setText(self.tr("Hide the undone"))
        self.empty.setText(
            self.tr("Nothing but what was undone.")
            if total
            else self.tr(
                "Nothing is withdrawn. What is taken out of the plot is listed here and can be "
                "restored."
            )
        )
        self.empty.setVisible(shown == 0)
        # Only as high as its titles where it is empty: hidden, it could not have the keys.
        titles_px = self.table.horizontalHeader().sizeHint().height() + 2
        self.table.setMaximumHeight(_ANY_HEIGHT_PX if shown else titles_px)
        policy = Qt.ScrollBarPolicy
        self.table.setHorizontalScrollBarPolicy(
            policy.ScrollBarAsNeeded if shown else policy.ScrollBarAlwaysOff  # it would hide them
        )
        self._show_button()

    def _why_text(self, gone: Gone) -> str:
        if gone.is_undone:
            return self.tr("undone")
        return gone.withdrawn.reason

    def _show_button(self) -> None:
        is_possible = self.selected is not None and not self._session.document.is_read_only
        self.restore_button.setEnabled(is_possible)

    def _add_key(self, slot: object, *keys: str) -> None:
        for key in keys:
            shortcut = QShortcut(QKeySequence(key), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)

    def _lay_out(self) -> None:
        bar = QFrame(self)
        row = QHBoxLayout(bar)
        row.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        row.setSpacing(MARGIN_PX)
        row.addWidget(self.restore_button)
        row.addWidget(self.hide_undone)
        row.addStretch(1)
        row.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)

    @staticmethod
    def _dress(table: QTableView) -> None:
        dress_table(table)
        table.setSortingEnabled(True)
        table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
        metrics = table.fontMetrics()
        for column, text in enumerate(WIDEST_TEXTS[:-1]):
            table.setColumnWidth(column, metrics.horizontalAdvance(text) + _PADDING_PX)


def _when_tip(gone: Gone) -> str:
    at_utc = gone.withdrawn.withdrawn_at_utc
    return f"{date_time_group(at_utc)}  {three_clocks_text(at_utc)}"
