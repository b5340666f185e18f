"""Every command, in a real file: done and undone, done twice, and refused without a trace."""

import contextlib
import importlib
import inspect
import os
import pkgutil
import random
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_type_hints

import pytest

from channelplot import commands
from channelplot.commands.approach_watches import end_approach_watch
from channelplot.commands.beaches import withdraw_beach
from channelplot.commands.command import Command, Entity
from channelplot.commands.conditions import withdraw_conditions
from channelplot.commands.limits import withdraw_limit
from channelplot.commands.log_lines import withdraw_log_line
from channelplot.commands.marks import withdraw_mark
from channelplot.commands.reports import withdraw_report
from channelplot.commands.restore import restore
from channelplot.commands.searches import withdraw_search
from channelplot.commands.tracks import withdraw_track
from channelplot.document.document import Document
from channelplot.errors import CommandRefused
from channelplot.model.approach_watch import ApproachWatch
from channelplot.model.beach import Beach, Mark
from channelplot.model.change import difference
from channelplot.model.conditions import ConditionsEntry
from channelplot.model.limit import LoadedLimit
from channelplot.model.log_line import LogLine
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.rules import problems_of
from channelplot.model.search import PlannedSearch
from channelplot.model.track import Track
from channelplot.store.geopackage import PlotFile
from channelplot.store.replay import LOGGED_TABLES
from channelplot.store.withdrawn import Withdrawable
from helpers.clock import FixedClock
from helpers.every_command import EVERY_COMMAND, Entry
from helpers.full_plot import WITHDRAWN, full_plot, is_there
from helpers.opened import Opened, open_plot

LOTS = (1, 2, 3) if "CHANNELPLOT_CASES" in os.environ else (1,)
FULL_PLOT = full_plot()


@dataclass
class Case:
    """A command of the registry, and the full plot open in a file for it."""

    entry: Entry
    dice: random.Random
    opened: Opened
    plot: Plot = field(init=False)

    def __post_init__(self) -> None:
        self.plot = self.document.plot

    @property
    def document(self) -> Document:
        return self.opened.document

    def allowed(self) -> Command:
        command = self.entry.allowed(self.plot, self.dice)
        assert command is not None, "the full plot has something to do it to"
        return command

    def standing_rows(self) -> dict[str, list[tuple[object, ...]]]:
        """The rows of the file that are not withdrawn, whole, by table."""
        return {
            table.name: self.rows(
                f"SELECT * FROM {table.name} WHERE withdrawn_at_utc IS NULL ORDER BY uid"
            )
            for table in LOGGED_TABLES
        }

    def log_rows(self) -> list[tuple[object, ...]]:
        return self.rows("SELECT * FROM edit_log ORDER BY seq")

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.opened.store.path)) as conn:
            return conn.execute(query).fetchall()


def withdrawal(entity: Withdrawable) -> Command:
    if isinstance(entity, ApproachWatch):
        return end_approach_watch(entity.uid)
    commands: dict[type, Callable[[str, str], Command]] = {
        Track: withdraw_track,
        Report: withdraw_report,
        Beach: withdraw_beach,
        Mark: withdraw_mark,
        LogLine: withdraw_log_line,
        ConditionsEntry: withdraw_conditions,
        LoadedLimit: withdraw_limit,
        PlannedSearch: withdraw_search,
    }
    return commands[type(entity)](entity.uid, "a hoax")


