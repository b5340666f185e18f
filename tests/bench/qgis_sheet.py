"""Exports a layout with QGIS; for the system's own Python: ``python3 qgis_sheet.py REQUEST.json``.

The request: layers (file and table, the lowest first), bounds_m (west, south, east, north in
EPSG:3395), page_mm, map_mm (left, top, width, height), dpi, title, runs, picture and pdf (files to
write). The answer is one line of JSON: of each of the two, the seconds of each run.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsFillSymbol,
    QgsLayoutExporter,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemScaleBar,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsSingleSymbolRenderer,
    QgsUnitTypes,
    QgsVectorLayer,
    QgsWkbTypes,
)

MM = QgsUnitTypes.LayoutMillimeters


def styled(file: str, table: str) -> QgsVectorLayer:
    """Return a table drawn plainly."""
    layer = QgsVectorLayer(f"{file}|layername={table}", table, "ogr")
    assert layer.isValid(), (file, table)
    if layer.geometryType() == QgsWkbTypes.LineGeometry:
        symbol = QgsLineSymbol.createSimple({"line_width": "0.4", "line_color": "#0a5fb4"})
    elif layer.geometryType() == QgsWkbTypes.PolygonGeometry:
        symbol = QgsFillSymbol.createSimple({"color": "#f0e8d0", "outline_color": "#8a7440"})
    else:
        symbol = QgsMarkerSymbol.createSimple({"size": "1.5"})
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    layer.setLabelsEnabled(False)  # a plot brings a style with labels along
    return layer


def layout_of(request: "dict[str, Any]", project: QgsProject) -> QgsPrintLayout:
    """Return a page with map, title, legend and scale bar."""
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    width_mm, height_mm = request["page_mm"]
    layout.pageCollection().page(0).setPageSize(QgsLayoutSize(width_mm, height_mm, MM))
    left, top, map_width_mm, map_height_mm = request["map_mm"]
    chart = QgsLayoutItemMap(layout)
    chart.attemptMove(QgsLayoutPoint(left, top, MM))
    chart.attemptResize(QgsLayoutSize(map_width_mm, map_height_mm, MM))
    chart.setExtent(QgsRectangle(*request["bounds_m"]))
    chart.setFrameEnabled(True)
    layout.addLayoutItem(chart)
    title = QgsLayoutItemLabel(layout)
    title.setText(request["title"])
    title.adjustSizeToText()
    title.attemptMove(QgsLayoutPoint(left, 9.0, MM))
    layout.addLayoutItem(title)
    legend = QgsLayoutItemLegend(layout)
    legend.setLinkedMap(chart)
    legend.attemptMove(QgsLayoutPoint(left + map_width_mm + 6.0, top, MM))
    layout.addLayoutItem(legend)
    bar = QgsLayoutItemScaleBar(layout)
    bar.setLinkedMap(chart)
    bar.applyDefaultSize()
    bar.attemptMove(QgsLayoutPoint(left + map_width_mm + 6.0, height_mm - 25.0, MM))
    layout.addLayoutItem(bar)
    return layout


def main(request: "dict[str, Any]") -> None:
    """Export and answer."""
    application = QgsApplication([], False)
    application.initQgis()
    project = QgsProject.instance()
    project.setCrs(QgsCoordinateReferenceSystem("EPSG:3395"))
    for file, table in request["layers"]:
        project.addMapLayer(styled(file, table))
    layout = layout_of(request, project)
    exporter = QgsLayoutExporter(layout)
    pictures = QgsLayoutExporter.ImageExportSettings()
    pictures.dpi = request["dpi"]
    pages = QgsLayoutExporter.PdfExportSettings()
    pages.dpi = request["dpi"]
    seconds: dict[str, list[float]] = {"png": [], "pdf": []}
    for _ in range(request["runs"]):
        started_s = time.process_time()
        exporter.exportToImage(request["picture"], pictures)
        seconds["png"].append(time.process_time() - started_s)
        started_s = time.process_time()
        exporter.exportToPdf(request["pdf"], pages)
        seconds["pdf"].append(time.process_time() - started_s)
    print(json.dumps(seconds), flush=True)
    del exporter, layout
    project.clear()
    application.exitQgis()


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text("utf-8")))
