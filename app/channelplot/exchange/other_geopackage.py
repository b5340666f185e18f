"""Telling a GeoPackage of another program from a plot, before either is opened."""

import sqlite3
from contextlib import closing
from pathlib import Path

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.store.connection import connect_to_read
from channelplot.store.first_look import require_plot

_OTHERS = frozenset({PlotFileFault.OTHER_PROGRAM, PlotFileFault.NOT_GEOPACKAGE})


def is_of_another_program(path: Path) -> bool:
    """Return whether a file is a GeoPackage, and no plot.

    False for what can't be read: who opens it is told what is wrong with it.
    """
    try:
        with closing(connect_to_read(path)) as conn:
            require_plot(conn, path)
    except PlotFileError as error:
        return error.fault in _OTHERS
    except sqlite3.Error:
        return False
    return False
