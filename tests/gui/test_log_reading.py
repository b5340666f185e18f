"""Acts whose rows have stayed in the file: listed at once, worded by what they changed later."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from channelplot.geodesy.text import position_text
from channelplot.store import soundness
from channelplot.store.geopackage import PlotFile
from channelplot.store.log import LoggedAct
from channelplot.ui.log.facts import LogKind
from channelplot.ui.panels.log_book import LogBook
from channelplot.ui.panels.log_reading import LogReading
from helpers.large_plots import make_large_plot
from helpers.operator import Operator, wait_until
from unit.store.files import adding_a_report, an_act


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plot that passes for a large one: of two acts, both left in the file."""
    path = tmp_path / "season.gpkg"
    make_large_plot(path, 51, 50)
    monkeypatch.setattr(soundness, "MOST_COPIED_BYTES", 1_000)
    return path


@pytest.fixture
def acts(path: Path) -> list[LoggedAct]:
    """The log of it after one act more."""
    file = PlotFile.open(path)
    _, change = adding_a_report(file.load().plot)
    file.save(change, an_act())
    acts = list(file.load().acts)
    file.close()
    assert [act.is_in_file for act in acts] == [True, True, False]
    return acts


def read(book: LogBook) -> LogReading:
    reading = book.reading()
    assert reading is not None
    while not reading.is_done:
        reading.go_on()
    return reading


def words(book: LogBook) -> list[str]:
    return [book.entry(number).words for number in range(len(book))]


def test_they_are_called_by_their_labels_until_they_have_been_read(
    qapp: QApplication, acts: list[LoggedAct]
) -> None:
    book = LogBook(position_text)
    book.show(acts)
    before = words(book)
    assert book.entry(0).kinds == frozenset()
    book.take(read(book))
    assert book.reading() is None
    assert book.entry(0).kinds >= {LogKind.REPORTS, LogKind.BOATS}
    assert len(book.entry(0).track_uids) == 50
    assert len(before[0]) > 5
    assert words(book)[2]


def test_what_is_read_is_what_a_log_at_hand_says(
    qapp: QApplication, acts: list[LoggedAct], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = LogBook(position_text)
    book.show(acts[:2])
    reading = read(book)
    book._logged = acts  # one more has come meanwhile
    book.catch_up()
    book.take(reading)
    monkeypatch.undo()
    at_hand = LogBook(position_text)
    file = PlotFile.open(path)
    at_hand.show(file.load().acts)
    file.close()
    assert at_hand.reading() is None
    assert [book.entry(n) for n in range(3)] == [at_hand.entry(n) for n in range(3)]


def test_all_is_read_again_for_another_form_of_positions(
    qapp: QApplication, acts: list[LoggedAct]
) -> None:
    book = LogBook(position_text)
    book.show(acts)
    book.take(read(book))
    before = words(book)
    book.reword()
    assert words(book) == before
    assert book.reading() is not None


def test_the_panel_reads_them_beside_the_window(operator: Operator, path: Path) -> None:
    operator.opens(path)
    book = operator.window.panels.watch_log.model.book
    wait_until(lambda: book.reading() is None, "the acts in the file are read")
    wait_until(lambda: not book.unread, "all are worded")
    assert len(book.entry(0).track_uids) == 50
    assert len(operator.reads_panel("Watch log")) == 2
