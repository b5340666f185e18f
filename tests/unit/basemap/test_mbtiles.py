"""Files of raster tiles: what is read of them, and what files that mean harm can't do."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from channelplot.basemap import mbtiles
from channelplot.basemap.mbtiles import MbTiles, TileFormat
from channelplot.errors import RasterFault, RasterFileError
from channelplot.geodesy.bounds import Bounds

PNG = b"\x89PNG\r\n\x1a\n" + b"made up"
JPEG = b"\xff\xd8\xff\xe0" + b"made up"
WEBP = b"RIFF\x00\x00\x00\x00WEBPVP8 made up"


def written(
    path: Path,
    tiles: list[tuple[int, int, int, object]],
    metadata: list[tuple[str, object]] | None = None,
    *more: str,
) -> Path:
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("CREATE TABLE metadata (name text, value text)")
        conn.execute("CREATE TABLE tiles (zoom_level, tile_column, tile_row, tile_data)")
        conn.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", tiles)
        conn.executemany("INSERT INTO metadata VALUES (?, ?)", metadata or [])
        for statement in more:
            conn.execute(statement)
    return path


def fault_of(path: Path) -> RasterFault:
    with pytest.raises(RasterFileError) as caught:
        MbTiles(path)
    assert caught.value.path == path
    return caught.value.fault


def test_what_a_file_says_of_itself(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.mbtiles",
        [(7, 63, 84, PNG), (9, 1, 1, PNG)],
        [
            ("name", " Made-up chart "), ("Attribution", "Nobody"), ("format", "png"),
            ("bounds", "-1.5,50,2,51"), ("minzoom", "0"), ("maxzoom", "30"),
        ],
    )  # fmt: skip
    tiles = MbTiles(path)
    assert (tiles.name, tiles.attribution, tiles.format) == (
        "Made-up chart", "Nobody", TileFormat.PNG
    )  # fmt: skip
    assert tiles.bounds == Bounds(-1.5, 50.0, 2.0, 51.0)
    assert (tiles.min_zoom, tiles.max_zoom) == (7, 9), "the tiles count, not what is said of them"


def test_what_a_file_leaves_empty_or_is_no_text_is_not_said(tmp_path: Path) -> None:
    metadata: list[tuple[str, object]] = [("name", None), ("attribution", b"Nobody")]
    tiles = MbTiles(written(tmp_path / "a.mbtiles", [(3, 2, 1, PNG)], metadata))
    assert (tiles.name, tiles.attribution) == ("", "")


def test_rows_are_counted_from_the_south_in_the_file_and_from_the_north_here(
    tmp_path: Path,
) -> None:
    tiles = MbTiles(written(tmp_path / "a.mbtiles", [(3, 2, 1, PNG)]))
    assert tiles.tile(3, 2, 6) == PNG
    assert tiles.tile(3, 2, 1) is None


def test_a_file_that_says_it_counts_from_the_north_is_believed(tmp_path: Path) -> None:
    tiles = MbTiles(written(tmp_path / "a.mbtiles", [(3, 2, 1, PNG)], [("scheme", "xyz")]))
    assert tiles.tile(3, 2, 1) == PNG


@pytest.mark.parametrize("tile", [(2, 0, 0), (4, 0, 0), (3, -1, 0), (3, 8, 0), (3, 0, 8)])
def test_there_is_no_tile_outside_the_world_or_the_levels(
    tmp_path: Path, tile: tuple[int, int, int]
) -> None:
    tiles = MbTiles(written(tmp_path / "a.mbtiles", [(3, 2, 1, PNG)]))
    assert tiles.tile(*tile) is None


@pytest.mark.parametrize(
    ("said", "data", "is_then"),
    [
        ("jpg", JPEG, TileFormat.JPEG),
        ("png", JPEG, TileFormat.JPEG),
        ("webp", WEBP, TileFormat.WEBP),
        ("", PNG, TileFormat.PNG),
    ],
)
def test_the_format_is_what_the_tiles_are(
    tmp_path: Path, said: str, data: bytes, is_then: TileFormat
) -> None:
    path = written(tmp_path / "a.mbtiles", [(3, 2, 1, data)], [("format", said)])
    assert MbTiles(path).format is is_then


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "a,b,c,d", "2,50,1,51", "nan,50,1,51", "0,91,1,92", "-200,0,1,1"]
)
def test_bounds_that_are_none_are_left_out(tmp_path: Path, text: str) -> None:
    path = written(tmp_path / "a.mbtiles", [(3, 2, 1, PNG)], [("bounds", text)])
    assert MbTiles(path).bounds is None


def test_the_world_ends_where_the_square_of_tiles_ends(tmp_path: Path) -> None:
    path = written(tmp_path / "a.mbtiles", [(3, 2, 1, PNG)], [("bounds", "-180,-90,180,90")])
    bounds = MbTiles(path).bounds
    assert bounds is not None
    assert bounds.north_deg == pytest.approx(85.0511288)


def test_tiles_may_be_a_view(tmp_path: Path) -> None:
    path = tmp_path / "view.mbtiles"
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("CREATE TABLE metadata (name text, value text)")
        conn.execute("CREATE TABLE map (zoom_level, tile_column, tile_row, tile_id)")
        conn.execute("CREATE TABLE images (tile_id, tile_data)")
        conn.execute("INSERT INTO map VALUES (3, 2, 1, 'sea')")
        conn.execute("INSERT INTO images VALUES ('sea', ?)", (PNG,))
        conn.execute(
            "CREATE VIEW tiles AS SELECT map.zoom_level, map.tile_column, map.tile_row, "
            "images.tile_data FROM map JOIN images ON images.tile_id = map.tile_id"
        )
    assert MbTiles(path).tile(3, 2, 6) == PNG


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert fault_of(tmp_path / "gone.mbtiles") is RasterFault.UNREADABLE


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.mbtiles"
    path.write_bytes(content)
    assert fault_of(path) is RasterFault.NOT_MBTILES


def test_a_database_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "a.mbtiles"
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("CREATE TABLE reports (uid)")
    assert fault_of(path) is RasterFault.NOT_MBTILES


def test_a_file_without_tiles(tmp_path: Path) -> None:
    assert fault_of(written(tmp_path / "a.mbtiles", [])) is RasterFault.NO_TILES


@pytest.mark.parametrize("data", [b"\x1f\x8bpacked shapes", "a text", None, 5])
def test_tiles_that_are_no_pictures(tmp_path: Path, data: object) -> None:
    path = written(tmp_path / "a.mbtiles", [(3, 2, 1, data)], [("format", "pbf")])
    assert fault_of(path) is RasterFault.NOT_PICTURES


def test_levels_that_are_no_numbers(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.mbtiles")) as conn, conn:
        conn.execute("CREATE TABLE metadata (name, value)")
        conn.execute("CREATE TABLE tiles (zoom_level, tile_column, tile_row, tile_data)")
        conn.execute("INSERT INTO tiles VALUES ('three', 0, 0, ?)", (PNG,))
    assert fault_of(tmp_path / "a.mbtiles") is RasterFault.NO_TILES


def test_a_tile_longer_than_a_tile_can_be(tmp_path: Path) -> None:
    huge = PNG + bytes(mbtiles.MOST_TILE_BYTES)
    tiles = MbTiles(written(tmp_path / "a.mbtiles", [(3, 2, 1, PNG), (4, 2, 1, huge)]))
    with pytest.raises(RasterFileError) as caught:
        tiles.tile(4, 2, 14)
    assert caught.value.fault is RasterFault.DAMAGED


def test_a_view_without_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mbtiles, "PATIENCE_S", 0.05)
    numbers = ", ".join(f"numbers n{place}" for place in range(9))
    path = tmp_path / "a.mbtiles"
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("CREATE TABLE metadata (name, value)")
        conn.execute("CREATE TABLE numbers (n)")
        conn.executemany("INSERT INTO numbers VALUES (?)", [(n,) for n in range(100)])
        conn.execute(
            "CREATE VIEW tiles AS SELECT n0.n + n1.n + n8.n AS zoom_level, 0 AS tile_column, "
            f"0 AS tile_row, x'89' AS tile_data FROM {numbers}"
        )
    assert fault_of(path) is RasterFault.TOO_SLOW


@pytest.mark.parametrize(
    "value",
    ["load_extension('evil')", "randomblob(1000000000)", "zeroblob(1000000000)", "readfile('x')"],
)
def test_a_view_that_calls_a_function_runs_nothing(tmp_path: Path, value: str) -> None:
    path = tmp_path / "a.mbtiles"
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("CREATE TABLE metadata (name, value)")
        conn.execute(
            "CREATE VIEW tiles AS SELECT 3 AS zoom_level, 2 AS tile_column, 1 AS tile_row, "
            f"{value} AS tile_data"
        )
    assert fault_of(path) in (RasterFault.UNSAFE, RasterFault.DAMAGED)


def test_a_recursive_view_runs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.mbtiles"
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("CREATE TABLE metadata (name, value)")
        conn.execute(
            "CREATE VIEW tiles AS WITH RECURSIVE n(z) AS (SELECT 1 UNION ALL SELECT z + 1 FROM n) "
            "SELECT z AS zoom_level, 0 AS tile_column, 0 AS tile_row, x'89' AS tile_data FROM n"
        )
    assert fault_of(path) is RasterFault.UNSAFE


def test_a_virtual_table_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.mbtiles"
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("CREATE TABLE metadata (name, value)")
        conn.execute("CREATE VIRTUAL TABLE tiles USING rtree(zoom_level, tile_column, tile_row)")
    assert fault_of(path) is RasterFault.UNSAFE


def test_a_file_cut_short_gives_one_clear_error(tmp_path: Path) -> None:
    tiles: list[tuple[int, int, int, object]] = [
        (3, column, 1, PNG + bytes(3000)) for column in range(8)
    ]
    path = written(tmp_path / "a.mbtiles", tiles)
    whole = path.read_bytes()
    faults, opened = set(), 0
    for length in range(100, len(whole), 509):
        path.write_bytes(whole[:length])
        try:
            found = MbTiles(path)
            for column in range(8):
                found.tile(3, column, 6)
            opened += 1
        except RasterFileError as error:
            faults.add(error.fault)
    assert opened < len(range(100, len(whole), 509))
    assert faults <= {RasterFault.DAMAGED, RasterFault.NOT_MBTILES, RasterFault.NO_TILES}


def test_reading_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    path = written(tmp_path / "a.mbtiles", [(3, 2, 1, PNG)])
    before = path.read_bytes()
    MbTiles(path).tile(3, 2, 6)
    assert [each.name for each in tmp_path.iterdir()] == ["a.mbtiles"]
    assert path.read_bytes() == before
