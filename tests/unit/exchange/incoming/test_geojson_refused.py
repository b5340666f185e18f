"""GeoJSON that is wrong, broken or means harm: refused with its line, the rest comes in."""

import io
import json
import random
import tracemalloc
from functools import partial

import pytest

from channelplot.errors import ImportFault, ImportFileError
from channelplot.exchange.incoming import json_text
from channelplot.exchange.incoming.found import ReadOptions
from channelplot.exchange.incoming.geojson import read_geojson
from helpers.geojson_texts import (
    COORDINATES,
    NOWHERE,
    SEEN,
    TIMES,
    collection,
    feature,
    indented,
    point,
    refused,
    sequence,
    taken,
)
from helpers.taken_in import OPTIONS, TakenIn, fault_of, taken_in


@pytest.mark.parametrize(
    ("lon", "lat", "fault"),
    [
        ("1,5", "50,9", ImportFault.POSITION_NOT_READ),
        ("1.5", "50.9", ImportFault.POSITION_NOT_READ),
        (True, 50.9, ImportFault.POSITION_NOT_READ),
        (None, 50.9, ImportFault.POSITION_NOT_READ),
        (None, None, ImportFault.POSITION_MISSING),
        (float("nan"), 50.9, ImportFault.POSITION_NOT_READ),
        (1.5, float("inf"), ImportFault.POSITION_NOT_READ),
        (1.5, 91, ImportFault.LATITUDE_RANGE),
        (181, 50.9, ImportFault.LONGITUDE_RANGE),
        (10**400, 50.9, ImportFault.LONGITUDE_RANGE),
        (50.9, 1.5, ImportFault.SWAPPED),
        ([1.5], 50.9, ImportFault.POSITION_NOT_READ),
    ],
)
def test_what_is_no_place_is_refused_and_the_others_come_in(
    lon: object, lat: object, fault: ImportFault
) -> None:
    found = taken(collection(feature(point(lon, lat), time="2026-09-15T03:00:00Z"), SEEN))
    assert found.faults() == [(2, fault)]
    assert len(found.reports) == 1


def test_more_properties_than_any_feature_has_are_refused() -> None:
    many = feature(point(1.5, 50.9), **{f"p{number}": 1 for number in range(2_000)})
    assert refused(collection(SEEN, many)) == (ImportFault.TOO_LARGE, 3)


def test_a_number_too_large_for_one_is_refused() -> None:
    found = taken(collection(SEEN.replace("1.5,", "1e999,"), SEEN))
    assert found.faults() == [(2, ImportFault.LONGITUDE_RANGE)]


@pytest.mark.parametrize(
    ("geometry", "fault"),
    [
        (None, ImportFault.POSITION_MISSING),
        ({"type": "Point", "coordinates": []}, ImportFault.POSITION_MISSING),
        ({"type": "Point", "coordinates": [[1.5, 50.9]]}, ImportFault.POSITION_MISSING),
        ({"type": "Point"}, ImportFault.NOT_A_POINT),
        ({"type": "LineString", "coordinates": [[1, 50], [2, 51]]}, ImportFault.NOT_A_POINT),
        (
            {"type": "Polygon", "coordinates": [[[1, 50], [2, 51], [1, 50]]]},
            ImportFault.NOT_A_POINT,
        ),
        ({"type": "MultiPoint", "coordinates": [[1, 50], [2, 51]]}, ImportFault.NOT_A_POINT),
        ({"type": "GeometryCollection", "geometries": []}, ImportFault.NOT_A_POINT),
        ({"type": "Curve", "coordinates": [1]}, ImportFault.NOT_A_POINT),
    ],
)
def test_other_shapes_are_refused_and_the_others_come_in(
    geometry: object, fault: ImportFault
) -> None:
    found = taken(collection(feature(geometry, time="2026-09-15T03:00:00Z"), SEEN))
    assert found.faults() == [(2, fault)]
    assert len(found.reports) == 1


