"""The File menu: new, open, recent, save a copy, restore, and leaving a plot."""

import contextlib
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QMessageBox, QWidget

from channelplot.chart.urgency import Urgency
from channelplot.commands.tracks import carried_over
from channelplot.document.document import Document
from channelplot.document.kept import Act
from channelplot.errors import ChannelPlotError, PlotFileError, PlotFileFault
from channelplot.exchange.reference_paths import with_paths_from
from channelplot.model.plot import Plot
from channelplot.settings import documents_folder
from channelplot.store.backups import Backup, backups_of
from channelplot.store.whole_acts import act_count
from channelplot.ui.banner import Banner, Severity
from channelplot.ui.desk import Desk
from channelplot.ui.dialogs.new_plot import NewPlotDialog
from channelplot.ui.dialogs.primary import make_primary
from channelplot.ui.dialogs.restore import RestoreDialog
from channelplot.ui.files.file_dialogs import name_to_open, name_to_save
from channelplot.ui.files.plot_files import (
    SUFFIX,
    Opener,
    create_document,
    is_shipped,
    open_document,
)
from channelplot.ui.files.recovery_text import failure_text
from channelplot.ui.menus.actions import Actions
from channelplot.ui.opening import beside_window, opening_text
from channelplot.ui.urgency_icons import urgency_pixmap
from channelplot.ui.words.messages import error_text

RESTORE_CODE: Final = "restore"
NOT_OPENED_TOPIC: Final = "not_opened"
OPENING_TOPIC: Final = "opening"
COPYING_TOPIC: Final = "copying"
_SHAPE_PX: Final = 40
_RESTORED_FROM_BACKUP: Final = frozenset(
    {
        PlotFileFault.NOT_FOUND,
        PlotFileFault.DAMAGED,
        PlotFileFault.NOT_GEOPACKAGE,
        PlotFileFault.OTHER_PROGRAM,
    }
)
"""What may have become of a plot of which there are backups."""


@dataclass(frozen=True, slots=True)
class CopyMade:
    """What became of a copy: in words, where it is (None: nowhere), and what was not saved then.

    acts: those that were not saved when it was asked for, and are in it.
    """

    text: str
    path: Path | None
    pending: int
    acts: tuple[Act, ...] = ()


