"""Files of other programs for reference layers: small, made up, and said to be so."""

import json
import zipfile
from pathlib import Path
from typing import Final

import geopandas
import shapely

REAL: Final = Path(__file__).resolve().parents[3] / "shared" / "data" / "reference"
ZONE: Final = shapely.Polygon(
    [(1.2, 50.6), (1.6, 50.6), (1.6, 50.9), (1.2, 50.9)],
    [[(1.3, 50.7), (1.4, 50.7), (1.4, 50.8), (1.3, 50.8)]],
)
"""With a hole."""
ROUTE: Final = shapely.LineString([(1.0, 50.5), (1.3, 50.9), (1.8, 51.1)])
SPOT: Final = shapely.Point(1.45, 50.85)


def zones(path: Path, crs: object = 4326) -> Path:
    """An area with a hole, a line and a point, with words and numbers, in any format by name."""
    frame = geopandas.GeoDataFrame(
        {"name": ["Zone", "Route", None], "depth_m": [12.5, None, 3.0], "is_shut": [True] * 3},
        geometry=[ZONE, ROUTE, SPOT],
        crs=4326,
    )
    if crs is not None and crs != 4326:
        frame = frame.to_crs(crs)
    if path.suffix == ".shp":  # of one kind of shape, as that format asks
        frame = frame.iloc[:1]
    frame.to_file(path, engine="pyogrio")
    if crs is None:
        without_reference(path)
    return path


def without_reference(path: Path) -> None:
    """Take from a Shapefile what says where its positions are."""
    path.with_suffix(".prj").unlink()


def two_tables(path: Path) -> Path:
    """A GeoPackage with two tables, one of them routeing measures by their columns."""
    lanes = {
        "feature": ["Traffic Separation Scheme Lanes", "Traffic Separation Zones"],
        "orient": [42.0, None],
        "licence": ["Made up, nobody's", "Made up, nobody's"],
    }
    boxes = [shapely.box(1.0, 50.6, 1.1, 50.9), shapely.box(1.1, 50.6, 1.15, 50.9)]
    geopandas.GeoDataFrame(lanes, geometry=boxes, crs=4326).to_file(path, layer="lanes")
    spots = geopandas.GeoDataFrame({"name": ["One"]}, geometry=[SPOT], crs=4326)
    spots.to_file(path, layer="spots")
    return path


def kml(path: Path) -> Path:
    """A KML, or by its name a KMZ, with an area that has a hole, a line and a point."""
    ring = " ".join(f"{lon},{lat}" for lon, lat in ZONE.exterior.coords)
    hole = " ".join(f"{lon},{lat}" for lon, lat in ZONE.interiors[0].coords)
    line = " ".join(f"{lon},{lat}" for lon, lat in ROUTE.coords)
    text = (
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Zone</name><Polygon>'
        f"<outerBoundaryIs><LinearRing><coordinates>{ring}</coordinates></LinearRing>"
        f"</outerBoundaryIs><innerBoundaryIs><LinearRing><coordinates>{hole}</coordinates>"
        "</LinearRing></innerBoundaryIs></Polygon></Placemark><Placemark><name>Route</name>"
        f"<LineString><coordinates>{line}</coordinates></LineString></Placemark><Placemark>"
        f"<Point><coordinates>{SPOT.x},{SPOT.y}</coordinates></Point></Placemark></Document></kml>"
    )
    if path.suffix == ".kmz":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("doc.kml", text)
    else:
        path.write_text(text, "utf-8")
    return path


def gpx(path: Path) -> Path:
    """A GPX with a route and a waypoint."""
    points = "".join(f'<rtept lat="{lat}" lon="{lon}"/>' for lon, lat in ROUTE.coords)
    path.write_text(
        '<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1">'
        f'<wpt lat="{SPOT.y}" lon="{SPOT.x}"><name>Spot</name></wpt>'
        f"<rte><name>Route</name>{points}</rte></gpx>",
        "utf-8",
    )
    return path


def geojson(path: Path, *coordinates: tuple[float, float]) -> Path:
    """A GeoJSON of one line."""
    feature = {
        "type": "Feature",
        "properties": {"name": "Line"},
        "geometry": {"type": "LineString", "coordinates": coordinates or list(ROUTE.coords)},
    }
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    return path
