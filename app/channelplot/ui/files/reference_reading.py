"""What the file of a reference layer holds, made ready to be drawn; window and sheets use it."""

from pathlib import Path
from threading import Event

from channelplot.basemap.mbtiles import MbTiles
from channelplot.chart.reference import ReferenceFeatures, features_of
from channelplot.exchange.reference_layers import read_reference, read_tiles
from channelplot.model.reference_layer import ReferenceKind, ReferenceLayer, ReferenceSchema

Loaded = ReferenceFeatures | MbTiles


def read_layer(
    layer: ReferenceLayer, path: Path, plot_path: Path, stop: Event | None = None
) -> Loaded:
    """Return what a layer's file holds.

    path: where it is. plot_path: the plot's own file, which is never opened as tiles. stop: ends
    it early. Takes up to a minute: call off the GUI thread. Raises ReferenceFileError (NOT_FOUND
    for a file that is not there), and RasterFileError for tiles.
    """
    if layer.kind is ReferenceKind.RASTER:
        return read_tiles(path, plot_path)
    table = read_reference(path, layer.table, layer.crs, stop=stop)
    is_known = layer.schema is not ReferenceSchema.PLAIN
    columns = {(name.lower() if is_known else name): cells for name, cells in table.columns.items()}
    return features_of(table.geometries_deg, columns, table.left_out)
