"""The watch log at the desk: to its panel, writing in it, amending it, and who has the watch."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from channelplot.ui.banner import Banner, Severity
from channelplot.ui.desk import Desk
from channelplot.ui.entry_strip import EntryStrip, Task
from channelplot.ui.menus.actions import Actions
from channelplot.ui.menus.log_export import LogExport
from channelplot.ui.panels.panels import Panels
from channelplot.ui.plot_line import PlotLine
from channelplot.ui.status_bar import StatusBar

LOG_WORD = "log "
"""What a line of the plot line begins with that is for the watch log (``reading/log_line.py``)."""


class LogMenu(QObject):
    """Does what the actions of the watch log, its panel and the change of watch ask for."""

    def __init__(
        self,
        window: QWidget,
        desk: Desk,
        actions: Actions,
        banner: Banner,
        panels: Panels,
        entry: EntryStrip,
        line: PlotLine,
        status: StatusBar,
    ) -> None:
        """Connect the actions, the panel and the status bar."""
        super().__init__(window)
        self._desk = desk
        self._banner = banner
        self._entry = entry
        self._line = line
        panel = panels.watch_log
        self.export = LogExport(window, desk, actions, banner, panel)
        panel.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        panel.table.addActions([actions["log_line"], actions["export_log"]])
        actions.connect_to("watch_log", lambda: panels.go_to("watch_log"))
        actions.connect_to("log_line", self.begin_line)
        actions.connect_to("change_watch", self.change_watch)
        panel.amend_line_wanted.connect(lambda uid: self._change_line(uid, is_withdrawing=False))
        panel.withdraw_line_wanted.connect(lambda uid: self._change_line(uid, is_withdrawing=True))
        panel.told.connect(lambda text: banner.show_message(text, Severity.INFO))
        status.watch.clicked.connect(lambda _: self.change_watch())
        desk.watch.not_kept.connect(self._tell_not_kept)

    def begin_line(self) -> None:
        """Put the caret into the plot line, with a line of the watch log begun in it.

        What stands there already is not lost: it is to be entered or cleared first.
        """
        edit = self._line.edit
        text = edit.text()
        self._line.take_caret()
        if not text.strip():
            edit.setText(LOG_WORD)
        elif not text.casefold().startswith(LOG_WORD):
            self._banner.show_message(
                self.tr(
                    "There is a line half typed already. Enter it, or clear it with Esc (Up brings "
                    "it back); then write in the log."
                ),
                Severity.INFO,
            )

    def change_watch(self) -> None:
        """Ask who has the watch from now on."""
        self._entry.begin(Task.CHANGE_WATCH)

    def offer_watch(self) -> None:
        """Show that question if nobody has the watch; the caret stays where it is."""
        if self._desk.watch.current is None:
            self._entry.offer(Task.CHANGE_WATCH)

    def _change_line(self, line_uid: str, *, is_withdrawing: bool) -> None:
        self._desk.log_line_draft.take(line_uid, is_withdrawing=is_withdrawing)
        self._entry.begin(Task.AMEND_LOG_LINE)

    def _tell_not_kept(self, error: OSError) -> None:
        text = self.tr("The name counts, but could not be kept for next time ({reason}).")
        # As a warning it would be gone with the act that the change of watch is.
        self._banner.show_message(text.format(reason=error.strerror), Severity.INFO)
