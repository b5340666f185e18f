"""Alerts of what is predicted: since when, how urgent, who has seen them and for how long."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from channelplot.analysis.ahead import approaches_ahead, craft_ahead
from channelplot.analysis.alerts import Alert, alerts_of
from channelplot.analysis.alerts_ahead import Desk, approach_alerts, waters_alerts
from channelplot.model.acknowledgement import Acknowledgement
from channelplot.model.codes import AlertCode, Craft
from channelplot.model.plot import Plot
from channelplot.model.track import Track
from helpers.builders import USUAL, a_plot, a_report, a_track, at, ddm
from helpers.chartwork_builders import an_approach_watch, some_conditions
from helpers.foreseeing import CHART
from helpers.night_boats import boat_a, report_1, report_2, report_3, report_5
from helpers.night_chartwork import hms

HOUR = timedelta(minutes=60)


def desk(now: str, *seen: Acknowledgement) -> Desk:
    """A desk at a time, with half an hour between contacts."""
    return Desk(at(now), seen, timedelta(minutes=30))


def seen(alert: Alert, when: str) -> Acknowledgement:
    """That somebody has acknowledged an alert."""
    return Acknowledgement(
        uid=f"seen {when}",
        alert=alert.code,
        entity_uid=alert.entity_uid,
        raised_at_utc=alert.raised_at_utc,
        at_utc=at(when),
        by="M. Roe",
    )


def under_way() -> Track:
    return boat_a(report_1(), report_2(), report_3())


def waters(now: str, *acknowledgements: Acknowledgement, track: Track | None = None) -> list[Alert]:
    """The alerts of waters ahead of A at a time."""
    return _waters(a_plot(track or under_way()), now, acknowledgements)


def _waters(plot: Plot, now: str, acknowledgements: Sequence[Acknowledgement]) -> list[Alert]:
    tracks = plot.tracks.values()
    crafts = [craft_ahead(plot, track, at(now), CHART) for track in tracks]
    found = [craft for craft in crafts if craft is not None]
    return list(waters_alerts(found, desk(now, *acknowledgements), HOUR))


def approach(now: str, *acknowledgements: Acknowledgement, within_min: int = 30) -> list[Alert]:
    """The alerts of the ferry's approach to A at a time; watched since 0255Z."""
    ais = a_report("0258", position=ddm(50, 58.50, 1, 44.50), course_deg=292.0, speed_kn=18.0)
    ferry = a_track("FERRY", (ais,), uid="ferry", craft=Craft.MERCHANT_VESSEL)
    boat = under_way()
    plot = a_plot(boat, ferry)
    crafts = {
        track.uid: craft
        for track in plot.tracks.values()
        if (craft := craft_ahead(plot, track, at("0258"), CHART)) is not None
    }
    watch = replace(an_approach_watch(boat.uid, "ferry", uid="watch"), within_min=within_min)
    found = approaches_ahead([watch], crafts, at(now))
    return list(approach_alerts(found, desk(now, *acknowledgements)))


class TestWatersAhead:
    def test_it_is_raised_an_hour_before_and_urgent_at_the_end(self) -> None:
        (alert,) = waters("0250")
        assert alert.code is AlertCode.WATERS_AHEAD
        assert alert.entity_uid == under_way().uid
        assert alert.raised_at_utc == at("0245"), "within the hour from its fix on"
        assert not alert.is_urgent
        assert alert.crossing is not None
        assert alert.crossing[1].to_state == "GB"
        (alert,) = waters("0324")
        assert not alert.is_urgent
        (alert,) = waters("0325")
        assert alert.is_urgent
        assert waters("0335") == [], "it has crossed by now"

    def test_another_warning_is_another_time(self) -> None:
        track = under_way()
        craft = craft_ahead(a_plot(track), track, at("0300"), CHART)
        assert craft is not None
        quarter = timedelta(minutes=15)
        assert list(waters_alerts([craft], desk("0319"), quarter)) == []
        (alert,) = waters_alerts([craft], desk("0320"), quarter)
        assert hms(3, 19, 8) <= alert.raised_at_utc <= hms(3, 19, 9)

    def test_who_has_seen_it_is_believed_for_one_interval(self) -> None:
        first = seen(waters("0250")[0], "0252")
        (alert,) = waters("0321", first)
        assert alert.acknowledgement is first
        assert alert.raised_at_utc == at("0245")
        (alert,) = waters("0322", first)
        assert alert.acknowledgement is None
        assert alert.raised_at_utc == at("0322")
        again = seen(alert, "0323")
        (alert,) = waters("0330", first, again)
        assert alert.acknowledgement is again

    def test_a_new_fix_makes_a_new_alert(self) -> None:
        first = seen(waters("0250")[0], "0252")
        fix = a_report("0300", position=ddm(51, 0.14, 1, 35.29), logged_at_utc=at("0301"))
        track = boat_a(report_1(), report_2(), report_3(), fix)
        (alert,) = waters("0305", first, track=track)
        assert alert.acknowledgement is None
        assert alert.raised_at_utc == at("0301")

    def test_another_stream_makes_a_new_alert(self) -> None:
        track = boat_a(report_3(), replace(report_5(), speed_kn=0.0))
        given = replace(some_conditions(uid="night"), logged_at_utc=at("0346"))
        plot = a_plot(track).with_conditions(given)
        (alert,) = _waters(plot, "0347", ())
        first = seen(alert, "0348")
        assert _waters(plot, "0350", (first,))[0].acknowledgement is first
        amended = replace(given, stream_rate_kn=2.1, logged_at_utc=at("0352"))
        (alert,) = _waters(plot.with_conditions(amended), "0353", (first,))
        assert alert.acknowledgement is None
        assert alert.raised_at_utc == at("0352")

    def test_one_crossing_is_not_acknowledged_for_another(self) -> None:
        """The fix that brought it near was taken back: what is left is another prediction."""
        other = replace(seen(waters("0250")[0], "0252"), raised_at_utc=at("0240"))
        (alert,) = waters("0255", other)
        assert alert.acknowledgement is None

    def test_other_alerts_and_later_times_are_no_acknowledgement(self) -> None:
        first = seen(waters("0250")[0], "0252")
        for other in (
            replace(first, alert=AlertCode.OVERDUE),
            replace(first, entity_uid="B"),
            replace(first, at_utc=at("0258")),
        ):
            assert waters("0255", other)[0].acknowledgement is None


