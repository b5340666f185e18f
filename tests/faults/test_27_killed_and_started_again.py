"""A desk that is killed is where it was soon after it is started again."""

import time
from collections.abc import Callable
from pathlib import Path
from subprocess import Popen

from PySide6.QtWidgets import QApplication

from channelplot.settings import log_folder
from channelplot.ui.dialogs.lost_acts import LostActsDialog
from helpers.at_the_desk import OtherDesk
from helpers.operator import Operator, wait_until
from helpers.plot_files import file_rows
from unit.store.files import HOLD_LOCKED, another_process

REST_S = 0.25
"""The hand rests before the desk is killed; what is typed is on disk 25 ms later, and the time that
a busy disk takes."""
AT_MOST_S = 10.0
"""What the list of the thirty allows; it takes about a tenth of that."""


def does(desk: Popen[str], what: str) -> str:
    """Have the other desk do something; return its answer."""
    assert desk.stdin is not None
    assert desk.stdout is not None
    desk.stdin.write(f"{what}\n")
    desk.stdin.flush()
    return desk.stdout.readline()


def test_view_half_line_and_undo_are_back_and_it_is_said(
    operator: Operator,
    night: Path,
    other_desk: OtherDesk,
    cycles: Callable[[int, int], int],
    figure: Callable[[str], None],
) -> None:
    restarts = cycles(1, 100)
    slowest_s = 0.0
    for number in range(restarts):
        desk = other_desk(night)
        assert does(desk, "plot 50 58.0N 001 41.0E") == f"saved {number + 1}\n"
        seen = does(desk, f"centre 51 0{number % 9}.0N 001 2{number % 10}.0E")
        half = f"0312 50 50.{number % 10}N 001"
        assert does(desk, f"type {half}") == "typed\n"
        time.sleep(REST_S)
        desk.kill()
        desk.wait()

        begun_s = time.monotonic()
        operator.opens(night)
        operator.waits_for_chart()
        slowest_s = max(slowest_s, time.monotonic() - begun_s)

        said = operator.sees_banner()
        assert "was not closed properly" in said
        assert f"{number * 3 + 2} acts" in said, "all of them, the new plot too"
        assert "The half-typed line is back." in said
        assert operator.line_text() == half
        centre = operator.window.desk.canvas.viewport.centre
        assert f"{centre.lon_deg:.4f} {centre.lat_deg:.4f}\n" == seen
        operator.takes_from_menu("Edit", "Undo")
        operator.waits_until_saved()
        assert len(operator.reads_panel("Reports")) == number, "what was saved can be undone"
        operator.takes_from_menu("Edit", "Redo")
        operator.waits_until_saved()
        operator.presses("Ctrl+A", "Delete")
        operator.closes()
    assert slowest_s <= AT_MOST_S
    (count,) = file_rows(night, "SELECT count(*) FROM reports WHERE withdrawn_at_utc IS NULL")
    assert count == (restarts,)
    figure(f"{restarts} of {restarts} back, the slowest in {slowest_s:.1f} s")


def test_what_was_entered_in_a_form_and_not_saved_is_told_and_listed(
    operator: Operator, night: Path, other_desk: OtherDesk, figure: Callable[[str], None]
) -> None:
    words = "engine dead, taking water"
    desk = other_desk(night)
    assert does(desk, "plot 50 58.0N 001 41.0E") == "saved 1\n"
    with another_process(HOLD_LOCKED, str(night)):
        assert does(desk, f"form 50 57.0N 001 40.0E; {words}") == "1 not saved\n"
        desk.kill()
        desk.wait()

    operator.opens(night)
    said = operator.sees_banner()
    assert "1 act that was entered and not saved is gone from the plot: " in said
    assert words in said
    assert len(operator.reads_panel("Reports")) == 1, "never entered by itself"
    operator.presses("F12", "Return")
    listed = operator.window.findChild(LostActsDialog)
    assert listed is not None
    text = listed.list.toPlainText()
    assert words in text
    assert "50°57.0" in text
    listed.copy.click()
    assert QApplication.clipboard().text() == text
    listed.keep.click()
    wait_until(lambda: operator.window.findChild(LostActsDialog) is None, "the list is closed")
    operator.closes()

    operator.opens(night)
    assert "1 act that was entered" in operator.sees_banner(), "told until it is forgotten"
    operator.window.activateWindow()
    operator.presses("F12", "Return")
    listed = operator.window.findChild(LostActsDialog)
    assert listed is not None
    listed.forget.click()
    wait_until(lambda: not operator.sees_banner(), "nothing more is told")
    operator.closes()
    operator.opens(night)
    assert operator.sees_banner() == ""
    for path in log_folder().glob("*"):
        assert words not in path.read_text("utf-8", "replace"), path
    figure("1 act of a form told and listed")
