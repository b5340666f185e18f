"""The plot into other programs' files through the window: what goes out, and what can't."""

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from channelplot.exchange.outgoing.formats import Format
from channelplot.ui.dialogs.export_file import ExportDialog
from helpers.operator import Operator, wait_until


def opens_dialog(operator: Operator) -> ExportDialog:
    operator.presses("Ctrl+Shift+X")
    (dialog,) = (d for d in operator.window.findChildren(ExportDialog) if d.isVisible())
    settles(dialog)
    return dialog


def settles(dialog: ExportDialog) -> None:
    wait_until(dialog.export_button.isEnabled, "it is counted")


def two_boats(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.plots("50 58.0N 001 41.0E", time="0210")
    operator.plots("51 02.4N 001 50.3E", time="0252", track="new B, small boat")
    operator.presses("Escape")


def times_in(path: Path) -> list[str]:
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    of_reports = [f["properties"] for f in features if f["properties"]["record"] == "report"]
    return [each["observed_at_utc"][11:16] for each in of_reports]


def test_what_a_format_cant_hold_is_said_before_it_is_written(
    operator: Operator, night: Path, tmp_path: Path
) -> None:
    two_boats(operator, night)
    dialog = opens_dialog(operator)
    assert dialog.kind is Format.CSV
    assert "Goes out: reports 2 (0 of no track), tracks 2" in dialog.said.text()
    assert "CSV can't hold these" in dialog.said.text()
    dialog.format.setCurrentIndex(dialog.format.findData(Format.GEOJSON.value))
    settles(dialog)
    assert "can't hold" not in dialog.said.text()
    path = tmp_path / "all.geojson"
    dialog.activateWindow()
    wait_until(lambda: QApplication.activeWindow() is dialog, "the dialog has the keys")
    operator.chooses_file(path, lambda: QTest.keyClick(dialog, Qt.Key.Key_Return))
    wait_until(lambda: str(path) in operator.sees_banner(), "it is said where the file is")
    assert times_in(path) == ["02:10", "02:52"]
    assert not any(each.isVisible() for each in operator.window.findChildren(ExportDialog))


def test_the_selected_track_or_a_period_goes_out(
    operator: Operator, night: Path, tmp_path: Path
) -> None:
    two_boats(operator, night)
    operator.selects_track("B")
    dialog = opens_dialog(operator)
    dialog.format.setCurrentIndex(dialog.format.findData(Format.GEOJSON.value))
    assert dialog.selected.text() == "The &selected tracks: 1"
    dialog.selected.click()
    settles(dialog)
    dialog.export_to(tmp_path / "selected.geojson")
    wait_until(lambda: "selected.geojson" in operator.sees_banner(), "it is written")
    assert times_in(tmp_path / "selected.geojson") == ["02:52"]
    operator.window.activateWindow()
    wait_until(operator.window.isActiveWindow, "the window is active")
    dialog = opens_dialog(operator)
    dialog.format.setCurrentIndex(dialog.format.findData(Format.GEOJSON.value))
    dialog.to_time.setText("0230Q")
    assert not dialog.export_button.isEnabled()
    assert dialog.to_time.property("wrong")
    dialog.to_time.setText("0230Z")
    settles(dialog)
    dialog.export_to(tmp_path / "period.geojson")
    wait_until(lambda: "period.geojson" in operator.sees_banner(), "it is written")
    assert times_in(tmp_path / "period.geojson") == ["02:10"]


def test_a_plot_is_never_replaced(operator: Operator, night: Path) -> None:
    two_boats(operator, night)
    dialog = opens_dialog(operator)
    dialog.format.setCurrentIndex(dialog.format.findData(Format.GEOPACKAGE.value))
    settles(dialog)
    dialog.export_to(night)
    wait_until(lambda: night.name in operator.sees_banner(), "it is refused")
    settles(dialog)
    dialog.close()
    operator.window.activateWindow()
    wait_until(operator.window.isActiveWindow, "the window is active")
    operator.plots("50 59.0N 001 40.0E", time="0300")
