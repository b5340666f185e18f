"""A boat's record, closing it, opening it again, explaining its people: by keyboard alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from channelplot.commands.claims import give_reports
from channelplot.commands.tracks import withdraw_track
from channelplot.model.codes import BoatType, Craft, TrackStatus
from channelplot.model.plot import Plot
from channelplot.model.track import Track
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from helpers.at_the_desk import OtherDesk
from helpers.builders import a_track, at
from helpers.night_boats import night_before_correction
from helpers.operator import Operator, by_column
from helpers.plot_files import labels_in_log

UNACCOUNTED, STATUS = 2, 5
"""Columns of the Tracks panel."""
TOOLTIP = Qt.ItemDataRole.ToolTipRole
CUTTER = a_track("CUTTER-1", craft=Craft.RESCUE_VESSEL)


def plot_file(folder: Path, plot: Plot) -> Path:
    """A file that holds a plot."""
    path = folder / "night.gpkg"
    PlotFile.create(path, plot, ActRecord("new_plot", "plot", "", "watch", at("0100"))).close()
    return path


@pytest.fixture
def desk(operator: Operator, tmp_path: Path) -> Operator:
    """The desk at step 14 of the night: R3's 55 and CUTTER-1's 47 are both A's."""
    operator.clock.set(at("0457"))
    operator.opens(plot_file(tmp_path, night_before_correction().with_track(CUTTER)))
    return operator


def named(operator: Operator, name: str) -> Track:
    tracks = operator.window.desk.session.document.plot.tracks.values()
    (track,) = [track for track in tracks if track.name == name]
    return track


def tooltip(operator: Operator, name: str, column: int) -> str:
    model = operator.table("Tracks").model()
    row = operator.reads_column("Tracks", "Track").index(name)
    return str(model.index(row, column).data(TOOLTIP))


# The record


def test_one_word_renames_the_boat(desk: Operator) -> None:
    desk.selects_track("A")
    before = desk.focus_name
    desk.presses("F2")
    assert desk.focus_name == "Name"
    desk.types("HUNTER")
    assert desk.reads_back() == "A becomes HUNTER"
    desk.presses("Return")

    desk.waits_until_saved()
    assert desk.reads_column("Tracks", "Track") == ["B", "CUTTER-1", "HUNTER"]
    assert desk.focus_name == before, "the keys are where they were"
    assert not desk.sees("UK reference")
    desk.undoes()
    assert desk.reads_column("Tracks", "Track") == ["A", "B", "CUTTER-1"]


def test_tab_goes_through_the_record_as_it_stands(desk: Operator) -> None:
    desk.selects_track("A")
    desk.presses("F2")
    order = [desk.focus_name]
    for _ in range(12):
        desk.presses("Tab")
        order.append(desk.focus_name)
    assert order == [
        "Name", "Craft", "Type", "Colour", "Length, m", "Engine", "UK reference",
        "French reference", "Launch beach", "Contact every, min", "Speed when sent, kn", "Note",
        "Why, for the log",
    ]  # fmt: skip


def test_a_record_is_filled_in_by_keys_and_kept(desk: Operator) -> None:
    desk.selects_track("A")
    desk.presses("F2", "Tab", "Tab", "Down", "Tab")
    for text in ("grey", "7.5", "40 hp", "HUM 123", "Gris-Nez SAR 2026/42", "sang", "15", "28"):
        desk.types(text)
        desk.presses("Tab")
    desk.types("two fuel cans")
    desk.presses("Tab")
    desk.types("seen from the air")
    assert "Launch beach: Sangatte, from the register" in desk.reads_back()
    desk.presses("Return")

    track = named(desk, "A")
    assert (track.boat_type, track.colour, track.length_m, track.engine) == (
        BoatType.INFLATABLE, "grey", 7.5, "40 hp",
    )  # fmt: skip
    assert (track.uk_reference, track.fr_reference) == ("HUM 123", "Gris-Nez SAR 2026/42")
    assert (track.contact_interval_min, track.note) == (15, "two fuel cans")
    assert track.speed_kn == 28.0
    assert desk.file_rows("SELECT name FROM beaches") == [("Sangatte",)]
    assert desk.file_rows("SELECT reason FROM edit_log ORDER BY seq DESC LIMIT 1") == [
        ("seen from the air",)
    ]


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("Name", "B", "Another has that name already."),
        ("Name", " ", "A name is needed."),
        ("Length, m", "long", "The length is read in metres: 7.5, and no more than 500."),
        ("Contact every, min", "soon", "read in minutes: 1 to 1440."),
        ("Launch beach", "Deauville", "No beach of the plot or the register begins so."),
    ],
)
def test_what_is_wrong_with_a_record_is_said_and_not_saved(
    desk: Operator, field: str, text: str, said: str
) -> None:
    desk.selects_track("A")
    desk.presses("F2")
    desk.fills(field, text)
    assert said in desk.reads_back()
    assert desk.focus.property("wrong") is True
    desk.presses("Return")
    assert labels_in_log(desk.plot_path) == ["new_plot"]
    desk.presses("Escape")
    assert desk.field_text("Name") == "A", "the first Escape puts back what was there"
    desk.presses("Escape")
    assert not desk.sees("UK reference")


