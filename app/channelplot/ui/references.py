"""What is loaded of the plot's reference layers: read beside the window, one file at a time."""

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from threading import Event
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QObject, Signal

from channelplot.chart.canvas import ChartCanvas
from channelplot.chart.reference import ReferenceFeatures
from channelplot.document.document import Document
from channelplot.document.session import Session
from channelplot.errors import (
    RasterFileError,
    ReferenceFileError,
    ReferenceFileFault,
)
from channelplot.exchange.reference_paths import found_path
from channelplot.model.plot import Plot
from channelplot.model.reference_layer import ReferenceLayer, ReferenceStyle
from channelplot.ui.files.reference_reading import Loaded, read_layer
from channelplot.ui.inside.background import Background
from channelplot.ui.words.reference_text import file_error_text, missing_text

_NOTHING: Final[Mapping[str, Loaded]] = MappingProxyType({})


class ReferenceStatus(StrEnum):
    """How far a layer's file has come."""

    READING = "reading"
    LOADED = "loaded"
    MISSING = "missing"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ReferenceState:
    """How far a layer has come, where its file should be, and what is to be said of it."""

    status: ReferenceStatus
    path: Path
    note: str = ""


class References(QObject):
    """Reads the files of the plot's reference layers and gives their shapes to the chart.

    A file is read when its plot is opened, when its layer is added or its path changes, and when
    somebody asks; what is read stays while another style is given. Signal: changed(), when what
    is to be said of a layer changes. A plot without such layers starts nothing.
    background: where files are read, one after the other; the dialog that adds layers reads there
    too.
    """

    changed = Signal()

    def __init__(self, parent: QObject, session: Session, canvas: ChartCanvas) -> None:
        """Begin with the layers of the open plot."""
        super().__init__(parent)
        self._session = session
        self._canvas = canvas
        self.background = Background(self)
        self._stop = Event()
        self._asked: dict[str, ReferenceLayer] = {}
        self._jobs: dict[str, int] = {}
        self._number = 0
        self._states: dict[str, ReferenceState] = {}
        self._loaded: dict[str, Loaded] = {}
        self._preview: tuple[str, ReferenceStyle] | None = None
        session.plot_changed.connect(lambda _: self._follow())
        session.document_changed.connect(self._take_document)
        self._follow()

    @property
    def loaded(self) -> Mapping[str, Loaded]:
        """Return what is loaded, by the uid of its layer."""
        return MappingProxyType(dict(self._loaded))

    @property
    def is_reading(self) -> bool:
        """Return whether a file is being read, or waits to be."""
        return bool(self._jobs)

    def state(self, layer_uid: str) -> ReferenceState | None:
        """Return how far a layer has come, None for one that is not in the plot."""
        return self._states.get(layer_uid)

    def note(self, layer_uid: str) -> str:
        """Return the quiet note about a layer: that it is missing, why it can't be shown; or ""."""
        state = self._states.get(layer_uid)
        if state is None:
            return ""
        return self.tr("Reading...") if state.status is ReferenceStatus.READING else state.note

    def left_out(self, layer_uid: str) -> int:
        """Return how many shapes of a layer that is loaded lie where there is no place."""
        loaded = self._loaded.get(layer_uid)
        return loaded.left_out if isinstance(loaded, ReferenceFeatures) else 0

    def columns(self, layer_uid: str) -> tuple[str, ...]:
        """Return the columns of a layer that is loaded; none of another."""
        loaded = self._loaded.get(layer_uid)
        return tuple(loaded.columns) if isinstance(loaded, ReferenceFeatures) else ()

    def read_again(self, layer_uid: str | None = None) -> None:
        """Read a file again that may have changed; those of all layers, if none is named."""
        layers = self._session.document.plot.reference_layers
        for uid, layer in layers.items():
            if layer_uid in (None, uid):
                self._read(layer)
        self.changed.emit()

    def preview(self, layer_uid: str, style: ReferenceStyle | None) -> None:
        """Show a layer in a style that is being tried; None: in its own again."""
        self._preview = None if style is None else (layer_uid, style)
        document = self._session.document
        self._canvas.set_plot(self.previewed(document.plot), document.pending_uids)

    def previewed(self, plot: Plot) -> Plot:
        """Return a plot as it is to be drawn, with the style that is being tried."""
        if self._preview is None:
            return plot
        uid, style = self._preview
        layer = plot.reference_layers.get(uid)
        return plot if layer is None else plot.with_reference_layer(replace(layer, style=style))

    def close(self) -> None:
        """Stop what is being read."""
        self._stop.set()
        self.background.close()

    def _take_document(self, _: Document) -> None:
        """Let go of the layers of the plot that was open, and read those of the new one."""
        self._stop.set()
        self._stop = Event()
        for gone in (self._asked, self._jobs, self._states, self._loaded):
            gone.clear()
        self._preview = None
        self._show()
        self._follow()

    def _follow(self) -> None:
        layers = self._session.document.plot.reference_layers
        is_changed = False
        for uid in self._asked.keys() - layers.keys():
            self._drop(uid)
            is_changed = True
        for uid, layer in layers.items():
            before = self._asked.get(uid)
            if before is None or _source(before) != _source(layer):
                self._read(layer)
                is_changed = True
        if is_changed:
            self._show()
            self.changed.emit()

    def _drop(self, uid: str) -> None:
        del self._asked[uid]
        for kept in (self._jobs, self._states, self._loaded):
            kept.pop(uid, None)

    def _read(self, layer: ReferenceLayer) -> None:
        """Read a layer's file after those that wait; what is loaded of it stays meanwhile."""
        document = self._session.document
        path = found_path(layer.path, document.known_path)
        self._asked[layer.uid] = layer
        self._states[layer.uid] = ReferenceState(ReferenceStatus.READING, path)
        self._number += 1
        self._jobs[layer.uid] = self._number
        self.background.run(
            partial(read_layer, layer, path, document.path, self._stop),
            partial(self._was_read, layer.uid, self._number, path),
        )

    def _was_read(self, uid: str, number: int, path: Path, ended: Future[Loaded]) -> None:
        if self._jobs.get(uid) != number:
            return
        del self._jobs[uid]
        try:
            self._loaded[uid] = ended.result()
            state = ReferenceState(ReferenceStatus.LOADED, path)
        except ReferenceFileError as error:
            self._loaded.pop(uid, None)
            is_missing = error.fault is ReferenceFileFault.NOT_FOUND
            status = ReferenceStatus.MISSING if is_missing else ReferenceStatus.FAILED
            note = missing_text(path) if is_missing else file_error_text(error)
            state = ReferenceState(status, path, note)
        except RasterFileError as error:
            self._loaded.pop(uid, None)
            state = ReferenceState(ReferenceStatus.FAILED, path, file_error_text(error))
        self._states[uid] = state
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self._canvas.set_references(self.loaded)


def _source(layer: ReferenceLayer) -> tuple[object, ...]:
    """Return what decides what is read."""
    return layer.path, layer.table, layer.crs, layer.kind, layer.schema
