"""Plot files for the tests of the store, and what other programs and the system do to them."""

import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.model.change import Change, difference
from channelplot.model.codes import BoatType, CountBasis, ReportKind, SourceKind, TrackStatus
from channelplot.model.ids import new_uid
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.track import StatusChange, Track
from channelplot.store.act import ActRecord
from channelplot.store.geometry import register_functions
from channelplot.store.geopackage import PlotFile
from channelplot.store.log import LoggedAct
from helpers.builders import (
    R1,
    R2,
    R3,
    R6,
    a_beach,
    a_log_line,
    a_mark,
    a_report,
    a_track,
    an_acknowledgement,
    at,
    ddm,
)
from helpers.chartwork_builders import (
    a_crossing,
    a_limit,
    a_reference_layer,
    a_search,
    an_approach_watch,
    an_area,
    some_conditions,
)

NOBODY = 65534


def a_plot() -> Plot:
    """Return a plot with something in every table, every column of the flat ones set."""
    beach = a_beach()
    adrift = StatusChange(
        new_uid(), TrackStatus.ADRIFT, at("0340"), "engine stopped", by="Ann", unaccounted=8
    )
    first = a_track(
        "A",
        (
            a_report(
                "0210",
                position=R1,
                as_received="50 58.0N 001 41.0E 310/4 45pob",
                source=SourceKind.AIRCRAFT,
                source_name="COASTGUARD AIRCRAFT",
                grade="1A",
                course_deg=310.0,
                speed_kn=4.0,
                error_m=200.0,
                people=PeopleCount(total=45, is_estimate=True),
                boat_type=BoatType.INFLATABLE,
            ),
            a_report("0228", position=R2, caller="+33612345678"),
            a_report("0245", position=R3),
            a_report("0412", position=R6, people=PeopleCount(CountBasis.COUNTED, 47, 31, 9, 7, 2)),
        ),
        status=TrackStatus.ADRIFT,
        status_changes=(adrift,),
        launch_beach_uid=beach.uid,
        note="inflatable",
        uk_reference="UK 1",
        fr_reference="Gris-Nez SAR 2026/1",
        boat_type=BoatType.INFLATABLE,
        colour="grey",
        length_m=9.5,
        engine="40 hp",
        contact_interval_min=20,
    )
    second = replace(
        a_track("B", (a_report("0252", position=ddm(51, 2.4, 1, 50.3)),)), speed_kn=6.5
    )
    ashore = a_report("0105", kind=ReportKind.PREVENTED, position=None, position_form=None)
    plot = Plot().with_track(first).with_track(second).with_report(ashore)
    plot = plot.with_beach(beach).with_mark(a_mark())
    plot = plot.with_log_line(a_log_line(track_uid=first.uid))
    plot = plot.with_acknowledgement(an_acknowledgement(first.uid))
    plot = plot.with_conditions(some_conditions(first.uid))
    plot = plot.with_approach_watch(an_approach_watch(first.uid, second.uid))
    plot = plot.with_predicted_crossing(a_crossing(first.uid, first.reports[2].uid))
    plot = plot.with_limit(a_limit()).with_limit(an_area())
    plot = plot.with_reference_layer(a_reference_layer(uid=new_uid()))
    return plot.with_search(a_search(track_uid=first.uid))


def the_track(plot: Plot, name: str = "A") -> Track:
    return next(track for track in plot.tracks.values() if track.name == name)


def an_act(
    label: str = "new_plot",
    *,
    entity: str = "plot",
    entity_uid: str = "",
    operator: str = "watch",
    hhmm: str = "0500",
) -> ActRecord:
    return ActRecord(label, entity, entity_uid, operator, at(hhmm))


def adding_a_report(plot: Plot, minutes: int = 1) -> tuple[Plot, Change]:
    """Return the plot with one more report on its first track, and the change that is."""
    track = next(iter(plot.tracks.values()))
    observed = at("0415") + timedelta(minutes=minutes)
    new = plot.with_report(a_report(observed, track_uid=track.uid, position=R6))
    return new, difference(plot, new)


def save(file: PlotFile, old: Plot, new: Plot) -> LoggedAct:
    return file.save(difference(old, new), an_act("amend"))


