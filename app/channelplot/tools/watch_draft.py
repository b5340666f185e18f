"""The change of watch that somebody is entering: who has it from now on."""

from collections.abc import Callable
from dataclasses import dataclass, field

from channelplot.commands.log_lines import add_log_line
from channelplot.document.notice import Notice
from channelplot.document.session import Session
from channelplot.document.watch import WatchKeeper
from channelplot.model.ids import new_uid
from channelplot.model.log_line import LogLine
from channelplot.settings import Watch
from channelplot.tools.questions import QuestionCode

Words = Callable[[str, Watch | None], str]


@dataclass
class WatchDraft:
    """Who takes the watch.

    words: returns what the watch log gets to hold, from the name and the watch before. Announces
    changed.
    """

    session: Session
    keeper: WatchKeeper
    words: Words
    name: str = ""
    changed: Notice[None] = field(default_factory=Notice[None])

    def __post_init__(self) -> None:
        """Announce it when somebody has the watch."""
        self.keeper.changed.connect(lambda _: self.changed.announce(None))

    @property
    def tidy_name(self) -> str:
        """Return the name without blanks around it, those within single."""
        return " ".join(self.name.split())

    @property
    def is_empty(self) -> bool:
        """Return whether nothing has been typed."""
        return not self.name

    def begin(self) -> bool:
        """Start with no name: whoever has the watch now is not who takes it."""
        self.clear()
        return True

    def edit(self, name: str) -> None:
        """Set the name as typed and announce it."""
        self.name = name
        self.changed.announce(None)

    def clear(self) -> None:
        """Start over."""
        self.edit("")

    def commit(self, answered: frozenset[QuestionCode] = frozenset()) -> bool:
        """Let the name have the watch and write it into the plot's watch log.

        False without a name. A plot that is open for reading only gets no line. answered: of no
        use here, there are no questions. Raises CommandRefused.
        """
        name, before = self.tidy_name, self.keeper.last
        if not name:
            return False
        self.keeper.take(name)
        document = self.session.document
        if not document.is_read_only:
            line = LogLine(
                uid=new_uid(),
                at_utc=self.session.clock(),
                text=self.words(name, before),
                operator=name,
            )
            document.apply(add_log_line(line))
        self.clear()
        return True
