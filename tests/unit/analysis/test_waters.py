"""Whose waters by a limit: the night's figures, 100,000 places against shapely, and the doubts."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from pyproj import Transformer

from channelplot.analysis.waters import (
    TERRITORIAL_M,
    Doubt,
    Limit,
    Waters,
    side_signs,
    waters_at,
    waters_of,
)
from channelplot.basemap.boundary import read_boundary
from channelplot.geodesy.measure import destination, distance_m
from channelplot.geodesy.position import Position
from channelplot.geodesy.projection import position_from_chart_m
from channelplot.geodesy.rhumb_line import RhumbLine
from channelplot.geodesy.units import nm_from_m
from helpers.builders import R1, R3, R5, R6, ddm
from helpers.night_chartwork import (
    BEARING_TOLERANCE_DEG,
    BOUNDARY,
    CUTTER_1,
    NM_TOLERANCE,
    PATROL_FR,
    is_at,
    raw_boundary,
)

POINT_I, POINT_VI = BOUNDARY.line.points[0], BOUNDARY.line.points[-1]
DR_0300 = ddm(51, 0.1431, 1, 35.2853)


class TestTheNight:
    @pytest.mark.parametrize(
        ("position", "side", "nm", "bearing", "nearest"),
        [
            (R1, "FR", 6.23, 331.5, (51, 3.46, 1, 36.29)),
            (R3, "FR", 3.70, 331.5, (51, 2.74, 1, 34.20)),
            (DR_0300, "FR", 2.62, 331.4, (51, 2.44, 1, 33.30)),
        ],
    )
    def test_boat_a_in_french_waters(
        self,
        position: Position,
        side: str,
        nm: float,
        bearing: float,
        nearest: tuple[int, float, int, float],
    ) -> None:
        found = waters_at(position, BOUNDARY)
        assert found.side == side
        assert nm_from_m(found.distance_m) == pytest.approx(nm, abs=NM_TOLERANCE)
        assert found.bearing_deg == pytest.approx(bearing, abs=BEARING_TOLERANCE_DEG)
        assert is_at(found.nearest, *nearest)
        assert found.is_legal

    @pytest.mark.parametrize(("position", "nm"), [(R5, 0.49), (R6, 0.25)])
    def test_boat_a_in_british_waters(self, position: Position, nm: float) -> None:
        found = waters_at(position, BOUNDARY)
        assert found.side == "GB"
        assert nm_from_m(found.distance_m) == pytest.approx(nm, abs=NM_TOLERANCE)

    def test_the_cutter_and_the_patrol(self) -> None:
        assert [w.side for w in waters_of((CUTTER_1, PATROL_FR), BOUNDARY)] == ["GB", "FR"]

    def test_the_boundary_drawn_raw_would_put_a_boat_on_the_wrong_side(self) -> None:
        # Raw, the line lies 134 m to the north-east: 75 m aside on its first leg.
        x_m, y_m = (BOUNDARY.line.points_m[0] + BOUNDARY.line.points_m[1]) / 2.0
        french = destination(position_from_chart_m(x_m, y_m), 99.0, 40.0)
        assert waters_at(french, BOUNDARY).side == "FR"
        assert waters_at(french, raw_boundary()).side == "GB"


def test_100_000_places_against_an_independent_construction() -> None:
    places = np.random.default_rng(88).uniform((0.6, 50.5), (2.6, 51.5), (100_000, 2))
    to_mercator = Transformer.from_crs("EPSG:4326", "EPSG:3395", always_xy=True)
    points = read_boundary().points
    corners = np.column_stack(
        to_mercator.transform([p.lon_deg for p in points], [p.lat_deg for p in points])
    )
    signs, is_abeam = side_signs(BOUNDARY, places)
    # The strip between the perpendiculars at I and VI, cut along the line by shapely.
    aside = [
        np.array((-out[1], out[0])) / np.hypot(*out) * 1e6
        for out in (corners[1] - corners[0], corners[-1] - corners[-2])
    ]
    strip = shapely.Polygon(
        [
            corners[0] + aside[0],
            corners[0] - aside[0],
            corners[-1] - aside[1],
            corners[-1] + aside[1],
        ]
    )
    left = shapely.Polygon([*corners, corners[-1] + aside[1], corners[0] + aside[0]])
    x_m, y_m = to_mercator.transform(places[:, 0], places[:, 1])
    for area in (strip, left):
        shapely.prepare(area)
    in_strip = shapely.contains_xy(strip, x_m, y_m)
    assert 20_000 < in_strip.sum() < 90_000
    np.testing.assert_array_equal(is_abeam[in_strip], True)
    is_left = shapely.contains_xy(left, x_m, y_m)
    differ = in_strip & (is_left != (signs == 1))
    from_line_m = shapely.distance(
        shapely.LineString(corners), shapely.points(x_m[differ], y_m[differ])
    )
    assert not np.any(from_line_m > 10.0)


class TestDoubts:
    def test_between_the_perpendiculars_it_is_legal(self) -> None:
        found = waters_at(R1, BOUNDARY)
        assert (found.is_legal, found.doubts) == (True, ())

    def test_an_indicative_limit_gives_indicative_answers(self) -> None:
        sar = replace(
            BOUNDARY, code="srr", left="MRCC Dover", right="CROSS Gris-Nez", is_legal=False
        )
        found = waters_at(R1, sar)
        assert (found.side, found.doubts) == ("CROSS Gris-Nez", (Doubt.LIMIT,))
        assert not found.is_legal

    @pytest.mark.parametrize(
        ("end", "on", "left", "right"),
        [(POINT_I, 189.0, 279.0, 99.0), (POINT_VI, 45.6, 315.0, 135.0)],
    )
    def test_just_past_an_end_the_side_is_indicative(
        self, end: Position, on: float, left: float, right: float
    ) -> None:
        beyond = destination(end, on, 3000.0)
        for aside, side in ((left, "GB"), (right, "FR")):
            found = waters_at(destination(beyond, aside, 2000.0), BOUNDARY)
            assert (found.side, found.doubts) == (side, (Doubt.BEYOND_END,))
            assert not found.is_legal
            assert distance_m(found.nearest, end) < 0.01

    @pytest.mark.parametrize(
        "far",
        [
            Position(-1.62, 49.65),  # Cherbourg, which lies to the left of the line drawn on
            ddm(50, 30.0, 0, 0.0),
            Position(2.9, 51.6),
        ],
    )
    def test_far_past_an_end_no_side_is_given(self, far: Position) -> None:
        found = waters_at(far, BOUNDARY)
        assert (found.side, found.is_legal) == (None, False)
        assert Doubt.BEYOND_END in found.doubts
        assert found.distance_m > TERRITORIAL_M

    def test_more_than_12_miles_off_the_coast_it_is_indicative(self) -> None:
        assert waters_at(R1, BOUNDARY, TERRITORIAL_M).is_legal
        found = waters_at(R1, BOUNDARY, TERRITORIAL_M + 1.0)
        assert (found.side, found.doubts) == ("FR", (Doubt.OFF_COAST,))

    def test_on_the_line_to_a_metre_no_side_is_given(self) -> None:
        on_it = Position(*read_boundary().rhumb_points(500.0)[40])
        found = waters_at(on_it, BOUNDARY)
        assert (found.side, found.is_legal) == (None, False)
        assert found.distance_m < 1e-3
        assert waters_at(destination(on_it, 150.0, 1.5), BOUNDARY).side == "FR"
        at_point = waters_at(POINT_I, BOUNDARY)
        assert (at_point.side, at_point.bearing_deg) == (None, None)


def test_a_ring_is_asked_like_any_limit() -> None:
    corners = ((1.0, 50.5), (2.0, 50.5), (2.0, 51.5), (1.0, 51.5), (1.0, 50.5))
    area = Limit(
        code="area",
        line=RhumbLine(tuple(Position(*corner) for corner in corners)),
        left="inside",
        right="outside",
        is_legal=True,
    )
    inside, outside = waters_of((R1, Position(-3.0, 50.0)), area)
    assert (inside.side, outside.side) == ("inside", "outside")
    assert inside.is_legal
    assert outside.is_legal


def test_many_are_what_each_is_alone() -> None:
    positions = (R1, R3, R5, POINT_I, Position(-1.6, 49.65))
    coasts_m = (1000.0, 30_000.0, 5000.0, 1.0, 1.0)
    together = waters_of(positions, BOUNDARY, coasts_m)
    alone = [waters_at(p, BOUNDARY, coast) for p, coast in zip(positions, coasts_m, strict=True)]

    def told(one: Waters) -> tuple[object, ...]:
        return one.side, one.doubts, round(one.distance_m, 2)

    assert [told(one) for one in together] == [told(one) for one in alone]
    assert waters_of((), BOUNDARY) == ()
    signs, is_abeam = side_signs(BOUNDARY, np.array([(p.lon_deg, p.lat_deg) for p in positions]))
    assert list(signs) == [-1, -1, 1, 0, 0]
    assert list(is_abeam[:3]) == [True, True, True]
    assert not is_abeam[4]
