"""The shapes of one table of a file, read by ``geopandas`` and brought onto WGS 84 by it.

Runs in the child that reads the file, and is imported there only when shapes are asked for: with
``pandas`` it takes longer to import than GDAL takes to list the tables of a file.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import geopandas
import numpy as np
from pyproj.exceptions import CRSError

from channelplot.errors import ReferenceFileError
from channelplot.errors import ReferenceFileFault as Fault
from channelplot.exchange.limit_shapes import metres_per_unit
from channelplot.exchange.reference_table import ReferenceBounds

WGS_84_EPSG: Final = 4326
_LEG_M: Final = 5_000.0
"""So often a straight line of a grid is given a point, for it is no rhumb line."""
_NO_REFERENCE: Final = ("undefined", "unnamed")
"""So begins the name of a reference that says that it is none."""


def read_frame(
    copy: Path, layer: str, columns: Sequence[str], path: Path
) -> geopandas.GeoDataFrame:
    """Return a table without heights; a shape that makes no sense is None, times are texts.

    What it costs is bounded before: by the features counted, and by what the child may use.
    Raises ReferenceFileError about path for a reference that PROJ does not read; what ``pyogrio``
    raises otherwise.
    """
    try:
        return geopandas.read_file(
            copy,
            engine="pyogrio",
            layer=layer,
            columns=list(columns),
            force_2d=True,
            on_invalid="ignore",
            datetime_as_string=True,
            use_arrow=False,
        )
    except CRSError as error:
        raise ReferenceFileError(Fault.BAD_CRS, path, str(error)[:60]) from error


def onto_wgs84(
    shapes: geopandas.GeoSeries, told: str, bounds: ReferenceBounds, path: Path
) -> geopandas.GeoSeries:
    """Return shapes with longitudes and latitudes on WGS 84, infinite where there is none.

    told: what the desk says they are in, ``EPSG:n``; it counts only where the file does not say.
    Long legs of a projected reference are given points first. Raises ReferenceFileError.
    """
    if shapes.crs is None or shapes.crs.name.lower().startswith(_NO_REFERENCE):
        if not told:
            raise ReferenceFileError(Fault.NO_CRS, path)
        try:
            shapes = shapes.set_crs(told, allow_override=True)
        except CRSError as error:
            raise ReferenceFileError(Fault.BAD_CRS, path, told) from error
    if shapes.crs.is_projected:
        leg = _LEG_M / metres_per_unit(shapes.crs)
        lengths = shapes.length
        if lengths[np.isfinite(lengths)].sum() / leg > bounds.most_points:
            raise ReferenceFileError(Fault.NO_PLACE, path, shapes.crs.name[:60])
        shapes = shapes.segmentize(leg)
    return shapes.to_crs(WGS_84_EPSG)
