"""What the program does itself: logged under its own name, in no history, never undone."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from channelplot.commands.beaches import add_beach
from channelplot.commands.command import Command, Entity
from channelplot.commands.conditions import add_conditions
from channelplot.commands.limits import load_limits, withdraw_limit
from channelplot.commands.predicted_crossings import log_predicted_crossing
from channelplot.commands.reports import add_report
from channelplot.commands.searches import plan_search, withdraw_search
from channelplot.commands.tracks import start_track, withdraw_track
from channelplot.document.history import History
from channelplot.document.opening import document_of
from channelplot.document.session import Session
from channelplot.document.writer import InlineWriter, ThreadWriter
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.model.plot import Plot
from channelplot.model.predicted_crossing import PredictedCrossing
from channelplot.store.check import check
from channelplot.store.geopackage import PlotFile, ReadOnlyReason
from channelplot.store.tables import APPLICATION
from helpers.builders import a_beach, a_report, a_track, night_plot
from helpers.chartwork_builders import (
    a_crossing,
    a_limit,
    a_search,
    an_approach_watch,
    some_conditions,
)
from helpers.clock import FixedClock
from helpers.memory_store import MemoryStore
from helpers.opened import Opened, open_plot
from helpers.post_box import PostBox

if TYPE_CHECKING:
    from channelplot.document.document import PlotChanged
    from channelplot.store.log import LoggedAct

NIGHT = night_plot()
A = next(iter(NIGHT.tracks.values()))


def crossing(uid: str = "crossing", track_uid: str = A.uid) -> PredictedCrossing:
    return a_crossing(track_uid, A.reports[2].uid, uid=uid)


@pytest.fixture
def opened(tmp_path: Path, clock: FixedClock) -> Iterator[Opened]:
    it = open_plot(NIGHT, clock=clock, folder=tmp_path)
    yield it
    it.document.close()


def test_it_is_logged_under_the_programs_name(opened: Opened) -> None:
    document, logged = opened.document, list["LoggedAct"]()
    shown = list["PlotChanged"]()
    document.operator = "Officer Two"
    document.act_logged.connect(logged.append)
    document.plot_changed.connect(shown.append)
    assert document.apply(log_predicted_crossing(crossing()))
    (act,) = logged
    assert (act.operator, act.label, act.name) == (APPLICATION, "log_predicted_crossing", "A")
    assert (act.entity, act.entity_uid) == ("predicted_crossing", "crossing")
    assert [fact.plot for fact in shown] == [document.plot]
    assert opened.saved() == document.plot
    assert document.operator == "Officer Two"
    assert document.apply(start_track(a_track("C")))
    assert logged[1].operator == "Officer Two"


def test_it_is_no_step_and_cuts_nothing_off(opened: Opened) -> None:
    document = opened.document
    document.apply(add_beach(a_beach("Oye")))
    document.apply(start_track(a_track("C")))
    document.undo()
    before = document.history
    document.apply(log_predicted_crossing(crossing()))
    assert names(document.history) == names(before) == (["Oye"], ["C"])
    assert document.redo()
    assert {track.name for track in document.plot.tracks.values()} == {"A", "B", "C"}


def names(history: History) -> tuple[list[str], list[str]]:
    return [step.name for step in history.past], [step.name for step in history.future]


def test_undo_and_redo_leave_it(opened: Opened) -> None:
    document = opened.document
    document.apply(add_beach(a_beach("Oye")))
    document.apply(add_beach(a_beach("Marck")))
    document.undo()
    document.apply(log_predicted_crossing(crossing()))
    log = len(document.acts)
    assert document.redo()
    assert document.undo()
    assert document.undo()
    assert not document.undo()
    assert document.plot == replace(NIGHT, predicted_crossings={"crossing": crossing()})
    assert document.redo()
    assert document.redo()
    assert not document.redo()
    assert document.plot.predicted_crossings == {"crossing": crossing()}
    assert opened.saved() == document.plot
    later = [act for act in document.acts[log:] if "predicted_crossings" in act.before + act.after]
    assert later == []


def test_it_stays_when_the_boat_it_is_about_is_taken_back(opened: Opened) -> None:
    document, boat = opened.document, a_track("C", uid="c")
    document.apply(start_track(boat))
    document.apply(log_predicted_crossing(crossing(track_uid="c")))
    assert document.undo()
    assert document.plot.tracks.keys() == NIGHT.tracks.keys()
    assert set(document.plot.predicted_crossings) == {"crossing"}
    assert opened.saved() == document.plot
    assert document.redo()
    assert document.plot.tracks["c"] == boat


def test_a_history_worked_out_from_the_log_is_the_one_that_was_left(
    opened: Opened, clock: FixedClock
) -> None:
    document = opened.document
    document.apply(start_track(a_track("C", uid="c")))
    document.apply(log_predicted_crossing(crossing(track_uid="c")))
    document.apply(add_report(a_report("0300", track_uid="c")))
    document.apply(withdraw_track(A.uid, "a hoax"))
    document.apply(log_predicted_crossing(crossing("second", "c")))
    document.undo()
    document.undo()
    document.apply(log_predicted_crossing(crossing("third", "c")))
    document.close()
    assert check(document.path) == ()
    again = document_of(
        PlotFile.open(document.path), writer=InlineWriter(), clock=clock, operator="Ann"
    )
    assert again.plot == document.plot
    assert again.history == document.history
    assert len(again.history.past) == 1
    assert len(again.history.future) == 2
    while again.redo():
        pass
    while again.undo():
        pass
    assert again.plot.tracks == NIGHT.tracks
    assert set(again.plot.predicted_crossings) == {"crossing", "second", "third"}
    again.close()


def test_it_may_be_done_while_acts_are_on_their_way(clock: FixedClock, post_box: PostBox) -> None:
    store = MemoryStore(NIGHT)
    store.gate = threading.Event()
    document = open_plot(
        NIGHT, clock=clock, store=store, writer=ThreadWriter(post_box.post)
    ).document
    document.apply(add_beach(a_beach("Oye", uid="oye")))
    document.apply(log_predicted_crossing(crossing()))
    assert document.pending_uids == {"oye", "crossing"}
    assert set(document.plot.predicted_crossings) == {"crossing"}
    assert document.saved_plot.predicted_crossings == {}
    document.undo()
    store.gate.set()
    document.finish_saving()
    assert document.save_state.pending == 0
    assert store.labels == ["add_beach", "log_predicted_crossing", "undo.add_beach"]
    assert store.plot == document.plot
    assert store.plot == replace(NIGHT, predicted_crossings={"crossing": crossing()})
    document.close()


def test_what_could_not_be_saved_is_tried_again(clock: FixedClock) -> None:
    store = MemoryStore(NIGHT)
    document = open_plot(NIGHT, clock=clock, store=store).document
    store.fill_up()
    document.apply(log_predicted_crossing(crossing()))
    assert document.pending_uids == {"crossing"}
    assert document.saved_plot is NIGHT
    store.fail_with = None
    document.retry()
    assert store.plot == document.plot == document.saved_plot
    assert [act.operator for _, act in store.saved] == [APPLICATION]
    document.close()


def test_it_is_refused_like_others(clock: FixedClock) -> None:
    document = open_plot(NIGHT, clock=clock, store=MemoryStore(NIGHT, is_read_only=True)).document
    with pytest.raises(CommandRefused) as refused:
        document.apply(log_predicted_crossing(crossing()))
    assert refused.value.reason is RefusalReason.READ_ONLY
    assert document.read_only_reason is ReadOnlyReason.FILE
    assert document.locked_by is None
    assert document.plot is NIGHT
    document.close()


def test_the_program_changes_nothing_else(clock: FixedClock) -> None:
    document = open_plot(NIGHT, clock=clock).document

    def edit(plot: Plot) -> Plot:
        return plot.with_track(a_track("Z"))

    command = Command("log_predicted_crossing", Entity.TRACK, "z", edit, is_by_program=True)
    with pytest.raises(AssertionError):
        document.apply(command)
    assert document.plot is NIGHT
    assert document.history == History()
    document.close()


# What else of chartwork the document and the session know


def test_what_is_not_saved_yet_is_known_of_every_kind(clock: FixedClock) -> None:
    store = MemoryStore(NIGHT)
    document = open_plot(NIGHT, clock=clock, store=store).document
    store.fill_up()
    b = list(NIGHT.tracks)[1]
    watch = an_approach_watch(A.uid, b, uid="watch")
    for command in (
        add_conditions(some_conditions(uid="conditions")),
        load_limits((a_limit(uid="limit"),)),
        plan_search(a_search(uid="search")),
        Command("watch", Entity.APPROACH_WATCH, "watch", lambda p: p.with_approach_watch(watch)),
    ):
        document.apply(command)
    assert document.pending_uids == {"conditions", "limit", "search", "watch"}
    store.fail_with = None
    document.retry()
    assert document.pending_uids == frozenset()
    document.close()


def test_what_is_withdrawn_is_selected_no_more(clock: FixedClock) -> None:
    plot = NIGHT.with_limit(a_limit(uid="limit")).with_search(a_search(uid="search"))
    document = open_plot(plot, clock=clock).document
    session = Session(document, clock)
    session.selection.set(frozenset({"limit", "search", A.uid}))
    document.apply(withdraw_search("search"))
    assert session.selection.uids == {"limit", A.uid}
    document.apply(withdraw_limit("limit"))
    assert session.selection.uids == {A.uid}
    document.close()
