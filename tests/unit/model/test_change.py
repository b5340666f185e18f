"""What differs between two plots, found without looking at what they share."""

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.geodesy.position import Position
from channelplot.model.change import Change, Difference, difference
from channelplot.model.packing import Sayings, packed, piece_of
from channelplot.model.plot import Plot
from helpers.builders import (
    R2,
    SANGATTE,
    a_beach,
    a_mark,
    a_plot,
    a_report,
    a_track,
    at,
    night_plot,
)
from helpers.memory_store import with_change

if TYPE_CHECKING:
    from channelplot.model.beach import Beach


def test_nothing_differs_from_itself_nor_from_its_equal() -> None:
    plot = night_plot()
    assert difference(plot, plot) == Change()
    assert difference(plot, plot).is_empty
    copies = {uid: replace(track) for uid, track in plot.tracks.items()}
    equal = replace(
        plot,
        tracks=MappingProxyType(copies),
        unattributed=tuple(one for one in plot.unattributed),
        beaches=MappingProxyType(dict(plot.beaches)),
    )
    assert difference(plot, equal).is_empty


def test_an_added_report_is_listed_with_its_track() -> None:
    plot = night_plot()
    track = next(iter(plot.tracks.values()))
    report = a_report("0300", track_uid=track.uid)
    after = plot.with_report(report)
    change = difference(plot, after)
    assert change.reports == (Difference(None, report),)
    assert change.tracks == (Difference(track, after.tracks[track.uid]),)
    assert (change.beaches, change.marks) == ((), ())
    assert not change.is_empty


def test_a_withdrawn_track_takes_its_reports_with_it() -> None:
    plot = night_plot()
    track = next(iter(plot.tracks.values()))
    change = difference(plot, plot.without_track(track.uid))
    assert change.tracks == (Difference(track, None),)
    assert set(change.reports) == {Difference(report, None) for report in track.reports}


def test_a_report_that_changes_hands_is_one_pair() -> None:
    plot = night_plot()
    first, second = plot.tracks.values()
    for from_uid, to_uid in ((first.uid, second.uid), (second.uid, None), (None, first.uid)):
        report = next(r for r in plot.reports() if r.track_uid == from_uid)
        moved = replace(report, track_uid=to_uid)
        after = plot.with_report(moved)
        assert difference(plot, after).reports == (Difference(report, moved),)
        plot = after


def test_a_report_that_is_amended_in_the_middle_is_the_only_one() -> None:
    plot = night_plot()
    track = next(iter(plot.tracks.values()))
    old = track.reports[1]
    new = replace(old, as_received="0428B 023 CGN 7.2")
    assert difference(plot, plot.with_report(new)).reports == (Difference(old, new),)


def test_a_track_that_is_only_renamed_lists_no_report() -> None:
    plot = night_plot()
    track = next(iter(plot.tracks.values()))
    renamed = replace(track, name="Q")
    change = difference(plot, plot.with_track(renamed))
    assert change.tracks == (Difference(track, renamed),)
    assert change.reports == ()


def test_beaches_added_amended_and_withdrawn() -> None:
    plot = night_plot()
    old, new = next(iter(plot.beaches.values())), a_beach("Oye")
    moved = replace(old, position=R2)
    after = plot.with_beach(moved).with_beach(new)
    assert difference(plot, after) == Change(
        beaches=(Difference(old, moved), Difference(None, new))
    )
    assert difference(after, plot) == Change(
        beaches=(Difference(moved, old), Difference(new, None))
    )


def test_marks_added_amended_and_withdrawn() -> None:
    plot = night_plot()
    old, new = next(iter(plot.marks.values())), a_mark("OYE")
    moved = replace(old, position=R2)
    after = plot.with_mark(moved).with_mark(new)
    assert difference(plot, after) == Change(marks=(Difference(old, moved), Difference(None, new)))
    assert difference(after, plot) == Change(marks=(Difference(moved, old), Difference(new, None)))


def test_a_pair_has_the_uid_of_what_is_there() -> None:
    beach = a_beach()
    assert Difference(beach, None).uid == Difference(None, beach).uid == beach.uid
    neither: Difference[Beach] = Difference(None, None)
    with pytest.raises(AssertionError):
        _ = neither.uid


