"""What is read out, in both languages: as seen from the ship that is told, rounded as spoken."""

from dataclasses import replace
from typing import Final

import pytest

from channelplot.analysis.ahead import (
    ApproachAhead,
    approaches_ahead,
    craft_ahead,
)
from channelplot.analysis.whose_waters import WatersChart
from channelplot.model.codes import CountBasis, Craft, SourceKind
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.track import Track
from channelplot.ui.words.spoken_text import SpokenText, crossing_text, warning_text
from helpers.builders import a_plot, a_report, a_track, at, ddm
from helpers.chart_things import MODEL
from helpers.chartwork_builders import a_crossing, an_approach_watch, an_area, some_conditions
from helpers.foreseeing import CHART
from helpers.night_boats import boat_a, report_1, report_2, report_3, report_5
from helpers.night_chartwork import BOUNDARY

FERRY: Final = a_track(
    "FERRY X",
    (a_report("0258", position=ddm(50, 58.50, 1, 44.50), course_deg=292.0, speed_kn=18.0),),
    uid="ferry",
    craft=Craft.MERCHANT_VESSEL,
)


def night_boat() -> Track:
    return boat_a(report_1(), report_2(), report_3())


def watched(
    first: Track, second: Track, now: str = "0300", distance_m: float = 1852.0
) -> ApproachAhead:
    """Two that are watched, at a time."""
    plot = a_plot(first, second)
    crafts = {
        track.uid: craft
        for track in plot.tracks.values()
        if (craft := craft_ahead(plot, track, at(now), CHART)) is not None
    }
    watch = replace(an_approach_watch(first.uid, second.uid), distance_m=distance_m, within_min=60)
    (found,) = approaches_ahead([watch], crafts, at(now))
    return found


def warning(ahead: ApproachAhead) -> SpokenText:
    """What the ship is warned of, with the figures that the program comes with."""
    return warning_text(ahead, MODEL)


def crossing(plot: Plot, now: str, chart: WatersChart = CHART) -> SpokenText:
    """What is told of the first crossing of the plot's first craft."""
    track = next(iter(plot.tracks.values()))
    craft = craft_ahead(plot, track, at(now), chart)
    assert craft is not None
    return crossing_text(craft, craft.changes[0], plot, MODEL)


def test_the_ferry_of_the_night_is_warned() -> None:
    text = warning(watched(night_boat(), FERRY))
    assert text.english == (
        "FERRY X, WARNING. Small boat with about 55 persons on board, last reported at 0245 UTC."
        " Predicted at 0300 UTC: bearing 285 degrees true, 5.5 nautical miles from you, in"
        " position 51 degrees 00.1 minutes north, 001 degrees 35.3 minutes east, course 301"
        " degrees, speed 5 knots, position good to about 1.1 nautical miles. Boat may pass very"
        " close to you at about 0325 UTC, predicted closest approach 0.3 nautical miles. Keep a"
        " sharp lookout and keep clear."
    )
    assert text.french == (
        "FERRY X, AVERTISSEMENT. Petite embarcation avec environ 55 personnes à bord, dernier"
        " signalement à 0245 UTC. Prévision pour 0300 UTC : relèvement 285 degrés vrai, à 5,5"
        " milles nautiques de vous, en position 51 degrés 00,1 minutes nord, 001 degrés 35,3"
        " minutes est, route au 301, vitesse 5 nœuds, position à environ 1,1 mille nautique près."
        " L'embarcation peut passer très près de vous vers 0325 UTC, rapprochement maximal prévu"
        " 0,3 mille nautique. Exercez une veille attentive et tenez-vous à l'écart."
    )
    assert text.both == f"{text.english}\n\n{text.french}"


def test_it_is_for_the_ship_whoever_was_selected_first() -> None:
    assert warning(watched(FERRY, night_boat())) == warning(watched(night_boat(), FERRY))


def test_of_two_ships_the_second_is_told_by_name_of_the_first() -> None:
    cutter = replace(night_boat(), name="CUTTER-1", craft=Craft.RESCUE_VESSEL)
    english = warning(watched(cutter, FERRY)).english
    assert english.startswith("FERRY X, WARNING. Rescue vessel CUTTER-1, last reported at 0245")
    english = warning(watched(FERRY, cutter)).english
    assert english.startswith("CUTTER-1, WARNING. Vessel FERRY X, last reported at 0258")
    assert "bearing 105 degrees true" in english


def test_it_is_short_enough_to_be_read_out() -> None:
    text = warning(watched(night_boat(), FERRY))
    assert len(text.english.split()) <= 80
    assert len(text.french.split()) <= 80


