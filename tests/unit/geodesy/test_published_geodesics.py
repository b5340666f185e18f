"""Geodesics against the published test cases of the method, and where longitude begins anew."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from channelplot.geodesy.angles import turn_deg
from channelplot.geodesy.measure import (
    bearing_and_distance,
    destination,
    destination_and_course,
    distance_m,
)
from channelplot.geodesy.position import Position
from channelplot.geodesy.rhumb import rhumb_course_and_distance, rhumb_destination

# C. F. F. Karney's test suite of the geodesic routines (GeographicLib, geodtest.c), on WGS 84:
# lat 1, lon 1, azimuth 1, lat 2, lon 2, azimuth 2, metres; longitudes above 180 less 360.
TABLE = """\
35.60777 -139.44815 111.098748429560326 -11.17491 -69.95921 129.289270889708762 8935244.5604818305
55.52454 106.05087 22.020059880982801 77.03196 -162.81766 109.112041110671519 4105086.1713924406
-21.97856 142.59065 -32.44456876433189 41.84138 98.56635 -41.84359951440466 8394328.894657671
-66.99028 112.2363 173.73491240878403 -12.70631 -74.09656 2.512956620913668 11150344.2312080241
-17.42761 173.34268 -159.033557661192928 -15.84784 5.93557 -20.787484651536988 16076603.1631180673
32.84994 48.28919 150.492927788121982 -56.28556 -157.70868 48.113449399816759 16727068.9438164461
6.96833 52.74123 92.581585386317712 -7.39675 -153.82709 90.721692165923907 17102477.2496958388
-50.56724 -16.30485 -105.439679907590164 -33.56571 -94.97412 -47.348547835650331 6455670.5118668696
-58.93002 -8.90775 140.965397902500679 -8.91104 133.13503 19.255429433416599 11756066.0219864627
-68.82867 -74.28391 93.774347763114881 -50.63005 -8.36685 34.65564085411343 3956936.926063544
-10.62672 -32.0898 -86.426713286747751 5.883 -134.31681 -80.473780971034875 11470869.3864563009
-21.76221 166.90563 29.319421206936428 48.72884 -146.02373 43.508671946410168 9098627.3986554915
-19.79938 -174.47484 71.167275780171533 -11.99349 -154.35109 65.589099775199228 2319004.8601169389
-11.95887 -116.94513 92.712619830452549 4.57352 7.16501 78.64960934409585 13834722.5801401374
-87.85331 85.66836 -65.120313040242748 66.48646 16.09921 -4.888658719272296 17286615.3147144645
1.74708 128.32011 -101.584843631173858 -11.16617 11.87109 -86.325793296437476 12942901.1241347408
-25.72959 -144.90758 -153.647468693117198 -57.70581 90.82121 -48.343983158876487 9413446.7452453107
-41.22777 122.32875 14.285113402275739 -7.57291 130.37946 10.805303085187369 3812686.035106021
11.01307 138.25278 79.43682622782374 6.62726 -112.94019 103.708090215522657 11911190.819018408
-29.47124 95.14681 -163.779130441688382 -27.46601 -69.15955 -15.909335945554969 13487015.8381145492
"""
CASES = [tuple(map(float, row.split())) for row in TABLE.splitlines()]
SHORT_OF_NOTHING_M = 1e-6
in_the_channel = st.builds(Position, st.floats(-7.5, 5.0), st.floats(47.5, 52.5))


@pytest.mark.parametrize("case", CASES)
def test_the_published_cases_are_found_both_ways(case: tuple[float, ...]) -> None:
    lat1, lon1, azimuth1, lat2, lon2, azimuth2, length_m = case
    start, end = Position(lon1, lat1), Position(lon2, lat2)
    bearing, found_m = bearing_and_distance(start, end)
    assert bearing is not None
    assert found_m == pytest.approx(length_m, abs=1e-7)
    assert turn_deg(bearing, azimuth1) == pytest.approx(0.0, abs=1e-11)
    reached, course = destination_and_course(start, azimuth1, length_m)
    assert distance_m(reached, end) < SHORT_OF_NOTHING_M
    assert turn_deg(course, azimuth2) == pytest.approx(0.0, abs=1e-11)


@given(in_the_channel, in_the_channel)
def test_there_and_back_is_as_far_and_the_same_line(a: Position, b: Position) -> None:
    there, there_m = bearing_and_distance(a, b)
    back, back_m = bearing_and_distance(b, a)
    assert back_m == pytest.approx(there_m, abs=1e-8)
    assume(there_m > 1.0)
    assert there is not None
    assert back is not None
    middle, course = destination_and_course(a, there, there_m / 2.0)
    from_b, course_from_b = destination_and_course(b, back, there_m / 2.0)
    assert distance_m(middle, from_b) < SHORT_OF_NOTHING_M
    across_m = math.radians(abs(turn_deg(course, course_from_b + 180.0))) * there_m
    assert across_m < 1e-5


@given(
    in_the_channel,
    st.floats(0.0, 360.0),
    st.floats(1.0, 200_000.0),
    st.sampled_from([0.0, -6.0, 6.0, 180.0]),
)
def test_nothing_happens_at_greenwich_at_a_zone_s_edge_or_at_the_date_line(
    start: Position, course: float, length_m: float, edge_deg: float
) -> None:
    """The Earth is the same all round: moved along its parallel, every line is the same line."""

    def moved(position: Position) -> Position:
        lon_deg = position.lon_deg + edge_deg - start.lon_deg
        return Position((lon_deg + 180.0) % 360.0 - 180.0, position.lat_deg)

    for step, measured in (
        (destination, bearing_and_distance),
        (rhumb_destination, rhumb_course_and_distance),
    ):
        end, end_there = step(start, course, length_m), step(moved(start), course, length_m)
        assert distance_m(moved(end), end_there) < SHORT_OF_NOTHING_M
        here, here_m = measured(start, end)
        there, there_m = measured(moved(start), moved(end))
        assert there_m == pytest.approx(here_m, abs=SHORT_OF_NOTHING_M)
        assert here is not None
        assert there is not None
        assert abs(math.radians(turn_deg(here, there)) * length_m) < 1e-5