@pytest.fixture(scope="module")
def full_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The full plot in a file, in which some things are withdrawn; opened by nobody."""
    plot = FULL_PLOT
    for entity in WITHDRAWN:
        plot = restore(entity).edit(plot)
    folder = tmp_path_factory.mktemp("full")
    opened = open_plot(plot, clock=FixedClock(), folder=folder)
    for entity in WITHDRAWN:
        assert opened.document.apply(withdrawal(entity))
    assert difference(opened.document.plot, FULL_PLOT).is_empty
    opened.document.close()
    return opened.store.path


@pytest.fixture(params=LOTS, ids=lambda lot: f"lot{lot}")
def lot(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(params=sorted(EVERY_COMMAND))
def case(
    request: pytest.FixtureRequest, lot: int, full_file: Path, tmp_path: Path, clock: FixedClock
) -> Iterator[Case]:
    path = tmp_path / "night.gpkg"
    path.write_bytes(full_file.read_bytes())
    store = PlotFile.open(path)
    opened = open_plot(store.load().plot, clock=clock, store=store)
    yield Case(EVERY_COMMAND[request.param], random.Random(lot), opened)
    opened.document.close()


def test_done_and_undone_the_plot_and_the_standing_rows_are_as_before(case: Case) -> None:
    document, before = case.document, case.plot
    rows, log = case.standing_rows(), case.log_rows()
    command = case.allowed()

    assert document.apply(command)
    after, rows_after = document.plot, case.standing_rows()
    assert after != before
    assert case.opened.saved() == after
    assert rows_after != rows
    if command.is_by_program:
        assert not document.undo()
        assert document.plot is after
        return

    assert document.undo()
    assert document.plot == before
    assert case.opened.saved() == before
    assert case.standing_rows() == rows

    assert document.redo()
    assert document.plot == after
    assert case.opened.saved() == after
    assert case.standing_rows() == rows_after
    grown = case.log_rows()
    assert grown[: len(log)] == log
    assert len(grown) == len(log) + 3


def test_done_twice_is_refused_or_changes_nothing(case: Case) -> None:
    document, command = case.document, case.allowed()
    document.apply(command)
    once, rows, log = document.plot, case.standing_rows(), case.log_rows()
    assert problems_of(once) == ()
    with contextlib.suppress(CommandRefused):
        assert document.apply(command) is False
    assert document.plot is once
    assert case.standing_rows() == rows
    assert case.log_rows() == log
    assert case.opened.saved() == once


def test_refused_it_changes_nothing(case: Case) -> None:
    document = case.document
    rows, log = case.standing_rows(), case.log_rows()
    command = case.entry.refused(case.plot, case.dice)
    with pytest.raises(CommandRefused):
        document.apply(command)
    assert document.plot is case.plot
    assert document.history.past == ()
    assert document.save_state.pending == 0
    assert case.standing_rows() == rows
    assert case.log_rows() == log


# Without a file


def test_the_full_plot_is_sound() -> None:
    assert problems_of(FULL_PLOT) == ()
    assert not any(is_there(FULL_PLOT, entity) for entity in WITHDRAWN)


def test_every_command_there_is_stands_in_the_registry() -> None:
    found = set()
    for module_info in pkgutil.iter_modules(commands.__path__, "channelplot.commands."):
        module = importlib.import_module(module_info.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            is_own = function.__module__ == module.__name__ and not name.startswith("_")
            if is_own and get_type_hints(function).get("return") is Command:
                found.add(name)
    assert found == set(EVERY_COMMAND)
    assert len(found) >= 37


@pytest.mark.parametrize("name", EVERY_COMMAND)
@pytest.mark.parametrize("lot", range(10))
def test_it_leaves_the_plot_it_is_given_and_makes_a_sound_one(name: str, lot: int) -> None:
    plot = full_plot()
    tracks = dict(plot.tracks)
    command = EVERY_COMMAND[name].allowed(plot, random.Random(lot))
    assert command is not None
    after = command.edit(plot)
    assert problems_of(after) == ()
    assert dict(plot.tracks) == tracks
    assert all(plot.tracks[uid] is track for uid, track in tracks.items())
    for track in after.tracks.values():
        assert not (track.same_as_uid is not None and track.reports), "a merged track has none"


@pytest.mark.parametrize("name", EVERY_COMMAND)
@pytest.mark.parametrize("lot", range(10))
def test_it_names_what_it_is_about(name: str, lot: int) -> None:
    command = EVERY_COMMAND[name].allowed(FULL_PLOT, random.Random(lot))
    assert command is not None
    plots = FULL_PLOT, command.edit(FULL_PLOT)
    places: dict[Entity, set[str]] = {
        Entity.REPORT: {r.uid for plot in plots for r in plot.reports()},
        Entity.TRACK: {uid for plot in plots for uid in plot.tracks},
        Entity.BEACH: {uid for plot in plots for uid in plot.beaches},
        Entity.MARK: {uid for plot in plots for uid in plot.marks},
        Entity.LOG_LINE: {uid for plot in plots for uid in plot.log_lines},
        Entity.ALERT: {uid for plot in plots for uid in plot.acknowledgements},
        Entity.CONDITIONS: {uid for plot in plots for uid in plot.conditions},
        Entity.APPROACH_WATCH: {uid for plot in plots for uid in plot.approach_watches},
        Entity.PREDICTED_CROSSING: {uid for plot in plots for uid in plot.predicted_crossings},
        Entity.LIMIT: {uid for plot in plots for uid in plot.limits},
        Entity.SEARCH: {uid for plot in plots for uid in plot.searches},
        Entity.REFERENCE_LAYER: {uid for plot in plots for uid in plot.reference_layers},
        Entity.PLOT: {command.entity_uid if command.label == "import_file" else ""},
    }
    assert command.entity_uid in places[command.entity]
    assert command.label == command.label.lower().replace(" ", "_"), "a code, not words"
    named = {one.name for plot in plots for one in plot.tracks.values()}
    named |= {one.name for plot in plots for one in plot.beaches.values()}
    named |= {one.name for plot in plots for one in plot.limits.values()}
    named |= {one.name for plot in plots for one in plot.searches.values()}
    named |= {one.name for plot in plots for one in plot.reference_layers.values()}
    codes = {mark.code for plot in plots for mark in plot.marks.values()}
    known = named | codes | {"", "2", "3", "patrol.gpx"}
    assert set(re.split(" = | / ", command.name_in(FULL_PLOT))) <= known


@pytest.mark.parametrize("name", EVERY_COMMAND)
def test_the_same_lot_draws_the_same_command(name: str) -> None:
    one, other = (EVERY_COMMAND[name].allowed(FULL_PLOT, random.Random(7)) for _ in range(2))
    assert one is not None
    assert other is not None
    assert (one.label, one.entity_uid, one.reason) == (other.label, other.entity_uid, other.reason)
    assert one.edit(FULL_PLOT) == other.edit(FULL_PLOT)


@pytest.mark.parametrize("name", EVERY_COMMAND)
def test_an_empty_plot_has_nothing_to_do_it_to_or_takes_it(name: str) -> None:
    command = EVERY_COMMAND[name].allowed(Plot(), random.Random(7))
    if command is not None:
        assert command.edit(Plot()) != Plot()
