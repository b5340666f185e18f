"""The list of all keys: it fits low screens and scrolls by keys."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from channelplot.settings import TEXT_SCALE_PERCENT, Settings, config_folder
from channelplot.ui.dialogs.keys import KeysDialog
from helpers.operator import Operator


def test_what_undo_would_take_back_is_not_part_of_its_name(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.plots("50 58.0N 001 41.0E", time="0210")
    assert operator.window.actions_by_id["undo"].text() != "Undo"
    operator.presses("F1")
    dialog = operator.window.findChild(KeysDialog)
    assert dialog is not None
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert "Undo" in said
    assert not [text for text in said if text.startswith("Undo ")]
    dialog.close()


@pytest.mark.parametrize("scale_percent", [100, 150])
def test_it_fits_a_low_screen_and_the_rest_is_scrolled_to(
    operator: Operator, scale_percent: int
) -> None:
    Settings(config_folder()).choose(TEXT_SCALE_PERCENT, scale_percent)
    operator.opens()
    operator.window.resize(1280, 800)
    operator.presses("F1")
    dialog = operator.window.findChild(KeysDialog)
    assert dialog is not None
    assert dialog.height() <= 720, "room for its frame and the bars of the desktop"
    assert dialog.width() <= 1200
    bar = dialog.area.verticalScrollBar()
    assert bar.maximum() > 0
    assert dialog.focusWidget() is dialog.area
    last = dialog.findChildren(QLabel)[-1]
    assert last.text() == "// channel 16, call back 0430"
    assert last.visibleRegion().isEmpty()
    bar.setValue(bar.maximum())
    assert not last.visibleRegion().isEmpty()
    dialog.close()
