"""Outlines on made-up land: cut at the chart's edge, thinned together, put together again."""

import numpy as np
import pytest
import shapely

from channelplot.basemap.outlines import Outlines, outlines_of
from channelplot.basemap.read import Geometries
from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.projection import from_chart_m

AREA = Bounds(0.0, 0.0, 10.0, 10.0)
ISLAND = shapely.Polygon(
    [(6, 6), (8, 6), (8, 8), (6, 8)], [[(6.5, 6.5), (7.5, 6.5), (7.5, 7.5), (6.5, 7.5)]]
)
# In the south-west corner, with a nearly straight shore.
MAINLAND = shapely.Polygon([(0, 0), (6, 0), (4.001, 1), (2, 2.0), (0, 3)])


def outlines(*polygons: shapely.Polygon) -> Outlines:
    return outlines_of(np.array(polygons, dtype=object), AREA)


def in_degrees(geometries: Geometries) -> list[list[tuple[float, float]]]:
    return [
        [
            (round(lon, 6), round(lat, 6))
            for lon, lat in from_chart_m(shapely.get_coordinates(each)).tolist()
        ]
        for each in geometries
    ]


def test_a_ring_away_from_the_edge_is_one_closed_piece() -> None:
    found = outlines(ISLAND)
    assert in_degrees(found.coast()) == [
        [(6, 6), (8, 6), (8, 8), (6, 8), (6, 6)],
        [(6.5, 6.5), (7.5, 6.5), (7.5, 7.5), (6.5, 7.5), (6.5, 6.5)],
    ]


def test_an_edge_of_the_chart_is_no_coast() -> None:
    found = outlines(MAINLAND)
    assert in_degrees(found.coast()) == [[(6, 0), (4.001, 1), (2, 2), (0, 3)]]
    assert len(found.pieces) == 3


def test_land_that_fills_the_chart_has_no_coast_and_stays_land() -> None:
    found = outlines(shapely.box(0, 0, 10, 10))
    assert len(found.coast()) == 0
    land, coast = found.thinned(1000.0, 0.0)
    assert len(coast) == 0
    assert [set(ring) for ring in in_degrees(land)] == [{(0, 0), (10, 0), (10, 10), (0, 10)}]


def test_a_shore_that_leaves_the_edge_and_comes_back_at_once_is_coast() -> None:
    # Both ends lie on an edge, but not on the same one.
    found = outlines(shapely.Polygon([(0, 0), (3, 0), (0, 3)]))
    assert in_degrees(found.coast()) == [[(3, 0), (0, 3)]]


def test_thinning_takes_out_what_is_nearly_straight_from_land_and_coast_alike() -> None:
    land, coast = outlines(ISLAND, MAINLAND).thinned(30_000.0, 0.0)
    assert in_degrees(coast)[2] == [(6, 0), (0, 3)]
    assert set(in_degrees(land)[1]) == {(0, 0), (6, 0), (0, 3)}
    assert shapely.is_valid(land).all()
    assert len(land[0].interiors) == 1


def test_rings_smaller_than_asked_are_left_out_of_land_and_coast() -> None:
    # A degree is 111 km here: the lake's sides are 1 degree, the island's 2.
    land, coast = outlines(ISLAND, MAINLAND).thinned(1.0, 150_000.0)
    assert (len(land), len(coast)) == (2, 2)
    assert len(land[0].interiors) == 0
    land, coast = outlines(ISLAND, MAINLAND).thinned(1.0, 300_000.0)
    assert (len(land), len(coast)) == (1, 1)


def test_land_with_a_shore_close_to_the_edge_of_the_chart_keeps_its_area() -> None:
    sliver = shapely.Polygon([(5, 0), (9, 0), (8, 0.1), (7, 0.2), (6, 0.1)])
    land, coast = outlines(sliver, ISLAND).thinned(200_000.0, 0.0)
    assert (len(land), len(coast)) == (2, 3)
    assert shapely.is_valid(land).all()
    assert shapely.area(land).min() > 0.0


@pytest.mark.parametrize("tolerance_m", [1_000.0, 50_000.0, 200_000.0])
def test_outlines_close_to_one_another_do_not_cross_when_thinned(tolerance_m: float) -> None:
    # A bay with an island in it: thinned alone, the bay's straight shore would cross the island.
    bay = shapely.Polygon([(0, 0), (10, 0), (10, 2), (6, 2), (5, 0.8), (4, 2), (0, 2)])
    island = shapely.Polygon([(4.9, 1.5), (5.1, 1.5), (5.1, 1.7), (4.9, 1.7)])
    land, _ = outlines(bay, island).thinned(tolerance_m, 0.0)
    assert len(land) == 2
    assert shapely.area(shapely.intersection(land[0], land[1])) == 0.0