def test_a_closest_approach_is_a_figure_only_beyond_the_error_of_the_two() -> None:
    gps = replace(report_3(), source=SourceKind.PATROL, course_deg=300.7, speed_kn=5.04)
    wide = replace(FERRY.reports[0], position=ddm(50, 56.5, 1, 44.50), source=SourceKind.PATROL)
    ferry = replace(FERRY, reports=(wide,))
    text = warning(watched(boat_a(gps), ferry, distance_m=9000.0))
    assert "Predicted closest approach 1.6 nautical miles at 03" in text.english
    assert "boat then bearing" in text.english
    assert "Rapprochement maximal prévu 1,6 mille nautique" in text.french
    assert "l'embarcation alors au relèvement" in text.french
    assert "may pass" not in text.english
    told = replace(gps, error_m=6000.0)
    text = warning(watched(boat_a(told), ferry, distance_m=9000.0))
    assert "Boat may pass very close to you at about 03" in text.english
    assert "predicted closest approach 1.6 nautical miles" in text.english


def test_a_position_of_this_minute_is_no_prediction() -> None:
    text = warning(watched(night_boat(), FERRY, "0258"))
    assert "last reported at 0245 UTC. Predicted at 0258 UTC: bearing" in text.english
    boat = boat_a(replace(report_3(), observed_at_utc=at("0258"), course_deg=300.7, speed_kn=5.0))
    text = warning(watched(boat, FERRY, "0258", distance_m=5000.0))
    assert "on board, reported at 0258 UTC: bearing" in text.english
    assert "à bord, signalement de 0258 UTC : relèvement" in text.french
    assert "redicted at" not in text.english


def test_of_a_boat_whose_motion_nobody_knows_none_is_told() -> None:
    text = warning(watched(boat_a(report_3()), FERRY, distance_m=9000.0))
    assert "east, course and speed not known, position good to about" in text.english
    assert "route et vitesse inconnues" in text.french


def test_past_the_closest_the_distance_increases() -> None:
    text = warning(watched(night_boat(), FERRY, "0327"))
    assert "Distance is increasing. Keep a sharp" in text.english
    assert "La distance augmente." in text.french


def test_two_that_keep_their_distance() -> None:
    report = replace(FERRY.reports[0], course_deg=300.7, speed_kn=5.04, observed_at_utc=at("0245"))
    text = warning(watched(night_boat(), replace(FERRY, reports=(report,)), distance_m=2e4))
    assert "Distance is not changing." in text.english
    assert "La distance ne change pas." in text.french


def test_a_boat_without_way_in_no_stream() -> None:
    still = boat_a(replace(report_3(), speed_kn=0.0, people=None))
    text = warning(watched(still, FERRY, distance_m=5000.0))
    assert "Small boat, last reported" in text.english
    assert "east, not making way, position good" in text.english
    assert "sans erre" in text.french


@pytest.mark.parametrize(
    ("people", "english", "french"),
    [
        (PeopleCount(CountBasis.REPORTED, 1), "with one person on", "avec une personne à"),
        (PeopleCount(CountBasis.REPORTED, 7), "with about 7 persons", "environ 7 personnes"),
        (PeopleCount(CountBasis.COUNTED, 7), "Small boat, last", "Petite embarcation, der"),
    ],
)
def test_people_are_named_until_they_are_counted(
    people: PeopleCount, english: str, french: str
) -> None:
    boat = boat_a(replace(report_1(), people=None), replace(report_3(), people=people))
    text = warning(watched(boat, FERRY, distance_m=5000.0))
    assert english in text.english
    assert french in text.french


def test_two_in_one_place_have_no_bearing() -> None:
    here = replace(FERRY.reports[0], position=report_3().position, observed_at_utc=at("0245"))
    boat = boat_a(replace(report_3(), course_deg=0.0, speed_kn=4.0))
    text = warning(watched(boat, replace(FERRY, reports=(here,)), "0245"))
    assert text.english.startswith(
        "FERRY X, WARNING. Small boat with about 55 persons on board, reported at 0245 UTC: in your"
        " position, 50 degrees"
    )
    assert "signalement de 0245 UTC : dans votre position," in text.french


def test_two_that_meet_are_told_of_the_risk() -> None:
    still = boat_a(replace(report_3(), position=ddm(50, 58.50, 1, 34.50), speed_kn=0.0))
    report = replace(FERRY.reports[0], course_deg=270.0)
    text = warning(watched(still, replace(FERRY, reports=(report,))))
    assert (
        "Risk of collision: boat may pass very close to you at about 0319 UTC, predicted closest"
        " approach less than 0.1 nautical miles." in text.english
    )
    assert "Risque d'abordage : l'embarcation peut passer très près de vous" in text.french
    assert "maximal prévu moins de 0,1 mille nautique" in text.french


def test_two_that_still_close_after_hours_are_told_so() -> None:
    slow = replace(FERRY.reports[0], speed_kn=0.6, position=ddm(50, 58.5, 1, 50.0))
    still = boat_a(replace(report_3(), position=ddm(50, 58.5, 1, 40.0), speed_kn=0.0))
    ferry = replace(FERRY, reports=(replace(slow, course_deg=270.0),))
    text = warning(watched(still, ferry, distance_m=2e4))
    assert "Distance is decreasing." in text.english
    assert "La distance diminue." in text.french


