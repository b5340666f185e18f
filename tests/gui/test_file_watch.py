"""What the window says of the open plot's file: who has it, waiting, taken over, backups."""

import json
import shutil
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton

from channelplot.chart import render_job
from channelplot.chart.render_image import render_group
from channelplot.store.backups import backup_folder
from channelplot.store.connection import connect_to_write
from channelplot.ui.dialogs.take_over import TakeOverDialog
from channelplot.ui.menus.file_watch import LOOK_MS
from helpers.at_the_desk import OtherDesk
from helpers.operator import Operator, wait_until
from helpers.plot_files import file_rows
from helpers.trouble import somebody_writing

if TYPE_CHECKING:
    import subprocess

    from PySide6.QtGui import QImage

    from channelplot.chart.cancel import Cancel
    from channelplot.chart.renderers.table import Group
    from channelplot.chart.scene import Scene


def leave_lock(plot: Path, text: str) -> Path:
    lock = plot.with_name(plot.name + ".lock")
    lock.write_text(text)
    return lock


def asked(operator: Operator) -> TakeOverDialog:
    wait_until(lambda: operator.window.findChild(TakeOverDialog), "it is asked")
    dialog = operator.window.findChild(TakeOverDialog)
    assert dialog is not None
    wait_until(dialog.read_on.hasFocus, "Enter would go on reading")
    return dialog


def does(desk: "subprocess.Popen[str]", what: str) -> str:
    assert desk.stdin is not None
    assert desk.stdout is not None
    desk.stdin.write(f"{what}\n")
    desk.stdin.flush()
    return desk.stdout.readline()


def test_a_second_desk_sees_who_has_the_plot_follows_it_and_takes_over_when_it_is_free(
    operator: Operator, night: Path, other_desk: OtherDesk
) -> None:
    desk = other_desk(night)
    operator.opens(night)
    said = operator.sees_banner()
    assert f"(process {desk.pid})" in said
    assert "What is plotted there shows here by itself." in said

    assert does(desk, "plot 50 58.0N 001 41.0E") == "saved 1\n"
    wait_until(lambda: len(operator.reads_panel("Reports")) == 1, "the other's report shows")
    assert "for reading only" in operator.sees_banner(), "that it still is"
    operator.selects_track("A")
    assert desk.stdin is not None
    desk.stdin.close()
    desk.stdin = None  # what ends it after the test must not write there
    desk.wait()
    wait_until(lambda: "is free now" in operator.sees_banner(), "it is told")
    operator.presses("F12", "Return")

    assert operator.sees_banner() == ""
    assert operator.sees_saved_mark().startswith("All saved")
    assert operator.focus_name == "Plot line"
    assert len(operator.selected_rows("Tracks")) == 1, "what was selected stays selected"
    operator.enters_line("0300 >A 50 58.0N 001 41.0E 45pob")
    assert file_rows(night, "SELECT count(*) FROM reports") == [(2,)]


def test_a_desk_that_was_killed_leaves_the_plot_free(
    operator: Operator, night: Path, other_desk: OtherDesk
) -> None:
    desk = other_desk(night)
    operator.opens(night)
    desk.kill()
    desk.wait()

    wait_until(lambda: "is free now" in operator.sees_banner(), "it is told")
    operator.presses("F12", "Return")

    wait_until(lambda: "was not closed properly" in operator.sees_banner(), "it is told")
    assert operator.sees_saved_mark().startswith("All saved")


def test_a_lock_of_another_host_asks_and_enter_goes_on_reading(
    operator: Operator, night: Path
) -> None:
    lock = leave_lock(night, json.dumps({"pid": 4711, "host": "dover", "user": "j.smith"}))
    operator.opens(night)
    assert "j.smith on dover" in operator.sees_banner()
    assert "Is anybody plotting there?" in operator.sees_banner()

    operator.presses("F12", "Return")
    asked(operator)
    operator.presses("Return")

    wait_until(lambda: operator.window.findChild(TakeOverDialog) is None, "the dialog is deleted")
    assert operator.sees_saved_mark() == "Read only"
    assert "dover" in lock.read_text()
    operator.window.activateWindow()


@pytest.mark.parametrize(
    "left", [json.dumps({"pid": 4711, "host": "dover", "user": "j.smith"}), "", "\0\0\0"]
)
def test_a_lock_that_nobody_can_vouch_for_is_taken_over_when_somebody_says_so(
    operator: Operator, night: Path, left: str
) -> None:
    leave_lock(night, left)
    operator.opens(night)
    assert operator.sees_saved_mark() == "Read only"

    operator.presses("F12", "Return")
    asked(operator)
    operator.presses("Alt+T")

    wait_until(lambda: operator.sees_saved_mark().startswith("All saved"), "it is taken over")
    wait_until(lambda: operator.window.findChild(TakeOverDialog) is None, "the dialog is deleted")
    operator.window.activateWindow()
    wait_until(operator.window.isActiveWindow, "the window has the keyboard")
    operator.enters_line("0210 50 58.0N 001 41.0E")
    assert file_rows(night, "SELECT count(*) FROM reports") == [(1,)]


