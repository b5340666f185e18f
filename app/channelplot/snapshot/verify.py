"""Whether a sheet is what a plot makes."""

from collections.abc import Iterable
from enum import StrEnum

from PySide6.QtCore import qVersion

from channelplot.snapshot.record import SheetRecord
from channelplot.version import __version__


class Verdict(StrEnum):
    """What comes out when a sheet is made again."""

    SAME = "same"
    """Byte for byte."""
    SAME_STATE = "same_state"
    """The plot has the state the sheet names; another version made it, so bytes say nothing."""
    CHANGED = "changed"
    """The plot has that state, and makes another sheet of it."""
    OTHER_PLOT = "other_plot"
    """The plot never had that state."""
    NO_STATE = "no_state"
    """The sheet names none: not all that it shows was on disk, or nothing was plotted."""


def compared(data: bytes, made: Iterable[bytes], record: SheetRecord) -> Verdict:
    """Return what a sheet is worth. made: the files that its record makes of the plot now."""
    if data in tuple(made):
        return Verdict.SAME
    is_ours = record.version == __version__ and record.qt == qVersion()
    return Verdict.CHANGED if is_ours else Verdict.SAME_STATE
