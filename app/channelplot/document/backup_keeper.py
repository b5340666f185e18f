"""When backups of the open plot are made: soon after opening, while it changes, at the end."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final, TypeVar

from channelplot.document.document import Document
from channelplot.document.notice import Notice
from channelplot.document.runner import Runner
from channelplot.document.session import Session
from channelplot.errors import PlotFileError
from channelplot.store.backing_up import FinishedBackup, finish_backup
from channelplot.store.backups import Backup, BackupContents, backups_of, contents_of

INTERVAL_S: Final = 900.0
"""Between two backups of a plot that changes."""
RETRY_S: Final = 60.0
"""After a backup that could not be made."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class BackupState:
    """How things stand with the backups of the open plot.

    last: the newest that is known of; None before there is one. failure: why none could be made
    at the last try; second_failure: why the second folder has none of the last; None once it went.
    """

    last: Backup | None = None
    failure: PlotFileError | None = None
    second_failure: PlotFileError | None = None


class BackupKeeper:
    """Sees to the backups of whatever plot is open; a plot that is only read needs none.

    Announces changed. Call ``tick`` every few seconds, the first time a few seconds after a plot
    was opened. An act goes first: nothing is begun while one waits, and what was begun gives way
    and is tried again at the next tick. Everything here runs on the owner's thread.
    """

    def __init__(
        self,
        session: Session,
        second_folder: Callable[[], Path | None],
        run: Runner,
        monotonic_s: Callable[[], float],
    ) -> None:
        """Begin with the open plot. second_folder: asked each time; run: for what takes long.

        monotonic_s: a clock in seconds that nobody sets.
        """
        self.changed = Notice[BackupState]()
        self._session = session
        self._second_folder = second_folder
        self._run = run
        self._monotonic_s = monotonic_s
        self._kept = self._keep(session.document)
        session.document_changed.connect(self._document_changed)

    @property
    def state(self) -> BackupState:
        """Return how things stand with the backups of the open plot."""
        return self._kept.state

    def tick(self) -> None:
        """Make a backup if it is time for one and nothing is in the way."""
        kept, document = self._kept, self._kept.document
        if kept.is_busy or kept.is_closing or document.save_state.pending:
            return
        if document.is_read_only or self._monotonic_s() < kept.next_s:
            return
        if not kept.has_looked:
            self._look_for_last(kept)
        elif kept.acts_backed_up < len(document.acts):
            self._back_up(kept)

    def _keep(self, document: Document) -> "_Kept":
        kept = _Kept(document, len(document.acts), self._monotonic_s())
        document.closing.connect(lambda _: self._closing(kept))
        return kept

    def _document_changed(self, document: Document) -> None:
        self._kept = self._keep(document)
        self.changed.announce(self.state)

    def _closing(self, kept: "_Kept") -> None:
        """Make the last backup of a plot, if anything happened since the one before."""
        kept.is_closing = True
        known = kept.acts_backed_up if kept.has_looked else kept.acts_at_start
        if not kept.document.is_read_only and known < len(kept.document.acts):
            self._back_up(kept, gives_way=False)

    def _look_for_last(self, kept: "_Kept") -> None:
        """Find out whether the newest backup holds all that the plot does."""
        kept.is_busy = True
        path = kept.document.path
        self._run(lambda: _newest(path), lambda found: self._found_last(kept, found))

    def _found_last(
        self, kept: "_Kept", found: Future[tuple[Backup, BackupContents] | None]
    ) -> None:
        kept.is_busy = False
        newest, acts = found.result(), kept.document.acts
        kept.has_looked = True
        if newest is None:
            return
        backup, contents = newest
        self._tell(kept, replace(kept.state, last=backup))
        rows = contents.log_rows
        last = acts[rows - 1] if 0 < rows <= len(acts) else None
        if contents.is_sound and last is not None and contents.last_act == last:
            kept.acts_backed_up = rows

    def _back_up(self, kept: "_Kept", *, gives_way: bool = True) -> None:
        kept.is_busy = True
        acts, made_at_utc = len(kept.document.acts), self._session.clock()
        kept.document.back_up(
            lambda draft: self._drafted(kept, acts, made_at_utc, draft), gives_way=gives_way
        )

    def _drafted(
        self, kept: "_Kept", acts: int, made_at_utc: datetime, drafted: Future[Path | None]
    ) -> None:
        draft = self._outcome(kept, drafted)
        if draft is None:
            return
        kept.is_busy = True
        path, second = kept.document.path, self._second_folder()
        self._run(
            lambda: finish_backup(draft, path, made_at_utc, second),
            lambda finished: self._finished(kept, acts, finished),
        )

    def _finished(self, kept: "_Kept", acts: int, ended: Future[FinishedBackup]) -> None:
        finished = self._outcome(kept, ended)
        if finished is None:
            return
        kept.acts_backed_up = acts
        kept.next_s = self._monotonic_s() + INTERVAL_S
        state = BackupState(finished.backup, second_failure=finished.second_failure)
        self._tell(kept, state)

    def _outcome(self, kept: "_Kept", ended: Future[T]) -> T | None:
        """Return what came of a part of a backup, None if it failed; an error of ours rises."""
        kept.is_busy = False
        failure = ended.exception()
        if not isinstance(failure, PlotFileError):
            return ended.result()
        kept.next_s = self._monotonic_s() + RETRY_S
        self._tell(kept, replace(kept.state, failure=failure))
        return None

    def _tell(self, kept: "_Kept", state: BackupState) -> None:
        kept.state = state
        if kept is self._kept:
            self.changed.announce(state)


@dataclass(slots=True)
class _Kept:
    """One document and what is known of its backups.

    has_looked: for the newest backup that was there. acts_backed_up: how many acts the newest
    holds; less than 0 where none is known of this plot.
    """

    document: Document
    acts_at_start: int
    next_s: float
    has_looked: bool = False
    acts_backed_up: int = -1
    is_busy: bool = False
    is_closing: bool = False
    state: BackupState = BackupState()


def _newest(plot_path: Path) -> tuple[Backup, BackupContents] | None:
    for backup in backups_of(plot_path):
        return backup, contents_of(backup)
    return None
