"""Where a document is kept, and what it tells of that and of itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from channelplot.document.history import History
from channelplot.model.change import Change
from channelplot.model.plot import Plot
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import ReadOnlyReason, Recovered
from channelplot.store.lock import LockHolder
from channelplot.store.log import LoggedAct, SavedMark
from channelplot.store.outside import Look
from channelplot.store.withdrawn import Withdrawn


class Store(Protocol):
    """Where acts are kept: what the document needs of a plot file."""

    @property
    def path(self) -> Path:
        """The file."""

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be saved there."""

    @property
    def read_only_reason(self) -> ReadOnlyReason | None:
        """Why nothing can be saved there; None while it can."""

    @property
    def locked_by(self) -> LockHolder | None:
        """Who has it open for writing, where that is why."""

    @property
    def recovered(self) -> Recovered | None:
        """What was found of a writer that did not close it; None where the last one did."""

    @property
    def logged_before(self) -> LoggedAct | None:
        """The act that the last save put into the log before its own: another program's."""

    @property
    def logged_parts(self) -> tuple[LoggedAct, ...]:
        """What the log tells of the act that was saved last before the row that was returned."""

    def save(self, change: Change, act: ActRecord) -> LoggedAct:
        """Save the change and its log row as one; raise PlotFileError if that failed."""

    def look(
        self,
        known: Plot,
        at_utc: datetime,
        *,
        is_again: bool = False,
        give_way: Callable[[], bool] = lambda: False,
    ) -> Look:
        """Look for what others changed, as ``PlotFile.look`` has it; raise PlotFileError."""

    def withdrawn(self) -> tuple[Withdrawn, ...]:
        """Read what was withdrawn, the latest first; raise PlotFileError if that failed."""

    def copy_to(self, path: Path, extra: Sequence[tuple[Change, ActRecord]] = ()) -> None:
        """Write a copy, with acts that are not saved yet."""

    def back_up(self, give_way: Callable[[], bool]) -> Path | None:
        """Draft a backup; None where it gave way; raise PlotFileError if that failed."""

    def close(self) -> None:
        """Let go of the file."""


@dataclass(frozen=True, slots=True)
class State:
    """A plot and the history that led to it."""

    plot: Plot
    history: History


@dataclass(frozen=True, slots=True)
class Act:
    """An edit on its way to the disk: what it changes and what holds after it."""

    change: Change
    record: ActRecord
    after: State


@dataclass(frozen=True, slots=True)
class PlotChanged:
    """The plot that is shown has changed."""

    plot: Plot
    change: Change


@dataclass(frozen=True, slots=True)
class SaveState:
    """How things stand with the disk.

    pending: acts not on disk yet. mark: the last one that is. failure: why the first
    pending act could not be saved at the last try; None once it has been. trouble: what the last
    look at the file found wrong with it, although nothing may be pending; None once one did not.
    """

    pending: int
    mark: SavedMark | None
    failure: BaseException | None
    trouble: BaseException | None = None
