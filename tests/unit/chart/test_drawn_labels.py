"""Labels while the chart is zoomed: in their size, beside what they name, none on another."""

import numpy as np
import pytest

from channelplot.chart.drawn_labels import DrawnLabels, drawn_labels


def boxed(x_px: float, y_px: float) -> tuple[tuple[float, float], np.ndarray]:
    """Return a label right of a point, 40 by 10 pixels."""
    return (x_px, y_px), np.array([[x_px + 5.0, y_px - 5.0, x_px + 45.0, y_px + 5.0]])


def shown(labels: DrawnLabels, growth: float) -> dict[int, list[float]]:
    """Return where the upper left corner of each part that shows comes to lie."""
    rows, moved = labels.apart(growth)
    corners = labels.boxes_px[rows, :2] + moved
    return dict(zip(rows.tolist(), corners.tolist(), strict=True))


def test_a_label_goes_with_its_point_and_stays_as_far_from_it() -> None:
    labels = drawn_labels([boxed(100.0, 50.0)])
    assert shown(labels, 3.0) == {0: [305.0, 145.0]}
    assert shown(labels, 0.5) == {0: [55.0, 20.0]}


def test_all_parts_of_a_label_are_moved_alike() -> None:
    anchor, boxes = boxed(100.0, 50.0)
    labels = drawn_labels([(anchor, np.concatenate((boxes, boxes + 60.0)))])
    found = shown(labels, 2.0)
    assert np.subtract(found[1], found[0]) == pytest.approx([60.0, 60.0])


def test_of_two_that_come_to_lie_on_each_other_the_first_is_left() -> None:
    labels = drawn_labels([boxed(100.0, 50.0), boxed(100.0, 66.0), boxed(400.0, 50.0)])
    assert set(shown(labels, 1.5)) == {0, 1, 2}
    assert set(shown(labels, 0.5)) == {0, 2}


def test_one_that_is_not_left_makes_no_room_either() -> None:
    labels = drawn_labels([boxed(100.0, 50.0), boxed(100.0, 66.0), boxed(100.0, 82.0)])
    assert set(shown(labels, 0.5)) == {0, 2}, "16 px apart, as before 8 and 16 px"


def test_no_labels_at_all() -> None:
    labels = drawn_labels([])
    assert shown(labels, 0.5) == {}
    assert not labels.touch(np.array([[0.0, 0.0, 9.0, 9.0]]))


def test_a_label_touches_a_box_that_it_overlaps() -> None:
    labels = drawn_labels([boxed(100.0, 50.0)])
    assert labels.touch(np.array([[0.0, 0.0, 9.0, 9.0], [140.0, 40.0, 300.0, 90.0]]))
    assert not labels.touch(np.array([[146.0, 40.0, 300.0, 90.0]]))
    assert not labels.touch(np.empty((0, 4)))
