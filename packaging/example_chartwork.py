"""The chartwork of the example night: what the desk typed, and what the program answered."""

from datetime import timedelta

from channelplot.analysis.ahead import craft_ahead
from channelplot.analysis.conditions import conditions_for
from channelplot.analysis.drift import datum as drifted
from channelplot.analysis.search_pattern import SearchRadius, expanding_square
from channelplot.analysis.whose_waters import WatersChart
from channelplot.basemap.basemap import load_basemap
from channelplot.basemap.boundary import boundary_limit
from channelplot.basemap.land import Land
from channelplot.commands.approach_watches import watch_approach
from channelplot.commands.command import Command
from channelplot.commands.conditions import add_conditions
from channelplot.commands.predicted_crossings import log_predicted_crossing
from channelplot.commands.searches import plan_search
from channelplot.geodesy.units import m_from_nm
from channelplot.model.approach_watch import ApproachWatch
from channelplot.model.codes import Turn
from channelplot.model.conditions import ConditionsEntry
from channelplot.model.plot import Plot
from channelplot.model.search import PlannedSearch
from channelplot.tools.crossing_log import predicted_crossing
from example_names import OPERATOR, at, uid

CROSSING_LOGGED_UTC = at("0334") + timedelta(seconds=10)
"""The program looks every five seconds: the first look after A was to have crossed."""
SPACING_NM = 1.0
FIRST_LEG_DEG = 290.0
"""Into the wind."""
LEGS = 5


def stream_and_wind() -> Command:
    """Return the command that gives stream and wind for all craft, from 0245Z to 0515Z."""
    return add_conditions(
        ConditionsEntry(
            uid=uid("conditions 0346"),
            valid_from_utc=at("0245"),
            valid_until_utc=at("0515"),
            logged_at_utc=at("0346"),
            stream_set_deg=60.0,
            stream_rate_kn=1.9,
            wind_from_deg=290.0,
            wind_speed_kn=14.0,
            leeway_percent=4.0,
            source="desk",
            logged_by=OPERATOR,
        )
    )


def watch_of_the_ferry() -> Command:
    """Return the command that has the approach of A and the ferry watched: 1 NM, 30 minutes."""
    return watch_approach(
        ApproachWatch(
            uid=uid("approach A EXAMPLE FERRY"),
            first_track_uid=uid("track A"),
            second_track_uid=uid("track EXAMPLE FERRY"),
            distance_m=m_from_nm(1.0),
            within_min=30,
            created_at_utc=at("0258"),
            created_by=OPERATOR,
        )
    )


def crossing_of_a(plot: Plot) -> Command:
    """Return the command by which the program logs that A was reckoned to cross the boundary.

    plot: as it is at that time; what it says of A decides when and where. Raises ValueError
    unless there is one such crossing.
    """
    waters = WatersChart(boundary_limit(), (), Land(load_basemap()))
    now_utc = CROSSING_LOGGED_UTC
    ahead = craft_ahead(plot, plot.tracks[uid("track A")], now_utc, waters)
    if ahead is None:
        msg = "A has no position to reckon from"
        raise ValueError(msg)
    (change,) = ahead.past_changes(now_utc)
    return log_predicted_crossing(predicted_crossing(ahead, change, now_utc, uid("crossing A")))


def search_for_c(plot: Plot) -> Command:
    """Return the command that plans the search for C, adrift since its one position.

    plot: as it is when that is planned. Raises ValueError if there is nothing to reckon from.
    """
    track = plot.tracks[uid("track C")]
    fix, conditions = track.fixes[-1], conditions_for(plot, track.uid)
    if fix.position is None or conditions is None:
        msg = "C has no position, or there is no stream and wind"
        raise ValueError(msg)
    datum_utc = at("0500")
    found = drifted(fix.position, fix.observed_at_utc, conditions, datum_utc)
    radius = SearchRadius(drift_m=found.drift_m)
    spacing_m = m_from_nm(SPACING_NM)
    pattern = expanding_square(found.position, FIRST_LEG_DEG, spacing_m, LEGS)
    return plan_search(
        PlannedSearch(
            uid=uid("search S1"),
            name="S1",
            kind=pattern.kind,
            datum=found.position,
            datum_at_utc=datum_utc,
            radius_m=radius.radius_m,
            drift_m=radius.drift_m,
            initial_error_m=radius.initial_error_m,
            searcher_error_m=radius.searcher_error_m,
            drift_error_share=radius.drift_error_share,
            safety_factor=radius.safety_factor,
            first_leg_deg=FIRST_LEG_DEG,
            spacing_m=spacing_m,
            turn=Turn.STARBOARD,
            waypoints=pattern.waypoints,
            created_at_utc=at("0456"),
            track_uid=track.uid,
            created_by=OPERATOR,
        )
    )
