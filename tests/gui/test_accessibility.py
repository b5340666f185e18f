"""Whoever cannot use the mouse or see colours: names, keys and the way by Tab, everywhere."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QButtonGroup,
    QComboBox,
    QDialog,
    QDockWidget,
    QGroupBox,
    QLabel,
    QPushButton,
    QTabBar,
    QWidget,
)

from channelplot.commands.searches import plan_search
from channelplot.store.lock import LockHolder
from channelplot.tools.tool import ToolId
from channelplot.ui.dialogs.colour import ColourDialog
from channelplot.ui.dialogs.lost_acts import LostActsDialog
from channelplot.ui.dialogs.new_plot import NewPlotDialog
from channelplot.ui.dialogs.reference_style import ReferenceStyleDialog
from channelplot.ui.dialogs.restore import RestoreDialog
from channelplot.ui.dialogs.take_over import TakeOverDialog
from channelplot.ui.dialogs.use_of_files import Use, UseDialog
from channelplot.ui.entry_strip import Task
from helpers.chart_things import square_search
from helpers.chartwork_builders import a_reference_layer
from helpers.operator import Operator, wait_until

PANELS = (
    "tracks",
    "reports",
    "alerts",
    "watch_log",
    "withdrawn",
    "searches",
    "chartwork",
    "layers",
    "sheet",
)
DIALOGS: dict[str, Callable[[Operator], None]] = {
    "keys": lambda desk: desk.presses("F1"),
    "settings": lambda desk: desk.presses("Ctrl+,"),
    "about": lambda desk: desk.takes_from_menu("Help", "About Channel Plot"),
    "load limits": lambda desk: desk.takes_from_menu("Chartwork", "Load limits"),
    "saved views": lambda desk: desk.window.views.show_names(),
    "new plot": lambda desk: NewPlotDialog(
        desk.window,
        desk.window.desk.session.document.plot,
        desk.plot_path.parent,
        desk.window.desk.session.clock(),
    ).show(),
    "restore": lambda desk: RestoreDialog(
        desk.window,
        desk.plot_path,
        None,
        desk.window.desk.background,
        desk.window.desk.session.clock,
        lambda: True,
    ).show(),
    "take over": lambda desk: TakeOverDialog(
        desk.window,
        desk.plot_path,
        LockHolder(4711, "dover", "officer", desk.window.desk.session.clock()),
    ).show(),
    "lost acts": lambda desk: LostActsDialog(
        desk.window, "0210Z report of A\n0245Z report of C", lambda: None
    ).show(),
    "add reference layers": lambda desk: desk.presses("Ctrl+Shift+L"),
    "style of a layer": lambda desk: ReferenceStyleDialog(
        desk.window, desk.window.desk, desk.window.references, a_reference_layer()
    ).show(),
    "import": lambda desk: desk.window.exchange.read([_open_table(desk)]),
    "export": lambda desk: desk.presses("Ctrl+Shift+X"),
    "what dropped files are": lambda desk: UseDialog(
        desk.window, [desk.plot_path], list(Use)
    ).show(),
    "another colour": lambda desk: ColourDialog(desk.window, "Colour of lines", "#0a5fb4").show(),
}
"""How each opens: by its key or menu; what asks by itself is made as it would be."""
MOST_STEPS = 200


def _open_table(desk: Operator) -> Path:
    """A table that asks for its columns, its clock and the order of its dates."""
    path = desk.plot_path.with_name("radar.csv")
    path.write_text("seen;latitude;longitude\n03/04/2026 03:10;50.97;1.68\n", encoding="utf-8")
    return path


@pytest.fixture
def desk(operator: Operator, night: Path) -> Operator:
    """Somebody at a desk who has plotted two boats, both overdue, and a search for one."""
    operator.opens(night)
    operator.plots("50 58.0N 001 41.0E", time="0210", people="45 est")
    operator.plots("51 02.4N 001 50.3E", time="0252", track="new B, small boat", people="22")
    operator.presses("Escape", "Ctrl+Shift+1")
    operator.window.desk.session.document.apply(plan_search(square_search()))
    operator.sets_clock("0700")
    return operator


def controls(top: QWidget) -> Iterator[QWidget]:
    """What takes the keyboard and shows; parts of a field count as the field."""
    for widget in (top, *top.findChildren(QWidget)):
        if (
            widget.isVisible()
            and widget.isEnabled()
            and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
            and widget.focusProxy() is None
            and widget.window() is top.window()
            and not isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox)
            and not widget.objectName().startswith("qt_")
        ):
            yield widget


def name_of(widget: QWidget) -> str:
    """What a screen reader says of a widget: its own name, its text or its label's."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()


