"""What stands in the menus and in the tool bar, in order."""

from PySide6.QtCore import QObject, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMainWindow, QMenu, QToolBar, QToolButton

from channelplot.chart.layers import ON_REQUEST, Layer, Layering
from channelplot.reading.values import Language
from channelplot.tools.tool import ToolId
from channelplot.ui.chart_layers import ChartLayers
from channelplot.ui.desk import Desk
from channelplot.ui.menus.actions import Actions
from channelplot.ui.menus.edit_menu import EditMenu
from channelplot.ui.menus.file_menu import FileMenu
from channelplot.ui.menus.reference_menu import ReferenceMenu
from channelplot.ui.menus.views_menu import ViewsMenu
from channelplot.ui.panels.panels import Panels
from channelplot.ui.preference import preference_menu
from channelplot.ui.words.layers_text import own_layer_text

LANGUAGE_NAMES = {Language.ENGLISH: "English", Language.FRENCH: "Français"}
"""Each in its own words, whatever language the window speaks."""
_TOOLS = ("select", "report", "beach", "mark", "move_report", "pan")
_GO_TO = (
    "plot_line", "message", "tracks", "reports", "alerts", "watch_log", "chartwork", "layers",
    "searches", "sheet",
)  # fmt: skip
_CHART_TOOLS = ("measure", "bearing_line", "rings")
_ICONS_ONLY = (*_CHART_TOOLS, "pan", "zoom_box", "home", "undo", "redo")


class Menus(QObject):
    """Fills the menu bar and the tool bar of a window."""

    def __init__(
        self, window: QMainWindow, desk: Desk, actions: Actions, layers: ChartLayers
    ) -> None:
        """Take what the menus act on."""
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._actions = actions
        self._layers = layers

    def fill(
        self,
        files: FileMenu,
        edits: EditMenu,
        panels: Panels,
        references: ReferenceMenu,
        views: ViewsMenu,
    ) -> None:
        """Put every action into the menu bar."""
        tr = self.tr
        self._add(
            tr("&File"),
            ("new_plot", "open_plot"),
            (files.recent_menu,),
            ("saved", "save_copy", "restore_backup"),
            ("import_file", "export_file"),
            ("snapshot", "sheet", "export_log"),
            ("quit",),
        )
        self._add(
            tr("&Edit"),
            ("undo", "redo"),
            ("copy_position", "find"),
            ("amend_report", "withdraw", "withdrawn"),
            ("settings",),
        )
        self._add(
            tr("B&oat"),
            ("boat", edits.status_menu),
            ("move_to_boat", "join_suggested", "split_track", "merge_tracks"),
            ("close_boat", "reopen_boat", "explain_people"),
        )
        self._add(
            tr("&View"),
            ("zoom_in", "zoom_out", "zoom_box", "home", views.menu, "full_screen"),
            (
                self._layers_menu(),
                references.menu,
                "error_circles",
                "dead_reckoning",
                "density",
                "notation",
            ),
            ("day", "dusk", "night", "next_look"),
            (self._panels_menu(panels), self._go_to_menu()),
            ("sound",),
        )
        language_menu = preference_menu(
            tr("&Language of reports"),
            self._window,
            self._desk.language,
            LANGUAGE_NAMES.__getitem__,
        )
        self._add(tr("&Plot"), _TOOLS, ("log_line", "change_watch"), (language_menu,))
        self._add(
            tr("&Chartwork"),
            (*_CHART_TOOLS, "clear_lines"),
            ("conditions", "approach_watch"),
            ("bearings_fix", "search", "export_search"),
            ("load_limits",),
        )
        self._add(tr("&Help"), ("help", "about"))

    def tool_bar(self) -> QToolBar:
        """Return the tool bar, with the active tool's button down."""
        bar = QToolBar(self.tr("Tools"), self._window)
        bar.setObjectName("tools_bar")
        bar.setMovable(False)
        bar.setIconSize(QSize(18, 18))
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        bar.toggleViewAction().setVisible(False)
        actions = self._actions
        group = QActionGroup(self._window)
        for tool_id in ToolId:
            group.addAction(actions[tool_id.value])
        actions[self._desk.toolbox.active.value].setChecked(True)
        for names in (
            _TOOLS,
            _CHART_TOOLS,
            ("zoom_box", "home"),
            ("undo", "redo"),
            ("snapshot",),
        ):
            bar.addActions([actions[name] for name in names])
            bar.addSeparator()
        for name in _ICONS_ONLY:
            button = bar.widgetForAction(actions[name])
            assert isinstance(button, QToolButton), "an action in a tool bar is a button"
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        return bar

    def _add(self, title: str, *groups: tuple[str | QAction | QMenu, ...]) -> None:
        """Add a menu of ids of actions, of actions and of menus, with lines between groups."""
        menu = self._window.menuBar().addMenu(title)
        for number, group in enumerate(groups):
            if number:
                menu.addSeparator()
            for entry in group:
                if isinstance(entry, QMenu):
                    menu.addMenu(entry)
                else:
                    menu.addAction(self._actions[entry] if isinstance(entry, str) else entry)

    def _panels_menu(self, panels: Panels) -> QMenu:
        menu = QMenu(self.tr("Pa&nels"), self._window)
        menu.addActions(panels.toggle_actions())
        return menu

    def _go_to_menu(self) -> QMenu:
        menu = QMenu(self.tr("&Go to"), self._window)
        menu.addActions([self._actions[name] for name in _GO_TO])
        return menu

    def _layers_menu(self) -> QMenu:
        menu = QMenu(self.tr("&Layers"), self._window)
        layers, actions = self._layers, dict[str, QAction]()
        for layer in (each for each in Layer if each not in ON_REQUEST):
            action = actions[layer] = menu.addAction(own_layer_text(layer))
            action.setCheckable(True)
            action.toggled.connect(lambda is_on, layer=layer: layers.set_shown(layer, is_on))

        def tick(layering: Layering) -> None:
            for layer, action in actions.items():
                with QSignalBlocker(action):  # all of them before any of them is heard
                    action.setChecked(layering.view(layer).is_shown)

        menu.addSeparator()
        menu.addAction(self.tr("&Usual order")).triggered.connect(lambda _: layers.reset_order())
        layers.changed.connect(tick)
        tick(layers.layering)
        return menu
