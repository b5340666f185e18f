"""The acceptance night's claims, worked by keys alone: what the window shows and what is kept.

Reports joined and kept apart, people counted against people reported, a boat that must not be
closed, one report moved, everything undone and done again, and a desk that is killed.
"""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from logging import WARNING, getLogger
from logging.handlers import BufferingHandler
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtWidgets import QApplication

from channelplot.ui import chart_data
from helpers.at_the_desk import OtherDesk, _layers_read_once
from helpers.builders import at
from helpers.clock import FixedClock
from helpers.homes import move_into
from helpers.night_watch import (
    CALL_AGAIN,
    OFFICER,
    R3_TOLD,
    ModalWatch,
    NightWatch,
    Seen,
    sums_shown,
)
from helpers.operator import COURSE, Operator, by_column
from helpers.plot_files import assert_conforms, assert_log_is_whole, channelplot, file_rows

ACTS: Final = (
    "new_plot",
    "add_log_line",  # who took the watch
    *["add_beach"] * 3,
    "add_mark",
    "add_report",  # 0, prevented ashore
    "start_track",
    *["add_report"] * 2,
    "start_track",  # 5, boat B
    *["add_report"] * 2,  # 6 and 10, which says that A is adrift
    "start_track",  # CUTTER-1
    "add_report",  # 13
    "add_report",  # 15
    "close_track",
    "add_report",  # 16, the same telephone
    *["give_reports"] * 2,  # R3, and the call
    "close_track",
)
UNDONE_AND_REDONE: Final = (
    "undo.close_track",
    *["undo.give_reports"] * 2,
    *["redo.give_reports"] * 2,
    "redo.close_track",
)
REFUSED: Final = (
    "A can't be closed as rescued (all): 55 people incl. 10 children were reported and 47 incl. 7"
    " counted: 8 people, 3 of them children, are unaccounted for. Nothing was changed. "
)
A_BEFORE: Final = ("55 / 47", "◆ 8", "0412Z", "adrift")
A_AFTER: Final = ("45 est / 47", "", "0412Z", "adrift")
A_CLOSED: Final = ("45 est / 47", "", "0412Z", "rescued (all)")
SUMS_BEFORE: Final = [
    "2 crossings, 1 open · 77 reported, 69 counted",
    "◆ 8 unaccounted (3 children)",
    "Ashore: 1 prevented (30 people)",
]
SUMS_AFTER: Final = [
    "3 crossings, 2 open · 122 reported, 69 counted",
    "◆ 55 unaccounted (10 children)",
    "Ashore: 1 prevented (30 people)",
]
SUMS_CLOSED: Final = ["3 crossings, 1 open · 122 reported, 69 counted", *SUMS_AFTER[1:]]
MIDDLE_LEG: Final = (("299.5", "6.33", "5.28"), ("301.2", "4.65", "5.07"))
"""The leg to 0340Z without R3 and with it: course, miles, knots."""


@dataclass(frozen=True)
class Night:
    """The night as it was seen, its file, the modal boxes there were and what was logged."""

    seen: dict[str, Seen]
    plot: Path
    boxes: list[str]
    warnings: list[str]


@pytest.fixture(scope="module")
def night_seen(
    qapp: QApplication, _empty_plot: Path, tmp_path_factory: pytest.TempPathFactory
) -> Night:
    """The whole night, worked once."""
    folder = tmp_path_factory.mktemp("claims")
    plot = Path(shutil.copy(_empty_plot, folder / "night.gpkg"))
    handler = BufferingHandler(1_000)
    handler.setLevel(WARNING)
    getLogger("channelplot").addHandler(handler)
    boxes = ModalWatch()
    with pytest.MonkeyPatch.context() as patch:
        move_into(tmp_path_factory.mktemp("home"), patch)
        patch.setattr(chart_data, "_read", _layers_read_once)
        desk = Operator(qapp, FixedClock())
        watch = NightWatch(desk, plot)
        try:
            watch.works()
        finally:
            desk.goes_home()
            boxes.ends()
            getLogger("channelplot").removeHandler(handler)
    return Night(watch.seen, plot, boxes.seen, [each.getMessage() for each in handler.buffer])


