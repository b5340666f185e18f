"""What a file tells otherwise than the plot: both versions side by side, and which one counts."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from channelplot.exchange.incoming.plan import ImportPlan
from channelplot.geodesy.position import Position
from channelplot.ui.dialogs.rows_model import RowsModel, rows_table
from channelplot.ui.log.conflict_text import conflict_title
from channelplot.ui.log.import_fields import differing_rows

if TYPE_CHECKING:
    from channelplot.exchange.incoming.conflict import Conflict

_FIELDS_HIGH_PX: Final = 150


class ConflictsPage(QWidget):
    """What differs, and of the current one its fields here and in the file.

    Signal: chosen(list[str], bool), the uids of what differs and whether the file's versions count.
    """

    chosen = Signal(list, bool)

    def __init__(self, parent: QWidget, position: Callable[[Position], str]) -> None:
        """Show nothing yet. position: writes a position."""
        super().__init__(parent)
        self._position = position
        self._plan: ImportPlan | None = None
        self._conflicts: tuple[Conflict, ...] = ()
        self._fields: list[tuple[str, str, str]] = []
        titles = (self.tr("Take the file's"), self.tr("What differs"), self.tr("How"))
        self.model = RowsModel(titles, self)
        self.table = rows_table(
            self, self.model, self.tr("What the file tells otherwise"), (130, 380, 200), 1
        )
        titles = (self.tr("Field"), self.tr("In this plot"), self.tr("In the file"))
        self.fields_model = RowsModel(titles, self)
        self.fields = rows_table(
            self, self.fields_model, self.tr("Both versions"), (150, 330, 330), 2
        )
        self.fields.setFixedHeight(_FIELDS_HIGH_PX)
        self.said = QLabel(self)
        self.said.setProperty("faint", True)
        self.said.setWordWrap(True)
        self.take_all = QPushButton(self.tr("&Take all from the file"), self)
        self.leave_all = QPushButton(self.tr("&Keep all of this plot"), self)
        below = QHBoxLayout()
        below.addWidget(self.said, 1)
        for button, is_theirs in ((self.take_all, True), (self.leave_all, False)):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, is_on=is_theirs: self._choose_all(is_on))
            below.addWidget(button)
        self.model.ticked.connect(self._ticked)
        self.table.selectionModel().currentRowChanged.connect(self._show_fields)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.table, 1)
        column.addWidget(self.fields)
        column.addLayout(below)

    def show_plan(self, plan: ImportPlan | None) -> None:
        """Show what differs by a plan, or nothing."""
        self._plan = plan
        self._conflicts = () if plan is None else (*plan.conflicts, *plan.changed)
        self.model.show_rows(len(self._conflicts), self._text, self._is_taken)
        for button in (self.take_all, self.leave_all):
            button.setEnabled(bool(self._conflicts))
        if not self._conflicts:
            self.said.setText(self.tr("The file tells nothing otherwise than this plot."))
        else:
            self.said.setText(
                self.tr("Of what differs the version that is not taken stays in the watch log.")
            )
        self._show_fields(self.table.currentIndex())

    def take_keys(self) -> None:
        """Put the keys on the first of what differs: Space takes the file's version."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def count(self) -> int:
        """Return how much differs."""
        return len(self._conflicts)

    def _choose_all(self, is_taken: bool) -> None:
        self.chosen.emit([each.uid for each in self._conflicts], is_taken)

    def _ticked(self, row: int, is_on: bool) -> None:
        self.chosen.emit([self._conflicts[row].uid], is_on)

    def _is_taken(self, row: int) -> bool:
        return self._plan is not None and self._plan.takes_version(self._conflicts[row])

    def _text(self, row: int, column: int) -> str:
        conflict = self._conflicts[row]
        if column == 0:
            return self.tr("taken") if self._is_taken(row) else self.tr("left")
        if column == 1:
            return conflict_title(conflict)
        if conflict.is_conflict:
            return self.tr("both say something")
        return self.tr("the file tells more")

    def _show_fields(self, current: QModelIndex) -> None:
        row = current.row()
        self._fields = []
        if self._plan is not None and 0 <= row < len(self._conflicts):
            self._fields = differing_rows(self._conflicts[row], self._name_of, self._position)
        self.fields_model.show_rows(
            len(self._fields), lambda row, column: self._fields[row][column]
        )

    def _name_of(self, uid: str) -> str:
        assert self._plan is not None, "only what differs by a plan is shown"
        plot = self._plan.plot
        named = plot.tracks.get(uid) or plot.beaches.get(uid)
        return self._plan.names.get(uid, "") if named is None else named.name
