"""The plot line in the window: caret, Enter, Esc, recall, questions, ghosts, what survives."""

import os
import shutil
import signal
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from channelplot.chart.overlay import DragLine
from channelplot.geodesy.text import Notation
from channelplot.settings import config_folder
from channelplot.ui.state import WindowState
from helpers.at_the_desk import OtherDesk
from helpers.builders import R1
from helpers.operator import Operator, wait_until
from helpers.plot_files import labels_in_log

R1_LINE = "0210 50 58.0N 001 41.0E 310/4 45pob inflatable aircraft 1A"
FAULTY = "0210 50 62.0N 001 41.0E 45pob"
ASKED = "0210 50 30.0 000 10.0 45pob"
LONG = f"{FAULTY} {'some in life jackets ' * 60}"


@pytest.fixture
def desk(operator: Operator, night: Path) -> Operator:
    """Somebody at a desk with an empty plot open."""
    operator.opens(night)
    return operator


def chart_height_px(desk: Operator) -> int:
    QApplication.processEvents()
    return desk.window.desk.canvas.height()


# The caret


def test_at_the_start_the_caret_is_in_the_line(desk: Operator) -> None:
    assert desk.focus_name == "Plot line"
    desk.types("0210")
    assert desk.line_text() == "0210"


@pytest.mark.parametrize("key", ["F4", "Ctrl+L"])
@pytest.mark.parametrize("field", ["Chart", "Tracks", "Position", "Track", "As received"])
def test_one_key_puts_the_caret_in_the_line_from_anywhere(
    desk: Operator, key: str, field: str
) -> None:
    desk.enters_line(R1_LINE)
    desk.takes_up("Report")
    widget = next(
        each
        for each in desk.window.findChildren(QWidget)
        if each.accessibleName() == field
        and each.isVisible()
        and each.focusPolicy() != Qt.FocusPolicy.NoFocus
    )
    widget.setFocus()
    wait_until(widget.hasFocus, f"the keyboard is with {field}")

    desk.presses(key)

    assert desk.focus_name == "Plot line"


def test_coming_back_leaves_what_is_half_typed_as_it_is(desk: Operator) -> None:
    desk.types_line("0210 50 58.0")
    desk.window.desk.canvas.setFocus()
    desk.presses("F4")
    desk.types("N")
    assert desk.line_text() == "0210 50 58.0N"

    desk.presses("F4")
    desk.types("x")
    assert desk.line_text() == "0210 50 58.0Nx", "pressed again, the key wipes nothing"


def test_digits_letters_arrows_and_home_are_for_the_text(desk: Operator) -> None:
    view = desk.window.desk.canvas.viewport
    desk.types_line("b ?")
    desk.presses("Home")
    desk.types("a ")
    desk.presses("End", "Left", "Right", "Space")
    desk.types("c")
    assert desk.line_text() == "a b ? c"
    assert desk.window.desk.canvas.viewport == view
    assert desk.window.desk.toolbox.active.value == "select"


def test_escape_clears_and_in_an_empty_line_gives_the_keys_to_the_chart(desk: Operator) -> None:
    desk.types_line(R1_LINE)
    desk.presses("Escape")
    assert (desk.line_text(), desk.focus_name) == ("", "Plot line")
    assert desk.ghosts() == []

    desk.presses("Escape")
    assert desk.focus_name == "Chart"


def test_what_escape_cleared_comes_back_with_up(desk: Operator) -> None:
    desk.enters_line(R1_LINE)
    desk.types_line("0228 half a line")
    desk.presses("Escape")
    assert "Up brings it back" in desk.line_message()

    desk.presses("Up")
    assert desk.line_text() == "0228 half a line"
    desk.presses("Up")
    assert desk.line_text() == R1_LINE


# Reading back


