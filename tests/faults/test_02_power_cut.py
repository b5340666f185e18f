"""A power cut at any moment leaves every act that was called saved, and never half of one.

The statements that our own store issues are told to SQLite again on a disk that keeps account of
what it is asked; from that come the states that a cut may leave, and each is opened after it.
"""

import hashlib
import random
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from channelplot.model.change import difference
from channelplot.model.plot import Plot
from channelplot.store.act import ActRecord
from channelplot.store.check import check
from channelplot.store.connection import connect_to_write
from channelplot.store.geopackage import PlotFile
from channelplot.store.tables import TABLES
from channelplot.store.triggers import rtree_name
from helpers.builders import R1, a_report, at
from helpers.full_plot import full_plot
from helpers.left_behind import require_sound
from helpers.power_cut import JOURNAL, Acknowledged, Disk, Event, Recorder, left_after, told_to
from helpers.well_filled import plots_after
from unit.store.files import closed_file

PLOT = "night.gpkg"
CHECKED_WHOLE_EACH = 20
LOTS_OF_REPORTS = 150


@dataclass
class Session:
    """A desk's work as its store wrote it."""

    path: Path
    start: bytes
    recorders: list[Recorder] = field(default_factory=list)
    journal_mode: str = ""
    synchronous: str = ""


