"""What is chosen of files, and what becomes of it."""

from pathlib import Path
from threading import Event

import pytest

from channelplot.document.session import Session
from channelplot.errors import ReferenceFileError, ReferenceFileFault
from channelplot.exchange.reference_table import GeometryKind, TableFound
from channelplot.model.plot import Plot
from channelplot.model.reference_layer import Dash, ReferenceKind, ReferenceSchema
from channelplot.tools.reference_loading import (
    AddProblem,
    FoundFile,
    ReferenceLoading,
    crs_of,
    found_in,
)
from helpers.clock import FixedClock
from helpers.opened import open_plot
from helpers.reference_files import two_tables


def a_table(name: str = "zones", crs: str = "WGS 84", **fields: object) -> TableFound:
    told: dict[str, object] = {
        "geometry": GeometryKind.AREAS,
        "features": 3,
        "schema": ReferenceSchema.PLAIN,
        "columns": ("name",),
        "credit": "Nobody",
        **fields,
    }
    return TableFound(name=name, crs=crs, **told)  # type: ignore[arg-type]


@pytest.fixture
def session(tmp_path: Path, clock: FixedClock) -> Session:
    opened = open_plot(Plot(), clock=clock, folder=tmp_path)
    return Session(opened.document, clock)


@pytest.fixture
def loading(session: Session) -> ReferenceLoading:
    return ReferenceLoading(session)


def test_all_that_a_file_holds_is_added_as_one_act(
    loading: ReferenceLoading, session: Session, tmp_path: Path
) -> None:
    path = two_tables(tmp_path / "two.gpkg")
    loading.take(found_in(path, session.document.path))
    assert [choice.name for choice in loading.choices] == ["two lanes", "two spots"]
    loading.say_name(1, "Spots")
    loading.say_credit(1, "Somebody")
    layers = loading.commit()
    assert tuple(session.document.plot.reference_layers.values()) == layers
    lanes, spots = layers
    assert (lanes.path, lanes.table, lanes.schema) == ("two.gpkg", "lanes", "routeing")
    assert (spots.name, spots.credit, spots.crs) == ("Spots", "Somebody", "")
    assert lanes.kind is ReferenceKind.VECTOR
    assert loading.choices == ()
    assert loading.problem() == (AddProblem.NOTHING_CHOSEN, -1)
    assert loading.commit() == ()


def test_reading_a_file_ends_early_when_it_is_to(tmp_path: Path) -> None:
    stop = Event()
    stop.set()
    with pytest.raises(ReferenceFileError) as caught:
        found_in(two_tables(tmp_path / "two.gpkg"), tmp_path / "night.gpkg", stop)
    assert caught.value.fault is ReferenceFileFault.TOO_SLOW


def test_what_is_left_out_stays_to_be_chosen(loading: ReferenceLoading, tmp_path: Path) -> None:
    tables = (a_table("one"), a_table("two"))
    loading.take(FoundFile(path=tmp_path / "a.gpkg", tables=tables))
    loading.choose(0, is_chosen=False)
    assert [layer.table for layer in loading.commit()] == ["two"]
    assert [choice.table for choice in loading.choices] == [tables[0]]


def test_a_reference_that_a_file_does_not_say_is_asked_once_for_all_its_tables(
    loading: ReferenceLoading, tmp_path: Path
) -> None:
    without = (a_table("one", ""), a_table("two", ""), a_table("three"))
    loading.take(FoundFile(path=tmp_path / "a.gpkg", tables=without))
    assert loading.problem() == (AddProblem.CRS_MISSING, 0)
    loading.say_crs(0, "Lambert")
    assert loading.problem() == (AddProblem.CRS_NOT_READ, 0)
    loading.say_crs(1, "2154")
    assert loading.problem() is None
    assert [layer.crs for layer in loading.commit()] == ["EPSG:2154", "EPSG:2154", ""]


def test_a_layer_needs_a_name(loading: ReferenceLoading, tmp_path: Path) -> None:
    loading.take(FoundFile(path=tmp_path / "a.shp", tables=(a_table(""),)))
    assert loading.choices[0].name == "a"
    loading.say_name(0, " ")
    assert loading.problem() == (AddProblem.NAME_MISSING, 0)
    assert loading.commit() == ()


def test_a_file_that_is_read_again_takes_its_own_place(
    loading: ReferenceLoading, tmp_path: Path
) -> None:
    for _ in range(2):
        loading.take(FoundFile(path=tmp_path / "a.shp", tables=(a_table(""),)))
    assert len(loading.choices) == 1


def test_what_is_known_begins_with_lines_as_a_chart_has_them(
    loading: ReferenceLoading, tmp_path: Path
) -> None:
    limits = a_table(schema=ReferenceSchema.SEA_LIMITS)
    loading.take(FoundFile(path=tmp_path / "a.gpkg", tables=(limits,)))
    (layer,) = loading.commit()
    assert layer.style.dash is Dash.DASHED
    assert layer.style.fill_opacity == 0.0


@pytest.mark.parametrize(
    ("text", "crs"),
    [
        ("EPSG:2154", "EPSG:2154"),
        ("EPSG:27700  OSGB36 / British National Grid", "EPSG:27700"),
        (" epsg: 4326", "EPSG:4326"),
        ("32631", "EPSG:32631"),
        ("+proj=utm", None),
        ("12", None),
        ("", None),
    ],
)
def test_a_reference_is_read_by_its_number(text: str, crs: str | None) -> None:
    assert crs_of(text) == crs