def test_everything_is_read_back_while_one_types(desk: Operator) -> None:
    desk.types_line(R1_LINE)

    assert desk.sees_line("Position") == "50°58.00'N 001°41.00'E"
    assert desk.sees_line("Read as") == "degrees, minutes"
    assert desk.sees_more_of_line("Read as").startswith("±")
    assert desk.sees_line("From the nearest mark").endswith("NM")
    assert desk.sees_more_of_line("From the nearest mark").startswith("from ")
    assert desk.sees_line("Time") == "0210Z 0310 UK 0410 FR"
    assert desk.sees_more_of_line("Time") == "50 min ago"
    assert desk.sees_line("Course, speed") == "310°T 4 kn"
    assert desk.sees_line("People") == "45"
    assert desk.sees_line("Source") == "aircraft"
    assert desk.sees_more_of_line("Source") == "grade 1A"
    assert desk.sees_line("Track") == "new A, inflatable"
    assert "inflatable" in desk.sees_line("Words")
    assert desk.line_message() == "Enter plots it: new A, inflatable."


def test_bearing_and_distance_are_from_the_mark(desk: Operator) -> None:
    desk.adds_mark("CGN", "50 52.17N 001 34.98E", name="Cap Gris-Nez")
    desk.types_line("0428B 023 CGN 7.2 40+")

    assert desk.sees_line("Position") == "50°58.79'N 001°39.43'E"
    assert desk.sees_line("Read as") == "bearing, distance"
    assert "Cap Gris-Nez" in desk.sees_more_of_line("Read as")
    assert desk.sees_line("Time") == "0228Z 0328 UK 0428 FR"
    assert desk.sees_line("People") == "40 est"


def test_a_leg_is_read_back_for_a_track_that_is_there(desk: Operator) -> None:
    desk.enters_line(R1_LINE)
    desk.types_line("0228 50 58.789N 001 39.431E >A")

    assert desk.sees_line("Track") == "A"
    assert desk.sees_more_of_line("Track") == "308.5°T 1.27 NM 4.23 kn"
    ((_, ghost),) = desk.ghosts()
    shapes = desk.window.desk.canvas._overlay.shapes
    (line,) = (each for each in shapes if isinstance(each, DragLine))
    assert (line.start.lon_deg, line.start.lat_deg) == pytest.approx((R1.lon_deg, R1.lat_deg))
    assert line.end == ghost


def test_yesterday_is_said(desk: Operator) -> None:
    desk.types_line("2350 50 58.0N 001 41.0E")

    assert desk.sees_line("Time") == "2350Z 0050 UK 0150 FR"
    assert desk.sees_more_of_line("Time") == "yesterday · 3 h 10 ago"


def test_the_read_back_follows_the_clock(desk: Operator) -> None:
    desk.types_line(R1_LINE)
    desk.clock.advance(minutes=5)
    wait_until(lambda: desk.sees_more_of_line("Time") == "55 min ago", "it is later")


def test_the_chosen_form_of_positions_stands_beside_the_usual_one(desk: Operator) -> None:
    desk.types_line(R1_LINE)
    desk.window.desk.notation.choose(Notation.MGRS)

    assert desk.sees_line("Position") == "50°58.00'N 001°41.00'E"
    assert desk.sees_more_of_line("Position").startswith("31U DS")
    assert desk.line_text() == R1_LINE


@pytest.mark.parametrize("line", ["", R1_LINE, FAULTY, ASKED, "0210", LONG, "hello", "\x07"])
def test_nothing_that_is_typed_moves_the_chart(desk: Operator, line: str) -> None:
    strip, before = desk.window.line.strip.height(), chart_height_px(desk)
    view = desk.window.desk.canvas.viewport
    QApplication.clipboard().setText(line)
    desk.presses("F4", "Ctrl+V", "Return" if line != R1_LINE else "Left")
    assert desk.line_text() == line

    assert (desk.window.line.strip.height(), chart_height_px(desk)) == (strip, before)
    assert desk.window.desk.canvas.viewport == view


