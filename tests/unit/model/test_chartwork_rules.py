"""What is sound about stream and wind, watched approaches, crossings, limits and searches."""

import math
from dataclasses import replace

import pytest

from channelplot.model.approach_watch import ApproachWatch
from channelplot.model.conditions import ConditionsEntry
from channelplot.model.limit import LoadedLimit
from channelplot.model.plot import Plot
from channelplot.model.predicted_crossing import PredictedCrossing
from channelplot.model.rules import Problem, ProblemCode, problems_of
from channelplot.model.search import PlannedSearch
from helpers.builders import a_plot, a_track, at
from helpers.chartwork_builders import (
    a_crossing,
    a_limit,
    a_search,
    an_approach_watch,
    an_area,
    some_conditions,
)
from helpers.full_plot import full_plot

Entity = ConditionsEntry | ApproachWatch | PredictedCrossing | LoadedLimit | PlannedSearch


def holding(entity: Entity) -> Plot:
    if isinstance(entity, ConditionsEntry):
        return Plot().with_conditions(entity)
    if isinstance(entity, ApproachWatch):
        return Plot().with_approach_watch(entity)
    if isinstance(entity, PredictedCrossing):
        return Plot().with_predicted_crossing(entity)
    if isinstance(entity, LoadedLimit):
        return Plot().with_limit(entity)
    return Plot().with_search(entity)


KINDS = {
    ConditionsEntry: "conditions",
    ApproachWatch: "approach_watch",
    PredictedCrossing: "predicted_crossing",
    LoadedLimit: "limit",
    PlannedSearch: "search",
}


def codes_for(entity: Entity, **fields: object) -> set[str]:
    """Return what is wrong with an entity that has these values, nothing said of others."""
    changed = replace(entity, **fields)  # type: ignore[arg-type]
    problems = problems_of(holding(changed))
    assert {(p.entity, p.uid) for p in problems} <= {(KINDS[type(entity)], entity.uid)}
    return {problem.code.value for problem in problems}


ENTRY = some_conditions()
WATCH = an_approach_watch("a", "b")
CROSSING = a_crossing("a")
LINE = a_limit()
AREA = an_area()
SEARCH = a_search()


def test_what_chartwork_leaves_is_sound_even_where_its_tracks_are_gone() -> None:
    assert problems_of(full_plot()) == ()
    for entity in (ENTRY, some_conditions("gone"), WATCH, CROSSING, LINE, AREA, SEARCH):
        assert codes_for(entity) == set()


@pytest.mark.parametrize(
    "fields",
    [
        {"stream_set_deg": None, "stream_rate_kn": None},
        {"wind_from_deg": None, "wind_speed_kn": None},
        {"wind_from_deg": None, "wind_speed_kn": None, "leeway_percent": None},
        {"stream_set_deg": 0.0, "wind_from_deg": 360.0},
        {"stream_rate_kn": 0.0, "wind_speed_kn": 0.0},
        {"leeway_percent": 0.0},
        {"leeway_percent": 100.0},
    ],
)
def test_a_stream_a_wind_or_both_are_sound(fields: dict[str, object]) -> None:
    assert codes_for(ENTRY, **fields) == set()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"stream_set_deg": None}, "stream_or_wind"),
        ({"stream_rate_kn": None}, "stream_or_wind"),
        ({"wind_from_deg": None}, "stream_or_wind"),
        ({"wind_speed_kn": None}, "stream_or_wind"),
        (
            dict.fromkeys(("stream_set_deg", "stream_rate_kn", "wind_from_deg", "wind_speed_kn")),
            "stream_or_wind",
        ),
        ({"stream_set_deg": 360.1}, "direction_range"),
        ({"wind_from_deg": -0.1}, "direction_range"),
        ({"wind_from_deg": math.nan}, "direction_range"),
        ({"stream_rate_kn": -0.1}, "speed_range"),
        ({"wind_speed_kn": math.inf}, "speed_range"),
        ({"leeway_percent": None}, "leeway_range"),
        ({"leeway_percent": -1.0}, "leeway_range"),
        ({"leeway_percent": 100.5}, "leeway_range"),
        ({"valid_until_utc": at("0245")}, "validity_order"),
        ({"valid_until_utc": at("0200")}, "validity_order"),
    ],
)
def test_what_is_wrong_with_stream_and_wind_is_found(fields: dict[str, object], code: str) -> None:
    assert codes_for(ENTRY, **fields) == {code}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"second_track_uid": "a"}, "approach_to_itself"),
        ({"distance_m": 0.0}, "distance_range"),
        ({"distance_m": math.nan}, "distance_range"),
        ({"within_min": 0}, "minutes_range"),
        ({"within_min": -5}, "minutes_range"),
    ],
)
def test_what_is_wrong_with_a_watched_approach_is_found(
    fields: dict[str, object], code: str
) -> None:
    assert codes_for(WATCH, **fields) == {code}


