"""The entry strip: which form shows, where the caret is, what is read back, Enter and Esc."""

from pathlib import Path

import pytest

from channelplot.ui.entry.report_form import ReportForm
from helpers.builders import R1, R2
from helpers.operator import Operator
from helpers.plot_files import labels_in_log


def report_form_of(desk: Operator) -> ReportForm:
    form = desk.window.findChild(ReportForm)
    assert form is not None, "it was made when it first showed"
    return form


@pytest.fixture
def desk(operator: Operator, night: Path) -> Operator:
    """Somebody at a desk with an empty plot open."""
    operator.opens(night)
    return operator


@pytest.mark.parametrize(
    ("key", "caret"), [("Alt+R", "Position"), ("Alt+B", "Name"), ("Alt+M", "To")]
)
def test_a_tool_taken_up_puts_the_caret_in_its_form(desk: Operator, key: str, caret: str) -> None:
    desk.plots(R1)
    desk.presses("Escape", "Alt+S")
    desk.selects("Reports", 0)

    desk.presses(key)

    assert desk.focus_name == caret


def test_a_tool_without_a_form_shows_none(desk: Operator) -> None:
    desk.takes_up("Report")
    assert desk.sees("Read-back")
    for tool in ("Select", "Pan", "Zoom to box"):
        desk.takes_up(tool)
        assert not desk.window.entry.bar.isVisible()


def test_tab_goes_through_the_fields_in_the_order_they_stand(desk: Operator) -> None:
    desk.takes_up("Report")
    order = [desk.focus_name]
    for _ in range(12):
        desk.presses("Tab")
        order.append(desk.focus_name)

    assert order == [
        "Position",
        "Time, UTC",
        "Track",
        "Kind",
        "Source",
        "Name of the source",
        "People",
        "Children",
        "People were",
        "Course °T",
        "Speed kn",
        "Grade",
        "As received",
    ]


@pytest.mark.parametrize("field", ["Time, UTC", "Track", "Kind", "Source", "People", "As received"])
def test_enter_plots_from_any_field(desk: Operator, field: str) -> None:
    desk.begins_report("50 58.0N 001 41.0E")
    while desk.focus_name != field:
        desk.presses("Tab")

    desk.presses("Return")

    assert desk.file_rows("SELECT count(*) FROM reports") == [(1,)]


def test_the_first_escape_empties_and_the_second_leaves(desk: Operator) -> None:
    desk.begins_report("50 58.0N 001 41.0E", words="seen")
    desk.presses("Escape")
    assert (desk.field_text("Position"), desk.field_text("As received")) == ("", "")
    assert desk.window.desk.canvas._overlay.shapes == ()

    desk.presses("Escape")

    assert not desk.window.entry.bar.isVisible()
    assert desk.focus_name == "Chart"
    assert desk.window.desk.toolbox.active.value == "select"


def test_escape_on_the_chart_does_the_same(desk: Operator) -> None:
    desk.begins_report("50 58.0N 001 41.0E")
    desk.window.desk.canvas.setFocus()

    desk.presses("Escape")
    assert desk.field_text("Position") == ""


def test_what_cannot_be_read_is_marked_and_said(desk: Operator) -> None:
    desk.begins_report("51 62.0N 001 41.0E")
    assert "“62.0” has 60 minutes or more; they go from 0 to 59.999" in desk.reads_back()
    assert desk.focus.property("wrong") is True

    desk.fills("Position", "51 02.0N 001 31.0E")
    assert desk.focus.property("wrong") is False
    assert desk.reads_back().startswith("51°02.00'N 001°31.00'E")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Click the chart"),
        ("50 58.0 001 41.0", "North or south"),
        ("50 58.0N 50 59.0N", "two latitudes"),
        ("95 00.0N 001 41.0E", "latitude goes to 90°"),
        ("half way over", "“half way over” is not read as a position"),
        ("50 58.0N 001 41.0E 51 00.0N 001 30.0E", "“51 00.0N 001 30.0E” is a second position."),
        ("50 nan", "“nan” is not a number."),
        ("01 41.0N 050 58.0E", "Latitude and longitude look swapped"),
    ],
)
def test_each_fault_of_a_position_has_its_sentence(desk: Operator, typed: str, said: str) -> None:
    desk.begins_report(typed)

    assert said in desk.reads_back()
    desk.presses("Return")
    assert labels_in_log(desk.plot_path) == ["new_plot"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("50 59 30N 001 37 00E", "50°59.50'N 001°37.00'E  ·  deg, min, seconds ±18 m  ·  "),
        ("31U DS 1855 5491", "51°02.40'N 001°50.30'E  ·  MGRS ±7 m  ·  "),
        ("023 CGN 7.2", "bearing, distance ±"),
        ("4 cables SW of Sandettie LV", "Sandettie LV  ·  "),
    ],
)
def test_a_position_is_read_in_the_form_it_is_given_and_says_which(
    desk: Operator, typed: str, read: str
) -> None:
    desk.plots("50 58.0N 001 41.0E")
    desk.begins_report(typed, track="no track")

    assert read in desk.reads_back()
    desk.presses("Return")
    kept = "SELECT as_received, error_m > 1.0 FROM reports ORDER BY fid"
    assert desk.file_rows(kept)[1] == (typed, 1)


