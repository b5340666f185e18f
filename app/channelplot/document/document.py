"""The open plot: apply, undo, redo; save first, then accept."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from channelplot.analysis.naming import next_name
from channelplot.commands.command import Command
from channelplot.document.following import Follower, Found
from channelplot.document.further import FurtherReader
from channelplot.document.history import History, Step
from channelplot.document.kept import Act, State, Store
from channelplot.document.kept import PlotChanged as PlotChanged
from channelplot.document.kept import SaveState as SaveState
from channelplot.document.notice import Notice
from channelplot.document.publisher import Publisher
from channelplot.document.writer import Writer
from channelplot.errors import CommandRefused, PlotFileError, RefusalReason
from channelplot.model.change import difference
from channelplot.model.plot import Plot
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import ReadOnlyReason, Recovered
from channelplot.store.lock import LockHolder
from channelplot.store.log import LoggedAct, SavedMark
from channelplot.store.outside import OUTSIDE_EDIT
from channelplot.store.rescue import OF_THE_SOURCE, write_rescue
from channelplot.store.tables import BY_PROGRAM
from channelplot.store.withdrawn import Withdrawn

_VERY_MANY: Final = 5_000
"""An act of so many reports takes seconds to save: the window, which would have to share the
interpreter with that, catches up first."""


class Document:
    """The open plot, its history and its file.

    Invariants: ``saved_plot`` is what is on disk; ``plot`` is what is shown, with the
    acts still on their way; acts reach the disk in the order they were made, and the
    history holds an act only once it is saved. Everything here runs on one thread but
    the writing itself. Announces plot_changed, save_state_changed, act_logged once an
    act is in the log, outside_edited when that was another program's, and closing while a
    backup can still be made.
    """

    def __init__(
        self,
        store: Store,
        plot: Plot,
        *,
        writer: Writer,
        clock: Callable[[], datetime],
        operator: str,
        names_ever: frozenset[str] = frozenset(),
        acts: Iterable[LoggedAct] = (),
        history: History | None = None,
        publisher: Publisher | None = None,
    ) -> None:
        """Take over an opened store and the plot loaded from it.

        names_ever: every track name the file has known, withdrawn ones too. acts: the file's
        log; history: what can be undone and redone already. clock: returns the time in UTC.
        """
        self.plot_changed = Notice[PlotChanged]()
        self.save_state_changed = Notice[SaveState]()
        self.act_logged = Notice[LoggedAct]()
        self.outside_edited = Notice[LoggedAct]()
        self.closing = Notice[None]()
        self.operator = operator
        self._store = store
        self._writer = writer
        self._clock = clock
        self._saved = State(plot, history or History())
        self._acts = list(acts)
        self._unannounced: deque[LoggedAct] = deque()
        self._pending: deque[Act] = deque()
        self._names_ever = set(names_ever) | {track.name for track in plot.tracks.values()}
        self._next_name: str | None = None
        self._last_on_disk: Act | None = None
        self._failure: BaseException | None = None
        self._is_saving = False
        self._is_announcing = False
        self._untold: Act | None = None
        self._is_closed = False
        self._further = FurtherReader(writer, ready=self._take_read)
        self._follower = Follower(
            store,
            writer,
            clock=clock,
            known=lambda: self._saved.plot,
            has_pending=lambda: bool(self._pending),
            adopt=self._adopt,
            tell=lambda: self.save_state_changed.announce(self.save_state),
        )
        self.publisher = publisher
        if publisher is not None:
            for act in self.acts:
                publisher.note(act)
            self.act_logged.connect(publisher.note)

    @property
    def path(self) -> Path:
        """Return the plot file."""
        return self._store.path

    @property
    def known_path(self) -> Path:
        """Return the plot file as people know it: of a local copy, the one it is published in."""
        return self.path if self.publisher is None else self.publisher.state.published_path

    @property
    def is_read_only(self) -> bool:
        """Return whether every edit will be refused."""
        return self._store.is_read_only

    @property
    def read_only_reason(self) -> ReadOnlyReason | None:
        """Return why every edit will be refused, None if none is for that."""
        return self._store.read_only_reason

    @property
    def locked_by(self) -> LockHolder | None:
        """Return who else has the plot open, or may have, where it is read-only for that."""
        return self._store.locked_by

    @property
    def is_free(self) -> bool:
        """Return whether the plot, read-only for another had it, could be opened for plotting."""
        return self._follower.is_free

    @property
    def recovered(self) -> Recovered | None:
        """Return what was found of a writer that did not close the plot, if so."""
        return self._store.recovered

    @property
    def plot(self) -> Plot:
        """Return the plot that is shown: what is saved, and the acts on their way."""
        return self._shown.plot

    @property
    def saved_plot(self) -> Plot:
        """Return the plot that is on disk."""
        return self._saved.plot

    @property
    def history(self) -> History:
        """Return the history as it will be once all pending acts are saved."""
        return self._shown.history

    @property
    def acts(self) -> Sequence[LoggedAct]:
        """Return every act in the file's log, the oldest first; it grows as acts are saved."""
        return self._acts

    @property
    def save_state(self) -> SaveState:
        """Return how things stand with the disk."""
        last = self._acts[-1] if self._acts else None
        mark = None if last is None else SavedMark(last.seq, last.at_utc)
        return SaveState(len(self._pending), mark, self._failure, self._follower.trouble)

    @property
    def pending_acts(self) -> tuple[Act, ...]:
        """Return the acts that are not on disk yet, in the order they were made."""
        return tuple(self._pending)

    @property
    def pending_uids(self) -> frozenset[str]:
        """Return the uids of what is not saved yet, other than tracks and acknowledgements."""
        return frozenset(
            pair.uid
            for act in self._pending
            for pairs in (
                act.change.reports,
                act.change.beaches,
                act.change.marks,
                act.change.log_lines,
                act.change.conditions,
                act.change.approach_watches,
                act.change.predicted_crossings,
                act.change.limits,
                act.change.searches,
                act.change.reference_layers,
            )
            for pair in pairs
        )

    def next_track_name(self) -> str:
        """Return the next free letter; a name is never used twice in a plot."""
        if self._next_name is None:
            self._next_name = next_name(self._names_ever)
        return self._next_name

    def apply(self, command: Command) -> bool:
        """Do what the command says and start saving it.

        What the program does itself is logged under its own name and is no step of the history:
        it stands in every plot there, so that undo and redo leave it. Returns False if the
        command changes nothing. Raises CommandRefused if it is not allowed; nothing has changed
        then.
        """
        shown = self._shown
        self._require_writable()
        after = command.edit(shown.plot)
        name = command.name_in(shown.plot)
        step = Step(command.label, name, command.entity, command.entity_uid, shown.plot)
        if not command.is_by_program:
            history = shown.history.with_act(step)
            return self._start(after, history, command.label, step, command.reason)
        crossings = after.predicted_crossings
        alike = replace(shown.plot, predicted_crossings=crossings)
        assert difference(alike, after).is_empty, "the program logs predicted crossings alone"
        history = shown.history.with_crossings(crossings)
        return self._start(after, history, command.label, step, operator=BY_PROGRAM)

    def undo(self) -> bool:
        """Take back the last act. Returns False if there is none; raises CommandRefused."""
        history = self.history
        if not history.past:
            return False
        self._require_writable()
        step = history.past[-1]
        return self._start(step.plot, history.undone(self.plot), f"undo.{step.label}", step)

    def redo(self) -> bool:
        """Do again what was undone. Returns False if there is none; raises CommandRefused."""
        history = self.history
        if not history.future:
            return False
        self._require_writable()
        step = history.future[-1]
        return self._start(step.plot, history.redone(self.plot), f"redo.{step.label}", step)

    def read_further(self, done: Callable[[bool], None], *, is_back: bool) -> bool:
        """Have acts read that are too long to have been gone through when the plot was opened.

        Those of ``history.further_past``, or else of further_future; on the writer's thread, bit
        by bit, so that acts made meanwhile are saved. done is called here once the history has
        them, with False where the log does not lead on: it ends there then. What was done
        meanwhile stays. Returns False where that is going on already or nothing is further away:
        done is not called then.
        """
        return self._further.read(self.history, done, is_back=is_back)

    def retry(self) -> None:
        """Try again to save what could not be saved."""
        if self._pending and not self._is_saving and not self._is_closed:
            self._save_next()

    def look(self, rest: Callable[[], None] | None = None) -> None:
        """Look for what others did to the file, on the writer's thread; returns at once.

        While acts wait to be saved nothing is looked for: that is done after them. What another
        program changed becomes an act of the log and a step of the history; what another desk
        saved to a plot that is open to read is shown. A file that something is wrong with is
        told of in ``save_state``. rest: called again and again meanwhile, on that thread; lets
        others go first.
        """
        self._follower.look(rest)

    def finish_saving(self) -> None:
        """Wait until every act is saved, or one of them could not be: see ``save_state``."""
        while self._is_saving:
            self._writer.wait()

    def withdrawn(self) -> tuple[Withdrawn, ...]:
        """Return what was withdrawn and can be restored, the latest first, as it is on disk.

        Raises PlotFileError.
        """
        return self._store.withdrawn()

    def save_copy(self, path: Path) -> None:
        """Write a copy of the plot, with the acts that can't be saved.

        Where the file can no longer be read, it is written from what the desk knows of it.
        Waits for the writer. Raises PlotFileError.
        """
        self._writer.wait()
        while self._is_saving or self._follower.is_looking:
            self._writer.wait()
        self._copying(path)()

    def copy(self, path: Path, done: Callable[[Future[None]], None]) -> None:
        """Do what ``save_copy`` does on the writer's thread; call done with its outcome here."""
        self._writer.submit(self._copying(path), done)

    def _copying(self, path: Path) -> Callable[[], None]:
        """Return what writes a copy of all there is now, before the writer's next job or as one."""
        pending, plot, acts = self.pending_acts, self._saved.plot, tuple(self._acts)

        def work() -> None:
            # Some may have reached the disk since: none is to be in the copy twice.
            on_disk = (n for n, act in enumerate(pending, 1) if act is self._last_on_disk)
            missing = pending[next(on_disk, 0) :]
            try:
                self._store.copy_to(path, [(act.change, act.record) for act in missing])
            except PlotFileError as error:
                if error.fault not in OF_THE_SOURCE or not acts:
                    raise
                unsaved = [(act.change, act.record) for act in pending]
                write_rescue(path.absolute(), plot, acts, unsaved)

        return work

    def back_up(
        self, done: Callable[[Future[Path | None]], None], *, gives_way: bool = True
    ) -> None:
        """Draft a backup of what is saved, on the writer's thread; call done with it here, soon.

        gives_way: to acts that wait to be saved; done is called with None then.
        """

        def is_waited_for() -> bool:
            return gives_way and bool(self._pending)

        self._writer.submit(lambda: self._store.back_up(is_waited_for), done)

    def close(self) -> None:
        """Save what is pending and let go of the file; acts that can't be saved are gone."""
        if not self._is_closed:
            self._is_closed = True
            self._follower.close()
            self._further.close()
            try:
                self.finish_saving()
                self.closing.announce(None)
                self._writer.wait()
            finally:
                self._writer.close()
                self._store.close()
                if self.publisher is not None:
                    self.publisher.close()

    @property
    def _shown(self) -> State:
        return self._pending[-1].after if self._pending else self._saved

    def _require_writable(self) -> None:
        assert not self._is_announcing, "an edit from within an announcement"
        if self.is_read_only:
            raise CommandRefused(RefusalReason.READ_ONLY, self.path.name)

    def _start(
        self,
        after: Plot,
        history: History,
        label: str,
        step: Step,
        reason: str = "",
        operator: str | None = None,
    ) -> bool:
        """Show what an act leads to and start saving it. operator: None for whoever is at it."""
        change = difference(self.plot, after)
        if change.is_empty:
            return False
        record = ActRecord(
            label=label,
            entity=step.entity.value,
            entity_uid=step.entity_uid,
            operator=self.operator if operator is None else operator,
            at_utc=self._clock(),
            name=step.name,
            reason=reason,
        )
        names = {pair.after.name for pair in change.tracks if pair.after is not None}
        if not names <= self._names_ever:
            self._names_ever |= names
            self._next_name = None
        act = Act(change, record, State(after, history))
        self._pending.append(act)
        self._untold = act
        is_large = change.report_count >= _VERY_MANY
        if not self._is_saving and not is_large:
            self._save_next()  # the disk first: it works while the window catches up
        if self._untold is act:
            self._tell(act)
        if is_large and not self._is_saving:
            self._save_next()
        return True

    def _save_next(self) -> None:
        act = self._pending[0]
        self._is_saving = True
        self._writer.submit(lambda: self._save(act), lambda future: self._ended(act, future))

    def _save(self, act: Act) -> tuple[Sequence[LoggedAct], LoggedAct | None]:
        """Save an act, on the writer's thread; return it and another program's just before it."""
        logged = self._store.save(act.change, act.record)
        self._last_on_disk = act
        return (*self._store.logged_parts, logged), self._store.logged_before

    def _ended(
        self, act: Act, future: Future[tuple[Sequence[LoggedAct], LoggedAct | None]]
    ) -> None:
        """Accept the act or keep it pending; an error that is ours rises from here."""
        self._is_saving = False
        failure = future.exception()
        if failure is None:
            self._accept(act, *future.result())
            return
        self._failure = failure
        self.save_state_changed.announce(self.save_state)
        if not isinstance(failure, PlotFileError):
            raise failure

    def _accept(self, act: Act, logged: Sequence[LoggedAct], outside: LoggedAct | None) -> None:
        self._failure = None
        popped = self._pending.popleft()
        assert popped is act, "acts reach the disk in the order they were made"
        self._saved = act.after
        self._note_acts(logged if outside is None else [outside, *logged])
        if self._pending:
            self._save_next()
        self._tell(act)
        self._take_read()
        if outside is not None:
            self.look()
        self._follower.go_on()

    def _take_read(self) -> None:
        """Take over what was read of the history, once no acts wait."""
        if self._further.has_read and not self._pending:
            self._saved, tell = self._further.taken(self._saved)
            tell()

    def _adopt(self, found: Found) -> None:
        """Take over what a look found, with the history that the log tells.

        The log has the acts of others in their places between ours: no undo takes back what
        another program changed unless it is that act's.
        """
        loaded = found.loaded
        change = difference(self.plot, loaded.plot)
        known = {act.seq for act in self._acts}
        acts = [act for act in loaded.acts if act.seq not in known]
        if change.is_empty and not acts:
            return
        self._saved = State(loaded.plot, found.history)
        self._names_ever |= loaded.names_ever
        self._next_name = None
        self._note_acts(acts)
        # Another desk's may have come before ours: see PlotFileFault.TAKEN.
        self._acts.sort(key=lambda act: act.seq)
        self._is_announcing = True
        try:
            if not change.is_empty:
                self.plot_changed.announce(PlotChanged(self.plot, change))
            self._tell_how_it_stands()
        finally:
            self._is_announcing = False

    def _note_acts(self, acts: Iterable[LoggedAct]) -> None:
        for act in acts:
            self._acts.append(act)
            self._unannounced.append(act)

    def _tell(self, act: Act) -> None:
        """Announce the plot with an act once, saved or not, and each time how things stand."""
        self._is_announcing = True
        try:
            if self._untold is act:
                self._untold = None
                self.plot_changed.announce(PlotChanged(self.plot, act.change))
            self._tell_how_it_stands()
        finally:
            self._is_announcing = False

    def _tell_how_it_stands(self) -> None:
        self.save_state_changed.announce(self.save_state)
        while self._unannounced:
            act = self._unannounced.popleft()
            self.act_logged.announce(act)
            if act.label == OUTSIDE_EDIT:
                self.outside_edited.announce(act)
