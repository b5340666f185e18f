"""What a file holds, told straight to the gatherer; and what of it comes into a plot."""

from datetime import datetime, timedelta
from pathlib import Path

from channelplot.exchange.incoming.arriving import import_command
from channelplot.exchange.incoming.found import FoundPlace, FoundReport, FoundTrack, ReadOptions
from channelplot.exchange.incoming.gather import Gatherer
from channelplot.exchange.incoming.incoming import Incoming
from channelplot.exchange.incoming.plan import ImportChoices, ImportPlan, plan_import
from channelplot.exchange.incoming.plot_file import tell_plot
from channelplot.geodesy.position import Position
from channelplot.model.plot import Plot
from helpers.builders import R1, at

FILE = Path("patrol.gpx")
NOW = at("0600")


def found(
    observed: str | datetime = "0210",
    position: Position | None = R1,
    track: str = "A",
    line: int = 1,
    **fields: object,
) -> FoundReport:
    """A report as a file has it; of a track A that the file does not tell of."""
    observed_at_utc = at(observed) if isinstance(observed, str) else observed
    values = {"as_received": f"row {line}", **fields}
    return FoundReport(
        line=line, track=track, observed_at_utc=observed_at_utc, position=position,
        **values,  # type: ignore[arg-type]
    )  # fmt: skip


def gathered(
    *things: FoundReport | FoundTrack | FoundPlace,
    path: Path = FILE,
    now_utc: datetime = NOW,
    operator: str = "watch",
) -> Incoming:
    """What a file holds that holds these."""
    gatherer = Gatherer(path, ReadOptions(now_utc=now_utc), operator=operator)
    for thing in things:
        if isinstance(thing, FoundReport):
            gatherer.report(thing)
        elif isinstance(thing, FoundTrack):
            gatherer.track(thing)
        else:
            gatherer.place(thing)
    return gatherer.finish()


def other_desk(plot: Plot, now_utc: datetime = NOW + timedelta(days=1)) -> Incoming:
    """What another desk's plot file holds."""
    path = Path("other desk.gpkg")
    options = ReadOptions(now_utc=now_utc)
    gatherer = Gatherer(path, options, operator="watch")
    tell_plot(plot, path, options, gatherer)
    return gatherer.finish()


def brought_in(plan: ImportPlan, plot: Plot | None = None) -> Plot:
    """The plot with what a plan takes; by default the one planned for."""
    command = import_command(
        plan, lambda conflict, fields, name: f"{name}: {conflict.name} {dict(fields)}", NOW, "watch"
    )
    return command.edit(plan.plot if plot is None else plot)


def imported(
    incoming: Incoming,
    plot: Plot | None = None,
    choices: ImportChoices | None = None,
    withdrawn_uids: frozenset[str] = frozenset(),
) -> Plot:
    """The plot with all that a file brings; by default an empty one."""
    return brought_in(plan_import(incoming, plot or Plot(), withdrawn_uids, choices))
