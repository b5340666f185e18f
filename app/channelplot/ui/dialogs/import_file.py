"""Bringing in files: what is in each, what it meets in the plot, and what of it is wanted."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QProgressBar,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from channelplot.chart.home import not_too_close
from channelplot.chart.overlay import Overlay
from channelplot.chart.qt_guard import qt_guarded
from channelplot.document.document import Document
from channelplot.exchange.incoming.mapped_columns import OWN_LAYOUT, Need
from channelplot.exchange.incoming.plan import ImportPlan
from channelplot.exchange.incoming.read import SUFFIXES
from channelplot.geodesy.text import position_text
from channelplot.model.plot import Plot
from channelplot.tools.file_import import Looked
from channelplot.ui.desk import Desk
from channelplot.ui.dialogs.import_columns import ColumnsPage
from channelplot.ui.dialogs.import_conflicts import ConflictsPage
from channelplot.ui.dialogs.import_encoding import EncodingRow
from channelplot.ui.dialogs.import_options import ImportOptions
from channelplot.ui.dialogs.import_preview import PreviewPage
from channelplot.ui.dialogs.import_refusals import RefusalsPage
from channelplot.ui.dialogs.primary import make_primary
from channelplot.ui.files.dragged import dragged_files
from channelplot.ui.files.import_work import ImportWork
from channelplot.ui.inside.latest_job import LatestJob
from channelplot.ui.words.messages import error_text

_SIZE: Final = QSize(940, 620)
_AROUND_PX: Final = 60
_MARGIN_PX: Final = 16
_SHARE: Final = 0.58
"""Of the window's width the dialog keeps while it stands aside."""
_LEAST_FREE_PX: Final = 200


