"""Alerts at the desk, by keyboard: the list, the counter, the marks on the chart, the log."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester

from channelplot.analysis.alerts import alerts_of
from channelplot.chart.urgency import Urgency
from channelplot.commands.tracks import set_status
from channelplot.model.codes import TrackStatus
from channelplot.model.people import PeopleCount
from channelplot.settings import TEXT_SCALE_PERCENT, Settings, config_folder
from channelplot.ui.alert_counter import AlertCounter
from channelplot.ui.panels.alert_rows import AlertRows
from channelplot.ui.words.alert_text import alert_text, silence_text
from helpers.at_the_desk import OtherDesk
from helpers.builders import R2, USUAL, a_plot, a_report, a_track, at
from helpers.operator import Operator, wait_until
from helpers.plot_files import labels_in_log

A_LATE = "A: no contact for 47 min, due 0315Z"


@pytest.fixture
def desk(operator: Operator, night: Path) -> Operator:
    """Somebody who was told of A at 0245Z, of B at 0252Z, of the cutter at 0300Z."""
    operator.opens(night)
    operator.sets_clock("0245")
    operator.enters_line("50 58.0N 001 41.0E 45pob inflatable aircraft")
    operator.sets_clock("0252")
    operator.enters_line("new 51 02.4N 001 50.3E 22pob")
    operator.sets_clock("0300")
    operator.enters_line("new CUTTER-1 rescue_vessel 51 06.7N 001 20.6E")
    return operator


def listed(desk: Operator) -> list[str]:
    """The first lines of the alerts, as they show."""
    return [line.split("\n")[0] for line in lines_of(desk)]


def lines_of(desk: Operator) -> list[str]:
    """The alerts with what stands below each."""
    model = desk.table("Alerts").model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def counter(desk: Operator) -> str:
    """What the counter beside the clocks says, "" if it is not there."""
    (button,) = desk.window.findChildren(AlertCounter)
    return button.text() if button.isVisible() else ""


def on_chart(desk: Operator) -> dict[str, Urgency]:
    """The overdue boats that the chart marks, by name."""
    tracks = desk.window.desk.session.document.plot.tracks
    overdue = desk.window.desk.canvas.scene().overdue
    return {tracks[uid].name: urgency for uid, urgency in overdue.items()}


def test_an_empty_list_says_so_calmly_and_who_reports_next(desk: Operator) -> None:
    desk.presses("F7")
    assert not desk.table("Alerts").isVisible()
    assert desk.label_text("No alerts") == (
        "Nothing wants attention.\nThe next contact is due 0315Z, with A."
    )
    assert counter(desk) == ""


def test_overdue_boats_are_listed_counted_and_marked_most_urgent_first(desk: Operator) -> None:
    desk.presses("F7")
    desk.sets_clock("0314")
    assert listed(desk) == []
    desk.sets_clock("0332")
    assert lines_of(desk) == [
        f"{A_LATE}\nOverdue since 0315Z, not acknowledged",
        "B: no contact for 40 min, due 0322Z\nOverdue since 0322Z, not acknowledged",
        "CUTTER-1: no contact for 32 min, due 0330Z\nOverdue since 0330Z, not acknowledged",
    ]
    assert counter(desk) == "3 alerts"
    assert on_chart(desk) == dict.fromkeys(("A", "B", "CUTTER-1"), Urgency.STANDING)

    desk.sets_clock("0345")
    assert lines_of(desk)[0] == (
        "A: no contact for 1 h 00, due 0315Z\nUrgent: overdue since 0315Z, not acknowledged"
    )
    assert on_chart(desk)["A"] is Urgency.URGENT
    assert on_chart(desk)["B"] is Urgency.STANDING


def test_enter_acknowledges_by_name_and_goes_on_to_the_next(desk: Operator, night: Path) -> None:
    desk.sets_clock("0332")
    desk.names_operator("Officer Two")
    desk.presses("F7")
    assert desk.focus_name == "Alerts"
    desk.presses("Return")
    desk.waits_until_saved()

    assert listed(desk)[0].startswith("B:")
    assert desk.selected_rows("Alerts") == [0], "on to the most urgent one left"
    assert lines_of(desk)[-1] == (
        f"{A_LATE}\nAcknowledged 0332Z by Officer Two; overdue since 0315Z"
    )
    assert counter(desk) == "2 alerts"
    assert on_chart(desk)["A"] is Urgency.SEEN
    assert labels_in_log(night)[-1] == "acknowledge"
    assert desk.file_rows("SELECT acknowledged_by, alert FROM acknowledgements") == [
        ("Officer Two", "overdue")
    ]
    assert desk.sees_status("Done") == f"Acknowledged: {A_LATE}"

    desk.presses("Return", "Return")
    desk.waits_until_saved()
    assert counter(desk) == "3 acknowledged"
    desk.presses("Return")
    assert len(desk.file_rows("SELECT uid FROM acknowledgements")) == 3, "no act for what is seen"


def test_an_acknowledgement_is_undone_by_its_name_and_done_again(desk: Operator) -> None:
    desk.sets_clock("0332")
    desk.presses("F7", "Return")
    desk.waits_until_saved()
    assert "acknowledge" in desk.menu_texts("Edit")[0]
    assert "A" in desk.menu_texts("Edit")[0]

    desk.undoes()
    assert listed(desk)[0] == A_LATE
    assert counter(desk) == "3 alerts"
    desk.redoes()
    assert listed(desk)[-1] == A_LATE
    assert counter(desk) == "2 alerts"


def test_what_was_acknowledged_is_raised_again_after_an_interval(desk: Operator) -> None:
    desk.sets_clock("0320")
    desk.presses("F7", "Return")
    desk.sets_clock("0349")
    assert any("Acknowledged 0320Z" in line for line in lines_of(desk))
    desk.sets_clock("0350")
    assert "A: no contact for 1 h 05, due 0315Z\nOverdue since 0350Z, not acknowledged" in (
        lines_of(desk)
    )


def test_a_report_takes_the_alert_away_at_once(desk: Operator) -> None:
    desk.presses("F7")
    desk.sets_clock("0320")
    assert listed(desk) == ["A: no contact for 35 min, due 0315Z"]
    desk.enters_line(">A 50 58.8N 001 39.4E 0225Z")
    assert listed(desk) == [], "received now, whenever it was observed"
    assert counter(desk) == ""
    assert on_chart(desk) == {}


def test_the_boat_is_shown_on_the_chart_and_selected(desk: Operator) -> None:
    desk.sets_clock("0332")
    canvas, session = desk.window.desk.canvas, desk.window.desk.session
    selected = session.selection.uids
    desk.presses("F7", "Down")
    assert session.selection.uids == selected, "to look at an alert selects no boat"
    desk.presses("Ctrl+Return")
    track = session.selection.only_track(session.document.plot)
    assert track is not None
    assert track.name == "B"
    centre = canvas.viewport.centre
    assert (round(centre.lat_deg * 60, 1), round(centre.lon_deg * 60, 1)) == (3062.4, 110.3)

    desk.presses("Up")
    table = desk.table("Alerts")
    where = table.visualRect(table.currentIndex()).center()
    for click in (QTest.mouseClick, QTest.mouseDClick):
        click(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)
    track = session.selection.only_track(session.document.plot)
    assert track is not None
    assert track.name == "A"


def test_the_buttons_do_what_the_keys_do(desk: Operator) -> None:
    desk.presses("F7")
    panel = desk.window.panels.alerts
    desk.sets_clock("0320")
    assert panel.acknowledge_button.isEnabled()
    panel.acknowledge_button.click()
    assert not panel.acknowledge_button.isEnabled(), "it has been"
    panel.show_button.click()
    session = desk.window.desk.session
    assert session.selection.uids == {panel.model.rows[0].alert.entity_uid}


def test_the_selected_alert_stays_selected_while_others_come(desk: Operator) -> None:
    desk.presses("F7")
    desk.sets_clock("0322")
    desk.presses("F7", "Down")
    assert desk.selected_rows("Alerts") == [1]
    desk.sets_clock("0330")
    assert desk.selected_rows("Alerts") == [1]
    assert listed(desk)[1].startswith("B:")
    desk.enters_line(">A 50 58.8N 001 39.4E")
    assert listed(desk)[0].startswith("B:")
    assert desk.selected_rows("Alerts") == [0]


def test_what_becomes_urgent_meanwhile_is_told_without_moving_the_selection(
    desk: Operator,
) -> None:
    desk.sets_clock("0332")
    desk.presses("F7", "Down")
    assert listed(desk)[1].startswith("B:")
    assert not desk.window.panels.alerts.news.isVisible()
    desk.sets_clock("0345")
    assert desk.label_text("New alert") == ("New: A: no contact for 1 h 00, due 0315Z (F7)")
    assert desk.selected_rows("Alerts") == [1], "still B"
    desk.presses("F7")
    assert desk.selected_rows("Alerts") == [0]
    assert not desk.window.panels.alerts.news.isVisible(), "it is in sight now"


def test_what_is_urgent_already_when_one_comes_to_the_list_is_not_new(desk: Operator) -> None:
    desk.sets_clock("0345")
    desk.presses("F7")
    assert not desk.window.panels.alerts.news.isVisible()
    desk.presses("Down")
    desk.sets_clock("0346")
    assert not desk.window.panels.alerts.news.isVisible()


def test_nothing_takes_the_caret_from_who_types(desk: Operator) -> None:
    desk.types_line("0310 50 5")
    desk.sets_clock("0345")
    assert counter(desk) == "3 alerts"
    assert desk.focus_name == "Plot line"
    desk.types("9.0N 001 40.0E")
    assert desk.line_text() == "0310 50 59.0N 001 40.0E"


def test_a_click_on_the_counter_goes_to_the_list(desk: Operator) -> None:
    desk.sets_clock("0332")
    (button,) = desk.window.findChildren(AlertCounter)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_until(lambda: desk.focus_name == "Alerts", "the list has the keys")
    assert A_LATE in button.toolTip()


def test_it_is_heard_at_twice_the_interval_unless_it_is_turned_off(desk: Operator) -> None:
    beeps: list[int] = []
    desk.window.desk.lookout.beep_wanted.connect(lambda alerts: beeps.append(len(alerts)))
    desk.sets_clock("0344")
    assert beeps == []
    desk.sets_clock("0345")
    desk.sets_clock("0346")
    assert beeps == [1, 1]

    assert desk.menu_action("View", "Sound").isChecked()
    desk.takes_from_menu("View", "Sound")
    desk.sets_clock("0353")
    assert beeps == [1, 1]
    plot = desk.plot_path
    desk.closes()
    desk.opens(plot)
    assert not desk.menu_action("View", "Sound").isChecked(), "remembered"


def test_a_plot_open_for_reading_only_says_why_nothing_is_acknowledged(
    operator: Operator, night: Path, other_desk: OtherDesk
) -> None:
    operator.opens(night)
    operator.sets_clock("0245")
    operator.enters_line("50 58.0N 001 41.0E")
    operator.closes()
    other_desk(night)
    operator.opens(night)
    operator.window.banner.clear()
    operator.sets_clock("0332")
    operator.presses("F7", "Return")
    assert "for reading only" in operator.sees_banner()
    assert listed(operator) == [A_LATE]


def test_next_contacts_stand_in_the_tracks_panel(desk: Operator) -> None:
    assert desk.reads_column("Tracks", "Next") == ["0315Z", "0322Z", "0330Z"]
    desk.sets_clock("0327")
    assert desk.reads_column("Tracks", "Next") == ["+12 min", "+5 min", "0330Z"]
    desk.clicks_header("Tracks", "Next")
    assert desk.reads_column("Tracks", "Track") == ["A", "B", "CUTTER-1"]
    desk.enters_line(">A 50 58.8N 001 39.4E")
    assert desk.reads_column("Tracks", "Track") == ["B", "CUTTER-1", "A"]
    assert desk.reads_column("Tracks", "Next") == ["+5 min", "0330Z", "0357Z"]


def test_closed_boats_are_not_waited_for(desk: Operator) -> None:
    desk.sets_clock("0332")
    session = desk.window.desk.session
    (cutter,) = (t for t in session.document.plot.tracks.values() if t.name == "CUTTER-1")
    closed = TrackStatus.NOT_SMALL_BOAT
    session.document.apply(
        set_status(cutter.uid, closed, change_uid="1", at_utc=at("0332"), by="watch")
    )
    assert "CUTTER-1" not in on_chart(desk)
    assert counter(desk) == "2 alerts"
    row = desk.reads_panel("Tracks")[2]
    assert (row["Track"], row["Next"]) == ("CUTTER-1", "")


def test_the_list_keeps_qt_s_rules(desk: Operator, qtmodeltester: ModelTester) -> None:
    desk.presses("F7")
    model = desk.table("Alerts").model()
    assert isinstance(model, AlertRows)
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]
    desk.sets_clock("0322")
    desk.sets_clock("0345")
    desk.presses("F7", "Return")
    desk.undoes()
    desk.enters_line(f">A {R2.lat_deg:.5f}N {R2.lon_deg:.5f}E")
    assert len(listed(desk)) == 2


def test_rows_are_as_high_as_their_lines_need(desk: Operator) -> None:
    desk.sets_clock("0332")
    desk.presses("F7")
    table = desk.table("Alerts")
    lines = 2 * table.fontMetrics().lineSpacing()
    wait_until(lambda: table.rowHeight(0) < lines + 20, "both lines fit, and no more is taken")
    assert table.rowHeight(0) > lines
    table.window().resize(1120, 700)
    desk.window.panels.alerts_dock.setFixedWidth(240)
    wait_until(lambda: table.rowHeight(0) > 1.4 * lines, "what does not fit goes on below")


@pytest.mark.parametrize("percent", [100, 150])
def test_counter_and_clocks_have_their_room(operator: Operator, night: Path, percent: int) -> None:
    Settings(config_folder()).choose(TEXT_SCALE_PERCENT, percent)
    operator.opens(night)
    clocks, bar = operator.window.clocks, operator.window.menuBar()
    before = clocks.mapTo(bar, QPoint(0, 0))
    operator.sets_clock("0245")
    operator.enters_line("50 58.0N 001 41.0E")
    operator.sets_clock("0345")
    (button,) = operator.window.findChildren(AlertCounter)
    wait_until(lambda: button.width() >= button.sizeHint().width(), "the counter has its room")
    assert clocks.mapTo(bar, QPoint(0, 0)) == before, "nothing moves when it comes"
    for widget in (button, clocks):
        right = widget.mapTo(bar, QPoint(widget.width(), 0)).x()
        assert right <= bar.width()
        assert widget.width() >= widget.sizeHint().width()


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (47 * 60.0, "47 min"),
        (2 * 3600.0 + 7 * 60.0, "2 h 07"),
        (47 * 3600.0, "47 h 00"),
        (48 * 3600.0, "2 days"),
        (71 * 3600.0, "2 days"),
        (1000 * 3600.0, "41 days"),
    ],
)
def test_long_silences_are_told_in_days(seconds: float, text: str) -> None:
    assert silence_text(seconds) == text


@pytest.mark.parametrize(
    ("people", "words"),
    [
        (PeopleCount(total=8), "8 people are"),
        (PeopleCount(total=8, children=3), "8 people, 3 of them children, are"),
        (PeopleCount(total=1), "1 person is"),
    ],
)
def test_a_closed_boat_whose_people_are_unaccounted_for_says_so(
    desk: Operator, people: PeopleCount, words: str
) -> None:
    boat = a_track("L", (a_report("0200", people=people),), status=TrackStatus.RESCUED_ALL)
    plot = a_plot(boat)
    (alert,) = alerts_of(plot, at("0330"), USUAL)
    text = alert_text(alert, plot, desk.window.desk.lookout)
    assert text == f"L is closed as rescued (all), but {words} unaccounted for"