# Plots made of few uids, so that two of them share some entities and differ in others.
uids = st.sampled_from(["r1", "r2", "r3", "r4"])
some_positions = st.sampled_from([SANGATTE, R2, Position(0.0, 50.5)])
some_reports = st.lists(
    st.builds(
        a_report,
        st.sampled_from([at("0210"), at("0228"), at("0245")]),
        uid=uids,
        track_uid=st.sampled_from([None, "t1", "t2"]),
        position=some_positions,
    ),
    max_size=6,
)
some_beaches = st.lists(
    st.builds(a_beach, st.just("S"), some_positions, uid=st.sampled_from(["b1", "b2"])), max_size=2
)


@st.composite
def plots(draw: st.DrawFn) -> Plot:
    """Any plot of up to two tracks, four reports and two beaches."""
    tracks = [a_track(name, uid=uid) for name, uid in (("A", "t1"), ("B", "t2"))]
    plot = a_plot(*tracks, beaches=draw(some_beaches))
    for report in draw(some_reports):
        plot = plot.with_report(report)
    if draw(st.booleans()):
        plot = plot.without_track("t1")
    return plot


@given(plots(), plots())
def test_the_change_put_onto_the_one_plot_gives_the_other(old: Plot, new: Plot) -> None:
    change = difference(old, new)
    assert with_change(old, change) == new
    assert change.is_empty == (old == new)
    before = {r.uid: r for r in old.reports()}
    after = {r.uid: r for r in new.reports()}
    differing = {uid for uid in {*before, *after} if before.get(uid) != after.get(uid)}
    assert {pair.uid for pair in change.reports} == differing
    assert len(change.reports) == len(differing), "each report once"
    for pair in change.reports:
        assert (pair.before, pair.after) == (before.get(pair.uid), after.get(pair.uid))


# Reports that are packed


def as_packed(plot: Plot) -> Plot:
    """Return the same plot with the reports of its tracks packed, all together."""
    sayings = Sayings()
    tracks = list(plot.tracks.values())
    piece = piece_of([report for track in tracks for report in track.reports], sayings)
    assert piece is not None
    filed = np.repeat(np.arange(len(tracks), dtype=np.int32), [len(t.reports) for t in tracks])
    found = packed([piece], [filed], [track.uid for track in tracks], sayings)
    for track in tracks:
        plot = plot.with_track(replace(track, reports=found.get(track.uid, ())))
    return plot


@given(plots(), plots())
def test_reports_that_are_packed_differ_in_the_same(old: Plot, new: Plot) -> None:
    change = difference(as_packed(old), as_packed(new))
    pairs = {pair.uid: (pair.before, pair.after) for pair in change.each_report()}
    before = {r.uid: r for r in old.reports()}
    after = {r.uid: r for r in new.reports()}
    assert pairs == {
        uid: (before.get(uid), after.get(uid))
        for uid in before | after
        if before.get(uid) != after.get(uid)
    }
    assert change.report_count == len(pairs), "each report once"
    assert change.is_empty == (old == new)
    listed = {pair.uid for pair in change.reports}
    for uid in before | after:
        assert change.has_report(uid) == (uid in pairs)
        is_lost = uid in pairs and uid not in after and uid not in listed
        assert change.has_lost_report(uid) == is_lost


def test_of_a_packed_track_that_grows_only_what_came_is_made() -> None:
    more = [a_report(time, track_uid="t1") for time in ("0150", "0215", "0300")]
    track = a_track("A", [a_report("0210"), a_report("0228")], uid="t1")
    small, grown = a_plot(track), a_plot(track)
    for report in more:
        grown = grown.with_report(report)
    before, after = as_packed(small), as_packed(grown)
    change, back = difference(before, after), difference(after, before)
    assert change.reports == back.reports == ()
    assert list(change.each_report()) == [Difference(None, report) for report in more]
    assert list(back.each_report()) == [Difference(report, None) for report in more]
    assert [back.has_lost_report(r.uid) for r in grown.tracks["t1"].reports] == [
        True, False, True, False, True,
    ]  # fmt: skip
    assert difference(before, as_packed(small)).is_empty
