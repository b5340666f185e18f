"""A sheet is proved by the plot it was made of: whatever came later, and whoever made it."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from channelplot.commands.reports import add_report
from channelplot.model.change import difference
from channelplot.snapshot.record import read_record
from channelplot.snapshot.sheet import record_in
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from helpers import charts
from helpers.builders import R3, a_report, at
from helpers.plot_files import channelplot, run_python
from unit.store.files import edit

KINDS = ("pdf", "png", "svg")


@pytest.fixture
def plotted(tmp_path: Path) -> Path:
    """A plot file with the boats of the acceptance night, and an act after them."""
    path = tmp_path / "night.gpkg"
    act = ActRecord("new_plot", "plot", "", "watch", at("0100"))
    PlotFile.create(path, charts.night_plot(), act).close()
    plotting(path, "0300")
    return path


def plotting(path: Path, hhmm: str) -> None:
    """Plot a report, as a desk does."""
    with closing(PlotFile.open(path)) as desk:
        before = desk.load().plot
        after = add_report(a_report(hhmm, position=R3)).edit(before)
        desk.save(
            difference(before, after), ActRecord("add_report", "report", "", "watch", at(hhmm))
        )


def run(*words: str | Path) -> tuple[int, str]:
    done = channelplot("snapshot", *(str(word) for word in words))
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def verified(sheet: Path, plot: Path, *words: str) -> tuple[int, str]:
    return run("--verify", sheet, plot, *words)


@pytest.mark.parametrize("kind", KINDS)
def test_a_sheet_is_the_same_whatever_came_later(plotted: Path, kind: str) -> None:
    sheet = plotted.with_name(f"brief.{kind}")
    choices = ("--title", "Brief", "--author", "Ann", "--marking", "OFFICIAL", "--fit")
    assert run(plotted, sheet, *choices, "--lang", "both", "--dpi", "100")[0] == 0
    for hhmm in ("0310", "0320"):
        plotting(plotted, hhmm)

    code, said = verified(sheet, plotted)

    assert (code, said.split(":")[0]) == (0, "Same")
    assert "#2 " in said


def test_each_page_of_pictures_is_proved(plotted: Path) -> None:
    sheet = plotted.with_name("boats.png")
    assert run(plotted, sheet, "--series", "boat", "--dpi", "72")[0] == 0
    pages = sorted(plotted.parent.glob("boats*.png"))

    assert len(pages) > 1
    for page in pages:
        assert verified(page, plotted)[0] == 0


def test_the_plot_as_it_was_known_is_proved_too(plotted: Path) -> None:
    plotting(plotted, "0310")
    now, then = plotted.with_name("now.pdf"), plotted.with_name("then.pdf")
    assert run(plotted, now)[0] == 0
    assert run(plotted, then, "--at", "2026-09-15T02:59Z")[0] == 0

    assert now.read_bytes() != then.read_bytes()
    code, said = verified(then, plotted)
    assert (code, "#1 " in said) == (0, True)


def test_a_release_copy_is_proved_and_one_of_chosen_boats_with_their_names(plotted: Path) -> None:
    whole, some = plotted.with_name("whole.pdf"), plotted.with_name("some.svg")
    assert run(plotted, whole, "--release", "tenth", "--author", "Ann")[0] == 0
    assert run(plotted, some, "--release", "tenth", "--track", "A")[0] == 0

    assert verified(whole, plotted)[0] == 0
    code, said = verified(some, plotted)
    assert code == 1
    assert "--track" in said
    assert verified(some, plotted, "--track", "A")[0] == 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_sheet_that_was_changed_is_told(plotted: Path, kind: str) -> None:
    sheet = plotted.with_name(f"brief.{kind}")
    assert run(plotted, sheet, "--title", "Brief", "--dpi", "72")[0] == 0
    data = bytearray(sheet.read_bytes())
    if kind == "svg":
        sheet.write_bytes(bytes(data).replace(b">0412<", b">0212<", 1))
        assert sheet.read_bytes() != bytes(data)
    else:
        data[len(data) // 2] ^= 1
        sheet.write_bytes(bytes(data))

    code, said = verified(sheet, plotted)

    assert code == 1
    assert said.startswith("Not the same") or "not a sheet" in said


def test_another_plot_is_told(plotted: Path, tmp_path: Path) -> None:
    sheet = plotted.with_name("brief.pdf")
    assert run(plotted, sheet)[0] == 0
    other = tmp_path / "other" / "night.gpkg"
    other.parent.mkdir()
    act = ActRecord("new_plot", "plot", "", "watch", at("0100"))
    PlotFile.create(other, charts.night_plot(), act).close()
    plotting(other, "0301")

    code, said = verified(sheet, other)

    assert code == 1
    assert "never had" in said


def test_what_is_no_sheet_is_told(plotted: Path) -> None:
    other = plotted.with_name("other.pdf")
    other.write_bytes(b"%PDF-1.4 of somebody else")
    code, said = verified(other, plotted)
    assert (code, said.count("\n")) == (1, 1)
    assert "not a sheet" in said
    assert verified(plotted.with_name("none.pdf"), plotted)[0] == 2
    assert verified(plotted, plotted)[0] == 2


def test_equal_input_gives_equal_files_in_two_processes(plotted: Path) -> None:
    for kind in KINDS:
        one, other = plotted.with_name(f"one.{kind}"), plotted.with_name(f"other.{kind}")
        for out, zone in ((one, "UTC"), (other, "Europe/Paris")):
            done = channelplot("snapshot", str(plotted), str(out), env={"TZ": zone})
            assert done.returncode == 0, done.stderr
        assert one.read_bytes() == other.read_bytes(), kind


AFTER_OTHERS = """
import sys
from channelplot.cli.main import main
plot, *sheets = sys.argv[1:]
for sheet in sheets:
    assert main(["snapshot", "--fit", "--dpi", "300", plot, sheet]) == 0
