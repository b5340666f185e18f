"""Somebody on watch, who works through the window and the plot file and nothing else.

What an Operator does goes in as key presses and mouse events; what an Operator knows is read
from the widgets, or from the file with a second connection, after the act is saved.
"""

import contextlib
import faulthandler
import logging
import sys
import time
from collections.abc import Callable, Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QTableView,
    QWidget,
)

from channelplot.chart.overlay import Ghost
from channelplot.cli.gui import build_window
from channelplot.geodesy.position import Position
from channelplot.settings import Settings, Watch, config_folder, login_name
from channelplot.ui.dialogs.use_of_files import Use, UseDialog
from channelplot.ui.inside.crash import CrashReporter
from channelplot.ui.main_window import MainWindow
from helpers.builders import at
from helpers.clock import FixedClock
from helpers.memory import give_back_memory
from helpers.plot_files import file_rows

PATIENCE_S: Final = 20.0
"""How long a condition may take; a machine under load is slow, a condition that never comes is
a fault."""
TRACK: Final = "Trk"
COURSE: Final = "°T"
"""Titles of columns of the Reports panel that are shorter than what they stand for."""
FIELD_OF_FORM: Final = {
    "Report": "Time, UTC",
    "Beach": "From the register",
    "Mark": "New or existing",
    "Move": "To",
}
"""The tools that open a form in the strip under the chart, and a field that only it has."""
_PAUSE_S: Final = 0.002
_W = TypeVar("_W", bound=QWidget)
_D = TypeVar("_D", bound=QDialog)
Row = dict[str, str]


def wait_until(condition: Callable[[], object], what: str, patience_s: float = PATIENCE_S) -> None:
    """Let the window work until the condition holds; fail, saying what was waited for."""
    end_s = time.monotonic() + patience_s
    while not condition():
        assert time.monotonic() < end_s, f"waited {patience_s:g} s in vain: {what}"
        QCoreApplication.processEvents()
        time.sleep(_PAUSE_S)


class _ScreenlessSilence(logging.Filter):
    """Drops what only the platform without a screen has to say: it can't pass on the least and
    the fixed sizes that dialogs ask of a window manager, nor give an open menu the keyboard."""

    def filter(self, record: logging.LogRecord) -> bool:
        return "This plugin does not support" not in record.getMessage()


