"""The Tracks and Reports panels: rows, order, filter, selection, and Qt's own test of models."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget
from pytestqt.modeltest import ModelTester

from channelplot.commands.reports import add_report
from helpers.builders import a_report, a_track
from helpers.operator import COURSE, TRACK, Operator, by_column

TIMES = ("0210", "0228", "0245", "0252")


@pytest.fixture
def two_boats(operator: Operator, night: Path) -> Operator:
    """Somebody who has plotted A three times and B once."""
    operator.opens(night)
    operator.plots("50 58.0N 001 41.0E", time="0210", people="45 est", source="aircraft")
    operator.plots("50 58.789N 001 39.431E", time="0228", words="white hull", track="A")
    operator.plots("50 59.5N 001 37.0E", time="0245", track="A")
    operator.plots(
        "51 02.4N 001 50.3E", time="0252", track="new B, small boat", people="22", children="3"
    )
    operator.presses("Escape")
    return operator


@pytest.mark.parametrize("panel", ["Tracks", "Reports"])
def test_the_model_keeps_qt_s_rules_while_the_plot_changes(
    operator: Operator, night: Path, qtmodeltester: ModelTester, panel: str
) -> None:
    operator.opens(night)
    model = operator.table(panel).model()
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]
    operator.plots("50 58.0N 001 41.0E", time="0210")
    operator.plots("50 58.789N 001 39.431E", time="0228", track="new B, small boat")
    operator.plots("50 59.5N 001 37.0E", time="0205", track="no track")
    operator.clicks_header(panel, "Track" if panel == "Tracks" else TRACK)
    operator.undoes(2)
    operator.redoes()
    operator.finds("B")
    assert len(operator.reads_panel(panel)) == 1


def test_the_latest_report_stands_first(two_boats: Operator) -> None:
    assert two_boats.reads_column("Reports", "Time") == ["0252Z", "0245Z", "0228Z", "0210Z"]


@pytest.mark.parametrize(
    ("title", "column", "up"),
    [
        ("Time", "Time", ["0210Z", "0228Z", "0245Z", "0252Z"]),
        (TRACK, TRACK, ["A", "A", "A", "B"]),
        ("Position", "Time", ["0210Z", "0228Z", "0245Z", "0252Z"]),
        ("NM", "NM", ["1.27", "1.69", "", ""]),
        ("kn", "kn", ["4.23", "5.98", "", ""]),
        (COURSE, COURSE, ["294.9", "308.5", "", ""]),
    ],
)
def test_a_column_sorts_both_ways(
    two_boats: Operator, title: str, column: str, up: list[str]
) -> None:
    header = two_boats.table("Reports").horizontalHeader()
    two_boats.clicks_header("Reports", title)
    if header.sortIndicatorOrder() is not Qt.SortOrder.AscendingOrder:
        two_boats.clicks_header("Reports", title)
    assert two_boats.reads_column("Reports", column) == up

    two_boats.clicks_header("Reports", title)
    assert header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
    assert two_boats.reads_column("Reports", column) == up[::-1]


def test_numbers_of_people_sort_as_numbers(operator: Operator, night: Path) -> None:
    operator.opens(night)
    for number, people in enumerate(("9", "45", "100")):
        operator.plots(f"50 58.{number}N 001 41.0E", time=f"02{number}0", people=people)
    operator.clicks_header("Reports", "People")
    rows = operator.reads_column("Reports", "People")
    operator.clicks_header("Reports", "People")
    assert {tuple(rows), tuple(operator.reads_column("Reports", "People"))} == {
        ("9", "45", "100"),
        ("100", "45", "9"),
    }


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("white", ["0228Z"]),
        ("WHITE hull", ["0228Z"]),
        ("a", ["0245Z", "0228Z", "0210Z"]),
        ("aircraft", ["0210Z"]),
        ("0252", ["0252Z"]),
        ("hull 0210", []),
        ("", ["0252Z", "0245Z", "0228Z", "0210Z"]),
    ],
)
def test_only_reports_that_hold_every_word_are_listed(
    two_boats: Operator, text: str, times: list[str]
) -> None:
    two_boats.finds(text)

    assert two_boats.reads_column("Reports", "Time") == times


def test_a_new_report_keeps_the_filter_and_the_order(two_boats: Operator) -> None:
    two_boats.finds("white")
    two_boats.plots("51 00.0N 001 36.0E", time="0255", words="white too", track="A")
    two_boats.plots("51 00.5N 001 35.0E", time="0257", words="grey", track="A")

    assert two_boats.reads_column("Reports", "As received") == ["white too", "white hull"]


def test_a_report_put_between_changes_the_leg_of_the_later_one(two_boats: Operator) -> None:
    before = two_boats.reads_panel("Reports")[1]
    two_boats.selects("Tracks", 0)

    two_boats.plots("50 59.0N 001 38.0E", time="0237")

    rows = two_boats.reads_panel("Reports")
    assert [row["Time"] for row in rows] == ["0252Z", "0245Z", "0237Z", "0228Z", "0210Z"]
    assert rows[1]["NM"] != before["NM"]
    assert rows[2]["NM"]


def test_a_selected_track_selects_in_both_panels_and_on_the_chart(two_boats: Operator) -> None:
    two_boats.selects("Tracks", 1)

    session = two_boats.window.desk.session
    (uid,) = session.selection.uids
    assert session.document.plot.tracks[uid].name == "B"
    assert two_boats.window.desk.canvas.scene().selected_uids == {uid}


def test_only_the_reports_of_the_selected_track_on_request(two_boats: Operator) -> None:
    two_boats.selects("Tracks", 1)
    button = two_boats.window.panels.reports.of_track
    button.click()
    assert two_boats.reads_column("Reports", TRACK) == ["B"]
    assert two_boats.window.panels.reports.count.text() == "1 of 4"

    two_boats.selects("Tracks", 0)
    assert two_boats.reads_column("Reports", TRACK) == ["A", "A", "A"]
    button.click()
    assert len(two_boats.reads_panel("Reports")) == 4


def test_several_rows_are_selected_with_ctrl_and_withdrawn(two_boats: Operator) -> None:
    two_boats.selects("Reports", 0)
    two_boats.selects("Reports", 2, ctrl=True)

    two_boats.withdraws("told twice")

    assert two_boats.reads_column("Reports", "Time") == ["0245Z", "0210Z"]
    assert "2 reports of A, B" in two_boats.sees_banner()
    two_boats.undoes()
    assert len(two_boats.reads_panel("Reports")) == 4


def test_a_double_click_brings_the_report_to_the_middle(two_boats: Operator) -> None:
    table = two_boats.table("Reports")
    table.doubleClicked.emit(_current(two_boats, 3))

    centre = two_boats.window.desk.canvas.viewport.centre
    assert (round(centre.lat_deg * 60, 2), round(centre.lon_deg * 60, 2)) == (3058.0, 101.0)


def _current(operator: Operator, row: int) -> object:
    table = operator.table("Reports")
    index = table.model().index(row, 0)
    table.setCurrentIndex(index)
    return index


def test_the_track_s_people_last_time_and_status(two_boats: Operator) -> None:
    assert by_column(two_boats.reads_panel("Tracks"), "Track", "People", "Last") == [
        ("A", "45 est", "0245Z"),
        ("B", "22", "0252Z"),
    ]
    two_boats.selects("Tracks", 0)
    two_boats.takes_from_menu("Boat", "Status of the track", "adrift")
    assert two_boats.reads_column("Tracks", "Status") == ["adrift", "reported"]


def test_names_sort_a_to_z_and_then_aa(operator: Operator, night: Path) -> None:
    operator.opens(night)
    session = operator.window.desk.session
    for name in ("AA", "B", "Ferry", "A", "AB", "Z"):
        track = a_track(name)
        session.document.apply(add_report(a_report(track_uid=track.uid), track))
    operator.waits_until_saved()

    shown = operator.reads_column("Tracks", "Track")
    assert shown == ["A", "B", "Z", "AA", "AB", "Ferry"]


def test_yesterday_s_reports_say_their_day(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.plots("50 58.0N 001 41.0E", time="140210Z SEP 26")
    operator.plots("50 59.0N 001 41.0E", time="0210Z")

    assert operator.reads_column("Reports", "Time") == ["0210Z", "140210Z"]


def test_an_empty_panel_says_what_to_do(operator: Operator, night: Path) -> None:
    operator.opens(night)
    assert operator.window.panels.tracks.empty.isVisible()
    assert "Report" in operator.window.panels.tracks.empty.text()
    operator.plots("50 58.0N 001 41.0E")
    assert not operator.window.panels.tracks.empty.isVisible()


def test_the_chart_has_two_thirds_of_a_small_window_whichever_panel_shows(
    operator: Operator, night: Path
) -> None:
    operator.opens(night)
    window = operator.window
    window.resize(1280, 800)
    window.panels.lay_out(window.size())
    for dock in window.findChildren(QDockWidget):
        window.panels.bring_forward(dock.objectName().removesuffix("_dock"))
        QTest.qWait(50)
        assert window.desk.canvas.width() >= 1280 * 2 / 3, dock.objectName()
