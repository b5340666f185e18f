"""Restoring a plot from a backup: which there are, what each holds, and what will happen."""

from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from channelplot.chart.qt_guard import qt_guarded
from channelplot.errors import PlotFileError
from channelplot.geodesy.text import date_time_group
from channelplot.store.backups import (
    Backup,
    BackupContents,
    backup_folder,
    backups_of,
    contents_of,
    is_lost,
    restore,
)
from channelplot.ui.dialogs.primary import make_primary
from channelplot.ui.files.backup_text import (
    PlotState,
    age_text,
    last_act_text,
    last_act_tip,
    no_backups_text,
    size_text,
    where_text,
    will_happen_text,
)
from channelplot.ui.inside.background import Background
from channelplot.ui.panels.entity_panel import dress_table
from channelplot.ui.words.messages import error_text

_SIZE: Final = QSize(980, 520)
_AROUND_PX: Final = 60
_MARGIN_PX: Final = 16
_AIR_PX: Final = 14
_LAST_ACT: Final = 2
_NUMBERS: Final = frozenset({4, 5, 6, 7})
_LONGEST_LINES: Final = 3


class RestoreDialog(QDialog):
    """A table of backups, the newest sound one chosen; Enter restores it.

    Everything that touches the disk is done off the GUI thread; a second copy of a backup stands
    in only where the first is damaged. Emits restored with the Path of the plot to open.
    """

    restored = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        plot: Path,
        second: Path | None,
        background: Background,
        clock: Callable[[], datetime],
        may_restore: Callable[[], bool],
        open_acts: int | None = None,
    ) -> None:
        """Look for the backups of a plot, there or not.

        second: the second folder of backups, if one is set. may_restore: asked right before.
        open_acts: how many acts the plot has where it is open here, None where it is not.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Restore from a backup"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._plot, self._second = plot, second
        self._background = background
        self._clock = clock
        self._may_restore = may_restore
        self._copies: list[list[Backup]] = []
        self._contents: dict[int, BackupContents] = {}
        self._state, self._plot_acts = PlotState.UNKNOWN, 0
        if open_acts is not None:
            self._state, self._plot_acts = PlotState.OPEN, open_acts
        self._is_over = self._is_restoring = self._has_chosen = self._is_showing = False
        self.heading = QLabel(plot.name, self)
        self.heading.setProperty("strong", True)
        self.folder = QLabel(str(plot.parent), self)
        self.folder.setProperty("faint", True)
        self.table = self._backup_table()
        self.empty = QLabel(self.tr("Looking for backups..."), self)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.empty.setProperty("faint", True)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self.table)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.said.setMinimumHeight(self.fontMetrics().lineSpacing() * _LONGEST_LINES)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.restore_button = self.buttons.addButton(
            self.tr("&Restore and open"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        make_primary(self.restore_button)
        self.restore_button.setDefault(True)
        self.restore_button.setEnabled(False)
        self._lay_out()
        self.table.currentCellChanged.connect(lambda row, *_: self._row_chosen(row))
        self.table.cellDoubleClicked.connect(lambda *_: self._restore())
        self.buttons.accepted.connect(self._restore)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(lambda _: self._end())
        self.resize(_SIZE.boundedTo(parent.window().size() - QSize(_AROUND_PX, _AROUND_PX)))
        background.run(partial(backups_of, plot, second), self._listed)

    @qt_guarded(None)
    def reject(self) -> None:
        """Close, unless a backup is being restored just now."""
        if not self._is_restoring:
            super().reject()

    # How it is made

    def _backup_table(self) -> QTableWidget:
        tr = self.tr
        titles = (
            tr("Made"),
            tr("Age"),
            tr("Last act"),
            tr("Where"),
            tr("Acts"),
            tr("Open boats"),
            tr("Reports"),
            tr("Size"),
        )
        table = QTableWidget(0, len(titles), self)
        dress_table(table)
        table.setHorizontalHeaderLabels(titles)
        table.setAccessibleName(tr("Backups"))
        header = table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionsClickable(False)
        header.setDefaultSectionSize(header.minimumSectionSize())
        for column in range(len(titles)):
            item = table.horizontalHeaderItem(column)
            assert item is not None, "every column was given its title"
            item.setTextAlignment(_alignment(column))
        header.setSectionResizeMode(_LAST_ACT, QHeaderView.ResizeMode.Stretch)
        return table

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
        column.setSpacing(10)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.heading)
        head.addWidget(self.folder)
        column.addLayout(head)
        column.addWidget(self.pages, 1)
        column.addWidget(self.said)
        column.addWidget(self.buttons)

    # What it finds

    def _listed(self, listed: Future[tuple[Backup, ...]]) -> None:
        if self._is_over:
            return
        by_name: dict[str, list[Backup]] = {}
        for backup in listed.result():
            is_beside = backup.path.parent == backup_folder(self._plot)
            by_name.setdefault(backup.path.name, []).insert(0 if is_beside else 1, backup)
        self._copies = list(by_name.values())
        if self._state is PlotState.UNKNOWN:
            self._background.run(partial(_look_at, self._plot, self._clock()), self._looked_at)
        if not self._copies:
            self.empty.setText(no_backups_text(self._plot, backup_folder(self._plot), self._second))
            self.restore_button.hide()
            return
        self.table.setRowCount(len(self._copies))
        for row in range(len(self._copies)):
            self._show_row(row)
        self.pages.setCurrentWidget(self.table)
        self._choose_row(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._read(0)

    def _looked_at(self, looked: Future[tuple[PlotState, int]]) -> None:
        if self._is_over:
            return
        self._state, self._plot_acts = looked.result()
        self._say_what_happens()

    def _read(self, row: int) -> None:
        """Read what a backup holds; the next one once this one is read."""
        self._background.run(
            partial(contents_of, self._copies[row][0]), partial(self._was_read, row)
        )

    def _was_read(self, row: int, read: Future[BackupContents]) -> None:
        if self._is_over:
            return
        contents = read.result()
        if not contents.is_sound and len(self._copies[row]) > 1:
            del self._copies[row][0]  # the copy in the other folder may be sound
            self._read(row)
            return
        self._contents[row] = contents
        self._show_row(row)
        if not contents.is_sound and not self._has_chosen and row == self.table.currentRow():
            self._choose_row(row + 1)
        self._say_what_happens()
        if row + 1 < len(self._copies):
            self._read(row + 1)

    # What it shows

    def _show_row(self, row: int) -> None:
        backup, contents = self._copies[row][0], self._contents.get(row)
        is_sound = contents is None or contents.is_sound
        last_act, numbers = "...", ["", "", ""]
        if contents is not None:
            last_act = last_act_text(contents, self._clock)
        if contents is not None and is_sound:
            numbers = [str(n) for n in (contents.acts, contents.open_boats, contents.reports)]
        texts = (
            date_time_group(backup.made_at_utc),
            age_text(backup.made_at_utc, self._clock()),
            last_act,
            where_text(backup, self._plot),
            *numbers,
            size_text(backup.size_bytes),
        )
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        self._is_showing = True
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setTextAlignment(_alignment(column))
            item.setFlags(flags if is_sound else Qt.ItemFlag.NoItemFlags)
            item.setToolTip(str(backup.path))
            if column == _LAST_ACT and contents is not None:
                item.setToolTip(last_act_tip(contents))
            self.table.setItem(row, column, item)
            self._widen(column)
        self._is_showing = False

    def _widen(self, column: int) -> None:
        """Give a column the room that its texts need, and some air; it never gets narrower."""
        header = self.table.horizontalHeader()
        needed = max(self.table.sizeHintForColumn(column), header.sectionSizeHint(column))
        if column != _LAST_ACT and header.sectionSize(column) < needed + _AIR_PX:
            header.resizeSection(column, needed + _AIR_PX)

    def _choose_row(self, row: int) -> None:
        """Choose a row, if there is such a row; the person may choose another."""
        self._is_showing = True
        if row < self.table.rowCount():
            self.table.setCurrentCell(row, 0)
        else:
            self.table.setCurrentIndex(QModelIndex())
        self._is_showing = False
        self._say_what_happens()

    def _row_chosen(self, row: int) -> None:
        if not self._is_showing and row >= 0:
            self._has_chosen = True
            self._say_what_happens()

    def _say_what_happens(self) -> None:
        """Say what restoring the chosen backup does; it can be done once it is read."""
        row = self.table.currentRow()
        contents = self._contents.get(row)
        is_known = self._state is not PlotState.UNKNOWN
        is_ready = is_known and contents is not None and contents.is_sound
        self.restore_button.setEnabled(is_ready and not self._is_restoring)
        if not self._copies:
            self._say("")
        elif row < 0:
            self._say(self.tr("None of the backups can be restored."), is_bad=True)
        else:
            self._say(will_happen_text(self._state, self._plot, contents, self._plot_acts))

    def _say(self, text: str, *, is_bad: bool = False) -> None:
        self.said.setText(text)
        if bool(self.said.property("bad")) != is_bad:
            self.said.setProperty("bad", is_bad)
            self.said.style().unpolish(self.said)
            self.said.style().polish(self.said)

    # What is done in it

    def _restore(self) -> None:
        """Restore the chosen backup, once nothing that is not saved stands in the way."""
        if not self.restore_button.isEnabled() or not self._may_restore():
            return
        self._set_restoring(is_so=True)
        self._say(self.tr("Restoring..."))
        backup = self._copies[self.table.currentRow()][0]
        self._background.run(
            partial(restore, backup, self._plot, self._clock()), self._was_restored
        )

    def _was_restored(self, restored: Future[Path]) -> None:
        self._set_restoring(is_so=False)
        try:
            path = restored.result()
        except PlotFileError as error:
            self._say_what_happens()
            self._say(error_text(error), is_bad=True)
            return
        self.accept()
        self.restored.emit(path)

    def _set_restoring(self, *, is_so: bool) -> None:
        self._is_restoring = is_so
        self.table.setEnabled(not is_so)
        self.buttons.setEnabled(not is_so)

    def _end(self) -> None:
        self._is_over = True


def _look_at(plot: Path, now_utc: datetime) -> tuple[PlotState, int]:
    """Return how it stands with a plot, and how many acts are in it, 0 where nobody can say."""
    if not plot.exists():
        return PlotState.MISSING, 0
    if is_lost(plot):
        return PlotState.DAMAGED, 0
    return PlotState.SOUND, contents_of(Backup(plot, now_utc, 0)).acts


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