@pytest.mark.parametrize(
    ("text", "fault", "line"),
    [
        ("", ImportFault.EMPTY, 1),
        (" \n ", ImportFault.EMPTY, 2),
        (collection(), ImportFault.EMPTY, 4),
        ("<OGRVRTDataSource/>", ImportFault.KIND, 1),
        ("[]", ImportFault.KIND, 1),
        ("lat,lon\n1,2\n", ImportFault.KIND, 1),
        ("{}", ImportFault.KIND, 1),
        ('{"type": "gdal_streamed_alg", "command_line": "x"}', ImportFault.KIND, 1),
        ('{"type": "Topology", "objects": {}}', ImportFault.KIND, 1),
        ('{"features": []}', ImportFault.KIND, 1),
        ('{"type": "Feature", "features": []}', ImportFault.KIND, 1),
        ('{"type": "FeatureCollection"}', ImportFault.KIND, 1),
        (collection(SEEN, "null"), ImportFault.KIND, 3),
        (collection(SEEN, '{"type": "Point", "coordinates": [1, 2]}'), ImportFault.KIND, 3),
        (sequence([SEEN, '{"type": "Topology"}']), ImportFault.KIND, 2),
        (sequence([SEEN, "3"]), ImportFault.KIND, 2),
        (sequence([SEEN, '{"type": {}}']), ImportFault.KIND, 2),
        ('{"type": "Feature", "properties": [], "geometry": null}', ImportFault.KIND, 1),
        ('{"type": "Feature", "properties": {}, "geometry": []}', ImportFault.KIND, 1),
        (collection(SEEN)[:-20], ImportFault.NOT_JSON, 2),
        (collection(SEEN, SEEN)[:-4], ImportFault.NOT_JSON, 3),
        (collection(SEEN).replace("\n]}", ",\n]}"), ImportFault.NOT_JSON, 3),
        (collection(SEEN) + "{}", ImportFault.NOT_JSON, 4),
        (SEEN[:60], ImportFault.NOT_JSON, 1),
        (indented(SEEN) + "\n" + SEEN[:60], ImportFault.NOT_JSON, 15),
        (sequence([SEEN, indented(SEEN), SEEN[:60]]), ImportFault.NOT_JSON, 16),
        (sequence([SEEN, SEEN], after=" "), ImportFault.NOT_JSON, 1),
        (collection(SEEN, more=' "type": "FeatureCollection",'), ImportFault.NOT_JSON, 1),
        (collection(SEEN, SEEN.replace('"name"', '"time"')), ImportFault.NOT_JSON, 3),
        (collection(SEEN, more=' "crs": null,'), ImportFault.NO_CRS, 1),
        (collection(SEEN).replace("NOVEMBER", "\0"), ImportFault.ZERO_BYTE, 2),
    ],
)
def test_what_is_no_geojson_is_refused_whole(text: str, fault: ImportFault, line: int) -> None:
    assert refused(text) == (fault, line)


@pytest.mark.parametrize("size", [40, 1 << 18])
@pytest.mark.parametrize(
    ("lines", "broken"),
    [
        ([SEEN, SEEN[:60], SEEN], [2]),
        ([SEEN, SEEN, SEEN[:60]], [3]),
        ([SEEN, "{}}", SEEN + SEEN, SEEN], [2, 3]),
        ([SEEN, "x" * 500, SEEN.replace('"name"', '"time"'), "", SEEN, "}"], [2, 3, 6]),
    ],
)
def test_a_line_that_is_no_json_is_refused_and_the_others_come_in(
    lines: list[str], broken: list[int], size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_text, "_CHUNK", size)
    whole = [number for number, line in enumerate(lines, 1) if line == SEEN]
    several = [
        sequence(lines),
        sequence(lines, after="\r\n"),
        sequence(lines).strip(),
        sequence(lines, "\x1e"),
    ]
    for text in several:
        found = taken(text)
        assert found.faults() == [(number, ImportFault.NOT_JSON) for number in broken]
        assert [report.line for report in found.reports] == whole