@pytest.mark.parametrize(
    ("tool", "field"), [("Beach", "Position"), ("Mark", "Position"), ("Move", "To")]
)
def test_every_form_reads_every_form_of_a_position(desk: Operator, tool: str, field: str) -> None:
    desk.plots(R1)
    desk.selects("Reports", 0)
    desk.takes_up(tool)
    if tool != "Move":
        desk.fills("Name", "Here")
    if tool == "Mark":
        desk.fills("Code", "HERE")
    desk.fills(field, "31U DS 1855 5491")
    assert "51°02.40'N 001°50.30'E  ·  MGRS ±7 m" in desk.reads_back()

    desk.fills(field, "51 02.4 001 50.3")
    assert "North or south, east or west?" in desk.reads_back()
    assert desk.focus.property("wrong") is True
    desk.fills(field, "51 02.4N 001 50.3E")
    assert desk.focus.property("wrong") is False


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("0228", "0228Z"),
        ("0228Z", "0228Z"),
        ("02:28", "0228Z"),
        ("0328A", "0228Z"),
        ("0428B", "0228Z"),
        ("150228Z SEP 26", "0228Z"),
        ("2350", "2350Z  0050 UK  0150 FR  14 SEP 26, yesterday"),
        ("-12", "0248Z"),
    ],
)
def test_a_time_is_read_in_the_zone_it_is_given(desk: Operator, typed: str, read: str) -> None:
    desk.begins_report("50 58.0N 001 41.0E", time=typed)

    assert read in desk.reads_back()


@pytest.mark.parametrize(
    ("people", "children", "row"),
    [
        ("45", "", (45, None, 0)),
        ("45 est", "", (45, None, 1)),
        ("~45", "3", (45, 3, 1)),
        ("40+", "", (40, None, 1)),
        ("", "3", (None, 3, 0)),
    ],
)
def test_people_are_taken_as_told(
    desk: Operator, people: str, children: str, row: tuple[object, ...]
) -> None:
    desk.plots("50 58.0N 001 41.0E", people=people, children=children)

    assert desk.file_rows("SELECT total, children, is_estimate FROM people_counts") == [row]


def test_more_children_than_people_cannot_be_entered(desk: Operator) -> None:
    desk.begins_report("50 58.0N 001 41.0E", people="3", children="4")
    desk.presses("Return")
    assert labels_in_log(desk.plot_path) == ["new_plot"]


@pytest.mark.parametrize("kind", ["launch", "landing", "prevented attempt", "event"])
def test_a_report_of_another_kind_needs_no_position(desk: Operator, kind: str) -> None:
    desk.plots(None, kind=kind, words="told by telephone", track="no track")

    assert desk.file_rows("SELECT kind, geom, as_received FROM reports") == [
        (kind.split()[0], None, "told by telephone")
    ]


@pytest.mark.parametrize(
    "source", ["aircraft", "patrol", "ship", "camera", "radar", "phone", "partner"]
)
def test_every_source_is_stored(desk: Operator, source: str) -> None:
    desk.plots("50 58.0N 001 41.0E", source=source)

    ((stored,),) = desk.file_rows("SELECT source FROM reports")
    assert stored != "unknown"
    assert desk.reads_column("Reports", "Source") == [source]


