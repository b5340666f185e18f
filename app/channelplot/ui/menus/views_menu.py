"""Ctrl+1 to Ctrl+9: the views of the chart that are kept; with Shift as well, to keep one."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from channelplot.chart.qt_guard import qt_guarded
from channelplot.geodesy.text import position_text, scale_text
from channelplot.ui.banner import Banner, Severity
from channelplot.ui.desk import Desk
from channelplot.ui.dialogs.saved_views import SavedViewsDialog
from channelplot.ui.saved_views import NUMBERS, SavedViews, view_place
from channelplot.ui.status_bar import StatusBar

_FIRST_DIGIT: Final = {"xcb": 10, "wayland": 10, "wayland-egl": 10, "windows": 2}
"""The scan code of the key that has the 1 above the letters, by Qt's platform."""
_BOTH: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class ViewsMenu(QObject):
    """Keeps and shows views, and says which."""

    def __init__(
        self, window: QWidget, desk: Desk, views: SavedViews, banner: Banner, status: StatusBar
    ) -> None:
        """Take the keys for a window."""
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._views = views
        self._banner = banner
        self._status = status
        self._recalls: dict[int, QAction] = {}
        self.menu = QMenu(self.tr("Saved &views"), window)
        self._saves = QMenu(self.tr("&Keep the view as"), window)
        for number in NUMBERS:
            self._recalls[number] = self._action(self.menu, f"Ctrl+{number}", number, self.recall)
        self.menu.addSeparator()
        self.menu.addMenu(self._saves)
        for number in NUMBERS:
            save = self._action(self._saves, f"Ctrl+Shift+{number}", number, self.save)
            save.setText(self.tr("View &{number}").format(number=number))
        self.menu.addAction(self.tr("&Names...")).triggered.connect(
            lambda _=False: self.show_names()
        )
        views.changed.connect(self._show_names)
        self._show_names()
        window.installEventFilter(self)

    def recall(self, number: int) -> None:
        """Show a view that was kept, or say that there is none."""
        kept = self._views.recall(number)
        if kept is None:
            text = self.tr("No view is kept under {number}. Ctrl+Shift+{number} keeps this one.")
            self._banner.show_message(text.format(number=number), Severity.INFO)
        else:
            text = self.tr("View {number}: {name}")
            self._status.show_note(text.format(number=number, name=kept.name))

    def save(self, number: int) -> None:
        """Keep the chart as it shows."""
        was_there = self._views.view(number)
        kept = self._views.save(number, self._name())
        if was_there is None:
            text = self.tr("Kept as view {number}: {name}")
        else:
            text = self.tr("Kept as view {number}: {name}, in the place of {before}")
        before = "" if was_there is None else was_there.name
        self._status.show_note(text.format(number=number, name=kept.name, before=before))

    def show_names(self) -> None:
        """Open the list of the views; where it is open already, bring it to the front."""
        dialog = self._window.findChild(SavedViewsDialog)
        if dialog is None:
            dialog = SavedViewsDialog(self._window, self._views)
            dialog.recall_wanted.connect(self.recall)
        dialog.show()
        dialog.activateWindow()

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return text and keys, for the list of all keys."""
        return (
            (self.tr("Show a view that is kept"), self.tr("Ctrl+1 to Ctrl+9")),
            (self.tr("Keep the view as one of nine"), self.tr("Ctrl+Shift+1 to 9")),
        )

    @qt_guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the digits above the letters by where they are.

        On a French keyboard they are typed with Shift, so that by what they type Ctrl+1 could not
        be pressed, and Ctrl+Shift+1 would be the same as Ctrl+1.
        """
        kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if event.type() not in kinds or not isinstance(event, QKeyEvent):
            return False
        number = self._digit(event)
        if number is None:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
            is_saving = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            (self.save if is_saving else self.recall)(number)
        return True

    def _digit(self, event: QKeyEvent) -> int | None:
        """Return which digit's key is pressed with Ctrl, None for any other or an unknown place."""
        first = _FIRST_DIGIT.get(QGuiApplication.platformName())
        is_with_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if first is None or not is_with_ctrl or event.modifiers() & ~_BOTH:
            return None
        number = event.nativeScanCode() - first + 1
        return number if number in NUMBERS else None

    def _name(self) -> str:
        """Return a name for what shows: a place, else where its middle is; and the scale."""
        viewport, basemap = self._desk.canvas.viewport, self._desk.canvas.scene().basemap
        where = view_place(viewport, () if basemap is None else basemap.places)
        where = where or position_text(viewport.centre, notation=self._desk.notation.current)
        return f"{where} {scale_text(viewport.scale_denominator())}"

    def _show_names(self) -> None:
        for number, action in self._recalls.items():
            kept = self._views.view(number)
            name = self.tr("nothing kept") if kept is None else kept.name.replace("&", "&&")
            action.setText(f"&{number}  {name}")

    def _action(self, menu: QMenu, keys: str, number: int, slot: Callable[[int], None]) -> QAction:
        action = menu.addAction("")
        action.setShortcut(QKeySequence(keys))
        self._window.addAction(action)
        action.triggered.connect(lambda _=False: slot(number))
        return action
