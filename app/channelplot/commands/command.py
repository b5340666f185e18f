"""What an operator does to a plot: a label and a function from plot to plot."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from channelplot.model.plot import Plot


class Entity(StrEnum):
    """The kind of the main thing an act is about."""

    REPORT = "report"
    TRACK = "track"
    BEACH = "beach"
    MARK = "mark"
    LOG_LINE = "log_line"
    ALERT = "alert"
    CONDITIONS = "conditions"
    APPROACH_WATCH = "approach_watch"
    PREDICTED_CROSSING = "predicted_crossing"
    LIMIT = "limit"
    SEARCH = "search"
    REFERENCE_LAYER = "reference_layer"
    PLOT = "plot"


@dataclass(frozen=True, slots=True)
class Command:
    """A labelled pure function from plot to plot.

    label: a code, worded by ``ui/words/act_words.py``; name: what it is about, for the menu ("Undo
    start track A"); name_of: returns that from the plot before the edit, where only the plot
    knows; entity and entity_uid: the main thing, for the log; reason: why, in the operator's
    words, for acts that ask. is_by_program: nobody did it and nobody undoes it. edit raises
    CommandRefused when the edit is not allowed.
    """

    label: str
    entity: Entity
    entity_uid: str
    edit: Callable[[Plot], Plot]
    name: str = ""
    reason: str = ""
    name_of: Callable[[Plot], str] | None = None
    is_by_program: bool = False

    def name_in(self, plot: Plot) -> str:
        """Return what the command is about, for people; plot: the one it is to edit."""
        return self.name or (self.name_of(plot) if self.name_of is not None else "")
