"""Undo and redo go on where they were when a plot is opened again."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from channelplot.commands.command import Entity
from channelplot.commands.log_lines import add_log_line
from channelplot.commands.reports import add_report, amend_report, withdraw_report
from channelplot.commands.tracks import start_track, withdraw_track
from channelplot.document import past
from channelplot.document.document import Document
from channelplot.document.history import DEPTH, History
from channelplot.document.opening import document_of
from channelplot.document.past import history_of
from channelplot.document.writer import InlineWriter
from channelplot.errors import PlotFileError
from channelplot.model.plot import Plot
from channelplot.model.track import Track
from channelplot.store.geometry import register_functions
from channelplot.store.geopackage import PlotFile
from channelplot.store.log import LoggedAct
from channelplot.store.outside import OUTSIDE_EDIT
from helpers.builders import a_log_line, a_report, a_track, night_plot
from helpers.clock import FixedClock
from helpers.opened import open_plot
from unit.store.files import edit

VERSION_1 = Path(__file__).parents[1] / "store" / "data" / "version-1.gpkg"


def opened(path: Path, clock: FixedClock) -> Document:
    return document_of(PlotFile.open(path), writer=InlineWriter(), clock=clock, operator="Ann")


@pytest.fixture
def document(tmp_path: Path, clock: FixedClock) -> Iterator[Document]:
    """The night's plot in a new file; what is open at the end is closed."""
    document = open_plot(night_plot(), clock=clock, folder=tmp_path).document
    yield document
    document.close()


def again(document: Document, clock: FixedClock) -> Document:
    """Close the plot and open it again."""
    document.close()
    return opened(document.path, clock)


def boat(document: Document, name: str = "A") -> Track:
    return next(track for track in document.plot.tracks.values() if track.name == name)


def labels(history: History) -> tuple[list[str], list[str]]:
    return [step.label for step in history.past], [step.label for step in history.future]


def assert_same(found: History, expected: History) -> None:
    assert found == expected
    assert labels(found) == labels(expected)


def test_a_plot_just_made_has_nothing_to_undo(document: Document, clock: FixedClock) -> None:
    it = again(document, clock)
    assert it.history == History()
    assert it.undo() is False
    it.close()


def test_undo_goes_on_where_it_was_with_its_names(document: Document, clock: FixedClock) -> None:
    start = document.plot
    document.apply(start_track(a_track("C")))
    document.apply(add_report(a_report("0300", track_uid=boat(document).uid)))
    document.apply(withdraw_track(boat(document).uid, "a hoax"))
    it = again(document, clock)
    assert_same(it.history, document.history)
    assert [(s.label, s.name, s.entity) for s in it.history.past] == [
        ("start_track", "C", Entity.TRACK),
        ("add_report", "A", Entity.REPORT),
        ("withdraw_track", "A", Entity.TRACK),
    ]
    for step in reversed(document.history.past):
        assert it.undo()
        assert it.plot == step.plot
    assert it.plot == start
    assert it.undo() is False
    it.close()


def test_so_does_redo(document: Document, clock: FixedClock) -> None:
    plots = [document.plot]
    for hhmm in ("0300", "0301", "0302"):
        document.apply(add_report(a_report(hhmm)))
        plots.append(document.plot)
    document.undo()
    document.undo()
    document.undo()
    document.redo()
    it = again(document, clock)
    assert_same(it.history, document.history)
    assert labels(it.history) == (["add_report"], ["add_report", "add_report"])
    assert it.plot == plots[1]
    it.redo()
    it = again(it, clock)
    assert it.plot == plots[2]
    it.redo()
    assert it.plot == plots[3]
    assert it.redo() is False
    for plot in reversed(plots[:-1]):
        it.undo()
        assert it.plot == plot
    it = again(it, clock)
    assert labels(it.history) == ([], ["add_report"] * 3)
    it.close()


def test_a_new_act_after_an_undo_ends_the_redo_for_good(
    document: Document, clock: FixedClock
) -> None:
    document.apply(add_report(a_report("0300")))
    document.undo()
    document.apply(add_log_line(a_log_line()))
    it = again(document, clock)
    assert_same(it.history, document.history)
    assert labels(it.history) == (["add_log_line"], [])
    it.close()


