"""Callers, the watch log and closed boats in the plot line of the window."""

from pathlib import Path

import pytest

from channelplot.commands.closing import Closing, close_track
from channelplot.model.codes import TrackStatus
from channelplot.model.ids import new_uid
from channelplot.ui.line.strip import Tone
from helpers.builders import at
from helpers.operator import Operator

FIRST = "0245Z tel 06 12 34 56 78, 50 59 30N 001 37 00E 55pob new"
SECOND = "0255Z 51 03.0N 001 28.0E 55pob new"


@pytest.fixture
def desk(operator: Operator, night: Path) -> Operator:
    """Somebody at a desk with boat A, of whom somebody called."""
    operator.opens(night)
    operator.enters_line(FIRST)
    return operator


@pytest.mark.parametrize("call", ["tel 0612345678", "same phone as 0345A", "même numéro que 0245Z"])
def test_a_caller_who_called_before_is_seen_at_once(desk: Operator, call: str) -> None:
    desk.types_line(f"{call}, {SECOND}")

    assert desk.sees_line("Source") == "phone 0612345678"
    assert desk.sees_more_of_line("Source") == "0245Z (A), same phone"
    assert "Same phone as 0245Z (A)." in desk.line_message()
    assert desk.window.line.strip.message.property(Tone.ASKING.value), "it is to be looked at"
    desk.presses("Return")
    desk.waits_until_saved()
    assert desk.file_rows("SELECT caller FROM reports ORDER BY fid") == [("0612345678",)] * 2


def test_a_line_of_the_log_is_written_and_said_until_it_is_undone(desk: Operator) -> None:
    desk.types_line("log >A families told, 50 62.0N")
    assert desk.line_message() == "Enter writes it in the watch log, about A."
    assert desk.sees_line("Track") == "watch log"
    assert desk.ghosts() == []

    desk.enters_line("log >A families told, 50 62.0N")
    assert desk.line_message() == "Written in the watch log, about A."
    assert desk.file_rows("SELECT text FROM log_lines") == [("families told, 50 62.0N",)]

    desk.presses("Ctrl+Z")
    assert desk.line_message() != "Written in the watch log, about A."


def test_log_alone_is_not_found_fault_with_while_one_types(desk: Operator) -> None:
    desk.types_line("log")
    assert "watch log" not in desk.line_message()

    desk.presses("Return")
    assert "Write the words behind it" in desk.line_message()
    desk.types(" relief at 0600")
    assert desk.line_message() == "Enter writes it in the watch log."


def test_a_report_on_a_closed_boat_is_asked_about(desk: Operator) -> None:
    document = desk.window.desk.session.document
    (track,) = document.plot.tracks.values()
    closing = Closing(
        status=TrackStatus.NOT_SMALL_BOAT,
        change_uid=new_uid(),
        at_utc=at("0258"),
        by="watch",
        explained_by="watch officer",
        reason="a fishing boat",
    )
    document.apply(close_track(track.uid, closing))
    desk.waits_until_saved()

    desk.types_line("0255Z 51 03.0N 001 28.0E >A")
    assert "closed: not a small boat" in desk.sees_more_of_line("Track")
    desk.presses("Return")
    question, *answers = desk.line_asks()
    assert question == "A is closed as not a small boat. Does this report tell of A?"
    assert len(answers) == 2

    desk.answers_line(2)
    assert desk.sees_line("Track") == "new B, small boat"
    assert desk.line_message().startswith("Enter plots it: new B")
