"""Reference layers that can't be shown: said in the banner until their files are found."""

from collections.abc import Mapping
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from channelplot.commands.reference_layers import move_reference_file
from channelplot.document.document import Document
from channelplot.errors import (
    CommandRefused,
    RasterFileError,
    ReferenceFileError,
    ReferenceFileFault,
)
from channelplot.exchange.reference_paths import stored_path
from channelplot.model.reference_layer import ReferenceLayer
from channelplot.tools.reference_finding import found_again
from channelplot.tools.reference_loading import SUFFIXES
from channelplot.ui.banner import Banner, Severity
from channelplot.ui.desk import Desk
from channelplot.ui.files.file_dialogs import name_to_open
from channelplot.ui.references import References, ReferenceState, ReferenceStatus
from channelplot.ui.words.messages import error_text
from channelplot.ui.words.reference_text import file_error_text

FIND_CODE: Final = "find_reference"
TOPIC: Final = "references"
_LOST: Final = (ReferenceStatus.MISSING, ReferenceStatus.FAILED)

_Found = tuple[tuple[ReferenceLayer, Path], ...]


class LostReferences(QObject):
    """Says which layers are not shown, and asks for their files.

    A file is taken only if it holds the layer; others that are lost are looked for beside it.
    """

    def __init__(
        self, window: QMainWindow, desk: Desk, banner: Banner, references: References
    ) -> None:
        """Say what is lost already."""
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._banner = banner
        self._references = references
        self._told: Mapping[str, ReferenceState] = {}
        banner.action_wanted.connect(self._act_on)
        references.changed.connect(self._tell)
        desk.session.document_changed.connect(self._take_document)
        self._tell()

    def find(self, layer_uid: str) -> None:
        """Ask where the file of a layer is now; all layers of that file follow."""
        layer = self._desk.session.document.plot.reference_layers.get(layer_uid)
        state = self._references.state(layer_uid)
        if layer is None or state is None:
            return
        name, _ = name_to_open(
            self._window,
            self.tr("Find {name}").format(name=state.path.name),
            str(_nearest_folder(state.path)),
            self.tr("{name};;Layers ({patterns})").format(
                name=state.path.name, patterns=" ".join(f"*{suffix}" for suffix in SUFFIXES)
            ),
        )
        if name:
            background = self._references.background
            document = self._desk.session.document
            search = partial(
                found_again,
                layer,
                Path(name),
                document.path,
                self._others(layer),
                background.closing,
            )
            background.run(search, partial(self._was_found, document, layer))

    def _others(self, wanted: ReferenceLayer) -> list[tuple[ReferenceLayer, Path]]:
        """Return a layer of each other file that is missing, and where that was."""
        layers = self._desk.session.document.plot.reference_layers
        others = {
            layers[uid].path: (layers[uid], state.path)
            for uid, state in self._lost().items()
            if state.status is ReferenceStatus.MISSING and layers[uid].path != wanted.path
        }
        return list(others.values())

    def _was_found(self, document: Document, wanted: ReferenceLayer, ended: Future[_Found]) -> None:
        """Take what was found, one act for each file; say why not, if it is not the file.

        A file that is where it was is read again: it was put right, or has come back.
        """
        if document is not self._desk.session.document:
            return
        try:
            found = ended.result()
        except (ReferenceFileError, RasterFileError) as error:
            self._banner.show_message(self._refusal_text(error, wanted), Severity.WARNING)
            return
        try:
            for layer, path in found:
                stored = stored_path(path, document.known_path)
                if not document.apply(move_reference_file(layer.uid, stored)):
                    self._references.read_again(layer.uid)
        except CommandRefused as refusal:
            self._banner.show_message(error_text(refusal), Severity.WARNING)
            return
        if len(found) > 1:
            said = self.tr("Found in the same folder as well: {files}. Ctrl+Z takes that back.")
            names = ", ".join(path.name for _, path in found[1:])
            self._banner.show_message(said.format(files=names), Severity.INFO)

    def _refusal_text(
        self, error: ReferenceFileError | RasterFileError, wanted: ReferenceLayer
    ) -> str:
        is_other = (
            isinstance(error, ReferenceFileError) and error.fault is ReferenceFileFault.NO_TABLE
        )
        if not is_other:
            return file_error_text(error)
        said = (
            self.tr("{file} does not hold the layer {name}: there is no table {table} in it.")
            if wanted.table
            else self.tr("{file} does not hold the layer {name}.")
        )
        return said.format(file=error.path.name, name=wanted.name, table=wanted.table)

    def _take_document(self, _: Document) -> None:
        self._told = {}
        self._banner.drop(TOPIC)

    def _lost(self) -> dict[str, ReferenceState]:
        states = {
            uid: self._references.state(uid)
            for uid in self._desk.session.document.plot.reference_layers
        }
        return {uid: state for uid, state in states.items() if state and state.status in _LOST}

    def _tell(self) -> None:
        """Say which layers are not shown, again when that changes; one that was closed stays so.

        Until another layer is lost, that is.
        """
        if self._references.is_reading:
            return
        lost = self._lost()
        if not lost:
            self._told = {}
            self._banner.drop(TOPIC)
            return
        if lost == self._told:
            return
        has_fewer = lost.items() <= self._told.items()
        self._told = lost
        if has_fewer and not self._banner.stands(TOPIC):
            return
        can_find = not self._desk.session.document.is_read_only
        self._banner.show_message(
            self._text(lost),
            Severity.INFO,
            action=FIND_CODE if can_find else "",
            action_text=self.tr("Find the file..."),
            topic=TOPIC,
        )

    def _text(self, lost: Mapping[str, ReferenceState]) -> str:
        layers = self._desk.session.document.plot.reference_layers
        missing = [s for s in lost.values() if s.status is ReferenceStatus.MISSING]
        failed = [s for s in lost.values() if s.status is ReferenceStatus.FAILED]
        uid, first = next(iter(lost.items()))
        if len(lost) > 1 and failed and missing:
            said = self.tr(
                "{number} reference layers are not shown: {file} not found, {bad} can't be shown. "
                "The plot is whole."
            )
        elif len(lost) > 1 and failed:
            said = self.tr(
                "{number} reference layers are not shown: {bad} can't be shown. The plot is whole."
            )
        elif failed:
            said = self.tr("The reference layer {name} is not shown. {note} The plot is whole.")
        elif len(lost) > 1:
            said = self.tr(
                "{number} reference layers are not shown: {file} not found. The plot is whole."
            )
        else:
            said = self.tr(
                "The reference layer {name} is not shown: its file {file} is not where it was. "
                "The plot is whole."
            )
        return said.format(
            name=layers[uid].name,
            number=len(lost),
            note=first.note,
            file=_names(missing),
            bad=_names(failed),
        )

    def _act_on(self, code: str) -> None:
        """Ask for the first file that is missing, else the first that can't be shown."""
        if code != FIND_CODE:
            return
        lost = self._lost()
        for wanted in _LOST:
            for uid, state in lost.items():
                if state.status is wanted:
                    self.find(uid)
                    return


def _names(states: list[ReferenceState]) -> str:
    return ", ".join(sorted({state.path.name for state in states}))


def _nearest_folder(path: Path) -> Path:
    """Return the folder of a path, or the nearest one above it that is there."""
    return next((folder for folder in path.parents if folder.is_dir()), Path.home())
