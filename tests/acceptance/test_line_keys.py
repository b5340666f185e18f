"""What the plot line costs an operator in keys, and what nothing takes from it again."""

import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from channelplot.geodesy.text import Notation
from helpers.at_the_desk import OtherDesk
from helpers.builders import at
from helpers.night_lines import BEACHES, MARK_LINE, NIGHT
from helpers.operator import Operator, wait_until
from helpers.plot_files import assert_conforms, assert_log_is_whole, file_rows, labels_in_log

if TYPE_CHECKING:
    import subprocess

R1_LINE: Final = "0210 50 58.0N 001 41.0E 310/4 45pob inflatable aircraft 1A"
R2_LINE: Final = "0228 50 58.789N 001 39.431E 40+"
ASKED: Final = "0210 50 30.0 000 10.0 45pob"
WORDS: Final = (
    "0210Z 50°58′00″N 1°41′00″E  « moteur en panne »  45 à bord // 12/45 ??  ça dérive",
    "0428B 023 CGN 7.2 FROM A Merchant Ship, 40+",
    "0252z   31u ds 1855 5491,,22 people ; \N{SAILBOAT}",
    "no position yet; caller says they see a lighthouse  -- line went dead",
)
LONG: Final = f"0210 50 58.0N 001 41.0E {'all in life jackets, ' * 12}"
HALF: Final = "0507 51 01.2N 001 44."


@pytest.fixture
def desk(operator: Operator, night: Path) -> Operator:
    """Somebody at a desk with an empty plot open, at 0300Z."""
    operator.opens(night)
    return operator


def standing(desk: Operator) -> list[list[tuple[object, ...]]]:
    """Everything in the file that is not withdrawn."""
    return [
        desk.file_rows(f"SELECT * FROM {table} WHERE withdrawn_at_utc IS NULL ORDER BY uid")
        for table in ("reports", "tracks", "people_counts", "marks", "beaches")
    ]


# Keys


@pytest.mark.parametrize(
    "line",
    [R1_LINE, MARK_LINE, "45 à bord, à 7,2 milles dans le 023 du Gris-Nez", WORDS[2], LONG],
    ids=["report", "mark", "french", "square", "long"],
)
def test_one_key_beyond_the_text_commits_a_line(desk: Operator, line: str) -> None:
    desk.presses("F4")
    acts, start = len(labels_in_log(desk.plot_path)), desk.keys_pressed

    desk.types(line)
    desk.presses("Return")

    desk.waits_until_saved()
    assert len(labels_in_log(desk.plot_path)) == acts + 1
    assert desk.keys_pressed - start - len(line) == 1
    assert (desk.line_text(), desk.focus_name) == ("", "Plot line")


def test_a_question_costs_one_key_more(desk: Operator) -> None:
    start = desk.keys_pressed
    desk.types(ASKED)
    wait_until(desk.line_asks, "the line asks")
    desk.presses("Alt+1", "Return")

    desk.waits_until_saved()
    assert labels_in_log(desk.plot_path) == ["new_plot", "start_track"]
    assert desk.keys_pressed - start - len(ASKED) == 2


def test_from_the_start_on_line_after_line_needs_no_key_but_enter(desk: Operator) -> None:
    start = desk.keys_pressed
    lines = (R1_LINE, f"{R2_LINE} >A", MARK_LINE, "0245A 023 CGN 7.2 new")
    for line in lines:
        desk.types(line)
        desk.presses("Return")

    desk.waits_until_saved()
    assert labels_in_log(desk.plot_path)[1:] == [
        "start_track", "add_report", "add_mark", "start_track",
    ]  # fmt: skip
    assert desk.keys_pressed - start - sum(map(len, lines)) == len(lines)


def test_up_gives_a_committed_line_back_to_be_changed(desk: Operator) -> None:
    desk.enters_line(R1_LINE)
    desk.presses("Up")
    assert (desk.line_text(), desk.focus_name) == (R1_LINE, "Plot line")
    desk.types(" >A")
    desk.presses("Home", "Delete", "Delete", "Delete", "Delete")
    desk.types("0213")
    desk.presses("Return")

    assert desk.file_rows("SELECT as_received FROM reports ORDER BY fid") == [
        (R1_LINE,), (f"0213{R1_LINE[4:]} >A",),
    ]  # fmt: skip


def test_escape_clears_and_nothing_of_it_is_plotted_or_offered(desk: Operator, night: Path) -> None:
    desk.types(R1_LINE)
    assert len(desk.ghosts()) == 1
    desk.presses("Escape")

    assert (desk.line_text(), desk.focus_name, desk.ghosts()) == ("", "Plot line", [])
    assert desk.reads_line_back() == {}
    desk.presses("Return")
    desk.closes()
    desk.opens(night)
    assert desk.line_text() == ""
    assert labels_in_log(night) == ["new_plot"]


@pytest.mark.parametrize("last", [f"{R2_LINE} >A", f"{R2_LINE} new", MARK_LINE])
def test_undo_takes_back_exactly_what_enter_did(desk: Operator, last: str) -> None:
    desk.enters_line(R1_LINE)
    before, plot = standing(desk), desk.window.desk.session.document.plot
    desk.enters_line(last)
    after = standing(desk)
    assert after != before

    start = desk.keys_pressed
    desk.undoes()
    assert desk.keys_pressed - start == 1
    assert standing(desk) == before
    assert desk.window.desk.session.document.plot == plot
    assert desk.focus_name == "Plot line"
    desk.redoes()
    assert standing(desk) == after
    assert len(labels_in_log(desk.plot_path)) == 5


