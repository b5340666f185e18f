"""Bearing lines, range rings and measuring at the window: by keys alone, by mouse, left behind."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QListWidget

from channelplot.chart.chart_lines import BearingLine, ChartLine, MeasuredLine, Rings
from channelplot.chart.overlay import Overlay
from channelplot.geodesy.measure import bearing_and_distance, distance_m
from channelplot.geodesy.position import Position
from channelplot.geodesy.rhumb import rhumb_course_and_distance
from channelplot.model.plot import Plot
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from channelplot.tools.tool import ToolId
from helpers.builders import R1, R2, R3, SANGATTE, at, ddm, night_plot
from helpers.night_chartwork import CGN, is_at
from helpers.operator import Operator, wait_until
from helpers.plot_files import labels_in_log

NM = 1852.0
SEA = ddm(51, 4.0, 1, 40.0)


def plot_file(folder: Path, plot: Plot, name: str = "boats.gpkg") -> Path:
    path = folder / name
    PlotFile.create(path, plot, ActRecord("new_plot", "plot", "", "watch", at("0100"))).close()
    return path


@pytest.fixture
def desk(operator: Operator, tmp_path: Path) -> Operator:
    """The desk at 0300Z of the night, with A and B in the plot."""
    operator.opens(plot_file(tmp_path, night_plot()))
    return operator


def lines(desk: Operator) -> tuple[ChartLine, ...]:
    """What the chart draws."""
    return desk.window.desk.canvas.scene().lines


def labels(desk: Operator) -> list[str]:
    return [line.label for line in lines(desk) if not isinstance(line, MeasuredLine)]


def listed(desk: Operator, name: str = "Lines and rings") -> list[str]:
    found = [
        each
        for each in desk.window.findChildren(QListWidget)
        if each.accessibleName() == name and each.isVisible()
    ]
    assert len(found) == 1
    return [found[0].item(row).text() for row in range(found[0].count())]


def sets_line(desk: Operator, *texts: str) -> None:
    desk.presses("Alt+G")
    for number, text in enumerate(texts):
        desk.types(text)
        desk.presses("Tab" if number < len(texts) - 1 else "Return")


def changes_kind(desk: Operator) -> None:
    """Alt+U: Qt lets a box that is ticked by its letter be seen pressed for a moment."""
    draft = desk.window.desk.measure_draft
    before = draft.is_rhumb
    desk.presses("Alt+U")
    wait_until(lambda: draft.is_rhumb is not before, "the kind of line has changed")


class TestBearingLines:
    def test_by_keys_alone_from_a_mark(self, desk: Operator) -> None:
        desk.presses("Alt+G")
        assert desk.focus_name == "From"
        desk.types("cgn")
        desk.presses("Tab")
        assert desk.focus_name == "Bearing °T"
        desk.types("023")
        desk.presses("Tab")
        assert desk.focus_name == "Range, NM"
        desk.types("7.2")
        assert desk.reads_back().startswith("EBL 1  from CGN  ·  023.0°T 021.")
        assert desk.reads_back().endswith("°M  ·  7.20 NM  ·  back 203.1°T")
        desk.presses("Return")
        (line,) = lines(desk)
        assert line == BearingLine(1, CGN, 23.0, 7.2 * NM, "EBL 1  023.0°T 7.20 NM")
        assert listed(desk)[0].startswith("EBL 1  023.0°T  021.")
        assert listed(desk)[0].endswith("°M  7.20 NM  from CGN")
        assert desk.focus_name == "From", "ready for the next"
        assert labels_in_log(desk.plot_path) == ["new_plot"], "nothing is saved"

    def test_one_on_a_boat_goes_along_each_minute(self, desk: Operator) -> None:
        sets_line(desk, "A", "292.5", "9.95")
        (line,) = lines(desk)
        assert isinstance(line, BearingLine)
        assert is_at(line.origin, 51, 0.14, 1, 35.29), "step 7"
        assert listed(desk)[0].endswith("from A, as it moves")
        desk.sets_clock("0315")
        (later,) = lines(desk)
        assert isinstance(later, BearingLine)
        assert distance_m(line.origin, later.origin) / NM == pytest.approx(1.26, abs=0.01)
        assert (later.bearing_deg, later.distance_m) == (line.bearing_deg, line.distance_m)
        desk.window.desk.chartwork.choose_time(at("0300"))
        assert lines(desk) == (line,)

    def test_by_mouse_from_report_to_beach_and_delete_on_the_chart(self, desk: Operator) -> None:
        desk.presses("Alt+G")
        desk.clicks(R3)
        assert desk.field_text("From") == "A 0245Z"
        assert desk.focus_name == "Bearing °T"
        desk.points_at(R1)
        bearing_deg, range_m = bearing_and_distance(R3, R1)
        assert f"{bearing_deg:05.1f}°T" in desk.reads_back()
        assert "back 300.7°T" in desk.reads_back()
        assert desk.window.desk.canvas._overlay != Overlay()
        desk.clicks(R1)
        (line,) = lines(desk)
        assert isinstance(line, BearingLine)
        assert (line.origin, line.bearing_deg, line.distance_m) == (R3, bearing_deg, range_m)
        desk.presses("Delete")
        assert lines(desk) == ()
        assert labels_in_log(desk.plot_path) == ["new_plot"]

    def test_a_click_where_a_boat_is_reckoned_means_the_boat(self, desk: Operator) -> None:
        desk.selects_track("A")
        canvas = desk.window.desk.canvas
        wait_until(lambda: canvas.scene().reckoned, "A is reckoned on the chart")
        desk.presses("Alt+G")
        desk.clicks(canvas.scene().reckoned[0].position)
        assert desk.field_text("From") == "A"
        assert "from A, as it moves" in desk.reads_back()

    def test_what_cannot_be_read_is_said_and_kept(self, desk: Operator) -> None:
        sets_line(desk, "nowhere", "23", "7")
        assert "nowhere" in desk.reads_back()
        assert lines(desk) == ()
        desk.fills("From", "CGN")
        desk.fills("Bearing °T", "400")
        assert "A bearing is read as" in desk.reads_back()
        desk.fills("Bearing °T", "40")
        desk.fills("Range, NM", "far")
        assert "A range is read as" in desk.reads_back()
        desk.presses("Return")
        assert lines(desk) == ()
        desk.presses("Escape")
        assert desk.field_text("From") == ""
        desk.presses("Escape")
        assert desk.window.desk.toolbox.active is ToolId.SELECT

    def test_over_the_list_delete_removes_the_chosen_one_and_numbers_stay(
        self, desk: Operator
    ) -> None:
        for bearing in ("010", "020", "030"):
            sets_line(desk, "CGN", bearing, "5")
        desk.presses("Tab", "Tab", "Tab")
        assert desk.focus_name == "Lines and rings"
        desk.presses("Up", "Delete")
        assert [text[:5] for text in labels(desk)] == ["EBL 1", "EBL 3"]
        sets_line(desk, "CGN", "040", "5")
        assert labels(desk)[-1] == "EBL 4  040.0°T 5.00 NM"

    def test_all_are_removed_by_the_menu(self, desk: Operator) -> None:
        action = desk.window.actions_by_id["clear_lines"]
        assert not action.isEnabled()
        assert "no lines" in action.toolTip()
        sets_line(desk, "CGN", "010", "5")
        desk.takes_by_keys("Alt+C", "R")
        assert lines(desk) == ()
        assert not action.isEnabled()


class TestRings:
    def test_by_keys_alone_several_at_once(self, desk: Operator) -> None:
        desk.presses("Alt+N")
        desk.types("sangatte")
        desk.presses("Tab")
        desk.types("1 2 5")
        assert desk.reads_back() == "VRM 1  around Sangatte  ·  1.00 2.00 5.00 NM"
        desk.presses("Return")
        desk.types("A")
        desk.presses("Tab")
        desk.types("8 x 5 cables")
        desk.presses("Return")
        first, second = lines(desk)
        assert isinstance(first, Rings)
        assert first.centre == SANGATTE
        assert first.radii_m == pytest.approx((NM, 2 * NM, 5 * NM))
        assert isinstance(second, Rings)
        assert second.label == "VRM 2  8 × 0.50 NM"
        assert listed(desk)[1] == "VRM 2  8 × 0.50 NM  around A, as it moves"
        assert labels_in_log(desk.plot_path) == ["new_plot"]

    def test_by_mouse(self, desk: Operator) -> None:
        desk.presses("Alt+N")
        desk.clicks(R3)
        desk.points_at(R2)
        assert desk.reads_back().startswith("VRM 1  around A 0245Z  ·  114.8°T  ·  1.69 NM")
        desk.clicks(R2)
        (ring,) = lines(desk)
        assert isinstance(ring, Rings)
        assert ring.radii_m == (distance_m(R3, R2),)
        desk.presses("Delete")
        assert lines(desk) == ()

    def test_what_cannot_be_read_is_said(self, desk: Operator) -> None:
        desk.presses("Alt+N")
        desk.types("CGN")
        desk.presses("Tab")
        desk.types("20 x 3")
        assert "Radii are read as" in desk.reads_back()
        desk.fills("Around", "nowhere")
        assert "nowhere" in desk.reads_back()


class TestMeasuring:
    def test_by_keys_alone_with_backspace_speed_and_rhumb_lines(self, desk: Operator) -> None:
        desk.presses("Alt+D")
        assert desk.focus_name == "Next point"
        for text in ("A 0210Z", "A 0228Z", "B", "A 0245Z"):
            desk.types(text)
            desk.presses("Return")
        desk.presses("Backspace", "Backspace")
        desk.types("A 0245Z")
        desk.presses("Return")
        assert desk.reads_back() == (
            "294.9°T  1.69 NM  ·  back 114.8°T  ·  total 2.96 NM  ·  "
            "along geodesics; rhumb lines are less than 1 m longer"
        )
        assert listed(desk, "Legs measured") == [
            "1.  308.5°T  1.27 NM   total 1.27 NM",
            "2.  294.9°T  1.69 NM   total 2.96 NM",
        ]
        (measured,) = lines(desk)
        assert measured == MeasuredLine((R1, R2, R3), False, ("", "1.27 NM", "2.96 NM"))
        desk.presses("Tab")
        desk.types("5.08")
        assert "294.9°T  1.69 NM in 19 min" in desk.reads_back()
        assert "total 2.96 NM at 5.08 kn 34 min, ETA 0334Z" in desk.reads_back()
        changes_kind(desk)
        assert "along rhumb lines, less than 1 m longer than geodesics" in desk.reads_back()
        (measured,) = lines(desk)
        assert isinstance(measured, MeasuredLine)
        assert measured.is_rhumb

    def test_22_the_cutter_to_dover_and_when_it_is_there(self, desk: Operator) -> None:
        desk.sets_clock("0438")
        desk.presses("Alt+D")
        for text in ("51 02.3N 001 32.2E", "51 06.9N 001 19.9E"):
            desk.types(text)
            desk.presses("Return")
        desk.presses("Tab")
        desk.types("16 kn")
        assert desk.reads_back().startswith("300.8°T  9.02 NM at 16 kn 33 min, ETA 0511Z  ·  ")
        desk.sets_clock("0500")
        assert "33 min, ETA 0533Z  ·" in desk.reads_back(), "time goes on"
        desk.fills("At, kn", "16 kn 0438Z")
        assert "at 16 kn 33 min, ETA 0511Z (from 0438Z)" in desk.reads_back()
        desk.sets_clock("0505")
        assert "ETA 0511Z (from 0438Z)" in desk.reads_back()
        desk.fills("At, kn", "16 kn")
        desk.window.desk.chartwork.choose_time(at("0438"))
        assert "ETA 0511Z (from 0438Z)" in desk.reads_back(), "the time that is asked for"
        desk.fills("At, kn", "0.1")
        assert "at 0.1 kn 90 h 12, ETA 1822" in desk.reads_back(), "another day, and says so"
        desk.fills("At, kn", "0.01")
        assert "ETA" not in desk.reads_back()
        desk.fills("At, kn", "16 kn 2561Z")
        assert "2561Z" in desk.reads_back()
        desk.fills("At, kn", "soon")
        assert desk.reads_back() == (
            "A speed is read in knots, 12 or 4.5, with or without a start: 12 kn 0438Z."
        )

    def test_how_much_longer_a_rhumb_line_is_over_greenwich(self, desk: Operator) -> None:
        desk.presses("Alt+D")
        for text in ("50 30.0N 001 00.0W", "51 10.0N 002 00.0E"):
            desk.types(text)
            desk.presses("Return")
        west, east = Position(-1.0, 50.5), Position(2.0, ddm(51, 10.0, 2, 0.0).lat_deg)
        geodesic_m, (_, rhumb_m) = distance_m(west, east), rhumb_course_and_distance(west, east)
        more_m = rhumb_m - geodesic_m
        assert 5.0 < more_m < 100.0, "or this tells nothing"
        assert desk.reads_back().endswith(f"rhumb lines are {more_m:.0f} m longer")
        assert f"{geodesic_m / NM:.2f} NM" in desk.reads_back()
        changes_kind(desk)
        assert desk.reads_back().endswith(
            f"along rhumb lines, {more_m:.0f} m longer than geodesics"
        )
        assert f"{rhumb_m / NM:.2f} NM" in desk.reads_back()

    def test_by_mouse_and_the_keys_of_the_chart(self, desk: Operator) -> None:
        desk.presses("Alt+D")
        canvas = desk.window.desk.canvas
        for place in (R1, R2, R3):
            desk.clicks(place)
        assert desk.focus is canvas, "the chart keeps the keys"
        desk.presses("R")
        (measured,) = lines(desk)
        assert isinstance(measured, MeasuredLine)
        assert (measured.points, measured.is_rhumb) == ((R1, R2, R3), True)
        desk.presses("R", "Backspace")
        (measured,) = lines(desk)
        assert isinstance(measured, MeasuredLine)
        assert (measured.points, measured.is_rhumb) == ((R1, R2), False)
        desk.points_at(SEA)
        assert "total " in desk.reads_back()
        desk.presses("Return")
        assert desk.window.desk.measure_draft.is_done
        assert canvas._overlay == Overlay()
        assert len(lines(desk)) == 1, "it stays in sight until the next, or Esc"
        desk.presses("Escape")
        assert lines(desk) == ()
        assert desk.window.desk.toolbox.active is ToolId.MEASURE
        assert labels_in_log(desk.plot_path) == ["new_plot"]

    def test_another_tool_leaves_nothing_of_it(self, desk: Operator) -> None:
        desk.presses("Alt+D")
        for place in (R1, R2):
            desk.clicks(place)
        desk.presses("Alt+S")
        assert lines(desk) == ()
        desk.presses("R")
        assert desk.window.desk.measure_draft.is_rhumb is False, "R is for the plot line again"

    def test_what_cannot_be_read_is_said(self, desk: Operator) -> None:
        desk.presses("Alt+D")
        desk.types("nowhere")
        desk.presses("Return")
        assert "nowhere" in desk.reads_back()
        desk.presses("Escape")
        desk.fills("At, kn", "fast")
        assert desk.reads_back().startswith("A speed is read in knots, 12 or 4.5,")


class TestLeftAndTakenUp:
    def test_they_are_back_after_a_restart_with_their_numbers(self, desk: Operator) -> None:
        path = desk.plot_path
        sets_line(desk, "A", "292.5", "9.95")
        sets_line(desk, "CGN", "023", "7.2")
        desk.presses("Tab", "Tab", "Tab", "Up", "Delete")
        desk.presses("Alt+N")
        desk.types("51 04.0N 001 40.0E")
        desk.presses("Tab")
        desk.types("3")
        desk.presses("Return")
        before = lines(desk)
        assert len(before) == 2
        desk.closes()
        desk.opens(path)
        assert lines(desk) == before
        sets_line(desk, "CGN", "040", "5")
        assert labels(desk)[-1].startswith("EBL 3")

    def test_another_plot_has_its_own(self, desk: Operator, tmp_path: Path) -> None:
        first = desk.plot_path
        sets_line(desk, "CGN", "023", "7.2")
        desk.window.files.open(plot_file(tmp_path, night_plot(), "other.gpkg"))
        assert lines(desk) == ()
        sets_line(desk, "CGN", "040", "5")
        desk.window.files.open(first)
        assert labels(desk) == ["EBL 1  023.0°T 7.20 NM"]

    def test_a_line_on_what_is_withdrawn_is_not_drawn_until_it_is_back(
        self, desk: Operator
    ) -> None:
        sets_line(desk, "B", "180", "2")
        assert len(lines(desk)) == 1
        desk.selects_track("B")
        desk.presses("Ctrl+Delete")
        desk.presses("Return")
        desk.waits_until_saved()
        assert lines(desk) == ()
        desk.undoes()
        assert len(lines(desk)) == 1
