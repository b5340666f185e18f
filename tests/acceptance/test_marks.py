"""Marks of the desk's own, and the chart's corrected, from the key press to the file and back."""

from pathlib import Path

from channelplot.chart.renderers.marks import shown_marks
from channelplot.geodesy.measure import distance_m
from channelplot.geodesy.position import Position
from channelplot.model.beach import Mark
from channelplot.model.plot import Plot
from helpers.builders import R1, a_mark, ddm
from helpers.clock import FixedClock
from helpers.opened import open_plot
from helpers.operator import Operator, wait_until
from helpers.plot_files import assert_conforms, assert_log_is_whole, labels_in_log

GRIS_NEZ = ddm(50, 52.17, 1, 34.98)
WRECK = ddm(51, 0.0, 1, 28.0)
CGN_IN_THE_BOX = "CGN  Cap Gris-Nez"


def on_the_chart(operator: Operator, code: str) -> Mark | None:
    """The mark of a code as it is drawn in this view, None if none is."""
    canvas, document = operator.window.desk.canvas, operator.window.desk.session.document
    wait_until(lambda: canvas.scene().plot is document.plot, "the chart shows the plot")
    scene = canvas.scene()
    return next((mark for mark, _, _ in shown_marks(scene) if mark.code == code), None)


def position_of(mark: Mark | None) -> Position:
    assert mark is not None
    return mark.position