class Operator:
    """One person at one desk. Close what was opened: ``closes()``, or the fixture does it."""

    def __init__(self, app: QApplication, clock: FixedClock) -> None:
        """Take a seat; ``opens`` opens the window."""
        self.clock = clock
        self.keys_pressed = 0
        self.types_every_key = False
        self.has_watch = True
        self._app = app
        self._window: MainWindow | None = None
        self._silence = _ScreenlessSilence()

    # The window

    @property
    def window(self) -> MainWindow:
        """The window, which must be open."""
        assert self._window is not None, "no window is open"
        return self._window

    @property
    def is_open(self) -> bool:
        """Whether the window is open."""
        return self._window is not None

    @property
    def plot_path(self) -> Path:
        """The file of the plot that shows."""
        return self.window.desk.session.document.path

    def opens(self, plot: Path | None = None) -> None:
        """Start the program on a plot, or on what it starts on by itself."""
        assert self._window is None, "the window is open already"
        self._takes_watch_before()
        logging.getLogger("channelplot.ui").addFilter(self._silence)
        self._window = build_window(self._app, plot, self.clock)
        _dump_faults_here()
        self.window.show()
        self.window.activateWindow()
        wait_until(lambda: self._app.activeWindow() is self._window, "the window is active")
        wait_until(lambda: self.window.desk.canvas.scene().basemap is not None, "the chart is read")

    def closes(self) -> None:
        """Close the window and let go of everything that belonged to it."""
        self.window.close()
        self._drop_window()

    def goes_home(self) -> None:
        """Close what is still open, whatever state it is in; for the end of a test."""
        if self._window is not None:
            self._window.desk.session.document.close()
            self._window.desk.background.close()
            self._window.references.close()
            self._window.exchange.close()
            self._drop_window()

    def waits_for_chart(self) -> None:
        """Look until all of the chart is drawn."""
        QCoreApplication.processEvents()  # what was just typed is painted after its read-back
        wait_until(lambda: self.window.desk.canvas.is_drawn, "the chart is drawn")

    def waits_until_saved(self) -> None:
        """Look at the saved mark until nothing is pending."""
        document = self.window.desk.session.document
        wait_until(lambda: not document.save_state.pending, "everything is saved")

    def sets_clock(self, hhmm: str) -> None:
        """Let it be that time of the night, UTC."""
        self.clock.set(at(hhmm))
        self.window.show_clocks()

    # Keys

    @property
    def focus(self) -> QWidget:
        """What has the keyboard."""
        widget = self._app.focusWidget()
        assert widget is not None, "nothing has the keyboard"
        return widget

    @property
    def focus_name(self) -> str:
        """The accessible name of what has the keyboard."""
        return self.focus.accessibleName()

    def presses(self, *keys: str) -> None:
        """Press keys, one after the other: ``presses("Alt+R", "Tab")``."""
        for each in keys:
            combination = QKeySequence(each)[0]  # type: ignore[index]  # not in the stubs
            modifiers = combination.keyboardModifiers()
            self.keys_pressed += 1
            QTest.keyClick(self.focus, combination.key(), modifiers)

    def takes_by_keys(self, opens: str, *keys: str) -> None:
        """Take an entry of the menus by keys: ``takes_by_keys("Alt+O", "S", "A")``."""
        self.presses(opens)
        for each in keys:
            popup = QApplication.activePopupWidget()
            assert isinstance(popup, QMenu), f"no menu is open for {each}"
            self.keys_pressed += 1
            QTest.keyClick(popup, QKeySequence(each)[0].key())  # type: ignore[index]  # see above
        assert QApplication.activePopupWidget() is None, "a menu is still open"
        self.window.activateWindow()  # a window manager would give it the keyboard back
        wait_until(lambda: self._app.activeWindow() is self._window, "the window is active")

    def picks_row(self, panel: str, title: str, text: str) -> None:
        """Select the first row of a panel with a text in a column, by its key and the arrows."""
        self.presses({"Tracks": "Alt+T", "Reports": "Alt+L"}[panel])
        row = self.reads_column(panel, title).index(text)
        away = "Down" if self.table(panel).currentIndex().row() < row else "Up"
        while self.table(panel).currentIndex().row() != row:
            self.presses(away)
        if not self.selected_rows(panel):  # it was current without being selected
            self.presses("Space")
        elif self.selected_rows(panel) != [row]:
            self.presses(*(("Down", "Up") if row == 0 else ("Up", "Down")))
        assert self.selected_rows(panel) == [row], f"{text} of {panel} is not selected"

    def types(self, text: str) -> None:
        """Type into whatever has the keyboard, letters with accents too."""
        none = Qt.KeyboardModifier.NoModifier
        for character in text:
            self.keys_pressed += 1
            if character.isascii():
                QTest.keyClicks(self.focus, character)
            else:  # keyClicks ends the process at most of them
                key = Qt.Key.Key_unknown
                QTest.sendKeyEvent(QTest.KeyAction.Click, self.focus, key, character, none)

    def puts(self, text: str) -> None:
        """Have a text in whatever has the keyboard: most of it at once, as an input method gives
        whole words, and the last character by its key."""
        if len(text) > 1 and not self.types_every_key:
            event = QInputMethodEvent()
            event.setCommitString(text[:-1])
            QCoreApplication.sendEvent(self.focus, event)
            self.keys_pressed += len(text) - 1
            text = text[-1]
        self.types(text)

    def fills(self, name: str, text: str) -> None:
        """Click a field of the entry strip, empty it and put a text there."""
        field = self._named(QLineEdit, name)
        QTest.mouseClick(field, Qt.MouseButton.LeftButton)
        wait_until(field.hasFocus, f"the caret is in {name}")
        self.presses("Ctrl+A", "Delete")
        self.puts(text)

    def chooses(self, name: str, text: str) -> None:
        """Choose an entry of a box in the entry strip with the arrow keys."""
        box = self._named(QComboBox, name)
        assert box.findText(text) >= 0, f"{name} offers no {text!r}: {self.choices(name)}"
        box.setFocus(Qt.FocusReason.TabFocusReason)
        wait_until(box.hasFocus, f"the keyboard is with {name}")
        if box.currentIndex() < 0:
            self.presses("Down")
        while box.currentText() != text:
            self.presses("Down" if box.currentIndex() < box.findText(text) else "Up")

    def choices(self, name: str) -> list[str]:
        """What a box in the entry strip offers."""
        box = self._named(QComboBox, name)
        return [box.itemText(index) for index in range(box.count())]

    def choice(self, name: str) -> str:
        """What a box in the entry strip stands at."""
        return self._named(QComboBox, name).currentText()

    def field_text(self, name: str) -> str:
        """What stands in a field of the entry strip."""
        return self._named(QLineEdit, name).text()

    # The mouse on the chart

    def pixel_of(self, position: Position) -> QPoint:
        """Where on the chart's widget a position is; the chart is moved there if need be."""
        canvas = self.window.desk.canvas
        if not canvas.viewport.contains(position):
            canvas.centre_on(position)
        viewport = canvas.viewport
        assert viewport.contains(position), f"{position} is not in view"
        x_px, y_px = viewport.pixel_of(position)
        return QPoint(round(x_px), round(y_px))

    def pointed_at(self, point: QPoint) -> Position:
        """The position under a pixel of the chart."""
        position = self.window.desk.canvas.viewport.position_at(point.x(), point.y())
        assert position is not None, f"nothing of the Earth at {point}"
        return position

    def points_at(self, where: Position | QPoint) -> None:
        """Bring the mouse to a place on the chart."""
        QTest.mouseMove(self.window.desk.canvas, self._point(where))

    def clicks(self, where: Position | QPoint, *, ctrl: bool = False) -> None:
        """Click the chart."""
        modifier = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(
            self.window.desk.canvas, Qt.MouseButton.LeftButton, modifier, self._point(where)
        )

    def drags(self, start: Position | QPoint, end: Position | QPoint) -> None:
        """Press on the chart at the start, carry to the end, let go."""
        canvas, left = self.window.desk.canvas, Qt.MouseButton.LeftButton
        first, last = self._point(start), self._point(end)
        none = Qt.KeyboardModifier.NoModifier
        QTest.mousePress(canvas, left, none, first)
        for share in (0.3, 0.7, 1.0):
            between = QPointF(first) * (1.0 - share) + QPointF(last) * share
            QTest.mouseMove(canvas, between.toPoint())
        QTest.mouseRelease(canvas, left, none, last)

    def drags_with_middle_button(self, start: Position, end: Position) -> None:
        """Pan the chart: what is at the start comes to where the end is."""
        canvas, middle = self.window.desk.canvas, Qt.MouseButton.MiddleButton
        none = Qt.KeyboardModifier.NoModifier
        first, last = self.pixel_of(start), self.pixel_of(end)
        QTest.mousePress(canvas, middle, none, first)
        QTest.mouseMove(canvas, last)
        QTest.mouseRelease(canvas, middle, none, last)

    # Acts

    def takes_up(self, tool: str) -> None:
        """Take up a tool by its key: Select, Report, Beach, Move, Pan or Zoom to box."""
        action = next(
            act for act in self.window.findChildren(QAction) if act.text().replace("&", "") == tool
        )
        self.presses(action.shortcut().toString())
        assert action.isChecked(), f"{tool} was not taken up"
        if tool in FIELD_OF_FORM:
            wait_until(lambda: self.sees(FIELD_OF_FORM[tool]), f"the form of {tool} shows")

    def plots(
        self,
        where: str | Position | None,
        *,
        time: str = "",
        track: str = "",
        kind: str = "",
        source: str = "",
        source_name: str = "",
        people: str = "",
        children: str = "",
        words: str = "",
    ) -> None:
        """Take up Report, give what is known, press Enter and wait until it is saved.

        where: a position typed, or one clicked on the chart; None for none.
        """
        self.begins_report(
            where,
            time=time,
            track=track,
            kind=kind,
            source=source,
            source_name=source_name,
            people=people,
            children=children,
            words=words,
        )
        before = self._acts()
        self.presses("Return")
        assert self._acts() == before + 1, f"not plotted; the strip says: {self.reads_back()}"
        self.waits_until_saved()

    def begins_report(self, where: str | Position | None, **fields: str) -> None:
        """Take up Report and fill in what is given, without Enter."""
        self.takes_up("Report")
        if isinstance(where, Position):
            self.clicks(where)
        elif where is not None:
            self.fills("Position", where)
        for name, label in (("track", "Track"), ("kind", "Kind"), ("source", "Source")):
            if fields.get(name):
                self.chooses(label, fields[name])
        for name, label in (
            ("time", "Time, UTC"),
            ("source_name", "Name of the source"),
            ("people", "People"),
            ("children", "Children"),
            ("words", "As received"),
        ):
            if fields.get(name):
                self.fills(label, fields[name])

    def undoes(self, times: int = 1) -> None:
        """Press Ctrl+Z as fast as that goes, and wait until all is saved."""
        self.presses(*["Ctrl+Z"] * times)
        self.waits_until_saved()

    def redoes(self, times: int = 1) -> None:
        """Press Ctrl+Shift+Z as fast as that goes, and wait until all is saved."""
        self.presses(*["Ctrl+Shift+Z"] * times)
        self.waits_until_saved()

    def adds_beach(self, name: str, where: str | Position) -> None:
        """Add a beach of a name where the shore is clicked or where it is typed."""
        self.takes_up("Beach")
        if isinstance(where, Position):
            self.clicks(where)
        else:
            self.fills("Position", where)
        self.fills("Name", name)
        self._commits()

    def adds_beach_by_keys(self, name: str, where: str) -> None:
        """Add a beach without the mouse: Alt+B, its name, Tab, where it is, Enter."""
        self.presses("Alt+B")
        wait_until(lambda: self.focus_name == "Name", "the caret is in the name")
        self.types(name)
        self.presses("Tab")
        self.types(where)
        self._commits()

    def picks_beach(self, name: str) -> None:
        """Add a beach of the register."""
        self.takes_up("Beach")
        self.chooses("From the register", name)
        self._commits()

    def adds_mark(
        self, code: str, where: str | Position, *, name: str = "", kind: str = ""
    ) -> None:
        """Add a mark where the chart is clicked or where it is typed."""
        self.takes_up("Mark")
        if isinstance(where, Position):
            self.clicks(where)
        else:
            self.fills("Position", where)
        self.fills("Code", code)
        if name:
            self.fills("Name", name)
        if kind:
            self.chooses("Kind", kind)
        self._commits()

    def amends_mark(self, existing: str, **fields: str) -> None:
        """Choose a mark there is, change some fields (Code, Name, Position), press Enter."""
        self.takes_up("Mark")
        self.chooses("New or existing", existing)
        for field, text in fields.items():
            self.fills(field, text)
        self._commits()

    def selects_track(self, name: str) -> None:
        """Click the row of a track in the Tracks panel."""
        self.selects("Tracks", self.reads_column("Tracks", "Track").index(name))

    def renames_boat(self, name: str) -> None:
        """Give the selected boat another name by its key: F2, the name, Enter."""
        self.presses("F2")
        wait_until(lambda: self.focus_name == "Name", "the caret is in the name")
        self.types(name)
        self._commits()

    def begins_closing(
        self, ending: int, *, by: str = "", how: str = "", answers: str = "", why: str = ""
    ) -> None:
        """Prepare to close the selected boat by keys alone: F8, the figure of an ending, texts."""
        self.presses("F8")
        wait_until(lambda: self.sees("Identified by"), "the form that closes shows")
        self.presses(str(ending))
        for text in (by, how, answers, why):
            self.presses("Tab")
            self.types(text)

    def closes_boat(
        self, ending: int, *, by: str = "", how: str = "", answers: str = "", why: str = ""
    ) -> None:
        """Close the selected boat, by keys alone."""
        self.begins_closing(ending, by=by, how=how, answers=answers, why=why)
        self._commits()

    def names_operator(self, name: str) -> None:
        """Take the watch under a name: Ctrl+Shift+W, the name, Enter."""
        self.presses("Ctrl+Shift+W")
        wait_until(lambda: self.focus_name == "Who has the watch?", "the caret is in the name")
        self.types(name)
        self.presses("Return")
        self.waits_until_saved()

    def sees_watch(self) -> str:
        """What the status bar says of who has the watch."""
        return self._named(QAbstractButton, "Watch").text()

    # The plot line

    def types_line(self, text: str) -> None:
        """Type into the plot line: with its key first if the caret is elsewhere, emptied first."""
        if self.focus_name != "Plot line":
            self.presses("F4")
            wait_until(lambda: self.focus_name == "Plot line", "the caret is in the plot line")
        if self.line_text():
            self.presses("Ctrl+A", "Delete")
        self.puts(text)

    def enters_line(self, text: str, *answers: int) -> None:
        """Type a line, answer what it asks with Alt and a number, and press Enter once."""
        self.types_line(text)
        for number in answers:
            self.answers_line(number)
        before = self._acts()
        self.presses("Return")
        assert self._acts() == before + 1, f"not plotted; the line says: {self.line_message()}"
        self.waits_until_saved()

    def answers_line(self, number: int) -> None:
        """Wait until the line asks and answer with Alt and a number."""
        wait_until(self.line_asks, "the line asks")
        question = self.line_asks()
        self.presses(f"Alt+{number}")
        assert self.line_asks() != question, f"still asked: {question}"

    def sees_line(self, cell: str) -> str:
        """What a cell of the read-back says, by its caption: Position, Read as, Time, Track."""
        return self._named(QLabel, f"Line: {cell}").text()

    def sees_more_of_line(self, cell: str) -> str:
        """The second line of a cell of the read-back."""
        return self._named(QLabel, f"Line: {cell}, more").text()

    def reads_line_back(self) -> dict[str, tuple[str, str]]:
        """Every cell of the read-back that says something: value and second line."""
        shown: dict[str, tuple[str, str]] = {}
        for label in self.window.findChildren(QLabel):
            head, _, cell = label.accessibleName().partition("Line: ")
            caption = cell.removesuffix(", more")
            if head or caption in ("", "Message", "Question") or not label.isVisible():
                continue
            value, more = shown.get(caption, ("", ""))
            shown[caption] = (value, label.text()) if caption != cell else (label.text(), more)
        return {caption: texts for caption, texts in shown.items() if any(texts)}

    def line_text(self) -> str:
        """What stands in the plot line."""
        return self._named(QLineEdit, "Plot line").text()

    def line_message(self) -> str:
        """What stands beside the plot line: what Enter would do, or what is wrong."""
        return self._named(QLabel, "Line: Message").text()

    def marked_in_line(self) -> list[str]:
        """The pieces of the plot line that are underlined: at fault, or asked about."""
        text = self.line_text()
        pieces = self.window.line.edit._underlines
        return [text[piece.span.start : piece.span.end] for piece in pieces]

    def line_asks(self) -> list[str]:
        """The question of the line and its answers, ``Alt+1 ...``; nothing if it asks nothing."""
        if not self.sees("Line: Question"):
            return []
        answers = [
            button.accessibleName()
            for button in self.window.findChildren(QAbstractButton)
            if button.isVisible() and button.accessibleName().startswith("Alt+")
        ]
        return [self._named(QLabel, "Line: Question").text(), *answers]

    def ghosts(self) -> list[tuple[str, Position]]:
        """Label and place of everything on the chart that is not in the plot yet."""
        QCoreApplication.processEvents()  # the chart is painted after the read-back
        shapes = self.window.desk.canvas._overlay.shapes
        return [(each.label, each.position) for each in shapes if isinstance(each, Ghost)]

    def gives_report_to(self, name: str) -> None:
        """Move the selected reports to another boat, named in the form of Ctrl+M."""
        self.presses("Ctrl+M")
        self.types(name)
        self.presses("Return")
        self.waits_until_saved()

    # Menus, dialogs, files

    def takes_from_menu(self, *texts: str) -> None:
        """Take an entry of the menus: ``takes_from_menu("Edit", "Undo")``."""
        action = self.menu_action(*texts)
        assert action.isEnabled(), f"{' > '.join(texts)} can't be taken: {action.toolTip()}"
        action.trigger()

    def menu_action(self, *texts: str) -> QAction:
        """The entry of the menus whose text begins so, mnemonics left out."""
        menu: QMenuBar | QMenu = self.window.menuBar()
        action = _action(menu, texts[0])
        for text in texts[1:]:
            menu = _menu_of(action)
            menu.aboutToShow.emit()
            action = _action(menu, text)
        return action

    def menu_texts(self, *texts: str) -> list[str]:
        """The texts of a menu's entries, mnemonics left out."""
        actions = self.menu(*texts).actions()
        return [_plain(action) for action in actions if not action.isSeparator()]

    def menu(self, *texts: str) -> QMenu:
        """The menu that an entry of the menus opens."""
        menu = _menu_of(self.menu_action(*texts))
        menu.aboutToShow.emit()
        return menu

    def answers(
        self, kind: type[_D], answer: Callable[[_D], None], act: Callable[[], object]
    ) -> None:
        """Do what opens a dialog of that kind, and answer it."""
        answered: list[QDialog] = []
        refused: list[str] = []
        end_s = time.monotonic() + PATIENCE_S

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, kind) and dialog.isVisible():
                timer.stop()
                answered.append(dialog)
                answer(dialog)
            elif time.monotonic() > end_s:
                timer.stop()
                refused.append(f"instead of {kind.__name__} there was {dialog}")
                if isinstance(dialog, QDialog):
                    dialog.reject()

        timer = QTimer()
        timer.timeout.connect(look)
        timer.start(5)
        act()
        timer.stop()
        timer.deleteLater()  # it and what it calls would keep each other, and the dialog
        self.window.activateWindow()  # a window manager would give it the keyboard back
        wait_until(lambda: self._app.activeWindow() is self._window, "the window is active")
        assert not refused, refused[0]
        assert answered, f"no {kind.__name__} came"

    def chooses_file(self, path: Path, act: Callable[[], object]) -> None:
        """Do what asks for a file, and name one."""

        def answer(dialog: QFileDialog) -> None:
            edit = dialog.findChild(QLineEdit, "fileNameEdit")
            assert edit is not None, "a file dialog without a name field"
            edit.setText(str(path))
            QTest.keyClick(edit, Qt.Key.Key_Return)

        self.answers(QFileDialog, answer, act)

    def opens_by_menu(self, path: Path) -> None:
        """File, Open plot, and name the file."""
        self.chooses_file(path, lambda: self.takes_from_menu("File", "Open plot"))

    def drops(self, path: Path, onto: QWidget | None = None) -> bool:
        """Drop a file on the window, or a dialog; whether that takes it."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        at_px = QPoint(400, 300)
        copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        none = Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(at_px, copy, data, left, none)
        enter.ignore()
        QApplication.sendEvent(onto or self.window, enter)
        if not enter.isAccepted():
            return False
        drop = QDropEvent(QPointF(at_px), copy, data, left, none)
        QApplication.sendEvent(onto or self.window, drop)
        return drop.isAccepted()

    def drops_as(self, path: Path, use: Use) -> None:
        """Drop a file that can be several things, and say what it is to be."""
        assert self.drops(path), f"{path.name} is not taken"
        asking: list[UseDialog] = []

        def is_asked() -> bool:
            asking[:] = [each for each in self.window.findChildren(UseDialog) if each.isVisible()]
            return bool(asking)

        wait_until(is_asked, "it is asked what the file is to be")
        QTest.mouseClick(asking[0].buttons[use], Qt.MouseButton.LeftButton)

    def saves_copy(self, path: Path) -> None:
        """Save a copy by its key and name the file."""
        self.chooses_file(path, lambda: self.presses("Ctrl+Shift+S"))

    def exports_snapshot(self, path: Path) -> None:
        """Export a snapshot by its key and wait until the window says where it is."""
        self.chooses_file(path, lambda: self.presses("Ctrl+P"))
        wait_until(lambda: str(path) in self.sees_banner(), f"the snapshot is in {path}", 60.0)

    # What is seen

    def sees_banner(self) -> str:
        """What the bar above the chart says, "" for nothing."""
        banner = self.window.banner
        return banner.text if banner.isVisible() else ""

    def sees_saved_mark(self) -> str:
        """What the status bar says of saving."""
        return self._named(QLabel, "Saved").text()

    def sees_status(self, name: str) -> str:
        """A text of the status bar: Pointer position, Scale, From the selected report."""
        return self._named(QLabel, name).text()

    def sees_clocks(self) -> str:
        """The clocks in the menu bar's corner."""
        return self.window.clocks.text()

    def reads_back(self) -> str:
        """What the entry strip has understood, or asks."""
        return self._named(QLabel, "Read-back").text()

    def label_text(self, name: str) -> str:
        """What the label of that name says."""
        return self._named(QLabel, name).text()

    def sees(self, name: str) -> bool:
        """Whether a widget of that name is in sight."""
        widgets = self.window.findChildren(QWidget)
        return any(each.accessibleName() == name and each.isVisible() for each in widgets)

    def is_asked(self) -> bool:
        """Whether the entry strip asks before it plots."""
        return any(
            button.isVisible() and "Alt+1" in button.text()
            for button in self.window.findChildren(QAbstractButton)
        )

    def reads_panel(self, name: str) -> list[Row]:
        """The rows of a panel as they show, each text by its column's title."""
        model = self.table(name).model()
        titles = [
            str(model.headerData(column, Qt.Orientation.Horizontal))
            for column in range(model.columnCount())
        ]
        return [
            {
                title: str(model.index(row, column).data() or "")
                for column, title in enumerate(titles)
            }
            for row in range(model.rowCount())
        ]

    def reads_column(self, name: str, title: str) -> list[str]:
        """One column of a panel, from the top."""
        return [row[title] for row in self.reads_panel(name)]

    def selected_rows(self, name: str) -> list[int]:
        """The numbers of a panel's selected rows."""
        return sorted(index.row() for index in self.table(name).selectionModel().selectedRows())

    def selects(self, name: str, row: int, *, ctrl: bool = False) -> None:
        """Click a row of a panel."""
        table = self.table(name)
        where = table.visualRect(table.model().index(row, 0)).center()
        modifier = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, modifier, where)

    def clicks_header(self, name: str, title: str) -> None:
        """Click a column's title."""
        header = self.table(name).horizontalHeader()
        titles = [
            header.model().headerData(i, Qt.Orientation.Horizontal) for i in range(header.count())
        ]
        section = titles.index(title)
        where = QPoint(header.sectionViewportPosition(section) + 8, header.height() // 2)
        QTest.mouseClick(
            header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where
        )

    def withdraws(self, why: str = "") -> None:
        """Press Ctrl+Delete, say why or nothing, press Enter, and wait until it is saved."""
        self.presses("Ctrl+Delete")
        wait_until(lambda: self.focus_name == "Why, for the log", "the strip asks why")
        self.types(why)
        self._commits()

    def finds(self, text: str) -> None:
        """Press Ctrl+F and type, in place of what was looked for before."""
        self.presses("Ctrl+F")
        wait_until(lambda: self.focus_name == "Find", "the caret is in the find bar")
        self.presses("Ctrl+A", "Delete")
        self.types(text)

    def table(self, name: str) -> QTableView:
        """The table of a panel by its name, Tracks or Reports; hidden while it has no rows."""
        (table,) = (
            each for each in self.window.findChildren(QTableView) if each.accessibleName() == name
        )
        return table

    def file_rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """Ask the file from outside, once everything is saved."""
        self.waits_until_saved()
        return file_rows(self.plot_path, sql, *values)

    def _named(self, kind: type[_W], name: str) -> _W:
        """The visible widget of a kind with this accessible name."""
        found = [
            widget
            for widget in self.window.findChildren(kind)
            if widget.accessibleName() == name and widget.isVisible()
        ]
        assert len(found) == 1, f"{len(found)} visible {kind.__name__} named {name!r}"
        return found[0]

    def _takes_watch_before(self) -> None:
        """Have the watch already, under the login name, unless somebody took it here before.

        So the window does not ask, as on most starts; ``has_watch = False`` before ``opens`` for
        a desk where nobody has.
        """
        settings = Settings(config_folder())
        if settings.watch() is None and self.has_watch:
            settings.begin_watch(Watch(login_name(), self.clock()))

    def _commits(self) -> None:
        before = self._acts()
        self.presses("Return")
        assert self._acts() == before + 1, f"nothing done; the strip says: {self.reads_back()}"
        self.waits_until_saved()

    def _acts(self) -> int:
        """How many acts could be undone, the pending ones too."""
        return len(self.window.desk.session.document.history.past)

    def _point(self, where: Position | QPoint) -> QPoint:
        return self.pixel_of(where) if isinstance(where, Position) else where

    def _drop_window(self) -> None:
        window, self._window = self.window, None
        reporter = getattr(sys.excepthook, "__self__", None)
        if isinstance(reporter, CrashReporter):
            reporter.uninstall()
            _dump_faults_here()
        _close_log()
        logging.getLogger("channelplot.ui").removeFilter(self._silence)
        window.hide()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert not shiboken6.isValid(window), "the window is gone"
        give_back_memory()


def by_column(rows: Sequence[Row], *titles: str) -> list[tuple[str, ...]]:
    """Some columns of a panel's rows."""
    return [tuple(row[title] for title in titles) for row in rows]


def _dump_faults_here() -> None:
    """Let a segmentation fault tell where it was on the test's own error output."""
    if sys.__stderr__ is not None:
        faulthandler.enable(sys.__stderr__)


def _close_log() -> None:
    logger = logging.getLogger("channelplot")
    for handler in list(logger.handlers):
        if isinstance(handler, RotatingFileHandler):
            logger.removeHandler(handler)
            with contextlib.suppress(OSError):
                handler.close()


def _plain(action: QAction) -> str:
    return action.text().replace("&", "")


def _action(menu: QMenuBar | QMenu, text: str) -> QAction:
    for action in menu.actions():
        if _plain(action).startswith(text):
            return action
    raise AssertionError(f"no {text!r} among {[_plain(action) for action in menu.actions()]}")


def _menu_of(action: QAction) -> QMenu:
    menu = action.menu()
    assert isinstance(menu, QMenu), f"{_plain(action)!r} opens no menu"
    return menu
