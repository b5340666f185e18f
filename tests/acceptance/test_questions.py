"""What is doubtful is asked about: not refused silently, and not stored silently."""

from pathlib import Path

import pytest

from helpers.builders import R1, ddm
from helpers.operator import Operator
from helpers.plot_files import labels_in_log

INLAND = "50 54.0N 001 50.0E"
FAR_AWAY = "45 00.0N 010 00.0E"
AT_SEA = "50 58.0N 001 41.0E"

DOUBTS = [
    pytest.param(
        {"where": AT_SEA, "time": "0315Z"}, "15 min in the future", "Time, UTC", id="future"
    ),
    pytest.param(
        {"where": AT_SEA, "time": "120300Z SEP 26"}, "3 days ago", "Time, UTC", id="long ago"
    ),
    pytest.param({"where": INLAND}, "on land", "Position", id="on land"),
    pytest.param({"where": FAR_AWAY}, "outside the chart", "Position", id="outside"),
]


def begins(operator: Operator, night: Path, told: dict[str, str]) -> None:
    operator.opens(night)
    operator.sets_clock("0300")
    operator.begins_report(told["where"], time=told.get("time", ""), people="45")


@pytest.mark.parametrize(("told", "question", "field"), DOUBTS)
def test_a_doubtful_report_is_stored_only_after_the_answer(
    operator: Operator, night: Path, told: dict[str, str], question: str, field: str
) -> None:
    begins(operator, night, told)
    assert operator.is_asked()
    assert question in operator.reads_back()

    operator.presses("Return", "Return")
    assert operator.file_rows("SELECT count(*) FROM reports") == [(0,)], "Enter is no answer"

    operator.presses("Alt+1")
    assert operator.file_rows("SELECT people_total FROM reports") == [(45,)]
    assert not operator.is_asked()


@pytest.mark.parametrize(("told", "question", "field"), DOUBTS)
def test_alt_2_goes_back_to_what_is_doubtful(
    operator: Operator, night: Path, told: dict[str, str], question: str, field: str
) -> None:
    begins(operator, night, told)

    operator.presses("Alt+2")

    assert operator.focus_name == field
    operator.types("0255Z" if field == "Time, UTC" else AT_SEA)
    assert not operator.is_asked()
    operator.presses("Return")
    assert operator.file_rows("SELECT people_total FROM reports") == [(45,)]


@pytest.mark.parametrize(("told", "question", "field"), DOUBTS)
def test_escape_from_a_question_stores_nothing(
    operator: Operator, night: Path, told: dict[str, str], question: str, field: str
) -> None:
    begins(operator, night, told)

    operator.presses("Escape", "Alt+1", "Return")

    assert labels_in_log(night) == ["new_plot"]


def test_two_doubts_are_both_asked(operator: Operator, night: Path) -> None:
    begins(operator, night, {"where": INLAND, "time": "150500Z SEP 26"})

    assert "2 h 00 in the future" in operator.reads_back()
    assert "on land" in operator.reads_back()
    operator.presses("Alt+1")

    assert operator.file_rows("SELECT count(*) FROM reports") == [(1,)]


def test_the_minute_that_it_is_is_no_future_and_the_next_one_is(
    operator: Operator, night: Path
) -> None:
    begins(operator, night, {"where": AT_SEA, "time": "0300Z"})
    assert not operator.is_asked()

    operator.fills("Time, UTC", "0301Z")
    assert operator.is_asked()
    assert "1 min in the future" in operator.reads_back()


def test_further_ahead_than_a_quarter_of_an_hour_is_yesterday_and_says_so(
    operator: Operator, night: Path
) -> None:
    begins(operator, night, {"where": AT_SEA, "time": "0316Z"})

    assert not operator.is_asked()
    assert "0316Z  0416 UK  0516 FR  14 SEP 26, yesterday" in operator.reads_back()
    operator.presses("Return")
    assert operator.file_rows("SELECT observed_at_utc FROM reports") == [
        ("2026-09-14T03:16:00.000Z",)
    ]


def test_the_shore_within_two_hundred_metres_is_no_land(operator: Operator, night: Path) -> None:
    begins(operator, night, {"where": "50 56.66N 001 45.00E"})
    assert not operator.is_asked(), "112 m inside the charted coast"

    operator.fills("Position", "50 56.60N 001 45.10E")
    assert operator.is_asked(), "263 m inside it"


def test_a_click_on_land_is_asked_about_too(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.begins_report(ddm(50, 54.0, 1, 50.0))

    assert operator.is_asked()
    operator.presses("Return")
    assert operator.file_rows("SELECT count(*) FROM reports") == [(0,)]


def test_a_move_onto_land_is_asked_about_too(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.plots(R1)
    operator.takes_up("Move")
    operator.fills("To", INLAND)
    assert operator.is_asked()

    operator.presses("Return")
    assert labels_in_log(night) == ["new_plot", "start_track"]
    operator.presses("Alt+2")
    assert operator.focus_name == "To"
    operator.presses("Alt+1")
    operator.waits_until_saved()
    assert labels_in_log(night)[-1] == "move_report"


def test_a_beach_outside_the_area_is_asked_about_too(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.takes_up("Beach")
    operator.fills("Position", FAR_AWAY)
    operator.fills("Name", "Nice")

    operator.presses("Return", "Alt+2")
    assert operator.focus_name == "Position"
    assert operator.file_rows("SELECT count(*) FROM beaches") == [(0,)]

    operator.presses("Alt+1")
    assert operator.file_rows("SELECT name FROM beaches") == [("Nice",)]
