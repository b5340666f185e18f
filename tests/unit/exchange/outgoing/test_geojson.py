"""A plot as GeoJSON: within RFC 7946, and every field as it was."""

import json
from pathlib import Path
from typing import Any

import pytest

from channelplot.exchange.fields import report_texts, track_texts
from channelplot.exchange.outgoing.formats import Format
from channelplot.exchange.outgoing.selection import Selection
from channelplot.model.plot import Plot
from helpers.full_plot import full_plot
from unit.exchange.outgoing.written import a_varied_plot, written


def no_constant(name: str) -> None:
    raise ValueError(name)


def no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    assert len({key for key, _ in pairs}) == len(pairs)
    return dict(pairs)


def features_of(plot: Plot, folder: Path) -> list[dict[str, Any]]:
    """The features, once the file is what RFC 7946 says it is to be."""
    data = written(Selection(plot=plot), folder, Format.GEOJSON).read_bytes()
    whole = json.loads(
        data.decode("utf-8"), parse_constant=no_constant, object_pairs_hook=no_key_twice
    )
    assert not data.startswith(b"\xef\xbb\xbf"), "RFC 8259: no byte order mark"
    assert set(whole) == {"type", "features"}, "no crs: RFC 7946 section 4"
    assert whole["type"] == "FeatureCollection"
    for feature in whole["features"]:
        assert set(feature) == {"type", "properties", "geometry"}
        assert feature["type"] == "Feature"
        _assert_geometry(feature["geometry"])
    found: list[dict[str, Any]] = whole["features"]
    return found


def _assert_geometry(geometry: dict[str, Any] | None) -> None:
    if geometry is None:
        return
    assert set(geometry) == {"type", "coordinates"}
    assert geometry["type"] in ("Point", "LineString")
    is_point = geometry["type"] == "Point"
    positions = [geometry["coordinates"]] if is_point else geometry["coordinates"]
    assert is_point or len(positions) >= 2
    for lon_deg, lat_deg in positions:
        assert -180.0 <= lon_deg <= 180.0
        assert -90.0 <= lat_deg <= 90.0


@pytest.mark.parametrize(
    "plot", [Plot(), a_varied_plot(), full_plot()], ids=["empty", "varied", "full"]
)
def test_it_is_within_the_standard(plot: Plot, tmp_path: Path) -> None:
    features = features_of(plot, tmp_path)
    assert len(features) == Selection(plot=plot).counts().things


def test_each_thing_is_a_feature_with_its_fields(tmp_path: Path) -> None:
    plot = a_varied_plot()
    features = features_of(plot, tmp_path)
    assert [each["properties"]["record"] for each in features] == [
        "beach", "mark", "track", "report", "report", "report", "track", "report", "track",
        "report", "report",
    ]  # fmt: skip
    report = plot.tracks["track-1"].reports[0]
    properties, geometry = features[3]["properties"], features[3]["geometry"]
    texts = report_texts(report)
    assert geometry["coordinates"] == [float(texts.pop("lon_deg")), float(texts.pop("lat_deg"))]
    assert properties.pop("record") == "report"
    assert properties.pop("track_name") == "A <1>"
    said = {
        name: text if isinstance(text, str) else repr(text) for name, text in properties.items()
    }
    assert said == texts
    assert (properties["people_total"], properties["course_deg"]) == (45, 310.0)
    assert features[4]["geometry"] is None
    assert features[8]["properties"]["name"] == "C"


def test_a_track_is_the_line_through_its_positions(tmp_path: Path) -> None:
    plot = a_varied_plot()
    track = features_of(plot, tmp_path)[2]
    line = plot.tracks["track-1"].line_deg
    assert track["geometry"] == {"type": "LineString", "coordinates": line.tolist()}
    changes = track["properties"]["status_changes"]
    assert changes == track_texts(plot.tracks["track-1"])["status_changes"]


def test_longitude_stands_first(tmp_path: Path) -> None:
    beach = features_of(a_varied_plot(), tmp_path)[0]
    lon_deg, lat_deg = beach["geometry"]["coordinates"]
    assert (round(lon_deg), round(lat_deg)) == (2, 51)
