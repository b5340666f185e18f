"""What ships is what the recipe makes: counts, validity, order, states."""

import numpy as np
import pytest
import shapely

from channelplot.basemap.basemap import CHART_AREA, Basemap
from channelplot.basemap.catalogue import LAYERS, LayerName, credit_lines, layer
from channelplot.model.ids import is_uid

STATES = {"GB", "FR", "BE", "NL", "IE", "JE", "GG"}


def test_land_has_the_polygons_and_vertices_of_the_recipe_and_all_are_valid(
    basemap: Basemap,
) -> None:
    assert len(basemap.land) == len(basemap.land_states) == 7_954
    assert int(shapely.get_num_coordinates(basemap.land).sum()) == 83_898
    assert shapely.is_valid(basemap.land).all()
    assert (shapely.get_type_id(basemap.land) == shapely.GeometryType.POLYGON).all()


def test_land_fills_the_area_and_no_more(basemap: Basemap) -> None:
    assert shapely.total_bounds(basemap.land).tolist() == [-7.0, 48.0, 4.5, 52.2]
    assert (CHART_AREA.west_deg, CHART_AREA.south_deg) == (-7.0, 48.0)
    assert (CHART_AREA.east_deg, CHART_AREA.north_deg) == (4.5, 52.2)


def test_the_coastline_is_the_edge_of_the_land_without_the_edges_of_the_area(
    basemap: Basemap,
) -> None:
    area = shapely.box(-7.0, 48.0, 4.5, 52.2)
    on_edge_deg = shapely.length(
        shapely.intersection(area.exterior, shapely.union_all(basemap.land))
    )
    edges_deg = shapely.length(shapely.get_rings(basemap.land)).sum()
    assert on_edge_deg > 10.0
    assert shapely.length(basemap.coastline).sum() == pytest.approx(edges_deg - on_edge_deg)


def test_no_coastline_runs_along_an_edge_of_the_area(basemap: Basemap) -> None:
    lon_lat_deg, line = shapely.get_coordinates(basemap.coastline, return_index=True)
    is_segment = line[1:] == line[:-1]
    for axis, limit_deg in ((0, -7.0), (0, 4.5), (1, 48.0), (1, 52.2)):
        at_edge = lon_lat_deg[:, axis] == limit_deg
        assert not (at_edge[1:] & at_edge[:-1] & is_segment).any()


def test_every_coastline_belongs_to_one_state(basemap: Basemap) -> None:
    assert len(basemap.coastline) == len(basemap.coastline_states)
    assert set(basemap.coastline_states) == STATES


def test_only_the_continent_belongs_to_several_states(basemap: Basemap) -> None:
    several = [state for state in basemap.land_states if " " in state]
    assert several == ["BE FR NL"]
    assert set(basemap.land_states) - set(several) == STATES - {"BE"}


def test_the_state_areas_fill_the_chart_once(basemap: Basemap) -> None:
    assert set(basemap.state_area_states) == STATES
    assert shapely.is_valid(basemap.state_areas).all()
    area_deg2 = (4.5 + 7.0) * (52.2 - 48.0)
    assert shapely.area(basemap.state_areas).sum() == pytest.approx(area_deg2)
    assert shapely.area(shapely.union_all(basemap.state_areas)) == pytest.approx(area_deg2)


def test_each_place_lies_in_the_area_of_its_country(basemap: Basemap) -> None:
    areas = dict(zip(basemap.state_area_states, basemap.state_areas, strict=True))
    for place in basemap.places:
        position = place.position
        assert shapely.intersects_xy(areas[place.country], position.lon_deg, position.lat_deg), (
            place.name
        )


def test_places_are_those_of_the_recipe_the_most_people_first(basemap: Basemap) -> None:
    assert len(basemap.places) == 2_194
    populations = [place.population for place in basemap.places]
    assert populations == sorted(populations, reverse=True)
    assert basemap.places[0].name == "London"
    assert all(CHART_AREA.contains(place.position) for place in basemap.places)
    calais = next(place for place in basemap.places if place.name == "Calais")
    assert calais.country == "FR"
    assert calais.position.lon_deg == pytest.approx(1.857, abs=0.02)
    assert calais.position.lat_deg == pytest.approx(50.95, abs=0.02)


def test_there_are_41_beaches_each_with_its_error_and_source(basemap: Basemap) -> None:
    assert len(basemap.beaches) == 41
    assert all(beach.error_m is not None and beach.error_m >= 300.0 for beach in basemap.beaches)
    assert all(beach.source and beach.name and beach.commune for beach in basemap.beaches)
    assert {beach.country for beach in basemap.beaches} == {"FR"}


def test_there_are_33_marks_each_with_its_error_and_source(basemap: Basemap) -> None:
    assert len(basemap.marks) == 33
    assert {mark.error_m for mark in basemap.marks} == {300.0, 500.0}
    assert all(mark.source and mark.name for mark in basemap.marks)
    assert len({mark.code for mark in basemap.marks}) == 33
    assert {mark.kind for mark in basemap.marks} == {
        "light",
        "light_float",
        "beacon",
        "entrance",
        "headland",
    }


def test_register_identifiers_are_distinct_uids(basemap: Basemap) -> None:
    uids = [beach.uid for beach in basemap.beaches] + [mark.uid for mark in basemap.marks]
    assert len(set(uids)) == 41 + 33
    assert all(is_uid(uid) for uid in uids)


def test_nobody_can_change_a_shared_array(basemap: Basemap) -> None:
    for array in (basemap.land, basemap.coastline, basemap.state_areas):
        assert isinstance(array, np.ndarray)
        with pytest.raises(ValueError, match="read-only"):
            array[0] = None


def test_the_credits_are_those_the_licences_ask_for_each_once() -> None:
    assert credit_lines() == ("© OpenStreetMap contributors", "GeoNames (CC BY 4.0)")


def test_every_layer_stands_once_in_the_draw_order_land_below_all() -> None:
    assert [each.name for each in LAYERS] == list(LayerName)
    assert LAYERS[0].name is LayerName.LAND
    assert layer(LayerName.MARKS).file == "basemap/marks.csv"