@pytest.mark.parametrize("is_known", [False, True])
def test_a_layout_from_before_the_line_leaves_it_where_it_belongs(
    desk: Operator, night: Path, is_known: bool
) -> None:
    window = desk.window
    if not is_known:
        window.removeToolBar(window.line.bar)
    geometry, layout = window.saveGeometry(), window.saveState()
    desk.closes()
    WindowState(config_folder()).remember_window(geometry, layout)
    desk.opens(night)

    desk.takes_up("Report")

    entry, line = desk.window.entry.bar.geometry(), desk.window.line.bar.geometry()
    assert desk.sees("Plot line")
    assert entry.bottom() < line.top()
    assert entry.width() == line.width() == desk.window.width()


# Enter


@pytest.mark.parametrize("key", ["Return", "Enter"])
def test_enter_commits_one_act_and_the_caret_stays(desk: Operator, key: str) -> None:
    desk.types_line(R1_LINE)
    desk.presses(key, key, key)

    desk.waits_until_saved()
    assert labels_in_log(desk.plot_path) == ["new_plot", "start_track"]
    assert (desk.line_text(), desk.focus_name) == ("", "Plot line")
    assert desk.line_message() == "Plotted: new A, inflatable, 0210Z."
    ((words, form, people, grade),) = desk.file_rows(
        "SELECT as_received, position_form, people_total, grade FROM reports"
    )
    assert (words, form, people, grade) == (R1_LINE, "ddm", 45, "1A")


def test_enter_held_down_is_one_act(desk: Operator) -> None:
    desk.types_line(R1_LINE)
    none = Qt.KeyboardModifier.NoModifier
    for is_repeat in (False, True, True):
        event = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_Return, none, "\r", autorep=is_repeat, count=1
        )
        QGuiApplication.sendEvent(desk.focus, event)

    assert desk.file_rows("SELECT count(*) FROM reports") == [(1,)]


def test_a_fault_is_marked_and_worded_and_enter_does_nothing(desk: Operator) -> None:
    desk.types_line(FAULTY)
    wait_until(lambda: "60 minutes or more" in desk.line_message(), "the fault is said")
    assert desk.line_message().startswith("“62.0")

    desk.presses("Return")

    assert desk.file_rows("SELECT count(*) FROM reports") == [(0,)]
    assert desk.line_text() == FAULTY
    assert desk.window.line.strip.message.property("flash") is True
    wait_until(lambda: desk.window.line.strip.message.property("flash") is False, "one flash")


def test_nothing_is_found_fault_with_while_it_is_being_typed(desk: Operator) -> None:
    desk.types_line("0210 50 58")
    assert desk.line_message() == ""
    assert desk.line_asks() == []
    desk.types(".0N 001 41.0E")
    assert desk.line_message().startswith("Enter plots it")


def test_a_position_that_is_still_to_come_is_missed_only_by_enter(desk: Operator) -> None:
    desk.types_line("0210 45pob inflatable")
    wait_until(lambda: desk.line_message() == "No position yet.", "it is said calmly")
    assert desk.line_asks() == []

    desk.presses("Return")
    assert desk.line_asks() == [
        "There is no position in the line. Plot it without one?",
        "Alt+1 Plot it without a position",
    ]
    desk.types(" 50 58.0N 001 41.0E")
    wait_until(lambda: desk.line_message().startswith("Enter plots it"), "it is there now")


def test_what_enter_did_is_not_said_any_more_once_it_is_undone(desk: Operator) -> None:
    desk.enters_line(R1_LINE)
    assert desk.line_message() == "Plotted: new A, inflatable, 0210Z."
    desk.undoes()
    assert desk.line_message().startswith("For example")


def test_undo_in_an_empty_line_is_the_plot_s_and_else_the_text_s(desk: Operator) -> None:
    desk.enters_line(R1_LINE)
    desk.types("abc")
    desk.presses("Ctrl+Z")
    assert desk.line_text() == ""
    assert desk.file_rows("SELECT count(*) FROM reports WHERE withdrawn_at_utc IS NULL") == [(1,)]

    desk.undoes()
    assert desk.file_rows("SELECT count(*) FROM reports WHERE withdrawn_at_utc IS NULL") == [(0,)]
    desk.redoes()
    assert desk.file_rows("SELECT count(*) FROM reports WHERE withdrawn_at_utc IS NULL") == [(1,)]


