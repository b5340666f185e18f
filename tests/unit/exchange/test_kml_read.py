"""KML as it stands: lines, outlines, points, tracks, their names and folders."""

import pytest

from channelplot.errors import LimitFileFault
from channelplot.exchange.kml_read import read_kml
from unit.exchange.readers import only_line, places, read, refused

LIMITS = """<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"
 xmlns:x="urn:x"><Document><name>All</name><Folder><name>Limits</name>
<Placemark><name>Median</name>
<ExtendedData><SchemaData><SimpleData name="Source">Shom</SimpleData></SchemaData>
<Data name="id"><value>7</value></Data></ExtendedData>
<LineString><coordinates>
1.2,50.8,0
  1.5,51.0,0 1.9,51.2,-3.5
</coordinates></LineString></Placemark>
<Placemark><MultiGeometry>
<Polygon><outerBoundaryIs><LinearRing><coordinates>1,50 2,50 2,51 1,50</coordinates></LinearRing>
</outerBoundaryIs><innerBoundaryIs><LinearRing><coordinates>1.4,50.4 1.6,50.4 1.6,50.6 1.4,50.4
</coordinates></LinearRing></innerBoundaryIs></Polygon>
<LinearRing><coordinates>3,50 4,50 4,51 3,50</coordinates></LinearRing>
</MultiGeometry></Placemark></Folder>
<Placemark><name>Seen</name><TimeStamp><when>2026-09-15T02:28:00Z</when></TimeStamp>
<Point><coordinates>1.5,50.5</coordinates></Point></Placemark>
<Placemark><gx:Track><when>T1</when><when>T2</when><gx:coord>1 50 0</gx:coord>
<gx:coord>2 51 0</gx:coord></gx:Track></Placemark>
<Placemark><x:LineString><coordinates>9,9</coordinates></x:LineString></Placemark>
</Document></kml>"""


def test_every_shape_is_found_with_its_name_and_its_lines() -> None:
    found = read(read_kml, LIMITS)
    median, holed, ring, track = found.lines
    assert (median.name, median.layer, median.is_area) == ("Median", "Limits", False)
    assert median.facts == (("source", "Shom"), ("id", "7"))
    assert places(median.points) == [(1.2, 50.8, 7), (1.5, 51.0, 8), (1.9, 51.2, 8)]
    assert (holed.is_area, holed.has_holes, len(holed.points)) == (True, True, 4)
    assert (ring.is_area, ring.has_holes, ring.feature) == (True, False, holed.feature)
    assert (track.layer, track.is_area) == ("All", False)
    assert [each.time_text for each in track.points] == ["T1", "T2"]
    (seen,) = found.points
    assert (seen.name, seen.time_text, seen.line) == ("Seen", "2026-09-15T02:28:00Z", 17)


def test_a_track_without_times_and_a_bare_line() -> None:
    coords = "<coord>1 50</coord><coord>2 51</coord>"
    track = only_line(read(read_kml, f"<kml><Placemark><Track>{coords}</Track></Placemark></kml>"))
    assert [each.time_text for each in track.points] == ["", ""]
    empty = "<kml><Placemark><LineString><coordinates/></LineString></Placemark></kml>"
    assert read(read_kml, empty).lines == ()


def test_a_link_is_told_and_not_followed() -> None:
    link = (
        "<kml><NetworkLink><Link><href>http://127.0.0.1:9/a.kml</href></Link></NetworkLink></kml>"
    )
    assert read(read_kml, link).has_links


def line_of(coordinates: str) -> str:
    shape = f"<LineString><coordinates>\n{coordinates}</coordinates></LineString>"
    return f"<kml>\n<Placemark>{shape}</Placemark></kml>"


@pytest.mark.parametrize(
    ("content", "fault", "line"),
    [
        ("<gpx/>", LimitFileFault.KIND, 1),
        (line_of("1,50\n2"), LimitFileFault.POSITION_NOT_READ, 4),
        (line_of("1,50 1,5,51,0"), LimitFileFault.POSITION_NOT_READ, 3),
        (line_of("1.5,50.5 1.5,51,5"), LimitFileFault.POSITION_NOT_READ, 3),
        (line_of("1, 50"), LimitFileFault.POSITION_MISSING, 3),
        (line_of("1,50\n1,nan"), LimitFileFault.POSITION_NOT_READ, 4),
        (line_of("51,1.5"), LimitFileFault.SWAPPED, 3),
        (line_of("1,91"), LimitFileFault.LATITUDE_RANGE, 3),
        (line_of("181,50"), LimitFileFault.LONGITUDE_RANGE, 3),
        (
            "<kml><Placemark>\n<Track><coord>1</coord></Track></Placemark></kml>",
            LimitFileFault.POSITION_NOT_READ,
            2,
        ),
        ("<kml><Placemark>\n<Placemark/></Placemark></kml>", LimitFileFault.TOO_DEEP, 2),
        (
            "<kml><Placemark>\n<Track><when>T</when></Track></Placemark></kml>",
            LimitFileFault.POSITION_MISSING,
            2,
        ),
    ],
)
def test_what_is_refused(content: str, fault: LimitFileFault, line: int) -> None:
    assert refused(read_kml, content) == (fault, line)
