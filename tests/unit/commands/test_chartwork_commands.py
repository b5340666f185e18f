"""Conditions, watched approaches, limits, searches, crossings: why refused, and what they leave.

That each of them can be undone, done twice and refused: ``test_every_command.py``.
"""

import math
from dataclasses import replace

import pytest

from channelplot.commands.alerts import acknowledge
from channelplot.commands.approach_watches import end_approach_watch, watch_approach
from channelplot.commands.claims import merge_tracks
from channelplot.commands.command import Command
from channelplot.commands.conditions import add_conditions, amend_conditions, withdraw_conditions
from channelplot.commands.limits import load_limits, withdraw_limit
from channelplot.commands.predicted_crossings import log_predicted_crossing
from channelplot.commands.restore import restore, restore_several
from channelplot.commands.searches import plan_search, withdraw_search
from channelplot.commands.tracks import amend_track, carried_over, start_track, withdraw_track
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.model.codes import AlertCode, TrackStatus
from channelplot.model.plot import Plot
from channelplot.model.rules import problems_of
from helpers.builders import a_track, an_acknowledgement, at, night_plot
from helpers.chartwork_builders import (
    BOX,
    a_crossing,
    a_limit,
    a_search,
    an_approach_watch,
    an_area,
    some_conditions,
)

NIGHT = night_plot()
A, B = NIGHT.tracks.values()
MERGED = merge_tracks(B.uid, A.uid, change_uid="m", at_utc=at("0300"), by="watch").edit(NIGHT)

GIVEN = some_conditions(uid="given")
OF_A = some_conditions(A.uid, uid="of-a")
WATCH = an_approach_watch(A.uid, B.uid, uid="watch")
LINE, AREA = a_limit(uid="line"), an_area(uid="area")
S1 = a_search("S1", A.uid, uid="s1")
CROSSING = a_crossing(A.uid, A.reports[2].uid, uid="crossing")
NEW = replace(GIVEN, uid="new")
S2 = replace(S1, uid="s2", name="S2")


def with_everything() -> Plot:
    """The night with one or two of each."""
    plot = NIGHT
    for command in (
        add_conditions(GIVEN),
        add_conditions(OF_A),
        watch_approach(WATCH),
        load_limits((LINE, AREA)),
        plan_search(S1),
        log_predicted_crossing(CROSSING),
    ):
        plot = command.edit(plot)
    return plot


PLOT = with_everything()