def test_enter_on_an_untouched_record_leaves_it(desk: Operator) -> None:
    desk.selects_track("A")
    desk.presses("F2", "Return")
    assert not desk.sees("UK reference")
    assert labels_in_log(desk.plot_path) == ["new_plot"]


def test_a_craft_that_would_hide_people_is_refused_in_the_banner(desk: Operator) -> None:
    desk.selects_track("A")
    desk.presses("F2")
    desk.chooses("Craft", "merchant vessel")
    desk.presses("Return")
    assert "A has people unaccounted for" in desk.sees_banner()
    assert named(desk, "A").craft is Craft.SMALL_BOAT
    assert desk.choice("Craft") == "merchant vessel"


# Closing


def test_step_14_refused_with_eight_people_three_of_them_children(desk: Operator) -> None:
    desk.selects_track("A")
    desk.begins_closing(1)

    assert desk.label_text("Reported") == "55, 10 children"
    assert desk.label_text("Counted") == "47, 7 children"
    assert desk.label_text("Unaccounted") == "◆ 8 people, 3 of them children"
    assert desk.reads_back() == (
        "Can't be closed yet: 8 people, 3 of them children, are unaccounted for. Say who "
        "identified the boat and how, and move reports that tell of another boat; or name who "
        "answers for it, and why."
    ), "before Enter"

    desk.presses("Return")

    banner = desk.sees_banner()
    assert "A can't be closed as rescued (all): 55 people incl. 10 children were reported" in banner
    assert "8 people, 3 of them children, are unaccounted for. Nothing was changed." in banner
    assert named(desk, "A").status is TrackStatus.REPORTED
    assert labels_in_log(desk.plot_path) == ["new_plot"]
    assert desk.sees("Identified by"), "the form stays"


def test_identified_but_people_unaccounted_for_is_refused_too(desk: Operator) -> None:
    desk.selects_track("A")
    desk.begins_closing(1, by="CUTTER-1", how="alongside")
    desk.presses("Return")
    assert "8 people, 3 of them children" in desk.sees_banner()
    assert labels_in_log(desk.plot_path) == ["new_plot"]
    assert desk.field_text("How") == "alongside", "what was typed is not lost"


def test_step_16_once_the_report_is_another_boat_s_it_closes(desk: Operator) -> None:
    desk.selects_track("A")
    desk.begins_closing(1, by="CU", how="alongside")
    assert desk.field_text("Identified by") == "CUTTER-1", "completed from those who told of it"
    desk.window.desk.session.document.apply(
        give_reports(("r3",), None, new_track=a_track("C"), reason="another telephone")
    )
    assert desk.label_text("Unaccounted") == "✓ nobody"
    assert desk.reads_back() == "Enter closes A as rescued (all)."

    desk.presses("Return")

    desk.waits_until_saved()
    change = named(desk, "A").status_changes[-1]
    assert (change.status, change.identified_by, change.identified_how, change.at_utc) == (
        TrackStatus.RESCUED_ALL, "CUTTER-1", "alongside", at("0457"),
    )  # fmt: skip
    assert not desk.sees("Identified by")
    row = desk.reads_panel("Tracks")[0]
    assert (row["Track"], row["People"], row["◆"], row["Status"]) == (
        "A", "45 est / 47", "", "rescued (all)",
    )  # fmt: skip
    assert "identified by CUTTER-1 (alongside)" in tooltip(desk, "A", STATUS)


