"""The plot line says which boat a report fits, and Alt+J types that it joins it."""

from pathlib import Path

import pytest

from channelplot.ui.line.strip import Tone
from helpers.builders import at
from helpers.operator import Operator, wait_until

R1_LINE = "0210 50 58.0N 001 41.0E 310/4 45pob est aircraft 1A"
R2_LINE = "0428B 023 CGN 7.2 merchant ship 40+"
R3_LINE = "0345A 50 59 30N 001 37 00E phone 55 people 10 children 2C"
R4_LINE = "0252 31U DS 1855 5491 22 people 3 children"


@pytest.fixture
def desk(operator: Operator, night: Path) -> Operator:
    """Somebody at a desk at 0253Z, with R1 plotted and Cap Gris-Nez as in the worked answers."""
    operator.clock.set(at("0253"))
    operator.opens(night)
    operator.enters_line("mark CGN 50 52.17N 001 34.98E Cap Gris-Nez")
    operator.enters_line(R1_LINE)
    return operator


def says(desk: Operator, text: str) -> None:
    """Wait until the line has said so: what is being typed is not judged at every key."""
    wait_until(lambda: desk.line_message() == text, f"{desk.line_message()!r} becomes {text!r}")


def is_marked(desk: Operator) -> bool:
    """Whether the message is to be looked at."""
    return bool(desk.window.line.strip.message.property(Tone.ASKING.value))


def can_join(desk: Operator) -> bool:
    return desk.window.actions_by_id["join_suggested"].isEnabled()


def test_r2_fits_a_and_alt_j_types_that_it_is_of_a(desk: Operator) -> None:
    desk.types_line(R2_LINE)
    says(desk, "Enter plots it: new B, small boat. A fits, 4.23 kn · Alt+J joins.")
    assert is_marked(desk)
    assert can_join(desk)

    desk.presses("Alt+J")

    assert desk.line_text() == f"{R2_LINE} >A"
    assert desk.focus_name == "Plot line"
    says(desk, "Enter plots it: A. A fits, 4.23 kn.")
    assert not is_marked(desk)
    assert not can_join(desk)
    assert desk.file_rows("SELECT count(*) FROM reports") == [(1,)], "nothing is done by itself"
    desk.presses("Ctrl+Z")
    assert desk.line_text() == R2_LINE
    desk.presses("Alt+J", "Return")
    desk.waits_until_saved()
    assert desk.file_rows("SELECT count(DISTINCT track_uid) FROM reports") == [(1,)]


def test_enter_without_it_starts_a_boat(desk: Operator) -> None:
    desk.enters_line(R2_LINE)
    assert desk.file_rows("SELECT name FROM tracks ORDER BY name") == [("A",), ("B",)]


def test_what_is_remarkable_of_the_boat_it_goes_to_is_said(desk: Operator) -> None:
    desk.enters_line(f"{R2_LINE} >A")
    desk.types_line(f"{R3_LINE} >A")
    says(
        desk,
        "Enter plots it: A. A fits, 5.98 kn; faster than before (4.23 kn); 55 people, A had 45.",
    )
    assert is_marked(desk)
    desk.presses("Ctrl+A", "Delete")
    desk.types_line(R3_LINE)
    says(
        desk,
        "Enter plots it: new B, small boat. A fits, 5.98 kn · Alt+J joins."
        " Faster than before (4.23 kn); 55 people, A had 45.",
    )


def test_r4_is_not_a(desk: Operator) -> None:
    desk.enters_line(f"{R2_LINE} >A")
    desk.enters_line(f"{R3_LINE} >A")
    desk.types_line(R4_LINE)
    desk.presses("Alt+Home")  # the chart shows where the line would stand
    says(desk, "Enter plots it: new B, small boat. A: needs 76 kn, not the same boat.")
    assert not is_marked(desk)
    assert not can_join(desk)
    desk.presses("Alt+J")
    assert desk.line_text() == R4_LINE
    assert desk.line_asks() == []


def test_the_question_about_the_leg_is_the_only_one(desk: Operator) -> None:
    desk.enters_line(f"{R2_LINE} >A")
    desk.enters_line(f"{R3_LINE} >A")
    desk.types_line(f"{R4_LINE} >A")
    desk.presses("Return")
    question, *answers = desk.line_asks()
    assert "not the same boat" in question
    assert len(answers) == 1
    desk.presses("Alt+1")
    desk.presses("Alt+Home")  # the chart shows where the line would stand
    says(desk, "Enter plots it: A. A: needs 76 kn, not the same boat.")
    assert is_marked(desk)


def test_the_caret_stays_where_one_types(desk: Operator) -> None:
    desk.types_line(f"{R2_LINE} // seen by many")
    desk.presses("Home")
    desk.presses("Alt+J")
    assert desk.line_text() == f"{R2_LINE} >A // seen by many"
    assert desk.window.line.edit.caret == 0
    desk.presses("Ctrl+Z", "End")
    desk.types(" again")
    desk.presses("Alt+J")
    assert desk.line_text() == f"{R2_LINE} >A // seen by many again"
    assert desk.window.line.edit.is_caret_at_end


def test_alt_j_from_the_chart_puts_the_caret_in_the_line(desk: Operator) -> None:
    desk.types_line(R2_LINE)
    desk.window.desk.canvas.setFocus()
    desk.presses("Alt+J")
    assert desk.focus_name == "Plot line"
    assert desk.line_text() == f"{R2_LINE} >A"


def test_a_selected_boat_it_can_not_be_is_asked_about_and_the_one_that_fits_is_named(
    desk: Operator,
) -> None:
    line = "0228Z 023 CGN 7.2 merchant ship 40+"
    desk.enters_line("0222Z 50 54.0N 001 20.0E 22pob patrol new C")
    (c,) = desk.file_rows("SELECT uid FROM tracks WHERE name = 'C'")
    desk.window.desk.session.selection.set(frozenset({str(c[0])}))
    desk.types_line(line)
    desk.presses("Return")
    asked, *answers = desk.line_asks()
    assert asked.startswith("C needs ")
    assert asked.endswith(" kn: not the same boat?")
    assert len(answers) == 2
    assert desk.line_message().startswith("A fits, 4.23 kn · Alt+J. Alt+1 or Alt+2")
    assert can_join(desk)
    desk.presses("Alt+1")
    wait_until(lambda: "A fits, 4.23 kn · Alt+J." in desk.line_message(), "A is named")
    assert "C: needs " in desk.line_message()
    desk.presses("Alt+J")
    assert desk.line_text() == f"{line} >A"
    says(desk, "Enter plots it: A. A fits, 4.23 kn.")