def test_of_texts_parted_by_marks_alone_only_the_broken_one_is_refused() -> None:
    found = taken(sequence([SEEN, SEEN[:60], SEEN], before="\x1e", after=""))
    assert (found.faults(), len(found.reports)) == ([(1, ImportFault.NOT_JSON)], 2)


def test_of_a_line_that_is_no_json_its_beginning_is_told_or_what_is_wrong() -> None:
    found = taken(sequence([SEEN, SEEN[:30], SEEN + " x", SEEN.replace('"name"', '"time"')]))
    assert [told for _, _, told in found.refusals] == [SEEN[:30], "x", "time 2x"]


@pytest.mark.parametrize("suffix", [".ndjson", ".geojsonl", ".JSONL"])
@pytest.mark.parametrize("broken", [SEEN[:60], SEEN[20:], "time,lat,lon"])
def test_the_first_line_may_be_broken_where_the_name_says_that_each_is_one(
    suffix: str, broken: str
) -> None:
    data = sequence([broken, SEEN]).encode()
    path = NOWHERE.with_suffix(suffix)
    found = taken_in(lambda sink: read_geojson(io.BytesIO(data), path, OPTIONS, sink))
    assert (found.faults(), len(found.reports)) == ([(1, ImportFault.NOT_JSON)], 1)
    with pytest.raises(ImportFileError) as error:
        taken(data)
    assert error.value.fault in (ImportFault.NOT_JSON, ImportFault.KIND)


@pytest.mark.parametrize(
    "whole", [collection(SEEN, SEEN), collection(SEEN).replace("\n", ""), indented(SEEN), SEEN]
)
def test_one_text_that_is_cut_off_is_refused_whole_whatever_its_name(whole: str) -> None:
    for length in range(1, len(whole.strip()), 7):
        file = io.BytesIO(whole[:length].encode())
        read = partial(read_geojson, file, NOWHERE.with_suffix(".ndjson"), OPTIONS)
        assert fault_of(read)[0] is ImportFault.NOT_JSON


def test_a_name_that_cannot_be_kept_refuses_its_feature() -> None:
    broken = SEEN.replace("NOVEMBER", "\\ud800")
    line = feature({"type": "LineString", "coordinates": COORDINATES}, coordTimes=TIMES, name="A")
    numbered = SEEN.replace('"name": "NOVEMBER', '"mmsi": 227000123, "name": "\\udc00')
    found = taken(sequence([broken, SEEN, line.replace('"A"', '"\\udfff"'), numbered]))
    assert found.faults() == [(number, ImportFault.ENCODING) for number in (1, 3, 4)]
    assert [report.track for report in found.reports] == ["NOVEMBER 1"]


@pytest.mark.parametrize("name", ["sog", "other"])
def test_a_number_of_thousands_of_figures_refuses_its_feature(name: str) -> None:
    long = feature(point(1.5, 50.9), time="2026-09-15T03:00:00Z", **{name: 0})
    found = taken(collection(long.replace(": 0}", f": {'9' * 5_000}}}"), SEEN))
    ((line, fault, told),) = found.refusals
    assert (line, fault, len(found.reports)) == (2, ImportFault.NUMBER_NOT_READ, 1)
    assert told.startswith(f"{name} 999")
    assert len(told) < 80
    found = taken(collection(SEEN.replace("1.5", "9" * 5_000), SEEN))
    assert found.faults() == [(2, ImportFault.POSITION_NOT_READ)]


@pytest.mark.parametrize("size", [40, 1 << 18])
def test_what_is_cut_off_anywhere_is_refused_whole(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_text, "_CHUNK", size)
    whole = collection(SEEN, SEEN).strip()
    for length in range(1, len(whole)):
        with pytest.raises(ImportFileError) as error:
            taken(whole[:length])
        assert error.value.fault is ImportFault.NOT_JSON


@pytest.mark.parametrize(
    "name",
    ["EPSG:4326", "urn:ogc:def:crs:EPSG::4326", "urn:ogc:def:crs:OGC::CRS84", "OGC:CRS84"],
)
def test_what_says_that_it_is_on_wgs84_is(name: str) -> None:
    crs = {"type": "name", "properties": {"name": name}}
    assert len(taken(collection(SEEN, more=f' "crs": {json.dumps(crs)},')).reports) == 1


