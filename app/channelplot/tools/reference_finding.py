"""Files of reference layers that have moved: whether one that is offered is the one wanted."""

from collections.abc import Iterable
from pathlib import Path
from threading import Event

from channelplot.errors import RasterFileError, ReferenceFileError, ReferenceFileFault
from channelplot.model.reference_layer import ReferenceKind, ReferenceLayer
from channelplot.tools.reference_loading import FoundFile, found_in


def found_again(
    wanted: ReferenceLayer,
    chosen: Path,
    plot_path: Path,
    others: Iterable[tuple[ReferenceLayer, Path]] = (),
    stop: Event | None = None,
) -> tuple[tuple[ReferenceLayer, Path], ...]:
    """Return layers and where their files are: the one wanted, and others found beside it.

    plot_path: the file of the open plot. others: layers whose files are lost too, and where those
    were; a file of the same name beside the chosen one is taken if it holds the layer. Takes up to
    a minute for each file: call off the GUI thread. stop: ends it early. Raises ReferenceFileError,
    NO_TABLE where the chosen file does not hold the layer that is wanted, and RasterFileError.
    """
    require_holds(found_in(chosen, plot_path, stop), wanted)
    found = [(wanted, chosen)]
    for layer, was_at in others:
        beside = chosen.parent / was_at.name
        if beside == chosen:
            continue
        try:
            require_holds(found_in(beside, plot_path, stop), layer)
        except (ReferenceFileError, RasterFileError):
            continue
        found.append((layer, beside))
    return tuple(found)


def require_holds(found: FoundFile, layer: ReferenceLayer) -> None:
    """Make sure that a file holds what a layer shows: its table, or tiles.

    Raises ReferenceFileError: NO_TABLE, or NO_CRS where nobody has said what its positions are in.
    """
    if layer.kind is ReferenceKind.RASTER:
        if found.tiles is None:
            raise ReferenceFileError(ReferenceFileFault.NO_TABLE, found.path, layer.table)
        return
    tables = {table.name: table for table in found.tables}
    table = tables.get(layer.table)
    if table is None and not layer.table and len(found.tables) == 1:
        table = found.tables[0]
    if table is None:
        raise ReferenceFileError(ReferenceFileFault.NO_TABLE, found.path, layer.table)
    if not table.crs and not layer.crs:
        raise ReferenceFileError(ReferenceFileFault.NO_CRS, found.path)