REFUSED = [
    (add_conditions(GIVEN), RefusalReason.ALREADY_THERE),
    (add_conditions(replace(NEW, track_uid="gone")), RefusalReason.NO_SUCH_TRACK),
    (
        add_conditions(replace(NEW, stream_set_deg=None, stream_rate_kn=None, wind_from_deg=None,
                               wind_speed_kn=None)),
        RefusalReason.NO_STREAM_OR_WIND,
    ),
    (add_conditions(replace(NEW, stream_rate_kn=None)), RefusalReason.STREAM_INCOMPLETE),
    (add_conditions(replace(NEW, stream_set_deg=None)), RefusalReason.STREAM_INCOMPLETE),
    (add_conditions(replace(NEW, wind_speed_kn=None)), RefusalReason.WIND_INCOMPLETE),
    (add_conditions(replace(NEW, wind_from_deg=None)), RefusalReason.WIND_INCOMPLETE),
    (add_conditions(replace(NEW, leeway_percent=None)), RefusalReason.LEEWAY_MISSING),
    (add_conditions(replace(NEW, leeway_percent=-0.1)), RefusalReason.LEEWAY_RANGE),
    (add_conditions(replace(NEW, leeway_percent=100.1)), RefusalReason.LEEWAY_RANGE),
    (add_conditions(replace(NEW, leeway_percent=math.nan)), RefusalReason.LEEWAY_RANGE),
    (add_conditions(replace(NEW, stream_set_deg=360.1)), RefusalReason.DIRECTION_RANGE),
    (add_conditions(replace(NEW, wind_from_deg=-1.0)), RefusalReason.DIRECTION_RANGE),
    (add_conditions(replace(NEW, wind_from_deg=math.nan)), RefusalReason.DIRECTION_RANGE),
    (add_conditions(replace(NEW, stream_rate_kn=-0.1)), RefusalReason.SPEED_RANGE),
    (add_conditions(replace(NEW, wind_speed_kn=math.inf)), RefusalReason.SPEED_RANGE),
    (add_conditions(replace(NEW, valid_until_utc=at("0245"))), RefusalReason.VALIDITY_ORDER),
    (add_conditions(replace(NEW, valid_until_utc=at("0200"))), RefusalReason.VALIDITY_ORDER),
    (amend_conditions(NEW), RefusalReason.NO_SUCH_CONDITIONS),
    (amend_conditions(replace(GIVEN, track_uid="gone")), RefusalReason.NO_SUCH_TRACK),
    (amend_conditions(replace(GIVEN, leeway_percent=None)), RefusalReason.LEEWAY_MISSING),
    (withdraw_conditions("gone"), RefusalReason.NO_SUCH_CONDITIONS),
    (watch_approach(an_approach_watch(A.uid, "gone")), RefusalReason.NO_SUCH_TRACK),
    (watch_approach(an_approach_watch("gone", A.uid)), RefusalReason.NO_SUCH_TRACK),
    (watch_approach(an_approach_watch(A.uid, A.uid)), RefusalReason.APPROACH_TO_ITSELF),
    (watch_approach(replace(WATCH, distance_m=0.0)), RefusalReason.DISTANCE_RANGE),
    (watch_approach(replace(WATCH, distance_m=math.nan)), RefusalReason.DISTANCE_RANGE),
    (watch_approach(replace(WATCH, within_min=0)), RefusalReason.MINUTES_RANGE),
    (end_approach_watch("gone"), RefusalReason.NO_SUCH_APPROACH_WATCH),
    (load_limits(()), RefusalReason.NO_LIMITS),
    (load_limits((LINE,)), RefusalReason.ALREADY_THERE),
    (load_limits((replace(LINE, uid="l"), replace(AREA, uid="l"))), RefusalReason.ALREADY_THERE),
    (load_limits((a_limit(" "),)), RefusalReason.NAME_EMPTY),
    (load_limits((replace(a_limit(), points=BOX[:1]),)), RefusalReason.LIMIT_POINTS),
    (load_limits((an_area(points=(*BOX[:2], BOX[0])),)), RefusalReason.LIMIT_POINTS),
    (load_limits((an_area(points=BOX[:4]),)), RefusalReason.AREA_OPEN),
    (load_limits((replace(a_limit(), right=" "),)), RefusalReason.LIMIT_SIDES),
    (load_limits((replace(a_limit(), left=""),)), RefusalReason.LIMIT_SIDES),
    (load_limits((replace(an_area(), left=""),)), RefusalReason.LIMIT_SIDES),
    (withdraw_limit("gone"), RefusalReason.NO_SUCH_LIMIT),
    (plan_search(S1), RefusalReason.ALREADY_THERE),
    (plan_search(replace(S2, name="S1")), RefusalReason.NAME_TAKEN),
    (plan_search(replace(S2, name=" ")), RefusalReason.NAME_EMPTY),
    (plan_search(replace(S2, track_uid="gone")), RefusalReason.NO_SUCH_TRACK),
    (plan_search(replace(S2, waypoints=BOX[:1])), RefusalReason.NO_WAYPOINTS),
    (plan_search(replace(S2, spacing_m=0.0)), RefusalReason.SPACING_RANGE),
    (plan_search(replace(S2, radius_m=0.0)), RefusalReason.DISTANCE_RANGE),
    (plan_search(replace(S2, width_m=-1.0)), RefusalReason.DISTANCE_RANGE),
    (plan_search(replace(S2, first_leg_deg=361.0)), RefusalReason.DIRECTION_RANGE),
    (plan_search(replace(S2, drift_m=-1.0)), RefusalReason.SEARCH_FIGURES),
    (plan_search(replace(S2, drift_error_share=math.inf)), RefusalReason.SEARCH_FIGURES),
    (plan_search(replace(S2, safety_factor=0.0)), RefusalReason.SEARCH_FIGURES),
    (withdraw_search("gone"), RefusalReason.NO_SUCH_SEARCH),
    (log_predicted_crossing(CROSSING), RefusalReason.ALREADY_THERE),
    (log_predicted_crossing(a_crossing("gone")), RefusalReason.NO_SUCH_TRACK),
    (
        log_predicted_crossing(replace(a_crossing(A.uid), course_deg=400.0)),
        RefusalReason.DIRECTION_RANGE,
    ),
    (log_predicted_crossing(replace(a_crossing(A.uid), speed_kn=-1.0)), RefusalReason.SPEED_RANGE),
    (start_track(replace(a_track("K"), speed_kn=0.0)), RefusalReason.SPEED_OF_CRAFT),
    (amend_track(replace(A, speed_kn=0.0)), RefusalReason.SPEED_OF_CRAFT),
    (amend_track(replace(A, speed_kn=math.inf)), RefusalReason.SPEED_OF_CRAFT),
]  # fmt: skip


