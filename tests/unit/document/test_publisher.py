"""A desk that works on a local copy: it publishes itself, and nobody waits for the network."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from channelplot.commands.imports import Arrivals, import_file
from channelplot.commands.reports import add_report
from channelplot.document.document import Document
from channelplot.document.publisher import PUBLISH_S, Publisher, PublishState
from channelplot.document.working import (
    OpenedPlot,
    document_of_opened,
    open_local_copy,
    open_plot,
)
from channelplot.document.writer import InlineWriter
from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.store import save as saving
from channelplot.store import working_copy
from channelplot.store.geopackage import PlotFile, ReadOnlyReason
from channelplot.store.published import put
from channelplot.store.working_copy import WorkingCopy
from helpers.builders import R1, a_report, a_track
from helpers.clock import FixedClock
from helpers.networks import a_network, locked_elsewhere
from unit.store.files import HOLD_OPEN, acts, another_process, closed_file, edit


class Desk:
    """A desk with a clock of its own; what is posted to its thread is done when it is asked to."""

    def __init__(self, working: Path, clock: FixedClock) -> None:
        self.working = working
        self.clock = clock
        self.now_s = 1_000.0
        self.told: list[PublishState] = []
        self._posted: list[Callable[[], None]] = []
        self._lock = threading.Lock()
        self.opened: list[Document] = []

    def post(self, function: Callable[[], None]) -> None:
        with self._lock:
            self._posted.append(function)

    def does_what_was_posted(self) -> None:
        with self._lock:
            posted, self._posted = self._posted, []
        for function in posted:
            function()

    def opens(self, path: Path, *, take_over: bool = False) -> Document:
        return self.works(open_plot(path, self.working, self.clock(), take_over=take_over))

    def opens_local(self, path: Path, *, take_over: bool = False) -> Document:
        return self.works(open_local_copy(path, self.working, self.clock(), take_over=take_over))

    def works(self, opened: OpenedPlot) -> Document:
        document = document_of_opened(
            opened, writer=InlineWriter(), post=self.post, clock=self.clock, operator="Ann"
        )
        self.opened.append(document)
        if document.publisher is not None:
            document.publisher._steady_s = lambda: self.now_s
            document.publisher.state_changed.connect(self.told.append)
        return document

    def plots(self, document: Document, hhmm: str = "0510") -> None:
        assert document.apply(add_report(a_report(hhmm, position=R1)))
        assert not document.save_state.pending

    def publishes(self, document: Document) -> PublishState:
        """Let the time come, and what is published be."""
        self.now_s += PUBLISH_S
        publisher = self.publisher_of(document)
        publisher.tick()
        assert publisher.finish()
        return publisher.state

    def publisher_of(self, document: Document) -> Publisher:
        assert document.publisher is not None
        return document.publisher

    def goes(self) -> None:
        for document in self.opened:
            document.close()

    def dies(self, document: Document) -> None:
        """Let go of everything as the kernel does for a process that is killed."""
        publisher = self.publisher_of(document)
        publisher._is_closed = True
        publisher._copy.close()
        document.close()


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    desk = Desk(tmp_path / "working", clock)
    yield desk
    desk.goes()


@pytest.fixture
def plot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plot in a network's folder."""
    path = a_network(tmp_path, monkeypatch) / "night.gpkg"
    closed_file(path)
    return path


def test_a_local_copy_is_known_by_the_path_it_is_published_at(
    desk: Desk, plot: Path, tmp_path: Path
) -> None:
    document = desk.opens_local(plot)
    assert document.known_path == plot != document.path
    own = tmp_path / "own.gpkg"
    closed_file(own)
    ordinary = desk.opens(own)
    assert ordinary.known_path == ordinary.path == own