def test_ctrl_c_copies_text_of_the_line(desk: Operator) -> None:
    desk.types_line("0210 copy me")
    desk.presses("Ctrl+A", "Ctrl+C")
    assert QApplication.clipboard().text() == "0210 copy me"


def test_a_mark_is_kept_by_a_line_unless_its_code_is_taken(desk: Operator) -> None:
    desk.enters_line(R1_LINE)
    desk.types_line("mark CGX 50 52.0N 001 30.0E")
    assert desk.line_message().startswith("Enter keeps the mark CGX.")
    desk.presses("Return")
    assert desk.line_message() == "Kept: mark CGX."
    assert desk.file_rows("SELECT code FROM marks") == [("CGX",)]
    desk.types_line("mark A 50 52.0N 001 30.0E")
    desk.presses("Return")
    assert "is taken already" in desk.line_message()
    assert desk.file_rows("SELECT code FROM marks") == [("CGX",)]


# Questions


def test_a_question_offers_its_readings_and_enter_waits(desk: Operator) -> None:
    desk.types_line(ASKED)
    wait_until(desk.line_asks, "the line asks")
    question, *answers = desk.line_asks()
    assert question == "North or south, east or west? “50 30.0 000 10.0” does not say."
    assert [" ".join(each.split()[:3]) for each in answers] == [
        "Alt+1 50°30.00'N 000°10.00'E",
        "Alt+2 50°30.00'N 000°10.00'W",
    ]
    desk.presses("Return")
    assert desk.file_rows("SELECT count(*) FROM reports") == [(0,)]

    desk.presses("Alt+2")

    assert desk.line_asks() == []
    assert desk.sees_line("Position") == "50°30.00'N 000°10.00'W"
    desk.presses("Return")
    assert desk.reads_column("Reports", "Position") == ["50°30.00'N 000°10.00'W"]


def test_alt_and_a_number_answer_from_anywhere(desk: Operator) -> None:
    desk.types_line(ASKED)
    wait_until(desk.line_asks, "the line asks")
    desk.window.desk.canvas.setFocus()
    desk.presses("Alt+1")
    assert desk.line_asks() == []
    assert desk.sees_line("Position") == "50°30.00'N 000°10.00'E"


def test_a_number_without_an_answer_changes_nothing(desk: Operator) -> None:
    desk.types_line(ASKED)
    wait_until(desk.line_asks, "the line asks")
    before = desk.line_asks()
    desk.presses("Alt+3")
    assert desk.line_asks() == before
    assert desk.line_text() == ASKED


def test_a_question_that_has_not_been_seen_is_shown_before_it_is_answered(desk: Operator) -> None:
    desk.types_every_key = True
    desk.types_line(ASKED)
    assert desk.line_asks() == []
    desk.presses("Alt+1")
    assert len(desk.line_asks()) == 3, "it asks now, and has not taken the key for an answer"


def test_the_mouse_answers_too_and_the_caret_stays(desk: Operator) -> None:
    desk.types_line(ASKED)
    wait_until(desk.line_asks, "the line asks")
    desk.window.line.strip.question_row.buttons[0].click()
    assert desk.line_asks() == []
    assert desk.focus_name == "Plot line"


def test_typing_on_forgets_the_answer(desk: Operator) -> None:
    desk.types_line(ASKED)
    desk.answers_line(1)
    desk.types("x")
    wait_until(desk.line_asks, "the line asks again")


def test_the_form_with_the_caret_is_answered_when_both_ask(desk: Operator) -> None:
    desk.types_line(ASKED)
    desk.begins_report("45 00.0N 010 00.0E")
    assert desk.is_asked()
    assert desk.line_asks()

    desk.presses("Alt+1")

    assert desk.line_asks(), "the form had the caret"
    assert desk.file_rows("SELECT count(*) FROM reports") == [(1,)]
    desk.presses("F4", "Alt+1")
    assert not desk.line_asks()
    desk.presses("Return")
    assert desk.file_rows("SELECT count(*) FROM reports") == [(2,)]


