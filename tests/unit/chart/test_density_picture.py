"""Counts as colours: the ramp, its legend, and the change from lines to a count."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.crowding import Crowding, DensityMode
from channelplot.chart.density import PARTS, Counts
from channelplot.chart.density_colours import DensityImages, Ramp, density_image
from channelplot.chart.palette import DAY, PALETTES, Palette
from channelplot.chart.renderers import density, tracks
from channelplot.chart.renderers.density import SHORTEST_RAMP, ramp_of
from channelplot.chart.scene import Scene
from channelplot.chart.shown import crowding_of
from channelplot.geodesy.position import Position
from channelplot.model.codes import TrackStatus
from channelplot.model.plot import Plot
from helpers.builders import a_plot, a_report, a_track
from helpers.charts import CHANNEL, a_scene, view
from helpers.images import drawn_by, pixels, rgb

pytestmark = pytest.mark.usefixtures("qtbot")

LINES = Crowding(0.0, 40.0, 500, 0)
COUNTED = Crowding(9.0, 40.0, 500, 0)
BETWEEN = Crowding(0.075, 40.0, 500, 0)


def a_crowd(count: int = 60) -> Plot:
    dice = np.random.default_rng(count)
    return a_plot(
        *(
            a_track(
                f"N{number}",
                [
                    a_report(f"02{minute:02d}", position=Position(float(lon), float(lat)))
                    for minute, (lon, lat) in enumerate(dice.uniform((-3, 49), (2, 51), (4, 2)))
                ],
                status=TrackStatus.LANDED,
            )
            for number in range(count)
        )
    )


def lines_of(scene: Scene) -> QImage:
    return drawn_by(scene, tracks.draw_lines)


def test_the_colours_follow_the_logarithm_and_end_where_the_ramp_does() -> None:
    ramp = Ramp(("#000000", "#ff0000", "#ffffff"), 100.0)
    parts = np.array([[0, PARTS // 2, PARTS, 10 * PARTS, 100 * PARTS, 9_000 * PARTS]])
    image = density_image(Counts(parts.astype(np.uint32)), ramp, Cancel())
    found = [image.pixelColor(x, 0) for x in range(6)]
    assert [ink.alpha() for ink in found] == [0, 128, 255, 255, 255, 255]
    assert found[2].name() == "#000000"
    assert found[3].red() >= 250
    assert found[3].green() <= 5
    assert found[4].name() == found[5].name() == "#ffffff"


@pytest.mark.parametrize("palette", PALETTES.values(), ids=list(PALETTES))
def test_more_passages_never_look_like_fewer(palette: Palette) -> None:
    """By day the colours go from light to dark, on a dark chart from dark to light."""
    ramp = ramp_of(palette, COUNTED)
    parts = (PARTS * np.geomspace(1.0, ramp.most, 60)).astype(np.uint32)[np.newaxis]
    image = density_image(Counts(parts), ramp, Cancel())
    grey = np.array([image.pixelColor(x, 0).lightnessF() for x in range(60)])
    steps = np.diff(grey) if palette is not DAY else -np.diff(grey)
    assert steps.min() > -0.02
    assert abs(grey[-1] - grey[0]) > 0.1


def test_a_ramp_names_round_counts_and_is_never_too_short() -> None:
    assert Ramp(DAY.density, 48.0).ticks() == [1, 2, 5, 10, 20]
    assert Ramp(DAY.density, 2_300.0).ticks() == [1, 10, 100, 1000]
    assert ramp_of(DAY, LINES).most >= SHORTEST_RAMP
    assert ramp_of(DAY, Crowding(0.0, 0.0, 0, 0)).most == pytest.approx(SHORTEST_RAMP, rel=0.03)
    assert Ramp(DAY.density, 100.0).share(10.0) == pytest.approx(0.5)


def test_the_ends_of_the_change_are_lines_alone_and_counts_alone() -> None:
    scene = a_scene(a_crowd(), view(CHANNEL))
    all_lines = replace(scene, crowding=LINES)
    all_counted = replace(scene, crowding=COUNTED)
    lines = lines_of(replace(all_counted, density_mode=DensityMode.LINES))
    counts = lines_of(replace(all_lines, density_mode=DensityMode.DENSITY))
    assert (pixels(lines_of(all_lines)) == pixels(lines)).all()
    assert (pixels(lines_of(all_counted)) == pixels(counts)).all()
    alone = drawn_by(all_counted, density.draw)
    assert (pixels(counts) == pixels(alone)).all()
    assert (pixels(counts) != pixels(lines)).any()


def test_in_between_both_show() -> None:
    scene = replace(a_scene(a_crowd(), view(CHANNEL)), crowding=BETWEEN)
    assert 0.2 < BETWEEN.counted_share(DensityMode.AUTO) < 0.8
    counts, all_counts = (
        pixels(drawn_by(each, density.draw))[..., :3].astype(float)
        for each in (scene, replace(scene, crowding=COUNTED))
    )
    sea = np.array(rgb(DAY.sea))
    share = BETWEEN.counted_share(DensityMode.AUTO)
    np.testing.assert_allclose(counts - sea, share * (all_counts - sea), atol=3.0)
    both = pixels(lines_of(scene))[..., :3].astype(float)
    assert np.abs(both - counts).max() > 20.0
    lines = pixels(lines_of(replace(scene, density_mode=DensityMode.LINES)))[..., :3].astype(float)
    assert np.abs(both - sea).max() < np.abs(lines - sea).max() - 5.0


def test_a_picture_brought_up_to_date_is_the_one_drawn_anew() -> None:
    plot = a_crowd()
    scene = replace(a_scene(plot, view(CHANNEL)), density_mode=DensityMode.DENSITY)
    crowds = crowding_of(scene)
    kept = replace(scene, density_images=DensityImages(), crowding=crowds)
    drawn_by(kept, density.draw)
    uid = next(iter(plot.tracks))
    after = plot.with_report(a_report("0330", position=Position(0.0, 50.2), track_uid=uid))
    updated = drawn_by(replace(kept, plot=after), density.draw)
    anew = drawn_by(replace(scene, plot=after, crowding=crowds), density.draw)
    assert (pixels(updated) == pixels(anew)).all()
    assert (pixels(updated) != pixels(drawn_by(scene, density.draw))).any()


def legend_on(scene: Scene) -> QImage:
    image = QImage(800, 500, QImage.Format.Format_RGB32)
    image.fill("white")
    with QPainter(image) as painter:
        density.draw_legend(painter, scene, Cancel())
    return image


def test_the_legend_shows_the_ramp_while_anything_is_counted() -> None:
    scene = a_scene(a_crowd(), view(CHANNEL, 800, 500))
    blank = QImage(800, 500, QImage.Format.Format_RGB32)
    blank.fill("white")
    assert (pixels(legend_on(replace(scene, crowding=LINES))) == pixels(blank)).all()
    shown = pixels(legend_on(replace(scene, crowding=COUNTED)))[..., :3].astype(int)
    for name in (DAY.density[0], DAY.density[-1]):
        assert (np.abs(shown - rgb(name)).max(axis=-1) < 12).any()
    rows, columns = np.nonzero((shown != 255).any(axis=-1))
    assert rows.min() > 350
    assert columns.min() > 550