def test_the_next_report_starts_from_nothing_but_the_track(desk: Operator) -> None:
    desk.plots("50 58.0N 001 41.0E", source="aircraft", source_name="X", kind="event", people="4")

    assert desk.focus_name == "Position"
    for name in ("Position", "Time, UTC", "Name of the source", "People", "As received"):
        assert desk.field_text(name) == ""
    desk.plots(R2)
    assert desk.file_rows("SELECT kind, source FROM reports ORDER BY fid")[1] == (
        "position",
        "unknown",
    )
    assert desk.file_rows("SELECT name FROM tracks ORDER BY fid") == [("A",), ("B",)]


def test_the_next_report_goes_on_with_a_track_that_was_chosen(desk: Operator) -> None:
    desk.plots("50 58.0N 001 41.0E")
    desk.sets_clock("0328")
    desk.plots(R2, track="A")
    desk.sets_clock("0400")
    desk.plots("50 59.5N 001 37.0E")
    assert desk.file_rows("SELECT count(*) FROM tracks") == [(1,)]


def test_a_selection_changes_the_track_of_an_empty_form_only(desk: Operator) -> None:
    desk.plots("50 58.0N 001 41.0E")
    desk.plots("51 02.4N 001 50.3E", track="new B, small boat")
    desk.selects("Tracks", 0)
    assert desk.choice("Track") == "A"

    desk.fills("Position", "51 00.0N 001 36.0E")
    desk.selects("Tracks", 1)
    assert desk.choice("Track") == "A", "what was begun stays with its track"


def test_the_mouse_can_do_what_enter_and_escape_do(desk: Operator) -> None:
    desk.begins_report("50 58.0N 001 41.0E")
    report_form_of(desk).commit_button.click()
    assert desk.file_rows("SELECT count(*) FROM reports") == [(1,)]
    desk.begins_report("50 58.0N 001 41.0E")
    report_form_of(desk).cancel_button.click()
    assert desk.field_text("Position") == ""
    desk.begins_report("45 00.0N 010 00.0E")
    report_form_of(desk).correct_it.click()
    assert desk.focus_name == "Position"
    report_form_of(desk).all_the_same.click()
    assert desk.file_rows("SELECT count(*) FROM reports") == [(2,)]


def test_people_are_plotted_as_counted_with_course_speed_and_grade(desk: Operator) -> None:
    desk.begins_report("51 02.3N 001 32.2E", people="47", children="7")
    desk.chooses("People were", "counted")
    for name, text in (("Course °T", "310"), ("Speed kn", "4,5"), ("Grade", "2c")):
        desk.fills(name, text)
    assert "47 counted, 7 children  ·  310.0°T  ·  4.5 kn  ·  grade 2C" in desk.reads_back()
    desk.presses("Return")

    assert desk.file_rows(
        "SELECT basis, total, course_deg, speed_kn, grade"
        " FROM reports JOIN people_counts ON report_uid = reports.uid"
    ) == [("counted", 47, 310.0, 4.5, "2C")]
    assert desk.choice("People were") == "reported", "for the next report"


def test_a_speed_of_nought_says_that_the_boat_will_be_adrift(desk: Operator) -> None:
    desk.begins_report("51 02.3N 001 32.2E")
    desk.fills("Speed kn", "4")
    assert "status" not in desk.reads_back()
    desk.fills("Speed kn", "0")
    assert "0 kn  ·  status: adrift" in desk.reads_back()
    desk.presses("Return")
    desk.waits_until_saved()

    acts = len(desk.file_rows("SELECT seq FROM edit_log"))
    assert desk.file_rows("SELECT status FROM tracks") == [("adrift",)]
    desk.presses("Ctrl+Z")
    desk.waits_until_saved()
    assert desk.reads_column("Tracks", "Track") == []
    assert len(desk.file_rows("SELECT seq FROM edit_log")) == acts + 1, "one undo"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("Course °T", "400", "The course is read in true degrees, 0 to 360."),
        ("Speed kn", "fast", "The speed is read in knots, such as 4.5."),
        ("Grade", "good", "A grade is a figure and a letter, such as 2C, or B2."),
    ],
)
def test_a_figure_that_is_none_is_marked_and_said(
    desk: Operator, name: str, text: str, said: str
) -> None:
    desk.begins_report("51 02.3N 001 32.2E")
    desk.fills(name, text)
    assert said in desk.reads_back()
    assert desk.focus.property("wrong") is True
    desk.presses("Return")
    assert labels_in_log(desk.plot_path) == ["new_plot"]
