"""Files of others through the window: looked at, chosen from, brought in with one act or not."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from channelplot.chart.overlay import GhostTracks
from channelplot.chart.palette import DAY
from channelplot.exchange.incoming.found import Zone
from channelplot.exchange.outgoing.export import export
from channelplot.exchange.outgoing.formats import Format
from channelplot.exchange.outgoing.selection import Selection
from channelplot.model.codes import Craft
from channelplot.model.plot import Plot
from channelplot.store.check import check
from channelplot.ui.dialogs.add_references import AddReferencesDialog
from channelplot.ui.dialogs.import_file import ImportDialog
from channelplot.ui.dialogs.load_limits import LoadLimitsDialog
from channelplot.ui.dialogs.use_of_files import Use, UseDialog
from helpers.builders import at
from helpers.images import count_of
from helpers.importing import brings_in, looks_at, settles, the_dialog
from helpers.operator import Operator, wait_until

TWO_BOATS = (
    "time,lat,lon,name",
    "2026-09-15T02:10:00Z,50.96667,1.68333,RIB 1",
    "2026-09-15T02:20:00Z,50.97500,1.66667,RIB 1",
    "2026-09-15T02:30:00Z,95.00000,1.66667,RIB 1",
    "2026-09-15T02:12:00Z,51.02000,1.80000,RIB 2",
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table of two boats, of which one line can't be."""
    return written(tmp_path / "patrol.csv", TWO_BOATS)


def written(path: Path, lines: Sequence[str]) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def plot_of(operator: Operator) -> Plot:
    return operator.window.desk.session.document.plot


def texts(table: QTableView, column: int) -> list[str]:
    model = table.model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def back_in(operator: Operator) -> None:
    """A window manager gives the keyboard back to the window when a dialog closes."""
    operator.window.activateWindow()
    wait_until(lambda: QApplication.activeWindow() is operator.window, "the window is active")


def shows_ghost(operator: Operator) -> bool:
    return bool(operator.window.desk.canvas._arriving.shapes)


def test_a_file_is_looked_at_and_brought_in_by_keys_alone(
    operator: Operator, night: Path, table: Path
) -> None:
    operator.opens(night)
    operator.chooses_file(table, lambda: operator.presses("Ctrl+I"))
    dialog = the_dialog(operator)
    settles(dialog)
    assert texts(dialog.preview.table, 0) == ["RIB 1", "RIB 2"]
    assert texts(dialog.preview.table, 2) == ["2", "1"]
    assert "150210Z SEP 26 to 150220Z SEP 26" in dialog.preview.figures.text()
    assert "0310 UK to 0320 UK, 0410 FR to 0420 FR" in dialog.preview.figures.text()
    assert plot_of(operator).tracks == {}
    (ghost,) = operator.window.desk.canvas._arriving.shapes
    assert isinstance(ghost, GhostTracks)
    assert ghost.fixes_deg.tolist() == [[1.68333, 50.96667], [1.66667, 50.975], [1.8, 51.02]]
    dialog.activateWindow()
    wait_until(dialog.preview.table.hasFocus, "the keys are with what comes in")
    QTest.keyClick(dialog.preview.table, Qt.Key.Key_Down)
    QTest.keyClick(dialog.preview.table, Qt.Key.Key_Space)
    wait_until(lambda: dialog.work.plan and dialog.work.plan.summary.left == 1, "RIB 2 is left")
    assert "Added to the crossings: 1" in dialog.preview.figures.text()
    QTest.keyClicks(dialog.options.craft, "resc")
    wait_until(
        lambda: texts(dialog.preview.table, 1)[0] == "rescue vessel", "it is a rescue vessel"
    )
    settles(dialog)
    brings_in(operator, dialog)
    (track,) = plot_of(operator).tracks.values()
    assert (track.name, track.craft, len(track.reports)) == ("RIB 1", Craft.RESCUE_VESSEL, 2)
    assert "patrol.csv is in the plot" in operator.sees_banner()
    assert not shows_ghost(operator)
    back_in(operator)
    operator.undoes()
    assert plot_of(operator).tracks == {}
    assert operator.window.findChildren(ImportDialog) == []
    operator.closes()
    assert check(night) == ()


