import math
import sqlite3
import struct
from contextlib import closing

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from channelplot.errors import InvalidPosition
from channelplot.geodesy.position import Position
from channelplot.store.geometry import (
    envelope,
    line_blob,
    point_blob,
    read_line,
    read_point,
    register_functions,
)

POSITIONS = st.builds(Position, st.floats(-180.0, 180.0), st.floats(-90.0, 90.0))
LINE = np.array([[1.5, 50.9], [1.4, 51.0], [1.45, 50.8]])
NAN = math.nan


def blob(
    wkb: bytes, *, flags: int = 0b001, envelope_numbers: tuple[float, ...] = (), version: int = 0
) -> bytes:
    order = "<" if flags & 1 else ">"
    header = struct.pack(f"{order}2sBBi", b"GP", version, flags, 4326)
    return header + struct.pack(f"{order}{len(envelope_numbers)}d", *envelope_numbers) + wkb


def point_wkb(x: float, y: float, order: str = "<", code: int = 1) -> bytes:
    return struct.pack(f"{order}BIdd", order == "<", code, x, y)


def line_wkb(coordinates: list[tuple[float, float]], order: str = "<") -> bytes:
    numbers = [number for pair in coordinates for number in pair]
    return struct.pack(f"{order}BII{len(numbers)}d", order == "<", 2, len(coordinates), *numbers)


@given(POSITIONS)
def test_a_position_comes_back_exactly(position: Position) -> None:
    assert read_point(point_blob(position)) == position
    assert envelope(point_blob(position)) == (
        position.lon_deg,
        position.lon_deg,
        position.lat_deg,
        position.lat_deg,
    )


def test_other_software_reads_the_point_behind_the_header() -> None:
    written = point_blob(Position(1.6833, 50.9667))
    assert written[:8] == b"GP\x00\x01" + struct.pack("<i", 4326)
    assert shapely.from_wkb(written[8:]) == shapely.Point(1.6833, 50.9667)


def test_other_software_reads_the_line_behind_header_and_envelope() -> None:
    written = line_blob(LINE)
    assert written is not None
    assert struct.unpack_from("<dddd", written, 8) == (1.4, 1.5, 50.8, 51.0)
    assert shapely.from_wkb(written[40:]) == shapely.LineString(LINE)
    assert envelope(written) == (1.4, 1.5, 50.8, 51.0)
    assert (read_line(written) == LINE).all()


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_positions_make_no_line(count: int) -> None:
    assert line_blob(LINE[:count]) is None


def test_points_of_both_byte_orders_and_with_an_envelope_are_read() -> None:
    box = (1.0, 1.0, 2.0, 2.0)
    assert read_point(blob(point_wkb(1.0, 2.0, ">"), flags=0b000)) == Position(1.0, 2.0)
    assert read_point(blob(point_wkb(1.0, 2.0), flags=0b011, envelope_numbers=box)) == Position(
        1.0, 2.0
    )
    assert envelope(blob(point_wkb(1.0, 2.0, ">"), flags=0b000)) == (1.0, 1.0, 2.0, 2.0)


def test_lines_of_both_byte_orders_and_without_an_envelope_are_read() -> None:
    coordinates = [(1.0, 2.0), (0.5, 3.0)]
    without = blob(line_wkb(coordinates, ">"), flags=0b000)
    assert read_line(without).tolist() == [[1.0, 2.0], [0.5, 3.0]]
    assert envelope(without) == (0.5, 1.0, 2.0, 3.0)


def test_a_long_envelope_counts_with_its_first_four_numbers() -> None:
    box = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0)
    polygon = shapely.to_wkb(shapely.box(1.0, 3.0, 2.0, 4.0))
    assert envelope(blob(polygon, flags=0b1001, envelope_numbers=box)) == (1.0, 2.0, 3.0, 4.0)


@pytest.mark.parametrize(
    "empty",
    [
        blob(point_wkb(NAN, NAN)),
        blob(point_wkb(NAN, NAN), flags=0b1_0001),
        blob(point_wkb(NAN, NAN, ">"), flags=0b1_0000),
        blob(point_wkb(NAN, NAN, ">"), flags=0b000),
    ],
)
def test_an_empty_point_is_no_position_and_has_no_box(empty: bytes) -> None:
    assert read_point(empty) is None
    assert envelope(empty) is None


def test_an_empty_line_has_no_box() -> None:
    assert envelope(blob(line_wkb([]))) is None
    assert read_line(blob(line_wkb([]), flags=0b1_0001)).shape == (0, 2)


@pytest.mark.parametrize(
    ("x", "y"), [(NAN, 51.0), (1.5, math.inf), (181.0, 0.0), (0.0, 90.1), (1e308, 1e308)]
)
def test_a_point_that_is_no_place_on_earth_is_refused(x: float, y: float) -> None:
    with pytest.raises(InvalidPosition):
        read_point(blob(point_wkb(x, y)))


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"GP",
        b"XX" + blob(point_wkb(1.0, 2.0))[2:],
        blob(point_wkb(1.0, 2.0), version=1),
        blob(point_wkb(1.0, 2.0), flags=0b1011),
        blob(point_wkb(1.0, 2.0))[:-1],
        blob(point_wkb(1.0, 2.0)) + b"x",
        blob(point_wkb(1.0, 2.0), flags=0b011),
        blob(point_wkb(1.0, 2.0, code=1001)),
        blob(b"\x07" + point_wkb(1.0, 2.0)[1:]),
        blob(line_wkb([(1.0, 2.0), (2.0, 3.0)])),
    ],
)
def test_what_is_no_point_is_refused(damaged: bytes) -> None:
    with pytest.raises(ValueError, match="geometry"):
        read_point(damaged)


@pytest.mark.parametrize(
    "damaged",
    [
        blob(point_wkb(1.0, 2.0)),
        blob(line_wkb([(1.0, 2.0), (2.0, 3.0)]))[:-8],
        blob(line_wkb([])[:5]),
        blob(struct.pack("<BII", 1, 2, 4_000_000_000)),
    ],
)
def test_what_is_no_line_is_refused(damaged: bytes) -> None:
    with pytest.raises(ValueError, match="geometry"):
        read_line(damaged)


def test_only_points_and_lines_go_without_an_envelope() -> None:
    with pytest.raises(ValueError, match="geometry"):
        envelope(blob(shapely.to_wkb(shapely.box(1.0, 3.0, 2.0, 4.0))))


def test_sqlite_is_given_the_functions_that_triggers_call() -> None:
    with closing(sqlite3.connect(":memory:")) as conn:
        register_functions(conn)
        query = "SELECT ST_IsEmpty(?1), ST_MinX(?1), ST_MaxX(?1), ST_MinY(?1), ST_MaxY(?1)"
        assert conn.execute(query, (line_blob(LINE),)).fetchone() == (0, 1.4, 1.5, 50.8, 51.0)
        empty = (blob(point_wkb(NAN, NAN)),)
        assert conn.execute(query, empty).fetchone() == (1, None, None, None, None)
        assert conn.execute(query, (None,)).fetchone() == (None, None, None, None, None)
        with pytest.raises(sqlite3.OperationalError):
            conn.execute(query, (b"GPxx",))