# The words as they were received


def test_the_words_stay_as_they_were_received_whatever_becomes_of_the_report(
    desk: Operator, night: Path
) -> None:
    def words() -> list[object]:
        return [
            text for (text,) in file_rows(night, "SELECT as_received FROM reports ORDER BY fid")
        ]

    def assert_kept() -> None:
        desk.waits_until_saved()
        assert words() == list(WORDS)
        shown = desk.reads_column("Reports", "As received")
        assert sorted(shown) == sorted(" ".join(text.split()) for text in WORDS)

    desk.enters_line(MARK_LINE)
    for line in WORDS[:-1]:
        desk.enters_line(line)
    desk.types_line(WORDS[-1])
    desk.presses("Return", "Alt+1", "Return")
    assert_kept()
    desk.undoes(3)
    assert words() == list(WORDS)
    desk.redoes(3)
    assert_kept()

    desk.selects("Reports", desk.reads_column("Reports", "Time").index("0210Z"))
    desk.gives_report_to("B")
    assert_kept()
    desk.takes_up("Move")
    desk.fills("To", "50 58.789N 001 39.431E")
    desk.presses("Return")
    assert_kept()
    assert desk.reads_column("Reports", "Position").count("50°58.79'N 001°39.43'E") == 2
    for _ in Notation:
        desk.presses("F6")
        assert_kept()
    desk.takes_from_menu("Boat", "Status of the track", "adrift")
    assert_kept()
    desk.closes()
    desk.opens(night)
    assert_kept()

    desk.selects("Reports", 0)
    desk.withdraws("told twice")
    assert words() == list(WORDS), "withdrawn, not gone"
    log = file_rows(night, "SELECT group_concat(after, ' ') FROM edit_log")[0][0]
    assert "ça dérive" in str(log)
    assert_log_is_whole(night)


# A kill


def tells(desk: "subprocess.Popen[str]", order: str) -> None:
    """Have the other desk do something."""
    assert desk.stdin is not None
    desk.stdin.write(f"{order}\n")
    desk.stdin.flush()


def asks(desk: "subprocess.Popen[str]", order: str) -> str:
    """Have the other desk do something, and return what it says of it."""
    tells(desk, order)
    assert desk.stdout is not None
    return desk.stdout.readline().rstrip("\n")


def kills(desk: "subprocess.Popen[str]") -> None:
    """End the other desk as nothing else does: without a word to it."""
    os.kill(desk.pid, signal.SIGKILL)
    assert desk.wait() == -signal.SIGKILL


def test_a_kill_while_typing_loses_nothing_to_the_last_enter_and_offers_the_half_line(
    operator: Operator, night: Path, other_desk: OtherDesk
) -> None:
    operator.opens(night)
    operator.sets_clock("0100")
    for name, where in BEACHES.items():
        operator.adds_beach_by_keys(name, where)
    operator.enters_line(MARK_LINE)
    operator.closes()
    desk = other_desk(night)
    for number, line in enumerate(NIGHT, start=1):
        tells(desk, f"clock {line.clock}")
        assert asks(desk, f"line {line.typed}") == f"saved {number}"
    tells(desk, "clock 0507")
    assert asks(desk, f"type {HALF}") == "typed"

    kills(desk)

    operator.clock.set(at("0508"))
    operator.opens(night)
    assert operator.sees_saved_mark().startswith("All saved"), "not read-only"
    assert file_rows(night, "SELECT as_received FROM reports ORDER BY fid") == [
        (line.typed,) for line in NIGHT
    ]
    assert labels_in_log(night)[5:] == [line.label for line in NIGHT]
    assert len(operator.reads_panel("Reports")) == len(NIGHT)
    assert (operator.line_text(), operator.focus_name) == (HALF, "Plot line")
    assert operator.line_message() == "Half-typed line kept from the last time."

    operator.types("7E >none")
    operator.presses("Return")

    operator.waits_until_saved()
    assert file_rows(
        night,
        "SELECT as_received, substr(observed_at_utc, 12, 5), track_uid FROM reports"
        " ORDER BY fid DESC LIMIT 1",
    ) == [(f"{HALF}7E >none", "05:07", None)]
    operator.closes()
    assert_log_is_whole(night)
    assert_conforms(night)
    operator.opens(night)
    assert operator.line_text() == ""


def test_a_line_that_was_entered_but_not_saved_is_offered_after_a_kill(
    operator: Operator, night: Path, other_desk: OtherDesk
) -> None:
    desk = other_desk(night)
    with closing(sqlite3.connect(night, isolation_level=None)) as conn:
        conn.execute("BEGIN IMMEDIATE")  # another program is writing for a long time
        assert asks(desk, f"type {R1_LINE}") == "typed"
        assert asks(desk, "enter") == "1 not saved"
        kills(desk)

    operator.opens(night)
    assert file_rows(night, "SELECT count(*) FROM reports") == [(0,)]
    assert operator.line_text() == R1_LINE