def test_refused_then_closed_after_the_report_was_moved_by_keys_alone(desk: Operator) -> None:
    desk.selects_track("A")
    desk.begins_closing(1, by="CUTTER-1", how="alongside")
    desk.presses("Return")
    assert "8 people, 3 of them children, are unaccounted for" in desk.sees_banner()

    desk.presses("Alt+L")
    desk.selects("Reports", desk.reads_column("Reports", "Time").index("0245Z"))
    desk.presses("Ctrl+M", "N", "Return")
    desk.waits_until_saved()
    desk.selects_track("A")
    desk.closes_boat(1, by="CUTTER-1", how="alongside")

    assert by_column(desk.reads_panel("Tracks"), "Track", "People", "◆", "Status") == [
        ("A", "45 est / 47", "", "rescued (all)"),
        ("B", "22", "◆ 22", "reported"),
        ("C", "55", "◆ 55", "reported"),
        ("CUTTER-1", "", "", "reported"),
    ]
    desk.undoes(2)
    assert desk.reads_column("Tracks", "◆") == ["◆ 8", "◆ 22", ""]
    desk.redoes(2)
    assert desk.reads_column("Tracks", "Status")[0] == "rescued (all)"


def test_a_named_person_with_a_reason_closes_it_and_stays_visible(desk: Operator) -> None:
    desk.selects_track("A")
    desk.begins_closing(1, by="CUTTER-1", how="alongside", answers="J. Smith", why="counted ashore")
    assert desk.reads_back() == (
        "Enter closes A as rescued (all), although 8 people, 3 of them children, are unaccounted "
        "for: J. Smith answers."
    )
    desk.presses("Return")
    desk.waits_until_saved()

    row = desk.reads_panel("Tracks")[0]
    assert (row["◆"], row["Status"]) == ("* 8", "* rescued (all)")
    who = "8 people, 3 of them children unaccounted for, J. Smith answers for it: counted ashore"
    assert who in tooltip(desk, "A", STATUS)
    assert who in tooltip(desk, "A", UNACCOUNTED)
    assert "* 8 unaccounted, explained" in desk.label_text("Sums of the plot")
    desk.presses("F2")
    assert who in desk.reads_back(), "in the boat's record"


def test_figures_and_arrows_choose_how_it_ended(desk: Operator) -> None:
    desk.selects_track("A")
    desk.presses("F8")
    assert desk.focus_name == "rescued (all)"
    for keys, chosen in (("3", "returned"), ("Right", "prevented"), ("6", "closed, unresolved")):
        desk.presses(keys)
        assert desk.focus_name == chosen
        assert desk.window.desk.close_draft.text.status.value == _code(chosen)
    desk.presses("Tab")
    assert desk.focus_name == "Identified by", "one Tab past all of them"
    desk.presses("Shift+Tab")
    assert desk.focus_name == "closed, unresolved"


def test_how_a_boat_was_closed_is_said_and_not_offered_for_the_next(desk: Operator) -> None:
    desk.selects_track("A")
    desk.closes_boat(3, answers="J. Smith", why="counted ashore")
    assert desk.window.banner.text.startswith("A is closed as returned.")
    assert "J. Smith answers for it." in desk.window.banner.text
    desk.selects_track("B")
    desk.presses("F8")
    assert desk.focus_name == "rescued (all)"
    desk.presses("Escape", "Escape")
    desk.selects_track("CUTTER-1")
    desk.presses("F8")
    assert "Nobody of it is to be accounted for" in desk.reads_back()


def test_a_closed_status_of_the_menu_opens_the_form_with_it(desk: Operator) -> None:
    desk.selects_track("A")
    desk.takes_from_menu("Boat", "Status of the track", "landed")
    assert desk.focus_name in {"landed", "rescued (all)"}
    assert desk.window.desk.close_draft.text.status is TrackStatus.LANDED
    assert named(desk, "A").status is TrackStatus.REPORTED
    desk.presses("Escape", "Escape")
    desk.takes_from_menu("Boat", "Status of the track", "adrift")
    assert named(desk, "A").status is TrackStatus.ADRIFT


def test_same_as_another_opens_the_form_that_merges(desk: Operator) -> None:
    desk.selects_track("B")
    desk.takes_from_menu("Boat", "Status of the track", "same as another")
    assert desk.window.desk.merge_draft.track == named(desk, "B")
    assert desk.window.entry.bar.isVisible()
    assert named(desk, "B").status is TrackStatus.REPORTED


