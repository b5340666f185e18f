"""Somebody at the Sheet panel."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QCheckBox

from channelplot.ui.panels.sheet import SheetPanel
from helpers.operator import Operator, wait_until


def goes_to_sheet(operator: Operator, night: Path) -> None:
    """Plot two boats and go to the panel."""
    operator.opens(night)
    operator.plots("50 58.0N 001 41.0E", time="0210", people="45 est", source_name="Cutter")
    operator.plots("51 02.4N 001 50.3E", time="0252", track="new B, small boat", people="22")
    operator.presses("Escape", "Ctrl+Shift+P")
    sees_sheet(operator)


def panel_of(desk: Operator) -> SheetPanel:
    return desk.window.panels.sheet


def sees_sheet(desk: Operator) -> QImage:
    """Look until the preview shows what is chosen."""
    panel = panel_of(desk)
    wait_until(lambda: panel.is_up_to_date, "the preview shows what is chosen")
    image = panel.preview.image
    assert image is not None, panel.fields.fault.text()
    return image


def ticks(desk: Operator, name: str) -> None:
    """Tick a box of the panel by its key."""
    (box,) = (each for each in panel_of(desk).findChildren(QCheckBox) if each.text() == name)
    box.setFocus(Qt.FocusReason.TabFocusReason)
    desk.presses("Space")
