"""From an open plot file to its document."""

from collections.abc import Callable
from datetime import datetime

from channelplot.document.document import Document
from channelplot.document.past import history_of
from channelplot.document.publisher import Publisher
from channelplot.document.writer import Writer
from channelplot.store.geopackage import PlotFile


def document_of(
    file: PlotFile,
    *,
    writer: Writer,
    clock: Callable[[], datetime],
    operator: str,
    publisher: Publisher | None = None,
) -> Document:
    """Return the document of an open plot file: its undo goes on where it was.

    clock: returns the time in UTC. publisher: of a file that is a local copy. Raises
    PlotFileError; the file is closed then.
    """
    try:
        loaded = file.load(clock())
    except BaseException:
        file.close()
        raise
    return Document(
        file,
        loaded.plot,
        writer=writer,
        clock=clock,
        operator=operator,
        names_ever=loaded.names_ever,
        acts=loaded.acts,
        # Nothing can be undone where nothing can be written.
        history=None if file.is_read_only else history_of(loaded.plot, loaded.acts),
        publisher=publisher,
    )
