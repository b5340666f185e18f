"""The words of what is predicted: in the list of alerts, in the list of who comes close."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from channelplot.model.codes import AlertCode, Craft
from channelplot.model.track import Track
from channelplot.ui.words.alert_text import alert_text, standing_text
from channelplot.ui.words.approach_text import approach_text, watch_text
from channelplot.ui.words.conditions_text import entry_text
from helpers.builders import a_plot, a_report, a_track, at, ddm
from helpers.chartwork_builders import an_approach_watch, some_conditions
from helpers.clock import FixedClock
from helpers.foreseeing import ForeseeingDesk, foreseeing_desk
from helpers.night_boats import boat_a, report_1, report_2, report_3

AIS = a_report("0258", position=ddm(50, 58.50, 1, 44.50), course_deg=292.0, speed_kn=18.0)
Watches = Callable[[Track, Track], ForeseeingDesk]


def ferry(course_deg: float = 292.0, speed_kn: float = 18.0, minutes: float = 44.5) -> Track:
    place = ddm(50, 58.50, 1, minutes)
    report = replace(AIS, position=place, course_deg=course_deg, speed_kn=speed_kn)
    return a_track("FERRY", (report,), uid="ferry", craft=Craft.MERCHANT_VESSEL)


def night_boat() -> Track:
    return boat_a(report_1(), report_2(), report_3())


@pytest.fixture
def watches(clock: FixedClock, tmp_path: Path) -> Watches:
    """Watches two tracks within 20 miles and 6 hours, from 0300Z on."""

    def make(first: Track, second: Track) -> ForeseeingDesk:
        watch = replace(
            an_approach_watch(first.uid, second.uid, uid="w"), distance_m=37_040.0, within_min=360
        )
        plot = a_plot(first, second).with_approach_watch(watch)
        return foreseeing_desk(plot, clock, tmp_path)

    return make


@pytest.mark.parametrize(
    ("other", "now", "listed", "short"),
    [
        (ferry(), "0300", "closest 0.33 NM at 0325Z (in 25 min)", "0.33 NM 0325Z, 25 min"),
        (ferry(), "0324", "closest 0.33 NM at 0325Z (in 1 min)", "0.33 NM 0325Z, 1 min"),
        (ferry(), "0325", "closest 0.33 NM at 0325Z (now)", "0.33 NM 0325Z, 0 min"),
        (ferry(), "0330", "1.13 NM apart, parting", "1.13 NM, parting"),
        (ferry(300.7, 5.04), "0300", "5.89 NM apart, keeping their", "5.89 NM, steady"),
    ],
)
def test_two_that_are_watched(
    watches: Watches, other: Track, now: str, listed: str, short: str
) -> None:
    desk = watches(night_boat(), other)
    desk.at(now)
    (alert,) = desk.alerts(AlertCode.CLOSEST_APPROACH)
    text = alert_text(alert, desk.plot, desk.lookout)
    assert text.startswith("A and FERRY: ")
    assert listed in text
    assert alert.approach is not None
    assert approach_text(alert.approach.approach) == short
    is_over = "parting" in listed
    assert standing_text(alert, desk.lookout).startswith("Since" if is_over else "Urgent: since")


def test_minutes_are_counted_from_the_minute_on_the_clock(watches: Watches) -> None:
    desk = watches(night_boat(), ferry())
    desk.at("0300", 50)
    (alert,) = desk.alerts(AlertCode.CLOSEST_APPROACH)
    assert "(in 25 min)" in alert_text(alert, desk.plot, desk.lookout)
    assert alert.approach is not None
    assert approach_text(alert.approach.approach).endswith(", 25 min"), "as in the form"


def test_two_that_close_for_hours(watches: Watches) -> None:
    still = boat_a(replace(report_3(), speed_kn=0.0, position=ddm(50, 58.5, 1, 34.5)))
    desk = watches(still, ferry(270.0, 0.6))
    (alert,) = desk.alerts(AlertCode.CLOSEST_APPROACH)
    assert alert.approach is not None
    assert alert_text(alert, desk.plot, desk.lookout).endswith("NM apart, closing")
    assert approach_text(alert.approach.approach).endswith("NM, closing")


def test_waters_ahead_under_way(watches: Watches) -> None:
    desk = watches(night_boat(), ferry())
    (alert,) = desk.alerts(AlertCode.WATERS_AHEAD)
    assert alert_text(alert, desk.plot, desk.lookout) == (
        "A: into UK waters 0334Z (in 34 min), predicted, legal"
    )
    assert standing_text(alert, desk.lookout) == "Since 0245Z, not acknowledged"
    assert alert_text(alert, a_plot(), desk.lookout) == "", "the boat is gone"
    desk.at("0333", 30)
    (alert,) = desk.alerts(AlertCode.WATERS_AHEAD)
    assert "0334Z (in 1 min)" in alert_text(alert, desk.plot, desk.lookout)
    assert standing_text(alert, desk.lookout) == "Urgent: since 0245Z, not acknowledged"


def test_a_watch_names_the_two_and_its_limits() -> None:
    watch = an_approach_watch("boat-a", "ferry")
    assert watch_text(watch, a_plot(night_boat(), ferry())) == (
        "A and FERRY: 1.00 NM within 30 min"
    )
    assert watch_text(watch, a_plot()) == "? and ?: 1.00 NM within 30 min"


def test_conditions_are_told_with_their_time_and_craft() -> None:
    plot = a_plot(night_boat())

    def told(**values: object) -> str:
        entry = replace(some_conditions(), **values)  # type: ignore[arg-type]  # named as declared
        return entry_text(entry, plot, lambda: at("0300"))

    assert told() == "0245Z to 0515Z: stream 060°T 1.9 kn, wind from 290°T 14 kn"
    assert told(wind_from_deg=None) == "0245Z to 0515Z: stream 060°T 1.9 kn"
    assert told(stream_set_deg=None, track_uid="boat-a") == (
        "0245Z to 0515Z: wind from 290°T 14 kn, A only"
    )
    assert told(stream_set_deg=60.5, wind_from_deg=None, track_uid="gone") == (
        "0245Z to 0515Z: stream 060.5°T 1.9 kn, ? only"
    )