def test_esc_leaves_nothing_and_a_second_time_brings_nothing(
    operator: Operator, night: Path, table: Path
) -> None:
    operator.opens(night)
    dialog = looks_at(operator, table)
    assert shows_ghost(operator)
    canvas = operator.window.desk.canvas
    dialog.show_on_chart.click()
    operator.waits_for_chart()
    assert count_of(canvas.grab().toImage(), DAY.ghost) > 5
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not shows_ghost(operator)
    assert count_of(canvas.grab().toImage(), DAY.ghost) == 0
    assert plot_of(operator).tracks == {}
    brings_in(operator, looks_at(operator, table))
    before = plot_of(operator)
    dialog = looks_at(operator, table)
    assert not dialog.accept_button.isEnabled()
    assert "Nothing of this file is new" in dialog.said.text()
    dialog.close()
    assert plot_of(operator) is before


def test_refused_lines_are_listed_and_copied(
    operator: Operator, night: Path, table: Path, tmp_path: Path
) -> None:
    operator.opens(night)
    dialog = looks_at(operator, table)
    assert dialog.pages.tabText(dialog.pages.indexOf(dialog.refusals)) == "&Refused (1)"
    assert [texts(dialog.refusals.table, column) for column in range(2)] == [
        ["4"],
        ["the latitude is over 90 degrees"],
    ]
    dialog.refusals.copy.click()
    assert QGuiApplication.clipboard().text().startswith("4\tthe latitude is over 90 degrees\t95.0")
    none = written(tmp_path / "none.csv", [TWO_BOATS[0], TWO_BOATS[3]])
    dialog.read([none])
    dialog.skip.click()
    settles(dialog)
    assert dialog.pages.currentWidget() is dialog.refusals
    assert "Nothing in this file can come in" in dialog.said.text()
    half = written(tmp_path / "half.gpx", ["<gpx><trk>"])
    dialog.read([half])
    dialog.skip.click()
    settles(dialog)
    assert "half.gpx is damaged in line" in dialog.said.text()
    assert not dialog.accept_button.isEnabled()
    dialog.close()


def test_what_a_table_does_not_say_is_asked_and_its_columns_are_remembered(
    operator: Operator, night: Path, tmp_path: Path
) -> None:
    lines = ["seen;spot;craft", "03/04/2026 03:10;50 58.5N 001 41.2E;B"]
    path = written(tmp_path / "radar.csv", lines)
    operator.opens(night)
    operator.clock.set(at("0500"))
    dialog = looks_at(operator, path)
    assert dialog.pages.currentWidget() is dialog.columns
    assert not dialog.accept_button.isEnabled()
    for row, field in enumerate(("time", "position", "name")):
        box = dialog.columns.boxes[row]
        box.setCurrentIndex(box.findData(field))
        settles(dialog)
    assert "day or month" in dialog.said.text()
    dialog.options.zone.setCurrentIndex(dialog.options.zone.findData(Zone.UK.value))
    settles(dialog)
    dialog.options.order.setCurrentIndex(1)
    settles(dialog)
    brings_in(operator, dialog)
    (track,) = plot_of(operator).tracks.values()
    assert track.name == "B"
    assert f"{track.reports[0].observed_at_utc:%d %m %H:%M}" == "03 04 02:10"
    again = written(tmp_path / "radar 2.csv", [lines[0], "13/04/2026 03:10Z;50 59.0N 001 40.0E;B"])
    dialog = looks_at(operator, again)
    assert [box.currentData() for box in dialog.columns.boxes] == ["time", "position", "name"]
    assert dialog.accept_button.isEnabled()
    dialog.close()


