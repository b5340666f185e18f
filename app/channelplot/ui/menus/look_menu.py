"""Day, dusk and night: chosen in the tool bar or the View menu, one after the other with F10."""

from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QSizePolicy,
    QToolBar,
    QToolButton,
    QWidget,
)

from channelplot.ui.alert_counter import AlertCounter
from channelplot.ui.desk import Desk
from channelplot.ui.dim_caret import DimCaret
from channelplot.ui.menus.actions import Actions
from channelplot.ui.panels.panels import Panels
from channelplot.ui.theme import Look


class LookMenu(QObject):
    """Does what the actions ``day``, ``dusk``, ``night`` and ``next_look`` ask for."""

    def __init__(
        self,
        window: QMainWindow,
        desk: Desk,
        actions: Actions,
        panels: Panels,
        counter: AlertCounter,
    ) -> None:
        """Tick the look there is. The windows have been told of another one before these are."""
        super().__init__(window)
        self._actions = actions
        self._panels = panels
        self._counter = counter
        DimCaret(self)
        group = QActionGroup(self)
        keys = actions["next_look"].shortcut().toString()
        for look in Look:
            action = actions[look.value]
            group.addAction(action)
            action.setToolTip(
                self.tr("{look} ({keys} goes to the next)").format(
                    look=action.text().replace("&", ""), keys=keys
                )
            )
            actions.connect_to(look.value, partial(desk.look.choose, look))
        actions[desk.look.current.value].setChecked(True)
        actions.connect_to("next_look", desk.look.cycle)
        desk.look.changed.connect(self._changed)

    def add_to(self, bar: QToolBar) -> None:
        """Put the three side by side at the right end of a tool bar."""
        room = QWidget(bar)
        room.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(room)
        segment = QFrame(bar)
        segment.setObjectName("looks")
        row = QHBoxLayout(segment)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for look in Look:
            button = QToolButton(segment)
            button.setDefaultAction(self._actions[look.value])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(button)
        bar.addWidget(segment)

    def _changed(self, look: Look) -> None:
        """Tick it, and give other colours to what keeps those it was made with."""
        self._actions[look.value].setChecked(True)
        self._panels.recolour()
        self._counter.recolour()
