"""The File menu: new, open, recent, save, save a copy, and leaving a plot."""

import contextlib
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from channelplot.commands.tracks import carried_over
from channelplot.document.document import Document, SaveState
from channelplot.errors import ChannelPlotError, PlotFileError
from channelplot.geodesy.text import day_text, zulu_seconds_text
from channelplot.model.plot import Plot
from channelplot.settings import documents_folder
from channelplot.ui.actions import Actions
from channelplot.ui.banner import Banner, Severity
from channelplot.ui.desk import Desk
from channelplot.ui.dialogs.new_plot import NewPlotDialog
from channelplot.ui.messages import error_text, read_only_text
from channelplot.ui.plot_files import SUFFIX, create_document, open_document

RETRY_MS = 2000
SAVE_COPY_CODE = "save_copy"
OPEN_COPY_CODE = "open_copy"


class FileMenu(QObject):
    """Does what the File menu says; errors go into the banner and the plot stays open."""

    def __init__(self, window: QWidget, desk: Desk, actions: Actions, banner: Banner) -> None:
        """Connect the actions and watch whether acts get saved."""
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._banner = banner
        self.recent_menu = QMenu(self.tr("&Recent plots"), window)
        self.recent_menu.aboutToShow.connect(self._list_recent)
        self._retry = QTimer(self)
        self._retry.setInterval(RETRY_MS)
        self._of_copy = (0, "")
        self._copy_path: Path | None = None
        self._retry.timeout.connect(lambda: desk.session.document.retry())
        actions.connect_to("new_plot", self.new_plot)
        actions.connect_to("open_plot", self.choose_plot)
        actions.connect_to("saved", self.tell_saved)
        actions.connect_to("save_copy", self.choose_copy)
        banner.action_wanted.connect(self._act_on)
        desk.session.save_state_changed.connect(self._save_state_changed)

    def open(self, path: Path) -> bool:
        """Open a plot in place of the one that is open; False if that did not go."""
        session = self._desk.session
        if path.resolve() == session.document.path.resolve():
            return True
        return self.may_leave() and self._open_in_place(path)

    def _open_in_place(self, path: Path) -> bool:
        session = self._desk.session
        try:
            document = open_document(
                path,
                post=self._desk.poster.post,
                clock=session.clock,
                operator=session.document.operator,
            )
        except ChannelPlotError as error:
            self._banner.show_message(error_text(error), Severity.WARNING)
            return False
        self._show(document)
        return True

    def make(self, path: Path, plot: Plot) -> bool:
        """Make a new plot and open it in place of the open one; False if that did not go."""
        session = self._desk.session
        try:
            document = create_document(
                path,
                plot,
                post=self._desk.poster.post,
                clock=session.clock,
                operator=session.document.operator,
            )
        except ChannelPlotError as error:
            self._banner.show_message(error_text(error), Severity.WARNING)
            return False
        self._show(document)
        return True

    def new_plot(self) -> None:
        """Ask for name and folder of a new plot and open it."""
        if not self.may_leave():
            return
        session = self._desk.session
        plot = session.document.plot
        folder = session.document.path.parent
        if plot.is_example or not folder.is_dir():
            folder = documents_folder()
        dialog = NewPlotDialog(self._window, plot, folder, session.clock())
        if dialog.exec():
            start = carried_over(plot) if dialog.carry_over.isChecked() else Plot()
            self.make(dialog.path, start)
        dialog.deleteLater()

    def choose_plot(self) -> None:
        """Ask which plot to open."""
        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Open plot"),
            str(self._desk.session.document.path.parent),
            self.tr("Plots (*.gpkg)"),
        )
        if chosen:
            self.open(Path(chosen))

    def tell_saved(self) -> None:
        """Say when and where the plot was saved; it always is, act by act."""
        document = self._desk.session.document
        document.retry()
        state = document.save_state
        if state.pending:
            self._save_state_changed(state)
        elif state.mark is None:
            text = self.tr("Everything is saved in {path}.").format(path=document.path)
            self._banner.show_message(text, Severity.INFO)
        else:
            text = self.tr("Everything is saved: {time} {day} in {path}.").format(
                time=zulu_seconds_text(state.mark.at_utc),
                day=day_text(state.mark.at_utc),
                path=document.path,
            )
            self._banner.show_message(text, Severity.INFO)

    def choose_copy(self) -> None:
        """Ask where to save a copy of the plot and save it."""
        path = self._desk.session.document.path
        chosen, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Save a copy"),
            str(path.with_name(self.tr("{name} copy").format(name=path.stem) + SUFFIX)),
            self.tr("Plots (*.gpkg)"),
        )
        if chosen:
            target = Path(chosen)
            self.save_copy(target if target.suffix == SUFFIX else Path(f"{target}{SUFFIX}"))

    def save_copy(self, path: Path) -> bool:
        """Save a copy with everything in it, acts that are not saved yet too."""
        try:
            self._desk.session.document.save_copy(path.absolute())
        except PlotFileError as error:
            self._tell_copy(error_text(error), Severity.WARNING)
            return False
        self._copy_path = path
        self._tell_copy(self.tr("A copy is saved in {path}.").format(path=path), Severity.INFO)
        return True

    def _act_on(self, code: str) -> None:
        """Do what the banner's button says. A copy that holds everything needs no question."""
        if code == SAVE_COPY_CODE:
            self.choose_copy()
        elif code == OPEN_COPY_CODE and self._copy_path is not None:
            self._open_in_place(self._copy_path)

    def may_leave(self) -> bool:
        """Return whether the open plot may be left; asks if something is not saved."""
        document = self._desk.session.document
        document.finish_saving()
        state = document.save_state
        if not state.pending:
            return True
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Not saved"))
        box.setText(
            self.tr("{number} acts are not saved. They are lost if you leave now.").format(
                number=state.pending
            )
        )
        if state.failure is not None:
            box.setInformativeText(error_text(state.failure))
        copy = box.addButton(self.tr("Save a copy..."), QMessageBox.ButtonRole.AcceptRole)
        leave = box.addButton(self.tr("Leave without them"), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(self.tr("Stay"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(copy)
        box.setEscapeButton(stay)
        box.exec()
        clicked = box.clickedButton()
        box.deleteLater()
        if clicked is copy:
            self.choose_copy()
            return False
        return clicked is leave

    def remember_open_plot(self) -> None:
        """Put the open plot at the head of the recent ones."""
        with contextlib.suppress(OSError):  # only the list of recent plots is lost
            self._desk.state.remember_plot(self._desk.session.document.path)

    def tell_read_only(self) -> None:
        """Say that nothing can be plotted, if that is so."""
        document = self._desk.session.document
        if document.is_read_only:
            self._banner.show_message(
                read_only_text(document.path, document.read_only_reason, document.locked_by),
                Severity.WARNING,
                action=SAVE_COPY_CODE,
                action_text=self.tr("Save a copy..."),
            )

    def _show(self, document: Document) -> None:
        self._of_copy = (0, "")
        self._copy_path = None
        self._retry.stop()  # what was not saved of the plot that is left was left with it
        self._banner.clear()
        previous = self._desk.session.show(document)
        previous.close()
        self.remember_open_plot()
        self.tell_read_only()

    def _tell_copy(self, text: str, severity: Severity) -> None:
        """Tell what became of a copy, together with what made it necessary, if that lasts."""
        state = self._desk.session.document.save_state
        if state.failure is None:
            self._banner.show_message(text, severity)
        else:
            self._of_copy = (state.pending, text)
            self._save_state_changed(state)

    def _save_state_changed(self, state: SaveState) -> None:
        if state.failure is not None:
            pending, of_copy = self._of_copy
            is_copied = pending == state.pending and self._copy_path is not None
            self._banner.show_message(
                (f"{of_copy} " if of_copy and pending == state.pending else "")
                + error_text(state.failure),
                Severity.BAD,
                action=OPEN_COPY_CODE if is_copied else SAVE_COPY_CODE,
                action_text=self.tr("Go on in the copy")
                if is_copied
                else self.tr("Save a copy..."),
            )
            self._retry.start()
        elif self._retry.isActive() and not state.pending:
            self._retry.stop()
            self._of_copy = (0, "")
            self._banner.clear()
            self._banner.show_message(self.tr("Everything is saved again."), Severity.INFO)

    def _list_recent(self) -> None:
        self.recent_menu.clear()
        for path in self._desk.state.recent_plots():
            if path.is_file():
                action = self.recent_menu.addAction(f"{path.stem}    {path.parent}")
                action.triggered.connect(lambda _=False, path=path: self.open(path))
        if self.recent_menu.isEmpty():
            self.recent_menu.addAction(self.tr("No recent plots")).setEnabled(False)
