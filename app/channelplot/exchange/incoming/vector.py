"""GeoPackage of others, Shapefile and FlatGeobuf that are to come in: every layer, row by row.

GDAL reads them, in a child process that has next to no rights (``vector_worker.py``), so many rows
at a time. What a row's columns hold is told by their names, as in a table. A file that does not
say what reference its positions are in is refused: a guess can be wrong by 135 m.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from channelplot.errors import (
    ImportFault,
    ImportFileError,
    ReferenceFileError,
    ReferenceFileFault,
)
from channelplot.exchange.found_lines import piece
from channelplot.exchange.incoming.features import Features, FeatureTaker, OtherShape, Place, Shape
from channelplot.exchange.incoming.found import (
    FoundPlace,
    FoundReport,
    FoundTrack,
    ReadOptions,
    Sink,
)
from channelplot.exchange.incoming.own_record import RECORD
from channelplot.exchange.incoming.vector_rows import (
    ASK_LAYERS,
    ASK_ROWS,
    LayerFound,
    Row,
    RowShape,
    layers_from,
    rows_from,
)
from channelplot.exchange.reference_layers import asked_of_child
from channelplot.exchange.reference_table import ReferenceBounds

SUFFIXES: Final = (".gpkg", ".shp", ".fgb")
MOST_ROWS: Final = 3_000_000
_BOUNDS: Final = ReferenceBounds(most_bytes=512 * 1024 * 1024)
ROWS_AT_A_TIME: Final = 200_000
"""That one child reads: each copies the file anew, and none may need more than 2 GB. Fewer where
the rows are long."""
_FEWEST_ROWS: Final = 1_000
_BETWEEN_LOOKS: Final = 1_000
_FAULTS: Final[Mapping[ReferenceFileFault, ImportFault]] = {
    ReferenceFileFault.NOT_FOUND: ImportFault.NOT_FOUND,
    ReferenceFileFault.KIND: ImportFault.KIND,
    ReferenceFileFault.EMPTY: ImportFault.EMPTY,
    ReferenceFileFault.NO_CRS: ImportFault.NO_CRS,
    ReferenceFileFault.BAD_CRS: ImportFault.DATUM,
    ReferenceFileFault.TOO_LARGE: ImportFault.TOO_LARGE,
    ReferenceFileFault.BAD_LINE: ImportFault.NUMBER_NOT_READ,
}


def read_vector(
    path: Path,
    options: ReadOptions,
    sink: Sink,
    features: FeatureTaker | None = None,
    at_a_time: int = 0,
) -> None:
    """Tell of every row of a file's layers. line: counts the rows of a layer, from 1.

    features: is told of them instead of the sink. at_a_time: rows that one child reads, 0 for many.
    Takes some seconds: call off the GUI thread. Raises ImportFileError: NO_CRS for positions
    without a reference, DATUM for one that nobody knows, UNREADABLE for a file that changed.
    """
    file = _File(path, options)
    found, unread = file.layers()
    for name in unread:
        sink.refuse(0, ImportFault.UNREADABLE, piece(name))
    layers = [layer for layer in found if layer.rows and _is_wanted(layer)]
    if not layers:
        raise ImportFileError(ImportFault.EMPTY, path)
    count = sum(layer.rows for layer in layers)
    if count > MOST_ROWS:
        raise ImportFileError(ImportFault.TOO_LARGE, path, str(count))
    of_layers = _InLayer(sink)
    features = features or Features(path, options, of_layers)
    done = 0
    for layer in layers:
        of_layers.name = layer.name if len(layers) > 1 else ""
        for line, row in enumerate(file.rows(layer, at_a_time or ROWS_AT_A_TIME), start=1):
            said = dict(zip(layer.columns, row.cells, strict=True))
            words = ", ".join(f"{column}={cell}" for column, cell in said.items() if cell)
            features.tell(said, _shape(row, words), words, line)
            done += 1
            if done % _BETWEEN_LOOKS == 0:
                file.look_for_stop()
                sink.progress(done / count)
    features.finish()
    sink.progress(1.0)


class _File:
    """Asks the child, one after the other, about one file that stays as it is."""

    def __init__(self, path: Path, options: ReadOptions) -> None:
        self._path = path
        self._stop = options.stop
        self._state = self._state_now()

    def layers(self) -> tuple[Sequence[LayerFound], Sequence[str]]:
        """Return its layers, and the names of those that can't be read."""
        head, _ = self._asked({"ask": ASK_LAYERS})
        try:
            return layers_from(head)
        except (ValueError, KeyError, TypeError) as error:
            raise self._unreadable(str(error)) from error

    def rows(self, layer: LayerFound, most: int) -> Iterator[Row]:
        """Yield the rows of a layer. most: that are read at a time."""
        skip = 0
        while (left := layer.rows - skip) > 0:
            request = {"table": layer.name, "skip": skip, "most": most}
            try:
                head, rest = self._asked({"ask": ASK_ROWS, **request})
            except ImportFileError as error:
                if error.fault is not ImportFault.TOO_LARGE or most <= _FEWEST_ROWS:
                    raise
                most = max(most // 4, _FEWEST_ROWS)
                continue
            if head.get("count") != min(most, left):
                raise self._unreadable(f"{head.get('count')} < {min(most, left)}")
            skip += most
            try:
                yield from rows_from(head, rest, len(layer.columns))
            except (ValueError, KeyError, TypeError) as error:
                raise self._unreadable(str(error)) from error

    def look_for_stop(self) -> None:
        """Raise STOPPED if somebody said so."""
        if self._stop.is_set():
            raise ImportFileError(ImportFault.STOPPED, self._path)

    def _asked(self, request: Mapping[str, object]) -> tuple[Mapping[str, object], memoryview]:
        try:
            answer = asked_of_child(self._path, request, _BOUNDS, self._stop)
        except ReferenceFileError as error:
            self.look_for_stop()
            fault = _FAULTS.get(error.fault, ImportFault.UNREADABLE)
            detail = error.detail or error.fault.value
            raise ImportFileError(fault, self._path, detail, error.line) from error
        if self._state_now() != self._state:
            raise self._unreadable("it changed")
        return answer

    def _state_now(self) -> tuple[int, int] | None:
        try:
            state = self._path.stat()
        except (OSError, ValueError):
            return None
        return state.st_mtime_ns, state.st_size

    def _unreadable(self, detail: str) -> ImportFileError:
        return ImportFileError(ImportFault.UNREADABLE, self._path, detail)


class _InLayer:
    """A sink that is told which of several layers something refused stands in, "" for the only."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self.name = ""

    def track(self, track: FoundTrack) -> None:
        """Hand it on."""
        self._sink.track(track)

    def report(self, report: FoundReport) -> None:
        """Hand it on."""
        self._sink.report(report)

    def place(self, place: FoundPlace) -> None:
        """Hand it on."""
        self._sink.place(place)

    def refuse(self, line: int, fault: ImportFault, detail: str = "") -> None:
        """Hand it on with the layer."""
        told = filter(None, (self.name, detail))
        self._sink.refuse(line, fault, ": ".join(told))

    def progress(self, share: float) -> None:
        """Hand it on."""
        self._sink.progress(share)


def _is_wanted(layer: LayerFound) -> bool:
    """Return whether a layer has positions, or what this program wrote."""
    return layer.has_shapes or {RECORD, "uid"} <= set(layer.columns)


def _shape(row: Row, words: str) -> Shape | None:
    if row.shape is RowShape.POINT:
        return Place(*row.lon_lat_deg)
    if row.shape is RowShape.BROKEN:
        return Place("", "")
    return OtherShape(piece(words)) if row.shape is RowShape.OTHER else None
