"""What the acceptance night has to correct once R3 is another boat's, by keys alone (step 16)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtWidgets import QTableView

from channelplot.ui.entry.difference_table import ReckonedRow
from helpers.night_lines import MARK_LINE, NIGHT
from helpers.operator import Operator, wait_until
from helpers.plot_files import assert_log_is_whole, file_rows, labels_in_log

LINES: Final = {line.step: line for line in NIGHT}
CROSSINGS: Final = "SELECT substr(crosses_at_utc, 12, 5) FROM predicted_crossings"
DR_OF_A: Final = "A DR 0300Z: 51°00.14'N 001°35.29'E → 51°00.19'N 001°36.64'E, 0.86 NM apart"
MOVED: Final = (
    "0245Z moved from A to a new boat, C. Ctrl+Z takes that back."
    " Corrected: A DR 0300Z 51°00.19'N 001°36.64'E, 0.86 NM from the one used before."
    " Corrected: that A crosses into UK waters 0334Z, as the log predicts, was reckoned from a"
    " report that moved."
)
PREDICTED: Final = (
    "Predicted: A crosses from French into UK waters 0334Z at 51°01.61'N 001°31.38'E (1988 line,"
    " legal), reckoned from 0245Z by course and speed made good"
)
CORRECTED: Final = " (corrected: reckoned from a report that was moved to C since)"


@pytest.fixture
def desk(operator: Operator, night: Path) -> Iterator[Operator]:
    """Somebody at 0455Z who was told of A until R6 and saw its crossing logged; R3 is selected."""
    operator.opens(night)
    operator.window.resize(1280, 800)
    operator.enters_line(MARK_LINE)
    for step in ("1", "2", "3", "5"):
        tells(operator, step)
    operator.sets_clock("0335")
    wait_until(lambda: file_rows(night, CROSSINGS) == [("03:34",)], "the crossing is logged")
    for step in ("10", "13"):
        tells(operator, step)
    operator.sets_clock("0455")
    yield operator
    operator.closes()
    assert_log_is_whole(night)


def tells(desk: Operator, step: str) -> None:
    """Plot a line of the night at its time."""
    desk.sets_clock(LINES[step].clock)
    desk.enters_line(LINES[step].typed)


def asks_for(desk: Operator, time: str) -> None:
    """Ask for the answers of a time."""
    desk.presses("F9")
    desk.types(time)
    desk.presses("Return")


def selects_r3(desk: Operator) -> None:
    """Go to R3 in the Reports panel by its key."""
    desk.presses("Alt+L")
    desk.types("0245")


def reckoned(desk: Operator) -> str:
    """The row of positions before and after in the form that is in sight."""
    (row,) = (row for row in desk.window.findChildren(ReckonedRow) if row.isVisible())
    return row.text()


def logged(desk: Operator) -> list[str]:
    """What the watch log that is in sight says of the prediction."""
    (table,) = (
        each
        for each in desk.window.findChildren(QTableView)
        if each.accessibleName() == "Watch log" and each.isVisible()
    )
    model = table.model()
    texts = [str(model.index(row, 2).data()) for row in range(model.rowCount())]
    return [text for text in texts if text.startswith("Predicted: ")]


def test_16_the_dead_reckoning_of_0300_is_shown_as_a_correction(desk: Operator) -> None:
    asks_for(desk, "0300Z")
    selects_r3(desk)
    keys = desk.keys_pressed
    desk.presses("Ctrl+M", "N")
    assert reckoned(desk) == DR_OF_A
    (row,) = (row for row in desk.window.findChildren(ReckonedRow) if row.isVisible())
    assert row.shown_lines() == [DR_OF_A], "there is room for it"
    desk.presses("Return")
    assert desk.keys_pressed - keys == 3
    assert desk.sees_banner() == MOVED


def test_16_for_now_nothing_of_a_is_reckoned_elsewhere(desk: Operator) -> None:
    """A is reckoned from R6 then, with R3 or without; the logged crossing is corrected."""
    selects_r3(desk)
    desk.presses("Ctrl+M", "N")
    assert reckoned(desk) == ""
    asks_for(desk, "0300Z")
    selects_r3(desk)
    desk.presses("Ctrl+M", "N")
    assert reckoned(desk) == DR_OF_A
    desk.presses("F9", "Ctrl+A", "Delete", "Return")
    selects_r3(desk)
    desk.presses("Ctrl+M", "N", "Return")
    assert "DR" not in desk.sees_banner()
    assert desk.sees_banner().endswith("was reckoned from a report that moved.")


def test_16_the_watch_log_corrects_the_crossing_while_it_stands(desk: Operator) -> None:
    desk.presses("Alt+W")
    wait_until(lambda: logged(desk) == [PREDICTED], "the prediction is in the watch log")
    selects_r3(desk)
    desk.presses("Ctrl+M", "N", "Return")
    desk.waits_until_saved()
    assert labels_in_log(desk.plot_path)[-1] == "give_reports"
    desk.presses("Alt+W")
    wait_until(lambda: logged(desk) == [PREDICTED + CORRECTED], "it is corrected")
    desk.undoes()
    wait_until(lambda: logged(desk) == [PREDICTED], "undone: it holds again")
    desk.redoes()
    wait_until(lambda: logged(desk) == [PREDICTED + CORRECTED], "corrected again")
    plot = desk.plot_path
    desk.closes()
    desk.opens(plot)
    desk.presses("Alt+W")
    wait_until(lambda: logged(desk) == [PREDICTED + CORRECTED], "after a restart, too")
