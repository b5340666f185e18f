import hashlib
import json
import math
import struct
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely

from channelplot.errors import PlotFileError
from channelplot.geodesy.position import Position
from channelplot.model.change import difference
from channelplot.model.plot import Plot
from channelplot.store.connection import connect_to_read
from channelplot.store.geometry import line_blob
from channelplot.store.geopackage import PlotFile
from channelplot.store.log import (
    broken_links,
    geometry_from_text,
    geometry_text,
    read_acts,
    rows_after,
)
from channelplot.store.log_text import LONG_TEXT
from channelplot.store.replay import log_differences
from channelplot.store.values import line_value
from helpers.chartwork_builders import a_limit, an_area
from unit.store.files import a_plot, adding_a_report, an_act, edit, new_file, opened, rows


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with five acts in its log."""
    path = tmp_path / "night.gpkg"
    plot = a_plot()
    with new_file(path, plot) as file:
        for number in range(4):
            plot, change = adding_a_report(plot, number)
            act = replace(an_act("add_report", operator="Zoë"), name="A", reason="dit à la radio")
            file.save(change, act)
    return path


def broken(path: Path) -> list[tuple[int, str]]:
    with closing(connect_to_read(path)) as conn:
        return list(broken_links(conn))


def test_each_hash_covers_its_row_and_the_hash_before_it(path: Path) -> None:
    previous, text = "", ""
    for row in rows(
        path,
        "SELECT previous_hash, seq, at_utc, operator, label, entity, entity_uid, before, after,"
        " name, reason, hash FROM edit_log ORDER BY seq",
    ):
        *covered, own = row
        assert covered[0] == previous
        text = json.dumps(covered, separators=(",", ":"), ensure_ascii=False)
        assert own == hashlib.sha256(text.encode()).hexdigest()
        previous = own
    assert "Zoë" in text
    assert text.endswith('"A","dit à la radio"]')
    assert broken(path) == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE edit_log SET operator = 'Bob' WHERE seq = 3", [(3, "hash")]),
        ("UPDATE edit_log SET after = '{}' WHERE seq = 1", [(1, "hash")]),
        ("UPDATE edit_log SET name = 'B' WHERE seq = 3", [(3, "hash")]),
        ("UPDATE edit_log SET reason = '' WHERE seq = 3", [(3, "hash")]),
        ("UPDATE edit_log SET name = NULL WHERE seq = 3", [(3, "hash")]),
        ("UPDATE edit_log SET name = NULL, reason = NULL WHERE seq = 3", [(3, "hash")]),
        (
            "UPDATE edit_log SET hash = previous_hash WHERE seq = 2",
            [(2, "hash"), (3, "previous_hash")],
        ),
        ("DELETE FROM edit_log WHERE seq = 3", [(4, "seq"), (4, "previous_hash")]),
        ("DELETE FROM edit_log WHERE seq = 1", [(2, "seq"), (2, "previous_hash")]),
        ("DELETE FROM edit_log WHERE seq = 5", [(4, "end")]),
        ("DELETE FROM edit_log", [(0, "end")]),
        ("UPDATE edit_log SET operator = x'FF' WHERE seq = 3", [(3, "hash")]),
        ("UPDATE edit_log SET operator = CAST(x'FF' AS TEXT) WHERE seq = 3", [(3, "hash")]),
    ],
)
def test_a_row_that_was_changed_or_removed_shows(
    path: Path, statement: str, found: list[tuple[int, str]]
) -> None:
    edit(path, statement)
    assert broken(path) == found


def test_a_number_is_never_given_twice(path: Path) -> None:
    edit(path, "DELETE FROM edit_log WHERE seq > 2")

    with opened(path) as file:
        plot = file.load().plot
        assert file.save(adding_a_report(plot, 30)[1], an_act()).seq == 6
    assert broken(path) == [(6, "seq")]


def test_the_first_row_of_a_log_without_memory_is_the_first(path: Path) -> None:
    edit(path, "DELETE FROM edit_log")
    edit(path, "DELETE FROM sqlite_sequence WHERE name = 'edit_log'")
    assert broken(path) == []

    with opened(path) as file:
        plot = file.load().plot
        assert file.save(adding_a_report(plot, 30)[1], an_act()).seq == 1
    assert broken(path) == []


def test_what_follows_a_row_without_a_name_is_covered_all_the_same(path: Path) -> None:
    """Rows from before there were names have hashes without them."""
    (row,) = rows(
        path,
        "SELECT previous_hash, seq, at_utc, operator, label, entity, entity_uid, before, after"
        " FROM edit_log WHERE seq = 5",
    )
    old = hashlib.sha256(
        json.dumps(row, separators=(",", ":"), ensure_ascii=False).encode()
    ).hexdigest()
    edit(path, "UPDATE edit_log SET name = NULL, reason = NULL, hash = ? WHERE seq = 5", old)
    assert broken(path) == []
    edit(path, "UPDATE edit_log SET reason = 'because' WHERE seq = 5")
    assert broken(path) == [(5, "hash")]


def test_an_act_comes_back_from_the_log_as_it_was_given_when_it_was_saved(path: Path) -> None:
    with opened(path) as file:
        plot = file.load().plot
        _, change = adding_a_report(plot, 30)
        act = replace(an_act("add_report", operator="Ann"), name="B", reason="heard twice")
        given = file.save(change, act)
        last = file.load().acts[-1]
    assert last == given
    assert (last.seq, last.at_utc, last.operator) == (6, act.at_utc, "Ann")
    assert (last.label, last.name, last.reason) == ("add_report", "B", "heard twice")
    before, after = last.rows()
    assert before == {}
    assert list(after) == ["reports"]


def test_the_last_acts_are_read_alone_and_in_order(path: Path) -> None:
    with closing(connect_to_read(path)) as conn:
        assert [act.seq for act in read_acts(conn)] == [1, 2, 3, 4, 5]
        assert [act.seq for act in read_acts(conn, last=2)] == [4, 5]
        assert [act.name for act in read_acts(conn, last=99)] == ["", "A", "A", "A", "A"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"reports": 1}', '{"reports": {"u": 1}}'])
def test_rows_that_are_none_are_told_of(path: Path, text: str) -> None:
    edit(path, "UPDATE edit_log SET after = ? WHERE seq = 5", text)
    with closing(connect_to_read(path)) as conn:
        (act,) = read_acts(conn, last=1)
    with pytest.raises(ValueError, match=r"rows|JSON|Expecting"):
        act.rows()


@pytest.mark.parametrize("value", [b"\xff", "2026-09-15 05:00", "soon"])
def test_a_row_of_the_log_without_a_time_is_named(path: Path, value: object) -> None:
    edit(path, "UPDATE edit_log SET at_utc = ? WHERE seq = 3", value)
    with opened(path) as file, pytest.raises(PlotFileError, match="edit_log after 2"):
        file.load()


def test_the_log_tells_a_line_as_well_known_text_that_other_software_reads(path: Path) -> None:
    with opened(path) as file:
        plot = file.load().plot
        area = an_area("Another")
        file.save(difference(plot, plot.with_limit(area)), an_act("load_limits"))
        act = file.load().acts[-1]
    told = str(act.rows()[1]["limits"][area.uid]["geom"])
    expected = [(point.lon_deg, point.lat_deg) for point in area.points]
    assert shapely.from_wkt(told) == shapely.LineString(expected)
    assert geometry_from_text(told) == line_value(area.points)


@pytest.mark.parametrize(
    ("lon_deg", "lat_deg"), [(math.nan, 51.0), (181.0, 51.0), (1.0, -90.5), (math.inf, 51.0)]
)
def test_a_line_elsewhere_than_on_earth_is_told_in_hex(lon_deg: float, lat_deg: float) -> None:
    blob = line_blob(np.array([[1.0, 51.0], [lon_deg, lat_deg]]))
    assert blob is not None
    assert geometry_text(blob) == blob.hex()


def test_what_is_no_geometry_is_told_in_hex_and_what_is_empty_as_such() -> None:
    assert geometry_text(b"GPxx") == b"GPxx".hex()
    empty = struct.pack("<2sBBiBII", b"GP", 0, 1, 4326, 1, 2, 0)
    assert geometry_text(empty) == "LINESTRING EMPTY"
    assert geometry_from_text("LINESTRING EMPTY") is None
    assert geometry_from_text("POINT EMPTY") is None


def test_a_long_act_is_read_bit_by_bit_and_tells_the_same(tmp_path: Path) -> None:
    path = tmp_path / "night.gpkg"
    points = tuple(Position(1.2 + step / 1e5, 50.9) for step in range(80_000))
    plot = Plot().with_limit(replace(a_limit("Zoë"), points=points))
    PlotFile.create(path, plot, an_act("new_plot")).close()
    with closing(connect_to_read(path)) as conn:
        ((text,),) = conn.execute("SELECT after FROM edit_log").fetchall()
        assert len(text) > LONG_TEXT
        (act,) = read_acts(conn)
        (latest,) = read_acts(conn, 1)
        told = list(rows_after(conn))
        assert not list(log_differences(conn))
    assert act.is_long
    assert act.after == latest.after == text
    assert told == [
        (name, uid, row) for name, own in act.rows()[1].items() for uid, row in own.items()
    ]
