"""The acceptance night's snapshot (step 23), by keys in the window and on the command line.

The screen is in night colours at 0515Z; what comes out is a sheet in day colours, marked, timed
and to scale, and a release copy of it that tells no more than it may.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pytest
from pyproj import Geod, Transformer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from channelplot.chart.palette import DAY, NIGHT
from channelplot.model.plot import Plot
from channelplot.snapshot.record import read_record
from channelplot.snapshot.sheet import record_in
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from channelplot.ui import chart_data
from helpers.at_the_desk import _layers_read_once
from helpers.builders import at
from helpers.clock import FixedClock
from helpers.homes import move_into
from helpers.images import count_of
from helpers.night_lines import BEACHES, MARK_LINE
from helpers.night_lines import NIGHT as NIGHT_LINES
from helpers.operator import Operator, wait_until
from helpers.plot_files import assert_log_is_whole, channelplot
from helpers.sheets import pdf_texts

LINES: Final = {line.step: line for line in NIGHT_LINES}
STEPS: Final = ("0", "1", "2", "3", "5", "6", "8", "10", "12, CUTTER-1", "12, PATROL-FR", "13")
LANDED: Final = "0512Z 47 landed at Dover by CUTTER-1, 47 counted incl. 7 children >A"
OFFICER: Final = "J. Smith"
MARKING: Final = "OFFICIAL-SENSITIVE"
CUT_OFF: Final = "Data to 150515Z SEP 26 · 0615 UK · 0715 FR"
MORE_THAN_A_RELEASE_TELLS: Final = (
    *("COASTGUARD AIRCRAFT", "CUTTER-1", "PATROL-FR", "FERRY", "engine failing", "on scene"),
    *("inflatable", "CCTV", "gendarmerie", "Gris-Nez", "Sangatte", "Wissant", OFFICER),
)
GEOD: Final = Geod(ellps="WGS84")
TO_DEGREES: Final = Transformer.from_crs("EPSG:3395", "EPSG:4326", always_xy=True)


@dataclass(frozen=True)
class Sheets:
    """What the night's desk made, and the plot as it was left."""

    plot: Path
    screen: QImage
    by_key: dict[str, Path]
    release: dict[str, Path]


@pytest.fixture(scope="module")
def sheets(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sheets]:
    """The night up to 0515Z, worked once, and its snapshots."""
    folder = tmp_path_factory.mktemp("snapshot")
    plot = folder / "night.gpkg"
    begun = ActRecord("new_plot", "plot", "", OFFICER, at("0100"))
    PlotFile.create(plot, Plot(), begun).close()
    with pytest.MonkeyPatch.context() as patch:
        move_into(tmp_path_factory.mktemp("home"), patch)
        patch.setattr(chart_data, "_read", _layers_read_once)
        desk = Operator(qapp, FixedClock())
        try:
            works_the_night(desk, plot)
            yield makes_sheets(desk, folder)
        finally:
            desk.goes_home()


def works_the_night(desk: Operator, plot: Path) -> None:
    """Tell the night's reports, move R3 to boat C at 0455Z, tell of the landing."""
    desk.opens(plot)
    desk.window.resize(1600, 1000)
    desk.sets_clock("0100")
    desk.names_operator(OFFICER)
    for name, where in BEACHES.items():
        desk.adds_beach_by_keys(name, where)
    desk.presses("Escape")
    desk.enters_line(MARK_LINE)
    for step in STEPS:
        desk.sets_clock(LINES[step].clock)
        desk.enters_line(LINES[step].typed)
    desk.sets_clock("0455")
    desk.presses("Alt+L")
    desk.types("0245")
    desk.presses("Ctrl+M", "N", "Return")
    desk.waits_until_saved()
    desk.sets_clock("0512")
    desk.enters_line(LANDED)
    desk.sets_clock("0515")


def makes_sheets(desk: Operator, folder: Path) -> Sheets:
    """Choose the marking, put the screen in night colours, and export by keys."""
    desk.presses("Ctrl+Shift+P")
    desk.chooses("Sheet: Marking", MARKING)
    desk.presses("F10", "F10")
    desk.presses("Escape", "Alt+Home")
    desk.waits_for_chart()
    screen = desk.window.grab().toImage()
    by_key = {}
    for kind in ("png", "pdf"):
        by_key[kind] = folder / f"brief.{kind}"
        desk.exports_snapshot(by_key[kind])
    release = {}
    desk.presses("Ctrl+Shift+P")
    desk.chooses("Sheet: Release", "to 0.1°")
    for kind in ("png", "pdf"):
        release[kind] = folder / f"release.{kind}"
        saves_sheet(desk, release[kind])
    desk.closes()
    return Sheets(folder / "night.gpkg", screen, by_key, release)


def saves_sheet(desk: Operator, path: Path) -> None:
    """Save what the panel shows, by its key."""
    desk.chooses_file(path, lambda: desk.presses("Ctrl+Return"))
    wait_until(lambda: str(path) in desk.sees_banner(), f"the sheet is in {path}", 60.0)


def run(*words: str | Path) -> tuple[int, str]:
    """Exit code and words of ``channelplot snapshot``."""
    done = channelplot("snapshot", *map(str, words))
    return done.returncode, done.stdout + done.stderr


def on_a_line(text: str) -> str:
    """A page's text without the breaks of its lines."""
    return " ".join(text.split())


def test_23_the_screen_is_in_night_colours_and_the_sheet_in_day_colours(sheets: Sheets) -> None:
    assert count_of(sheets.screen, NIGHT.sea) > 100_000
    assert count_of(sheets.screen, DAY.sea) == 0
    picture = QImage(str(sheets.by_key["png"]))
    assert count_of(picture, DAY.sea) > 100_000
    assert count_of(picture, NIGHT.sea) == 0
    assert count_of(picture, "#ffffff") > 100_000, "paper"


