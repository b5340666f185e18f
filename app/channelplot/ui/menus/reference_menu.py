"""View > Reference layers: adding, styling, finding and removing files that lie under the plot."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QPushButton

from channelplot.chart.layers import reference_id, reference_uid
from channelplot.commands.command import Command
from channelplot.commands.reference_layers import remove_reference_layer
from channelplot.document.document import Document
from channelplot.errors import CommandRefused
from channelplot.model.reference_layer import ReferenceLayer
from channelplot.ui.banner import Banner, Severity
from channelplot.ui.desk import Desk
from channelplot.ui.dialogs.add_references import AddReferencesDialog
from channelplot.ui.dialogs.reference_style import ReferenceStyleDialog
from channelplot.ui.menus.actions import Actions
from channelplot.ui.menus.lost_references import LostReferences
from channelplot.ui.panels.layers import LayersPanel
from channelplot.ui.references import References, ReferenceStatus
from channelplot.ui.words.messages import error_text
from channelplot.ui.words.reference_text import left_out_text

_DIRECT: Final = Qt.FindChildOption.FindDirectChildrenOnly


class ReferenceMenu(QObject):
    """What is done with reference layers, from the menu, the layers panel, a drop or the banner.

    menu: the submenu, filled when it opens. lost: what asks for files that are not found.
    """

    def __init__(
        self,
        window: QMainWindow,
        desk: Desk,
        actions: Actions,
        banner: Banner,
        references: References,
        panel: LayersPanel,
    ) -> None:
        """Connect everything."""
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._actions = actions
        self._banner = banner
        self._references = references
        self._panel = panel
        self._of_current: list[tuple[QAction, bool]] = []
        self._added: frozenset[str] = frozenset()
        self.lost = LostReferences(window, desk, banner, references)
        self.menu = QMenu(self.tr("&Reference layers"), window)
        self.menu.aboutToShow.connect(self._fill)
        actions.connect_to("add_reference_layer", self.add)
        actions.connect_to("read_references", references.read_again)
        references.changed.connect(self._tell_added)
        desk.session.plot_changed.connect(lambda _: self._show_state())
        desk.session.document_changed.connect(self._take_document)
        self._dress_panel()
        references.changed.connect(self._show_notes)
        panel.current_changed.connect(lambda _: self._show_current())
        self._fill()
        self._show_state()
        self._show_notes()

    def add(self, paths: Sequence[Path] = ()) -> None:
        """Open the dialog that adds layers, and read files that are given."""
        found = self._window.findChild(AddReferencesDialog)
        dialog = found or AddReferencesDialog(self._window, self._desk, self._references.background)
        if found is None:
            dialog.added.connect(self._was_added)
        dialog.show()
        dialog.activateWindow()
        dialog.read(paths)

    def style(self, layer_uid: str) -> None:
        """Open the style of a layer; one that is open of another layer is given up."""
        layer = self._layer(layer_uid)
        if layer is None:
            return
        dialog = self._window.findChild(ReferenceStyleDialog)
        if dialog is not None and dialog.layer_uid != layer_uid:
            dialog.reject()
            dialog = None
        dialog = dialog or ReferenceStyleDialog(self._window, self._desk, self._references, layer)
        dialog.show()
        dialog.activateWindow()

    def remove(self, layer_uid: str) -> None:
        """Take a layer off the plot; its file stays."""
        layer = self._layer(layer_uid)
        if layer is not None and self._do(remove_reference_layer(layer_uid)):
            said = self.tr("The layer {name} is removed; its file stays. Ctrl+Z takes that back.")
            self._banner.show_message(said.format(name=layer.name), Severity.INFO)

    def _dress_panel(self) -> None:
        """Give the layers panel what is done with reference layers: a button and a menu."""
        button = QPushButton(self.tr("Add..."), self._panel)
        button.setToolTip(self._actions["add_reference_layer"].toolTip())
        button.setAccessibleName(self.tr("Add a reference layer"))
        button.clicked.connect(lambda: self._actions["add_reference_layer"].trigger())
        self._panel.add_button(button)
        self._style_button = QPushButton(self.tr("Style..."), self._panel)
        self._style_button.setAccessibleName(self.tr("Style of the reference layer"))
        self._style_button.clicked.connect(lambda: self._do_to_current(self.style))
        self._panel.add_button(self._style_button)
        for text, key, slot, is_edit in (
            (self.tr("St&yle of the reference layer..."), "Return", self.style, True),
            (self.tr("F&ind its file..."), "", self.lost.find, True),
            (self.tr("&Read its file again"), "", self._references.read_again, False),
            (self.tr("R&emove the reference layer"), "Delete", self.remove, True),
        ):
            action = QAction(text, self._panel.table)
            action.setShortcuts([QKeySequence(key)] if key else [])
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(partial(self._do_to_current, slot))
            self._of_current.append((action, is_edit))
        self._panel.table.addActions([action for action, _ in self._of_current])
        self._panel.table.doubleClicked.connect(lambda _: self._style_button.click())
        self._show_current()

    def _do_to_current(self, do: Callable[[str], None], _checked: bool = False) -> None:
        uid = reference_uid(self._panel.current)
        if uid is not None:
            do(uid)

    def _show_current(self) -> None:
        """Offer what can be done with the layer that is selected in the panel."""
        is_reference = reference_uid(self._panel.current) is not None
        can_edit = is_reference and not self._desk.session.document.is_read_only
        self._style_button.setEnabled(can_edit)
        self._style_button.setToolTip(
            self.tr("Style of the reference layer (Enter in the list)")
            if is_reference
            else self.tr("Select a reference layer first")
        )
        for action, is_edit in self._of_current:
            action.setVisible(is_reference)
            action.setEnabled(can_edit if is_edit else is_reference)

    def _show_notes(self) -> None:
        """Say in the panel why layers don't show."""
        layers = self._desk.session.document.plot.reference_layers
        notes = {reference_id(uid): self._references.note(uid) for uid in layers}
        self._panel.set_reasons({layer: note for layer, note in notes.items() if note})

    def _layer(self, layer_uid: str) -> ReferenceLayer | None:
        return self._desk.session.document.plot.reference_layers.get(layer_uid)

    def _do(self, command: Command) -> bool:
        try:
            return self._desk.session.document.apply(command)
        except CommandRefused as refusal:
            self._banner.show_message(error_text(refusal), Severity.WARNING)
            return False

    def _was_added(self, layers: Sequence[ReferenceLayer]) -> None:
        """Wait for the files of new layers; until then say that they are being read."""
        self._added = frozenset(layer.uid for layer in layers)
        said = (
            self.tr("Reading the layer {name}...")
            if len(layers) == 1
            else self.tr("Reading {number} layers...")
        )
        self._banner.show_message(
            said.format(name=layers[0].name, number=len(layers)), Severity.INFO
        )
        self._tell_added()

    def _tell_added(self) -> None:
        """Say that new layers are on the chart once the last of them is."""
        layers = self._desk.session.document.plot.reference_layers
        states = [self._references.state(uid) for uid in self._added if uid in layers]
        if not self._added or any(
            state is None or state.status is ReferenceStatus.READING for state in states
        ):
            return
        shown = [uid for uid in self._added if uid in self._references.loaded]
        asked, self._added = len(self._added), frozenset()
        if not shown:
            return
        self._panel.select(reference_id(shown[0]))  # its style is what one sees to next
        if len(shown) < asked:
            said = self.tr("{number} of {asked} layers are on the chart.")
        elif asked == 1:
            said = self.tr("The layer {name} is on the chart.")
        else:
            said = self.tr("{number} layers are on the chart.")
        said = said.format(name=layers[shown[0]].name, number=len(shown), asked=asked)
        left_out = sum(self._references.left_out(uid) for uid in shown)
        if left_out:
            said = f"{said} {left_out_text(left_out)}"
        self._banner.show_message(said, Severity.WARNING if left_out else Severity.INFO)

    def _take_document(self, _: Document) -> None:
        dialog = self._window.findChild(ReferenceStyleDialog)
        if dialog is not None:
            dialog.reject()
        self._added = frozenset()
        self._show_state()

    def _show_state(self) -> None:
        document = self._desk.session.document
        reason = self.tr("This plot is open for reading only.") if document.is_read_only else ""
        self._actions.set_available("add_reference_layer", reason)
        reason = "" if document.plot.reference_layers else self.tr("There is no reference layer.")
        self._actions.set_available("read_references", reason)

    def _fill(self) -> None:
        """Offer what can be done with each layer of the plot."""
        self.menu.clear()
        for submenu in self.menu.findChildren(QMenu, options=_DIRECT):
            submenu.deleteLater()  # clear() leaves them
        self.menu.addAction(self._actions["add_reference_layer"])
        self.menu.addAction(self._actions["read_references"])
        document = self._desk.session.document
        if not document.plot.reference_layers:
            return
        self.menu.addSeparator()
        for uid, layer in document.plot.reference_layers.items():
            note = self._references.note(uid)
            one = self.menu.addMenu(layer.name.replace("&", "&&"))
            if note:
                one.addAction(note).setEnabled(False)
            for text, slot, is_edit in (
                (self.tr("&Style..."), self.style, True),
                (self.tr("&Find the file..."), self.lost.find, True),
                (self.tr("Read a&gain"), self._references.read_again, False),
                (self.tr("&Remove"), self.remove, True),
            ):
                action = one.addAction(text)
                action.setEnabled(not (is_edit and document.is_read_only))
                action.triggered.connect(lambda _=False, slot=slot, uid=uid: slot(uid))
