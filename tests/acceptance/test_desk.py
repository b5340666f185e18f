"""A watch at the desk: which plot, who is on watch, how the window was left, snapshots."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from channelplot.chart.layers import ON_REQUEST
from channelplot.ui.dialogs.new_plot import NewPlotDialog
from channelplot.ui.dialogs.use_of_files import Use
from helpers.builders import R1, R2
from helpers.operator import Operator, by_column, wait_until
from helpers.plot_files import assert_conforms, file_rows, labels_in_log


def makes_new_plot(operator: Operator, name: str, *, with_boats: bool) -> None:
    """Ctrl+N, type the name, say whether the open boats come along, Enter."""

    def answer(dialog: NewPlotDialog) -> None:
        QTest.keyClicks(dialog.name, name)
        if dialog.carry_over.isChecked() is not with_boats:
            QTest.keyClick(dialog.carry_over, Qt.Key.Key_Space)
        assert dialog.carry_over.isChecked() is with_boats
        QTest.keyClick(dialog.name, Qt.Key.Key_Return)

    operator.answers(NewPlotDialog, answer, lambda: operator.presses("Ctrl+N"))


def plots_two_boats(operator: Operator) -> None:
    """Boat A with two reports, boat B closed, and a report nobody claims."""
    operator.plots("50 58.0N 001 41.0E", time="0210", people="45")
    operator.plots("50 58.789N 001 39.431E", time="0228", track="A")
    operator.plots("51 02.4N 001 50.3E", time="0252", track="new B, small boat")
    operator.selects_track("B")
    operator.closes_boat(6, by="CUTTER-1", how="alongside")
    operator.plots("51 00.0N 001 20.0E", time="0255", track="no track")
    operator.waits_until_saved()


def test_the_first_start_opens_a_copy_of_the_example(operator: Operator, home: Path) -> None:
    operator.opens()

    assert operator.plot_path == home / "data" / "channelplot" / "Example night.gpkg"
    assert operator.window.desk.session.document.plot.is_example
    assert "Example night" in operator.window.windowTitle()
    assert operator.reads_panel("Tracks")
    operator.plots(R1)
    operator.closes()
    assert_conforms(home / "data" / "channelplot" / "Example night.gpkg")


def test_a_new_plot_carries_the_open_boats_over(operator: Operator, night: Path) -> None:
    operator.opens(night)
    plots_two_boats(operator)

    makes_new_plot(operator, "morning", with_boats=True)

    morning = night.parent / "morning.gpkg"
    assert operator.plot_path == morning
    assert by_column(operator.reads_panel("Tracks"), "Track", "People") == [("A", "45")]
    assert by_column(operator.reads_panel("Reports"), "Time", "NM") == [
        ("0228Z", "1.27"),
        ("0210Z", ""),
    ]
    assert labels_in_log(morning) == ["new_plot"]
    operator.plots("51 03.0N 001 20.0E", track="new B, small boat")
    operator.closes()
    assert file_rows(night, "SELECT count(*) FROM reports") == [(4,)]
    assert labels_in_log(night)[-1] == "add_report"
    assert_conforms(morning)


def test_a_new_plot_can_start_empty(operator: Operator, night: Path) -> None:
    operator.opens(night)
    plots_two_boats(operator)

    makes_new_plot(operator, "morning", with_boats=False)

    assert operator.plot_path.name == "morning.gpkg"
    assert operator.file_rows("SELECT count(*) FROM reports") == [(0,)]
    operator.plots(R1)
    assert operator.reads_column("Tracks", "Track") == ["A"]


def test_a_report_begun_on_a_track_of_the_plot_before_can_be_plotted(
    operator: Operator, night: Path
) -> None:
    operator.opens(night)
    operator.plots(R1)
    makes_new_plot(operator, "morning", with_boats=False)

    operator.plots(R2)

    assert operator.file_rows("SELECT name FROM tracks") == [("A",)]


def test_the_recent_plots_are_in_the_menu(operator: Operator, night: Path) -> None:
    other = night.parent / "other.gpkg"
    shutil.copy(night, other)
    operator.opens(night)
    operator.opens_by_menu(other)

    texts = operator.menu_texts("File", "Recent plots")
    assert [text.split()[0] for text in texts] == ["other", "night"]
    operator.takes_from_menu("File", "Recent plots", "night")

    assert operator.plot_path == night
    other.unlink()
    assert [text.split()[0] for text in operator.menu_texts("File", "Recent plots")] == ["night"]


def test_a_plot_is_dropped_on_the_window(operator: Operator, night: Path) -> None:
    other = night.parent / "other.gpkg"
    shutil.copy(night, other)
    operator.opens(night)
    operator.plots(R1)

    operator.drops_as(other, Use.PLOT)

    wait_until(lambda: operator.plot_path == other, "the other plot is open")
    assert operator.window.windowTitle() == "other - Channel Plot"
    assert operator.reads_panel("Reports") == []
    assert not (night.parent / "night.gpkg.lock").exists(), "the first one was let go"


def test_what_can_be_nothing_here_can_not_be_dropped(operator: Operator, night: Path) -> None:
    notes = night.parent / "notes.pdf"
    notes.write_text("0210Z")
    operator.opens(night)

    assert not operator.drops(notes)
    assert operator.plot_path == night


def test_opening_the_plot_that_is_open_changes_nothing(operator: Operator, night: Path) -> None:
    alias = night.parent / "alias.gpkg"
    alias.symlink_to(night)
    operator.opens(night)
    operator.plots(R1)

    for path in (night, alias):
        operator.opens_by_menu(path)
        assert operator.sees_saved_mark().startswith("All saved"), "not read-only"

    operator.plots(R2)
    assert operator.file_rows("SELECT count(*) FROM reports") == [(2,)]


def test_whoever_takes_the_watch_signs_the_next_act(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.plots(R1)

    before = operator.focus_name
    operator.names_operator("M. Petit")
    assert operator.focus_name == before
    operator.plots(R2)

    names = [
        str(name) for (name,) in operator.file_rows("SELECT operator FROM edit_log ORDER BY seq")
    ]
    assert names[2:] == ["M. Petit", "M. Petit"], "the change of watch, and the report"
    assert names[0] == names[1] not in ("", "M. Petit")
    assert operator.file_rows("SELECT logged_by FROM reports ORDER BY fid") == [
        (names[1],),
        ("M. Petit",),
    ]
    operator.closes()
    operator.opens(night)
    assert operator.sees_watch() == "Watch: M. Petit since 0300Z"


def test_the_window_is_as_it_was_left(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.window.resize(900, 700)  # as much as there is of a screen that is none
    plots_two_boats(operator)
    operator.takes_from_menu("View", "Layers", "Graticule")
    operator.takes_from_menu("View", "Layers", "Places")
    canvas = operator.window.desk.canvas
    operator.presses("Escape", "Escape")
    operator.presses("Ctrl++", "Ctrl++")
    operator.drags_with_middle_button(R1, R2)
    table = operator.table("Reports")
    table.horizontalHeader().resizeSection(2, 210)
    operator.clicks_header("Reports", "Position")
    operator.clicks_header("Tracks", "Track")
    order = operator.reads_panel("Reports"), operator.reads_panel("Tracks")
    operator.window.resizeDocks(
        [operator.window.panels.tracks_dock], [460], Qt.Orientation.Horizontal
    )
    wait_until(lambda: operator.window.panels.tracks_dock.width() == 460, "the panels are wider")
    centre, m_per_px = canvas.viewport.centre, canvas.viewport.m_per_px
    size = operator.window.size()
    operator.closes()

    operator.opens(night)

    canvas = operator.window.desk.canvas
    assert not operator.menu_action("View", "Layers", "Graticule").isChecked()
    assert not operator.menu_action("View", "Layers", "Places").isChecked()
    assert operator.menu_action("View", "Layers", "Marks").isChecked()
    hidden = canvas.scene().layering.hidden - ON_REQUEST
    assert hidden == {"graticule", "places"}
    assert canvas.viewport.m_per_px == pytest.approx(m_per_px)
    assert canvas.viewport.centre.lon_deg == pytest.approx(centre.lon_deg, abs=1e-9)
    assert canvas.viewport.centre.lat_deg == pytest.approx(centre.lat_deg, abs=1e-9)
    assert operator.window.size() == size
    assert operator.window.panels.tracks_dock.width() == 460
    assert operator.table("Reports").columnWidth(2) == 210
    assert (operator.reads_panel("Reports"), operator.reads_panel("Tracks")) == order


def test_each_plot_has_its_own_view(operator: Operator, night: Path) -> None:
    other = night.parent / "other.gpkg"
    shutil.copy(night, other)
    operator.opens(night)
    operator.presses("Ctrl++", "Ctrl++", "Ctrl++")
    near = operator.window.desk.canvas.viewport.m_per_px
    operator.closes()
    operator.opens(other)
    far = operator.window.desk.canvas.viewport.m_per_px
    assert far > 2.0 * near

    operator.opens_by_menu(night)

    assert operator.window.desk.canvas.viewport.m_per_px == pytest.approx(near)


def test_ctrl_s_says_when_and_where_it_was_saved(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.sets_clock("0210")
    operator.plots(R1)

    operator.presses("Ctrl+S")

    assert operator.sees_banner() == f"Everything is saved: 0210:00Z 15 SEP 26 in {night}."


def test_a_copy_is_a_plot_of_its_own(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.plots(R1)
    copy = night.parent / "copy.gpkg"

    operator.saves_copy(copy)
    operator.plots(R2)

    assert str(copy) in operator.sees_banner()
    assert operator.plot_path == night
    assert file_rows(copy, "SELECT count(*) FROM reports") == [(1,)]
    assert operator.file_rows("SELECT count(*) FROM reports") == [(2,)]
    assert_conforms(copy)


def test_a_copy_never_goes_over_the_plot_that_is_open(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.plots(R1)

    assert not operator.window.files.save_copy(night)

    assert "was left as it is" in operator.sees_banner()
    operator.plots(R2)
    assert operator.file_rows("SELECT count(*) FROM reports") == [(2,)]


def test_a_snapshot_shows_what_is_on_the_chart(operator: Operator, night: Path) -> None:
    operator.opens(night)
    plots_two_boats(operator)
    picture = night.parent / "brief.png"

    operator.exports_snapshot(picture)

    image = QImage(str(picture))
    assert (image.width(), image.height()) >= (800, 600)
    colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, 900, 7)}
    assert len(colours) > 20


def test_a_snapshot_that_cannot_be_written_is_told(operator: Operator, night: Path) -> None:
    operator.opens(night)

    operator.window.snapshots.export(night.parent / "no such folder" / "brief.png")

    wait_until(lambda: "could not be written" in operator.sees_banner(), "it is told", 60.0)
    assert "The plot is safe" in operator.sees_banner()
