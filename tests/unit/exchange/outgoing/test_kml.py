"""A plot as KML: in an order the schema allows, coloured by track, harmless where it is opened."""

import json
import re
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from channelplot.exchange.fields import report_texts
from channelplot.exchange.outgoing.formats import Format
from channelplot.exchange.outgoing.selection import Selection
from channelplot.geodesy.position import Position
from channelplot.model.plot import Plot
from helpers.builders import a_plot, a_report, a_track, at
from helpers.full_plot import full_plot
from unit.exchange.outgoing.written import WORDS, a_varied_plot, written

KML = "{http://www.opengis.net/kml/2.2}"
FEATURE = "(name,)?(description,)?(TimeStamp,)?(styleUrl,)?(Style,)*(ExtendedData,)?"
ORDER = {
    "Document": f"{FEATURE}((Placemark,)|(Folder,))*",
    "Folder": f"{FEATURE}(Placemark,)*",
    "Placemark": f"{FEATURE}((Point,)|(LineString,))?",
    "Style": "(IconStyle,)?(LabelStyle,)?(LineStyle,)?(PolyStyle,)?(BalloonStyle,)?",
}
"""Of the public schema (schemas.opengis.net/kml/2.2.0/ogckml22.xsd), what is written here."""


def kml_of(plot: Plot, folder: Path) -> ET.Element:
    return ET.parse(written(Selection(plot=plot), folder, Format.KML)).getroot()


def data_of(placemark: ET.Element) -> dict[str, str]:
    return {
        each.get("name", ""): each.findtext(f"{KML}value") or ""
        for each in placemark.iter(f"{KML}Data")
    }


def test_elements_stand_in_the_order_of_the_schema(tmp_path: Path) -> None:
    for plot in (Plot(), a_varied_plot(), full_plot()):
        for element in kml_of(plot, tmp_path).iter():
            pattern = ORDER.get(element.tag.removeprefix(KML))
            names = "".join(f"{each.tag.removeprefix(KML)}," for each in element)
            assert pattern is None or re.fullmatch(pattern, names), names


def test_a_track_is_a_folder_in_its_own_colour_with_its_line_and_reports(tmp_path: Path) -> None:
    plot = a_varied_plot()
    document = kml_of(plot, tmp_path)[0]
    folders = document.findall(f"{KML}Folder")
    assert [folder.findtext(f"{KML}name") for folder in folders] == ["A <1>", "B", "C"]
    styles = {style.get("id") for style in document.findall(f"{KML}Style")}
    used = [{each.text for each in folder.iter(f"{KML}styleUrl")} for folder in folders]
    assert used == [{"#track0"}, {"#track1"}, {"#track2"}]
    assert {"track0", "track1", "track2", "no_track", "place"} <= styles
    line, *reports = folders[0].findall(f"{KML}Placemark")
    assert data_of(line)["record"] == "track"
    coordinates = (line.findtext(f"{KML}LineString/{KML}coordinates") or "").split()
    assert len(coordinates) == len(plot.tracks["track-1"].line_deg)
    assert [data_of(each)["record"] for each in reports] == ["report"] * 3


def test_a_report_has_its_time_place_and_fields(tmp_path: Path) -> None:
    plot = a_varied_plot()
    report = plot.tracks["track-1"].reports[0]
    placemark = kml_of(plot, tmp_path)[0].findall(f"{KML}Folder/{KML}Placemark")[1]
    texts = report_texts(report)
    place = f"{texts.pop('lon_deg')},{texts.pop('lat_deg')}"
    assert placemark.findtext(f"{KML}Point/{KML}coordinates") == place
    assert placemark.findtext(f"{KML}TimeStamp/{KML}when") == texts.pop("observed_at_utc")
    assert placemark.findtext(f"{KML}name") == "0210Z"
    assert data_of(placemark) == {"record": "report", **texts}
    assert data_of(placemark)["as_received"] == WORDS


def test_words_are_no_html_to_a_viewer_and_nothing_is_fetched(tmp_path: Path) -> None:
    harm = '<img src="http://127.0.0.1/x"><script>alert(1)</script>'
    plot = a_plot(a_track(harm, (a_report("0210", as_received=harm),), note=harm))
    path = written(Selection(plot=plot), tmp_path, Format.KML)
    root = ET.parse(path).getroot()
    told = [each.text or "" for each in root.iter(f"{KML}description")]
    assert len(told) == 2
    assert not any("<" in text for text in told)
    assert {each.text for each in root.iter(f"{KML}text")} == {"$[description]"}
    assert not list(root.iter(f"{KML}href"))


@pytest.mark.parametrize("kind", [Format.KML, Format.GEOJSON])
def test_a_long_line_is_written_whole(kind: Format, tmp_path: Path) -> None:
    start = at("0000")
    reports = [
        a_report(start + timedelta(seconds=n), position=Position(1.0 + n / 10_000, 51.0))
        for n in range(2500)
    ]
    text = written(Selection(plot=a_plot(a_track("L", reports))), tmp_path, kind).read_text()
    if kind is Format.KML:
        told = re.findall(r"<LineString>.*<coordinates>(.*)</coordinates></LineString>", text)
        line = [tuple(map(float, pair.split(","))) for pair in told[0].split()]
    else:
        (line,) = (
            [tuple(pair) for pair in feature["geometry"]["coordinates"]]
            for feature in json.loads(text)["features"]
            if feature["properties"]["record"] == "track"
        )
    assert line == [(1.0 + n / 10_000, 51.0) for n in range(2500)]