def test_the_line_with_the_caret_is_answered_when_both_ask(desk: Operator) -> None:
    desk.begins_report("45 00.0N 010 00.0E")
    desk.types_line(ASKED)
    wait_until(desk.line_asks, "the line asks")

    desk.presses("Alt+1")

    assert not desk.line_asks()
    assert desk.is_asked(), "the form still asks"
    assert desk.file_rows("SELECT count(*) FROM reports") == [(0,)]


def test_a_doubtful_report_is_plotted_all_the_same(desk: Operator) -> None:
    desk.types_line("0210 50 58.0N 002 30.0E 45pob")
    wait_until(desk.line_asks, "on land is asked")
    assert desk.line_asks()[1:] == ["Alt+1 Plot it all the same"]
    desk.presses("Alt+1", "Return")
    assert desk.file_rows("SELECT count(*) FROM reports") == [(1,)]


# Names, paste


def test_names_are_offered_and_taken_with_tab_but_never_with_enter(desk: Operator) -> None:
    desk.types_line("0210 7.2NM 023T from Cap Gri")
    assert desk.line_message() == "Tab: Cap Gris-Nez"
    desk.presses("Return")
    assert desk.line_text() == "0210 7.2NM 023T from Cap Gri"
    assert desk.file_rows("SELECT count(*) FROM reports") == [(0,)]

    desk.presses("Tab")

    assert desk.line_text() == "0210 7.2NM 023T from Cap Gris-Nez"
    assert desk.focus_name == "Plot line"
    desk.presses("Return")
    assert desk.file_rows("SELECT position_form FROM reports") == [("bearing_distance",)]


def test_pasted_lines_are_one_line_and_a_control_character_is_refused(desk: Operator) -> None:
    QApplication.clipboard().setText("0210\t50 58.0N\r\n001 41.0E\n45pob")
    desk.presses("F4", "Ctrl+V")
    assert desk.line_text() == "0210 50 58.0N 001 41.0E 45pob"
    assert desk.sees_line("Position") == "50°58.00'N 001°41.00'E"

    QApplication.clipboard().setText(" bell\x07")
    desk.presses("Ctrl+V")
    assert "U+0007" in desk.line_message(), "what is pasted is all there: no pause is waited for"
    desk.presses("Return")
    assert desk.file_rows("SELECT count(*) FROM reports") == [(0,)]


# Recall


def test_up_and_down_recall_the_lines_committed(desk: Operator) -> None:
    other = "0228 50 58.789N 001 39.431E >A"
    desk.enters_line(R1_LINE)
    desk.enters_line(other)
    desk.types_line("half")

    seen = []
    for key in ("Up", "Up", "Up", "Down", "Down", "Down"):
        desk.presses(key)
        seen.append(desk.line_text())

    assert seen == [other, R1_LINE, R1_LINE, other, "half", "half"]


def test_the_lines_committed_are_recalled_after_the_next_start(desk: Operator, night: Path) -> None:
    desk.enters_line(R1_LINE)
    desk.closes()
    desk.opens(night)

    desk.presses("Up")

    assert desk.line_text() == R1_LINE
    assert desk.sees_line("Position") == "50°58.00'N 001°41.00'E"


# Ghosts


def test_a_ghost_stands_where_the_report_would(desk: Operator) -> None:
    desk.types_line(R1_LINE)
    ((label, position),) = desk.ghosts()
    assert label == "A"
    assert (position.lon_deg, position.lat_deg) == pytest.approx((R1.lon_deg, R1.lat_deg))

    desk.presses("Return")
    assert desk.ghosts() == []


def test_each_reading_has_a_ghost_with_its_number(desk: Operator) -> None:
    desk.types_line(ASKED)
    wait_until(desk.line_asks, "the line asks")
    assert [label for label, _ in desk.ghosts()] == ["1", "2"]
    desk.presses("Alt+1")
    assert [label for label, _ in desk.ghosts()] == ["A"]


