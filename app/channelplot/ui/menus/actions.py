"""Every menu and toolbar action once: id, text, keys, icon."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from channelplot.ui.icons import icon


class Actions(QObject):
    """The actions by id; an icon's file is named after it.

    A disabled action's tooltip says why. Emits refused with the reason when its key is pressed.
    """

    refused = Signal(str)

    def __init__(self, window: QWidget) -> None:
        """Make every action, for the window's own keys."""
        super().__init__(window)
        self._window = window
        self._by_id: dict[str, QAction] = {}
        self._texts: dict[str, str] = {}
        self._plain_texts: dict[str, str] = {}
        self._reasons: dict[str, str] = {}
        self._dead_keys: dict[str, QShortcut] = {}
        tr = self.tr
        self._add("new_plot", tr("&New plot..."), "Ctrl+N")
        self._add("open_plot", tr("&Open plot..."), "Ctrl+O")
        self._add("saved", tr("&Save"), "Ctrl+S")
        self._add("save_copy", tr("Save a &copy..."), "Ctrl+Shift+S")
        self._add("restore_backup", tr("Restore from a &backup..."))
        self._add("import_file", tr("&Import..."), "Ctrl+I")
        self._add("export_file", tr("&Export..."), "Ctrl+Shift+X")
        self._add("snapshot", tr("Sna&pshot..."), "Ctrl+P")
        self._add("sheet", tr("To the s&heet"), "Ctrl+Shift+P")
        self._add("quit", tr("&Quit"), "Ctrl+Q")
        self._add("undo", tr("Undo"), "Ctrl+Z")
        self._add("redo", tr("Redo"), "Ctrl+Shift+Z", "Ctrl+Y")
        self._add("withdraw", tr("&Withdraw"), "Ctrl+Delete", "Ctrl+Backspace")
        self._add("copy_position", tr("&Copy the position"), "Ctrl+C")
        self._add("select", tr("&Select"), "Alt+S", checkable=True)
        self._add("report", tr("&Report"), "Alt+R", checkable=True)
        self._add("beach", tr("&Beach"), "Alt+B", checkable=True)
        self._add("mark", tr("Mar&k"), "Alt+K", checkable=True)
        self._add("move_report", tr("&Move"), "Alt+M", checkable=True)
        self._add("measure", tr("Measure &distance"), "Alt+D", checkable=True)
        self._add("bearing_line", tr("Bearin&g line"), "Alt+G", checkable=True)
        self._add("rings", tr("Range ri&ngs"), "Alt+N", checkable=True)
        self._add("clear_lines", tr("&Remove all lines and rings"))
        self._add("pan", tr("P&an"), "Alt+A", checkable=True)
        self._add("zoom_box", tr("&Zoom to box"), "Alt+Z", checkable=True)
        self._add("boat", tr("&Record of the boat..."), "F2")
        self._add("move_to_boat", tr("&Move the report to another boat..."), "Ctrl+M")
        self._add("split_track", tr("&Split off from here on..."), "Ctrl+T")
        self._add("merge_tracks", tr("Same boat &as..."), "Ctrl+J")
        self._add("join_suggested", tr("&Join the boat suggested"), "Alt+J")
        self._add("amend_report", tr("Ame&nd the report..."), "Ctrl+R")
        self._add("close_boat", tr("&Close the boat..."), "F8")
        self._add("reopen_boat", tr("Re&open the boat"), "Shift+F8")
        self._add("explain_people", tr("&Explain who is unaccounted for..."), "Ctrl+F8")
        self._add("withdrawn", tr("W&ithdrawn things..."), "Ctrl+Shift+Delete")
        self._add("find", tr("&Find"), "Ctrl+F")
        self._add("alerts", tr("To the &alerts"), "F7")
        self._add("watch_log", tr("To the watch lo&g"), "Alt+W")
        self._add("log_line", tr("&Write in the watch log"), "Ctrl+G")
        self._add("export_log", tr("Export the &watch log..."))
        self._add("change_watch", tr("C&hange of watch..."), "Ctrl+Shift+W")
        self._add("error_circles", tr("Error &circles"), "F5", checkable=True)
        self._add("density", tr("Crow&ded tracks"), "Ctrl+Shift+D")
        self._add("dead_reckoning", tr("&Dead reckoning of all boats"), "F3", checkable=True)
        self._add("chartwork", tr("To the chart&work"), "F9")
        self._add("conditions", tr("&Stream and wind..."), "Ctrl+D")
        self._add("approach_watch", tr("&Watch the closest approach..."), "Ctrl+K")
        self._add("bearings_fix", tr("&Fix from bearings..."), "Ctrl+B")
        self._add("search", tr("&Plan a search..."), "Ctrl+E")
        self._add("searches", tr("To the &searches"), "Ctrl+Shift+E")
        self._add("export_search", tr("E&xport the search as a route..."))
        self._add("load_limits", tr("&Load limits..."))
        self._add("add_reference_layer", tr("&Add a reference layer..."), "Ctrl+Shift+L")
        self._add("read_references", tr("&Read all again from their files"))
        self._add("settings", tr("Se&ttings..."), "Ctrl+,")
        self._add("sound", tr("&Sound for urgent alerts"), checkable=True)
        self._add("zoom_in", tr("Zoom &in"), "Ctrl++", "Ctrl+=")
        self._add("zoom_out", tr("Zoom &out"), "Ctrl+-")
        self._add("home", tr("&Home"), "Home", "Alt+Home")
        self._add("notation", tr("Position &form"), "F6")
        self._add("day", tr("Da&y"), checkable=True)
        self._add("dusk", tr("D&usk"), checkable=True)
        self._add("night", tr("Nigh&t"), checkable=True)
        self._add("next_look", tr("Next of day, dus&k, night"), "F10")
        self._add("tracks", tr("To the &tracks"), "Alt+T")
        self._add("reports", tr("To the r&eports"), "Alt+L")
        self._add("full_screen", tr("Chart on the &whole screen"), "F11", checkable=True)
        self._add("layers", tr("To the laye&rs"), "Alt+Y")
        self._add("plot_line", tr("To the &plot line"), "F4", "Ctrl+L")
        self._add("message", tr("To the &message"), "F12")
        self._add("help", tr("&Keys"), "F1", "?")
        self._add("about", tr("&About Channel Plot"))

    def __getitem__(self, action_id: str) -> QAction:
        """Return the action with this id."""
        return self._by_id[action_id]

    def ids(self) -> frozenset[str]:
        """Return the id of every action."""
        return frozenset(self._by_id)

    def connect_to(self, action_id: str, slot: Callable[[], object]) -> None:
        """Call the slot, without arguments, when the action is taken."""
        self._by_id[action_id].triggered.connect(lambda _checked=False: slot())

    def rename(self, action_id: str, text: str) -> None:
        """Give an action another text, as undo has after each act."""
        self._texts[action_id] = text
        self._by_id[action_id].setText(text)
        self.set_available(action_id)

    def set_available(self, action_id: str, reason: str = "") -> None:
        """Enable an action, or disable it for a reason that its tooltip gives."""
        action = self._by_id[action_id]
        action.setEnabled(not reason)
        self._reasons[action_id] = reason
        self._dead_keys[action_id].setEnabled(bool(reason))
        plain = self._texts[action_id].replace("&", "").rstrip(".")
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        first = f"{plain} ({keys})" if keys else plain
        action.setToolTip(f"{first}\n{reason}" if reason else first)

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return text and keys of every action that has a key, in the order they stand here.

        The text is the plain one: what undo would take back is of the moment.
        """
        return tuple(
            (
                self._plain_texts[action_id].replace("&", "").rstrip("."),
                QKeySequence.listToString(
                    action.shortcuts(), QKeySequence.SequenceFormat.NativeText
                ).replace("; ", self.tr(" or ")),
            )
            for action_id, action in self._by_id.items()
            if action.shortcuts()
        )

    def _add(self, action_id: str, text: str, *keys: str, checkable: bool = False) -> None:
        action = QAction(text, self._window)
        action.setIcon(icon(action_id))
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setCheckable(checkable)
        action.setObjectName(action_id)
        self._window.addAction(action)
        self._by_id[action_id] = action
        self._texts[action_id] = self._plain_texts[action_id] = text
        dead_key = QShortcut(self._window)
        dead_key.setKeys(action.shortcuts())
        dead_key.activated.connect(lambda: self.refused.emit(self._reasons[action_id]))
        self._dead_keys[action_id] = dead_key
        self.set_available(action_id)
