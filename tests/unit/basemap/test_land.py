"""Land or sea, how far inland, in which state: at places everyone knows."""

import numpy as np
import pytest
import shapely
from pyproj import Geod

from channelplot.basemap.basemap import Basemap
from channelplot.basemap.land import Land
from channelplot.geodesy.measure import destination
from channelplot.geodesy.position import Position

CANTERBURY_CATHEDRAL = Position(1.0832, 51.2798)
# The first report of the acceptance night, 50°58.0'N 001°41.0'E.
FIRST_REPORT = Position(1 + 41.0 / 60, 50 + 58.0 / 60)


@pytest.mark.parametrize(
    "position",
    [
        FIRST_REPORT,
        Position(1.85, 50.985),  # off Calais
        Position(0.0, 50.5),  # on the meridian, in mid-Channel
        Position(-3.0, 49.9),
        Position(1.327, 51.117),  # inside Dover harbour
        Position(-2.2, 49.3),  # between Jersey and Guernsey
        Position(-20.0, 50.0),  # outside the chart
    ],
)
def test_at_sea_nothing_is_inland(land: Land, position: Position) -> None:
    assert not land.is_land(position)
    assert land.inland_distance_m(position) == 0.0
    assert land.state_at(position) is None


@pytest.mark.parametrize(
    ("position", "state"),
    [
        (Position(-2.13, 49.21), "JE"),  # Jersey
        (Position(-2.58, 49.45), "GG"),  # Guernsey
        (Position(-2.20, 49.714), "GG"),  # Alderney
        (Position(-2.362, 49.432), "GG"),  # Sark
        (Position(1.305, 51.13), "GB"),  # Dover
        (Position(-6.30, 49.918), "GB"),  # St Mary's, Scilly
        (Position(0.0, 51.478), "GB"),  # Greenwich, on the meridian
        (Position(1.86, 50.945), "FR"),  # Calais
        (Position(-5.09, 48.458), "FR"),  # Ushant
        (Position(-1.90, 49.69), "FR"),  # behind Cap de la Hague
        (Position(2.51, 51.07), "FR"),  # Bray-Dunes, the last of France
        (Position(2.59, 51.09), "BE"),  # De Panne, the first of Belgium
        (Position(2.92, 51.215), "BE"),  # Ostend
        (Position(3.34, 51.33), "BE"),  # Knokke
        (Position(3.61, 51.50), "NL"),  # Middelburg
        (Position(-6.40, 52.195), "IE"),  # near Carnsore Point
    ],
)
def test_known_places_are_in_their_states(land: Land, position: Position, state: str) -> None:
    assert land.is_land(position)
    assert land.state_at(position) == state


def test_the_centre_of_canterbury_is_more_than_5_km_inland(land: Land) -> None:
    assert 5_000 < land.inland_distance_m(CANTERBURY_CATHEDRAL) < 12_000


