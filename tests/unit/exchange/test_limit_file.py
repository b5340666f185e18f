"""Lines and areas of other programs' files: every format, every reference, and what is refused."""

import os
from pathlib import Path

import geopandas
import pytest
import shapely
from pyproj import Geod
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Point, Polygon

from channelplot.errors import LimitFileError, LimitFileFault
from channelplot.exchange import limit_file
from channelplot.exchange.limit_file import read_limit_file
from channelplot.exchange.limit_shapes import LimitBounds, LimitShape, ShapeProblem
from channelplot.exchange.vector_worker import KINDS, copy_for_gdal, shapes_in
from channelplot.geodesy.position import Position

REFERENCE = Path(os.environ.get("CHANNELPLOT_REFERENCE", "none")) / "boundaries.gpkg"
"""Official limits, in a folder that the environment names: not part of the project."""
LINE = LineString([(1.2, 50.8), (1.5, 51.0), (1.9, 51.2)])
BOX = Polygon([(1.0, 50.0), (2.0, 50.0), (2.0, 51.0), (1.0, 51.0)])
FORMATS = [
    ("limits.gpkg", "GPKG"),
    ("limits.geojson", "GeoJSON"),
    ("limits.json", "GeoJSON"),
    ("limits.fgb", "FlatGeobuf"),
    ("limits.kml", "KML"),
]


def written(
    path: Path,
    *shapes: shapely.Geometry,
    driver: str = "GPKG",
    crs: object = 4326,
    **columns: list[object],
) -> Path:
    frame = geopandas.GeoDataFrame(columns, geometry=list(shapes), crs=crs)
    frame.to_file(path, driver=driver)
    return path


