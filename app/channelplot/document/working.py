"""Which file is opened for a path: the plot itself, or the local copy that it is worked on in."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from channelplot.document.document import Document
from channelplot.document.opening import document_of
from channelplot.document.publisher import Publisher
from channelplot.document.writer import Writer
from channelplot.errors import PlotFileError
from channelplot.store.geopackage import PlotFile
from channelplot.store.published import Standing
from channelplot.store.working_copy import WorkingCopy


@dataclass(frozen=True, slots=True)
class OpenedPlot:
    """An open plot file; copy: what publishes it, None for a file that is not a local copy."""

    file: PlotFile
    copy: WorkingCopy | None = None


def open_plot(
    path: Path, working_folder: Path, now_utc: datetime, *, take_over: bool = False
) -> OpenedPlot:
    """Return an open plot: its local copy where there is one, else the file as it is.

    take_over: as ``PlotFile.open`` has it. Raises PlotFileError.
    """
    copy = WorkingCopy.find(path, working_folder)
    if copy is None:
        return OpenedPlot(PlotFile.open(path, take_over=take_over))
    return _gone_on_with(copy, now_utc, take_over=take_over)


def open_local_copy(
    path: Path, working_folder: Path, now_utc: datetime, *, take_over: bool = False
) -> OpenedPlot:
    """Return the local copy of a plot, made if there is none, open to be worked on.

    Raises PlotFileError, as ``WorkingCopy.make`` does.
    """
    copy = WorkingCopy.find(path, working_folder)
    if copy is None:
        copy = WorkingCopy.make(path, working_folder, now_utc, take_over=take_over)
    return _gone_on_with(copy, now_utc, take_over=take_over)


def document_of_opened(
    opened: OpenedPlot,
    *,
    writer: Writer,
    post: Callable[[Callable[[], None]], None],
    clock: Callable[[], datetime],
    operator: str,
) -> Document:
    """Return the document of what was opened, which publishes itself if it is a local copy.

    post, clock: as ``Publisher`` has them. Raises PlotFileError; everything is closed then.
    """
    file, copy = opened.file, opened.copy
    try:
        publisher = None if copy is None else Publisher(copy, post=post, clock=clock)
        return document_of(file, writer=writer, clock=clock, operator=operator, publisher=publisher)
    except BaseException:
        file.close()
        if copy is not None:
            copy.close()
        raise


def _gone_on_with(copy: WorkingCopy, now_utc: datetime, *, take_over: bool) -> OpenedPlot:
    """Return an open local copy; the published file where another desk has it and nothing is new.

    A local copy with acts that are not published, or of a network that is away, is gone on with:
    what becomes of it there is found out when it is published.
    """
    # First of all: what a writer that was killed left half done is taken back by that.
    file = PlotFile.open(copy.path, in_any_folder=True)
    if file.is_read_only:
        # Another process here has it, and publishes it.
        return OpenedPlot(file)
    try:
        is_ours = copy.hold(take_over=take_over) is None
        is_ahead = is_ours and copy.standing() is Standing.AHEAD
        is_left_to_them = not is_ours and copy.is_published()
    except PlotFileError as error:
        if error.path == copy.published_path:
            return OpenedPlot(file, copy)
        file.close()
        copy.close()
        raise
    if is_ahead:
        return OpenedPlot(_fetched(file, copy, now_utc), copy)
    if is_left_to_them:
        file.close()
        return OpenedPlot(PlotFile.open(copy.published_path))
    return OpenedPlot(file, copy)


def _fetched(file: PlotFile, copy: WorkingCopy, now_utc: datetime) -> PlotFile:
    """Return the local copy with what is published in it; as it was if that can't be fetched.

    Then each goes on by itself, and both are kept.
    """
    file.close()
    with suppress(PlotFileError):
        copy.fetch(now_utc)
    try:
        return PlotFile.open(copy.path, in_any_folder=True)
    except BaseException:
        copy.close()
        raise