@pytest.fixture
def plot_left(night_seen: Night, tmp_path: Path) -> Path:
    """A copy of the file as the night left it."""
    return Path(shutil.copy(night_seen.plot, tmp_path / "night.gpkg"))


def track(seen: Seen, name: str) -> tuple[str, ...]:
    """People, unaccounted, last and status of a track in the panel."""
    (row,) = by_column([seen.tracks[name]], "People", "◆", "Last", "Status")
    return row


def leg(seen: Seen, name: str, time: str) -> tuple[str, ...]:
    """Course, miles and knots to a report of a track in the panel."""
    (row,) = by_column([seen.of_track(name)[time]], COURSE, "NM", "kn")
    return row


# Steps 0 to 6


def test_0_a_prevented_attempt_is_no_crossing(night_seen: Night) -> None:
    before, after = night_seen.seen["0 typed"], night_seen.seen["0 plotted"]
    assert before.line == "Enter plots it: prevented attempt."
    assert before.cells["People"] == ("30", "8 children")
    assert after.tracks == {}
    assert after.sums == [
        "0 crossings, 0 open · 0 reported, 0 counted",
        "nobody unaccounted for",
        "Ashore: 1 prevented (30 people)",
    ]
    for seen in list(night_seen.seen.values())[1:]:
        # In a low panel only who is unaccounted for is summed up.
        assert len(seen.sums) < 2 or seen.sums[-1] == "Ashore: 1 prevented (30 people)"
    assert any(len(seen.sums) > 1 for seen in list(night_seen.seen.values())[1:])


def test_1_the_first_report_starts_a(night_seen: Night) -> None:
    seen = night_seen.seen["1 typed"]
    assert seen.cells["Time"] == ("0210Z 0310 UK 0410 FR", "now")
    assert seen.line == "Enter plots it: new A, inflatable."
    plotted = night_seen.seen["1 plotted"]
    assert track(plotted, "A") == ("45 est", "◆ 45", "0210Z", "reported")
    assert plotted.sums[:2] == [
        "1 crossing, 1 open · 45 reported, 0 counted",
        "◆ 45 unaccounted (children not known)",
    ]


def test_2_the_second_fits_a_and_alt_j_joins_it(night_seen: Night) -> None:
    typed = night_seen.seen["2 typed"]
    assert typed.line == "Enter plots it: new B, small boat. A fits, 4.23 kn · Alt+J joins."
    joined = night_seen.seen["2 joined"]
    assert joined.keys - typed.keys == 1
    assert joined.line == "Enter plots it: A. A fits, 4.23 kn."
    assert joined.cells["Track"] == ("A", "308.5°T 1.27 NM 4.23 kn")
    plotted = night_seen.seen["2 plotted"]
    assert leg(plotted, "A", "0228Z") == ("308.5", "1.27", "4.23")
    assert plotted.focus == "Plot line"


def test_3_the_third_fits_faster_and_with_other_people(night_seen: Night) -> None:
    typed = night_seen.seen["3 typed"]
    assert typed.line == (
        "Enter plots it: new B, small boat. A fits, 5.98 kn · Alt+J joins."
        " Faster than before (4.23 kn); 55 people, A had 45."
    )
    assert typed.cells["Source"] == ("phone 0612345678", "grade 2C")
    joined = night_seen.seen["3 joined"]
    assert joined.line == (
        "Enter plots it: A. A fits, 5.98 kn; faster than before (4.23 kn); 55 people, A had 45."
    )
    plotted = night_seen.seen["3 plotted"]
    assert leg(plotted, "A", "0245Z") == ("294.9", "1.69", "5.98")
    assert plotted.labels["Run of the selected track"] == (
        "A: run 2.96 NM in 35 min, mean 5.08 kn\nmade good 300.7°T 2.94 NM 5.04 kn"
    )
    assert track(plotted, "A") == ("55", "◆ 55", "0245Z", "reported")


