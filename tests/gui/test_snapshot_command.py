"""``channelplot snapshot`` as a user runs it: in a process of its own, with no screen."""

import hashlib
import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from channelplot.chart.palette import DAY
from channelplot.cli.snapshot_arguments import parsed_extent
from channelplot.cli.wrong_use import WrongUse
from channelplot.commands.reference_layers import add_reference_layer
from channelplot.geodesy.bounds import Bounds
from channelplot.model.change import difference
from channelplot.model.ids import new_uid
from channelplot.model.reference_layer import ReferenceKind, ReferenceLayer, ReferenceStyle
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from helpers import charts
from helpers.builders import at
from helpers.images import count_of
from helpers.made_up_tiles import plain_tile, tiles_over, write_tiles
from helpers.plot_files import channelplot, without_screen
from helpers.reference_files import zones


@pytest.fixture
def plotted(tmp_path: Path) -> Path:
    """A plot file with the boats of the acceptance night."""
    path = tmp_path / "desk" / "night.gpkg"
    path.parent.mkdir()
    act = ActRecord("new_plot", "plot", "", "watch", at("0100"))
    PlotFile.create(path, charts.night_plot(), act).close()
    return path


def snapshot(*words: str | Path, env: dict[str, str] | None = None) -> "Done":
    return Done(channelplot("snapshot", *(str(word) for word in words), env=env))


class Done:
    """What a command ended with."""

    def __init__(self, process: "subprocess.CompletedProcess[str]") -> None:
        self.code = process.returncode
        self.output = process.stdout
        self.complaint = process.stderr

    def assert_refused(self, code: int, *words: str) -> None:
        """It said one sentence on its error output, with these words, and ended with a code."""
        assert self.code == code, self.complaint
        assert self.output == ""
        assert self.complaint.count("\n") == 1, self.complaint
        assert "Traceback" not in self.complaint
        for word in words:
            assert word in self.complaint


