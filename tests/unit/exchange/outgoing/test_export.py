"""A file comes whole or not at all, may be stopped, and never replaces a plot."""

import errno
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from channelplot.errors import ExportError, ExportStopped, PlotFileError, PlotFileFault
from channelplot.exchange.outgoing.export import export
from channelplot.exchange.outgoing.formats import Format, format_of
from channelplot.exchange.outgoing.selection import Selection
from channelplot.exchange.outgoing.whole_file import of_pieces, write_whole
from channelplot.store.geopackage import PlotFile
from helpers.made_up_plots import made_up_plot
from unit.exchange.outgoing.written import NOW, a_varied_plot, written
from unit.store.files import closed_file

OLD = b"the one of an hour ago"
LARGE = Selection(plot=made_up_plot(2500))


@pytest.mark.parametrize("kind", Format)
def test_an_older_file_is_replaced_and_nothing_else_is_left(kind: Format, tmp_path: Path) -> None:
    (tmp_path / f"out{kind}").write_bytes(OLD)
    shares: list[float] = []
    path = tmp_path / f"out{kind}"
    export(LARGE, path, kind, NOW, progress=shares.append)
    assert path.read_bytes()[:20] != OLD[:20]
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert len(shares) >= 3


@pytest.mark.parametrize("kind", Format)
def test_the_same_plot_makes_the_same_file(kind: Format, tmp_path: Path) -> None:
    selection = Selection(plot=a_varied_plot())
    first = written(selection, tmp_path, kind).read_bytes()
    assert written(selection, tmp_path, kind).read_bytes() == first


@pytest.mark.parametrize("kind", Format)
def test_what_is_stopped_leaves_the_older_file(kind: Format, tmp_path: Path) -> None:
    path, stop = tmp_path / f"out{kind}", Event()
    path.write_bytes(OLD)

    def stop_soon(share: float) -> None:
        if share > 0.0:
            stop.set()

    with pytest.raises(ExportStopped):
        export(LARGE, path, kind, NOW, progress=stop_soon, stop=stop)
    assert path.read_bytes() == OLD
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("kind", Format)
def test_a_missing_folder_is_said(kind: Format, tmp_path: Path) -> None:
    with pytest.raises(ExportError) as failed:
        export(LARGE, tmp_path / "gone" / f"out{kind}", kind, NOW)
    assert failed.value.detail == "No such file or directory"


def test_a_plot_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "night.gpkg"
    closed_file(path)
    before = path.read_bytes()
    with pytest.raises(PlotFileError) as refused:
        export(LARGE, path, Format.GEOPACKAGE, NOW)
    assert refused.value.fault is PlotFileFault.EXISTS
    link = tmp_path / "link.gpkg"
    link.symlink_to(path)
    with pytest.raises(PlotFileError):
        export(LARGE, link, Format.GEOPACKAGE, NOW)
    file = PlotFile.open(path)
    try:
        with pytest.raises(PlotFileError):
            export(LARGE, path, Format.GEOPACKAGE, NOW)
        assert file.load().plot.report_count() > 0
    finally:
        file.close()
    assert path.read_bytes() == before


@pytest.mark.parametrize("end", ["-journal", "-wal"])
def test_a_geopackage_that_another_program_is_writing_is_not_replaced(
    end: str, tmp_path: Path
) -> None:
    path = written(LARGE, tmp_path, Format.GEOPACKAGE)
    path.with_name(path.name + end).write_bytes(b"half an act")
    before = path.read_bytes()
    with pytest.raises(PlotFileError):
        export(LARGE, path, Format.GEOPACKAGE, NOW)
    assert path.read_bytes() == before


def test_another_s_geopackage_is_replaced(tmp_path: Path) -> None:
    path = written(LARGE, tmp_path, Format.GEOPACKAGE)
    export(Selection(plot=a_varied_plot()), path, Format.GEOPACKAGE, NOW)
    path.write_bytes(OLD)
    export(Selection(plot=a_varied_plot()), path, Format.GEOPACKAGE, NOW)
    assert path.read_bytes().startswith(b"SQLite format 3")


def test_what_can_t_be_read_back_is_no_file(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_bytes(OLD)

    def lost(draft: Path) -> None:
        of_pieces((b"all of it",))(draft)
        raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(ExportError, match="Input/output error"):
        write_whole({path: lost})
    assert path.read_bytes() == OLD
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_pieces_that_change_on_the_disk_are_found_out(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"

    def pieces() -> Iterator[bytes]:
        yield b"x" * 100_000
        (draft,) = tmp_path.iterdir()
        draft.write_bytes(b"torn")
        yield b"y" * 100_000

    with pytest.raises(ExportError, match="not what was written"):
        write_whole({path: of_pieces(pieces())})
    assert list(tmp_path.iterdir()) == []


def test_an_error_of_sqlite_is_said(tmp_path: Path) -> None:
    def make(_: Path) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with pytest.raises(ExportError, match="disk is full"):
        write_whole({tmp_path / "out.gpkg": make})


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.gpx", Format.GPX), ("A.CSV", Format.CSV), ("a.geojson", Format.GEOJSON), ("a.shp", None)],
)
def test_a_format_is_known_by_its_ending(name: str, kind: Format | None) -> None:
    assert format_of(Path(name)) is kind
