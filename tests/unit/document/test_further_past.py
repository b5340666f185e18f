"""Acts that are too long to be gone through while a plot opens: undone once they were read."""

from pathlib import Path

import pytest

from channelplot.commands.command import Command
from channelplot.commands.imports import Arrivals, import_file
from channelplot.commands.predicted_crossings import log_predicted_crossing
from channelplot.commands.reports import add_report
from channelplot.commands.restore import restore
from channelplot.document import past
from channelplot.document.document import Document
from channelplot.document.history import History
from channelplot.document.opening import document_of
from channelplot.document.writer import InlineWriter, ThreadWriter, Writer
from channelplot.model.track import Track
from channelplot.store import save as saving
from channelplot.store import soundness
from channelplot.store.as_known import known_after
from channelplot.store.closed_file import loaded_from
from channelplot.store.geopackage import PlotFile
from helpers.builders import a_report, a_track, night_plot
from helpers.chartwork_builders import a_crossing
from helpers.clock import FixedClock
from helpers.opened import open_plot
from helpers.post_box import PostBox
from unit.store.files import edit

IMPORT_UID = "7b0c7a52-6f0f-4f4e-9d0a-0d1f7f1a2b3c"


def an_import(name: str = "X") -> Command:
    reports = tuple(a_report(f"03{minute:02}") for minute in range(20))
    track = a_track(name, reports)
    return import_file(lambda _: Arrivals(tracks=[track]), f"{name}.csv", IMPORT_UID + name)


