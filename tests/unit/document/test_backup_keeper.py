"""When backups are made: after opening, while it changes, at the end; never in an act's way."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest

from channelplot.commands.reports import add_report
from channelplot.document.backup_keeper import INTERVAL_S, RETRY_S, BackupKeeper, BackupState
from channelplot.document.document import Document
from channelplot.document.opening import document_of
from channelplot.document.session import Session
from channelplot.document.writer import InlineWriter, ThreadWriter, Writer
from channelplot.errors import PlotFileFault
from channelplot.model.plot import Plot
from channelplot.store.backups import Backup, backup_folder, backups_of, contents_of
from channelplot.store.geopackage import PlotFile
from helpers.builders import a_report, night_plot
from helpers.clock import FixedClock
from helpers.memory_store import MemoryStore
from helpers.opened import open_plot
from helpers.post_box import PostBox
from unit.store.files import adding_a_report, opened, save

T = TypeVar("T")


class Desk:
    """A session with a keeper of its backups, whose slow functions run when ``works`` is called."""

    def __init__(self, folder: Path, clock: FixedClock, document: Document | None = None) -> None:
        self.path = folder / "night.gpkg"
        self.clock = clock
        self.now_s = 100.0
        self.second: Path | None = None
        self.told: list[BackupState] = []
        self._waiting: list[Callable[[], None]] = []
        if document is None:
            open_plot(night_plot(), clock=clock, folder=folder).document.close()
            document = opened_at(self.path, clock)
        self.session = Session(document, clock)
        self.keeper = BackupKeeper(self.session, lambda: self.second, self._run, lambda: self.now_s)
        self.keeper.changed.connect(self.told.append)

    def _run(self, function: Callable[[], T], done: Callable[[Future[T]], None]) -> None:
        def work() -> None:
            with ThreadPoolExecutor(1) as elsewhere:
                ended = elsewhere.submit(function)
            done(ended)

        self._waiting.append(work)

    def works(self) -> int:
        """Run what waits, and what follows from it; return how much that was."""
        number = 0
        while self._waiting:
            self._waiting.pop(0)()
            number += 1
        return number

    def ticks(self, after_s: float = 5.0) -> None:
        """Let time pass, tick, and run what that began."""
        self.now_s += after_s
        self.clock.advance(seconds=int(after_s))
        self.keeper.tick()
        self.works()

    def acts(self) -> None:
        """Add a report."""
        self.session.document.apply(add_report(a_report("0300")))

    @property
    def backups(self) -> list[Backup]:
        """The backups there are, the newest first."""
        return list(backups_of(self.path))

    def acts_in_newest(self) -> int:
        return contents_of(self.backups[0]).acts


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    desk = Desk(tmp_path, clock)
    yield desk
    desk.session.document.close()


def test_it_makes_one_soon_after_opening(desk: Desk) -> None:
    assert desk.backups == []
    desk.ticks()
    desk.ticks()
    (backup,) = desk.backups
    assert contents_of(backup).is_sound
    assert desk.keeper.state == BackupState(backup)
    assert desk.told == [BackupState(backup)]
    desk.ticks()
    desk.ticks(10 * INTERVAL_S)
    assert desk.backups == [backup], "nothing has happened since"


def test_it_makes_one_each_quarter_of_an_hour_in_which_there_were_acts(desk: Desk) -> None:
    desk.ticks()
    desk.ticks()
    desk.acts()
    desk.ticks(INTERVAL_S - 10.0)
    assert desk.acts_in_newest() == 1
    desk.ticks(10.0)
    assert desk.acts_in_newest() == 2
    desk.ticks(2 * INTERVAL_S)
    desk.acts()
    desk.ticks()
    assert desk.acts_in_newest() == 3


def test_it_makes_one_at_the_end_if_there_were_acts(desk: Desk) -> None:
    desk.ticks()
    desk.ticks()
    desk.acts()
    desk.session.document.close()
    assert desk.works() == 1
    assert desk.acts_in_newest() == 2


def test_it_makes_one_at_the_end_though_it_made_none_before(desk: Desk) -> None:
    desk.acts()
    desk.session.document.close()
    desk.works()
    assert desk.acts_in_newest() == 2
    desk.ticks()
    assert len(desk.backups) == 1, "what is closed is not backed up again"


def test_a_plot_that_was_only_looked_at_has_none_at_the_end(desk: Desk) -> None:
    desk.session.document.close()
    assert desk.works() == 0
    assert desk.backups == []


def test_a_plot_whose_newest_backup_holds_all_of_it_gets_no_other(
    desk: Desk, clock: FixedClock
) -> None:
    desk.acts()
    desk.session.document.close()
    desk.works()
    (backup,) = desk.backups
    again = reopened(desk, clock)
    for _ in range(3):
        again.ticks()
    assert again.backups == [backup]
    assert again.keeper.state == BackupState(backup)
    again.acts()
    again.ticks()
    assert again.acts_in_newest() == 3
    again.session.document.close()


@pytest.mark.parametrize("what", ["more acts", "another plot's", "damaged"])
def test_a_newest_backup_of_something_else_does_not_count(
    desk: Desk, clock: FixedClock, what: str
) -> None:
    desk.ticks()
    desk.ticks()
    desk.session.document.close()
    (backup,) = desk.backups
    if what == "damaged":
        backup.path.write_bytes(b"damaged")
    elif what == "another plot's":
        desk.path.unlink()
        open_plot(Plot(), clock=clock, folder=desk.path.parent).document.close()
    else:
        with opened(backup.path) as file:
            old = file.load().plot
            save(file, old, adding_a_report(old)[0])
    again = reopened(desk, clock)
    again.ticks()
    again.ticks()
    assert len(again.backups) == 2
    assert contents_of(again.backups[0]).is_sound
    assert again.acts_in_newest() == 1
    again.session.document.close()


def reopened(desk: Desk, clock: FixedClock, writer: Writer | None = None) -> Desk:
    """The same plot, open once more."""
    return Desk(desk.path.parent, clock, opened_at(desk.path, clock, writer))


def opened_at(path: Path, clock: FixedClock, writer: Writer | None = None) -> Document:
    file = PlotFile.open(path)
    return document_of(file, writer=writer or InlineWriter(), clock=clock, operator="watch")


def test_an_act_that_waits_goes_first(desk: Desk, clock: FixedClock, post_box: PostBox) -> None:
    desk.session.document.close()
    writer, gate = ThreadWriter(post_box.post), threading.Event()
    again = reopened(desk, clock, writer)
    again.ticks()
    writer.submit(lambda: gate.wait(10.0), lambda _: None)
    again.ticks()
    again.acts()
    gate.set()
    again.session.document.finish_saving()
    assert again.works() == 0
    assert again.backups == [], "what was begun gave way to the act"
    assert again.keeper.state == BackupState()
    again.keeper.tick()
    writer.wait()
    again.works()
    assert again.acts_in_newest() == 2
    again.session.document.close()


def test_nothing_is_begun_while_an_act_waits_or_a_backup_is_on_its_way(
    desk: Desk, clock: FixedClock, post_box: PostBox
) -> None:
    desk.session.document.close()
    writer, gate = ThreadWriter(post_box.post), threading.Event()
    again = reopened(desk, clock, writer)
    again.keeper.tick()
    again.keeper.tick()
    assert again.works() == 1, "one look is on its way"
    writer.submit(lambda: gate.wait(10.0), lambda _: None)
    again.acts()
    again.ticks()
    gate.set()
    again.session.document.finish_saving()
    assert again.works() == 0
    assert not backup_folder(again.path).exists()
    again.session.document.close()
    again.works()


def test_a_backup_that_can_not_be_made_is_told_of_and_tried_again(desk: Desk) -> None:
    backup_folder(desk.path).write_text("a file in the folder's place")
    desk.ticks()
    desk.ticks()
    assert desk.keeper.state.last is None
    assert desk.keeper.state.failure is not None
    assert desk.keeper.state.failure.path == backup_folder(desk.path)
    backup_folder(desk.path).unlink()
    desk.ticks(RETRY_S - 10.0)
    assert desk.backups == []
    desk.ticks(10.0)
    assert desk.keeper.state == BackupState(desk.backups[0])
    assert desk.told[-1] == desk.keeper.state


def test_a_failure_leaves_the_last_one_known(desk: Desk) -> None:
    desk.ticks()
    desk.ticks()
    (backup,) = desk.backups
    aside = desk.path.parent / "aside"
    backup_folder(desk.path).rename(aside)
    backup_folder(desk.path).write_text("a file in the folder's place")
    desk.acts()
    desk.ticks(INTERVAL_S)
    assert desk.keeper.state.last == backup
    assert desk.keeper.state.failure is not None


def test_a_second_folder_that_is_not_there_is_told_of(desk: Desk) -> None:
    desk.second = desk.path.parent / "disk"
    desk.ticks()
    desk.ticks()
    state = desk.keeper.state
    assert state.last == desk.backups[0]
    assert state.failure is None
    assert state.second_failure is not None
    assert state.second_failure.fault is PlotFileFault.FOLDER_MISSING
    desk.second.mkdir()
    desk.acts()
    desk.ticks(INTERVAL_S)
    assert desk.keeper.state == BackupState(desk.backups[0])
    assert len(list(backup_folder(desk.path, desk.second).iterdir())) == 1


def test_a_mistake_of_ours_rises(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(_: Callable[[], bool]) -> Path | None:
        raise ZeroDivisionError

    desk.ticks()
    with monkeypatch.context() as broken:
        broken.setattr(desk.session.document._store, "back_up", wrong)
        with pytest.raises(ZeroDivisionError):
            desk.ticks()
    assert desk.keeper.state == BackupState()


def test_it_follows_the_plot_that_is_open(desk: Desk, clock: FixedClock, tmp_path: Path) -> None:
    desk.ticks()
    desk.ticks()
    desk.acts()
    other = tmp_path / "other"
    other.mkdir()
    next_plot = open_plot(night_plot(), clock=clock, folder=other).document
    previous = desk.session.show(next_plot)
    assert desk.keeper.state == BackupState()
    assert desk.told[-1] == BackupState()
    told = len(desk.told)
    previous.close()
    desk.works()
    assert desk.acts_in_newest() == 2, "the plot that was left had its last backup"
    assert len(desk.told) == told, "which is no news of the plot that is open"
    desk.ticks()
    desk.ticks()
    (backup,) = backups_of(next_plot.path)
    assert desk.keeper.state == BackupState(backup)


def test_a_plot_that_is_only_read_has_none(
    desk: Desk, clock: FixedClock, post_box: PostBox
) -> None:
    store = MemoryStore(night_plot(), is_read_only=True)
    reader = Desk(
        desk.path.parent, clock, open_plot(night_plot(), clock=clock, store=store).document
    )
    reader.ticks()
    reader.ticks()
    reader.session.document.close()
    assert reader.works() == 0
    assert store.backups == []


def test_at_the_end_it_is_made_though_an_act_can_not_be_saved(clock: FixedClock) -> None:
    store = MemoryStore(night_plot())
    opened_plot = open_plot(night_plot(), clock=clock, store=store)
    keeper_of = Desk(Path(), clock, opened_plot.document)
    keeper_of.acts()
    store.fill_up()
    keeper_of.acts()
    keeper_of.ticks()
    assert store.backups == []
    opened_plot.document.close()
    assert store.backups == [["add_report"]]


def test_a_backup_that_is_found_damaged_is_told_of(desk: Desk) -> None:
    desk.ticks()
    desk.keeper.tick()
    (draft,) = backup_folder(desk.path).iterdir()
    draft.write_bytes(b"what the disk made of it")
    desk.works()
    failure = desk.keeper.state.failure
    assert failure is not None
    assert failure.path == desk.path
    assert list(backup_folder(desk.path).iterdir()) == []
    desk.ticks(RETRY_S)
    assert desk.keeper.state == BackupState(desk.backups[0])
