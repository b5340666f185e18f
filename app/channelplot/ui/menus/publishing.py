"""Working on a local copy of a plot on a network: beginning to, and what becomes of publishing."""

from typing import Final

from PySide6.QtCore import QObject, QTimer

from channelplot.document.document import Document
from channelplot.document.publisher import Publisher, PublishState
from channelplot.errors import ChannelPlotError, PlotFileError, PlotFileFault
from channelplot.geodesy.text import zulu_seconds_text
from channelplot.ui.banner import Banner, Choice, Severity
from channelplot.ui.desk import Desk
from channelplot.ui.files.plot_files import work_on_local_copy
from channelplot.ui.files.publishing_text import (
    is_held_elsewhere,
    kept_apart_text,
    not_published_text,
)
from channelplot.ui.menus.file_menu import FileMenu

TICK_MS: Final = 1000
LOCAL_COPY_CODE: Final = "local_copy"
PUBLISH_CODE: Final = "publish"
TAKE_OVER_CODE: Final = "take_over_published"
PUBLISH_TOPIC: Final = "publishing"
APART_TOPIC: Final = "kept_apart"


class Publishing(QObject):
    """Lets the open plot publish itself when it is time, and tells in the banner how that goes.

    Its button ``LOCAL_COPY_CODE`` opens a local copy of the plot that is open to read only.
    """

    def __init__(self, window: QObject, desk: Desk, banner: Banner, files: FileMenu) -> None:
        """Begin with the open plot."""
        super().__init__(window)
        self._desk = desk
        self._banner = banner
        self._files = files
        self._has_failed = False
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        banner.action_wanted.connect(self._act_on)
        desk.session.document_changed.connect(self._document_changed)
        self._document_changed(desk.session.document)

    def stop(self) -> None:
        """Publish nothing any more by itself: the window closes, and the plot publishes then."""
        self._timer.stop()

    def work_on_local_copy(self) -> bool:
        """Open a local copy of the plot that is open; False if that did not go."""
        path = self._desk.session.document.path
        try:
            document = self._files.opened_beside(path, work_on_local_copy)
        except ChannelPlotError as error:
            if isinstance(error, PlotFileError) and error.fault is PlotFileFault.LOCKED:
                # Opened again, it says who has it, and what can be done.
                return self._files.open_in_place(path)
            self._files.tell_not_opened(error)
            return False
        if document is None:
            return False
        self._files.show(document)
        return True

    def _tick(self) -> None:
        publisher = self._desk.session.document.publisher
        if publisher is not None:
            publisher.tick()

    def _document_changed(self, document: Document) -> None:
        self._has_failed = False
        publisher = document.publisher
        if publisher is None:
            return
        publisher.state_changed.connect(lambda state: self._state_changed(publisher, state))
        state = publisher.state
        text = self.tr(
            "You work on a local copy of {path}. It is published there within a minute of "
            "each act, and when you leave it."
        ).format(path=state.published_path)
        self._banner.show_message(text, Severity.INFO)
        self._tell_kept_apart(state)

    def _state_changed(self, publisher: Publisher, state: PublishState) -> None:
        if publisher is not self._desk.session.document.publisher:
            if state.failure is not None:  # of a plot that was just left
                text = not_published_text(state, is_left=True)
                self._banner.show_message(text, Severity.WARNING)
            return
        self._tell_kept_apart(state)
        if state.failure is not None:
            self._has_failed = True
            self._tell_failure(state)
        elif self._has_failed and state.last is not None:
            self._has_failed = False
            self._banner.drop(PUBLISH_TOPIC)
            text = self.tr("{name} is published again: {time}.").format(
                name=state.published_path.name, time=zulu_seconds_text(state.last.at_utc)
            )
            self._banner.show_message(text, Severity.INFO)

    def _tell_failure(self, state: PublishState) -> None:
        again = Choice(PUBLISH_CODE, self.tr("Try now"))
        take_over = Choice(TAKE_OVER_CODE, self.tr("Nobody has it: publish"))
        self._banner.show_message(
            not_published_text(state),
            Severity.WARNING,
            action=again.code,
            action_text=again.text,
            also=take_over if is_held_elsewhere(state) else None,
            topic=PUBLISH_TOPIC,
        )

    def _tell_kept_apart(self, state: PublishState) -> None:
        if state.kept_apart is not None:
            self._banner.show_message(kept_apart_text(state), Severity.WARNING, topic=APART_TOPIC)

    def _act_on(self, code: str) -> None:
        publisher = self._desk.session.document.publisher
        if code == LOCAL_COPY_CODE:
            self.work_on_local_copy()
        elif code in (PUBLISH_CODE, TAKE_OVER_CODE) and publisher is not None:
            publisher.publish(take_over=code == TAKE_OVER_CODE)
