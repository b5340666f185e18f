"""Finding: one box lists boats and reports alone that fulfil what is typed, and says so."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from channelplot.commands.claims import merge_tracks
from channelplot.commands.tracks import set_status
from channelplot.model.codes import TrackStatus
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from channelplot.tools.find import read_query
from channelplot.tools.query import FindContext
from channelplot.ui import find_bar
from channelplot.ui.panels.reports import LATE_COLUMN
from channelplot.ui.words.find_text import faults_text, understood_text
from helpers.builders import at
from helpers.night_boats import night_before_correction
from helpers.operator import Operator, wait_until


@pytest.fixture
def desk(operator: Operator, tmp_path: Path) -> Operator:
    """The desk at step 14 of the night; R3 with its words."""
    plot = night_before_correction()
    r3 = plot.report("r3")
    assert r3 is not None
    plot = plot.with_report(replace(r3, as_received="engine failing", caller="0612345678"))
    path = tmp_path / "step 14.gpkg"
    PlotFile.create(path, plot, ActRecord("new_plot", "plot", "", "watch", at("0100"))).close()
    operator.clock.set(at("0457"))
    operator.opens(path)
    return operator


def tracks(desk: Operator) -> list[str]:
    return desk.reads_column("Tracks", "Track")


def times(desk: Operator) -> list[str]:
    return desk.reads_column("Reports", "Time")


def looked_for(desk: Operator) -> str:
    return desk.window.finding.understood.text()


def test_nothing_of_it_shows_until_it_is_asked_for(desk: Operator) -> None:
    assert not desk.sees("Find")
    desk.presses("Ctrl+F")
    wait_until(lambda: desk.focus_name == "Find", "the caret is in the box")
    assert "0200-0400" in looked_for(desk), "how to begin"
    desk.presses("Escape")
    assert not desk.sees("Find")
    assert desk.focus_name == "Plot line", "the keys are where they were"


def test_boats_and_reports_are_found_together(desk: Operator) -> None:
    desk.finds("phone 0200-0400 >40 people")
    assert tracks(desk) == ["A"]
    assert times(desk) == ["0245Z"]
    assert looked_for(desk) == "“phone”  ·  0200Z to 0400Z  ·  more than 40 people"
    assert desk.label_text("Found") == "1 of 2 tracks  ·  1 of 7 reports"
    assert desk.window.panels.reports.count.text() == "1 of 7"
    assert desk.window.panels.reports.count.property("warning")


def test_escape_lists_everything_again(desk: Operator) -> None:
    desk.finds("engine")
    assert times(desk) == ["0245Z"]
    desk.presses("Escape")
    assert len(times(desk)) == 7
    assert not desk.window.panels.reports.count.property("warning")
    assert desk.focus_name == "Find", "once clears, twice leaves"
    desk.presses("Escape")
    assert not desk.sees("Find")


def test_show_all_is_a_button_too(desk: Operator) -> None:
    desk.finds("engine")
    button = desk.window.finding.close_button
    assert button.text() == "Show all"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(times(desk)) == 7
    assert not desk.sees("Find")
    assert desk.focus_name == "Plot line"


def test_what_is_not_understood_is_said(desk: Operator) -> None:
    desk.finds("status:blue")
    assert desk.label_text("Not understood") == "there is no status “blue”"
    assert tracks(desk) == []
    assert desk.window.finding.box.property("wrong")
    desk.finds("colour:engine")
    assert "“colour:” is no condition" in desk.label_text("Not understood")
    assert times(desk) == ["0245Z"]
    assert not desk.window.finding.box.property("wrong")
    desk.finds("status:")
    assert "adrift" in desk.label_text("Not understood"), "which there are"
    assert tracks(desk) == ["A", "B"]


def test_an_empty_list_says_so(desk: Operator) -> None:
    desk.finds("nowhere")
    empty = desk.window.panels.reports.empty
    assert empty.isVisible()
    assert empty.text() == "None of the 7 is listed."
    desk.presses("Escape")
    assert not empty.isVisible()


def test_enter_goes_to_the_first_boat_found(desk: Operator) -> None:
    desk.finds("boat:B")
    desk.presses("Return")
    assert desk.focus_name == "Tracks"
    assert desk.window.desk.session.selection.uids == {"boat-b"}
    assert desk.sees("Find"), "it stays while something is left out"


def test_down_goes_to_the_reports_where_no_boat_is_found(desk: Operator) -> None:
    desk.finds("unattributed")
    assert tracks(desk) == []
    desk.presses("Down")
    assert desk.focus_name == "Reports"
    assert desk.window.desk.session.selection.uids == {"r0"}


def test_what_is_selected_stays_so_though_it_is_left_out(desk: Operator) -> None:
    desk.selects("Reports", times(desk).index("0210Z"))
    before = desk.window.desk.session.selection.uids
    for text in ("engine", "status:adrift", "aircraft", "nowhere"):
        desk.finds(text)
        assert desk.window.desk.session.selection.uids == before
    desk.presses("Escape")
    assert desk.selected_rows("Reports") == [times(desk).index("0210Z")]


def test_an_act_is_found_or_left_out_at_once(desk: Operator) -> None:
    document = desk.window.desk.session.document
    desk.finds("status:adrift")
    assert tracks(desk) == []
    document.apply(
        set_status("boat-a", TrackStatus.ADRIFT, change_uid="s", at_utc=at("0457"), by="watch")
    )
    assert tracks(desk) == ["A"]
    assert len(times(desk)) == 5
    desk.enters_line("0458Z >A aircraft 51 02.3N 001 32.4E", 1)
    assert len(times(desk)) == 6
    desk.undoes(2)
    assert tracks(desk) == []
    assert times(desk) == []


def test_a_boat_is_found_by_the_name_it_was_merged_from(desk: Operator) -> None:
    desk.window.desk.session.document.apply(
        merge_tracks("boat-b", "boat-a", change_uid="m", at_utc=at("0457"), by="watch")
    )
    desk.finds("b")
    assert looked_for(desk) == "boat B"
    assert tracks(desk) == ["A"]
    assert desk.label_text("Found").startswith("1 of 1 tracks")
    desk.window.panels.tracks.merged.click()
    assert tracks(desk) == ["A", "B"]


def test_the_selected_track_s_reports_are_found_alone(desk: Operator) -> None:
    desk.selects("Tracks", 0)
    desk.window.panels.reports.of_track.click()
    desk.finds("aircraft")
    assert times(desk) == ["0340Z", "0210Z"]
    desk.window.panels.reports.of_track.click()
    desk.presses("Escape")
    assert len(times(desk)) == 7


def test_another_plot_is_listed_whole(desk: Operator, night: Path) -> None:
    desk.finds("engine")
    desk.opens_by_menu(night)
    wait_until(lambda: desk.plot_path == night, "the other plot shows")
    assert not desk.sees("Find")
    assert desk.window.panels.reports.found is None


def test_the_bar_is_not_there_at_the_next_start(desk: Operator) -> None:
    path = desk.plot_path
    desk.finds("engine")
    desk.closes()
    desk.opens(path)
    assert not desk.sees("Find")
    assert len(times(desk)) == 7


@pytest.mark.parametrize(
    ("text", "words", "faults"),
    [
        ("status:adrift", "status adrift", ""),
        ("status:res", "status rescued (all), rescued (part)", ""),
        ("source:phone", "source phone", ""),
        ("source:CUTTER-1", "source “CUTTER-1”", ""),
        ("kind:launch type:rhib craft:small", "kind launch  ·  type RHIB  ·  craft small boat", ""),
        ("grade:2c tel:0612", "grade 2C  ·  caller 0612", ""),
        ("A open", "boat A  ·  open", ""),
        ("closed unattributed", "closed  ·  unattributed", ""),
        (">0200", "from 0200Z on", ""),
        ("<0200", "up to 0200Z", ""),
        ("time:0200", "0200Z", ""),
        ("2300-0100", "142300Z to 150100Z", ""),
        ("children<=3", "at most 3 children", ""),
        ("people=45", "45 people", ""),
        ("people>=45 missing<2", "at least 45 people  ·  fewer than 2 missing", ""),
        ("boat:t", "boat T1, T2, T3, T4 and 1 more", ""),
        (">2500", "", "“>2500” is no time and no number of people"),
        ("people:x", "", "“x” is no number"),
        ("adrift time:x", "“adrift”", "“x” is no time and no number of people"),
        ("boat:Z", "", "there is no boat “Z”"),
    ],
)
def test_what_was_understood_is_said_in_words(
    qapp: object, text: str, words: str, faults: str
) -> None:
    boats = {"a": frozenset({"a"}), **{f"t{n}": frozenset({f"t{n}"}) for n in range(1, 6)}}
    query = read_query(text, FindContext(at("0457"), boats))
    assert understood_text(query, at("0457")) == words
    assert faults_text(query) == faults


# The Reports panel


def test_late_reports_say_how_late_they_came(desk: Operator) -> None:
    reports = desk.window.panels.reports
    assert reports.table.isColumnHidden(LATE_COLUMN), "no late one yet"
    desk.sets_clock("0457")
    desk.enters_line(">A 0130Z patrol launched 50 56.6N 001 45.1E told 0255Z")
    assert not reports.table.isColumnHidden(LATE_COLUMN)
    row = times(desk).index("0130Z")
    assert desk.reads_column("Reports", "Late")[row] == "+85 min"
    tip = str(reports.model.data(reports.model.index(row, 0), Qt.ItemDataRole.ToolTipRole))
    observed, received, logged = tip.splitlines()
    assert observed.startswith("Observed  150130Z SEP 26  0130Z  0230 UK  0330 FR")
    assert received.startswith("Received  150255Z SEP 26")
    assert received.endswith("+85 min")
    assert logged.startswith("Logged  150457Z SEP 26")


def test_unattributed_reports_have_their_list(desk: Operator) -> None:
    reports = desk.window.panels.reports
    assert reports.loose.text() == "Unattributed 1"
    reports.loose.click()
    assert times(desk) == ["0105Z"]
    assert reports.count.text() == "1 of 7"
    desk.selects("Tracks", 1)
    reports.of_track.click()
    assert not reports.loose.isChecked()
    assert times(desk) == ["0252Z"]
    reports.loose.click()
    assert not reports.of_track.isChecked()
    assert times(desk) == ["0105Z"]
    reports.loose.click()
    assert len(times(desk)) == 7
    desk.enters_line("0456Z >none aircraft 51 02.3N 001 32.4E")
    assert reports.loose.text() == "Unattributed 2"


def test_the_same_phone_and_the_grade_are_said(desk: Operator) -> None:
    desk.enters_line("0455Z >none same phone as 0345A 51 00.0N 001 36.0E grade 2C")
    reports = desk.window.panels.reports
    row = times(desk).index("0455Z")
    source = next(i for i, text in enumerate(desk.reads_panel("Reports")[0]) if text == "Source")
    index = reports.model.index(row, source)
    assert index.data() == "same phone as 0245Z (A) · phone · 2C"
    assert index.data(Qt.ItemDataRole.FontRole) is not None, "told of another boat: it stands out"
    tip = index.data(Qt.ItemDataRole.ToolTipRole)
    assert tip.splitlines() == [
        "phone · grade 2C",
        "Caller 0612345678",
        "same phone as 0245Z (A)",
    ]
    first = reports.model.index(times(desk).index("0245Z"), source)
    assert first.data() == "phone"
    assert first.data(Qt.ItemDataRole.ToolTipRole).splitlines() == [
        "phone",
        "Caller 0612345678",
        "same phone as 0455Z (no track)",
    ]


def test_a_search_that_takes_long_says_so_and_leaves_the_window_free(
    desk: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find_bar, "_AT_ONCE_S", 0.0)
    monkeypatch.setattr(find_bar, "_SEARCH_S", 0.0)  # one step at a time, until it is set free
    desk.presses("Ctrl+F")
    QTest.keyClicks(desk.window.finding.box, "engine")
    assert desk.label_text("Found").startswith("Searching: ")
    assert len(times(desk)) == 7, "nothing is left out before it is known to be"
    QTest.keyClick(desk.window.finding.box, Qt.Key.Key_Return)
    assert not desk.window.desk.session.selection.uids
    monkeypatch.setattr(find_bar, "_SEARCH_S", 1.0)
    wait_until(lambda: times(desk) == ["0245Z"], "what is found is listed")
    assert desk.window.desk.session.selection.uids, "Enter goes there as soon as it is"
    assert desk.label_text("Found") == "1 of 2 tracks  ·  1 of 7 reports"
