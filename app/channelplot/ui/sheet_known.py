"""The plot as it was known at a time, kept while sheets of that time are made."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from channelplot.errors import NoPlotThen, SheetStateFault
from channelplot.model.plot import Plot
from channelplot.snapshot.record import PlotState
from channelplot.store.as_known import known_at
from channelplot.store.closed_file import loaded_from
from channelplot.store.log import LoggedAct
from channelplot.store.log_hashes import read_hash

_Key: TypeAlias = tuple[Path, int, datetime]


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A plot as it was known. acts: those of the log up to then, the last one in ``state``."""

    plot: Plot
    state: PlotState
    acts: tuple[LoggedAct, ...]


class KnownPlots:
    """Reads what was known, and keeps what was asked for last. Any thread.

    A log only grows, so up to one act the answer for a time stays the same.
    """

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._last: tuple[_Key, Known] | None = None

    def at(self, path: Path, seq: int | None, at_utc: datetime) -> Known:
        """Return the plot of a file as it was known at a time.

        seq: the last act that is in the file, None where nobody knows it: then it is read anew.
        Raises PlotFileError; NoPlotThen as ``known_at``.
        """
        key, last = None if seq is None else (path, seq, at_utc), self._last
        if last is not None and last[0] == key:
            return last[1]
        found = _read(path, at_utc)
        self._last = None if key is None else (key, found)
        return found

    def forget(self) -> None:
        """Keep nothing: the next is of another plot, or of now."""
        self._last = None


def _read(path: Path, at_utc: datetime) -> Known:
    loaded = loaded_from(path)
    known = known_at(loaded, at_utc)
    act = known.act
    if act is None:
        raise NoPlotThen(SheetStateFault.BEFORE_LOG)
    acts = loaded.acts[: act.seq - loaded.acts[0].seq + 1]
    return Known(known.plot, PlotState(act.seq, read_hash(path, act.seq) or ""), acts)