class TestClosestApproach:
    def test_the_night_s_ferry_is_told_of_at_0300(self) -> None:
        (alert,) = approach("0300")
        assert (alert.code, alert.entity_uid) == (AlertCode.CLOSEST_APPROACH, "watch")
        assert not alert.is_urgent
        assert alert.raised_at_utc == at("0258"), "the ferry was reported then"
        assert alert.approach is not None

    def test_it_is_urgent_ten_minutes_before_and_while_they_are_near(self) -> None:
        assert not approach("0315")[0].is_urgent
        assert approach("0316")[0].is_urgent
        assert approach("0325")[0].is_urgent
        assert approach("0340") == []

    def test_it_goes_down_once_they_part_and_ends_beyond_the_limit(self) -> None:
        (alert,) = approach("0327")
        assert alert.approach is not None
        assert alert.approach.approach.now.distance_m < alert.approach.watch.distance_m
        assert alert.approach.is_parting(at("0327"))
        assert not alert.is_urgent, "past the closest, though within a mile"
        assert len(approach("0329")) == 1
        assert approach("0330") == [], "more than a mile apart"

    def test_it_is_raised_when_they_come_within_the_minutes(self) -> None:
        assert approach("0305", within_min=10) == []
        (alert,) = approach("0312", within_min=10)
        assert abs(alert.raised_at_utc - hms(3, 10, 42)) < timedelta(seconds=3)

    def test_it_is_acknowledged_like_any_other(self) -> None:
        first = seen(approach("0300")[0], "0301")
        assert approach("0317", first)[0].acknowledgement is first
        early = replace(first, at_utc=at("0259"))
        (again,) = approach("0329", early)
        assert again.acknowledgement is None
        assert again.raised_at_utc == at("0329"), "an interval after it was seen"


def test_predicted_alerts_stand_among_the_others_in_their_order() -> None:
    plot = a_plot(under_way())
    found = alerts_of(plot, at("0326"), USUAL, [*waters("0326")])
    assert [alert.code for alert in found] == [AlertCode.WATERS_AHEAD, AlertCode.OVERDUE]
    assert found[0].is_urgent


def silent(minutes: int) -> Track:
    """A cutter last heard of at 0300Z that is waited for so long."""
    cutter = a_track("CUTTER", (a_report("0300"),), uid="cutter", craft=Craft.RESCUE_VESSEL)
    return replace(cutter, contact_interval_min=minutes)


def ranked(now: str, *others: Track) -> list[AlertCode]:
    """What alerts there are of the night at a time, the most urgent first."""
    plot = a_plot(replace(under_way(), contact_interval_min=600), *others)
    return [alert.code for alert in alerts_of(plot, at(now), USUAL, [*waters(now), *approach(now)])]


def test_a_closest_approach_goes_before_waters_and_before_a_silence_that_is_not_urgent() -> None:
    close, waters_ahead = AlertCode.CLOSEST_APPROACH, AlertCode.WATERS_AHEAD
    overdue = AlertCode.OVERDUE
    assert ranked("0312", silent(8)) == [close, overdue, waters_ahead]
    assert ranked("0312", silent(5)) == [overdue, close, waters_ahead], "silent for twice as long"
    assert ranked("0320", silent(5)) == [close, overdue, waters_ahead], "both are urgent"
    assert ranked("0325", silent(20)) == [close, waters_ahead, overdue], "all but the silence"


def test_two_that_part_come_last() -> None:
    found = ranked("0327", silent(20))
    assert found == [AlertCode.WATERS_AHEAD, AlertCode.OVERDUE, AlertCode.CLOSEST_APPROACH]
