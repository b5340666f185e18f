"""An export to a full disk is told of, and the file that was there stays byte for byte."""

import ast
import functools
import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

import channelplot
from channelplot.cli.main import main
from channelplot.errors import ChannelPlotError
from channelplot.exchange.gpx_route import route_gpx
from channelplot.exchange.outgoing.export import export
from channelplot.exchange.outgoing.formats import Format as Outgoing
from channelplot.exchange.outgoing.selection import Selection
from channelplot.snapshot.export import write_files
from channelplot.snapshot.png import png_bytes
from channelplot.snapshot.sheet import Format
from channelplot.ui.files.written_file import write_csv, write_file
from helpers import charts
from helpers.builders import at
from helpers.chartwork_builders import a_search
from helpers.made_up_plots import made_up_plot
from helpers.operator import Operator, wait_until
from helpers.sheets import made
from helpers.trouble import filled_up
from unit.store.files import closed_file, no_file_larger_than

OLD = b"the one of an hour ago"
WRITERS = {"pdf.py", "png.py", "svg.py"}
"""Where sheets are encoded, in memory; ``export.py`` reads back what it has written of them."""
PRINTERS = {"sheet_print.py"}
"""Where sheets go to a printer; what is printed to a file is written as all files are."""
UNCHECKED = {"QPdfWriter", "QSvgGenerator", "QPrinter", "QPicture", "QImageWriter"}
"""Classes of Qt that write to a file by themselves and report success on a full disk."""


def noise() -> QImage:
    data = random.Random(1).randbytes(400 * 300 * 4)
    return QImage(data, 400, 300, QImage.Format.Format_RGB32).copy()


@functools.cache
def a_pdf() -> bytes:
    return made(charts.night_plot(), Format.PDF, title="T")[0].data


def a_plot_as(kind: Outgoing) -> Callable[[Path], None]:
    selection = Selection(plot=made_up_plot(500))
    return lambda path: export(selection, path, kind, at("0500"))


EXPORTS: dict[str, Callable[[Path], None]] = {
    "sheet.png": lambda path: write_files({path: png_bytes(noise())}),
    "sheet.pdf": lambda path: write_files({path: a_pdf()}),
    "log.csv": lambda path: write_csv("seq,act\r\n" * 20_000, path),
    "route.gpx": lambda path: write_file(route_gpx(a_search()) * 200, path),
    **{f"plot{kind}": a_plot_as(kind) for kind in Outgoing},
}
DISKS: dict[str, Callable[[Path], AbstractContextManager[None]]] = {
    "no room at all": filled_up,
    "room for some of it": lambda disk: filled_up(disk, but_for=20_000),
    "no file larger than 8 kB": lambda disk: no_file_larger_than(8192),
}


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in folder.rglob("*")
        if each.is_file() and each.name != "filler"
    }


@pytest.mark.parametrize("is_there", [True, False], ids=["replaced", "new"])
@pytest.mark.parametrize("disk", DISKS)
@pytest.mark.parametrize("name", EXPORTS)
def test_what_does_not_fit_is_an_error_and_changes_nothing(
    small_disk: Path,
    qapp: QApplication,
    figure: Callable[[str], None],
    name: str,
    disk: str,
    is_there: bool,
) -> None:
    path = small_disk / name
    if is_there:
        path.write_bytes(OLD)
    before = files_in(small_disk)

    with DISKS[disk](small_disk), pytest.raises(ChannelPlotError):
        EXPORTS[name](path)

    assert files_in(small_disk) == before
    EXPORTS[name](path)
    assert path.stat().st_size > len(OLD), "it fits now"
    if is_there and disk == "room for some of it":
        figure(f"{name}: told, old file as it was")


@pytest.mark.parametrize(
    "words",
    [
        ("snapshot", "sheet.png"), ("snapshot", "sheet.pdf"), ("snapshot", "sheet.svg"),
        ("log", "log.csv"),
    ],
)  # fmt: skip
def test_the_command_line_says_so_and_leaves_the_old_file(
    small_disk: Path,
    night: Path,
    qapp: QApplication,
    capfd: pytest.CaptureFixture[str],
    figure: Callable[[str], None],
    words: tuple[str, str],
) -> None:
    command, name = words
    path = small_disk / name
    path.write_bytes(OLD)

    with filled_up(small_disk):
        code = main([command, str(night), str(path)])

    said, complaint = capfd.readouterr()
    assert (code, said) == (1, "")
    assert complaint.count("\n") == 1
    assert name in complaint
    assert files_in(small_disk) == {name: OLD}
    figure(f"{command}: exit code 1, one sentence")


@pytest.mark.parametrize("kind", [Outgoing.GPX, Outgoing.GEOPACKAGE])
def test_the_command_line_says_so_of_an_export(
    small_disk: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], kind: Outgoing
) -> None:
    plot, path = tmp_path / "night.gpkg", small_disk / f"plot{kind}"
    closed_file(plot)
    path.write_bytes(OLD)

    with filled_up(small_disk):
        code = main(["export", str(plot), str(path)])

    said, complaint = capfd.readouterr()
    assert code == 1
    assert "is written" not in said
    assert complaint.count("\n") == 1
    assert path.name in complaint
    assert files_in(small_disk) == {path.name: OLD}


def test_the_desk_says_so_and_exports_when_there_is_room(
    small_disk: Path, operator: Operator, night: Path, figure: Callable[[str], None]
) -> None:
    path, earlier = small_disk / "sheet.png", small_disk / "earlier.png"
    earlier.write_bytes(OLD)
    operator.opens(night)
    operator.waits_for_chart()

    with filled_up(small_disk):
        operator.chooses_file(path, lambda: operator.presses("Ctrl+P"))
        wait_until(lambda: path.name in operator.sees_banner(), "the banner tells of it", 60.0)
        assert operator.window.banner.property("banner") == "warning"
        assert f"is in {path}" not in operator.sees_banner(), "nothing says that it was written"
        assert files_in(small_disk) == {earlier.name: OLD}, "nothing of the new one"
    operator.window.banner.clear()
    operator.exports_snapshot(path)

    assert not QImage(str(path)).isNull()
    figure("window: told, and exported once there was room")


def test_nothing_else_in_the_program_writes_pictures(figure: Callable[[str], None]) -> None:
    """Qt reports success on a full disk: whatever lets it write to a file would be believed."""
    found = []
    for path in sorted(Path(channelplot.__file__).parent.rglob("*.py")):
        text = path.read_text("utf-8")
        if ".save(" not in text and not any(name in text for name in UNCHECKED):
            continue
        for node in ast.walk(ast.parse(text)):
            named = node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")
            if named in UNCHECKED and path.name not in WRITERS | PRINTERS:
                found.append(f"{path.name}: {named}")
            is_saved = (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "save"
                and bool(node.args)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id in ("image", "pixmap", "picture")
            )
            if is_saved and path.name not in WRITERS:
                found.append(f"{path.name}: save")
    assert found == []
    figure("one way to write, read back each time")
