"""A document follows what others do to its file, and loses neither their changes nor its own."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from channelplot.commands.reports import add_report, withdraw_report
from channelplot.commands.tracks import amend_track, start_track
from channelplot.document.document import Document, PlotChanged
from channelplot.document.history import History
from channelplot.document.opening import document_of
from channelplot.document.past import history_of
from channelplot.document.session import Session
from channelplot.document.writer import InlineWriter, ThreadWriter
from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.model.plot import Plot
from channelplot.model.track import Track
from channelplot.store.check import check
from channelplot.store.geometry import register_functions
from channelplot.store.geopackage import PlotFile
from channelplot.store.load import LoadedPlot
from channelplot.store.log import LoggedAct
from channelplot.store.outside import OUTSIDE_EDIT, Look
from helpers.builders import a_report, a_track, night_plot
from helpers.clock import FixedClock
from helpers.memory_store import MemoryStore
from helpers.opened import open_plot
from helpers.post_box import PostBox


@pytest.fixture
def document(tmp_path: Path, clock: FixedClock) -> Iterator[Document]:
    """The night's plot, in a file, saved while one waits."""
    open_plot(night_plot(), clock=clock, folder=tmp_path).document.close()
    document = opened_again(tmp_path / "night.gpkg", clock)
    document.look()
    yield document
    document.close()
    assert check(document.path) == ()


def opened_again(path: Path, clock: FixedClock) -> Document:
    return document_of(PlotFile.open(path), writer=InlineWriter(), clock=clock, operator="watch")


def boat(plot: Plot, name: str = "A") -> Track:
    return next(track for track in plot.tracks.values() if track.name == name)


