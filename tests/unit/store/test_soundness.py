from contextlib import closing
from pathlib import Path

import pytest

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.store import connection, soundness
from channelplot.store.connection import connect_to_read
from channelplot.store.first_look import first_look
from channelplot.store.recovery import has_unfinished_act
from channelplot.store.soundness import broken_constraint, damage_of
from unit.store.files import closed_file, edit, outside


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "night.gpkg"
    closed_file(path)
    return path


def damage(path: Path) -> str | None:
    with closing(connect_to_read(path)) as conn:
        return damage_of(conn)


def constraint(path: Path) -> str | None:
    with closing(connect_to_read(path)) as conn:
        return broken_constraint(conn)


def refusal(path: Path) -> tuple[PlotFileFault, str]:
    with pytest.raises(PlotFileError) as refused:
        first_look(path)
    return refused.value.fault, refused.value.detail


def test_a_plot_is_sound(path: Path) -> None:
    assert damage(path) is None
    assert constraint(path) is None
    assert first_look(path) == ()


def test_pages_that_are_damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[36:40] = (5).to_bytes(4, "big")  # so many free pages, it says
    path.write_bytes(content)
    found = damage(path)
    assert found is not None
    assert refusal(path) == (PlotFileFault.DAMAGED, found)


def test_a_spatial_index_that_is_damaged(path: Path) -> None:
    edit(path, "DELETE FROM rtree_reports_geom_rowid WHERE rowid = 1")
    found = damage(path)
    assert found is not None
    assert found.startswith("rtree_reports_geom: ")
    assert refusal(path) == (PlotFileFault.DAMAGED, found)


def test_a_row_that_breaks_a_constraint(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(path, "UPDATE tracks SET created_at_utc = 'yesterday'")
    assert damage(path) is None
    assert constraint(path) == "CHECK constraint failed in tracks"
    assert first_look(path) == ("CHECK constraint failed in tracks",)
    monkeypatch.setattr(soundness, "MOST_COPIED_BYTES", 1_000)
    assert constraint(path) is None


def test_a_constraint_that_takes_too_long(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "PATIENCE_S", 0.2)
    monkeypatch.setattr(connection, "PATIENCE_S_PER_MB", 0.0)
    with outside(path, ignoring_checks=True) as conn:
        conn.execute("CREATE TABLE bomb (x CHECK (length(hex(zeroblob(x)))))")
        conn.execute("INSERT INTO bomb SELECT 20000000 FROM reports, reports, reports, reports")
    assert refusal(path) == (PlotFileFault.TOO_SLOW, "interrupted")


def test_a_virtual_table_is_not_the_table_it_is_called(path: Path) -> None:
    edit(path, "DROP TABLE log_lines")
    edit(path, "CREATE VIRTUAL TABLE log_lines USING rtree(uid, at_utc, text)")
    assert refusal(path) == (PlotFileFault.DAMAGED, "missing: log_lines")


@pytest.mark.parametrize("pragma", ["application_id = 0x47503130", "user_version = 10500"])
def test_a_kind_of_geopackage_that_is_not_ours_to_write(path: Path, pragma: str) -> None:
    edit(path, f"PRAGMA {pragma}")
    (strange,) = first_look(path)
    assert strange.startswith("GeoPackage ")


def test_a_damaged_name_is_no_unfinished_act(path: Path) -> None:
    content = path.read_bytes().replace(b"tabletrackstracks", b"table\xd8\xffackstracks")
    path.write_bytes(content.replace(b"CREATE TABLE tracks", b"XREATE TABLE tracks"))
    assert not has_unfinished_act(path)
    assert refusal(path)[0] is PlotFileFault.DAMAGED