class FileMenu(QObject):
    """Does what the File menu says; errors go into the banner and the plot stays open.

    Emits copied(CopyMade).
    """

    copied = Signal(object)

    def __init__(self, window: QWidget, desk: Desk, actions: Actions, banner: Banner) -> None:
        """Connect the actions."""
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._banner = banner
        self.recent_menu = QMenu(self.tr("&Recent plots"), window)
        self.recent_menu.aboutToShow.connect(self._list_recent)
        self._wanted: Path | None = None
        self._is_busy = False
        self._copy: CopyMade | None = None
        actions.connect_to("new_plot", self.new_plot)
        actions.connect_to("open_plot", self.choose_plot)
        actions.connect_to("save_copy", self.choose_copy)
        actions.connect_to("restore_backup", self.restore_open_plot)
        banner.action_wanted.connect(self._act_on)

    def open(self, path: Path) -> bool:
        """Open a plot in place of the one that is open; False if that did not go."""
        document = self._desk.session.document
        if path.resolve() in (document.path.resolve(), document.known_path.resolve()):
            return True
        return self.may_leave() and self.open_in_place(path)

    def open_in_place(self, path: Path, *, take_over: bool = False) -> bool:
        """Open a plot in place of the open one without asking; False if that did not go.

        take_over: somebody has said that nobody else has it open.
        """
        try:
            document = self.opened_beside(path, open_document, take_over=take_over)
        except ChannelPlotError as error:
            self.tell_not_opened(error)
            return False
        if document is None:
            return False
        self.show(document)
        return True

    def opened_beside(
        self, path: Path, opener: Opener, *, take_over: bool = False
    ) -> Document | None:
        """Return the document of a plot, opened off the GUI thread; the banner says so if slow.

        None while another is being opened. Raises what opening raises.
        """
        if self._is_busy:
            return None
        session = self._desk.session
        open_it = partial(
            opener,
            path,
            post=self._desk.poster.post,
            clock=session.clock,
            operator=session.document.operator,
            take_over=take_over,
        )
        self._is_busy = True
        try:
            return beside_window(self._desk.poster, open_it, partial(self._say_opening, path))
        finally:
            self._is_busy = False
            self._banner.drop(OPENING_TOPIC)

    def _say_opening(self, path: Path) -> None:
        self._banner.show_message(opening_text(path), Severity.INFO, topic=OPENING_TOPIC)

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
        self.show(document)
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
            before = session.document.known_path
            self.make(dialog.path, with_paths_from(start, before, dialog.path))
        dialog.deleteLater()

    def choose_plot(self) -> None:
        """Ask which plot to open."""
        chosen, _ = name_to_open(
            self._window,
            self.tr("Open plot"),
            str(self._desk.session.document.path.parent),
            self.tr("Plots (*.gpkg)"),
        )
        if chosen:
            self.open(Path(chosen))

    def choose_copy(self) -> None:
        """Ask where to save a copy of the plot and save it."""
        path = self._desk.session.document.path
        chosen, _ = name_to_save(
            self._window,
            self.tr("Save a copy"),
            str(path.with_name(self.tr("{name} copy").format(name=path.stem) + SUFFIX)),
            self.tr("Plots (*.gpkg)"),
        )
        if chosen:
            target = Path(chosen)
            self.save_copy(target if target.suffix == SUFFIX else Path(f"{target}{SUFFIX}"))

    def save_copy(self, path: Path) -> bool:
        """Save a copy with everything in it, acts that are not saved yet too; False if not.

        Off the GUI thread; the window is drawn meanwhile, and takes no keys.
        """
        if self._is_busy:
            return False
        self._is_busy = True
        document = self._desk.session.document
        acts = document.pending_acts
        ended = Future[Future[None]]()
        try:
            document.copy(path.absolute(), ended.set_result)
            beside_window(
                self._desk.poster, lambda: ended.result().result(), partial(self._say_copying, path)
            )
        except PlotFileError as error:
            self.copied.emit(CopyMade(error_text(error), None, document.save_state.pending))
            return False
        finally:
            self._is_busy = False
            self._banner.drop(COPYING_TOPIC)
        text = self.tr("A copy is saved in {path}.").format(path=path)
        self._copy = CopyMade(text, path, document.save_state.pending, acts)
        self.copied.emit(self._copy)
        return True

    def _say_copying(self, path: Path) -> None:
        text = self.tr("Saving a copy in {path} ...").format(path=path)
        self._banner.show_message(text, Severity.INFO, topic=COPYING_TOPIC)

    def restore_open_plot(self) -> None:
        """Show the backups of the open plot."""
        self.restore(self._desk.session.document.path)

    def restore(self, plot: Path) -> None:
        """Show the backups of a plot, there or not; what is restored is opened."""
        if self._window.findChild(RestoreDialog) is not None:
            return
        document = self._desk.session.document
        dialog = RestoreDialog(
            self._window,
            plot,
            self._desk.settings.backup_folder(),
            self._desk.background,
            self._desk.session.clock,
            self.may_leave,
            open_acts=act_count(document.acts) if plot == document.path else None,
        )
        dialog.restored.connect(self.open_in_place)
        dialog.open()

    def tell_not_opened(self, error: ChannelPlotError) -> None:
        """Say why a plot could not be opened, and offer its backups where that helps."""
        if not isinstance(error, PlotFileError):
            self._banner.show_message(error_text(error), Severity.WARNING)
            return
        self._wanted = error.path
        if error.fault is PlotFileFault.DAMAGED:
            self._offer_backups(error)
            return
        self._banner.show_message(error_text(error), Severity.WARNING)
        if error.fault in _RESTORED_FROM_BACKUP:
            self._desk.background.run(
                partial(backups_of, error.path, self._desk.settings.backup_folder()),
                partial(self._backups_found, error),
            )

    def _backups_found(self, error: PlotFileError, found: Future[tuple[Backup, ...]]) -> None:
        if found.result() and self._wanted == error.path:
            self._banner.settle()
            self._offer_backups(error)

    def _offer_backups(self, error: PlotFileError) -> None:
        self._banner.show_message(
            error_text(error),
            Severity.WARNING,
            action=RESTORE_CODE,
            action_text=self.tr("Restore from a backup..."),
            topic=NOT_OPENED_TOPIC,
        )

    def _act_on(self, code: str) -> None:
        if code == RESTORE_CODE and self._wanted is not None:
            self.restore(self._wanted)

    def may_leave(self) -> bool:
        """Return whether the open plot may be left; asks if something is not saved.

        Not while another is being opened in its place, or a copy is being saved.
        """
        if self._is_busy:
            return False
        document = self._desk.session.document
        document.finish_saving()
        state = document.save_state
        if not state.pending:
            return True
        box = QMessageBox(self._window)
        box.setIconPixmap(urgency_pixmap(Urgency.STANDING, _SHAPE_PX))
        held_in = self._copy_with_all(document)
        box.setWindowTitle(self.tr("Not saved"))
        box.setText(self._not_saved_text(state.pending, held_in))
        if state.failure is not None:
            box.setInformativeText(failure_text(state.failure))
        role = QMessageBox.ButtonRole
        another = self.tr("Save a copy...") if held_in is None else self.tr("Save another copy...")
        leaving = self.tr("Leave without them") if held_in is None else self.tr("Leave")
        copy = box.addButton(another, role.AcceptRole)
        leave = box.addButton(leaving, role.DestructiveRole)
        stay = box.addButton(self.tr("Stay"), role.RejectRole)
        default = copy if held_in is None else stay
        box.setDefaultButton(default)
        make_primary(default)
        box.setEscapeButton(stay)
        box.exec()
        clicked = box.clickedButton()
        box.deleteLater()
        if clicked is copy:
            self.choose_copy()
            return False
        return clicked is leave

    def _copy_with_all(self, document: Document) -> Path | None:
        """Return the copy that holds all that is not saved, None where there is none."""
        copy = self._copy
        if copy is None or copy.path is None or not copy.path.is_file():
            return None
        held = set(map(id, copy.acts))
        return copy.path if held.issuperset(map(id, document.pending_acts)) else None

    def _not_saved_text(self, number: int, held_in: Path | None) -> str:
        if held_in is None:
            text = (
                self.tr("1 act is not saved. It is lost if you leave now.")
                if number == 1
                else self.tr("{number} acts are not saved. They are lost if you leave now.")
            )
        else:
            text = (
                self.tr("1 act is not saved in this plot. It is in the copy {path}.")
                if number == 1
                else self.tr(
                    "{number} acts are not saved in this plot. They are in the copy {path}."
                )
            )
        return text.format(number=number, path=held_in)

    def remember_open_plot(self) -> None:
        """Put the open plot at the head of the recent ones; the shipped example is none."""
        path = self._desk.session.document.known_path
        if is_shipped(path):
            return
        with contextlib.suppress(OSError):  # only the list of recent plots is lost
            self._desk.state.remember_plot(path)

    def show(self, document: Document) -> None:
        """Put an open plot in the place of the one that is open."""
        self._wanted = self._copy = None
        self._banner.clear()
        previous = self._desk.session.show(document)
        previous.close()
        self.remember_open_plot()

    def _list_recent(self) -> None:
        self.recent_menu.clear()
        for path in self._desk.state.recent_plots():
            if path.is_file():
                action = self.recent_menu.addAction(f"{path.stem}    {path.parent}")
                action.triggered.connect(lambda _=False, path=path: self.open(path))
        if self.recent_menu.isEmpty():
            self.recent_menu.addAction(self.tr("No recent plots")).setEnabled(False)
