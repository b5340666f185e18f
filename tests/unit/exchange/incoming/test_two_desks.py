"""Two desks that go their own ways with one plot, and then exchange it: whatever either did.

Each does what operators do, drawn by lot. What comes of it is sound, has every report once, and
the same exchange again changes nothing. CHANNELPLOT_CASES in the environment: many more lots.
"""

import os
import random
from contextlib import suppress

import pytest

from channelplot.errors import CommandRefused
from channelplot.exchange.incoming.plan import UNATTRIBUTED, ImportChoices, ImportPlan, plan_import
from channelplot.model.change import difference
from channelplot.model.codes import Craft
from channelplot.model.plot import Plot
from channelplot.model.rules import problems_of
from helpers.every_command import EVERY_COMMAND
from helpers.full_plot import full_plot
from helpers.incoming import brought_in, imported, other_desk

LOTS = range(2_000 if "CHANNELPLOT_CASES" in os.environ else 60)
BASE = full_plot()


def went_on(plot: Plot, dice: random.Random, acts: int) -> Plot:
    """The plot after some acts."""
    while acts:
        command = EVERY_COMMAND[dice.choice(sorted(EVERY_COMMAND))].allowed(plot, dice)
        with suppress(CommandRefused):
            if command is not None:
                plot = command.edit(plot)
                acts -= 1
    return plot


def chosen(plan: ImportPlan, dice: random.Random) -> ImportChoices:
    """Some of what a plan offers."""
    items = [UNATTRIBUTED, *(each.uid for each in plan.reports), *(p.uid for p in plan.places)]
    versions = [each.uid for each in (*plan.changed, *plan.conflicts, *plan.decided)]
    return ImportChoices(
        taken={uid: dice.random() < 0.7 for uid in items if dice.random() < 0.5},
        versions={uid: dice.random() < 0.6 for uid in versions if dice.random() < 0.6},
        conflicts_taken=dice.random() < 0.5,
        with_places=dice.random() < 0.8,
        craft=dice.choice([*Craft]),
    )


def uids(plot: Plot) -> set[str]:
    return {report.uid for report in plot.reports()}


@pytest.mark.parametrize("lot", LOTS)
def test_whatever_two_desks_did_what_they_exchange_is_sound(lot: int) -> None:
    dice = random.Random(lot)
    ours, theirs = (went_on(BASE, dice, dice.randint(0, 25)) for _ in range(2))
    if dice.random() < 0.5:
        ours = imported(other_desk(ours))
    incoming = other_desk(theirs)
    assert incoming.refused == {}
    plan = plan_import(incoming, ours)
    choices = chosen(plan, dice)
    for taking in (ImportChoices(), ImportChoices(conflicts_taken=True), choices):
        after = brought_in(plan.with_choices(taking))
        assert problems_of(after) == ()
        assert uids(ours) <= uids(after) <= uids(ours) | uids(theirs)
        again = plan_import(incoming, after, choices=taking)
        assert difference(after, brought_in(again)).is_empty
    everything = brought_in(plan)
    assert uids(everything) == uids(ours) | uids(theirs)
    assert everything.tracks.keys() == ours.tracks.keys() | theirs.tracks.keys()
    assert everything.beaches.keys() == ours.beaches.keys() | theirs.beaches.keys()
    assert everything.marks.keys() == ours.marks.keys() | theirs.marks.keys()
