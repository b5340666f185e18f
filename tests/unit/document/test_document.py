"""Apply, undo and redo: what is shown, what is saved, and in which order it is told."""

import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from channelplot.commands.reports import add_report, amend_report, move_report, withdraw_report
from channelplot.commands.tracks import amend_track, start_track, withdraw_track
from channelplot.document.document import Document, PlotChanged, SaveState
from channelplot.document.writer import InlineWriter
from channelplot.errors import CommandRefused, PlotFileError, PlotFileFault, RefusalReason
from channelplot.model.change import difference
from channelplot.model.codes import PositionForm
from channelplot.model.plot import Plot
from channelplot.model.track import Track
from channelplot.store.geopackage import PlotFile
from helpers.builders import R5, a_report, a_track, at, night_plot
from helpers.clock import FixedClock
from helpers.memory_store import MemoryStore
from helpers.opened import Opened, open_plot

if TYPE_CHECKING:
    from channelplot.store.log import LoggedAct


def boat_a(document: Document) -> Track:
    return next(iter(document.plot.tracks.values()))


def labels_of(opened: Opened) -> list[str]:
    """The labels of the acts saved since the plot was made, from the store itself."""
    if isinstance(opened.store, MemoryStore):
        return opened.store.labels
    with closing(sqlite3.connect(opened.store.path)) as conn:
        rows = conn.execute("SELECT label FROM edit_log WHERE seq > 1 ORDER BY seq")
        return [str(label) for (label,) in rows]


def test_an_act_is_shown_saved_and_announced(opened: Opened, clock: FixedClock) -> None:
    document = opened.document
    before = document.plot
    shown: list[PlotChanged] = []
    states: list[SaveState] = []
    document.plot_changed.connect(shown.append)
    document.save_state_changed.connect(states.append)
    clock.set(at("0301"))
    report = a_report("0300", track_uid=boat_a(document).uid)
    assert document.apply(add_report(report)) is True
    after = document.plot
    assert after.report(report.uid) == report
    assert document.saved_plot is after
    assert opened.saved() == after
    assert shown == [PlotChanged(after, difference(before, after))]
    assert [state.pending for state in states] == [0]
    assert states[-1] == document.save_state
    assert states[-1].mark is not None
    assert states[-1].mark.at_utc == at("0301")
    assert states[-1].failure is None
    assert document.pending_uids == frozenset()


def test_who_did_what_when_is_in_the_log(clock: FixedClock) -> None:
    opened = open_plot(night_plot(), clock=clock)
    document = opened.document
    document.operator = "Officer Two"
    report = a_report("0300")
    clock.set(at("0301"))
    document.apply(add_report(report))
    clock.set(at("0302"))
    document.undo()
    clock.set(at("0303"))
    document.redo()
    assert isinstance(opened.store, MemoryStore)
    acts = [act for _, act in opened.store.saved]
    assert [(act.label, act.at_utc) for act in acts] == [
        ("add_report", at("0301")),
        ("undo.add_report", at("0302")),
        ("redo.add_report", at("0303")),
    ]
    assert {(act.entity, act.entity_uid, act.operator) for act in acts} == {
        ("report", report.uid, "Officer Two")
    }
    document.close()


def test_the_name_and_the_reason_of_an_act_are_in_the_log(opened: Opened) -> None:
    document = opened.document
    document.apply(withdraw_track(boat_a(document).uid, "a hoax"))
    document.undo()
    document.redo()
    assert [(act.label, act.name, act.reason) for act in document.acts[-3:]] == [
        ("withdraw_track", "A", "a hoax"),
        ("undo.withdraw_track", "A", ""),
        ("redo.withdraw_track", "A", ""),
    ]


def test_each_act_is_told_once_it_is_in_the_log(opened: Opened) -> None:
    document = opened.document
    told: list[tuple[LoggedAct, Plot]] = []
    document.act_logged.connect(lambda act: told.append((act, document.plot)))
    known = len(document.acts)
    report = a_report("0300", track_uid=boat_a(document).uid)
    for edit in (partial(document.apply, add_report(report)), document.undo, document.redo):
        edit()
        act, plot = told[-1]
        assert act is document.acts[-1]
        assert plot is document.plot
        assert labels_of(opened)[-1] == act.label
    assert len(told) == len(document.acts) - known == 3
    before, after = told[0][0].rows()
    assert "reports" not in before
    assert after["reports"][report.uid]["track_uid"] == report.track_uid
    assert told[1][0].rows()[0]["reports"].keys() == {report.uid}


def test_acts_that_could_not_be_saved_at_first_are_told_in_their_order(clock: FixedClock) -> None:
    opened = open_plot(night_plot(), clock=clock)
    document, store = opened.document, opened.store
    assert isinstance(store, MemoryStore)
    told: list[str] = []
    document.act_logged.connect(lambda act: told.append(act.name))
    store.fill_up()
    for name in "CDE":
        document.apply(start_track(a_track(name)))
    assert told == []
    assert len(document.acts) == 0
    store.fail_with = None
    document.retry()
    assert told == ["C", "D", "E"] == [act.name for act in document.acts]
    document.close()


