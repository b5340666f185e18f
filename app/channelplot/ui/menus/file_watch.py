"""What the window says of the open plot's file, and looking after it while it is open."""

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from channelplot.document.backup_keeper import BackupState
from channelplot.document.document import Document, SaveState
from channelplot.geodesy.text import day_text, zulu_seconds_text
from channelplot.settings import data_folder
from channelplot.store.geopackage import ReadOnlyReason
from channelplot.store.log import LoggedAct
from channelplot.store.whole_acts import act_count
from channelplot.ui.banner import Banner, Choice, Severity
from channelplot.ui.desk import Desk
from channelplot.ui.dialogs.lost_acts import LostActsDialog
from channelplot.ui.dialogs.take_over import TakeOverDialog
from channelplot.ui.files.backup_text import no_backup_text
from channelplot.ui.files.recovery_text import (
    failure_text,
    following_text,
    free_text,
    outside_text,
    readable_again_text,
    recovered_text,
    trouble_text,
    waiting_text,
)
from channelplot.ui.menus.actions import Actions
from channelplot.ui.menus.file_menu import CopyMade, FileMenu
from channelplot.ui.menus.publishing import LOCAL_COPY_CODE
from channelplot.ui.plot_line import PlotLine
from channelplot.ui.unsaved_acts import UnsavedActs
from channelplot.ui.unsaved_text import listed_text, lost_text
from channelplot.ui.words.file_messages import read_only_text

LOOK_MS: Final = 750
"""Between two looks at the file: what becomes of it is told within a second."""
FIRST_PICTURE_S: Final = 10.0
"""So long the first look gives way to the first picture of a plot: both of a large one take seconds
of work."""
RETRY_MS: Final = 2000
WAITING_MS: Final = 1000
"""An act that takes so long to save is spoken of."""

SAVE_COPY_CODE: Final = "save_copy"
OPEN_COPY_CODE: Final = "open_copy"
REOPEN_CODE: Final = "reopen"
TAKE_OVER_CODE: Final = "take_over"
LOG_CODE: Final = "watch_log_of_others"
LOST_CODE: Final = "lost_acts"

OPENED_TOPIC: Final = "opened"
SAVING_TOPIC: Final = "saving"
RECOVERED_TOPIC: Final = "recovered"
OUTSIDE_TOPIC: Final = "outside"
BACKUP_TOPIC: Final = "backup"


