"""A file that is to come in: what is read of it, what is still to be said, and the act of it.

All of it is for a thread beside the window's; nothing here changes a plot.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from channelplot.analysis.tally import Tally
from channelplot.chart.overlay import Ghost, GhostKind, GhostTracks, Shape
from channelplot.commands.command import Command
from channelplot.errors import ImportFault, ImportFileError
from channelplot.exchange.incoming.arriving import Wording, import_command
from channelplot.exchange.incoming.feature_look import said_by_name
from channelplot.exchange.incoming.feature_sample import FEATURE_SUFFIXES, look_at_features
from channelplot.exchange.incoming.found import Encoding, ReadOptions, SaidOfLayout
from channelplot.exchange.incoming.mapped_columns import Need, TableLook
from channelplot.exchange.incoming.plan import ImportChoices, ImportPlan, plan_import
from channelplot.exchange.incoming.read import TABLE_SUFFIXES, file_to_read, read_incoming
from channelplot.exchange.incoming.table_encoding import proposed_encoding
from channelplot.exchange.incoming.table_look import remembered_encoding, table_columns_of
from channelplot.exchange.incoming.withdrawn import uids_withdrawn
from channelplot.model.beach import Beach
from channelplot.model.plot import Plot
from channelplot.store.withdrawn import Withdrawn

MOST_FIXES: Final = 800
"""That a ghost shows; of more, those that can be told apart where all are in view."""
MOST_PLACES: Final = 200
_FINEST_CELLS: Final = 2048
_NEEDS: Final[Mapping[ImportFault, Need]] = {
    ImportFault.ZONE_NOT_SAID: Need.ZONE,
    ImportFault.DAY_OR_MONTH_FIRST: Need.DATE_ORDER,
    ImportFault.COLUMNS: Need.COLUMNS,
    ImportFault.ENCODING_NOT_SAID: Need.ENCODING,
    ImportFault.NOT_IN_ENCODING: Need.ENCODING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """The plot that a file is to come into, as it is now, and who brings it in.

    plot_path: its file. withdrawn: reads what was withdrawn from it; may raise PlotFileError.
    """

    plot: Plot
    plot_path: Path
    operator: str
    withdrawn: Callable[[], Sequence[Withdrawn]]

    def plan(self, before: ImportPlan) -> ImportPlan:
        """Return a plan for this plot, by the same choices."""
        if self.plot is before.plot:
            return before
        gone = uids_withdrawn(self.withdrawn())
        return plan_import(before.incoming, self.plot, gone, before.choices)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What is known of a file.

    options: by which it was read, with an encoding that is only proposed where nobody has said one:
    somebody has to see its letters (``look.letters``) first. look: of a table. plan: None where
    something has to be said first (needs), or the file can't be read (error; with needs where
    saying them helps). shapes: what would come in, for the chart.
    """

    path: Path
    options: ReadOptions
    look: TableLook | None = None
    plan: ImportPlan | None = None
    shapes: tuple[Shape, ...] = ()
    needs: frozenset[Need] = frozenset()
    error: ImportFileError | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """An act that is ready to be done, or what comes in now if that has changed.

    looked: with the plan for the plot as it is. after: the plot there will be, None where there is
    no act.
    """

    looked: Looked
    plan: ImportPlan
    command: Command | None
    after: Plot | None


def looked_into(
    path: Path,
    options: ReadOptions,
    destination: Destination,
    choices: ImportChoices,
    remembered: Callable[[str], SaidOfLayout],
    progress: Callable[[float], None],
) -> Looked:
    """Return what is known of a file; one that can't be read is said so in it.

    remembered: returns what was said of tables of a layout (its key); it counts where ``options``
    says nothing, and not for tables without titles, which may be of any layout. A table that is
    not UTF-8 is read in the encoding that is remembered, else in one that is proposed, if any.
    Raises PlotFileError where the plot itself can't be read.
    """
    look: TableLook | None = None
    try:
        file_to_read(path, destination.plot_path)
        if path.suffix.lower() in TABLE_SUFFIXES:
            look = table_columns_of(path, options)
            has_own = bool(options.columns) or not look.titles
            known = {} if has_own else remembered(look.layout_key).columns
            if known:
                options = replace(options, columns=known)
                look = table_columns_of(path, options)
            if look.needs:
                return Looked(path=path, options=options, look=look, needs=look.needs)
        elif options.columns and path.suffix.lower() in FEATURE_SUFFIXES:
            look = look_at_features(path, options)
            options = replace(options, columns=said_by_name(options.columns, look))
        incoming = read_incoming(
            path,
            options,
            operator=destination.operator,
            open_plot=destination.plot_path,
            progress=progress,
        )
    except ImportFileError as error:
        need = _NEEDS.get(error.fault)
        needs = frozenset() if need is None else frozenset({need})
        if error.fault is ImportFault.ENCODING_NOT_SAID and options.encoding is None:
            encoding = _encoding_to_show(path, options, remembered)
            if encoding is not None:
                options = replace(options, encoding=encoding)
                return looked_into(path, options, destination, choices, remembered, progress)
        if need is Need.COLUMNS and look is None and path.suffix.lower() in FEATURE_SUFFIXES:
            look = _look_at_features(path, options)
            known = {} if look is None else remembered(look.layout_key).columns
            if known and not options.columns:
                options = replace(options, columns=known)
                return looked_into(path, options, destination, choices, remembered, progress)
        return Looked(path=path, options=options, look=look, needs=needs, error=error)
    gone = uids_withdrawn(destination.withdrawn())
    plan = plan_import(incoming, destination.plot, gone, choices)
    return Looked(path=path, options=options, look=look, plan=plan, shapes=shapes_of(plan))


