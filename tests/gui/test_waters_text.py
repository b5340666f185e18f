"""The words of whose waters: always legal or indicative, always predicted where they are."""

import pytest

from channelplot.analysis.coast import NearestCoast
from channelplot.analysis.whose_waters import NO_STATE, WatersChart
from channelplot.chart.wording import state_letters
from channelplot.geodesy.measure import destination, distance_m
from channelplot.geodesy.position import Position
from channelplot.geodesy.units import m_from_nm
from channelplot.model.codes import LimitPurpose
from channelplot.model.limit import LoadedLimit
from channelplot.ui.words.waters_text import (
    no_region_text,
    state_text,
    waters_of_text,
    waters_text,
)
from helpers.builders import R1, at, ddm
from helpers.night_chartwork import BOUNDARY

DR_0300 = ddm(51, 0.1431, 1, 35.2853)
AWAY = Position(-3.0, 49.7)
pytestmark = pytest.mark.usefixtures("qapp")


class Shore:
    """A coast of one state at one distance from everywhere."""

    def __init__(self, state: str, distance_m: float, land: str | None = None) -> None:
        self.state, self.distance_m, self.land = state, distance_m, land

    def nearest_coast(self, position: Position) -> NearestCoast | None:
        return NearestCoast(self.state, position, self.distance_m)

    def state_at(self, position: Position) -> str | None:
        return self.land


def said(position: Position, shore: Shore | None = None, *loaded: LoadedLimit) -> str:
    return waters_text(WatersChart(BOUNDARY, loaded, shore).whose(position))


def test_the_night_at_0300() -> None:
    assert said(DR_0300) == "French waters (1988 line, legal), boundary 2.62 NM 331.4°T"


def test_what_the_coast_says_is_indicative() -> None:
    long = said(AWAY, Shore("JE", 5_000.0))
    assert long == "Jersey waters (nearest coast within 12 NM, indicative), coast 2.70 NM"
    long = said(AWAY, Shore("FR", 30_000.0))
    assert long.startswith(
        "no state's waters (further than 12 NM from the charted coast, indicative)"
    )
    assert said(AWAY, Shore("FR", 900.0, "FR")).startswith("French land (charted land,")


class ShoreAt(Shore):
    """A coast that is one point."""

    def __init__(self, state: str, place: Position) -> None:
        super().__init__(state, 0.0)
        self.place = place

    def nearest_coast(self, position: Position) -> NearestCoast | None:
        return NearestCoast(self.state, self.place, distance_m(position, self.place))


def test_by_the_coast_the_far_boundary_is_not_told_but_the_coast_or_its_twelve_miles() -> None:
    five = destination(AWAY, 180.0, m_from_nm(5.0))
    assert said(AWAY, ShoreAt("FR", five)) == (
        "French waters (nearest coast within 12 NM, indicative), coast 5.00 NM 180.0°T"
    )
    fifteen = destination(AWAY, 180.0, m_from_nm(15.0))
    assert said(AWAY, ShoreAt("FR", fifteen)) == (
        "no state's waters (further than 12 NM from the charted coast, indicative), "
        "12 NM line 3.00 NM 180.0°T"
    )


@pytest.mark.parametrize(("miles", "is_told"), [(29.9, True), (30.1, False)])
def test_within_thirty_miles_the_boundary_is_told_beside_the_coast(
    miles: float, is_told: bool
) -> None:
    place = destination(BOUNDARY.line.points[0], 240.0, m_from_nm(miles))
    text = said(place, Shore("GB", 9_000.0))
    assert "coast 4.86 NM" in text
    assert (f", boundary {miles:.2f} NM 0" in text) == is_told
    assert ("boundary" in text) == is_told


def test_without_a_coast_nothing_is_claimed() -> None:
    long = said(AWAY)
    assert long.startswith("waters not known (no limit, no coast, indicative)")


def test_on_the_line() -> None:
    long = said(BOUNDARY.line.points[2])
    assert long.startswith("on the boundary (1988 line, indicative), boundary 0.00 NM")


def test_limits_that_disagree_are_told() -> None:
    wrong = LoadedLimit(
        uid="x",
        purpose=LimitPurpose.WATERS,
        name="Official",
        points=BOUNDARY.line.points,
        is_area=False,
        left="FR",
        right="GB",
        is_legal=True,
        loaded_at_utc=at("0100"),
    )
    long = said(R1, None, wrong)
    assert long.startswith("UK waters (Official, indicative), 1988 line says otherwise, boundary")


def test_states() -> None:
    assert [state_text(s) for s in ("GB", "FR", "BE", "JE", "GG", "NL", "IE", "DK")] == [
        "UK",
        "French",
        "Belgian",
        "Jersey",
        "Guernsey",
        "Dutch",
        "Irish",
        "DK",
    ]
    assert waters_of_text("GB") == "UK waters"
    assert waters_of_text(NO_STATE) == waters_of_text(None) == "no state's waters"
    assert [state_letters(s) for s in ("GB", "FR", NO_STATE, None)] == ["UK", "FR", "-", "-"]


def test_without_regions_that_is_said() -> None:
    assert no_region_text() == "no region loaded"