def test_the_encoding_of_a_table_is_shown_with_its_letters_chosen_and_remembered(
    operator: Operator, night: Path, tmp_path: Path
) -> None:
    content = "\n".join(TWO_BOATS).replace("RIB", "Équipe Noël")
    path = tmp_path / "gendarmerie.csv"
    path.write_bytes(content.encode("cp1252"))
    operator.opens(night)
    dialog = looks_at(operator, path)
    row, box = dialog.encoding, dialog.encoding.box
    assert (row.isVisible(), box.currentData()) == (True, "windows-1252")
    assert row.letters.text().startswith("Line 2: …0Z,50.96667,1.68333,Équipe Noël 1\nLine 3: …")
    assert texts(dialog.preview.table, 0) == ["Équipe Noël 1", "Équipe Noël 2"]
    box.setCurrentIndex(box.findData("macintosh"))
    settles(dialog)
    assert row.letters.text().startswith("Line 2: …0Z,50.96667,1.68333,…quipe NoÎl 1\n")
    assert texts(dialog.preview.table, 0)[0] == "…quipe NoÎl 1"
    dialog.close()
    mac = tmp_path / "mac.csv"
    mac.write_bytes(content.replace("ë", "è").encode("mac-roman"))
    dialog = looks_at(operator, mac)
    row, box = dialog.encoding, dialog.encoding.box
    assert (row.isVisible(), box.currentData(), row.letters.text()) == (True, None, "")
    assert "mac.csv is not in UTF-8 (line 2: 0x83)" in dialog.said.text()
    assert not dialog.accept_button.isEnabled()
    dialog.activateWindow()
    wait_until(box.hasFocus, "the keys are with what has to be said")
    box.setCurrentIndex(box.findData("windows-1252"))
    settles(dialog)
    assert "line 2: windows-1252 0x8F" in dialog.said.text()
    box.setCurrentIndex(box.findData("macintosh"))
    settles(dialog)
    brings_in(operator, dialog)
    assert {track.name for track in plot_of(operator).tracks.values()} == {
        "Équipe Noèl 1", "Équipe Noèl 2"
    }  # fmt: skip
    again = written(tmp_path / "again.csv", [TWO_BOATS[0], TWO_BOATS[1]])
    dialog = looks_at(operator, again)
    assert not dialog.encoding.isVisible()
    dialog.close()
    again.write_bytes(content.encode("mac-roman"))
    dialog = looks_at(operator, again)
    assert dialog.encoding.box.currentData() == "macintosh"
    assert "Équipe Noël 1" in dialog.encoding.letters.text()
    dialog.close()


def test_both_versions_stand_side_by_side_and_the_one_not_taken_is_kept(
    operator: Operator, night: Path, tmp_path: Path
) -> None:
    operator.opens(night)
    operator.plots("50 58.0N 001 41.0E", time="0210", words="seen by cutter")
    plot = plot_of(operator)
    (track,) = plot.tracks.values()
    (ours,) = track.reports
    theirs = plot.with_report(replace(ours, grade="2C", as_received="seen by aircraft"))
    path = tmp_path / "other desk.geojson"
    export(Selection(plot=theirs), path, Format.GEOJSON, at("0300"))
    dialog = looks_at(operator, path)
    dialog.pages.setCurrentWidget(dialog.conflicts)
    assert texts(dialog.conflicts.table, 0) == ["left"]
    rows = {
        field: (here, there)
        for field, here, there in zip(
            *(texts(dialog.conflicts.fields, column) for column in range(3)), strict=True
        )
    }
    assert rows["as received"] == ("seen by cutter", "seen by aircraft")
    assert rows["grade"] == ("", "2C")
    dialog.conflicts.take_all.click()
    wait_until(lambda: texts(dialog.conflicts.table, 0) == ["taken"], "the file's is taken")
    brings_in(operator, dialog)
    report = plot_of(operator).report(ours.uid)
    assert report is not None
    assert (report.as_received, report.grade) == ("seen by aircraft", "2C")
    (line,) = plot_of(operator).log_lines.values()
    assert "seen by cutter" in line.text
    back_in(operator)
    operator.undoes()
    assert plot_of(operator).report(ours.uid) == ours


def test_the_plot_goes_on_meanwhile_and_a_change_of_what_comes_in_is_said(
    operator: Operator, night: Path, tmp_path: Path
) -> None:
    operator.opens(night)
    lines = [line.replace("RIB 1", "A").replace("RIB 2", "B") for line in TWO_BOATS]
    dialog = looks_at(operator, written(tmp_path / "patrol.csv", lines))
    back_in(operator)
    operator.presses("F4")
    operator.enters_line("0205 50 58.0N 001 41.5E")
    dialog.accept_button.click()
    settles(dialog)
    assert "The plot has changed, and so has what comes in" in dialog.said.text()
    assert texts(dialog.preview.table, 0) == ["A-2", "B"]
    assert "A \N{RIGHTWARDS ARROW} A-2" in dialog.preview.figures.text()
    brings_in(operator, dialog)
    assert [track.name for track in plot_of(operator).tracks.values()] == ["A", "A-2", "B"]