@dataclass
class Verdict:
    """What became of the states that a power cut left."""

    states: int = 0
    lost: int = 0
    corrupt: int = 0
    rolled_back: int = 0


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory, cycles: Callable[[int, int], int]) -> Session:
    """A desk that opens a plot, does every kind of command, and closes it."""
    path = tmp_path_factory.mktemp("session") / PLOT
    plot = full_plot()
    closed_file(path, plot)
    worked = Session(path, path.read_bytes())

    def recorded(path: Path) -> Recorder:
        conn = connect_to_write(path)
        worked.journal_mode, worked.synchronous = (
            str(conn.execute(f"PRAGMA {name}").fetchone()[0])
            for name in ("journal_mode", "synchronous")
        )
        worked.recorders.append(Recorder(conn))
        return worked.recorders[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("channelplot.store.writing.connect_to_write", recorded)
        with closing(PlotFile.open(path)) as file:
            for new, label in acts_of(plot, cycles(12, 60)):
                file.save(difference(plot, new), ActRecord(label, "plot", "", "watch", at("0500")))
                plot = new
    (recorder,) = worked.recorders
    assert len(recorder.told) == len(recorder.traced), "every statement is known"
    require_sound(path.parent, set())
    return worked


def acts_of(plot: Plot, count: int) -> Iterator[tuple[Plot, str]]:
    """Yield plots, each one act further than the one before; one act is a large one."""
    dice = random.Random(20260915)
    for new, label in plots_after(plot, count // 2, dice):
        plot = new
        yield plot, label
    track_uid = next(iter(plot.tracks))
    for _ in range(LOTS_OF_REPORTS):
        plot = plot.with_report(a_report("0500", track_uid=track_uid, position=R1))
    yield plot, "import"
    yield from plots_after(plot, count - count // 2, dice)


def cut(
    session: Session, folder: Path, states: int, synchronous: str, *, through_store: bool
) -> Verdict:
    """Do a session's work on a disk and cut its power; judge what that leaves.

    through_store: open each state with our own store, as the desk would, before it is judged.
    """
    folder.mkdir()
    path = folder / PLOT
    path.write_bytes(session.start)
    events = told_to(
        Disk(f"disk-{synchronous}"), path, session.recorders[0].told, synchronous=synchronous,
        journal_mode=session.journal_mode,
    )  # fmt: skip
    assert log_of(path) == log_of(session.path), "the disk was told what the store told its own"
    whole = contents_by_act(events, session.start, folder)
    dice = random.Random(20260915)
    verdict = Verdict(states)
    for number in range(states):
        moment = dice.randint(0, len(events))
        for name in (PLOT, PLOT + JOURNAL):
            (folder / name).unlink(missing_ok=True)
        for name, content in left_after(events[:moment], session.start, PLOT, dice).items():
            (folder / name).write_bytes(content)
        verdict.rolled_back += (folder / (PLOT + JOURNAL)).exists()
        if through_store:
            with closing(PlotFile.open(path)) as file:
                assert not file.is_read_only
                file.load()
            if number % CHECKED_WHOLE_EACH == 0:
                assert check(path) == ()
        seq, held = state_of(path)
        acknowledged = last_acknowledged(events[:moment], whole)
        verdict.corrupt += held != whole.get(seq)
        verdict.lost += held == whole.get(seq) and seq < acknowledged
        assert not through_store or seq <= acknowledged + 1
    return verdict


def contents_by_act(events: Sequence[Event], start: bytes, folder: Path) -> dict[int, str]:
    """Return what the plot holds after each act, by the act's number, had there been no cut."""
    at_rest = folder / "at_rest.gpkg"
    contents: dict[int, str] = {}
    every_write_counts = _Always()
    for number, event in enumerate(events):
        if number == 0 or isinstance(event, Acknowledged):
            left = left_after(events[: number + bool(number)], start, PLOT, every_write_counts)
            at_rest.write_bytes(left[PLOT])
            seq, content = state_of(at_rest)
            contents[seq] = content
    at_rest.unlink()
    return contents


class _Always(random.Random):
    """Dice by which every write has reached the disk, whole."""

    def random(self) -> float:
        return 0.5

    def randint(self, a: int, b: int) -> int:
        return b

    def choice(self, seq: Sequence[float]) -> float:  # type: ignore[override]
        return seq[-1]


def last_acknowledged(events: Sequence[Event], whole: dict[int, str]) -> int:
    return max((e.seq for e in events if isinstance(e, Acknowledged)), default=min(whole))


def state_of(path: Path) -> tuple[int, str]:
    """Return the number of the last act in a file and a digest of all it holds; 0, "" if damaged.

    Opened by plain SQLite, which rolls back what was not finished.
    """
    try:
        with closing(sqlite3.connect(path)) as conn:
            if conn.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return 0, ""
            if conn.execute("PRAGMA foreign_key_check").fetchall():
                return 0, ""
            digest = hashlib.sha256()
            for table in TABLES:
                if table.geometry_type is not None:
                    index = rtree_name(table.name)
                    if conn.execute("SELECT rtreecheck(?)", (index,)).fetchone() != ("ok",):
                        return 0, ""
                    digest.update(
                        repr(conn.execute(f"SELECT * FROM {index} ORDER BY id").fetchall()).encode()
                    )
                digest.update(
                    repr(conn.execute(f"SELECT * FROM {table.name} ORDER BY 1").fetchall()).encode()
                )
            (seq,) = conn.execute("SELECT max(seq) FROM edit_log").fetchone()
            return int(seq), digest.hexdigest()
    except (sqlite3.Error, UnicodeDecodeError):
        return 0, ""


def log_of(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as conn:
        return conn.execute("SELECT * FROM edit_log ORDER BY seq").fetchall()


def test_a_power_cut_loses_no_act_that_was_called_saved(
    session: Session,
    tmp_path: Path,
    cycles: Callable[[int, int], int],
    figure: Callable[[str], None],
) -> None:
    assert session.journal_mode == "delete"
    assert session.synchronous == "3", "EXTRA"

    verdict = cut(
        session, tmp_path / "extra", cycles(25, 1_000), session.synchronous, through_store=True
    )

    assert (verdict.lost, verdict.corrupt) == (0, 0)
    assert verdict.rolled_back, "some cuts must come within an act"
    figure(f"{verdict.states} states: 0 lost, 0 corrupt, {verdict.rolled_back} rolled back")


@pytest.mark.parametrize(("synchronous", "fault"), [("FULL", "lost"), ("OFF", "corrupt")])
def test_settings_that_are_not_enough_are_found_out(
    session: Session,
    tmp_path: Path,
    cycles: Callable[[int, int], int],
    figure: Callable[[str], None],
    spoiled: set[Path],
    synchronous: str,
    fault: str,
) -> None:
    spoiled.add(tmp_path / "control" / PLOT)

    verdict = cut(
        session, tmp_path / "control", cycles(40, 1_000), synchronous, through_store=False
    )

    assert getattr(verdict, fault) > 0, "a harness that sees nothing here is blind"
    assert synchronous != "FULL" or verdict.corrupt == 0
    figure(
        f"{synchronous}: {verdict.states} states, {verdict.lost} lost, {verdict.corrupt} corrupt"
    )


@pytest.mark.parametrize(
    ("platform", "why"),
    [
        ("darwin", "fullfsync acts on macOS alone: no Mac was tried"),
        ("win32", "what Windows does at a power cut was not tried"),
    ],
)
def test_other_systems_are_asked_to_reach_the_disk_too(
    tmp_path: Path, platform: str, why: str
) -> None:
    if sys.platform != platform:
        pytest.skip(why)
    closed_file(tmp_path / PLOT, full_plot())
    with closing(connect_to_write(tmp_path / PLOT)) as conn:
        assert conn.execute("PRAGMA fullfsync").fetchone() == (1,)
        assert conn.execute("PRAGMA synchronous").fetchone() == (3,), "EXTRA"
