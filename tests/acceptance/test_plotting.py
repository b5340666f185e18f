"""Reports, beaches and moves, by mouse and keyboard, and taking them back."""

import math
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint

from channelplot.chart.overlay import DragLine, Ghost
from channelplot.geodesy.measure import distance_m
from channelplot.geodesy.text import position_text
from helpers.builders import R1, R2, R3, SANGATTE, ddm
from helpers.operator import COURSE, Operator, by_column
from helpers.plot_files import assert_conforms, assert_log_is_whole, labels_in_log

AT_SEA = ddm(51, 2.0, 1, 32.0)
WRECK = ddm(51, 0.0, 1, 28.0)


def test_a_click_and_enter_plot_a_report_now(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.sets_clock("0212")
    operator.takes_up("Report")
    where = operator.pointed_at(operator.pixel_of(R1))

    operator.plots(R1)

    ((lon_deg, lat_deg, form, observed),) = operator.file_rows(
        "SELECT r.minx, r.miny, position_form, observed_at_utc FROM reports"
        " JOIN rtree_reports_geom AS r ON r.id = fid"
    )
    assert (form, observed) == ("pointed", "2026-09-15T02:12:00.000Z")
    (report,) = operator.window.desk.session.document.plot.reports()
    assert report.position is not None
    assert distance_m(report.position, where) < 2.0
    assert isinstance(lon_deg, float)
    assert isinstance(lat_deg, float)
    assert math.isclose(lon_deg, report.position.lon_deg, abs_tol=1e-5)
    assert math.isclose(lat_deg, report.position.lat_deg, abs_tol=1e-5)


def test_a_click_puts_the_caret_in_the_time(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.takes_up("Report")
    assert operator.focus_name == "Position"

    operator.clicks(R1)

    assert operator.focus_name == "Time, UTC"
    (ghost,) = operator.window.desk.canvas._overlay.shapes
    assert isinstance(ghost, Ghost)
    assert distance_m(ghost.position, R1) < 500.0


def test_the_whole_report_is_taken_without_the_mouse(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.sets_clock("0245")

    operator.presses("Alt+R")
    operator.types("50 59.5N 001 37.0E")
    operator.presses("Tab")
    operator.types("0345A")
    operator.presses("Tab", "Tab", "Tab")
    assert operator.focus_name == "Source"
    operator.types("phone")
    operator.presses("Tab")
    operator.types("boy on board")
    operator.presses("Tab")
    operator.types("55")
    operator.presses("Tab")
    operator.types("10")
    operator.presses("Tab", "Tab", "Tab", "Tab")
    operator.types("2c")
    operator.presses("Tab")
    operator.types("engine failing")
    operator.presses("Return")
    operator.waits_until_saved()

    assert operator.file_rows(
        "SELECT observed_at_utc, source, source_name, people_total, people_children, grade,"
        " as_received FROM reports"
    ) == [("2026-09-15T02:45:00.000Z", "phone", "boy on board", 55, 10, "2C", "engine failing")]
    assert operator.focus_name == "Position", "ready for the next report"
    assert operator.field_text("Position") == ""


def test_reports_go_on_with_the_selected_track_or_a_new_one(
    operator: Operator, night: Path
) -> None:
    operator.opens(night)
    operator.plots(R1, time="0210")
    operator.plots(R2, time="0228", track="A")
    operator.plots("51 02.4N 001 50.3E", track="new B, small boat")
    operator.selects("Tracks", 0)
    operator.plots(R3)
    operator.plots("51 00.0N 001 20.0E", track="no track")
    operator.plots("51 06.7N 001 20.6E", track="new C, rescue vessel")

    names = operator.file_rows(
        "SELECT name, craft, (SELECT count(*) FROM reports WHERE track_uid = tracks.uid)"
        " FROM tracks ORDER BY fid"
    )
    assert names == [("A", "small_boat", 3), ("B", "small_boat", 1), ("C", "rescue_vessel", 1)]
    assert operator.file_rows("SELECT count(*) FROM reports WHERE track_uid IS NULL") == [(1,)]


def test_escape_stores_nothing(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.begins_report(R1, time="0100", people="45", words="seen")

    operator.presses("Escape")
    assert operator.field_text("Position") == ""
    assert operator.focus_name == "Position"
    operator.presses("Escape")

    assert operator.focus_name == "Chart"
    assert operator.file_rows("SELECT count(*) FROM reports") == [(0,)]
    assert labels_in_log(night) == ["new_plot"]


@pytest.mark.parametrize(
    "text",
    [
        "nan nan",
        "inf inf",
        "nanN infE",
        "50 nanN 001 41.0E",
        "51 62.0N 001 41.0E",
        "50 58.0N 001 60.0E",
        "91 00.0N 001 41.0E",
        "90 00.1N 001 41.0E",
        "50 58.0N 181 00.0E",
        "50 58.0N 180 00.1W",
        "50 58.0N 50 58.0N",
        "50 58.0 001 41.0",
        "50 58.0N",
        "1.47 51.05",
        "999999999 1N 1 1E",
        "50 58.0N 001 41.0E 12",
    ],
)
def test_what_is_no_position_cannot_be_entered(operator: Operator, night: Path, text: str) -> None:
    operator.opens(night)
    operator.begins_report(text)
    told = operator.reads_back()

    operator.presses("Return", "Alt+1", "Return")

    assert told
    assert operator.field_text("Position") == text
    assert operator.file_rows("SELECT count(*) FROM reports") == [(0,)]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("Time, UTC", "2460Z"),
        ("Time, UTC", "0260Z"),
        ("Time, UTC", "2500"),
        ("Time, UTC", "soon"),
        ("People", "-3"),
        ("People", "many"),
        ("People", "100000"),
        ("People", "1e3"),
        ("Children", "nan"),
    ],
)
def test_a_time_or_number_that_cannot_be_read_is_not_stored(
    operator: Operator, night: Path, field: str, text: str
) -> None:
    operator.opens(night)
    operator.begins_report("50 58.0N 001 41.0E")
    operator.fills(field, text)

    operator.presses("Return")

    assert operator.file_rows("SELECT count(*) FROM reports") == [(0,)]
    operator.fills(field, "")
    operator.presses("Return")
    assert operator.file_rows("SELECT count(*) FROM reports") == [(1,)]


def test_west_of_the_meridian_is_west(operator: Operator, night: Path) -> None:
    operator.opens(night)

    operator.plots("50 30.0N 000 00.0E", time="0200")
    operator.plots("50 30.0N 000 10.0W", time="0230", track="A")

    last = operator.reads_panel("Reports")[0]
    assert (last["Position"], last[COURSE], last["NM"]) == (
        "50°30.00'N 000°10.00'W",
        "270.1",
        "6.38",
    )


def test_a_beach_is_added_where_the_shore_is_clicked(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.takes_up("Beach")
    shore = ddm(51, 8.2, 1, 22.3)
    clicked = operator.pointed_at(operator.pixel_of(shore))

    operator.adds_beach("St Margaret", shore)

    assert operator.file_rows("SELECT name FROM beaches") == [("St Margaret",)]
    (beach,) = operator.window.desk.session.document.plot.beaches.values()
    assert distance_m(beach.position, clicked) < 2.0


def test_a_beach_of_the_register_brings_its_particulars(operator: Operator, night: Path) -> None:
    operator.opens(night)

    operator.picks_beach("Leffrinckoucke")

    ((name, commune, department, country, error_m),) = operator.file_rows(
        "SELECT name, commune, department, country, error_m FROM beaches"
    )
    assert (name, commune, department) == ("Leffrinckoucke", "Leffrinckoucke", "59")
    assert country
    assert error_m == 300.0
    assert "Leffrinckoucke" not in operator.choices("From the register"), "it is in the plot now"


def test_a_name_is_given_to_one_beach_only(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.adds_beach("Here", "50 56.6N 001 45.1E")
    operator.takes_up("Beach")
    operator.fills("Position", "50 53.4N 001 39.6E")
    operator.fills("Name", "Here")

    operator.presses("Return")

    assert "already" in operator.reads_back()
    assert operator.file_rows("SELECT count(*) FROM beaches") == [(1,)]


def test_nothing_moves_outside_the_move_mode(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.plots(R1)
    before = operator.file_rows("SELECT geom FROM reports")

    for tool in ("Select", "Pan", "Beach"):
        operator.takes_up(tool)
        operator.drags(R1, R3)
        operator.presses("Escape")

    assert operator.file_rows("SELECT geom FROM reports") == before
    assert labels_in_log(night) == ["new_plot", "start_track"]


def test_a_move_shows_old_and_new_and_is_done_at_enter(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.plots("50 58.0N 001 41.0E")
    before = operator.file_rows("SELECT geom FROM reports")
    operator.takes_up("Move")

    operator.drags(R1, AT_SEA)

    assert operator.label_text("From") == "50°58.00'N 001°41.00'E"
    assert operator.field_text("To").startswith("51°0")
    (line, ghost) = operator.window.desk.canvas._overlay.shapes
    assert isinstance(line, DragLine)
    assert isinstance(ghost, Ghost)
    assert (line.start, line.end) == (R1, ghost.position)
    assert operator.file_rows("SELECT geom FROM reports") == before, "not before Enter"

    operator.presses("Return")

    operator.waits_until_saved()
    (report,) = operator.window.desk.session.document.plot.reports()
    assert report.position is not None
    assert distance_m(report.position, AT_SEA) < 500.0
    assert labels_in_log(night)[-1] == "move_report"
    operator.undoes()
    assert operator.file_rows("SELECT geom FROM reports") == before


def test_a_move_that_is_left_moves_nothing(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.plots("50 58.0N 001 41.0E")
    operator.takes_up("Move")
    operator.drags(R1, AT_SEA)

    operator.presses("Escape", "Escape")

    assert labels_in_log(night) == ["new_plot", "start_track"]
    assert operator.reads_column("Reports", "Position") == ["50°58.00'N 001°41.00'E"]


def test_a_report_is_moved_to_where_it_is_typed(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.plots("50 58.0N 001 41.0E")
    operator.takes_up("Move")
    operator.types("50 58.789N 001 39.431E")
    assert "308.5°T 1.27 NM" in operator.reads_back()

    operator.presses("Return")

    operator.waits_until_saved()
    assert operator.reads_column("Reports", "Position") == ["50°58.79'N 001°39.43'E"]


def rename(operator: Operator) -> None:
    operator.renames_boat("Fishing boat")


def move(operator: Operator) -> None:
    operator.takes_up("Move")
    operator.types("51 01.0N 001 30.0E")
    operator.presses("Return")


def withdraw(operator: Operator) -> None:
    operator.takes_up("Select")
    operator.window.desk.canvas.setFocus()
    operator.withdraws("by mistake")


def selects_first_report(operator: Operator) -> None:
    operator.selects("Reports", len(operator.reads_panel("Reports")) - 1)


def selects_track(operator: Operator) -> None:
    operator.selects("Tracks", 0)


def clicks_beach(operator: Operator) -> None:
    operator.takes_up("Select")
    operator.clicks(SANGATTE)
    assert operator.window.desk.session.selection.uids


def clicks_mark(operator: Operator) -> None:
    operator.takes_up("Select")
    operator.clicks(WRECK)
    assert operator.window.desk.session.selection.uids


EVERY_ACT: list[tuple[str, Callable[[Operator], None], Callable[[Operator], None]]] = [
    ("add report", selects_track, lambda o: o.plots("51 01.0N 001 30.0E")),
    ("start track C", selects_track, lambda o: o.plots(R3, track="new C, small boat")),
    ("move report", selects_first_report, move),
    (
        "give reports to B",
        selects_first_report,
        lambda o: o.gives_report_to("B"),
    ),
    ("withdraw report", selects_first_report, withdraw),
    ("amend track Fishing boat", selects_track, rename),
    (
        "set status",
        selects_track,
        lambda o: o.takes_from_menu("Boat", "Status of the track", "adrift"),
    ),
    ("withdraw track", selects_track, withdraw),
    ("add beach Wissant", selects_track, lambda o: o.picks_beach("Wissant")),
    ("move beach", clicks_beach, move),
    ("withdraw beach", clicks_beach, withdraw),
    ("add mark W2", selects_track, lambda o: o.adds_mark("w2", "51 01.0N 001 27.0E")),
    ("amend mark WRK", selects_track, lambda o: o.amends_mark("WRK", Name="The wreck")),
    ("withdraw mark", clicks_mark, withdraw),
]


@pytest.mark.parametrize(("name", "prepare", "act"), EVERY_ACT, ids=[each[0] for each in EVERY_ACT])
def test_every_act_is_undone_and_redone_and_named(
    operator: Operator,
    night: Path,
    name: str,
    prepare: Callable[[Operator], None],
    act: Callable[[Operator], None],
) -> None:
    operator.opens(night)
    operator.plots(R1, time="0210", people="45")
    operator.plots(R2, time="0228", track="A")
    operator.plots("51 02.4N 001 50.3E", time="0240", track="new B, small boat")
    operator.adds_beach("Here", "50 56.6N 001 45.1E")
    operator.adds_mark("WRK", "51 00.0N 001 28.0E")
    prepare(operator)
    before, acts = standing(operator), labels_in_log(night)

    act(operator)
    after = standing(operator)
    assert after != before
    assert operator.menu_texts("Edit")[0].startswith(f"Undo {name}")
    operator.takes_from_menu("Edit", "Undo")
    assert standing(operator) == before
    assert operator.menu_texts("Edit")[1].startswith(f"Redo {name}")
    operator.takes_from_menu("Edit", "Redo")
    assert standing(operator) == after

    label = labels_in_log(night)[len(acts)]
    assert labels_in_log(night)[len(acts) :] == [label, f"undo.{label}", f"redo.{label}"]
    assert_log_is_whole(night)


def standing(operator: Operator) -> list[list[tuple[object, ...]]]:
    """All rows of the file that are not withdrawn, and what the panels show."""
    rows = [
        operator.file_rows(f"SELECT * FROM {table} WHERE withdrawn_at_utc IS NULL ORDER BY uid")
        for table in ("tracks", "reports", "beaches", "marks", "people_counts", "status_changes")
    ]
    shown = [
        tuple(row.values())
        for panel in ("Tracks", "Reports")
        if operator.sees(panel)
        for row in operator.reads_panel(panel)
    ]
    return [*rows, sorted(shown)]


def test_two_hundred_acts_and_more_are_undone_and_redone(operator: Operator, night: Path) -> None:
    count = 205
    operator.opens(night)
    operator.takes_up("Report")
    for number in range(count):
        operator.clock.advance(minutes=1)
        operator.presses("Ctrl+A")
        operator.puts(f"50 30.{number:03d}N 000 30.0E")
        operator.presses("Return")
    assert operator.file_rows("SELECT count(*) FROM reports") == [(count,)]
    full = operator.reads_panel("Reports")

    operator.undoes(count)

    assert operator.file_rows("SELECT count(*), count(withdrawn_at_utc) FROM reports") == [
        (count, count)
    ]
    assert not operator.menu_action("Edit", "Undo").isEnabled()
    operator.redoes(count)
    assert operator.reads_panel("Reports") == full
    assert operator.file_rows("SELECT count(withdrawn_at_utc) FROM reports") == [(0,)]
    assert not operator.menu_action("Edit", "Redo").isEnabled()
    operator.closes()
    assert len(labels_in_log(night)) == 1 + 3 * count
    assert_log_is_whole(night)
    assert_conforms(night)


def test_undo_right_after_enter_takes_the_report_back(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.presses("Alt+R")
    operator.types("50 58.0N 001 41.0E")
    operator.presses("Return")
    operator.waits_until_saved()

    operator.presses("Ctrl+Z")
    assert operator.file_rows("SELECT count(withdrawn_at_utc) FROM reports") == [(1,)]
    operator.presses("Ctrl+Shift+Z")
    assert operator.file_rows("SELECT count(withdrawn_at_utc) FROM reports") == [(0,)]
    operator.presses("Ctrl+Z", "Ctrl+Y")
    assert operator.file_rows("SELECT count(withdrawn_at_utc) FROM reports") == [(0,)]


def test_a_report_can_be_taken_again_after_its_track_was_undone(
    operator: Operator, night: Path
) -> None:
    operator.opens(night)
    operator.plots("50 58.0N 001 41.0E")
    operator.undoes()

    operator.types("50 58.789N 001 39.431E")
    assert operator.reads_back().endswith("to B"), "the name A was used"
    operator.presses("Return")

    assert operator.file_rows("SELECT name FROM tracks WHERE withdrawn_at_utc IS NULL") == [("B",)]


def test_undo_while_typing_takes_back_the_typing_only(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.plots(R1)
    operator.types("51 0")

    operator.presses("Ctrl+Z")

    assert labels_in_log(night) == ["new_plot", "start_track"]
    assert operator.field_text("Position") != "51 0"


def test_the_chart_and_the_panels_select_each_other(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.plots("50 58.0N 001 41.0E", time="0210")
    operator.plots("50 58.789N 001 39.431E", time="0228")
    operator.takes_up("Select")

    operator.clicks(R1)
    assert operator.selected_rows("Reports") == [1]
    operator.clicks(R2)
    assert operator.selected_rows("Reports") == [0]
    operator.clicks(R1, ctrl=True)
    assert operator.selected_rows("Reports") == [0, 1]

    operator.selects("Reports", 1)
    (uid,) = operator.window.desk.canvas.scene().selected_uids
    report = operator.window.desk.session.document.plot.report(uid)
    assert report is not None
    assert report.position == R1
    operator.clicks(QPoint(5, 5))
    assert operator.selected_rows("Reports") == []


def test_a_rubber_band_selects_what_is_inside(operator: Operator, night: Path) -> None:
    operator.opens(night)
    for where, time in ((R1, "0210"), (R2, "0228"), (R3, "0245")):
        operator.plots(where, time=time)
    operator.takes_up("Select")
    first, last = operator.pixel_of(R1), operator.pixel_of(R2)
    margin = QPoint(9, 9)

    operator.drags(
        QPoint(min(first.x(), last.x()), min(first.y(), last.y())) - margin,
        QPoint(max(first.x(), last.x()), max(first.y(), last.y())) + margin,
    )

    assert by_column(operator.reads_panel("Reports"), "Position")
    assert operator.selected_rows("Reports") == [1, 2]


def test_the_status_bar_tells_bearing_and_distance_from_the_report(
    operator: Operator, night: Path
) -> None:
    operator.opens(night)
    operator.sets_clock("0210")
    operator.plots("50 58.0N 001 41.0E")

    operator.points_at(R3)

    pointer = operator.pointed_at(operator.pixel_of(R3))
    assert operator.sees_status("Pointer position") == position_text(pointer)
    told = operator.sees_status("From the selected report")
    assert told.endswith("from A 0210Z")
    assert 299.0 < float(told.split("°T")[0]) < 303.0
