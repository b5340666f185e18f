"""Redraws layers with QGIS; for the system's own Python: ``python3 qgis_redraw.py REQUEST.json``.

The request: file, tables, bounds_m (west, south, east, north in EPSG:3395), width_px, height_px,
line_px, line_ink, area_ink, has_outlines, runs and picture (a PNG to write). The answer is one line
of JSON: crs to seconds.
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


def styled(request: "dict[str, Any]", table: str) -> QgsVectorLayer:
    """Return a table drawn plainly, with antialiased lines of a width in pixels."""
    layer = QgsVectorLayer(f"{request['file']}|layername={table}", table, "ogr")
    assert layer.isValid(), table
    line = {"width": str(request["line_px"]), "width_unit": "Pixel", "color": request["line_ink"]}
    if layer.geometryType() == QgsWkbTypes.LineGeometry:
        symbol = QgsLineSymbol.createSimple({f"line_{key}": line[key] for key in line})
    elif layer.geometryType() == QgsWkbTypes.PolygonGeometry:
        outline = {f"outline_{key}": line[key] for key in line}
        outline["outline_style"] = "solid" if request["has_outlines"] else "no"
        symbol = QgsFillSymbol.createSimple({"color": request["area_ink"], **outline})
    else:
        symbol = QgsMarkerSymbol.createSimple({"size": "6", "size_unit": "Pixel"})
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    layer.setLabelsEnabled(False)  # a plot brings a style with labels along, which takes minutes
    return layer


def main(request: "dict[str, Any]") -> None:
    """Draw and answer."""
    application = QgsApplication([], False)
    application.initQgis()
    layers = [styled(request, table) for table in request["tables"]]
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
        # As in its own window: lines are thinned to what a pixel shows, as ours are.
        settings.setFlag(QgsMapSettings.UseRenderingOptimization, True)
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
