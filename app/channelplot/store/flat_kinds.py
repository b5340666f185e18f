"""The kinds of entities that are one row each: the declaration of every one of them.

A new kind is declared here, and in one of the two tuples at the end.
"""

from dataclasses import replace
from typing import Final

from channelplot.store import chartwork_rows, flat_rows, reference_rows
from channelplot.store.flat import FlatKind
from channelplot.store.tables import (
    ACKNOWLEDGEMENTS,
    APPROACH_WATCHES,
    BEACHES,
    CONDITIONS,
    LIMITS,
    LOG_LINES,
    MARKS,
    PREDICTED_CROSSINGS,
    REFERENCE_LAYERS,
    SEARCHES,
)

_BEACHES: Final = FlatKind(
    BEACHES,
    flat_rows.BEACH_READ,
    flat_rows.beach_from,
    flat_rows.beach_row,
    of_plot=lambda plot: plot.beaches,
    of_change=lambda change: change.beaches,
    into_plot=lambda plot, beaches: replace(plot, beaches=beaches),
)
_MARKS: Final = FlatKind(
    MARKS,
    flat_rows.MARK_READ,
    flat_rows.mark_from,
    flat_rows.mark_row,
    of_plot=lambda plot: plot.marks,
    of_change=lambda change: change.marks,
    into_plot=lambda plot, marks: replace(plot, marks=marks),
)
_LOG_LINES: Final = FlatKind(
    LOG_LINES,
    flat_rows.LOG_LINE_READ,
    flat_rows.log_line_from,
    flat_rows.log_line_row,
    of_plot=lambda plot: plot.log_lines,
    of_change=lambda change: change.log_lines,
    into_plot=lambda plot, lines: replace(plot, log_lines=lines),
)
_ACKNOWLEDGEMENTS: Final = FlatKind(
    ACKNOWLEDGEMENTS,
    flat_rows.ACKNOWLEDGEMENT_READ,
    flat_rows.acknowledgement_from,
    flat_rows.acknowledgement_row,
    of_plot=lambda plot: plot.acknowledgements,
    of_change=lambda change: change.acknowledgements,
    into_plot=lambda plot, found: replace(plot, acknowledgements=found),
)
_CONDITIONS: Final = FlatKind(
    CONDITIONS,
    chartwork_rows.CONDITIONS_READ,
    chartwork_rows.conditions_from,
    chartwork_rows.conditions_row,
    of_plot=lambda plot: plot.conditions,
    of_change=lambda change: change.conditions,
    into_plot=lambda plot, entries: replace(plot, conditions=entries),
)
_APPROACH_WATCHES: Final = FlatKind(
    APPROACH_WATCHES,
    chartwork_rows.APPROACH_WATCH_READ,
    chartwork_rows.approach_watch_from,
    chartwork_rows.approach_watch_row,
    of_plot=lambda plot: plot.approach_watches,
    of_change=lambda change: change.approach_watches,
    into_plot=lambda plot, watches: replace(plot, approach_watches=watches),
)
_PREDICTED_CROSSINGS: Final = FlatKind(
    PREDICTED_CROSSINGS,
    chartwork_rows.PREDICTED_CROSSING_READ,
    chartwork_rows.predicted_crossing_from,
    chartwork_rows.predicted_crossing_row,
    of_plot=lambda plot: plot.predicted_crossings,
    of_change=lambda change: change.predicted_crossings,
    into_plot=lambda plot, crossings: replace(plot, predicted_crossings=crossings),
)
_LIMITS: Final = FlatKind(
    LIMITS,
    chartwork_rows.LIMIT_READ,
    chartwork_rows.limit_from,
    chartwork_rows.limit_row,
    of_plot=lambda plot: plot.limits,
    of_change=lambda change: change.limits,
    into_plot=lambda plot, limits: replace(plot, limits=limits),
)
_SEARCHES: Final = FlatKind(
    SEARCHES,
    chartwork_rows.SEARCH_READ,
    chartwork_rows.search_from,
    chartwork_rows.search_row,
    of_plot=lambda plot: plot.searches,
    of_change=lambda change: change.searches,
    into_plot=lambda plot, searches: replace(plot, searches=searches),
)
_REFERENCE_LAYERS: Final = FlatKind(
    REFERENCE_LAYERS,
    reference_rows.REFERENCE_LAYER_READ,
    reference_rows.reference_layer_from,
    reference_rows.reference_layer_row,
    of_plot=lambda plot: plot.reference_layers,
    of_change=lambda change: change.reference_layers,
    into_plot=lambda plot, layers: replace(plot, reference_layers=layers),
)

WITHDRAWABLE_KINDS: Final = (
    _BEACHES,
    _MARKS,
    _LOG_LINES,
    _CONDITIONS,
    _APPROACH_WATCHES,
    _LIMITS,
    _SEARCHES,
    _REFERENCE_LAYERS,
)
"""What an operator can withdraw, and put back from the list of what was."""

FLAT_KINDS: Final = (
    *WITHDRAWABLE_KINDS,
    _ACKNOWLEDGEMENTS,
    _PREDICTED_CROSSINGS,
)
"""Every kind there is."""