def by_qgis(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        register_functions(conn)
        conn.execute(statement)


def in_file(document: Document) -> Plot:
    with closing(PlotFile.open(document.path)) as file:
        return file.load().plot


def noted(document: Document, note: str) -> bool:
    track = boat(document.plot)
    return document.apply(amend_track(replace(track, colour=note, reports=track.reports)))


def test_what_another_program_changed_is_shown_logged_and_announced(document: Document) -> None:
    shown, logged, edited = list[PlotChanged](), list[LoggedAct](), list[LoggedAct]()
    document.plot_changed.connect(shown.append)
    document.act_logged.connect(logged.append)
    document.outside_edited.connect(edited.append)
    before = document.plot
    by_qgis(document.path, "UPDATE tracks SET note = 'by QGIS' WHERE name = 'A'")
    document.look()
    assert boat(document.plot).note == "by QGIS"
    assert [[pair.uid for pair in fact.change.tracks] for fact in shown] == [[boat(before).uid]]
    assert [act.label for act in logged] == [OUTSIDE_EDIT]
    assert edited == logged
    assert document.acts[-1] == logged[0]
    assert document.save_state.mark is not None
    assert document.save_state.mark.seq == logged[0].seq
    document.look()
    assert len(logged) == 1


def test_it_is_a_step_of_the_history_as_any_other(document: Document) -> None:
    noted(document, "red")
    before = document.plot
    by_qgis(document.path, "UPDATE tracks SET note = 'by QGIS' WHERE name = 'A'")
    document.look()
    after = document.plot
    assert [step.label for step in document.history.past[-2:]] == ["amend_track", OUTSIDE_EDIT]
    document.undo()
    assert document.plot == before
    document.redo()
    assert document.plot == after
    document.undo()
    document.undo()
    assert boat(document.plot).colour == boat(night_plot()).colour
    assert in_file(document) == document.plot


def test_undo_of_an_act_made_meanwhile_leaves_what_another_program_changed(
    document: Document,
) -> None:
    by_qgis(document.path, "UPDATE tracks SET note = 'by QGIS' WHERE name = 'A'")
    noted(document, "red")
    assert boat(document.plot).note == "by QGIS", "looked for as soon as the act was saved"
    labels = [act.label for act in document.acts]
    assert labels[-2:] == [OUTSIDE_EDIT, "amend_track"]
    assert [step.label for step in document.history.past] == labels[-2:]
    document.undo()
    assert (boat(document.plot).note, boat(document.plot).colour) == ("by QGIS", "")
    assert in_file(document) == document.plot
    document.redo()
    assert (boat(document.plot).note, boat(document.plot).colour) == ("by QGIS", "red")


def test_names_that_another_program_gave_are_given_to_no_other_track(document: Document) -> None:
    taken = document.next_track_name()
    by_qgis(document.path, f"UPDATE tracks SET name = '{taken}' WHERE name = 'A'")
    document.look()
    assert document.next_track_name() != taken
    assert document.next_track_name() != "A"


def test_a_change_that_nobody_sees_is_logged_and_no_step(document: Document) -> None:
    noted(document, "red")
    past = document.history.past
    by_qgis(document.path, "UPDATE tracks SET engine = NULL WHERE engine = ''")
    document.look()
    assert document.acts[-1].label == OUTSIDE_EDIT
    assert [step.label for step in document.history.past] == [step.label for step in past]
    document.undo()
    assert boat(document.plot).colour == ""


def test_a_change_while_the_plot_was_closed_can_be_undone(
    tmp_path: Path, clock: FixedClock
) -> None:
    document = open_plot(night_plot(), clock=clock, folder=tmp_path).document
    document.close()
    by_qgis(document.path, "UPDATE tracks SET note = 'by QGIS' WHERE name = 'A'")
    document = opened_again(document.path, clock)
    shown, edited = list[PlotChanged](), list[LoggedAct]()
    document.plot_changed.connect(shown.append)
    document.outside_edited.connect(edited.append)
    document.look()
    assert (shown, len(edited)) == ([], 1)
    document.undo()
    assert boat(document.plot).note == boat(night_plot()).note
    document.close()
    assert check(document.path) == ()


def test_a_plot_open_to_read_shows_what_the_other_desk_saves(
    document: Document, clock: FixedClock
) -> None:
    second = opened_again(document.path, clock)
    logged = list[str]()
    second.act_logged.connect(lambda act: logged.append(act.label))
    assert second.is_read_only
    document.apply(start_track(a_track("C")))
    document.apply(add_report(a_report("0300")))
    second.look()
    assert second.plot == document.plot
    assert logged == ["start_track", "add_report"]
    assert second.history == History()
    assert not document.is_free
    told = list[bool]()
    second.save_state_changed.connect(lambda _: told.append(second.is_free))
    document.close()
    second.look()
    assert second.is_free
    assert told == [True]
    second.close()


def test_what_is_wrong_with_the_file_is_told_of_until_it_is_right(document: Document) -> None:
    told = list[BaseException | None]()
    document.save_state_changed.connect(lambda state: told.append(state.trouble))
    elsewhere = document.path.with_name("elsewhere.gpkg")
    document.path.rename(elsewhere)
    document.look()
    document.look()
    elsewhere.rename(document.path)
    document.look()
    assert [error.fault if isinstance(error, PlotFileError) else error for error in told] == [
        PlotFileFault.MOVED,
        None,
    ]


class Slow:
    """A document whose writer does nothing until it is told to."""

    def __init__(self, clock: FixedClock) -> None:
        self.store = MemoryStore(night_plot())
        self.box = PostBox()
        self.document = open_plot(
            night_plot(), clock=clock, store=self.store, writer=ThreadWriter(self.box.post)
        ).document

    def finds(self, plot: Plot) -> None:
        self.store.looks.append(Look(LoadedPlot(plot, acts=tuple(self.document.acts))))


@pytest.fixture
def slow(clock: FixedClock) -> Iterator[Slow]:
    slow = Slow(clock)
    yield slow
    slow.document.close()


def test_an_act_made_during_a_look_is_kept_and_the_look_done_again(slow: Slow) -> None:
    document, store = slow.document, slow.store
    other = a_report("0301")
    slow.finds(night_plot().with_report(other))
    document.look()
    report = a_report("0300")
    document.apply(add_report(report))
    slow.finds(document.plot.with_report(other))
    document.finish_saving()
    slow.box.run_waiting()
    assert document.plot.report(report.uid) == report
    while document._follower.is_looking:
        slow.box.run_next()
    assert store.looked == [False, True]
    assert document.plot.report(report.uid) == report
    assert document.plot.report(other.uid) == other
    assert store.labels == ["add_report"]
    document.look()
    slow.box.run_next()
    assert store.looked == [False, True, False]


def test_while_acts_wait_nothing_is_looked_for(slow: Slow) -> None:
    document, store = slow.document, slow.store
    store.fill_up()
    document.apply(add_report(a_report("0300")))
    slow.box.run_next()
    document.look()
    assert slow.box.run_waiting() == 0
    store.fail_with = None
    document.retry()
    slow.box.run_next()
    slow.box.run_next()
    assert store.looked == [False]


def test_a_look_that_gave_way_is_done_again(slow: Slow) -> None:
    slow.store.looks.append(Look(gave_way=True))
    slow.document.look()
    slow.box.run_next()
    slow.box.run_next()
    assert slow.store.looked == [False, False]


def test_two_looks_at_once_are_one_after_the_other(slow: Slow) -> None:
    slow.document.look()
    slow.document.look()
    slow.document.look()
    slow.box.run_next()
    slow.box.run_next()
    assert slow.box.run_waiting() == 0
    assert slow.store.looked == [False, False]


def test_another_program_that_is_writing_is_no_trouble(slow: Slow) -> None:
    slow.store.looks.append(PlotFileError(PlotFileFault.LOCKED, slow.store.path))
    slow.document.look()
    slow.box.run_next()
    assert slow.document.save_state.trouble is None


def test_a_reader_is_told_that_it_is_free_also_while_something_is_wrong(slow: Slow) -> None:
    document, looks = slow.document, slow.store.looks
    told = list[tuple[bool, bool]]()
    document.save_state_changed.connect(
        lambda state: told.append((state.trouble is not None, document.is_free))
    )
    replaced = PlotFileError(PlotFileFault.MOVED, slow.store.path)
    locked = PlotFileError(PlotFileFault.LOCKED, slow.store.path)
    looks += [Look(trouble=replaced), Look(trouble=replaced), Look(trouble=locked)]
    looks += [Look(is_free=True, trouble=replaced), replaced, Look(is_free=True)]
    for _ in range(6):
        document.look()
        slow.box.run_next()
    assert told == [(True, False), (True, True), (False, True)]


def test_a_mistake_of_ours_rises(slow: Slow) -> None:
    slow.store.looks.append(ZeroDivisionError())
    slow.document.look()
    with pytest.raises(ZeroDivisionError):
        slow.box.run_next()


def test_what_is_found_after_closing_is_left(slow: Slow) -> None:
    slow.finds(Plot())
    before = slow.document.plot
    slow.document.look()
    slow.document.close()
    slow.box.run_waiting()
    assert slow.document.plot is before
    slow.document.look()
    assert slow.store.looked == [False]


def test_a_copy_waits_for_a_look(slow: Slow, tmp_path: Path) -> None:
    slow.document.look()
    slow.document.look()
    slow.document.save_copy(tmp_path / "copy.gpkg")
    assert slow.store.looked == [False, False]
    assert tmp_path / "copy.gpkg" in slow.store.copies


def test_the_session_passes_on_what_another_program_did(
    document: Document, clock: FixedClock
) -> None:
    session = Session(document, clock)
    heard = list[str]()
    session.outside_edited.connect(lambda act: heard.append(act.label))
    by_qgis(document.path, "UPDATE tracks SET note = 'by QGIS'")
    document.look()
    assert heard == [OUTSIDE_EDIT]
    assert document.recovered is None
    other = open_plot(night_plot(), clock=clock).document
    session.show(other)
    by_qgis(document.path, "UPDATE tracks SET note = 'again'")
    document.look()
    assert heard == [OUTSIDE_EDIT]
    other.close()


def test_history_told_by_the_log_is_that_of_the_program_that_did_it(document: Document) -> None:
    noted(document, "red")
    report = next(document.plot.reports())
    document.apply(withdraw_report(report.uid))
    by_qgis(document.path, "UPDATE tracks SET note = 'x', length_m = 9.0 WHERE name = 'A'")
    noted(document, "blue")
    document.undo()
    assert document.history == history_of(document.plot, document.acts)
    assert [step.label for step in document.history.past] == [
        "amend_track",
        "withdraw_report",
        OUTSIDE_EDIT,
    ]


def test_what_another_program_wrote_elsewhere_in_the_file_changes_nothing(
    document: Document,
) -> None:
    shown = list[PlotChanged]()
    document.plot_changed.connect(shown.append)
    noted(document, "red")
    history, count = document.history, len(document.acts)
    by_qgis(document.path, "CREATE TABLE notes (words TEXT)")
    document.look()
    assert (document.history, len(document.acts), len(shown)) == (history, count, 1)
