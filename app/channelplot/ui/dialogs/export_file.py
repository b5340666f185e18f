"""Exporting the plot for other programs: in what form, what of it, and what that can't hold."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from channelplot.exchange.outgoing.cannot_hold import cannot_hold, held
from channelplot.exchange.outgoing.export import export
from channelplot.exchange.outgoing.formats import Format
from channelplot.exchange.outgoing.selection import Counts, Selection
from channelplot.reading.values import Fault, Question
from channelplot.tools.asked_time import asked_time
from channelplot.ui.desk import Desk
from channelplot.ui.dialogs.primary import make_primary
from channelplot.ui.files.file_export import FileExport
from channelplot.ui.inside.latest_job import LatestJob
from channelplot.ui.words.export_words import format_text, nothing_text, unheld_texts
from channelplot.ui.words.line_messages import fault_text

_SIZE: Final = QSize(620, 430)
_AROUND_PX: Final = 60
_MARGIN_PX: Final = 16


@dataclass(frozen=True, slots=True)
class _Counted:
    """What would be in a file, and in sentences what would not."""

    counts: Counts
    unheld: list[str]


class ExportDialog(QDialog):
    """What goes out, counted as it is chosen; Export asks for the file and writes it.

    Not modal; counting and writing are done off the GUI thread.
    """

    def __init__(self, parent: QWidget, desk: Desk, job: LatestJob, files: FileExport) -> None:
        """Offer all of the plot. job: where things are counted."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._job = job
        self._files = files
        self._fault = ""
        self._is_writing = False
        self.format = QComboBox(self)
        for kind in Format:
            self.format.addItem(f"{format_text(kind)} (*{kind.value})", kind.value)
        self.every = QRadioButton(self.tr("&All tracks, reports and places"), self)
        self.selected = QRadioButton(self)
        self.every.setChecked(True)
        self.from_time, self.to_time = QLineEdit(self), QLineEdit(self)
        for edit in (self.from_time, self.to_time):
            edit.setPlaceholderText(self.tr("no limit; 0300Z, 0400 UK, 150300Z SEP 26"))
        self.places = QCheckBox(self.tr("&Beaches and marks too"), self)
        self.places.setChecked(True)
        self._fields = (
            self.format, self.every, self.selected, self.from_time, self.to_time, self.places
        )  # fmt: skip
        self.said = QLabel(self)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.export_button = self.buttons.addButton(
            self.tr("&Export..."), QDialogButtonBox.ButtonRole.ActionRole
        )
        self._lay_out()
        self._connect()
        self.resize(_SIZE.boundedTo(parent.window().size() - QSize(_AROUND_PX, _AROUND_PX)))
        self._show()

    @property
    def kind(self) -> Format:
        """Return the format that is chosen."""
        return Format(self.format.currentData())

    def selection(self) -> Selection | None:
        """Return what goes out, None while a time can't be read."""
        self._fault = ""
        from_utc, to_utc = self._moment(self.from_time), self._moment(self.to_time)
        if not self._fault and from_utc is not None and to_utc is not None and to_utc < from_utc:
            self._fault = self.tr("The later time stands first. Change one of the two.")
        if self._fault:
            return None
        document = self._desk.session.document
        return Selection(
            plot=document.plot,
            track_uids=self._selected_tracks() if self.selected.isChecked() else None,
            from_utc=from_utc,
            to_utc=to_utc,
            has_places=self.places.isChecked(),
        )

    def export_to(self, path: Path) -> None:
        """Write the file off the GUI thread; the banner says when it is done."""
        selection, kind, now_utc = self.selection(), self.kind, self._desk.session.clock()
        if selection is None:
            return

        def write(stop: Event, progress: Callable[[float], None]) -> object:
            export(selection, path, kind, now_utc, progress=progress, stop=stop)
            return path

        self._is_writing = True
        self._settle()
        self._job.run(write, partial(self._was_written, path))

    def _was_written(self, path: Path, written: Future[object]) -> None:
        self._is_writing = False
        self._files.tell(written, path, self.tr("The export is in {path}."))
        if written.exception() is None:
            self.close()
        else:
            self._show()

    # How it is made

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        labelled = (
            (self.tr("&Format"), self.format),
            (self.tr("Observed f&rom"), self.from_time),
            (self.tr("&to"), self.to_time),
        )
        rows = (0, 3, 4)
        for row, (text, field) in zip(rows, labelled, strict=True):
            label = QLabel(text, self)
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self.every, 1, 1)
        grid.addWidget(self.selected, 2, 1)
        grid.addWidget(self.places, 5, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
        column.setSpacing(12)
        column.addLayout(grid)
        column.addWidget(self.said, 1)
        column.addWidget(self.buttons)
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        self.export_button.setDefault(True)
        make_primary(self.export_button)

    def _connect(self) -> None:
        self.format.currentIndexChanged.connect(lambda _: self._show())
        for button in (self.every, self.places):
            button.toggled.connect(lambda _: self._show())
        for edit in (self.from_time, self.to_time):
            edit.textChanged.connect(lambda _: self._show())
        self.export_button.clicked.connect(lambda _: self._ask())
        self.buttons.rejected.connect(self.close)
        self._job.progressed.connect(self._show_progress)
        session = self._desk.session
        session.plot_changed.connect(self._plot_changed)
        session.selection.changed.connect(self._selection_changed)
        self.finished.connect(lambda _: self._leave())

    def _leave(self) -> None:
        self._job.drop()
        self._job.progressed.disconnect(self._show_progress)
        self._desk.session.plot_changed.disconnect(self._plot_changed)
        self._desk.session.selection.changed.disconnect(self._selection_changed)

    def _settle(self) -> None:
        """Let nothing be chosen while it is being written; Esc stops that."""
        for field in (*self._fields, self.export_button):
            field.setEnabled(not self._is_writing)

    def _show_progress(self, share: float) -> None:
        if self._is_writing:
            said = self.tr("Writing: {number} %. Esc stops it, and leaves no half file.")
            self._say(said.format(number=round(100.0 * share)))

    def _plot_changed(self, _: object) -> None:
        self._show()

    def _selection_changed(self, _: object) -> None:
        self._show()

    # What it shows

    def _show(self) -> None:
        """Count what goes out now, beside the window, and say what the format can't hold."""
        if self._is_writing:
            return
        count = len(self._selected_tracks())
        self._settle()
        self.selected.setText(self.tr("The &selected tracks: {number}").format(number=count))
        if not count and self.selected.isChecked():
            self.every.setChecked(True)
        self.selected.setEnabled(bool(count))
        self.places.setEnabled(self.every.isChecked())
        self.export_button.setEnabled(False)
        selection, kind = self.selection(), self.kind
        if selection is None:
            self._job.drop()
            self._say(self._fault, is_bad=True)
            return

        def counted(_stop: Event, _progress: Callable[[float], None]) -> _Counted:
            unheld = cannot_hold(selection, kind)
            return _Counted(held(selection.counts(), unheld), unheld_texts(kind, unheld))

        self._job.run(counted, self._was_counted)

    def _was_counted(self, ended: Future[_Counted]) -> None:
        counted = ended.result()
        if not counted.counts.things:
            self._say(nothing_text(), is_bad=True)
            return
        self.export_button.setEnabled(True)
        counts = counted.counts
        words = self.tr(
            "Goes out: reports {reports} ({unattributed} of no track), tracks {tracks}, beaches"
            " {beaches}, marks {marks}. Telephone numbers of callers go out as they are."
        ).format(
            reports=counts.reports,
            unattributed=counts.unattributed,
            tracks=counts.tracks,
            beaches=counts.beaches,
            marks=counts.marks,
        )
        self._say("\n\n".join((words, *counted.unheld)))

    def _say(self, text: str, *, is_bad: bool = False) -> None:
        self.said.setText(text)
        if bool(self.said.property("bad")) != is_bad:
            self.said.setProperty("bad", is_bad)
            self.said.style().unpolish(self.said)
            self.said.style().polish(self.said)

    # What is chosen in it

    def _selected_tracks(self) -> frozenset[str]:
        session = self._desk.session
        return session.selection.uids & session.document.plot.tracks.keys()

    def _moment(self, edit: QLineEdit) -> datetime | None:
        """Return the time in a field; what is wrong with it is kept to be said."""
        found = asked_time(edit.text(), self._desk.session.clock())
        is_wrong = isinstance(found, Fault | Question)
        if bool(edit.property("wrong")) != is_wrong:
            edit.setProperty("wrong", is_wrong)
            edit.style().unpolish(edit)
            edit.style().polish(edit)
        if isinstance(found, Fault):
            self._fault = fault_text(found)
        elif isinstance(found, Question):
            self._fault = self.tr("The clocks go back, and this time happens twice: give it in Z.")
        return found if isinstance(found, datetime) else None

    def _ask(self) -> None:
        kind = self.kind
        asked = self._files.ask(
            self.tr("Export"),
            self.tr("{plot} export {time}"),
            f"{format_text(kind)} (*{kind.value})",
            (kind.value,),
        )
        if asked is not None:
            self.export_to(asked[0])