def test_places_come_in_as_beaches_unless_they_are_left_out(
    operator: Operator, night: Path, tmp_path: Path
) -> None:
    timed = '<trkpt lat="51" lon="1.5"><time>2026-09-15T02:00:00Z</time></trkpt>'
    fix = f"<trk><trkseg>{timed}</trkseg></trk>"
    slip = '<wpt lat="50.9" lon="1.6"><name>Slipway</name></wpt>'
    gpx = f'<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">{slip}{fix}</gpx>'
    path = written(tmp_path / "patrol.gpx", [gpx])
    operator.opens(night)
    dialog = looks_at(operator, path)
    assert texts(dialog.preview.table, 1)[-1] == "beach"
    dialog.options.places.click()
    wait_until(lambda: dialog.work.plan and not dialog.work.plan.summary.new_beaches, "it is left")
    settles(dialog)
    brings_in(operator, dialog)
    assert len(plot_of(operator).tracks) == 1
    assert plot_of(operator).beaches == {}
    brings_in(operator, looks_at(operator, path))
    assert [beach.name for beach in plot_of(operator).beaches.values()] == ["Slipway"]


def test_what_is_dropped_on_the_dialog_comes_after_what_it_shows(
    operator: Operator, night: Path, table: Path, tmp_path: Path
) -> None:
    operator.opens(night)
    dialog = looks_at(operator, table)
    assert not operator.drops(written(tmp_path / "notes.txt.exe", ["x"]), dialog)
    assert operator.drops(written(tmp_path / "later.csv", TWO_BOATS), dialog)
    assert (dialog.work.number, dialog.work.count, dialog.heading.text()) == (1, 2, table.name)
    dialog.skip.click()
    settles(dialog)
    assert (dialog.work.number, dialog.heading.text()) == (2, "later.csv")


def test_a_long_file_is_given_up(operator: Operator, night: Path, tmp_path: Path) -> None:
    operator.opens(night)
    row = "2026-09-15T02:10:00Z,50.96667,1.68333,RIB 1"
    path = written(tmp_path / "long.csv", [TWO_BOATS[0], *[row] * 300_000])
    operator.window.exchange.read([path])
    dialog = the_dialog(operator)
    wait_until(lambda: dialog.progress.value() > 0 or dialog.work.looked, "it is being read")
    said = dialog.said.text()
    assert said.startswith("Reading long.csv") or not dialog.work.is_working
    dialog.close()
    assert plot_of(operator).tracks == {}
    after = looks_at(operator, written(tmp_path / "short.csv", TWO_BOATS))
    assert texts(after.preview.table, 0) == ["RIB 1", "RIB 2"]
    after.close()


def test_what_is_dropped_is_asked_about_where_it_can_be_several_things(
    operator: Operator, night: Path, table: Path, tmp_path: Path
) -> None:
    operator.opens(night)
    window = operator.window

    def drops(path: Path) -> UseDialog:
        assert operator.drops(path)
        asking: list[UseDialog] = []

        def is_asked() -> bool:
            asking[:] = [each for each in window.findChildren(UseDialog) if each.isVisible()]
            return bool(asking)

        wait_until(is_asked, "it is asked")
        return asking[0]

    asked = drops(table)
    assert list(asked.buttons) == [Use.IMPORT, Use.LIMITS]
    QTest.keyClick(asked, Qt.Key.Key_Return)
    dialog = the_dialog(operator)
    settles(dialog)
    assert texts(dialog.preview.table, 0) == ["RIB 1", "RIB 2"]
    dialog.close()
    kml = written(tmp_path / "zones.kml", ["<kml/>"])
    asked = drops(kml)
    assert list(asked.buttons) == [Use.IMPORT, Use.REFERENCE, Use.LIMITS]
    asked.buttons[Use.LIMITS].click()
    limits = window.findChild(LoadLimitsDialog)
    assert isinstance(limits, LoadLimitsDialog)
    limits.close()
    assert window.findChild(AddReferencesDialog) is None
    asked = drops(night)
    assert list(asked.buttons) == [Use.PLOT, Use.IMPORT]
    asked.buttons[Use.IMPORT].click()
    dialog = the_dialog(operator)
    settles(dialog)
    assert "night.gpkg is the plot that is open" in dialog.said.text()
    dialog.close()
