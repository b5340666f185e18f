"""A large import is one act at the desk: one line of its log, one Ctrl+Z after a restart too."""

import csv
import io
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from channelplot.commands.imports import Arrivals, import_file
from channelplot.commands.reports import add_report
from channelplot.document import past
from channelplot.document.document import Document
from channelplot.document.opening import document_of
from channelplot.document.writer import InlineWriter
from channelplot.geodesy.text import position_text
from channelplot.store import log_text, soundness
from channelplot.store import save as saving
from channelplot.store.geopackage import PlotFile
from channelplot.store.log_hashes import read_hashes
from channelplot.ui.log.log_csv import log_csv
from channelplot.ui.log.log_on_paper import log_rows
from channelplot.ui.panels.log_book import LogBook
from helpers.builders import a_beach, a_report, a_track
from helpers.clock import FixedClock
from helpers.operator import Operator, wait_until
from unit.store.files import edit

IMPORT_UID = "7b0c7a52-6f0f-4f4e-9d0a-0d1f7f1a2b3c"
LOG = "Watch log"
IMPORTED = "file radar.csv imported; new: boat X, boat Y; reports: 35; places: Calais"


@pytest.fixture
def imported(night: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty plot into which a file came, told in several rows of the log, each very long."""
    monkeypatch.setattr(saving, "ROWS_OF_AN_ACT", 8)
    monkeypatch.setattr(saving, "_LOT", 4)
    monkeypatch.setattr(past, "MOST_CHARACTERS", 3_000)
    tracks = [
        a_track(name, tuple(a_report(f"0{hour}{minute:02}") for minute in range(count)))
        for name, hour, count in (("X", 1, 25), ("Y", 2, 10))
    ]
    arrivals = Arrivals(tracks=tracks, beaches=[a_beach("Calais")])
    document = opened(night, clock)
    document.apply(import_file(lambda _: arrivals, "radar.csv", IMPORT_UID))
    assert len(document.acts) == 6
    document.close()
    return night


def opened(path: Path, clock: FixedClock) -> Document:
    return document_of(PlotFile.open(path), writer=InlineWriter(), clock=clock, operator="Ann")


@pytest.mark.parametrize(("longest", "is_large"), [(10**6, False), (2_000, False), (2_000, True)])
def test_it_is_one_line_wherever_the_log_is_read(
    qapp: QApplication,
    imported: Path,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
    longest: int,
    *,
    is_large: bool,
) -> None:
    monkeypatch.setattr(log_text, "LONG_TEXT", longest)
    if is_large:
        monkeypatch.setattr(soundness, "MOST_COPIED_BYTES", 1_000)
        monkeypatch.setattr("channelplot.store.log.LEFT_IN_FILE", 100)
    document = opened(imported, clock)
    book = LogBook(position_text)
    book.show(document.acts)
    reading = book.reading()
    assert (reading is not None) == is_large
    if reading is not None:
        assert book.entry(1).words == "import radar.csv"
        while not reading.is_done:
            reading.go_on()
        book.take(reading)
    assert [book.act(number).seq for number in range(len(book))] == [1, 6]
    assert book.entry(1).words == IMPORTED
    assert {detail.thing for detail in book.details(1)} >= {"boat X", "boat Y", "beach Calais"}
    hashes = read_hashes(imported)
    table = list(csv.DictReader(io.StringIO(log_csv(document.acts, hashes, is_masked=True))))
    assert [row["seq"] for row in table] == ["1", "6"]
    assert table[1]["words"] == IMPORTED
    assert table[1]["hash"] == hashes[6]
    assert [(row.seq, row.words) for row in log_rows(document.acts)][1:] == [(6, IMPORTED)]
    assert document.read_further(lambda _: None, is_back=True)
    document.undo()
    assert book.is_behind
    assert book.catch_up() == []
    assert len(book) == 3
    assert book.entry(2).words == f"undone: {IMPORTED}"
    document.close()


def test_of_very_many_tracks_and_places_it_says_how_many(
    qapp: QApplication, imported: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_text, "LONG_TEXT", 100)
    document = opened(imported, clock)
    ((_, told),) = [(row.seq, row.words) for row in log_rows(document.acts)][1:]
    assert told == "file radar.csv imported; new tracks: 2; reports: 35; places: 1"
    document.close()


def test_where_the_log_was_changed_it_says_that_there_is_no_way_back(
    operator: Operator, imported: Path
) -> None:
    edit(imported, 'UPDATE edit_log SET before = \'{"sightings":{"x":{}}}\' WHERE seq = 4')
    operator.opens(imported)
    document = operator.window.desk.session.document
    operator.presses("Ctrl+Z")
    wait_until(lambda: "can't be undone" in operator.sees_banner(), "it says so")
    assert operator.sees_banner() == (
        "import radar.csv can't be undone or done again: the log does not lead to the plot of "
        "then. The plot is unchanged; withdraw what should go, or restore a backup."
    )
    assert len(document.plot.tracks) == 2
    undo = operator.window.actions_by_id["undo"]
    assert not undo.isEnabled()
    assert "There is nothing to go back to." in undo.toolTip()


def test_what_is_done_while_it_is_read_stays(operator: Operator, imported: Path) -> None:
    operator.opens(imported)
    document = operator.window.desk.session.document
    operator.window.actions_by_id["undo"].trigger()
    document.apply(add_report(a_report("0300")))
    wait_until(lambda: len(document.history.past) == 2, "it is read")
    operator.waits_until_saved()
    assert len(document.plot.tracks) == 2
    assert len(document.plot.unattributed) == 1
    assert operator.sees_banner() == (
        "Something else was done meanwhile. This stays as it is: import radar.csv."
    )
    operator.undoes(2)
    assert document.plot.report_count() == 0


def test_ctrl_z_takes_it_back_right_after_a_restart(operator: Operator, imported: Path) -> None:
    operator.opens(imported)
    document = operator.window.desk.session.document
    assert len(document.plot.tracks) == 2
    assert operator.reads_column(LOG, "What")[0] == IMPORTED
    assert operator.window.actions_by_id["undo"].text() == "Undo import radar.csv"
    operator.presses("Ctrl+Z")
    wait_until(lambda: not document.plot.tracks, "it is taken back")
    operator.waits_until_saved()
    assert operator.sees_banner() == "Taken back: import radar.csv."
    assert operator.reads_column(LOG, "What")[0] == f"undone: {IMPORTED}"
    operator.closes()
    operator.opens(imported)
    document = operator.window.desk.session.document
    assert operator.window.actions_by_id["redo"].text() == "Redo import radar.csv"
    operator.presses("Ctrl+Shift+Z")
    wait_until(lambda: len(document.plot.tracks) == 2, "it is done again")
    operator.waits_until_saved()
    assert operator.sees_banner() == "Done again: import radar.csv."
