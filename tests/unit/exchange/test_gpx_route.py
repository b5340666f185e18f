"""A search as a route for other programs: read back by a reader that is not ours."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from channelplot.analysis.search_pattern import expanding_square
from channelplot.exchange.gpx_route import route_gpx
from channelplot.geodesy.units import m_from_nm
from channelplot.model.search import PlannedSearch
from helpers.builders import ddm
from helpers.chartwork_builders import a_search

GPX = "{http://www.topografix.com/GPX/1/1}"
DATUM = ddm(51, 1.20, 1, 44.74)


def a_planned_search() -> PlannedSearch:
    waypoints = expanding_square(DATUM, 290.0, m_from_nm(1.0), 5).waypoints
    return replace(a_search("S1 é"), waypoints=waypoints, created_by="M. Roe", searcher="Lifeboat")


def test_every_waypoint_is_there_in_order_to_a_centimetre() -> None:
    search = a_planned_search()
    root = ET.fromstring(route_gpx(search))
    assert root.tag == f"{GPX}gpx"
    (route,) = root.findall(f"{GPX}rte")
    assert route.findtext(f"{GPX}name") == "S1 é"
    points = route.findall(f"{GPX}rtept")
    names = [point.findtext(f"{GPX}name") for point in points]
    assert names == ["S1 é CSP", *(f"S1 é {number}" for number in range(1, 6))]
    for point, waypoint in zip(points, search.waypoints, strict=True):
        assert float(point.attrib["lon"]) == pytest.approx(waypoint.lon_deg, abs=1e-7)
        assert float(point.attrib["lat"]) == pytest.approx(waypoint.lat_deg, abs=1e-7)


def test_it_tells_of_nobody() -> None:
    written = route_gpx(a_planned_search()).decode()
    assert "Roe" not in written
    assert "Lifeboat" not in written
