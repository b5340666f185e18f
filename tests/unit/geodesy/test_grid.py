"""UTM against PROJ's own zones, MGRS against GEOTRANS, and references that name no place."""

import functools
import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyproj import Transformer

from channelplot.errors import GridError, GridFault
from channelplot.geodesy.grid import (
    GridSquare,
    band_letter,
    has_grid,
    mgrs_square,
    mgrs_text,
    position_of_utm,
    utm_of,
)
from channelplot.geodesy.measure import distance_m
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import position_text

MICROMETRE = 1e-6

# GEOTRANS 3.10 of the United States' National Geospatial-Intelligence Agency, as compiled into
# the Python package mgrs 1.6.0: the square of one metre that holds a place, and its middle.
GEOTRANS = [
    # latitude, longitude, reference, latitude and longitude of the middle
    (50.9666667, 1.6833333, "31U DS 07545 46943", 50.96666799, 1.68333302),
    (51.04, 1.8383, "31U DS 18555 54915", 51.04000345, 1.83830349),
    (50.8737, 1.583, "31U DS 00302 36736", 50.87370036, 1.58300654),
    # The Channel's edges: 0 degrees, 6 degrees west, 48 degrees north.
    (49.5, -0.0001, "30U YV 17200 87366", 49.50000076, -0.00009378),
    (49.5, 0.0, "31U BQ 82792 87366", 49.49999826, -0.00000276),
    (49.5, 0.0001, "31U BQ 82799 87366", 49.50000076, 0.00009378),
    (51.5, -0.0002, "30U YC 08202 09696", 51.50000095, -0.00020706),
    (50.0, -5.9999, "30U TA 85022 42943", 49.99999777, -5.99990584),
    (50.0, -6.0, "30U TA 85015 42944", 50.00000423, -6.00000394),
    (50.0, -6.0001, "29U QR 14977 42943", 49.99999777, -6.00009416),
    (48.0, 1.5, "31U CP 88108 17388", 47.99999739, 1.50000591),
    (47.9999, 1.5, "31T CP 88107 17377", 47.99989828, 1.49999537),
    (48.0, -3.0, "30U WU 00000 16300", 48.00000248, -2.99999330),
    (47.9999, -3.0, "30T WU 00000 16289", 47.99990351, -2.99999330),
    (48.4, -7.2, "29U PP 33228 62325", 48.40000163, -7.19999448),
    (52.3, 4.9, "31U FT 29556 96105", 52.29999690, 4.90000218),
    # Norway and Svalbard.
    (60.4, 2.9999, "31V DG 99994 95959", 60.39999879, 2.99990019),
    (60.4, 3.0, "32V JN 69692 11017", 60.39999625, 3.00000789),
    (60.4, 5.3, "32V KN 96191 01684", 60.40000020, 5.29999912),
    (63.9999, 11.9999, "32V PS 46690 00455", 63.99989849, 11.99989238),
    (64.0, 5.9, "31W FM 41808 00240", 63.99999813, 5.90000997),
    (78.2, 8.9999, "31X FG 36740 87705", 78.20000343, 8.99991924),
    (78.2, 9.0, "33X UG 63257 87705", 78.20000160, 8.99999363),
    (78.2, 15.6, "33X WG 13696 80760", 78.20000404, 15.59998069),
    (78.2, 20.9999, "33X XG 36740 87705", 78.20000343, 20.99991924),
    (78.2, 21.0, "35X LG 63257 87705", 78.20000160, 20.99999363),
    (80.0, 33.0, "37X CJ 83885 87579", 80.00000453, 33.00000515),
    (83.9999, 41.9, "37X EP 33829 28934", 83.99990188, 41.89998206),
    (72.0, 10.0, "33X UV 27724 96086", 71.99999587, 9.99998806),
    (71.9999, 10.0, "32W NE 34489 89207", 71.99989904, 10.00000854),
    # The equator, the south, the antimeridian.
    (0.0, 0.0, "31N AA 66021 00000", 0.00000452, 0.00000051),
    (-0.0001, 0.0001, "31M AV 66032 99988", -0.00010390, 0.00009923),
    (0.0001, -0.0001, "30N ZF 33967 00011", 0.00010390, -0.00009923),
    (-33.8568, 151.2153, "56H LH 34900 52288", -33.85680227, 151.21529920),
    (-79.9999, -179.9999, "01C DM 41869 16926", -79.99989829, -179.99988119),
    (40.6892, -74.0445, "18T WL 80735 04695", 40.68920305, -74.04450434),
    (21.3069, -157.8583, "04Q FJ 18417 56542", 21.30690036, -157.85829605),
    (51.0, 179.9999, "60U YB 10481 54108", 50.99999660, 179.99989490),
    (51.0, -179.9999, "01U BS 89518 54108", 50.99999660, -179.99989490),
]

