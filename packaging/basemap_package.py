"""Writing the chart's layers to one GeoPackage, the same bytes for the same data."""

import sqlite3
from pathlib import Path

import geopandas
import pyogrio

STAMP_UTC = "2024-08-01T00:00:00.000Z"
"""When the coastline was extracted (August 2024); written in place of the time of the build."""


def write_layers(path: Path, layers: list[tuple[str, str, geopandas.GeoDataFrame]]) -> None:
    """Write the layers, each a name, a description and its rows, to a new file.

    EPSG:4326. Without spatial indexes: the program makes its own, in chart metres.
    """
    path.unlink(missing_ok=True)
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": STAMP_UTC})
    for name, description, frame in layers:
        pyogrio.write_dataframe(
            frame,
            path,
            layer=name,
            driver="GPKG",
            append=path.exists(),
            dataset_options={"VERSION": "1.3", "ADD_GPKG_OGR_CONTENTS": "NO"},
            layer_options={
                "SPATIAL_INDEX": "NO",
                "GEOMETRY_NAME": "geom",
                "DESCRIPTION": description,
            },
        )
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("VACUUM")
    finally:
        connection.close()
