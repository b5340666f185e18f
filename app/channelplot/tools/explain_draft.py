"""Who answers for people that are unaccounted for, and why, before it is an act."""

from dataclasses import dataclass, field, replace

from channelplot.analysis.ledger import Ledger, ledger_of
from channelplot.commands.closing import explain_people
from channelplot.document.notice import Notice
from channelplot.document.session import Session
from channelplot.model.ids import new_uid
from channelplot.model.track import Track
from channelplot.tools.questions import QuestionCode


@dataclass(frozen=True, slots=True)
class ExplainText:
    """What stands in the fields: who answers for the people, and why."""

    explained_by: str = ""
    why: str = ""

    @property
    def is_complete(self) -> bool:
        """Return whether both are said."""
        return bool(self.explained_by.strip() and self.why.strip())


@dataclass(frozen=True, slots=True)
class ExplainReading:
    """How things stand with the boat. track: None if it is gone or nobody is unaccounted for."""

    track: Track | None = None
    ledger: Ledger = field(default_factory=Ledger)


@dataclass
class ExplainDraft:
    """The explanation being given. Announces changed when anything of it does."""

    session: Session
    uid: str = ""
    text: ExplainText = field(default_factory=ExplainText)
    changed: Notice[None] = field(default_factory=Notice[None])

    def __post_init__(self) -> None:
        """Follow the plot."""
        self.session.plot_changed.connect(lambda _: self.changed.announce(None))
        self.session.document_changed.connect(lambda _: self._take(""))

    def begin(self) -> bool:
        """Take up the selected boat; False if nobody of it is unaccounted for."""
        track = self.session.selection.only_track(self.session.document.plot)
        if track is None or not can_explain(track):
            return False
        self._take(track.uid)
        return True

    def edit(self, **values: str) -> None:
        """Set fields of the text by name and announce it."""
        self.text = replace(self.text, **values)
        self.changed.announce(None)

    def clear(self) -> None:
        """Empty the fields."""
        self._take(self.uid)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was typed."""
        return self.text == ExplainText()

    def reading(self) -> ExplainReading:
        """Return how things stand now."""
        track = self.session.document.plot.tracks.get(self.uid)
        if track is None or not can_explain(track):
            return ExplainReading()
        return ExplainReading(track, ledger_of(track))

    def commit(self, answered: frozenset[QuestionCode] = frozenset()) -> bool:
        """Keep the explanation. Returns False, doing nothing, if a part of it is missing.

        Raises CommandRefused.
        """
        del answered  # nothing is asked about an explanation
        if self.reading().track is None or not self.text.is_complete:
            return False
        self.session.document.apply(
            explain_people(
                self.uid,
                change_uid=new_uid(),
                at_utc=self.session.clock(),
                by=self.session.document.operator,
                explained_by=self.text.explained_by,
                reason=self.text.why,
            )
        )
        self._take("")
        return True

    def _take(self, uid: str) -> None:
        self.uid, self.text = uid, ExplainText()
        self.changed.announce(None)


def can_explain(track: Track) -> bool:
    """Return whether people of a craft are unaccounted for whom somebody may answer for."""
    is_boat = track.has_people and track.same_as_uid is None
    return is_boat and not ledger_of(track).is_reconciled
