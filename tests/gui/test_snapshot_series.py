"""``channelplot snapshot`` with more than one page: areas, hours, and reports on paper."""

from pathlib import Path

import pytest

from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from helpers import charts
from helpers.builders import at
from helpers.plot_files import channelplot
from helpers.sheets import pdf_texts

AREAS = (
    "--area",
    "Dover",
    "1.2",
    "51.0",
    "1.5",
    "51.2",
    "--area",
    "Calais",
    "1.6",
    "50.9",
    "2",
    "51.1",
)


@pytest.fixture
def plotted(tmp_path: Path) -> Path:
    """A plot file with the boats of the acceptance night."""
    path = tmp_path / "night.gpkg"
    act = ActRecord("new_plot", "plot", "", "watch", at("0100"))
    PlotFile.create(path, charts.night_plot(), act).close()
    return path


def run(*words: str | Path) -> tuple[int, str]:
    done = channelplot("snapshot", *(str(word) for word in words))
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def test_a_page_for_each_named_area(plotted: Path) -> None:
    out = plotted.with_name("areas.pdf")

    assert run(plotted, out, *AREAS) == (0, "")

    first, second = pdf_texts(out.read_bytes())
    assert "night · Dover" in first
    assert "night · Calais" in second
    assert run("--verify", out, plotted)[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--area", " ", "1.2", "51.0", "1.5", "51.2"), "a name"),
        (("--area", "Dover", "1.5", "51.0", "1.2", "51.2"), "wrong way round"),
        (("--area", "Dover", "1.2", "51.0", "1.5", "north"), "not four numbers"),
        ((*AREAS, "--series", "boat"), "a series of their own"),
        ((*AREAS, "--fit"), "a series of their own"),
        ((*AREAS, "--extent", "1", "50", "2", "51"), "a series of their own"),
    ],
)
def test_areas_that_are_none_are_refused(plotted: Path, words: tuple[str, ...], said: str) -> None:
    code, complaint = run(plotted, plotted.with_name("areas.pdf"), *words)
    assert code == 2
    assert said in complaint
    assert not plotted.with_name("areas.pdf").exists()


def test_frames_of_the_night_sort_and_each_is_proved(plotted: Path) -> None:
    assert run(plotted, plotted.with_name("frame.png"), "--series", "hour", "--dpi", "72")[0] == 0
    frames = sorted(plotted.parent.glob("frame-*.png"))
    assert [frame.name for frame in frames] == [
        f"frame-{number:03}.png" for number in range(1, len(frames) + 1)
    ]
    assert len(frames) > 1
    assert len({frame.read_bytes() for frame in frames}) == len(frames)
    assert run("--verify", frames[-1], plotted)[0] == 0


def test_reports_on_paper_in_french_say_what_language_the_log_is_in(plotted: Path) -> None:
    out = plotted.with_name("paper.pdf")
    words = ("--report", "boats", "--report", "log", "--report", "blank", "--lang", "fr")

    assert run(plotted, out, *words, "--marking", "DIFFUSION RESTREINTE") == (0, "")

    _, boats, log, *blank = pdf_texts(out.read_bytes())
    for heading in ("Embarcation", "Statut", "Non retrouvées", "Dernière position", "Eaux"):
        assert heading in boats
    assert "Main courante (en anglais)" in log
    assert "Action consignée" in log
    assert "new plot" in log
    assert ["Canevas de report" in page for page in blank] == [True] * len(blank)
    for page in (boats, log, *blank):
        assert page.count("DIFFUSION RESTREINTE") == 2
        assert "NE PAS UTILISER POUR LA NAVIGATION" in page
