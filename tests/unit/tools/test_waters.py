"""The open plot's limits and the coast, kept up to date for whoever asks whose waters."""

import pytest

from channelplot.analysis.coast import NearestCoast
from channelplot.analysis.whose_waters import WatersBasis
from channelplot.commands.limits import load_limits, withdraw_limit
from channelplot.commands.marks import add_mark
from channelplot.document.session import Session
from channelplot.geodesy.position import Position
from channelplot.model.plot import Plot
from channelplot.tools.line_draft import LineDraft
from channelplot.tools.line_reader import LineReader
from channelplot.tools.waters import WatersOfPlot
from helpers.builders import R1, a_mark
from helpers.chartwork_builders import an_area
from helpers.clock import FixedClock
from helpers.opened import open_plot

HERE = Position(-3.0, 49.7)
R1_LINE = "0210 50 58.0N 001 41.0E 45pob"


class Shore:
    """A French coast, two miles from everywhere."""

    def nearest_coast(self, position: Position) -> NearestCoast | None:
        return NearestCoast("FR", position, 3_704.0)

    def state_at(self, position: Position) -> str | None:
        return None


@pytest.fixture
def session(clock: FixedClock) -> Session:
    return Session(open_plot(Plot(), clock=clock).document, clock)


def test_it_knows_the_boundary_at_once_and_the_coast_when_it_comes(session: Session) -> None:
    waters, told = WatersOfPlot(session), list[None]()
    waters.changed.connect(told.append)
    assert WatersOfPlot(session).has_coast is False
    assert waters.chart.whose(R1).state == "FR"
    assert waters.chart.whose(HERE).basis is WatersBasis.UNKNOWN
    waters.use_coast(Shore())
    assert waters.has_coast
    assert waters.chart.whose(HERE).state == "FR"
    assert len(told) == 1


def test_a_loaded_limit_counts_at_once_and_no_more_when_it_is_withdrawn(session: Session) -> None:
    waters, told = WatersOfPlot(session), list[None]()
    waters.changed.connect(told.append)
    box = (Position(-4, 49), Position(-2, 49), Position(-2, 50), Position(-4, 49))
    session.document.apply(load_limits((an_area("Box", box, uid="box"),)))
    assert waters.chart.whose(Position(-2.5, 49.3)).state == "BE"
    assert len(told) == 1
    session.document.apply(withdraw_limit("box"))
    assert waters.chart.whose(Position(-2.5, 49.3)).state is None
    assert len(told) == 2


def test_other_acts_leave_the_chart_as_it_is(session: Session) -> None:
    waters = WatersOfPlot(session)
    before = waters.chart
    session.document.apply(add_mark(a_mark("CGN")))
    assert waters.chart is before


def test_another_plot_brings_its_own_limits(session: Session, clock: FixedClock) -> None:
    waters = WatersOfPlot(session)
    box = (Position(-4, 49), Position(-2, 49), Position(-2, 50), Position(-4, 49))
    other = Plot().with_limit(an_area("Box", box))
    session.show(open_plot(other, clock=clock).document)
    assert waters.chart.whose(Position(-2.5, 49.3)).state == "BE"


def test_the_line_says_whose_waters_once_the_coast_is_there(session: Session) -> None:
    waters = WatersOfPlot(session)
    draft = LineDraft(session, LineReader(session), lambda _: 0.0, waters=waters)
    shown = list[None]()
    draft.edit(R1_LINE)
    draft.changed.connect(shown.append)
    assert draft.view().waters is None
    waters.use_coast(Shore())
    assert shown, "the line is shown anew"
    found = draft.view().waters
    assert found is not None
    assert (found.state, found.is_legal) == ("FR", True)
    draft.edit("0210 45pob")
    assert draft.view().waters is None
