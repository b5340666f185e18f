"""A plot that holds something of everything, and things that were withdrawn from it."""

from dataclasses import replace
from typing import Final

from channelplot.model.codes import CountBasis, Craft, ReportKind, TrackStatus
from channelplot.model.log_line import LogLine
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.track import StatusChange
from channelplot.store.withdrawn import Withdrawable
from helpers.builders import a_beach, a_mark, a_report, a_track, at, night_plot
from helpers.chartwork_builders import (
    a_crossing,
    a_limit,
    a_reference_layer,
    a_search,
    an_approach_watch,
    an_area,
    some_conditions,
)

WITHDRAWN: Final[tuple[Withdrawable, ...]] = (
    replace(
        a_track("X", (a_report("0120", uid="report-x", people=PeopleCount(total=12)),), uid="x"),
        status=TrackStatus.ADRIFT,
        status_changes=(StatusChange("change-x", TrackStatus.ADRIFT, at("0130"), by="watch"),),
    ),
    a_report("0125", uid="report-y", kind=ReportKind.EVENT),
    a_beach("Oye", uid="beach-y"),
    a_mark("WRK", uid="mark-y"),
    LogLine(uid="line-y", at_utc=at("0126"), text="radar restarted", operator="watch"),
    some_conditions(uid="conditions-y"),
    an_approach_watch("x", "gone", uid="watch-y"),
    a_limit("Old line", uid="limit-y"),
    a_search("S0", uid="search-y"),
)
"""What the full plot held and holds no more; other plots never held it."""


def full_plot() -> Plot:
    """A sound plot to which every command can be done: open, closed and merged tracks, an asset."""
    plot = night_plot()
    a, b = plot.tracks.values()
    plot = plot.with_report(
        replace(a.reports[2], people=PeopleCount(total=55, children=10), caller="+447700900123")
    )
    counted = PeopleCount(CountBasis.COUNTED, 22, children=3)
    plot = plot.with_report(a_report("0420", track_uid=b.uid, people=counted))
    landed = StatusChange("landed", TrackStatus.LANDED, at("0430"), identified_by="CUTTER-1")
    same = StatusChange("same", TrackStatus.SAME_AS, at("0300"), by="watch")
    for track in (
        a_track("C", (a_report("0230"),), status_changes=(landed,), status=TrackStatus.LANDED),
        replace(
            a_track("D", status_changes=(same,), status=TrackStatus.SAME_AS), same_as_uid=a.uid
        ),
        replace(a_track("CUTTER-1", (a_report("0346"),), craft=Craft.RESCUE_VESSEL), speed_kn=22.0),
        a_track("F", (a_report("0200"), a_report("0220"), a_report("0240"))),
    ):
        plot = plot.with_track(track)
    about_a = LogLine(uid="line", at_utc=at("0300"), text="A called again", track_uid=a.uid)
    plot = plot.with_log_line(about_a).with_conditions(some_conditions())
    plot = plot.with_conditions(some_conditions(a.uid))
    plot = plot.with_approach_watch(an_approach_watch(a.uid, b.uid))
    plot = plot.with_predicted_crossing(a_crossing(a.uid, a.reports[2].uid))
    plot = plot.with_limit(a_limit()).with_limit(an_area())
    plot = plot.with_reference_layer(a_reference_layer())
    return plot.with_search(a_search(track_uid=a.uid))


def is_there(plot: Plot, entity: Withdrawable) -> bool:
    """Whether a plot holds a thing with this one's uid."""
    held = (
        plot.tracks,
        plot.beaches,
        plot.marks,
        plot.log_lines,
        plot.conditions,
        plot.approach_watches,
        plot.limits,
        plot.searches,
    )
    return any(entity.uid in found for found in held) or plot.report(entity.uid) is not None