def test_the_crossing_of_the_night_under_way() -> None:
    text = crossing(a_plot(night_boat()), "0300")
    assert text.english == (
        "INFORMATION. Boat A, course 301 degrees, speed 5 knots, is predicted to enter UK waters"
        " at 0334 UTC, in position 51 degrees 01.6 minutes north, 001 degrees 31.4 minutes east,"
        " good to about 1.3 nautical miles, coming from French waters. Boundary of 1988, legal."
        " Reckoned from its position at 0245 UTC. Prediction, not observation."
    )
    assert text.french == (
        "INFORMATION. L'embarcation A, route au 301, vitesse 5 nœuds, devrait entrer dans les"
        " eaux britanniques à 0334 UTC, en position 51 degrés 01,6 minutes nord, 001 degrés 31,4"
        " minutes est, à environ 1,3 mille nautique près, venant des eaux françaises. Limite de"
        " 1988, légale. Estime faite depuis sa position de 0245 UTC. Ceci est une prévision, non"
        " une observation."
    )


def adrift_plot() -> Plot:
    boat = boat_a(report_3(), replace(report_5(), speed_kn=0.0))
    return a_plot(boat).with_conditions(some_conditions(uid="given"))


def test_adrift_both_desks_are_told_of_stream_and_wind_as_given() -> None:
    plot = adrift_plot().with_predicted_crossing(a_crossing("boat-a"))
    text = crossing(plot, "0350")
    assert text.english == (
        "INFORMATION. Boat A, adrift, drifting 071 degrees, 2.3 knots, is predicted to re-enter"
        " French waters at 0430 UTC, in position 51 degrees 02.5 minutes north, 001 degrees 33.6"
        " minutes east, good to about 0.6 nautical miles, coming from UK waters. Boundary of"
        " 1988, legal. Reckoned from its position at 0340 UTC, stream setting 060 degrees 1.9"
        " knots and wind from 290 degrees 14 knots with leeway 4 per cent as given. Prediction,"
        " not observation."
    )
    assert "à la dérive vers le 071, 2,3 nœuds, devrait entrer de nouveau" in text.french
    assert "courant portant au 060 à 1,9 nœud et vent du 290 à 14 nœuds" in text.french
    assert "tels que donnés" in text.french


def test_of_a_boat_nobody_has_heard_move_it_is_said_that_it_may_be_adrift() -> None:
    plot = a_plot(boat_a(report_5())).with_conditions(some_conditions(uid="given"))
    text = crossing(plot, "0350")
    assert "Boat A, motion not known, if adrift drifting 071 degrees, 2.3 knots, is" in text.english
    assert "mouvement inconnu, si à la dérive vers le 071, 2,3 nœuds, devrait" in text.french


def test_without_a_crossing_before_it_enters() -> None:
    text = crossing(adrift_plot(), "0350")
    assert "predicted to enter French" in text.english
    assert "devrait entrer dans les eaux françaises" in text.french


def test_a_stream_alone_and_one_that_is_over_by_then_are_said() -> None:
    plot = adrift_plot()
    given = replace(
        plot.conditions["given"],
        wind_from_deg=None,
        wind_speed_kn=None,
        leeway_percent=None,
        stream_set_deg=90.0,
        stream_rate_kn=1.0,
        valid_until_utc=at("0400"),
    )
    text = crossing(plot.with_conditions(given), "0350")
    assert "stream setting 090 degrees 1 knot as given." in text.english
    assert "Stream or wind is no longer valid then." in text.english
    assert "courant portant au 090 à 1 nœud tel que donné." in text.french
    assert "ne sont plus valables" in text.french


def test_a_loaded_limit_is_named_and_said_to_be_indicative() -> None:
    corners = [(50, 58.0, 1, 36.0), (50, 58.0, 1, 33.0), (51, 8.0, 1, 33.0), (51, 8.0, 1, 36.0)]
    points = [ddm(*corner) for corner in (*corners, corners[0])]
    area = an_area("Box {1}", points)
    text = crossing(a_plot(night_boat()), "0250", WatersChart(BOUNDARY, (area,)))
    assert "to enter Belgian waters" in text.english
    assert "Limit Box {1}, indicative only." in text.english
    assert "eaux belges" in text.french
    assert "Limite Box {1}, à titre indicatif seulement." in text.french
    legal = replace(area, is_legal=True, left="ZZ")
    text = crossing(a_plot(night_boat()), "0250", WatersChart(BOUNDARY, (legal,)))
    assert "Limit Box {1}" in text.english
    assert "enter ZZ waters" in text.english


def test_south_and_west_and_minutes_that_carry() -> None:
    ship = replace(FERRY.reports[0], position=ddm(-0, 0.0, -1, 0.0), course_deg=90.0)
    boat = replace(report_3(), position=ddm(-1, 59.99, -1, 59.99), speed_kn=0.0)
    text = warning(watched(boat_a(boat), replace(FERRY, reports=(ship,)), "0300", distance_m=9e5))
    assert "minutes south" in text.english
    assert "minutes west" in text.english
    assert "minutes sud" in text.french
    assert "minutes ouest" in text.french