def test_what_was_withdrawn_is_told_from_the_disk(opened: Opened, clock: FixedClock) -> None:
    document = opened.document
    track = boat_a(document)
    clock.set(at("0512"))
    document.apply(withdraw_track(track.uid, "a hoax"))
    (gone,) = document.withdrawn()
    assert (gone.entity, gone.withdrawn_at_utc) == (track, at("0512"))
    assert (gone.by, gone.label, gone.reason) == ("watch", "withdraw_track", "a hoax")
    document.undo()
    assert document.withdrawn() == ()


def test_an_edit_that_changes_nothing_is_no_act(opened: Opened) -> None:
    document = opened.document
    told: list[object] = []
    document.plot_changed.connect(told.append)
    document.save_state_changed.connect(told.append)
    assert document.apply(amend_report(boat_a(document).reports[0])) is False
    assert document.history.past == ()
    assert told == []
    assert labels_of(opened) == []


def test_a_refused_edit_is_no_act(opened: Opened) -> None:
    document = opened.document
    before = document.plot
    told: list[object] = []
    document.plot_changed.connect(told.append)
    with pytest.raises(CommandRefused):
        document.apply(withdraw_report("none such"))
    assert document.plot is before
    assert told == []
    assert labels_of(opened) == []


def test_undo_and_redo_go_back_and_forth(opened: Opened) -> None:
    document = opened.document
    plots = [document.plot]
    for minute in range(5):
        document.apply(add_report(a_report(f"030{minute}", track_uid=boat_a(document).uid)))
        plots.append(document.plot)
    for plot in reversed(plots[:-1]):
        assert document.undo()
        assert document.plot == opened.saved() == plot
    assert document.undo() is False
    for plot in plots[1:]:
        assert document.redo()
        assert document.plot == opened.saved() == plot
    assert document.redo() is False
    assert labels_of(opened) == [*["add_report"] * 5, *["undo.add_report"] * 5,
                                 *["redo.add_report"] * 5]  # fmt: skip


def test_the_menu_can_name_what_is_undone_and_redone_next(opened: Opened) -> None:
    document = opened.document
    document.apply(start_track(a_track("C")))
    document.apply(add_report(a_report()))
    assert [(s.label, s.name) for s in document.history.past] == [
        ("start_track", "C"),
        ("add_report", ""),
    ]
    document.undo()
    assert document.history.past[-1].label == "start_track"
    assert document.history.future[-1].label == "add_report"


def test_a_new_act_ends_what_could_be_redone(opened: Opened) -> None:
    document = opened.document
    document.apply(add_report(a_report("0300")))
    document.undo()
    document.apply(add_report(a_report("0301")))
    assert document.history.future == ()
    assert document.redo() is False
    assert [r.observed_at_utc for r in document.plot.unattributed][-1] == at("0301")


def test_an_edit_that_changes_nothing_or_is_refused_leaves_what_can_be_redone(
    opened: Opened,
) -> None:
    document = opened.document
    document.apply(add_report(a_report("0300")))
    document.undo()
    document.apply(amend_report(boat_a(document).reports[0]))
    with pytest.raises(CommandRefused):
        document.apply(withdraw_report("none such"))
    assert document.redo() is True


def test_undo_goes_back_hundreds_of_acts(clock: FixedClock) -> None:
    opened = open_plot(night_plot(), clock=clock)
    document, start = opened.document, opened.document.plot
    report = boat_a(document).reports[0]
    for step in range(300):
        moved = replace(report, as_received=f"words {step}")
        assert document.apply(amend_report(moved))
    end = document.plot
    while document.undo():
        pass
    assert document.plot == opened.saved() == start
    while document.redo():
        pass
    assert document.plot == opened.saved() == end
    assert len(document.history.past) == 300
    document.close()


class TestNames:
    def test_go_on_from_the_last_one_in_the_plot(self, opened: Opened) -> None:
        assert opened.document.next_track_name() == "C"

    def test_of_tracks_that_are_withdrawn_undone_or_renamed_are_not_given_again(
        self, opened: Opened
    ) -> None:
        document = opened.document
        gone = a_track("C")
        document.apply(start_track(gone))
        document.apply(withdraw_track(gone.uid))
        assert document.next_track_name() == "D"
        document.apply(start_track(a_track("D")))
        document.undo()
        assert document.next_track_name() == "F"
        uid = boat_a(document).uid
        document.apply(amend_track(replace(document.plot.tracks[uid], name="E")))
        document.undo()
        assert document.next_track_name() == "F"

    def test_that_the_file_has_known_are_not_given_again(self, clock: FixedClock) -> None:
        document = Document(
            MemoryStore(),
            Plot(),
            writer=InlineWriter(),
            clock=clock,
            operator="watch",
            names_ever=frozenset("ABC"),
        )
        assert document.next_track_name() == "D"
        document.close()

    def test_of_a_refused_track_are_still_free(self, opened: Opened) -> None:
        taken = a_track("C", uid=boat_a(opened.document).uid)
        with pytest.raises(CommandRefused):
            opened.document.apply(start_track(taken))
        assert opened.document.next_track_name() == "C"


