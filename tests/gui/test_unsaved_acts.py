"""What was entered and is not saved is kept in words, and told of at the next opening."""

import json
import logging
import random
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from channelplot.commands.beaches import move_beach
from channelplot.commands.marks import add_mark
from channelplot.commands.reports import add_report
from channelplot.document.document import Document
from channelplot.store.geopackage import Recovered
from channelplot.store.times import time_text
from channelplot.ui import unsaved_text
from channelplot.ui.files.recovery_text import recovered_text
from channelplot.ui.unsaved_acts import KEEP_MS, UnsavedActs
from channelplot.ui.unsaved_text import LostAct, listed_text, lost_act, lost_text
from helpers.builders import R1, R2, a_mark, a_report, at, night_plot
from helpers.clock import FixedClock
from helpers.every_command import EVERY_COMMAND
from helpers.full_plot import full_plot
from helpers.memory_store import MemoryStore
from helpers.opened import open_plot
from helpers.told import log_of

FULL = full_plot()
WORDS = "caller says they take water, poison-word"


@pytest.fixture
def owner(qtbot: QtBot) -> QObject:
    """Something for what is kept to belong to."""
    return QObject()


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore(night_plot())


@pytest.fixture
def document(store: MemoryStore, clock: FixedClock) -> Document:
    """A plot whose disk is full."""
    document = open_plot(store.plot, clock=clock, store=store).document
    store.fill_up()
    return document


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("unsaved_acts/*"))


def is_written(folder: Path) -> bool:
    """Return whether there is a finished file: its draft stands beside it for a moment before."""
    return [path.suffix for path in files(folder)] == [".json"]


def left_of(owner: QObject, folder: Path) -> tuple[LostAct, ...]:
    """What the next window would find."""
    next_one = open_plot(night_plot(), clock=FixedClock(), store=MemoryStore(night_plot()))
    return UnsavedActs(owner, folder, next_one.document).left


def test_an_act_that_waits_is_on_disk_soon_and_gone_from_there_once_it_is_saved(
    owner: QObject, tmp_path: Path, document: Document, store: MemoryStore, qtbot: QtBot
) -> None:
    UnsavedActs(owner, tmp_path, document)
    document.apply(add_report(replace(a_report("0300", position=R1), as_received=WORDS)))

    assert KEEP_MS <= 50
    qtbot.waitUntil(lambda: is_written(tmp_path))
    (path,) = files(tmp_path)
    (kept,) = json.loads(path.read_text("ascii"))["acts"]
    assert kept["label"] == "add_report"
    assert WORDS in kept["words"]
    assert any("51\u00b0" in field or "50\u00b0" in field for field in kept["fields"])

    store.fail_with = None
    document.retry()
    qtbot.waitUntil(lambda: files(tmp_path) == [])


def test_the_next_opening_finds_them_in_their_order_until_they_are_forgotten(
    owner: QObject, tmp_path: Path, document: Document
) -> None:
    kept = UnsavedActs(owner, tmp_path, document)
    beach = next(iter(document.plot.beaches))
    document.apply(move_beach(beach, R2))
    document.apply(add_mark(a_mark("WRECK")))
    document.undo()
    kept.close()
    kept.close()

    again = open_plot(night_plot(), clock=FixedClock(), store=MemoryStore(night_plot())).document
    shown = UnsavedActs(owner, tmp_path, again)
    assert [act.label for act in shown.left] == ["move_beach", "add_mark", "undo.add_mark"]
    again.apply(add_report(a_report("0310")))
    shown.flush()
    assert len(left_of(owner, tmp_path)) == 3, "what is saved now does not touch them"
    listed = listed_text(shown.left)
    assert "moved from" in listed
    assert "WRECK" in listed
    assert len(listed.split("\n\n")) == 3
    shown.forget()
    shown.flush()
    assert files(tmp_path) == []
    assert left_of(owner, tmp_path) == ()


def test_what_was_saved_after_all_is_not_told(
    owner: QObject, tmp_path: Path, document: Document, store: MemoryStore
) -> None:
    kept = UnsavedActs(owner, tmp_path, document)
    document.apply(add_report(a_report("0300")))
    document.apply(add_report(a_report("0301")))
    kept.close()
    store.fail_with = None
    document.retry()
    assert len(document.acts) == 2

    after = UnsavedActs(owner, tmp_path, document)
    after.flush()
    assert after.left == ()
    assert files(tmp_path) == []


def test_a_line_of_the_plot_line_is_not_kept_twice(
    owner: QObject, tmp_path: Path, document: Document
) -> None:
    kept = UnsavedActs(owner, tmp_path, document)
    kept.entered_as_line()
    document.apply(add_report(a_report("0300")))
    kept.entered_as_line()
    kept.flush()
    assert files(tmp_path) == []
    document.apply(add_report(a_report("0301")))
    kept.flush()
    kept.close()
    assert len(left_of(owner, tmp_path)) == 1


def test_a_copy_that_has_them_is_named(owner: QObject, tmp_path: Path, document: Document) -> None:
    kept = UnsavedActs(owner, tmp_path, document)
    kept.copied(tmp_path / "too early.gpkg", ())
    document.apply(add_report(a_report("0300")))
    kept.flush()
    kept.copied(tmp_path / "copy.gpkg", document.pending_acts)
    document.apply(add_report(a_report("0301")))
    kept.close()

    one, other = left_of(owner, tmp_path)
    assert one.copy.endswith("copy.gpkg")
    assert other.copy == ""
    assert "copy.gpkg" in listed_text((one,))
    assert "copy" not in listed_text((other,))


