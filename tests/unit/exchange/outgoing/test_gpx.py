"""Tracks as GPX 1.1: what the schema allows, in an order it allows, and nothing lost."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from channelplot.exchange.fields import report_texts, track_texts
from channelplot.exchange.outgoing.formats import Format
from channelplot.exchange.outgoing.gpx import NAMESPACE
from channelplot.exchange.outgoing.selection import Selection
from channelplot.exchange.outgoing.xml_text import decimal_text
from channelplot.model.plot import Plot
from helpers.builders import a_plot, a_report, a_track
from helpers.full_plot import full_plot
from unit.exchange.outgoing.gpx_schema import GPX, breaches
from unit.exchange.outgoing.written import WORDS, a_varied_plot, written

CP = f"{{{NAMESPACE}}}"


def gpx_of(plot: Plot, folder: Path) -> ET.Element:
    return ET.parse(written(Selection(plot=plot), folder, Format.GPX)).getroot()


def own(element: ET.Element | None) -> dict[str, str]:
    assert element is not None
    return {each.tag.removeprefix(CP): each.text or "" for each in element}


@pytest.mark.parametrize(
    "plot", [Plot(), a_varied_plot(), full_plot()], ids=["empty", "varied", "full"]
)
def test_the_schema_allows_it(plot: Plot, tmp_path: Path) -> None:
    assert list(breaches(gpx_of(plot, tmp_path))) == []


def test_the_check_of_the_schema_finds_what_it_does_not_allow() -> None:
    wrong = (
        '<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1" creator="x"><trk/>'
        '<wpt lat="1e-5" lon="181"><name/><time>2026-09-15T02:10:00</time></wpt></gpx>'
    )
    assert len(list(breaches(ET.fromstring(wrong)))) == 5


def test_a_track_has_its_reports_as_points_in_order_of_time(tmp_path: Path) -> None:
    plot = a_varied_plot()
    track = plot.tracks["track-1"]
    trk = gpx_of(plot, tmp_path).find(f"{GPX}trk")
    assert trk is not None
    assert (trk.findtext(f"{GPX}name"), trk.findtext(f"{GPX}desc")) == (track.name, track.note)
    texts = {"record": "track", **track_texts(track)}
    assert own(trk.find(f"{GPX}extensions")) == texts
    points = list(trk.iter(f"{GPX}trkpt"))
    placed = [report for report in track.reports if report.position is not None]
    for point, report in zip(points, placed, strict=True):
        texts = report_texts(report)
        assert report.position is not None
        assert float(point.get("lat", "")) == report.position.lat_deg
        assert float(point.get("lon", "")) == report.position.lon_deg
        assert point.findtext(f"{GPX}time") == texts["observed_at_utc"]
        for name in ("lon_deg", "lat_deg", "observed_at_utc", "track_uid"):
            del texts[name]
        assert own(point.find(f"{GPX}extensions")) == texts
    assert points[0].findtext(f"{GPX}desc") == WORDS


def test_reports_of_no_track_lone_ones_and_places_are_waypoints(tmp_path: Path) -> None:
    waypoints = gpx_of(a_varied_plot(), tmp_path).findall(f"{GPX}wpt")
    fields = [own(each.find(f"{GPX}extensions")) for each in waypoints]
    told = [
        (each.findtext(f"{GPX}name"), each.findtext(f"{GPX}time"), said["record"])
        for each, said in zip(waypoints, fields, strict=True)
    ]
    assert told == [
        ("Plage d'Écault", None, "beach"),
        ("Cap Gris-Nez", None, "mark"),
        ("B 0252Z", "2026-09-15T02:52:00.000Z", "report"),
        ("0105Z", "2026-09-15T01:05:00.000Z", "report"),
    ]
    assert [said.get("track_uid") for said in fields[2:]] == ["t-2", None]


def test_reports_without_a_position_stand_at_the_end_with_all_they_say(tmp_path: Path) -> None:
    plot = a_varied_plot()
    unplaced = [report for report in plot.reports() if report.position is None]
    last = gpx_of(plot, tmp_path)[-1]
    assert last.tag == f"{GPX}extensions"
    assert [each.tag for each in last] == [f"{CP}report"] * 2
    assert [own(each) for each in last] == [report_texts(report) for report in unplaced]


def test_a_track_without_two_placed_reports_has_no_segment(tmp_path: Path) -> None:
    nowhere = a_track("N", (a_report("0210", position=None), a_report("0215")))
    root = gpx_of(a_plot(nowhere, a_track("O")), tmp_path)
    assert [len(trk.findall(f"{GPX}trkseg")) for trk in root.findall(f"{GPX}trk")] == [0, 0]


@pytest.mark.parametrize("kind", [Format.GPX, Format.KML])
def test_a_character_that_xml_can_t_hold_is_seen_to_be_missing(
    kind: Format, tmp_path: Path
) -> None:
    plot = a_varied_plot()
    plot = plot.with_track(replace(plot.tracks["t-2"], name="bell \x07 \ufffe"))
    data = written(Selection(plot=plot), tmp_path, kind).read_text("utf-8")
    ET.fromstring(data)
    assert "<name>bell \N{REPLACEMENT CHARACTER} \N{REPLACEMENT CHARACTER}</name>" in data


@pytest.mark.parametrize(
    ("number", "text"),
    [(1.5, "1.5"), (-0.0, "-0.0"), (1e-7, "0.0000001"), (50.9666666666666, "50.9666666666666")],
)
def test_numbers_have_all_figures_and_no_exponent(number: float, text: str) -> None:
    assert decimal_text(number) == text
    assert float(decimal_text(number)) == number
