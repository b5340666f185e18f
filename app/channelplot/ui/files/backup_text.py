"""Backups of a plot in words: when each was made, what it holds, what restoring one does."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from channelplot.document.backup_keeper import BackupState
from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.geodesy.text import date_time_group, duration_text
from channelplot.store.backups import Backup, BackupContents
from channelplot.store.log import LoggedAct
from channelplot.store.outside import OUTSIDE
from channelplot.ui.words.act_words import ACTS, act_text
from channelplot.ui.words.messages import error_text
from channelplot.ui.words.time_text import time_text

translate: Final = QCoreApplication.translate
_REASONS: Final[Mapping[PlotFileFault, object]] = {
    PlotFileFault.FULL: QT_TRANSLATE_NOOP("Backups", "the disk is full"),
    PlotFileFault.READ_ONLY: QT_TRANSLATE_NOOP("Backups", "nothing may be written there"),
    PlotFileFault.FOLDER_MISSING: QT_TRANSLATE_NOOP("Backups", "the folder is not there"),
    PlotFileFault.NOT_FOUND: QT_TRANSLATE_NOOP("Backups", "the folder is not there"),
    PlotFileFault.DAMAGED: QT_TRANSLATE_NOOP("Backups", "the file of the plot is damaged"),
    PlotFileFault.MOVED: QT_TRANSLATE_NOOP("Backups", "the file of the plot was taken away"),
    PlotFileFault.LOCKED: QT_TRANSLATE_NOOP("Backups", "another program is writing to the plot"),
    PlotFileFault.FOREIGN: QT_TRANSLATE_NOOP(
        "Backups", "another program put rules of its own into the plot"
    ),
}
_DAYS_FROM: Final = timedelta(hours=48)
_BYTES_PER_KB, _BYTES_PER_MB = 1_000, 1_000_000


class PlotState(Enum):
    """How it stands with the plot that backups are of."""

    UNKNOWN = "unknown"
    OPEN = "open"
    """Open in this window, whatever became of its file."""
    SOUND = "sound"
    DAMAGED = "damaged"
    MISSING = "missing"


def age_text(made_at_utc: datetime, now_utc: datetime) -> str:
    """Return how long ago a backup was made: ``12 min``, ``26 h``, ``3 days``."""
    age = max(now_utc - made_at_utc, timedelta())
    if age >= _DAYS_FROM:
        return translate("Backups", "{number} days").format(number=age.days)
    return duration_text(age.total_seconds())


def size_text(size_bytes: int) -> str:
    """Return the size of a file: ``312 kB``, ``4.1 MB``."""
    if size_bytes < _BYTES_PER_MB:
        return translate("Backups", "{number} kB").format(
            number=max(1, round(size_bytes / _BYTES_PER_KB))
        )
    return translate("Backups", "{number:.1f} MB").format(number=size_bytes / _BYTES_PER_MB)


def where_text(backup: Backup, plot_path: Path) -> str:
    """Return in which of the two folders a backup is."""
    if backup.path.parent.parent == plot_path.parent:
        return translate("Backups", "beside the plot")
    return translate("Backups", "second folder")


def last_act_text(contents: BackupContents, clock: Callable[[], datetime]) -> str:
    """Return when and what the last act of a backup was, or what is wrong with the backup."""
    if contents.problem is not None:
        return translate("Backups", "Damaged or unreadable: can't be restored")
    if contents.last_act is None:
        return translate("Backups", "no act")
    last = contents.last_act
    return f"{time_text(last.at_utc, clock)}  {_act_text(last)}"


def last_act_tip(contents: BackupContents) -> str:
    """Return when the last act of a backup was, in full, or why it can't be restored."""
    if contents.problem is not None:
        return error_text(contents.problem)
    last = contents.last_act
    return "" if last is None else f"{date_time_group(last.at_utc)}: {_act_text(last)}"


def will_happen_text(
    state: PlotState, plot: Path, backup: BackupContents | None, plot_acts: int
) -> str:
    """Return what restoring a backup does to the plot, and what is not in the backup.

    backup: what it holds, None until that is known. plot_acts: how many acts the plot has.
    """
    name = plot.name
    if state in (PlotState.OPEN, PlotState.SOUND):
        text = translate(
            "Backups",
            "{name} stays as it is. The backup becomes a new plot beside it, and opens.",
        ).format(name=name)
        missing = 0 if backup is None else plot_acts - backup.acts
        if missing == 1:
            text += translate("Backups", " One act of {name} is not in it.").format(name=name)
        elif missing > 1:
            text += translate("Backups", " {number} acts of {name} are not in it.").format(
                number=missing, name=name
            )
        return text
    if state is PlotState.DAMAGED:
        return translate(
            "Backups",
            "{name} is damaged. It is kept under another name, {name}.corrupt-..., and never "
            "written over. The backup takes its place and opens; what was plotted after the "
            "backup is not in it.",
        ).format(name=name)
    if state is PlotState.MISSING:
        return translate(
            "Backups",
            "{name} is no longer there. The backup takes its place and opens; what was plotted "
            "after the backup is not in it.",
        ).format(name=name)
    return translate("Backups", "Looking at {name}...").format(name=name)


def no_backups_text(plot: Path, folder: Path, second: Path | None) -> str:
    """Return what stands in the place of the list where there is no backup."""
    text = translate(
        "Backups",
        "There is no backup of {name}.\n\nBackups are made when a plot is opened, every 15 "
        "minutes while it changes, and when it is closed, in\n{folder}",
    ).format(name=plot.name, folder=folder)
    if second is None:
        return text
    return text + translate("Backups", "\nand in\n{folder}").format(folder=second)


def no_backup_text(state: BackupState, plot: Path, clock: Callable[[], datetime]) -> str:
    """Return why a plot has no new backup, and since when; "" where backups are made."""
    failure = state.failure or state.second_failure
    if failure is None:
        return ""
    since = ""
    if state.last is not None:
        since = time_text(state.last.made_at_utc, clock)
    if state.failure is None:
        text = translate(
            "Backups",
            "Backups of {name} are made beside it, but not in the second folder, {folder}: "
            "{reason}. The plot is safe.",
        )
    elif since:
        text = translate(
            "Backups", "No backup of {name} since {since}: {reason}. The plot itself is saved."
        )
    else:
        text = translate(
            "Backups", "No backup of {name} could be made: {reason}. The plot itself is saved."
        )
    return text.format(
        name=plot.name, since=since, folder=failure.path, reason=_reason_text(failure)
    )


def _reason_text(failure: PlotFileError) -> str:
    marked = _REASONS.get(failure.fault)
    return failure.detail or failure.fault.value if marked is None else _worded(marked)


def _worded(marked: object) -> str:
    return translate("Backups", str(marked))


def _act_text(act: LoggedAct) -> str:
    turn, _, label = act.label.rpartition(".")
    words = act_text(label, act.name) if label in ACTS else _other_act_text(label)
    if turn == "undo":
        words = translate("Backups", "undone: {act}").format(act=words)
    elif turn == "redo":
        words = translate("Backups", "done again: {act}").format(act=words)
    if act.operator == OUTSIDE:
        return words
    return translate("Backups", "{act}, by {operator}").format(act=words, operator=act.operator)


def _other_act_text(label: str) -> str:
    if label == "new_plot":
        return translate("Backups", "new plot")
    return label.replace("_", " ")
