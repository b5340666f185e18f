"""When lines give way to a count, and which stay lines."""

from dataclasses import replace
from itertools import pairwise

import pytest

from channelplot.chart.crowding import (
    COUNTED_ABOVE,
    FEW_TRACKS,
    LINES_BELOW,
    MANY_OPEN,
    Crowding,
    DensityMode,
    crowding,
)
from channelplot.chart.placed import placed
from channelplot.chart.shown import shown_tracks
from channelplot.chart.urgency import Urgency
from channelplot.geodesy.position import Position
from channelplot.model.codes import TrackStatus
from channelplot.model.plot import Plot
from channelplot.model.track import Track
from helpers.builders import a_plot, a_report, a_track
from helpers.charts import CHANNEL, STRAIT, a_scene, view

MANY = 10 * FEW_TRACKS


def crowded(passages: float, tracks: int = MANY, open_tracks: int = 0) -> Crowding:
    return Crowding(passages, 10.0, tracks, open_tracks)


def across(number: int, status: TrackStatus) -> Track:
    lat = 50.9 + number * 0.0005
    return a_track(
        f"N{number}",
        [
            a_report("0200", position=Position(1.3, lat)),
            a_report("0300", position=Position(1.9, lat + 0.05)),
        ],
        status=status,
    )


def a_crowd(is_open: int = 3) -> Plot:
    """Return two and a half times the tracks that are always lines, some of them open."""
    return a_plot(
        *(
            across(n, TrackStatus.UNDER_WAY if n < is_open else TrackStatus.LANDED)
            for n in range(5 * FEW_TRACKS // 2)
        )
    )


def test_lines_give_way_little_by_little() -> None:
    shares = [crowded(LINES_BELOW * 1.05**n).counted_share(DensityMode.AUTO) for n in range(-5, 40)]
    assert shares == sorted(shares)
    assert shares[:6] == [0.0] * 6
    assert shares[-1] == 1.0
    steps = [after - before for before, after in pairwise(shares)]
    assert max(steps) < 0.1
    assert crowded(COUNTED_ABOVE).counted_share(DensityMode.AUTO) == 1.0


def test_a_few_tracks_are_always_lines() -> None:
    assert crowded(50.0, FEW_TRACKS).counted_share(DensityMode.AUTO) == 0.0
    assert 0.0 < crowded(50.0, FEW_TRACKS * 3 // 2).counted_share(DensityMode.AUTO) < 1.0
    assert crowded(50.0, 2 * FEW_TRACKS).counted_share(DensityMode.AUTO) == 1.0


@pytest.mark.parametrize("passages", [0.0, 0.09, 50.0])
def test_a_desk_can_choose(passages: float) -> None:
    assert crowded(passages).counted_share(DensityMode.LINES) == 0.0
    assert crowded(passages).counted_share(DensityMode.DENSITY) == 1.0
    assert crowded(passages).line_share(DensityMode.LINES, is_open=False) == 1.0


def test_open_boats_stay_lines_until_they_crowd_themselves() -> None:
    mode = DensityMode.AUTO
    assert crowded(50.0, MANY, MANY_OPEN).line_share(mode, is_open=True) == 1.0
    assert 0.0 < crowded(50.0, MANY, MANY_OPEN * 3 // 2).line_share(mode, is_open=True) < 1.0
    assert crowded(50.0, MANY, 2 * MANY_OPEN).line_share(mode, is_open=True) == 0.0
    assert crowded(50.0, MANY, 1).line_share(mode, is_open=False) == 0.0


def test_a_wider_view_is_more_crowded_and_the_ramp_does_not_depend_on_where_it_is() -> None:
    where = placed(a_crowd())
    near = crowding(where, view(STRAIT))
    far = crowding(where, view(CHANNEL))
    assert near.tracks == far.tracks == 5 * FEW_TRACKS // 2
    assert near.open_tracks == 3
    assert far.passages > 2.0 * near.passages
    assert crowding(where, view(STRAIT).panned(500.0, 90.0)).most == near.most
    assert crowding(placed(Plot()), view(STRAIT)) == Crowding(0.0, 0.0, 0, 0)


def test_the_passages_are_those_there_are() -> None:
    """Tracks side by side in a band: as many through a pixel as the band has in its height."""
    where = placed(a_crowd())
    wide = view(CHANNEL, 800, 500)
    found = crowding(where, wide).passages
    (min_y, max_y) = (
        wide.pixel_of(Position(1.6, lat))[1] for lat in (50.925, 50.925 + 0.0005 * 500)
    )
    assert found == pytest.approx(500 / (min_y - max_y), rel=0.4)


def test_counted_are_those_that_are_neither_open_nor_selected_pending_or_overdue() -> None:
    plot = a_crowd()
    tracks = list(plot.tracks.values())
    scene = a_scene(plot, view(CHANNEL))
    assert [entry.track.name for entry in shown_tracks(scene)] == ["N0", "N1", "N2"]
    scene = replace(
        scene,
        selected_uids=frozenset({tracks[20].reports[0].uid}),
        pending_uids=frozenset({tracks[30].uid}),
        overdue={tracks[40].uid: Urgency.URGENT},
    )
    shown = {entry.track.name: entry for entry in shown_tracks(scene)}
    assert set(shown) == {"N0", "N1", "N2", "N20", "N30", "N40"}
    assert shown["N20"].is_selected
    assert not shown["N30"].is_selected
    assert {entry.strength for entry in shown.values()} == {1.0}
    lines = replace(scene, density_mode=DensityMode.LINES)
    assert len(shown_tracks(lines)) == len(tracks)