class TestAReadOnlyPlot:
    def test_refuses_every_edit(self, clock: FixedClock) -> None:
        store = MemoryStore(night_plot(), is_read_only=True)
        document = open_plot(store.plot, clock=clock, store=store).document
        assert document.is_read_only
        with pytest.raises(CommandRefused) as refused:
            document.apply(add_report(a_report()))
        assert refused.value.reason is RefusalReason.READ_ONLY
        assert refused.value.value == "night.gpkg"
        assert document.plot is store.plot
        assert store.saved == []
        assert document.undo() is False
        assert document.redo() is False
        document.close()

    def test_refuses_undo_and_redo_when_it_has_become_so(self, clock: FixedClock) -> None:
        store = MemoryStore(night_plot())
        document = open_plot(store.plot, clock=clock, store=store).document
        document.apply(add_report(a_report("0300")))
        document.apply(add_report(a_report("0301")))
        document.undo()
        store.is_read_only = True
        plot = document.plot
        for edit in (document.undo, document.redo):
            with pytest.raises(CommandRefused):
                edit()
        assert document.plot is plot
        document.close()

    def test_is_one_that_somebody_else_has_open(self, tmp_path: Path, clock: FixedClock) -> None:
        opened = open_plot(night_plot(), clock=clock, folder=tmp_path)
        second = PlotFile.open(opened.store.path)
        document = open_plot(second.load().plot, clock=clock, store=second).document
        assert document.is_read_only
        with pytest.raises(CommandRefused):
            document.apply(add_report(a_report()))
        document.close()
        opened.document.close()


class TestAnnouncements:
    def test_must_not_be_answered_with_an_edit(self, opened: Opened) -> None:
        document = opened.document
        late = add_report(a_report("0305"))
        edits = (partial(document.apply, late), partial(document.undo), partial(document.redo))
        document.apply(add_report(a_report("0300")))
        document.apply(add_report(a_report("0301")))
        document.undo()
        failed: list[str] = []

        def meddle(_: PlotChanged) -> None:
            for edit in edits:
                try:
                    edit()
                except AssertionError as error:
                    failed.append(str(error))

        document.plot_changed.connect(meddle)
        count = document.plot.report_count()
        document.undo()
        assert document.plot.report_count() == count - 1
        # Nothing is left to be undone then: that is no edit.
        assert failed == ["an edit from within an announcement"] * 2

    def test_that_go_wrong_do_not_keep_an_act_from_being_saved(
        self, opened: Opened, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        document = opened.document

        def fail(_: PlotChanged) -> None:
            raise ZeroDivisionError

        document.plot_changed.connect(fail)
        report = a_report("0300")
        told: list[type[BaseException]] = []
        monkeypatch.setattr(sys, "excepthook", lambda kind, *_: told.append(kind))
        assert document.apply(add_report(report)), "nor does who plots it hear of it"
        assert told == [ZeroDivisionError]
        document.plot_changed.disconnect(fail)
        document.retry()
        assert document.save_state.pending == 0
        assert opened.saved().report(report.uid) == report
        assert document.apply(add_report(a_report("0301"))), "and edits go on"

    def test_of_something_saved_come_when_the_store_has_it(self, opened: Opened) -> None:
        document = opened.document
        seen: list[tuple[int, int, Plot]] = []

        def look(state: SaveState) -> None:
            if state.mark is not None:
                seen.append((state.mark.seq, len(labels_of(opened)), opened.saved()))

        document.save_state_changed.connect(look)
        for time in ("0300", "0301", "0302"):
            document.apply(add_report(a_report(time)))
            assert seen[-1][2] == document.plot
        first = seen[0][0]
        for seq, saved, _ in seen:
            assert saved >= seq - first + 1


def test_a_file_that_was_moved_keeps_the_act_pending_until_it_is_back(
    tmp_path: Path, clock: FixedClock
) -> None:
    opened = open_plot(night_plot(), clock=clock, folder=tmp_path)
    document, elsewhere = opened.document, tmp_path / "elsewhere.gpkg"
    document.path.rename(elsewhere)
    report = a_report("0300")
    document.apply(add_report(report))
    failure = document.save_state.failure
    assert isinstance(failure, PlotFileError)
    assert failure.fault is PlotFileFault.MOVED
    assert document.pending_uids == {report.uid}
    elsewhere.rename(document.path)
    document.retry()
    assert document.save_state.failure is None
    assert document.pending_uids == frozenset()
    assert labels_of(opened) == ["add_report"], "once"
    assert opened.saved() == document.plot
    document.close()


def test_a_closed_plot_opens_again_as_it_was(tmp_path: Path, clock: FixedClock) -> None:
    opened = open_plot(night_plot(), clock=clock, folder=tmp_path)
    document = opened.document
    document.apply(move_report(boat_a(document).reports[2].uid, R5, PositionForm.POINTED, 1.1))
    document.apply(start_track(a_track("C")))
    document.undo()
    document.close()
    again = PlotFile.open(document.path)
    loaded = again.load()
    assert loaded.plot == document.plot
    assert "C" in loaded.names_ever
    again.close()