def test_a_plot_that_lies_here_has_no_publisher(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "night.gpkg"
    closed_file(path)
    document = desk.opens(path)
    assert not document.is_read_only
    assert document.publisher is None


def test_without_a_local_copy_a_plot_on_a_network_is_read(desk: Desk, plot: Path) -> None:
    document = desk.opens(plot)
    assert document.read_only_reason is ReadOnlyReason.NETWORK
    assert document.publisher is None


def test_acts_are_published_once_a_minute_and_when_the_plot_is_closed(
    desk: Desk, plot: Path
) -> None:
    document = desk.opens_local(plot)
    publisher = desk.publisher_of(document)
    assert publisher.path == document.path
    desk.now_s += PUBLISH_S
    publisher.tick()
    assert publisher.finish()
    assert desk.told == [], "there is nothing to publish"
    desk.plots(document)
    assert publisher.state.unpublished == 1
    assert desk.publishes(document).unpublished == 0
    assert acts(plot) == 2
    desk.plots(document, "0511")
    desk.now_s += PUBLISH_S - 1
    publisher.tick()
    assert publisher.finish()
    assert acts(plot) == 2, "not yet"
    state = desk.publishes(document)
    assert state.last is not None
    assert state.last.seq == acts(plot) == 3
    assert desk.told[-1] == state
    desk.plots(document, "0512")
    document.close()
    assert acts(plot) == acts(document.path) == 4
    assert sorted(path.name for path in plot.parent.iterdir()) == ["night.gpkg"]
    publisher.publish()
    publisher.close()
    assert acts(plot) == 4, "closed is closed"


def test_another_desk_sees_what_is_published(
    desk: Desk, plot: Path, tmp_path: Path, clock: FixedClock
) -> None:
    document = desk.opens_local(plot)
    other = Desk(tmp_path / "elsewhere", clock)
    reader = other.opens(plot)
    assert reader.read_only_reason is ReadOnlyReason.LOCKED
    desk.plots(document)
    reader.look()
    assert len(reader.acts) == 1
    desk.publishes(document)
    reader.look()
    assert len(reader.acts) == 2
    assert reader.save_state.trouble is None
    assert set(reader.plot.tracks) == set(document.plot.tracks)
    document.close()
    reader.look()
    assert reader.is_free
    other.goes()


def test_what_ends_on_its_own_is_told_on_the_thread_of_the_desk(desk: Desk, plot: Path) -> None:
    document = desk.opens_local(plot)
    publisher = desk.publisher_of(document)
    desk.plots(document)
    publisher.publish()
    publisher.publish()  # it is going on already
    assert publisher._thread is not None
    publisher._thread.join()
    assert desk.told == []
    desk.does_what_was_posted()
    assert [state.unpublished for state in desk.told] == [0]
    desk.does_what_was_posted()
    assert len(desk.told) == 1


def test_acts_of_the_time_that_it_takes_are_published_the_next_time(
    desk: Desk, plot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = desk.opens_local(plot)
    go_on, begun = threading.Event(), threading.Event()

    def slowly(*args: object) -> object:
        begun.set()
        assert go_on.wait(20)
        return put(*args)  # type: ignore[arg-type]  # whatever they are

    monkeypatch.setattr(working_copy, "put", slowly)
    desk.plots(document)
    desk.now_s += PUBLISH_S
    desk.publisher_of(document).tick()
    assert begun.wait(20)
    desk.plots(document, "0511")
    assert not desk.publisher_of(document).finish(0.01)
    go_on.set()
    assert desk.publisher_of(document).finish()
    assert desk.publisher_of(document).state.unpublished == 1
    assert desk.publishes(document).unpublished == 0
    assert acts(plot) == 3


def test_an_act_in_several_rows_of_the_log_is_one_that_is_not_published(
    desk: Desk, plot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "ROWS_OF_AN_ACT", 2)
    monkeypatch.setattr(saving, "_LOT", 1)
    document = desk.opens_local(plot)
    tracks = [a_track("X", (a_report("0300"), a_report("0301"), a_report("0302")))]
    document.apply(import_file(lambda _: Arrivals(tracks=tracks), "x.csv", "x"))
    assert len(document.acts) == 3
    desk.plots(document)
    assert desk.publisher_of(document).state.unpublished == 2
    desk.dies(document)
    document = desk.opens_local(plot)
    assert desk.publisher_of(document).state.unpublished == 2
    assert desk.publishes(document).unpublished == 0


def test_a_network_that_is_away_for_an_hour_loses_nothing(desk: Desk, plot: Path) -> None:
    document = desk.opens_local(plot)
    away = plot.parent.rename(plot.parent.with_name("away"))
    for minute in range(10, 20):
        desk.plots(document, f"05{minute}")
        state = desk.publishes(document)
        assert state.failure is not None
        assert state.failure.fault is PlotFileFault.FOLDER_MISSING
        assert state.unpublished == minute - 9
    assert document.save_state.failure is None, "the plot goes on"
    away.rename(plot.parent)
    state = desk.publishes(document)
    assert (state.failure, state.unpublished) == (None, 0)
    assert acts(plot) == 11


def test_a_desk_that_was_killed_publishes_when_it_is_opened_again(desk: Desk, plot: Path) -> None:
    document = desk.opens_local(plot)
    desk.plots(document)
    desk.dies(document)
    assert acts(plot) == 1
    document = desk.opens(plot)
    assert not document.is_read_only
    assert len(document.acts) == 2
    assert desk.publishes(document).unpublished == 0
    assert acts(plot) == 2


def test_a_network_that_is_away_at_the_start_keeps_nobody_from_his_plot(
    desk: Desk, plot: Path
) -> None:
    document = desk.opens_local(plot)
    desk.plots(document)
    document.close()
    away = plot.parent.rename(plot.parent.with_name("away"))
    document = desk.opens(plot)
    assert not document.is_read_only
    desk.plots(document, "0511")
    document.close()
    away.rename(plot.parent)
    document = desk.opens(document.path)
    assert desk.publishes(document).unpublished == 0
    assert acts(plot) == 3


def test_where_another_desk_has_it_and_nothing_is_new_the_published_plot_is_read(
    desk: Desk, plot: Path
) -> None:
    desk.opens_local(plot).close()
    lock = locked_elsewhere(plot)
    document = desk.opens(plot)
    assert document.read_only_reason is ReadOnlyReason.LOCK_UNSURE
    assert document.path == plot
    document.close()
    assert desk.opens(plot, take_over=True).path != plot
    desk.goes()
    assert not lock.exists()


def test_acts_that_only_this_desk_has_are_not_left_for_another_desks_lock(
    desk: Desk, plot: Path
) -> None:
    document = desk.opens_local(plot)
    desk.plots(document)
    desk.dies(document)
    locked_elsewhere(plot)
    document = desk.opens(plot)
    assert not document.is_read_only
    state = desk.publishes(document)
    assert state.failure is not None
    assert (state.failure.fault, state.failure.detail) == (PlotFileFault.LOCKED, "dover-2")
    desk.publisher_of(document).publish(take_over=True)
    assert desk.publisher_of(document).finish()
    assert acts(plot) == 2


def test_what_went_on_elsewhere_is_fetched_where_nothing_is_new_here(
    desk: Desk, plot: Path
) -> None:
    desk.opens_local(plot).close()
    plotted_by_bob(desk, plot)
    document = desk.opens(plot)
    assert len(document.acts) == 2
    assert document.path != plot


def test_what_went_on_elsewhere_is_kept_apart_from_what_is_new_here(desk: Desk, plot: Path) -> None:
    document = desk.opens_local(plot)
    desk.plots(document)
    desk.dies(document)
    edit(plot, "UPDATE reports SET source_name = 'GIS' WHERE fid = 1")
    document = desk.opens(plot)
    state = desk.publishes(document)
    assert state.kept_apart == plot
    assert acts(state.published_path) == 2
    assert acts(plot) == 1


def test_another_program_here_reads_what_this_one_publishes(desk: Desk, plot: Path) -> None:
    local = desk.opens_local(plot).path
    desk.goes()
    assert desk.opens_local(plot).path == local, "there is one already"
    desk.goes()
    with another_process(HOLD_OPEN, str(local)):
        document = desk.opens(plot)
        assert document.read_only_reason is ReadOnlyReason.LOCKED
        assert document.path == local
        assert document.publisher is None


def cut_short(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:3_000] = bytes(2_900)
    path.write_bytes(data)


def test_a_local_copy_that_is_damaged_is_not_opened_and_leaves_the_lock(
    desk: Desk, plot: Path
) -> None:
    document = desk.opens_local(plot)
    desk.plots(document)
    document.close()
    cut_short(document.path)
    with pytest.raises(PlotFileError) as caught:
        desk.opens(plot)
    assert (caught.value.fault, caught.value.path) == (PlotFileFault.DAMAGED, document.path)
    assert sorted(path.name for path in plot.parent.iterdir()) == ["night.gpkg"]


def test_a_disk_here_that_fails_while_it_is_opened_leaves_the_lock(
    desk: Desk, plot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    local = desk.opens_local(plot).path
    desk.goes()

    def fail(_: WorkingCopy) -> None:
        raise PlotFileError(PlotFileFault.INPUT_OUTPUT, local)

    with monkeypatch.context() as patched:
        patched.setattr(WorkingCopy, "standing", fail)
        with pytest.raises(PlotFileError):
            desk.opens(plot)
    assert sorted(path.name for path in plot.parent.iterdir()) == ["night.gpkg"]
    assert not desk.opens(plot).is_read_only


def plotted_by_bob(desk: Desk, plot: Path) -> None:
    with closing(PlotFile.open(plot, in_any_folder=True)) as file:
        document = document_of_opened(
            OpenedPlot(file),
            writer=InlineWriter(),
            post=desk.post,
            clock=desk.clock,
            operator="Bob",
        )
        desk.plots(document)
        document.close()


def test_what_can_not_be_fetched_is_kept_apart(
    desk: Desk, plot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.opens_local(plot).close()
    plotted_by_bob(desk, plot)

    def full(_: WorkingCopy, __: object) -> None:
        raise PlotFileError(PlotFileFault.FULL, plot)

    with monkeypatch.context() as patched:
        patched.setattr(WorkingCopy, "fetch", full)
        document = desk.opens(plot)
    assert len(document.acts) == 1
    desk.plots(document)
    assert desk.publishes(document).kept_apart == plot


def test_what_was_fetched_and_can_not_be_opened_leaves_the_lock(
    desk: Desk, plot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.opens_local(plot).close()
    plotted_by_bob(desk, plot)
    monkeypatch.setattr(WorkingCopy, "fetch", lambda copy, _: cut_short(copy.path))
    with pytest.raises(PlotFileError):
        desk.opens(plot)
    assert sorted(path.name for path in plot.parent.iterdir()) == ["night.gpkg"]


def test_a_desk_killed_within_an_act_goes_on_from_the_act_before(desk: Desk, plot: Path) -> None:
    document = desk.opens_local(plot)
    desk.plots(document)
    local = document.path
    document.close()
    with closing(sqlite3.connect(local, isolation_level=None)) as conn:
        conn.execute("PRAGMA cache_size = 1")
        conn.execute("BEGIN IMMEDIATE")
        conn.execute("CREATE TABLE filler (x)")
        conn.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
            " INSERT INTO filler SELECT randomblob(200) FROM n"
        )
        left = [(p, p.read_bytes()) for p in (local, local.with_name("night.gpkg-journal"))]
    for path, content in left:
        path.write_bytes(content)
    document = desk.opens(plot)
    assert not document.is_read_only
    assert len(document.acts) == 2
    assert document.recovered is not None


def test_a_local_copy_that_can_not_be_read_lets_go_of_everything(
    desk: Desk, plot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_local_copy(plot, desk.working, desk.clock())

    def fail(_: WorkingCopy) -> int:
        raise PlotFileError(PlotFileFault.INPUT_OUTPUT, plot)

    monkeypatch.setattr(WorkingCopy, "last_seq", fail)
    with pytest.raises(PlotFileError):
        desk.works(opened)
    monkeypatch.undo()
    assert sorted(path.name for path in plot.parent.iterdir()) == ["night.gpkg"]


def test_a_plot_that_can_not_be_read_lets_go_of_everything(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "night.gpkg"
    closed_file(path)
    opened = open_plot(path, desk.working, desk.clock())
    edit(path, "UPDATE edit_log SET at_utc = 'never'")
    with pytest.raises(PlotFileError):
        desk.works(opened)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["night.gpkg"]


@pytest.mark.parametrize("has_begun", [True, False])
def test_a_network_that_does_not_answer_keeps_nobody_from_going_home(
    has_begun: bool, desk: Desk, plot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = desk.opens_local(plot)
    publisher = desk.publisher_of(document)
    answer = threading.Event()

    def hang(*_: object) -> object:
        assert answer.wait(20)
        raise PlotFileError(PlotFileFault.INPUT_OUTPUT, plot)

    monkeypatch.setattr(working_copy, "put", hang)
    desk.plots(document)
    if has_begun:
        publisher.publish()
    publisher.close(patience_s=0.01)
    assert publisher._thread is not None
    assert publisher._thread.daemon, "the program can end"
    document.close()
    answer.set()
    assert publisher.finish()
    publisher._copy.close()


def test_a_mistake_of_ours_is_no_publication(
    desk: Desk, plot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = desk.opens_local(plot)
    taken: list[type[BaseException]] = []
    monkeypatch.setattr(threading, "excepthook", lambda args: taken.append(args.exc_type))

    def mistake(*_: object) -> object:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(working_copy, "put", mistake)
        desk.plots(document)
        assert desk.publishes(document).unpublished == 1
    assert taken == [ZeroDivisionError]
    assert desk.publishes(document).unpublished == 0
    assert acts(plot) == 2
