"""Blocks hold the plot's tracks in its order, and plots share those that no act touched."""

import random
from collections.abc import Iterable

from channelplot.model.change import difference
from channelplot.model.plot import Plot
from channelplot.model.track import Track
from channelplot.model.track_blocks import TrackBlocks
from helpers.builders import a_report, a_track


def _tracks_in_blocks(plot: Plot) -> list[tuple[str, Track]]:
    return [pair for block in plot.track_blocks.blocks for pair in block.tracks.items()]


def _many(number: int) -> dict[str, Track]:
    tracks = [a_track(f"T{n}", (a_report("0210"),)) for n in range(number)]
    return {track.uid: track for track in tracks}


def _names(tracks: Iterable[Track]) -> tuple[str, ...]:
    return tuple(track.name for track in tracks)


def test_after_any_acts_they_hold_the_same_tracks_in_the_same_order() -> None:
    dice, plot = random.Random(11), Plot(tracks=_many(300))
    first, plots = plot, [plot]
    for number in range(400):
        uid = dice.choice(list(plot.tracks))
        what = dice.randrange(4)
        if what == 0:
            plot = plot.with_track(a_track(f"N{number}"))
        elif what == 1:
            plot = plot.without_track(uid)
        else:
            plot = plot.with_report(a_report("0228", track_uid=uid))
        assert _tracks_in_blocks(plot) == list(plot.tracks.items())
        assert all(block.tracks for block in plot.track_blocks.blocks)
        plots.append(plot)
    for before, after in ((first, plot), *(dice.sample(plots, 2) for _ in range(50))):
        told = {pair.uid: (pair.before, pair.after) for pair in difference(before, after).tracks}
        uids = before.tracks.keys() | after.tracks.keys()
        assert told == {
            uid: (before.tracks.get(uid), after.tracks.get(uid))
            for uid in uids
            if before.tracks.get(uid) != after.tracks.get(uid)
        }


def test_an_act_leaves_all_blocks_but_one_as_they_were() -> None:
    plot = Plot(tracks=_many(1000))
    uid = list(plot.tracks)[500]
    after = plot.with_report(a_report("0228", track_uid=uid))
    shared = set(plot.track_blocks.blocks) & set(after.track_blocks.blocks)
    assert len(plot.track_blocks.blocks) == len(after.track_blocks.blocks) == len(shared) + 1
    assert len(after.track_blocks.besides(plot.track_blocks)) < 200


def test_what_follows_from_a_block_is_worked_out_once_while_it_stays() -> None:
    asked: list[tuple[str, ...]] = []

    def names(tracks: Iterable[Track]) -> tuple[str, ...]:
        asked.append(_names(tracks))
        return asked[-1]

    plot = Plot(tracks=_many(600))
    told = [name for each in plot.track_blocks.worked_out(names) for name in each]
    assert told == [f"T{n}" for n in range(600)]
    number = len(asked)
    after = plot.with_report(a_report("0228", track_uid=next(iter(plot.tracks))))
    assert [*after.track_blocks.worked_out(names)] == [*plot.track_blocks.worked_out(names)]
    assert len(asked) == number + 1


def test_several_tracks_can_change_at_once() -> None:
    plot = Plot(tracks=_many(300))
    uids = list(plot.tracks)
    new = a_track("NEW")
    tracks = {**plot.tracks, uids[0]: a_track("OTHER", uid=uids[0]), new.uid: new}
    del tracks[uids[200]]
    for changed in ([uids[0], new.uid, uids[200]], list(tracks)):
        blocks = plot.track_blocks.after(tracks, changed)
        assert [p for b in blocks.blocks for p in b.tracks.items()] == list(tracks.items())


def test_blocks_that_belong_to_other_tracks_are_not_believed() -> None:
    plot, others = Plot(tracks=_many(3)), _many(2)
    other = Plot(tracks=others, track_blocks=plot.track_blocks)
    assert _tracks_in_blocks(other) == list(others.items())
    assert TrackBlocks.of({}).blocks == ()