def _encoding_to_show(
    path: Path, options: ReadOptions, remembered: Callable[[str], SaidOfLayout]
) -> Encoding | None:
    """Return what a table that is not UTF-8 is shown in, None where somebody has to say it."""
    try:
        encoding = remembered_encoding(path, options, remembered)
    except ImportFileError:
        encoding = None  # what is wrong with it is told once it is read
    return encoding or proposed_encoding(path, options)


def _look_at_features(path: Path, options: ReadOptions) -> TableLook | None:
    """Return what the properties of features hold, None where that can't be read."""
    try:
        return look_at_features(path, options)
    except ImportFileError:
        return None


def chosen_otherwise(looked: Looked, choices: ImportChoices) -> Looked:
    """Return the same by other choices."""
    if looked.plan is None:
        return looked
    plan = looked.plan.with_choices(choices)
    return replace(looked, plan=plan, shapes=shapes_of(plan))


def made_ready(
    looked: Looked, destination: Destination, wording: Wording, at_utc: datetime
) -> Ready:
    """Return the act that brings in what a plan takes, worked out for the plot as it is now.

    looked: with a plan. None for the act where that changes what comes in: somebody has to look
    again. Done on the very plot it was worked out for it takes no time. Raises CommandRefused and
    PlotFileError.
    """
    plan = looked.plan
    assert plan is not None, "only what was planned can come in"
    now = destination.plan(plan)
    if now is not plan:
        looked = replace(looked, plan=now, shapes=shapes_of(now))
    if _what_comes(now) != _what_comes(plan):
        return Ready(looked, now, None, None)
    command = import_command(now, wording, at_utc, destination.operator)
    after = command.edit(now.plot)
    _make_quick(after)

    def edit(plot: Plot) -> Plot:
        return after if plot is now.plot else command.edit(plot)

    return Ready(looked, now, replace(command, edit=edit), after)


def _make_quick(plot: Plot) -> None:
    """Work out what the window asks of every track as soon as it has a plot."""
    plot.make_ready()
    Tally().totals(plot)
    for track in plot.tracks.values():
        track.last_received_at_utc  # noqa: B018 - kept once it was asked for
        track.last_fix  # noqa: B018
        track.longest_lag  # noqa: B018


def _what_comes(plan: ImportPlan) -> tuple[object, ...]:
    return plan.summary, plan.names, plan.conflicts, plan.changed


def shapes_of(plan: ImportPlan) -> tuple[Shape, ...]:
    """Return what would come in, as ghosts: the fixes with the file's name, places with theirs."""
    taken = [each for each in plan.reports if plan.takes(each.uid)]
    lots = [each.positions_deg for each in taken if len(each.positions_deg)]
    numbers = [np.full(len(lot), number) for number, lot in enumerate(lots)]
    for number, each in enumerate(each for each in taken if len(each.positions_deg)):
        if not each.uid:
            numbers[number][:] = -1
    shapes: list[Shape] = []
    if lots:
        fixes_deg, owners = _thinned(np.concatenate(lots), np.concatenate(numbers))
        shapes.append(GhostTracks(fixes_deg, owners, plan.summary.file_name))
    places = [place for place in plan.places if plan.takes(place.uid)]
    for place in places[:MOST_PLACES]:
        is_beach = isinstance(place, Beach)
        kind = GhostKind.BEACH if is_beach else GhostKind.MARK
        mark_kind = "" if isinstance(place, Beach) else place.kind
        label = place.name if isinstance(place, Beach) else place.code
        shapes.append(Ghost(place.position, kind, label, mark_kind))
    return tuple(shapes)


def _thinned(
    fixes_deg: npt.NDArray[np.float64], numbers: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """Return fixes and their tracks, of many only one of a track in each cell of a grid.

    numbers: -1 for those of no track; in what is returned each of them has its own.
    """
    lowest = fixes_deg.min(axis=0)
    extent_deg = max(float((fixes_deg.max(axis=0) - lowest).max()), 1e-9)
    cells = _FINEST_CELLS
    while len(fixes_deg) > MOST_FIXES and cells:
        places = np.minimum((fixes_deg - lowest) / extent_deg * cells, cells - 1).astype(np.int64)
        keys = ((numbers + 1) * cells + places[:, 0]) * cells + places[:, 1]
        firsts = np.sort(np.unique(keys, return_index=True)[1])
        fixes_deg, numbers = fixes_deg[firsts], numbers[firsts]
        cells //= 2
    if len(fixes_deg) > MOST_FIXES:
        step = -(-len(fixes_deg) // MOST_FIXES)
        fixes_deg, numbers = fixes_deg[::step], numbers[::step]
    is_alone = numbers < 0
    numbers = numbers.copy()
    numbers[is_alone] = numbers.max(initial=0) + 1 + np.arange(int(is_alone.sum()))
    return fixes_deg, numbers