def names_in(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_it_makes_an_a4_sheet_of_the_open_boats(plotted: Path, tmp_path: Path) -> None:
    out = tmp_path / "brief.png"

    done = snapshot(plotted, out)

    assert (done.code, done.output, done.complaint) == (0, "", "")
    image = QImage(str(out))
    assert (image.width(), image.height()) == (2339, 1654)
    assert count_of(image, DAY.sea) > 100_000
    assert count_of(image, DAY.land) > 10_000
    assert count_of(image, DAY.tracks[0], tolerance=30) > 100


def test_resolution_title_and_extent_can_be_given(plotted: Path, tmp_path: Path) -> None:
    out, other = tmp_path / "strait.png", tmp_path / "other.PNG"

    strait = snapshot(
        plotted, out, "--dpi", "72", "--title", "Strait", "--extent", "1.1", "50.7", "2", "51"
    )
    west = snapshot(
        plotted, other, "--dpi", "72", "--title", "Strait", "--extent", "-5", "49", "-4", "50"
    )

    assert (strait.code, west.code) == (0, 0), strait.complaint + west.complaint
    image, other_image = QImage(str(out)), QImage(str(other))
    assert (image.width(), image.height()) == (842, 595)
    assert image.size() == other_image.size()
    assert image != other_image


def test_fit_shows_more_than_the_open_boats(plotted: Path, tmp_path: Path) -> None:
    usual, fit = tmp_path / "usual.png", tmp_path / "fit.png"

    assert snapshot(plotted, usual).code == 0
    assert snapshot(plotted, fit, "--fit").code == 0

    assert usual.read_bytes() != fit.read_bytes()


def with_layers(plotted: Path, *paths: str) -> None:
    """Add reference layers to a plot as a desk has it: tiles by their name, else tables."""
    layers = [
        ReferenceLayer(
            uid=new_uid(),
            name=Path(path).stem,
            path=path,
            kind=ReferenceKind.RASTER if path.endswith(".mbtiles") else ReferenceKind.VECTOR,
            style=ReferenceStyle(line="#b91c1c", fill="#b91c1c", width_px=3.0, fill_opacity=1.0),
            credit="Nobody, made up",
        )
        for path in paths
    ]
    with closing(PlotFile.open(plotted)) as desk:
        before = desk.load().plot
        after = add_reference_layer(*layers).edit(before)
        act = ActRecord("add_reference_layer", "reference_layer", "", "watch", at("0400"))
        desk.save(difference(before, after), act)


def test_reference_layers_are_drawn_where_their_files_are_there(
    plotted: Path, tmp_path: Path
) -> None:
    zones(plotted.parent / "zones.geojson")
    tiles = tiles_over(1.0, 50.5, 2.0, 51.5, 9)
    write_tiles(plotted.parent / "chart.mbtiles", tiles, lambda _: plain_tile("#00ff00"))
    bare, out = tmp_path / "bare.png", tmp_path / "brief.png"
    assert snapshot(plotted, bare, "--fit").code == 0
    with_layers(plotted, "chart.mbtiles", "zones.geojson", "gone.gpkg")

    done = snapshot(plotted, out, "--fit")

    assert (done.code, done.output) == (0, "")
    assert done.complaint.count("\n") == 1
    assert "gone is not drawn" in done.complaint
    assert str(plotted.with_name("gone.gpkg")) in done.complaint
    image = QImage(str(out))
    for colour in ("#b91c1c", "#00ff00"):
        assert count_of(QImage(str(bare)), colour) == 0
        assert count_of(image, colour) > 1_000


def test_a_reference_layer_that_cannot_be_read_is_said_and_left_out(
    plotted: Path, tmp_path: Path
) -> None:
    (plotted.parent / "torn.gpkg").write_text("no database")
    with_layers(plotted, "torn.gpkg", plotted.name)

    done = snapshot(plotted, tmp_path / "brief.png")

    assert (done.code, done.output) == (0, "")
    assert done.complaint.count("\n") == 2
    assert "the reference layer torn is not drawn. torn.gpkg is not a" in done.complaint
    assert "Traceback" not in done.complaint


def test_the_same_plot_gives_the_same_file(plotted: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.png", tmp_path / "other.png"

    assert snapshot(plotted, one, "--title", "T").code == 0
    assert snapshot(plotted, other, "--title", "T").code == 0

    assert one.read_bytes() == other.read_bytes()


def test_the_plot_is_not_touched(plotted: Path, tmp_path: Path) -> None:
    before = hashlib.sha256(plotted.read_bytes()).digest(), plotted.stat().st_mtime_ns
    plotted.chmod(0o444)
    plotted.parent.chmod(0o555)
    try:
        assert snapshot(plotted, tmp_path / "brief.png").code == 0
        assert names_in(plotted.parent) == ["night.gpkg"]
    finally:
        plotted.parent.chmod(0o755)

    assert (hashlib.sha256(plotted.read_bytes()).digest(), plotted.stat().st_mtime_ns) == before


def test_a_plot_that_is_open_at_the_desk_can_be_printed(plotted: Path, tmp_path: Path) -> None:
    desk = PlotFile.open(plotted)
    try:
        assert not desk.is_read_only
        lock_files = names_in(plotted.parent)
        assert snapshot(plotted, tmp_path / "brief.png").code == 0
        assert names_in(plotted.parent) == lock_files
    finally:
        desk.close()


def test_a_display_that_cannot_be_reached_does_not_matter(plotted: Path, tmp_path: Path) -> None:
    out = tmp_path / "brief.png"

    done = snapshot(plotted, out, env={"DISPLAY": ":987", "QT_QPA_PLATFORM": "xcb"})

    assert (done.code, done.complaint) == (0, "")
    assert out.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--dpi", "71"), "from 72 to 600"),
        (("--dpi", "601"), "from 72 to 600"),
        (("--dpi", "many"), None),
        (("--page", "a9"), None),
        (("--scale", "10"), "--scale"),
        (("--title", "a" * 201), "--title"),
        (("--marking", "one\ntwo"), "--marking"),
        (("--track", "Z"), "no track 'Z'"),
        (("--at", "whenever"), "--at"),
        (("--landscape", "--portrait"), None),
        (("--release", "all"), None),
        (("--report", "log", "--release", "tenth"), "has no log"),
        (("--extent", "2", "50.7", "1.1", "51.3"), "wrong way round"),
        (("--extent", "1.1", "51.3", "2", "50.7"), "wrong way round"),
        (("--extent", "1.1", "50.7", "1.1", "51.3"), "wrong way round"),
        (("--extent", "1.1", "50.7", "2.1", "91"), "out of range"),
        (("--extent", "-20", "50.7", "2.1", "51"), "out of range"),
        (("--extent", "1.1", "50,7", "2.1", "51"), "not four numbers"),
        (("--extent", "nan", "50.7", "2.1", "51"), "out of range"),
        (("--extent", "1.1", "50.7", "inf", "51"), "out of range"),
    ],
)
def test_wrong_use_ends_with_two(
    plotted: Path, tmp_path: Path, words: Sequence[str], said: str | None
) -> None:
    out = tmp_path / "brief.png"

    done = snapshot(plotted, out, *words)

    assert done.code == 2
    assert not out.exists()
    if said is not None:
        done.assert_refused(2, said)