def test_the_first_escape_empties_and_the_second_leaves(desk: Operator) -> None:
    desk.selects_track("A")
    desk.begins_closing(2, by="CUTTER-1")
    desk.presses("Escape")
    assert desk.field_text("Identified by") == ""
    assert desk.focus_name == "rescued (all)"
    desk.presses("Escape")
    assert not desk.sees("Identified by")
    assert labels_in_log(desk.plot_path) == ["new_plot"]


def test_a_boat_withdrawn_while_its_form_is_open(desk: Operator) -> None:
    desk.selects_track("A")
    desk.begins_closing(1, by="CUTTER-1")
    withdrawal = withdraw_track(named(desk, "A").uid, "plotted twice")
    desk.window.desk.session.document.apply(withdrawal)
    assert desk.reads_back() == "That boat is no longer open in the plot."
    desk.presses("Return")
    desk.waits_until_saved()
    assert labels_in_log(desk.plot_path) == ["new_plot", "withdraw_track"]


# Opening again, explaining


def test_shift_f8_opens_it_again_as_it_was_in_one_act(desk: Operator) -> None:
    desk.selects_track("A")
    desk.takes_from_menu("Boat", "Status of the track", "adrift")
    desk.closes_boat(1, answers="J. Smith", why="counted ashore")
    assert desk.reads_column("Tracks", "Status")[0] == "* rescued (all)"

    desk.presses("Shift+F8")

    desk.waits_until_saved()
    assert desk.reads_column("Tracks", "Status")[0] == "adrift"
    assert desk.reads_column("Tracks", "◆")[0] == "◆ 8"
    assert desk.sees_banner() == "A is open again: adrift. Ctrl+Z takes that back."
    desk.undoes()
    assert desk.reads_column("Tracks", "Status")[0] == "* rescued (all)"


def test_ctrl_f8_explains_who_is_unaccounted_for(desk: Operator) -> None:
    desk.selects_track("A")
    desk.presses("Ctrl+F8")
    assert desk.focus_name == "Answers for them"
    assert "Say who answers for 8 people, 3 of them children" in desk.reads_back()
    desk.types("J. Smith")
    desk.presses("Return")
    assert labels_in_log(desk.plot_path) == ["new_plot"], "a reason is missing"
    desk.presses("Tab")
    desk.types("counted twice")
    desk.presses("Return")

    desk.waits_until_saved()
    assert labels_in_log(desk.plot_path)[-1] == "explain_people"
    assert desk.reads_column("Tracks", "◆")[0] == "* 8"
    assert desk.reads_column("Tracks", "Status")[0] == "reported"
    assert desk.window.actions_by_id["explain_people"].isEnabled(), "it can be said better"


@pytest.mark.parametrize(
    ("prepare", "action", "said"),
    [
        (lambda o: None, "boat", "Select one boat first"),
        (lambda o: None, "close_boat", "Select one boat first"),
        (lambda o: o.selects_track("A"), "reopen_boat", "A is open."),
        (lambda o: o.selects_track("CUTTER-1"), "explain_people", "Nobody of CUTTER-1"),
    ],
)
def test_what_can_not_be_done_says_why(
    desk: Operator, prepare: Callable[[Operator], None], action: str, said: str
) -> None:
    prepare(desk)
    assert not desk.window.actions_by_id[action].isEnabled()
    assert said in desk.window.actions_by_id[action].toolTip()


def test_a_closed_boat_is_not_closed_again(desk: Operator) -> None:
    desk.selects_track("A")
    desk.closes_boat(1, answers="J. Smith", why="counted ashore")
    assert "A is closed already." in desk.window.actions_by_id["close_boat"].toolTip()
    desk.takes_from_menu("Boat", "Status of the track", "landed")
    assert desk.sees_banner() == "A is closed already. Open it again first: Shift+F8."
    assert named(desk, "A").status is TrackStatus.RESCUED_ALL


def test_nothing_is_offered_in_a_plot_that_is_read_only(
    operator: Operator, tmp_path: Path, other_desk: OtherDesk
) -> None:
    path = plot_file(tmp_path, night_before_correction())
    other_desk(path)
    operator.opens(path)
    operator.selects_track("A")
    for action in ("boat", "close_boat", "explain_people"):
        assert "reading only" in operator.window.actions_by_id[action].toolTip()
    operator.presses("F8")
    assert not operator.sees("Identified by")


def _code(words: str) -> str:
    return {"returned": "returned", "prevented": "prevented"}.get(words, "closed_unresolved")