def test_the_tool_s_ghost_and_the_line_s_show_together(desk: Operator) -> None:
    desk.types_line(R1_LINE)
    desk.begins_report("51 02.4N 001 50.3E")
    assert len(desk.ghosts()) == 2
    desk.presses("Escape")
    assert len(desk.ghosts()) == 1
    desk.presses("F4", "Escape")
    assert desk.ghosts() == []


def test_a_ghost_outside_the_view_is_told_and_shown_by_home(desk: Operator) -> None:
    canvas = desk.window.desk.canvas
    view = canvas.viewport
    desk.types_line("0210 49 30.0N 000 10.0W 12pob")
    assert canvas.viewport == view, "the chart does not move by itself"
    assert desk.sees_more_of_line("Position") == "outside the view"
    assert "Alt+Home shows it" in desk.line_message()

    desk.presses("Alt+Home")

    assert desk.sees_more_of_line("Position") == ""
    ((_, position),) = desk.ghosts()
    assert canvas.viewport.contains(position)
    assert desk.line_text() == "0210 49 30.0N 000 10.0W 12pob"


# What survives


def test_a_half_typed_line_is_offered_at_the_next_start(desk: Operator, night: Path) -> None:
    desk.types_line("0210 50 58.0N 001")
    desk.closes()
    desk.opens(night)

    assert desk.line_text() == "0210 50 58.0N 001"
    assert desk.line_message() == "Half-typed line kept from the last time."
    desk.types(" 41.0E")
    assert desk.line_text() == "0210 50 58.0N 001 41.0E"
    assert desk.line_message().startswith("Enter plots it")


def test_a_half_typed_line_survives_a_kill(
    operator: Operator, night: Path, other_desk: OtherDesk
) -> None:
    killed = other_desk(night)
    assert killed.stdin is not None
    assert killed.stdout is not None
    killed.stdin.write("type 0507 51 01.2N 001 44.\n")
    killed.stdin.flush()
    assert killed.stdout.readline() == "typed\n"

    os.kill(killed.pid, signal.SIGKILL)

    killed.wait()
    operator.opens(night)
    assert operator.line_text() == "0507 51 01.2N 001 44."
    assert operator.focus_name == "Plot line"
    assert operator.line_message() == "Half-typed line kept from the last time."
    operator.types("7E")
    assert operator.line_text() == "0507 51 01.2N 001 44.7E"


@pytest.mark.parametrize("key", ["Return", "Escape"])
def test_a_line_that_is_done_with_is_not_offered(desk: Operator, night: Path, key: str) -> None:
    desk.types_line(R1_LINE)
    desk.presses(key)
    desk.waits_until_saved()
    desk.closes()
    desk.opens(night)
    assert desk.line_text() == ""


def test_another_plot_does_not_get_the_line_of_this_one(desk: Operator, night: Path) -> None:
    other = night.parent / "other.gpkg"
    shutil.copy(night, other)
    desk.types_line("0210 of the night")
    desk.opens_by_menu(other)
    assert desk.line_text() == ""
    desk.types_line("0300 of the other")
    desk.opens_by_menu(night)
    assert desk.line_text() == "0210 of the night"
    desk.opens_by_menu(other)
    assert desk.line_text() == "0300 of the other"


def test_a_plot_that_is_read_only_says_why_there_is_no_typing(
    desk: Operator, night: Path, other_desk: OtherDesk
) -> None:
    desk.types_line("0210 half")
    desk.closes()
    other_desk(night)
    desk.opens(night)

    assert desk.line_text() == ""
    assert "for reading only" in desk.line_message()
    assert not desk.window.line.edit.isEnabled()
    assert desk.focus_name == "Chart"
    assert not desk.window.actions_by_id["plot_line"].isEnabled()


def test_the_line_says_whose_waters_a_position_is_in(desk: Operator) -> None:
    wait_until(lambda: desk.window.desk.waters.has_coast, "the coast is read")
    desk.types_line(R1_LINE)
    assert desk.sees_line("Waters") == (
        "French waters (1988 line, legal), boundary 6.23 NM 331.5°T"
    )