def test_waiting_for_another_program_is_told_and_goes_when_it_is_over(
    operator: Operator, night: Path
) -> None:
    operator.opens(night)
    with somebody_writing(night):
        operator.types_line("0210 50 58.0N 001 41.0E")
        operator.presses("Return")
        wait_until(lambda: "Waiting to save" in operator.sees_banner(), "it is told")
        assert operator.sees_saved_mark() == "1 not saved"
        assert operator.window.banner.property("banner") == "warning"
    operator.waits_until_saved()
    assert "Waiting" not in operator.sees_banner()
    assert file_rows(night, "SELECT count(*) FROM reports") == [(1,)]


def test_an_edit_of_another_program_is_told_shown_and_can_be_undone(
    operator: Operator, night: Path
) -> None:
    operator.opens(night)
    operator.enters_line("0210 50 58.0N 001 41.0E 45pob")

    with closing(connect_to_write(night)) as conn:
        conn.execute("UPDATE reports SET people_total = 54")
        conn.execute("UPDATE people_counts SET total = 54")

    wait_until(lambda: "Another program changed" in operator.sees_banner(), "it is told")
    assert "1 report" in operator.sees_banner()
    assert operator.reads_column("Reports", "People") == ["54"]
    operator.presses("F12", "Return")
    assert operator.table("Watch log").isVisible(), "the button goes there"
    operator.takes_from_menu("Edit", "Undo")
    operator.waits_until_saved()
    assert operator.file_rows("SELECT people_total FROM reports") == [(45,)]


def test_the_first_look_gives_way_to_the_first_picture(
    operator: Operator, night: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_draw = threading.Event()

    def drawn_later(scene: "Scene", group: "Group", cancel: "Cancel") -> "QImage":
        may_draw.wait()
        return render_group(scene, group, cancel)

    operator.opens(night)
    operator.enters_line("0210 50 58.0N 001 41.0E 45pob")
    again = night.with_name("again.gpkg")
    shutil.copyfile(night, again)
    with closing(connect_to_write(again)) as conn:
        conn.execute("UPDATE reports SET grade = 'B2'")
    monkeypatch.setattr(render_job, "render_group", drawn_later)
    try:
        operator.opens_by_menu(again)
        operator.window.desk.canvas.set_text_factor(1.01)  # everything is drawn anew
        begun_s = time.monotonic()
        wait_until(lambda: time.monotonic() - begun_s > 2.2 * LOOK_MS / 1000.0, "two looks are due")
        assert "Another program changed" not in operator.sees_banner()
    finally:
        may_draw.set()
    wait_until(lambda: "Another program changed" in operator.sees_banner(), "it is told")


def test_a_backup_that_cannot_be_made_is_told_until_one_is(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.enters_line("0210 50 58.0N 001 41.0E 45pob")
    folder = backup_folder(night)
    folder.write_text("in the way")
    keeper = operator.window.desk.backup_keeper

    def says(text: str) -> bool:
        keeper.tick()  # as the window's timer does every few seconds
        return text in operator.sees_banner() if text else not operator.sees_banner()

    wait_until(lambda: says("No backup of night"), "it is told")
    assert "The plot itself is saved." in operator.sees_banner()
    assert operator.sees_saved_mark().startswith("All saved")
    folder.unlink()
    keeper._kept.next_s = 0.0
    wait_until(lambda: says(""), "a backup is made")
    assert list(folder.iterdir())


def test_copies_of_a_sound_plot_are_told_and_offer_nothing(operator: Operator, night: Path) -> None:
    operator.opens(night)
    operator.saves_copy(night.with_name("copy.gpkg"))
    assert operator.sees_banner().startswith("A copy is saved in ")
    assert not operator.window.files.save_copy(night.with_name("copy.gpkg"))
    assert "was left as it is" in operator.sees_banner()
    buttons = operator.window.banner.findChildren(QPushButton)
    assert [each.text() for each in buttons if each.isVisible()] == ["Close"]


def test_a_form_for_a_boat_that_another_program_deletes_asks_for_another(
    operator: Operator, night: Path
) -> None:
    operator.opens(night)
    operator.enters_line("0210 50 58.0N 001 41.0E 45pob")
    operator.begins_report("50 57.0N 001 40.0E", track="A", people="40")
    assert "A: " in operator.reads_back(), "measured from the last report of A"

    with closing(connect_to_write(night)) as conn:
        conn.execute("UPDATE reports SET withdrawn_at_utc = '2026-09-15T02:30:00.000Z'")
        conn.execute("UPDATE tracks SET withdrawn_at_utc = '2026-09-15T02:30:00.000Z'")

    wait_until(lambda: "withdrawn" in operator.reads_back(), "it is told")
    operator.presses("Return")
    assert "here or by another program. Choose another, or a new track." in operator.reads_back()
    assert "A: " not in operator.reads_back()
    assert operator.field_text("People") == "40", "what was typed stays"
    operator.chooses("Track", operator.choices("Track")[0])
    operator.fills("People", "41")
    operator.presses("Return")
    operator.waits_until_saved()
    assert operator.reads_column("Reports", "People") == ["41"]