# The Channel with some room; then wherever there is a grid.
channel = st.builds(Position, st.floats(-7.5, 5.0), st.floats(47.0, 53.0))
seams = st.builds(
    Position,
    st.sampled_from([-6.0, 0.0]).flatmap(lambda edge: st.floats(edge - 1e-4, edge + 1e-4)),
    st.floats(47.0, 53.0) | st.floats(48.0 - 1e-4, 48.0 + 1e-4),
)
earth = st.builds(Position, st.floats(-180.0, 180.0), st.floats(-80.0, 84.0))
places = channel | seams | earth
digit_counts = st.integers(1, 5)


@functools.cache
def proj_zone(zone: int, is_north: bool) -> Transformer:
    """PROJ's own definition of a zone, out of the EPSG register."""
    code = (32600 if is_north else 32700) + zone
    return Transformer.from_crs("EPSG:4326", f"EPSG:{code}", always_xy=True)


def square_of(text: str) -> GridSquare:
    """The square of a text as we write them."""
    zone_band, square, easting, northing = text.split(" ")
    return mgrs_square(int(zone_band[:2]), zone_band[2], square, easting, northing)


def fault_of(reference: str) -> GridFault | None:
    """Why a reference is refused; None if it is read. The last space parts the figures."""
    zone_band, square, easting, northing = reference.split(" ")
    try:
        mgrs_square(int(zone_band[:-1]), zone_band[-1], square, easting, northing)
    except GridError as error:
        return error.fault
    return None


def channel_positions() -> list[Position]:
    """All over the Channel, on its seams and a hair beside them."""
    lon_deg = [-7.5 + 0.25 * step for step in range(51)]
    lon_deg += [edge + beside for edge in (-6.0, 0.0) for beside in (-1e-9, 1e-9)]
    lat_deg = [47.0 + 0.25 * step for step in range(25)] + [48.0 - 1e-9, 48.0 + 1e-9]
    return [Position(lon, lat) for lon in lon_deg for lat in lat_deg]


def test_the_square_of_the_watch_night() -> None:
    square = mgrs_square(31, "U", "DS", "1855", "5491")
    assert square.size_m == 10.0
    assert position_text(square.centre) == "51°02.40'N 001°50.30'E"
    corner = position_of_utm(31, True, 418_550.0, 5_654_910.0)
    assert corner.lat_deg == pytest.approx(51.039953, abs=5e-7)
    assert corner.lon_deg == pytest.approx(1.838226, abs=5e-7)
    assert distance_m(corner, square.centre) == pytest.approx(50**0.5, abs=0.01)
    assert mgrs_text(corner) == mgrs_text(square.centre) == "31U DS 1855 5491"


def test_utm_in_the_channel_is_that_of_proj() -> None:
    for position in channel_positions():
        utm = utm_of(position)
        assert utm.zone == (29 if position.lon_deg < -6.0 else 30 if position.lon_deg < 0.0 else 31)
        assert utm.band == ("T" if position.lat_deg < 48.0 else "U")
        expected = proj_zone(utm.zone, True).transform(position.lon_deg, position.lat_deg)
        assert (utm.easting_m, utm.northing_m) == pytest.approx(expected, abs=MICROMETRE)
        back = position_of_utm(utm.zone, True, utm.easting_m, utm.northing_m, utm.band)
        assert distance_m(back, position) < MICROMETRE