@pytest.fixture
def in_this_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have done here what the child does: the formats and the child itself are tried in others."""
    folder = tmp_path / "child"
    folder.mkdir()

    def read(path: Path, bounds: LimitBounds) -> list[LimitShape]:
        copy = folder / f"{len(list(folder.iterdir()))}{path.suffix}"
        copy_for_gdal(path, copy, bounds.most_bytes)
        return shapes_in(copy, path, bounds)

    for suffix in KINDS:
        monkeypatch.setitem(limit_file._READERS, suffix, read)


def only(path: Path) -> LimitShape:
    (shape,) = read_limit_file(path)
    return shape


def fault_of(path: Path) -> LimitFileFault:
    with pytest.raises(LimitFileError) as refused:
        read_limit_file(path)
    assert refused.value.path == path
    return refused.value.fault


class TestFormats:
    @pytest.mark.parametrize(("name", "driver"), FORMATS)
    def test_a_line_and_an_area_are_read_with_their_names(
        self, tmp_path: Path, name: str, driver: str
    ) -> None:
        path = written(tmp_path / name, LINE, BOX, driver=driver, Name=["Median", "Box"])
        line, area = sorted(read_limit_file(path), key=lambda shape: shape.is_area)
        assert (line.name, line.is_area, line.problem) == ("Median", False, None)
        assert line.points == tuple(Position(x, y) for x, y in LINE.coords)
        assert (area.name, area.is_area, len(area.points)) == ("Box", True, 5)
        assert area.points[0] == area.points[-1]

    def test_a_shapefile(self, tmp_path: Path) -> None:
        path = written(tmp_path / "limits.shp", LINE, driver="ESRI Shapefile", nom=["Médiane"])
        assert only(path).name == "Médiane"
        assert only(path).points == tuple(Position(x, y) for x, y in LINE.coords)

    def test_the_track_of_a_gpx_file(self, tmp_path: Path) -> None:
        path = tmp_path / "limit.gpx"
        path.write_text(
            '<?xml version="1.0"?>\n<!-- by hand -->\n'
            '<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">'
            '<wpt lat="50" lon="1"><name>A</name></wpt>'
            "<trk><name>Median</name><trkseg>"
            '<trkpt lat="50.8" lon="1.2"/><trkpt lat="51.0" lon="1.5"/>'
            "</trkseg></trk></gpx>",
            encoding="utf-8",
        )
        assert only(path).name == "Median"
        assert only(path).points == (Position(1.2, 50.8), Position(1.5, 51.0))

    @pytest.mark.skipif(not REFERENCE.exists(), reason="the reference layers are not here")
    def test_the_official_limits(self) -> None:
        shapes = read_limit_file(REFERENCE)
        by_name = {shape.name: shape for shape in shapes}
        boundary = by_name["Délimitation de la mer territoriale entre la France et le Royaume-Uni"]
        assert len(boundary.points) == 6
        assert "Licence Ouverte" in boundary.source
        assert by_name["CROSS Gris-Nez"].is_area
        assert all(shape.problem is None for shape in shapes)


@pytest.mark.usefixtures("in_this_process")
class TestReferences:
    def test_ed50_comes_out_on_wgs_84(self, tmp_path: Path) -> None:
        """Point I of 1988: raw it would be 134 m off."""
        path = written(
            tmp_path / "ed50.gpkg", LineString([(1.2648, 50.82528), (1.28275, 50.8964)]), crs=4230
        )
        start = only(path).points[0]
        raw_m = Geod(ellps="WGS84").inv(1.2648, 50.82528, start.lon_deg, start.lat_deg)[2]
        assert raw_m == pytest.approx(134.0, abs=3.0)

    def test_a_grid_comes_out_on_wgs_84_and_keeps_its_straight_lines(self, tmp_path: Path) -> None:
        here = geopandas.GeoSeries([LINE], crs=4326).to_crs(2154)
        path = written(tmp_path / "lambert.gpkg", here.iloc[0], crs=2154)
        shape = only(path)
        assert len(shape.points) > 30  # a point every kilometre
        start, end = shape.points[0], shape.points[-1]
        assert (start.lon_deg, start.lat_deg) == pytest.approx((1.2, 50.8), abs=1e-8)
        assert (end.lon_deg, end.lat_deg) == pytest.approx((1.9, 51.2), abs=1e-8)
        middle = geopandas.GeoSeries(
            [Point(p.lon_deg, p.lat_deg) for p in shape.points], crs=4326
        ).to_crs(2154)
        assert max(middle.distance(here.iloc[0])) < 0.01

    def test_a_file_that_does_not_say_its_reference_is_refused(self, tmp_path: Path) -> None:
        path = written(tmp_path / "limits.shp", LINE, driver="ESRI Shapefile", a=[1])
        path.with_suffix(".prj").unlink()
        assert fault_of(path) is LimitFileFault.NO_CRS

    def test_coordinates_that_are_no_place_are_told(self, tmp_path: Path) -> None:
        path = written(tmp_path / "limits.gpkg", LineString([(500, 95), (501, 96)]))
        assert only(path).problem is ShapeProblem.NO_PLACE


@pytest.mark.usefixtures("in_this_process")
class TestShapes:
    def test_parts_stand_apart_and_are_numbered(self, tmp_path: Path) -> None:
        other = LineString([(3.0, 50.0), (3.0, 51.0)])
        path = written(tmp_path / "a.gpkg", MultiLineString([LINE, other]), name=["Median"])
        assert {shape.name for shape in read_limit_file(path)} == {"Median 1", "Median 2"}
        areas = MultiPolygon([BOX, shapely.affinity.translate(BOX, 5.0)])
        path = written(tmp_path / "b.gpkg", areas, name=["Box"])
        assert [shape.name for shape in read_limit_file(path)] == ["Box 1", "Box 2"]

    def test_lines_that_meet_end_to_end_are_one(self, tmp_path: Path) -> None:
        parts = [LineString(LINE.coords[:2]), LineString(LINE.coords[1:])]
        path = written(tmp_path / "a.gpkg", MultiLineString(parts), name=["Median"])
        assert only(path).name == "Median"
        assert len(only(path).points) == 3

    def test_a_line_that_ends_where_it_begins_is_an_area(self, tmp_path: Path) -> None:
        path = written(tmp_path / "a.gpkg", LineString(BOX.exterior.coords))
        assert only(path).is_area
        assert only(path).problem is None

    def test_holes_are_refused(self, tmp_path: Path) -> None:
        hole = [(1.4, 50.4), (1.6, 50.4), (1.6, 50.6)]
        path = written(tmp_path / "a.gpkg", Polygon(BOX.exterior.coords, [hole]))
        assert only(path).problem is ShapeProblem.HOLES

    def test_an_outline_that_crosses_itself_is_refused(self, tmp_path: Path) -> None:
        bow = Polygon([(1.0, 50.0), (2.0, 51.0), (2.0, 50.0), (1.0, 51.0)])
        path = written(tmp_path / "a.gpkg", bow)
        assert only(path).problem is ShapeProblem.CROSSES_ITSELF

    def test_a_point_said_twice_counts_once_and_one_alone_is_no_line(self, tmp_path: Path) -> None:
        twice = LineString([(1.0, 50.0), (1.0, 50.0), (2.0, 50.0)])
        nowhere = LineString([(1.0, 50.0), (1.0, 50.0)])
        line, point = read_limit_file(written(tmp_path / "a.gpkg", twice, nowhere))
        assert len(line.points) == 2
        assert point.problem is ShapeProblem.TOO_FEW_POINTS

    def test_too_many_points_are_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limit_file, "MOST_POINTS", 2)
        assert only(written(tmp_path / "a.gpkg", LINE)).problem is ShapeProblem.TOO_MANY_POINTS

    def test_a_name_and_a_source_in_the_usual_columns(self, tmp_path: Path) -> None:
        path = written(
            tmp_path / "a.gpkg",
            LINE,
            BOX,
            inspireid=["FR 1", "FR 2"],
            nom=["", "Boîte"],
            source=["Shom", None],
            licence=["Etalab 2.0", None],
        )
        line, area = read_limit_file(path)
        assert (line.name, line.source) == ("FR 1", "Shom; Etalab 2.0")
        assert (area.name, area.source) == ("Boîte", "")

    def test_a_shape_without_a_name_and_an_empty_one(self, tmp_path: Path) -> None:
        path = written(tmp_path / "a.gpkg", LineString(), LINE, a=[1, 2])
        assert only(path).name == ""


@pytest.mark.usefixtures("in_this_process")
class TestRefusals:
    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        assert fault_of(tmp_path / "none.gpkg") is LimitFileFault.NOT_FOUND

    def test_another_format(self, tmp_path: Path) -> None:
        (tmp_path / "a.dxf").write_text("0\nSECTION\n", encoding="utf-8")
        assert fault_of(tmp_path / "a.dxf") is LimitFileFault.KIND

    @pytest.mark.parametrize("name", ["a.geojson", "a.kml", "a.gpkg", "a.gpx", "a.shp", "a.fgb"])
    def test_a_format_under_another_name_never_reaches_gdal(
        self, tmp_path: Path, name: str
    ) -> None:
        """A VRT names other files, or hosts, to be read."""
        path = tmp_path / name
        path.write_text(
            "<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>/etc/hosts</SrcDataSource>"
            "</OGRVRTLayer></OGRVRTDataSource>",
            encoding="utf-8",
        )
        assert fault_of(path) is LimitFileFault.KIND

    def test_json_of_another_kind(self, tmp_path: Path) -> None:
        path = tmp_path / "a.json"
        path.write_text(
            '{"type":"Topology","objects":{"x":{"type":"LineString","arcs":[0]}},'
            '"arcs":[[[1,50],[2,51]]]}',
            encoding="utf-8",
        )
        assert fault_of(path) is LimitFileFault.KIND

    def test_a_damaged_file(self, tmp_path: Path) -> None:
        path = written(tmp_path / "a.gpkg", LINE)
        path.write_bytes(path.read_bytes()[:2_000])
        assert fault_of(path) is LimitFileFault.UNREADABLE

    def test_points_alone(self, tmp_path: Path) -> None:
        assert fault_of(written(tmp_path / "a.gpkg", Point(1, 50))) is LimitFileFault.EMPTY

    def test_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "a.gpkg").mkdir()
        assert fault_of(tmp_path / "a.gpkg") is LimitFileFault.NOT_FOUND

    def test_too_large_a_file_and_too_many_shapes(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = written(tmp_path / "a.gpkg", LINE, BOX)
        monkeypatch.setattr(limit_file, "MOST_SHAPES", 1)
        assert fault_of(path) is LimitFileFault.TOO_LARGE
        monkeypatch.setattr(limit_file, "MOST_BYTES", 100)
        assert fault_of(path) is LimitFileFault.TOO_LARGE
