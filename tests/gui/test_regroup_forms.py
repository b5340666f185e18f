"""Moving a report to another boat, splitting and merging, through the window by keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from channelplot.chart.overlay import DragLine, Ghost, Shape
from channelplot.settings import TEXT_SCALE_PERCENT, Settings, config_folder
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from channelplot.ui.entry.difference_table import DifferenceTable
from channelplot.ui.entry.target_list import TargetButton
from channelplot.ui.line.fixed_text import FixedText
from helpers.at_the_desk import OtherDesk
from helpers.builders import R2, R3, R5, a_report, a_track, at, ddm
from helpers.night_boats import night_before_correction
from helpers.operator import Operator, wait_until
from helpers.plot_files import labels_in_log


@pytest.fixture
def night_file(tmp_path: Path) -> Path:
    """The plot of step 14: A with R1, R2, R3, R5, R6; B with R4."""
    path = tmp_path / "night.gpkg"
    act = ActRecord("new_plot", "plot", "", "watch", at("0412"))
    PlotFile.create(path, night_before_correction(), act).close()
    return path


@pytest.fixture
def desk(operator: Operator, night_file: Path) -> Operator:
    """Somebody at the desk at 0456Z with R3 selected in the Reports panel."""
    operator.clock.set(at("0456"))
    operator.opens(night_file)
    select(operator, "0245Z")
    return operator


def select(desk: Operator, *times: str) -> None:
    """Click the reports of these times in the Reports panel."""
    shown = desk.reads_column("Reports", "Time")
    for number, time in enumerate(times):
        desk.selects("Reports", shown.index(time), ctrl=number > 0)


def offered(desk: Operator) -> list[str]:
    """Key, name and fit of each target in sight."""
    buttons = desk.window.findChildren(TargetButton)
    return [button.accessibleName() for button in buttons if button.isVisible()]


def picked(desk: Operator) -> list[str]:
    """The targets that are shown as picked."""
    buttons = desk.window.findChildren(TargetButton)
    return [b.target.key for b in buttons if b.isVisible() and b.property("picked")]


def table_of(desk: Operator) -> DifferenceTable:
    """The table of what changes that is in sight."""
    (table,) = (t for t in desk.window.findChildren(DifferenceTable) if t.isVisible())
    return table


def shapes(desk: Operator) -> tuple[Shape, ...]:
    """What the chart shows of it."""
    return desk.window.desk.canvas._overlay.shapes


def tracks(desk: Operator) -> dict[str, list[str]]:
    """The tracks of the plot by name, with the uids of their reports, from the file."""
    rows = desk.file_rows(
        "SELECT t.name, r.uid FROM reports r JOIN tracks t ON t.uid = r.track_uid"
        " WHERE r.withdrawn_at_utc IS NULL ORDER BY t.name, r.observed_at_utc"
    )
    found: dict[str, list[str]] = {}
    for name, uid in rows:
        found.setdefault(str(name), []).append(str(uid))
    return found


def begins(desk: Operator, key: str, form: str) -> None:
    """Press the key of a task and wait for its form."""
    desk.presses(key)
    wait_until(lambda: desk.sees(form), f"the form with {form} shows")


# Moving


def test_a_report_goes_to_a_new_boat_in_three_keys(desk: Operator) -> None:
    before = desk.keys_pressed

    desk.presses("Ctrl+M", "N", "Return")

    assert desk.keys_pressed - before == 3
    assert tracks(desk) == {"A": ["r1", "r2", "r5", "r6"], "B": ["r4"], "C": ["r3"]}
    said = "0245Z moved from A to a new boat, C. Ctrl+Z takes that back."
    assert desk.sees_banner() == said
    assert labels_in_log(desk.plot_path)[1:] == ["give_reports"]
    rows = [desk.reads_panel("Reports")[row] for row in desk.selected_rows("Reports")]
    assert [(row["Time"], row["Trk"]) for row in rows] == [("0245Z", "C")]
    assert not desk.window.entry.bar.isVisible()
    desk.undoes()
    assert tracks(desk) == {"A": ["r1", "r2", "r3", "r5", "r6"], "B": ["r4"]}
    desk.redoes()
    assert tracks(desk)["C"] == ["r3"]


def test_before_enter_the_difference_of_both_boats_shows(desk: Operator) -> None:
    begins(desk, "Ctrl+M", "To")
    assert desk.focus_name == "To"
    assert offered(desk) == ["1 B needs 76 kn, not the same boat", "N new boat C", "U no boat"]
    assert table_of(desk).rows() == []
    assert not picked(desk)
    desk.presses("Return")
    assert labels_in_log(desk.plot_path) == ["new_plot"], "nothing is picked by itself"

    desk.types("n")

    assert picked(desk) == ["N"]
    assert table_of(desk).rows() == [
        {
            "": "A",
            "Reports": "5 → 4",
            "Run": "8.64 → 8.63 NM",
            "Mean speed": "4.25 → 4.24 kn",
            "People/children": "55/10 → 45",
            "Unaccounted": "8/3 → 0",
        },
        {
            "": "C, new",
            "Reports": "1",
            "People/children": "55/10",
            "Unaccounted": "55/10",
            "Last fix": "0245Z",
        },
    ]
    assert desk.reads_back() == "0245Z goes from A to a new boat, C."
    assert shapes(desk) == (DragLine(R2, R5), Ghost(R3))
    assert labels_in_log(desk.plot_path) == ["new_plot"]


def test_what_does_not_fit_is_asked_about_and_not_told_twice(desk: Operator) -> None:
    begins(desk, "Ctrl+M", "To")
    desk.types("b")

    assert desk.reads_back() == (
        "That needs 76.13 kn: not the same boat, or a wrong time?  0245Z goes from A to B."
        " 55 people, B had 22."
    )
    desk.presses("Return")
    assert "r3" in tracks(desk)["A"]
    desk.presses("Alt+2")
    assert desk.focus_name == "To"
    desk.presses("Alt+1")
    assert tracks(desk)["B"] == ["r3", "r4"]


def test_escape_forgets_what_was_typed_and_then_leaves(desk: Operator) -> None:
    begins(desk, "Ctrl+M", "To")
    desk.types("n")
    desk.presses("Escape")
    assert desk.field_text("To") == ""
    assert shapes(desk) == ()
    desk.types("n")
    desk.presses("Tab")
    assert desk.focus_name == "Why"
    desk.types("heard again")
    desk.presses("Escape", "Escape")
    assert not desk.sees("To")
    assert shapes(desk) == ()
    assert labels_in_log(desk.plot_path) == ["new_plot"]


def test_the_reason_goes_into_the_log(desk: Operator) -> None:
    begins(desk, "Ctrl+M", "To")
    desk.types("u")
    desk.presses("Tab")
    desk.types("the same phone as C")
    desk.presses("Return")
    rows = desk.file_rows("SELECT label, reason FROM edit_log ORDER BY seq DESC LIMIT 1")
    assert rows == [("give_reports", "the same phone as C")]
    assert desk.sees_banner() == "0245Z moved from A to no boat. Ctrl+Z takes that back."


def test_the_arrows_and_a_click_pick_too(desk: Operator) -> None:
    begins(desk, "Ctrl+M", "To")
    desk.presses("Down")
    assert picked(desk) == ["1"]
    desk.presses("Down")
    assert picked(desk) == ["N"]
    desk.presses("Up", "Up")
    assert picked(desk) == ["U"], "round from the first to the last"
    button = next(b for b in desk.window.findChildren(TargetButton) if b.target.key == "N")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert picked(desk) == ["N"]
    assert desk.focus_name == "To"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("7", "No boat stands at 7."),
        ("x", "No boat is called x."),
        ("cutter", "cutter may be CUTTER-1 / CUTTER-2: type more of it."),
        ("a", "It is there already."),
    ],
)
def test_what_picks_nothing_says_why(
    operator: Operator, tmp_path: Path, typed: str, said: str
) -> None:
    plot = night_before_correction()
    for name in ("CUTTER-1", "CUTTER-2"):
        plot = plot.with_track(a_track(name))
    act = ActRecord("new_plot", "plot", "", "watch", at("0412"))
    PlotFile.create(tmp_path / "night.gpkg", plot, act).close()
    operator.opens(tmp_path / "night.gpkg")
    select(operator, "0245Z")
    begins(operator, "Ctrl+M", "To")
    operator.types(typed)

    assert operator.reads_back() == said
    assert bool(operator.focus.property("wrong")) is (typed != "a")
    operator.presses("Return")
    assert labels_in_log(operator.plot_path) == ["new_plot"]


def test_a_report_of_no_boat_is_moved_alike(desk: Operator) -> None:
    select(desk, "0105Z", "0252Z")
    begins(desk, "Ctrl+M", "To")
    assert desk.label_text("What") == "2 reports of no boat and B, 0105Z to 0252Z"
    desk.types("n")
    assert desk.reads_back() == (
        "2 reports, 0105Z to 0252Z, go from B and no boat to a new boat, C."
        " B is left without reports."
    )


def test_another_selection_is_taken_up_while_nothing_is_typed(desk: Operator) -> None:
    begins(desk, "Ctrl+M", "To")
    assert desk.label_text("What") == "0245Z of A"
    desk.clicks(R5)
    assert desk.label_text("What") == "0340Z of A"
    desk.presses("Ctrl+M")
    desk.types("n")
    desk.clicks(R3)
    assert desk.label_text("What") == "0340Z of A", "something is typed"


def test_undo_in_an_empty_form_is_the_plots(desk: Operator) -> None:
    desk.presses("Ctrl+M", "N", "Return")
    desk.waits_until_saved()
    begins(desk, "Ctrl+M", "To")
    desk.undoes()
    assert "C" not in tracks(desk)
    assert desk.label_text("What") == "0245Z of A"


# What is offered


def test_each_is_offered_for_what_is_selected(desk: Operator) -> None:
    actions = desk.window.actions_by_id

    def available() -> list[str]:
        ids = ("move_to_boat", "split_track", "merge_tracks")
        return [action_id for action_id in ids if actions[action_id].isEnabled()]

    assert available() == ["move_to_boat", "split_track", "merge_tracks"]
    select(desk, "0105Z")
    assert available() == ["move_to_boat"]
    select(desk, "0245Z", "0252Z")
    assert available() == ["move_to_boat"]
    desk.selects("Tracks", 0)
    assert available() == ["merge_tracks"]
    assert "Select one or several reports first." in actions["move_to_boat"].toolTip()
    desk.presses("Alt+S")
    desk.window.desk.canvas.setFocus()
    desk.presses("Escape")
    assert available() == []
    assert "Select one of the two boats first" in actions["merge_tracks"].toolTip()


def test_nothing_is_offered_for_a_plot_that_is_open_elsewhere(
    operator: Operator, night_file: Path, other_desk: OtherDesk
) -> None:
    other_desk(night_file)
    operator.opens(night_file)
    select(operator, "0245Z")
    for action_id in ("move_to_boat", "split_track", "merge_tracks"):
        action = operator.window.actions_by_id[action_id]
        assert not action.isEnabled()
        assert "This plot is open for reading only." in action.toolTip()


# Splitting


def test_this_and_all_later_reports_become_another_boat(desk: Operator) -> None:
    begins(desk, "Ctrl+T", "Which go")
    assert desk.focus_name == "Which go"
    assert desk.choice("Which go") == "this and all later (3)"
    assert desk.label_text("What") == "3 reports of A, 0245Z to 0412Z"
    assert desk.reads_back() == "3 reports, 0245Z to 0412Z, go from A to a new boat, C."
    a, c = table_of(desk).rows()
    assert (a["Reports"], a["Run"], a["Last fix"]) == ("5 → 2", "8.64 → 1.27 NM", "0412Z → 0228Z")
    assert (c[""], c["Reports"]) == ("C, new", "3")

    desk.presses("Return")

    assert tracks(desk) == {"A": ["r1", "r2"], "B": ["r4"], "C": ["r3", "r5", "r6"]}
    assert desk.sees_banner().startswith(
        "3 reports, 0245Z to 0412Z, moved from A to a new boat, C."
    )


def test_or_the_selected_alone(desk: Operator) -> None:
    begins(desk, "Ctrl+T", "Which go")
    desk.presses("Down")
    assert desk.choice("Which go") == "the selected alone (1)"
    assert desk.reads_back() == "0245Z goes from A to a new boat, C."
    desk.presses("Return")
    assert tracks(desk)["C"] == ["r3"]


def test_a_split_that_leaves_nothing_is_refused_with_a_reason(desk: Operator) -> None:
    select(desk, "0210Z")
    begins(desk, "Ctrl+T", "Which go")
    assert desk.reads_back().startswith("A can't be split there")
    desk.presses("Return")
    assert labels_in_log(desk.plot_path) == ["new_plot"]


# Merging


def test_two_boats_become_one_and_the_old_name_still_finds_it(desk: Operator) -> None:
    desk.presses("Ctrl+M", "N", "Return")
    desk.waits_until_saved()
    begins(desk, "Ctrl+J", "Is the same boat as")
    assert desk.label_text("What") == "C"
    assert offered(desk)[0] == "1 A fits, 5.98 kn"
    desk.types("1")
    said = desk.reads_back()
    assert said.startswith("C will be the same as A. A keeps its name; C still finds it. A fits,")
    assert "faster than before (4.23 kn)" in said
    desk.presses("Alt+X")
    assert desk.reads_back().startswith("A will be the same as C. C keeps its name;")
    desk.presses("Alt+X", "Return")
    assert tracks(desk) == {"A": ["r1", "r2", "r3", "r5", "r6"], "B": ["r4"]}
    assert desk.sees_banner().startswith("C is the same as A now, and still finds it.")
    desk.types_line("0500 51 02.5N 001 32.5E >C")
    assert desk.sees_line("Track") == "A"


# How it looks


def cut_texts(desk: Operator) -> list[str]:
    """The texts of the form in sight that have no room."""
    QCoreApplication.processEvents()
    shown = [label for label in desk.window.entry.bar.findChildren(FixedText) if label.isVisible()]
    (said,) = (
        label
        for label in desk.window.findChildren(QLabel)
        if label.accessibleName() == "Read-back" and label.isVisible()
    )
    needed = said.fontMetrics().boundingRect(said.rect(), Qt.TextFlag.TextWordWrap, said.text())
    return [
        *(label.text() for label in shown if label.shown_lines() != [label.text()]),
        *([said.text()] if needed.height() > 2.5 * said.fontMetrics().height() else []),
    ]


@pytest.mark.parametrize(
    ("width", "height", "percent"), [(1280, 800, 100), (1920, 1080, 100), (1280, 800, 150)]
)
def test_nothing_is_cut(
    operator: Operator, tmp_path: Path, width: int, height: int, percent: int
) -> None:
    Settings(config_folder()).choose(TEXT_SCALE_PERCENT, percent)
    plot = night_before_correction()
    for number, name in enumerate(("D", "F", "G", "H", "I", "CUTTER-12")):
        place = ddm(50, 58.0 + number, 1, 38.0)
        plot = plot.with_track(a_track(name, (a_report("0246", position=place),)))
    act = ActRecord("new_plot", "plot", "", "watch", at("0412"))
    PlotFile.create(tmp_path / "night.gpkg", plot, act).close()
    operator.opens(tmp_path / "night.gpkg")
    operator.window.resize(width, height)
    select(operator, "0245Z")
    heights = set()
    for key, form, keys in (
        ("Ctrl+M", "To", ("", "1", "2", "n", "u")),
        ("Ctrl+T", "Which go", ("",)),
        ("Ctrl+J", "Is the same boat as", ("", "1", "2")),
    ):
        begins(operator, key, form)
        for typed in keys:
            if typed:
                operator.presses("Ctrl+A")
                operator.types(typed)
            wait_until(lambda: not cut_texts(operator), f"nothing is cut with {typed!r}")
            table = table_of(operator)
            people = [row for row in table.rows() if "People/children" in row]
            # To no boat (u) with people aboard: what is missing, a reason, is said instead.
            assert bool(people) == (typed in {"1", "2", "n"} or form == "Which go")
            heights.add((form, operator.window.entry.bar.height()))
        operator.presses("Escape", "Escape")
        assert not operator.sees(form)
    select(operator, "0252Z")
    begins(operator, "Ctrl+J", "Is the same boat as")
    operator.types("a")
    assert operator.reads_back().endswith("B will be the same as A. 22 people, A had 47.")
    wait_until(lambda: not cut_texts(operator), "nothing of the question is cut")
    operator.presses("Escape", "Escape")
    assert len(heights) == 3, "the strip keeps its height, whatever is picked"
    assert max(height for _, height in heights) < 0.35 * operator.window.height()
