"""What a file brings to a plot: only what is new, under the tracks that are there, once."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from channelplot.errors import ImportFault
from channelplot.exchange.incoming import arriving
from channelplot.exchange.incoming.found import (
    NO_TRACK,
    FoundPlace,
    FoundReport,
    FoundTrack,
    ReadOptions,
)
from channelplot.exchange.incoming.incoming import Incoming
from channelplot.exchange.incoming.plan import UNATTRIBUTED, ImportChoices, plan_import
from channelplot.exchange.incoming.read import read_incoming
from channelplot.geodesy.bounds import Bounds
from channelplot.model.change import difference
from channelplot.model.codes import Craft
from channelplot.model.packed import PackedReports
from channelplot.model.plot import Plot
from channelplot.model.rules import problems_of
from channelplot.model.track import Track
from helpers.builders import (
    R1,
    R2,
    R3,
    R5,
    a_beach,
    a_mark,
    a_plot,
    a_report,
    a_track,
    at,
    night_plot,
)
from helpers.full_plot import full_plot
from helpers.incoming import NOW, brought_in, found, gathered, imported, other_desk

TWO = (found("0210", R1), found("0228", R2, line=2))
THREE = (*TWO, found("0245", R3, line=3))


def the_track(plot: Plot, name: str = "A") -> Track:
    (track,) = (track for track in plot.tracks.values() if track.name == name)
    return track


def times(track: Track) -> list[str]:
    return [f"{report.observed_at_utc:%H%M}" for report in track.reports]


def assert_alike(one: Plot, other: Plot) -> None:
    """The same things, under the same identifiers, however they are kept."""
    assert problems_of(one) == ()
    assert one.tracks == other.tracks
    assert tuple(one.unattributed) == tuple(other.unattributed)
    assert (one.beaches, one.marks) == (other.beaches, other.marks)


# New, and twice


def test_all_of_a_file_comes_into_an_empty_plot() -> None:
    plan = plan_import(gathered(*THREE, FoundPlace(line=9, name="Buoy", position=R5)), Plot())
    plot = brought_in(plan)
    assert problems_of(plot) == ()
    assert times(the_track(plot)) == ["0210", "0228", "0245"]
    assert [beach.name for beach in plot.beaches.values()] == ["Buoy"]
    told = plan.summary
    assert (told.new_tracks, told.new_reports, told.new_beaches) == (1, 3, 1)
    assert (told.first_at_utc, told.last_at_utc) == (at("0210"), at("0245"))
    longitudes, latitudes = zip(*((p.lon_deg, p.lat_deg) for p in (R1, R2, R3, R5)), strict=True)
    assert told.bounds == Bounds(min(longitudes), min(latitudes), max(longitudes), max(latitudes))


@pytest.mark.parametrize(
    "things",
    [
        THREE,
        (*THREE, found("0300", R5, track=NO_TRACK, line=4)),
        (FoundTrack(line=1, key="227", name="M", is_craft_id=True), found(track="227")),
        (FoundPlace(line=1, name="Buoy", position=R1),),
    ],
)
def test_the_same_file_a_second_time_changes_nothing(things: tuple[FoundReport, ...]) -> None:
    plot = imported(gathered(*things))
    later = gathered(*things, now_utc=NOW + timedelta(days=1))
    plan = plan_import(later, plot)
    assert plan.summary.is_nothing_new
    assert difference(plot, brought_in(plan)).is_empty
    assert plan.summary.known_reports == later.report_count


def test_a_file_that_overlaps_adds_only_what_is_new_to_the_same_track() -> None:
    plot = imported(gathered(*TWO))
    plan = plan_import(gathered(*THREE[1:]), plot)
    after = brought_in(plan)
    assert times(the_track(after)) == ["0210", "0228", "0245"]
    assert len(after.tracks) == 1
    told = plan.summary
    assert (told.new_reports, told.into_known_tracks, told.known_reports) == (1, 1, 1)
    assert (told.new_tracks, told.known_tracks) == (0, 1)


def test_an_earlier_part_that_comes_later_finds_the_same_track() -> None:
    plot = imported(gathered(*THREE[1:]))
    after = imported(gathered(*TWO), plot)
    assert times(the_track(after)) == ["0210", "0228", "0245"]


def test_another_craft_of_the_same_name_becomes_another_track() -> None:
    plot = imported(gathered(*TWO))
    plan = plan_import(gathered(found("0400", R5)), plot)
    after = brought_in(plan)
    assert sorted(track.name for track in after.tracks.values()) == ["A", "A-2"]
    assert plan.summary.renamed == (("A", "A-2"),)
    assert problems_of(after) == ()
    third = imported(gathered(found("0500", R3)), after)
    assert sorted(track.name for track in third.tracks.values()) == ["A", "A-2", "A-3"]


def test_reports_that_were_moved_to_another_track_stay_there_and_draw_the_new_ones() -> None:
    plot = imported(gathered(*TWO))
    other = a_track("C")
    plot = plot.with_track(other)
    for report in tuple(the_track(plot).reports):
        plot = plot.with_report(replace(report, track_uid=other.uid))
    after = imported(gathered(*THREE), plot)
    assert times(the_track(after, "C")) == ["0210", "0228", "0245"]
    assert times(the_track(after)) == []


def test_a_report_that_was_amended_stays_as_it_was_amended() -> None:
    plot = imported(gathered(*TWO))
    first = the_track(plot).reports[0]
    plot = plot.with_report(replace(first, speed_kn=3.0, position=R5))
    assert difference(plot, imported(gathered(*TWO), plot)).is_empty


def test_reports_taken_off_their_track_stay_so() -> None:
    plot = imported(gathered(*TWO))
    for report in tuple(the_track(plot).reports):
        plot = plot.with_report(replace(report, track_uid=None))
    plot = plot.without_track(the_track(plot).uid)
    plan = plan_import(gathered(*TWO), plot)
    assert plan.summary.is_nothing_new
    assert difference(plot, brought_in(plan)).is_empty


def test_what_is_new_of_a_merged_track_goes_to_the_one_it_was_merged_into() -> None:
    plot = full_plot()
    merged, survivor = the_track(plot, "D"), the_track(plot, "A")
    incoming = gathered(
        FoundTrack(line=1, key=merged.uid, name="D"), found("0250", R5, track=merged.uid)
    )
    after = imported(incoming, plot)
    assert problems_of(after) == ()
    assert len(after.tracks[survivor.uid].reports) == len(survivor.reports) + 1
    assert not after.tracks[merged.uid].reports


# Withdrawn


def test_what_was_withdrawn_stays_withdrawn() -> None:
    whole = imported(gathered(*THREE))
    gone = the_track(whole).reports[1].uid
    plan = plan_import(gathered(*THREE), whole.without_report(gone), frozenset({gone}))
    assert plan.summary.is_nothing_new
    assert plan.summary.withdrawn == 1


def test_a_withdrawn_track_keeps_its_new_reports_out() -> None:
    told = FoundTrack(line=1, key="227123456", is_craft_id=True)
    whole = imported(gathered(told, found("0210", R1, track=told.key)))
    (track,) = whole.tracks.values()
    gone = frozenset({track.uid, track.reports[0].uid})
    more = gathered(told, found("0210", track=told.key), found("0228", R2, track=told.key))
    plan = plan_import(more, Plot(), gone)
    assert plan.summary.is_nothing_new
    assert plan.summary.withdrawn == 3
    assert brought_in(plan) == Plot()


def test_a_withdrawn_beach_stays_withdrawn() -> None:
    place = FoundPlace(line=1, name="Buoy", position=R1)
    (uid,) = imported(gathered(place)).beaches
    plan = plan_import(gathered(place), Plot(), frozenset({uid}))
    assert (plan.places, plan.summary.withdrawn) == ((), 1)


# Choices


def test_tracks_and_places_can_be_left_out() -> None:
    incoming = gathered(
        *TWO,
        found("0300", R3, track="B", line=3),
        found("0300", R5, track=NO_TRACK, line=4),
        FoundPlace(line=5, name="Buoy", position=R1),
        FoundPlace(line=6, name="Pier", position=R2),
    )
    plan = plan_import(incoming, Plot())
    b = next(each for each in plan.reports if each.name == "B")
    buoy = plan.places[0]
    left = plan.with_choices(
        ImportChoices(taken={b.uid: False, UNATTRIBUTED: False, buoy.uid: False})
    )
    plot = brought_in(left)
    assert [track.name for track in plot.tracks.values()] == ["A"]
    assert tuple(plot.unattributed) == ()
    assert [beach.name for beach in plot.beaches.values()] == ["Pier"]
    assert (left.summary.left, left.summary.new_reports, left.summary.unattributed) == (3, 2, 0)
    assert not left.takes(b.uid)
    assert left.takes(plan.places[1].uid)
    none = plan.with_choices(ImportChoices(with_places=False))
    assert brought_in(none).beaches == {}
    assert (none.summary.new_beaches, none.summary.left) == (0, 2)


def test_the_craft_is_chosen_only_where_the_file_does_not_say() -> None:
    incoming = gathered(
        FoundTrack(line=1, key="h", name="HELI", craft=Craft.AIRCRAFT),
        found(track="h"),
        found("0300", track="B"),
    )
    plot = imported(incoming, choices=ImportChoices(craft=Craft.SMALL_BOAT))
    assert the_track(plot, "HELI").craft is Craft.AIRCRAFT
    assert the_track(plot, "B").craft is Craft.SMALL_BOAT
    assert the_track(imported(incoming), "B").craft is Craft.OTHER


def test_a_craft_that_ais_tells_of_passes_by_until_somebody_says_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "ais.csv"
    path.write_text("MMSI,time,LAT,LON\n219000123,2026-09-15T02:28Z,50.5,1.5\n", encoding="utf-8")
    incoming = read_incoming(path, ReadOptions(now_utc=NOW))
    (track,) = imported(incoming).tracks.values()
    assert track.craft is Craft.MERCHANT_VESSEL
    assert plan_import(incoming, a_plot()).summary.new_boats == 0
    chosen = ImportChoices(craft=Craft.OTHER)
    (track,) = imported(incoming, choices=chosen).tracks.values()
    assert track.craft is Craft.OTHER
    assert plan_import(incoming, a_plot(), choices=chosen).summary.new_boats == 1


def test_names_that_are_taken_get_a_number() -> None:
    plot = a_plot(beaches=[a_beach("Buoy")]).with_mark(a_mark("CGN"))
    mark = a_mark("CGN")
    plan = plan_import(
        gathered(
            FoundPlace(line=1, name="Buoy", position=R5),
            FoundPlace(line=2, name=mark.name, position=mark.position, record=mark),
        ),
        plot,
    )
    after = brought_in(plan)
    assert problems_of(after) == ()
    assert sorted(beach.name for beach in after.beaches.values()) == ["Buoy", "Buoy-2"]
    assert sorted(each.code for each in after.marks.values()) == ["CGN", "CGN-2"]
    assert plan.summary.renamed == (("Buoy", "Buoy-2"), ("CGN", "CGN-2"))


# A plot that has changed meanwhile


def test_what_was_plotted_since_the_preview_is_neither_lost_nor_doubled() -> None:
    plan = plan_import(gathered(*THREE), Plot())
    meanwhile = imported(gathered(*TWO)).with_report(a_report("0230", position=R5))
    after = brought_in(plan, meanwhile)
    assert problems_of(after) == ()
    assert times(the_track(after)) == ["0210", "0228", "0245"]
    assert len(after.unattributed) == 1


# However the reports are kept


@pytest.mark.parametrize("most_unpacked", [0, 10_000])
def test_new_reports_join_those_of_a_track_packed_or_not(
    monkeypatch: pytest.MonkeyPatch, most_unpacked: int
) -> None:
    monkeypatch.setattr(arriving, "_MOST_UNPACKED", most_unpacked)
    plot = imported(
        gathered(found("0210", R1), found("0245", R3), found("0250", R3, track=NO_TRACK))
    )
    edited = plot.with_report(replace(the_track(plot).reports[1], speed_kn=4.0))
    more = gathered(
        *THREE, found("0300", R5), found("0230", R5, track=NO_TRACK), found("0400", R5, track="Z")
    )
    for before in (plot, edited):
        after = imported(more, before)
        assert problems_of(after) == ()
        assert times(the_track(after)) == ["0210", "0228", "0245", "0300"]
        assert [f"{r.observed_at_utc:%H%M}" for r in after.unattributed] == ["0230", "0250"]
        kept = the_track(before).reports[1]
        assert after.report(kept.uid) == kept
        own = the_track(after).reports
        assert isinstance(own, PackedReports) == (most_unpacked == 0)


def test_tracks_that_many_reports_join_are_packed_together_but_for_what_can_not_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(arriving, "_MOST_UNPACKED", 5)
    rows = [found("0210", R1, track=name) for name in "ABC"]
    plot = imported(gathered(*rows))
    odd = the_track(plot, "C").reports[0]
    exact = odd.received_at_utc + timedelta(microseconds=1)  # finer than what is packed
    plot = plot.with_report(replace(odd, received_at_utc=exact))
    after = imported(gathered(*rows, *(found("0300", R5, track=name) for name in "ABC")), plot)
    assert problems_of(after) == ()
    a, b, c = (the_track(after, name) for name in "ABC")
    assert [times(track) for track in (a, b, c)] == [["0210", "0300"]] * 3
    assert isinstance(a.reports, PackedReports)
    assert isinstance(b.reports, PackedReports)
    assert a.reports.columns is b.reports.columns
    assert isinstance(c.reports, tuple)
    assert c.reports[0].received_at_utc == exact


def test_a_whole_file_is_kept_without_a_copy_of_it() -> None:
    incoming = gathered(*THREE)
    ((_, reports),) = incoming.reports.items()
    (track,) = imported(incoming).tracks.values()
    assert isinstance(track.reports, PackedReports)
    assert track.reports.columns.rows is reports.columns.rows


def test_what_was_read_can_be_brought_in_again_elsewhere() -> None:
    incoming = gathered(*THREE)
    one, two = imported(incoming), imported(incoming, night_plot())
    assert times(the_track(one)) == times(the_track(two, "A-2"))
    assert two.report(the_track(one).reports[0].uid) is not None


# Another desk's plot


def of(plot: Plot) -> Incoming:
    return other_desk(plot)


@pytest.mark.parametrize("plot", [night_plot(), full_plot()], ids=["night", "full"])
def test_another_plot_comes_into_an_empty_one_as_it_is(plot: Plot) -> None:
    after = imported(of(plot))
    assert_alike(after, plot)
    plan = plan_import(of(plot), after)
    assert (plan.changed, plan.conflicts) == ((), ())
    assert difference(after, brought_in(plan)).is_empty


def test_a_track_whose_other_half_did_not_come_is_sound() -> None:
    plot = full_plot()
    a, d = the_track(plot), the_track(plot, "D")
    plan = plan_import(of(plot), Plot(), frozenset({a.uid, *(r.uid for r in a.reports)}))
    after = brought_in(plan)
    assert problems_of(after) == ()
    assert after.tracks[d.uid].same_as_uid is None
    chosen = plan_import(of(plot), Plot(), choices=ImportChoices(taken={a.uid: False}))
    assert problems_of(brought_in(chosen)) == ()


def test_only_what_is_refused_leaves_the_plot_alone() -> None:
    plan = plan_import(gathered(found(NOW + timedelta(hours=1))), night_plot())
    assert plan.summary.refusals == {ImportFault.TIME_AHEAD: 1}
    assert difference(plan.plot, brought_in(plan)).is_empty


def test_a_report_is_never_in_two_tracks() -> None:
    plot = night_plot()
    report = the_track(plot).reports[0]
    moved = plot.with_report(replace(report, track_uid=the_track(plot, "B").uid))
    after = imported(of(moved), plot)
    assert problems_of(after) == ()
    assert after.report(report.uid) == report