def told(widget: QWidget) -> str:
    parent = widget.parentWidget()
    return f"{type(widget).__name__} {widget.objectName()!r} in {type(parent).__name__}"


def nameless(top: QWidget) -> list[str]:
    return [told(widget) for widget in controls(top) if not name_of(widget)]


def by_tab(start: QWidget) -> list[QWidget]:
    """What Tab comes to, one after the other, until it comes to something again."""
    start.setFocus(Qt.FocusReason.TabFocusReason)
    visited: list[QWidget] = []
    for _ in range(MOST_STEPS):
        focused = QApplication.focusWidget()
        if focused is None or focused in visited:
            break
        visited.append(focused)
        focused.window().focusNextChild()
    return visited


def left_out(top: QWidget) -> list[str]:
    """What in a window or panel Tab never comes to, though it takes the keyboard by Tab."""
    wanted = [each for each in controls(top) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    wanted = [each for each in wanted if not _is_of_group(each)]
    if not wanted:
        return []
    visited = by_tab(wanted[0])
    assert len(visited) == len(set(visited))
    return [told(each) for each in wanted if each not in visited]


def _is_of_group(widget: QWidget) -> bool:
    """Whether the arrow keys go to it from another button of its group, as radio buttons do."""
    if not isinstance(widget, QAbstractButton):
        return False
    group: QButtonGroup | None = widget.group()  # the stub promises one
    if group is not None and group.exclusive():
        return True
    return widget.autoExclusive() and widget.isCheckable()


def test_every_control_of_a_panel_has_a_name_and_a_place_in_the_tab_order(desk: Operator) -> None:
    for name in PANELS:
        desk.window.panels.bring_forward(name)
        dock = desk.window.findChild(QDockWidget, f"{name}_dock")
        assert dock is not None, name
        wait_until(partial(_is_in_front, dock), f"the panel {name} shows")
        panel = dock.widget()
        assert list(controls(panel)), name
        assert nameless(panel) == [], name
        assert left_out(panel) == [], name


def test_every_control_of_the_window_has_a_name(desk: Operator) -> None:
    assert nameless(desk.window) == []
    buttons = [each for each in desk.window.findChildren(QAbstractButton) if each.isVisible()]
    silent = [each for each in buttons if not name_of(each)]
    assert [told(each) for each in silent if not _is_qt_s_own(each)] == []


def _is_qt_s_own(button: QAbstractButton) -> bool:
    return button.objectName().startswith("qt_")


def test_every_field_of_a_tool_has_a_name_and_a_place_in_the_tab_order(desk: Operator) -> None:
    for tool in ("Report", "Beach", "Mark", "Move"):
        desk.selects("Reports", 0)
        desk.takes_up(tool)
        assert nameless(desk.window.entry.bar) == [], tool
        assert left_out(desk.window.entry.bar) == [], tool


def test_every_field_of_a_task_has_a_name_and_a_place_in_the_tab_order(desk: Operator) -> None:
    begun = set()
    for task in Task:
        desk.selects("Reports", 0)
        if desk.window.entry.begin(task):
            begun.add(task)
        assert nameless(desk.window.entry.bar) == [], task
        assert left_out(desk.window.entry.bar) == [], task
        desk.window.entry.escape()
        desk.window.entry.escape()
    assert len(begun) >= len(Task) - 3, begun


def test_every_control_of_a_dialog_has_a_name_and_a_place_in_the_tab_order(desk: Operator) -> None:
    for name, open_it in DIALOGS.items():
        desk.window.activateWindow()
        wait_until(desk.window.isActiveWindow, "the window is in front")
        open_it(desk)
        wait_until(lambda: list(_open_dialogs(desk)), f"the dialog {name} shows")
        (dialog,) = _open_dialogs(desk)
        dialog.activateWindow()
        wait_until(dialog.isActiveWindow, f"the dialog {name} is in front")
        assert dialog.windowTitle(), name
        assert nameless(dialog) == [], name
        assert left_out(dialog) == [], name
        letters = [letter for letter, _ in letters_of(dialog)]
        assert len(letters) == len(set(letters)), (name, letters)
        dialog.close()


def _open_dialogs(desk: Operator) -> Iterator[QDialog]:
    return (each for each in desk.window.findChildren(QDialog) if each.isVisible())


def test_every_tool_and_panel_has_a_key(desk: Operator) -> None:
    actions = desk.window.actions_by_id
    assert {f"{name}_dock" for name in PANELS} == {
        dock.objectName() for dock in desk.window.findChildren(QDockWidget)
    }
    for action_id in (*(tool.value for tool in ToolId), *PANELS):
        (keys, *_) = actions[action_id].shortcuts() or [QKeySequence()]
        assert not keys.isEmpty(), action_id
    for tool in ToolId:
        desk.presses(actions[tool.value].shortcuts()[0].toString())
        assert desk.window.desk.toolbox.active is tool
    for name in PANELS:
        dock = desk.window.findChild(QDockWidget, f"{name}_dock")
        assert dock is not None
        dock.hide()
        desk.presses(actions[name].shortcuts()[0].toString())
        wait_until(partial(_is_in_front, dock), f"the panel {name} shows")


def _is_in_front(dock: QDockWidget) -> bool:
    return not dock.visibleRegion().isEmpty()


def letters_of(top: QWidget) -> Iterator[tuple[str, str]]:
    """The keys that texts of controls underline, shown or not, and the texts."""
    texts = [each.text() for each in top.findChildren(QAbstractButton)]
    texts += [each.text() for each in top.findChildren(QLabel) if each.buddy() is not None]
    texts += [each.title() for each in top.findChildren(QGroupBox)]
    for tabs in top.findChildren(QTabBar):
        texts += [tabs.tabText(number) for number in range(tabs.count())]
    for text in texts:
        letter = QKeySequence.mnemonic(text).toString()
        if letter:
            yield letter, text


def keys_of_the_window(desk: Operator) -> set[str]:
    """What the window's menus, actions and other shortcuts answer to, whatever shows."""
    window = desk.window
    keys = {
        QKeySequence.mnemonic(action.text()).toString() for action in window.menuBar().actions()
    }
    for action in window.findChildren(QAction):
        keys.update(sequence.toString() for sequence in action.shortcuts())
    for shortcut in window.findChildren(QShortcut):
        bound: list[QKeySequence] = shortcut.keys()
        keys.update(sequence.toString() for sequence in bound)
    return keys


def test_no_letter_of_a_control_is_a_key_of_the_window(desk: Operator) -> None:
    """Of two that answer to one key Qt takes neither."""
    for tool in ToolId:
        desk.window.desk.toolbox.take_up(tool)
    for task in Task:
        desk.selects("Reports", 0)
        desk.window.entry.begin(task)
    keys = keys_of_the_window(desk)
    assert {"Alt+A", "Alt+F", "Alt+Y", "Alt+1", "Alt+X", "Ctrl+Shift+L"} <= keys
    assert [text for letter, text in letters_of(desk.window) if letter in keys] == []


def test_the_keys_that_are_looked_for_are_found(desk: Operator) -> None:
    button, label = QPushButton("P&an now", desk.window), QLabel("&Report", desk.window)
    assert "P&an now" in [text for _, text in letters_of(desk.window)]
    assert ("Alt+R", "&Report") not in list(letters_of(desk.window))  # it is nobody's label
    label.setBuddy(button)
    assert ("Alt+R", "&Report") in list(letters_of(desk.window))
    assert {"Alt+A", "Alt+R"} <= keys_of_the_window(desk)
    button.deleteLater()
    label.deleteLater()


def test_what_state_a_row_is_in_is_said_in_words_too(desk: Operator) -> None:
    """Colour alone says nothing: hidden layers have an empty box, those out of scale say so."""
    desk.presses("Alt+Y")
    panel = desk.window.panels.layers
    for row in range(panel.model.rowCount()):
        index = panel.model.index(row, 0)
        is_grey = index.data(Qt.ItemDataRole.ForegroundRole) is not None
        is_ticked = (
            Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
        )
        assert is_grey is not is_ticked