def test_a_mark_is_added_without_the_mouse(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.names_operator("Ann")

    operator.presses("Alt+K")
    assert operator.focus_name == "Code"
    operator.types("wrk-1")
    operator.presses("Tab")
    operator.types("Wreck of the night")
    operator.presses("Tab")
    operator.types("buoy")
    operator.presses("Tab")
    operator.types("51 00.0N 001 28.0E")
    assert operator.reads_back() == "51°00.00'N 001°28.00'E  ·  WRK-1  ·  new"
    operator.presses("Return")

    assert operator.file_rows(
        "SELECT code, name, kind, source, error_m, withdrawn_at_utc FROM marks"
    ) == [("WRK-1", "Wreck of the night", "buoy", "Ann", None, None)]
    assert labels_in_log(night)[-1] == "add_mark"
    assert operator.focus_name == "Code", "ready for the next"
    assert operator.field_text("Code") == ""
    assert_conforms(night)


def test_a_mark_of_the_chart_is_corrected_in_the_plot_and_only_there(
    operator: Operator, night: Path
) -> None:
    operator.opens(night)
    operator.takes_from_menu("View", "Zoom in")
    operator.pixel_of(GRIS_NEZ)
    of_chart = on_the_chart(operator, "CGN")
    assert of_chart is not None

    operator.amends_mark(CGN_IN_THE_BOX, Position="50 52.17N 001 34.98E")

    corrected = on_the_chart(operator, "CGN")
    assert corrected is not None
    assert (corrected.uid, corrected.name, corrected.kind) == (
        of_chart.uid, "Cap Gris-Nez", of_chart.kind,
    )  # fmt: skip
    assert corrected.position == GRIS_NEZ
    assert operator.file_rows("SELECT uid, code FROM marks") == [(of_chart.uid, "CGN")]
    operator.undoes()
    assert on_the_chart(operator, "CGN") == of_chart, "the chart's again"
    operator.redoes()
    operator.closes()
    operator.opens(night)
    assert position_of(on_the_chart(operator, "CGN")) == GRIS_NEZ
    operator.takes_up("Mark")
    assert operator.choices("New or existing")[:3] == ["new mark", "in the plot", CGN_IN_THE_BOX]
    assert operator.choices("New or existing").count(CGN_IN_THE_BOX) == 1


def test_a_mark_is_clicked_moved_and_read_back_before_enter(
    operator: Operator, night: Path
) -> None:
    operator.opens(night)
    operator.adds_mark("WRK", WRECK)
    placed = position_of(on_the_chart(operator, "WRK"))
    assert distance_m(placed, WRECK) < 200.0

    operator.clicks(placed)
    assert operator.choice("New or existing") == "WRK"
    assert operator.focus_name == "Position"
    assert "as it is in the plot" in operator.reads_back()
    operator.presses("Return")
    assert labels_in_log(night) == ["new_plot", "add_mark"], "nothing to do"

    operator.types("51 00.3N 001 28.0E")
    assert "amends WRK" in operator.reads_back()
    assert "NM from it" in operator.reads_back()
    operator.presses("Return")
    assert operator.file_rows("SELECT count(*) FROM marks") == [(1,)]
    assert on_the_chart(operator, "WRK") is not None
    assert position_of(on_the_chart(operator, "WRK")) == ddm(51, 0.3, 1, 28.0)


def test_a_slip_of_a_minute_is_asked_about(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.takes_up("Mark")
    operator.chooses("New or existing", CGN_IN_THE_BOX)
    operator.fills("Position", "50 53.1N 001 35.0E")
    assert operator.is_asked()
    assert "1.00 NM from where the mark was" in operator.reads_back()

    operator.presses("Return")
    assert labels_in_log(night) == ["new_plot"]
    operator.presses("Alt+2")
    assert operator.focus_name == "Position"
    operator.presses("Alt+1")

    assert operator.file_rows("SELECT code FROM marks") == [("CGN",)]


def test_what_is_wrong_with_a_code_is_said_and_marked(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.plots(R1)
    operator.adds_mark("WRK", "51 00.0N 001 28.0E")
    operator.fills("Position", "51 01.0N 001 28.0E")
    for code, words in (
        ("wrk", "Another mark has that code"),
        ("a", "A track has that name"),
        ("1A", "letters, digits and hyphens"),
        ("", "A code is needed"),
    ):
        operator.fills("Code", code)
        assert words in operator.reads_back()
        operator.presses("Return")
    assert operator.file_rows("SELECT count(*) FROM marks") == [(1,)]


def test_a_mark_is_selected_withdrawn_and_brought_back(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.adds_mark("WRK", "51 00.0N 001 28.0E")
    operator.takes_up("Select")
    operator.clicks(WRECK)

    operator.withdraws()

    assert operator.sees_banner() == "Withdrawn: mark WRK. Ctrl+Z takes that back."
    assert operator.file_rows("SELECT withdrawn_at_utc IS NOT NULL FROM marks") == [(1,)]
    assert on_the_chart(operator, "WRK") is None
    assert not operator.window.desk.session.selection.uids
    operator.undoes()
    assert operator.file_rows("SELECT withdrawn_at_utc FROM marks") == [(None,)]
    assert on_the_chart(operator, "WRK") is not None
    assert labels_in_log(night)[1:] == ["add_mark", "withdraw_mark", "undo.withdraw_mark"]
    assert_log_is_whole(night)


def test_escape_clears_the_form_and_then_leaves_it(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.takes_up("Mark")
    operator.types("WRK")
    operator.presses("Escape")
    assert operator.field_text("Code") == ""
    operator.presses("Escape")
    assert not operator.sees("New or existing")
    assert labels_in_log(night) == ["new_plot"]


def test_a_kind_that_another_program_wrote_is_shown_and_kept(
    operator: Operator, tmp_path: Path, clock: FixedClock
) -> None:
    silo = a_mark("SILO", WRECK, name="Silo", kind="grain silo")
    other = a_mark("LT", GRIS_NEZ, name="Light", kind="light")
    made = open_plot(Plot().with_mark(silo).with_mark(other), clock=clock, folder=tmp_path)
    made.document.close()
    operator.opens(made.document.path)
    operator.takes_up("Mark")
    kinds = operator.choices("Kind")

    operator.chooses("New or existing", "SILO  Silo")
    assert operator.choice("Kind") == "grain silo"
    operator.fills("Name", "The silo")
    operator.presses("Return")
    assert operator.file_rows("SELECT name, kind FROM marks WHERE code = 'SILO'") == [
        ("The silo", "grain silo")
    ]
    operator.chooses("New or existing", "LT  Light")
    assert operator.choice("Kind") == "light"
    assert operator.choices("Kind") == kinds, "nobody else is offered the other program's word"
    operator.chooses("New or existing", "new mark")
    assert operator.field_text("Code") == ""


def test_the_code_of_a_mark_of_the_chart_brings_its_name_along(
    operator: Operator, night: Path
) -> None:
    operator.opens(night)
    operator.takes_up("Mark")
    operator.fills("Code", "cgn")
    operator.fills("Position", "50 52.17N 001 34.98E")
    assert "Cap Gris-Nez" in operator.reads_back()
    assert "in place of the chart's CGN" in operator.reads_back()
    assert operator.choice("Kind") == "light"
    operator.presses("Return")
    assert operator.file_rows("SELECT code, name, kind FROM marks") == [
        ("CGN", "Cap Gris-Nez", "light")
    ]
