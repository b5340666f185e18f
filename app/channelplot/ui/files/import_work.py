"""Files that are to come in, one after the other: what is known of the first, and what was said."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Signal

from channelplot.errors import ChannelPlotError, CommandRefused
from channelplot.exchange.incoming.found import DateOrder, Encoding, ReadOptions, SaidOfLayout, Zone
from channelplot.exchange.incoming.plan import ImportChoices, ImportPlan
from channelplot.model.codes import Craft
from channelplot.model.plot import Plot
from channelplot.tools.file_import import (
    Destination,
    Looked,
    Ready,
    chosen_otherwise,
    looked_into,
    made_ready,
)
from channelplot.ui.desk import Desk
from channelplot.ui.inside.latest_job import LatestJob
from channelplot.ui.log.conflict_text import not_taken_text
from channelplot.ui.words.messages import error_text


class ImportWork(QObject):
    """Reads, plans and brings in, all of it beside the window; nothing comes in before ``accept``.

    Signals: changed(), when there is something else to show; failed(str), why what was asked for
    was not done; imported(ImportSummary), when a file is in the plot; ended(), after the last one.
    """

    changed = Signal()
    failed = Signal(str)
    imported = Signal(object)
    ended = Signal()

    def __init__(
        self, parent: QObject, desk: Desk, job: LatestJob, make_ready: Callable[[Plot], object]
    ) -> None:
        """Start without a file. make_ready: has a plot ready to be shown; on the job's thread."""
        super().__init__(parent)
        self._desk = desk
        self._job = job
        self._make_ready = make_ready
        self._waiting: list[Path] = []
        self._options = ReadOptions(now_utc=desk.session.clock())
        self._choices = ImportChoices()
        self._has_said_columns = False
        self.number = 0
        self.looked: Looked | None = None
        self.is_bringing_in = False

    @property
    def path(self) -> Path | None:
        """Return the file that is looked at, None for none."""
        return self._waiting[0] if self._waiting else None

    @property
    def count(self) -> int:
        """Return how many files there are, those that are done too."""
        return self.number - 1 + len(self._waiting) if self._waiting else self.number

    @property
    def plan(self) -> ImportPlan | None:
        """Return what would come in, None while that is not known."""
        return None if self.looked is None else self.looked.plan

    @property
    def is_working(self) -> bool:
        """Return whether something is read or worked out at the moment."""
        return self._job.is_running

    @property
    def can_accept(self) -> bool:
        """Return whether something of the file can come in now."""
        plan = self.plan
        if plan is None or self.is_working:
            return False
        return not plan.summary.is_nothing_new or bool(plan.conflicts)

    def read(self, paths: Sequence[Path]) -> None:
        """Read files after those that wait."""
        is_idle = not self._waiting
        self._waiting += [path for path in paths if path not in self._waiting]
        if is_idle and self._waiting:
            self._begin()
        else:
            self.changed.emit()

    def drop(self) -> None:
        """Give up all of it."""
        self._job.drop()
        self._waiting.clear()
        self.looked = None

    def next(self) -> None:
        """Go on to the next file; after the last one there is nothing left to do."""
        self._waiting.pop(0)
        if self._waiting:
            self._begin()
        else:
            self.ended.emit()

    # What is said of the file

    def say_times(self, zone: Zone | None, date_order: DateOrder | None) -> None:
        """Read the file again by a clock and an order of dates."""
        self._options = replace(self._options, zone=zone, date_order=date_order)
        self._read()

    def say_encoding(self, encoding: Encoding) -> None:
        """Read the table again in an encoding."""
        self._options = replace(self._options, encoding=encoding)
        self._read()

    def say_columns(self, columns: Mapping[str, str]) -> None:
        """Read the table again with the columns that hold its fields, "" for those not read."""
        self._options = replace(self._options, columns=dict(columns))
        self._has_said_columns = True
        self._read()

    def say_craft(self, craft: Craft | None, *, with_places: bool) -> None:
        """Set what new tracks are of, where the file does not say, and whether places come in."""
        self._choose(replace(self._choices, craft=craft, with_places=with_places))

    def take(self, uid: str, *, is_taken: bool) -> None:
        """Take an item, or leave it."""
        self._choose(replace(self._choices, taken={**self._choices.taken, uid: is_taken}))

    def take_versions(self, uids: Sequence[str], *, is_taken: bool) -> None:
        """Take the file's version of things that the plot has otherwise, or the plot's."""
        versions = {**self._choices.versions, **dict.fromkeys(uids, is_taken)}
        self._choose(replace(self._choices, versions=versions))

    def _choose(self, choices: ImportChoices) -> None:
        """Let something else come in; where the file is being read, once it is."""
        self._choices = choices
        self._apply_choices()

    def _apply_choices(self) -> None:
        looked, choices = self.looked, self._choices
        if looked is not None and looked.plan is not None and looked.plan.choices != choices:
            self._run(lambda _stop, _progress: chosen_otherwise(looked, choices), self._was_read)

    # Reading

    def _begin(self) -> None:
        """Begin with the first file that waits; nothing is known of it yet."""
        self.number += 1
        self.looked = None
        self._options = ReadOptions(now_utc=self._desk.session.clock())
        self._choices = replace(self._choices, taken={}, versions={})
        self._has_said_columns = False
        self._read()

    def _read(self) -> None:
        """Read the file by what is said of it now."""
        if self.looked is not None:
            self.looked = replace(
                self.looked, options=self._options, plan=None, shapes=(), error=None
            )
        look = partial(
            self._look, self._waiting[0], self._options, self._destination(), self._choices
        )
        self._run(look, self._was_read)
        self.changed.emit()

    def _look(
        self,
        path: Path,
        options: ReadOptions,
        destination: Destination,
        choices: ImportChoices,
        stop: Event,
        progress: Callable[[float], None],
    ) -> Looked:
        """Look into a file, on the thread that reads."""
        remembered = _nothing if self._has_said_columns else self._desk.state.import_layout
        options = replace(options, stop=stop)
        return looked_into(path, options, destination, choices, remembered, progress)

    def _was_read(self, ended: Future[Looked]) -> None:
        if self._has_failed(ended):
            return
        looked = ended.result()
        if looked.look is None and self.looked is not None:
            looked = replace(looked, look=self.looked.look)
        self.looked = looked
        self._options = looked.options
        self._apply_choices()
        self.changed.emit()

    def _run(
        self,
        work: Callable[[Event, Callable[[float], None]], Looked],
        done: Callable[[Future[Looked]], None],
    ) -> None:
        self.is_bringing_in = False
        self._job.run(work, done)

    def _destination(self) -> Destination:
        document = self._desk.session.document
        return Destination(
            plot=document.plot,
            plot_path=document.path,
            operator=document.operator,
            withdrawn=document.withdrawn,
        )

    # Bringing it in

    def accept(self) -> None:
        """Work the act out for the plot as it is now, and then do it."""
        looked = self.looked
        if looked is None or not self.can_accept:
            return
        destination, at_utc = self._destination(), self._desk.session.clock()
        self.is_bringing_in = True

        def make(_stop: Event, _progress: Callable[[float], None]) -> Ready:
            ready = made_ready(looked, destination, not_taken_text, at_utc)
            if ready.after is not None:
                self._make_ready(ready.after)
            return ready

        self._job.run(make, self._was_made_ready)
        self.changed.emit()

    def _was_made_ready(self, ended: Future[Ready]) -> None:
        self.is_bringing_in = False
        document = self._desk.session.document
        if self._has_failed(ended):
            return
        ready = ended.result()
        self.looked = looked = ready.looked
        if ready.command is None:
            self.failed.emit(self.tr("The plot has changed, and so has what comes in. Look again."))
            return
        if document.plot is not ready.plan.plot:
            self.accept()
            return
        try:
            document.apply(ready.command)
        except CommandRefused as refusal:
            self.failed.emit(error_text(refusal))
            return
        self._remember(looked)
        self.imported.emit(ready.plan.summary)
        self.next()

    def _remember(self, looked: Looked) -> None:
        """Remember for such tables what was said of this one, or proposed and accepted."""
        look, options, state = looked.look, looked.options, self._desk.state
        if look is None or not look.titles or not (self._has_said_columns or look.letters):
            return
        before = state.import_layout(look.layout_key).encoding
        encoding = options.encoding if look.letters else before
        with contextlib.suppress(OSError):  # it can be said again
            state.remember_import_layout(
                look.layout_key, SaidOfLayout(columns=options.columns, encoding=encoding)
            )

    def _has_failed(self, ended: Future[Looked] | Future[Ready]) -> bool:
        """Return whether a job failed, and say why; what is wrong with us rises from here."""
        error = ended.exception()
        if isinstance(error, ChannelPlotError):
            self.failed.emit(error_text(error))
        elif error is not None:
            self.changed.emit()
            raise error
        return error is not None


def _nothing(_layout_key: str) -> SaidOfLayout:
    """Return no columns: somebody has said others."""
    return SaidOfLayout()
