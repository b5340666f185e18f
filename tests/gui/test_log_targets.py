"""What is looked at on the chart for an act of the watch log."""

from dataclasses import replace

import pytest

from channelplot.model.codes import TrackStatus
from channelplot.model.plot import Plot
from channelplot.ui.panels.log_targets import with_merged, worth_seeing
from helpers.builders import a_beach, a_mark, a_plot, a_report, a_track


@pytest.fixture
def plot() -> Plot:
    """A with two reports; B and, by way of B, C became A; D alone without any."""
    reports = (a_report("0210", uid="r1"), a_report("0228", uid="r2"))
    tracks = [a_track("A", reports, uid="a")]
    for name, into in (("B", "a"), ("C", "b"), ("D", None)):
        track = a_track(name, uid=name.lower())
        status = TrackStatus.REPORTED if into is None else TrackStatus.SAME_AS
        tracks.append(replace(track, same_as_uid=into, status=status))
    return a_plot(*tracks, beaches=[a_beach(uid="beach")]).with_mark(a_mark(uid="mark"))


@pytest.mark.parametrize(
    ("uids", "chosen"),
    [
        ((), ()),
        (("gone",), ()),
        (("gone", "a"), ("a",)),
        (("r1", "r2", "a"), ("r1", "r2")),
        (("gone", "r2", "a"), ("r2",)),
        (("a", "r1", "r2"), ("a",)),
        (("b", "a", "r1"), ("a",)),
        (("d",), ("d",)),
        (("beach", "a"), ("beach",)),
        (("mark",), ("mark",)),
    ],
)
def test_it_is_the_nearest_that_has_a_place(
    plot: Plot, uids: tuple[str, ...], chosen: tuple[str, ...]
) -> None:
    assert worth_seeing(plot, uids) == chosen


@pytest.mark.parametrize(
    ("uid", "uids"), [("a", {"a", "b", "c"}), ("b", {"b"}), ("d", {"d"}), ("gone", {"gone"})]
)
def test_a_boat_is_those_that_became_it_too(plot: Plot, uid: str, uids: set[str]) -> None:
    assert with_merged(plot, uid) == uids
