"""Layers of others that come in: every row, on WGS 84 and as it stands, or refused."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely

from channelplot.errors import ImportFault, ImportFileError
from channelplot.exchange.incoming import vector
from channelplot.exchange.incoming.found import ReadOptions, Zone
from channelplot.exchange.incoming.vector import read_vector
from channelplot.exchange.outgoing.export import export
from channelplot.exchange.outgoing.formats import format_of
from channelplot.exchange.outgoing.selection import Selection
from channelplot.model.people import PeopleCount
from helpers.full_plot import full_plot
from helpers.layers_of_others import PLACES, T3, frame, refused, taken
from helpers.taken_in import NOW_UTC, OPTIONS, TakenIn, differing


@pytest.mark.usefixtures("ready_readers")
@pytest.mark.parametrize(
    ("suffix", "crs"),
    [(".gpkg", 4326), (".gpkg", 27700), (".fgb", 32631), (".shp", 2154)],
)
def test_points_with_times_are_reports(tmp_path: Path, suffix: str, crs: int) -> None:
    path = tmp_path / f"tracks{suffix}"
    rows = frame(pob=[45.0, None, 0.0])
    if suffix == ".shp":  # it knows no times, only words
        rows["time"] = rows["time"].dt.strftime("%Y/%m/%d %H:%M:%S.250+00")
    rows.to_crs(crs).to_file(path, engine="pyogrio")
    found = taken(path)
    assert found.refusals == []
    by_time = sorted(found.reports, key=lambda each: each.observed_at_utc)
    for report, place, minutes in zip(by_time, PLACES, (0, 10, 20), strict=True):
        off = timedelta(milliseconds=250 if suffix == ".shp" else 12.5 * minutes)
        assert report.observed_at_utc == T3 + timedelta(minutes=minutes) + off
        assert report.position is not None
        where = (report.position.lon_deg, report.position.lat_deg)
        assert where == pytest.approx(place, abs=0.0 if crs == 4326 else 1e-7)
    assert [each.speed_kn for each in by_time] == [7.25, None, 0.1]
    assert [each.people for each in by_time] == [PeopleCount(total=45), None, PeopleCount(total=0)]
    assert [each.track for each in by_time] == ["235000123", "OTHER", "235000123"]
    assert by_time[0].as_received.startswith("mmsi=235000123, name=CUTTER, time=2026")
    assert sorted(each.line for each in found.reports) == [1, 2, 3]


@pytest.mark.usefixtures("ready_readers")
def test_rows_that_are_no_reports_are_refused_and_the_others_come_in(tmp_path: Path) -> None:
    path = tmp_path / "mixed.gpkg"
    rows = [
        (shapely.Point(1.5, 50.9), "2026-09-15T03:00:00Z"),
        (shapely.LineString([(1, 50), (2, 51)]), "2026-09-15T03:00:00Z"),
        (None, "2026-09-15T03:00:00Z"),
        (shapely.Point(), "2026-09-15T03:00:00Z"),
        (shapely.Point(1.5, np.inf), "2026-09-15T03:00:00Z"),
        (shapely.Point(1.5, 95.0), "2026-09-15T03:00:00Z"),
        (shapely.Point(50.9, 1.5), "2026-09-15T03:00:00Z"),
        (shapely.MultiPoint([(1.5, 50.9)]), "2026-09-15T03:00:00Z"),
        (shapely.MultiPoint([(1.5, 50.9), (1.6, 50.9)]), "2026-09-15T03:00:00Z"),
        (shapely.Point(1.5, 50.9), None),
        (shapely.Point(1.5, 50.9), "three"),
    ]
    shapes, times = zip(*rows, strict=True)
    geopandas.GeoDataFrame({"time": times}, geometry=list(shapes), crs=4326).to_file(path)
    found = taken(path)
    assert [each.line for each in found.reports] == [1, 8]
    assert found.faults() == [
        (2, ImportFault.NOT_A_POINT),
        (3, ImportFault.POSITION_MISSING),
        (4, ImportFault.POSITION_MISSING),
        (5, ImportFault.LATITUDE_RANGE),
        (6, ImportFault.LATITUDE_RANGE),
        (7, ImportFault.SWAPPED),
        (9, ImportFault.NOT_A_POINT),
        (10, ImportFault.TIME_MISSING),
        (11, ImportFault.TIME_NOT_READ),
    ]


@pytest.mark.usefixtures("ready_readers")
def test_points_without_times_are_places_and_layers_are_named_in_refusals(tmp_path: Path) -> None:
    path = tmp_path / "two.gpkg"
    beaches = frame().drop(columns=["time", "mmsi", "sog"])
    beaches.to_file(path, layer="beaches")
    lanes = geopandas.GeoDataFrame({"a": [1]}, geometry=[shapely.box(1, 50, 2, 51)], crs=4326)
    lanes.to_file(path, layer="lanes")
    found = taken(path)
    assert [each.name for each in found.places] == ["CUTTER", "OTHER", ""]
    assert found.refusals == [(1, ImportFault.NOT_A_POINT, "lanes: a=1")]


@pytest.mark.usefixtures("ready_readers")
def test_times_without_a_zone_are_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "local.gpkg"
    frame(time=[(T3 + timedelta(hours=2)).replace(tzinfo=None)] * 3).to_file(path)
    assert refused(path) is ImportFault.ZONE_NOT_SAID
    found = taken(path, replace(OPTIONS, zone=Zone.FR))
    assert {each.observed_at_utc for each in found.reports} == {T3}


@pytest.mark.usefixtures("ready_readers")
def test_a_file_that_does_not_say_its_reference_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.shp"
    frame(time=["2026-09-15T03:00Z"] * 3).to_crs(2154).to_file(path)
    path.with_suffix(".prj").unlink()
    assert refused(path) is ImportFault.NO_CRS
    undefined = tmp_path / "plan.gpkg"
    with pytest.warns(UserWarning, match="'crs' was not provided"):
        frame().set_crs(None, allow_override=True).to_file(undefined)
    assert refused(undefined) is ImportFault.NO_CRS


@pytest.mark.usefixtures("ready_readers")
def test_rows_are_read_some_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector, "ROWS_AT_A_TIME", 2)
    path = tmp_path / "tracks.gpkg"
    frame().to_file(path)
    found = taken(path)
    assert found.positions_deg() == PLACES
    assert [each.line for each in found.reports] == [1, 2, 3]
    assert found.shares[-1] == 1.0

    class Changing(TakenIn):
        def report(self, report: object) -> None:
            path.touch()

    with pytest.raises(ImportFileError) as error:
        read_vector(path, OPTIONS, Changing())
    assert error.value.fault is ImportFault.UNREADABLE


@pytest.mark.usefixtures("ready_readers")
@pytest.mark.parametrize("suffix", [".gpkg", ".fgb"])
def test_what_this_program_wrote_is_read_as_it_was(tmp_path: Path, suffix: str) -> None:
    plot = full_plot()
    path = tmp_path / f"night{suffix}"
    kind = format_of(path)
    assert kind is not None
    export(Selection(plot=plot), path, kind, NOW_UTC)
    found = taken(path)
    assert found.refusals == []
    records = {track.uid: replace(track, reports=()) for track in plot.tracks.values()}
    assert {each.key: each.record for each in found.tracks} == records
    assert {each.record for each in found.places} == {*plot.beaches.values(), *plot.marks.values()}
    assert {each.uid for each in found.reports} == {each.uid for each in plot.reports()}
    assert [differing(each, plot) for each in found.reports] == [[]] * plot.report_count()


def test_it_stops_when_it_is_told_to(tmp_path: Path) -> None:
    path = tmp_path / "tracks.fgb"
    frame().to_file(path)
    options = ReadOptions(now_utc=NOW_UTC)
    options.stop.set()
    assert refused(path, options) is ImportFault.STOPPED
