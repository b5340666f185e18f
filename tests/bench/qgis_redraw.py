"""Redraws layers with QGIS; for the system's own Python: ``python3 qgis_redraw.py REQUEST.json``.

The request: file, tables, bounds_m (west, south, east, north in EPSG:3395), width_px, height_px,
line_px, runs and picture (a PNG to write). The answer is one line of JSON: crs to seconds.
"""

import json
import sys
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFillSymbol,
    QgsLineSymbol,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsMarkerSymbol,
    QgsProject,
    QgsRectangle,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

MAPS = ("EPSG:3395", "EPSG:4326")
"""The chart's own, and that of the files, in which QGIS has nothing to reproject."""


def styled(file: str, table: str, line_px: float) -> QgsVectorLayer:
    """Return a layer drawn plainly, with antialiased lines of a width in pixels."""
    layer = QgsVectorLayer(f"{file}|layername={table}", table, "ogr")
    assert layer.isValid(), table
    width = {"line_width": str(line_px), "line_width_unit": "Pixel", "line_color": "#0a5fb4"}
    if layer.geometryType() == QgsWkbTypes.LineGeometry:
        symbol = QgsLineSymbol.createSimple(width)
    elif layer.geometryType() == QgsWkbTypes.PolygonGeometry:
        symbol = QgsFillSymbol.createSimple(
            {
                "color": "#f3ead2",
                "outline_color": "#8a7a52",
                "outline_width": str(line_px),
                "outline_width_unit": "Pixel",
            }
        )
    else:
        symbol = QgsMarkerSymbol.createSimple({"size": "6", "size_unit": "Pixel"})
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    layer.setLabelsEnabled(False)  # a plot brings a style with labels along, which takes minutes
    return layer


def main(request: "dict[str, Any]") -> None:
    """Draw and answer."""
    application = QgsApplication([], False)
    application.initQgis()
    layers = [styled(request["file"], table, request["line_px"]) for table in request["tables"]]
    seconds: dict[str, list[float]] = {}
    for crs_name in MAPS:
        crs = QgsCoordinateReferenceSystem(crs_name)
        settings = QgsMapSettings()
        settings.setLayers(layers[::-1])
        settings.setDestinationCrs(crs)
        settings.setOutputSize(QSize(request["width_px"], request["height_px"]))
        chart = QgsCoordinateReferenceSystem("EPSG:3395")
        onto = QgsCoordinateTransform(chart, crs, QgsProject.instance())
        settings.setExtent(onto.transformBoundingBox(QgsRectangle(*request["bounds_m"])))
        settings.setBackgroundColor(QColor("#dceaf2"))
        settings.setFlag(QgsMapSettings.Antialiasing, True)
        seconds[crs_name] = []
        job = QgsMapRendererParallelJob(settings)
        for _ in range(request["runs"]):
            job = QgsMapRendererParallelJob(settings)
            job.start()
            job.waitForFinished()
            seconds[crs_name].append(job.renderingTime() / 1000.0)
        if crs_name == MAPS[0]:
            job.renderedImage().save(request["picture"])
        del job  # before what it draws with
    print(json.dumps({"seconds": seconds}), flush=True)
    del layers
    application.exitQgis()


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text("utf-8")))
