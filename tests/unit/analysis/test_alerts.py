"""The list of what wants attention, most urgent first."""

from dataclasses import replace

from channelplot.analysis.alerts import Alert, alerts_of
from channelplot.analysis.overdue import UsualIntervals
from channelplot.model.acknowledgement import Acknowledgement
from channelplot.model.codes import AlertCode, CountBasis, Craft, TrackStatus
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.track import StatusChange, Track
from helpers.builders import USUAL, a_plot, a_report, a_track, at


def silent_boats() -> Plot:
    """Boats last heard of at 0250 (B), 0310 (A), 0320 (C), 0335 (D); D is not overdue at 0400."""
    times = {"A": "0310", "B": "0250", "C": "0320", "D": "0335"}
    tracks = [a_track(name, (a_report(time),), uid=name) for name, time in times.items()]
    ferry = a_track("FERRY", (a_report("0100"),), craft=Craft.MERCHANT_VESSEL)
    closed = a_track("X", (a_report("0100"),), status=TrackStatus.LANDED)
    return a_plot(*tracks, ferry, closed)


def names(plot: Plot, now: str) -> list[str]:
    return [alert.entity_uid for alert in alerts_of(plot, at(now), USUAL)]


def test_nothing_wants_attention_while_all_report() -> None:
    assert alerts_of(silent_boats(), at("0319"), USUAL) == ()


def test_the_longest_silence_comes_first() -> None:
    assert names(silent_boats(), "0400") == ["B", "A", "C"]
    first, second, _ = alerts_of(silent_boats(), at("0400"), USUAL)
    assert first == Alert(
        code=AlertCode.OVERDUE,
        entity_uid="B",
        raised_at_utc=at("0320"),
        is_urgent=True,
        acknowledgement=None,
    )
    assert (second.entity_uid, second.is_urgent) == ("A", False)


def test_what_was_acknowledged_comes_last_and_says_by_whom() -> None:
    seen = Acknowledgement(
        uid="1",
        alert=AlertCode.OVERDUE,
        entity_uid="B",
        raised_at_utc=at("0320"),
        at_utc=at("0355"),
        by="Officer Two",
    )
    plot = silent_boats().with_acknowledgement(seen)
    assert names(plot, "0400") == ["A", "C", "B"]
    last = alerts_of(plot, at("0400"), USUAL)[-1]
    assert last.acknowledgement is seen
    assert last.raised_at_utc == at("0320")
    assert not last.is_urgent
    assert names(plot, "0425")[:2] == ["A", "C"]
    again = next(a for a in alerts_of(plot, at("0425"), USUAL) if a.entity_uid == "B")
    assert again.acknowledgement is None
    assert again.raised_at_utc == at("0425"), "raised again"


def landed_boat(*changes: StatusChange) -> Track:
    """Told of with 30 people at 0300, of whom 22 were counted; closed at 0330."""
    closing = StatusChange("c", TrackStatus.LANDED, at("0330"))
    reports = (
        a_report("0300", people=PeopleCount(total=30)),
        a_report("0320", people=PeopleCount(CountBasis.COUNTED, 22)),
    )
    status = changes[-1].status if changes else TrackStatus.LANDED
    return a_track("L", reports, uid="L", status=status, status_changes=(closing, *changes))


def test_a_closed_boat_with_people_unaccounted_for_is_urgent() -> None:
    (alert,) = alerts_of(a_plot(landed_boat()), at("0335"), USUAL)
    assert alert == Alert(
        code=AlertCode.CLOSED_UNACCOUNTED,
        entity_uid="L",
        raised_at_utc=at("0330"),
        is_urgent=True,
        acknowledgement=None,
    )
    explained = StatusChange(
        "e", TrackStatus.LANDED, at("0340"), reason="r", explained_by="Officer Two", unaccounted=8
    )
    assert alerts_of(a_plot(landed_boat(explained)), at("0345"), USUAL) == ()
    merged = replace(landed_boat(), status=TrackStatus.SAME_AS, same_as_uid="A")
    daily = UsualIntervals(60 * 24, 60 * 24)
    assert alerts_of(a_plot(a_track("A", uid="A"), merged), at("0335"), daily) == ()


def test_seen_it_rests_for_one_interval_unless_more_are_told_of() -> None:
    seen = Acknowledgement(
        uid="1",
        alert=AlertCode.CLOSED_UNACCOUNTED,
        entity_uid="L",
        raised_at_utc=at("0330"),
        at_utc=at("0340"),
        by="Officer Two",
    )
    plot = a_plot(landed_boat()).with_acknowledgement(seen)
    (resting,) = alerts_of(plot, at("0409"), USUAL)
    assert (resting.acknowledgement, resting.raised_at_utc) == (seen, at("0330"))
    (again,) = alerts_of(plot, at("0410"), USUAL)
    assert (again.acknowledgement, again.raised_at_utc) == (None, at("0410"))
    more = a_report("0350", track_uid="L", people=PeopleCount(total=40))
    (new,) = alerts_of(plot.with_report(more), at("0355"), USUAL)
    assert (new.acknowledgement, new.raised_at_utc) == (None, at("0350"))
