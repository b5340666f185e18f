"""Labels of a whole scene: what is written, that nothing overlaps, that it stays when panned."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channelplot.chart.cancel import NEVER, Cancel
from channelplot.chart.layers import DEFAULT_LAYERING, Layer
from channelplot.chart.renderers.chart_labels import (
    COASTAL_ROOM,
    PLACE_ROOM_PX,
    named_places,
    smallest_place,
)
from channelplot.chart.renderers.label import Label, PointLabel
from channelplot.chart.renderers.labels import labels_of
from channelplot.chart.scene import Scene
from channelplot.chart.viewport import Viewport
from channelplot.geodesy.bounds import Bounds
from channelplot.geodesy.position import Position
from channelplot.model.codes import TrackStatus
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from helpers.builders import R1, R2, R3, a_beach, a_mark, a_plot, a_report, a_track, ddm
from helpers.charts import CALAIS, CHANNEL, STRAIT, a_scene, basemap, night_plot, view

pytestmark = pytest.mark.usefixtures("qapp")


def texts(scene: Scene) -> list[str]:
    """Return what is written, the lines of a label with a bar between."""
    written = []
    for label, _ in labels_of(scene, Cancel()):
        lines = label.lines if isinstance(label, PointLabel) else (label.line,)
        written.append("|".join(line.text for line in lines))
    return written


def boxes(placed: list[tuple[Label, int]]) -> list[np.ndarray]:
    return [label.candidate.places[place] for label, place in placed]


def test_the_newest_report_has_name_and_people_and_the_others_their_time() -> None:
    written = texts(a_scene(viewport=view(Bounds(1.45, 50.9, 1.9, 51.1), 1600, 1000)))
    assert "A  47 POB|0412" in written
    assert "C  55 POB|0245" in written
    assert "CUTTER-1|0412" in written
    assert {"0210", "0228", "0340", "0130 launch"} <= set(written)


def test_reported_estimates_say_so() -> None:
    guessed = a_report(position=R1, people=PeopleCount(total=45, is_estimate=True))
    scene = a_scene(a_plot(a_track("A", [guessed])), view(STRAIT, 800, 500))
    assert "A  45 est POB|0210" in texts(scene)


def test_what_is_not_on_disk_yet_says_so() -> None:
    report, beach = a_report(position=R1), a_beach("Oye-Plage", ddm(51, 0.2, 2, 2.6))
    scene = a_scene(a_plot(a_track("A", [report]), beaches=[beach]), view(STRAIT, 800, 500))
    scene = replace(scene, pending_uids=frozenset({report.uid, beach.uid}))
    assert "A|0210 · not saved" in texts(scene)
    assert "Oye-Plage · not saved" in texts(scene)


def test_a_boat_without_a_fix_is_named_at_its_last_report() -> None:
    track = a_track("D", [a_report("0215", position=R1)])
    only = replace(track, reports=(replace(track.reports[0], track_uid=None),))
    loose = a_plot(unattributed=[only.reports[0]])
    assert "0210" not in texts(a_scene(loose, view(STRAIT, 800, 500)))
    assert "0215" in texts(a_scene(loose, view(STRAIT, 800, 500)))


def test_marks_are_written_by_code_and_the_desks_own_replaces_the_registers() -> None:
    plot = Plot().with_mark(a_mark("CGN", ddm(50, 52.0, 1, 36.0)))
    close = view(Bounds(1.45, 50.83, 1.75, 50.95), 1200, 800)
    written = texts(a_scene(plot, close))
    assert [text for text in written if text.startswith("CGN")] == ["CGN|Cap Gris-Nez"]
    assert "CGN" not in texts(a_scene(Plot(), view(CHANNEL, 1200, 800)))


def test_a_mark_of_the_plot_is_written_at_every_scale_bold_and_named_where_it_is_close() -> None:
    plot = Plot().with_mark(a_mark("WRK", R1, name="Wreck")).with_mark(a_mark("NN", R3))
    found = {}
    for bounds in (CHANNEL, STRAIT, Bounds(1.55, 50.95, 1.75, 51.0)):
        scene = a_scene(plot, view(bounds, 1200, 800))
        for label, _ in labels_of(scene, Cancel()):
            if isinstance(label, PointLabel) and label.lines[0].text in ("WRK", "NN", "CBN"):
                lines = "|".join(line.text for line in label.lines)
                found[bounds, lines] = label.lines[0].font.bold()
    close = Bounds(1.55, 50.95, 1.75, 51.0)
    assert found[CHANNEL, "WRK"] or found[CHANNEL, "NN"], "they may cover each other"
    assert found[STRAIT, "WRK"]
    assert found[STRAIT, "NN"]
    assert found[STRAIT, "CBN"] is False, "one of the register"
    assert found[close, "WRK|Wreck"]
    assert found[close, "NN"], "its name is its code"


def test_a_mark_that_is_not_saved_yet_says_so() -> None:
    mark = a_mark("WRK", R1)
    scene = replace(a_scene(Plot().with_mark(mark)), pending_uids=frozenset({mark.uid}))
    assert "WRK · not saved" in texts(scene)


def test_towns_on_the_coast_are_named_before_larger_ones_inland() -> None:
    numbers, _ = named_places(basemap(), 800.0)
    names = {basemap().places[number].name for number in numbers}
    assert {"Brest", "Plymouth", "London", "Saint Helier", "Cherbourg"} <= names
    assert smallest_place(800.0) > 10 * smallest_place(80.0)
    numbers, points_m = named_places(basemap(), 76.0)
    assert {"Dover", "Calais"} <= {basemap().places[number].name for number in numbers}
    for a, b in combinations(points_m[:200], 2):
        across, down = (COASTAL_ROOM * room_px * 76.0 for room_px in PLACE_ROOM_PX)
        assert abs(a[0] - b[0]) >= across or abs(a[1] - b[1]) >= down


def test_the_boundary_is_named_along_a_straight_stretch_or_not_at_all() -> None:
    assert "UK / France boundary 1988" in texts(a_scene(Plot(), view(STRAIT, 1600, 1000)))
    assert "UK / France boundary 1988" not in texts(a_scene(Plot(), view(CHANNEL, 1600, 1000)))


@pytest.mark.parametrize("bounds", [STRAIT, CALAIS, CHANNEL])
@pytest.mark.parametrize("size", [(1600, 1000), (700, 450)])
def test_no_label_overlaps_another_on_the_night(bounds: Bounds, size: tuple[int, int]) -> None:
    placed = boxes(labels_of(a_scene(viewport=view(bounds, *size)), Cancel()))
    assert len(placed) >= 3
    for one, other in combinations(placed, 2):
        for a in one:
            assert not (
                (other[:, 0] < a[2]) & (other[:, 2] > a[0]) & (other[:, 1] < a[3])
                & (other[:, 3] > a[1])
            ).any()  # fmt: skip


@settings(max_examples=15)
@given(st.lists(st.tuples(st.floats(1.3, 1.9), st.floats(50.9, 51.1)), min_size=1, max_size=30))
def test_no_label_overlaps_another_wherever_boats_are(places: list[tuple[float, float]]) -> None:
    tracks = [
        a_track(f"N{number}", [a_report(position=Position(*place))])
        for number, place in enumerate(places)
    ]
    placed = boxes(labels_of(a_scene(a_plot(*tracks), view(STRAIT, 600, 400)), Cancel()))
    flat = np.concatenate(placed)
    owner = np.repeat(np.arange(len(placed)), [len(one) for one in placed])
    a, b = flat[:, np.newaxis], flat[np.newaxis]
    meets = (
        (a[..., 0] < b[..., 2]) & (a[..., 2] > b[..., 0]) & (a[..., 1] < b[..., 3])
        & (a[..., 3] > b[..., 1]) & (owner[:, np.newaxis] != owner)
    )  # fmt: skip
    assert not meets.any()


def test_labels_stay_where_they_are_while_the_chart_is_panned() -> None:
    viewport = view(STRAIT, 1000, 700)
    before = _places(viewport)
    after = _places(viewport.panned(60.0, -35.0))
    shared = before.keys() & after.keys()
    assert len(shared) >= 0.7 * len(before)
    moved = [key for key in shared if np.abs(after[key] - before[key] - (60, -35)).max() > 0.01]
    assert len(moved) <= 0.1 * len(shared)


def _places(viewport: Viewport) -> dict[str, np.ndarray]:
    plot = a_plot(
        a_track("A", [a_report("0210", position=R1), a_report("0228", position=R2)], uid="a"),
        a_track("C", [a_report("0245", position=R3)], uid="c"),
    )
    placed = labels_of(a_scene(plot, viewport), Cancel())
    return {
        label.lines[0].text: label.candidate.places[place, 0, :2]
        for label, place in placed
        if isinstance(label, PointLabel)
    }


def test_labels_are_kept_inside_where_asked() -> None:
    scene = a_scene(viewport=view(STRAIT, 700, 450))
    for box in boxes(labels_of(replace(scene, keeps_labels_inside=True), Cancel())):
        assert (box[:, :2] >= 0.0).all()
        assert (box[:, 2:] <= (700.0, 450.0)).all()


def test_hidden_layers_are_not_written_and_a_cancelled_job_writes_nothing() -> None:
    scene = a_scene(viewport=view(STRAIT, 1600, 1000))
    hidden = {Layer.TRACKS, Layer.REPORTS, Layer.BEACHES, Layer.MARKS, Layer.PLACES, Layer.BOUNDARY}
    assert texts(replace(scene, layering=DEFAULT_LAYERING.hiding(hidden))) == []
    assert texts(replace(scene, layering=DEFAULT_LAYERING.hiding({Layer.LABELS}))) == []
    cancel = Cancel()
    cancel.cancel()
    assert labels_of(scene, cancel) == []


def test_closed_tracks_give_way_to_open_ones() -> None:
    closed = a_track("A", [a_report("0300", position=R1)], status=TrackStatus.LANDED)
    opened = a_track("B", [a_report("0210", position=R1)])
    labels = [
        label
        for label, _ in labels_of(a_scene(a_plot(closed, opened), view(STRAIT, 800, 500)), Cancel())
    ]
    ranks = {
        label.lines[0].text: label.candidate.priority
        for label in labels
        if isinstance(label, PointLabel) and label.lines[0].text in ("A", "B")
    }
    assert ranks["B"] < ranks["A"]


def test_larger_text_needs_more_room() -> None:
    scene = a_scene(night_plot(), view(STRAIT, 1000, 700))
    usual, large = (
        np.array(
            [places[0] for places in boxes(labels_of(replace(scene, text_factor=factor), NEVER))]
        )
        for factor in (1.0, 1.6)
    )
    assert (large[:, 3] - large[:, 1]).min() > 1.4 * (usual[:, 3] - usual[:, 1]).min()
