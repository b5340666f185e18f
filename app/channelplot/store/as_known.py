"""The plot as it was after an act of its log: what a sheet made then showed."""

import bisect
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from channelplot.errors import NoPlotThen, SheetStateFault
from channelplot.model.plot import Plot
from channelplot.store.connection import connect_to_read, transaction
from channelplot.store.faults import faults_of
from channelplot.store.load import LoadedPlot
from channelplot.store.log import LoggedAct, broken_links
from channelplot.store.replay import row_differences
from channelplot.store.rewind import CannotRewind, ChangedNothing, Rewinder
from channelplot.store.upgrade import up_to_date
from channelplot.store.whole_acts import acts_with_parts, is_of_same_act


@dataclass(frozen=True, slots=True)
class KnownPlot:
    """A plot as it was known. act: the last act that is in it, None before the first."""

    plot: Plot
    act: LoggedAct | None


def known_at(loaded: LoadedPlot, at_utc: datetime) -> KnownPlot:
    """Return the plot as it was known at a time: after the last act that was made by then.

    Raises NoPlotThen (BEFORE_LOG) where the log begins later, else as ``known_after``.
    """
    acts = loaded.acts
    if acts and at_utc < acts[0].at_utc:
        raise NoPlotThen(SheetStateFault.BEFORE_LOG)
    count = next((n for n in range(len(acts), 0, -1) if acts[n - 1].at_utc <= at_utc), 0)
    return _after(loaded, count)


def known_after(loaded: LoadedPlot, seq: int) -> KnownPlot:
    """Return the plot after the act with a number.

    Raises NoPlotThen: NO_SUCH_ACT where the log has none, or tells more of that act after it: an
    act is known with its last row. CANNOT_REWIND where another program
    changed what lies between, or the log of a large plot is too long to go back through.
    """
    acts = loaded.acts
    count = bisect.bisect_right(acts, seq, key=lambda act: act.seq)
    is_there = count > 0 and acts[count - 1].seq == seq
    if not is_there or is_of_same_act(*acts[count - 1 : count + 1]):
        raise NoPlotThen(SheetStateFault.NO_SUCH_ACT)
    return _after(loaded, count)


def require_whole_log(path: Path) -> None:
    """Raise NoPlotThen unless the log of a plot tells all that stands in it.

    LOG_CHANGED where an act does not follow from the one before it, CHANGED_OUTSIDE where a row
    is another than the log left it. Costs about what loading the plot does. Raises PlotFileError.
    """
    with _reading(path) as conn:
        if next(iter(broken_links(conn)), None) is not None:
            raise NoPlotThen(SheetStateFault.LOG_CHANGED)
        if not _is_as_logged(conn):
            raise NoPlotThen(SheetStateFault.CHANGED_OUTSIDE)


def is_as_logged(path: Path) -> bool:
    """Return whether every row of a plot is as the log left it; False for a log that can't be read.

    Another program's changes are in no state of the log until a desk opens the plot and logs
    them. Raises PlotFileError.
    """
    with _reading(path) as conn:
        return _is_as_logged(conn)


def _is_as_logged(conn: sqlite3.Connection) -> bool:
    try:
        return next(iter(row_differences(conn)), None) is None
    except (ValueError, TypeError, KeyError):
        return False


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    with (
        faults_of(path),
        closing(connect_to_read(path)) as reading,
        transaction(reading, is_writing=False),
        up_to_date(reading, path) as conn,
    ):
        yield conn


def _after(loaded: LoadedPlot, count: int) -> KnownPlot:
    rewinder = Rewinder(loaded.plot)
    for parts in reversed(tuple(acts_with_parts(loaded.acts[count:]))):
        try:
            rewinder.back(*parts)
        except ChangedNothing:
            continue
        except (CannotRewind, ValueError) as error:
            raise NoPlotThen(SheetStateFault.CANNOT_REWIND) from error
    return KnownPlot(rewinder.plot, loaded.acts[count - 1] if count else None)