class FileWatch(QObject):
    """Looks at the open plot's file, tries again what failed, and tells in the banner.

    Each thing that lasts has a topic of its own there and goes with what caused it: how the plot
    was opened, whether it can be saved, what was recovered, what others changed, and backups.
    """

    def __init__(
        self,
        window: QWidget,
        desk: Desk,
        actions: Actions,
        banner: Banner,
        files: FileMenu,
        line: PlotLine,
    ) -> None:
        """Begin with the open plot; ``tell_opened`` says how it was opened."""
        super().__init__(window)
        self._window = window
        self._session = desk.session
        self._actions = actions
        self._banner = banner
        self._files = files
        self._line = line
        self._copy: CopyMade | None = None
        self._is_bad = self._is_free = False
        self._waiting_for = 0
        self._canvas = desk.canvas
        self._put_off_looking()
        self._look = self._timer(LOOK_MS, self._look_at_file)
        self._retry = self._timer(RETRY_MS, lambda: self._session.document.retry())
        self._waiting = self._timer(WAITING_MS, self._tell_waiting)
        self._waiting.setSingleShot(True)
        self._look.start()
        actions.connect_to("saved", self.tell_saved)
        banner.action_wanted.connect(self._act_on)
        files.copied.connect(self._copied)
        desk.session.save_state_changed.connect(self._save_state_changed)
        desk.session.document_changed.connect(self._document_changed)
        desk.backup_keeper.changed.connect(self._backups_changed)
        self._unsaved = UnsavedActs(self, data_folder(), desk.session.document)
        line.entered.connect(lambda: self._unsaved.entered_as_line())
        self._listen(desk.session.document)

    def tell_opened(self) -> None:
        """Say how the plot was opened: to read only and why, and what was recovered."""
        document = self._session.document
        if document.is_read_only:
            self._tell_read_only(document)
        recovered, lost = document.recovered, self._unsaved.left
        texts = list[str]()
        if recovered is not None:
            acts = document.acts
            texts.append(
                recovered_text(
                    recovered,
                    acts[-1] if acts else None,
                    act_count(acts),
                    self._session.clock,
                    has_half_line=self._line.has_half_line,
                    unsaved_lines=self._line.unsaved_lines,
                )
            )
        if lost:
            texts.append(lost_text(len(lost), lost))
        if texts:
            self._banner.show_message(
                " ".join(texts),
                Severity.WARNING if lost else Severity.INFO,
                action=LOST_CODE if lost else "",
                action_text=self.tr("Show them") if lost else "",
                topic=RECOVERED_TOPIC,
            )

    def tell_saved(self) -> None:
        """Say when and where the plot was saved; it always is, act by act."""
        document = self._session.document
        document.retry()
        state = document.save_state
        if state.pending or state.trouble is not None:
            self._save_state_changed(state)
            return
        if state.mark is None:
            text = self.tr("Everything is saved in {path}.").format(path=document.path)
        else:
            text = self.tr("Everything is saved: {time} {day} in {path}.").format(
                time=zulu_seconds_text(state.mark.at_utc),
                day=day_text(state.mark.at_utc),
                path=document.path,
            )
        self._banner.show_message(text, Severity.INFO)

    def stop(self) -> None:
        """Look at nothing any more: the window closes."""
        for timer in (self._look, self._retry, self._waiting):
            timer.stop()

    def close(self) -> None:
        """Let go of the document, once that is closed."""
        self._unsaved.close()

    # Following the file

    def _document_changed(self, document: Document) -> None:
        """Begin anew with another plot: what was told was about the one that was left."""
        self._put_off_looking()
        self._copy = None
        self._is_bad = self._is_free = False
        self._retry.stop()
        self._waiting.stop()
        self._unsaved.close()
        self._unsaved.deleteLater()
        self._unsaved = UnsavedActs(self, data_folder(), document)
        self._listen(document)
        self.tell_opened()

    def _put_off_looking(self) -> None:
        self._looks_from_s = time.monotonic() + FIRST_PICTURE_S

    def _look_at_file(self) -> None:
        is_first_due = self._canvas.isVisible() and not self._canvas.is_drawn
        if is_first_due and time.monotonic() < self._looks_from_s:
            return
        self._looks_from_s = 0.0
        self._session.document.look(self._canvas.right_of_way.wait)

    def _listen(self, document: Document) -> None:
        document.outside_edited.connect(self._outside_edited)

    def _outside_edited(self, act: LoggedAct) -> None:
        self._banner.show_message(
            outside_text(act),
            Severity.INFO,
            action=LOG_CODE,
            action_text=self.tr("To the watch log"),
            topic=OUTSIDE_TOPIC,
        )

    def _tell_read_only(self, document: Document) -> None:
        if not document.is_read_only:
            return
        reason, holder = document.read_only_reason, document.locked_by
        save_copy = Choice(SAVE_COPY_CODE, self.tr("Save a copy..."))
        severity, first, also = Severity.WARNING, save_copy, None
        text = read_only_text(document.path, reason, holder)
        if document.is_free:
            text = free_text(document.path, holder)
            severity = Severity.INFO
            first, also = Choice(REOPEN_CODE, self.tr("Open for plotting")), None
        elif reason is ReadOnlyReason.LOCK_UNSURE:
            first, also = Choice(TAKE_OVER_CODE, self.tr("Take it over...")), save_copy
        elif reason in (ReadOnlyReason.NETWORK, ReadOnlyReason.SYNCED):
            first, also = Choice(LOCAL_COPY_CODE, self.tr("Work on a local copy")), save_copy
        elif reason is ReadOnlyReason.LOCKED:
            text = f"{text} {following_text()}"
        self._banner.show_message(
            text,
            severity,
            action=first.code,
            action_text=first.text,
            also=also,
            topic=OPENED_TOPIC,
        )

    # Saving

    def _save_state_changed(self, state: SaveState) -> None:
        document = self._session.document
        if document.is_free != self._is_free:
            self._is_free = document.is_free
            self._tell_read_only(document)
        fault = state.failure if state.failure is not None else state.trouble
        if fault is not None:
            self._waiting.stop()
            self._is_bad = True
            self._tell_bad(state)
            self._retry.start()
            return
        if self._is_bad and not state.pending:
            self._is_bad = False
            self._tell_good_again()
        self._wait_for(state)

    def _wait_for(self, state: SaveState) -> None:
        """Speak of an act that takes long; each act has its time."""
        awaited = 0 if not state.pending else 1 + (0 if state.mark is None else state.mark.seq)
        if awaited == self._waiting_for:
            return
        self._waiting_for = awaited
        if awaited:
            self._waiting.start()
            return
        self._waiting.stop()
        if not self._is_bad:
            self._banner.drop(SAVING_TOPIC)

    def _tell_waiting(self) -> None:
        state = self._session.document.save_state
        if state.pending and state.failure is None:
            text = waiting_text(self._session.document.path)
            self._banner.show_message(text, Severity.WARNING, topic=SAVING_TOPIC)

    def _tell_bad(self, state: SaveState) -> None:
        """Tell why nothing is saved, and what became of a copy that has all there is now."""
        copy = self._copy
        if copy is not None and copy.pending != state.pending:
            copy = None
        if state.failure is not None:
            text = failure_text(state.failure)
        else:
            assert state.trouble is not None, "there is something bad to tell"
            text = trouble_text(state.trouble)
        is_copied = copy is not None and copy.path is not None
        self._banner.show_message(
            text if copy is None else f"{copy.text} {text}",
            Severity.BAD,
            action=OPEN_COPY_CODE if is_copied else SAVE_COPY_CODE,
            action_text=self.tr("Go on in the copy") if is_copied else self.tr("Save a copy..."),
            topic=SAVING_TOPIC,
        )

    def _tell_good_again(self) -> None:
        document = self._session.document
        self._retry.stop()
        self._copy = None
        self._banner.drop(SAVING_TOPIC)
        text = (
            readable_again_text(document.path)
            if document.is_read_only
            else self.tr("Everything is saved again.")
        )
        self._banner.show_message(text, Severity.INFO)

    def _copied(self, copy: CopyMade) -> None:
        """Tell what became of a copy, together with what made it necessary, if that lasts."""
        self._copy = copy
        if copy.path is not None:
            self._unsaved.copied(copy.path, copy.acts)
        state = self._session.document.save_state
        if state.failure is not None or state.trouble is not None:
            self._save_state_changed(state)
        else:
            severity = Severity.WARNING if copy.path is None else Severity.INFO
            self._banner.show_message(copy.text, severity)

    # Backups

    def _backups_changed(self, state: BackupState) -> None:
        text = no_backup_text(state, self._session.document.path, self._session.clock)
        if text:
            self._banner.show_message(text, Severity.WARNING, topic=BACKUP_TOPIC)
        else:
            self._banner.drop(BACKUP_TOPIC)

    # What the banner's buttons do

    def _act_on(self, code: str) -> None:
        if code == SAVE_COPY_CODE:
            self._files.choose_copy()
        elif code == OPEN_COPY_CODE:
            self._go_on_in_copy()
        elif code == REOPEN_CODE:
            self._reopen()
        elif code == TAKE_OVER_CODE:
            self._ask_whether_to_take_over()
        elif code == LOST_CODE:
            self._show_lost()
        elif code == LOG_CODE:
            self._banner.drop(OUTSIDE_TOPIC)
            self._actions["watch_log"].trigger()

    def _show_lost(self) -> None:
        """List what was entered and not saved; it stays in the banner until it is forgotten."""
        if self._window.findChild(LostActsDialog) is None:
            LostActsDialog(self._window, listed_text(self._unsaved.left), self._forget_lost).open()

    def _forget_lost(self) -> None:
        self._unsaved.forget()
        self._banner.drop(RECOVERED_TOPIC)

    def _go_on_in_copy(self) -> None:
        """Open the copy; it holds everything, so nothing has to be asked."""
        if self._copy is not None and self._copy.path is not None:
            self._files.open_in_place(self._copy.path)

    def _reopen(self, *, take_over: bool = False) -> None:
        """Open the plot again, for plotting; what was selected stays so."""
        session = self._session
        uids, is_chosen = session.selection.uids, session.selection.is_chosen
        if self._files.open_in_place(session.document.path, take_over=take_over):
            session.selection.set(uids, is_chosen=is_chosen)
            self._line.take_caret()

    def _ask_whether_to_take_over(self) -> None:
        document = self._session.document
        if document.locked_by is None or self._window.findChild(TakeOverDialog) is not None:
            return
        dialog = TakeOverDialog(self._window, document.path, document.locked_by)
        dialog.accepted.connect(lambda: self._reopen(take_over=True))
        dialog.open()

    def _timer(self, interval_ms: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval_ms)
        timer.timeout.connect(slot)
        return timer
