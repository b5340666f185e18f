"""A selection of a plot to a file of another format, whole or not at all."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Final

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.exchange.outgoing.flatgeobuf import flatgeobuf_pieces
from channelplot.exchange.outgoing.formats import Format
from channelplot.exchange.outgoing.geojson import geojson_pieces
from channelplot.exchange.outgoing.geopackage import write_geopackage
from channelplot.exchange.outgoing.gpx import gpx_pieces
from channelplot.exchange.outgoing.kml import kml_pieces
from channelplot.exchange.outgoing.selection import Selection
from channelplot.exchange.outgoing.table import table_pieces
from channelplot.exchange.outgoing.watch import Watch
from channelplot.exchange.outgoing.whole_file import Make, of_pieces, write_whole
from channelplot.store.connection import connect_to_read
from channelplot.store.faults import faults_of
from channelplot.store.first_look import real_path, require_plot

_PIECES: Final[Mapping[Format, Callable[[Selection], Iterator[bytes]]]] = {
    Format.CSV: table_pieces,
    Format.GPX: gpx_pieces,
    Format.GEOJSON: geojson_pieces,
    Format.KML: kml_pieces,
    Format.FLATGEOBUF: flatgeobuf_pieces,
}
_AT_ONCE: Final = 1000
_NO_PLOT: Final = frozenset({PlotFileFault.NOT_GEOPACKAGE, PlotFileFault.OTHER_PROGRAM})


def export(
    selection: Selection,
    path: Path,
    kind: Format,
    now_utc: datetime,
    *,
    progress: Callable[[float], None] = lambda _: None,
    stop: Event | None = None,
) -> None:
    """Write a selection to a file, in place of one that is there.

    What is there stays byte for byte as it is until the new one is whole. Takes about as much room
    whatever the size. now_utc: a GeoPackage tells when it was made. progress: is told how much is
    written, 0 to 1; stop: looked at as often. Raises ExportError, ExportStopped, and PlotFileError
    (EXISTS) where a plot would be replaced. Knows no Qt, so any thread may.
    """
    watch = Watch(selection.counts().things, progress, stop or Event())
    make: Make
    if kind is Format.GEOPACKAGE:
        _require_no_plot(path)

        def make(draft: Path) -> None:
            write_geopackage(selection, draft, now_utc, watch)
    else:
        make = of_pieces(_in_lots(watch.over(_PIECES[kind](selection))))
    write_whole({path: make})
    progress(1.0)


def _in_lots(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield pieces, many put together to one."""
    while lot := b"".join(itertools.islice(pieces, _AT_ONCE)):
        yield lot


def _require_no_plot(path: Path) -> None:
    """Raise PlotFileError (EXISTS) where a plot is, or what another program has half written.

    What stands in a journal beside would be mixed into the new file by whoever opens it first.
    """
    there = real_path(path)
    if any(there.with_name(there.name + end).exists() for end in ("-journal", "-wal")):
        raise PlotFileError(PlotFileFault.EXISTS, path)
    if not there.is_file():
        return
    try:
        with faults_of(path), closing(connect_to_read(there)) as conn:
            require_plot(conn, path)
    except PlotFileError as error:
        if error.fault in _NO_PLOT:
            return
        raise
    raise PlotFileError(PlotFileFault.EXISTS, path)
