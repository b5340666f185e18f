"""A plot file that is only looked at, by a program that does not work with it."""

from contextlib import closing
from pathlib import Path

from channelplot.store.connection import connect_to_read, transaction
from channelplot.store.faults import faults_of
from channelplot.store.first_look import first_look, real_path
from channelplot.store.load import LoadedPlot, load_plot
from channelplot.store.upgrade import up_to_date


def loaded_from(path: Path) -> LoadedPlot:
    """Return what a plot file holds; it is not locked or changed and may be open elsewhere.

    Raises PlotFileError. (What a writer that was killed left half done is rolled back first,
    as ``first_look`` has it: no one could read the file before that.)
    """
    path = real_path(path)
    first_look(path)
    with (
        faults_of(path),
        closing(connect_to_read(path)) as reading,
        transaction(reading, is_writing=False),
        up_to_date(reading, path) as conn,
    ):
        return load_plot(conn, path)
