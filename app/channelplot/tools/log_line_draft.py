"""The line of the watch log that somebody is amending or withdrawing."""

from dataclasses import dataclass, field, replace

from channelplot.commands.log_lines import amend_log_line, withdraw_log_line
from channelplot.document.notice import Notice
from channelplot.document.session import Session
from channelplot.model.log_line import LogLine
from channelplot.tools.questions import QuestionCode


@dataclass
class LogLineDraft:
    """A free line, its new words, and why.

    is_withdrawing: the line is to go; its words stay as they are then. Announces changed.
    """

    session: Session
    words: str = ""
    reason: str = ""
    is_withdrawing: bool = False
    changed: Notice[None] = field(default_factory=Notice[None])
    _uid: str = ""

    def __post_init__(self) -> None:
        """Start over in another plot."""
        self.session.document_changed.connect(lambda _: self.clear())

    @property
    def line(self) -> LogLine | None:
        """Return the line as it stands, None if none is meant or it is gone."""
        return self.session.document.plot.log_lines.get(self._uid)

    @property
    def is_empty(self) -> bool:
        """Return whether there is nothing to lose: no reason, and the words as they were."""
        line = self.line
        return line is None or (not self.reason and self.words == line.text)

    @property
    def can_commit(self) -> bool:
        """Return whether Enter would change anything."""
        line = self.line
        if line is None:
            return False
        return self.is_withdrawing or self.words.strip() not in ("", line.text)

    def take(self, line_uid: str, *, is_withdrawing: bool) -> None:
        """Take up a line with the words it has, and announce it."""
        self._uid, self.is_withdrawing, self.reason = line_uid, is_withdrawing, ""
        line = self.line
        self.words = line.text if line is not None else ""
        self.changed.announce(None)

    def begin(self) -> bool:
        """Return whether there is a line to do something with."""
        return self.line is not None and not self.session.document.is_read_only

    def edit(self, *, words: str | None = None, reason: str | None = None) -> None:
        """Set what is given, as typed, and announce it."""
        self.words = self.words if words is None else words
        self.reason = self.reason if reason is None else reason
        self.changed.announce(None)

    def clear(self) -> None:
        """Start over with the words as they are."""
        self.take(self._uid, is_withdrawing=self.is_withdrawing)

    def commit(self, answered: frozenset[QuestionCode] = frozenset()) -> bool:
        """Amend or withdraw the line; False if that can't be or changes nothing.

        answered: of no use here, there are no questions. Raises CommandRefused.
        """
        line = self.line
        if line is None or not self.can_commit:
            return False
        reason = self.reason.strip()
        command = (
            withdraw_log_line(line.uid, reason)
            if self.is_withdrawing
            else amend_log_line(replace(line, text=self.words), reason)
        )
        is_done = self.session.document.apply(command)
        if is_done:
            self.take("", is_withdrawing=False)
        return is_done
