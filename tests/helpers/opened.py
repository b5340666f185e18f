"""An open document with its store, in memory or in a file, for tests below the window."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from channelplot.document.document import Document
from channelplot.document.writer import InlineWriter, Writer
from channelplot.model.plot import Plot
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile
from helpers.clock import FixedClock
from helpers.memory_store import MemoryStore

StoreKind = Literal["memory", "file"]


@dataclass(frozen=True)
class Opened:
    """A document and the store it saves to."""

    document: Document
    store: MemoryStore | PlotFile

    def saved(self) -> Plot:
        """What the store holds, read back from it."""
        return self.store.plot if isinstance(self.store, MemoryStore) else self.store.load().plot


def open_plot(
    plot: Plot,
    *,
    clock: FixedClock,
    folder: Path | None = None,
    store: MemoryStore | PlotFile | None = None,
    writer: Writer | None = None,
) -> Opened:
    """Open a document on a plot: in memory, in a new file of the folder, or in a given store."""
    if store is None and folder is None:
        store = MemoryStore(plot)
    elif store is None:
        assert folder is not None
        act = ActRecord("new_plot", "plot", "", "watch", clock())
        store = PlotFile.create(folder / "night.gpkg", plot, act)
    document = Document(store, plot, writer=writer or InlineWriter(), clock=clock, operator="watch")
    return Opened(document, store)
