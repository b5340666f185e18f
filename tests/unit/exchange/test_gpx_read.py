"""GPX as it stands: routes, segments, waypoints, their names, times and lines."""

import pytest

from channelplot.errors import LimitFileFault
from channelplot.exchange import found_lines, xml_guard
from channelplot.exchange.gpx_read import read_gpx
from unit.exchange.readers import only_line, places, read, refused

NIGHT = """<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1" xmlns:g="urn:other">
<metadata><name>not a line</name></metadata>
<wpt lat="50.5" lon="1.25"><name>Buoy
 A</name><time>2026-09-15T02:28:00Z</time></wpt>
<rte><name>Route</name><desc>from Shom</desc>
<rtept lat="50.8" lon="1.2"><name>1</name><extensions><name>not 1</name></extensions></rtept>
<rtept lat="+51.0" lon=" -1.5e-1 "/>
</rte>
<trk><name>Track</name><src>GPS</src>
<trkseg><trkpt lat="50" lon="1"><time>02:28</time></trkpt></trkseg>
<trkseg><trkpt lat="51" lon="2"/><g:trkpt lat="x" lon="y"/></trkseg><trkseg/>
</trk>
</gpx>"""


def test_everything_that_has_a_position_is_found_with_its_line() -> None:
    found = read(read_gpx, NIGHT)
    assert places(found.points) == [(1.25, 50.5, 4)]
    assert (found.points[0].name, found.points[0].time_text) == ("Buoy A", "2026-09-15T02:28:00Z")
    route, first, second = found.lines
    assert places(route.points) == [(1.2, 50.8, 7), (-0.15, 51.0, 8)]
    assert (route.name, route.layer, route.facts) == ("Route", "routes", (("desc", "from Shom"),))
    assert [each.name for each in route.points] == ["1", ""]
    assert (first.feature, second.feature, route.feature) == (1, 1, 0)
    assert (first.points[0].time_text, first.facts) == ("02:28", (("src", "GPS"),))
    assert places(second.points) == [(2.0, 51.0, 12)]
    assert found.is_datum_given
    assert not found.has_links


def test_a_file_without_namespace_and_in_other_encodings() -> None:
    text = '<gpx><rte><name>Médiane</name><rtept lat="50" lon="1"/></rte></gpx>'
    for encoding in ("utf-8", "iso-8859-1", "windows-1252", "utf-16"):
        declared = f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)
        assert only_line(read(read_gpx, declared)).name == "Médiane"


@pytest.mark.parametrize(
    ("content", "fault", "line"),
    [
        ("<kml/>", LimitFileFault.KIND, 1),
        ("<gpx xmlns='urn:other'/>", LimitFileFault.KIND, 1),
        ("", LimitFileFault.NOT_XML, 1),
        ("<gpx>\n<rte>\n</gpx>", LimitFileFault.NOT_XML, 3),
        ("<gpx>\n<a:b/></gpx>", LimitFileFault.NOT_XML, 2),
        (b"<gpx>\n\xff</gpx>", LimitFileFault.NOT_XML, 2),
        ("<gpx>\n<wpt lat='50'/></gpx>", LimitFileFault.POSITION_MISSING, 2),
        ("<gpx>\n<wpt lat='50' lon=''/></gpx>", LimitFileFault.POSITION_MISSING, 2),
        ("<gpx>\n<wpt lat='51,5' lon='1'/></gpx>", LimitFileFault.POSITION_NOT_READ, 2),
        ("<gpx>\n<wpt lat='1.5' lon='51'/></gpx>", LimitFileFault.SWAPPED, 2),
        ("<!DOCTYPE gpx>\n<gpx/>", LimitFileFault.ENTITIES, 1),
        ("<?xml version='1.0' encoding='koi8-r'?><gpx/>", LimitFileFault.ENCODING, 1),
        ("<gpx>\n" + "<a>" * 100, LimitFileFault.TOO_DEEP, 2),
    ],
)
def test_what_is_refused(content: str | bytes, fault: LimitFileFault, line: int) -> None:
    assert refused(read_gpx, content) == (fault, line)


def test_everything_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found_lines, "MOST_POINTS", 2)
    points = "<wpt lat='50' lon='1'/>\n" * 3
    assert refused(read_gpx, f"<gpx>\n{points}</gpx>") == (LimitFileFault.TOO_LARGE, 4)
    monkeypatch.setattr(xml_guard, "MOST_TEXT", 10)
    assert refused(read_gpx, "<gpx>01234567890</gpx>")[0] is LimitFileFault.TOO_LARGE
    monkeypatch.setattr(xml_guard, "MOST_ELEMENTS", 3)
    assert refused(read_gpx, "<gpx><a/><a/><a/></gpx>")[0] is LimitFileFault.TOO_LARGE
    monkeypatch.setattr(xml_guard, "LONGEST_TAG", 0)
    long_tag = f"<gpx a='{'x' * 200_000}'/>"
    assert refused(read_gpx, long_tag)[0] is LimitFileFault.TOO_LARGE
    monkeypatch.setattr(xml_guard, "MOST_BYTES", 5)
    assert refused(read_gpx, "<gpx/>")[0] is LimitFileFault.TOO_LARGE
