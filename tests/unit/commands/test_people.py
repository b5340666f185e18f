"""Who is no longer looked for after an edit."""

from dataclasses import replace

from channelplot.commands.people import PeopleLost, people_lost
from channelplot.model.people import PeopleCount
from helpers.builders import a_plot, a_report, a_track

TOLD = a_report("0245", uid="told", people=PeopleCount(total=55))
BOAT = a_track("A", (TOLD,), uid="a")


def test_whose_children_nobody_can_say_and_who_are_all_looked_for_still_are_nobody() -> None:
    plot = a_plot(BOAT)
    assert people_lost(plot, plot.with_track(replace(BOAT, note="grey")), ["a"]) == PeopleLost()
    assert people_lost(plot, plot.without_report("told"), ["a"]) == PeopleLost(55, None)
