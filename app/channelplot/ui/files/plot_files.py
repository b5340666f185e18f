"""Opening, making and leaving plot files: from a path to a document and back."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from channelplot.commands.command import Entity
from channelplot.document.document import Document
from channelplot.document.working import (
    OpenedPlot,
    document_of_opened,
    open_local_copy,
    open_plot,
)
from channelplot.document.writer import ThreadWriter
from channelplot.errors import PlotFileError
from channelplot.model.plot import Plot
from channelplot.resources import resource_path
from channelplot.settings import working_folder
from channelplot.store.act import ActRecord
from channelplot.store.backups import set_aside_if_lost
from channelplot.store.copies import file_beside
from channelplot.store.faults import faults_of
from channelplot.store.geopackage import PlotFile

SUFFIX: Final = ".gpkg"
EXAMPLE_RESOURCE: Final = "example/example.gpkg"
EXAMPLE_NAME: Final = "Example night.gpkg"

Post = Callable[[Callable[[], None]], None]


class Opener(Protocol):
    """What opens a plot file: ``open_document``, or ``work_on_local_copy``."""

    def __call__(
        self,
        path: Path,
        *,
        post: Post,
        clock: Callable[[], datetime],
        operator: str,
        take_over: bool = False,
    ) -> Document:
        """Return the document of a plot file. Raises PlotFileError."""


def open_document(
    path: Path,
    *,
    post: Post,
    clock: Callable[[], datetime],
    operator: str,
    take_over: bool = False,
) -> Document:
    """Return the document of a plot file, read-only where it can't be written to.

    A plot that is worked on in a local copy is gone on with there. post: runs a function on the
    caller's thread. take_over: somebody has said that nobody else has it open. Raises
    PlotFileError; nothing on disk has changed then.
    """
    opened = open_plot(path.absolute(), working_folder(), clock(), take_over=take_over)
    return _document(opened, post, clock, operator)


def work_on_local_copy(
    path: Path,
    *,
    post: Post,
    clock: Callable[[], datetime],
    operator: str,
    take_over: bool = False,
) -> Document:
    """Return the document of a local copy of a plot on a network or in a synced folder.

    It publishes itself. The arguments are those of ``open_document``. Raises PlotFileError: LOCKED
    where another desk has the plot, READ_ONLY where nothing could be published, and others.
    """
    opened = open_local_copy(path.absolute(), working_folder(), clock(), take_over=take_over)
    return _document(opened, post, clock, operator)


def create_document(
    path: Path, plot: Plot, *, post: Post, clock: Callable[[], datetime], operator: str
) -> Document:
    """Return the document of a new plot file that starts with the plot.

    The suffix .gpkg is added where it is missing. Raises PlotFileError: EXISTS rather than
    write over anything.
    """
    named = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
    file = PlotFile.create(named.absolute(), plot, new_plot_record(operator, clock()))
    return _document(OpenedPlot(file), post, clock, operator)


def new_plot_record(operator: str, at_utc: datetime) -> ActRecord:
    """Return the log's record of a plot being made."""
    return ActRecord("new_plot", Entity.PLOT.value, "", operator, at_utc)


def open_example(
    folder: Path, *, post: Post, clock: Callable[[], datetime], operator: str
) -> tuple[Document, PlotFileError | None]:
    """Return the document of the example, and what is wrong with the operator's own copy of it.

    Something always opens: a copy that is damaged is kept under another name and made anew; where
    none can be made, the example that ships with the program is open to read. folder: of the copy.
    """
    try:
        path = example_copy(folder)
        return open_document(path, post=post, clock=clock, operator=operator), None
    except PlotFileError as error:
        wrong = error
    try:
        set_aside_if_lost(folder / EXAMPLE_NAME, clock())
        path = example_copy(folder)
        return open_document(path, post=post, clock=clock, operator=operator), wrong
    except PlotFileError:
        shipped = PlotFile.open_shipped(resource_path(EXAMPLE_RESOURCE))
        return _document(OpenedPlot(shipped), post, clock, operator), wrong


def is_shipped(path: Path) -> bool:
    """Return whether a plot is the example that ships with the program."""
    return path == resource_path(EXAMPLE_RESOURCE).resolve()


def example_copy(folder: Path) -> Path:
    """Return the operator's own copy of the example plot, made if it is not there.

    Raises PlotFileError when it can't be made.
    """
    path = folder / EXAMPLE_NAME
    if path.exists():
        return path
    with faults_of(path):
        folder.mkdir(parents=True, exist_ok=True)
        with file_beside(path) as draft:
            shutil.copyfile(resource_path(EXAMPLE_RESOURCE), draft)
            draft.replace(path)
    return path


def _document(
    opened: OpenedPlot, post: Post, clock: Callable[[], datetime], operator: str
) -> Document:
    return document_of_opened(
        opened, writer=ThreadWriter(post), post=post, clock=clock, operator=operator
    )
