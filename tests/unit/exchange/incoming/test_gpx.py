"""GPX that comes in: what is a report, what is a place, what is refused, each with its line."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from channelplot.errors import ImportFault, ImportFileError
from channelplot.exchange.incoming.found import NO_TRACK, ReadOptions, Zone
from channelplot.exchange.incoming.gpx import read_gpx_reports
from channelplot.model.codes import PositionForm, ReportKind
from helpers.taken_in import OPTIONS, TakenIn, fault_of, taken_in

PATH = Path("night.gpx")
GPX = 'xmlns="http://www.topografix.com/GPX/1/1"'
GARMIN = 'xmlns:t="http://www.garmin.com/xmlschemas/TrackPointExtension/v{}"'
WHEN = "<time>2026-09-15T02:28:00Z</time>"
NIGHT = f"""<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="x" {GPX} {GARMIN.format(2)} xmlns:o="urn:other">
<metadata><name>not a track</name>{WHEN}</metadata>
<wpt lat="50.5" lon="1.25"><time>2026-09-15T02:10:00.5Z</time><name>Buoy
 A</name><src>phone</src><o:x>?</o:x></wpt>
<wpt lat="50.6" lon="-1.5e-1"><name>Wissant</name><cmt>sand</cmt><desc>sand</desc>\
<sym>Flag</sym></wpt>
<rte><name>Way</name><rtept lat="50" lon="1"/><rtept lat="50" lon="1">{WHEN}</rtept>
<rtept lat="999" lon="1"/></rte>
<trk><name>CUTTER
-1</name><desc>patrol</desc><type>boat</type>
<trkseg><trkpt lat="50.98" lon="1.65">{WHEN}<extensions>
<t:TrackPointExtension><t:hr>90</t:hr><t:speed>2.5</t:speed><t:course>360</t:course>
</t:TrackPointExtension></extensions></trkpt></trkseg>
<trkseg><trkpt lat="50.99" lon="1.64"><time>2026-09-15T04:45:00+02:00</time></trkpt></trkseg>
</trk>
</gpx>"""


def read(content: str | bytes, options: ReadOptions = OPTIONS) -> TakenIn:
    data = content.encode() if isinstance(content, str) else content
    return taken_in(lambda sink: read_gpx_reports(io.BytesIO(data), PATH, options, sink))


def refused(content: str | bytes, options: ReadOptions = OPTIONS) -> tuple[ImportFault, int]:
    data = content.encode() if isinstance(content, str) else content
    return fault_of(lambda sink: read_gpx_reports(io.BytesIO(data), PATH, options, sink))


def point(inside: str = WHEN, lat: str = "51", lon: str = "1.5") -> str:
    return (
        f'<gpx><trk><trkseg>\n<trkpt lat="{lat}" lon="{lon}">{inside}</trkpt></trkseg></trk></gpx>'
    )


def test_points_with_a_time_are_reports_with_their_track_and_line() -> None:
    found = read(NIGHT)
    buoy, on_the_way, first, second = found.reports
    assert [each.line for each in found.reports] == [4, 7, 11, 14]
    assert found.positions_deg() == [(1.25, 50.5), (1.0, 50.0), (1.65, 50.98), (1.64, 50.99)]
    assert buoy.track == NO_TRACK
    assert buoy.observed_at_utc == datetime(2026, 9, 15, 2, 10, 0, 500_000, tzinfo=UTC)
    assert buoy.source_name == "phone"
    assert second.observed_at_utc == datetime(2026, 9, 15, 2, 45, tzinfo=UTC)
    assert (first.kind, first.position_form) == (ReportKind.POSITION, PositionForm.IMPORTED)
    assert (first.uid, first.received_at_utc, first.logged_at_utc) == ("", None, None)
    assert first.course_deg == 0.0
    assert first.speed_kn == pytest.approx(4.8596, abs=1e-4)
    assert (second.course_deg, second.speed_kn) == (None, None)
    way, cutter = found.tracks
    assert (way.key, cutter.key) == (on_the_way.track, first.track)
    assert first.track == second.track != on_the_way.track
    assert (cutter.name, cutter.note, cutter.line) == ("CUTTER -1", "patrol; boat", 9)
    assert (cutter.is_craft_id, cutter.craft, cutter.record) == (False, None, None)


def test_a_waypoint_without_a_time_is_a_place_and_what_it_says_is_its_note() -> None:
    (place,) = read(NIGHT).places
    assert (place.line, place.name, place.note) == (6, "Wissant", "sand; Flag")
    assert (place.position.lon_deg, place.position.lat_deg) == (-0.15, 50.6)


def test_points_without_a_time_are_refused_once_for_each_track_and_counted() -> None:
    assert read(NIGHT).refusals == [(7, ImportFault.TIME_MISSING, "2")]
    two = "<trk><trkseg>\n<trkpt lat='50' lon='1'/></trkseg></trk>" * 2
    assert read(f"<gpx>{two}</gpx>").faults() == [
        (2, ImportFault.TIME_MISSING),
        (3, ImportFault.TIME_MISSING),
    ]


def test_a_track_without_points_is_refused_with_its_name() -> None:
    found = read("<gpx>\n<trk><name>ACTIVE LOG</name><trkseg/></trk></gpx>")
    assert found.refusals == [(2, ImportFault.POSITION_MISSING, "ACTIVE LOG")]
    assert not found.tracks


def test_a_report_keeps_the_element_in_short() -> None:
    buoy = read(NIGHT).reports[0]
    assert buoy.as_received == (
        "wpt lat=50.5 lon=1.25 time=2026-09-15T02:10:00.5Z name=Buoy A src=phone"
    )
    long = read(point(f"{WHEN}<desc>{'word ' * 1_000}</desc>")).reports[0].as_received
    assert len(long) == 500
    assert long.endswith("…")


def test_tracks_of_one_name_are_not_one() -> None:
    one = f'<trk><name>Track 1</name><trkseg><trkpt lat="50" lon="1">{WHEN}</trkpt></trkseg></trk>'
    found = read(f"<gpx>{one * 2}</gpx>")
    assert len({track.key for track in found.tracks}) == 2
    assert [each.track for each in found.reports] == [track.key for track in found.tracks]


@pytest.mark.parametrize(
    ("content", "fault", "detail"),
    [
        (point(lat="51,5"), ImportFault.POSITION_NOT_READ, "51,5"),
        (point(lat="NaN"), ImportFault.POSITION_NOT_READ, "NaN"),
        (point(lon="Infinity"), ImportFault.POSITION_NOT_READ, "Infinity"),
        (point(lat="91"), ImportFault.LATITUDE_RANGE, "91"),
        (point(lon="181"), ImportFault.LONGITUDE_RANGE, "181"),
        (point(lat="1.5", lon="51"), ImportFault.SWAPPED, "1.5, 51.0"),
        (point(lat=""), ImportFault.POSITION_MISSING, ""),
        (point("<time>yesterday</time>"), ImportFault.TIME_NOT_READ, "yesterday"),
        (point("<time>2026-09-15</time>"), ImportFault.TIME_NOT_READ, "2026-09-15"),
        (point("<time>2026-09-15T02:28:60Z</time>"), ImportFault.TIME_NOT_READ, None),
        (point("<time>2026-09-16T12:16:00Z</time>"), ImportFault.TIME_AHEAD, None),
        (point(f"{WHEN}<speed>fast</speed>"), ImportFault.NUMBER_NOT_READ, "fast"),
        (point(f"{WHEN}<course>361</course>"), ImportFault.NUMBER_NOT_READ, "361"),
    ],
)
def test_a_point_that_can_not_be_read_is_refused(
    content: str, fault: ImportFault, detail: str | None
) -> None:
    found = read(content)
    assert found.faults() == [(2, fault)]
    assert detail in (None, found.refusals[0][2])
    assert not found.reports


def test_one_bad_point_does_not_keep_the_others_out() -> None:
    good = f'<trkpt lat="50" lon="1">{WHEN}</trkpt>\n'
    bad = f'<trkpt lat="51,5" lon="1">{WHEN}</trkpt>\n'
    found = read(f"<gpx><trk><trkseg>\n{good}{bad}{good}</trkseg></trk></gpx>")
    assert [each.line for each in found.reports] == [2, 4]
    assert found.faults() == [(3, ImportFault.POSITION_NOT_READ)]


def test_speed_and_course_of_gpx_1_0_and_of_garmin_and_what_is_not_known() -> None:
    old = f"{WHEN}<course>120.5</course><speed>1</speed>"
    unknown = f"{WHEN}<course>-1</course><speed>-1</speed>"
    extension = "<t:TrackPointExtension {}><t:speed>1</t:speed></t:TrackPointExtension>"
    of_1_0 = 'xmlns="http://www.topografix.com/GPX/1/0"'
    for inside, course_deg, speed_kn in (
        (old, 120.5, 1.943844),
        (unknown, None, None),
        (WHEN + extension.format(GARMIN.format(1)), None, 1.943844),
        (f"{WHEN}<extensions>{extension.format(GARMIN.format(2))}</extensions>", None, 1.943844),
        (f"{WHEN}<extensions><speed>9</speed></extensions>", None, None),
    ):
        (report,) = read(point(inside).replace("<gpx>", f"<gpx {of_1_0}>")).reports
        assert report.course_deg == course_deg
        assert report.speed_kn == (speed_kn and pytest.approx(speed_kn, abs=1e-6))


def test_times_without_a_zone_wait_for_somebody_to_say_it() -> None:
    content = point("<time>2026-09-15T02:28:00</time>")
    assert refused(content) == (ImportFault.ZONE_NOT_SAID, 2)
    (report,) = read(content, replace(OPTIONS, zone=Zone.FR)).reports
    assert report.observed_at_utc == datetime(2026, 9, 15, 0, 28, tzinfo=UTC)
    twice = point("<time>2025-10-26T01:30:00</time>")
    assert read(twice, replace(OPTIONS, zone=Zone.UK)).faults() == [(2, ImportFault.TIME_TWICE)]


OWN = f"""<gpx {GPX} xmlns:cp="urn:channelplot:plot:1"><trk><name>A</name>
<extensions><cp:record>track</cp:record><cp:uid>track-a</cp:uid><cp:name>A</cp:name>
<cp:craft>small_boat</cp:craft><cp:created_at_utc>2026-09-15T02:00:00.000Z</cp:created_at_utc>
</extensions><trkseg>
<trkpt lat="51" lon="1.5">{WHEN}<desc>seen</desc><extensions><cp:uid>report-1</cp:uid>
<cp:kind>event</cp:kind><cp:as_received> two
lines  &amp; blanks </cp:as_received></extensions></trkpt>
<trkpt lat="51.1" lon="1.5">{WHEN}</trkpt>
</trkseg></trk>
<wpt lat="50.9" lon="1.7"><extensions><cp:record>beach</cp:record><cp:uid>b</cp:uid>
<cp:name>Sangatte</cp:name></extensions></wpt>
<wpt lat="50.9" lon="1.7"><extensions><cp:record>ship</cp:record></extensions></wpt>
<extensions><cp:report><cp:uid>report-2</cp:uid>
<cp:observed_at_utc>2026-09-15T02:30:00.250Z</cp:observed_at_utc></cp:report></extensions></gpx>"""


def test_what_this_program_wrote_is_read_as_it_was() -> None:
    found = read(OWN)
    whole, added, nowhere = found.reports
    assert (whole.uid, whole.kind, whole.track) == ("report-1", ReportKind.EVENT, "track-a")
    assert whole.as_received == " two\nlines  & blanks "
    assert found.positions_deg() == [(1.5, 51.0), (1.5, 51.1)]
    assert (added.uid, added.track) == ("", "track-a"), "another program has put it there"
    assert (nowhere.uid, nowhere.track, nowhere.position) == ("report-2", NO_TRACK, None)
    (track,) = found.tracks
    assert track.record is not None
    assert (track.key, track.record.uid, track.record.name) == ("track-a", "track-a", "A")
    (place,) = found.places
    assert place.record is not None
    assert (place.name, place.record.uid) == ("Sangatte", "b")
    assert found.refusals == [(12, ImportFault.CODE_NOT_KNOWN, "record ship")]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<cp:kind>event", "<cp:kind>feast", ImportFault.CODE_NOT_KNOWN),
        ('lat="51" ', 'lat="51,0" ', ImportFault.POSITION_NOT_READ),
        ('lat="51" ', 'lat="99" ', ImportFault.LATITUDE_RANGE),
        (f"{WHEN}<desc>", "<desc>", ImportFault.TIME_MISSING),
        ("T02:28:00Z</time><desc>", "T25:28:00Z</time><desc>", ImportFault.TIME_NOT_READ),
    ],
)
def test_what_this_program_wrote_and_another_spoiled_is_refused(
    old: str, new: str, fault: ImportFault
) -> None:
    assert OWN.count(old) == 1
    found = read(OWN.replace(old, new), replace(OPTIONS, zone=Zone.UTC))
    assert (5, fault) in found.faults()
    assert "report-1" not in {each.uid for each in found.reports}


class _Stopped(TakenIn):
    """Has enough after the first piece of the file."""

    def __init__(self, options: ReadOptions) -> None:
        super().__init__()
        self._options = options

    def progress(self, share: float) -> None:
        super().progress(share)
        self._options.stop.set()


def test_it_stops_when_told_and_says_how_far_it_is() -> None:
    found = read(NIGHT)
    assert found.shares[-1] == 1.0
    assert found.shares == sorted(found.shares)
    options = ReadOptions(now_utc=OPTIONS.now_utc)
    sink = _Stopped(options)
    long = f"<gpx>{point()[5:-6] * 2_000}</gpx>".encode()
    with pytest.raises(ImportFileError) as error:
        read_gpx_reports(io.BytesIO(long), PATH, options, sink)
    assert (error.value.fault, error.value.path) == (ImportFault.STOPPED, PATH)
    assert 0.0 < sink.shares[-1] < 1.0
    assert 0 < len(sink.reports) < 2_000
