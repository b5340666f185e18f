"""Any file that may come in: which reader has it, by the end of its name."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO, Final

from channelplot.errors import ImportFault, ImportFileError, LimitFileError
from channelplot.exchange.incoming.found import ReadOptions, Sink
from channelplot.exchange.incoming.gather import Gatherer
from channelplot.exchange.incoming.geojson import SUFFIXES as GEOJSON_SUFFIXES
from channelplot.exchange.incoming.geojson import read_geojson
from channelplot.exchange.incoming.gpx import read_gpx_reports
from channelplot.exchange.incoming.incoming import Incoming
from channelplot.exchange.incoming.kml import read_kml_reports, read_kmz_reports
from channelplot.exchange.incoming.plot_file import is_same_file, read_plot_file
from channelplot.exchange.incoming.table import read_table
from channelplot.exchange.incoming.vector import read_vector
from channelplot.exchange.incoming.xml_file import as_import
from channelplot.exchange.ordinary_file import ordinary_file, system_words
from channelplot.exchange.other_geopackage import is_of_another_program

MOST_BYTES: Final = 4 * 1024 * 1024 * 1024
"""Readers may have lower limits of their own."""

StreamReader = Callable[[BinaryIO, Path, ReadOptions, Sink], None]
TABLE_SUFFIXES: Final = (".csv", ".tsv", ".txt", ".tab")
_STREAMS: Final[Mapping[str, StreamReader]] = {
    ".gpx": read_gpx_reports,
    ".kml": read_kml_reports,
    ".kmz": read_kmz_reports,
    **dict.fromkeys(GEOJSON_SUFFIXES, read_geojson),
    **dict.fromkeys(TABLE_SUFFIXES, read_table),
}
"""Who reads a file of each suffix: a line for each."""
_GEOPACKAGE: Final = ".gpkg"
_BY_GDAL: Final = (".shp", ".fgb")
SUFFIXES: Final = (*_STREAMS, _GEOPACKAGE, *_BY_GDAL)


def read_incoming(
    path: Path,
    options: ReadOptions,
    *,
    operator: str = "",
    open_plot: Path | None = None,
    progress: Callable[[float], None] = lambda _: None,
) -> Incoming:
    """Return what a file holds. Takes minutes for a large one: call off the GUI thread.

    operator: who brings it in. open_plot: the file of the plot that this desk has open, which is
    not read. progress: told 0 to 1, on this thread. Raises ImportFileError where nothing of it
    can come in: EMPTY where it holds nothing, not even something to refuse.
    """
    gatherer = Gatherer(path, options, operator=operator, progress=progress)
    read_file(path, options, gatherer, open_plot)
    incoming = gatherer.finish()
    if incoming.is_empty and not incoming.refused_count:
        raise ImportFileError(ImportFault.EMPTY, path)
    return incoming


def read_file(path: Path, options: ReadOptions, sink: Sink, open_plot: Path | None = None) -> None:
    """Tell a sink what stands in a file. Raises ImportFileError (see ``read_incoming``)."""
    real = file_to_read(path, open_plot)
    suffix = path.suffix.lower()
    try:
        if suffix in _STREAMS:
            with real.open("rb") as file:
                _STREAMS[suffix](file, path, options, sink)
        elif suffix == _GEOPACKAGE and not is_of_another_program(real):
            read_plot_file(real, options, sink, open_plot)
        elif suffix == _GEOPACKAGE or suffix in _BY_GDAL:
            read_vector(real, options, sink)
        else:
            raise ImportFileError(ImportFault.KIND, path, suffix)
    except ImportFileError as error:
        # Whatever link led there, people know the file by the name that was given.
        raise ImportFileError(error.fault, path, error.detail, error.line) from error
    except OSError as error:
        raise ImportFileError(ImportFault.UNREADABLE, path, system_words(error)) from error


def file_to_read(path: Path, open_plot: Path | None) -> Path:
    """Return where an ordinary file really is; it is not opened. open_plot: as above.

    Raises ImportFileError: SAME_PLOT for any name of that one, NOT_FOUND, TOO_LARGE.
    """
    try:
        real = ordinary_file(path, MOST_BYTES)
    except LimitFileError as error:
        raise as_import(error, path) from error
    if open_plot is not None and is_same_file(real, open_plot):
        raise ImportFileError(ImportFault.SAME_PLOT, path)
    return real
