"""Magnetic variation against the test values published with the World Magnetic Model 2025."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from channelplot.errors import NoVariation
from channelplot.geodesy import magnetic
from channelplot.geodesy.position import Position
from helpers.builders import R1

# NOAA NCEI and British Geological Survey, "WMM2025 test values", as NCEI's own package carries
# them (CIRES-Geomagnetism/wmm, WMM2025_FINAL_TEST_VALUES.txt): some of each half-year.
PUBLISHED = [
    # year, height in km, latitude, longitude, declination
    (2025.0, 28, 89, -121, -99.77),
    (2025.0, 54, 82, 87, 54.89),
    (2025.0, 65, 43, 93, 0.50),
    (2025.0, 3, -50, -103, 27.96),
    (2025.0, 66, 14, 143, -0.19),
    (2025.5, 6, -36, -137, 20.28),
    (2025.5, 63, 26, 81, 0.51),
    (2025.5, 8, -66, 17, -33.14),
    (2025.5, 50, -81, -67, 28.13),
    (2026.0, 74, -57, 3, -22.51),
    (2026.0, 33, -3, -147, 9.71),
    (2026.0, 83, 86, -46, -30.61),
    (2026.5, 14, 0, 80, -3.10),
    (2026.5, 12, 33, -145, 11.96),
    (2026.5, 12, -79, 115, -137.58),
    (2027.0, 54, 54, 178, 0.63),
    (2027.0, 61, 59, -77, -16.48),
    (2027.0, 12, -63, 178, 57.87),
    (2027.5, 8, 62, 53, 19.39),
    (2027.5, 0, -13, -59, -17.49),
    (2027.5, 16, 66, -178, 0.37),
    (2028.0, 21, 6, -32, -14.34),
    (2028.0, 1, -76, -75, 29.87),
    (2028.0, 75, 79, 125, -18.59),
    (2028.5, 11, 34, 0, 1.57),
    (2028.5, 28, 54, -120, 15.43),
    (2028.5, 65, 48, 148, -9.55),
    (2029.0, 57, 34, -13, -1.89),
    (2029.0, 19, 46, -22, -5.65),
    (2029.0, 50, 87, -154, -73.48),
    (2029.5, 33, 17, 5, 0.89),
    (2029.5, 66, -21, 32, -14.63),
    (2029.5, 63, 88, 26, 36.52),
]
STRAIT = Position(1.5, 51.0)


def moment(year: float) -> datetime:
    """A time from a decimal year."""
    start = datetime(int(year), 1, 1, tzinfo=UTC)
    return start + (year - int(year)) * (datetime(int(year) + 1, 1, 1, tzinfo=UTC) - start)


@pytest.mark.parametrize(("year", "height_km", "lat", "lon", "declination"), PUBLISHED)
def test_the_published_test_values_are_met(
    year: float, height_km: float, lat: float, lon: float, declination: float
) -> None:
    found = magnetic._declination_deg(Position(lon, lat), height_km, year)
    assert found == pytest.approx(declination, abs=0.0051)
    if height_km <= 1:  # what the operator gets is at sea level
        assert magnetic.variation_deg(Position(lon, lat), moment(year)) == pytest.approx(
            declination, abs=0.01
        )


def test_the_variation_in_the_strait() -> None:
    assert magnetic.variation_deg(STRAIT, moment(2026.9)) == pytest.approx(1.77, abs=0.005)


def test_variation_is_west_in_the_west_and_grows_east_with_time() -> None:
    at_utc = datetime(2026, 9, 15, 2, 28, tzinfo=UTC)
    assert magnetic.variation_deg(Position(-7.0, 49.0), at_utc) < 0.0
    assert magnetic.variation_deg(R1, at_utc) > 0.0
    assert magnetic.variation_deg(R1, at_utc + timedelta(days=365)) > magnetic.variation_deg(
        R1, at_utc
    )


@pytest.mark.parametrize(
    ("at_utc", "year"),
    [
        (datetime(2026, 1, 1, tzinfo=UTC), 2026.0),
        (datetime(2026, 7, 2, 12, tzinfo=UTC), 2026.5),
        (datetime(2028, 7, 2, tzinfo=UTC), 2028.5),
        (datetime(2028, 12, 31, tzinfo=UTC), 2028.0 + 365 / 366),
    ],
)
def test_a_time_is_a_year_and_a_part_of_it(at_utc: datetime, year: float) -> None:
    assert magnetic._decimal_year(at_utc) == pytest.approx(year, abs=1e-9)


@pytest.mark.parametrize(
    "at_utc",
    [
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(2024, 12, 31, 23, 59, 59, tzinfo=UTC),
        datetime(2030, 1, 1, 0, 0, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, tzinfo=UTC),
    ],
)
def test_there_is_no_variation_outside_the_years_of_the_model(at_utc: datetime) -> None:
    with pytest.raises(NoVariation) as refused:
        magnetic.variation_deg(R1, at_utc)
    assert refused.value.at_utc == at_utc
    assert f"{at_utc.year:04d}" in str(refused.value)


@pytest.mark.parametrize(
    "at_utc", [datetime(2025, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)]
)
def test_the_first_and_the_last_moment_of_the_model_count(at_utc: datetime) -> None:
    assert abs(magnetic.variation_deg(R1, at_utc)) < 5.0


@pytest.mark.parametrize(
    ("magnetic_deg", "variation_deg", "true_deg"),
    [(21.23, 1.77, 23.0), (359.0, 1.77, 0.77), (0.5, -1.5, 359.0), (358.5, 1.5, 0.0)],
)
def test_east_variation_is_added(
    magnetic_deg: float, variation_deg: float, true_deg: float
) -> None:
    assert magnetic.true_deg(magnetic_deg, variation_deg) == pytest.approx(true_deg, abs=1e-9)


def test_the_model_is_not_loaded_before_it_is_asked() -> None:
    code = "import sys, channelplot.geodesy.magnetic; print('pygeomag' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
