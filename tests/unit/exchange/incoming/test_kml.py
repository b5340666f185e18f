"""KML and KMZ that come in: what is a report, what is a place, what is refused, with its line."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from channelplot.errors import ImportFault
from channelplot.exchange.incoming.found import NO_TRACK, ReadOptions, Zone
from channelplot.exchange.incoming.kml import read_kml_reports, read_kmz_reports
from helpers.taken_in import OPTIONS, TakenIn, fault_of, taken_in
from unit.exchange.test_kmz import archive

PATH = Path("night.kml")
KML = 'xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"'
WHEN = "2026-09-15T02:28:00Z"
STAMP = f"<TimeStamp><when>{WHEN}</when></TimeStamp>"
NIGHT = f"""<?xml version="1.0" encoding="UTF-8"?>
<kml {KML} xmlns:x="urn:x"><Document><name>All</name><TimeStamp><when>1999</when></TimeStamp>
<Folder><name>Seen</name><Placemark><name>Boat
 A</name><LookAt><gx:TimeStamp><when>2020-01-01T00:00:00Z</when></gx:TimeStamp></LookAt>
{STAMP}<ExtendedData><Data name="POB"><value>40</value></Data></ExtendedData>
<Point><coordinates> 1.5,50.5,0
</coordinates></Point></Placemark>
<Placemark><name>Camp</name><description>in the <![CDATA[<b>dunes</b>]]></description>
<ExtendedData><SchemaData><SimpleData name="id">7</SimpleData></SchemaData></ExtendedData>
<MultiGeometry><Point><coordinates>1.6,50.9</coordinates></Point>
<LineString><coordinates>9,9</coordinates></LineString></MultiGeometry></Placemark></Folder>
<Placemark><name>CUTTER-1</name><description>patrol</description><gx:MultiTrack><gx:Track>
<when>2026-09-15T02:00:00Z</when>
<when>2026-09-15T02:10:00Z</when>
<gx:coord>1.5 51 0</gx:coord>
<gx:coord>1.6 51.1 9</gx:coord><gx:angles>1 2 3</gx:angles>
</gx:Track><gx:Track><gx:coord>1.7 51.2 0</gx:coord><when>2026-09-15T02:20:00Z</when></gx:Track>
</gx:MultiTrack></Placemark>
<Placemark><name>Area</name><Polygon><outerBoundaryIs><LinearRing><coordinates>1,50 2,50 2,51
</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>
<Placemark><x:Point><coordinates>9,9</coordinates></x:Point><name>Nowhere</name></Placemark>
<x:Placemark><Point><coordinates>9,9</coordinates></Point></x:Placemark>
<GroundOverlay><Icon><href>a.png</href></Icon></GroundOverlay>
</Document></kml>"""


def read(content: str | bytes, options: ReadOptions = OPTIONS) -> TakenIn:
    data = content.encode() if isinstance(content, str) else content
    return taken_in(lambda sink: read_kml_reports(io.BytesIO(data), PATH, options, sink))


def placemark(inside: str) -> str:
    return f"<kml {KML}>\n<Placemark><name>P</name>{inside}</Placemark></kml>"


def point(coordinates: str = "1.5,50.5", when: str = STAMP) -> str:
    return placemark(f"{when}<Point><coordinates>{coordinates}</coordinates></Point>")


def track(*inside: str) -> str:
    return placemark(f"<gx:Track>{''.join(inside)}</gx:Track>")


def when(text: str = WHEN) -> str:
    return f"\n<when>{text}</when>"


def coord(text: str = "1.5 50.5 0") -> str:
    return f"\n<gx:coord>{text}</gx:coord>"


def test_a_point_with_a_time_is_a_report_and_one_without_a_place() -> None:
    found = read(NIGHT)
    boat = found.reports[0]
    assert (boat.line, boat.track) == (6, NO_TRACK)
    assert boat.observed_at_utc == datetime(2026, 9, 15, 2, 28, tzinfo=UTC)
    assert boat.as_received == (
        "Placemark lat=50.5 lon=1.5 name=Boat A folder=Seen POB=40 when=2026-09-15T02:28:00Z"
    )
    (camp,) = found.places
    assert (camp.line, camp.name, camp.note) == (10, "Camp", "in the <b>dunes</b>; id: 7")
    assert found.positions_deg()[0] == (1.5, 50.5)
    assert (camp.position.lon_deg, camp.position.lat_deg) == (1.6, 50.9)


def test_the_points_of_a_track_are_reports_of_one_craft() -> None:
    found = read(NIGHT)
    (cutter,) = found.tracks
    assert (cutter.name, cutter.note, cutter.line) == ("CUTTER-1", "patrol", 12)
    reports = found.reports[1:]
    assert {each.track for each in reports} == {cutter.key}
    assert [each.line for each in reports] == [15, 16, 17]
    assert [each.observed_at_utc.minute for each in reports] == [0, 10, 20]
    assert found.positions_deg()[1:] == [(1.5, 51.0), (1.6, 51.1), (1.7, 51.2)]
    assert reports[0].as_received == "gx:Track lat=51 lon=1.5 when=2026-09-15T02:00:00Z"


def test_lines_areas_and_what_has_no_place_are_refused_once_each() -> None:
    assert read(NIGHT).refusals == [
        (11, ImportFault.NOT_A_POINT, "Camp"),
        (19, ImportFault.NOT_A_POINT, "Area"),
        (21, ImportFault.POSITION_MISSING, "Nowhere"),
        (23, ImportFault.NOT_A_POINT, "GroundOverlay"),
    ]


@pytest.mark.parametrize(
    ("content", "line", "fault"),
    [
        (point(""), 2, ImportFault.POSITION_MISSING),
        (point("1.5"), 2, ImportFault.POSITION_NOT_READ),
        (point("1,5,51,0"), 2, ImportFault.POSITION_NOT_READ),
        (point("1.5,51,5"), 2, ImportFault.POSITION_DOUBTFUL),
        (point("1,5,51.2"), 2, ImportFault.POSITION_DOUBTFUL),
        (point("1.5, 50.5"), 2, ImportFault.POSITION_NOT_READ),
        (point("1.5,50.5 1.6,50.6"), 2, ImportFault.POSITION_NOT_READ),
        (point("nan,50"), 2, ImportFault.POSITION_NOT_READ),
        (point("51,1.5"), 2, ImportFault.SWAPPED),
        (point("1,91"), 2, ImportFault.LATITUDE_RANGE),
        (point("181,50"), 2, ImportFault.LONGITUDE_RANGE),
        (point(when="<TimeStamp><when>2026-09</when></TimeStamp>"), 2, ImportFault.TIME_NOT_READ),
        (point(when=f"<TimeSpan><begin>{WHEN}</begin></TimeSpan>"), 2, ImportFault.TIME_NOT_READ),
        (track(when(), when("x"), coord(), coord()), 4, ImportFault.TIME_NOT_READ),
        (track(when(), when(), coord(), coord("1.5,50.5")), 6, ImportFault.POSITION_NOT_READ),
        (track(when(), when(), coord(), coord("")), 6, ImportFault.POSITION_MISSING),
        (track(when(), when(), coord(), coord("1.5 0")), 6, ImportFault.POSITION_NOT_READ),
        (track(when(), when(""), coord(), coord()), 6, ImportFault.TIME_MISSING),
    ],
)
def test_what_can_not_be_read_is_refused_with_its_line(
    content: str, line: int, fault: ImportFault
) -> None:
    found = read(content)
    assert found.faults() == [(line, fault)]
    assert len(found.reports) == content.count("gx:Track>") // 2


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (track(coord(), coord()), (3, ImportFault.TIME_MISSING, "2")),
        (track(when(), coord(), coord()), (2, ImportFault.TIME_MISSING, "1, 2")),
        (track(when(), when(), coord()), (2, ImportFault.POSITION_MISSING, "2, 1")),
        (track(), (2, ImportFault.POSITION_MISSING, "P")),
    ],
)
def test_a_track_without_a_time_for_each_place_is_refused_as_a_whole(
    content: str, refusal: tuple[int, ImportFault, str]
) -> None:
    found = read(content)
    assert found.refusals == [refusal]
    assert len(found.tracks) + len(found.reports) + len(found.places) == 0


def test_a_track_may_have_no_heights() -> None:
    found = read(track(when(), when(), coord("1.5 50.5"), coord("1.6 50.6")))
    assert found.positions_deg() == [(1.5, 50.5), (1.6, 50.6)]


def test_heights_are_not_read() -> None:
    for coordinates in ("1.5,51,0", "1.5,51.0,12.5", "1.5,51,-0.00", "1.5,51.25,1200"):
        (found,) = read(point(coordinates)).positions_deg()
        assert found[1] in (51.0, 51.25)


def test_both_ends_of_a_span_at_once_are_a_time() -> None:
    span = f"<TimeSpan><begin>{WHEN}</begin><end>{WHEN}</end></TimeSpan>"
    assert [each.line for each in read(point(when=span)).reports] == [2]


def test_times_without_a_zone_wait_for_somebody_to_say_it() -> None:
    content = track(when("2026-09-15T02:28:00"), coord())
    fault = fault_of(
        lambda sink: read_kml_reports(io.BytesIO(content.encode()), PATH, OPTIONS, sink)
    )
    assert fault == (ImportFault.ZONE_NOT_SAID, 3)
    (report,) = read(content, replace(OPTIONS, zone=Zone.UK)).reports
    assert report.observed_at_utc == datetime(2026, 9, 15, 1, 28, tzinfo=UTC)


def test_links_are_told_and_not_followed() -> None:
    link = (
        "<NetworkLink><name>n</name><{0}><href>http://127.0.0.1:9/a.kml</href></{0}></NetworkLink>"
    )
    inside = "<Placemark><Point><coordinates>1,50</coordinates></Point></Placemark>"
    update = f"<Update><targetHref>a.kml</targetHref><Create>{inside}</Create></Update>"
    control = f"<NetworkLinkControl><message>m</message>{update}</NetworkLinkControl>"
    links = "\n".join(link.format(name) for name in ("Link", "Url"))
    found = read(f"<kml>\n{control}\n<Document>{links}</Document></kml>")
    assert found.refusals == [
        (2, ImportFault.LINKS, "a.kml"),
        (3, ImportFault.LINKS, "http://127.0.0.1:9/a.kml"),
        (4, ImportFault.LINKS, "http://127.0.0.1:9/a.kml"),
    ]
    assert not found.places


def data(**fields: str) -> str:
    told = "".join(f'<Data name="{k}"><value>{v}</value></Data>' for k, v in fields.items())
    return f"<ExtendedData>{told}</ExtendedData>"


def test_what_this_program_wrote_is_read_as_it_was() -> None:
    line = "<LineString><coordinates>1,50 2,51</coordinates></LineString>"
    spot = "<Point><coordinates>1.5,51</coordinates></Point>"
    at = "2026-09-15T02:00:00.000Z"
    found = read(
        f"<kml {KML}><Document>"
        + "".join(
            f"\n<Placemark><name>N</name>{inside}</Placemark>"
            for inside in (
                data(record="track", uid="t", name="A", created_at_utc=at) + line,
                STAMP + data(record="report", uid="r", track_uid="t", as_received=" a\n b ") + spot,
                STAMP + data(record="report", uid="nowhere"),
                data(record="mark", uid="m", code="BUOY") + spot,
                data(record="report", uid="bad", kind="feast") + spot,
                data(record="7", uid="another program's") + spot,
            )
        )
        + "</Document></kml>"
    )
    whole, nowhere = found.reports
    assert (whole.uid, whole.track, whole.as_received) == ("r", "t", " a\n b ")
    assert (nowhere.uid, nowhere.track, nowhere.position) == ("nowhere", NO_TRACK, None)
    (track_found,) = found.tracks
    assert track_found.record is not None
    assert (track_found.key, track_found.record.uid) == ("t", "t")
    mark, other = found.places
    assert mark.record is not None
    assert (mark.record.uid, mark.name) == ("m", "BUOY")
    assert (other.record, other.note) == (None, "record: 7; uid: another program's")
    assert found.refusals == [(7, ImportFault.CODE_NOT_KNOWN, "kind feast")]


def test_the_line_of_a_track_of_this_program_is_to_look_at() -> None:
    said = data(record="track", uid="t", name="A", created_at_utc="2026-09-15T02:00:00.000Z")
    found = read(placemark(f"{said}<gx:Track>{when()}{coord()}</gx:Track>"))
    assert [track.key for track in found.tracks] == ["t"]
    assert len(found.reports) + len(found.refusals) == 0


def test_of_an_archive_the_main_file_is_read_and_the_others_are_told() -> None:
    kmz = archive(("doc.kml", point()), ("files/b.kml", point()), ("a.png", "x"))
    found = taken_in(lambda sink: read_kmz_reports(io.BytesIO(kmz), PATH, OPTIONS, sink))
    assert [each.line for each in found.reports] == [2]
    assert found.refusals == [(0, ImportFault.LINKS, "files/b.kml")]


def schema_data(**fields: str) -> str:
    told = "".join(f'<SimpleData name="{k}">{v}</SimpleData>' for k, v in fields.items())
    return f"<ExtendedData><SchemaData>{told}</SchemaData></ExtendedData>"


def test_a_track_of_a_craft_with_a_number_is_known_by_it() -> None:
    said = schema_data(mmsi="227000001")
    found = read(placemark(f"{said}<gx:Track>{when()}{coord()}</gx:Track>"))
    assert [report.track for report in found.reports] == ["227000001"]
    told = [(track.key, track.name, track.is_craft_id) for track in found.tracks]
    assert told == [("227000001", "", True), ("227000001", "P", False)]


def test_what_is_no_mmsi_refuses_a_track_without_a_name() -> None:
    track = f"{schema_data(mmsi='abc')}<gx:Track>{when()}{coord()}</gx:Track>"
    found = read(placemark(track))
    assert ([each.name for each in found.tracks], len(found.reports)) == (["P"], 1)
    nameless = read(placemark(track).replace("<name>P</name>", ""))
    assert (nameless.tracks, nameless.reports) == ([], [])
    assert [each[1:] for each in nameless.refusals] == [(ImportFault.NOT_MMSI, "abc")]


def test_data_that_say_when_it_was_count_as_those_of_other_formats_do() -> None:
    spot = "<Point><coordinates>1.5,51</coordinates></Point>"
    said = schema_data(mmsi="227000001", timestamp="2026-09-15T02:00:00Z", sog="5.5", cog="90")
    (report,) = read(placemark(said + spot)).reports
    assert report.observed_at_utc == datetime(2026, 9, 15, 2, 0, tzinfo=UTC)
    assert (report.track, report.speed_kn, report.course_deg) == ("227000001", 5.5, 90.0)
    (stamped,) = read(placemark(STAMP + schema_data(mmsi="227000001", sog="5.5") + spot)).reports
    assert stamped.observed_at_utc == datetime(2026, 9, 15, 2, 28, tzinfo=UTC)
    assert (stamped.line, stamped.track, stamped.speed_kn) == (2, "227000001", 5.5)
    (both,) = read(placemark(STAMP + said + spot)).reports
    assert both.observed_at_utc == stamped.observed_at_utc, "the format's own time counts"
    assert "timestamp=2026-09-15T02:00:00Z" in both.as_received
