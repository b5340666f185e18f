"""The Watch log panel by keyboard: what is listed, filtered, looked at, written and amended."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QTextBrowser
from pytestqt.modeltest import ModelTester

from channelplot.commands.claims import merge_tracks
from channelplot.commands.reports import add_report, amend_report
from channelplot.store.geopackage import PlotFile
from helpers.builders import a_report, at
from helpers.clock import FixedClock
from helpers.opened import open_plot
from helpers.operator import Operator, by_column, wait_until

R1 = "50 58.0N 001 41.0E"
R2 = "50 58.789N 001 39.431E"
LOG = "Watch log"


@pytest.fixture
def watch(operator: Operator, night: Path) -> Operator:
    """Somebody who has plotted A at 0300Z, B at 0310Z, moved nothing, and stands in the log."""
    operator.opens(night)
    operator.enters_line(f"0255 {R1} 45 est grey hull")
    operator.sets_clock("0310")
    operator.enters_line(f"0310 {R2} 22pob >new")
    operator.sets_clock("0320")
    operator.enters_line("log relief at 0600")
    return operator


def goes_to_log(operator: Operator, *keys: str) -> None:
    operator.presses("Alt+W", *keys)
    assert operator.focus_name == LOG


def whole_act(operator: Operator) -> str:
    """What the area below the table says."""
    text = next(
        each
        for each in operator.window.findChildren(QTextBrowser)
        if each.accessibleName() == "Selected act, before and after"
    )
    return text.toPlainText()


def filters(operator: Operator, name: str, text: str) -> None:
    box = next(
        each
        for each in operator.window.panels.watch_log.findChildren(QLineEdit)
        if each.accessibleName() == name
    )
    box.setFocus()
    operator.presses("Ctrl+A", "Delete")
    operator.types(text)


def words(operator: Operator) -> list[str]:
    return operator.reads_column(LOG, "What")


def test_every_act_stands_in_it_the_latest_on_top(watch: Operator) -> None:
    goes_to_log(watch)
    rows = by_column(watch.reads_panel(LOG), "Time", "What")
    assert rows[0] == ("0320Z", "relief at 0600")
    assert rows[1][0] == "0310Z"
    assert rows[1][1].startswith("new boat B, report 0310Z plotted: 22")
    assert rows[2][0] == "0300Z"
    assert rows[2][1].startswith("new boat A, report 0255Z plotted: 45 est")
    assert rows[3][1] == "new plot"


def test_undoing_is_an_act_by_itself(watch: Operator) -> None:
    watch.undoes(2)
    watch.redoes()
    first, second, third = words(watch)[:3]
    assert first.startswith("done again: new boat B")
    assert second.startswith("undone: new boat B")
    assert third == "undone: relief at 0600"


def test_yesterday_s_acts_say_their_day(watch: Operator, clock: FixedClock) -> None:
    clock.set(at("2200"))
    watch.window.panels.watch_log.show_positions()
    assert watch.reads_column(LOG, "Time")[0] == "150320Z"


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        ("Filter", "grey", 1),
        ("Filter", "GREY hull", 1),
        ("Filter", "boat", 2),
        ("Filter", "relief grey", 0),
        ("From and until, UTC", "0305-0315", 1),
        ("From and until, UTC", "-0305", 1),
        ("From and until, UTC", "nonsense", 4),
    ],
)
def test_the_filters(watch: Operator, name: str, text: str, count: int) -> None:
    goes_to_log(watch)
    filters(watch, name, text)
    assert len(words(watch)) == count
    shown = "4" if count == 4 else f"{count} of 4"
    assert watch.label_text("Acts listed") == shown
    watch.presses("Escape")
    assert len(words(watch)) == 4


def test_an_interval_that_cannot_be_read_is_marked(watch: Operator) -> None:
    goes_to_log(watch)
    bar = watch.window.panels.watch_log.filter
    filters(watch, "From and until, UTC", "0305-x")
    assert bar.interval.property("wrong")
    filters(watch, "From and until, UTC", "0305-0310")
    assert not bar.interval.property("wrong")


@pytest.mark.parametrize(
    ("kind", "starts"),
    [
        ("Reports", ["new boat B", "new boat A"]),
        ("Boats", ["new boat B", "new boat A"]),
        ("People, closings", ["new boat B", "new boat A"]),
        ("Alerts", []),
        ("Log lines", ["relief"]),
        ("Every act", ["relief", "new boat B", "new boat A", "new plot"]),
    ],
)
def test_by_kind(watch: Operator, kind: str, starts: list[str]) -> None:
    goes_to_log(watch)
    watch.chooses("Kind of act", kind)
    found = words(watch)
    assert len(found) == len(starts)
    assert all(one.startswith(start) for one, start in zip(found, starts, strict=True))


def test_by_the_selected_boat_and_those_that_became_it(watch: Operator) -> None:
    session = watch.window.desk.session
    a, b = (track.uid for track in session.document.plot.tracks.values())
    session.document.apply(
        merge_tracks(b, a, change_uid="m", at_utc=at("0321"), by="watch", reason="the same hull")
    )
    watch.waits_until_saved()
    goes_to_log(watch)
    session.selection.set(frozenset({a}))
    button = watch.window.panels.watch_log.filter.of_boat
    button.click()
    assert len(words(watch)) == 3
    session.selection.set(frozenset({b}))
    assert [one[:10] for one in words(watch)] == ["boat B is ", "new boat B"]

    session.selection.set(frozenset())
    assert len(words(watch)) == 2, "with nothing selected it stays with the boat it was"
    button.click()
    assert len(words(watch)) == 5


def test_new_acts_come_on_top_and_only_if_they_pass(watch: Operator) -> None:
    goes_to_log(watch)
    filters(watch, "Filter", "relief")
    watch.enters_line("log relief is late")
    watch.enters_line("0315 50 58.1N 001 40.9E >A")
    assert words(watch) == ["relief is late", "relief at 0600"]


def test_the_selected_act_stays_selected_while_others_come(watch: Operator) -> None:
    goes_to_log(watch)
    assert "relief at 0600" in whole_act(watch)
    watch.enters_line("log another")
    assert watch.selected_rows(LOG) == [1]
    assert "relief at 0600" in whole_act(watch)


def test_what_stood_before_and_after_is_shown_below(watch: Operator) -> None:
    document = watch.window.desk.session.document
    goes_to_log(watch, "Down")
    said = whole_act(watch)
    assert said.startswith("150310Z SEP 26  0310Z  0410 UK  0510 FR")
    assert "50°58.79'N 001°39.43'E" in said
    assert "As received" in said
    watch.presses("F6")
    assert "50°58'47.3\"N 001°39'25.9\"E" in whole_act(watch)
    assert document.plot.tracks


def test_space_changes_between_the_log_and_the_whole_act(watch: Operator) -> None:
    panel = watch.window.panels.watch_log
    goes_to_log(watch)
    was_shown = panel.detail.isVisible()
    watch.presses("Space")
    assert panel.detail.isVisible() is not was_shown
    watch.presses("Space")
    assert panel.detail.isVisible() is was_shown


def test_markup_in_what_somebody_wrote_is_words(watch: Operator) -> None:
    watch.enters_line("log <b>bold</b> & <img src=x>")
    goes_to_log(watch)
    assert "<b>bold</b> & <img src=x>" in whole_act(watch)


def test_enter_shows_what_a_line_is_about(watch: Operator) -> None:
    session = watch.window.desk.session
    session.selection.set(frozenset())
    goes_to_log(watch, "Down", "Return")

    (uid,) = session.selection.uids
    report = session.document.plot.report(uid)
    assert report is not None
    assert session.selection.is_chosen
    centre = watch.window.desk.canvas.viewport.centre
    assert report.position is not None
    assert abs(centre.lat_deg - report.position.lat_deg) < 1e-6
    assert watch.focus_name == LOG


def test_enter_shows_a_beach(watch: Operator) -> None:
    watch.adds_beach_by_keys("Oye", "51 00.0N 002 02.0E")
    goes_to_log(watch, "Return")
    centre = watch.window.desk.canvas.viewport.centre
    assert (round(centre.lat_deg, 4), round(centre.lon_deg, 4)) == (51.0, 2.0333)


def test_what_is_gone_can_no_longer_be_shown(watch: Operator) -> None:
    goes_to_log(watch, "Return")
    assert "no longer, in the plot" in watch.sees_banner()


def test_looking_at_a_moved_report_does_not_change_the_filter(watch: Operator) -> None:
    session = watch.window.desk.session
    a, b = (track.uid for track in session.document.plot.tracks.values())
    session.selection.set(frozenset({a}))
    watch.window.panels.watch_log.filter.of_boat.click()
    report = replace(session.document.plot.tracks[a].reports[0], track_uid=b)
    session.document.apply(amend_report(report))
    watch.waits_until_saved()
    before = words(watch)
    goes_to_log(watch, "Return")
    assert session.selection.uids == {report.uid}
    assert words(watch) == before


# Writing


def test_ctrl_g_begins_a_line_of_the_log(watch: Operator) -> None:
    watch.presses("Alt+T", "Ctrl+G")
    assert (watch.focus_name, watch.line_text()) == ("Plot line", "log ")
    watch.types("CUTTER-1 fuelled")
    watch.presses("Return")
    watch.waits_until_saved()
    assert words(watch)[0] == "CUTTER-1 fuelled"


def test_ctrl_g_takes_nothing_away_that_is_half_typed(watch: Operator) -> None:
    watch.types_line("0325 50 58")
    watch.presses("Alt+T", "Ctrl+G")
    assert (watch.focus_name, watch.line_text()) == ("Plot line", "0325 50 58")
    assert "half typed" in watch.sees_banner()


def test_ctrl_g_goes_on_with_a_line_of_the_log(watch: Operator) -> None:
    watch.types_line("log CUTTER")
    watch.presses("Alt+T", "Ctrl+G")
    watch.types("-1")
    assert watch.line_text() == "log CUTTER-1"
    assert watch.sees_banner() == ""


def test_a_line_is_amended_with_a_reason(watch: Operator) -> None:
    goes_to_log(watch)
    watch.presses("Ctrl+R")
    assert (watch.focus_name, watch.field_text("Words")) == ("Words", "relief at 0600")
    watch.presses("Ctrl+A")
    watch.types("relief at 0700")
    watch.presses("Tab")
    watch.types("they called")
    watch.presses("Return")
    watch.waits_until_saved()

    assert watch.focus_name == LOG
    row = watch.reads_panel(LOG)[0]
    assert row["What"].endswith("words “relief at 0600” → “relief at 0700”")
    assert row["Why"] == "they called"
    assert watch.file_rows("SELECT text FROM log_lines") == [("relief at 0700",)]
    watch.undoes()
    assert watch.file_rows("SELECT text FROM log_lines") == [("relief at 0600",)]


def test_a_line_is_withdrawn_with_a_reason(watch: Operator) -> None:
    goes_to_log(watch)
    watch.presses("Ctrl+Delete")
    assert watch.focus_name == "Why"
    watch.types("wrong desk")
    watch.presses("Return")
    watch.waits_until_saved()

    row = watch.reads_panel(LOG)[0]
    assert (row["What"], row["Why"]) == ("withdrawn: log line “relief at 0600”", "wrong desk")
    goes_to_log(watch)
    watch.presses("Ctrl+R")
    assert watch.focus_name == LOG, "a line that is gone is not amended"


def test_an_act_is_neither_amended_nor_withdrawn(watch: Operator) -> None:
    document = watch.window.desk.session.document
    watch.selects("Tracks", 0)
    goes_to_log(watch, "Down")
    for key in ("Ctrl+R", "Ctrl+Delete", "Ctrl+Backspace"):
        watch.presses(key)
        assert "An act stays" in watch.sees_banner()
        assert watch.focus_name == LOG
    assert len(document.plot.tracks) == 2


def test_escape_leaves_a_line_as_it_was(watch: Operator) -> None:
    goes_to_log(watch)
    watch.presses("Ctrl+R")
    watch.types("!!")
    watch.presses("Escape")
    assert watch.field_text("Words") == "relief at 0600"
    watch.presses("Escape")
    assert watch.focus_name == LOG
    assert words(watch)[0] == "relief at 0600"


# The file


def test_the_log_is_exported(watch: Operator, tmp_path: Path) -> None:
    out = tmp_path / "night.csv"
    watch.chooses_file(out, lambda: watch.takes_from_menu("File", "Export the watch log"))
    wait_until(lambda: str(out) in watch.sees_banner(), "the log is exported")
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["seq"] for row in rows] == ["1", "2", "3", "4"]
    assert [row["words"] for row in rows] == words(watch)[::-1]
    assert all(len(row["hash"]) == 64 for row in rows)


def test_what_the_filter_shows_is_exported(watch: Operator, tmp_path: Path) -> None:
    out = tmp_path / "night.csv"
    goes_to_log(watch)
    filters(watch, "Filter", "boat")
    panel = watch.window.panels.watch_log
    assert panel.is_filtered
    watch.chooses_file(out, lambda: watch.takes_from_menu("File", "Export the watch log"))
    wait_until(lambda: str(out) in watch.sees_banner(), "the log is exported")
    with out.open(encoding="utf-8-sig", newline="") as file:
        assert [row["seq"] for row in csv.DictReader(file)] == ["2", "3"]


def test_an_export_that_fails_is_told_of(watch: Operator, tmp_path: Path) -> None:
    (tmp_path / "night.csv").mkdir()
    watch.window.logs.export.export(tmp_path / "night.csv")
    wait_until(lambda: "could not be written" in watch.sees_banner(), "the failure is told")


def test_a_plot_that_is_opened_brings_its_own_log(
    watch: Operator, tmp_path: Path, clock: FixedClock
) -> None:
    goes_to_log(watch)
    filters(watch, "Filter", "relief")
    folder = tmp_path / "other"
    folder.mkdir()
    opened = open_plot(watch.window.desk.session.document.plot, clock=clock, folder=folder)
    opened.document.apply(add_report(a_report("0200")))
    opened.document.close()

    watch.opens_by_menu(opened.store.path)

    assert [one[:15] for one in words(watch)] == ["report 0200Z pl", "new plot, carri"]
    watch.presses("Alt+T")
    watch.undoes()
    assert words(watch)[0].startswith("undone: report 0200Z")


def test_acts_of_a_plot_that_is_open_elsewhere_are_listed(operator: Operator, night: Path) -> None:
    held = PlotFile.open(night)
    try:
        operator.opens(night)
        assert words(operator) == ["new plot"]
        assert not operator.menu_action("Plot", "Write in the watch log").isEnabled()
    finally:
        held.close()


# The model


def test_the_model_keeps_qt_s_rules_while_the_log_grows(
    watch: Operator, qtmodeltester: ModelTester
) -> None:
    panel = watch.window.panels.watch_log
    qtmodeltester.check(panel.model, force_py=True)  # type: ignore[no-untyped-call]
    watch.enters_line("log one more")
    filters(watch, "Filter", "boat")
    watch.enters_line("log another boat")
    panel.model.reword()
    while panel.model.book.unread:
        panel.model.read_some(0.0005)
    assert len(words(watch)) == 3
    filters(watch, "Filter", "")
    assert len(words(watch)) == 6


def test_acts_that_are_worded_later_come_below(watch: Operator) -> None:
    panel = watch.window.panels.watch_log
    filters(watch, "Filter", "boat")
    whole = words(watch)
    panel.model.reword()
    assert words(watch) == []
    panel.show_count()
    assert watch.label_text("Acts listed") == "0, still reading"
    shown: list[list[str]] = []
    while panel.model.book.unread:
        panel.model.read_some(0.0)
        shown.append(words(watch))
    assert shown[-1] == whole
    assert all(whole[: len(part)] == part for part in shown)
