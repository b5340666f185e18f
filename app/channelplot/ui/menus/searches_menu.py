"""Chartwork > searches: planning one, its panel, handing it over as a route, withdrawing it."""

from functools import partial
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from channelplot.commands.searches import withdraw_search
from channelplot.document.document import PlotChanged
from channelplot.errors import CommandRefused
from channelplot.exchange.gpx_route import route_gpx
from channelplot.ui.banner import Banner, Severity
from channelplot.ui.desk import Desk
from channelplot.ui.entry_strip import EntryStrip, Task
from channelplot.ui.files.file_export import FileExport
from channelplot.ui.files.written_file import write_file
from channelplot.ui.menus.actions import Actions
from channelplot.ui.panels.panels import Panels
from channelplot.ui.plot_line import PlotLine
from channelplot.ui.words.messages import error_text

SHOW_CODE: Final = "show_route"
_SUFFIX: Final = ".gpx"


class SearchesMenu(QObject):
    """Connects the actions and the panel, and brings a search to the front when it is planned."""

    def __init__(
        self,
        window: QMainWindow,
        desk: Desk,
        actions: Actions,
        banner: Banner,
        entry: EntryStrip,
        panels: Panels,
        line: PlotLine,
    ) -> None:
        """Connect everything."""
        super().__init__(window)
        self._session = desk.session
        self._actions = actions
        self._banner = banner
        self._panels = panels
        self._entry = entry
        self._draft = desk.search_draft
        self._files = FileExport(window, desk, banner, SHOW_CODE)
        actions.connect_to("search", partial(entry.begin, Task.SEARCH))
        actions.connect_to("bearings_fix", partial(entry.begin, Task.BEARINGS_FIX))
        actions.connect_to("export_search", self._export_shown)
        panels.searches.anew_wanted.connect(self.plan_anew)
        panels.searches.export_wanted.connect(self.export)
        panels.searches.withdraw_wanted.connect(self.withdraw)
        panels.searches.left.connect(desk.canvas.setFocus)
        for draft in (desk.search_draft, desk.bearings_fix_draft):
            draft.changed.connect(lambda _: line.show_overlay())
        desk.session.plot_changed.connect(self._follow)
        desk.session.document_changed.connect(lambda _: self.show_state())
        self.show_state()

    def show_state(self) -> None:
        """Offer what can be done now, and give the reason for what can't."""
        document = self._session.document
        reason = self.tr("This plot is open for reading only.") if document.is_read_only else ""
        for action_id in ("search", "bearings_fix"):
            self._actions.set_available(action_id, reason)
        reason = "" if document.plot.searches else self.tr("Plan a search first, with Ctrl+E.")
        self._actions.set_available("export_search", reason)

    def plan_anew(self, uid: str) -> None:
        """Open the form with the figures of a search; what was typed there is given up."""
        if self._entry.begin(Task.SEARCH) and self._draft.begin_anew(uid):
            self._entry.begin(Task.SEARCH)  # the caret goes where this search is changed

    def export(self, uid: str) -> None:
        """Ask where to and write a search as a route."""
        search = self._session.document.plot.searches.get(uid)
        if search is None:
            return
        asked = self._files.ask(
            self.tr("Export the search as a route"),
            self.tr("{plot} search {name} {time}").replace("{name}", search.name),
            self.tr("Routes (*.gpx)"),
            (_SUFFIX,),
        )
        if asked is None:
            return
        path = asked[0]

        def write() -> None:
            write_file(route_gpx(search), path)

        said = self.tr("The route of {name} is in {path}.").replace("{name}", search.name)
        self._files.write(path, write, said)

    def withdraw(self, uid: str) -> None:
        """Withdraw a search; it can be restored like everything else."""
        document = self._session.document
        search = document.plot.searches.get(uid)
        if search is None:
            return
        try:
            document.apply(withdraw_search(uid))
        except CommandRefused as refusal:
            self._banner.show_message(error_text(refusal), Severity.WARNING)
            return
        said = self.tr("The search {name} is withdrawn. Ctrl+Z takes that back.")
        self._banner.show_message(said.format(name=search.name), Severity.INFO)

    def _export_shown(self) -> None:
        search = self._panels.searches.search
        if search is not None:
            self.export(search.uid)

    def _follow(self, fact: PlotChanged) -> None:
        if not fact.change.searches:
            return
        self.show_state()
        planned = [pair.after for pair in fact.change.searches if pair.before is None]
        if planned and planned[-1] is not None:
            self._panels.searches.show_search(planned[-1].uid)
            self._panels.bring_forward("searches")
