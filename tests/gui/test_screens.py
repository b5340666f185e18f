"""Screens with finer pixels: the chart, its frame and the icons have every one of them."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QWidget

from channelplot.resources import resource_path
from channelplot.settings import TEXT_SCALE_PERCENT, Settings, config_folder
from channelplot.ui.dialogs.saved_views import SavedViewsDialog
from channelplot.ui.icons import icon
from helpers.operator import Operator, wait_until
from helpers.two_screens import WIDTH_PX, Seen, environment

if TYPE_CHECKING:
    from helpers.window_on_screens import Moved

RATIOS = (1.0, 1.5, 2.0)


@pytest.mark.parametrize("ratios", [RATIOS, RATIOS[::-1]], ids=["to a finer", "to a coarser"])
def test_a_chart_that_is_moved_to_another_screen_is_drawn_in_its_pixels(
    tmp_path: Path, ratios: tuple[float, ...]
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "helpers.two_screens"],
        env={**os.environ, **environment(tmp_path, ratios)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seen: list[Seen] = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["ratio"] for each in seen] == list(ratios)
    for each, ratio in zip(seen, ratios, strict=True):
        assert each["picture_ratios"] == [ratio]
        assert each["widest_px"] >= WIDTH_PX * ratio
        assert each["icon_px"] == 18 * ratio
        assert each["frame_px"] == pytest.approx(ratio * seen[0]["frame_px"] / ratios[0], abs=1.5)
        assert len(each["frame_colours"]) == 2, "an edge of the frame lies between pixels"


def test_a_window_that_is_moved_looks_as_one_that_was_opened_there(tmp_path: Path) -> None:
    plot, ratios = tmp_path / "example.gpkg", (1.0, 2.0, 1.5)
    shutil.copy(resource_path("example/example.gpkg"), plot)
    done = subprocess.run(
        [sys.executable, "-m", "helpers.window_on_screens", str(plot)],
        env={**os.environ, **environment(tmp_path, ratios)},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    moved: list[Moved] = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["ratio"] for each in moved] == list(ratios)
    for each in moved:
        assert each["chart_px"] == round(moved[0]["chart_px"] * each["ratio"])
        assert each["chart_off"] < 0.2, "labels alone may stand elsewhere: they keep their places"
        assert each["ratio"] == 1.0 or each["enlarged_off"] > 5.0 * each["chart_off"]
        # Qt's own icon in the title bars of docks is not drawn anew.
        assert each["panels_off"] < 0.05
        assert each["panels_differ"] < 0.001


@pytest.mark.parametrize("ratio", [1.5, 2.0])
def test_icons_are_drawn_anew_for_finer_pixels(qapp: QApplication, ratio: float) -> None:
    fine = icon("layers").pixmap(QSize(18, 18), ratio).toImage()
    coarse = icon("layers").pixmap(QSize(18, 18), 1.0).toImage()
    assert fine.width() == 18 * ratio
    fine.setDevicePixelRatio(1.0)
    assert fine != coarse.scaled(fine.size())


def shows_whole(label: QLabel) -> bool:
    """Whether a label has, in sight, the width that its text needs."""
    return label.visibleRegion().boundingRect().width() >= label.minimumSizeHint().width()


def cut_off(top: QWidget) -> list[str]:
    """The texts in a window that have less room than they need."""
    found = []
    for widget in top.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel) and not widget.wordWrap() and widget.text():
            needed_px = widget.minimumSizeHint().width()
        elif isinstance(widget, QPushButton) and widget.text():
            needed_px = widget.fontMetrics().horizontalAdvance(widget.text().replace("&", "")) + 8
        elif isinstance(widget, QComboBox):
            needed_px = widget.fontMetrics().horizontalAdvance(widget.currentText()) + 20
        else:
            continue
        if widget.width() < needed_px or widget.height() < widget.fontMetrics().height():
            found.append(f"{widget.width()} of {needed_px}: {widget.accessibleName()}")
    return found


@pytest.mark.parametrize("percent", [100, 150])
def test_no_text_of_the_layers_and_views_is_cut_off(
    operator: Operator, night: Path, percent: int
) -> None:
    Settings(config_folder()).choose(TEXT_SCALE_PERCENT, percent)
    operator.opens(night)
    operator.presses("Alt+Y")
    panel = operator.window.panels.layers
    wait_until(lambda: not panel.visibleRegion().isEmpty(), "the panel shows")
    assert cut_off(panel) == []
    two_rows_px = 2 * panel.table.rowHeight(0)
    wait_until(lambda: panel.table.viewport().height() >= two_rows_px, "the list has room")
    operator.presses("Ctrl+Shift+1")
    operator.window.views.show_names()
    dialog = operator.window.findChild(SavedViewsDialog)
    assert dialog is not None
    wait_until(dialog.isVisible, "the dialog shows")
    assert cut_off(dialog) == []
    dialog.close()


@pytest.mark.parametrize(
    ("percent", "width_px"), [(100, 1280), (150, 1920), (150, 1280), (200, 1280)]
)
def test_the_mark_and_the_clocks_have_room_while_the_chart_has_the_screen(
    operator: Operator, night: Path, percent: int, width_px: int
) -> None:
    Settings(config_folder()).choose(TEXT_SCALE_PERCENT, percent)
    operator.opens(night)
    operator.plots("50 58.0N 001 41.0E", time="0210")
    operator.presses("F11")
    window = operator.window
    wait_until(lambda: window.size() == window.screen().size(), "the chart has the screen")
    window.resize(width_px, 800)
    labels = (window.status.saved, window.clocks)
    for note in ("", "Copied. " * 40):
        if note:
            window.status.show_note(note)
            wait_until(window.status.note.isVisible, "the note shows")
            assert window.status.note.toolTip() == note
        wait_until(lambda: window.status.width() == width_px, "the bar is as wide as the screen")
        wait_until(lambda: all(map(shows_whole, labels)), "both show whole")
    assert "All saved" in window.status.saved.text()
    assert "last 0300:00Z" in window.status.saved.toolTip()
    operator.presses("F11")
    wait_until(lambda: not window.isFullScreen(), "all is back")
    window.resize(1920, 800)
    wait_until(window.status.scale.isVisible, "what gave way is back")
    assert "last 0300:00Z" in window.status.saved.text()
