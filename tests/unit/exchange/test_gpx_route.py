"""A search as a route for other programs: read back by a reader that is not ours."""

import xml.etree.ElementTree as ET

import pytest

from channelplot.analysis.search_pattern import expanding_square
from channelplot.exchange.gpx_route import route_gpx
from channelplot.geodesy.units import m_from_nm
from channelplot.model.codes import PatternKind, Turn
from channelplot.model.search import PlannedSearch
from helpers.builders import at, ddm

GPX = "{http://www.topografix.com/GPX/1/1}"
DATUM = ddm(51, 1.20, 1, 44.74)


def a_search() -> PlannedSearch:
    spacing_m = m_from_nm(1.0)
    return PlannedSearch(
        uid="s1",
        name="S1 é",
        kind=PatternKind.EXPANDING_SQUARE,
        datum=DATUM,
        datum_at_utc=at("0500"),
        radius_m=3760.0,
        drift_m=9590.0,
        initial_error_m=1852.0,
        searcher_error_m=185.2,
        drift_error_share=0.3,
        safety_factor=1.1,
        first_leg_deg=290.0,
        spacing_m=spacing_m,
        turn=Turn.STARBOARD,
        waypoints=expanding_square(DATUM, 290.0, spacing_m, 5).waypoints,
        created_at_utc=at("0456"),
        created_by="M. Roe",
        searcher="Lifeboat",
    )


def test_every_waypoint_is_there_in_order_to_a_centimetre() -> None:
    search = a_search()
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
    written = route_gpx(a_search()).decode()
    assert "Roe" not in written
    assert "Lifeboat" not in written
