"""What comes in from a file: in figures, and item by item, each with a box to take or leave it."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from channelplot.chart.wording import craft_text
from channelplot.exchange.incoming.plan import UNATTRIBUTED, ImportPlan, NewReports
from channelplot.geodesy.text import date_time_group, fr_text, uk_text
from channelplot.model.beach import Beach, Mark
from channelplot.ui.dialogs.rows_model import RowsModel, rows_table
from channelplot.ui.words.import_words import period_text, summary_lines

_LONGEST_LINE: Final = 320


Item = NewReports | Beach | Mark
"""A row: the new reports of a track or of none, or a new place."""


class PreviewPage(QWidget):
    """The figures above, the items below. Signal: taken(str, bool), an item's uid and its box."""

    taken = Signal(str, bool)

    def __init__(self, parent: QWidget) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._items: list[Item] = []
        self.figures = QLabel(self)
        self.figures.setTextFormat(Qt.TextFormat.PlainText)
        self.figures.setWordWrap(True)
        self.figures.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        titles = (
            self.tr("Name"),
            self.tr("What it is"),
            self.tr("Reports"),
            self.tr("First"),
            self.tr("Last"),
            self.tr("In this plot"),
        )
        self.model = RowsModel(titles, self, numbers=frozenset({2}))
        self.table = rows_table(
            self, self.model, self.tr("What comes in"), (200, 112, 72, 128, 128, 220), 0
        )
        self.model.ticked.connect(lambda row, is_on: self.taken.emit(self._items[row].uid, is_on))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.figures)
        column.addWidget(self.table, 1)

    def show_plan(self, plan: ImportPlan | None) -> None:
        """Show a plan, or that there is none yet."""
        if plan is None:
            self._items = []
            self.figures.clear()
            self.model.show_rows(0, self._text)
            return
        self._items = [*plan.reports, *plan.places]
        lines = summary_lines(plan.summary, self._local_period(plan))
        self.figures.setText("\n".join(map(_not_too_long, lines)))
        self.model.show_rows(
            len(self._items), self._text, lambda row: plan.takes(self._items[row].uid)
        )

    def take_keys(self) -> None:
        """Put the keys on the first item: the arrows go on, Space takes or leaves it."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _local_period(self, plan: ImportPlan) -> list[str]:
        """Return the period by the clocks of both coasts; nothing for none."""
        first, last = plan.summary.first_at_utc, plan.summary.last_at_utc
        if first is None or last is None:
            return []
        return [
            period_text(uk_text(first), uk_text(last)),
            period_text(fr_text(first), fr_text(last)),
        ]

    def _text(self, row: int, column: int) -> str:
        item = self._items[row]
        texts = self._of_track(item) if isinstance(item, NewReports) else self._of_place(item)
        return texts[column]

    def _of_track(self, new: NewReports) -> tuple[str, ...]:
        is_of_none = new.uid == UNATTRIBUTED
        if is_of_none:
            here = self.tr("of no track")
        elif not new.is_new_track:
            here = self.tr("more of a track that is there")
        elif new.name_in_file:
            here = self.tr("new; {name} in the file").format(name=new.name_in_file)
        else:
            here = self.tr("new")
        first, last = (
            "" if at_utc is None else date_time_group(at_utc)
            for at_utc in (new.first_at_utc, new.last_at_utc)
        )
        name = self.tr("Reports of no track") if is_of_none else new.name
        what = "" if is_of_none else craft_text(new.craft)
        return name, what, str(new.count), first, last, here

    def _of_place(self, place: Beach | Mark) -> tuple[str, ...]:
        if isinstance(place, Beach):
            name, what = place.name, self.tr("beach")
        else:
            name, what = f"{place.code} {place.name}", self.tr("mark")
        return name, what, "", "", "", self.tr("new")


def _not_too_long(line: str) -> str:
    """Return a line that leaves room for the others: names of many tracks may be in it."""
    return line if len(line) <= _LONGEST_LINE else f"{line[: _LONGEST_LINE - 1]}…"