def test_5_the_fourth_needs_76_knots_and_starts_b(night_seen: Night) -> None:
    typed = night_seen.seen["5 typed"]
    says = "Enter plots it: new B, small boat. A: needs 76 kn, not the same boat."
    assert typed.line.startswith(says), "and that it is outside the view, where it is"
    plotted = night_seen.seen["5 plotted"]
    assert list(plotted.tracks) == ["A", "B"]
    assert plotted.sums[:2] == [
        "2 crossings, 2 open · 77 reported, 0 counted",
        "◆ 77 unaccounted (13 children)",
    ]


def test_6_the_late_report_shows_its_lag_and_is_as_launch(night_seen: Night) -> None:
    typed = night_seen.seen["6 typed"]
    assert typed.cells["Time"] == ("0130Z 0230 UK 0330 FR", "1 h 25 ago")
    assert typed.line == "Enter plots it: launch · A."
    plotted = night_seen.seen["6 plotted"]
    first, second = list(plotted.of_track("A").values())[:-3:-1]
    assert (first["Time"], first["Late"], first[COURSE]) == ("0130Z", "+85 min", "launch")
    assert (second["Time"], second["Late"], second[COURSE]) == ("0210Z", "", "")
    assert leg(plotted, "A", "0228Z") == ("308.5", "1.27", "4.23")


# Steps 10 to 15


def test_10_a_is_adrift_and_is_to_report_every_quarter_of_an_hour(night_seen: Night) -> None:
    typed, plotted = night_seen.seen["10 typed"], night_seen.seen["10 plotted"]
    assert typed.line.startswith("Enter plots it: A, status: adrift. A fits, 5.07 kn")
    assert typed.cells["Course, speed"] == ("stopped", "status: adrift")
    assert track(typed, "A") == ("55", "◆ 55", "0245Z", "reported")
    assert plotted.keys - typed.keys == 1, "Enter"
    assert plotted.log[len(typed.log) :] == ["add_report"], "one act"
    assert track(plotted, "A") == ("55", "◆ 55", "0340Z", "adrift")
    assert plotted.tracks["A"]["Next"] == "0355Z"
    assert night_seen.seen["13 typed"].tracks["A"]["Next"] == "+17 min", "overdue at 0412Z"


def test_13_the_cutter_recovers_47(night_seen: Night) -> None:
    typed = night_seen.seen["13 typed"]
    assert typed.cells["People"] == ("47 counted", "7 children, 31 men, 9 women")
    assert typed.cells["Source"] == ("patrol", "CUTTER-1")
    assert typed.line.startswith("Enter plots it: A. A fits, 1.93 kn; 7 children, A had 10.")
    plotted = night_seen.seen["13 plotted"]
    assert plotted.labels["Run of the selected track"] == (
        "A: run 8.64 NM in 2 h 02, mean 4.25 kn\nmade good 307.8°T 7.03 NM 3.46 kn"
    )
    assert track(plotted, "A") == A_BEFORE
    assert plotted.sums[:2] == [
        "2 crossings, 2 open · 77 reported, 47 counted",
        "◆ 30 unaccounted (6 children)",
    ]


def test_14_closing_is_refused_with_eight_unaccounted_three_of_them_children(
    night_seen: Night,
) -> None:
    before = night_seen.seen["14 before Enter"]
    assert before.form == (
        "Can't be closed yet: 8 people, 3 of them children, are unaccounted for. Say who"
        " identified the boat and how, and move reports that tell of another boat; or name who"
        " answers for it, and why."
    )
    shown = {name: before.labels[name] for name in ("Reported", "Counted", "Unaccounted")}
    assert shown == {
        "Reported": "55, 10 children",
        "Counted": "47, 7 children",
        "Unaccounted": "◆ 8 people, 3 of them children",
    }
    refused = night_seen.seen["14 refused"]
    assert refused.banner == (
        f"{REFUSED}Say who identified the boat and how, and move reports that tell of another"
        " boat; or name who answers for closing it all the same, and why."
    )
    assert refused.focus == before.focus == "rescued (all)"
    again = night_seen.seen["14 refused again"]
    assert again.banner == (
        f"{REFUSED}Move reports that tell of another boat, or plot a better count; or name who"
        " answers for closing it all the same, and why."
    )
    left = night_seen.seen["14 left"]
    assert (left.focus, left.log) == ("Tracks", before.log)
    assert track(left, "A") == A_BEFORE


