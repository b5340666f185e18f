"""What is the matter with a plot file, and why one is open for reading only, in words."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.geodesy.text import day_text, zulu_text
from channelplot.store.geopackage import ReadOnlyReason
from channelplot.store.lock import LockHold, LockHolder

_FILE_FAULTS: Final[Mapping[PlotFileFault, object]] = {
    PlotFileFault.NOT_FOUND: QT_TRANSLATE_NOOP(
        "Messages", "There is no file {name}. Nothing was changed. Check the name and the folder."
    ),
    PlotFileFault.FOLDER_MISSING: QT_TRANSLATE_NOOP(
        "Messages",
        "The folder {folder} does not exist. Nothing was changed. Make it first or choose another.",
    ),
    PlotFileFault.NOT_A_FILE: QT_TRANSLATE_NOOP(
        "Messages", "{name} is not a file. Nothing was changed. Choose a plot file (.gpkg)."
    ),
    PlotFileFault.NAME_TOO_LONG: QT_TRANSLATE_NOOP(
        "Messages", "The name of the file is too long. Nothing was changed. Choose a shorter one."
    ),
    PlotFileFault.EXISTS: QT_TRANSLATE_NOOP(
        "Messages", "{name} exists already and was left as it is. Choose another name."
    ),
    PlotFileFault.NOT_GEOPACKAGE: QT_TRANSLATE_NOOP(
        "Messages",
        "{name} is not a GeoPackage, so it is no plot. It was not changed. Choose a plot file.",
    ),
    PlotFileFault.OTHER_PROGRAM: QT_TRANSLATE_NOOP(
        "Messages",
        "{name} is a GeoPackage of another program, not a plot. It was not changed. "
        "Choose a plot file.",
    ),
    PlotFileFault.DAMAGED: QT_TRANSLATE_NOOP(
        "Messages",
        "{name} is damaged and was not opened or changed. Keep it, and restore the plot from a "
        "backup.",
    ),
    PlotFileFault.TOO_NEW: QT_TRANSLATE_NOOP(
        "Messages",
        "{name} was made by a newer Channel Plot. It was not changed. "
        "Update this program to open it.",
    ),
    PlotFileFault.READ_ONLY: QT_TRANSLATE_NOOP(
        "Messages",
        "{name} can't be written to. What is not saved stays here; save a copy elsewhere.",
    ),
    PlotFileFault.LOCKED: QT_TRANSLATE_NOOP(
        "Messages",
        "{name} is being written to by another program. What is not saved stays here and is "
        "tried again.",
    ),
    PlotFileFault.FULL: QT_TRANSLATE_NOOP(
        "Messages",
        "The disk with {name} is full. What is not saved stays here and is tried again; "
        "make room or save a copy elsewhere.",
    ),
    PlotFileFault.MOVED: QT_TRANSLATE_NOOP(
        "Messages",
        "{name} was moved, deleted or replaced while it was open. What is not saved stays here; "
        "save a copy now.",
    ),
    PlotFileFault.TAKEN: QT_TRANSLATE_NOOP(
        "Messages",
        "{name} is open at another desk too ({detail}), which has its lock file now. Nothing is "
        "saved here until it is closed there; what is not saved stays here. Save a copy now, or "
        "close one of the two.",
    ),
    PlotFileFault.TOO_SLOW: QT_TRANSLATE_NOOP(
        "Messages",
        "{name} takes longer to read than any plot of its size, so reading it was stopped. It was "
        "not changed. Ask whoever it came from; it may have been tampered with.",
    ),
    PlotFileFault.FOREIGN: QT_TRANSLATE_NOOP(
        "Messages",
        "Another program put rules of its own into {name} (triggers, views, a unique index), which "
        "refuse or could change what is plotted. What is not saved stays here; save a copy now and "
        "go on in that.",
    ),
    PlotFileFault.INPUT_OUTPUT: QT_TRANSLATE_NOOP(
        "Messages",
        "{name} could not be read or written. What is not saved stays here and is tried again; "
        "save a copy elsewhere.",
    ),
}
_READ_ONLY: Final[Mapping[ReadOnlyReason, object]] = {
    ReadOnlyReason.FILE: QT_TRANSLATE_NOOP(
        "Messages",
        "{name} is open for reading only: the file may not be written to. To plot, save a copy "
        "and open that.",
    ),
    ReadOnlyReason.FOLDER: QT_TRANSLATE_NOOP(
        "Messages",
        "{name} is open for reading only: its folder may not be written to. To plot, save a copy "
        "elsewhere and open that.",
    ),
    ReadOnlyReason.LOCKED: QT_TRANSLATE_NOOP(
        "Messages",
        "{name} is open for reading only: it is open elsewhere. To plot, save a copy and open "
        "that.",
    ),
    ReadOnlyReason.LOCK_UNSURE: QT_TRANSLATE_NOOP(
        "Messages",
        "{name} is open for reading only: somebody may have it open elsewhere. To plot, save a "
        "copy and open that.",
    ),
    ReadOnlyReason.FOREIGN: QT_TRANSLATE_NOOP(
        "Messages",
        "{name} is open for reading only: another program, or damage, has changed how it is built "
        "(triggers, views, version) or what it may hold. To plot, make a new plot and carry the "
        "open boats over.",
    ),
    ReadOnlyReason.NETWORK: QT_TRANSLATE_NOOP(
        "Messages",
        "{name} is open for reading only: it lies on a network drive, where two desks can spoil "
        "each other's acts. To plot, work on a local copy: every act is saved on this computer "
        "and published on the network within about a minute.",
    ),
    ReadOnlyReason.SYNCED: QT_TRANSLATE_NOOP(
        "Messages",
        "{name} is open for reading only: a service such as OneDrive or Dropbox copies its folder, "
        "at times in the middle of an act. To plot, work on a local copy: every act is saved "
        "outside that folder and published into it within about a minute.",
    ),
    ReadOnlyReason.LINKED: QT_TRANSLATE_NOOP(
        "Messages",
        "{name} is open for reading only: the file has a second name (a hard link), under which "
        "somebody else could write to it unseen. To plot, save a copy and open that, or remove "
        "the other name.",
    ),
    ReadOnlyReason.OLD: QT_TRANSLATE_NOOP(
        "Messages",
        "{name} is open for reading only: it is of an earlier Channel Plot, and could not be "
        "brought up to date with a copy kept first. Make room on the disk and open it again.",
    ),
}


def file_error_text(error: PlotFileError) -> str:
    """Return one or two sentences: what happened, is the plot safe, what to do now."""
    text = _worded(_FILE_FAULTS[error.fault])
    return text.format(
        name=error.path.name or error.path, folder=error.path.parent, detail=error.detail
    )


def read_only_text(path: Path, reason: ReadOnlyReason | None, locked_by: LockHolder | None) -> str:
    """Return why a plot is open for reading only, and what to do to plot in it."""
    if reason is ReadOnlyReason.LOCKED and locked_by is not None:
        text = _worded(
            QT_TRANSLATE_NOOP(
                "Messages",
                "{name} is open for reading only: {user} on {host} has had it open since {since} "
                "(process {pid}). It can be plotted in once they close it; or save a copy and "
                "open that.",
            )
        )
        return _of_holder(text, path, locked_by)
    if reason is ReadOnlyReason.LOCK_UNSURE and locked_by is not None:
        text = _worded(
            QT_TRANSLATE_NOOP(
                "Messages",
                "{name} is open for reading only: {user} on {host} has had it open since {since}, "
                "but whether they still do can't be seen from here. Is anybody plotting there?",
            )
            if locked_by.hold is LockHold.ELSEWHERE
            else QT_TRANSLATE_NOOP(
                "Messages",
                "{name} is open for reading only. Its lock file, from {since}, does not say whose "
                "it is, as after a power cut. Is anybody else plotting in it?",
            )
        )
        return _of_holder(text, path, locked_by)
    return _worded(_READ_ONLY[reason or ReadOnlyReason.FILE]).format(name=path.name)


def _of_holder(text: str, path: Path, holder: LockHolder) -> str:
    return text.format(
        name=path.name,
        user=holder.user or "?",
        host=holder.host or "?",
        since=f"{zulu_text(holder.since_utc)} {day_text(holder.since_utc)}",
        pid=holder.pid,
    )


def _worded(marked: object) -> str:
    """Return the translation of a text marked above (Qt types the mark as an object)."""
    return QCoreApplication.translate("Messages", str(marked))