@pytest.mark.parametrize(("lat", "lon", "reference", "middle_lat", "middle_lon"), GEOTRANS)
def test_references_and_their_middles_are_those_of_geotrans(
    lat: float, lon: float, reference: str, middle_lat: float, middle_lon: float
) -> None:
    assert mgrs_text(Position(lon, lat), 5) == reference
    square = square_of(reference)
    assert square.size_m == 1.0
    assert distance_m(square.centre, Position(middle_lon, middle_lat)) < 0.002  # eight decimals


@pytest.mark.parametrize(
    ("digits", "text"),
    [
        (1, "31U DS 1 5"),
        (2, "31U DS 18 54"),
        (3, "31U DS 185 549"),
        (4, "31U DS 1855 5491"),
        (5, "31U DS 18555 54915"),
    ],
)
def test_figures_are_cut_off_and_not_rounded(digits: int, text: str) -> None:
    assert mgrs_text(Position(1.8383, 51.04), digits) == text
    assert square_of(text).size_m == 10.0 ** (5 - digits)


@given(places, digit_counts)
def test_a_text_names_the_square_that_holds_the_position(position: Position, digits: int) -> None:
    square = square_of(mgrs_text(position, digits))
    utm = utm_of(position)
    # The middle may lie over the edge of the zone: measured in the zone of the text.
    zone = proj_zone(utm.zone, utm.band >= "N")
    middle_m = zone.transform(square.centre.lon_deg, square.centre.lat_deg)
    held_m = square.size_m / 2.0 + MICROMETRE
    assert abs(middle_m[0] - utm.easting_m) <= held_m
    assert abs(middle_m[1] - utm.northing_m) <= held_m


@given(places)
@example(Position(180.0, 0.0))
def test_utm_comes_back_to_the_same_place(position: Position) -> None:
    utm = utm_of(position)
    back = position_of_utm(utm.zone, utm.band >= "N", utm.easting_m, utm.northing_m, utm.band)
    assert distance_m(back, position) < MICROMETRE
    assert 0.0 <= utm.northing_m <= 10_000_000.0
    expected = proj_zone(utm.zone, utm.band >= "N").transform(position.lon_deg, position.lat_deg)
    assert (utm.easting_m, utm.northing_m) == pytest.approx(expected, abs=MICROMETRE)


@given(channel, channel)
def test_different_places_have_different_texts(a: Position, b: Position) -> None:
    if distance_m(a, b) > 1.5:  # the diagonal of a square of one metre
        assert mgrs_text(a, 5) != mgrs_text(b, 5)


def test_a_square_on_a_seam_belongs_to_both_sides() -> None:
    # 0 degrees cuts this square of 10 km: its middle lies in zone 31, and zone 30 names it.
    eastern = square_of("30U YU 2 2")
    assert 0.0 < eastern.centre.lon_deg < 0.1
    assert mgrs_text(Position(-0.0001, eastern.centre.lat_deg), 1) == "30U YU 2 2"
    # 48 degrees north cuts this one: either band may be given.
    assert square_of("31T CP 9 1") == square_of("31U CP 9 1")
    assert square_of("31T CP 91 17") == square_of("31U CP 91 17")
    assert fault_of("31T CP 91 18") is GridFault.ZONE
    assert fault_of("31U CP 91 16") is GridFault.ZONE


@pytest.mark.parametrize(
    ("lat_deg", "letter"),
    [
        (-80.0, "C"),
        (-72.0, "D"),
        (-0.0001, "M"),
        (0.0, "N"),
        (47.9999, "T"),
        (48.0, "U"),
        (55.9999, "U"),
        (56.0, "V"),
        (72.0, "X"),
        (80.0, "X"),
        (84.0, "X"),
    ],
)
def test_bands_have_letters_without_i_and_o(lat_deg: float, letter: str) -> None:
    assert band_letter(lat_deg) == letter
    assert has_grid(Position(0.0, lat_deg))


@pytest.mark.parametrize("lat_deg", [-90.0, -80.0001, 84.0001, 90.0])
def test_there_is_no_grid_at_the_poles(lat_deg: float) -> None:
    position = Position(1.0, lat_deg)
    assert not has_grid(position)
    for refuse in (
        lambda: band_letter(lat_deg),
        lambda: utm_of(position),
        lambda: mgrs_text(position),
    ):
        with pytest.raises(GridError) as refused:
            refuse()
        assert refused.value.fault is GridFault.ZONE


