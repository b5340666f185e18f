"""What became of an open plot's file, in words: recovered, taken away, changed by others."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.store.geopackage import Recovered
from channelplot.store.lock import LockHolder
from channelplot.store.log import LoggedAct
from channelplot.store.outside import OUTSIDE
from channelplot.store.tables import BEACHES, LOG_LINES, MARKS, PEOPLE_COUNTS, REPORTS, TRACKS
from channelplot.ui.words.messages import error_text
from channelplot.ui.words.time_text import time_text

translate: Final = QCoreApplication.translate
_TROUBLES: Final[Mapping[PlotFileFault, object]] = {
    PlotFileFault.MOVED: QT_TRANSLATE_NOOP(
        "Recovery",
        "{name} was moved, deleted or replaced while it was open. All of the plot is still here: "
        "save a copy now and go on in that, or put the file back.",
    ),
    PlotFileFault.NOT_FOUND: QT_TRANSLATE_NOOP(
        "Recovery",
        "{name} was moved or deleted while it was open. All of the plot is still here: save a "
        "copy now and go on in that, or put the file back.",
    ),
    PlotFileFault.DAMAGED: QT_TRANSLATE_NOOP(
        "Recovery",
        "{name} was damaged or cut short while it was open. All of the plot is still here: save a "
        "copy now and go on in that.",
    ),
}
_SPOILED: Final = frozenset(
    {PlotFileFault.DAMAGED, PlotFileFault.NOT_GEOPACKAGE, PlotFileFault.OTHER_PROGRAM}
)
"""What a file that was damaged or cut short while it was open is called when it is read."""
_OTHER_TROUBLE: Final = QT_TRANSLATE_NOOP(
    "Recovery",
    "{name} can't be read any more ({detail}). All of the plot is still here, and the file is "
    "tried again; save a copy elsewhere.",
)
_CHANGED: Final[tuple[tuple[str, object, object], ...]] = (
    (
        TRACKS.name,
        QT_TRANSLATE_NOOP("Recovery", "1 track"),
        QT_TRANSLATE_NOOP("Recovery", "{number} tracks"),
    ),
    (
        REPORTS.name,
        QT_TRANSLATE_NOOP("Recovery", "1 report"),
        QT_TRANSLATE_NOOP("Recovery", "{number} reports"),
    ),
    (
        BEACHES.name,
        QT_TRANSLATE_NOOP("Recovery", "1 beach"),
        QT_TRANSLATE_NOOP("Recovery", "{number} beaches"),
    ),
    (
        MARKS.name,
        QT_TRANSLATE_NOOP("Recovery", "1 mark"),
        QT_TRANSLATE_NOOP("Recovery", "{number} marks"),
    ),
    (
        LOG_LINES.name,
        QT_TRANSLATE_NOOP("Recovery", "1 line of the log"),
        QT_TRANSLATE_NOOP("Recovery", "{number} lines of the log"),
    ),
    (
        PEOPLE_COUNTS.name,
        QT_TRANSLATE_NOOP("Recovery", "1 count of people"),
        QT_TRANSLATE_NOOP("Recovery", "{number} counts of people"),
    ),
)
"""Tables, and one and several of their rows; other tables are told as other things."""


def _worded(marked: object) -> str:
    return translate("Recovery", str(marked))


def trouble_text(trouble: BaseException) -> str:
    """Return what is wrong with the file of an open plot of which nothing waits to be saved."""
    if not isinstance(trouble, PlotFileError):
        return error_text(trouble)
    fault = PlotFileFault.DAMAGED if trouble.fault in _SPOILED else trouble.fault
    if fault in (PlotFileFault.TAKEN, PlotFileFault.FOREIGN):
        return error_text(trouble)
    text = _worded(_TROUBLES.get(fault, _OTHER_TROUBLE))
    return text.format(name=trouble.path.name, detail=trouble.detail or trouble.fault.value)


def failure_text(failure: BaseException) -> str:
    """Return why an act could not be saved, and that it stays here."""
    is_spoiled = isinstance(failure, PlotFileError) and failure.fault in _SPOILED
    return trouble_text(failure) if is_spoiled else error_text(failure)


def trouble_mark_text(trouble: BaseException) -> str:
    """Return the same in the two or three words of the saved mark."""
    if isinstance(trouble, PlotFileError):
        if trouble.fault in (PlotFileFault.MOVED, PlotFileFault.NOT_FOUND):
            return translate("Recovery", "Plot file is gone")
        if trouble.fault is PlotFileFault.TAKEN:
            return translate("Recovery", "Open at another desk")
        if trouble.fault is PlotFileFault.FOREIGN:
            return translate("Recovery", "Plot file has foreign rules")
        if trouble.fault in _SPOILED:
            return translate("Recovery", "Plot file is damaged")
    return translate("Recovery", "Plot file not readable")


def recovered_text(
    recovered: Recovered,
    last: LoggedAct | None,
    number_of_acts: int,
    clock: Callable[[], datetime],
    *,
    has_half_line: bool,
    unsaved_lines: int,
) -> str:
    """Return what was there after a window that was not closed properly.

    last: the last act of the log. has_half_line: what was being typed is in the line again;
    unsaved_lines: so many lines had been entered without having been saved.
    """
    left_by = recovered.left_by
    texts = [
        translate("Recovery", "Channel Plot was not closed properly.")
        if left_by is None
        else translate(
            "Recovery", "Channel Plot was not closed properly (running since {since})."
        ).format(since=time_text(left_by.since_utc, clock))
    ]
    if last is not None:
        words = (
            translate(
                "Recovery",
                "What was saved is here, 1 act, at {time} by {operator}; undo goes on.",
            )
            if number_of_acts == 1
            else translate(
                "Recovery",
                "What was saved is here, {number} acts, the last at {time} by {operator}; undo "
                "goes on.",
            )
        )
        texts.append(
            words.format(
                number=number_of_acts,
                time=time_text(last.at_utc, clock),
                operator=_who_text(last.operator),
            )
        )
    if recovered.had_unfinished_act:
        texts.append(
            translate("Recovery", "An act that was being written when it stopped was taken back.")
        )
    if unsaved_lines == 1:
        texts.append(
            translate(
                "Recovery",
                "A line that was entered was not saved yet: it stands in the plot line, enter it "
                "again.",
            )
        )
    elif unsaved_lines:
        texts.append(
            translate(
                "Recovery",
                "{number} lines that were entered were not saved yet: the first stands in the "
                "plot line, Up brings the others; enter them again.",
            ).format(number=unsaved_lines)
        )
    elif has_half_line:
        texts.append(translate("Recovery", "The half-typed line is back."))
    return " ".join(texts)


def _who_text(operator: str) -> str:
    """Return who did an act: an operator by name, or that it was another program."""
    return translate("Recovery", "another program") if operator == OUTSIDE else operator


def outside_text(act: LoggedAct) -> str:
    """Return what another program changed, from the act that was logged for it."""
    before, after = act.rows()
    changed = {
        table: before.get(table, {}).keys() | after.get(table, {}).keys()
        for table in before.keys() | after.keys()
    }
    told = [
        _worded(one if len(changed[table]) == 1 else several).format(number=len(changed[table]))
        for table, one, several in _CHANGED
        if changed.get(table)
    ]
    known = {table for table, _, _ in _CHANGED}
    if any(rows for table, rows in changed.items() if table not in known):
        told.append(translate("Recovery", "other things"))
    return translate(
        "Recovery",
        "Another program changed this plot: {things}. It is in the watch log and can be undone.",
    ).format(things=", ".join(told))


def following_text() -> str:
    """Return that a plot that is open elsewhere is followed."""
    return translate("Recovery", "What is plotted there shows here by itself.")


def free_text(path: Path, held_by: LockHolder | None) -> str:
    """Return that a plot that was open elsewhere can be plotted in now."""
    if held_by is None or not held_by.user:
        return translate("Recovery", "{name} is free now: nobody else has it open.").format(
            name=path.name
        )
    return translate(
        "Recovery", "{name} is free now: {user} on {host} no longer has it open."
    ).format(name=path.name, user=held_by.user, host=held_by.host or "?")


def waiting_text(path: Path) -> str:
    """Return that an act takes long to save."""
    return translate(
        "Recovery",
        "Waiting to save: another program is writing to {name}, or the disk is slow. What is not "
        "saved stays here; plotting can go on.",
    ).format(name=path.name)


def readable_again_text(path: Path) -> str:
    """Return that what was wrong with the file is over."""
    return translate("Recovery", "{name} is in its place again and can be read.").format(
        name=path.name
    )