"""


def test_a_desk_that_has_drawn_much_makes_the_sheet_of_one_that_has_not(plotted: Path) -> None:
    """Qt fits letters to pixels with what was drawn with the face before."""
    for kind in KINDS:
        sheet = plotted.with_name(f"sheet.{kind}")
        assert run(plotted, sheet, "--fit", "--dpi", "300")[0] == 0
    for before in KINDS:
        others = [plotted.with_name(f"after {before}.{kind}") for kind in KINDS]
        first = plotted.with_name(f"before.{before}")
        done = run_python("-c", AFTER_OTHERS, *map(str, (plotted, first, *others)))
        assert done.returncode == 0, done.stderr
        for other in others:
            sheet = plotted.with_name(f"sheet{other.suffix}")
            assert sheet.read_bytes() == other.read_bytes(), (before, other.suffix)


def add_outside(path: Path) -> None:
    """Change a report as a GIS does: without a word in the log."""
    edit(path, "UPDATE tracks SET name = 'Z' WHERE name = 'A'")


def test_what_another_program_changed_is_in_no_state_of_the_log(plotted: Path) -> None:
    before, after = plotted.with_name("before.pdf"), plotted.with_name("after.pdf")
    assert run(plotted, before)[0] == 0
    add_outside(plotted)

    code, said = run(plotted, after)
    assert code == 0
    assert "changed by another program" in said
    record = record_in(after.read_bytes())
    assert record is not None
    assert read_record(record).state is None
    code, said = verified(before, plotted)
    assert code == 1
    assert "Another program changed the plot" in said

    # A desk that opens it logs what it finds, and the log leads back again.
    logged_by_a_desk(plotted)
    assert verified(before, plotted)[0] == 0
    assert run(plotted, after)[1] == ""
    code, said = verified(after, plotted)
    assert (code, "#3 " in said) == (0, True)


def logged_by_a_desk(path: Path) -> None:
    with closing(PlotFile.open(path)) as desk:
        assert desk.look(desk.load().plot, at("0400")).logged is not None


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_plot_of_an_earlier_version_is_proved_as_it_is(tmp_path: Path, version: int) -> None:
    shipped = Path(__file__).parents[1] / "unit" / "store" / "data" / f"version-{version}.gpkg"
    plot, sheet = tmp_path / "old.gpkg", tmp_path / "brief.pdf"
    shutil.copy(shipped, plot)
    content = plot.read_bytes()

    assert run(plot, sheet) == (0, "")
    assert verified(sheet, plot)[0] == 0
    assert plot.read_bytes() == content

    # And after a desk has brought it up to date.
    PlotFile.open(plot).close()
    assert plot.read_bytes() != content
    assert verified(sheet, plot)[0] == 0


def test_a_plot_of_another_place_makes_the_same_sheet(plotted: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere" / "night.gpkg"
    elsewhere.parent.mkdir()
    shutil.copy(plotted, elsewhere)
    sheet = plotted.with_name("brief.pdf")
    assert run(plotted, sheet)[0] == 0

    assert verified(sheet, elsewhere)[0] == 0