def test_what_is_wrong_with_a_predicted_crossing_is_found() -> None:
    assert codes_for(CROSSING, course_deg=None, speed_kn=0.0) == set()
    assert codes_for(CROSSING, course_deg=361.0) == {"direction_range"}
    assert codes_for(CROSSING, speed_kn=math.nan) == {"speed_range"}


@pytest.mark.parametrize(
    ("limit", "fields", "code"),
    [
        (LINE, {"name": " "}, "name_empty"),
        (LINE, {"points": LINE.points[:1]}, "points_few"),
        (LINE, {"left": ""}, "side_empty"),
        (LINE, {"right": " "}, "side_empty"),
        (AREA, {"points": ()}, "points_few"),
        (AREA, {"points": (*AREA.points[:2], AREA.points[0])}, "points_few"),
        (AREA, {"points": AREA.points[:4]}, "area_open"),
        (AREA, {"left": ""}, "side_empty"),
    ],
)
def test_what_is_wrong_with_a_limit_is_found(
    limit: LoadedLimit, fields: dict[str, object], code: str
) -> None:
    assert codes_for(limit, **fields) == {code}


def test_two_limits_may_share_a_name_but_not_two_searches() -> None:
    plot = Plot().with_limit(LINE).with_limit(replace(AREA, name=LINE.name))
    assert problems_of(plot) == ()
    other = a_search()
    assert problems_of(plot.with_search(SEARCH).with_search(other)) == (
        Problem(ProblemCode.NAME_TWICE, "search", other.uid),
    )


def test_a_search_needs_no_sides_and_no_drift() -> None:
    assert codes_for(SEARCH, length_m=None, width_m=None, drift_m=0.0, drift_error_share=0.0) == (
        set()
    )


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name": ""}, "name_empty"),
        ({"waypoints": SEARCH.waypoints[:1]}, "points_few"),
        ({"drift_m": -1.0}, "error_range"),
        ({"initial_error_m": math.inf}, "error_range"),
        ({"searcher_error_m": math.nan}, "error_range"),
        ({"radius_m": 0.0}, "distance_range"),
        ({"spacing_m": 0.0}, "distance_range"),
        ({"length_m": 0.0}, "distance_range"),
        ({"width_m": -1.0}, "distance_range"),
        ({"drift_error_share": -0.1}, "factor_range"),
        ({"safety_factor": 0.0}, "factor_range"),
        ({"first_leg_deg": 360.5}, "direction_range"),
    ],
)
def test_what_is_wrong_with_a_search_is_found(fields: dict[str, object], code: str) -> None:
    assert codes_for(SEARCH, **fields) == {code}


@pytest.mark.parametrize("speed_kn", [0.0, -1.0, math.nan, math.inf])
def test_a_craft_that_is_sent_makes_some_speed(speed_kn: float) -> None:
    track = a_track()
    assert problems_of(a_plot(replace(track, speed_kn=20.0))) == ()
    assert problems_of(a_plot(replace(track, speed_kn=speed_kn))) == (
        Problem(ProblemCode.SPEED_RANGE, "track", track.uid),
    )


def test_each_is_filed_under_its_own_uid() -> None:
    plot = replace(
        Plot(),
        conditions={"x": ENTRY},
        approach_watches={"x": WATCH},
        predicted_crossings={"x": CROSSING},
        limits={"x": LINE},
        searches={"x": SEARCH},
    )
    assert problems_of(plot) == tuple(
        Problem(ProblemCode.FILED_WRONG, KINDS[type(entity)], entity.uid)
        for entity in (ENTRY, WATCH, CROSSING, LINE, SEARCH)
    )