def test_15_b_returned_with_22_counted_and_is_closed_on_evidence(night_seen: Night) -> None:
    asked, counted, before, closed = (
        night_seen.seen[f"15 {moment}"] for moment in ("asked", "counted", "before Enter", "closed")
    )
    assert asked.asked[0] == "There is no position in the line. Plot it without one?"
    assert track(counted, "B") == ("22 / 22", "", "0420Z", "reported")
    assert counted.of_track("B")["0420Z"]["Source"] == "PATROL-FR-2", "not PATROL-FR"
    assert before.form == "Enter closes B as returned."
    assert before.labels["Counted"] == "22, 3 children"
    assert track(closed, "B") == ("22 / 22", "", "0420Z", "returned")
    assert closed.focus == "Tracks"
    assert closed.sums == SUMS_BEFORE


# Steps 16 and 19


def test_16_the_same_telephone_is_told_of_before_enter(night_seen: Night) -> None:
    typed = night_seen.seen["16 typed"]
    assert typed.cells["Source"] == ("phone 0612345678", "0245Z (A), same phone")
    said = night_seen.seen["16 the same phone"]
    assert said.line == "Enter plots it: no track. Same phone as 0245Z (A)."
    assert said.log == night_seen.seen["15 closed"].log
    moved = night_seen.seen["16 moved"].reports[0]
    assert (moved["Time"], moved["Source"]) == ("0455Z", "same phone as 0245Z (C) · phone")
    given = night_seen.seen["16 the call too"]
    assert given.banner == "0455Z moved from no boat to C. Ctrl+Z takes that back."
    assert track(given, "C") == ("55", "◆ 55", "0455Z", "reported")


