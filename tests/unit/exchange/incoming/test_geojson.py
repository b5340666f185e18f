"""GeoJSON that comes in: as it stands."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from channelplot.errors import ImportFault
from channelplot.exchange import fields
from channelplot.exchange.incoming import json_text
from channelplot.exchange.incoming.feature_look import said_by_name
from channelplot.exchange.incoming.feature_sample import look_at_features
from channelplot.exchange.incoming.found import DateOrder, Zone
from channelplot.exchange.incoming.table_fields import TableField
from channelplot.geodesy.position import Position
from channelplot.model.codes import Craft
from channelplot.model.people import PeopleCount
from helpers.full_plot import full_plot
from helpers.geojson_texts import (
    COORDINATES,
    SEEN,
    T3,
    TIMES,
    collection,
    feature,
    point,
    refused,
    sequence,
    taken,
)
from helpers.taken_in import OPTIONS, differing


def test_a_point_with_a_time_is_a_report_as_it_stands() -> None:
    told = feature(
        point(1.51234567, 50.98765432),
        time="2026-09-15T05:00:00.250+02:00",
        mmsi=235000123,
        name="CUTTER",
        sog=7.25,
        cog=360,
        pob="40+",
        source="radar",
    )
    found = taken(collection(SEEN, told))
    first, second = found.reports
    assert (first.track, first.observed_at_utc, first.line) == ("NOVEMBER 1", T3, 2)
    assert (second.track, second.line) == ("235000123", 3)
    assert second.position == Position(1.51234567, 50.98765432)
    assert second.observed_at_utc == T3 + timedelta(milliseconds=250)
    assert (second.speed_kn, second.course_deg) == (7.25, None)
    assert second.people is not None
    assert (second.people.total, second.people.is_estimate) == (40, True)
    assert second.as_received == told
    assert [(t.key, t.name, t.is_craft_id) for t in found.tracks] == [
        ("NOVEMBER 1", "NOVEMBER 1", False),
        ("235000123", "CUTTER", True),
    ]
    assert found.refusals == []


def test_whole_numbers_that_are_kept_as_floats_are_whole() -> None:
    said = {"time": "2026-09-15T05:00:00Z", "mmsi": 227124000.0}
    features = [feature(point(1.5, 50.9), **said, pob=people) for people in (45.0, 45.5)]
    found = taken(collection(*features))
    (report,) = found.reports
    assert (report.track, report.people) == ("227124000", PeopleCount(total=45))
    assert [each[1:] for each in found.refusals] == [(ImportFault.NUMBER_NOT_READ, "45.5")]


def test_words_are_the_feature_as_it_stands_in_one_line_and_not_too_long() -> None:
    spread = json.dumps(json.loads(SEEN) | {"note": "two  blanks"}, indent=2)
    long = feature(point(1.5, 50.9), time="2026-09-15T03:00:00Z", note="x" * 5000)
    first, second = taken(collection(spread, long)).reports
    assert "\n" not in first.as_received
    assert json.loads(first.as_received) == json.loads(spread)
    assert len(second.as_received) == 500
    assert second.as_received.endswith("x…")


def test_a_point_without_a_time_is_a_place() -> None:
    found = taken(collection(feature(point(1.2, 50.6), name="Slack", note="dunes")))
    (place,) = found.places
    assert (place.name, place.position, place.note) == ("Slack", Position(1.2, 50.6), "dunes")
    assert found.reports == []


def test_a_property_that_may_be_a_time_is_asked_about() -> None:
    text = collection(feature(point(1.2, 50.6), name="Slack", flood="2026-09-15 03:00"))
    assert refused(text) == (ImportFault.COLUMNS, 2)
    assert len(taken(text, replace(OPTIONS, columns={"time": ""})).places) == 1
    (report,) = taken(text, replace(OPTIONS, columns={"time": "flood"}, zone=Zone.UTC)).reports
    assert report.observed_at_utc == T3


def test_what_somebody_said_of_properties_must_be_there_somewhere() -> None:
    said = replace(OPTIONS, columns={"name": "boat"})
    other = feature(point(1.5, 50.9), time="2026-09-15T03:00:00Z", boat="PAPA")
    assert [each.track for each in taken(collection(SEEN, other), said).reports] == [
        "NOVEMBER 1",
        "PAPA",
    ]
    assert refused(collection(SEEN), said)[0] is ImportFault.COLUMNS
    assert refused(SEEN, replace(OPTIONS, columns={"nom": "x"}))[0] is ImportFault.COLUMNS


def test_times_are_never_guessed() -> None:
    def at(text: object) -> str:
        return feature(point(1.5, 50.9), time=text)

    assert refused(collection(SEEN, at("2026-09-15 03:00"))) == (ImportFault.ZONE_NOT_SAID, 3)
    french = replace(OPTIONS, zone=Zone.FR, date_order=DateOrder.DAY_FIRST)
    (report,) = taken(at("15/09/2026 05:00"), french).reports
    assert report.observed_at_utc == T3
    odd = [
        "",
        None,
        "soon",
        1789441200,
        "2026-03-29 02:30",
        "2025-10-26 02:30",
        "2027-01-01T00:00Z",
    ]
    assert taken(collection(*map(at, odd)), french).faults() == [
        (2, ImportFault.TIME_MISSING),
        (3, ImportFault.TIME_MISSING),
        (4, ImportFault.TIME_NOT_READ),
        (5, ImportFault.TIME_NOT_READ),
        (6, ImportFault.TIME_NEVER),
        (7, ImportFault.TIME_TWICE),
        (8, ImportFault.TIME_AHEAD),
    ]
    assert refused(at("03/04/2026 05:00Z")) == (ImportFault.DAY_OR_MONTH_FIRST, 1)
    american = replace(french, date_order=DateOrder.MONTH_FIRST)
    shown = collection(at("03/04/2026 05:00Z"), at("15/09/2026 05:00Z"))
    assert refused(shown, american) == (ImportFault.DAY_OR_MONTH_FIRST, 3)


def test_several_points_of_which_there_is_one_are_a_point() -> None:
    shape = {"type": "MultiPoint", "coordinates": [[1.5, 50.9, 12.0]]}
    (report,) = taken(feature(shape, time="2026-09-15T03:00:00Z")).reports
    assert report.position == Position(1.5, 50.9)


@pytest.mark.parametrize("name", ["coordTimes", "times", "coordinateProperties"])
@pytest.mark.parametrize(
    ("kind", "coordinates", "times"),
    [
        ("LineString", COORDINATES, TIMES),
        ("MultiLineString", [COORDINATES[:1], COORDINATES[1:]], [TIMES[:1], TIMES[1:]]),
    ],
)
def test_a_line_with_times_is_a_track_of_its_own(
    name: str, kind: str, coordinates: object, times: object
) -> None:
    properties = {name: {"times": times} if name == "coordinateProperties" else times}
    shape = {"type": kind, "coordinates": coordinates}
    one = feature(shape, name="Track 1", **properties)
    found = taken(collection(one, one))
    assert [each.observed_at_utc for each in found.reports[:3]] == [
        T3 + timedelta(minutes=minutes) for minutes in (0, 10, 20)
    ]
    assert found.positions_deg()[:3] == [(1.5, 50.9), (1.51, 50.91), (1.52, 50.92)]
    assert found.reports[1].as_received == "1.51, 50.91 2026-09-15T03:10:00Z"
    first, second = found.tracks
    assert first.name == second.name == "Track 1"
    assert first.key != second.key
    assert [each.track for each in found.reports] == [first.key] * 3 + [second.key] * 3
    assert found.refusals == []


def test_a_line_of_a_craft_with_a_number_is_that_crafts() -> None:
    shape = {"type": "LineString", "coordinates": COORDINATES}
    one = feature(shape, MMSI="235000123", name="CUTTER", times=TIMES)
    found = taken(collection(one, one))
    assert {each.track for each in found.reports} == {"235000123"}
    assert [(each.key, each.is_craft_id) for each in found.tracks] == [("235000123", True)]


def test_of_a_line_what_can_be_read_comes_in() -> None:
    shape = {"type": "LineString", "coordinates": [*COORDINATES, ["1,5", 50.9], [1.5, 95]]}
    times = [TIMES[0], None, "soon", TIMES[1], TIMES[2]]
    found = taken(feature(shape, times=times))
    assert len(found.reports) == 1
    assert found.refusals == [
        (1, ImportFault.TIME_NOT_READ, "soon"),
        (1, ImportFault.POSITION_NOT_READ, "4: 1,5, 50.9"),
        (1, ImportFault.LATITUDE_RANGE, "5: 1.5, 95"),
        (1, ImportFault.TIME_MISSING, "1"),
    ]


@pytest.mark.parametrize(
    ("kind", "coordinates", "times"),
    [
        ("LineString", COORDINATES, TIMES[:2]),
        ("LineString", COORDINATES, []),
        ("MultiLineString", [COORDINATES[:1], COORDINATES[1:]], [TIMES[:2], TIMES[2:]]),
        ("MultiLineString", [COORDINATES], TIMES),
    ],
)
def test_a_line_with_another_number_of_times_is_refused_once(
    kind: str, coordinates: object, times: object
) -> None:
    found = taken(feature({"type": kind, "coordinates": coordinates}, coordTimes=times))
    assert found.faults() == [(1, ImportFault.TIME_MISSING)]
    assert found.reports == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (SEEN, [1]),
        (sequence([SEEN] * 3), [1, 2, 3]),
        (sequence([SEEN] * 3, "\x1e"), [1, 2, 3]),
        (sequence([SEEN] * 3, "\x1e", ""), [1, 1, 1]),
        (sequence([json.dumps(json.loads(SEEN), indent=1)] * 2, "\n\n"), [3, 19]),
        ("\ufeff" + sequence([SEEN] * 2, after="\r\n"), [1, 2]),
    ],
)
def test_features_follow_one_another(text: str, lines: list[int]) -> None:
    found = taken(text)
    assert [each.line for each in found.reports] == lines
    assert {each.observed_at_utc for each in found.reports} == {T3}


def test_a_shape_alone_is_a_place() -> None:
    found = taken(sequence([json.dumps(point(1.5, 50.9)), SEEN]))
    assert (len(found.places), len(found.reports)) == (1, 1)


@pytest.mark.parametrize("size", [30, 200, 1 << 18])
def test_a_collection_may_have_its_members_in_any_order(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_text, "_CHUNK", size)
    text = (
        '{"bbox": [1, 50, 2, 51],\n"features": [' + SEEN + ", " + SEEN + "],\n"
        '"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},\n'
        '"type": "FeatureCollection"}'
    )
    assert [each.line for each in taken(text).reports] == [2, 2]


def test_what_this_program_wrote_is_read_as_it_was() -> None:
    plot = full_plot()
    features = []
    for track in plot.tracks.values():
        line = {"type": "LineString", "coordinates": [[1.0, 50.0], [2.0, 51.0]]}
        features.append(feature(line, record="track", **fields.track_texts(track)))
    for report in plot.reports():
        texts = fields.report_texts(report)
        lon, lat = texts.pop("lon_deg", None), texts.pop("lat_deg", None)
        shape = None if lon is None or lat is None else point(float(lon), float(lat))
        features.append(feature(shape, record="report", **texts))
    for beach in plot.beaches.values():
        place = point(beach.position.lon_deg, beach.position.lat_deg)
        features.append(feature(place, record="beach", **fields.beach_texts(beach)))
    for mark in plot.marks.values():
        place = point(mark.position.lon_deg, mark.position.lat_deg)
        features.append(feature(place, record="mark", **fields.mark_texts(mark)))
    found = taken(collection(*features))
    assert found.refusals == []
    assert [each.record for each in found.tracks] == [
        replace(track, reports=()) for track in plot.tracks.values()
    ]
    assert [each.record for each in found.places] == [*plot.beaches.values(), *plot.marks.values()]
    assert [each.uid for each in found.reports] == [each.uid for each in plot.reports()]
    assert [differing(each, plot) for each in found.reports] == [[]] * plot.report_count()


def test_what_stands_beside_the_fields_may_not_say_otherwise() -> None:
    told = {"record": "report", "uid": "u1", "observed_at_utc": "2026-09-15T03:00:00Z"}
    good = feature(point(1.5, 50.9), **told, lon_deg=1.5, lat_deg="50.9")
    moved = feature(point(1.5, 50.9), **told, lon_deg=1.5, lat_deg=50.8)
    broken = feature(point(1.5, 50.9), **told, lon_deg="1,5", lat_deg=50.9)
    unknown = feature(point(1.5, 50.9), record="boat", uid="u1")
    assert taken(collection(good, moved, broken, unknown)).faults() == [
        (3, ImportFault.POSITION_DOUBTFUL),
        (4, ImportFault.NUMBER_NOT_READ),
        (5, ImportFault.CODE_NOT_KNOWN),
    ]


def test_the_first_features_show_which_property_holds_what(tmp_path: Path) -> None:
    path = tmp_path / "odd.geojson"
    one = feature(point(1.5, 50.9), boat="PAPA", sampled="2026-09-15 03:00")
    other = feature(point(1.5, 50.9), sampled="2026-09-15 03:10", mmsi=235000123)
    path.write_text(collection(*[one, other] * 40), "utf-8")
    look = look_at_features(path, OPTIONS)
    assert look.titles == ("boat", "sampled", "mmsi")
    assert look.rows[:2] == (
        (2, ("PAPA", "2026-09-15 03:00", "")),
        (3, ("", "2026-09-15 03:10", "235000123")),
    )
    assert {column.title: column.field for column in look.columns} == {
        "boat": TableField.NAME,
        "mmsi": TableField.MMSI,
    }
    said = said_by_name({"time": "2", "note": "", "name": "boat"}, look)
    assert said == {"time": "sampled", "note": "", "name": "boat"}
    options = replace(OPTIONS, columns=said, zone=Zone.UTC)
    by_number = look_at_features(path, replace(options, columns={"time": "2"}))
    assert by_number.at[TableField.TIME] == 1
    assert by_number.layout_key == look.layout_key
    found = taken(path.read_bytes(), options)
    assert [each.track for each in found.reports[:2]] == ["PAPA", "235000123"]
    assert refused(path.read_bytes(), replace(options, columns={"time": "2"}))[0] is (
        ImportFault.COLUMNS
    )


def test_the_reports_of_a_track_that_is_refused_keep_its_name() -> None:
    told = {"record": "track", "uid": "t1", "name": "A", "craft": "small_boat", "status": "foo"}
    report = {"record": "report", "uid": "u1", "track_uid": "t1"}
    report["observed_at_utc"] = "2026-09-15T03:00:00Z"
    found = taken(collection(feature(None, **told), feature(point(1.5, 50.9), **report)))
    assert found.faults() == [(2, ImportFault.CODE_NOT_KNOWN)]
    (track,) = found.tracks
    assert (track.name, track.craft, track.record) == ("A", Craft.SMALL_BOAT, None)
    assert [each.track for each in found.reports] == [track.key]
