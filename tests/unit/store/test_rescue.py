"""A plot written anew from its log holds what its own file held."""

from contextlib import closing
from pathlib import Path

import pytest

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.model.plot import Plot
from channelplot.store.check import check
from channelplot.store.closed_file import loaded_from
from channelplot.store.geopackage import PlotFile
from channelplot.store.rescue import write_rescue
from channelplot.store.tables import TABLES, TRACKS
from helpers.builders import a_report
from unit.store.files import a_plot, adding_a_report, an_act, closed_file, new_file, rows, save

DATA = Path(__file__).parent / "data"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "night.gpkg"


@pytest.fixture
def rescued(tmp_path: Path) -> Path:
    return tmp_path / "rescued.gpkg"


def content(path: Path, table: str, columns: str) -> list[tuple[object, ...]]:
    return rows(path, f"SELECT {columns} FROM {table} ORDER BY uid")


def test_every_row_and_the_log_letter_by_letter(path: Path, rescued: Path) -> None:
    plot = a_plot()
    with new_file(path, plot) as file:
        more, _ = adding_a_report(plot)
        save(file, plot, more)
        track = next(iter(more.tracks.values()))
        amended = more.with_report(a_report("0433", track_uid=track.uid, uid=track.reports[0].uid))
        save(file, more, amended)
        less = amended.without_mark(next(iter(amended.marks)))
        save(file, amended, less)
        loaded = file.load()

    write_rescue(rescued, loaded.plot, loaded.acts, ())

    assert check(rescued) == ()
    assert loaded_from(rescued).plot == less
    for table in TABLES:
        if "uid" in table.column_names:
            columns = ", ".join(table.column_names)
            there = content(path, table.name, columns)
            assert there
            assert content(rescued, table.name, columns) == there
    log = "SELECT * FROM edit_log"
    assert rows(rescued, log) == rows(path, log)
    contents = "SELECT table_name, min_x, min_y, max_x, max_y FROM gpkg_contents ORDER BY 1"
    assert rows(rescued, contents) == rows(path, contents)


def test_acts_that_are_not_saved_yet_are_in_it(path: Path, rescued: Path) -> None:
    plot = closed_file(path)
    new, change = adding_a_report(plot)
    loaded = loaded_from(path)

    write_rescue(rescued, loaded.plot, loaded.acts, [(change, an_act("add_report"))])

    assert loaded_from(rescued).plot == new
    assert check(rescued) == ()


def test_a_withdrawn_track_has_no_line(path: Path, rescued: Path) -> None:
    plot = a_plot()
    gone = next(iter(plot.tracks))
    with new_file(path, plot) as file:
        save(file, plot, Plot())
        loaded = file.load()

    write_rescue(rescued, loaded.plot, loaded.acts, ())

    assert rows(rescued, f"SELECT geom FROM {TRACKS.name} WHERE uid = ?", gone) == [(None,)]
    assert check(rescued) == ()
    with closing(PlotFile.open(rescued)) as file:
        assert len(file.withdrawn()) > 0


def test_a_plot_of_an_earlier_version_is_written_as_one_of_this(rescued: Path) -> None:
    loaded = loaded_from(DATA / "version-1.gpkg")

    write_rescue(rescued, loaded.plot, loaded.acts, ())

    assert loaded_from(rescued).plot == loaded.plot
    assert check(rescued) == ()


def test_nothing_is_written_over(path: Path, rescued: Path) -> None:
    closed_file(path)
    loaded = loaded_from(path)
    rescued.write_bytes(b"what was there")

    with pytest.raises(PlotFileError) as caught:
        write_rescue(rescued, loaded.plot, loaded.acts, ())

    assert caught.value.fault is PlotFileFault.EXISTS
    assert rescued.read_bytes() == b"what was there"
    assert sorted(each.name for each in rescued.parent.iterdir()) == ["night.gpkg", "rescued.gpkg"]
