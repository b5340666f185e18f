"""Amending and withdrawing at the desk by keyboard, and putting back what was withdrawn."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from channelplot.commands.beaches import add_beach
from channelplot.commands.log_lines import add_log_line, withdraw_log_line
from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from channelplot.ui.entry.amend_form import AmendForm
from helpers.builders import a_beach, a_log_line, at
from helpers.night_boats import night_before_correction
from helpers.operator import Operator, wait_until

WORDS = "0345A 50 59 30N 001 37 00E 55 people 10 children engine failing"


@pytest.fixture
def desk(operator: Operator, tmp_path: Path) -> Operator:
    """The desk at step 14 of the night; R3 with its words."""
    plot = night_before_correction()
    r3 = plot.report("r3")
    assert r3 is not None
    plot = plot.with_report(replace(r3, as_received=WORDS, grade="2C"))
    path = tmp_path / "step 14.gpkg"
    PlotFile.create(path, plot, ActRecord("new_plot", "plot", "", "watch", at("0100"))).close()
    operator.clock.set(at("0457"))
    operator.opens(path)
    return operator


def selects(desk: Operator, time: str) -> None:
    desk.selects("Reports", desk.reads_column("Reports", "Time").index(time))


def begins_amending(desk: Operator, time: str) -> None:
    selects(desk, time)
    desk.presses("Ctrl+R")
    wait_until(lambda: desk.focus_name == "Observed", "the form is open")


def last_act(desk: Operator) -> tuple[object, ...]:
    sql = "SELECT label, operator, reason FROM edit_log ORDER BY seq DESC LIMIT 1"
    (row,) = desk.file_rows(sql)
    return row


# Amending


def test_old_and_new_are_shown_and_a_reason_is_needed(desk: Operator) -> None:
    begins_amending(desk, "0245Z")
    (form,) = (each for each in desk.window.entry.forms() if isinstance(each, AmendForm))
    assert form.heading.text() == "Amend 0245Z of A"
    assert desk.label_text("As received") == f"As received: “{WORDS}”"
    assert desk.field_text("People") == "55 (10 children)"
    before = len(desk.window.desk.session.document.acts)
    desk.types("0244Z")
    desk.fills("People", "45 est, 8 children")
    text = desk.reads_back()
    assert "Observed 0245Z → 0244Z" in text
    assert "People 55, 10 children → 45 est, 8 children" in text

    desk.presses("Return")
    assert desk.focus_name == "Why"
    assert desk.reads_back().startswith("Say why it is amended")
    assert len(desk.window.desk.session.document.acts) == before

    desk.types("misheard, read back by the caller")
    assert "0245Z → 0244Z" in desk.reads_back()
    desk.presses("Return")
    desk.waits_until_saved()
    assert not desk.sees("Observed"), "the form is left"
    assert desk.focus_name == "Reports", "the keys are where they were"
    label, _, reason = last_act(desk)
    assert (label, reason) == ("amend_report", "misheard, read back by the caller")
    assert "0244Z" in desk.reads_column("Reports", "Time")
    assert desk.file_rows("SELECT as_received FROM reports WHERE uid = 'r3'") == [(WORDS,)]
    desk.undoes()
    assert "0245Z" in desk.reads_column("Reports", "Time")


def test_the_tab_key_goes_through_the_fields_as_they_are_read(desk: Operator) -> None:
    begins_amending(desk, "0245Z")
    names = [desk.focus_name]
    while names[-1] != "Why":
        desk.presses("Tab")
        names.append(desk.focus_name)
    assert names == [
        "Observed", "Received", "Position", "Source", "Name of the source", "Caller", "Kind",
        "People", "Course °T", "Speed kn", "Grade", "Type of boat", "Why",
    ]  # fmt: skip


def test_what_is_chosen_in_boxes_is_amended_too(desk: Operator) -> None:
    begins_amending(desk, "0245Z")
    desk.chooses("Source", "ship")
    desk.chooses("Kind", "event")
    desk.chooses("Type of boat", "RHIB")
    text = desk.reads_back()
    for said in ("Source phone → ship", "Kind position → event", "Type of boat nothing → RHIB"):
        assert said in text
    desk.chooses("Type of boat", "not said")
    assert "RHIB" not in desk.reads_back()
    desk.fills("Why", "so")
    desk.presses("Return")
    assert desk.file_rows("SELECT source, kind, boat_type FROM reports WHERE uid = 'r3'") == [
        ("vessel", "event", None)
    ]


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("Observed", "2575", "is no time"),
        ("Observed", "", "A report has a time"),
        ("Received", "0100Z", "received before it was observed"),
        ("Position", "51 62.0N 001 30.0E", "60 minutes or more"),
        ("People", "many", "is not read as people"),
        ("Course °T", "400", "0 to 360"),
        ("Speed kn", "fast", "knots"),
        ("Grade", "Z9", "a figure and a letter"),
        ("Caller", "12", "is not read as a caller"),
    ],
)
def test_what_cannot_be_read_is_said_and_marked(
    desk: Operator, field: str, text: str, said: str
) -> None:
    begins_amending(desk, "0245Z")
    desk.fills(field, text)
    assert said in desk.reads_back()
    before = len(desk.window.desk.session.document.acts)
    desk.presses("Return")
    assert len(desk.window.desk.session.document.acts) == before


def test_what_is_doubtful_is_amended_all_the_same_with_alt_1(desk: Operator) -> None:
    begins_amending(desk, "0245Z")
    desk.fills("Position", "50 50.0N 002 30.0E")
    desk.fills("Why", "as given")
    assert "on land" in desk.reads_back()
    desk.presses("Return")
    assert desk.sees("Observed")
    desk.presses("Alt+1")
    desk.waits_until_saved()
    assert not desk.sees("Observed")
    assert last_act(desk)[0] == "amend_report"


def test_escape_clears_and_then_leaves(desk: Operator) -> None:
    begins_amending(desk, "0245Z")
    desk.types("0244Z")
    desk.presses("Escape")
    assert desk.field_text("Observed") == "0245Z"
    desk.presses("Escape")
    assert not desk.sees("Observed")
    assert desk.focus_name == "Reports"


def test_enter_without_a_change_leaves(desk: Operator) -> None:
    before = len(desk.window.desk.session.document.acts)
    begins_amending(desk, "0245Z")
    desk.presses("Return")
    assert not desk.sees("Observed")
    assert len(desk.window.desk.session.document.acts) == before


def test_positions_follow_the_desk_s_form(desk: Operator) -> None:
    begins_amending(desk, "0245Z")
    desk.presses("F6", "F6", "F6")
    assert desk.field_text("Position").startswith("31U DS")
    desk.presses("F6")


# Withdrawing


def test_two_keys_withdraw(desk: Operator) -> None:
    selects(desk, "0340Z")
    desk.presses("Ctrl+Delete", "Return")
    desk.waits_until_saved()
    assert desk.sees_banner() == "Withdrawn: report 0340Z of A. Ctrl+Z takes that back."
    assert "0340Z" not in desk.reads_column("Reports", "Time")
    assert desk.focus_name == "Reports"
    assert last_act(desk)[0] == "withdraw_report"
    desk.undoes()
    assert "0340Z" in desk.reads_column("Reports", "Time")


def test_the_reason_goes_into_the_log(desk: Operator) -> None:
    selects(desk, "0245Z")
    desk.withdraws("another boat's")
    assert last_act(desk)[0::2] == ("withdraw_report", "another boat's")


def test_who_would_no_longer_be_looked_for_is_said_and_why_is_asked(desk: Operator) -> None:
    selects(desk, "0245Z")
    desk.presses("Ctrl+Delete")
    lost = "8 people, 3 of them children, would no longer be looked for."
    assert f"{lost} Say why." in desk.reads_back()
    desk.types("told twice")
    assert desk.reads_back().count(lost) == 1
    assert "Say why." not in desk.reads_back()


def test_escape_withdraws_nothing(desk: Operator) -> None:
    selects(desk, "0245Z")
    before = len(desk.window.desk.session.document.acts)
    desk.presses("Ctrl+Delete")
    assert desk.label_text("What") == "report 0245Z of A"
    desk.presses("Escape")
    assert not desk.sees("What")
    assert len(desk.window.desk.session.document.acts) == before


@pytest.mark.parametrize(
    ("track", "what"), [(0, "track A with its 5 reports"), (1, "track B with its report")]
)
def test_a_track_goes_with_its_reports(desk: Operator, track: int, what: str) -> None:
    desk.selects("Tracks", track)
    desk.presses("Ctrl+Delete")
    assert desk.label_text("What") == what
    acts = len(desk.window.desk.session.document.acts)
    desk.presses("Return")
    assert len(desk.window.desk.session.document.acts) == acts, "people would be forgotten"
    desk.types("told twice")
    desk.presses("Return")
    desk.waits_until_saved()
    assert what in desk.sees_banner()


def test_the_keys_are_offered_for_what_is_selected(desk: Operator) -> None:
    actions = desk.window.actions_by_id
    assert not actions["amend_report"].isEnabled()
    assert "Select one report first." in actions["amend_report"].toolTip()
    assert not actions["withdraw"].isEnabled()
    desk.selects("Reports", 0)
    assert actions["amend_report"].isEnabled()
    assert actions["withdraw"].isEnabled()
    desk.selects("Reports", 3, ctrl=True)
    assert not actions["amend_report"].isEnabled(), "two reports"
    assert actions["withdraw"].isEnabled()


# The list of the withdrawn


def opens_list(desk: Operator) -> None:
    desk.presses("Ctrl+Shift+Delete")
    wait_until(lambda: desk.reads_panel("Withdrawn"), "the list is read")


def test_what_was_withdrawn_is_listed_and_restored(desk: Operator) -> None:
    selects(desk, "0245Z")
    desk.withdraws("another boat's")
    desk.sets_clock("0459")
    desk.selects("Tracks", 1)
    desk.withdraws("told twice")
    opens_list(desk)
    assert desk.focus_name == "Withdrawn"
    rows = desk.reads_panel("Withdrawn")
    assert [(row["What"], row["When"], row["Why"]) for row in rows] == [
        ("track B with its report", "0459Z", "told twice"),
        ("report 0245Z of A", "0457Z", "another boat's"),
    ]
    assert all(row["By"] for row in rows)

    desk.presses("Down", "Return")
    desk.waits_until_saved()
    assert last_act(desk)[0] == "restore_report"
    assert "Back in the plot: report 0245Z of A" in desk.sees_banner()
    assert "0245Z" in desk.reads_column("Reports", "Time")
    assert desk.window.desk.session.selection.uids == {"r3"}
    wait_until(lambda: len(desk.reads_panel("Withdrawn")) == 1, "it is no longer listed")
    assert desk.focus_name == "Withdrawn", "the next can be restored at once"

    desk.presses("Return")
    desk.waits_until_saved()
    assert desk.reads_column("Tracks", "Track") == ["A", "B"]
    desk.undoes()
    assert desk.reads_column("Tracks", "Track") == ["A"]
    wait_until(lambda: desk.reads_panel("Withdrawn"), "and withdrawn again")


def test_what_left_by_one_act_is_restored_together(desk: Operator) -> None:
    document = desk.window.desk.session.document
    document.apply(add_beach(a_beach("Oye", uid="oye")))
    before = document.plot
    selects(desk, "0245Z")
    desk.withdraws("another boat's")
    left = document.plot
    track_uid = next(uid for uid, track in before.tracks.items() if track.name == "B")
    desk.window.desk.session.selection.set(frozenset({track_uid, "oye"}))
    desk.withdraws("both by mistake")
    desk.waits_until_saved()
    opens_list(desk)
    assert len(desk.reads_panel("Withdrawn")) == 3

    desk.presses("Return")
    desk.waits_until_saved()

    assert last_act(desk)[0] == "restore_several"
    assert document.plot == left
    assert "beach Oye" in desk.sees_banner()
    assert "track B with its report" in desk.sees_banner()
    wait_until(lambda: len(desk.reads_panel("Withdrawn")) == 1, "what left before is still there")


def test_what_was_merely_undone_is_told_apart(desk: Operator) -> None:
    selects(desk, "0245Z")
    desk.withdraws("another boat's")
    desk.enters_line("0456Z new D aircraft 51 02.3N 001 40.0E")
    desk.presses("Escape")
    desk.undoes()
    opens_list(desk)
    rows = desk.reads_panel("Withdrawn")
    assert [(row["What"], row["Why"]) for row in rows] == [
        ("track D with its report", "undone"),
        ("report 0245Z of A", "another boat's"),
    ]
    panel = desk.window.panels.withdrawn
    panel.hide_undone.click()
    assert desk.reads_column("Withdrawn", "What") == ["report 0245Z of A"]
    assert panel.count.text() == "1 of 2"
    panel.hide_undone.click()
    desk.presses("Ctrl+Shift+Delete", "Up", "Return")
    desk.waits_until_saved()
    assert desk.reads_column("Tracks", "Track") == ["A", "B", "D"]


def test_everything_that_can_be_withdrawn_is_listed(desk: Operator) -> None:
    document = desk.window.desk.session.document
    line, beach = a_log_line("Radio check", uid="line"), a_beach("Oye", uid="oye")
    for command in (add_log_line(line), withdraw_log_line("line", "twice"), add_beach(beach)):
        document.apply(command)
    desk.waits_until_saved()
    desk.window.desk.session.selection.set(frozenset({"oye"}))
    desk.withdraws("told twice")
    opens_list(desk)
    assert desk.reads_column("Withdrawn", "What") == [
        "beach Oye",
        "line of the log “Radio check”",
    ]
    desk.presses("Down", "Return")
    desk.waits_until_saved()
    assert set(document.plot.log_lines) == {"line"}


def test_a_refusal_is_said_and_the_list_stays(desk: Operator) -> None:
    document = desk.window.desk.session.document
    document.apply(add_beach(a_beach("Oye", uid="one")))
    desk.window.desk.session.selection.set(frozenset({"one"}))
    desk.withdraws("told twice")
    document.apply(add_beach(a_beach("Oye", uid="two")))
    desk.waits_until_saved()
    opens_list(desk)
    desk.presses("Return")
    assert "Another has the name Oye by now" in desk.sees_banner()
    assert desk.reads_column("Withdrawn", "What") == ["beach Oye"]


def test_escape_puts_the_list_away(desk: Operator) -> None:
    selects(desk, "0245Z")
    desk.withdraws("told twice")
    opens_list(desk)
    desk.presses("Escape")
    assert not desk.window.panels.withdrawn.isVisible()
    assert desk.focus_name == "Reports"


def test_an_empty_list_says_what_it_is_for(desk: Operator) -> None:
    desk.presses("Ctrl+Shift+Delete")
    panel = desk.window.panels.withdrawn
    wait_until(panel.empty.isVisible, "the list is there")
    assert "Nothing is withdrawn" in panel.empty.text()
    assert not panel.restore_button.isEnabled()
    assert desk.focus_name == "Withdrawn"
    desk.presses("Return", "Escape")
    assert not panel.isVisible()


def test_the_list_is_there_after_a_restart(desk: Operator) -> None:
    path = desk.plot_path
    selects(desk, "0245Z")
    desk.withdraws("another boat's")
    desk.closes()
    desk.opens(path)
    opens_list(desk)
    assert desk.reads_column("Withdrawn", "Why") == ["another boat's"]


def test_a_file_that_cannot_be_read_is_said(
    desk: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = desk.plot_path

    def fails(_self: PlotFile) -> None:
        raise PlotFileError(PlotFileFault.NOT_FOUND, path)

    monkeypatch.setattr(PlotFile, "withdrawn", fails)
    desk.presses("Ctrl+Shift+Delete")
    wait_until(desk.sees_banner, "it is said")
    assert "There is no file" in desk.sees_banner()


def test_a_double_click_restores_too(desk: Operator) -> None:
    selects(desk, "0245Z")
    desk.withdraws("told twice")
    opens_list(desk)
    table = desk.table("Withdrawn")
    where = table.visualRect(table.model().index(0, 0)).center()
    for click in (QTest.mouseClick, QTest.mouseDClick):
        click(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)
    desk.waits_until_saved()
    assert "0245Z" in desk.reads_column("Reports", "Time")