@pytest.fixture
def path(tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plot whose last act is an import, told in three rows of the log, each too long."""
    monkeypatch.setattr(saving, "ROWS_OF_AN_ACT", 8)
    monkeypatch.setattr(saving, "_LOT", 4)
    document = open_plot(night_plot(), clock=clock, folder=tmp_path).document
    document.apply(add_report(a_report("0300")))
    before = len(document.acts)
    document.apply(an_import())
    assert [act.label for act in document.acts[before:]] == ["import_file"] * 3
    monkeypatch.setattr(past, "MOST_CHARACTERS", document.acts[-1].length - 1)
    document.close()
    return document.path


def opened(path: Path, clock: FixedClock, writer: Writer | None = None) -> Document:
    writer = writer or InlineWriter()
    return document_of(PlotFile.open(path), writer=writer, clock=clock, operator="Ann")


def reads(document: Document, *, is_back: bool = True, leads_on: bool = True) -> None:
    """Have what is further away read."""
    told: list[bool] = []
    assert document.read_further(told.append, is_back=is_back)
    assert told == [leads_on]


def labels(history: History) -> list[str]:
    return [step.label for step in history.past]


def test_an_import_of_any_length_is_undone_after_a_restart(path: Path, clock: FixedClock) -> None:
    before = known_after(loaded_from(path), 2).plot
    it = opened(path, clock)
    imported = it.plot
    further = it.history.further_past
    assert further is not None
    assert further.next.name == "X.csv"
    assert it.undo() is False
    reads(it)
    assert labels(it.history) == ["add_report", "import_file"]
    assert it.history.further_past is None
    assert it.undo()
    assert it.plot == before
    it.close()
    again = opened(path, clock)
    assert again.plot == it.plot
    assert again.history.further_future is not None
    assert again.redo() is False
    reads(again, is_back=False)
    assert again.redo()
    assert again.plot == imported
    again.close()


def test_that_holds_for_rows_that_have_stayed_in_a_large_file(
    path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soundness, "MOST_COPIED_BYTES", 1_000)
    monkeypatch.setattr("channelplot.store.log.LEFT_IN_FILE", 100)
    it = opened(path, clock)
    assert it.acts[-1].is_in_file
    reads(it)
    assert it.undo()
    assert "X" not in {track.name for track in it.plot.tracks.values()}
    it.close()


def test_what_can_not_be_read_just_now_can_be_asked_for_again(
    path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soundness, "MOST_COPIED_BYTES", 1_000)
    monkeypatch.setattr("channelplot.store.log.LEFT_IN_FILE", 100)
    it = opened(path, clock)
    away = path.with_name("away")
    path.rename(away)
    reads(it, leads_on=False)
    away.rename(path)
    assert it.history.further_past is not None
    reads(it)
    assert labels(it.history) == ["import_file"]
    it.close()


def test_what_an_undone_import_withdrew_went_together_in_however_many_rows(
    path: Path, clock: FixedClock
) -> None:
    it = opened(path, clock)
    reads(it)
    imported = it.plot
    it.undo()
    (withdrawn,) = (each for each in it.withdrawn() if each.label == "undo.import_file")
    assert isinstance(withdrawn.entity, Track)
    assert len(withdrawn.entity.reports) == 20
    assert it.acts[-1].seq == withdrawn.act_seq
    it.apply(restore(withdrawn.entity))
    uid = withdrawn.entity.uid
    assert it.plot.tracks[uid].reports == imported.tracks[uid].reports
    it.close()


def test_what_was_done_meanwhile_stays_and_is_undone_first(
    path: Path, clock: FixedClock, post_box: PostBox
) -> None:
    it = opened(path, clock, ThreadWriter(post_box.post))
    imported, told = it.plot, list[bool]()
    assert it.read_further(told.append, is_back=True)
    assert not it.read_further(told.append, is_back=True), "once is enough"
    crossing = log_predicted_crossing(a_crossing(next(iter(it.plot.tracks))))
    it.apply(add_report(a_report("0400")))
    it.apply(crossing)
    while not told:
        post_box.run_next()
    it.finish_saving()
    post_box.run_waiting()
    assert told == [True]
    assert labels(it.history) == ["add_report", "import_file", "add_report"]
    crossings = it.plot.predicted_crossings
    assert len(crossings) == 1
    assert {len(step.plot.predicted_crossings) for step in it.history.past} == {1}
    it.undo()
    assert it.plot.tracks == imported.tracks
    it.undo()
    assert len(it.plot.tracks) == len(imported.tracks) - 1
    assert it.plot.predicted_crossings == crossings
    it.finish_saving()
    it.close()


def test_a_new_act_ends_what_was_undone_also_where_it_was_not_read(
    path: Path, clock: FixedClock
) -> None:
    it = opened(path, clock)
    reads(it)
    it.undo()
    it.close()
    it = opened(path, clock)
    undone = it.history
    assert undone.further_future is not None
    it.apply(add_report(a_report("0400")))
    assert it.history.further_future is None
    assert not it.read_further(lambda _: None, is_back=False)
    it.close()


def test_where_the_log_does_not_lead_on_the_history_ends(path: Path, clock: FixedClock) -> None:
    edit(path, "UPDATE reports SET grade = '1A' WHERE observed_at_utc LIKE '%T03:07%'")
    it = opened(path, clock)
    plot = it.plot
    reads(it, leads_on=False)
    assert it.history == History()
    assert it.plot is plot
    assert it.undo() is False
    it.look()
    found = it.history
    assert labels(found) == ["outside_edit"]
    assert found.further_past is not None
    reads(it)
    it.undo()
    it.undo()
    assert len(it.plot.tracks) == len(plot.tracks) - 1
    it.close()


def test_imports_are_read_one_at_a_time(path: Path, clock: FixedClock) -> None:
    it = opened(path, clock)
    it.apply(an_import("Y"))
    it.close()
    it = opened(path, clock)
    for name in ("Y", "X"):
        further = it.history.further_past
        assert further is not None
        assert further.next.name == f"{name}.csv"
        reads(it)
        assert it.undo()
        assert name not in {track.name for track in it.plot.tracks.values()}
    assert labels(it.history) == ["add_report"]
    it.close()


def test_a_history_that_is_full_has_nothing_beyond(
    path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("channelplot.document.history.DEPTH", 2)
    it = opened(path, clock)
    for minute in range(3):
        assert it.history.further_past is not None
        it.apply(add_report(a_report(f"04{minute:02}")))
    assert it.history.further_past is None
    assert labels(it.history) == ["add_report"] * 2
    it.close()


def test_a_plot_that_is_closed_meanwhile_is_not_told(
    path: Path, clock: FixedClock, post_box: PostBox
) -> None:
    it = opened(path, clock, ThreadWriter(post_box.post))
    told = list[bool]()
    assert it.read_further(told.append, is_back=True)
    it.close()
    post_box.run_waiting()
    assert not told