@pytest.mark.parametrize("name", ["brief.jpg", "brief", "brief.png.gpkg", ".png"])
def test_the_sheet_must_be_of_a_kind_there_is(plotted: Path, tmp_path: Path, name: str) -> None:
    snapshot(plotted, tmp_path / name).assert_refused(2, ".png")

    assert names_in(tmp_path) == ["desk"]


def test_the_plot_is_never_taken_for_the_picture(plotted: Path) -> None:
    link = plotted.with_name("night.png")
    link.symlink_to(plotted)
    before = plotted.read_bytes()

    snapshot(plotted, link).assert_refused(2, "the plot itself")

    assert plotted.read_bytes() == before


def test_fit_and_extent_exclude_each_other(plotted: Path, tmp_path: Path) -> None:
    done = snapshot(plotted, tmp_path / "a.png", "--fit", "--extent", "1", "50", "2", "51")

    assert done.code == 2
    assert "not allowed with" in done.complaint


def test_a_plot_that_is_not_there_is_said(tmp_path: Path) -> None:
    snapshot(tmp_path / "none.gpkg", tmp_path / "a.png").assert_refused(1, "none.gpkg")
    missing = tmp_path / "no folder" / "none.gpkg"
    snapshot(missing, tmp_path / "a.png").assert_refused(1, "no folder")
    snapshot(tmp_path, tmp_path / "a.png").assert_refused(1, tmp_path.name)

    assert names_in(tmp_path) == []


def test_a_file_that_is_no_plot_is_said_and_left_alone(tmp_path: Path) -> None:
    text, other = tmp_path / "text.gpkg", tmp_path / "other.gpkg"
    text.write_text("not a database")
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE things (name TEXT)")
        connection.commit()

    for path in (text, other):
        before = path.read_bytes()
        snapshot(path, tmp_path / "a.png").assert_refused(1, path.name)
        assert path.read_bytes() == before

    assert names_in(tmp_path) == ["other.gpkg", "text.gpkg"]


def test_a_damaged_plot_is_said(plotted: Path, tmp_path: Path) -> None:
    content = plotted.read_bytes()
    plotted.write_bytes(content[: len(content) // 2])

    snapshot(plotted, tmp_path / "a.png").assert_refused(1, "night.gpkg")


def test_a_missing_folder_for_the_picture_is_said(plotted: Path, tmp_path: Path) -> None:
    snapshot(plotted, tmp_path / "nowhere" / "a.png").assert_refused(1, "a.png", os.strerror(2))


def test_a_full_disk_keeps_the_picture_of_an_hour_ago(plotted: Path, tmp_path: Path) -> None:
    out = tmp_path / "sheets" / "brief.png"
    out.parent.mkdir()
    out.write_bytes(b"an hour ago")

    process = subprocess.run(
        [sys.executable, "-m", "channelplot", "snapshot", str(plotted), str(out)],
        # Bytecode that it may not write whole would be cut short for everybody.
        env={**without_screen(), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )

    Done(process).assert_refused(1, "brief.png")
    assert out.read_bytes() == b"an hour ago"
    assert names_in(out.parent) == ["brief.png"]


def test_help_has_examples() -> None:
    done = snapshot("--help")

    assert done.code == 0
    assert "channelplot snapshot night.gpkg brief.pdf" in done.output


def test_extents_are_read_as_written() -> None:
    assert parsed_extent(["-1.5", "50", "2", "51.25"]) == Bounds(-1.5, 50.0, 2.0, 51.25)
    with pytest.raises(WrongUse):
        parsed_extent(["1", "50", "2", "north"])