def test_23_the_marking_is_at_the_top_and_at_the_bottom(sheets: Sheets) -> None:
    (page,) = pdf_texts(sheets.by_key["pdf"].read_bytes())
    assert page.count(MARKING) == 2
    picture = QImage(str(sheets.by_key["png"]))
    band = picture.height() // 14
    for top in (0, picture.height() - band):
        strip = picture.copy(picture.width() // 3, top, picture.width() // 3, band)
        assert count_of(strip, DAY.text, tolerance=40) > 300, f"letters from {top} px on"


def test_23_the_data_are_cut_off_at_0515_in_all_three_times(sheets: Sheets) -> None:
    (page,) = pdf_texts(sheets.by_key["pdf"].read_bytes())
    assert CUT_OFF in page
    assert "All that was plotted by then · last report 0512Z" in on_a_line(page)
    record = read_record(record_in(sheets.by_key["png"].read_bytes()) or "")
    assert str(record.settings.cut_off_utc) == "2026-09-15 05:15:00+00:00"


def test_23_the_sheet_tells_of_the_night_s_boats(sheets: Sheets) -> None:
    (page,) = pdf_texts(sheets.by_key["pdf"].read_bytes())
    assert "45 est / 47" in page
    assert "55, 10 children" in page
    assert "Ashore: 1 prevented (30 people)" in page
    assert f"Prepared by {OFFICER}" in page


def test_23_the_scale_bar_is_true_to_half_a_percent(sheets: Sheets) -> None:
    """Its length in pixels, taken through the world file to the Earth, is what it says."""
    path = sheets.by_key["png"]
    x_step, _, _, y_step, x_m, y_m = map(float, path.with_suffix(".pgw").read_text().split())
    picture = QImage(str(path))
    bar_px = longest_dark_run(picture)
    middle = picture.height() / 2.0
    ends = [
        TO_DEGREES.transform(x_m + x_px * x_step, y_m + middle * y_step) for x_px in (0.0, bar_px)
    ]
    _, _, length_m = GEOD.inv(*ends[0], *ends[1])
    (page,) = pdf_texts(sheets.by_key["pdf"].read_bytes())
    (said,) = re.findall(r"([\d.]+) NM", page)
    assert length_m / 1852.0 == pytest.approx(float(said), rel=0.005)


def longest_dark_run(picture: QImage) -> float:
    """Length in pixels of the longest horizontal line in the corner that has the scale."""
    left, top = round(picture.width() * 0.76), round(picture.height() * 0.8)
    corner = picture.copy(left, top, picture.width() - left, picture.height() - top)
    corner = corner.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(corner.constBits(), dtype=np.uint8).reshape(corner.height(), -1)
    longest = 0
    for row in rows[:, : corner.width()] < 128:
        edges = np.flatnonzero(np.diff(np.concatenate(([0], row.astype(np.int8), [0]))))
        longest = max(longest, *(edges[1::2] - edges[::2]), 0)
    return float(longest)


def test_23_the_release_copy_tells_no_more_than_it_may(sheets: Sheets) -> None:
    (page,) = pdf_texts(sheets.release["pdf"].read_bytes())
    said = on_a_line(page)
    assert "Release copy: positions to 0.1°; sources, words and names left out" in said
    assert page.count(MARKING) == 2
    assert CUT_OFF in page
    for kind in ("pdf", "png"):
        data = sheets.release[kind].read_bytes()
        words = said + (record_in(data) or "")
        assert [each for each in MORE_THAN_A_RELEASE_TELLS if each in words] == []
    assert any(each in pdf_texts(sheets.by_key["pdf"].read_bytes())[0] for each in ("CUTTER-1",))


def test_23_the_release_copy_has_its_positions_on_the_grid(sheets: Sheets) -> None:
    """Read where they stand in figures: in the list of boats that goes with it."""
    listed = sheets.plot.with_name("listed.pdf")
    words = ("--release", "tenth", "--at", "0515Z", "--report", "boats")
    assert run(sheets.plot, listed, *words) == (0, "")
    _, table = pdf_texts(listed.read_bytes())
    minutes = [float(each) for each in re.findall(r"°(\d\d\.\d\d)'[NSEW]", table)]
    assert len(minutes) >= 6
    assert {each % 6.0 for each in minutes} == {0.0}


def test_23_every_sheet_is_proved_by_the_plot(sheets: Sheets) -> None:
    for sheet in (*sheets.by_key.values(), *sheets.release.values()):
        code, said = run("--verify", sheet, sheets.plot)
        assert (code, said.split(":")[0]) == (0, "Same"), f"{sheet.name}: {said}"
    assert_log_is_whole(sheets.plot)


def test_23_on_the_command_line_too(sheets: Sheets) -> None:
    for kind in ("png", "pdf"):
        out = sheets.plot.with_name(f"typed.{kind}")
        words = ("--at", "0515Z", "--marking", MARKING, "--author", OFFICER, "--fit")
        assert run(sheets.plot, out, *words) == (0, "")
        assert run("--verify", out, sheets.plot)[0] == 0
    (page,) = pdf_texts(sheets.plot.with_name("typed.pdf").read_bytes())
    assert page.count(MARKING) == 2
    assert CUT_OFF in page
    assert count_of(QImage(str(sheets.plot.with_name("typed.png"))), DAY.sea) > 100_000
    released = sheets.plot.with_name("typed release.pdf")
    assert run(sheets.plot, released, "--release", "tenth", "--at", "0515Z") == (0, "")
    (page,) = pdf_texts(released.read_bytes())
    assert [each for each in MORE_THAN_A_RELEASE_TELLS if each in page] == []
