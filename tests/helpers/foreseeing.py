"""A desk below the window that predicts: lookout, foresight and the log of crossings."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from channelplot.analysis.alerts import Alert
from channelplot.analysis.coast import NearestCoast
from channelplot.analysis.whose_waters import WatersChart
from channelplot.commands.reports import add_report
from channelplot.document.document import Document
from channelplot.document.session import Session
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import m_from_nm
from channelplot.model.codes import AlertCode
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.settings import Settings
from channelplot.tools.crossing_log import CrossingLog
from channelplot.tools.figures import Figures
from channelplot.tools.foresight import Foresight
from channelplot.tools.lookout import Lookout
from channelplot.tools.waters import WatersOfPlot
from helpers.builders import at
from helpers.clock import FixedClock
from helpers.memory_store import MemoryStore
from helpers.night_chartwork import BOUNDARY
from helpers.opened import open_plot
from helpers.post_box import PostBox

T = TypeVar("T")
CHART = WatersChart(BOUNDARY)
"""The boundary of 1988 and nothing else."""


class SeaEverywhere:
    """A coast that is five miles from any place, and no land."""

    def nearest_coast(self, position: Position) -> NearestCoast:
        """Return a coast in sight."""
        return NearestCoast("FR", position, m_from_nm(5.0))

    def state_at(self, position: Position) -> None:
        """Return that it is at sea."""
        del position


class Worker:
    """Runs what it is given at once, or when it is told to, and counts."""

    def __init__(self) -> None:
        self.is_held = False
        self.runs = 0
        self._waiting: list[Callable[[], None]] = []

    def run(self, function: Callable[[], T], done: Callable[[Future[T]], None]) -> None:
        """Run a function, or keep it back."""
        self.runs += 1

        def work() -> None:
            future = Future[T]()
            future.set_result(function())
            done(future)

        if self.is_held:
            self._waiting.append(work)
        else:
            work()

    def works_off(self) -> None:
        """Run what was kept back, and what that asks for."""
        while self._waiting:
            self._waiting.pop(0)()


@dataclass
class ForeseeingDesk:
    """Everything that has a part in predictions, over a plot in memory."""

    clock: FixedClock
    session: Session
    store: MemoryStore
    figures: Figures
    waters: WatersOfPlot
    worker: Worker
    foresight: Foresight
    lookout: Lookout
    crossing_log: CrossingLog
    box: PostBox
    looks: list[None] = field(default_factory=list)

    @property
    def document(self) -> Document:
        """The open document."""
        return self.session.document

    @property
    def plot(self) -> Plot:
        """The plot that shows."""
        return self.document.plot

    def at(self, hhmm: str, seconds: int = 0) -> None:
        """Let it be that time, and let what was posted be done."""
        self.clock.set(at(hhmm) + timedelta(seconds=seconds))
        self.lookout.tick()
        self.box.run_waiting()

    def plots(self, report: Report) -> None:
        """Plot a report."""
        assert self.document.apply(add_report(report))
        self.box.run_waiting()

    def alerts(self, code: AlertCode) -> list[Alert]:
        """The alerts of a kind, most urgent first."""
        return [alert for alert in self.lookout.alerts if alert.code is code]


def foreseeing_desk(
    plot: Plot,
    clock: FixedClock,
    folder: Path,
    *,
    is_read_only: bool = False,
    is_held: bool = False,
    has_coast: bool = True,
) -> ForeseeingDesk:
    """Return a desk on a plot. is_held: what is worked out has to be let go."""
    store = MemoryStore(plot, is_read_only=is_read_only)
    session = Session(open_plot(plot, clock=clock, store=store).document, clock)
    figures = Figures(Settings(folder))
    waters, worker, box = WatersOfPlot(session), Worker(), PostBox()
    worker.is_held = is_held
    if has_coast:
        waters.use_coast(SeaEverywhere())
    foresight = Foresight(session, waters, worker.run)
    lookout = Lookout(session, figures, foresight)
    log = CrossingLog(session, lookout, foresight, waters, box.post)
    desk = ForeseeingDesk(
        clock, session, store, figures, waters, worker, foresight, lookout, log, box
    )
    lookout.looked.connect(desk.looks.append)
    return desk