def test_16_r3_goes_to_a_new_boat_in_three_keys(night_seen: Night) -> None:
    selected, before, moved = (
        night_seen.seen[f"16 {moment}"] for moment in ("selected", "before Enter", "moved")
    )
    assert before.form == "0245Z goes from A to a new boat, C."
    assert selected.selected == before.selected == moved.selected == ["0245Z"], "in sight"
    assert before.table == [
        {
            "": "A",
            "Reports": "6 → 5",
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
    assert before.log == selected.log
    assert moved.keys - selected.keys == 3
    assert moved.banner == "0245Z moved from A to a new boat, C. Ctrl+Z takes that back."
    assert moved.focus == selected.focus == "Reports"
    assert track(moved, "A") == A_AFTER
    assert track(moved, "C") == ("55", "◆ 55", "0245Z", "reported")
    assert list(moved.of_track("C")) == ["0245Z"]
    assert leg(moved, "A", "0340Z") == MIDDLE_LEG[0]
    assert moved.sums == SUMS_AFTER
    assert night_seen.seen["16 A, moved"].labels["Run of the selected track"] == (
        "A: run 8.63 NM in 2 h 02, mean 4.24 kn\nmade good 307.8°T 7.03 NM 3.46 kn"
    )


def test_16_a_is_reconciled_and_closed_and_c_stays_open(night_seen: Night) -> None:
    closed = night_seen.seen["16 closed"]
    assert track(closed, "A") == A_CLOSED
    assert closed.sums == SUMS_CLOSED
    record = night_seen.seen["16 A"].form
    assert record.startswith(
        "rescued (all) 0455Z, identified by CUTTER-1 (alongside, all aboard)  ·  "
    )
    assert night_seen.seen["16 C"].form == (
        "reported  ·  last known 0245Z, 2 h 10 ago  ·  2 reports: phone 2"
    )


@pytest.mark.parametrize("step", ["19", "19 again"])
def test_19_the_move_is_undone_and_all_is_redone(night_seen: Night, step: str) -> None:
    opened, called, back, moved, given, closed = (
        night_seen.seen[f"{step} {moment}"]
        for moment in (
            "open again", "the call back", "R3 back", "R3 moved", "the call moved", "closed"
        )
    )  # fmt: skip
    assert opened.banner == "Taken back: close A."
    assert called.banner == back.banner == "Taken back: give reports to C."
    for seen in (opened, called, moved, given):
        assert (track(seen, "A"), seen.sums) == (A_AFTER, SUMS_AFTER)
        assert leg(seen, "A", "0340Z") == MIDDLE_LEG[0]
    for seen, times in (
        (opened, ["0455Z", "0245Z"]),
        (called, ["0245Z"]),
        (moved, ["0245Z"]),
        (given, ["0455Z", "0245Z"]),
    ):
        assert list(seen.of_track("C")) == times
        assert track(seen, "C") == ("55", "◆ 55", times[0], "reported")

    assert "C" not in back.tracks
    assert list(back.of_track("A"))[:3] == ["0412Z", "0340Z", "0245Z"]
    assert (track(back, "A"), back.sums) == (A_BEFORE, SUMS_BEFORE)
    assert leg(back, "A", "0340Z") == MIDDLE_LEG[1]

    assert moved.banner == given.banner == "Done again: give reports to C."
    assert closed.banner == "Done again: close A."
    assert (track(closed, "A"), closed.sums) == (A_CLOSED, SUMS_CLOSED)
    assert closed.reports == night_seen.seen["16 closed"].reports


# The whole night


def test_no_key_opened_a_modal_box_and_nothing_was_logged_as_wrong(night_seen: Night) -> None:
    assert night_seen.boxes == []
    assert night_seen.warnings == []


def test_what_matters_is_not_cut_at_1280(night_seen: Night) -> None:
    for moment, seen in night_seen.seen.items():
        assert {"Position", "Time", "People", "Source"}.isdisjoint(seen.cut), moment
    assert night_seen.seen["16 typed"].cut == []
    assert night_seen.seen["3 typed"].cut == []


def test_every_act_has_its_row_and_who_did_it(night_seen: Night, plot_left: Path) -> None:
    assert file_rows(plot_left, "SELECT label FROM edit_log ORDER BY seq") == [
        (label,) for label in (*ACTS, *UNDONE_AND_REDONE * 2)
    ]
    assert file_rows(plot_left, "SELECT DISTINCT operator FROM edit_log WHERE seq > 1") == [
        (OFFICER,)
    ]
    listed = night_seen.seen["19 again closed"].labels["Acts listed"]
    assert int(listed) == len(ACTS) + 2 * len(UNDONE_AND_REDONE)


def test_the_file_holds_what_was_claimed(plot_left: Path) -> None:
    reports = "SELECT t.name, substr(r.observed_at_utc, 12, 5), r.people_total FROM reports AS r"
    rows = file_rows(
        plot_left,
        f"{reports} LEFT JOIN tracks AS t ON t.uid = r.track_uid"
        " WHERE r.withdrawn_at_utc IS NULL AND t.craft IS NOT 'rescue_vessel'"
        " ORDER BY t.name, r.observed_at_utc",
    )
    assert rows == [
        (None, "01:05", 30),
        ("A", "01:30", None),
        ("A", "02:10", 45),
        ("A", "02:28", 40),
        ("A", "03:40", None),
        ("A", "04:12", 47),
        ("B", "02:52", 22),
        ("B", "04:20", 22),
        ("C", "02:45", 55),
        ("C", "04:55", None),
    ]
    assert file_rows(
        plot_left, "SELECT name, status, contact_interval_min FROM tracks ORDER BY name"
    ) == [
        ("A", "rescued_all", None),
        ("B", "returned", None),
        ("C", "reported", None),
        ("CUTTER-1", "reported", None),
    ]
    assert file_rows(
        plot_left,
        "SELECT t.name, s.status, substr(s.at_utc, 12, 5), s.given_by, s.identified_by,"
        " s.identified_how, s.explained_by, s.unaccounted FROM status_changes AS s"
        " JOIN tracks AS t ON t.uid = s.track_uid WHERE s.withdrawn_at_utc IS NULL"
        " ORDER BY t.name, s.step",
    ) == [
        ("A", "adrift", "03:40", OFFICER, "", "", "", None),
        ("A", "rescued_all", "04:55", OFFICER, "CUTTER-1", "alongside, all aboard", "", 0),
        ("B", "returned", "04:20", OFFICER, "PATROL-FR-2", "boat and people at the quay", "", 0),
    ]
    calls = "SELECT as_received FROM reports WHERE caller = '0612345678' ORDER BY fid"
    assert file_rows(plot_left, calls) == [(f"{R3_TOLD} >A",), (CALL_AGAIN,)]


def test_the_file_conforms_and_check_finds_nothing(plot_left: Path) -> None:
    assert_log_is_whole(plot_left)
    assert_conforms(plot_left)


def test_check_names_a_link_broken_by_hand(plot_left: Path) -> None:
    moved = ACTS.index("give_reports") + 1
    with closing(sqlite3.connect(plot_left)) as conn:
        guards = conn.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'edit_log'"
        ).fetchall()
        for name, _ in guards:
            conn.execute(f"DROP TRIGGER {name}")
        conn.execute("UPDATE edit_log SET reason = 'nobody knows' WHERE seq = ?", (moved,))
        for _, sql in guards:
            conn.execute(sql)
        conn.commit()

    checked = channelplot("check", str(plot_left))

    assert checked.returncode == 1
    assert checked.stdout == f"edit_log {moved}: the log of acts was changed: hash\n"


# Step 21


def test_21_a_desk_killed_while_typing_loses_half_a_line_at_most(
    operator: Operator, night_seen: Night, plot_left: Path, other_desk: OtherDesk
) -> None:
    half = "0507Z helicopter 51 01.2N 001 44.7"
    desk = other_desk(plot_left)
    assert desk.stdin is not None
    assert desk.stdout is not None
    for line, answer in (
        ("clock 0505", None),
        ("line log >C helicopter and both lifeboats asked for", "saved 11\n"),
        ("clock 0507", None),
        (f"type {half}", "typed\n"),
    ):
        desk.stdin.write(f"{line}\n")
        desk.stdin.flush()
        if answer is not None:
            assert desk.stdout.readline() == answer

    desk.kill()
    desk.wait()

    operator.clock.set(at("0508"))
    operator.opens(plot_left)
    assert operator.line_text() == half
    assert operator.line_message() == "Half-typed line kept from the last time."
    assert operator.focus_name == "Plot line"
    assert sums_shown(operator) == SUMS_CLOSED
    assert operator.file_rows("SELECT text FROM log_lines ORDER BY fid DESC LIMIT 1") == [
        ("helicopter and both lifeboats asked for",)
    ]
    labels = operator.file_rows("SELECT label FROM edit_log ORDER BY seq")
    assert [label for (label,) in labels] == [*ACTS, *UNDONE_AND_REDONE * 2, "add_log_line"]

    operator.presses("End")
    operator.types("E 55pob >C")
    operator.presses("Return")

    operator.waits_until_saved()
    assert operator.file_rows("SELECT as_received FROM reports ORDER BY fid DESC LIMIT 1") == [
        (f"{half}E 55pob >C",)
    ]
    operator.presses("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    operator.waits_until_saved()
    assert operator.sees_banner() == "Taken back: close A."
    operator.closes()
    assert_log_is_whole(plot_left)