def test_a_plot_that_is_open_to_read_neither_shows_nor_touches_them(
    owner: QObject, tmp_path: Path, document: Document, clock: FixedClock
) -> None:
    kept = UnsavedActs(owner, tmp_path, document)
    document.apply(add_report(a_report("0300")))
    kept.close()
    reading = MemoryStore(night_plot(), is_read_only=True)
    second = UnsavedActs(
        owner, tmp_path, open_plot(reading.plot, clock=clock, store=reading).document
    )
    assert second.left == ()
    second.close()
    assert len(left_of(owner, tmp_path)) == 1


def test_a_folder_that_cannot_be_written_to_stops_nobody_and_is_tried_again(
    owner: QObject,
    tmp_path: Path,
    document: Document,
    expected_warnings: list[logging.LogRecord],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    (tmp_path / "unsaved_acts").write_text("in the way")
    kept = UnsavedActs(owner, tmp_path, document)
    document.apply(add_report(replace(a_report("0300"), as_received=WORDS)))
    kept.flush()
    assert "not kept" in caplog.text
    assert expected_warnings, "what is in the way is no file of ours"
    assert "poison" not in caplog.text
    (tmp_path / "unsaved_acts").unlink()
    kept.flush()
    assert len(files(tmp_path)) == 1
    kept.close()


GOOD = {
    "at": "2026-09-15T03:00:00.000Z", "operator": "watch", "label": "add_report",
    "entity_uid": "", "words": "report", "copy": "", "fields": ["Position: x", 7],
}  # fmt: skip


@pytest.mark.parametrize(
    "acts", ["x", [7], [{}], [{**GOOD, "at": "yesterday"}], [{**GOOD, "words": None}]]
)
def test_what_is_spoilt_in_the_file_is_left_out(
    owner: QObject, tmp_path: Path, document: Document, acts: object
) -> None:
    kept = UnsavedActs(owner, tmp_path, document)
    document.apply(add_report(a_report("0300")))
    kept.close()
    (path,) = files(tmp_path)
    path.write_text(json.dumps({"acts": acts}), "utf-8")
    assert left_of(owner, tmp_path) == ()
    path.write_text(json.dumps({"acts": [{**GOOD, "fields": "x"}, GOOD]}), "utf-8")
    first, second = left_of(owner, tmp_path)
    assert (first.fields, second.fields) == ((), ("Position: x",))


@pytest.mark.parametrize("name", sorted(EVERY_COMMAND.keys() - {"log_predicted_crossing"}))
def test_every_act_is_told_in_the_words_of_the_watch_log(
    name: str, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name != "import_file":  # of which only the file's name is told, where it is large
        monkeypatch.setattr(unsaved_text, "_MOST_REPORTS", 0)
    command = EVERY_COMMAND[name].allowed(FULL, random.Random(2))
    assert command is not None
    (logged,) = log_of(tmp_path, FULL, command, clock=clock)
    store = MemoryStore(FULL)
    store.fill_up()
    document = open_plot(FULL, clock=clock, store=store).document
    document.apply(command)
    (act,) = document.pending_acts

    told = lost_act(time_text(act.record.at_utc), act)

    why = f" ({logged.entry.why})" if logged.entry.why else ""
    assert told.words == f"{logged.words}{why}"
    assert told.label == command.label
    assert command.label.startswith(("withdraw", "end", "remove")) or told.fields


def test_what_the_program_does_by_itself_is_not_told(
    owner: QObject, tmp_path: Path, clock: FixedClock
) -> None:
    command = EVERY_COMMAND["log_predicted_crossing"].allowed(FULL, random.Random(2))
    assert command is not None
    store = MemoryStore(FULL)
    store.fill_up()
    document = open_plot(FULL, clock=clock, store=store).document
    kept = UnsavedActs(owner, tmp_path, document)
    document.apply(command)
    kept.flush()
    assert document.save_state.pending == 1
    assert files(tmp_path) == []


def test_a_closing_can_be_entered_again_from_its_words(clock: FixedClock) -> None:
    command = next(
        command
        for lot in range(30)
        if (command := EVERY_COMMAND["close_track"].allowed(FULL, random.Random(lot))) is not None
    )
    store = MemoryStore(FULL)
    store.fill_up()
    closing = open_plot(FULL, clock=clock, store=store).document
    closing.apply(command)
    text = listed_text([lost_act(time_text(at("0500")), closing.pending_acts[0])])
    assert text.startswith("0500:00Z ")
    assert "closed as" in text
    assert "identified by" in text


def test_the_notice_counts_one_and_several() -> None:
    act = LostAct("2026-09-15T03:00:00.000Z", "watch", "add_beach", "", "beach Oye added")
    assert lost_text(1, [act]) == (
        "1 act that was entered and not saved is gone from the plot: beach Oye added."
    )
    assert lost_text(4, [act] * 4) == (
        "4 acts that were entered and not saved are gone from the plot: beach Oye added; "
        "beach Oye added; 2 more."
    )


@pytest.mark.parametrize(("number", "said"), [(1, "here, 1 act, at"), (2, "2 acts, the last at")])
def test_what_was_recovered_counts_one_and_several(
    document: Document, store: MemoryStore, clock: FixedClock, number: int, said: str
) -> None:
    document.apply(add_report(a_report("0300")))
    store.fail_with = None
    document.retry()
    text = recovered_text(
        Recovered(None, had_unfinished_act=False),
        document.acts[-1],
        number,
        clock,
        has_half_line=False,
        unsaved_lines=0,
    )
    assert said in text
