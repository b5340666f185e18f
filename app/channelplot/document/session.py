"""What is open at this desk: the document, the selection and the clock."""

from collections.abc import Callable
from datetime import datetime

from channelplot.document.document import Document, PlotChanged, SaveState
from channelplot.document.notice import Notice
from channelplot.document.selection import Selection
from channelplot.model.change import Change
from channelplot.store.log import LoggedAct


class Session:
    """Holds the open document; another plot takes its place, the session stays.

    Panels, tools and the window listen here, so that none has to follow a document that
    comes and goes. Announces document_changed (another plot is open), plot_changed,
    save_state_changed, act_logged and outside_edited; the selection announces its own changes.
    """

    def __init__(self, document: Document, clock: Callable[[], datetime]) -> None:
        """Start with a document. clock: returns the time in UTC."""
        self.document_changed = Notice[Document]()
        self.plot_changed = Notice[PlotChanged]()
        self.save_state_changed = Notice[SaveState]()
        self.act_logged = Notice[LoggedAct]()
        self.outside_edited = Notice[LoggedAct]()
        self.selection = Selection()
        self.clock = clock
        self._document = document
        self._listen(document)

    @property
    def document(self) -> Document:
        """Return the open document."""
        return self._document

    def show(self, document: Document) -> Document:
        """Put another document in the place of the open one and return that one, not closed."""
        previous = self._document
        previous.plot_changed.disconnect(self._plot_changed)
        previous.save_state_changed.disconnect(self.save_state_changed.announce)
        previous.act_logged.disconnect(self.act_logged.announce)
        previous.outside_edited.disconnect(self.outside_edited.announce)
        self._document = document
        self._listen(document)
        self.selection.set(frozenset())
        self.document_changed.announce(document)
        self.plot_changed.announce(PlotChanged(document.plot, Change()))
        self.save_state_changed.announce(document.save_state)
        return previous

    def _listen(self, document: Document) -> None:
        document.plot_changed.connect(self._plot_changed)
        document.save_state_changed.connect(self.save_state_changed.announce)
        document.act_logged.connect(self.act_logged.announce)
        document.outside_edited.connect(self.outside_edited.announce)

    def _plot_changed(self, fact: PlotChanged) -> None:
        """Pass on the change; what is gone from the plot is selected no more."""
        change = fact.change
        gone = {
            pair.uid
            for pairs in (
                change.tracks,
                change.reports,
                change.beaches,
                change.marks,
                change.limits,
                change.searches,
            )
            for pair in pairs
            if pair.after is None
        }
        gone |= {uid for uid in self.selection.uids if change.has_lost_report(uid)}
        self.plot_changed.announce(fact)
        self.selection.set(self.selection.uids - gone, is_chosen=self.selection.is_chosen)