class ImportDialog(QDialog):
    """Files, one after the other: nothing comes in before Import, and Esc leaves nothing.

    Not modal. What would come in shows on the chart meanwhile. Signal: imported(ImportSummary).
    """

    imported = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        job: LatestJob,
        make_ready: Callable[[Plot], object] = lambda _: None,
    ) -> None:
        """Show no file yet.

        job: where files are read. make_ready: has a plot ready to be shown, on the job's thread.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self._desk = desk
        self._job = job
        self.work = ImportWork(self, desk, job, make_ready)
        self._shown_number = 0
        self._has_keys = False
        self.heading = QLabel(self)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setProperty("strong", True)
        self.place = QLabel(self)
        self.place.setTextFormat(Qt.TextFormat.PlainText)
        self.place.setProperty("faint", True)
        self.encoding = EncodingRow(self)
        self.options = ImportOptions(self)
        self.pages = QTabWidget(self)
        self.pages.setDocumentMode(True)
        self.pages.tabBar().setDrawBase(False)
        self.preview = PreviewPage(self.pages)
        self.columns = ColumnsPage(self.pages)
        self.refusals = RefusalsPage(self.pages)
        self.conflicts = ConflictsPage(
            self.pages, lambda position: position_text(position, notation=desk.notation.current)
        )
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("How much of the file is read"))
        self.said = QLabel(self)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        action = QDialogButtonBox.ButtonRole.ActionRole
        self.show_on_chart = self.buttons.addButton(self.tr("&Show on chart"), action)
        self.skip = self.buttons.addButton(self.tr("Ne&xt file"), action)
        self.accept_button = self.buttons.addButton(
            self.tr("&Import"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self._lay_out()
        self._connect()
        self.resize(_SIZE.boundedTo(parent.window().size() - QSize(_AROUND_PX, _AROUND_PX)))
        self._show()

    def read(self, paths: Sequence[Path]) -> None:
        """Read files after those that wait; the first one shows at once if none does."""
        self.work.read(paths)

    @qt_guarded(None)
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dragged in, if they can be read."""
        if _readable(event):
            event.acceptProposedAction()

    @qt_guarded(None)
    def dropEvent(self, event: QDropEvent) -> None:
        """Read files that were dropped, after those that wait."""
        event.acceptProposedAction()
        self.read(_readable(event))

    # How it is made

    def _lay_out(self) -> None:
        for page, title in (
            (self.preview, self.tr("What &comes in")),
            (self.columns, self.tr("Co&lumns")),
            (self.refusals, self.tr("&Refused")),
            (self.conflicts, self.tr("T&old otherwise")),
        ):
            self.pages.addTab(page, title)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.heading)
        head.addWidget(self.place)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.encoding)
        column.addWidget(self.options)
        column.addWidget(self.pages, 1)
        column.addWidget(self.progress)
        column.addWidget(self.said)
        column.addWidget(self.buttons)
        for button in (
            self.show_on_chart,
            self.skip,
            self.buttons.button(QDialogButtonBox.StandardButton.Cancel),
        ):
            button.setAutoDefault(False)
        self.accept_button.setDefault(True)
        make_primary(self.accept_button)

    def _connect(self) -> None:
        work, options = self.work, self.options
        options.times_said.connect(
            lambda: work.say_times(options.said_zone, options.said_date_order)
        )
        options.craft_said.connect(
            lambda: work.say_craft(options.said_craft, with_places=options.has_places)
        )
        self.encoding.said.connect(work.say_encoding)
        self.columns.said.connect(work.say_columns)
        self.preview.taken.connect(lambda uid, is_on: work.take(uid, is_taken=is_on))
        self.conflicts.chosen.connect(lambda uids, is_on: work.take_versions(uids, is_taken=is_on))
        self.show_on_chart.clicked.connect(lambda _: self._zoom())
        self.skip.clicked.connect(lambda _: work.next())
        self.buttons.accepted.connect(work.accept)
        self.buttons.rejected.connect(self.close)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.accept_button.click)
        work.changed.connect(self._show)
        work.failed.connect(self._show_failure)
        work.imported.connect(self.imported)
        work.ended.connect(self.close)
        self._job.progressed.connect(self._show_progress)
        self._desk.session.document_changed.connect(self._take_document)
        self.finished.connect(lambda _: self._leave())

    def _leave(self) -> None:
        self.work.drop()
        self._job.progressed.disconnect(self._show_progress)
        self._desk.session.document_changed.disconnect(self._take_document)
        self._desk.canvas.set_arriving(Overlay())

    def _take_document(self, _: Document) -> None:
        """Give up what was looked at for another plot."""
        self.close()

    # What it shows

    def _show(self) -> None:
        """Show what is known of the file, and what is still to be said of it."""
        work = self.work
        if work.number != self._shown_number:
            self._shown_number, self._has_keys = work.number, False
            self.encoding.begin()
            self.options.begin()
            self.pages.setTabVisible(self.pages.indexOf(self.columns), False)
            self.pages.setCurrentWidget(self.preview)
        path, looked, plan = work.path, work.looked, work.plan
        self.heading.setText(self.tr("No file") if path is None else path.name)
        self.place.setText("" if path is None else self._place_text(path))
        self.preview.show_plan(plan)
        self.conflicts.show_plan(plan)
        self.refusals.show_refusals(None if plan is None else plan.incoming)
        if looked is not None:
            self.encoding.show_looked(looked)
            self.options.show_needs(looked.needs)
            if has_columns := looked.look is not None and looked.look.layout != OWN_LAYOUT:
                self.columns.show_look(looked.look)
            # Hidden for a moment, it would be left for the page beside it.
            self.pages.setTabVisible(self.pages.indexOf(self.columns), has_columns)
        self.options.show_plan(plan)
        self._line_up()
        self._count(self.refusals, self.tr("&Refused"), self.refusals.count)
        self._count(self.conflicts, self.tr("T&old otherwise"), self.conflicts.count)
        self.progress.setVisible(work.is_working)
        self.skip.setVisible(work.count > work.number)
        self.show_on_chart.setEnabled(plan is not None and plan.summary.bounds is not None)
        self.accept_button.setEnabled(work.can_accept)
        self._desk.canvas.set_arriving(Overlay(() if looked is None else looked.shapes))
        self._say_state()
        if looked is not None and not self._has_keys:
            self._has_keys = True
            self._give_keys(looked)

    def _line_up(self) -> None:
        """Let the boxes of both rows of choices begin at one edge."""
        first, options = self.encoding.label, self.options
        for label in (first, options.zone_label, options.order_label, options.craft_label):
            label.setMinimumWidth(0)
        second = options.first_label
        if second is not None and not self.encoding.isHidden():
            for label in (first, second):
                label.setMinimumWidth(max(each.sizeHint().width() for each in (first, second)))

    def _give_keys(self, looked: Looked) -> None:
        """Put the keys where something has to be said of a file, else on what comes in."""
        plan = looked.plan
        if Need.ENCODING in looked.needs:
            self.encoding.take_keys()
        elif Need.COLUMNS in looked.needs and looked.look is not None:
            self.pages.setCurrentWidget(self.columns)
            self.columns.take_keys()
        elif looked.needs:
            self.options.take_keys()
        elif plan is not None and plan.incoming.is_empty:
            self.pages.setCurrentWidget(self.refusals)
            self.refusals.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif plan is not None and plan.summary.is_nothing_new and self.conflicts.count:
            self.pages.setCurrentWidget(self.conflicts)
            self.conflicts.take_keys()
        elif plan is not None:
            self.preview.take_keys()

    def _count(self, page: QWidget, title: str, number: int) -> None:
        """Say in a page's title how much there is on it."""
        self.pages.setTabText(self.pages.indexOf(page), f"{title} ({number})" if number else title)

    def _place_text(self, path: Path) -> str:
        if self.work.count < 2:
            return str(path.parent)
        which = self.tr("file {number} of {count}").format(
            number=self.work.number, count=self.work.count
        )
        return f"{which}, {path.parent}"

    def _say_state(self) -> None:
        """Say what is being done, what is wrong with the file, or what it asks."""
        looked, plan = self.work.looked, self.work.plan
        if self.work.is_working:
            self._show_progress(0.0)
        elif looked is None:
            self._say("")
        elif looked.error is not None:
            self._say(error_text(looked.error), is_bad=True)
        elif looked.needs:
            self._say(self._needs_text(looked.needs), is_bad=True)
        elif plan is not None:
            self._say(self._plan_text(plan), is_bad=plan.incoming.is_empty)

    def _plan_text(self, plan: ImportPlan) -> str:
        """Say what Import would do."""
        summary = plan.summary
        if plan.incoming.is_empty:
            return self.tr("Nothing in this file can come in: see what is refused, and why.")
        if not summary.is_nothing_new:
            return self.tr("Nothing is in the plot yet. Import brings it in; Esc leaves it.")
        if plan.conflicts:
            return self.tr(
                "Nothing is new but what the file tells otherwise. Import keeps that in the"
                " watch log; tick what is to count instead of this plot's."
            )
        if summary.left:
            return self.tr("All that is new is left out. Tick what is to come in.")
        return self.tr("Nothing of this file is new: the plot stays as it is.")

    def _needs_text(self, needs: frozenset[Need]) -> str:
        words = {
            Need.COLUMNS: self.tr("Say which columns hold the times and the positions."),
            Need.ZONE: self.tr("The times do not say which clock they are by: say it above."),
            Need.DATE_ORDER: self.tr(
                "The dates can be read in two ways: say above whether day or month comes first."
            ),
        }
        return " ".join(words[need] for need in Need if need in needs)

    def _show_progress(self, share: float) -> None:
        per_cent, path = round(100.0 * share), self.work.path
        self.progress.setValue(per_cent)
        if self.work.is_bringing_in:
            self._say(self.tr("Bringing it in..."))
        elif path is not None:
            said = self.tr("Reading {name}: {number} %. Nothing is in the plot yet.")
            self._say(said.format(name=path.name, number=per_cent))

    def _show_failure(self, said: str) -> None:
        self._show()
        self._say(said, is_bad=True)

    def _say(self, text: str, *, is_bad: bool = False) -> None:
        self.said.setText(text)
        if bool(self.said.property("bad")) != is_bad:
            self.said.setProperty("bad", is_bad)
            self.said.style().unpolish(self.said)
            self.said.style().polish(self.said)

    def _zoom(self) -> None:
        """Step aside, and show the area in the part of the chart that is left free."""
        plan, canvas = self.work.plan, self._desk.canvas
        if plan is None or plan.summary.bounds is None:
            return
        window = canvas.window()
        self.resize(min(self.width(), round(_SHARE * window.width())), self.height())
        self.move(window.geometry().left(), self.geometry().top())
        left_px = canvas.mapToGlobal(QPoint(0, 0)).x()
        covered_px = min(max(self.frameGeometry().right() - left_px, 0), canvas.width())
        if canvas.width() - covered_px < _LEAST_FREE_PX:
            covered_px = 0
        free = canvas.viewport.resized(canvas.width() - covered_px, canvas.height())
        view = free.fitted(not_too_close(plan.summary.bounds))
        canvas.set_viewport(
            view.resized(canvas.width(), canvas.height()).panned(covered_px / 2.0, 0.0)
        )


def _readable(event: QDropEvent) -> tuple[Path, ...]:
    """Return the files that are dragged, if by their names all of them can be read."""
    paths = dragged_files(event)
    return paths if all(path.suffix.lower() in SUFFIXES for path in paths) else ()