@pytest.mark.parametrize(
    "crs",
    [
        {"type": "name", "properties": {"name": "EPSG:2154"}},
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4230"}},
        {"type": "name", "properties": {"name": "EPSG:43260"}},
        {"type": "link", "properties": {"href": "http://example.invalid/crs"}},
        {"type": "name"},
        "EPSG:4326",
    ],
)
def test_another_reference_is_refused_wherever_it_stands(crs: object) -> None:
    told = json.dumps(crs)
    assert refused(collection(SEEN, more=f' "crs": {told},')) == (ImportFault.DATUM, 1)
    after = collection(SEEN).replace("]}", f'], "crs": {told}}}')
    assert refused(after)[0] is ImportFault.DATUM
    inside = SEEN.replace('"type": "Point"', f'"crs": {told}, "type": "Point"')
    assert refused(collection(SEEN, inside)) == (ImportFault.DATUM, 3)


def test_what_is_no_number_refuses_its_feature() -> None:
    odd = feature(point(1.5, 50.9), time="2026-09-15T03:00:00Z", sog=float("nan"))
    assert taken(collection(odd, SEEN)).refusals == [(2, ImportFault.NUMBER_NOT_READ, "sog NaN")]


@pytest.mark.parametrize(("name", "value"), [("sog", "7,x"), ("cog", 400), ("pob", "forty")])
def test_a_value_that_cannot_be_read_refuses_its_feature(name: str, value: object) -> None:
    odd = feature(point(1.5, 50.9), time="2026-09-15T03:00:00Z", **{name: value})
    assert taken(collection(odd, SEEN)).faults() == [(2, ImportFault.NUMBER_NOT_READ)]


def test_it_stops_when_it_is_told_to_within_a_long_line_too() -> None:
    options = ReadOptions(now_utc=OPTIONS.now_utc)

    class Stopping(TakenIn):
        def report(self, report: object) -> None:
            options.stop.set()
            self.reports.append(report)  # type: ignore[arg-type]

    count = 5_000
    shape = {"type": "LineString", "coordinates": [[1.5, 50.9]] * count}
    sink = Stopping()
    data = feature(shape, times=TIMES[:1] * count).encode()
    with pytest.raises(ImportFileError) as error:
        read_geojson(io.BytesIO(data), NOWHERE, options, sink)
    assert error.value.fault is ImportFault.STOPPED
    assert len(sink.reports) < 2_000


def test_a_long_file_needs_no_more_room_than_a_short_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Forgetting(TakenIn):
        def report(self, report: object) -> None:
            pass

    monkeypatch.setattr(json_text, "_CHUNK", 10_000)
    data = collection(*[SEEN] * 4_000).encode()
    sink = Forgetting()
    tracemalloc.start()
    try:
        read_geojson(io.BytesIO(data), NOWHERE, OPTIONS, sink)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(data) > 500_000
    assert peak < 250_000
    assert sink.shares == sorted(sink.shares)
    assert len(sink.shares) > 3
    assert sink.shares[-1] == 1.0


def test_whatever_is_done_to_a_file_it_comes_in_or_is_refused() -> None:
    line = feature({"type": "LineString", "coordinates": COORDINATES}, coordTimes=TIMES)
    files = [collection(SEEN, line).encode(), sequence([SEEN, line], "\x1e").encode()]
    dice = random.Random(20260915)
    ends = set[bool]()
    for _ in range(400):
        data = bytearray(dice.choice(files))
        for _ in range(dice.choice((1, 2, 8))):
            data[dice.randrange(len(data))] = dice.randrange(256)
        sink = TakenIn()
        try:
            read_geojson(io.BytesIO(bytes(data)), NOWHERE, OPTIONS, sink)
        except ImportFileError:
            ends.add(True)
        else:
            assert sink.reports or sink.refusals or sink.places
            ends.add(False)
    assert ends == {True, False}
