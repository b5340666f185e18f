"""What the operator is told of an error inside the program, and starting it again."""

import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QProcess, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from channelplot.document.document import SaveState
from channelplot.document.session import Session
from channelplot.ui.banner import Banner, Choice, Severity
from channelplot.ui.inside.crash import Crash

TOPIC: Final = "crash"
FOLDER_CODE: Final = "open_crash_folder"
RESTART_CODE: Final = "restart"


class CrashNotice(QObject):
    """Tells of errors in the banner; never modal, and work can go on beside it."""

    def __init__(self, window: QWidget, session: Session, banner: Banner) -> None:
        """Listen to the banner's buttons."""
        super().__init__(window)
        self._window = window
        self._session = session
        self._banner = banner
        self._folder: Path | None = None
        self._is_offering = False
        self._crash: Crash | None = None
        self._had_pending = False
        banner.action_wanted.connect(self._act_on)
        session.save_state_changed.connect(self._save_state_changed)

    def show_crash(self, crash: Crash) -> None:
        """Say that something went wrong, where its file is, and offer what helps.

        An offer to start again stands until it is taken or closed; there is none while an act
        waits to be saved: it would be gone.
        """
        if self._is_offering and self._banner.stands(TOPIC) and not crash.is_often:
            return
        self._is_offering = crash.is_often
        self._crash = crash
        has_pending = bool(self._session.document.save_state.pending)
        if crash.is_often and has_pending:
            text = self.tr(
                "Something goes wrong inside Channel Plot again and again. What is marked saved "
                "is safe; something is not saved yet, so save a copy before starting again."
            )
        elif crash.is_often:
            text = self.tr(
                "Something goes wrong inside Channel Plot again and again. What is marked saved "
                "is safe. Starting again takes a few seconds and opens the same plot."
            )
        else:
            text = self.tr(
                "Something went wrong inside Channel Plot. What is marked saved is safe, and "
                "work can go on. Please report it with the crash file."
            )
        offers = list[Choice]()
        if crash.is_often and not has_pending:
            offers.append(Choice(RESTART_CODE, self.tr("Start again")))
        if crash.path:
            offers.append(Choice(FOLDER_CODE, self.tr("Show the file")))
        first, also = (*offers, None, None)[:2]
        self._banner.show_message(
            text + self._where(crash.path),
            Severity.BAD,
            action=first.code if first else "",
            action_text=first.text if first else "",
            also=also,
            topic=TOPIC,
        )

    def show_ended(self, path: Path) -> None:
        """Say that the program ended at once the last time, and where its file is."""
        self._banner.show_message(
            self.tr(
                "Channel Plot ended unexpectedly the last time. What was marked saved is here. "
                "Please report it with the crash file."
            )
            + self._where(path),
            Severity.WARNING,
            action=FOLDER_CODE,
            action_text=self.tr("Show the file"),
            topic=TOPIC,
        )

    def restart(self) -> None:
        """Close the window, which asks if something is not saved, and open the plot again."""
        document = self._session.document
        if not self._window.close():
            return
        document.close()  # the new window takes the lock; an error in closing may have kept it
        program, arguments = start_command(document.path)
        QProcess.startDetached(program, arguments)

    def _where(self, path: Path | None) -> str:
        self._folder = path.parent if path else None
        return self.tr(" It is in {path}.").format(path=path) if path else ""

    def _save_state_changed(self, state: SaveState) -> None:
        """Offer to start again no longer while an act waits to be saved, and then again."""
        has_pending, crash = bool(state.pending), self._crash
        if has_pending == self._had_pending:
            return
        self._had_pending = has_pending
        if crash is not None and self._is_offering and self._banner.stands(TOPIC):
            self.show_crash(crash)

    def _act_on(self, code: str) -> None:
        if code == FOLDER_CODE and self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
        elif code == RESTART_CODE and self._crash is not None:
            if self._session.document.save_state.pending:
                self.show_crash(self._crash)
            else:
                self.restart()


def start_command(plot: Path) -> tuple[str, list[str]]:
    """Return program and arguments that open a plot in a window of its own."""
    is_packed = bool(getattr(sys, "frozen", False))
    return sys.executable, [*([] if is_packed else ["-m", "channelplot"]), str(plot)]
