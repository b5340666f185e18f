"""Past and future plots: immutable, and no deeper than they need to be."""

from channelplot.commands.command import Entity
from channelplot.document.history import DEPTH, History, Step
from channelplot.model.plot import Plot
from helpers.builders import a_plot, a_track


def a_step(label: str, plot: Plot | None = None) -> Step:
    return Step(label, "A", Entity.TRACK, "uid", plot or Plot())


def test_two_hundred_acts_and_more_can_be_undone() -> None:
    assert DEPTH >= 200


def test_the_oldest_acts_are_forgotten_and_the_latest_kept() -> None:
    history = History()
    for number in range(DEPTH + 5):
        history = history.with_act(a_step(str(number)))
    assert len(history.past) == DEPTH
    assert history.past[0].label == "5"
    assert history.past[-1].label == str(DEPTH + 4)
    full = History(history.past, (a_step("again"),)).redone(Plot())
    assert len(full.past) == DEPTH
    assert full.past[-1].label == "again"


def test_a_step_changes_sides_with_the_plot_that_is_left() -> None:
    before, after = a_plot(), a_plot(a_track())
    history = History().with_act(a_step("start_track", before))
    undone = history.undone(after)
    assert undone.past == ()
    assert undone.future == (a_step("start_track", after),)
    assert undone.redone(before) == history
    assert history.past == (a_step("start_track", before),), "the first one has not changed"


def test_a_new_act_ends_the_future() -> None:
    history = History((a_step("one"),), (a_step("two"),)).with_act(a_step("three"))
    assert [step.label for step in history.past] == ["one", "three"]
    assert history.future == ()
