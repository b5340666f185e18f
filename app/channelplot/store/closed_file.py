"""A plot file that is only looked at, by a program that does not work with it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from channelplot.store.connection import connect_to_read, transaction
from channelplot.store.faults import faults_of
from channelplot.store.first_look import first_look, real_path
from channelplot.store.load import LoadedPlot, load_plot
from channelplot.store.upgrade import up_to_date
from channelplot.store.withdrawn import Withdrawn, read_withdrawn


def loaded_from(path: Path) -> LoadedPlot:
    """Return what a plot file holds; it is not locked or changed and may be open elsewhere.

    Raises PlotFileError. (What a writer that was killed left half done is rolled back first,
    as ``first_look`` has it: no one could read the file before that.)
    """
    with _read_from(path) as (conn, real):
        return load_plot(conn, real)


def withdrawn_from(path: Path) -> tuple[Withdrawn, ...]:
    """Return what was withdrawn from a plot file, the latest first; else as ``loaded_from``."""
    with _read_from(path) as (conn, real):
        return read_withdrawn(conn, real)


@contextmanager
def _read_from(path: Path) -> Iterator[tuple[sqlite3.Connection, Path]]:
    real = real_path(path)
    first_look(real)
    with (
        faults_of(real),
        closing(connect_to_read(real)) as reading,
        transaction(reading, is_writing=False),
        up_to_date(reading, real) as conn,
    ):
        yield conn, real