@pytest.mark.parametrize(
    ("reference", "fault"),
    [
        ("31U DS 1855 5491", None),
        ("1U BS 89 54", None),
        # no such zone or band
        ("0U DS 1855 5491", GridFault.ZONE),
        ("61U DS 1855 5491", GridFault.ZONE),
        ("-1U DS 1855 5491", GridFault.ZONE),
        ("31I DS 1855 5491", GridFault.ZONE),
        ("31O DS 1855 5491", GridFault.ZONE),
        ("31A DS 1855 5491", GridFault.ZONE),
        ("31Y DS 1855 5491", GridFault.ZONE),
        ("31u DS 1855 5491", GridFault.ZONE),
        ("32X MG 1234 1234", GridFault.ZONE),
        # letters of other zones, letters that are never used, not two of them
        ("30U DS 1855 5491", GridFault.SQUARE),
        ("31U JS 1855 5491", GridFault.SQUARE),
        ("31U IS 1855 5491", GridFault.SQUARE),
        ("31U DO 1855 5491", GridFault.SQUARE),
        ("31U DW 1855 5491", GridFault.SQUARE),
        ("31U D 1855 5491", GridFault.SQUARE),
        ("31U DSS 1855 5491", GridFault.SQUARE),
        ("31U ds 1855 5491", GridFault.SQUARE),
        # the square is in another band, or beyond the zone
        ("31T DS 1855 5491", GridFault.SQUARE),
        ("31V DS 1855 5491", GridFault.SQUARE),
        ("31X DS 1855 5491", GridFault.SQUARE),
        ("31U AS 1855 5491", GridFault.SQUARE),
        ("31U GS 9000 9000", GridFault.ZONE),
        ("31U HS 1855 5491", GridFault.SQUARE),
        # the square is cut by the edge, the figures lead across it
        ("31U BS 0000 5491", GridFault.ZONE),
        ("30U YB 9999 4100", GridFault.ZONE),
        ("31U DP 5000 0000", GridFault.ZONE),
        ("31T DP 5000 5000", GridFault.ZONE),
        ("31V FG 5000 5000", GridFault.SQUARE),
        # figures
        ("31U DS  ", GridFault.FIGURES),
        ("31U DS 1855 549", GridFault.FIGURES),
        ("31U DS 185555 549155", GridFault.FIGURES),
        ("31U DS 18x5 5491", GridFault.FIGURES),
        ("31U DS 18.5 54.1", GridFault.FIGURES),
        ("31U DS -855 5491", GridFault.FIGURES),
        ("31U DS 1855 549\N{SUPERSCRIPT ONE}", GridFault.FIGURES),
        ("31U DS 1855 549\N{ARABIC-INDIC DIGIT ONE}", GridFault.FIGURES),
    ],
)
def test_a_reference_that_names_no_place_says_why(reference: str, fault: GridFault | None) -> None:
    assert fault_of(reference) is fault


@pytest.mark.parametrize("digits", [0, 6, -1])
def test_there_are_one_to_five_digits(digits: int) -> None:
    with pytest.raises(ValueError, match="digits"):
        mgrs_text(Position(1.8383, 51.04), digits)


