"""Changes of waters by the coast alone: where, when, and that few places are asked."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from channelplot.analysis.coast_changes import CoastChange, Shore, next_coast_change
from channelplot.analysis.drift import Conditions, Stream, Validity, carried_passage
from channelplot.analysis.passage import HORIZON, Passage, steady_passage
from channelplot.analysis.waters import TERRITORIAL_M
from channelplot.analysis.whose_waters import WatersChange, WatersChart
from channelplot.basemap.basemap import load_basemap
from channelplot.basemap.land import Land
from channelplot.geodesy.position import Position
from helpers.builders import R3, at
from helpers.night_chartwork import BOUNDARY

OFF_CHERBOURG = Position(-1.6, 49.75)
OFF_CARTERET = Position(-1.85, 49.35)
MID_CHANNEL = Position(-1.7, 50.1)


@pytest.fixture(scope="module")
def chart() -> WatersChart:
    return WatersChart(BOUNDARY, (), Land(load_basemap()))


def changed(chart: WatersChart, passage: Passage) -> WatersChange | CoastChange | None:
    return chart.next_change_of_any(passage, at("0500"))


def tried(chart: WatersChart, passage: Passage, every_s: float = 20.0) -> float | None:
    """After how many seconds the state is another, asked every few."""
    first = chart.state_and_basis(passage.position_at(at("0500")))[0]
    for step in range(1, round(HORIZON.total_seconds() / every_s) + 1):
        when_utc = at("0500") + timedelta(seconds=step * every_s)
        if chart.state_and_basis(passage.position_at(when_utc))[0] != first:
            return step * every_s
    return None


class TestOnTheChart:
    @pytest.mark.parametrize(
        ("start", "course_deg", "speed_kn", "sides"),
        [
            (OFF_CHERBOURG, 350.0, 5.0, ("FR", None)),
            (MID_CHANNEL, 350.0, 5.0, (None, "GB")),
            (MID_CHANNEL, 175.0, 7.0, (None, "FR")),
            (OFF_CARTERET, 245.0, 4.0, ("FR", "JE")),
            (OFF_CARTERET, 300.0, 18.0, ("FR", "JE")),
        ],
    )
    def test_it_is_where_asking_every_few_seconds_finds_it(
        self,
        chart: WatersChart,
        start: Position,
        course_deg: float,
        speed_kn: float,
        sides: tuple[str | None, str | None],
    ) -> None:
        passage = steady_passage(start, at("0500"), course_deg, speed_kn)
        found = changed(chart, passage)
        assert isinstance(found, CoastChange)
        assert (found.from_state, found.to_state) == sides
        assert found.is_at_twelve_miles == (None in sides)
        after_s = (found.at_utc - at("0500")).total_seconds()
        assert after_s == pytest.approx(tried(chart, passage), abs=20.0)
        before = passage.position_at(found.at_utc - timedelta(seconds=1.0))
        assert chart.state_and_basis(before)[0] == sides[0], "to the second"
        assert chart.state_and_basis(found.position)[0] == sides[1]
        assert found.run_m == pytest.approx(passage.run_m(at("0500"), found.at_utc))

    def test_a_limit_that_is_crossed_first_is_the_next_change(self, chart: WatersChart) -> None:
        passage = steady_passage(R3, at("0500"), 300.7, 5.04)
        found = changed(chart, passage)
        assert isinstance(found, WatersChange)
        assert found == chart.next_change(passage, at("0500"))

    def test_no_limit_is_crossed_there_so_nothing_is_logged_or_alerted(
        self, chart: WatersChart
    ) -> None:
        passage = steady_passage(OFF_CHERBOURG, at("0500"), 350.0, 5.0)
        assert chart.next_change(passage, at("0500")) is None, "what alerts and the log go by"

    def test_none_for_one_that_stays_or_without_a_coast(self, chart: WatersChart) -> None:
        assert changed(chart, steady_passage(OFF_CHERBOURG, at("0500"), None, 0.0)) is None
        passage = steady_passage(OFF_CHERBOURG, at("0500"), 350.0, 5.0)
        assert changed(WatersChart(BOUNDARY), passage) is None


class Asked:
    """A coast that lies along a meridian: one state's waters to 12 NM west of it."""

    def __init__(self, coast_m: Callable[[Position], float | None]) -> None:
        self.coast_m = coast_m
        self.times = 0

    def __call__(self, position: Position) -> Shore | None:
        self.times += 1
        coast_m = self.coast_m(position)
        if coast_m is None:
            return None
        is_inside = coast_m <= TERRITORIAL_M
        return Shore("FR" if is_inside else None, coast_m, is_by_coast=is_inside)


def west_of_zero(position: Position) -> float:
    return abs(position.lon_deg) * 70_000.0


class TestTheSearch:
    def test_few_places_are_asked(self) -> None:
        asked = Asked(lambda _: TERRITORIAL_M - 10.0)
        fast = steady_passage(Position(0.0, 51.0), at("0500"), 0.0, 30.0)
        assert next_coast_change(asked, fast, at("0500"), at("0500") + HORIZON) is None
        assert asked.times <= 73
        asked = Asked(west_of_zero)
        out = steady_passage(Position(-0.1, 51.0), at("0500"), 270.0, 5.0)
        assert next_coast_change(asked, out, at("0500"), at("0500") + HORIZON) is not None
        assert asked.times <= 25

    def test_far_off_a_single_question_reaches_beyond_the_horizon(self) -> None:
        asked = Asked(west_of_zero)
        off = steady_passage(Position(-2.0, 51.0), at("0500"), 90.0, 5.0)
        assert next_coast_change(asked, off, at("0500"), at("0500") + HORIZON) is None
        assert asked.times <= 2

    def test_a_turn_of_the_tide_is_followed(self) -> None:
        west = Stream(set_deg=270.0, rate_kn=4.0, valid=Validity(at("0400"), at("0600")))
        east = Stream(set_deg=90.0, rate_kn=4.0, valid=Validity(at("0600"), at("1200")))
        passage = carried_passage(
            Position(-0.25, 51.0), at("0500"), Conditions(streams=(west, east))
        )
        found = next_coast_change(Asked(west_of_zero), passage, at("0500"), at("0500") + HORIZON)
        assert found is not None
        assert found.at_utc < at("0600")
        back = next_coast_change(Asked(west_of_zero), passage, at("0559"), at("0559") + HORIZON)
        assert back is not None
        assert (back.from_state, back.to_state) == (None, "FR")

    def test_off_the_chart_nothing_is_predicted(self) -> None:
        asked = Asked(lambda p: None if p.lon_deg < -0.2 else west_of_zero(p))
        out = steady_passage(Position(-0.1, 51.0), at("0500"), 270.0, 5.0)
        assert next_coast_change(asked, out, at("0500"), at("0500") + HORIZON) is None
