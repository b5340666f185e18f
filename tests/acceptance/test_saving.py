"""What the window says of saving is so, whatever the disk does; and a kill loses nothing."""

import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox

from helpers.builders import R1, R2
from helpers.operator import Operator, wait_until
from helpers.plot_files import assert_conforms, assert_log_is_whole, file_rows, labels_in_log
from helpers.trouble import somebody_writing
from unit.store.files import HOLD_LOCKED, another_process, no_file_larger_than

if TYPE_CHECKING:
    import subprocess

JOURNAL_DOES_NOT_FIT = 1024


def begins(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.sets_clock("0210")
    operator.plots(R1, people="45")
    operator.sets_clock("0228")
    operator.begins_report(R2, people="40", track="A")


def waits_for_failure(operator: Operator) -> None:
    wait_until(lambda: operator.window.banner.property("banner") == "bad", "the banner is red")


def says_saved(operator: Operator) -> bool:
    told = operator.sees_banner() + operator.sees_saved_mark()
    return "All saved" in told or "is saved" in told


def hollow(operator: Operator) -> set[int | None]:
    """The numbers of people of the reports that the chart draws as not saved."""
    scene = operator.window.desk.canvas.scene()
    reports = [scene.plot.report(uid) for uid in scene.pending_uids]
    return {each.people.total for each in reports if each and each.people}


def test_on_a_full_disk_the_act_is_kept_and_saved_once_there_is_room(
    operator: Operator, night: Path
) -> None:
    begins(operator, night)

    with no_file_larger_than(JOURNAL_DOES_NOT_FIT):
        operator.presses("Return")
        waits_for_failure(operator)
        assert operator.sees_saved_mark() == "1 not saved"
        wait_until(lambda: hollow(operator) == {40}, "the report is drawn hollow")
        assert len(operator.reads_panel("Reports")) == 2, "shown, as not saved"
        operator.presses("Ctrl+S")
        assert not says_saved(operator)
        operator.sets_clock("0245")
        operator.begins_report("50 59.5N 001 37.0E", people="55")
        operator.presses("Return")
        assert operator.sees_saved_mark() == "2 not saved"
        wait_until(lambda: hollow(operator) == {40, 55}, "both reports are drawn hollow")
        waits_for_failure(operator)
        assert file_rows(night, "SELECT people_total FROM reports") == [(45,)]

    operator.waits_until_saved()
    wait_until(lambda: "saved again" in operator.sees_banner(), "the banner says so")
    assert operator.sees_saved_mark() == "All saved, last 0245:00Z"
    wait_until(lambda: not hollow(operator), "nothing is drawn hollow")
    assert operator.file_rows("SELECT people_total FROM reports ORDER BY fid") == [
        (45,),
        (40,),
        (55,),
    ]
    operator.closes()
    assert labels_in_log(night) == ["new_plot", "start_track", "add_report", "add_report"]
    assert_conforms(night)


def test_what_is_not_saved_can_be_undone(operator: Operator, night: Path) -> None:
    begins(operator, night)
    with no_file_larger_than(JOURNAL_DOES_NOT_FIT):
        operator.presses("Return")
        waits_for_failure(operator)
        operator.presses("Ctrl+Z")
        assert len(operator.reads_panel("Reports")) == 1

    operator.waits_until_saved()
    assert labels_in_log(night)[2:] == ["add_report", "undo.add_report"]
    assert len(operator.reads_panel("Reports")) == 1


def test_a_copy_holds_what_could_not_be_saved(
    operator: Operator, night: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("channelplot.store.connection.BUSY_TIMEOUT_S", 0.2)
    begins(operator, night)
    copy = night.parent / "copy.gpkg"

    with somebody_writing(night):
        operator.presses("Return")
        waits_for_failure(operator)
        assert "another program" in operator.sees_banner()
        operator.saves_copy(copy)
        assert str(copy) in operator.sees_banner(), "the operator is told of the copy"
        assert operator.sees_saved_mark() == "1 not saved"
        assert file_rows(night, "SELECT count(*) FROM reports") == [(1,)]
        assert file_rows(copy, "SELECT people_total FROM reports") == [(45,), (40,)]
        assert_conforms(copy)

    operator.waits_until_saved()
    assert operator.file_rows("SELECT people_total FROM reports") == [(45,), (40,)]


def moved(path: Path) -> None:
    path.rename(path.with_suffix(".away"))


def deleted(path: Path) -> None:
    path.unlink()


def replaced(path: Path) -> None:
    other = path.with_suffix(".other")
    with closing(sqlite3.connect(other)) as conn:
        conn.execute("CREATE TABLE t (x)")
        conn.commit()
    other.replace(path)


@pytest.mark.parametrize("happens", [moved, deleted, replaced], ids=lambda each: each.__name__)
def test_a_plot_taken_away_while_open_is_told_and_the_copy_has_everything(
    operator: Operator, night: Path, happens: Callable[[Path], None]
) -> None:
    begins(operator, night)
    happens(night)

    operator.presses("Return")

    waits_for_failure(operator)
    assert "moved, deleted or replaced" in operator.sees_banner()
    assert operator.sees_saved_mark() == "1 not saved"
    copy = night.parent / "copy.gpkg"
    operator.saves_copy(copy)
    assert file_rows(copy, "SELECT people_total FROM reports") == [(45,), (40,)]
    assert_log_is_whole(copy)


def test_a_plot_cut_short_while_open_is_told_and_nothing_says_saved(
    operator: Operator, night: Path
) -> None:
    begins(operator, night)
    os.truncate(night, 4096 * 6)

    operator.presses("Return")

    waits_for_failure(operator)
    assert operator.sees_saved_mark() == "1 not saved"
    assert not says_saved(operator)
    assert len(operator.reads_panel("Reports")) == 2, "both are still on the desk"


def test_a_plot_that_is_put_back_goes_on(operator: Operator, night: Path) -> None:
    begins(operator, night)
    moved(night)
    operator.presses("Return")
    waits_for_failure(operator)

    night.with_suffix(".away").rename(night)

    operator.waits_until_saved()
    assert operator.file_rows("SELECT people_total FROM reports") == [(45,), (40,)]


def test_leaving_asks_while_something_is_not_saved(operator: Operator, night: Path) -> None:
    begins(operator, night)
    moved(night)
    operator.presses("Return")
    waits_for_failure(operator)

    def stay(box: QMessageBox) -> None:
        assert box.text() == "1 act is not saved. It is lost if you leave now."
        box.buttons()[[button.text() for button in box.buttons()].index("Stay")].click()

    operator.answers(QMessageBox, stay, operator.window.close)

    assert operator.window.isVisible()
    assert len(operator.reads_panel("Reports")) == 2


def texts(box: QMessageBox) -> list[str]:
    return [button.text().replace("&", "") for button in box.buttons()]


def test_leaving_after_a_copy_says_that_what_is_not_saved_is_in_the_copy(
    operator: Operator, night: Path
) -> None:
    begins(operator, night)
    moved(night)
    operator.presses("Return")
    waits_for_failure(operator)
    copy = night.parent / "copy.gpkg"

    def save_first(box: QMessageBox) -> None:
        assert "lost" in box.text()
        box.buttons()[texts(box).index("Stay")].click()

    operator.answers(QMessageBox, save_first, operator.window.close)
    operator.saves_copy(copy)

    def stay(box: QMessageBox) -> None:
        assert box.text() == f"1 act is not saved in this plot. It is in the copy {copy}."
        assert "Leave" in texts(box)
        box.buttons()[texts(box).index("Stay")].click()

    operator.answers(QMessageBox, stay, operator.window.close)
    operator.sets_clock("0250")
    operator.begins_report("50 59.5N 001 37.0E", people="55")
    operator.presses("Return")

    def later(box: QMessageBox) -> None:
        assert box.text() == "2 acts are not saved. They are lost if you leave now.", "one is not"
        box.buttons()[texts(box).index("Stay")].click()

    operator.answers(QMessageBox, later, operator.window.close)
    other = night.parent / "other copy.gpkg"
    operator.saves_copy(other)

    def leave(box: QMessageBox) -> None:
        assert box.text() == f"2 acts are not saved in this plot. They are in the copy {other}."
        box.buttons()[texts(box).index("Leave")].click()

    operator.answers(QMessageBox, leave, lambda: operator.opens_by_menu(other))
    assert operator.plot_path == other
    assert len(operator.reads_panel("Reports")) == 3


def test_the_window_lives_while_a_copy_waits_for_another_program(
    operator: Operator, night: Path
) -> None:
    begins(operator, night)
    told: set[str] = set()
    looking = QTimer()
    looking.timeout.connect(lambda: told.add(operator.sees_banner()))
    looking.start(10)
    copy = night.parent / "copy.gpkg"
    with another_process(HOLD_LOCKED, str(night)):
        operator.presses("Return")
        assert operator.window.files.save_copy(copy)
    looking.stop()

    assert any(text.startswith(f"Saving a copy in {copy}") for text in told)
    assert "Saving a copy" not in operator.sees_banner()
    assert file_rows(copy, "SELECT people_total FROM reports") == [(45,), (40,)]
    operator.waits_until_saved()


def test_a_name_that_is_too_long_is_called_that(operator: Operator, night: Path) -> None:
    operator.opens(night)
    assert not operator.window.files.save_copy(night.with_name("n" * 245 + ".gpkg"))
    assert "name of the file is too long" in operator.sees_banner()
    assert not operator.window.files.open(night.with_name("n" * 300 + ".gpkg"))
    assert "could not be read or written" not in operator.sees_banner()


def test_another_plot_does_not_claim_that_what_was_left_is_saved(
    operator: Operator, night: Path
) -> None:
    other = night.parent / "other.gpkg"
    other.write_bytes(night.read_bytes())
    begins(operator, night)
    moved(night)
    operator.presses("Return")
    waits_for_failure(operator)

    def leave(box: QMessageBox) -> None:
        box.buttons()[
            [button.text() for button in box.buttons()].index("Leave without them")
        ].click()

    operator.answers(QMessageBox, leave, lambda: operator.opens_by_menu(other))

    assert operator.plot_path == other
    assert "saved again" not in operator.sees_banner()
    assert operator.window.banner.property("banner") != "bad" or not operator.sees_banner()


def test_closing_at_once_waits_for_the_last_act(operator: Operator, night: Path) -> None:
    begins(operator, night)

    operator.presses("Return")
    operator.closes()

    assert file_rows(night, "SELECT people_total FROM reports") == [(45,), (40,)]


def test_the_desk_goes_on_while_another_program_writes(operator: Operator, night: Path) -> None:
    begins(operator, night)
    with somebody_writing(night):
        operator.presses("Return")
        assert operator.sees_saved_mark() == "1 not saved"
        wait_until(lambda: hollow(operator) == {40}, "the report is drawn hollow")
        operator.clicks(R1)
        assert operator.field_text("Position").startswith("50°5")

    operator.waits_until_saved()
    assert operator.file_rows("SELECT people_total FROM reports") == [(45,), (40,)]


@pytest.mark.parametrize("acknowledged", [1, 2, 7])
def test_a_kill_right_after_saved_loses_nothing(
    operator: Operator,
    night: Path,
    other_desk: "Callable[[Path], subprocess.Popen[str]]",
    acknowledged: int,
) -> None:
    desk = other_desk(night)
    assert desk.stdin is not None
    assert desk.stdout is not None
    desk.stdin.write("many\n")
    desk.stdin.flush()
    for number in range(1, acknowledged + 1):
        assert desk.stdout.readline() == f"saved {number}\n"

    os.kill(desk.pid, signal.SIGKILL)

    desk.wait()
    told = acknowledged + len(desk.stdout.read().split("\n")) - 1
    operator.opens(night)
    assert operator.sees_saved_mark().startswith("All saved"), "not read-only"
    shown = len(operator.reads_panel("Reports"))
    assert told <= shown <= told + 1, "at most one more than was acknowledged"
    operator.plots(R2)
    operator.closes()
    assert_log_is_whole(night)
    assert_conforms(night)
