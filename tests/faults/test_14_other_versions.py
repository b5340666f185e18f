"""Files of other versions and kinds, in write-ahead mode or with a part missing: what is said."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import geopandas
import pytest
from shapely.geometry import LineString

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.exchange.limit_file import read_limit_file
from channelplot.exchange.limit_shapes import LimitBounds
from channelplot.exchange.vector_worker import copy_for_gdal, shapes_in
from channelplot.store.check import check
from channelplot.store.geopackage import PlotFile, ReadOnlyReason
from channelplot.store.tables import SCHEMA_VERSION
from channelplot.ui.words.file_messages import read_only_text
from channelplot.ui.words.messages import error_text
from helpers.plot_files import file_rows
from unit.store.files import (
    a_plot,
    closed_file,
    edit,
    let_everybody_in,
    names,
    opened,
    outside,
    python,
    unprivileged,
)

Figure = Callable[[str], None]


def said_of(path: Path) -> str:
    """What the operator is told of a file that is refused, and is left exactly as it was."""
    before, beside = path.read_bytes(), names(path.parent)
    with pytest.raises(PlotFileError) as refused:
        PlotFile.open(path)
    assert (path.read_bytes(), names(path.parent)) == (before, beside)
    return error_text(refused.value)


def test_geopackages_of_other_programs_are_no_plots_but_may_hold_limits(
    tmp_path: Path, figure: Figure
) -> None:
    line = LineString([(1.2, 50.8), (1.9, 51.2)])
    bounds = LimitBounds(most_bytes=10**7, most_shapes=10, most_points=100)
    versions = ("1.0", "1.1", "1.2", "1.3", "1.4", "1.5")
    for version in versions:
        path = tmp_path / f"limits{version}.gpkg"
        frame = geopandas.GeoDataFrame({"name": ["Median"]}, geometry=[line], crs=4326)
        frame.to_file(path, VERSION="1.4" if version == "1.5" else version)
        if version == "1.5":
            edit(path, "PRAGMA user_version = 10500")
        assert "is a GeoPackage of another program, not a plot" in said_of(path)
        if version == "1.5":  # in a process of its own, as always: GDAL warns of it
            shapes = read_limit_file(path)
        else:
            copy = tmp_path / f"copy{version}.gpkg"
            copy_for_gdal(path, copy, bounds.most_bytes)
            shapes = tuple(shapes_in(copy, path, bounds))
        assert [shape.name for shape in shapes] == ["Median"]
    figure(f"GeoPackage {versions[0]} to {versions[-1]} of others: no plots, read as limits")


def test_another_application_id_is_no_geopackage(tmp_path: Path, figure: Figure) -> None:
    path = tmp_path / "night.gpkg"
    closed_file(path)
    edit(path, "PRAGMA application_id = 252006674")
    assert "is not a GeoPackage" in said_of(path)
    edit(path, "PRAGMA application_id = 0x47504B47")
    figure("wrong application_id refused")


def test_plots_that_say_another_version_of_geopackage(tmp_path: Path, figure: Figure) -> None:
    """An earlier one is worked with; what is later, or of before 1.2, is only read."""
    path = tmp_path / "night.gpkg"
    plot = closed_file(path)
    for pragma, is_written in (
        ("user_version = 10200", True),
        ("user_version = 10300", True),
        ("user_version = 10500", False),
        ("application_id = 0x47503130", False),
    ):
        edit(path, f"PRAGMA {pragma}")
        with opened(path) as file:
            assert file.load().plot == plot
            assert (file.read_only_reason is None) == is_written
            if not is_written:
                assert file.read_only_reason is ReadOnlyReason.FOREIGN
                assert "(triggers, views, version)" in read_only_text(
                    path, file.read_only_reason, None
                )
    edit(path, "PRAGMA application_id = 0x47504B47")
    edit(path, "PRAGMA user_version = 10400")
    figure("plots said to be 1.2, 1.3 written; 1.5, GP10 read only")


def test_a_newer_schema_and_one_that_is_no_number(tmp_path: Path, figure: Figure) -> None:
    path = tmp_path / "night.gpkg"
    closed_file(path)
    for version, sentence in ((str(SCHEMA_VERSION + 1), "newer Channel Plot"), ("x", "is damaged")):
        edit(path, "UPDATE app_meta SET value = ? WHERE key = 'schema_version'", version)
        assert sentence in said_of(path)
    edit(path, "UPDATE app_meta SET value = ? WHERE key = 'schema_version'", str(SCHEMA_VERSION))
    figure("newer schema refused")


KILLED_IN_WRITE_AHEAD_MODE = """
import os, sqlite3, sys
conn = sqlite3.connect(sys.argv[1], isolation_level=None)
conn.execute("PRAGMA journal_mode = WAL")
conn.execute("PRAGMA wal_autocheckpoint = 0")
conn.execute("UPDATE log_lines SET text = 'in the log only'")
os.kill(os.getpid(), 9)
"""


def left_in_write_ahead_mode(path: Path) -> Path:
    """Let another program write and be killed; return the write-ahead log that it leaves."""
    closed_file(path)
    with python(KILLED_IN_WRITE_AHEAD_MODE, str(path)) as process:
        process.wait()
    assert process.returncode == -signal.SIGKILL
    log = path.with_name(path.name + "-wal")
    assert log.stat().st_size > 0
    return log


def test_a_write_ahead_log_that_was_left_is_taken_in(tmp_path: Path, figure: Figure) -> None:
    path = tmp_path / "night.gpkg"
    left_in_write_ahead_mode(path)
    with opened(path) as file:
        texts = {line.text for line in file.load().plot.log_lines.values()}
    assert texts == {"in the log only"}
    assert names(tmp_path) == ["night.gpkg"]
    assert file_rows(path, "PRAGMA journal_mode") == [("delete",)]
    path.unlink()  # rows that are not as our log says: told by check, and not to be judged here
    figure("left write-ahead log taken in")


@pytest.mark.parametrize("log_is", ["gone", "of another file", "cut short"])
def test_a_write_ahead_log_that_is_missing_or_another(
    tmp_path: Path, log_is: str, figure: Figure
) -> None:
    """What stands in the file itself is all there is then, and it is whole."""
    path = tmp_path / "night.gpkg"
    log = left_in_write_ahead_mode(path)
    path.with_name(path.name + "-shm").unlink()
    if log_is == "gone":
        log.unlink()
    elif log_is == "cut short":
        os.truncate(log, 100)
    else:
        log.write_bytes(bytes(range(256)) * 200)
    with opened(path) as file:
        assert not file.is_read_only
        assert {t.name for t in file.load().plot.tracks.values()} == {
            t.name for t in a_plot().tracks.values()
        }
    assert check(path) == ()
    assert names(tmp_path) == ["night.gpkg"]
    figure(f"write-ahead log {log_is}: the file as it stands")


def test_write_ahead_mode_where_nothing_may_be_written_is_told_of(
    tmp_path: Path, figure: Figure
) -> None:
    path = tmp_path / "folder" / "night.gpkg"
    path.parent.mkdir()
    closed_file(path)
    with outside(path) as conn:
        conn.execute("PRAGMA journal_mode = WAL")
    let_everybody_in(tmp_path)
    path.parent.chmod(0o555)
    with unprivileged():
        said = said_of(path)
    path.parent.chmod(0o755)
    assert "can't be written to" in said
    with pytest.raises(PlotFileError) as refused:
        PlotFile.open(path.with_name("none.gpkg"))
    assert refused.value.fault is PlotFileFault.NOT_FOUND
    with opened(path) as file:
        assert not file.is_read_only
    figure("write-ahead mode in a folder to read only: told")
