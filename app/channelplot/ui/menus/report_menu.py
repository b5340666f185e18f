"""Amending and withdrawing what is selected, and restoring what was withdrawn."""

from collections.abc import Sequence
from concurrent.futures import Future
from functools import partial

from PySide6.QtCore import QObject

from channelplot.commands.restore import restore_several
from channelplot.errors import CommandRefused, PlotFileError
from channelplot.store.withdrawn import Withdrawable, Withdrawn
from channelplot.tools.withdraw_draft import Leaving
from channelplot.ui.banner import Banner, Severity
from channelplot.ui.desk import Desk
from channelplot.ui.entry_strip import EntryStrip, Task
from channelplot.ui.log.withdraw_text import Things, leaving_text
from channelplot.ui.menus.actions import Actions
from channelplot.ui.panels.panels import Panels
from channelplot.ui.words.messages import error_text

_LIST = "withdrawn"


class ReportMenu(QObject):
    """Begins the forms from their keys, says what was done, and reads the list of the withdrawn."""

    def __init__(
        self,
        window: QObject,
        desk: Desk,
        actions: Actions,
        banner: Banner,
        panels: Panels,
        entry: EntryStrip,
    ) -> None:
        """Connect the actions and the panel, and keep what is offered up to date."""
        super().__init__(window)
        self._desk = desk
        self._session = desk.session
        self._actions = actions
        self._banner = banner
        self._panels = panels
        for task in (Task.AMEND_REPORT, Task.WITHDRAW):
            actions.connect_to(task.value, partial(entry.begin, task))
        actions.connect_to(_LIST, lambda: panels.go_to(_LIST))
        desk.withdraw_draft.done.connect(self._tell_withdrawn)
        panels.withdrawn.wanted.connect(self._read)
        panels.withdrawn.restore_wanted.connect(self._restore)
        panels.withdrawn.left.connect(self._leave)
        desk.session.plot_changed.connect(lambda _: self.show_state())
        desk.session.document_changed.connect(lambda _: self.show_state())
        desk.session.selection.changed.connect(lambda _: self.show_state())
        self.show_state()

    def show_state(self) -> None:
        """Offer what the selection allows, and say of the rest what it needs."""
        document, selection = self._session.document, self._session.selection
        needs_one = self.tr("Select one report first.")
        needs_any = self.tr("Select a report, track, beach or mark first.")
        for task, is_possible, reason in (
            (Task.AMEND_REPORT, selection.only_report(document.plot) is not None, needs_one),
            (Task.WITHDRAW, bool(selection.uids), needs_any),
        ):
            if document.is_read_only:
                reason = self.tr("This plot is open for reading only.")
                is_possible = False
            self._actions.set_available(task.value, "" if is_possible else reason)

    def _tell_withdrawn(self, leaving: Leaving) -> None:
        things = leaving_text(leaving, self._session.document.plot)
        self._banner.show_message(
            self.tr("Withdrawn: {things}. Ctrl+Z takes that back.").format(things=things),
            Severity.INFO,
        )

    def _read(self) -> None:
        """Read what was withdrawn off the GUI thread: the whole file is looked through."""
        document = self._session.document

        def show(read: Future[tuple[Withdrawn, ...]]) -> None:
            error = read.exception()
            if self._session.document is not document:
                return
            if error is None:
                self._panels.withdrawn.show_withdrawn(read.result())
            elif isinstance(error, PlotFileError):
                self._banner.show_message(error_text(error), Severity.WARNING)
            else:
                raise error

        self._desk.background.run(document.withdrawn, show)

    def _restore(self, entities: Sequence[Withdrawable]) -> None:
        """Put withdrawn things back with one act, select them and say so."""
        try:
            self._session.document.apply(restore_several(entities))
        except CommandRefused as refusal:
            self._banner.show_message(error_text(refusal), Severity.WARNING)
            return
        self._session.selection.set(frozenset(entity.uid for entity in entities))
        things = Things(self._session.document.plot)
        thing = "; ".join(map(things.text, entities))
        self._banner.show_message(
            self.tr("Back in the plot: {thing}. Ctrl+Z takes that back.").format(thing=thing),
            Severity.INFO,
        )

    def _leave(self) -> None:
        """Put the list away and give the keys to the reports."""
        self._panels.hide(_LIST)
        self._panels.go_to("reports")