@pytest.mark.parametrize(
    ("command", "reason"),
    REFUSED,
    ids=lambda value: value.label if isinstance(value, Command) else value.value,
)
def test_it_is_refused(command: Command, reason: RefusalReason) -> None:
    assert refusal(command, PLOT) is reason


def refusal(command: Command, plot: Plot) -> RefusalReason:
    with pytest.raises(CommandRefused) as refused:
        command.edit(plot)
    return refused.value.reason


@pytest.mark.parametrize(
    "command",
    [
        add_conditions(replace(NEW, track_uid=B.uid)),
        watch_approach(an_approach_watch(A.uid, B.uid)),
        plan_search(replace(S2, track_uid=B.uid)),
    ],
    ids=lambda command: command.label,
)
def test_what_is_reckoned_is_not_asked_of_a_boat_that_was_merged(command: Command) -> None:
    assert refusal(command, MERGED) is RefusalReason.MERGED


# What they leave


def test_the_plot_holds_what_was_given() -> None:
    assert PLOT.conditions == {"given": GIVEN, "of-a": OF_A}
    assert PLOT.approach_watches == {"watch": WATCH}
    assert PLOT.limits == {"line": LINE, "area": AREA}
    assert PLOT.searches == {"s1": S1}
    assert PLOT.predicted_crossings == {"crossing": CROSSING}
    assert PLOT.tracks == NIGHT.tracks
    assert problems_of(PLOT) == ()


@pytest.mark.parametrize(
    "entry",
    [
        replace(NEW, wind_from_deg=None, wind_speed_kn=None, leeway_percent=None),
        replace(NEW, stream_set_deg=None, stream_rate_kn=None),
        replace(NEW, stream_set_deg=0.0, wind_from_deg=360.0, leeway_percent=0.0),
        replace(NEW, stream_rate_kn=0.0, wind_speed_kn=0.0, leeway_percent=100.0),
    ],
)
def test_a_stream_or_a_wind_alone_will_do_and_so_will_the_ends_of_the_ranges(
    entry: object,
) -> None:
    assert isinstance(entry, type(NEW))
    after = add_conditions(entry).edit(NIGHT)
    assert after.conditions == {"new": entry}
    assert problems_of(after) == ()


def test_conditions_are_amended_with_a_reason() -> None:
    turned = replace(GIVEN, stream_set_deg=65.0, track_uid=B.uid)
    command = amend_conditions(turned, "misread")
    assert command.reason == "misread"
    assert command.edit(PLOT).conditions == {"given": turned, "of-a": OF_A}


def test_conditions_stay_those_of_a_boat_that_is_withdrawn() -> None:
    plot = withdraw_track(A.uid, "a hoax").edit(PLOT)
    assert (plot.conditions, plot.searches) == (PLOT.conditions, PLOT.searches)
    assert plot.approach_watches == PLOT.approach_watches
    assert plot.predicted_crossings == PLOT.predicted_crossings
    after = amend_conditions(replace(OF_A, source="radio")).edit(plot)
    assert after.conditions["of-a"].track_uid == A.uid


def test_a_second_watch_of_the_same_two_replaces_the_first() -> None:
    other_way_round = an_approach_watch(B.uid, A.uid, uid="closer")
    after = watch_approach(other_way_round).edit(PLOT)
    assert after.approach_watches == {"closer": other_way_round}
    wider = replace(WATCH, distance_m=3704.0)
    assert watch_approach(wider).edit(PLOT).approach_watches == {"watch": wider}
    c = a_track("C")
    plot = PLOT.with_track(c)
    third = an_approach_watch(A.uid, c.uid, uid="third")
    assert set(watch_approach(third).edit(plot).approach_watches) == {"watch", "third"}
    taken = watch_approach(replace(third, uid="watch"))
    assert refusal(taken, plot) is RefusalReason.ALREADY_THERE


def test_all_limits_of_a_file_are_loaded_or_none() -> None:
    command = load_limits((a_limit(uid="one"), an_area(uid="two", points=BOX[:3])))
    assert refusal(command, NIGHT) is RefusalReason.LIMIT_POINTS
    assert NIGHT.limits == {}


def test_a_speed_stays_with_the_craft() -> None:
    after = amend_track(replace(A, speed_kn=22.5)).edit(NIGHT)
    assert after.tracks[A.uid].speed_kn == 22.5
    back = amend_track(replace(after.tracks[A.uid], speed_kn=None)).edit(after)
    assert back.tracks[A.uid].speed_kn is None


