"""GPX and KML that nobody here wrote: other programs' files, and what GDAL writes."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import geopandas
import pytest
from shapely.geometry import LineString, Point

from channelplot.errors import ImportFault
from channelplot.exchange.incoming.found import NO_TRACK
from channelplot.exchange.incoming.gpx import read_gpx_reports
from channelplot.exchange.incoming.kml import read_kml_reports
from helpers.taken_in import OPTIONS, TakenIn

DATA = Path(__file__).parents[3] / "data" / "exchange"
READERS = {".gpx": read_gpx_reports, ".kml": read_kml_reports}


def read(path: Path) -> TakenIn:
    taken = TakenIn()
    with path.open("rb") as file:
        READERS[path.suffix](file, path, OPTIONS, taken)
    return taken


def test_a_walk_by_a_garmin_device() -> None:
    """Counted by hand: eight logs, the first one empty, and seven waypoints, one with a time."""
    found = read(DATA / "cerknicko-jezero.gpx")
    assert [track.line for track in found.tracks] == [64, 762, 976, 990, 1172, 1186, 1200]
    assert [track.name for track in found.tracks] == [f"ACTIVE LOG #{n}" for n in range(2, 9)]
    of_each = Counter(report.track for report in found.reports)
    assert [of_each[track.key] for track in found.tracks] == [173, 52, 2, 44, 2, 2, 21]
    assert of_each[NO_TRACK] == 1
    assert len(found.places) == 6
    assert (found.places[0].name, found.places[0].note) == (
        "BACK T TH",
        "BACK TO THE ROOTS; City (Small)",
    )
    assert found.refusals == [(59, ImportFault.POSITION_MISSING, "ACTIVE LOG")]
    first = found.reports[1]
    assert first.position is not None
    assert (first.position.lat_deg, first.position.lon_deg) == (45.772175035, 14.357659249)
    assert first.observed_at_utc == datetime(2010, 8, 5, 14, 23, 59, tzinfo=UTC)


def test_other_devices() -> None:
    (heart,) = read(DATA / "gpx_with_garmin_extension.gpx").reports
    assert heart.as_received.endswith("time=2016-06-17T23:41:03Z hr=171")
    shoes = read(DATA / "track-with-less-sec-time.gpx").reports
    assert [report.observed_at_utc for report in shoes] == [
        datetime(2015, 12, 11, 14, 43, 13, tzinfo=UTC),
        datetime(2015, 12, 11, 14, 43, 13, 994_000, tzinfo=UTC),
    ]


def test_a_yachts_log_as_gpx_and_as_kml() -> None:
    """The log begins with 60°05.071'N 023°32.346'E at 09:55:59, 225.18° and 5.80 kn."""
    as_gpx, as_kml = read(DATA / "plaka.gpx"), read(DATA / "plaka.kml")
    first = as_gpx.reports[0]
    assert first.position is not None
    assert first.position.lat_deg == pytest.approx(60 + 5.071 / 60, abs=1e-9)
    assert first.position.lon_deg == pytest.approx(23 + 32.346 / 60, abs=1e-9)
    assert first.observed_at_utc == datetime(2026, 9, 15, 9, 55, 59, tzinfo=UTC)
    assert first.course_deg == pytest.approx(225.18, abs=1e-5)
    assert first.speed_kn == pytest.approx(5.80, abs=1e-5)
    assert len(as_gpx.reports) == 31
    times = [report.observed_at_utc for report in as_gpx.reports]
    (track,) = as_kml.tracks
    in_track = [report for report in as_kml.reports if report.track == track.key]
    assert [report.observed_at_utc for report in in_track] == times
    alone = [report for report in as_kml.reports if report.track != track.key]
    assert [report.observed_at_utc for report in alone] == times
    assert [fault for _, fault in as_kml.faults()] == [ImportFault.NOT_A_POINT]


TIMES = [
    datetime(2026, 9, 15, 2, 10, 0, 500_000, tzinfo=UTC),
    datetime(2026, 9, 15, 2, 20, tzinfo=UTC),
]
WHERE = [Point(1.65, 50.98), Point(-0.25, 50.5)]


def test_gpx_as_gdal_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "points.gpx"
    columns = {"time": TIMES, "name": ["R1", "R2"], "desc": ["forty aboard", ""]}
    frame = geopandas.GeoDataFrame(columns, geometry=WHERE, crs=4326)
    frame.to_file(path, driver="GPX", layer="waypoints")
    found = read(path)
    assert found.positions_deg() == [(1.65, 50.98), (-0.25, 50.5)]
    assert [report.observed_at_utc for report in found.reports] == TIMES
    assert "name=R1 desc=forty aboard" in found.reports[0].as_received
    in_track = frame.assign(track_fid=0, track_seg_id=0, track_seg_point_id=[0, 1])
    in_track.to_file(path, driver="GPX", layer="track_points")
    again = read(path)
    assert again.positions_deg() == found.positions_deg()
    assert len(again.tracks) == 1
    assert found.refusals == again.refusals == []


def test_kml_as_gdal_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "points.kml"
    line = LineString([(1, 50), (2, 51)])
    columns = {"Name": ["R1", "R2", "Line"], "pob": ["40", "", ""]}
    geopandas.GeoDataFrame(columns, geometry=[*WHERE, line], crs=4326).to_file(path, driver="KML")
    found = read(path)
    assert [place.name for place in found.places] == ["R1", "R2"]
    assert found.places[0].note == "pob: 40"
    assert found.places[1].position.lon_deg == -0.25
    assert [detail for _, _, detail in found.refusals] == ["Line"]


def test_kml_with_times_as_gdal_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "timed.kml"
    frame = geopandas.GeoDataFrame({"timestamp": TIMES}, geometry=WHERE, crs=4326)
    frame.to_file(path, driver="LIBKML")
    found = read(path)
    assert found.positions_deg() == [(1.65, 50.98), (-0.25, 50.5)]
    assert [report.observed_at_utc for report in found.reports] == TIMES