@contextmanager
def new_file(path: Path, plot: Plot | None = None) -> Iterator[PlotFile]:
    """Create a plot file and have it open."""
    with closing(PlotFile.create(path, a_plot() if plot is None else plot, an_act())) as file:
        yield file


@contextmanager
def opened(path: Path) -> Iterator[PlotFile]:
    with closing(PlotFile.open(path)) as file:
        yield file


def closed_file(path: Path, plot: Plot | None = None) -> Plot:
    """Create a plot file, close it, and return the plot in it."""
    plot = a_plot() if plot is None else plot
    with new_file(path, plot):
        return plot


@contextmanager
def outside(path: Path, *, ignoring_checks: bool = False) -> Iterator[sqlite3.Connection]:
    """Have a file open as another program has it; each statement is committed by itself."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        register_functions(conn)
        if ignoring_checks:
            conn.execute("PRAGMA ignore_check_constraints = ON")
        yield conn


def rows(path: Path, query: str, *parameters: object) -> list[tuple[Any, ...]]:
    """Return what a query gives, asked from outside."""
    with outside(path) as conn:
        return conn.execute(query, parameters).fetchall()


def edit(path: Path, statement: str, *parameters: object) -> None:
    """Do to a closed file what no CHECK and no trigger of the log would let pass."""
    with outside(path, ignoring_checks=True) as conn:
        for trigger in ("edit_log_no_update", "edit_log_no_delete"):
            if "edit_log" in statement:
                conn.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        conn.execute(statement, parameters)


def tamper(path: Path, table: str, column: str, value: object) -> None:
    """Put a value into every row of a column that neither CHECK nor trigger would let pass."""
    with outside(path, ignoring_checks=True) as conn:
        conn.create_function("ST_IsEmpty", 1, lambda _: 1)
        if table == "edit_log":
            conn.execute("DROP TRIGGER edit_log_no_update")
        conn.execute(f"UPDATE {table} SET {column} = ?", (value,))


def python(code: str, *arguments: str) -> "subprocess.Popen[str]":
    """Start another process that knows the same packages."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )


@contextmanager
def another_process(code: str, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """Start a process, wait until it says that it is ready, and kill it at the end."""
    with python(code, *arguments) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def acts(path: Path) -> int:
    ((count,),) = rows(path, "SELECT count(*) FROM edit_log")
    return int(count)


def fault_of_saving(file: PlotFile, plot: Plot) -> PlotFileFault:
    with pytest.raises(PlotFileError) as caught:
        file.save(adding_a_report(plot)[1], an_act())
    assert caught.value.path == file.path
    return caught.value.fault


HOLD_OPEN = """
import sys, time
from pathlib import Path
from typing import Any

import pytest
from channelplot.store.geopackage import PlotFile
file = PlotFile.open(Path(sys.argv[1]))
assert not file.is_read_only
print("ready", flush=True)
time.sleep(60)
"""
"""A second desk that has the plot open for writing."""

HOLD_LOCKED = """
import sqlite3, sys, time
conn = sqlite3.connect(sys.argv[1], isolation_level=None)
conn.execute("BEGIN EXCLUSIVE")
print("ready", flush=True)
time.sleep(60)
"""
"""A program that knows nothing of lock files, in the middle of writing."""


def let_everybody_in(tmp_path: Path) -> None:
    """Let every account enter a test's own folder, and those of the run that it lies in."""
    is_shared = tmp_path.parent.name.startswith("popen-")
    # Where somebody chose the run's folder (--basetemp), it can have any name.
    of_the_run = tmp_path.parent.parent if is_shared else tmp_path.parent
    above = (up for up in of_the_run.parents if up.name.startswith("pytest-"))
    for folder in (tmp_path, tmp_path.parent, of_the_run, *above):
        folder.chmod(0o755)


@contextmanager
def unprivileged() -> Iterator[None]:
    """Do without root's right to write everywhere, where the tests run as root."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond a size, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    writes_none = sys.dont_write_bytecode
    # Of what is imported meanwhile Python would keep bytecode that is cut short.
    sys.dont_write_bytecode = True
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        sys.dont_write_bytecode = writes_none