@pytest.mark.parametrize(
    ("zone", "is_north", "easting_m", "northing_m", "band"),
    [
        (0, True, 418_555.0, 5_654_915.0, ""),
        (61, True, 418_555.0, 5_654_915.0, ""),
        (31, True, 418_555.0, 5_654_915.0, "T"),  # 3 degrees outside of it
        (31, True, 418_555.0, 5_654_915.0, "I"),
        (31, False, 418_555.0, 5_654_915.0, "U"),  # of the other hemisphere
        (31, True, 418_555.0, 5_654_915.0, "H"),
        (31, True, 250_000.0, 5_654_915.0, ""),  # in zone 30
        (30, True, 750_000.0, 5_654_915.0, ""),  # in zone 31
        (32, True, 500_000.0, 8_700_000.0, ""),  # Svalbard has no zone 32
        (31, True, 418_555.0, 9_400_000.0, ""),  # beyond 84 degrees
        (31, False, 418_555.0, 1_000_000.0, ""),  # beyond 80 degrees
        (31, True, -1.0, 5_654_915.0, ""),
        (31, True, 1_000_001.0, 5_654_915.0, ""),
        (31, True, 418_555.0, -1.0, ""),
        (31, True, 418_555.0, 10_000_001.0, ""),
        (31, True, float("nan"), 5_654_915.0, ""),
        (31, True, 418_555.0, float("inf"), ""),
    ],
)
def test_utm_that_names_no_place_is_refused(
    zone: int, is_north: bool, easting_m: float, northing_m: float, band: str
) -> None:
    with pytest.raises(GridError) as refused:
        position_of_utm(zone, is_north, easting_m, northing_m, band)
    assert refused.value.fault is GridFault.ZONE


def test_rounded_utm_may_lie_a_little_beyond_its_zone_or_band() -> None:
    edge = utm_of(Position(-0.0001, 50.9))
    beyond = position_of_utm(30, True, edge.easting_m + 500.0, edge.northing_m, "U")
    assert 0.0 < beyond.lon_deg < 0.01
    below = utm_of(Position(1.5, 48.0001))
    assert position_of_utm(31, True, below.easting_m, below.northing_m - 500.0, "U").lat_deg < 48.0


def test_the_equator_is_reached_from_both_sides() -> None:
    north = position_of_utm(31, True, 500_000.0, 0.0)
    south = position_of_utm(31, False, 500_000.0, 10_000_000.0)
    assert distance_m(north, Position(3.0, 0.0)) < MICROMETRE
    assert distance_m(north, south) < MICROMETRE
    # A hair south of the equator has the last row of the south, not the first of the north.
    for lat_deg in (-1e-7, -1e-12):
        assert mgrs_text(Position(3.0, lat_deg), 5) == "31M EV 00000 99999"
    assert mgrs_text(Position(3.0, 0.0), 5) == "31N EA 00000 00000"


@given(st.integers(300_000, 640_000), st.integers(5_270_000, 5_790_000))
def test_a_place_on_a_line_of_the_grid_is_named_by_that_line(easting: int, northing: int) -> None:
    text = mgrs_text(position_of_utm(31, True, float(easting), float(northing)), 5)
    assert text[7:] == f"{easting % 100_000:05d} {northing % 100_000:05d}"


@given(
    st.integers(-1, 62),
    st.text("CDMNTUVXIO", min_size=0, max_size=2),
    st.text("ABDEFSTVWZ1", max_size=3),
    st.text("0123456789.", max_size=6),
    st.text("0123456789.", max_size=6),
)
def test_any_reference_is_a_square_or_a_reason(
    zone: int, band: str, square: str, easting: str, northing: str
) -> None:
    try:
        found = mgrs_square(zone, band, square, easting, northing)
    except GridError:
        return
    # What is read is written with the same letters and figures, unless its middle is over an edge.
    written = mgrs_text(found.centre, len(easting))
    if written.startswith(f"{zone:02d}{band}"):
        assert written == f"{zone:02d}{band} {square} {easting} {northing}"


@given(
    st.integers(-1, 62),
    st.booleans(),
    st.floats(-1e5, 1.2e6) | st.floats(),
    st.floats(-1e5, 1.1e7) | st.floats(),
    st.sampled_from(["", "U", "C", "X", "M", "N", "I", "?"]),
)
def test_any_utm_is_a_position_or_a_reason(
    zone: int, is_north: bool, easting_m: float, northing_m: float, band: str
) -> None:
    try:
        position = position_of_utm(zone, is_north, easting_m, northing_m, band)
    except GridError:
        return
    expected = proj_zone(zone, is_north).transform(position.lon_deg, position.lat_deg)
    assert expected == pytest.approx((easting_m, northing_m), abs=MICROMETRE)


def test_proj_is_not_loaded_before_it_is_asked() -> None:
    code = "import sys, channelplot.geodesy.text as t; print('pyproj' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