def test_the_coastline_itself_is_land_and_not_inland(basemap: Basemap, land: Land) -> None:
    for line in basemap.coastline[:: len(basemap.coastline) // 50]:
        lon_deg, lat_deg = shapely.get_coordinates(line)[0]
        assert land.inland_distance_m(Position(float(lon_deg), float(lat_deg))) < 0.01


def test_a_position_a_known_way_behind_a_straight_shore_is_that_far_inland(land: Land) -> None:
    # The Belgian shore at Nieuwpoort runs north-east; go inland square to it.
    on_shore = nearest_shore(land, Position(2.70, 51.12))
    for distance_m in (100.0, 250.0, 1_000.0):
        inland = destination(on_shore, 150.0, distance_m)
        assert land.inland_distance_m(inland) == pytest.approx(distance_m, rel=0.02)


def nearest_shore(land: Land, start: Position) -> Position:
    """Return the point where a line north-west from a position on land meets the sea."""
    far_m, near_m = 20_000.0, 0.0
    while far_m - near_m > 0.01:
        middle_m = (far_m + near_m) / 2.0
        if land.is_land(destination(start, 330.0, middle_m)):
            near_m = middle_m
        else:
            far_m = middle_m
    return destination(start, 330.0, near_m)


@pytest.mark.parametrize(
    "position",
    [
        CANTERBURY_CATHEDRAL,
        Position(1.86, 50.945),
        Position(-2.13, 49.21),
        Position(0.0, 51.20),
        Position(3.06, 50.63),  # Lille
        Position(-1.68, 48.11),  # Rennes
        Position(-1.25, 51.75),  # Oxford
        Position(2.35, 48.86),  # Paris, as far inland as the chart goes
        Position(4.35, 49.0),
    ],
)
def test_the_distance_is_the_geodesic_to_the_nearest_coast_within_half_a_percent(
    basemap: Basemap, land: Land, position: Position
) -> None:
    # A vertex at least every 0.0005 degrees, 55 m, and closer ones near the position.
    coast_deg = shapely.get_coordinates(shapely.segmentize(basemap.coastline, 0.0005))
    lon_deg, lat_deg = np.full((2, len(coast_deg)), [[position.lon_deg], [position.lat_deg]])
    _, _, lengths_m = Geod(ellps="WGS84").inv(lon_deg, lat_deg, *coast_deg.T)
    expected_m = float(np.min(lengths_m))
    assert land.inland_distance_m(position) == pytest.approx(expected_m, rel=0.005)


def test_at_the_ends_of_the_chart_too(land: Land) -> None:
    # No coast is charted beyond the edge, so the nearest charted one counts.
    assert land.inland_distance_m(Position(4.5, 48.0)) > 100_000
    assert land.inland_distance_m(Position(-4.0, 52.2)) > 1_000


def test_the_shore_is_as_far_from_land_as_from_sea(land: Land) -> None:
    canterbury = Position(1.0789, 51.2798)
    assert land.shore_distance_m(canterbury) == land.inland_distance_m(canterbury)
    at_sea = Position(1.683333, 50.966667)
    nearest_m = land.shore_distance_m(at_sea)
    towards = [
        land.shore_distance_m(destination(at_sea, bearing_deg, nearest_m * 1.01))
        for bearing_deg in range(0, 360, 1)
    ]
    assert min(towards) < 0.02 * nearest_m, "a circle just larger touches the shore"
    inner = [
        land.is_land(destination(at_sea, bearing_deg, nearest_m * 0.99))
        for bearing_deg in range(0, 360, 1)
    ]
    assert not any(inner), "and one just smaller does not"


class TestTheNearestCoast:
    @pytest.mark.parametrize(
        ("position", "state"),
        [
            (FIRST_REPORT, "FR"),
            (Position(1.40, 51.05), "GB"),
            (Position(2.70, 51.20), "BE"),
            (Position(-2.10, 49.10), "JE"),
            (Position(-2.70, 49.40), "GG"),
            (Position(-2.0, 49.69), "FR"),
            (CANTERBURY_CATHEDRAL, "GB"),
        ],
    )
    def test_whose_it_is(self, land: Land, position: Position, state: str) -> None:
        found = land.nearest_coast(position)
        assert found is not None
        assert found.state == state

    def test_nothing_is_known_outside_the_chart(self, land: Land) -> None:
        assert land.nearest_coast(Position(-20.0, 50.0)) is None

    def test_it_is_the_nearest_of_all_vertices_and_between_them(
        self, land: Land, basemap: Basemap
    ) -> None:
        """Against the geodesics to every piece of the coast, cut finer than it is drawn."""
        fine = shapely.segmentize(basemap.coastline, 0.0002)
        coast_deg, of_line = shapely.get_coordinates(fine, return_index=True)
        states = np.array(basemap.coastline_states)[of_line]
        geod = Geod(ellps="WGS84")
        rng = np.random.default_rng(12)
        seaward = [(1.6, 50.98), (-3.0, 49.7), (0.0, 50.3), (3.9, 51.7), (-6.5, 49.2)]
        anywhere = zip(rng.uniform(-6.9, 4.4, 4), rng.uniform(48.1, 52.1, 4), strict=True)
        for lon_deg, lat_deg in [*seaward, *anywhere]:
            found = land.nearest_coast(Position(float(lon_deg), float(lat_deg)))
            assert found is not None
            _, _, lengths_m = geod.inv(
                np.full(len(coast_deg), lon_deg), np.full(len(coast_deg), lat_deg), *coast_deg.T
            )
            best = int(np.argmin(lengths_m))
            assert found.distance_m == pytest.approx(lengths_m[best], abs=5.0)
            assert found.state == states[best]
            assert found.distance_m == pytest.approx(
                geod.inv(lon_deg, lat_deg, found.position.lon_deg, found.position.lat_deg)[2]
            )