def test_no_more_can_be_undone_than_before(
    document: Document, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert DEPTH == 1000
    monkeypatch.setattr(past, "DEPTH", 3)
    monkeypatch.setattr("channelplot.document.history.DEPTH", 3)
    for minute in range(5):
        document.apply(add_report(a_report(f"030{minute}")))
    document.undo()
    document.undo()
    it = again(document, clock)
    assert_same(it.history, document.history)
    assert (len(it.history.past), len(it.history.future)) == (1, 2)
    it.close()


def test_a_thousand_acts_of_a_watch_are_within_what_is_gone_back_through(
    document: Document, clock: FixedClock
) -> None:
    words = "0245 50 58.0N 001 41.0E grey rigid hull, about 60 aboard, engine failing " * 3
    document.apply(add_report(a_report("0245", track_uid=boat(document).uid, as_received=words)))
    it = again(document, clock)
    assert len(labels(it.history)[0]) == 1
    assert it.acts[-1].length * DEPTH * 5 < past.MOST_CHARACTERS
    it.close()


def test_what_is_very_long_is_not_gone_through_while_a_plot_opens(
    document: Document, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for minute in range(5):
        document.apply(add_report(a_report(f"030{minute}")))
    monkeypatch.setattr(past, "MOST_CHARACTERS", document.acts[-1].length + 1)
    it = again(document, clock)
    assert labels(it.history)[0] == ["add_report"] * 2
    it = again(it, clock)
    assert it.history.further_past is not None
    assert len(it.history.further_past.acts) == 3
    assert it.undo()
    assert it.undo()
    assert it.undo() is False
    it.close()


def test_a_plot_that_is_open_to_read_has_nothing_to_undo(
    document: Document, clock: FixedClock
) -> None:
    document.apply(add_report(a_report("0300")))
    second = opened(document.path, clock)
    assert second.is_read_only
    assert second.history == History()
    assert [act.label for act in second.acts] == ["new_plot", "add_report"]
    second.close()


def test_what_an_earlier_version_wrote_can_be_undone(tmp_path: Path, clock: FixedClock) -> None:
    shutil.copyfile(VERSION_1, tmp_path / "night.gpkg")
    it = opened(tmp_path / "night.gpkg", clock)
    end = it.plot
    assert labels(it.history) == (
        ["add_beach", "add_mark", "start_track", "add_report", "add_report", "set_status",
         "amend_track", "start_track", "add_report", "move_report", "amend_report",
         "start_track", "add_report", "withdraw_track", "set_status"],
        ["withdraw_report"],
    )  # fmt: skip
    assert {step.name for step in it.history.past} == {""}
    while it.undo():
        pass
    assert it.plot == Plot()
    it = again(it, clock)
    while len(it.history.future) > 1:
        it.redo()
    assert it.plot == end
    it.close()


class TestAnotherProgram:
    """What QGIS changed in between ends the history there, and nothing is guessed."""

    def do(self, document: Document, statement: str, *values: object) -> None:
        document.close()
        with closing(sqlite3.connect(document.path, isolation_level=None)) as qgis:
            register_functions(qgis)
            qgis.execute(statement, values)

    def test_ends_it_at_what_it_touched(self, document: Document, clock: FixedClock) -> None:
        report = a_report("0300")
        document.apply(start_track(a_track("C")))
        document.apply(add_report(report))
        document.apply(add_log_line(a_log_line()))
        self.do(document, "UPDATE reports SET grade = '1A' WHERE uid = ?", report.uid)
        it = opened(document.path, clock)
        assert labels(it.history) == (["add_log_line"], [])
        it.undo()
        assert it.undo() is False
        assert it.plot.report(report.uid) == replace(report, grade="1A")
        it.close()

    def test_and_what_is_done_after_it_can_be_undone_again(
        self, document: Document, clock: FixedClock
    ) -> None:
        report = a_report("0300")
        document.apply(add_report(report))
        self.do(document, "UPDATE reports SET grade = '1A' WHERE uid = ?", report.uid)
        it = opened(document.path, clock)
        assert it.history == History()
        it.apply(amend_report(replace(report, grade="2B")))
        it = again(it, clock)
        assert labels(it.history) == (["amend_report"], [])
        it.undo()
        assert it.plot.report(report.uid) == replace(report, grade="1A")
        it.close()

    def test_ends_the_redo_at_what_it_brought_back(
        self, document: Document, clock: FixedClock
    ) -> None:
        first, second = a_report("0300"), a_report("0301")
        document.apply(add_report(first))
        document.apply(add_report(second))
        document.undo()
        document.undo()
        self.do(document, "UPDATE reports SET withdrawn_at_utc = NULL WHERE uid = ?", second.uid)
        it = opened(document.path, clock)
        assert labels(it.history) == ([], ["add_report"])
        it.redo()
        assert it.plot.report(first.uid) == first
        assert it.redo() is False
        it.close()

    def test_does_not_matter_elsewhere(self, document: Document, clock: FixedClock) -> None:
        document.apply(withdraw_report(boat(document).reports[0].uid))
        self.do(document, "UPDATE beaches SET note = 'steep'")
        it = opened(document.path, clock)
        assert labels(it.history) == (["withdraw_report"], [])
        it.undo()
        assert {beach.note for beach in it.plot.beaches.values()} == {"steep"}
        it.close()

    def test_that_removes_rows_of_the_log_ends_it(
        self, document: Document, clock: FixedClock
    ) -> None:
        for hhmm in ("0300", "0301", "0302"):
            document.apply(
                amend_report(replace(boat(document).reports[0], as_received=f"at {hhmm}"))
            )
        document.close()
        with closing(sqlite3.connect(document.path, isolation_level=None)) as other:
            other.execute("DROP TRIGGER edit_log_no_delete")
            other.execute("DELETE FROM edit_log WHERE seq = 3")
        with closing(PlotFile.open(document.path)) as file:
            loaded = file.load()
        assert labels(history_of(loaded.plot, loaded.acts)) == (["amend_report"], [])

    def test_that_damages_the_log_does_not_stop_the_plot_from_opening(
        self, document: Document, clock: FixedClock
    ) -> None:
        document.apply(add_report(a_report("0300")))
        document.apply(add_log_line(a_log_line()))
        document.close()
        with closing(sqlite3.connect(document.path, isolation_level=None)) as other:
            other.execute("DROP TRIGGER edit_log_no_update")
            other.execute("UPDATE edit_log SET after = 'gone' WHERE seq = 2")
        with closing(PlotFile.open(document.path)) as file:
            loaded = file.load()
        assert labels(history_of(loaded.plot, loaded.acts)) == (["add_log_line"], [])


class TestTheLog:
    """Labels alone say which acts can be undone and redone."""

    def acts(self, document: Document, *changes: tuple[int, str]) -> list[LoggedAct]:
        """Return the log with other labels, by the acts' numbers."""
        return [replace(act, label=dict(changes).get(act.seq, act.label)) for act in document.acts]

    @pytest.fixture
    def done(self, document: Document) -> Document:
        """A document with two acts, one of them undone: acts 2, 3 and 4."""
        document.apply(add_report(a_report("0300")))
        document.apply(add_log_line(a_log_line()))
        document.undo()
        return document

    def test_tells_what_was_done(self, done: Document) -> None:
        assert labels(history_of(done.plot, done.acts)) == (["add_report"], ["add_log_line"])

    @pytest.mark.parametrize("label", ["undo.add_beach", "redo.add_log_line", "redo.", "x.y"])
    def test_with_an_act_that_does_not_follow_begins_anew(self, done: Document, label: str) -> None:
        acts = self.acts(done, (4, label))
        assert history_of(done.plot, acts) == History()

    def test_with_another_beginning_begins_anew(self, done: Document) -> None:
        assert history_of(done.plot, self.acts(done, (4, "new_plot"))) == History()

    def test_about_something_unknown_ends_the_history(self, done: Document) -> None:
        acts = [replace(act, entity="ship") if act.seq == 2 else act for act in done.acts]
        assert labels(history_of(done.plot, acts)) == ([], ["add_log_line"])

    def test_that_changed_nothing_ends_the_history(self, done: Document) -> None:
        last = done.acts[-1]
        empty = replace(last, seq=last.seq + 1, label="amend_report", before=last.after)
        assert labels(history_of(done.plot, [*done.acts, empty])) == ([], [])

    def test_that_another_program_wrote_and_nobody_sees_is_no_step(self, done: Document) -> None:
        last = done.acts[-1]
        empty = replace(last, seq=last.seq + 1, label=OUTSIDE_EDIT, before=last.after)
        assert labels(history_of(done.plot, [*done.acts, empty])) == (["add_report"], [])


def test_a_file_that_can_not_be_loaded_is_let_go(tmp_path: Path, clock: FixedClock) -> None:
    document = open_plot(night_plot(), clock=clock, folder=tmp_path).document
    document.close()
    edit(document.path, "UPDATE reports SET observed_at_utc = '2026-19-39T29:00:00.000Z'")
    edit(document.path, "UPDATE edit_log SET after = '[]'")
    with pytest.raises(PlotFileError):
        opened(document.path, clock)
    with closing(PlotFile.open(document.path)) as file:
        assert not file.is_read_only, "nobody has it locked"


def test_a_row_that_another_program_spoiled_is_put_right_at_opening(
    tmp_path: Path, clock: FixedClock
) -> None:
    document = open_plot(night_plot(), clock=clock, folder=tmp_path).document
    document.close()
    # What a CHECK lets pass and no calendar has.
    edit(document.path, "UPDATE reports SET observed_at_utc = '2026-19-39T29:00:00.000Z'")
    again = opened(document.path, clock)
    assert again.plot == document.plot
    assert again.acts[-1].label == OUTSIDE_EDIT
    assert again.acts[-1].at_utc == clock()
    assert again.history == document.history
    again.close()
    with closing(PlotFile.open(document.path)) as file:
        assert file.load().plot == document.plot