def test_an_alert_of_a_watched_approach_is_acknowledged() -> None:
    seen = replace(an_acknowledgement("watch", uid="seen"), alert=AlertCode.CLOSEST_APPROACH)
    command = acknowledge(seen)
    assert command.name_in(PLOT) == "A / B"
    assert command.edit(PLOT).acknowledgements == {"seen": seen}
    ended = end_approach_watch("watch").edit(PLOT)
    assert refusal(command, ended) is RefusalReason.NO_SUCH_TRACK


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (add_conditions(NEW), ""),
        (add_conditions(replace(NEW, track_uid=A.uid)), "A"),
        (amend_conditions(OF_A), "A"),
        (withdraw_conditions("of-a"), "A"),
        (withdraw_conditions("given"), ""),
        (withdraw_conditions("gone"), ""),
        (watch_approach(WATCH), "A / B"),
        (watch_approach(an_approach_watch("gone", B.uid)), "B"),
        (end_approach_watch("watch"), "A / B"),
        (end_approach_watch("gone"), ""),
        (load_limits((LINE,)), "Middle line"),
        (load_limits((LINE, AREA)), "2"),
        (withdraw_limit("area"), "Box"),
        (withdraw_limit("gone"), ""),
        (plan_search(S2), "S2"),
        (withdraw_search("s1"), "S1"),
        (withdraw_search("gone"), ""),
        (log_predicted_crossing(CROSSING), "A"),
    ],
)
def test_it_is_named_after_what_it_is_about(command: Command, name: str) -> None:
    assert command.name_in(PLOT) == name


def test_only_a_predicted_crossing_is_the_programs_own() -> None:
    assert log_predicted_crossing(CROSSING).is_by_program
    assert not plan_search(S2).is_by_program


# Putting back


@pytest.mark.parametrize(
    ("withdrawal", "entity", "label", "name"),
    [
        (withdraw_conditions("of-a", "misread"), OF_A, "restore_conditions", "A"),
        (end_approach_watch("watch"), WATCH, "restore_approach_watch", "A / B"),
        (withdraw_limit("area", "old"), AREA, "restore_limit", "Box"),
        (withdraw_search("s1", "ended"), S1, "restore_search", "S1"),
    ],
)
def test_what_was_withdrawn_is_put_back(
    withdrawal: Command, entity: object, label: str, name: str
) -> None:
    assert isinstance(entity, type(OF_A) | type(WATCH) | type(AREA) | type(S1))
    gone = withdrawal.edit(PLOT)
    command = restore(entity, "too early")
    assert (command.label, command.name_in(gone), command.reason) == (label, name, "too early")
    assert command.edit(gone) == PLOT
    assert refusal(command, PLOT) is RefusalReason.ALREADY_THERE
    without_boats = withdraw_track(A.uid, "a hoax").edit(gone)
    assert restore_several([entity]).edit(without_boats) == withdraw_track(A.uid, "a hoax").edit(
        PLOT
    )


def test_a_watch_is_not_put_back_beside_another_of_the_same_two() -> None:
    after = watch_approach(an_approach_watch(B.uid, A.uid)).edit(PLOT)
    assert refusal(restore(WATCH), after) is RefusalReason.ALREADY_THERE


def test_a_search_is_not_put_back_beside_another_of_its_name() -> None:
    after = plan_search(replace(S2, name="S1")).edit(withdraw_search("s1").edit(PLOT))
    assert refusal(restore(S1), after) is RefusalReason.NAME_TAKEN_SINCE


# The next watch


def test_the_next_watch_takes_over_what_is_about_boats_it_takes_over() -> None:
    plot = add_conditions(replace(NEW, track_uid=B.uid)).edit(PLOT)
    plot = plan_search(replace(S2, track_uid=B.uid)).edit(plot)
    plot = plan_search(replace(S2, uid="s3", name="S3", track_uid=None)).edit(plot)
    plot = log_predicted_crossing(a_crossing(B.uid)).edit(plot)
    carried = carried_over(plot)
    assert carried.conditions == plot.conditions
    assert carried.approach_watches == plot.approach_watches
    assert carried.searches == plot.searches
    assert carried.predicted_crossings == plot.predicted_crossings
    assert carried.limits == plot.limits

    landed = replace(B, status=TrackStatus.LANDED)
    carried = carried_over(plot.with_track(landed))
    assert set(carried.conditions) == {"given", "of-a"}
    assert carried.approach_watches == {}
    assert set(carried.searches) == {"s1", "s3"}
    assert set(carried.predicted_crossings) == {"crossing"}
    assert carried.limits == plot.limits
