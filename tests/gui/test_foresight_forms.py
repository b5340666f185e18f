"""Stream and wind, watched approaches and what is read out of alerts, by keyboard."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QListWidget

from channelplot.model.codes import AlertCode
from channelplot.settings import TEXT_SCALE_PERCENT, Settings, config_folder
from channelplot.ui.entry.conditions_form import ConditionsForm
from channelplot.ui.entry.target_list import TargetButton
from channelplot.ui.entry_strip import Task
from channelplot.ui.panels.read_out import Language
from helpers.builders import at
from helpers.operator import Operator, wait_until
from helpers.plot_files import labels_in_log

A_LINES = (
    ("0210", "new 50 58.0N 001 41.0E 45pob inflatable aircraft"),
    ("0228", "50 58.79N 001 39.43E 40+pob vessel >A"),
    ("0245", "50 59 30N 001 37 00E 55pob 10 children phone >A"),
    ("0258", "new FERRY merchant 50 58.50N 001 44.50E 292/18 radar"),
)


@pytest.fixture
def desk(operator: Operator, night: Path) -> Operator:
    """Somebody at 0300Z who was told of A and the ferry, with A selected."""
    operator.opens(night)
    for clock, line in A_LINES:
        operator.sets_clock(clock)
        operator.enters_line(line)
    operator.sets_clock("0300")
    operator.picks_row("Tracks", "Track", "A")
    return operator


def settles(desk: Operator) -> None:
    """Wait until everything is worked out."""
    wait_until(lambda: desk.window.desk.foresight.is_settled, "all is predicted")


def offered(desk: Operator) -> list[str]:
    """Who can be watched, with keys and figures."""
    buttons = desk.window.findChildren(TargetButton)
    return [button.accessibleName() for button in buttons if button.isVisible()]


def alerts(desk: Operator, code: AlertCode) -> list[str]:
    """The rows of alerts of a kind as they show."""
    settles(desk)
    panel = desk.window.panels.alerts
    panel.show_alerts()
    return [f"{row.text}|{row.standing}" for row in panel.model.rows if row.alert.code is code]


def watched(desk: Operator) -> list[str]:
    """The watches that are listed in the form."""
    found = desk._named(QListWidget, "Watched now")
    return [found.item(row).text() for row in range(found.count())]


class TestWatchingAnApproach:
    def test_three_keys_watch_the_nearest(self, desk: Operator, night: Path) -> None:
        settles(desk)
        desk.presses("Ctrl+K")
        assert desk.focus_name == "Against"
        assert offered(desk) == ["1 FERRY 0.33 NM 0325Z, 25 min"]
        assert "Press the key" in desk.reads_back()
        desk.types("1")
        assert desk.reads_back() == (
            "FERRY: 0.33 NM 0325Z, 25 min  ·  An alert when they come within 1.00 NM in the next"
            " 30 min."
        )
        desk.presses("Return")
        desk.waits_until_saved()
        assert labels_in_log(night)[-1] == "watch_approach"
        assert desk.focus_name == "Tracks", "the keys are where they were"
        assert alerts(desk, AlertCode.CLOSEST_APPROACH) == [
            "A and FERRY: closest 0.33 NM at 0325Z (in 25 min)|Since 0300Z, not acknowledged"
        ]

    def test_the_arrows_and_a_click_pick_too(self, desk: Operator) -> None:
        settles(desk)
        desk.presses("Ctrl+K", "Down")
        assert desk.field_text("Against") == "1"
        desk.presses("Up")
        assert desk.field_text("Against") == "1"
        desk.presses("Escape")
        assert desk.field_text("Against") == ""
        (button,) = (b for b in desk.window.findChildren(TargetButton) if b.isVisible())
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert desk.field_text("Against") == "1"
        desk.presses("Escape", "Escape")
        assert not desk.sees("Against")

    def test_limits_are_typed_and_what_is_wrong_is_said(self, desk: Operator) -> None:
        settles(desk)
        desk.presses("Ctrl+K")
        desk.types("nobody")
        assert desk.reads_back() == "No boat is called nobody."
        desk.fills("Against", "FERRY")
        desk.fills("Nearer than, NM", "far")
        assert desk.reads_back().startswith("How near?")
        desk.fills("Nearer than, NM", "5 cables")
        desk.fills("Within, min", "400")
        assert desk.reads_back() == "Within how many minutes? 1 to 360."
        desk.fills("Within, min", "20")
        assert desk.reads_back().endswith("within 0.50 NM in the next 20 min.")
        desk.fills("Against", "A")
        assert desk.reads_back().startswith("A can't come close to itself.")

    def test_a_watch_in_force_is_replaced_or_ended(self, desk: Operator, night: Path) -> None:
        settles(desk)
        desk.presses("Ctrl+K")
        desk.types("1")
        desk.presses("Return")
        desk.waits_until_saved()
        desk.presses("Ctrl+K")
        desk.types("1")
        assert "In place of A and FERRY: 1.00 NM within 30 min." in desk.reads_back()
        desk.presses("Escape")
        assert watched(desk) == ["A and FERRY: 0.33 NM 0325Z, 25 min (1.00 NM, 30 min)"]
        desk.presses("Alt+X")
        assert desk.reads_back() == (
            "Enter ends the watch: A and FERRY: 1.00 NM within 30 min. Ctrl+Z takes that back."
        )
        desk.presses("Return")
        desk.waits_until_saved()
        assert labels_in_log(night)[-1] == "end_approach_watch"
        assert alerts(desk, AlertCode.CLOSEST_APPROACH) == []

    def test_all_watches_are_in_sight_and_any_of_them_is_ended(self, desk: Operator) -> None:
        ships = [f"SHIP-{number}" for number in range(3)]
        for number, name in enumerate(ships):
            desk.enters_line(f"new {name} merchant 51 0{number}.0N 001 40.0E 210/12 radar")
        for number, name in enumerate(["FERRY", *ships]):
            desk.clock.set(at("0300") + timedelta(seconds=number))
            desk.picks_row("Tracks", "Track", "A")
            settles(desk)
            desk.presses("Ctrl+K")
            desk.types(name)
            desk.presses("Return")
            desk.waits_until_saved()
        settles(desk)
        desk.window.resize(1280, 800)
        desk.presses("Ctrl+K")
        texts = watched(desk)
        assert [text.partition(":")[0] for text in texts] == [
            "A and SHIP-2", "A and SHIP-1", "A and SHIP-0", "A and FERRY"
        ]  # fmt: skip
        assert all(text.endswith(" (1.00 NM, 30 min)") for text in texts)
        found = desk._named(QListWidget, "Watched now")
        last = found.visualItemRect(found.item(len(texts) - 1))
        assert found.viewport().rect().contains(last.center()), "four rows are in sight"
        desk.presses("Tab", "Tab", "Tab")
        while desk.focus is not found:
            desk.presses("Tab")
        desk.presses("Down", "Down", "Alt+X")
        assert desk.reads_back().startswith("Enter ends the watch: A and SHIP-0: 1.00 NM")
        assert [item.text() for item in found.selectedItems()] == [texts[2]]
        desk.presses("Return")
        desk.waits_until_saved()
        desk.presses("Ctrl+K")
        assert watched(desk) == [texts[0], texts[1], texts[3]]

    def test_without_recent_positions_a_watch_says_so(self, desk: Operator) -> None:
        settles(desk)
        desk.presses("Ctrl+K")
        desk.types("1")
        desk.presses("Return")
        desk.waits_until_saved()
        desk.sets_clock("0930")
        settles(desk)
        desk.presses("Ctrl+K")
        assert watched(desk) == ["A and FERRY: no recent position (1.00 NM, 30 min)"]

    def test_a_closed_craft_is_not_watched_and_its_watch_is_idle(self, desk: Operator) -> None:
        settles(desk)
        desk.presses("Ctrl+K")
        desk.types("1")
        desk.presses("Return")
        desk.waits_until_saved()
        settles(desk)
        desk.presses("F8")
        said = desk.reads_back()
        assert said.startswith("A is watched against FERRY: closest 0.33 NM at 0325Z. Can't be")
        desk.fills("Answers for it", "Lt Roe")
        desk.fills("Why", "told so")
        assert desk.reads_back().startswith("A is watched against FERRY: closest 0.33 NM at 0325Z.")
        desk.presses("Return")
        desk.waits_until_saved()
        assert "It is no longer watched against FERRY." in desk.sees_banner()
        settles(desk)
        assert alerts(desk, AlertCode.CLOSEST_APPROACH) == []
        desk.picks_row("Tracks", "Track", "A")
        desk.presses("Ctrl+K")
        assert desk.reads_back() == "A is closed: it can't be watched before it is reopened."
        assert watched(desk) == ["A and FERRY: idle, A is closed (1.00 NM, 30 min)"]
        desk.presses("Escape", "Escape")
        desk.picks_row("Tracks", "Track", "FERRY")
        desk.presses("Ctrl+K")
        desk.types("A")
        assert desk.reads_back() == "A is closed: it can't be watched before it is reopened."

    def test_an_urgent_alert_is_told_of_before_a_boat_is_closed(self, desk: Operator) -> None:
        settles(desk)
        desk.sets_clock("0345")
        desk.presses("F8")
        assert "Urgent alert: A: no contact for 1 h 00, due 0315Z." in desk.reads_back()

    def test_without_a_craft_selected_there_is_a_reason(self, desk: Operator) -> None:
        desk.presses("Escape")
        desk.window.desk.session.selection.set(frozenset())
        desk.presses("Ctrl+K")
        assert desk.sees_banner() == "Select one craft first, or a report of it."
        assert not desk.sees("Against")

    def test_with_nobody_to_compare_it_says_so(self, desk: Operator) -> None:
        desk.sets_clock("0930")
        settles(desk)
        desk.presses("Ctrl+K")
        assert desk.reads_back().startswith("Nothing to compare A with")
        assert offered(desk) == []


class TestStreamAndWind:
    def test_they_are_typed_by_keys_alone(self, desk: Operator, night: Path) -> None:
        desk.sets_clock("0346")
        desk.presses("Ctrl+D")
        assert desk.focus_name == "Stream sets to/kn"
        assert "A stream sets TO, a wind blows FROM" in desk.reads_back()
        desk.types("060/1.9")
        desk.presses("Tab")
        assert desk.focus_name == "Wind blows from/kn"
        desk.types("290/14")
        desk.presses("Tab")
        assert desk.focus_name == "Leeway, %"
        assert desk.field_text("Leeway, %") == "4"
        desk.presses("Tab")
        desk.types("0245Z")
        desk.presses("Tab")
        desk.types("0515Z")
        assert desk.reads_back() == (
            "Adrift 0346Z: 070.7°T 2.30 kn  ·  holds 0245Z to 0515Z  ·  leeway 4 % of the wind:"
            " Enter confirms it"
        )
        desk.presses("Return")
        desk.waits_until_saved()
        assert "add_conditions" in labels_in_log(night), "the crossing may be logged after it"
        assert desk.file_rows(
            "SELECT stream_set_deg, stream_rate_kn, wind_from_deg, wind_speed_kn, leeway_percent,"
            " substr(valid_from_utc, 12, 5), substr(valid_until_utc, 12, 5) FROM conditions"
        ) == [(60.0, 1.9, 290.0, 14.0, 4.0, "02:45", "05:15")]
        assert not desk.sees("Leeway, %")

    def test_what_is_in_force_is_amended_or_withdrawn(self, desk: Operator, night: Path) -> None:
        desk.presses("Ctrl+D")
        desk.types("060/1.9")
        desk.presses("Return")
        desk.waits_until_saved()
        desk.presses("Ctrl+D", "Alt+I")
        assert desk.focus_name == "Stream sets to/kn"
        assert desk.field_text("Stream sets to/kn") == "060/1.9"
        assert desk.reads_back().endswith("as it is in the plot")
        desk.types("070/1.5")
        assert "070.0°T 1.50 kn" in desk.reads_back()
        desk.presses("Return")
        desk.waits_until_saved()
        assert labels_in_log(night)[-1] == "amend_conditions"
        desk.presses("Ctrl+D", "Alt+I", "Alt+X")
        assert desk.reads_back() == (
            "Enter withdraws 0300Z to 0530Z: stream 070°T 1.5 kn. Ctrl+Z takes that back."
        )
        desk.presses("Escape")
        assert "as it is in the plot" in desk.reads_back()
        desk.presses("Alt+X", "Return")
        desk.waits_until_saved()
        assert labels_in_log(night)[-1] == "withdraw_conditions"

    def test_the_next_tide_leaves_the_one_in_force_as_it_is(self, desk: Operator) -> None:
        desk.presses("Ctrl+D")
        desk.types("060/1.9")
        desk.presses("Tab")
        desk.types("290/14")
        desk.presses("Return")
        desk.waits_until_saved()
        desk.sets_clock("0500")
        desk.presses("Ctrl+D")
        form = desk.window.findChild(ConditionsForm)
        assert form is not None
        assert [edit.placeholderText() for edit in form.line_edits()[:2]] == ["060/1.9", "290/14"]
        assert desk.field_text("From, UTC") == "0530Z"
        assert desk.reads_back() == (
            "New stream or wind from 0530Z on  ·  in force: 060/1.9, 290/14, 4 %, until 0530Z"
            "  ·  Alt+I amends that one instead."
        )
        desk.types("240/1.4")
        said = desk.reads_back()
        assert "holds 0530Z to 0800Z" in said
        assert "in force: 060/1.9, 290/14, 4 %, until 0530Z" in said
        desk.presses("Return")
        desk.waits_until_saved()
        assert desk.file_rows(
            "SELECT stream_set_deg, substr(valid_from_utc, 12, 5), substr(valid_until_utc, 12, 5)"
            " FROM conditions ORDER BY fid"
        ) == [(60.0, "03:00", "05:30"), (240.0, "05:30", "08:00")]

    def test_amending_away_what_was_reckoned_is_asked(self, desk: Operator) -> None:
        desk.presses("Ctrl+D")
        desk.types("060/1.9")
        desk.presses("Return")
        desk.waits_until_saved()
        desk.sets_clock("0456")
        desk.presses("Ctrl+D", "Alt+I")
        desk.types("240/1.4")
        desk.fills("From, UTC", "0530Z")
        desk.fills("Until, UTC", "0800Z")
        assert desk.is_asked()
        assert desk.reads_back().startswith(
            "That takes them away from 1 h 56 that was reckoned with them: is it the next tide?"
            " Alt+I begins a new entry."
        )
        desk.presses("Return")
        assert desk.file_rows("SELECT stream_set_deg FROM conditions") == [(60.0,)]
        desk.presses("Alt+2")
        assert desk.focus_name == "From, UTC"
        desk.presses("Alt+I")
        assert desk.field_text("Stream sets to/kn") == ""
        assert not desk.is_asked()

    @pytest.mark.parametrize(
        ("fields", "said", "doubtful"),
        [
            ({"Stream sets to/kn": "060/19"}, "A stream of 19 kn?", "Stream sets to/kn"),
            ({"Wind blows from/kn": "290/140"}, "A wind of 140 kn?", "Wind blows from/kn"),
            (
                {"Wind blows from/kn": "290/14", "Leeway, %": "40"},
                "A leeway of 40 % of the wind?",
                "Leeway, %",
            ),
            (
                {"Stream sets to/kn": "060/1.9", "Until, UTC": "160200Z"},
                "One stream for 23 h 00?",
                "Until, UTC",
            ),
        ],
    )
    def test_what_is_not_likely_is_asked_and_taken_all_the_same(
        self, desk: Operator, fields: dict[str, str], said: str, doubtful: str
    ) -> None:
        desk.presses("Ctrl+D")
        for name, text in fields.items():
            desk.fills(name, text)
        assert desk.reads_back().startswith(said)
        desk.presses("Return")
        assert desk.file_rows("SELECT count(*) FROM conditions") == [(0,)]
        desk.presses("Alt+2")
        assert desk.focus_name == doubtful
        desk.presses("Alt+1")
        desk.waits_until_saved()
        assert desk.file_rows("SELECT count(*) FROM conditions") == [(1,)]

    def test_until_before_from_is_a_fault(self, desk: Operator) -> None:
        desk.presses("Ctrl+D")
        desk.types("060/1.9")
        desk.fills("Until, UTC", "0200Z")
        assert desk.reads_back().startswith("Conditions must end after they begin.")
        desk.presses("Return", "Alt+1")
        assert desk.file_rows("SELECT count(*) FROM conditions") == [(0,)]

    def test_a_new_one_is_started_and_names_what_it_replaces(self, desk: Operator) -> None:
        desk.presses("Ctrl+D")
        desk.types("060/1.9")
        desk.presses("Return")
        desk.waits_until_saved()
        desk.presses("Ctrl+D", "Alt+I")
        desk.chooses("New or in the plot", "new")
        box = desk._named(QComboBox, "New or in the plot")
        box.activated.emit(0)
        assert desk.field_text("Stream sets to/kn") == ""
        desk.fills("Stream sets to/kn", "080/1.2")
        assert desk.reads_back().endswith("in place of 0300Z to 0530Z: stream 060°T 1.9 kn")
        desk.chooses("For", "A only")
        desk._named(QComboBox, "For").activated.emit(1)
        assert "in place of" not in desk.reads_back()
        desk.fills("Source", "tidal atlas")
        desk.presses("Return")
        desk.waits_until_saved()
        assert desk.file_rows(
            "SELECT t.name, c.source FROM conditions AS c LEFT JOIN tracks AS t"
            " ON t.uid = c.track_uid ORDER BY c.fid"
        ) == [(None, ""), ("A", "tidal atlas")]
        desk.presses("Ctrl+D")
        assert desk.choice("For") == "A only"

    @pytest.mark.parametrize(
        ("field", "text", "said"),
        [
            ("Stream sets to/kn", "060", "A stream is where it sets to"),
            ("Wind blows from/kn", "14", "A wind is where it blows from"),
            ("Leeway, %", "much", "Leeway is a share"),
            ("Until, UTC", "soon", "soon"),
        ],
    )
    def test_what_can_t_be_read_is_said(
        self, desk: Operator, field: str, text: str, said: str
    ) -> None:
        desk.presses("Ctrl+D")
        desk.types("060/1.9")
        desk.fills(field, text)
        assert said in desk.reads_back()
        form = desk.window.findChild(ConditionsForm)
        assert form is not None
        assert not form.commit_button.isEnabled()

    def test_a_wind_without_leeway_is_refused_in_words(self, desk: Operator) -> None:
        desk.presses("Ctrl+D")
        desk.fills("Wind blows from/kn", "290/14")
        desk.fills("Leeway, %", "")
        assert "leeway" in desk.reads_back().lower()
        desk.fills("Leeway, %", "4")
        desk.fills("Stream sets to/kn", "")
        assert "110.0°T 0.56 kn" in desk.reads_back()

    def test_where_the_leeway_comes_from_is_in_the_tooltip(self, desk: Operator) -> None:
        desk.presses("Ctrl+D")
        form = desk.window.findChild(ConditionsForm)
        assert form is not None
        leeway = form.line_edits()[2]
        assert "assumption of this program" in leeway.toolTip()
        desk.types("060/1.9")
        desk.fills("Wind blows from/kn", "290/14")
        desk.fills("Leeway, %", "3.5")
        desk.presses("Return")
        desk.waits_until_saved()
        desk.presses("Ctrl+D")
        assert leeway.toolTip() == "Offered: 3.5 %, as given last in this plot"

    def test_nothing_is_cut_in_large_letters(self, operator: Operator, night: Path) -> None:
        Settings(config_folder()).choose(TEXT_SCALE_PERCENT, 150)
        operator.opens(night)
        operator.window.resize(1280, 800)
        operator.presses("Ctrl+D")
        form = operator.window.findChild(ConditionsForm)
        assert form is not None
        assert form.minimumSizeHint().width() <= 1280
        other = operator.window.entry._form(Task.APPROACH_WATCH)
        assert other.minimumSizeHint().width() <= 1280


class TestReadingOut:
    def test_the_selected_alert_shows_its_text_and_ctrl_c_copies_both(self, desk: Operator) -> None:
        settles(desk)
        desk.presses("F7")
        english = desk.label_text("To read out, English")
        assert english.startswith("INFORMATION. Boat A, course 301 degrees, speed 5 knots")
        assert not desk.sees("To read out, French"), "one at a time"
        text = desk.window.panels.alerts.read_out.text
        assert text is not None
        desk.presses("Ctrl+C")
        assert QGuiApplication.clipboard().text() == f"{english}\n\n{text.french}"
        assert desk.sees_status("Done").startswith("Copied: what is to be read out")

    def test_a_switch_shows_the_french(self, desk: Operator) -> None:
        settles(desk)
        desk.presses("F7")
        buttons = desk.window.panels.alerts.read_out.buttons
        buttons[Language.FRENCH].click()
        assert desk.label_text("To read out, French").startswith("INFORMATION. L'embarcation A")
        assert not desk.sees("To read out, English")
        desk.sets_clock("0302")
        assert desk.sees("To read out, French"), "it stays as time goes on"
        buttons[Language.ENGLISH].click()
        assert desk.sees("To read out, English")

    def test_an_overdue_boat_has_nothing_to_read_out(self, desk: Operator) -> None:
        settles(desk)
        desk.sets_clock("0315")
        desk.presses("F7")
        panel = desk.window.panels.alerts
        codes = [row.alert.code for row in panel.model.rows]
        panel.table.selectRow(codes.index(AlertCode.OVERDUE))
        assert not panel.read_out.isVisible()
        panel.copy_read_out()
        panel.table.selectRow(codes.index(AlertCode.WATERS_AHEAD))
        assert panel.read_out.isVisible()

    def test_the_arrows_go_on_to_the_french_and_back(self, desk: Operator) -> None:
        settles(desk)
        desk.window.resize(1280, 800)
        desk.presses("F7")
        read_out = desk.window.panels.alerts.read_out
        bar = read_out.area.verticalScrollBar()
        wait_until(lambda: bar.maximum() > 0, "there is more than fits")
        assert read_out.keys.text() == "→ more"
        desk.presses("Right")
        assert bar.value() > 0
        while read_out.keys.text() == "→ more":
            desk.presses("Right")
        assert read_out.keys.text() == "→ French"
        desk.presses("Right")
        assert (read_out.language, bar.value()) == (Language.FRENCH, 0)
        desk.presses("Left")
        assert read_out.language is Language.ENGLISH

    def test_the_selected_alert_and_the_buttons_stay_in_sight(self, desk: Operator) -> None:
        for number in range(3):
            desk.enters_line(f"new SHIP-{number} rescue_vessel 51 0{number}.0N 001 20.0E")
        desk.window.resize(1280, 800)
        desk.sets_clock("0332")
        settles(desk)
        desk.presses("F7")
        panel = desk.window.panels.alerts
        rows = [row.alert.code for row in panel.model.rows]
        assert len(rows) > 3, "more than fit beside a text"
        for number, code in enumerate(rows):
            panel.table.selectRow(number)
            if code is not AlertCode.WATERS_AHEAD:
                continue
            wait_until(panel.read_out.isVisible, "there is something to read out")
            desk.presses("Escape")
            row = panel.table.visualRect(panel.table.currentIndex())
            assert panel.table.viewport().rect().contains(row), "all of it"
            assert panel.acknowledge_button.isVisible()
            assert panel.show_button.isVisible()
            bottom = panel.buttons.geometry().bottom()
            assert bottom < panel.height(), "not below the panel's edge"

    def test_enter_acknowledges_and_ctrl_enter_shows_both_craft(
        self, desk: Operator, night: Path
    ) -> None:
        settles(desk)
        desk.presses("Ctrl+K")
        desk.types("1")
        desk.presses("Return")
        desk.waits_until_saved()
        settles(desk)
        desk.presses("F7")
        panel = desk.window.panels.alerts
        panel.show_alerts()
        codes = [row.alert.code for row in panel.model.rows]
        panel.table.selectRow(codes.index(AlertCode.CLOSEST_APPROACH))
        assert desk.label_text("To read out, English").startswith("FERRY, WARNING. Small boat")
        desk.presses("Ctrl+Return")
        session = desk.window.desk.session
        names = {session.document.plot.tracks[uid].name for uid in session.selection.uids}
        assert names == {"A", "FERRY"}
        desk.presses("F7")
        panel.table.selectRow(codes.index(AlertCode.CLOSEST_APPROACH))
        desk.presses("Return")
        desk.waits_until_saved()
        assert labels_in_log(night)[-1] == "acknowledge"
        (row,) = alerts(desk, AlertCode.CLOSEST_APPROACH)
        assert "Acknowledged 0300Z by" in row
