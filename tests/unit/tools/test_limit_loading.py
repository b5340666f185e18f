"""Choosing what of a file is loaded, and whose each is."""

from pathlib import Path

import pytest

from channelplot.analysis.whose_waters import WatersChart
from channelplot.document.session import Session
from channelplot.errors import CommandRefused
from channelplot.exchange.limit_shapes import LimitShape, ShapeProblem
from channelplot.geodesy.position import Position
from channelplot.model.codes import LimitPurpose
from channelplot.model.plot import Plot
from channelplot.tools.limit_loading import LimitLoading, LoadProblem, left_side_deg
from helpers.clock import FixedClock
from helpers.night_chartwork import BOUNDARY
from helpers.opened import open_plot

FILE = Path("limits.gpkg")
BOX = (Position(1, 50), Position(2, 50), Position(2, 51), Position(1, 50))


def shape(
    name: str = "Median",
    points: tuple[Position, ...] = BOUNDARY.line.points,
    problem: ShapeProblem | None = None,
) -> LimitShape:
    is_area = points[0] == points[-1]
    return LimitShape(
        name=name, points=points, is_area=is_area, layer="x", source="Shom", problem=problem
    )


@pytest.fixture
def session(clock: FixedClock) -> Session:
    return Session(open_plot(Plot(), clock=clock).document, clock)


@pytest.fixture
def loading(session: Session) -> LimitLoading:
    made = LimitLoading(session)
    made.take(FILE, (shape(), shape("Box", BOX), shape("Bad", BOX, ShapeProblem.HOLES), shape("")))
    return made


def test_nothing_is_chosen_and_nothing_is_loaded(loading: LimitLoading) -> None:
    assert loading.problem() == (LoadProblem.NOTHING_CHOSEN, -1)
    assert loading.commit() == 0
    assert loading.loaded() == ()
    assert loading.choices[3].name == "limits 4"


def test_the_only_sound_shape_is_chosen_by_itself(session: Session) -> None:
    loading = LimitLoading(session)
    loading.take(FILE, (shape("Bad", BOX, ShapeProblem.HOLES), shape()))
    assert [choice.is_chosen for choice in loading.choices] == [False, True]


def test_a_shape_with_a_problem_stays_out(loading: LimitLoading) -> None:
    loading.choose(2, is_chosen=True)
    assert not loading.choices[2].is_chosen


def test_a_line_needs_two_sides_that_differ_and_an_area_its_owner(loading: LimitLoading) -> None:
    loading.choose(0, is_chosen=True)
    loading.choose(1, is_chosen=True)
    assert loading.problem() == (LoadProblem.SIDES_MISSING, 0)
    loading.say(0, left="GB")
    assert loading.problem() == (LoadProblem.SIDES_MISSING, 0)
    loading.say(0, right="GB")
    assert loading.problem() == (LoadProblem.SAME_SIDES, 0)
    loading.say(0, right="FR")
    assert loading.problem() == (LoadProblem.SIDES_MISSING, 1)
    loading.say(1, left="BE")
    assert loading.problem() is None


def test_what_is_chosen_is_loaded_with_one_act(loading: LimitLoading, session: Session) -> None:
    loading.choose(0, is_chosen=True)
    loading.choose(1, is_chosen=True)
    loading.say(0, name=" 1988 ", left="GB", right=" FR")
    loading.say(1, left="BE", right="never mind")
    loading.say_of_all(is_legal=True, source="Shom 2022")
    acts = len(session.document.acts)
    assert loading.commit() == 2
    assert len(session.document.acts) == acts + 1
    by_name = {limit.name: limit for limit in loading.loaded()}
    line, area = by_name["1988"], by_name["Box"]
    assert (line.left, line.right, line.is_area, line.is_legal) == ("GB", "FR", False, True)
    assert (line.purpose, line.source) == (LimitPurpose.WATERS, "Shom 2022; Shom")
    assert line.points == BOUNDARY.line.points
    assert line.loaded_at_utc == session.clock()
    assert (area.left, area.right, area.is_area) == ("BE", "", True)
    assert loading.problem() == (LoadProblem.NOTHING_CHOSEN, -1)


def test_regions_are_loaded_as_regions(loading: LimitLoading) -> None:
    loading.choose(1, is_chosen=True)
    loading.say(1, left="CROSS Gris-Nez")
    loading.say_of_all(purpose=LimitPurpose.SAR_REGION)
    assert loading.commit() == 1
    assert loading.loaded()[0].purpose is LimitPurpose.SAR_REGION


def test_a_limit_without_a_name_is_refused_by_the_command(loading: LimitLoading) -> None:
    loading.choose(1, is_chosen=True)
    loading.say(1, name=" ", left="BE")
    with pytest.raises(CommandRefused):
        loading.commit()


def test_a_limit_is_withdrawn(loading: LimitLoading) -> None:
    loading.choose(1, is_chosen=True)
    loading.say(1, left="BE")
    loading.commit()
    loading.withdraw(loading.loaded()[0].uid)
    assert loading.loaded() == ()


def test_every_change_is_announced_and_no_change_is_not(loading: LimitLoading) -> None:
    told = list[None]()
    loading.changed.connect(told.append)
    loading.say(0, left="GB")
    loading.say(0, left="GB")
    assert len(told) == 1


@pytest.mark.parametrize(
    ("points", "left_deg"),
    [
        ((Position(1, 50), Position(1, 51)), 270.0),
        ((Position(1, 50), Position(2, 50)), 0.0),
        ((Position(1, 51), Position(1, 50)), 90.0),
        ((Position(1, 50), Position(2, 50), Position(2, 50.01), Position(1, 50.01)), 270.0),
    ],
)
def test_where_the_left_hand_side_lies(points: tuple[Position, ...], left_deg: float) -> None:
    assert left_side_deg(points) == pytest.approx(left_deg, abs=0.5)


def test_sides_the_wrong_way_round_are_noticed_but_not_refused(loading: LimitLoading) -> None:
    chart = WatersChart(BOUNDARY)
    loading.choose(0, is_chosen=True)
    loading.say(0, left="GB", right="FR")
    assert loading.swapped(chart) is None
    loading.say(0, left="FR", right="GB")
    found = loading.swapped(chart)
    assert found is not None
    assert found.name == "Median"
    assert loading.problem() is None
    loading.say_of_all(purpose=LimitPurpose.SAR_REGION)
    assert loading.swapped(chart) is None
